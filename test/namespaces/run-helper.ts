import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../scripts/root';

export interface HelperReport {
  /** Exit status. */
  readonly code: number | null;
  readonly outcome: string;
  readonly failedHop?: string;
  readonly codes: readonly string[];
  readonly hops: readonly { readonly hop: string; readonly subject: string; readonly outcome: string }[];
  /** From the start of the process to its end, in milliseconds. */
  readonly lastedMs: number;
}

interface Json {
  readonly outcome: string;
  readonly failedHop?: string;
  readonly problems: readonly { readonly code: string }[];
  readonly hops: HelperReport['hops'];
}

/** `dist/helper.js` as it is copied into a VPC: no proxy, the resolver of the machine. */
export async function runHelper(list: readonly string[], password: string): Promise<HelperReport> {
  const started = performance.now();
  const helper = spawn(process.execPath, [join(root, 'dist/helper.js'), 'test', ...list, '--json'], {
    env: { PATH: process.env.PATH ?? '', MONGODB_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  helper.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  helper.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise<number | null>((resolve, reject) => helper.on('error', reject).on('close', resolve));
  if (err !== '') throw new Error(err);
  const { problems, hops, ...report } = JSON.parse(out) as Json;
  return { ...report, code, hops, codes: problems.map(({ code }) => code), lastedMs: performance.now() - started };
}
