import type { AtlasApi } from '../core/atlas-api';
import type { CliProfileResult } from '../atlas/cli-profile';
import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import { readable } from '../core/partly-read';
import { isCancellation, problem, ProblemError } from '../core/problem';
import { isSandbox, type Account, type AccountCredentials } from './account';
import type { AccountStore } from './account-store';
import type { Sandbox } from './sandbox-process';

/** What makes API objects of accounts. The client is loaded when the first one is needed. */
export interface AtlasConnections {
  /** One object per account, renewed when its credentials change. Rejects with a `ProblemError`. */
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  /** Asks Atlas whether credentials work, and what the account may be called. Rejects with a `ProblemError`. */
  readonly checkCredentials: (
    baseUrl: string,
    credentials: AccountCredentials,
    signal: AbortSignal,
  ) => Promise<{ readonly label?: string }>;
  /** What the Atlas CLI on this machine is signed in with, and why profiles of it cannot be used; never rejects. */
  readonly cliProfiles: () => Promise<readonly CliProfileResult[]>;
  dispose(): void;
}

export interface ConnectionPorts {
  readonly accounts: AccountStore;
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onSecret: (secret: string) => void;
}

export function createAtlasConnections(ports: ConnectionPorts): AtlasConnections {
  const { accounts, sandbox } = ports;
  const apis = new Map<string, Promise<AtlasApi>>();
  const forget = (list: readonly Account[]): void => {
    for (const { id } of list) apis.delete(id);
  };
  const stops = [
    accounts.onDidChange(({ changed, removed }) => forget([...changed, ...removed])),
    // The next one has other ports and other keys.
    sandbox.onDidEnd(() => forget(accounts.list().filter(isSandbox))),
  ];

  async function connect(baseUrl: string, credentials: AccountCredentials): Promise<AtlasApi> {
    const { openAtlas } = await import('./open-atlas');
    return openAtlas(baseUrl, credentials, ports);
  }

  async function connectAccount(id: string): Promise<AtlasApi> {
    const account = accounts.get(id);
    if (account === undefined) throw new ProblemError(problem('ACCOUNT_NONE', id));
    if (isSandbox(account)) {
      const { atlasBaseUrl, clientId, clientSecret } = await sandbox.details();
      return await connect(atlasBaseUrl, { kind: 'service-account', clientId, clientSecret });
    }
    return await connect(account.baseUrl, await accounts.credentials(id));
  }

  return {
    apiOf: (id) => {
      const existing = apis.get(id);
      if (existing !== undefined) return existing;
      const connecting = connectAccount(id);
      apis.set(id, connecting);
      connecting.catch(() => {
        if (apis.get(id) === connecting) apis.delete(id);
      });
      return connecting;
    },
    checkCredentials: async (baseUrl, credentials, signal) => {
      const api = await connect(baseUrl, credentials);
      await api.checkSignIn(signal);
      try {
        const [first, ...others] = (await readable(api.listOrganizations(signal))).items;
        if (first === undefined) return {};
        return { label: others.length === 0 ? first.name : `${first.name} + ${String(others.length)}` };
      } catch (error) {
        if (isCancellation(error)) throw error;
        // A key that is limited to projects may not list organizations: it signs in all the same.
        return {};
      }
    },
    cliProfiles: async () => await (await import('./open-atlas')).findCliProfiles(),
    dispose: () => {
      for (const stop of stops) stop();
      apis.clear();
    },
  };
}
