import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { TestReport } from '../../../src/diagnostics/events';
import type { Services } from '../../../src/services';
import { typedSecrets } from '../secret-traces';
import { answer, sandbox, signedIn } from './extension';

// The runner looks for it afterwards: in what VS Code has stored, in titles and in what tests print.
const canary = typedSecrets.password;
const healthy = 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net/';

/** The command lines and environments of all processes that this one may look at; undefined where there is no /proc. */
function processList(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const read = (path: string): string => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return '';
    }
  };
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map((id) => read(`/proc/${id}/cmdline`) + read(`/proc/${id}/environ`)).join('\n');
}

describe('a password that is typed for a test', () => {
  let services: Services;
  let report: TestReport | undefined;
  let processes: string | undefined;
  before(async () => {
    services = await signedIn();
    const { dbUsername } = await sandbox();
    const prompts = answer(services, 'User and password', dbUsername, canary, 'Only for this test');
    // The list is read while the test runs.
    const running = vscode.commands.executeCommand<TestReport | undefined>(
      'atlasPrivateEndpoints.testConnection',
      healthy,
    );
    const lists: (string | undefined)[] = [];
    const timer = setInterval(() => lists.push(processList()), 100);
    report = await running;
    clearInterval(timer);
    prompts.done();
    lists.push(processList());
    processes = lists.includes(undefined) ? undefined : lists.join('\n');
  });

  it('is used: the cluster refuses it', () => assert.equal(report?.verdict.failedHop, 'sign-in'));

  it('is neither in the report nor in the log', async () => {
    await vscode.commands.executeCommand('atlasPrivateEndpoints.showReportText');
    const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(shown, /cluster0-pl-0-k45tj/);
    for (const text of [shown, JSON.stringify(report), ...services.log.lines()]) assert.ok(!text.includes(canary));
  });

  it('is in no setting, and in no title of a window or tab', () => {
    const settings = JSON.stringify(vscode.workspace.getConfiguration());
    assert.match(settings, /atlasPrivateEndpoints/);
    const titles = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(titles.length > 0);
    assert.ok(![settings, ...titles, vscode.workspace.name ?? ''].some((text) => text.includes(canary)));
  });

  it('is in no command line and no environment of a process', () => {
    // Other systems have no such list that can be read without a tool.
    if (processes === undefined) {
      assert.notEqual(process.platform, 'linux');
      return;
    }
    assert.ok(processes.includes('node'), 'the list has this process');
    assert.ok(!processes.includes(canary));
  });

  it('is not kept: the next test would ask again', async () => {
    const accounts = services.accounts.list().map(({ id }) => id);
    for (const id of accounts) {
      const kept = await services.accounts.databaseUser(id, 'cluster0-pl-0-k45tj.mongodb.net');
      assert.ok(kept?.password !== canary);
    }
  });
});
