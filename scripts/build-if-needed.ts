import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root';

const sources = ['src', 'webview', 'esbuild.mjs', 'package-lock.json'];

/**
 * Builds `dist/` unless it is newer than everything that it is built from. Ends this process when the build fails.
 * What the build prints goes to standard error.
 */
export function buildIfNeeded(): void {
  const built = ['extension.js', 'sandbox.js'].map((file) => timeOf(join(root, 'dist', file)));
  const changed = sources.map((source) => newestBelow(join(root, source)));
  if (Math.min(...built) > Math.max(...changed)) return;
  const { status } = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

function timeOf(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newestBelow(path: string): number {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return timeOf(path);
  return Math.max(timeOf(path), ...readdirSync(path).map((name) => newestBelow(join(path, name))));
}
