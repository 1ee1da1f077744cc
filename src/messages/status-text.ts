import { t } from '@vscode/l10n';
import type { StatusExplanation, StatusMeaning } from '../core/status';

/** A status in words. */
export interface StatusText {
  /** Atlas's word, translated where a translation is loaded; a word that is not known stays as it came. */
  readonly word: string;
  readonly explanation: string;
  /** What to do next; absent when there is nothing to do but wait, or nothing at all. */
  readonly nextAction?: string;
}

/** The words for a status (seed: the two tables of "Check the status of your AWS PrivateLink connections"). */
export function describeStatus(meaning: StatusMeaning): StatusText {
  return { word: words[meaning.word]?.() ?? meaning.word, ...explanations[meaning.explanation]() };
}

const words: Readonly<Record<string, () => string>> = {
  'Creating private link': () => t('Creating private link'),
  Available: () => t('Available'),
  Failed: () => t('Failed'),
  Deleting: () => t('Deleting'),
  Deleted: () => t('Deleted'),
  'Not configured': () => t('Not configured'),
  'Pending acceptance': () => t('Pending acceptance'),
  Pending: () => t('Pending'),
  Verified: () => t('Verified'),
};

const explanations: Readonly<Record<StatusExplanation, () => Omit<StatusText, 'word'>>> = {
  'service-creating': () => ({
    explanation: t('Atlas is creating the load balancer and the network resources behind it.'),
  }),
  'service-available': () => ({
    explanation: t('The load balancer and the endpoint service are there and accept connection requests.'),
  }),
  'service-waiting': () => ({
    explanation: t(
      'The endpoint service is there and accepts connection requests. No endpoint is registered on it yet.',
    ),
    nextAction: t('Create an endpoint in your own network and register it.'),
  }),
  'service-failed': () => ({
    explanation: t('A failure in the system kept Atlas from creating the endpoint service.'),
    nextAction: t('Remove the endpoint service and create it again; if it fails again, contact MongoDB support.'),
  }),
  'service-deleting': () => ({ explanation: t('Atlas is deleting the private endpoint service.') }),
  'endpoint-not-configured': () => ({
    explanation: t(
      'Atlas has created its load balancer and endpoint service, but the interface endpoint is not there yet.',
    ),
    nextAction: t('Continue the setup and create the interface endpoint in your VPC.'),
  }),
  'endpoint-pending-acceptance': () => ({
    explanation: t('AWS has received the request of your interface endpoint to connect to the Atlas endpoint service.'),
  }),
  'endpoint-pending': () => ({
    explanation: t('AWS is connecting your interface endpoint with the Atlas endpoint service.'),
  }),
  'endpoint-initiating': () => ({ explanation: t('Atlas is connecting your endpoint with its endpoint service.') }),
  'endpoint-verified': () => ({
    explanation: t('Atlas has recognized the endpoint and is connecting it with the endpoint service.'),
  }),
  'endpoint-available': () => ({ explanation: t('Connected and ready to use.') }),
  'endpoint-rejected': () => ({
    explanation: t('AWS could not connect the Atlas VPC resources with the interface endpoint in your VPC.'),
    nextAction: t(
      'Check what you entered, and that the interface endpoint has at least one subnet; then remove the endpoint and create it again.',
    ),
  }),
  'endpoint-failed': () => ({
    explanation: t('The connection between Atlas and the endpoint in your network could not be made.'),
    nextAction: t('Check what you entered, then remove the endpoint and create it again.'),
  }),
  'endpoint-deleting': () => ({ explanation: t('Atlas is removing the endpoint.') }),
  'endpoint-deleted': () => ({
    explanation: t('The endpoint is removed from Atlas.'),
    nextAction: t('Delete what is left of it in your own cloud account.'),
  }),
  'serverless-reserving': () => ({
    explanation: t('Atlas is reserving the endpoint service for the serverless instance.'),
  }),
  'serverless-reserved': () => ({
    explanation: t('Atlas has reserved the endpoint service. The endpoint on your side is not there yet.'),
    nextAction: t('Create the endpoint in your own network and enter its id.'),
  }),
  'federation-pending': () => ({ explanation: t('Atlas is checking and connecting the endpoint.') }),
  unknown: () => ({
    explanation: t('This version of the extension does not know this status.'),
    nextAction: t('Look it up in Atlas, on the Network Access page.'),
  }),
};
