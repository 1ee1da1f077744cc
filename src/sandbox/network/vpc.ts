import ipaddr from 'ipaddr.js';
import { isPaused } from '../world/lifecycle';
import {
  statusAt,
  type AwsRegion,
  type AwsRule,
  type AwsSecurityGroup,
  type AwsSubnet,
  type AwsVpcEndpoint,
  type SandboxCluster,
  type SandboxProject,
  type World,
} from '../world/world';
import { clientIn } from './client';
import { faultOn } from './faults';
import type { NodeIdentity } from './nodes/node-identity';
import { federatedHosts, federatedPort, viewsOf, type ClusterView, type ViewHost } from './topology';

/** What becomes of a connection from inside the VPC to an address and port. */
export type Route =
  | { readonly kind: 'unreachable' | 'refused' | 'dropped' }
  /** Somebody answers; who that is depends on the host name that is asked for. */
  | { readonly kind: 'node'; readonly identify: (host: string | undefined) => NodeIdentity };

/** An address in the VPC: the customer's side of an endpoint. */
interface Interface {
  readonly address: string;
  readonly endpointId: string;
  readonly aws?: {
    readonly region: AwsRegion;
    readonly endpoint: AwsVpcEndpoint;
    readonly subnet: AwsSubnet | undefined;
  };
}

/** Follows a connection as the VPC would: address, security groups, load balancer, node. */
export function routeTo(world: World, address: string, port: number): Route {
  const known = interfaceAt(world, address);
  if (known === undefined) return openRoute(world, address, port);
  const subnet = known.aws?.subnet;
  const subjects = [address, `${address}:${port}`, ...(subnet === undefined ? [] : placesOf(subnet))];
  const identify = listenerOn(world, known, port, subjects);
  const all = identify === undefined ? subjects : identify(undefined).subjects;
  if (faultOn(world, 'tcp-unreachable', ...all)) return { kind: 'unreachable' };
  const dropping = ['tcp-drop', 'nacl-denies', 'outbound-denied'] as const;
  if (dropping.some((fault) => faultOn(world, fault, ...all))) return { kind: 'dropped' };
  if (known.aws !== undefined) {
    const { region, endpoint } = known.aws;
    const status = statusAt(endpoint.timeline, world.clock.now());
    if (status === 'deleted') return { kind: 'unreachable' };
    if (region.vpcs.get(endpoint.vpcId)?.isApart === true) return { kind: 'dropped' };
    if (status !== 'available' || !groupsAllow(region, endpoint, address, port)) return { kind: 'dropped' };
  }
  if (identify === undefined || faultOn(world, 'tcp-refuse', ...all)) return { kind: 'refused' };
  return { kind: 'node', identify };
}

/** What a fault of a subnet may be switched for. */
export function placesOf({ id, vpcId, zone }: AwsSubnet): readonly string[] {
  return [id, vpcId, zone];
}

function interfaceAt(world: World, address: string): Interface | undefined {
  for (const region of world.aws.regions.values()) {
    for (const each of region.networkInterfaces.values()) {
      const endpoint = each.privateIp === address ? region.vpcEndpoints.get(each.vpcEndpointId) : undefined;
      if (endpoint === undefined) continue;
      return { address, endpointId: endpoint.id, aws: { region, endpoint, subnet: region.subnets.get(each.subnetId) } };
    }
  }
  const projects = [...world.atlas.projects.values()];
  for (const project of projects) {
    for (const service of project.services.values()) {
      for (const endpoint of service.endpoints.values()) {
        if (endpoint.addresses.some(({ ipAddress }) => ipAddress === address)) {
          return { address, endpointId: endpoint.id };
        }
      }
    }
    for (const endpoint of project.dataFederationEndpoints.values()) {
      if (endpoint.ipAddress === address) return { address, endpointId: endpoint.id };
    }
  }
  // Last, since it may build clusters that nobody has looked at yet.
  for (const project of projects) {
    for (const cluster of project.clusters.values()) {
      for (const endpoint of cluster.serverlessEndpoints.values()) {
        if (endpoint.privateEndpointIpAddress === address) {
          return { address, endpointId: endpoint.cloudProviderEndpointId ?? endpoint.id };
        }
      }
    }
  }
  return undefined;
}

