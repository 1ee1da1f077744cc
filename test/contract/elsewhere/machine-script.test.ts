import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../../../scripts/build-if-needed';
import { root } from '../../../scripts/root';
import { readReport } from '../../../src/diagnostics/report/read-report';
import type { Machine } from '../../../src/ui/elsewhere/machine';
import { machineScript, type MachineTest } from '../../../src/ui/elsewhere/machine-script';
import { openLab, type Lab } from '../diagnostics/diagnose';

/** Where a tool fails, by what is in its words. */
interface FailAt {
  readonly FAIL_AT?: string;
}

/**
 * Stands in for the tools on the PATH: takes what the real one would pass on and runs it with `sh`, as the other
 * machine's shell does. `ssh` hands its words to a login shell as one text; `docker` and `kubectl` run words as they
 * are; a session of Systems Manager runs the text of its parameter.
 */
const tools: Readonly<Record<string, string>> = {
  ssh: `while [ $# -gt 0 ]; do case $1 in -o) shift 2;; -O) exit 0;; -t) shift;; *) break;; esac; done
    shift; exec sh -c "$*"`,
  docker: `[ "$1" = exec ] || exit 64; shift 3; exec "$@"`,
  kubectl: `[ "$1" = exec ] || exit 64; while [ "$1" != -- ]; do shift; done; shift; exec "$@"`,
  aws: `for last; do :; done; command=$(node -e '
    const { command } = JSON.parse(require("fs").readFileSync(process.argv[1].replace("file://", ""), "utf8"));
    if (command.length !== 1 || command[0].length > 65535) process.exit(65);
    process.stdout.write(command[0])' "$last") || exit
    echo; echo "Starting session with SessionId: sandbox"; sh -c "$command"; echo; echo "Exiting session"`,
};

const machines: readonly Machine[] = [
  { kind: 'ssh', destination: 'app@bastion' },
  { kind: 'docker', container: 'app' },
  { kind: 'kubernetes', pod: 'deployment/app', namespace: 'shop', container: 'web' },
  { kind: 'ssm', instanceId: 'i-0123456789abcdef0', region: 'us-east-1', profile: 'shop' },
];

