import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Problem } from '../../../src/core/problem';
import type { TestReport } from '../../../src/diagnostics/events';
import type { Services } from '../../../src/services';
import { answer, find, signedIn } from './extension';

/** Stands in for docker: runs here what it would run in the container. */
const docker = '#!/bin/sh\n[ "$1" = exec ] && [ "$3" = orders ] || exit 64\nshift 3\nexec "$@"\n';

describe('testing from another machine', () => {
  let services: Services;
  let bin: string;
  let shown = '';
  let token = '';
  before(async () => {
    services = await signedIn();
    bin = await mkdtemp(join(tmpdir(), 'machine-'));
    await writeFile(join(bin, 'docker'), docker);
    await chmod(join(bin, 'docker'), 0o755);
  });
  after(() => rm(bin, { recursive: true, force: true }));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** The terminal's part: the VS Code of these tests may have none. */
  function withoutTerminal(): () => void {
    const original = services.commands.scripts.run;
    services.commands.scripts.run = (_, file) =>
      new Promise((resolve, reject) => {
        const env = { ...process.env, PATH: [bin, process.env.PATH ?? ''].join(delimiter) };
        const child = spawn('sh', [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
        shown = '';
        token = basename(dirname(file));
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding('utf8').on('data', (text: string) => (shown += text));
        }
        child.on('error', reject).on('close', (code) => resolve(code ?? undefined));
      });
    return () => {
      services.commands.scripts.run = original;
    };
  }

  it('runs the helper there and opens the report here, from a row of the tree', async () => {
    const putBack = withoutTerminal();
    try {
      const cluster = await find(services, /Sandbox/, /acme-sandbox/, /storefront-sandbox/, /Clusters/, /Cluster0/);
      const prompts = answer(
        services,
        /us-east-1/,
        'DNS seedlist',
        'Decide later',
        'Docker',
        'orders',
        'Do not sign in',
        'Run in the Terminal',
      );
      const report = await vscode.commands.executeCommand<TestReport | undefined>(
        'atlasPrivateEndpoints.testFromAnotherMachine',
        cluster,
      );
      assert.ok(report, JSON.stringify([prompts.asked, shown, services.log.lines().slice(-5)]));
      prompts.done();
      assert.equal(report.verdict.outcome, 'reachable-not-signed-in', shown);
      assert.equal(report.context.where.kind, 'docker');
      assert.match(shown, /Reachable, not signed in/);
      assert.deepEqual(await readdir(services.commands.scriptFolder), [], 'nothing is left behind');
      const [kept] = services.commands.reports.kept();
      assert.equal(kept?.report.context.where.kind, 'docker');
    } finally {
      putBack();
    }
  });

  for (const [step, container, node, status] of [
    // The stand-in knows no container of this name.
    ['copy', 'payments', ':', '1'],
    ['run', 'orders', 'exit 1', '127'],
  ] as const) {
    it(`says which step failed where there is no report, and leaves nothing behind: ${step}`, async () => {
      const putBack = withoutTerminal();
      const { notify } = services.commands;
      const original = { ...notify };
      const told: Problem[] = [];
      Object.assign(notify, { problem: (reason: Problem) => told.push(reason) });
      await writeFile(join(bin, 'node'), `#!/bin/sh\n${node}\n`);
      await chmod(join(bin, 'node'), 0o755);
      try {
        const prompts = answer(services, 'Docker', container, 'Do not sign in', 'Run in the Terminal');
        await vscode.commands.executeCommand(
          'atlasPrivateEndpoints.testFromAnotherMachine',
          'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net/',
        );
        prompts.done();
        assert.deepEqual(
          told.map(({ code, subject, parameters }) => ({ code, subject, parameters })),
          [{ code: 'MACHINE_TEST_FAILED', subject: container, parameters: { step, status, tool: 'docker' } }],
          shown,
        );
        assert.deepEqual(await readdir(services.commands.scriptFolder), []);
        assert.match(token, /^[0-9a-f]{24}$/);
        assert.ok(!(await readdir('/tmp')).includes(`private-endpoint-test-${token}`), 'nor there');
      } finally {
        putBack();
        Object.assign(notify, original);
        await rm(join(bin, 'node'));
      }
    });
  }

  it('shows the commands, with no password in them', async () => {
    const secret = 'canary-Pa55word';
    const prompts = answer(services, 'SSH', 'app@bastion.example', 'User and password', 'app', 'Show the Commands');
    await vscode.commands.executeCommand(
      'atlasPrivateEndpoints.testFromAnotherMachine',
      `mongodb+srv://app:${secret}@cluster0-pl-0-k45tj.mongodb.net/`,
    );
    prompts.done();
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /ssh "\$@" -t app@bastion\.example /);
    assert.match(text, /--username app --password-prompt/);
    assert.ok(![text, ...services.log.lines()].join('\n').includes(secret));
  });

  it('reads a report that was copied out of a terminal, and says so when there is none', async () => {
    const [kept] = services.commands.reports.kept();
    assert.ok(kept);
    await vscode.env.clipboard.writeText('nothing of the kind');
    assert.equal(await vscode.commands.executeCommand('atlasPrivateEndpoints.readReport'), undefined);
    assert.match(services.log.lines().slice(-3).join('\n'), /REPORT_UNREADABLE/);
    const json = JSON.stringify({
      schema: 1,
      outcome: kept.report.verdict.outcome,
      problems: [],
      context: { ...kept.report.context, where: { hostname: 'elsewhere', kind: 'ssh' } },
      durationMs: 5,
      hops: kept.report.hops,
    });
    await vscode.env.clipboard.writeText(json);
    const report = await vscode.commands.executeCommand<TestReport>('atlasPrivateEndpoints.readReport');
    assert.deepEqual(report.context.where, { hostname: 'elsewhere', kind: 'ssh' });
    assert.equal(report.verdict.outcome, 'reachable-not-signed-in');
  });

  it('judges what another machine has seen by what Atlas says here, and says where each is from', async () => {
    const string = 'mongodb+srv://cluster0-pl-7-k45tj.mongodb.net';
    const json = JSON.stringify({
      schema: 1,
      outcome: 'failed',
      problems: [],
      context: {
        connectionString: string,
        where: { hostname: 'elsewhere', kind: 'local' },
        dnsServers: [],
        startedAt: '2030-01-01T00:00:00.000Z',
      },
      durationMs: 5,
      hops: [
        {
          ...{ hop: 'string', subject: 'cluster0-pl-7-k45tj.mongodb.net', outcome: 'passed', durationMs: 0 },
          facts: [{ name: 'network', value: 'private-endpoint' }],
        },
        {
          ...{ hop: 'srv', subject: 'cluster0-pl-7-k45tj.mongodb.net', outcome: 'failed', durationMs: 5 },
          facts: [{ name: 'failure', value: 'nxdomain' }],
        },
      ],
    });
    await vscode.env.clipboard.writeText(json);
    const report = await vscode.commands.executeCommand<TestReport>('atlasPrivateEndpoints.readReport');
    assert.deepEqual(
      report.verdict.problems.map(({ code }) => code),
      ['STRING_STALE'],
    );
    const [kept] = services.commands.reports.kept();
    assert.equal(kept?.evidence.atlas?.cluster?.name, 'Cluster0');
    const text = services.commands.reports.markdown(kept.address) ?? '';
    assert.match(text, /\nRan on another machine `elsewhere`\n/);
    assert.match(text, /\nAsked from (?:this machine|the VS Code server of this window) \(.+\), 20/);
  });
});
