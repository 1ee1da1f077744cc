import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readReport } from '../../../src/diagnostics/report/read-report';
import { openLab, type Lab } from '../diagnostics/diagnose';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface JsonReport {
  readonly schema: number;
  readonly outcome: string;
  readonly failedHop?: string;
  readonly problems: readonly {
    readonly code: string;
    readonly title: string;
    readonly fixes: readonly string[];
    readonly weight: string;
  }[];
  readonly hops: readonly { readonly hop: string; readonly outcome: string }[];
}

/** The helper from its source, as a process of its own. */
function runHelper(
  list: readonly string[],
  { env = {}, input = '' }: { env?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<Ended> {
  const main = resolve('src/helper/main.ts');
  const helper = spawn(process.execPath, ['--import', 'tsx', main, ...list], {
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let out = '';
  let err = '';
  helper.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  helper.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  helper.stdin.on('error', () => undefined).end(input);
  return new Promise((done, fail) => {
    helper.on('error', fail).on('close', (code) => done({ code, out, err }));
  });
}

describe('the connection helper', () => {
  let lab: Lab;
  let way: readonly string[];
  before(async () => {
    lab = await openLab();
    const { dnsServer, socksProxy, caFile } = lab.sandbox.description;
    way = ['--dns', dnsServer, '--proxy', socksProxy, '--ca', caFile];
  });
  after(() => lab.close());
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

  it('connects with the password of a variable, prints every hop and the verdict, and ends with 0', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const { code, out, err } = await runHelper(
      ['test', lab.seedlist('storefront-sandbox'), ...way, '--username', dbUsername],
      { env: { MONGODB_PASSWORD: dbPassword } },
    );
    assert.equal(err, '');
    assert.equal(code, 0, out);
    assert.match(out, /^Ran on: /);
    assert.match(out, /Connected: cluster0-pl-0-k45tj\.mongodb\.net/);
    assert.match(out, /CNAME vpce-024f5b57108c8d3ed/);
    assert.ok(!out.includes(dbPassword));
  });

  it('takes the string from a variable and the password from standard input', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const { code, out } = await runHelper(
      ['test', ...way, '--string-env', 'THE_STRING', '--username', dbUsername, '--password-stdin', '--json'],
      { env: { THE_STRING: lab.seedlist('orders-sandbox') }, input: `${dbPassword}\n` },
    );
    assert.equal(code, 0, out);
    const report = JSON.parse(out) as JsonReport;
    assert.equal(report.schema, 1);
    assert.equal(report.outcome, 'connected');
    assert.deepEqual(report.problems, []);
    assert.deepEqual(
      report.hops.map(({ hop }) => hop).filter((hop) => hop === 'ping'),
      ['ping'],
    );
  });

  it('signs in as the user of the string with a password that is given apart', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const user = (credentials: string): string =>
      lab.seedlist('storefront-sandbox').replace('://', `://${credentials}@`);
    const inVariable = { env: { MONGODB_PASSWORD: dbPassword } };
    const runs = await Promise.all([
      runHelper(['test', user(dbUsername), ...way, '--json'], inVariable),
      runHelper(['test', user(dbUsername), ...way, '--json', '--password-stdin'], { input: `${dbPassword}\n` }),
      runHelper(['test', user(`${dbUsername}:<db_password>`), ...way, '--json'], inVariable),
      runHelper(
        ['test', user(`${dbUsername}:wrong`), ...way, '--json', '--password-env', 'MONGODB_PASSWORD'],
        inVariable,
      ),
    ]);
    for (const { code, out, err } of runs) {
      assert.equal(code, 0, out + err);
      assert.equal((JSON.parse(out) as JsonReport).outcome, 'connected');
    }
    const list = ['test', user(`${dbUsername}:${encodeURIComponent(dbPassword)}`), ...way, '--json'];
    const elsewhere = await runHelper([...list, '--auth-source', 'nonsense']);
    assert.equal(elsewhere.code, 1, elsewhere.err);
    assert.deepEqual(
      (JSON.parse(elsewhere.out) as JsonReport).problems.map(({ code }) => code),
      ['AUTH_FAILED'],
    );
  });

  it('takes a string with MONGODB-AWS as --aws', async () => {
    const string = `${lab.seedlist('storefront-sandbox')}/?authMechanism=MONGODB-AWS`;
    const withoutKeys = await runHelper(['test', string, ...way, '--json']);
    const [found] = (JSON.parse(withoutKeys.out) as JsonReport).problems;
    assert.equal(found?.code, 'AUTH_AWS');
    assert.match(withoutKeys.out, /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set/);
  });

  it('ends with 1 and names code, cause and remedy when a check fails; JUnit goes to a file beside', async () => {
    lab.sandbox.faults.set('tls-expired', true, 'Cluster0');
    const folder = await mkdtemp(join(tmpdir(), 'helper-'));
    const file = join(folder, 'report.xml');
    const list = ['test', lab.seedlist('storefront-sandbox'), ...way, '--no-sign-in', '--json', '--junit', file];
    const { code, out } = await runHelper(list);
    const report = JSON.parse(out) as JsonReport;
    assert.equal(code, 1);
    assert.equal(report.failedHop, 'tls');
    assert.deepEqual(
      report.problems.map((each) => [each.code, each.weight, each.fixes.length > 0]),
      [['TLS_EXPIRED', 'error', true]],
    );
    const junit = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    assert.match(junit, /<failure type="TLS_EXPIRED" message="The certificate has expired/);
    assert.match(junit, /<testsuite name="verdict" tests="2" failures="2"/);
  });

  it('ends as the test does, and quietly, when nobody reads its output to the end', async () => {
    const main = resolve('src/helper/main.ts');
    const list = ['test', lab.seedlist('storefront-sandbox'), ...way, '--no-sign-in'];
    const helper = spawn(process.execPath, ['--import', 'tsx', main, ...list], {
      env: { PATH: process.env.PATH ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    helper.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    helper.stdout.once('data', () => helper.stdout.destroy());
    const code = await new Promise<number | null>((done) => helper.once('close', done));
    assert.equal(err, '');
    assert.equal(code, 0);
  });

  it('never shows a password of the string, whatever becomes of the test', async () => {
    const secret = 'canary-Zq7-secret';
    const string = lab.seedlist('storefront-sandbox').replace('://', `://someone:${secret}@`);
    const runs = await Promise.all([
      runHelper(['test', string, ...way, '--json']),
      runHelper(['test', string, ...way]),
      runHelper(['test', string.replace('cluster0', 'clu ster0'), ...way]),
      runHelper(['test', `${string}/?%`, ...way, '--junit']),
    ]);
    for (const { code, out, err } of runs) {
      assert.equal(code, 1, out + err);
      assert.ok(!`${out}${err}`.includes(secret));
    }
    assert.match(runs[0].out, /AUTH_FAILED/);
  });

  it('writes the same forms when the password is a word that they are made of', async () => {
    // A password that is found in keys and marks tears them, and the gap tells it.
    const nobody = (password: string): string => `mongodb://app:${password}@127.0.0.1:1/`;
    const folder = await mkdtemp(join(tmpdir(), 'helper-'));
    const file = join(folder, 'report.txt');
    const [json, junit, text] = await Promise.all([
      runHelper(['test', nobody('code'), '--json']),
      runHelper(['test', nobody('test'), '--junit']),
      runHelper(['test', nobody('refused'), '--report', file]),
    ]);
    const block = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    const { problems, hops } = JSON.parse(json.out) as JsonReport;
    assert.deepEqual([...new Set(problems.map(({ code }) => code))], ['TCP_REFUSED']);
    assert.ok(hops.length > 0);
    assert.match(junit.out, /<testsuites>\n {2}<testsuite name="Connection string" tests="1"[^]*<\/testsuites>\n$/);
    assert.match(text.out, /connection refused/);
    const read = readReport(block);
    assert.ok(read.ok && read.value.hops.some(({ facts }) => facts.some(({ value }) => value === 'refused')));
    for (const { out, err } of [json, junit, text]) assert.doesNotMatch(out + err, /redacted/);
  });

  it('shows no password of a string that came where something else was awaited', async () => {
    const string = 'mongodb+srv://app:canary@c.example.net/';
    const runs = await Promise.all([
      runHelper(['test', 'mongodb://a', `--${string}`]),
      runHelper(['test', 'mongodb://127.0.0.1:1/', '--report', string]),
      runHelper(['test', 'mongodb://a', '--ca', string]),
    ]);
    for (const { code, out, err } of runs) {
      assert.equal(code, 2, out + err);
      assert.match(err, /c\.example\.net/);
      assert.doesNotMatch(out + err, /canary/);
    }
  });

  const wrong: readonly [title: string, list: readonly string[], message: RegExp][] = [
    ['an unknown option', ['test', 'mongodb://a', '--frobnicate'], /frobnicate/],
    ['no string', ['test'], /MONGODB_URI/],
    ['no name', ['test', 'mongodb://a', '--username', ''], /--username takes/],
    ['a password for nobody', ['test', 'mongodb://a', '--password-stdin'], /no user to sign in as/],
    ['a database for nobody', ['test', 'mongodb://a', '--auth-source', 'admin'], /no user to sign in as/],
    ['a user without a password', ['test', 'mongodb://me@a'], /MONGODB_PASSWORD/],
    ['a placeholder', ['test', 'mongodb://me:<db_password>@a'], /placeholder for the password: <db_password>/],
    ['two placeholders', ['test', 'mongodb://<db_username>:<db_password>@a'], /user: <db_username>\. Use --username/],
    ['X.509 without a file', ['test', 'mongodb://a/?authMechanism=MONGODB-X509'], /--certificate FILE/],
    ['a proxy that is none', ['test', 'mongodb://a', '--proxy', 'http://u:p@h'], /SOCKS5 proxy cannot be used/],
    ['an authority that is not there', ['test', 'mongodb://a', '--ca', '/nowhere.pem'], /\/nowhere\.pem/],
  ];
  it('ends with 2 and says what is wrong with the command line', async () => {
    await Promise.all(
      wrong.map(async ([title, list, message]) => {
        const { code, out, err } = await runHelper(list);
        assert.equal(code, 2, title);
        assert.match(err, message, title);
        assert.equal(out, '', title);
      }),
    );
  });
});