describe('a test on another machine', function () {
  this.timeout(60_000);
  let lab: Lab;
  let scratch: string;
  let bin: string;
  let helper: MachineTest['helper'];

  before(async () => {
    buildIfNeeded();
    lab = await openLab();
    scratch = await mkdtemp(join(tmpdir(), "elsewhere it's-"));
    bin = join(scratch, 'bin');
    await mkdir(bin);
    for (const [name, body] of Object.entries(tools)) {
      const failing = `case "$*" in *"\${FAIL_AT:-never}"*) echo "broken at $FAIL_AT" >&2; exit 9;; esac`;
      await writeFile(join(bin, name), `#!/bin/sh\n${failing}\n${body}\n`);
      await chmod(join(bin, name), 0o755);
    }
    const path = join(root, 'dist/helper.js');
    helper = { path, content: await readFile(path) };
  });
  after(async () => {
    await Promise.all([lab.close(), rm(scratch, { recursive: true, force: true })]);
  });

  const environment = (): Record<string, string> => ({
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    HOME: scratch,
    TERM: 'dumb',
  });

  async function testFor(machine: Machine, more: Partial<MachineTest> = {}): Promise<MachineTest> {
    const folder = await mkdtemp(join(scratch, 'run-'));
    const { dnsServer, socksProxy, caFile } = lab.sandbox.description;
    return {
      machine,
      helper,
      connectionString: `${lab.seedlist('storefront-sandbox')}/?appName=a'b"c%20d`,
      signIn: { kind: 'skip' },
      route: ['--dns', dnsServer, '--proxy', socksProxy, '--ca', caFile],
      folder,
      token: folder.slice(-6) + machine.kind,
      ...more,
    };
  }

  async function scriptFor(machine: Machine, more: Partial<MachineTest> = {}) {
    const test = await testFor(machine, more);
    const { folder, token } = test;
    const script = machineScript(test, 'posix');
    const file = join(folder, script.name);
    await writeFile(file, script.fileText);
    for (const { name, text } of script.files) await writeFile(join(folder, name), text);
    return { ...script, file, folder, token };
  }

  function run(
    command: string,
    args: readonly string[],
    failing: FailAt = {},
    input = '',
  ): Promise<{ readonly code: number | null; out: string }> {
    const child = spawn(command, args, { env: { ...environment(), ...failing }, cwd: scratch });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stdin.end(input);
    return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, out })));
  }

  for (const machine of machines) {
    it(`by ${machine.kind}: brings the helper there, its report back, and leaves nothing behind`, async () => {
      const script = await scriptFor(machine);
      const { code, out } = await run('sh', [script.file]);
      assert.equal(code, 0, out);
      assert.match(out, /Reachable, not signed in: cluster0-pl-0-k45tj\.mongodb\.net/);
      const read = readReport(await readFile(script.reportFile, 'utf8'));
      assert.ok(read.ok, out);
      assert.equal(read.value.verdict.outcome, 'reachable-not-signed-in');
      assert.equal(read.value.context.where.kind, machine.kind);
      assert.ok(read.value.hops.length >= 10);
      assert.ok(!(await readdir('/tmp')).includes(`private-endpoint-test-${script.token}`));
    });
  }

  const isThere = async (token: string): Promise<boolean> =>
    (await readdir('/tmp')).includes(`private-endpoint-test-${token}`);

  for (const machine of machines) {
    const isSession = machine.kind === 'ssm';
    for (const [step, at] of [
      ['copy', isSession ? 'copy-1.json' : 'mkdir'],
      ['copy', isSession ? 'copy-2.json' : 'cat >'],
      ['fetch', isSession ? 'fetch.json' : '/report;'],
    ] as const) {
      it(`by ${machine.kind}: leaves nothing there when it fails at ${at}, and tells the step`, async () => {
        const script = await scriptFor(machine);
        const { code, out } = await run('sh', [script.file], { FAIL_AT: at });
        assert.equal(code, 1, out);
        assert.equal((await readFile(script.stepFile, 'utf8')).trim(), step);
        assert.ok(!(await isThere(script.token)), out);
        assert.doesNotMatch(out, /may be left/);
      });
    }
  }

  it('tells the step of a test that did not run, and its status', async () => {
    const script = await scriptFor(machines[2] ?? assert.fail());
    const { code, out } = await run('sh', [script.file], { FAIL_AT: 'helper.js test' });
    assert.equal(code, 9, out);
    assert.equal((await readFile(script.stepFile, 'utf8')).trim(), 'run');
    assert.ok(!(await isThere(script.token)));
  });

  it('names the folder that it could not remove', async () => {
    const script = await scriptFor(machines[1] ?? assert.fail());
    const { out } = await run('sh', [script.file], { FAIL_AT: '/tmp/private-endpoint-test-' });
    assert.doesNotMatch(out, /may be left/, 'it was not made');
    // Neither the fetching, which removes it, nor the removal alone.
    const second = await scriptFor(machines[1] ?? assert.fail());
    const { out: said } = await run('sh', [second.file], { FAIL_AT: 'rm -rf' });
    const folder = `/tmp/private-endpoint-test-${second.token}`;
    assert.ok(said.includes(`This folder may be left on the other machine: ${folder}`), said);
    await rm(folder, { recursive: true });
  });

  for (const [title, signal] of [
    ['closed', 'SIGHUP'],
    ['interrupted', 'SIGINT'],
    ['ended', 'SIGTERM'],
  ] as const) {
    it(`leaves nothing there when its terminal is ${title} amid the test`, async () => {
      const script = await scriptFor(machines[0] ?? assert.fail());
      const tool = await mkdtemp(join(scratch, 'slow-'));
      // The test there begins, and does not come to an end.
      const begun = `case "$*" in *"helper.js test"*) echo begun; exec sleep 600;; esac`;
      await writeFile(join(tool, 'ssh'), `#!/bin/sh\n${begun}\n${tools.ssh ?? ''}\n`);
      await chmod(join(tool, 'ssh'), 0o755);
      const env = { ...environment(), PATH: `${tool}:${process.env.PATH ?? ''}`, TMPDIR: tool };
      // A group of its own: a terminal tells all that runs in it.
      const child = spawn('sh', [script.file], {
        env,
        cwd: scratch,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let there: boolean | undefined;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (!text.includes('begun')) return;
        void isThere(script.token).then((was) => {
          there = was;
          process.kill(-(child.pid ?? assert.fail()), signal);
        });
      });
      await new Promise((resolve) => child.on('close', resolve));
      assert.deepEqual([there, await isThere(script.token)], [true, false]);
      assert.deepEqual(await readdir(tool), ['ssh'], 'nor the socket of the connection here');
    });
  }

  it('runs in an interactive zsh, the shell of every Mac, which it is pasted into', async function () {
    if (spawnSync('zsh', ['--version']).error !== undefined) {
      process.stderr.write('skipped: there is no zsh here\n');
      this.skip();
    }
    for (const machine of machines) {
      const script = await scriptFor(machine);
      const { out } = await run('zsh', ['-f', '-i'], {}, `${script.text}printf 'status: %s\\n' "$?"\n`);
      assert.match(out, /status: 0$/m);
      assert.doesNotMatch(out, /command not found|read-only|event not found/);
      assert.ok(readReport(await readFile(script.reportFile, 'utf8')).ok, out);
      assert.ok(!(await isThere(script.token)));
      const failing = await scriptFor(machine);
      const at = machine.kind === 'ssm' ? 'copy-2.json' : 'cat >';
      const { out: said } = await run(
        'zsh',
        ['-f', '-i'],
        { FAIL_AT: at },
        `${failing.text}printf 'status: %s\\n' "$?"\n`,
      );
      assert.match(said, /status: 1$/m);
      assert.ok(!(await isThere(failing.token)), said);
    }
  });

  it('asks for the password there, at the terminal, without echo and without a trace', async function () {
    // `script` of util-linux: gives a command a terminal of its own.
    if (!spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout.includes('util-linux')) {
      process.stderr.write('skipped: there is no "script" command of util-linux here, which gives a terminal\n');
      this.skip();
    }
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const script = await scriptFor(machines[1] ?? assert.fail(), {
      signIn: { kind: 'password', username: dbUsername },
    });
    const child = spawn('script', ['-qefc', `sh '${script.file.replaceAll("'", String.raw`'\''`)}'`, '/dev/null'], {
      env: environment(),
      cwd: scratch,
    });
    let out = '';
    let asked = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (asked || !out.includes(`Password of ${dbUsername}: `)) return;
      asked = true;
      const list = execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8' });
      assert.ok(list.includes(script.token) && !list.includes(dbPassword));
      // A slip of the finger is taken back.
      child.stdin.write(`x\u007f${dbPassword}\r`);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.ok(asked, out);
    assert.equal(code, 0, out);
    assert.match(out, /Connected: cluster0-pl-0-k45tj\.mongodb\.net/);
    const report = await readFile(script.reportFile, 'utf8');
    assert.ok(![out, script.text, report].join('\n').includes(dbPassword));
    const read = readReport(report);
    assert.equal(read.ok && read.value.verdict.outcome, 'connected');
  });

  const nodes: readonly (readonly [title: string, node: string | undefined, found: RegExp])[] = [
    ['missing', undefined, /Found:$/m],
    [
      'too old',
      `case $1 in --version) echo v16.20.2;; *) exec '${process.execPath}' -r ./older.cjs "$@";; esac`,
      /Found: .+\/node v16\.20\.2$/m,
    ],
  ];
  for (const [title, node, found] of nodes) {
    it(`says that Node.js is ${title} there, and ends`, async () => {
      const script = await scriptFor(machines[1] ?? assert.fail());
      const empty = await mkdtemp(join(scratch, 'old-node-'));
      if (node !== undefined) {
        await writeFile(
          join(empty, 'older.cjs'),
          "Object.defineProperty(process.versions, 'node', { value: '16.20.2' })",
        );
        await writeFile(join(empty, 'node'), `#!/bin/sh\n${node}\n`);
        await chmod(join(empty, 'node'), 0o755);
      }
      for (const name of ['sh', 'cat', 'mkdir', 'rm']) {
        await writeFile(join(empty, name), `#!/bin/sh\nexec /bin/${name} "$@"\n`);
        await chmod(join(empty, name), 0o755);
      }
      await writeFile(join(empty, 'docker'), await readFile(join(bin, 'docker')));
      await chmod(join(empty, 'docker'), 0o755);
      const ended = spawnSync('/bin/sh', [script.file], { env: { PATH: empty }, cwd: empty, encoding: 'utf8' });
      assert.equal(ended.status, 127, ended.stderr);
      assert.match(ended.stdout, /Node\.js 18 or newer is needed/);
      assert.match(ended.stdout, found);
      assert.equal(readReport(await readFile(script.reportFile, 'utf8')).ok, false);
    });
  }

  it('sends what a session runs in ASCII: the AWS CLI reads files in the encoding of the system', async () => {
    const { files } = await scriptFor(machines[3] ?? assert.fail(), {
      helper: { ...helper, content: Buffer.from('short') },
      signIn: { kind: 'password', username: 'müller' },
    });
    for (const { name, text } of files) assert.match(text, /^[ -~]+$/, name);
    const run = files.find(({ name }) => name === 'run.json') ?? assert.fail();
    assert.match((JSON.parse(run.text) as { command: readonly string[] }).command.join(''), /--username 'müller'/);
  });

  it('leaves a terminal open that it is pasted into, and what is set there as it was', async () => {
    const script = await scriptFor({ kind: 'docker', container: 'app' });
    const pasted = `set -- a b\numask 022\n${script.text}echo "still here: $?, $*, $(umask), \${nothing}"\n`;
    for (const [tool, status] of [
      ['exit 1', 1],
      ['case "$*" in *"helper.js test"*) exit 3;; esac', 3],
    ] as const) {
      const broken = await mkdtemp(join(scratch, 'tools-'));
      await writeFile(join(broken, 'docker'), `#!/bin/sh\n${tool}\n`);
      await chmod(join(broken, 'docker'), 0o755);
      for (const shell of ['sh', 'bash']) {
        const env = { ...environment(), PATH: `${broken}:${process.env.PATH ?? ''}` };
        const { stdout } = spawnSync(shell, ['-s'], { input: pasted, env, cwd: scratch, encoding: 'utf8' });
        assert.match(stdout, new RegExp(`^still here: ${String(status)}, a b, 0022, $`, 'm'));
      }
    }
    const powershell = machineScript(await testFor({ kind: 'docker', container: 'app' }), 'powershell');
    assert.match(powershell.text, /^& \{\n/);
    assert.doesNotMatch(powershell.text, /\bexit\b(?=[^']*$)/m);
    assert.match(powershell.fileText, /\nexit \$LASTEXITCODE\n$/);
  });

  it('ends with 1 when a check failed, and the report comes back all the same', async () => {
    lab.sandbox.faults.set('dns-nxdomain', true, 'pl-0-us-east-1-k45tj.mongodb.net');
    try {
      // A session of Systems Manager ends with 0 whatever became of it.
      for (const machine of [machines[2], machines[3]]) {
        const script = await scriptFor(machine ?? assert.fail());
        const { code, out } = await run('sh', [script.file]);
        assert.equal(code, 1, out);
        const read = readReport(await readFile(script.reportFile, 'utf8'));
        assert.ok(read.ok);
        assert.deepEqual(
          read.value.verdict.problems.map((problem) => problem.code),
          ['TARGET_NXDOMAIN'],
        );
      }
    } finally {
      lab.sandbox.faults.set('dns-nxdomain', false, 'pl-0-us-east-1-k45tj.mongodb.net');
    }
  });
});
