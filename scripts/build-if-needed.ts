import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root';

const sources = ['src', 'webview', 'esbuild.mjs', 'package-lock.json'];
const alsoPackaged = [
  'media',
  'l10n',
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  '.vscodeignore',
];

/**
 * Builds `dist/` unless it is newer than everything that it is built from. Ends this process when the build fails.
 * What the build prints goes to standard error.
 */
export function buildIfNeeded(): void {
  const built = ['extension.js', 'sandbox.js'].map((file) => timeOf(join(root, 'dist', file)));
  if (Math.min(...built) <= newestOf(sources)) run('esbuild.mjs');
}

/** The package at the root; made anew unless it is newer than everything in it. Ends this process when that fails. */
export function packageIfNeeded(): string {
  const file = packageFile();
  if (timeOf(file) <= newestOf([...sources, ...alsoPackaged])) run('--import', 'tsx', 'scripts/package.ts');
  return file;
}

/** Where `npm run package` writes to. */
export function packageFile(): string {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  return join(root, `${String(name)}-${String(version)}.vsix`);
}

function run(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

function newestOf(names: readonly string[]): number {
  return Math.max(...names.map((name) => newestBelow(join(root, name))));
}

function timeOf(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newestBelow(path: string): number {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return timeOf(path);
  return Math.max(timeOf(path), ...readdirSync(path).map((name) => newestBelow(join(path, name))));
}
