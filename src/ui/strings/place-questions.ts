import * as vscode from 'vscode';
import { isSandbox, type Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { Deployment } from '../../core/deployment';
import { problem, ProblemError } from '../../core/problem';
import type { AtlasStore } from '../../store/atlas-store';
import { deploymentsOf, type ElementRef } from '../../store/element';
import { back, type Answer, type Choice, type Prompts, type Step } from '../prompts/prompts';
import { lastFirst, type RecentChoices } from '../prompts/recent-choices';
import type { TreeElement } from '../tree/elements';
import { hasPrivateString, leadsThrough, whyNoPrivateString } from './string-targets';

export interface PlacePorts {
  readonly prompts: Prompts;
  readonly accounts: AccountStore;
  readonly store: AtlasStore;
  readonly recent: RecentChoices;
}

/** Where in Atlas something is, as far as it is chosen. */
export interface Place {
  readonly account?: Account;
  readonly projectId?: string;
  readonly deployment?: Deployment;
}

/** What a tree element answers already. */
export function placeOf({ accounts }: Pick<PlacePorts, 'accounts'>, from: TreeElement | undefined): Place {
  const account = from === undefined ? undefined : accounts.get(from.accountId);
  if (from === undefined || account === undefined) return {};
  return 'projectId' in from ? { account, projectId: from.projectId } : { account };
}

/** The same, with the project read. */
export async function initialPlace(ports: PlacePorts, from: TreeElement | undefined): Promise<Place> {
  const place = placeOf(ports, from);
  const { account, projectId } = place;
  if (account !== undefined && projectId !== undefined) {
    await ports.store.ensure(account.id, { kind: 'project', projectId });
  }
  return place;
}

export async function askAccount<S extends Place>(
  { accounts, prompts }: PlacePorts,
  state: S,
  step: Step,
): Promise<Answer<S>> {
  if (state.account !== undefined) return state;
  const list = accounts.list();
  if (list.length === 0) throw new ProblemError(problem('ACCOUNT_NONE', ''));
  const [only] = list;
  if (list.length === 1 && only !== undefined) {
    return Object.assign(state, { account: only });
  }
  const answer = await prompts.pick({
    ...step,
    placeholder: vscode.l10n.t('Which account?'),
    choices: list.map((account) => ({
      label: account.label,
      description: isSandbox(account) ? vscode.l10n.t('sandbox') : account.baseUrl,
      value: account,
    })),
  });
  return answer === undefined ? undefined : answer === back ? back : { ...state, account: answer };
}

/** Loads an element and throws its problem when nothing is known of it. */
async function loaded(store: AtlasStore, accountId: string, ref: ElementRef): Promise<void> {
  await store.ensure(accountId, ref);
  const known = store.known(accountId, ref as { kind: 'directory' });
  if (known.value === undefined && known.problem !== undefined) throw new ProblemError(known.problem);
}

export async function askProject<S extends Place>(ports: PlacePorts, state: S, step: Step): Promise<Answer<S>> {
  const { account } = state;
  if (account === undefined || state.projectId !== undefined) return state;
  await loaded(ports.store, account.id, { kind: 'directory' });
  const question = `project of ${account.id}`;
  const last = ports.recent.last(question);
  const answer = await ports.prompts.pick({
    ...step,
    placeholder: vscode.l10n.t('Which project?'),
    choices: projectChoices(ports.store, account.id, last),
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer);
  return { ...state, projectId: answer };
}

/** Every project, the last one first; waits for the pages of a long list. */
async function projectChoices(
  store: AtlasStore,
  accountId: string,
  last: string | undefined,
): Promise<readonly Choice<string>[]> {
  const ref = { kind: 'directory' } as const;
  // Joins the question that is under way.
  if (store.known<'directory'>(accountId, ref).value?.complete === false) await store.refresh(accountId, ref);
  const directory = store.known<'directory'>(accountId, ref).value;
  const names = new Map(directory?.organizations.map(({ id, name }) => [id, name]));
  return lastFirst(directory?.projects ?? [], ({ id }) => id === last).map(({ id, name, organizationId }) => ({
    label: name,
    description: names.get(organizationId) ?? '',
    value: id,
  }));
}

export async function askDeployment<S extends Place>(
  ports: PlacePorts,
  state: S,
  step: Step,
  from: TreeElement | undefined,
): Promise<Answer<S>> {
  const { account, projectId } = state;
  if (account === undefined || projectId === undefined) return state;
  const ref = { kind: 'project', projectId } as const;
  await loaded(ports.store, account.id, ref);
  const contents = ports.store.known<'project'>(account.id, ref).value;
  const every = contents === undefined ? [] : deploymentsOf(contents);
  const all = from?.kind === 'endpoint' ? every.filter((one) => leadsThrough(one, from.endpointId)) : every;
  if (from?.kind === 'deployment') {
    const given = all.find(({ kind, name }) => kind === from.deploymentKind && name === from.name);
    if (given !== undefined) return Object.assign(state, { deployment: given });
  }
  const question = `deployment of ${projectId}`;
  const last = ports.recent.last(question);
  const withString = lastFirst(all.filter(hasPrivateString), ({ name }) => name === last);
  const without = all.filter((deployment) => !hasPrivateString(deployment));
  if (all.length === 0) {
    const reason = vscode.l10n.t('The project has no cluster.');
    throw new ProblemError(problem('STRING_UNAVAILABLE', projectId, { reason }));
  }
  const toChoice = (deployment: Deployment, reason?: string): Choice<Deployment> => ({
    label: deployment.name,
    description: deployment.tier,
    ...(reason === undefined ? {} : { detail: reason }),
    value: deployment,
  });
  const answer = await ports.prompts.pick({
    ...step,
    placeholder: vscode.l10n.t('Which cluster?'),
    choices: [
      ...withString.map((deployment) => toChoice(deployment)),
      ...without.map((deployment) => toChoice(deployment, whyNoPrivateString(deployment))),
    ],
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer.name);
  return { ...state, deployment: answer };
}
