import { t } from '@vscode/l10n';
import type { ElsewhereSection, StepId, StepState, StepStatus } from '../../../../webview/protocol';
import { checkRegistration } from '../../../cloud/check-registration';
import type { OutputExpectation } from '../../../cloud/read-output';
import type { FieldId } from '../../../../webview/protocol';
import type { Problem } from '../../../core/problem';
import { providerNames } from '../../../core/provider';
import { regionLabel } from '../../../core/region';
import { textIn } from '../../../setup/draft';
import { currentStepOf, planSteps, type SetUpFacts } from '../../../setup/steps';
import { fieldOfCloud, registrationOf } from '../choices';
import { targetOf, type CloudTarget } from '../cloud-target';
import { draftWithFound, factsOf, foundEndpoints } from '../facts';
import type { PageModel } from '../model';
import { cloudDetails, cloudFields, entered } from './cloud-step';
import { registerCommands, serviceCommands } from './atlas-commands';
import { cloudPlans, commandSection } from './commands';
import { createFields } from './fields';
import { reservationDetails, reservationFields, serviceDetails, serviceFields } from './service-step';
import { presentStrings } from './strings';
import { button, checkFinding, detail, endpointWord, findingOf, plainFinding, present } from './views';
import { presentServiceWaiting, presentWaiting } from './wait-step';

interface Steps {
  readonly steps: readonly StepState[];
  readonly currentStep?: StepId;
}

type Body = Omit<StepState, 'id' | 'number' | 'status' | 'statusText'>;

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

function bodyOf(model: PageModel, facts: SetUpFacts, id: StepId, status: StepStatus): Body {
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
      return waitBody(model, status);
    case 'use':
      return useBody(model, status);
  }
}

const empty = { findings: [], fieldGroups: [], details: [] } as const;

function checkBody(model: PageModel, status: StepStatus): Body {
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
  };
}

function serviceBody(model: PageModel, facts: SetUpFacts, status: StepStatus): Body {
  const { subject } = model;
  if (subject.kind !== 'service') return { ...empty, title: '', summary: '' };
  const { service, provider, region } = subject;
  const place =
    region === '' ? providerNames[provider].cloud : `${providerNames[provider].cloud} ${regionLabel(provider, region)}`;
  const isOther = service !== undefined && model.ref.kind === 'new-service';
  return {
    ...empty,
    title: t('Endpoint service'),
    summary: serviceSummary(facts, place, isOther),
    fieldGroups: serviceFields(model, subject),
    details: service === undefined ? [] : serviceDetails(service),
    ...((status === 'done' || status === 'waiting') && !isOther
      ? {}
      : {
          doIt: isOther
            ? button('do', t('Add an Endpoint to It'), 'primary')
            : button(
                'do',
                status === 'failed' ? t('Remove It and Try Again') : t('Create Endpoint Service'),
                'primary',
                {
                  ...(status === 'todo' ? { disabled: t('First resolve what stands in the way.') } : {}),
                },
              ),
          ...(isOther
            ? {}
            : {
                commands: commandSection(
                  model,
                  'service',
                  () => serviceCommands(model),
                  t('The same with the Atlas CLI, where you are signed in to it.'),
                ),
              }),
          elsewhere: lookAgain(
            model,
            'service',
            t('Created in Atlas, with the Atlas CLI or with Terraform? Then look again.'),
          ),
        }),
    ...(facts.service === 'moving' || facts.service === 'leaving' ? { waiting: presentServiceWaiting(model) } : {}),
  };
}

function serviceSummary({ service }: SetUpFacts, place: string, isOther: boolean): string {
  if (isOther) return t('{0} has an endpoint service already. It takes several endpoints: add one to it.', place);
  switch (service) {
    case 'none':
      return t(
        'Atlas creates a load balancer and an endpoint service in a region. There is one for each provider and region.',
      );
    case 'moving':
      return t('Atlas is creating the endpoint service in {0}, which takes some minutes.', place);
    case 'leaving':
      return t('The endpoint service in {0} is being removed.', place);
    case 'failed':
      return t('Atlas could not create the endpoint service in {0}.', place);
    case 'ready':
      return t('The endpoint service in {0} accepts connection requests.', place);
  }
}

function lookAgain(model: PageModel, step: StepId, intro: string): ElsewhereSection {
  return {
    open: model.ui.openElsewhere.has(step),
    intro,
    fields: [],
    submit: button('submit-elsewhere', t('Look Again'), 'secondary', { icon: 'refresh' }),
  };
}

