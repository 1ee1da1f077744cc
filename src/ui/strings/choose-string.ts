import * as vscode from 'vscode';
import { isSandbox, type Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import { usernamePlaceholder, withCredentials } from '../../connection-string/credentials';
import type { AtlasApi } from '../../core/atlas-api';
import type { Deployment } from '../../core/deployment';
import { isCancellation, problem, ProblemError } from '../../core/problem';
import type { AtlasStore } from '../../store/atlas-store';
import { deploymentsOf, type ElementRef } from '../../store/element';
import { askInSeries, back, type Answer, type Choice, type Prompts, type Step } from '../prompts/prompts';
import { lastFirst, type RecentChoices } from '../prompts/recent-choices';
import type { FederatedDatabaseElement, TreeElement } from '../tree/elements';
import {
  describeForm,
  describeTarget,
  federatedString,
  hasPrivateString,
  leadsThrough,
  stringTargets,
  whyNoPrivateString,
  type StringForm,
  type StringTarget,
} from './string-targets';

/** A connection string as it was chosen: placeholder for the password, never a password. */
export interface ChosenString {
  readonly account: Account;
  /** Name of the cluster or federated database. */
  readonly name: string;
  readonly text: string;
}

export interface ChooserPorts {
  readonly prompts: Prompts;
  readonly accounts: AccountStore;
  readonly store: AtlasStore;
  readonly recent: RecentChoices;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  /** Database user of the sandbox. */
  readonly sandboxUser: () => Promise<string>;
}

interface State {
  readonly account?: Account;
  readonly projectId?: string;
  readonly deployment?: Deployment;
  readonly target?: StringTarget;
  readonly form?: StringForm;
  readonly text?: string;
  /** Undefined inside means: a placeholder. */
  readonly user?: { readonly name: string | undefined };
}

/**
 * Asks for account, project, cluster, endpoint, form and database user, leaving out what `from` or the only choice
 * answers. Undefined when the person gave up. Throws problems.
 */
export async function chooseString(
  ports: ChooserPorts,
  title: string,
  from: TreeElement | undefined,
): Promise<ChosenString | undefined> {
  if (from?.kind === 'federated-database') return await chooseFederated(ports, title, from);
  const initial = await initialState(ports, from);
  const answers = await askInSeries<State>(initial, [
    (state, at) => askAccount(ports, state, { title, ...at }),
    (state, at) => askProject(ports, state, { title, ...at }),
    (state, at) => askDeployment(ports, state, { title, ...at }, from),
    (state, at) => askTarget(ports, state, { title, ...at }, from),
    (state, at) => askForm(ports, state, { title, ...at }),
    (state, at) => askUser(ports, state, { title, ...at }),
  ]);
  const { account, deployment, target, form, text, user } = answers ?? {};
  if (account === undefined || deployment === undefined || target === undefined) return undefined;
  if (form === undefined || text === undefined) return undefined;
  return { account, name: deployment.name, text: withCredentials(text, user?.name) };
}

/** The string of a federated database through one of its private endpoints. */
async function chooseFederated(
  { accounts, prompts, store }: ChooserPorts,
  title: string,
  { accountId, projectId, name }: FederatedDatabaseElement,
): Promise<ChosenString | undefined> {
  const account = accounts.get(accountId);
  const contents = store.known<'project'>(accountId, { kind: 'project', projectId }).value;
  const hosts = contents?.federatedDatabases.find((one) => one.name === name)?.privateEndpointHostnames ?? [];
  const [first] = hosts;
  if (account === undefined || first === undefined) throw new ProblemError(problem('STRING_UNAVAILABLE', name));
  const answer =
    hosts.length === 1
      ? first.hostname
      : await prompts.pick({
          title,
          placeholder: vscode.l10n.t('Through which endpoint?'),
          choices: hosts.map(({ hostname, endpointId }) => ({
            label: endpointId,
            description: hostname,
            value: hostname,
          })),
        });
  if (answer === undefined || answer === back) return undefined;
  return { account, name, text: withCredentials(federatedString(answer), undefined) };
}

async function initialState({ accounts, store }: ChooserPorts, from: TreeElement | undefined): Promise<State> {
  const account = from === undefined ? undefined : accounts.get(from.accountId);
  if (from === undefined || account === undefined) return {};
  if (!('projectId' in from)) return { account };
  const { projectId } = from;
  await store.ensure(account.id, { kind: 'project', projectId });
  return { account, projectId };
}

async function askAccount({ accounts, prompts }: ChooserPorts, state: State, step: Step): Promise<Answer<State>> {
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

async function askProject(ports: ChooserPorts, state: State, step: Step): Promise<Answer<State>> {
  const { account } = state;
  if (account === undefined || state.projectId !== undefined) return state;
  await loaded(ports.store, account.id, { kind: 'directory' });
  const directory = ports.store.known<'directory'>(account.id, { kind: 'directory' }).value;
  const question = `project of ${account.id}`;
  const last = ports.recent.last(question);
  const projects = lastFirst(directory?.projects ?? [], ({ id }) => id === last);
  const names = new Map(directory?.organizations.map(({ id, name }) => [id, name]));
  const answer = await ports.prompts.pick({
    ...step,
    placeholder: vscode.l10n.t('Which project?'),
    choices: projects.map(({ id, name, organizationId }) => ({
      label: name,
      description: names.get(organizationId) ?? '',
      value: id,
    })),
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer);
  return { ...state, projectId: answer };
}

async function askDeployment(
  ports: ChooserPorts,
  state: State,
  step: Step,
  from: TreeElement | undefined,
): Promise<Answer<State>> {
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

async function askTarget(
  ports: ChooserPorts,
  state: State,
  step: Step,
  from: TreeElement | undefined,
): Promise<Answer<State>> {
  const { deployment } = state;
  if (deployment === undefined) return state;
  const targets = stringTargets(deployment);
  if (from?.kind === 'endpoint') {
    const given = targets.find(({ endpoints }) => endpoints.some(({ endpointId }) => endpointId === from.endpointId));
    if (given !== undefined) return Object.assign(state, { target: given });
  }
  if (targets.length === 0) {
    const reason = whyNoPrivateString(deployment);
    throw new ProblemError(problem('STRING_UNAVAILABLE', deployment.name, { reason }));
  }
  const question = `target of ${deployment.projectId}/${deployment.name}`;
  const last = ports.recent.last(question);
  const isPrivate = ({ network }: StringTarget): boolean => network === 'private-endpoint';
  const privateOnes = lastFirst(targets.filter(isPrivate), ({ id }) => id === last);
  const others = targets.filter((target) => !isPrivate(target));
  const toChoice = (target: StringTarget): Choice<StringTarget | undefined> => ({
    ...describeTarget(target),
    value: target,
  });
  const answer = await ports.prompts.pick<StringTarget | undefined>({
    ...step,
    placeholder: isEmpty(privateOnes) ? whyNoPrivateString(deployment) : vscode.l10n.t('Through which endpoint?'),
    choices: [
      ...privateOnes.map(toChoice),
      ...(isEmpty(others)
        ? []
        : [{ label: vscode.l10n.t('Other networks'), separator: true, value: undefined }, ...others.map(toChoice)]),
    ],
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer.id);
  return { ...state, target: answer };
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

async function askForm(ports: ChooserPorts, state: State, step: Step): Promise<Answer<State>> {
  const { target } = state;
  if (target === undefined) return state;
  const [first] = target.strings;
  if (target.strings.length === 1 && first !== undefined) {
    return Object.assign(state, { form: first.form, text: first.text });
  }
  const answer = await ports.prompts.pick({
    ...step,
    placeholder: vscode.l10n.t('In which form?'),
    choices: target.strings.map((one) => ({ ...describeForm(one.form, one === first), value: one })),
  });
  return answer === undefined || answer === back ? answer : { ...state, form: answer.form, text: answer.text };
}

async function askUser(ports: ChooserPorts, state: State, step: Step): Promise<Answer<State>> {
  const { account, deployment } = state;
  if (account === undefined || deployment === undefined) return state;
  if (isSandbox(account)) return { ...state, user: { name: await ports.sandboxUser() } };
  const question = `user of ${deployment.projectId}`;
  const last = ports.recent.last(question);
  const answer = await ports.prompts.pick({
    ...step,
    placeholder: vscode.l10n.t('For which database user? The password stays a placeholder.'),
    choices: userChoices(ports, account, deployment, last),
  });
  if (answer === undefined || answer === back) return answer;
  if (answer.name !== undefined) ports.recent.remember(question, answer.name);
  return { ...state, user: answer };
}

/** Users that sign in with a password and may use the cluster; a list that cannot be read costs only the list. */
async function userChoices(
  { apiOf }: ChooserPorts,
  account: Account,
  deployment: Deployment,
  last: string | undefined,
): Promise<readonly Choice<{ readonly name: string | undefined }>[]> {
  const later: Choice<{ readonly name: string | undefined }> = {
    label: vscode.l10n.t('Decide later'),
    description: usernamePlaceholder,
    value: { name: undefined },
  };
  try {
    const api = await apiOf(account.id);
    const users = (await api.listDatabaseUsers(deployment.projectId)).filter(
      ({ authDatabase, scopes }) =>
        authDatabase === 'admin' && (scopes.length === 0 || scopes.includes(deployment.name)),
    );
    const named = lastFirst(users, ({ username }) => username === last).map(({ username, roles }) => ({
      label: username,
      description: roles.map(({ role, database }) => `${role}@${database}`).join(', '),
      value: { name: username },
    }));
    return [...named, later];
  } catch (error) {
    if (isCancellation(error)) throw error;
    return [later];
  }
}
