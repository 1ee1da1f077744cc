import type { Deployment, DeploymentRegion } from '../../../src/core/deployment';
import type { EndpointService } from '../../../src/core/endpoint';
import type { Provider } from '../../../src/core/provider';

/** Nodes in one region. */
export function nodes(provider: Provider, region: string, nodeCount = 3): DeploymentRegion {
  return { provider, region, nodeCount };
}

/** A replica set of three nodes in N. Virginia, unless told otherwise. */
export function cluster(name: string, more: Partial<Deployment> = {}): Deployment {
  return {
    id: `id-of-${name}`,
    projectId: 'project',
    name,
    kind: 'dedicated',
    tier: 'M10',
    topology: 'REPLICASET',
    state: 'IDLE',
    paused: false,
    regions: [nodes('AWS', 'US_EAST_1')],
    biConnector: false,
    strings: { privateEndpoint: [] },
    ...more,
  };
}

/** A service with so many endpoints. */
export function serviceWith(
  provider: Provider,
  region: string,
  endpoints: number,
  more: { readonly status?: string; readonly errorMessage?: string } = {},
): EndpointService {
  const fields = {
    id: `service-${provider}-${region}`,
    projectId: 'project',
    region,
    status: 'AVAILABLE',
    endpointIds: Array.from({ length: endpoints }, (_, index) => `endpoint-${String(index)}`),
    ...more,
  };
  switch (provider) {
    case 'AWS':
      return { ...fields, provider, supportedRemoteRegions: [] };
    case 'AZURE':
      return { ...fields, provider };
    case 'GCP':
      return { ...fields, provider, serviceAttachmentNames: [], portMappingEnabled: false };
  }
}
