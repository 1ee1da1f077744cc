import { t } from '@vscode/l10n';
import type { Deployment } from '../../core/deployment';
import type { EndpointService } from '../../core/endpoint';
import { providerNames, type Provider } from '../../core/provider';
import { toCloudRegion } from '../../core/region';
import { serviceStatus } from '../../core/status';
import { describeStatus } from '../../messages/status-text';
import { stringForms, type StringForm, type StringTarget } from './string-targets';

/** A region of a cluster that no private endpoint string leads into, and why. */
export interface MissingRegion {
  readonly label: string;
  readonly reason: string;
}

/**
 * Regions of a dedicated cluster without a string of their own. `services` are all of the project. Where one string
 * covers several regions its own endpoints count for each of them.
 */
export function missingRegions(deployment: Deployment, services: readonly EndpointService[]): readonly MissingRegion[] {
  if (deployment.kind !== 'dedicated') return [];
  const reached = new Set(
    deployment.strings.privateEndpoint.flatMap(({ endpoints }) =>
      endpoints.map(({ provider, region }) => `${provider}/${region}`),
    ),
  );
  const regions = new Map(deployment.regions.map((one) => [`${one.provider}/${one.region}`, one]));
  return [...regions].flatMap(([key, { provider, region }]) =>
    reached.has(key)
      ? []
      : [
          {
            label: `${providerNames[provider].cloud} ${toCloudRegion(provider, region)}`,
            reason: whyMissing(deployment, provider, region, services),
          },
        ],
  );
}

function whyMissing(
  deployment: Deployment,
  provider: Provider,
  region: string,
  services: readonly EndpointService[],
): string {
  if (deployment.paused) return t('The cluster is paused. Resume it first.');
  const here = services.filter((service) => service.provider === provider && service.region === region);
  const [service] = here;
  if (service === undefined) return t('The project has no private endpoint service in this region. Set one up.');
  const meaning = serviceStatus(service.status);
  if (meaning.kind !== 'available' && meaning.kind !== 'waiting') {
    return t('The endpoint service of this region is not available: {0}', describeStatus(meaning).word);
  }
  if (here.every(({ endpointIds }) => endpointIds.length === 0)) {
    return t('The endpoint service of this region has no endpoint yet. Create one in your network.');
  }
  if (deployment.state !== 'IDLE') {
    return t('The cluster is {0}. The string appears when it is idle again.', deployment.state);
  }
  return t('No endpoint of this region is available yet, or not every region of the cluster has one.');
}

/** Forms that a private endpoint target lacks, and why (seed: "Improve Connection Performance for Sharded Clusters"). */
export function missingForms(
  { kind, topology, state }: Deployment,
  { network, strings, endpoints }: StringTarget,
): readonly { readonly form: StringForm; readonly reason: string }[] {
  if (network !== 'private-endpoint' || kind !== 'dedicated') return [];
  const none = t('Atlas has generated none for this endpoint.');
  const updating = state === 'IDLE' ? undefined : t('The cluster is {0}. Refresh it when it is idle again.', state);
  const reasonFor = (form: StringForm): string => {
    if (form === 'srvShardOptimized') {
      if (topology === 'REPLICASET') return t('Only for sharded clusters; this one is a replica set.');
      if (endpoints.some(({ provider }) => provider !== 'AWS')) {
        return t('Atlas has none for clusters on Azure and Google Cloud.');
      }
    }
    return updating ?? none;
  };
  return stringForms
    .filter((form) => !strings.some((one) => one.form === form))
    .map((form) => ({ form, reason: reasonFor(form) }));
}
