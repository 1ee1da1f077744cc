import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the build makes of `webview/`, seen from the folder of the extension. */
export const pageFolder = 'dist/webview';

/** The texts that stand in every page's document. */
export interface PageFiles {
  readonly script: string;
  readonly styleSheet: string;
}

/** Reads them below the folder of the extension. Rejects when one cannot be read. */
export async function readPageFiles(extensionFolder: string): Promise<PageFiles> {
  const read = (name: string): Promise<string> => readFile(join(extensionFolder, pageFolder, name), 'utf8');
  const [script, styleSheet] = await Promise.all([read('page.js'), read('page.css')]);
  return { script, styleSheet };
}
