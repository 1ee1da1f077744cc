import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import type { TreeElement } from '../../../src/ui/tree/elements';
import { answer, signedIn } from './extension';

describe('browsing the sandbox', () => {
  let services: Services;
  before(async () => {
    services = await signedIn();
  });

  it('opens every branch, and each row has an icon, a text for a screen reader and an id of its own', async () => {
    const kinds = new Set<string>();
    const ids = new Set<string>();
    const visit = async (parent: TreeElement | undefined): Promise<void> => {
      const rows = await services.tree.getChildren(parent);
      for (const row of rows) {
        const item = services.tree.getTreeItem(row);
        kinds.add(row.kind);
        assert.ok(item.id !== undefined && !ids.has(item.id), `id ${String(item.id)} is used twice`);
        ids.add(item.id);
        assert.ok(item.iconPath instanceof vscode.ThemeIcon);
        assert.ok((item.accessibilityInformation?.label ?? '').length > 0);
        assert.notEqual(row.kind, 'retry', services.tree.lookOf(row).description);
        assert.equal(services.tree.getParent(row), parent);
        if (item.collapsibleState !== vscode.TreeItemCollapsibleState.None) await visit(row);
      }
    };
    await visit(undefined);
    for (const kind of ['account', 'organization', 'project', 'branch', 'deployment', 'service', 'endpoint']) {
      assert.ok(kinds.has(kind), `a row of kind ${kind}`);
    }
    for (const kind of ['serverless-endpoint', 'federation-endpoint', 'federated-database', 'archive']) {
      assert.ok(kinds.has(kind), `a row of kind ${kind}`);
    }
  });

  it('marks the account as sandbox', async () => {
    const [account] = await services.tree.getChildren();
    assert.ok(account);
    assert.match(services.tree.lookOf(account).description ?? '', /sandbox/);
  });

  it('shows the account in the Accounts menu, without a secret in the session', async () => {
    const sessions = await vscode.authentication.getAccounts('mongodb-atlas');
    assert.deepEqual(
      sessions.map(({ label }) => label),
      services.accounts.list().map(({ label }) => label),
    );
  });

  it('shows the view', async () => {
    const shown = new Promise<void>((resolve) => {
      const watch = services.view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        watch.dispose();
        resolve();
      });
    });
    const wasVisible = services.view.visible;
    await vscode.commands.executeCommand('atlasPrivateEndpoints.tree.focus');
    if (!wasVisible) await shown;
    assert.equal(services.view.visible, true);
  });

  it('refreshes one element by command', async () => {
    const [account] = await services.tree.getChildren();
    const asOf = (): number | undefined =>
      services.store.known<'directory'>(account?.accountId ?? '', { kind: 'directory' }).asOf;
    const before = asOf() ?? 0;
    const { now } = services.clock;
    // Both may be in the same millisecond.
    services.clock.now = () => now() + 1;
    try {
      await vscode.commands.executeCommand('atlasPrivateEndpoints.refresh', account);
    } finally {
      services.clock.now = now;
    }
    assert.ok((asOf() ?? 0) > before);
    assert.equal(services.store.known<'directory'>(account?.accountId ?? '', { kind: 'directory' }).problem, undefined);
  });

  it('filters projects by a part of their name, and shows all of them again', async () => {
    const projects = async (): Promise<readonly string[]> => {
      const names: string[] = [];
      for (const account of await services.tree.getChildren()) {
        for (const organization of await services.tree.getChildren(account)) {
          for (const row of await services.tree.getChildren(organization)) {
            if (row.kind === 'project') names.push(services.tree.lookOf(row).label);
          }
        }
      }
      return names;
    };
    const all = await projects();
    const prompts = answer(services, 'STOREFRONT');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.filter');
    prompts.done();
    assert.deepEqual(await projects(), ['storefront-sandbox']);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.clearFilter');
    assert.ok(all.length > 1);
    assert.deepEqual(await projects(), all);
  });

  it('copies an id', async () => {
    const [account] = await services.tree.getChildren();
    const [organization] = await services.tree.getChildren(account);
    assert.ok(organization?.kind === 'organization');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyId', organization);
    assert.equal(await vscode.env.clipboard.readText(), organization.organizationId);
  });

  it('asks for a project where a row has no id', async () => {
    const [account] = await services.tree.getChildren();
    const prompts = answer(services, 'storefront-sandbox');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyId', account);
    prompts.done();
    const directory = services.store.known<'directory'>(account?.accountId ?? '', { kind: 'directory' }).value;
    const chosen = directory?.projects.find(({ name }) => name === 'storefront-sandbox');
    assert.equal(await vscode.env.clipboard.readText(), chosen?.id);
  });
});
