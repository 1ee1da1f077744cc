import * as vscode from 'vscode';
import type { Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import { hostIn } from '../../connection-string/credentials';
import type { AtlasApi } from '../../core/atlas-api';
import type { Clock } from '../../core/clock';
import type { Deployment } from '../../core/deployment';
import { readable } from '../../core/partly-read';
import type { Notify } from '../notify';
import type { Prompts } from '../prompts/prompts';
import { stringTargets } from '../strings/string-targets';
import { askNewUser, type NewUserWish } from './ask-new-user';
import { createOnce, generatePassword, requestOf } from './new-user';

export interface CreateUserPorts {
  readonly prompts: Prompts;
  readonly notify: Notify;
  readonly accounts: Pick<AccountStore, 'rememberDatabaseUser'>;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onSecret: (secret: string) => void;
}

/** Where the user is created. */
export interface CreateUserPlace {
  readonly account: Account;
  readonly projectId: string;
  /** Deployments whose strings the password is remembered for. */
  readonly deployments: readonly Deployment[];
  /** The one that was chosen; undefined: none in particular. */
  readonly deployment: Deployment | undefined;
}

/**
 * Asks for a new database user, creates it, and gives its password to the person or the secret storage. Resolves with
 * the user's name, or undefined when the person gave up before. Throws problems of Atlas.
 */
export async function createDatabaseUser(
  ports: CreateUserPorts,
  { account, projectId, deployment, deployments }: CreateUserPlace,
): Promise<string | undefined> {
  const api = await ports.apiOf(account.id);
  // Those that cannot be read may have the name, too: Atlas refuses a second one of the same name.
  const { items: known } = await readable(api.listDatabaseUsers(projectId));
  const taken = new Set(known.filter(({ authDatabase }) => authDatabase === 'admin').map(({ username }) => username));
  const wish = await askNewUser(ports.prompts, { cluster: deployment?.name, taken });
  if (wish === undefined) return undefined;
  const password = generatePassword();
  ports.onSecret(password);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Creating the database user {0}', wish.username) },
    () => createOnce(api, projectId, requestOf(wish, password, ports.clock.now())),
  );
  const reached = wish.cluster === undefined ? deployments : deployments.filter(({ name }) => name === wish.cluster);
  await handOver(ports, account, wish, password, reached);
  return wish.username;
}

async function handOver(
  ports: CreateUserPorts,
  account: Account,
  { username, fate }: NewUserWish,
  password: string,
  deployments: readonly Deployment[],
): Promise<void> {
  const { t } = vscode.l10n;
  const hosts = fate === 'remember' ? hostsOf(deployments) : [];
  const kept = hosts.length > 0 && (await isKept(ports, account, hosts, { username, password }));
  if (!kept) {
    await ports.prompts.input({
      title: t('Create Database User'),
      prompt:
        hosts.length === 0
          ? t('Password of {0}. Copy it now: it is shown this once and kept nowhere.', username)
          : t('Password of {0}. Copy it now: the secret storage of the editor did not keep it.', username),
      value: password,
    });
  }
  ports.notify.done(t('Created the database user {0}. It can sign in within some minutes.', username));
}

/** The user is there already: whatever goes wrong, its password must not be lost. */
async function isKept(
  { accounts }: CreateUserPorts,
  account: Account,
  hosts: readonly string[],
  user: { readonly username: string; readonly password: string },
): Promise<boolean> {
  try {
    return await accounts.rememberDatabaseUser(account.id, hosts, user);
  } catch {
    return false;
  }
}

/** Hosts that a test of one of the strings asks for a remembered user with. */
function hostsOf(deployments: readonly Deployment[]): readonly string[] {
  const hosts = deployments.flatMap((deployment) =>
    stringTargets(deployment).flatMap(({ strings }) => strings.map(({ text }) => hostIn(text))),
  );
  return [...new Set(hosts)];
}
