import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

/**
 * What a program prints, run by the real thing; undefined where this machine has no such tool. Throws when the program
 * is wrong.
 */
export type RunProgram = (file: string, env?: Readonly<Record<string, string>>) => string | undefined;

function running(command: string, args: (file: string) => readonly string[], input?: string): RunProgram {
  return (file, env = {}) => {
    const { error, status, stdout, stderr } = spawnSync(command, args(file), {
      cwd: dirname(file),
      // In the desktop editor the executable is Electron: this makes it plain Node.
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', GO111MODULE: 'off', ...env },
      encoding: 'utf8',
      timeout: 50_000,
      ...(input === undefined ? {} : { input }),
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return undefined;
    if (status !== 0) throw new Error(`${command} ${file}: ${error?.message ?? stderr}`);
    return stdout;
  };
}

export const runNode = running(process.execPath, (file) => [file]);
export const runPython = running('python3', (file) => [file]);
export const runJava = running('java', (file) => [file]);
export const runGo = running('go', (file) => ['run', file]);
export const runBash = running('bash', (file) => [file]);

export const runRust: RunProgram = (file, env) => {
  const binary = join(dirname(file), 'program');
  const compiled = running('rustc', (source) => ['-o', binary, source])(file);
  return compiled === undefined ? undefined : running(binary, () => [])(file, env);
};

/** The value of the variable `uri` of a folder of Terraform files. */
export const runTerraform: RunProgram = (file, env) => {
  const printed = running('terraform', () => ['console', '-no-color'], 'jsonencode(var.uri)\n')(file, env);
  return printed === undefined ? undefined : String(JSON.parse(String(JSON.parse(printed))));
};
