import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../../../scripts/build-if-needed';
import { root } from '../../../scripts/root';
import { readReport } from '../../../src/diagnostics/report/read-report';
import { openLab, type Lab } from '../diagnostics/diagnose';

/** The Node.js that runs it; a test run can name an older one, down to 18. */
const node = process.env.HELPER_NODE ?? process.execPath;

describe('dist/helper.js alone in an empty folder', () => {
  let lab: Lab;
  let folder: string;
  let way: readonly string[];
  before(async function () {
    this.timeout(60_000);
    buildIfNeeded();
    lab = await openLab();
    folder = await mkdtemp(join(tmpdir(), 'helper-alone-'));
    await copyFile(join(root, 'dist/helper.js'), join(folder, 'helper.js'));
    const { dnsServer, socksProxy, caFile } = lab.sandbox.description;
    way = ['--dns', dnsServer, '--proxy', socksProxy, '--ca', caFile];
  });
  after(async () => {
    await Promise.all([lab.close(), rm(folder, { recursive: true, force: true })]);
  });

  function run(list: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const helper = spawn(node, ['helper.js', ...list], { cwd: folder, env: { HOME: folder, ...env } });
    let out = '';
    let err = '';
    helper.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    helper.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    helper.stdin.end();
    return new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
      (resolve, reject) => {
        helper.on('error', reject).on('close', (code) => resolve({ code, out, err }));
      },
    );
  }

  it('signs in and ends with 0; the report is JSON and nothing else', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const { code, out, err } = await run(
      ['test', lab.seedlist('storefront-sandbox'), ...way, '--username', dbUsername, '--json', '--where', 'container'],
      { MONGODB_PASSWORD: dbPassword },
    );
    assert.equal(err, '');
    assert.equal(code, 0, out);
    const read = readReport(out);
    assert.ok(read.ok);
    assert.equal(read.value.verdict.outcome, 'connected');
    assert.equal(read.value.context.where.kind, 'container');
    assert.ok(!out.includes(dbPassword));
  });

  it('signs in to a sharded cluster by its optimized string', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const { code, out } = await run(['test', lab.optimized('orders-sandbox'), ...way, '--username', dbUsername], {
      MONGODB_PASSWORD: dbPassword,
    });
    assert.equal(code, 0, out);
    assert.match(out, /^Connected: orders-pl-0-lb\./m);
  });

  it('ends with 1 when a check fails, with JUnit and a report for the editor in files', async () => {
    lab.sandbox.faults.set('dns-nxdomain', true, 'pl-0-us-east-1-k45tj.mongodb.net');
    try {
      const files = ['--junit', 'junit.xml', '--report', 'report.txt'];
      const { code, out } = await run(['test', lab.seedlist('storefront-sandbox'), ...way, '--no-sign-in', ...files]);
      assert.equal(code, 1, out);
      assert.match(out, /TARGET_NXDOMAIN/);
      assert.match(await readFile(join(folder, 'junit.xml'), 'utf8'), /<failure [^>]*TARGET_NXDOMAIN/);
      const read = readReport(await readFile(join(folder, 'report.txt'), 'utf8'));
      assert.equal(read.ok && read.value.verdict.problems[0]?.code, 'TARGET_NXDOMAIN');
      assert.deepEqual((await readdir(folder)).sort(), ['helper.js', 'junit.xml', 'report.txt']);
    } finally {
      lab.sandbox.faults.set('dns-nxdomain', false, 'pl-0-us-east-1-k45tj.mongodb.net');
    }
  });

  it('ends with 1 and the whole report when the sign-in gets no answer', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    lab.sandbox.faults.set('auth-stalls', true, '*');
    try {
      const list = ['test', lab.seedlist('storefront-sandbox'), ...way, '--username', dbUsername];
      const env = { MONGODB_PASSWORD: dbPassword };
      const [json, text] = await Promise.all([run([...list, '--json'], env), run(list, env)]);
      const read = readReport(json.out);
      assert.deepEqual(read.ok && read.value.verdict.problems.map(({ code }) => code), ['AUTH_TIMEOUT']);
      assert.match(text.out, /AUTH_TIMEOUT/);
      assert.deepEqual([json.code, text.code], [1, 1]);
    } finally {
      lab.sandbox.faults.set('auth-stalls', false, '*');
    }
  });

  it('ends with 1 and says so when nothing is left that it could wait for', async () => {
    const stuck = `require('node:fs/promises').writeFile = () => new Promise(() => undefined)`;
    await writeFile(join(folder, 'stuck.cjs'), stuck);
    const env = { NODE_OPTIONS: '--require ./stuck.cjs' };
    const ended = await run(['test', 'mongodb://127.0.0.1:1/', '--report', 'report.txt'], env);
    await rm(join(folder, 'stuck.cjs'));
    assert.equal(ended.err, 'The test ended without a verdict.\n');
    assert.equal(ended.code, 1, ended.out);
  });

  it('ends with 2 and names the version when Node.js is too old', async () => {
    const older = `Object.defineProperty(process.versions, 'node', { value: '16.20.2' })`;
    await writeFile(join(folder, 'older.cjs'), older);
    const ended = await run(['test', 'mongodb://127.0.0.1:1/'], { NODE_OPTIONS: '--require ./older.cjs' });
    await rm(join(folder, 'older.cjs'));
    assert.equal(ended.code, 2, ended.out);
    assert.equal(ended.err, 'Node.js 18 or newer is needed. This is 16.20.2.\n');
  });

  it('ends with 2 when it is used wrongly, and says how it is used', async () => {
    for (const list of [
      [],
      ['test'],
      ['test', 'mongodb://a', '--frobnicate'],
      ['test', 'mongodb://a', '--password-prompt'],
    ]) {
      const { code, out, err } = await run(list);
      assert.equal(code, 2, list.join(' '));
      assert.equal(out, '');
      assert.notEqual(err.trim(), '');
    }
    const { code, out } = await run(['--help']);
    assert.equal(code, 0);
    assert.match(out, /--password-prompt/);
  });
});
