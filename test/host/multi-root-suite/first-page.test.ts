import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { find, signedIn, tabsUntil } from '../suite/extension';

describe('the first page of a window', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is one, in one panel, when it is asked for twice while its code is loaded', async () => {
    const services = await signedIn();
    const { commands } = services;
    const { accountId } = await find(services, 'Sandbox');
    const ref = { kind: 'federation', accountId, projectId: '0'.repeat(24) } as const;
    const [one, other] = await Promise.all([commands.openPage(ref), commands.openPage(ref)]);
    assert.equal(one, other);
    await one.ready;
    assert.match(one.panel.webview.html, /default-src 'none'/);
    await tabsUntil((tabs) => tabs.filter(({ input }) => input instanceof vscode.TabInputWebview).length === 1);
    one.panel.dispose();
    await tabsUntil((tabs) => tabs.every(({ input }) => !(input instanceof vscode.TabInputWebview)));
  });
});