function reservationBody(model: PageModel, status: StepStatus): Body {
  const { subject } = model;
  if (subject.kind !== 'serverless') return { ...empty, title: '', summary: '' };
  return {
    ...empty,
    title: t('Endpoint service'),
    summary:
      subject.endpoint === undefined
        ? t('Atlas reserves a place on an endpoint service for the serverless instance.')
        : t('Atlas has reserved a place on an endpoint service for the serverless instance.'),
    fieldGroups: reservationFields(model, subject),
    details: reservationDetails(subject),
    ...(status === 'done' || status === 'waiting'
      ? {}
      : {
          doIt: button('do', t('Reserve'), 'primary', {
            ...(status === 'todo' ? { disabled: t('First resolve what stands in the way.') } : {}),
          }),
          elsewhere: lookAgain(model, 'service', t('Reserved elsewhere? Then look again.')),
        }),
    ...(status === 'waiting' ? { waiting: presentServiceWaiting(model) } : {}),
  };
}

function cloudBody(model: PageModel, status: StepStatus): Body {
  const target = targetOf(model.subject, model.draft);
  const { cloud } = providerNames[target.provider];
  const found = foundEndpoints(model);
  const isOpen = status === 'current' || status === 'blocked' || (status === 'done' && found.length > 0);
  return {
    ...empty,
    title: target.provider === 'AWS' ? t('Interface endpoint in your VPC') : t('Private endpoint in your network'),
    summary: cloudSummary(target, status, found.length),
    details: cloudDetails(model),
    fieldGroups: status === 'todo' || !isOpen ? [] : cloudFields(model),
    ...(status === 'current' || status === 'blocked'
      ? {
          ...(target.provider === 'AWS'
            ? {
                doIt: button('do', t('Create Interface Endpoint'), 'primary', {
                  ...(textIn(model.draft, 'profile') === ''
                    ? { disabled: t('Choose credentials first, or use the commands.') }
                    : {}),
                  ...(status === 'blocked' ? { disabled: t('First resolve what stands in the way.') } : {}),
                }),
              }
            : {
                whyNotHere: t(
                  'The extension does not sign in to {0}. Choose, run the commands where you are signed in, and paste what they print.',
                  cloud,
                ),
              }),
          commands: commandSection(
            model,
            'cloud',
            () => cloudPlans(model),
            t('Run them where you are signed in to {0}. They are complete for the choices above.', cloud),
          ),
          elsewhere: elsewhereSection(model, target, 'cloud'),
        }
      : {}),
  };
}

function cloudSummary(target: CloudTarget, status: StepStatus, found: number): string {
  if (found > 0 && status === 'done') {
    return t('An endpoint that leads to the service is there. It is not registered at Atlas yet.');
  }
  switch (status) {
    case 'done':
      return t('The endpoint on your side is there.');
    case 'todo':
      return t('Comes when the endpoint service is available.');
    default:
      return target.provider === 'GCP' && !target.portMapped
        ? t(
            'Addresses and forwarding rules in your VPC network, one for each of {0} service attachments.',
            target.attachments.length,
          )
        : t('An endpoint in your own network, with private addresses that lead to the endpoint service.');
  }
}

function elsewhereSection(model: PageModel, target: CloudTarget, step: 'cloud' | 'register'): ElsewhereSection {
  const fields = createFields(model, registrationComplaints(model, target));
  return {
    open: model.ui.openElsewhere.has(step),
    intro: t('Paste what the last command printed, whole. Or enter the values: they are checked at once.'),
    fields: [
      fields.text('pasted', t('Output of the cloud’s command line'), textIn(model.draft, 'pasted'), {
        required: false,
        rows: 5,
        placeholder: '{ … }',
      }),
      ...entered(fields, model, target),
    ],
    submit: button('submit-elsewhere', step === 'cloud' ? t('Take Over') : t('Register'), 'primary'),
  };
}

/** What is wrong with the values that were entered for the registration, by field of the page. */
export function registrationComplaints(model: PageModel, target: CloudTarget): ReadonlyMap<FieldId, Problem> {
  const registration = registrationOf(target, draftWithFound(model));
  if (registration === undefined) return new Map();
  const found = new Map<FieldId, Problem>();
  for (const problem of checkRegistration(registration, expectationOf(target))) {
    const { field = '' } = problem.parameters;
    const id = Object.hasOwn(fieldOfCloud, field) ? fieldOfCloud[field as keyof typeof fieldOfCloud] : undefined;
    if (id !== undefined && !found.has(id)) found.set(id, problem);
  }
  return found;
}

