import * as vscode from 'vscode';
import { isSandbox, type Account } from '../../accounts/account';
import { usernamePlaceholder } from '../../connection-string/credentials';
import type { AtlasApi } from '../../core/atlas-api';
import type { Deployment } from '../../core/deployment';
import { readable } from '../../core/partly-read';
import { isCancellation } from '../../core/problem';
import { createDatabaseUser, type CreateUserPorts } from '../database-user/create-user';
import { back, type Answer, type Choice, type Step } from '../prompts/prompts';
import { lastFirst, type RecentChoices } from '../prompts/recent-choices';

/** The user that a string is for; undefined inside means: a placeholder. */
export interface UserChoice {
  readonly name: string | undefined;
}

export interface UserPorts extends CreateUserPorts {
  readonly recent: RecentChoices;
  readonly sandboxUser: () => Promise<string>;
}

/** Asks which database user a string is for, or creates one. A new user that is given up leads back to the list. */
export async function askUser(
  ports: UserPorts,
  account: Account,
  deployment: Deployment,
  step: Step,
): Promise<Answer<UserChoice>> {
  const question = `user of ${deployment.projectId}`;
  for (;;) {
    const last = ports.recent.last(question) ?? (isSandbox(account) ? await ports.sandboxUser() : undefined);
    const answer = await ports.prompts.pick<UserChoice | 'create'>({
      ...step,
      placeholder: vscode.l10n.t('For which database user? The password stays a placeholder.'),
      choices: userChoices(ports, account, deployment, last),
    });
    if (answer === undefined || answer === back) return answer;
    const name =
      answer === 'create'
        ? await createDatabaseUser(ports, {
            account,
            projectId: deployment.projectId,
            deployment,
            deployments: [deployment],
          })
        : answer.name;
    if (name !== undefined) ports.recent.remember(question, name);
    if (name !== undefined || answer !== 'create') return { name };
  }
}

/** Users that sign in with a password and may use the cluster; a list that cannot be read costs only the list. */
async function userChoices(
  { apiOf }: { readonly apiOf: (accountId: string) => Promise<AtlasApi> },
  account: Account,
  deployment: Deployment,
  last: string | undefined,
): Promise<readonly Choice<UserChoice | 'create'>[]> {
  const { t } = vscode.l10n;
  const others: readonly Choice<UserChoice | 'create'>[] = [
    {
      label: `$(add) ${t('Create a database user')}`,
      detail: t('In Atlas, with a generated password'),
      value: 'create',
    },
    { label: t('Decide later'), description: usernamePlaceholder, value: { name: undefined } },
  ];
  try {
    const api = await apiOf(account.id);
    const users = (await readable(api.listDatabaseUsers(deployment.projectId))).items.filter(
      ({ authDatabase, scopes }) =>
        authDatabase === 'admin' && (scopes.length === 0 || scopes.includes(deployment.name)),
    );
    const named = lastFirst(users, ({ username }) => username === last).map(({ username, roles, deleteAfter }) => ({
      label: username,
      description: roles.map(({ role, database }) => `${role}@${database}`).join(', '),
      ...(deleteAfter === undefined ? {} : { detail: t('Until {0}', deleteAfter) }),
      value: { name: username },
    }));
    return [...named, ...others];
  } catch (error) {
    if (isCancellation(error)) throw error;
    return others;
  }
}
