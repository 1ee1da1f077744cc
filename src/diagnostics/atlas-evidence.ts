import { clusterIn, domainOf } from '../connection-string/classify';
import { hostsIn, nodesIn } from '../connection-string/credentials';
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
  connectionString: string,
): AtlasEvidence {
  const cluster = clusterOf(project.deployments, connectionString);
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
 * The deployment that a string leads to, or once did: its nodes stand in one of the deployment's strings; else its hosts
 * do, since ports may change; else they are called like the deployment, as those of endpoints that have gone. Undefined
 * for hosts that several deployments have: which it is, only a port tells.
 */
function clusterOf(deployments: readonly Deployment[], connectionString: string): Deployment | undefined {
  const hosts = hostsIn(connectionString);
  const having = (names: readonly string[], namesIn: (text: string) => readonly string[]): readonly Deployment[] =>
    deployments.filter((deployment) =>
      currentStrings(deployment).some((text) => namesIn(text).some((name) => names.includes(name))),
    );
  const byNode = having(nodesIn(connectionString), nodesIn);
  const [cluster, other] = byNode.length > 0 ? byNode : having(hosts, hostsIn);
  if (cluster !== undefined) return other === undefined ? cluster : undefined;
  return deployments.find(({ strings }) => {
    const seed = hostsIn(strings.standardSrv ?? '')[0] ?? '';
    const name = clusterIn(seed);
    return name !== undefined && hosts.some((host) => domainOf(host) === domainOf(seed) && ownName(host) === name);
  });
}

/** The name of the cluster in a host, also of one of its public nodes: `cluster0-shard-00-02.ab1cd…`. */
function ownName(host: string): string | undefined {
  return clusterIn(host.replace(/-shard-\d+-\d+(?:-pri)?(?=[.-])/, ''));
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
