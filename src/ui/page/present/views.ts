import { t } from '@vscode/l10n';
import type { ActionButton, Detail, Field, FieldId, Finding, Severity, StatusView } from '../../../../webview/protocol';
import type { SetUpFinding } from '../../../core/availability';
import type { Deployment, FederatedDatabase } from '../../../core/deployment';
import type { Endpoint } from '../../../core/endpoint';
import type { Problem } from '../../../core/problem';
import type { Provider } from '../../../core/provider';
import type { StatusKind } from '../../../core/status';
import { describeProblem } from '../../../messages/problem-text';
import { sentence } from '../../../messages/sentence';
import { statusLook, type StatusSubject } from '../../tree/status-look';

/** What an endpoint on the customer's side is called at a provider (seed). */
export function endpointWord(provider: Provider): string {
  return provider === 'AWS' ? t('Interface endpoint') : t('Private endpoint');
}

const tones: ReadonlySet<string> = new Set<StatusKind>([
  'available',
  'moving',
  'waiting',
  'failed',
  'leaving',
  'unknown',
]);

/** A status of Atlas with its look and its words. */
export function statusView(
  kind: Exclude<StatusSubject, 'deployment'>,
  provider: Provider,
  value: string,
  subject: string,
  message?: string,
): StatusView {
  const look = statusLook(kind, provider, value);
  return {
    subject,
    word: look.word,
    tone: tones.has(look.tag) ? (look.tag as StatusKind) : 'unknown',
    icon: look.icon,
    explanation: look.explanation ?? '',
    ...(look.nextAction === undefined ? {} : { nextAction: look.nextAction }),
    value,
    ...(message === undefined ? {} : { message }),
  };
}

/** The status of an endpoint of a service, which Atlas may have been asked to remove. */
export function endpointStatusView(
  endpoint: Pick<Endpoint, 'provider' | 'status' | 'errorMessage' | 'deleteRequested'>,
  subject: string,
): StatusView {
  const { provider, status, errorMessage, deleteRequested } = endpoint;
  const view = statusView('endpoint', provider, status, subject, errorMessage);
  return deleteRequested && view.tone !== 'leaving'
    ? { ...view, word: t('{0}, removal requested', view.word), tone: 'leaving' }
    : view;
}

/** A cluster's state. */
export function clusterState({ name, state, paused }: Deployment): StatusView {
  const value = paused ? 'PAUSED' : state;
  const look = statusLook('deployment', undefined, value);
  const isMoving = ['CREATING', 'UPDATING', 'REPAIRING'].includes(value);
  const tone = value === 'IDLE' ? 'available' : value === 'PAUSED' ? 'waiting' : isMoving ? 'moving' : 'unknown';
  return { subject: name, word: look.word, tone, icon: look.icon, explanation: '', value };
}

/** A federated database's state. */
export function federatedDatabaseState({ name, state }: FederatedDatabase): StatusView {
  const tone = state === 'ACTIVE' ? 'available' : 'unknown';
  return { subject: name, word: state, tone, icon: 'layers', explanation: '', value: state };
}

/** The same while nothing leads to it through the endpoint yet. */
export function withoutString(status: StatusView): StatusView {
  const isReady = status.tone === 'available';
  return isReady ? { ...status, tone: 'waiting', word: t('No string yet') } : status;
}

/** The state of a VPC endpoint in AWS's own terms (AWS operation `DescribeVpcEndpoints`, field `State`). */
export function awsStateView(state: string, message: string | undefined): StatusView {
  const states = awsStates();
  const [word, tone, icon, explanation] = Object.hasOwn(states, state)
    ? states[state as keyof typeof states]
    : unknownState(state);
  return {
    subject: t('At AWS'),
    word,
    tone,
    icon,
    explanation,
    value: state,
    ...(message === undefined ? {} : { message }),
  };
}

type StateRow = readonly [word: string, tone: StatusKind, icon: string, explanation: string];

