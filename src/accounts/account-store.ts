import type { Clock } from '../core/clock';
import { createEmitter, type Stop } from '../core/emitter';
import type { Logger } from '../core/logger';
import { problem, ProblemError } from '../core/problem';
import { isSandbox, publicPartOf, secretPartOf, type Account, type AccountCredentials } from './account';

/** What is kept of the editor's `Memento`. */
export interface KeyValue {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What is used of the editor's `SecretStorage`. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  /** Also tells of changes by other windows. */
  onDidChange(listener: (change: { readonly key: string }) => void): { dispose(): void };
}

export interface AccountChange {
  readonly added: readonly Account[];
  readonly removed: readonly Account[];
  readonly changed: readonly Account[];
}

/** The accounts that are signed in, and what signs them in. */
export interface AccountStore {
  readonly onDidChange: (listener: (change: AccountChange) => void) => Stop;
  list(): readonly Account[];
  get(id: string): Account | undefined;
  /** Rejects with `ACCOUNT_SECRET_MISSING` when the secret storage has lost it. Rejects for the sandbox: it has none. */
  credentials(id: string): Promise<AccountCredentials>;
  /**
   * Remembers an account under a label that no other account has, or gives the account with the same key new
   * credentials. `persisted` is false when the secret cannot be read back: it then lasts as long as the window.
   */
  add(
    account: Omit<Account, 'id'>,
    credentials: AccountCredentials,
  ): Promise<{ readonly account: Account; readonly persisted: boolean }>;
  /** Adds an account without a secret of its own; `remembered` decides whether it is there after a reload. */
  addSandbox(account: Account, remembered: boolean): Promise<void>;
  /** Forgets an account and its secrets. */
  remove(id: string): Promise<void>;
  /** A database user that was remembered on request, for one cluster of an account, or of `unassignedId`. */
  databaseUser(id: string, host: string): Promise<{ username: string; password: string } | undefined>;
  /**
   * Remembers one for hosts of an account, in one write. False when it is not kept longer than this window, or when the
   * account is gone. Rejects when what was remembered before cannot be read.
   */
  rememberDatabaseUser(
    id: string,
    hosts: readonly string[],
    user: { username: string; password: string },
  ): Promise<boolean>;
  dispose(): void;
}

/** Stands for the account of strings that belong to none of the accounts; forgotten with the last account. */
export const unassignedId = 'unassigned';

const metadataKey = 'accounts';
/**
 * Milliseconds after a secret has changed at which the list is looked at again: another window changes the list after
 * the secret, and the editor tells of secrets alone.
 */
const looksAtList = [0, 1_000, 5_000] as const;
const secretKey = (id: string): string => `account/${id}`;

/** The form of an account's one secret. */
interface StoredSecret {
  readonly version: 1;
  readonly credentials?: AccountCredentials;
  /** By host name of the connection string. */
  readonly databaseUsers?: Readonly<Record<string, { readonly username: string; readonly password: string }>>;
}

