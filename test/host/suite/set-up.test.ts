import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import type { OpenPage } from '../../../src/ui/page/service-pages';
import type { FieldId, PageState, StepId } from '../../../webview/protocol';
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

  const currentIs =
    (id: StepId) =>
    ({ currentStep, running }: PageState): boolean =>
      currentStep === id && running === undefined;

  function options(state: PageState, id: FieldId): readonly string[] {
    const fields = state.steps.flatMap(({ fieldGroups }) => fieldGroups.flatMap((group) => group.fields));
    const field = fields.find((one) => one.id === id);
    return field !== undefined && 'options' in field
      ? field.options.map(({ value }) => value).filter((value) => value !== '')
      : [];
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

  it('leads from nothing to strings on AWS by commands alone', async function () {
    this.timeout(120_000);
    const page = await openNew('start-on-aws-sandbox');
    await until(page, currentIs('service'));
    await vscode.commands.executeCommand('atlasPrivateEndpoints.setUpService');
    await until(page, currentIs('cloud'));
    const set = (field: FieldId, value: string | readonly string[]): Promise<void> =>
      page.controller.receive({ type: 'set', field, value });
    await set('profile', 'chain');
    const vpcs = options(await until(page, (state) => options(state, 'vpc').length > 0), 'vpc');
    await set('vpc', vpcs[0] ?? '');
    const subnets = options(await until(page, (state) => options(state, 'subnets').length > 0), 'subnets');
    await set('subnets', subnets.slice(0, 1));
    await vscode.commands.executeCommand('atlasPrivateEndpoints.setUpCloud');
    await until(page, currentIs('register'));
    await vscode.commands.executeCommand('atlasPrivateEndpoints.setUpRegister');
    const usable = await until(page, currentIs('use'));
    const targets = usable.steps.at(-1)?.strings?.flatMap((cluster) => cluster.targets) ?? [];
    const string = targets.find(({ here }) => here)?.strings[0];
    assert.ok(string);
    await page.controller.receive({ type: 'copy', what: 'string', id: string.id });
    assert.equal(await vscode.env.clipboard.readText(), string.text);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.exportSetUp');
    const exported = vscode.window.activeTextEditor?.document;
    assert.match(exported?.getText() ?? '', /resource "mongodbatlas_privatelink_endpoint_service"/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
