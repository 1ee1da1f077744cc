import * as vscode from 'vscode';
import type { Account } from '../../accounts/account';
import { withCredentials } from '../../connection-string/credentials';
import type { Deployment } from '../../core/deployment';
import { problem, ProblemError } from '../../core/problem';
import { servicesOf } from '../../store/element';
import type { CreateUserPorts } from '../database-user/create-user';
import { askInSeries, back, type Answer, type Choice, type SeriesStep, type Step } from '../prompts/prompts';
import { lastFirst } from '../prompts/recent-choices';
import type { FederatedDatabaseElement, TreeElement } from '../tree/elements';
import { loadNow } from './load-now';
import {
  askAccount,
  askDeployment,
  askProject,
  placeOf,
  staleHeading,
  type Place,
  type PlacePorts,
} from './place-questions';
import {
  describeForm,
  describeTarget,
  federatedString,
  stringTargets,
  whyNoPrivateString,
  type StringForm,
  type StringTarget,
} from './string-targets';
import { askUser, type UserChoice } from './user-question';
import { missingForms, missingRegions } from './why-missing';

/** A connection string as it was chosen: placeholder for the password, never a password. */
export interface ChosenString {
  readonly account: Account;
  /** Name of the cluster or federated database. */
  readonly name: string;
  readonly text: string;
  /** That Atlas may have another one by now, as a sentence without a full stop. */
  readonly stale?: string | undefined;
}

export interface ChooserPorts extends PlacePorts, CreateUserPorts {
  readonly accounts: PlacePorts['accounts'];
  readonly clock: PlacePorts['clock'];
  /** Database user of the sandbox. */
  readonly sandboxUser: () => Promise<string>;
}

interface State extends Place {
  readonly target?: StringTarget;
  readonly form?: StringForm;
  readonly text?: string;
  readonly user?: UserChoice;
}

/**
 * Asks for account, project, cluster, endpoint, form and database user, leaving out what `from` or the only choice
 * answers. Undefined when the person gave up. Throws problems. Without `asksUser` the string has no user in it.
 */
export async function chooseString(
  ports: ChooserPorts,
  title: string,
  from: TreeElement | undefined,
  asksUser = true,
): Promise<ChosenString | undefined> {
  if (from?.kind === 'federated-database') return await chooseFederated(ports, title, from, asksUser);
  const initial: State = placeOf(ports, from);
  const userStep: SeriesStep<State> = (state, at) => askUserOf(ports, state, { title, ...at });
  const answers = await askInSeries<State>(initial, [
    (state, at) => askAccount(ports, state, { title, ...at }),
    (state, at) => askProject(ports, state, { title, ...at }),
    (state, at) => askDeployment(ports, state, { title, ...at }, from),
    (state, at) => askTarget(ports, state, { title, ...at }, from),
    (state, at) => askForm(ports, state, { title, ...at }),
    ...(asksUser ? [userStep] : []),
  ]);
  const { account, deployment, target, form, text, user, stale } = answers ?? {};
  if (account === undefined || deployment === undefined || target === undefined) return undefined;
  if (form === undefined || text === undefined) return undefined;
  return { account, name: deployment.name, text: asksUser ? withCredentials(text, user?.name) : text, stale };
}

/** The string of a federated database through one of its private endpoints. */
async function chooseFederated(
  ports: ChooserPorts,
  title: string,
  { accountId, projectId, name }: FederatedDatabaseElement,
  asksUser: boolean,
): Promise<ChosenString | undefined> {
  const { accounts, prompts } = ports;
  const account = accounts.get(accountId);
  const { value: contents, stale } = await loadNow<'project'>(ports, accountId, { kind: 'project', projectId });
  const hosts = contents.federatedDatabases.find((one) => one.name === name)?.privateEndpointHostnames ?? [];
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
  const text = federatedString(answer);
  return { account, name, text: asksUser ? withCredentials(text) : text, stale };
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
      ...staleHeading(state.stale, undefined),
      ...privateOnes.map(toChoice),
      ...missingTargets(ports, state, deployment),
      ...(isEmpty(others)
        ? []
        : [{ label: vscode.l10n.t('Other networks'), separator: true, value: undefined }, ...others.map(toChoice)]),
    ],
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer.id);
  return { ...state, target: answer };
}

/** Regions of the cluster that no string leads into, each with its reason. */
function missingTargets(
  { store }: ChooserPorts,
  { account, projectId }: State,
  deployment: Deployment,
): readonly Choice<undefined>[] {
  if (account === undefined || projectId === undefined) return [];
  const contents = store.known<'project'>(account.id, { kind: 'project', projectId }).value;
  const services = contents === undefined ? [] : servicesOf(contents);
  return missingRegions(deployment, services).map(({ label, reason }) => ({
    label: `$(circle-slash) ${label}`,
    description: vscode.l10n.t('not available'),
    detail: reason,
    unavailable: true,
    value: undefined,
  }));
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

async function askForm(ports: ChooserPorts, state: State, step: Step): Promise<Answer<State>> {
  const { deployment, target } = state;
  if (deployment === undefined || target === undefined) return state;
  const [first] = target.strings;
  if (target.strings.length === 1 && first !== undefined) {
    return Object.assign(state, { form: first.form, text: first.text });
  }
  const question = `form of ${deployment.projectId}/${deployment.name}`;
  const last = ports.recent.last(question);
  const answer = await ports.prompts.pick<StringTarget['strings'][number] | undefined>({
    ...step,
    placeholder: vscode.l10n.t('In which form?'),
    choices: [
      ...target.strings.map((one) => ({ ...describeForm(one.form, one === first), value: one })),
      ...missingForms(deployment, target).map(({ form, reason }) => ({
        label: `$(circle-slash) ${describeForm(form, false).label}`,
        description: vscode.l10n.t('not available'),
        detail: reason,
        unavailable: true,
        value: undefined,
      })),
    ],
    // Marked, not moved to the front: the first one is the recommended one.
    active: (one) => one?.form === last,
  });
  if (answer === undefined || answer === back) return answer;
  ports.recent.remember(question, answer.form);
  return { ...state, form: answer.form, text: answer.text };
}

async function askUserOf(ports: ChooserPorts, state: State, step: Step): Promise<Answer<State>> {
  const { account, deployment } = state;
  if (account === undefined || deployment === undefined) return state;
  const answer = await askUser(ports, account, deployment, step);
  return answer === undefined || answer === back ? answer : { ...state, user: answer };
}