/** What a pasted output is held against. */
export function expectationOf(target: CloudTarget): OutputExpectation {
  switch (target.provider) {
    case 'AWS':
      return { provider: 'AWS', ...(target.serviceName === undefined ? {} : { serviceName: target.serviceName }) };
    case 'AZURE':
      return {
        provider: 'AZURE',
        ...(target.resourceId === undefined ? {} : { privateLinkServiceResourceId: target.resourceId }),
      };
    case 'GCP':
      return { provider: 'GCP', serviceAttachments: target.attachments, portMapped: target.portMapped };
  }
}

function registerBody(model: PageModel, facts: SetUpFacts, status: StepStatus): Body {
  const { subject, draft } = model;
  const target = targetOf(subject, draft);
  const isOpen = status === 'current' || status === 'blocked';
  const withFound: PageModel = { ...model, draft: draftWithFound(model) };
  const fields = createFields(withFound, registrationComplaints(model, target));
  return {
    ...empty,
    title: t('Register at Atlas'),
    summary: registerSummary(facts, status),
    details: registeredDetails(model),
    fieldGroups: isOpen
      ? [
          {
            id: 'registration',
            legend: endpointWord(target.provider),
            fields: [
              ...entered(fields, withFound, target),
              ...(subject.kind === 'federation'
                ? [
                    fields.text('comment', t('Comment'), textIn(draft, 'comment'), { required: false, code: false }),
                    fields.text('dnsName', t('DNS name of the endpoint'), textIn(draft, 'dnsName'), {
                      required: false,
                    }),
                  ]
                : []),
            ],
          },
        ]
      : [],
    ...(isOpen
      ? {
          doIt: button('do', t('Register'), 'primary', {
            ...(status === 'blocked' ? { disabled: t('First resolve what stands in the way.') } : {}),
          }),
          ...(subject.kind === 'serverless'
            ? {}
            : {
                commands: commandSection(
                  model,
                  'register',
                  () => registerCommands(model),
                  t('The same with the Atlas CLI, where you are signed in to it.'),
                ),
              }),
          elsewhere: elsewhereSection(model, target, 'register'),
        }
      : {}),
  };
}

function registerSummary({ registration }: SetUpFacts, status: StepStatus): string {
  if (registration !== 'none') return t('Atlas knows the endpoint.');
  return status === 'todo'
    ? t('Comes when the endpoint on your side is there.')
    : t('Atlas has to know the endpoint before it accepts its connection.');
}

function registeredDetails({ subject }: PageModel) {
  switch (subject.kind) {
    case 'service':
      return present([detail('registered', endpointWord(subject.provider), subject.endpointId)]);
    case 'serverless':
      return present([detail('registered', t('Endpoint ID at the cloud'), subject.endpoint?.cloudProviderEndpointId)]);
    case 'federation':
      return present([detail('registered', t('Endpoint ID'), subject.endpoint?.id)]);
  }
}

function waitBody(model: PageModel, status: StepStatus): Body {
  const isOpen = status === 'waiting' || status === 'failed';
  return {
    ...empty,
    title: t('Wait until both sides are available'),
    summary: waitSummary(status),
    ...(status === 'todo' ? {} : { waiting: presentWaiting(model) }),
    ...(isOpen ? { doIt: button('do', t('Look Now'), 'secondary', { icon: 'refresh' }) } : {}),
    ...(status === 'failed'
      ? {
          findings: [
            {
              ...plainFinding('failed', 'blocking', t('The connection could not be made.')),
              fixes: [t('Remove the endpoint, check what it leads to and its subnets, and create it again.')],
              actions: failedActions(model),
            },
          ],
        }
      : {}),
  };
}

function failedActions({ subject }: PageModel) {
  const id = subject.kind === 'service' ? subject.endpointId : subject.endpoint?.id;
  return id === undefined
    ? []
    : [button('remove-endpoint', t('Remove Endpoint…'), 'secondary', { subject: id, icon: 'trash' })];
}

function waitSummary(status: StepStatus): string {
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

function useBody(model: PageModel, status: StepStatus): Body {
  return {
    ...empty,
    title: t('Use'),
    summary:
      status === 'todo'
        ? t('Connection strings through the endpoint come when it is available.')
        : t('Connection strings through the endpoint, per cluster.'),
    strings: status === 'todo' ? [] : presentStrings(model),
    ...(status === 'todo' ? {} : { findings: useFindings(model) }),
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
