import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

/** A process that said that it is ready. */
export interface Running {
  /** What the line that it was waited for holds in its first group. */
  readonly told: string;
  readonly child: ChildProcess;
  /** Ends it and waits until it is gone. */
  close(): Promise<void>;
}

/**
 * Starts Node with these arguments and waits for a line of its output. Rejects with what it printed when it ends before
 * or takes longer than a minute.
 */
export async function startNode(
  node: string,
  args: readonly string[],
  ready: RegExp,
  options: SpawnOptions = {},
): Promise<Running> {
  const child = spawn(node, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let output = '';
  try {
    const told = await new Promise<string>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`${args[0] ?? node} ${why}:\n${output}`));
      const timer = setTimeout(() => fail('was not ready after a minute'), 60_000);
      const hear = (chunk: Buffer): void => {
        output = (output + chunk.toString()).slice(-100_000);
        const match = ready.exec(output);
        if (match === null) return;
        clearTimeout(timer);
        resolve(match[1] ?? '');
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('error', (error) => fail(error.message));
      child.once('close', (code) => {
        clearTimeout(timer);
        fail(`ended with exit code ${String(code)}`);
      });
    });
    return {
      told,
      child,
      close: async () => {
        if (child.exitCode === null && child.signalCode === null) child.kill();
        await ended;
      },
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
