import { createHash } from 'node:crypto';
import { federatedName, federatedPrivateName, projectOfHost } from '../world/names';
import {
  isSharded,
  peeringStrings,
  privateEndpointStrings,
  privateHostTarget,
  publicStrings,
  serverlessStrings,
  vpcEndpointTarget,
  type EndpointTarget,
  type PublicStrings,
} from '../world/strings';
import { statusAt, type AwsVpcEndpoint, type SandboxCluster, type SandboxProject, type World } from '../world/world';

/** What the SRV and TXT records of a name lead to. */
export interface SeedList {
  readonly name: string;
  readonly clusterName: string;
  readonly targets: readonly { readonly host: string; readonly port: number }[];
  /** The TXT record; empty for none. */
  readonly options: string;
}

/** Where a host name leads. */
export interface HostRecord extends EndpointTarget {
  readonly clusterName: string;
}

/** A node, or a load balancer, by the name it has on one network. */
export interface ViewHost {
  readonly host: string;
  readonly port: number;
  /** The endpoint it is reached through: absent on the public network and over peering. */
  readonly endpointId?: string;
  readonly target: () => EndpointTarget | undefined;
}

/** One set of names of a cluster: what one connection string leads to. */
export interface ClusterView {
  readonly kind: 'mongod' | 'mongos' | 'balanced';
  readonly name: string;
  readonly options: string;
  readonly hosts: readonly ViewHost[];
}

/** Federated databases listen on MongoDB's own port. */
export const federatedPort = 27017;

/** All names of a cluster as the world is now, the public ones first. */
export function viewsOf(world: World, project: SandboxProject, cluster: SandboxCluster): readonly ClusterView[] {
  const kind = cluster.kind === 'serverless' ? 'balanced' : isSharded(cluster) ? 'mongos' : 'mongod';
  const balanced = 'authSource=admin&loadBalanced=true';
  const options =
    kind === 'balanced'
      ? balanced
      : kind === 'mongos'
        ? 'authSource=admin'
        : `authSource=admin&replicaSet=${cluster.replicaSetName}`;
  const open = (strings: PublicStrings | undefined, network: string): ClusterView[] =>
    strings === undefined
      ? []
      : [
          {
            kind,
            name: strings.srvName,
            options,
            // Strings of load balancers name one host.
            hosts: strings.hosts.slice(0, kind === 'balanced' ? 1 : undefined).map(({ host, port }) => ({
              host,
              port,
              target: () => ({ addresses: [`${network}.${lastByte(host)}`] }),
            })),
          },
        ];
  const dedicated = privateEndpointStrings(world, project, cluster).flatMap((strings): ClusterView[] => {
    const view = (hosts: typeof strings.hosts): ViewHost[] =>
      hosts.map((each) => ({
        host: each.host,
        port: each.port,
        endpointId: each.endpointId,
        target: () => privateHostTarget(world, project, each),
      }));
    const { optimized } = strings;
    return [
      { kind, name: strings.srvName, options, hosts: view(strings.hosts) },
      ...(optimized === undefined
        ? []
        : [{ kind: 'balanced' as const, name: optimized.srvName, options: balanced, hosts: view([optimized.host]) }]),
    ];
  });
  const serverless = serverlessStrings(world, cluster).map(
    ({ srvName, host, port, endpointId, target }): ClusterView => ({
      kind: 'balanced',
      name: srvName,
      options: balanced,
      hosts: [{ host, port, endpointId, target: () => target }],
    }),
  );
  return [
    ...open(publicStrings(cluster), '203.0.113'),
    ...open(peeringStrings(project, cluster), '192.168.248'),
    ...dedicated,
    ...serverless,
  ];
}

/** The names of a federated database, its public one and those through endpoints that are in order. */
export function federatedHosts(
  world: World,
  project: SandboxProject,
): readonly (ViewHost & { readonly database: string; readonly publicHost: string })[] {
  return [...project.federatedDatabases.values()].flatMap((database) => {
    const publicHost = federatedName(project, database.name);
    const common = { database: database.name, publicHost, port: federatedPort };
    const open = { ...common, host: publicHost, target: () => ({ addresses: [`203.0.113.${lastByte(publicHost)}`] }) };
    const through = [...project.dataFederationEndpoints.values()]
      .filter(({ provider, timeline }) => {
        return provider === database.provider && statusAt(timeline, world.clock.now()) === 'OK';
      })
      .map((endpoint) => ({
        ...common,
        host: federatedPrivateName(project, database.name, endpoint.id),
        endpointId: endpoint.id,
        target: () =>
          endpoint.provider === 'AWS'
            ? vpcEndpointTarget(world, endpoint.id)
            : { addresses: endpoint.ipAddress === undefined ? [] : [endpoint.ipAddress] },
      }));
    return [open, ...through];
  });
}

