import { t } from '@vscode/l10n';
import type { Problem } from '../core/problem';
import type { SetupProblemCode } from '../core/problem-codes/setup';
import type { ProblemText, ProblemTexts } from './problem-text';

/** What Atlas or the cloud said, as the detail of a text. */
function said({ parameters }: Problem): Pick<ProblemText, 'detail'> {
  return parameters.message === undefined || parameters.message === '' ? {} : { detail: parameters.message };
}

export const setupProblems = {
  SETUP_SERVICE_NOT_READY: ({ subject, parameters }) => ({
    title: t('The endpoint service is not available yet ({0}): {1}', parameters.status ?? '?', subject),
    fixes: [t('Wait until Atlas has created it, which takes some minutes, and continue then.')],
  }),
  SETUP_SERVICE_FAILED: (problem) => ({
    title: t('Atlas could not create the endpoint service: {0}', problem.subject),
    ...said(problem),
    fixes: [
      t('Try again: the failed service is removed and created anew.'),
      t('Contact MongoDB support if it fails again.'),
    ],
  }),
  SETUP_SERVICE_HAS_ENDPOINTS: ({ subject, parameters }) => ({
    title: t('The endpoint service that failed has {1} endpoints: {0}', subject, parameters.count ?? ''),
    detail: t('They would go with it, and connections through them end.'),
    fixes: [t('Remove the endpoint service: the page asks first, and removes its endpoints before it.')],
  }),
  SETUP_SERVICE_LEAVING: ({ subject }) => ({
    title: t('The endpoint service is being removed: {0}', subject),
    fixes: [t('Wait until it is gone; a new one can be created then.')],
  }),
  SETUP_CHOICE_MISSING: ({ parameters }) => ({
    title: t('A choice is missing: {0}', fieldName(parameters.field)),
    fixes: [t('Choose or enter it.')],
  }),
  SETUP_CHOICE_INVALID: ({ subject, parameters }) => ({
    title: t('This cannot be right for {0}: {1}', fieldName(parameters.field), subject),
    ...(parameters.expected === undefined ? {} : { detail: t('Expected: {0}', parameters.expected) }),
    fixes: [t('Correct it, or copy it again from where it was created.')],
  }),
  SETUP_REGISTERED_ELSEWHERE: ({ subject, parameters }) => ({
    title: t(
      'The endpoint belongs to the endpoint service of another region ({0}): {1}',
      parameters.region ?? '?',
      subject,
    ),
    fixes: [t('Enter the id of the endpoint that was created for this endpoint service.')],
  }),
  SETUP_ENDPOINT_FAILED: (problem) => ({
    title: t('The endpoint could not be connected: {0}', problem.subject),
    ...said(problem),
    fixes: [
      t('Check that the endpoint exists, leads to this endpoint service, and has at least one subnet.'),
      t('Remove the endpoint and create it again.'),
    ],
  }),
  SETUP_ENDPOINT_LEAVING: ({ subject }) => ({
    title: t('The endpoint is being removed: {0}', subject),
    fixes: [t('Wait until it is gone.')],
  }),
  SETUP_STILL_MOVING: ({ subject, parameters }) => ({
    title: t('Still {0} after {1} minutes: {2}', parameters.status ?? '?', parameters.minutes ?? '?', subject),
    fixes: [
      t('Come back later: nothing is lost, and this page shows how far it is.'),
      t('Look at the status page of MongoDB Cloud.'),
    ],
  }),
  SETUP_NOT_CONFIRMED: ({ parameters }) => ({
    title: t('Nothing was removed: what was typed is not "{0}".', parameters.expected ?? ''),
    fixes: [t('Type it exactly as it stands there.')],
  }),
  SETUP_CLOUD_NOT_HERE: ({ subject }) => ({
    title: t('This side is set up with commands of your own: {0}', subject),
    fixes: [t('Use "Show Commands", run them where you are signed in to the cloud, and enter what they print.')],
  }),
  SETUP_CHANGED: ({ subject, parameters: { now = '' } }) => ({
    title:
      now === ''
        ? t('It was changed elsewhere meanwhile, and is empty now: {0}', subject)
        : t('It was changed elsewhere meanwhile: {0} is now {1}', subject, now),
    fixes: [t('Look at what is there now, and change it again if you still want to.')],
  }),
  SETUP_SERVICE_OTHER: ({ subject, parameters }) => ({
    title:
      parameters.portMapping === 'on'
        ? t('An endpoint service was created elsewhere meanwhile, port-mapped, which you have not chosen: {0}', subject)
        : t('An endpoint service was created elsewhere meanwhile, not port-mapped as you have chosen: {0}', subject),
    fixes: [t('Add an endpoint to it as it is, or remove it first.')],
  }),
  SETUP_GONE: ({ subject }) => ({
    title: t('It is not in Atlas any more: {0}', subject),
    fixes: [t('Refresh the tree.'), t('Set up a new private endpoint.')],
  }),
} satisfies ProblemTexts<SetupProblemCode>;

/** A field of the page in words. */
export function fieldName(field: string | undefined): string {
  return (field === undefined ? undefined : fieldNames[field]?.()) ?? field ?? '?';
}

const fieldNames: Readonly<Record<string, () => string>> = {
  provider: () => t('cloud provider'),
  region: () => t('region'),
  vpc: () => t('VPC'),
  subnets: () => t('subnets'),
  securityGroups: () => t('security groups'),
  newGroupName: () => t('name of the security group'),
  newGroupSources: () => t('sources that may connect'),
  tags: () => t('tags'),
  endpointId: () => t('endpoint ID'),
  endpointAddress: () => t('private IP address'),
  endpointGroup: () => t('endpoint group'),
  endpointProject: () => t('Google Cloud project ID'),
  endpointAddresses: () => t('addresses'),
  remoteRegions: () => t('other regions'),
  comment: () => t('comment'),
  dnsName: () => t('DNS name'),
};
