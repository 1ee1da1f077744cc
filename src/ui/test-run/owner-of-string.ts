import { isSandbox, type Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { NetworkRoute } from '../../core/network';
import type { AtlasStore } from '../../store/atlas-store';
import { knownHost, projectsOfDomain } from '../../store/known-strings';
import { routeFromSettings } from '../settings';

export interface OwnerPorts {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly store: AtlasStore;
  /** How the network of an account's endpoints is reached, when the account itself says: the sandbox does. */
  readonly routeOf: (account: Account) => Promise<NetworkRoute | undefined>;
}

/**
 * The account whose cluster a host name belongs to, by what is known of its projects. An account that has a route of
 * its own is looked through to the end: without its route its names lead nowhere.
 */
export async function accountOfString({ accounts, store }: OwnerPorts, host: string): Promise<Account | undefined> {
  const owner = (): Account | undefined => {
    // A string may be an old one: its domain is still that of a project.
    const id = knownHost(store, host)?.accountId ?? projectsOfDomain(store, host)[0]?.accountId;
    return accounts.list().find((account) => account.id === id);
  };
  if (host === '') return undefined;
  const known = owner();
  if (known !== undefined) return known;
  for (const account of accounts.list().filter(isSandbox)) {
    await store.ensure(account.id, { kind: 'directory' });
    const projects = store.known<'directory'>(account.id, { kind: 'directory' }).value?.projects ?? [];
    await Promise.all(
      projects
        .slice(0, sandboxProjectsSearched)
        .map(({ id: projectId }) => store.ensure(account.id, { kind: 'project', projectId })),
    );
  }
  return owner();
}

const sandboxProjectsSearched = 30;

/** The route to the hosts of a string: its account's own, else the one of the settings. Throws `SETTING_INVALID`. */
export async function routeOfString({ routeOf }: OwnerPorts, account: Account | undefined): Promise<NetworkRoute> {
  const own = account === undefined ? undefined : await routeOf(account);
  return own ?? routeFromSettings();
}
