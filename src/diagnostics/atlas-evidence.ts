import { clusterIn, domainOf } from '../connection-string/classify';
import { hostsIn, nodesIn } from '../connection-string/credentials';
import type { Deployment } from '../core/deployment';
import type { Endpoint, EndpointService } from '../core/endpoint';
import { countTargets, placeKey } from '../core/limits';
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

/** Addressable targets of each region with nodes of a dedicated cluster; see {@link countTargets}. */
function addressableTargets(deployments: readonly Deployment[]): AtlasEvidence['addressableTargets'] {
  const places = deployments.flatMap(({ kind, regions }) => (kind === 'dedicated' ? regions : []));
  return [...new Map(places.map((place) => [placeKey(place), place])).values()].map(({ provider, region }) => ({
    provider,
    region,
    count: countTargets(deployments, { provider, region }).total,
  }));
}
