import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { createSandbox, sandboxRoute, type Sandbox } from '../../../src/accounts/sandbox-process';
import { silentLogger } from '../../../src/core/logger';
import { problemOf } from '../../../src/core/problem';

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
    });
  const talker = `console.log(${JSON.stringify(JSON.stringify(details))}); process.stdin.resume().on('end', () => process.exit(0))`;

  beforeEach(() => {
    started = [];
    heard = [];
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
