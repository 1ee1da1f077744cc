import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  createSandbox,
  endsWithinMs,
  mostEnds,
  sandboxRoute,
  startWhile,
  type Sandbox,
} from '../../../src/accounts/sandbox-process';
import { systemClock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import { isCancellation, problemOf } from '../../../src/core/problem';

const details = {
  atlasBaseUrl: 'http://127.0.0.1:1',
  publicKey: 'public',
  privateKey: 'canary-private',
  clientId: 'client',
  clientSecret: 'canary-secret',
  ec2Endpoint: 'http://127.0.0.1:2',
  awsAccessKeyId: 'key',
  awsSecretAccessKey: 'canary-aws',
  dnsServer: '127.0.0.1:3',
  socksProxy: 'socks5://127.0.0.1:4',
  caFile: '/tmp/ca.pem',
  dbUsername: 'app',
  dbPassword: 'canary-db',
  scenario: 'acme',
};

describe('sandbox process', () => {
  let started: ChildProcess[];
  let heard: string[];
  let now: number;
  const open = (script: string, handedOverFile?: string): Sandbox =>
    createSandbox({
      spawn: () => {
        const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'pipe'] });
        started.push(child);
        return child;
      },
      handedOverFile,
      readFile: () => Promise.resolve(`${JSON.stringify(details)}\n`),
      onSecret: (secret) => heard.push(secret),
      logger: silentLogger,
      clock: { ...systemClock, monotonic: () => now },
    });
  const talker = `console.log(${JSON.stringify(JSON.stringify(details))}); process.stdin.resume().on('end', () => process.exit(0))`;

  beforeEach(() => {
    started = [];
    heard = [];
    now = 0;
  });
  afterEach(() => {
    for (const child of started) child.kill();
  });

  it('starts when it is first needed, once, and ends when told to', async () => {
    const sandbox = open(talker);
    assert.equal(started.length, 0);
    const [one, two] = await Promise.all([sandbox.details(), sandbox.details()]);
    assert.equal(started.length, 1);
    assert.equal(one, two);
    assert.deepEqual(sandboxRoute(one), {
      dnsServers: ['127.0.0.1:3'],
      socksProxy: 'socks5://127.0.0.1:4',
      caFile: '/tmp/ca.pem',
    });
    const ended = new Promise<void>((resolve) => sandbox.onDidEnd(resolve));
    sandbox.stop();
    await ended;
  });

  it('gives out no sandbox that is ending: the next one starts after its end', async () => {
    const sandbox = open(talker);
    await sandbox.details();
    const order: string[] = [];
    sandbox.onDidEnd(() => order.push(`ended, ${String(started.length)} started`));
    sandbox.stop();
    const { scenario } = await sandbox.details();
    order.push(`${scenario}, ${String(started.length)} started`);
    assert.deepEqual(order, ['ended, 1 started', 'acme, 2 started']);
    assert.equal(started[1]?.exitCode ?? started[1]?.signalCode, null, 'it runs');
  });

  it('starts none after a stop that came before its start', async () => {
    const sandbox = open(talker);
    await sandbox.details();
    sandbox.stop();
    const next = sandbox.details();
    sandbox.stop();
    await assert.rejects(next, (error) => problemOf(error)?.code === 'SANDBOX_NOT_STARTED');
    assert.equal(started.length, 1);
  });

  it('ends when the person does not wait for its start', async () => {
    const sandbox = open('process.stdin.resume()');
    const abort = new AbortController();
    const waiting = startWhile(sandbox, abort.signal);
    await new Promise((resolve) => setImmediate(resolve));
    const [child] = started;
    assert.ok(child);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    abort.abort();
    await assert.rejects(waiting, isCancellation);
    await ended;
  });

  it('tells no end of one that never was up', async () => {
    const sandbox = open('process.exit(3)');
    let ends = 0;
    sandbox.onDidEnd(() => (ends += 1));
    await assert.rejects(sandbox.details());
    assert.equal(ends, 0);
  });

  /** Starts it and has it end by itself. */
  const endByItself = async (sandbox: Sandbox): Promise<void> => {
    const ended = new Promise<void>((resolve) => {
      const stop = sandbox.onDidEnd(() => {
        stop();
        resolve();
      });
    });
    await sandbox.details();
    started.at(-1)?.kill('SIGKILL');
    await ended;
  };

  it('is not started any more when it keeps ending, says so once, and starts when a person wants it', async () => {
    const sandbox = open(talker);
    let told = 0;
    sandbox.onDidGiveUp(() => (told += 1));
    for (let count = 1; count < mostEnds; count += 1) await endByItself(sandbox);
    assert.equal(told, 0);
    await endByItself(sandbox);
    assert.equal(told, 1);
    for (let count = 0; count < 2; count += 1) {
      await assert.rejects(sandbox.details(), (error) => problemOf(error)?.code === 'SANDBOX_KEEPS_ENDING');
    }
    now += endsWithinMs;
    await assert.rejects(sandbox.details(), 'not by itself when time has passed either');
    assert.equal(started.length, mostEnds);
    assert.equal(told, 1);
    sandbox.allowStart();
    await sandbox.details();
    assert.equal(started.length, mostEnds + 1);
    for (let count = 0; count < mostEnds; count += 1) await endByItself(sandbox);
    assert.equal(told, 2);
    await startWhile(sandbox, new AbortController().signal);
  });

  it('is started again after any number of ends that lie apart, or that it was told to', async () => {
    const sandbox = open(talker);
    for (let count = 0; count < mostEnds + 2; count += 1) {
      await endByItself(sandbox);
      now += endsWithinMs;
    }
    for (let count = 0; count < mostEnds + 2; count += 1) {
      await sandbox.details();
      sandbox.stop();
    }
    await sandbox.details();
  });

  it('counts starts that fail, too', async () => {
    const sandbox = open('process.exit(3)');
    const codes: unknown[] = [];
    for (let count = 0; count <= mostEnds; count += 1) {
      await sandbox.details().catch((error: unknown) => codes.push(problemOf(error)?.code));
    }
    assert.deepEqual(codes, [...Array<string>(mostEnds).fill('SANDBOX_NOT_STARTED'), 'SANDBOX_KEEPS_ENDING']);
    assert.equal(started.length, mostEnds);
  });

  it('tells the redactor every secret of it', async () => {
    await open(talker).details();
    assert.deepEqual(heard.sort(), ['canary-aws', 'canary-db', 'canary-private', 'canary-secret']);
  });

  it('says why it did not start, and starts anew at the next try', async () => {
    const sandbox = open(`console.error('no port is free'); process.exit(3)`);
    await assert.rejects(sandbox.details(), (error) => {
      assert.equal(problemOf(error)?.code, 'SANDBOX_NOT_STARTED');
      assert.match(problemOf(error)?.evidence ?? '', /no port is free/);
      return true;
    });
    await assert.rejects(sandbox.details());
    assert.equal(started.length, 2);
  });

  it('refuses a first line that is none of its own', async () => {
    await assert.rejects(open(`console.log('<html>')`).details(), (error) => {
      assert.equal(problemOf(error)?.code, 'SANDBOX_NOT_STARTED');
      return true;
    });
  });

  it('says which file of a sandbox that was handed over is not there', async () => {
    const sandbox = createSandbox({
      spawn: () => assert.fail('starts nothing'),
      handedOverFile: '/nowhere',
      readFile: (path) => Promise.reject(new Error(`ENOENT ${path}`)),
      onSecret: () => undefined,
      logger: silentLogger,
      clock: { ...systemClock, monotonic: () => now },
    });
    await assert.rejects(sandbox.details(), (error) => {
      assert.equal(problemOf(error)?.code, 'SANDBOX_NOT_STARTED');
      assert.match(problemOf(error)?.evidence ?? '', /nowhere/);
      return true;
    });
  });

  it('uses one that was handed over, starts nothing and ends nothing', async () => {
    const sandbox = open(talker, '/somewhere');
    assert.equal((await sandbox.details()).scenario, 'acme');
    sandbox.stop();
    assert.equal(started.length, 0);
  });
});
