import assert from 'node:assert/strict';
import {
  createAccountStore,
  unassignedId,
  type AccountStore,
  type KeyValue,
  type SecretStore,
} from '../../../src/accounts/account-store';
import { silentLogger } from '../../../src/core/logger';
import { problemOf } from '../../../src/core/problem';
import { createFakeClock, settled, type FakeClock } from '../store/fake-clock';

const secret = 'canary-client-secret';
const credentials = { kind: 'service-account', clientId: 'mdb_sa_id_1', clientSecret: secret } as const;
const details = { label: 'Work', kind: 'service-account', baseUrl: 'https://cloud.mongodb.com' } as const;

describe('account store', () => {
  let state: Map<string, unknown>;
  let vault: Map<string, string>;
  let listeners: Set<(change: { readonly key: string }) => void>;
  let keeps: boolean;
  let reads: number;
  /** Deleting fails. */
  let refuses: boolean;
  let heard: string[];
  let accounts: AccountStore;
  let ids: number;
  let clock: FakeClock;

  const secrets: SecretStore = {
    get: (key) => {
      reads += 1;
      return Promise.resolve(vault.get(key));
    },
    store: (key, value) => {
      if (keeps) vault.set(key, value);
      for (const listener of listeners) listener({ key });
      return Promise.resolve();
    },
    delete: (key) => {
      if (refuses) return Promise.reject(new Error('The keyring is locked.'));
      vault.delete(key);
      for (const listener of listeners) listener({ key });
      return Promise.resolve();
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const shared: KeyValue = {
    get: (key) => state.get(key),
    update: (key, value) => {
      state.set(key, value);
      return Promise.resolve();
    },
  };
  const open = (of: KeyValue = shared): AccountStore =>
    createAccountStore({
      state: of,
      secrets,
      newId: () => `id-${String((ids += 1))}`,
      onSecret: (value) => heard.push(value),
      logger: silentLogger,
      clock,
    });

  beforeEach(() => {
    clock = createFakeClock();
    refuses = false;
    state = new Map();
    vault = new Map();
    listeners = new Set();
    keeps = true;
    reads = 0;
    heard = [];
    ids = 0;
    accounts = open();
  });
  afterEach(() => {
    accounts.dispose();
    assert.equal(listeners.size, 0);
  });

  it('keeps secrets in the secret storage and nowhere else', async () => {
    const { account, persisted } = await accounts.add(details, credentials);
    assert.equal(persisted, true);
    assert.ok([...vault.values()].some((value) => value.includes(secret)));
    assert.ok(!JSON.stringify([...state]).includes(secret));
    assert.ok(heard.includes(secret), 'the redactor hears of it');
    assert.deepEqual(accounts.list(), [account]);
  });

  it('has an account again after a reload, and tells the redactor its secret', async () => {
    const { account } = await accounts.add(details, credentials);
    heard = [];
    const later = open();
    assert.deepEqual(later.list(), [account]);
    assert.deepEqual(await later.credentials(account.id), credentials);
    assert.ok(heard.includes(secret));
    later.dispose();
  });

  it('reads a secret once', async () => {
    const { account } = await accounts.add(details, credentials);
    const later = open();
    reads = 0;
    await Promise.all([later.credentials(account.id), later.credentials(account.id)]);
    await later.credentials(account.id);
    assert.equal(reads, 1);
    later.dispose();
  });

  it('gives the same key new credentials instead of a second account', async () => {
    const first = await accounts.add(details, credentials);
    const second = await accounts.add(details, { ...credentials, clientSecret: 'newer' });
    assert.equal(second.account.id, first.account.id);
    assert.equal(accounts.list().length, 1);
    assert.deepEqual(await accounts.credentials(first.account.id), { ...credentials, clientSecret: 'newer' });
  });

  it('keeps several accounts apart', async () => {
    const one = await accounts.add(details, credentials);
    const two = await accounts.add(details, { ...credentials, clientId: 'mdb_sa_id_2' });
    await accounts.remove(one.account.id);
    assert.deepEqual(accounts.list(), [two.account]);
    assert.equal((await accounts.credentials(two.account.id)).kind, 'service-account');
  });

  it('gives every account a label of its own: the Accounts menu signs out of all that have the same', async () => {
    const key = { kind: 'api-key', publicKey: 'abcdefgh', privateKey: secret } as const;
    await accounts.add(details, credentials);
    await accounts.add({ ...details, kind: 'api-key' }, key);
    await accounts.add(details, { ...credentials, clientId: 'mdb_sa_cdefgh' });
    // The same key again, signed in anew: it has its label already.
    await accounts.add({ ...details, kind: 'api-key' }, key);
    assert.deepEqual(
      accounts.list().map(({ label }) => label),
      ['Work', 'Work (mdb_sa_cdefgh)', 'Work (…cdefgh)'],
    );
  });

  it('forgets everything of an account that signs out', async () => {
    const { account } = await accounts.add(details, credentials);
    await accounts.rememberDatabaseUser(account.id, ['cluster0.example'], { username: 'app', password: 'canary-db' });
    await accounts.rememberDatabaseUser(unassignedId, ['other.example'], { username: 'app', password: 'canary-db-2' });
    assert.equal((await accounts.databaseUser(account.id, 'cluster0.example'))?.username, 'app');
    await accounts.remove(account.id);
    assert.deepEqual([...vault], []);
    assert.ok(!JSON.stringify([...state]).includes('Work'));
    assert.equal(await accounts.databaseUser(account.id, 'cluster0.example'), undefined);
  });

  it('remembers users of many hosts in one write, of several at once each, and calls no account changed for it', async () => {
    const { account } = await accounts.add(details, credentials);
    await settled();
    const other = open();
    await other.credentials(account.id);
    const told: unknown[] = [];
    for (const store of [accounts, other]) store.onDidChange((change) => told.push(change));
    let writes = 0;
    listeners.add(() => (writes += 1));
    const hosts = Array.from({ length: 200 }, (_, index) => `h${String(index)}.example`);
    const user = { username: 'app', password: 'canary-db' };
    const kept = await Promise.all([
      accounts.rememberDatabaseUser(account.id, hosts, user),
      accounts.rememberDatabaseUser(account.id, ['x.example'], user),
      accounts.rememberDatabaseUser(account.id, ['y.example'], user),
    ]);
    await settled();
    listeners.clear();
    assert.deepEqual([kept, writes, told], [[true, true, true], 3, []]);
    const later = open();
    for (const host of ['h0.example', 'h199.example', 'x.example', 'y.example']) {
      assert.deepEqual(await later.databaseUser(account.id, host), user, host);
    }
    for (const store of [other, later]) store.dispose();
  });

  it('keeps no user of an account that is gone, and says so as where nothing is kept', async () => {
    const { account } = await accounts.add(details, credentials);
    const user = { username: 'app', password: 'canary-db' };
    keeps = false;
    assert.equal(await accounts.rememberDatabaseUser(account.id, ['h.example'], user), false);
    assert.deepEqual(await accounts.databaseUser(account.id, 'h.example'), user, 'as long as the window is open');
    keeps = true;
    await accounts.remove(account.id);
    assert.equal(await accounts.rememberDatabaseUser(account.id, ['h.example'], user), false);
    assert.deepEqual([...vault], []);
  });

  it('signs in to another account where the secret of one cannot be read, and quotes nothing of it', async () => {
    const { account } = await accounts.add(details, credentials);
    for (const [key, value] of vault) vault.set(key, value.slice(0, -4));
    const later = open();
    const { account: another } = await later.add(details, { ...credentials, clientId: 'mdb_sa_id_2' });
    assert.notEqual(another.id, account.id);
    await assert.rejects(later.credentials(account.id), (error) => {
      assert.equal(problemOf(error)?.code, 'ACCOUNT_SECRET_MISSING');
      return true;
    });
    later.dispose();
  });

  it('keeps the account as long as its secret cannot be deleted, and signs out of it afterwards', async () => {
    const { account } = await accounts.add(details, credentials);
    refuses = true;
    await assert.rejects(accounts.remove(account.id), /locked/u);
    assert.deepEqual(accounts.list(), [account]);
    assert.deepEqual(await accounts.credentials(account.id), credentials);
    refuses = false;
    const told: unknown[] = [];
    accounts.onDidChange((change) => told.push(change));
    await accounts.remove(account.id);
    assert.deepEqual([...vault], []);
    assert.deepEqual(told, [{ added: [], removed: [account], changed: [] }], 'nobody reads it meanwhile');
  });

  it('forgets an account without a secret where nothing can be deleted', async () => {
    keeps = false;
    const { account } = await accounts.add(details, credentials);
    refuses = true;
    await accounts.remove(account.id);
    assert.deepEqual(accounts.list(), []);
  });

  it('works until the window closes where nothing keeps secrets, and says so', async () => {
    keeps = false;
    const { account, persisted } = await accounts.add(details, credentials);
    assert.equal(persisted, false);
    assert.deepEqual(await accounts.credentials(account.id), credentials);
  });

  it('says which account lost its secret', async () => {
    const { account } = await accounts.add(details, credentials);
    vault.clear();
    const later = open();
    await assert.rejects(later.credentials(account.id), (error) => {
      assert.equal(problemOf(error)?.code, 'ACCOUNT_SECRET_MISSING');
      assert.equal(problemOf(error)?.subject, 'Work');
      return true;
    });
    later.dispose();
  });

  it('follows changes by another window', async () => {
    const { account } = await accounts.add(details, credentials);
    const changes: string[] = [];
    accounts.onDidChange(({ changed }) => changes.push(...changed.map(({ id }) => id)));
    for (const [key] of vault) {
      vault.set(key, JSON.stringify({ version: 1, credentials: { ...credentials, clientSecret: 'elsewhere' } }));
      for (const listener of listeners) listener({ key });
    }
    assert.deepEqual(await accounts.credentials(account.id), { ...credentials, clientSecret: 'elsewhere' });
    await settled();
    assert.deepEqual(changes, [account.id]);
  });

  it('does not remember a sandbox that was handed over', async () => {
    const sandbox = { id: 'sandbox', label: 'Sandbox', kind: 'sandbox', baseUrl: '' } as const;
    await accounts.addSandbox(sandbox, false);
    assert.deepEqual(accounts.list(), [sandbox]);
    const later = open();
    assert.deepEqual(later.list(), []);
    later.dispose();
  });

  describe('in two windows at once', () => {
    let here: AccountStore;
    let there: AccountStore;
    let told: string[];
    const key = (clientId: string) => ({ ...credentials, clientId });
    const labels = (store: AccountStore): string[] => store.list().map(({ label }) => label);
    const bothHave = (...expected: string[]): void => {
      for (const store of [here, there]) assert.deepEqual(labels(store).sort(), expected);
      assert.equal(vault.size, expected.length, 'a secret for each account');
    };

    /** As the editor does it: a copy in each window, changed at once in its own, and in all others a moment later. */
    beforeEach(() => {
      const copies: Map<string, unknown>[] = [];
      const openWindow = (): AccountStore => {
        const copy = new Map<string, unknown>();
        copies.push(copy);
        return open({
          get: (name) => copy.get(name),
          update: (name, value) => {
            copy.set(name, value);
            clock.after(20, () => copies.forEach((one) => one.set(name, value)));
            return Promise.resolve();
          },
        });
      };
      here = openWindow();
      there = openWindow();
      told = [];
      for (const store of [here, there]) {
        store.onDidChange(({ removed }) => told.push(...removed.map(({ label }) => `removed ${label}`)));
      }
    });
    afterEach(() => {
      here.dispose();
      there.dispose();
    });

    it('loses no account, and calls none removed', async () => {
      await here.add({ ...details, label: 'First' }, key('1'));
      await clock.advance(10_000);
      await Promise.all([
        here.add({ ...details, label: 'Here' }, key('2')),
        there.add({ ...details, label: 'There' }, key('3')),
      ]);
      await clock.advance(10_000);
      bothHave('First', 'Here', 'There');
      assert.deepEqual(told, []);
    });

    it('gives accounts that chose the same label one each', async () => {
      await Promise.all([here.add(details, key('1')), there.add(details, key('2'))]);
      await clock.advance(10_000);
      bothHave('Work', ...labels(here).filter((label) => label !== 'Work'));
      assert.equal(new Set(labels(here)).size, 2);
    });

    it('signs out of one while the other window signs in', async () => {
      const { account } = await here.add({ ...details, label: 'First' }, key('1'));
      await clock.advance(10_000);
      await Promise.all([here.remove(account.id), there.add({ ...details, label: 'There' }, key('2'))]);
      await clock.advance(10_000);
      bothHave('There');
    });

    it('brings nothing back that the other window has signed out of', async () => {
      const { account } = await here.add(details, key('1'));
      await clock.advance(10_000);
      await there.remove(account.id);
      await clock.advance(10_000);
      bothHave();
      assert.deepEqual(told, ['removed Work', 'removed Work']);
    });
  });

  describe('in another window', () => {
    let other: AccountStore;
    let told: string[];
    beforeEach(() => {
      other = open();
      told = [];
      other.onDidChange(({ added, removed, changed }) => {
        told.push(
          ...added.map(({ label }) => `added ${label}`),
          ...removed.map(({ label }) => `removed ${label}`),
          ...changed.map(({ label }) => `changed ${label}`),
        );
      });
    });
    afterEach(() => {
      other.dispose();
      accounts.dispose();
      assert.equal(clock.waiting(), 0);
    });

    it('tells of an account that was signed in to here', async () => {
      await accounts.add(details, credentials);
      await clock.advance(10_000);
      assert.deepEqual(told, ['added Work']);
      assert.deepEqual(await other.credentials(other.list()[0]?.id ?? ''), credentials);
    });

    it('tells of one that was signed out of here, and knows its secret no more', async () => {
      const { account } = await accounts.add(details, credentials);
      await clock.advance(10_000);
      await other.credentials(account.id);
      told.length = 0;
      await accounts.remove(account.id);
      await clock.advance(10_000);
      assert.equal(told.filter((one) => one === 'removed Work').length, 1);
      await assert.rejects(other.credentials(account.id));
    });

    it('tells of new credentials, and of each change once', async () => {
      const { account } = await accounts.add(details, credentials);
      await clock.advance(10_000);
      told.length = 0;
      await accounts.add({ ...details, label: 'Work and more' }, { ...credentials, clientSecret: 'canary-rotated' });
      await clock.advance(10_000);
      assert.deepEqual([...new Set(told)].sort(), ['changed Work', 'changed Work and more']);
      assert.equal((await other.credentials(account.id)).kind, 'service-account');
    });

    it('tells here of each change once', async () => {
      const here: string[] = [];
      accounts.onDidChange(({ added, removed }) => {
        here.push(...added.map(() => 'added'), ...removed.map(() => 'removed'));
      });
      const { account } = await accounts.add(details, credentials);
      await clock.advance(10_000);
      await accounts.remove(account.id);
      await clock.advance(10_000);
      assert.deepEqual(here, ['added', 'removed']);
    });
  });
});