// ---------------------------------------------------------------- security groups

/**
 * Whether the client may reach the interface endpoint (seed: Make sure that your security groups are configured
 * properly): its own group lets it out, and the groups of the endpoint let it in. It stands in the same VPC.
 */
function groupsAllow(region: AwsRegion, endpoint: AwsVpcEndpoint, address: string, port: number): boolean {
  const inVpc = [...region.securityGroups.values()].filter((group) => group.vpcId === endpoint.vpcId);
  const attached =
    endpoint.securityGroupIds.length === 0
      ? inVpc.filter(({ name }) => name === 'default')
      : inVpc.filter((group) => endpoint.securityGroupIds.includes(group.id));
  const client = clientIn(region, endpoint.vpcId);
  const groups = client?.groups ?? [];
  const out = groups.length === 0 || groups.some(({ outbound }) => allow(outbound, port, address, attached));
  return out && attached.some(({ inbound }) => allow(inbound, port, client?.address, groups));
}

/** Whether one of the rules covers the port towards a peer, by its address or by a group that it is in. */
function allow(
  rules: readonly AwsRule[],
  port: number,
  peer: string | undefined,
  peerGroups: readonly AwsSecurityGroup[],
): boolean {
  return rules.some((rule) => {
    const covers = rule.protocol === '-1' || (rule.protocol === 'tcp' && rule.fromPort <= port && port <= rule.toPort);
    if (!covers) return false;
    const byAddress = rule.cidrs.some((cidr) => peer !== undefined && contains(cidr, peer));
    return byAddress || peerGroups.some((each) => rule.groupIds.includes(each.id));
  });
}

function contains(cidr: string, address: string): boolean {
  const family = ipaddr.IPv4.isValid(address) ? ipaddr.IPv4 : ipaddr.IPv6;
  return family.isValidCIDR(cidr) && family.parse(address).match(family.parseCIDR(cidr));
}

// ---------------------------------------------------------------- load balancer

type Identify = (host: string | undefined) => NodeIdentity;

/** Who listens on a port of the load balancer behind an endpoint. */
function listenerOn(world: World, known: Interface, port: number, subjects: readonly string[]): Identify | undefined {
  const projects = [...world.atlas.projects.values()];
  const isOn = (project: SandboxProject): boolean =>
    [...project.services.values()].some((service) => service.endpoints.has(known.endpointId)) ||
    project.dataFederationEndpoints.has(known.endpointId);
  const own = projects.filter(isOn);
  // Endpoints of serverless instances stand in the instance itself.
  for (const project of own.length > 0 ? own : projects) {
    const federated =
      port === federatedPort ? federatedListener(world, project, known.endpointId, subjects) : undefined;
    if (federated !== undefined) return federated;
    for (const cluster of project.clusters.values()) {
      const listener = clusterListener(world, project, cluster, known, port, subjects);
      if (listener !== undefined) return isServing(world, cluster) ? listener : undefined;
    }
  }
  return undefined;
}

function isServing(world: World, cluster: SandboxCluster): boolean {
  return (
    !isPaused(world, cluster) &&
    !['CREATING', 'DELETING', 'DELETED'].includes(statusAt(cluster.state, world.clock.now()))
  );
}

function clusterListener(
  world: World,
  project: SandboxProject,
  cluster: SandboxCluster,
  known: Interface,
  port: number,
  subjects: readonly string[],
): Identify | undefined {
  const views = viewsOf(world, project, cluster);
  for (const view of views) {
    const position = view.hosts.findIndex(
      (each) =>
        each.port === port &&
        each.endpointId === known.endpointId &&
        each.target()?.addresses.includes(known.address) === true,
    );
    if (position >= 0) return identityOf(project, cluster, view, views[0], position, subjects);
  }
  return undefined;
}

