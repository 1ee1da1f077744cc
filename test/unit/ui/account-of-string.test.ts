import assert from 'node:assert/strict';
import type { Account } from '../../../src/accounts/account';
import { unassignedId } from '../../../src/accounts/account-store';
import { hostIn } from '../../../src/connection-string/credentials';
import type { AtlasApi } from '../../../src/core/atlas-api';
import { silentLogger } from '../../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import { deploymentsOf } from '../../../src/store/element';
import {
  accountOfString,
  hasUnreadProjects,
  type AccountOfStringPorts,
} from '../../../src/ui/test-run/account-of-string';
import { createAwsProfiles } from '../../../src/ui/test-run/aws-profiles';
import { gatherEvidence } from '../../../src/ui/test-run/gather-evidence';
import { knownUsers } from '../../../src/ui/test-run/known-users';
import { createFakeAtlas } from '../store/fake-atlas';
import { createFakeClock, settled } from '../store/fake-clock';
import { startSandboxStore, type SandboxStore } from './sandbox-store';

const stranger = 'cluster0-pl-0.zz9zz.mongodb.net';

describe('the account of a string whose project was not read yet', () => {
  let sandbox: SandboxStore;
  let store: AtlasStore;
  let ports: AccountOfStringPorts;
  let hosts: { readonly srv: string; readonly node: string };
  let calls: string[];

  before(async () => {
    sandbox = await startSandboxStore();
    const ref = { kind: 'project', projectId: sandbox.project('storefront-sandbox').id } as const;
    await sandbox.store.ensure('a', ref);
    const contents = sandbox.store.known<'project'>('a', ref).value;
    const strings = contents === undefined ? undefined : deploymentsOf(contents)[0]?.strings.privateEndpoint[0];
    hosts = { srv: hostIn(strings?.srv ?? ''), node: hostIn(strings?.standard ?? '') };
  });
  after(() => sandbox.close());
  beforeEach(() => {
    calls = [];
    const counted = new Proxy(sandbox.api, {
      get: (api, name: keyof AtlasApi) => {
        if (name === 'listAllClusters' || name === 'listProjects' || name === 'listClusters') calls.push(name);
        return Reflect.get(api, name) as unknown;
      },
    });
    store = createAtlasStore({
      apiOf: () => Promise.resolve(counted),
      clock: sandbox.clock,
      logger: silentLogger,
      storageOf: () => undefined,
    });
    ports = {
      accounts: { list: () => [sandbox.account] },
      store,
      apiOf: () => Promise.resolve(counted),
      clock: sandbox.clock,
    };
  });
  afterEach(() => store.dispose());

  it('is found by the name of the cluster', async () => {
    assert.equal((await accountOfString(ports, hosts.srv))?.id, 'a');
    const read = store.elements().filter(({ ref }) => ref.kind === 'project').length;
    const all = store.known<'directory'>('a', { kind: 'directory' }).value?.projects.length ?? 0;
    assert.ok(read < all, `${String(read)} of ${String(all)} projects were read`);
  });

  it('is found when the host is a node, which has no name of a cluster', async () => {
    assert.match(hosts.node, /^pl-0-/);
    assert.equal((await accountOfString(ports, hosts.node))?.id, 'a');
  });

  it('is asked of Atlas once for several strings, and not for a host that is none of Atlas', async () => {
    assert.equal(await accountOfString(ports, 'db.example.com'), undefined);
    assert.deepEqual(calls, []);
    await Promise.all([accountOfString(ports, stranger), accountOfString(ports, hosts.srv)]);
    await accountOfString(ports, stranger);
    assert.equal(calls.filter((name) => name === 'listAllClusters').length, 1);
  });

  it('is not waited for longer than five seconds, by all strings together', async () => {
    const clock = createFakeClock();
    const atlas = createFakeAtlas();
    atlas.hold();
    const silent = {
      ...atlas.api,
      listAllClusters: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }),
    };
    const api = silent as unknown as AtlasApi;
    const own = createAtlasStore({
      apiOf: () => Promise.resolve(api),
      clock,
      logger: silentLogger,
      storageOf: () => undefined,
    });
    const asked: AccountOfStringPorts = { ...ports, store: own, apiOf: () => Promise.resolve(api), clock };
    let answers = 0;
    const ask = (): Promise<unknown> => accountOfString(asked, stranger).then(() => (answers += 1));
    const first = ask();
    await settled();
    await clock.advance(4_999);
    assert.equal(answers, 0);
    await clock.advance(1);
    await first;
    const second = ask();
    await settled();
    await clock.advance(0);
    await second;
    assert.equal(answers, 2);
    atlas.release();
    await own.dispose();
  });

  it('is said to be not read, not to be not signed in, as long as projects are left', async () => {
    const gather = (host: string): Promise<unknown> =>
      gatherEvidence(
        { store, awsProfiles: createAwsProfiles(), openAws: () => Promise.reject(new Error('not asked')) },
        `mongodb+srv://${host}/`,
        undefined,
        [],
        new AbortController().signal,
      );
    assert.deepEqual(await gather(stranger), { missing: [{ from: 'atlas', reason: 'not-signed-in' }] }, 'no account');
    await accountOfString(ports, stranger);
    assert.equal(hasUnreadProjects(store), true);
    assert.deepEqual(await gather(stranger), { missing: [{ from: 'atlas', reason: 'not-read' }] });
    for (const { id: projectId } of store.known<'directory'>('a', { kind: 'directory' }).value?.projects ?? []) {
      await store.refresh('a', { kind: 'project', projectId });
    }
    assert.deepEqual(await gather(stranger), { missing: [{ from: 'atlas', reason: 'not-signed-in' }] });
  });

  it('has its remembered user all the same, and one that was remembered before it was known', async () => {
    const account: Account = sandbox.account;
    const users = new Map<string, { username: string; password: string }>();
    const known = async (of: Account | undefined) =>
      await knownUsers(
        {
          accounts: {
            list: () => [account],
            databaseUser: (id, host) => Promise.resolve(users.get(`${id} ${host}`)),
          },
          sandbox: { details: () => Promise.reject(new Error('not the sandbox')) },
          store,
        },
        of,
        `mongodb+srv://${hosts.srv}/`,
        { route: { dnsServers: [] }, shownProxies: [] },
      );
    users.set(`a ${hosts.srv}`, { username: 'app', password: 'canary-remembered' });
    assert.equal((await known(undefined)).remembered?.username, 'app');
    users.clear();
    users.set(`${unassignedId} ${hosts.srv}`, { username: 'reports', password: 'canary-remembered' });
    await accountOfString(ports, hosts.srv);
    assert.equal((await known(account)).remembered?.username, 'reports');
  });
});
