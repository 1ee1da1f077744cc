import assert from 'node:assert/strict';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { faults } from '../../../src/sandbox/faults';

const main = resolve(import.meta.dirname, '../../../src/sandbox/main.ts');

/** Starts the sandbox as a process of its own. */
function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', main, ...args]);
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  return line;
}

async function output(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; text: string }> {
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

describe('sandbox from the command line', () => {
  it('prints one line of JSON, serves, and ends with what it left behind removed', async () => {
    const child = start('--json', '--projects', '2000', '--exit-with-stdin');
    const ended = output(child);
    try {
      const description = JSON.parse(await firstLine(child)) as Record<string, string>;
      for (const name of [
        ...['atlasBaseUrl', 'publicKey', 'privateKey', 'clientId', 'clientSecret', 'ec2Endpoint', 'awsAccessKeyId'],
        ...['awsSecretAccessKey', 'dnsServer', 'socksProxy', 'caFile', 'dbUsername', 'dbPassword', 'scenario'],
        ...['controlUrl', 'controlToken'],
      ]) {
        assert.equal(typeof description[name], 'string', name);
      }
      const { atlasBaseUrl = '', caFile = '', controlUrl = '', controlToken = '' } = description;
      assert.equal((await fetch(`${atlasBaseUrl}/api/atlas/v2`)).status, 401);
      assert.ok(existsSync(caFile));

      const control = (method: string, token: string, body?: unknown): Promise<Response> =>
        fetch(`${controlUrl}/faults`, {
          method,
          headers: { Authorization: `Bearer ${token}` },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      assert.equal((await control('GET', 'wrong')).status, 401);
      assert.equal((await control('POST', controlToken, { fault: 'no-such', on: true })).status, 400);
      const switched = await control('POST', controlToken, { fault: 'atlas-500', on: true });
      const list = (await switched.json()) as { fault: string; description: string; on: string[] }[];
      assert.deepEqual(list.map(({ fault }) => fault).sort(), Object.keys(faults).sort());
      assert.deepEqual(list.find(({ fault }) => fault === 'atlas-500')?.on, ['*']);
      assert.equal((await fetch(`${atlasBaseUrl}/api/atlas/v2`)).status, 500);

      child.stdin.end();
      assert.equal((await ended).code, 0);
      assert.ok(!existsSync(caFile));
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('ends on a signal', async () => {
    const child = start('--json');
    const ended = output(child);
    await firstLine(child);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });

  for (const args of [['--scenario', 'none'], ['--projects', 'many'], ['--latency', '-1'], ['--nonsense']]) {
    it(`refuses ${args.join(' ')} and says what to do`, async () => {
      const { code, text } = await output(start(...args));
      assert.equal(code, 2);
      assert.match(text, /Usage: sandbox/);
    });
  }
});
