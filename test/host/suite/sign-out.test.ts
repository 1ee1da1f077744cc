import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { typedSecrets } from '../secret-traces';
import { answer, extension, sandbox, signedIn } from './extension';

describe('accounts', () => {
  let services: Services;
  before(async () => {
    services = await extension();
    const { atlasBaseUrl } = await sandbox();
    await vscode.workspace
      .getConfiguration('atlasPrivateEndpoints')
      .update('atlas.baseUrl', atlasBaseUrl, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('atlasPrivateEndpoints')
      .update('atlas.baseUrl', undefined, vscode.ConfigurationTarget.Global);
    await signedIn();
  });

  const signIn = async (...replies: readonly string[]): Promise<string | undefined> => {
    const before = new Set(services.accounts.list().map(({ id }) => id));
    const prompts = answer(services, ...replies);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.signIn');
    prompts.done();
    return services.accounts.list().find(({ id }) => !before.has(id))?.id;
  };
  const signOut = async (id: string): Promise<void> => {
    const element = (await services.tree.getChildren()).find(({ accountId }) => accountId === id);
    const prompts = answer(services, true);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.signOut', element);
    prompts.done();
  };

  const viewIs = async (wanted: boolean): Promise<void> => {
    if (services.view.visible === wanted) return;
    await new Promise<void>((resolve) => {
      const watch = services.view.onDidChangeVisibility(({ visible }) => {
        if (visible !== wanted) return;
        watch.dispose();
        resolve();
      });
    });
  };

  it('signs in with a service account and with an API key, checked before they are kept', async () => {
    const { clientId, clientSecret, publicKey, privateKey } = await sandbox();
    const one = await signIn('Service account', 'From the settings', clientId, clientSecret);
    const two = await signIn('API key', 'From the settings', publicKey, privateKey);
    assert.ok(one !== undefined && two !== undefined && one !== two);
    for (const id of [one, two]) {
      await services.store.ensure(id, { kind: 'directory' });
      const known = services.store.known<'directory'>(id, { kind: 'directory' });
      assert.equal(known.problem, undefined);
      assert.ok((known.value?.projects.length ?? 0) > 0);
      await signOut(id);
    }
  });

  it('keeps nothing of a key that Atlas refuses', async () => {
    const { clientId } = await sandbox();
    const id = await signIn('Service account', 'From the settings', clientId, typedSecrets.refused);
    assert.equal(id, undefined);
    assert.match(services.log.lines().join('\n'), /ATLAS_SIGN_IN_REFUSED/);
    assert.ok(!services.log.lines().join('\n').includes(typedSecrets.refused));
  });

  it('shows where the sandbox is when it is asked for again', async () => {
    await signedIn();
    await vscode.commands.executeCommand('atlasPrivateEndpoints.tree.focus');
    await viewIs(true);
    await vscode.commands.executeCommand('workbench.view.explorer');
    await viewIs(false);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.trySandbox');
    await viewIs(true);
    assert.equal(services.accounts.list().filter(({ kind }) => kind === 'sandbox').length, 1);
  });

  it('forgets everything of an account that signs out', async () => {
    const { clientId, clientSecret } = await sandbox();
    const id = await signIn('Service account', 'From the settings', clientId, clientSecret);
    assert.ok(id !== undefined);
    await services.store.ensure(id, { kind: 'directory' });
    await services.accounts.rememberDatabaseUser(id, ['host.example'], {
      username: 'app',
      password: typedSecrets.remembered,
    });
    await signOut(id);
    assert.equal(services.accounts.get(id), undefined);
    assert.equal(await services.accounts.databaseUser(id, 'host.example'), undefined);
    await assert.rejects(services.accounts.credentials(id));
    assert.deepEqual(services.store.known(id, { kind: 'directory' }), { loading: false });
    const shown = await services.tree.getChildren();
    assert.ok(shown.every(({ accountId }) => accountId !== id));
  });
});