function awsStates() {
  return {
    pendingAcceptance: [
      t('Pending acceptance'),
      'moving',
      'bell-dot',
      t('Atlas accepts the request once the endpoint is registered.'),
    ],
    pending: [t('Pending'), 'moving', 'sync', t('AWS is connecting the endpoint.')],
    available: [
      t('Available'),
      'available',
      'pass-filled',
      t('The endpoint has its network interfaces and DNS names.'),
    ],
    partial: [t('Partial'), 'waiting', 'warning', t('Some subnets of the endpoint have no network interface.')],
    rejected: [t('Rejected'), 'failed', 'error', t('The endpoint service has rejected the request.')],
    failed: [t('Failed'), 'failed', 'error', t('AWS could not create the endpoint.')],
    expired: [t('Expired'), 'failed', 'error', t('The request was not accepted in time.')],
    deleting: [t('Deleting'), 'leaving', 'trash', t('AWS is deleting the endpoint.')],
    deleted: [t('Deleted'), 'leaving', 'trash', t('The endpoint is deleted.')],
  } as const satisfies Readonly<Record<string, StateRow>>;
}

function unknownState(state: string): StateRow {
  return [state, 'unknown', 'question', t('This version of the extension does not know this state.')];
}

/** A severity in words. */
export function severityText(severity: Severity): string {
  const texts: Readonly<Record<Severity, string>> = {
    blocking: t('Blocking'),
    warning: t('Warning'),
    advice: t('Advice'),
    passed: t('Passed'),
  };
  return texts[severity];
}

/** A problem as a finding, with what to do. */
export function findingOf(
  id: string,
  severity: Severity,
  problem: Problem,
  actions: readonly ActionButton[] = [],
): Finding {
  const { title, detail, fixes, attachment } = describeProblem(problem);
  return {
    id,
    severity,
    severityText: severityText(severity),
    title,
    ...(detail === undefined ? {} : { detail }),
    fixes,
    ...(attachment === undefined ? {} : { block: { id: `${id}/attachment`, ...attachment } }),
    code: problem.code,
    ...(problem.evidence === undefined ? {} : { evidence: problem.evidence }),
    actions,
  };
}

/** What a check before set-up found. */
export function checkFinding({ severity, problem }: SetUpFinding, index: number): Finding {
  return findingOf(`${problem.code}/${String(index)}`, severity, problem);
}

/** Something that is said without a problem behind it. */
export function plainFinding(id: string, severity: Severity, title: string, detail?: string): Finding {
  return {
    id,
    severity,
    severityText: severityText(severity),
    title,
    ...(detail === undefined ? {} : { detail }),
    fixes: [],
    actions: [],
  };
}

/** What stands at a field about a problem with its value. */
export function fieldProblem(id: FieldId, problem: Problem): Pick<Field, 'problem' | 'block'> {
  const { attachment } = describeProblem(problem);
  return {
    problem: fieldProblemText(problem),
    ...(attachment === undefined ? {} : { block: { id: `field/${id}/attachment`, ...attachment } }),
  };
}

/** A problem in a few words: what is wrong and the first remedy. */
export function fieldProblemText(problem: Problem): string {
  const { title, detail, fixes } = describeProblem(problem);
  return [sentence(title), detail, fixes[0]].filter((part) => part !== undefined && part !== '').join(' ');
}

/** A value to look up and copy; undefined when there is none. */
export function detail(id: string, label: string, value: string | undefined, code = true): Detail | undefined {
  if (value === undefined || value === '') return undefined;
  return { id, label, value, code, copyable: code };
}

export function present<T>(items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}

export function button(
  action: ActionButton['action'],
  label: string,
  look: ActionButton['look'] = 'secondary',
  more: Partial<Pick<ActionButton, 'subject' | 'icon' | 'disabled'>> = {},
): ActionButton {
  return { action, label, look, ...more };
}