/** What `_mongodb._tcp.<name>` leads to, or undefined. `name` is in lower case. */
export function seedListOf(world: World, name: string): SeedList | undefined {
  const project = projectOfHost(world, name);
  if (project === undefined) return undefined;
  for (const cluster of project.clusters.values()) {
    const view = viewsOf(world, project, cluster).find((each) => each.name === name);
    if (view !== undefined) return { name, clusterName: cluster.name, targets: view.hosts, options: view.options };
  }
  return undefined;
}

/** Where a host of the sandbox leads, or undefined. `name` is in lower case. */
export function hostOf(world: World, name: string): HostRecord | undefined {
  if (name.endsWith('.vpce.amazonaws.com')) return awsHostOf(world, name);
  const project = projectOfHost(world, name);
  if (project === undefined) return undefined;
  const record = (clusterName: string, host: ViewHost | undefined): HostRecord | undefined => {
    const target = host?.target();
    return target === undefined || target.addresses.length === 0 ? undefined : { clusterName, ...target };
  };
  for (const cluster of project.clusters.values()) {
    for (const view of viewsOf(world, project, cluster)) {
      const found = record(
        cluster.name,
        view.hosts.find((each) => each.host === name),
      );
      if (found !== undefined) return found;
    }
  }
  const federated = federatedHosts(world, project).find((each) => each.host === name);
  return record(federated?.database ?? '', federated);
}

/** Where another endpoint than a host's own leads, of the same project; the host's own target when there is none. */
export function otherHostOf(world: World, name: string): HostRecord | undefined {
  const project = projectOfHost(world, name);
  if (project === undefined) return undefined;
  const hosts = [...project.clusters.values()].flatMap((cluster) =>
    viewsOf(world, project, cluster).flatMap((view) =>
      view.hosts.map((each) => ({ ...each, clusterName: cluster.name })),
    ),
  );
  const own = hosts.find(({ host }) => host === name)?.endpointId;
  const other = hosts.find(({ endpointId }) => endpointId !== undefined && endpointId !== own);
  const target = other?.target();
  if (own === undefined || other === undefined || target === undefined) return hostOf(world, name);
  return { clusterName: other.clusterName, ...target };
}

/** The cluster or federated database that a name, of an SRV record or a host, belongs to. */
export function clusterOfName(world: World, name: string): string | undefined {
  const bare = name.toLowerCase().replace('_mongodb._tcp.', '');
  return seedListOf(world, bare)?.clusterName ?? hostOf(world, bare)?.clusterName;
}

/** The regional name of a VPC endpoint and its zonal ones: `vpce-…-<suffix>-us-east-1a.vpce-svc-…`. */
function awsHostOf(world: World, name: string): HostRecord | undefined {
  const id = /^(vpce-[0-9a-f]+)-/.exec(name)?.[1];
  const target = id === undefined ? undefined : vpcEndpointTarget(world, id);
  if (id === undefined || target?.cname === undefined) return undefined;
  if (target.cname === name) return { clusterName: id, addresses: target.addresses };
  for (const region of world.aws.regions.values()) {
    const endpoint = region.vpcEndpoints.get(id);
    const zone = endpoint && region.zones.find((each) => zonalName(target.cname ?? '', endpoint, each) === name);
    if (zone === undefined) continue;
    const addresses = [...region.networkInterfaces.values()]
      .filter((each) => each.vpcEndpointId === id && region.subnets.get(each.subnetId)?.zone === zone)
      .map((each) => each.privateIp);
    return addresses.length === 0 ? undefined : { clusterName: id, addresses };
  }
  return undefined;
}

function zonalName(regional: string, endpoint: AwsVpcEndpoint, zone: string): string {
  return regional.replace(`-${endpoint.dnsSuffix}.`, `-${endpoint.dnsSuffix}-${zone}.`);
}

function lastByte(name: string): number {
  return 1 + ((createHash('sha256').update(name).digest()[0] ?? 0) % 250);
}
