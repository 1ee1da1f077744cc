import { t } from '@vscode/l10n';
import type { StepId, StepState, StepStatus } from '../../../../webview/protocol';
import { currentStepOf, planSteps, type SetUpFacts } from '../../../setup/steps';
import { factsOf } from '../facts';
import type { PageModel } from '../model';
import { checkCommands, stringCommands, waitCommands } from './atlas-commands';
import { cloudBody } from './cloud-step';
import { atlasCliSection } from './commands';
import { registerBody } from './register-step';
import { reservationBody, serviceBody } from './service-step';
import { empty, type StepBody } from './step-body';
import { presentStrings } from './strings';
import { button, checkFinding, findingOf, plainFinding, present } from './views';
import { presentWaiting } from './wait-step';

interface Steps {
  readonly steps: readonly StepState[];
  readonly currentStep?: StepId;
}

/** The steps of a page, with where the person is; a finished set-up that was not worked on here has no current step. */
export function presentSteps(model: PageModel): Steps {
  const facts = factsOf(model);
  const planned = planSteps(facts);
  const current = currentStepOf(planned);
  const steps = planned.map(({ id, status }, index): StepState => {
    const problem = model.ui.stepProblems.get(id);
    return {
      id,
      number: index + 1,
      status,
      statusText: statusText(status),
      ...bodyOf(model, facts, id, status),
      ...(problem === undefined ? {} : { problem: findingOf(`${id}/problem`, 'blocking', problem) }),
    };
  });
  const isFinished = current === 'use' && !model.ui.worked;
  return { steps, ...(current === undefined || isFinished ? {} : { currentStep: current }) };
}

function statusText(status: StepStatus): string {
  const texts: Readonly<Record<StepStatus, string>> = {
    done: t('Done'),
    current: t('Your turn'),
    waiting: t('Waiting'),
    blocked: t('Blocked'),
    failed: t('Failed'),
    todo: t('To do'),
  };
  return texts[status];
}

function bodyOf(model: PageModel, facts: SetUpFacts, id: StepId, status: StepStatus): StepBody {
  switch (id) {
    case 'check':
      return checkBody(model, status);
    case 'service':
      return model.subject.kind === 'serverless' ? reservationBody(model, status) : serviceBody(model, facts, status);
    case 'cloud':
      return cloudBody(model, status);
    case 'register':
      return registerBody(model, facts, status);
    case 'wait':
      return waitBody(model, facts, status);
    case 'use':
      return useBody(model, status);
  }
}

function checkBody(model: PageModel, status: StepStatus): StepBody {
  const findings = model.findings.map(checkFinding);
  return {
    ...empty,
    title: t('Check'),
    summary:
      status === 'blocked'
        ? t('Something stands in the way. Atlas would refuse later, so it is said now.')
        : t('What Atlas asks for before a private endpoint is created.'),
    findings: findings.length > 0 ? findings : [plainFinding('passed', 'passed', t('Nothing stands in the way.'))],
    doIt: button('do', t('Check Again'), status === 'blocked' ? 'primary' : 'secondary', { icon: 'refresh' }),
    ...atlasCliSection(model, 'check', () => checkCommands(model)),
  };
}

function waitBody(model: PageModel, facts: SetUpFacts, status: StepStatus): StepBody {
  const isOpen = status !== 'done' && status !== 'todo';
  return {
    ...empty,
    title: t('Wait until both sides are available'),
    summary: waitSummary(facts, status),
    ...(status === 'todo' ? {} : { waiting: presentWaiting(model) }),
    ...(isOpen
      ? {
          doIt: button('do', t('Look Now'), 'secondary', { icon: 'refresh' }),
          ...atlasCliSection(model, 'wait', () => waitCommands(model)),
        }
      : {}),
    findings: waitFindings(model, facts),
  };
}

/** Seed: the table "Endpoint Status", its rows *Not configured* and *Failed*. */
function waitFindings(model: PageModel, { registration }: SetUpFacts): StepBody['findings'] {
  switch (registration) {
    case 'failed':
      return [
        {
          ...plainFinding('failed', 'blocking', t('The connection could not be made.')),
          fixes: [t('Remove the endpoint, check what it leads to and its subnets, and create it again.')],
          actions: failedActions(model),
        },
      ];
    case 'unmet':
      return [
        {
          ...plainFinding('unmet', 'blocking', t('There is no interface endpoint with this ID, as far as Atlas sees.')),
          fixes: [
            t('Look in your AWS account whether it is there and leads to the endpoint service; then use Look Now.'),
            t('If it is not, remove it at Atlas and set up another one.'),
          ],
          actions: failedActions(model),
        },
      ];
    case 'unknown':
      return [plainFinding('unknown', 'advice', t('Look in Atlas what it says of the endpoint.'))];
    default:
      return [];
  }
}

function failedActions({ subject }: PageModel) {
  const id = subject.kind === 'service' ? subject.endpointId : subject.endpoint?.id;
  return id === undefined
    ? []
    : [button('remove-endpoint', t('Remove Endpoint…'), 'secondary', { subject: id, icon: 'trash' })];
}

function waitSummary({ registration }: SetUpFacts, status: StepStatus): string {
  if (registration === 'unmet') return t('Atlas knows the endpoint by its ID only. Nothing goes on by itself.');
  if (registration === 'unknown') {
    return t('Atlas tells a status that this version of the extension does not know: what comes next is not known.');
  }
  switch (status) {
    case 'done':
      return t('Both sides are available.');
    case 'failed':
      return t('The endpoint failed.');
    case 'todo':
      return t('Comes when the endpoint is registered.');
    default:
      return t('This takes some minutes. You may close the page and come back: it goes on by itself.');
  }
}

function useBody(model: PageModel, status: StepStatus): StepBody {
  return {
    ...empty,
    title: t('Use'),
    summary:
      status === 'todo'
        ? t('Connection strings through the endpoint come when it is available.')
        : t('Connection strings through the endpoint, per cluster.'),
    strings: status === 'todo' ? [] : presentStrings(model),
    ...(status === 'todo'
      ? {}
      : { findings: useFindings(model), ...atlasCliSection(model, 'use', () => stringCommands(model)) }),
  };
}

/** Seed: other access methods stay usable; public addresses and peering have strings of their own. */
function useFindings({ project, subject }: PageModel) {
  const isEmpty = subject.kind === 'service' && (project.value?.clusters ?? []).length === 0;
  return present([
    isEmpty
      ? plainFinding('no-cluster', 'advice', t('The project has no cluster yet. Strings come with the first one.'))
      : undefined,
    plainFinding(
      'other-access',
      'advice',
      t('IP access list and network peering stay usable beside the endpoint.'),
      t('They have connection strings of their own: use these only from networks that reach the endpoint.'),
    ),
  ]);
}
