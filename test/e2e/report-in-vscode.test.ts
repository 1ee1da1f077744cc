import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './workbench';

const string = 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net/';

describe('report of a test, in VS Code', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
    const { controlUrl, controlToken } = workbench.sandbox;
    const switched = await fetch(`${controlUrl}/faults`, {
      method: 'POST',
      headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ fault: 'tcp-drop', on: true, subject: '10.0.20.54' }),
    });
    assert.ok(switched.ok, await switched.text());
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title}`);
  });
  after(() => workbench.close());

  it('opens from the notification, in every theme', async () => {
    await workbench.command('Private Endpoints: Test Connection');
    await workbench.pick('Paste a connection string');
    await workbench.answer(string);
    await workbench.pick('Do not sign in');
    const verdict = await workbench.notification(/Show Report/);
    await verdict.getByText('Show Report').click();
    const report = await workbench.webview('main > header h1');
    assert.match(await report.innerText('.place'), /^Ran on /);
    assert.match(await report.innerText('.problems'), /TCP_TIMEOUT_ONE_ZONE/);
    assert.match(await report.innerText('.evidence'), /Interface endpoint at Atlas vpce-024f5b57108c8d3ed: Available/);
    for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const) {
      await workbench.setTheme(theme);
      await workbench.picture(`vscode-report-${theme}`);
    }
  });

  it('has links that work: the report is copied as text, and shown as text', async () => {
    const report = await workbench.webview('main > header h1');
    await report.getByRole('link', { name: 'Copy Report' }).click();
    await workbench.page.getByText('Copied the report, without secrets').first().waitFor();
    const copied = await workbench.page.evaluate('navigator.clipboard.readText()');
    assert.match(String(copied), /^# .*cluster0-pl-0-k45tj/);
    await report.getByRole('link', { name: 'Test from Another Machine…' }).first().click();
    await (await workbench.question()).getByText('AWS Systems Manager').waitFor();
    await workbench.picture('vscode-another-machine');
    await workbench.page.keyboard.press('Escape');
    await report.getByRole('link', { name: 'Open as Text' }).click();
    await workbench.page.getByRole('tab', { name: /^Connection test 1/ }).waitFor();
  });
});
