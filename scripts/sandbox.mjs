// npm run sandbox -- [--json] [--scenario NAME] [--projects N] [--latency MS]
import { buildIfNeeded } from './build-if-needed.mjs';

buildIfNeeded();
// Reads its arguments from this process's command line.
await import('../dist/sandbox.js');
