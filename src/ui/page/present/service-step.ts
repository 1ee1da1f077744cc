import { t } from '@vscode/l10n';
import type { StepStatus } from '../../../../webview/protocol';
import { providerNames } from '../../../core/provider';
import { regionLabel } from '../../../core/region';
import type { SetUpFacts } from '../../../setup/steps';
import type { PageModel } from '../model';
import { serviceCommands } from './atlas-commands';
import { atlasCliSection } from './commands';
import { reservationDetails, reservationFields, serviceDetails, serviceFields } from './service-fields';
import { empty, firstResolve, lookAgain, type StepBody } from './step-body';
import { button } from './views';
import { presentServiceWaiting } from './wait-step';

/** The step that makes an endpoint service. */
export function serviceBody(model: PageModel, facts: SetUpFacts, status: StepStatus): StepBody {
  const { subject } = model;
  if (subject.kind !== 'service') return { ...empty, title: '', summary: '' };
  const { service, provider, region } = subject;
  const place =
    region === '' ? providerNames[provider].cloud : `${providerNames[provider].cloud} ${regionLabel(provider, region)}`;
  const takesOrWillTake = ['ready', 'moving', 'unknown'].includes(facts.service);
  const isOther = service !== undefined && takesOrWillTake && model.ref.kind === 'new-service';
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
            : // Endpoints go with it, and strings with them: that is asked first.
              (service?.endpointIds ?? []).length > 0
              ? button('remove-service', t('Remove Endpoint Service…'), 'primary')
              : button(
                  'do',
                  status === 'failed' ? t('Remove It and Try Again') : t('Create Endpoint Service'),
                  'primary',
                  firstResolve(status === 'todo'),
                ),
          ...(isOther ? {} : atlasCliSection(model, 'service', () => serviceCommands(model))),
          elsewhere: lookAgain(
            model,
            'service',
            t('Created in Atlas, with the Atlas CLI or with Terraform? Then look again.'),
          ),
        }),
    ...(['moving', 'leaving', 'unknown'].includes(facts.service) ? { waiting: presentServiceWaiting(model) } : {}),
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
    case 'unknown':
      return t(
        'Atlas tells a status of the endpoint service in {0} that this version of the extension does not know.',
        place,
      );
    case 'leaving':
      return t('The endpoint service in {0} is being removed.', place);
    case 'failed':
      return t('Atlas could not create the endpoint service in {0}.', place);
    case 'ready':
      return t('The endpoint service in {0} accepts connection requests.', place);
  }
}

/** The step that reserves a place on an endpoint service for a serverless instance. */
export function reservationBody(model: PageModel, status: StepStatus): StepBody {
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
          doIt: button('do', t('Reserve'), 'primary', firstResolve(status === 'todo')),
          ...atlasCliSection(model, 'service', () => serviceCommands(model)),
          elsewhere: lookAgain(model, 'service', t('Reserved elsewhere? Then look again.')),
        }),
    ...(status === 'waiting' ? { waiting: presentServiceWaiting(model) } : {}),
  };
}
