import { t } from '@vscode/l10n';
import { isSandbox, type Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { Deployment } from '../../core/deployment';
import { problem, ProblemError } from '../../core/problem';
import type { AtlasStore } from '../../store/atlas-store';
import type { Clock } from '../../core/clock';
import { deploymentsOf, type ProjectContents } from '../../store/element';
import { back, type Answer, type Choice, type Prompts, type Step } from '../prompts/prompts';
import { lastFirst, type RecentChoices } from '../prompts/recent-choices';
import type { TreeElement } from '../tree/elements';
import { loadNow } from './load-now';
import { hasPrivateString, leadsThrough, whyNoPrivateString } from './string-targets';

export interface PlacePorts {
  readonly prompts: Prompts;
  readonly accounts: AccountStore;
  readonly store: AtlasStore;
  readonly clock: Clock;
  readonly recent: RecentChoices;
}

/** Where in Atlas something is, as far as it is chosen. */
export interface Place {
  readonly account?: Account;
  readonly projectId?: string;
  readonly deployment?: Deployment;
  /** That the deployment is not what Atlas has now, as a sentence without a full stop. */
  readonly stale?: string | undefined;
}

/** What a tree element answers already. */
export function placeOf({ accounts }: Pick<PlacePorts, 'accounts'>, from: TreeElement | undefined): Place {
  const account = from === undefined ? undefined : accounts.get(from.accountId);
  if (from === undefined || account === undefined) return {};
  return 'projectId' in from ? { account, projectId: from.projectId } : { account };
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
    placeholder: t('Which account?'),
    choices: list.map((account) => ({
      label: account.label,
      description: isSandbox(account) ? t('sandbox') : account.baseUrl,
      value: account,
    })),
  });
  return answer === undefined ? undefined : answer === back ? back : { ...state, account: answer };
}

export async function askProject<S extends Place>(ports: PlacePorts, state: S, step: Step): Promise<Answer<S>> {
  const { account } = state;
  if (account === undefined || state.projectId !== undefined) return state;
  const question = `project of ${account.id}`;
  const last = ports.recent.last(question);
  const answer = await ports.prompts.pick({
    ...step,
    placeholder: t('Which project?'),
    choices: projectChoices(ports, account.id, last),
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer);
  return { ...state, projectId: answer };
}

/** Every project, the last one first; waits for the pages of a long list. */
async function projectChoices(
  ports: PlacePorts,
  accountId: string,
  last: string | undefined,
): Promise<readonly Choice<string>[]> {
  const { value, stale } = await loadNow<'directory'>(ports, accountId, { kind: 'directory' });
  const names = new Map(value.organizations.map(({ id, name }) => [id, name]));
  const projects = lastFirst(value.projects, ({ id }) => id === last);
  return [
    ...staleHeading(stale, ''),
    ...projects.map(({ id, name, organizationId }) => ({
      label: name,
      description: names.get(organizationId) ?? '',
      value: id,
    })),
  ];
}

/** A heading that says that the choices are not what Atlas has now; none when they are. */
export function staleHeading<T>(stale: string | undefined, value: T): readonly Choice<T>[] {
  return stale === undefined ? [] : [{ label: stale, separator: true, value }];
}

export async function askDeployment<S extends Place>(
  ports: PlacePorts,
  state: S,
  step: Step,
  from: TreeElement | undefined,
): Promise<Answer<S>> {
  const { account, projectId } = state;
  if (account === undefined || projectId === undefined) return state;
  const loading = loadNow<'project'>(ports, account.id, { kind: 'project', projectId });
  if (from?.kind === 'deployment') {
    const { value, stale } = await loading;
    const given = deploymentsOf(value).find(({ kind, name }) => kind === from.deploymentKind && name === from.name);
    if (given !== undefined) return Object.assign(state, { deployment: given, stale });
  }
  const question = `deployment of ${projectId}`;
  const last = ports.recent.last(question);
  const answer = await ports.prompts.pick<Deployment | undefined>({
    ...step,
    placeholder: t('Which cluster?'),
    choices: loading.then(({ value, stale }) => [
      ...staleHeading(stale, undefined),
      ...deploymentChoices(projectId, value, last, from),
    ]),
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer.name);
  const { stale } = await loading;
  return { ...state, deployment: answer, stale };
}

/** The deployments of a project, or those that an endpoint leads to; first the ones with a private string. */
function deploymentChoices(
  projectId: string,
  contents: ProjectContents,
  last: string | undefined,
  from: TreeElement | undefined,
): readonly Choice<Deployment>[] {
  const every = deploymentsOf(contents);
  const all = from?.kind === 'endpoint' ? every.filter((one) => leadsThrough(one, from.endpointId)) : every;
  if (all.length === 0) {
    const reason = t('The project has no cluster.');
    throw new ProblemError(problem('STRING_UNAVAILABLE', projectId, { reason }));
  }
  const withString = lastFirst(all.filter(hasPrivateString), ({ name }) => name === last);
  const without = all.filter((deployment) => !hasPrivateString(deployment));
  const toChoice = (deployment: Deployment, reason?: string): Choice<Deployment> => ({
    label: deployment.name,
    description: deployment.tier,
    ...(reason === undefined ? {} : { detail: reason }),
    value: deployment,
  });
  return [
    ...withString.map((deployment) => toChoice(deployment)),
    ...without.map((deployment) => toChoice(deployment, whyNoPrivateString(deployment))),
  ];
}
