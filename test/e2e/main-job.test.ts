import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench, type Workbench } from './workbench';

/** Between the quotes in src/app.js. */
const betweenQuotes = { line: 3, column: 33 };

describe('the main job, as a person does it', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title}`);
  });
  after(() => workbench.close());

  it('is signed in to the sandbox, and says that it is one', async () => {
    const account = await workbench.row('Sandbox');
    assert.match((await account.getAttribute('aria-label')) ?? '', /sandbox/);
  });

  it('leads from the account to an interface endpoint, with the status in words', async () => {
    const service = await workbench.row('Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Endpoint services', 'AWS');
    assert.match((await service.getAttribute('aria-label')) ?? '', /Available/);
    const endpoint = await workbench.row(
      ...['Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Endpoint services', 'AWS us-east-1', 'vpce-'],
    );
    assert.match((await endpoint.getAttribute('aria-label')) ?? '', /Available/);
  });

  it('shows the view in every theme', async () => {
    for (const theme of ['light', 'high-contrast', 'high-contrast-light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.picture(`tree-${theme}`);
    }
  });

  it('inserts the recommended string at the cursor', async () => {
    const { sandbox } = workbench;
    await workbench.openFile('src/app.js', betweenQuotes);
    await workbench.command('Private Endpoints: Insert Connection String');
    await workbench.pick('storefront-sandbox');
    await workbench.pick('Cluster0');
    await workbench.pick('AWS us-east-1');
    const question = await workbench.question();
    // The list of the question before stands there until the strings of the endpoint are.
    await question.getByRole('option', { name: /^DNS seedlist/ }).waitFor();
    const forms = await question.getByRole('option').allTextContents();
    assert.match(forms[0] ?? '', /DNS seedlist/, 'the recommended form comes first');
    await workbench.picture('insert-forms');
    await workbench.pick('DNS seedlist');
    await workbench.pick(sandbox.dbUsername);
    await workbench.pick(/^Connection string/);
    const text = await workbench.saved('src/app.js', /mongodb\+srv:/);
    const string = `mongodb+srv://${sandbox.dbUsername}:<db_password>@cluster0-pl-0-k45tj.mongodb.net/`;
    assert.match(text, new RegExp(`MongoClient\\('${string.replace(/[+./]/g, '\\$&')}'\\)`));
  });

  it('tests the string under the cursor, hop by hop, and shows a report', async () => {
    await workbench.command('Private Endpoints: Test Connection');
    await workbench.pick(/Database user of the sandbox/);
    const verdict = await workbench.notification(/Show Report/);
    await workbench.picture('test-verdict');
    await verdict.getByRole('button', { name: 'Show Report' }).click();
    const report = await workbench.webview('main .path');
    assert.match(await report.locator('h1').innerText(), /Connected/);
    const hops = (await report.locator('.path .name').allInnerTexts()).join(' ');
    assert.match(hops, /SRV.*TCP.*TLS.*ping/isu, 'every hop from the names to the ping');
    await workbench.command('Notifications: Clear All Notifications');
    for (const theme of ['light', 'high-contrast', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.picture(`test-report-${theme}`);
    }
  });

  it('names what is wrong with a string that cannot work', async () => {
    await workbench.command('View: Close All Editors');
    const file = join(workbench.workspace, 'src/app.py');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace('MongoClient("")', 'MongoClient("mongodb+srv://cluster0-pl-7-k45tj.mongodb.net/")'),
    );
    await workbench.openFile('src/app.py', { line: 3, column: 23 });
    await workbench.command('Private Endpoints: Test Connection');
    await workbench.pick(/Do not sign in/);
    const verdict = await workbench.notification(/Show Report/);
    await workbench.picture('test-failed');
    await verdict.getByRole('button', { name: 'Show Report' }).click();
    const report = await workbench.webview('main .problems');
    assert.match(await report.locator('h1').innerText(), /cluster0-pl-7-k45tj/);
    await workbench.command('Notifications: Clear All Notifications');
    for (const theme of ['light', 'high-contrast', 'dark'] as const) {
      await workbench.setTheme(theme);
      await workbench.picture(`test-failed-report-${theme}`);
    }
  });
});
