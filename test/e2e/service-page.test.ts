import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { azureInterfaceOutput } from '../host/suite/cloud-output';
import { openWorkbench, type Workbench } from './workbench';

/** More than the page has. */
const mostStops = 80;

describe('the service page in a window, by keyboard alone', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let frame: Frame;
  const complaints: string[] = [];

  before(async () => {
    workbench = await openWorkbench({ sandboxArgs: ['--pace', 'quick'], size: { width: 1100, height: 1100 } });
    workbench.page.on('console', (message) => {
      if (/content security policy|refused to/i.test(message.text())) complaints.push(message.text());
    });
    await workbench.openView();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title}`);
  });
  after(() => workbench.close());

  it('opens from the palette, with its icons, on the step that is to be done', async () => {
    await workbench.command('Private Endpoints: Set Up a Private Endpoint');
    await workbench.pick('start-on-aws-sandbox');
    frame = await workbench.webview('.step-current');
    assert.match(
      await frame.locator('.step[aria-current=step] .step-title').innerText(),
      /^Step 2:\s+Endpoint service$/,
    );
    const icons = `document.fonts.ready.then((fonts) => [...fonts].map(({ family, status }) => family + ' ' + status))`;
    assert.deepEqual(await frame.evaluate(icons), ['codicon loaded']);
  });

  it('creates the endpoint service and waits for it', async () => {
    await press(/^Create Endpoint Service/);
    await stepIsOpen('cloud');
    assert.match(await frame.locator('header .status').innerText(), /Endpoint service: Available/);
  });

  it('chooses in the AWS account and creates the interface endpoint', async () => {
    await tabTo(/^Credentials/);
    await choose('ArrowDown');
    await frame.getByText('Account 123456789012').waitFor();
    // The account is known before what is in it: until then the list has nothing to choose.
    await frame.locator('[data-field=vpc] vscode-option').nth(1).waitFor({ state: 'attached' });
    await tabTo(/^VPC/);
    await choose('End');
    await frame.locator('[data-field=subnets] vscode-checkbox').first().waitFor();
    for (const subnet of [/^sandbox-private-a$/, /^sandbox-private-b$/]) {
      await tabTo(subnet);
      await workbench.page.keyboard.press('Space');
    }
    await tabTo(/^Who may connect/);
    await workbench.page.keyboard.type('10.0.0.0/16');
    await pictures('set-up-cloud');
    await press(/^Create Interface Endpoint/);
    await stepIsOpen('register');
  });

  it('registers it, waits, and shows the strings', async () => {
    await press(/^Register$/);
    await stepIsOpen('use', 60_000);
    const strings = await frame.locator('#step-use-body .string-text').allInnerTexts();
    assert.ok(
      strings.some((text) => text.startsWith('mongodb+srv://cluster0-pl-')),
      strings.join(),
    );
    await pictures('set-up-use');
  });

  it('is the same after the window was reloaded, with others beside it that are amid their set-up', async () => {
    const titles = [await frame.locator('#page-title').innerText()];
    for (const [command, answers, group] of [
      ['Set Up a Private Endpoint', ['start-on-azure-sandbox'], 'group-of-cluster'],
      ['Set Up Serverless Instance Endpoint', ['start-serverless-sandbox', 'OnAzure'], 'group-of-instance'],
    ] as const) {
      await workbench.command(`Private Endpoints: ${command}`);
      for (const one of answers) {
        await workbench.question();
        // A long list has rows only for what is in sight.
        await workbench.page.keyboard.type(one);
        // Whether the page before it has taken the focus meanwhile or not.
        await workbench.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: one }).first().click();
      }
      frame = await workbench.webview('#step-service[aria-expanded=true]');
      await frame.locator('#step-service-body vscode-button').first().click();
      await stepIsOpen('cloud');
      await resourceGroup().click();
      await workbench.page.keyboard.type(group);
      titles.push(await frame.locator('#page-title').innerText());
    }
    const [aws = '', azure = '', serverless = ''] = titles;
    assert.equal(new Set(titles).size, 3, titles.join());
    await workbench.command('Developer: Reload Window');
    await workbench.page.waitForEvent('load');

    // The one in front is there by itself; the others when they are shown.
    for (const [title, group] of [
      [serverless, 'group-of-instance'],
      [azure, 'group-of-cluster'],
    ] as const) {
      if (title !== serverless) await workbench.page.getByRole('tab', { name: title }).click();
      frame = await workbench.webview(`#page-title:text-is("${title}")`);
      await stepIsOpen('cloud');
      assert.equal(await resourceGroup().inputValue(), group);
    }
    await workbench.page.getByRole('tab', { name: aws }).click();
    frame = await workbench.webview('.card .status');
    assert.equal(await frame.locator('#page-title').innerText(), aws);
    await frame
      .getByText(/^Interface endpoint/)
      .first()
      .waitFor();
    await workbench.picture('page-status-dark');
  });

  it('runs into no policy', () => {
    assert.deepEqual(complaints, []);
  });

  function resourceGroup(): Locator {
    return frame.locator('[data-field=azureResourceGroup] input');
  }

  async function pictures(name: string): Promise<void> {
    for (const theme of ['light', 'high-contrast', 'dark'] as const) {
      await workbench.setTheme(theme);
      await frame
        .locator(
          `body.${{ light: 'vscode-light', dark: 'vscode-dark', 'high-contrast': 'vscode-high-contrast' }[theme]}`,
        )
        .waitFor();
      await workbench.picture(`page-${name}-${theme}`);
    }
  }

  async function stepIsOpen(step: string, timeout = 20_000): Promise<void> {
    await frame.locator(`#step-${step}[aria-expanded=true]`).waitFor({ timeout });
  }

  /** Takes an option of the list that has the focus. */
  async function choose(key: string): Promise<void> {
    await workbench.page.keyboard.press('Enter');
    await frame.locator('vscode-dropdown[aria-expanded=true]').waitFor();
    for (const one of [key, 'Enter']) await workbench.page.keyboard.press(one);
  }

  async function press(name: RegExp): Promise<void> {
    await tabTo(name);
    await workbench.page.keyboard.press('Enter');
  }

  async function tabTo(name: RegExp): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < mostStops; stop += 1) {
      const at = await frame.evaluate<string>(`(${nameOfFocused})()`);
      if (name.test(at)) return;
      passed.push(at);
      await workbench.page.keyboard.press('Tab');
    }
    assert.fail(`${String(name)} cannot be reached with Tab. On the way: ${[...new Set(passed)].join(' | ')}`);
  }
});