/** Keeps metadata in `state` and one secret per account in `secrets`; tells `onSecret` every secret at its birth. */
export function createAccountStore(ports: {
  readonly state: KeyValue;
  readonly secrets: SecretStore;
  readonly newId: () => string;
  readonly onSecret: (secret: string) => void;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'after'>;
}): AccountStore {
  const changes = createEmitter<AccountChange>();
  const transient = new Map<string, Account>();
  const cache = new Map<string, Promise<StoredSecret>>();
  /** Secrets that the storage did not keep: memory is all there is. */
  const memoryOnly = new Set<string>();

  const stored = (): readonly Account[] => {
    const value = ports.state.get(metadataKey);
    return Array.isArray(value) ? (value as readonly Account[]) : [];
  };
  const list = (): readonly Account[] => [
    ...transient.values(),
    ...stored().filter((account) => !transient.has(account.id)),
  ];
  const get = (id: string): Account | undefined => list().find((account) => account.id === id);

  function secretOf(id: string): Promise<StoredSecret> {
    const cached = cache.get(id);
    if (cached !== undefined) return cached;
    const reading = readSecret(id);
    cache.set(id, reading);
    reading.catch(() => cache.delete(id));
    return reading;
  }

  async function readSecret(id: string): Promise<StoredSecret> {
    const text = await ports.secrets.get(secretKey(id));
    const secret = text === undefined ? { version: 1 as const } : parseSecret(text);
    announce(secret);
    return secret;
  }

  function announce(secret: StoredSecret): void {
    if (secret.credentials !== undefined) ports.onSecret(secretPartOf(secret.credentials));
    for (const user of Object.values(secret.databaseUsers ?? {})) ports.onSecret(user.password);
  }

  /** Stores, keeps in memory, and reads back: some Linux sessions have no keyring, and storing then keeps nothing. */
  async function keep(id: string, secret: StoredSecret): Promise<boolean> {
    announce(secret);
    const text = JSON.stringify(secret);
    try {
      await ports.secrets.store(secretKey(id), text);
      const readBack = await ports.secrets.get(secretKey(id));
      if (readBack !== text) memoryOnly.add(id);
      return readBack === text;
    } catch (error) {
      ports.logger.warn(`Secret storage: ${error instanceof Error ? error.name : 'failed'}`);
      memoryOnly.add(id);
      return false;
    } finally {
      // After the storage: its change event empties the cache.
      cache.set(id, Promise.resolve(secret));
    }
  }

  /** Accounts that are being removed. */
  const leaving = new Set<string>();

  async function forgetSecret(id: string): Promise<void> {
    cache.delete(id);
    memoryOnly.delete(id);
    try {
      await ports.secrets.delete(secretKey(id));
    } catch (error) {
      // Without a keyring nothing can be deleted, and nothing is there.
      if ((await ports.secrets.get(secretKey(id))) !== undefined) throw error;
    }
    cache.delete(id);
  }

  /** Accounts that this window has added or changed, as it wrote them. */
  const written = new Map<string, Account>();
  /** Accounts that this window has signed out of. Their ids do not come again. */
  const left = new Set<string>();

  const hasSecret = async (id: string): Promise<boolean> => (await ports.secrets.get(secretKey(id))) !== undefined;

  /**
   * What another window has undone that wrote its own list at the same time: the editor keeps the last one, and tells
   * each window of it later. A secret says which is right: signing in stores it before the list, signing out deletes it
   * before. So an account of which there is no secret any more was signed out of elsewhere.
   */
  async function undone(): Promise<{ readonly lost: readonly Account[]; readonly back: readonly Account[] }> {
    const listed = new Set(stored().map(({ id }) => id));
    const lost: Account[] = [];
    for (const account of [...written.values()].filter(({ id }) => !listed.has(id))) {
      if (await hasSecret(account.id)) lost.push(account);
      else written.delete(account.id);
    }
    const back: Account[] = [];
    for (const account of stored().filter(({ id }) => left.has(id))) {
      if (!(await hasSecret(account.id))) back.push(account);
    }
    return { lost, back };
  }

  /** Writes the list as it is now, changed, with what another window has undone as it was here. */
  async function writeList(change: (list: readonly Account[]) => readonly Account[]): Promise<void> {
    // Without a keyring nothing is known about other windows.
    const { lost, back } = await undone().catch(() => ({ lost: [], back: [] }));
    const now = stored().filter(({ id }) => !back.some((one) => one.id === id));
    const missing = lost.filter(({ id }) => written.has(id) && !now.some((one) => one.id === id));
    await ports.state.update(metadataKey, change([...now, ...missing]));
  }

  /** Puts right what another window has undone, and tells what is different then. */
  async function lookAtList(): Promise<void> {
    const listed = new Set(stored().map(({ id }) => id));
    const isSuspect = [...written.keys()].some((id) => !listed.has(id)) || [...left].some((id) => listed.has(id));
    if (isSuspect) {
      try {
        const { lost, back } = await undone();
        if (lost.length + back.length > 0) await writeList(withOwnLabels);
      } catch {
        // The next look tries again; until then nothing is known to be gone.
        return;
      }
    }
    tell();
  }

  const turns = new Map<string, Promise<unknown>>();

  /** One after another for each account: what two write at once would otherwise lose what the first has written. */
  async function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
    turns.set(id, turn);
    try {
      return await turn;
    } finally {
      if (turns.get(id) === turn) turns.delete(id);
    }
  }

  let toldOf = list();

  /** Tells how the list differs from what was told of last, and that these accounts have changed; nothing when nothing has. */
  function tell(alsoChanged: readonly Account[] = []): void {
    const before = toldOf;
    toldOf = list();
    const { added, removed, changed } = listChange(before, toldOf);
    for (const { id } of removed) {
      cache.delete(id);
      memoryOnly.delete(id);
    }
    const others = alsoChanged.filter(({ id }) => ![...added, ...changed].some((one) => one.id === id));
    const all: AccountChange = { added, removed, changed: [...changed, ...others] };
    if (added.length + removed.length + all.changed.length > 0) changes.fire(all);
  }

  const looks = new Set<() => void>();
  function lookAtListSoon(): void {
    for (const stop of looks) stop();
    looks.clear();
    for (const ms of looksAtList) looks.add(ports.clock.after(ms, () => void lookAtList()));
  }

  const watch = ports.secrets.onDidChange(({ key }) => {
    if (!key.startsWith(secretKey(''))) return;
    lookAtListSoon();
    const account = list().find(({ id }) => secretKey(id) === key);
    if (account === undefined || memoryOnly.has(account.id) || leaving.has(account.id)) return;
    const before = cache.get(account.id);
    cache.delete(account.id);
    void tellOfSecret(account, before);
  });

  /** A database user that was remembered is no reason to sign in again. */
  async function tellOfSecret(account: Account, before: Promise<StoredSecret> | undefined): Promise<void> {
    try {
      const [earlier, now] = await Promise.all([before, secretOf(account.id)]);
      if (earlier !== undefined && isSameSignIn(earlier, now)) return;
    } catch {
      // Whoever asks for the credentials is told why they cannot be read.
    }
    if (get(account.id) !== undefined) changes.fire({ added: [], removed: [], changed: [account] });
  }

  return {
    onDidChange: changes.event,
    list,
    get,
    credentials: async (id) => {
      const { credentials } = await secretOf(id);
      if (credentials !== undefined) return credentials;
      throw new ProblemError(problem('ACCOUNT_SECRET_MISSING', get(id)?.label ?? id));
    },
    add: async (details, credentials) => {
      const same = await findSame(stored(), details, credentials, secretOf);
      const id = same?.id ?? ports.newId();
      const others = list().filter((other) => other.id !== id);
      const account: Account = { ...details, id, label: freeLabel(details.label, others, credentials) };
      const persisted = await inTurn(id, async () => {
        const before = same === undefined ? { version: 1 as const } : await secretOf(same.id);
        return await keep(id, { ...before, credentials });
      });
      written.set(id, account);
      await writeList((list) => [...list.filter((one) => one.id !== id), account]);
      lookAtListSoon();
      tell([account]);
      return { account, persisted };
    },
    addSandbox: async (account, remembered) => {
      if (get(account.id) !== undefined) return;
      if (remembered) await writeList((list) => [...list, account]);
      else transient.set(account.id, account);
      tell();
    },
    remove: async (id) => {
      const account = get(id);
      if (account === undefined) return;
      // The secret first: of one that stays behind without its account nobody would know.
      leaving.add(id);
      try {
        await inTurn(id, () => forgetSecret(id));
        transient.delete(id);
        written.delete(id);
        if (!isSandbox(account)) left.add(id);
        await writeList((list) => list.filter((other) => other.id !== id));
      } finally {
        leaving.delete(id);
      }
      if (list().length === 0) await forgetSecret(unassignedId);
      tell();
    },
    databaseUser: async (id, host) => (await secretOf(id)).databaseUsers?.[host],
    rememberDatabaseUser: (id, hosts, user) =>
      inTurn(id, async () => {
        // A test that ends after the sign-out: nobody would know of its secret.
        if (id !== unassignedId && (get(id) === undefined || leaving.has(id))) return false;
        const before = await secretOf(id);
        const added = Object.fromEntries(hosts.map((host) => [host, user]));
        return await keep(id, { ...before, databaseUsers: { ...before.databaseUsers, ...added } });
      }),
    dispose: () => {
      watch.dispose();
      for (const stop of looks) stop();
    },
  };
}

