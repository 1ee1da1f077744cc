import assert from 'node:assert/strict';
import { eventually, openWorkbench, type Workbench } from './workbench';

const project = ['Sandbox', 'acme-labs-sandbox', 'nothing-yet-sandbox'] as const;

/** Rows are where they are, and nowhere else. */
const settings = { 'workbench.tree.enableStickyScroll': false };

describe('what the views say where there is nothing to show', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ opened: 'empty-folder', isTrusted: false, theme: 'light', settings });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title}`);
  });
  after(() => workbench.close());

  /** The page about a new endpoint of the project, which is closed again. */
  const pageIsThere = async (): Promise<void> => {
    const page = await workbench.webview('main h1');
    assert.equal(await page.locator('h1').innerText(), 'Set Up a Private Endpoint');
    assert.match(await page.locator('main').innerText(), /nothing-yet-sandbox/);
    await workbench.command('View: Close All Editors');
  };

  it('Atlas cannot be reached: what to do, and a button that finds it again', async () => {
    await workbench.switchFault('atlas-reset', true);
    const welcome = await workbench.welcome('Check the network');
    assert.deepEqual(await welcome.getByRole('button').allTextContents(), ['Try Again', 'Show Log']);
    await workbench.picture('welcome-offline');
    await workbench.switchFault('atlas-reset', false);
    await workbench.switchFault('nothing-visible', true);
    await welcome.getByRole('button', { name: 'Try Again' }).click();
  });

  it('a key without a role: what it lacks, and rows once it has one', async () => {
    const welcome = await workbench.welcome('No project is visible');
    assert.deepEqual(await welcome.getByRole('button').allTextContents(), ['Refresh', 'Sign In with Another Key']);
    await workbench.picture('welcome-no-projects');
    await workbench.switchFault('nothing-visible', false);
    await workbench.switchFault('atlas-slow', true);
    await welcome.getByRole('button', { name: 'Refresh' }).click();
    const view = workbench.page.locator('.pane', { has: workbench.page.locator('.pane-header', { hasText: 'Atlas' }) });
    await view.locator('.monaco-progress-container.active').waitFor();
    await workbench.shownRow('acme-labs-sandbox');
    await workbench.switchFault('atlas-slow', false);
  });

  it('a project with nothing in it: each branch says so, and offers the set-up', async () => {
    await workbench.row(...project, 'Clusters', 'No cluster in this project');
    await workbench.row(...project, 'Endpoint services', 'No endpoint service yet');
    await workbench.row(...project, 'Data Federation', 'No private endpoint yet');
    const services = await workbench.row(...project, 'Endpoint services');
    await services.hover();
    await services.getByRole('button', { name: 'Set Up a Private Endpoint' }).click();
    await pageIsThere();
  });

  it('a project’s own menu offers the set-up', async () => {
    await (await workbench.row(...project)).click({ button: 'right' });
    await workbench.picture('menu-of-project');
    await workbench.page.getByRole('menuitem', { name: 'Set Up a Private Endpoint' }).click();
    await pageIsThere();
  });

  it('a folder without strings: how to get one in', async () => {
    await workbench.page.locator('.pane-header', { hasText: /Strings in Workspace/i }).click();
    const welcome = await workbench.welcome('No connection string was found');
    assert.deepEqual(await welcome.getByRole('button').allTextContents(), [
      'Insert Connection String',
      'Set Up a Private Endpoint',
    ]);
    await workbench.picture('empty-project-and-no-strings');
    await welcome.getByRole('button', { name: 'Set Up a Private Endpoint' }).click();
    await workbench.pick('nothing-yet-sandbox');
    await pageIsThere();
    await workbench.page.locator('.pane-header', { hasText: /Strings in Workspace/i }).click();
  });

  it('the walkthrough leads to the set-up', async () => {
    await workbench.command('Welcome: Open Walkthrough');
    await workbench.pick('Get Started with Private Endpoints');
    const { page } = workbench;
    await page.locator('.getting-started-step').filter({ hasText: 'Set up a private endpoint' }).click();
    const button = page.locator('.getting-started-step.expanded').getByRole('button', { name: 'Set Up' });
    await button.waitFor();
    await workbench.picture('walkthrough-set-up');
    await button.click();
    await workbench.pick('nothing-yet-sandbox');
    await pageIsThere();
  });

  for (const { fault, said } of [
    { fault: 'atlas-500', said: /Atlas/ },
    { fault: 'atlas-reset', said: /cannot be reached/ },
    { fault: 'atlas-html', said: /not one of the Atlas Admin API/ },
  ] as const) {
    it(`${fault} after all was well: the rows stay, and Try Again brings new ones`, async () => {
      await workbench.switchFault(fault, true);
      await workbench.row(...project);
      await workbench.command('Private Endpoints: Refresh');
      // One for the account, one for the project: each asks for its own.
      const rows = workbench.page.getByRole('treeitem', { name: /^Try Again/ });
      await eventually('two to try again', async () => (await rows.count()) === 2);
      for (const row of await rows.all()) assert.match((await row.getAttribute('aria-label')) ?? '', said);
      await workbench.shownRow('No cluster in this project');
      await workbench.picture(`retry-${fault}`);
      await workbench.switchFault(fault, false);
      await rows.first().click();
      await eventually('one less to try', async () => (await rows.count()) === 1);
      await rows.first().click();
      await eventually('nothing left to try', async () => (await rows.count()) === 0);
      await workbench.shownRow('No cluster in this project');
    });
  }
});