describe('the service page in a window, by mouse, on Azure', function () {
  this.timeout(120_000);
  const subscription = '00000000-0000-4000-8000-5a4db0c00002';
  const endpointId = `/subscriptions/${subscription}/resourceGroups/sandbox-network/providers/Microsoft.Network/privateEndpoints/atlas`;
  let workbench: Workbench;
  let frame: Frame;

  before(async () => {
    workbench = await openWorkbench({ sandboxArgs: ['--pace', 'quick'], size: { width: 1100, height: 1300 } });
    await workbench.openView();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.picture(`failed-${this.currentTest.title}`);
  });
  after(() => workbench.close());

  it('writes the commands for what was chosen', async () => {
    await workbench.command('Private Endpoints: Set Up a Private Endpoint');
    await workbench.pick('start-on-azure-sandbox');
    frame = await workbench.webview('.step-current');
    await press('Create Endpoint Service');
    await frame.locator('#step-cloud[aria-expanded=true]').waitFor();
    for (const [field, text] of [
      ['azureSubscription', subscription],
      ['azureResourceGroup', 'sandbox-network'],
      ['azureVirtualNetwork', 'applications'],
      ['azureSubnet', 'private'],
    ] as const) {
      await frame.locator(`[data-field=${field}] input`).click();
      await workbench.page.keyboard.type(text);
    }
    await press('Show commands: Private endpoint in your network');
    await frame.locator('.text-block', { hasText: 'az network private-endpoint create' }).first().waitFor();
    await pictures('azure-commands');
  });

  it('takes what az printed, and shows the strings', async () => {
    await press('Show commands: Private endpoint in your network');
    await press('I did it elsewhere: Private endpoint in your network');
    await frame.locator('[data-field=pasted] textarea').click();
    // As a paste does: at once. It is taken over without a further click.
    await workbench.page.keyboard.insertText(azureInterfaceOutput(endpointId, '10.20.1.9'));
    await frame.locator('#step-register[aria-expanded=true]').waitFor();
    assert.equal(await frame.locator('[data-field=endpointId] input').inputValue(), endpointId);
    await pictures('azure-pasted');
    await press('Register');
    await frame.locator('#step-use[aria-expanded=true]').waitFor({ timeout: 60_000 });
    await frame.locator('#step-use-body .string-text', { hasText: 'mongodb+srv://cluster0-pl-0' }).first().waitFor();
    await pictures('azure-use');
  });

  it('removes it when its region was typed', async () => {
    await frame.getByRole('button', { name: /^Remove Endpoint Service/ }).click();
    await frame.locator('#confirmation-typed input').click();
    await workbench.page.keyboard.type('eastus');
    await press('Remove');
    await frame.locator('#confirmation-typed-problem', { hasText: 'Type exactly: eastus2' }).waitFor();
    // The wrong text has the focus again and is selected.
    await workbench.page.keyboard.type('eastus2');
    await pictures('azure-remove');
    await press('Remove');
    await frame.getByRole('button', { name: /^Set Up Again/ }).waitFor({ timeout: 60_000 });
    await pictures('azure-gone');
  });

  /** Clicks the one button with exactly this name. */
  async function press(name: string): Promise<void> {
    await frame.getByRole('button', { name, exact: true }).click();
  }

  async function pictures(name: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      await workbench.setTheme(theme);
      await frame.locator(`body.vscode-${theme}`).waitFor();
      await workbench.picture(`page-${name}-${theme}`);
    }
  }
});

/** Runs in the page, whose types this project does not know: the name of what has the focus. */
const nameOfFocused = `() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return '';
  const ids = element.getAttribute('aria-labelledby');
  const content = element.cloneNode(true);
  for (const hidden of content.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? content.textContent;
  return (ids === null ? label : document.getElementById(ids).textContent).replace(/\\s+/g, ' ').trim();
}`;
