// npm run sandbox -- [--json] [--scenario NAME] [--projects N] [--latency MS] [--pace NAME]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded } from './build-if-needed';
import { root } from './root';

buildIfNeeded();
// Reads its arguments from this process's command line.
await import(pathToFileURL(join(root, 'dist/sandbox.js')).href);
