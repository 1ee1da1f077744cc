import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Shells that a generated script is for, each as somebody types into it or runs a file with it. */
export const posixShells = [
  { name: 'sh', command: ['sh'] },
  { name: 'bash', command: ['bash'] },
  // The shell of every Mac, as it is without anybody's settings: it knows no comments.
  { name: 'an interactive zsh', command: ['zsh', '-f', '-i'] },
] as const;

/** Why a shell cannot be used here; undefined when it can. */
export function missingShell({ name, command: [program] }: (typeof posixShells)[number]): string | undefined {
  const { error } = spawnSync(program, ['-c', ':']);
  return error === undefined ? undefined : `skipped in ${name}: there is no ${program} here\n`;
}

/** How a script went: the tools that it called, in order, with their words. */
export interface Run {
  readonly calls: readonly (readonly string[])[];
  /** Status that the script left in the shell. */
  readonly status: number;
  /** All that the shell and the tools printed. */
  readonly printed: string;
}

const tools = ['aws', 'az', 'gcloud', 'terraform', 'atlas', 'sleep'];

/**
 * Hands a script to a shell as its input, as a paste does, with stand-ins for the tools first on the PATH. `answers` are
 * lines of a shell `case` over the whole command; the stand-in prints or ends with what they say.
 */
export function runPasted({ command }: (typeof posixShells)[number], script: string, answers = ''): Run {
  const folder = mkdtempSync(join(tmpdir(), 'pasted-'));
  const log = join(folder, 'calls');
  try {
    writeFileSync(log, '');
    for (const tool of tools) {
      const record = `printf '%s\\0' ${tool} "$@" >> '${log}'; printf '\\1' >> '${log}'`;
      writeFileSync(join(folder, tool), `#!/bin/sh\n${record}\ncase "${tool} $*" in ${answers} *) ;; esac\n`);
      chmodSync(join(folder, tool), 0o755);
    }
    const [program, ...options] = command;
    const { stdout, stderr } = spawnSync(program, options, {
      input: `${script}printf 'status of the script: %s\\n' "$?"\n`,
      encoding: 'utf8',
      env: { ...process.env, PATH: [folder, process.env.PATH ?? ''].join(delimiter), HOME: folder },
      cwd: folder,
    });
    const printed = stdout + stderr;
    const status = /status of the script: (\d+)/u.exec(stdout)?.[1];
    if (status === undefined) throw new Error(`the shell did not stay open: ${printed}`);
    const calls = readFileSync(log, 'utf8').split('\u0001').slice(0, -1);
    return { calls: calls.map((call) => call.split('\0').slice(0, -1)), status: Number(status), printed };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
