import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { TestReport } from '../../../src/diagnostics/events';
import type { Services } from '../../../src/services';
import { reportViewType } from '../../../src/ui/report/report-documents';
import { answer, sandbox, signedIn, tabsUntil } from './extension';

const healthy = 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net/';

describe('testing a connection', () => {
  let services: Services;
  before(async () => {
    services = await signedIn();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const test = async (text: string | undefined, ...replies: readonly (string | RegExp)[]): Promise<TestReport> => {
    const prompts = answer(services, ...replies);
    const report = await vscode.commands.executeCommand<TestReport | undefined>(
      'atlasPrivateEndpoints.testConnection',
      text,
    );
    assert.ok(report, services.log.lines().slice(-5).join('\n'));
    prompts.done();
    return report;
  };
  const reportText = async (): Promise<string> => {
    await vscode.commands.executeCommand('atlasPrivateEndpoints.showReportText');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    return document.getText();
  };

  it('happens in a workspace that is trusted', () => assert.equal(vscode.workspace.isTrusted, true));

  it('connects, signs in and pings through the sandbox’s own DNS and gateway', async () => {
    const report = await test(healthy, /Database user of the sandbox/);
    assert.equal(report.verdict.outcome, 'connected', JSON.stringify(report.verdict));
    assert.match(await reportText(), /cluster0-pl-0-k45tj\.mongodb\.net/);
  });

  it('says in the report that it ran on the remote machine, where the window has one', async () => {
    const { where } = (await test(healthy, /Do not sign in/)).context;
    const { HOST_TEST_WINDOW: kind } = process.env;
    assert.equal(vscode.env.remoteName === undefined ? 'local' : 'remote', kind, 'as the runner opened it');
    // The runner's remote window is that of a VS Code server, whose name is only its address.
    assert.deepEqual(where, { hostname: hostname(), kind: kind === 'remote' ? 'server' : 'local' });
    const place = kind === 'remote' ? 'the VS Code server of this window' : 'this machine';
    assert.ok((await reportText()).includes(`\nRan on ${place} \`${where.hostname}\`\n`));
  });

  it('says "reachable, not signed in" when it shall not sign in', async () => {
    const report = await test(healthy, /Do not sign in/);
    assert.equal(report.verdict.outcome, 'reachable-not-signed-in', JSON.stringify(report.verdict));
  });

  it('takes the string under the cursor, with its placeholders', async () => {
    const content = `const uri = "mongodb+srv://<db_username>:<db_password>@cluster0-pl-0-k45tj.mongodb.net/";`;
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
    editor.selection = new vscode.Selection(0, 40, 0, 40);
    const report = await test(undefined, /Do not sign in/);
    assert.equal(report.verdict.outcome, 'reachable-not-signed-in', JSON.stringify(report.verdict));
  });

  it('offers a password that is known for a host to no other host of the string', async () => {
    const strangers = 'mongodb://cluster0-pl-0-k45tj.mongodb.net:27017,stranger.invalid:27017/?tls=true';
    const prompts = answer(services, undefined);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.testConnection', strangers);
    prompts.done();
    const labels = prompts.asked[0]?.choices ?? [];
    assert.ok(labels.includes('User and password'), labels.join(' | '));
    assert.ok(!labels.some((label) => /sandbox|Remembered/.test(label)), labels.join(' | '));
  });

  it('names the proxy that a string brings along before anything goes through it', async () => {
    const test = 'atlasPrivateEndpoints.testConnection';
    const proxied = answer(services, 'User and password', 'app', undefined);
    await vscode.commands.executeCommand(test, 'mongodb://db.invalid/?tls=true&proxyHost=proxy.invalid&proxyPort=99');
    proxied.done();
    assert.match(proxied.asked[0]?.text ?? '', /^The connection goes through the SOCKS proxy proxy\.invalid:99, /);
    assert.match(proxied.asked[2]?.text ?? '', /^Password of app.*proxy\.invalid:99/);
    // The route of the sandbox's account has a gateway: that of the string is none then.
    const overruled = answer(services, undefined);
    await vscode.commands.executeCommand(test, `${healthy}?proxyHost=proxy.invalid`);
    overruled.done();
    assert.doesNotMatch(overruled.asked[0]?.text ?? '', /proxy/);
    assert.ok(overruled.asked[0]?.choices.some((label) => label.includes('sandbox')));
    const plain = answer(services, undefined);
    await vscode.commands.executeCommand(test, `${healthy}?tls=false`);
    plain.done();
    assert.deepEqual(plain.asked[0]?.choices, ['Do not sign in']);
  });

  it('names the hop that fails: a string that is none', async () => {
    const report = await test('mongodb+srv://cluster0-pl-0-k45tj.mongodb.net:27017/', /Do not sign in/);
    assert.equal(report.verdict.outcome, 'failed');
    assert.equal(report.verdict.failedHop, 'string');
  });

  it('names the hop that fails: a name that does not exist', async () => {
    // Sharing the sandbox's route by its host: another endpoint number of the same cluster.
    const report = await test(
      'mongodb://cluster0-pl-0-k45tj.mongodb.net,pl-9-us-east-1-k45tj.mongodb.net:1024/?ssl=true',
      /Do not sign in/,
    );
    assert.equal(report.verdict.outcome, 'failed');
    assert.ok(['cname', 'addresses'].includes(report.verdict.failedHop ?? ''), String(report.verdict.failedHop));
  });

  it('names the hop that fails: a password that is wrong, and keeps it out of log and report', async () => {
    const { dbUsername } = await sandbox();
    const canary = 'canary-P4ssw0rd';
    const report = await test(healthy, 'User and password', dbUsername, canary, 'Only for this test');
    assert.equal(report.verdict.outcome, 'failed');
    assert.equal(report.verdict.failedHop, 'sign-in');
    const told = [await reportText(), JSON.stringify(report), ...services.log.lines()].join('\n');
    assert.ok(!told.includes(canary));
  });

  it('shows the report as a document, which another test of the same host replaces', async () => {
    const isReport = ({ input, label }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputWebview &&
      input.viewType.endsWith(reportViewType) &&
      label === 'Test of cluster0-pl-0-k45tj.mongodb.net';
    for (let round = 0; round < 2; round += 1) {
      await test(healthy, /Do not sign in/);
      await vscode.commands.executeCommand('atlasPrivateEndpoints.showLastReport');
      await tabsUntil((tabs) => tabs.filter(isReport).length === 1);
    }
  });

  it('shows the last test that came to its end, and not one that was cancelled after it', async () => {
    const report = await test(healthy, /Do not sign in/);
    const { reports } = services.commands;
    const cancelled = await reports.add('cancelled.invalid', {
      ...report,
      verdict: { outcome: 'cancelled', problems: [] },
    });
    assert.match(await reportText(), /cluster0-pl-0-k45tj\.mongodb\.net/);
    assert.match(reports.markdown(cancelled) ?? '', /The test was cancelled: cancelled/);
  });

  it('asks Atlas and the AWS account of the sandbox while it runs, and again on request', async () => {
    await test(healthy, /Do not sign in/);
    const { reports } = services.commands;
    const [before] = reports.kept();
    assert.equal(before?.evidence.atlas?.cluster?.name, 'Cluster0');
    const ids = before.evidence.cloud?.aws?.map(({ endpoint }) => endpoint?.id);
    assert.deepEqual(ids, ['vpce-024f5b57108c8d3ed']);
    assert.equal(before.evidence.missing, undefined);
    const prompts = answer(services, 'The usual chain');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.checkAwsAccount', before.address.toString());
    prompts.done();
    const [after] = reports.kept();
    assert.notEqual(after, before);
    assert.equal(after?.address.toString(), before.address.toString());
    assert.deepEqual(after.report.verdict, before.report.verdict);
  });

  it('adds a rule to the security group of the endpoint when it is told to, and tests again', async () => {
    await test(healthy, /Do not sign in/);
    const { reports } = services.commands;
    const rulesOf = (): readonly string[] =>
      (reports.kept()[0]?.evidence.cloud?.aws?.[0]?.securityGroups[0]?.inbound ?? []).flatMap(({ cidrs }) => cidrs);
    assert.ok(!rulesOf().includes('10.77.0.0/16'));
    const address = reports.kept()[0]?.address.toString();
    const refused = answer(services, '10.77.0.0/16', false);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.allowInbound', address);
    refused.done();
    const prompts = answer(services, '10.77.0.0/16', true, /Do not sign in/);
    const { notify } = services.commands;
    const original = { ...notify };
    const told: string[] = [];
    Object.assign(notify, { done: (text: string) => told.push(text) });
    await vscode.commands.executeCommand('atlasPrivateEndpoints.allowInbound', address);
    Object.assign(notify, original);
    prompts.done();
    assert.match(told[0] ?? '', /^Added a rule to the security group sg-/, 'before anything else is asked');
    assert.match(prompts.asked.map(({ text }) => text).join('\n'), /Let 10\.77\.0\.0\/16 connect .*sg-/);
    assert.ok(rulesOf().includes('10.77.0.0/16'), rulesOf().join(' '));
    assert.notEqual(reports.kept()[0]?.address.toString(), address);
  });

  it('copies the report as Markdown', async () => {
    const report = await test(healthy, /Do not sign in/);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyReport');
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^# Reachable, not signed in: cluster0-pl-0-k45tj\.mongodb\.net$/m);
    assert.ok(copied.includes(report.context.where.hostname));
  });

  it('keeps the password of a tested string out of log and report', async () => {
    const { dbUsername, dbPassword } = await sandbox();
    const text = `mongodb+srv://${encodeURIComponent(dbUsername)}:${encodeURIComponent(dbPassword)}@cluster0-pl-0-k45tj.mongodb.net/`;
    const report = await test(text, /User and password of the string/);
    assert.equal(report.verdict.outcome, 'connected', JSON.stringify(report.verdict));
    const told = [await reportText(), JSON.stringify(report), ...services.log.lines()].join('\n');
    assert.ok(!told.includes(dbPassword));
    assert.ok(!told.includes(encodeURIComponent(dbPassword)));
  });
});
