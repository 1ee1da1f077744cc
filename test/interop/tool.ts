import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Outcome {
  /** Exit status; undefined when the program could not be started or was killed. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with nothing but the given environment, for at most four minutes: a busy machine is slow. */
export async function run(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { env: environment, timeout: 240_000, maxBuffer: 10_000_000 };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else
        resolve({
          code: typeof error.code === 'number' ? error.code : undefined,
          stdout,
          stderr: stderr || error.message,
        });
    });
  });
}

/** A program of this machine with what it says about itself, or why it cannot be used. */
export type Tool =
  | { readonly kind: 'found'; readonly program: string; readonly version: string }
  | { readonly kind: 'missing'; readonly why: string };

/** Looks for a program that is not ours. */
export async function findTool(program: string, versionArguments: readonly string[]): Promise<Tool> {
  const { code, stdout, stderr } = await run(program, versionArguments);
  const [firstLine = ''] = (stdout || stderr).trim().split('\n');
  return code === 0 ? { kind: 'found', program, version: firstLine } : { kind: 'missing', why: firstLine };
}

/** Says what these tests run against, or why they do not: the run is worth what it says it ran. */
export function report(name: string, tool: Tool): void {
  const text = tool.kind === 'found' ? `runs against ${tool.version}` : `NOT RUN: no usable ${name} here (${tool.why})`;
  process.stdout.write(`    ${name}: ${text}\n`);
}

/** A folder whose programs stand before those of the machine. */
export interface ProgramFolder {
  /** The value for PATH. */
  readonly path: string;
  /** Puts one more program there, or another one in its place: the lines of a shell script. */
  add(name: string, lines: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Puts a program of the same name before the real one, which calls it with more arguments in front: so that commands run
 * unchanged, and still reach only this machine. POSIX only.
 */
export async function wrapProgram(name: string, more: readonly string[]): Promise<ProgramFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-programs-'));
  const { stdout } = await run('/bin/sh', ['-c', 'command -v "$1"', 'sh', name]);
  const quoted = [stdout.trim(), ...more].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  const add = async (program: string, lines: string): Promise<void> => {
    await writeFile(join(folder, program), `#!/bin/sh\n${lines}\n`);
    await chmod(join(folder, program), 0o700);
  };
  await add(name, `exec ${quoted} "$@"`);
  return {
    path: [folder, process.env.PATH ?? ''].join(delimiter),
    add,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
