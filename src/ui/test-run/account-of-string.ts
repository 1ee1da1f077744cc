import { isSandbox, type Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import { clusterIn, domainOf } from '../../connection-string/classify';
import type { AtlasApi } from '../../core/atlas-api';
import type { Clock } from '../../core/clock';
import type { AtlasStore } from '../../store/atlas-store';
import { knownHost, projectsOfDomain } from '../../store/known-strings';

export interface AccountOfStringPorts {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly store: AtlasStore;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  readonly clock: Clock;
}

const directory = { kind: 'directory' } as const;

/**
 * The account whose cluster a host name belongs to. Projects that were not read yet are searched: by the names of all
 * clusters, for some seconds; an account that has a route of its own to the end, since without it its names lead nowhere.
 * Never rejects because of Atlas.
 */
export async function accountOfString(ports: AccountOfStringPorts, host: string): Promise<Account | undefined> {
  const { accounts, store, clock } = ports;
  const owner = (): Account | undefined => {
    // A string may be an old one: its domain is still that of a project.
    const id = knownHost(store, host)?.accountId ?? projectsOfDomain(store, host)[0]?.accountId;
    return accounts.list().find((account) => account.id === id);
  };
  if (host === '') return undefined;
  const known = owner();
  if (known !== undefined) return known;
  const list = accounts.list();
  for (const { id } of list.filter(isSandbox)) {
    await store.ensure(id, directory);
    await readProjects(store, id, projectsOf(store, id).slice(0, sandboxProjectsRead));
  }
  const found = owner();
  if (found !== undefined || domainOf(host) === undefined) return found;
  const search = async (accountId: string): Promise<void> => {
    const names = await clusterNames(ports, accountId);
    await within(readLikely(store, accountId, names, host), patience, clock);
  };
  await Promise.all(list.filter((account) => !isSandbox(account)).map(({ id }) => search(id)));
  return owner();
}

const sandboxProjectsRead = 30;
/** Projects of an account that are read in search of one host: nine calls each. */
const mostRead = 20;
/** Milliseconds: a test of a network that is silent shall begin all the same. */
const patience = 5_000;
/** Milliseconds that the names of all clusters count as those of now. */
const namesLast = 60_000;

interface ClusterName {
  readonly projectId: string;
  /** As it stands in host names. */
  readonly label: string;
}

interface Names {
  /** By the clock's monotonic time. */
  readonly since: number;
  readonly answer: Promise<readonly ClusterName[]>;
}

/** By account. */
const namesOf = new WeakMap<AtlasStore, Map<string, Names>>();

/** Asked once for all strings that are tested together; none when Atlas does not answer in time. */
async function clusterNames(ports: AccountOfStringPorts, accountId: string): Promise<readonly ClusterName[]> {
  const { store, clock } = ports;
  const ofStore = namesOf.get(store) ?? new Map<string, Names>();
  namesOf.set(store, ofStore);
  const now = clock.monotonic();
  const before = ofStore.get(accountId);
  const names =
    before !== undefined && now - before.since < namesLast
      ? before
      : { since: now, answer: askNames(ports, accountId) };
  ofStore.set(accountId, names);
  return (await within(names.answer, Math.max(0, names.since + patience - now), clock)) ?? [];
}

async function askNames({ store, apiOf }: AccountOfStringPorts, accountId: string): Promise<readonly ClusterName[]> {
  const list = async (): Promise<readonly ClusterName[]> => {
    const names: ClusterName[] = [];
    for await (const { items } of (await apiOf(accountId)).listAllClusters()) {
      for (const { projectId, clusters } of items) {
        names.push(...clusters.map(({ name }) => ({ projectId, label: labelOf(name) })));
      }
    }
    return names;
  };
  // A key of a project may not be allowed to list them.
  const [names] = await Promise.all([list().catch(() => []), store.ensure(accountId, directory)]);
  return names;
}

/** Host names have the first 23 characters of a cluster's name, in lower case. */
function labelOf(clusterName: string): string {
  return clusterName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 23);
}

/** Reads the projects that have a cluster of the host's name; where it names none, those that were not read yet. */
async function readLikely(
  store: AtlasStore,
  accountId: string,
  names: readonly ClusterName[],
  host: string,
): Promise<void> {
  const cluster = clusterIn(host.toLowerCase())?.slice(0, 23);
  const named = names.filter(({ label }) => label === cluster).map(({ projectId }) => projectId);
  await readProjects(store, accountId, [...new Set(named)].slice(0, mostRead));
  if (named.length > 0) return;
  const unread = projectsOf(store, accountId).filter((projectId) => isUnread(store, accountId, projectId));
  await readProjects(store, accountId, unread.slice(0, mostRead));
}

function projectsOf(store: Pick<AtlasStore, 'known'>, accountId: string): readonly string[] {
  return store.known<'directory'>(accountId, directory).value?.projects.map(({ id }) => id) ?? [];
}

function isUnread(store: Pick<AtlasStore, 'known'>, accountId: string, projectId: string): boolean {
  return store.known<'project'>(accountId, { kind: 'project', projectId }).value === undefined;
}

async function readProjects(store: AtlasStore, accountId: string, projectIds: readonly string[]): Promise<void> {
  await Promise.all(projectIds.map((projectId) => store.ensure(accountId, { kind: 'project', projectId })));
}

/** True when an account that is signed in may have a cluster that nobody has looked at. */
export function hasUnreadProjects(store: Pick<AtlasStore, 'known' | 'elements'>): boolean {
  return store.elements().some(({ accountId, ref }) => {
    if (ref.kind !== 'directory') return false;
    const known = store.known<'directory'>(accountId, directory).value;
    return known?.complete !== true || known.projects.some(({ id }) => isUnread(store, accountId, id));
  });
}

/** What `answer` resolves with, or undefined after `ms` milliseconds. */
async function within<T>(answer: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  return await new Promise<T | undefined>((resolve, reject) => {
    const stop = clock.after(ms, () => resolve(undefined));
    answer.then(resolve, reject).finally(stop);
  });
}
