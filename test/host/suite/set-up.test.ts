import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import type { OpenPage } from '../../../src/ui/page/service-pages';
import type { PageState } from '../../../webview/protocol';
import { answer, find, signedIn, tabsUntil } from './extension';

describe('the page of a set-up', () => {
  let services: Services;
  before(async () => {
    services = await signedIn();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** Resolves when the page's state is as wanted; looks whenever anything that it shows has changed. */
  function until({ controller }: OpenPage, wanted: (state: PageState) => boolean): Promise<PageState> {
    return new Promise((resolve) => {
      const look = (): void => {
        const state = controller.state();
        if (!wanted(state)) return;
        stop();
        clearInterval(timer);
        resolve(state);
      };
      // What AWS answers changes no element of the store.
      const timer = setInterval(look, 200);
      const stop = services.store.onDidChange(look);
      look();
    });
  }

  async function openNew(project: string): Promise<OpenPage> {
    const prompts = answer(services, project);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.setUpEndpoint');
    prompts.done();
    const page = (await services.commands.pages()).active();
    assert.ok(page);
    return page;
  }

  it('is there soon after the command, and its script says that it listens', async () => {
    const begin = performance.now();
    const page = await openNew('start-on-aws-sandbox');
    await page.ready;
    const first = performance.now() - begin;
    assert.ok(first < 5_000, `${first.toFixed(0)} ms for the first page of a window`);
    await tabsUntil((tabs) => tabs.some(({ label }) => label === 'Set Up a Private Endpoint'));
    assert.equal(page.panel.webview.options.enableCommandUris, false);
    assert.match(page.panel.webview.html, /default-src 'none'/);
    assert.doesNotMatch(page.panel.webview.html, /unsafe-inline|unsafe-eval/);
  });

  it('opens from an endpoint service in the tree, once', async () => {
    const service = await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Endpoint services', /AWS/);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.openPage', service);
    const pages = await services.commands.pages();
    const [page] = pages.pages();
    assert.ok(page);
    await page.ready;
    await until(page, ({ header }) => header.statuses.length === 2);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.openPage', service);
    assert.equal(pages.pages().length, 1);
  });
});
