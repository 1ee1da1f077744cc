import { isSandbox, type Account } from '../../accounts/account';
import { unassignedId, type AccountStore } from '../../accounts/account-store';
import type { Sandbox } from '../../accounts/sandbox-process';
import { hostIn, hostsIn } from '../../connection-string/credentials';
import type { NetworkRoute } from '../../core/network';
import type { AtlasStore } from '../../store/atlas-store';
import { haveOneOwner } from '../../store/known-strings';
import { isPlainAtAtlas, proxyOfString } from './own-way';

export interface KnownUserPorts {
  readonly accounts: Pick<AccountStore, 'list' | 'databaseUser'>;
  readonly sandbox: Pick<Sandbox, 'details'>;
  readonly store: Pick<AtlasStore, 'elements' | 'known'>;
}

/** A database user whose password is known. */
export interface KnownUser {
  readonly username: string;
  readonly password: string;
}

export interface KnownUsers {
  /** That the editor remembers for the first host of the string. */
  readonly remembered?: KnownUser;
  /** Of the sandbox, when the string is one of its own. */
  readonly sandbox?: KnownUser;
  /** Whether a password that is remembered for the string would be found again. */
  readonly mayRemember: boolean;
}

/** How a string will be tested. */
export interface KnownWay {
  readonly route: NetworkRoute;
  /** Proxies, as {@link proxyOfString} has them, that the person was shown. */
  readonly shownProxies: readonly string[];
}

/**
 * The users whose passwords are known for a string of an account, or of none. A driver signs in to every host of a
 * string: nobody is known for one that names hosts of others beside those of the account, for one that leads through a
 * proxy of its own that nobody was shown, or for one that speaks to Atlas in plain.
 */
export async function knownUsers(
  { accounts, sandbox, store }: KnownUserPorts,
  account: Account | undefined,
  connectionString: string,
  { route, shownProxies }: KnownWay,
): Promise<KnownUsers> {
  const host = hostIn(connectionString);
  const proxy = proxyOfString(connectionString, route);
  if ((proxy !== undefined && !shownProxies.includes(proxy)) || isPlainAtAtlas(connectionString)) {
    return { mayRemember: false };
  }
  if (host === '' || !haveOneOwner(store, account?.id, hostsIn(connectionString))) return { mayRemember: false };
  const remembered = await rememberedIn(accounts, account, host);
  const own = account !== undefined && isSandbox(account) ? await sandbox.details() : undefined;
  return {
    ...(remembered === undefined ? {} : { remembered }),
    ...(own === undefined ? {} : { sandbox: { username: own.dbUsername, password: own.dbPassword } }),
    mayRemember: true,
  };
}

/** Whose cluster it is may not have been known when it was remembered, or not be known now. */
async function rememberedIn(
  accounts: KnownUserPorts['accounts'],
  account: Account | undefined,
  host: string,
): Promise<KnownUser | undefined> {
  const places = [account?.id ?? unassignedId, unassignedId, ...accounts.list().map(({ id }) => id)];
  for (const id of new Set(places)) {
    const user = await accounts.databaseUser(id, host);
    if (user !== undefined) return user;
  }
  return undefined;
}
