import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { root } from '../../../scripts/root';

describe('npm start', function () {
  this.timeout(60_000);

  const start = async (
    ...args: readonly string[]
  ): Promise<{ readonly status: number | null; readonly said: string }> => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', '--no-open', ...args], { cwd: root });
    const ended = once(child, 'close');
    const said = await text(child.stderr);
    await ended;
    return { status: child.exitCode, said };
  };

  it('says what is wrong with its arguments, and how they are', async () => {
    const [port, unknown] = await Promise.all([start('--port', '65536'), start('--open')]);
    assert.match(port.said, /^--port takes a number from 0 to 65535\.\nUsage: npm start/);
    assert.match(unknown.said, /--open.*\nUsage: npm start/);
    assert.deepEqual([port.status, unknown.status], [2, 2]);
  });

  it('says at once that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const { port } = other.address() as AddressInfo;
      const { status, said } = await start('--port', String(port));
      assert.equal(said.trim().split('\n').length, 1);
      assert.match(said, new RegExp(`port ${String(port)}: listen EADDRINUSE`));
      assert.equal(status, 1);
    } finally {
      other.close();
      await once(other, 'close');
    }
  });
});
