import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describeProblem } from '../../../src/messages/problem-text';
import type { Services } from '../../../src/services';
import { beyondProxy, startProxy, type LoopbackProxy } from '../loopback-proxy';
import { answer, extension, sandbox, signedIn } from './extension';

const directory = { kind: 'directory' } as const;

/** Sets a setting for the person, or takes it away. */
async function set(section: string, name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);
}

describe('the proxy in the settings of the editor', () => {
  let services: Services;
  let proxy: LoopbackProxy;
  /** Where the sandbox's Atlas is for who goes through the proxy. */
  let place: string;
  let accountId: string;
  before(async () => {
    services = await extension();
    proxy = await startProxy();
    const { atlasBaseUrl, clientId, clientSecret } = await sandbox();
    const { port } = new URL(atlasBaseUrl);
    place = `${beyondProxy}:${port}`;
    await set('http', 'proxy', proxy.url);
    await set('atlasPrivateEndpoints', 'atlas.baseUrl', `http://${place}`);
    const before = new Set(services.accounts.list().map(({ id }) => id));
    const prompts = answer(services, 'Service account', 'From the settings', clientId, clientSecret);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.signIn');
    prompts.done();
    const added = services.accounts.list().find(({ id }) => !before.has(id));
    assert.ok(added, services.log.lines().slice(-3).join('\n'));
    accountId = added.id;
  });
  after(async () => {
    const element = (await services.tree.getChildren()).find((one) => one.accountId === accountId);
    if (element !== undefined) {
      const prompts = answer(services, true);
      await vscode.commands.executeCommand('atlasPrivateEndpoints.signOut', element);
      prompts.done();
    }
    await set('atlasPrivateEndpoints', 'atlas.baseUrl', undefined);
    await set('http', 'noProxy', undefined);
    await set('http', 'proxy', undefined);
    await proxy.close();
    await signedIn();
  });

  /** How often the proxy was asked for a place; the editor asks for others. */
  const askedFor = (wanted: string): number => proxy.asked.filter((one) => one === wanted).length;
  const refresh = async (id = accountId) => {
    // Not what is under way already, from before a setting changed.
    await services.store.refreshChanged(id, directory);
    return services.store.known<'directory'>(id, directory);
  };

  it('is the way to Atlas, for the sign-in and for what follows', async () => {
    assert.ok(askedFor(place) > 0, 'the sign-in went through it');
    const { value, problem } = await refresh();
    assert.equal(problem, undefined);
    assert.ok((value?.projects.length ?? 0) > 0);
  });

  it('is not asked for a host that is excepted from it', async () => {
    assert.equal((await refresh()).problem, undefined);
    await set('http', 'noProxy', [beyondProxy]);
    const { problem } = await refresh();
    await set('http', 'noProxy', undefined);
    // Nothing listens there: what went through the proxy would have been answered.
    assert.equal(problem?.code, 'ATLAS_UNREACHABLE');
    assert.equal((await refresh()).problem, undefined);
  });

  it('is named when it wants a sign-in of its own', async () => {
    proxy.refuses = true;
    const { value, problem } = await refresh();
    proxy.refuses = false;
    assert.equal(problem?.code, 'ATLAS_REPLY_UNREADABLE');
    assert.match(describeProblem(problem).detail ?? '', /^Something other than Atlas answered: a proxy/);
    assert.ok((value?.projects.length ?? 0) > 0, 'what was known stays');
  });

  it('is not the way to this machine', async () => {
    await signedIn();
    const account = services.accounts.list().find(({ kind }) => kind === 'sandbox');
    assert.ok(account);
    assert.equal((await refresh(account.id)).problem, undefined);
    assert.equal(askedFor(new URL((await sandbox()).atlasBaseUrl).host), 0);
  });
});
