import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/root';

/** Where everything goes that tests install on demand: the folder that `@vscode/test-electron` uses too. */
export const cacheFolder = join(root, '.vscode-test');

/**
 * Installs a folder with a `package.json` and a lock file into {@link cacheFolder}, once per content of the lock file;
 * `complete` may add to it. Returns where it is. Several processes may do this at once: a folder appears whole.
 */
export function npmInstall(name: string, source: string, complete: (folder: string) => void = () => undefined): string {
  const lock = readFileSync(join(source, 'package-lock.json'));
  const version = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `${name}-${version}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${String(process.pid)}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(unfinished, file));
    console.error(`Installing ${name} into .vscode-test/, this once …`);
    npm(unfinished, 'ci', '--omit=dev');
    complete(unfinished);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another process was faster: its folder is as good.
      if (!existsSync(folder)) throw error;
    }
    return folder;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Runs npm without any package's scripts. Throws with what it said when it fails. */
export function npm(folder: string, ...args: readonly string[]): void {
  const ourNpm = process.env.npm_execpath;
  const [command, first] = ourNpm === undefined ? ['npm', []] : [process.execPath, [ourNpm]];
  const { status, stdout, stderr, error } = spawnSync(
    command,
    [...first, ...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: folder, encoding: 'utf8', shell: ourNpm === undefined && process.platform === 'win32' },
  );
  if (status !== 0) {
    throw new Error(`npm ${args.join(' ')} failed in ${folder}: ${error?.message ?? ''}${stdout}${stderr}`);
  }
}
