import type { Deployment } from '../core/deployment';
import type { Endpoint, EndpointService } from '../core/endpoint';
import type { AtlasEvidence } from './evidence';

/** Gathers what Atlas says about the path of a string from what is known of its project. */
export function atlasEvidence(
  project: {
    readonly name: string;
    readonly deployments: readonly Deployment[];
    readonly services: readonly EndpointService[];
    readonly endpoints: readonly Endpoint[];
  },
  hosts: readonly string[],
): AtlasEvidence {
  const cluster = project.deployments.find((deployment) => hosts.some((host) => belongsTo(deployment, host)));
  return {
    projectName: project.name,
    ...(cluster === undefined ? {} : { cluster }),
    services: project.services,
    endpoints: project.endpoints,
    addressableTargets: addressableTargets(project.deployments),
  };
}

/** Every connection string that Atlas has for a deployment now. */
export function currentStrings({ strings }: Deployment): readonly string[] {
  const { standard, standardSrv, peering, peeringSrv, privateEndpoint } = strings;
  return [
    standard,
    standardSrv,
    peering,
    peeringSrv,
    ...privateEndpoint.flatMap((one) => [one.standard, one.srv, one.srvShardOptimized]),
  ].filter((text) => text !== undefined);
}

/**
 * Whether a host is, or was, one of a deployment: it stands in one of its strings, or its first label begins with the
 * deployment's name and the rest is the domain of its project. Strings of endpoints that have gone are found so, too.
 */
function belongsTo(deployment: Deployment, host: string): boolean {
  const name = host.toLowerCase();
  if (currentStrings(deployment).some((text) => hostsIn(text).includes(name))) return true;
  const seed = hostsIn(deployment.strings.standardSrv ?? '')[0];
  if (seed === undefined) return false;
  // `cluster0.ab1cd.mongodb.net` or, in older clusters, `cluster0-ab1cd.mongodb.net`.
  const match = /^([^.]+?)([.-][a-z0-9]{5}\.mongodb(?:gov)?\.net)$/.exec(seed);
  const [, label = '', domain = ''] = match ?? [];
  return match !== null && name.startsWith(`${label}-`) && name.endsWith(domain);
}

/** Host names of a connection string without credentials, as Atlas gives them. */
export function hostsIn(text: string): readonly string[] {
  const [, authority = ''] = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]*)/.exec(text) ?? [];
  return authority
    .toLowerCase()
    .split(',')
    .map((host) => host.replace(/:\d+$/, ''))
    .filter((host) => host !== '');
}

/**
 * Addressable targets per region, as the seed counts them: each mongod of a replica set, each sharded cluster with
 * optimized strings, each mongos of a sharded cluster without, each BI Connector.
 */
function addressableTargets(deployments: readonly Deployment[]): AtlasEvidence['addressableTargets'] {
  const counts = new Map<string, AtlasEvidence['addressableTargets'][number]>();
  for (const deployment of deployments) {
    if (deployment.kind !== 'dedicated') continue;
    const sharded = deployment.topology !== undefined && deployment.topology !== 'REPLICASET';
    // Optimized strings exist on AWS only (seed).
    const optimized = sharded && deployment.regions.every(({ provider }) => provider === 'AWS');
    for (const { provider, region, nodeCount } of deployment.regions) {
      const key = `${provider} ${region}`;
      const count = (counts.get(key)?.count ?? 0) + (optimized ? 1 : nodeCount) + (deployment.biConnector ? 1 : 0);
      counts.set(key, { provider, region, count });
    }
  }
  return [...counts.values()];
}
