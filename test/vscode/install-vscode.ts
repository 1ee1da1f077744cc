import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { npm, npmInstall } from './npm-install';

/** A VS Code that serves its window to a browser. */
export interface ServedVscode {
  /** The Node that it runs on. */
  readonly node: string;
  /** VS Code's own server: runs extension tests. */
  readonly server: string;
}

/** The VS Code of the npm registry, installed when it is first asked for. */
export function installVscode(): ServedVscode {
  const folder = npmInstall('code-server', import.meta.dirname, (unfinished) => {
    // Its own dependencies are pinned by the list that comes with it.
    npm(join(unfinished, 'node_modules/code-server/lib/vscode'), 'install', '--omit=dev');
  });
  return {
    node: nodeFor(folder),
    server: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

/** Its major version of Node: the one that runs now, or that of a package for this platform. */
function nodeFor(folder: string): string {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const names = ['node', 'node-bin'].map((prefix) => `${prefix}-${platform}-${process.arch}`);
  const file = names
    .map((name) => join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((path) => existsSync(path));
  if (file !== undefined) return file;
  throw new Error(`VS Code needs Node 24 and there is no package of it for this machine: run this with Node 24.`);
}