function identityOf(
  project: SandboxProject,
  cluster: SandboxCluster,
  view: ClusterView,
  publicView: ClusterView | undefined,
  position: number,
  subjects: readonly string[],
): Identify {
  const texts = (from: ClusterView | undefined): string[] =>
    from?.hosts.map(({ host, port }) => `${host}:${port}`) ?? [];
  const hosts = texts(view);
  const publicHosts = texts(publicView);
  const self = hosts[position] ?? '';
  const common = {
    project,
    clusterName: cluster.name,
    kind: view.kind,
    setName: view.kind === 'mongod' ? cluster.replicaSetName : undefined,
    version: cluster.mongoDBVersion,
    publicHosts,
    subjects: [...subjects, view.name, view.hosts[position]?.host ?? '', self, cluster.name],
  };
  const asPrivate: NodeIdentity = { ...common, self, hosts, primary: hosts[0] };
  const asPublic: NodeIdentity = {
    ...common,
    self: publicHosts[position] ?? self,
    hosts: publicHosts,
    primary: publicHosts[0],
  };
  // Atlas answers by the name that was asked: whoever comes by another name than its private ones sees public names.
  return (host) => (host === undefined || view.hosts.some((each) => each.host === host) ? asPrivate : asPublic);
}

/** The way over the internet or a peering connection, where it is open: no endpoint is on it. */
function openRoute(world: World, address: string, port: number): Route {
  const projects = [...world.atlas.projects.values()].filter((project) =>
    faultOn(world, 'public-open', project.name, project.id),
  );
  const leadsHere = (each: ViewHost): boolean =>
    each.port === port && each.endpointId === undefined && each.target()?.addresses.includes(address) === true;
  const nodes = projects.flatMap((project) => [
    ...[...project.clusters.values()].flatMap((cluster) => {
      const views = viewsOf(world, project, cluster);
      return views.flatMap((view) =>
        view.hosts.flatMap((each, position) =>
          leadsHere(each)
            ? [{ host: each.host, identify: identityOf(project, cluster, view, views[0], position, [address]) }]
            : [],
        ),
      );
    }),
    ...federatedHosts(world, project)
      .filter(leadsHere)
      .map(({ host }) => ({ host, identify: federatedIdentity(world, project, [host], [address]) })),
  ]);
  const [first] = nodes;
  if (first === undefined) return { kind: 'unreachable' };
  // Several nodes may have one address: the name that is asked for chooses.
  return { kind: 'node', identify: (asked) => (nodes.find(({ host }) => host === asked) ?? first).identify(asked) };
}

function federatedListener(
  world: World,
  project: SandboxProject,
  endpointId: string,
  subjects: readonly string[],
): Identify | undefined {
  const hosts = federatedHosts(world, project).filter((each) => each.endpointId === endpointId);
  const names = hosts.map(({ host }) => host);
  // One endpoint serves all federated databases of the project: the name that is asked for chooses.
  return names.length === 0 ? undefined : federatedIdentity(world, project, names, subjects);
}

function federatedIdentity(
  world: World,
  project: SandboxProject,
  names: readonly string[],
  subjects: readonly string[],
): Identify {
  const candidates = federatedHosts(world, project).filter(({ host }) => names.includes(host));
  return (asked) => {
    const { host, database, publicHost } = candidates.find((each) => each.host === asked) ??
      candidates[0] ?? { host: names[0] ?? '', database: '', publicHost: '' };
    const self = `${host}:${federatedPort}`;
    return {
      project,
      clusterName: database,
      kind: 'federated',
      setName: undefined,
      version: '7.0.0',
      self,
      hosts: [self],
      publicHosts: [`${publicHost}:${federatedPort}`],
      primary: undefined,
      subjects: [...subjects, host, self, database],
    };
  };
}