/** The list with another label for each account that has the one of an account before it: two windows can choose the same. */
function withOwnLabels(list: readonly Account[]): readonly Account[] {
  const labels = new Set<string>();
  return list.map((account) => {
    const label = labels.has(account.label) ? `${account.label} (…${account.id.slice(-6)})` : account.label;
    labels.add(label);
    return label === account.label ? account : { ...account, label };
  });
}

/** What is different between two lists of accounts. */
function listChange(before: readonly Account[], after: readonly Account[]): AccountChange {
  const had = new Map(before.map((account) => [account.id, account]));
  const has = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !had.has(id)),
    removed: before.filter(({ id }) => !has.has(id)),
    changed: after.filter((account) => {
      const earlier = had.get(account.id);
      return earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(account);
    }),
  };
}

async function findSame(
  accounts: readonly Account[],
  details: Omit<Account, 'id'>,
  credentials: AccountCredentials,
  secretOf: (id: string) => Promise<StoredSecret>,
): Promise<Account | undefined> {
  for (const account of accounts) {
    if (account.kind !== details.kind || account.baseUrl !== details.baseUrl) continue;
    // One that cannot be read keeps nobody from signing in to another.
    const { credentials: known } = await secretOf(account.id).catch((): Partial<StoredSecret> => ({}));
    if (known !== undefined && publicPartOf(known) === publicPartOf(credentials)) return account;
  }
  return undefined;
}

/** The editor's Accounts menu tells accounts apart by their labels, and signs out of all that have the same one. */
function freeLabel(wanted: string, others: readonly Account[], credentials: AccountCredentials): string {
  const isFree = (label: string): boolean => !others.some((other) => other.label === label);
  const key = publicPartOf(credentials);
  const choices = [wanted, `${wanted} (…${key.slice(-6)})`, `${wanted} (${key})`];
  return choices.find(isFree) ?? `${wanted} (${key}, ${credentials.kind})`;
}

function isSameSignIn(one: StoredSecret, other: StoredSecret): boolean {
  return JSON.stringify(one.credentials) === JSON.stringify(other.credentials);
}

/** What cannot be read is as good as lost. Errors of the parser are told to nobody: they quote what they read. */
function parseSecret(text: string): StoredSecret {
  try {
    const value = JSON.parse(text) as Partial<StoredSecret> | null;
    return value?.version === 1 ? (value as StoredSecret) : { version: 1 };
  } catch {
    return { version: 1 };
  }
}
