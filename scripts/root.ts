import { dirname } from 'node:path';

/** The folder of this repository. */
export const root = dirname(import.meta.dirname);
