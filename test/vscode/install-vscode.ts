import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, npmInstall } from './npm-install';

/** A VS Code that serves its window to a browser. */
export interface ServedVscode {
  /** The Node that it runs on. */
  readonly node: string;
  /** VS Code's own server: runs extension tests. */
  readonly server: string;
}

/** Which VS Code of the npm registry: today's, or the oldest that `engines.vscode` admits and the registry has. */
export type ServedVersion = 'current' | 'oldest';

const sources: Readonly<Record<ServedVersion, { readonly name: string; readonly folder: string }>> = {
  current: { name: 'code-server', folder: import.meta.dirname },
  oldest: { name: 'code-server-oldest', folder: join(import.meta.dirname, 'oldest') },
};

/** The VS Code of the npm registry, installed when it is first asked for. */
export function installVscode(version: ServedVersion = 'current'): ServedVscode {
  const { name, folder: source } = sources[version];
  const folder = npmInstall(name, source, (unfinished) => {
    // Its own dependencies are pinned by the list that comes with it.
    npm(join(unfinished, 'node_modules/code-server/lib/vscode'), 'install', '--omit=dev');
    if (version === 'oldest') giveSearch(join(unfinished, 'node_modules'));
  });
  return {
    node: nodeFor(folder),
    server: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

/** Older ones download the program that finds files when they are installed: here it comes from a package. */
function giveSearch(modules: string): void {
  const program = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const from = join(modules, '@vscode/ripgrep-universal/bin', `${process.platform}-${process.arch}`, program);
  cpSync(from, join(modules, 'code-server/lib/vscode/node_modules/@vscode/ripgrep/bin', program));
}

/** Its major version of Node: the one that runs now, or that of a package for this platform. */
function nodeFor(folder: string): string {
  const manifest = readFileSync(join(folder, 'node_modules/code-server/package.json'), 'utf8');
  const { engines } = JSON.parse(manifest) as { readonly engines: { readonly node: string } };
  if (process.versions.node.startsWith(`${engines.node}.`)) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const names = ['node', 'node-bin'].map((prefix) => `${prefix}-${platform}-${process.arch}`);
  const file = names
    .map((name) => join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find((path) => existsSync(path));
  if (file !== undefined) return file;
  const needed = `Node ${engines.node}`;
  throw new Error(`VS Code needs ${needed} and there is no package of it for this machine: run this with ${needed}.`);
}
