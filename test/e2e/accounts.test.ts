import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storedInBrowser } from '../browser/stored-in-browser';
import { eventually, openWorkbench, type Workbench } from './workbench';

/** Files below `folder` that have `text` in them. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

describe('accounts, in the Accounts menu and in the view', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ isSignedIn: false, opened: 'nothing', theme: 'light' });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title}`);
  });
  after(() => workbench.close());

  /** Signs an account of the menu out there, and confirms. */
  const signOut = async (label: string): Promise<void> => {
    const confirm = workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Sign Out' });
    await workbench.fromAccountsMenu(label, 'Sign Out', confirm);
    await confirm.click();
  };

  it('are offered to a newcomer, with the sandbox beside them', async () => {
    const welcome = await workbench.welcome('needs no account');
    assert.deepEqual(await welcome.getByRole('button').allTextContents(), ['Sign In to Atlas', 'Try the Sandbox']);
    for (const theme of ['dark', 'high-contrast', 'light'] as const) {
      await workbench.setTheme(theme);
      await workbench.picture(`welcome-${theme}`);
    }
  });

  it('leave the strings of a workspace alone where none is open', async () => {
    const { page } = workbench;
    await page.locator('.pane-header', { hasText: /Strings in Workspace/i }).click();
    const welcome = await workbench.welcome(/folder that is open/);
    assert.deepEqual(await welcome.getByRole('button').allTextContents(), ['Open Folder']);
    await page.locator('.pane-header', { hasText: /Strings in Workspace/i }).click();
  });

  it('sign in from the menu', async () => {
    await workbench.signInFromAccountsMenu();
    await workbench.signIn('API key');
    await workbench.row('acme-sandbox', 'acme-sandbox', 'storefront-sandbox');
    await workbench.accountsMenu('acme-sandbox + 1 (MongoDB Atlas)');
    assert.equal(await workbench.page.getByRole('menuitem', { name: /^Sign in with/ }).count(), 0, 'done');
    await workbench.page.keyboard.press('Escape');
  });

  it('say who may use them', async () => {
    const { page } = workbench;
    const extensions = page.locator('.quick-input-widget .monaco-list-row');
    const ours = extensions.filter({ hasText: 'Private Endpoints for MongoDB Atlas' });
    await workbench.fromAccountsMenu('acme-sandbox + 1', 'Manage Trusted Extensions', ours);
    await workbench.picture('accounts-trusted');
    await page.keyboard.press('Escape');
  });

  it('are told apart when two keys see the same organizations, and only one of them signs out', async () => {
    const { page, sandbox } = workbench;
    await workbench.command('Private Endpoints: Sign In to Atlas');
    await workbench.signIn('service account');
    const second = `acme-sandbox + 1 (…${sandbox.clientId.slice(-6)})`;
    await workbench.accountsMenu(`${second} (MongoDB Atlas)`);
    await workbench.picture('accounts-menu');
    assert.equal(await page.getByRole('menuitem', { name: /\(MongoDB Atlas\)$/ }).count(), 2);
    await signOut(second);
    await page.getByRole('treeitem', { name: second }).waitFor({ state: 'detached' });
    await workbench.row('acme-sandbox + 1', 'acme-sandbox');
    await workbench.accountsMenu('acme-sandbox + 1 (MongoDB Atlas)');
    assert.equal(await page.getByRole('menuitem', { name: /\(MongoDB Atlas\)$/ }).count(), 1);
    await page.keyboard.press('Escape');
  });

  it('leave nothing behind when the last one signs out', async () => {
    const { page, sandbox, dataFolder } = workbench;
    const inBrowser = async (...texts: readonly string[]): Promise<readonly string[]> =>
      (await storedInBrowser(page)).filter((stored) => texts.some((text) => stored.includes(text)));
    const shown = [sandbox.atlasBaseUrl, 'storefront-sandbox'];
    const secrets = [sandbox.privateKey, sandbox.clientSecret];
    await eventually('account in the state', async () => (await inBrowser(...shown)).length > 0);
    assert.notDeepEqual(filesWith(dataFolder, 'storefront-sandbox'), [], 'what was read is kept while signed in');
    assert.deepEqual(await inBrowser(...secrets), []);
    await signOut('acme-sandbox + 1');
    await workbench.welcome('needs no account');
    await workbench.accountsMenu(/^Sign in with MongoDB Atlas/);
    await page.keyboard.press('Escape');
    assert.deepEqual(filesWith(dataFolder, 'storefront-sandbox'), []);
    await eventually('state without the account', async () => (await inBrowser(...shown)).length === 0);
    for (const secret of secrets) assert.deepEqual(filesWith(dataFolder, secret), []);
  });
});
