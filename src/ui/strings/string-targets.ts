import { t } from '@vscode/l10n';
import type { Deployment, PrivateEndpointStrings } from '../../core/deployment';
import { providerNames, type Provider } from '../../core/provider';
import { toCloudRegion } from '../../core/region';

/** The forms in which Atlas gives a connection string. */
export type StringForm = 'srv' | 'srvShardOptimized' | 'standard';

/** One network that a deployment has strings for. */
export interface StringTarget {
  /** Stable, for "last choice first". */
  readonly id: string;
  readonly network: 'private-endpoint' | 'peering' | 'public';
  /** Which endpoints it leads through; empty unless the network is `private-endpoint`. */
  readonly endpoints: PrivateEndpointStrings['endpoints'];
  /** By form, in the order in which they are recommended; never empty. */
  readonly strings: readonly { readonly form: StringForm; readonly text: string }[];
}

/**
 * Every string of a deployment by the network it is for, private endpoints first. Chosen by endpoint, provider and
 * region, never by position; the deprecated maps are not looked at.
 */
export function stringTargets(deployment: Deployment): readonly StringTarget[] {
  const { strings } = deployment;
  const privateOnes = strings.privateEndpoint.map((one): StringTarget => {
    const endpoints = one.endpoints;
    return {
      id: endpoints.map(({ provider, endpointId }) => `${provider}/${endpointId}`).join(' ') || one.type,
      network: 'private-endpoint',
      endpoints,
      strings: formsOf({ srv: one.srv, srvShardOptimized: one.srvShardOptimized, standard: one.standard }),
    };
  });
  const others: StringTarget[] = [
    {
      id: 'peering',
      network: 'peering',
      endpoints: [],
      strings: formsOf({ srv: strings.peeringSrv, standard: strings.peering }),
    },
    {
      id: 'public',
      network: 'public',
      endpoints: [],
      strings: formsOf({ srv: strings.standardSrv, standard: strings.standard }),
    },
  ];
  return [...privateOnes, ...others].filter((target) => target.strings.length > 0);
}

/** In the order of recommendation. Seed: MongoDB recommends the DNS seedlist; the optimized one is for sharded clusters on AWS. */
export const stringForms: readonly StringForm[] = ['srv', 'srvShardOptimized', 'standard'];

function formsOf(strings: Readonly<Partial<Record<StringForm, string | undefined>>>): StringTarget['strings'] {
  return stringForms.flatMap((form) => {
    const text = strings[form];
    return text === undefined ? [] : [{ form, text }];
  });
}

/** True when some string leads through a private endpoint. */
export function hasPrivateString(deployment: Deployment): boolean {
  return stringTargets(deployment).some(({ network }) => network === 'private-endpoint');
}

/** True when a string of the deployment leads through this endpoint. */
export function leadsThrough({ strings }: Deployment, endpointId: string): boolean {
  return strings.privateEndpoint.some(({ endpoints }) => endpoints.some((one) => one.endpointId === endpointId));
}

/** Why a deployment has no private endpoint string, in a sentence that says what to do. */
export function whyNoPrivateString(deployment: Deployment): string {
  switch (deployment.kind) {
    case 'shared':
    case 'flex':
      return t('{0} has no private endpoints: they need a dedicated cluster (M10 or larger).', deployment.tier);
    case 'serverless':
      return t('No private endpoint of this serverless instance is available yet.');
    case 'dedicated':
      break;
  }
  if (deployment.paused) return t('The cluster is paused. Resume it first.');
  if (deployment.state !== 'IDLE') {
    return t(
      'The cluster is {0}. Its strings appear when it is idle again, which takes some minutes.',
      deployment.state,
    );
  }
  const regions = [...new Set(deployment.regions.map(({ region }) => region))];
  return regions.length > 1
    ? t('Strings appear when every region of the cluster has an available endpoint: {0}.', regions.join(', '))
    : t('No endpoint is available in its region yet: {0}.', regions.join(', '));
}

/** From where endpoints can be reached, in the words of their clouds: VPC, virtual network, VPC network. */
export function reachOf(providers: readonly Provider[]): string {
  const [provider, ...others] = new Set(providers);
  if (others.length > 0) {
    return t('From inside the networks of the endpoints, and from networks peered or connected to them');
  }
  switch (provider) {
    case 'AZURE':
      return t('From inside the virtual network of the endpoint, and from networks peered or connected to it');
    case 'GCP':
      return t('From inside the VPC network of the endpoint, and from networks peered or connected to it');
    case 'AWS':
      return t('From inside the VPC of the endpoint, and from networks peered or connected to it');
    default:
      return t('From inside the network of the endpoint, and from networks peered or connected to it');
  }
}

/** A target in words: which endpoint, and which network it suits. */
export function describeTarget(target: StringTarget): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  switch (target.network) {
    case 'private-endpoint': {
      const places = target.endpoints.map(
        ({ provider, region }) => `${providerNames[provider].cloud} ${toCloudRegion(provider, region)}`,
      );
      const ids = target.endpoints.map(({ endpointId }) => endpointId.split('/').at(-1) ?? endpointId);
      return {
        label: [...new Set(places)].join(' + ') || t('Private endpoint'),
        description: ids.join(', '),
        detail: reachOf(target.endpoints.map(({ provider }) => provider)),
      };
    }
    case 'peering':
      return {
        label: t('Network peering'),
        description: '',
        detail: t('From a network that is peered with Atlas; not through a private endpoint'),
      };
    case 'public':
      return {
        label: t('Public'),
        description: '',
        detail: t('From addresses on the IP access list; not through a private endpoint'),
      };
  }
}

/** A form in words. */
export function describeForm(
  form: StringForm,
  isRecommended: boolean,
): { readonly label: string; readonly description?: string; readonly detail: string } {
  const recommended = isRecommended ? { description: t('recommended') } : {};
  switch (form) {
    case 'srv':
      return {
        label: t('DNS seedlist'),
        ...recommended,
        detail: t('mongodb+srv://… Follows by itself when Atlas changes hosts or ports'),
      };
    case 'srvShardOptimized':
      return {
        label: t('Optimized DNS seedlist'),
        ...recommended,
        detail: t('For sharded clusters on AWS: limits the connections to each mongos through the load balancer'),
      };
    case 'standard':
      return {
        label: t('Standard'),
        ...recommended,
        detail: t('mongodb://… For drivers or resolvers without SRV; has to be changed when ports change'),
      };
  }
}

/** The string of a federated database: one host, TLS, users of the project. */
export function federatedString(hostname: string): string {
  return `mongodb://${hostname}/?ssl=true&authSource=admin`;
}
