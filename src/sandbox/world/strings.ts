import type { Provider } from '../../core/provider';
import { availableSince, clusterFaultOn, findVpcEndpoint, serviceOfRegion, stringsSince } from './lifecycle';
import {
  optimizedSrvName,
  peeringSrvName,
  privateHostName,
  privateSrvName,
  publicNodeName,
  publicSrvName,
  serverlessHostName,
  serverlessSrvName,
} from './names';
import type {
  SandboxCluster,
  SandboxClusterRegion,
  SandboxEndpoint,
  SandboxProject,
  SandboxService,
  World,
} from './world';
import { statusAt } from './world';

/** The first port that a load balancer gives out (seed: Port Ranges). */
export const firstPort = 1024;

/** One node (or load balancer) as a private endpoint-aware string names it. */
export interface PrivateHost {
  readonly host: string;
  readonly port: number;
  readonly provider: Provider;
  /** Atlas's spelling. */
  readonly region: string;
  readonly endpointId: string;
  /** Counts the nodes of the cluster over all regions, from 0; the first one is the primary of a replica set. */
  readonly index: number;
  /** For Google Cloud's older form: which of the endpoint's addresses is this node's. */
  readonly addressIndex?: number;
}

/** One element of `connectionStrings.privateEndpoint[]` with what stands behind it. */
export interface PrivateStrings {
  readonly type: 'MONGOD' | 'MONGOS';
  readonly endpoints: readonly {
    readonly endpointId: string;
    readonly providerName: Provider;
    readonly region: string;
  }[];
  readonly connectionString: string;
  readonly srvConnectionString: string;
  readonly srvShardOptimizedConnectionString?: string;
  /** The name in the seedlist string, whose SRV leads to `hosts`. */
  readonly srvName: string;
  readonly hosts: readonly PrivateHost[];
  readonly optimized?: { readonly srvName: string; readonly host: PrivateHost };
  readonly replicaSetName?: string;
}

function nodesIn(region: SandboxClusterRegion): number {
  return region.electable + region.readOnly + region.analytics;
}

export function isSharded(cluster: SandboxCluster): boolean {
  return cluster.topology !== 'REPLICASET';
}

/** Whether Atlas makes optimized strings for it: sharded, and on AWS only (seed). */
export function hasOptimizedStrings(cluster: SandboxCluster): boolean {
  return isSharded(cluster) && cluster.regions.every((region) => region.provider === 'AWS');
}

/** Processes that clients talk to in one region: nodes of the replica set, or a mongos beside each node of each shard. */
export function targetsIn(cluster: SandboxCluster, region: SandboxClusterRegion): number {
  return nodesIn(region) * (isSharded(cluster) ? cluster.shardCount : 1);
}

/**
 * Addressable targets of a project in a region as the seed counts them: each mongod of a replica set, each sharded
 * cluster with optimized strings, each mongos of one without, each BI Connector.
 */
export function addressableTargets(project: SandboxProject, provider: Provider, region: string): number {
  let targets = 0;
  for (const cluster of project.clusters.values()) {
    if (cluster.kind !== 'dedicated') continue;
    for (const place of cluster.regions) {
      if (place.provider !== provider || place.region !== region) continue;
      targets += hasOptimizedStrings(cluster) ? 1 : targetsIn(cluster, place);
      if (cluster.biConnector) targets += 1;
    }
  }
  return targets;
}

/** First port of a cluster in a region: ports go to the project's clusters in order, one per target, one to balance. */
export function firstPortOf(
  project: SandboxProject,
  cluster: SandboxCluster,
  provider: Provider,
  region: string,
): number {
  let port = firstPort;
  for (const other of project.clusters.values()) {
    if (other === cluster) return port + cluster.portOffset;
    const place = other.regions.find((item) => item.provider === provider && item.region === region);
    if (other.kind !== 'dedicated' || place === undefined) continue;
    port += targetsIn(other, place) + (hasOptimizedStrings(other) ? 1 : 0) + other.portOffset;
  }
  return port;
}

interface ReadyEndpoint {
  readonly endpoint: SandboxEndpoint;
  readonly service: SandboxService;
  readonly region: SandboxClusterRegion;
  /** `N` in `-pl-N`. */
  readonly index: number;
}

/** `N` of `-pl-N`: counts the endpoints of a region, or of the whole project in regionalized mode. */
export function endpointIndex(project: SandboxProject, service: SandboxService, endpointId: string): number {
  let index = 0;
  for (const other of project.regionalizedMode ? project.services.values() : [service]) {
    for (const id of other.endpoints.keys()) {
      if (other === service && id === endpointId) return index;
      index += 1;
    }
  }
  return index;
}

function readyEndpoints(
  world: World,
  project: SandboxProject,
  cluster: SandboxCluster,
  region: SandboxClusterRegion,
): ReadyEndpoint[] {
  const service = serviceOfRegion(project, region);
  if (service === undefined) return [];
  const ready: ReadyEndpoint[] = [];
  for (const endpoint of service.endpoints.values()) {
    const since = availableSince(world, service, endpoint);
    if (since === undefined) continue;
    // A cluster that is younger than the endpoint has its strings from the start.
    if (since > cluster.created && world.clock.now() < stringsSince(world, since)) continue;
    ready.push({ endpoint, service, region, index: endpointIndex(project, service, endpoint.id) });
  }
  return ready;
}

/** How much higher ports are while the failure `ports-changed` is on: beyond those of all other clusters. */
const changedPorts = 1000;

function hostsBehind(
  world: World,
  project: SandboxProject,
  cluster: SandboxCluster,
  ready: readonly ReadyEndpoint[],
): PrivateHost[] {
  const moved = clusterFaultOn(world, 'ports-changed', cluster) ? changedPorts : 0;
  const hosts: PrivateHost[] = [];
  let before = 0;
  for (const region of cluster.regions) {
    const count = targetsIn(cluster, region);
    const through = ready.find((item) => item.region === region);
    if (through !== undefined) {
      const port = firstPortOf(project, cluster, region.provider, region.region);
      const oneAddressEach = region.provider === 'GCP' && !through.service.portMappingEnabled;
      for (let node = 0; node < count; node += 1) {
        // Addresses of the older Google Cloud form go to nodes as ports do to those of the other clouds.
        const address = port - firstPort + node;
        hosts.push({
          host: privateHostName(
            cluster,
            through.index,
            region.provider,
            region.region,
            oneAddressEach ? address : undefined,
          ),
          port: oneAddressEach ? 27017 : port + moved + node,
          provider: region.provider,
          region: region.region,
          endpointId: through.endpoint.id,
          index: before + node,
          ...(oneAddressEach ? { addressIndex: address } : {}),
        });
      }
    }
    before += count;
  }
  return hosts;
}

function stringsThrough(
  world: World,
  project: SandboxProject,
  cluster: SandboxCluster,
  ready: readonly ReadyEndpoint[],
): PrivateStrings[] {
  const first = ready[0];
  const hosts = hostsBehind(world, project, cluster, ready);
  const firstHost = hosts[0];
  if (first === undefined || firstHost === undefined) return [];
  const sharded = isSharded(cluster);
  const list = hosts.map(({ host, port }) => `${host}:${port}`).join(',');
  const srvName = privateSrvName(cluster, first.index);
  const replicaSet = sharded ? '' : `&replicaSet=${cluster.replicaSetName}`;
  const strings: PrivateStrings = {
    type: sharded ? 'MONGOS' : 'MONGOD',
    endpoints: ready.map(({ endpoint, service }) => ({
      endpointId: endpoint.id,
      providerName: service.provider,
      region: service.region,
    })),
    connectionString: `mongodb://${list}/?ssl=true&authSource=admin${replicaSet}`,
    srvConnectionString: `mongodb+srv://${srvName}`,
    srvName,
    hosts,
    ...(sharded ? {} : { replicaSetName: cluster.replicaSetName }),
  };
  // Load balancing leads to one host: with several regions in one element there is none that reaches them all.
  if (!hasOptimizedStrings(cluster) || ready.length > 1) return [strings];
  const optimizedName = optimizedSrvName(cluster, first.index);
  const port = firstHost.port + targetsIn(cluster, first.region);
  return [
    {
      ...strings,
      srvShardOptimizedConnectionString: `mongodb+srv://${optimizedName}`,
      optimized: { srvName: optimizedName, host: { ...firstHost, port, index: 0 } },
    },
  ];
}

/**
 * `connectionStrings.privateEndpoint[]` of a dedicated cluster: empty until there is an available endpoint in every
 * region of it (seed: Limitations) and the cluster has been updated. One element per endpoint of a single region, one
 * that leads through every region of several, or one per endpoint of each region in regionalized mode.
 */
export function privateEndpointStrings(
  world: World,
  project: SandboxProject,
  cluster: SandboxCluster,
): readonly PrivateStrings[] {
  if (cluster.kind !== 'dedicated' || world.clock.now() < cluster.stringsReadyAt) return [];
  if (statusAt(cluster.state, world.clock.now()) === 'CREATING') return [];
  const perRegion = cluster.regions.map((region) => readyEndpoints(world, project, cluster, region));
  if (perRegion.length === 0 || perRegion.some((ready) => ready.length === 0)) return [];
  if (project.regionalizedMode || perRegion.length === 1) {
    return perRegion.flat().flatMap((ready) => stringsThrough(world, project, cluster, [ready]));
  }
  return stringsThrough(
    world,
    project,
    cluster,
    perRegion.flatMap((ready) => ready.slice(0, 1)),
  );
}

/** Where a private host name leads: on AWS through the endpoint's own name, else straight to registered addresses. */
export interface EndpointTarget {
  /** `vpce-…-….vpce-svc-….us-east-1.vpce.amazonaws.com` (seed: Hostname DNS Resolution). */
  readonly cname?: string;
  readonly addresses: readonly string[];
}

/** The endpoint-specific regional DNS name of a VPC endpoint, or undefined when it has no subnet or is unknown. */
export function vpcEndpointTarget(world: World, id: string): EndpointTarget | undefined {
  const vpcEndpoint = findVpcEndpoint(world, id);
  if (vpcEndpoint === undefined || vpcEndpoint.subnetIds.length === 0) return undefined;
  for (const region of world.aws.regions.values()) {
    if (!region.vpcEndpoints.has(id)) continue;
    const service = vpcEndpoint.serviceName.split('.').at(-1) ?? '';
    const addresses = [...region.networkInterfaces.values()]
      .filter((item) => item.vpcEndpointId === id)
      .map((item) => item.privateIp);
    return { cname: `${id}-${vpcEndpoint.dnsSuffix}.${service}.${region.name}.vpce.amazonaws.com`, addresses };
  }
  return undefined;
}

/** Where a host of {@link PrivateStrings} leads in DNS, or undefined when its endpoint is gone. */
export function privateHostTarget(
  world: World,
  project: SandboxProject,
  host: PrivateHost,
): EndpointTarget | undefined {
  if (host.provider === 'AWS') return vpcEndpointTarget(world, host.endpointId);
  const service = serviceOfRegion(project, { provider: host.provider, region: host.region });
  const endpoint = service?.endpoints.get(host.endpointId);
  if (endpoint === undefined) return undefined;
  const addresses = endpoint.addresses.map((item) => item.ipAddress);
  if (host.addressIndex === undefined) return { addresses: addresses.slice(0, 1) };
  return { addresses: addresses.slice(host.addressIndex, host.addressIndex + 1) };
}

/** A node by its public or peering name; always port 27017 (27016 for a mongos, as Atlas has it). */
export interface PublicHost {
  readonly host: string;
  readonly port: number;
  readonly index: number;
}

export interface PublicStrings {
  readonly srvName: string;
  readonly hosts: readonly PublicHost[];
  readonly standard: string;
  readonly standardSrv: string;
}

function stringsOverNodes(cluster: SandboxCluster, peering: boolean): PublicStrings {
  const sharded = isSharded(cluster);
  const members = cluster.regions.reduce((sum, region) => sum + nodesIn(region), 0);
  const hosts: PublicHost[] = [];
  for (let shard = 0; shard < (sharded ? cluster.shardCount : 1); shard += 1) {
    for (let member = 0; member < members; member += 1) {
      hosts.push({
        host: publicNodeName(cluster, shard, member, peering),
        port: sharded ? 27016 : 27017,
        index: hosts.length,
      });
    }
  }
  const srvName = peering ? peeringSrvName(cluster) : publicSrvName(cluster);
  const list = hosts.map(({ host, port }) => `${host}:${port}`).join(',');
  const replicaSet = sharded ? '' : `&replicaSet=${cluster.replicaSetName}`;
  return {
    srvName,
    hosts,
    standard: `mongodb://${list}/?ssl=true&authSource=admin${replicaSet}`,
    standardSrv: `mongodb+srv://${srvName}`,
  };
}

/** The strings that need the IP access list; every deployment has them. */
export function publicStrings(cluster: SandboxCluster): PublicStrings {
  return stringsOverNodes(cluster, false);
}

/** The strings for network peering, when the project peers with a cloud of the cluster. */
export function peeringStrings(project: SandboxProject, cluster: SandboxCluster): PublicStrings | undefined {
  const peered = project.peerings.some((item) => cluster.regions.some((region) => region.provider === item.provider));
  return peered && cluster.kind === 'dedicated' ? stringsOverNodes(cluster, true) : undefined;
}

/** Private endpoint-aware strings of a serverless instance: one per available endpoint, always balanced. */
export interface ServerlessStrings {
  readonly endpointId: string;
  readonly provider: Provider;
  readonly region: string;
  readonly srvName: string;
  readonly host: string;
  readonly port: number;
  readonly target: EndpointTarget | undefined;
}

export function serverlessStrings(world: World, cluster: SandboxCluster): readonly ServerlessStrings[] {
  const place = cluster.regions[0];
  if (cluster.kind !== 'serverless' || place === undefined) return [];
  return [...cluster.serverlessEndpoints.values()].flatMap((endpoint, index) => {
    const cloudId = endpoint.cloudProviderEndpointId;
    if (cloudId === undefined || statusAt(endpoint.timeline, world.clock.now()) !== 'AVAILABLE') return [];
    return [
      {
        endpointId: cloudId,
        provider: endpoint.provider,
        region: place.region,
        srvName: serverlessSrvName(cluster, index),
        host: serverlessHostName(cluster, index, endpoint.provider, place.region),
        port: firstPort,
        target:
          endpoint.provider === 'AWS'
            ? vpcEndpointTarget(world, cloudId)
            : {
                addresses: endpoint.privateEndpointIpAddress === undefined ? [] : [endpoint.privateEndpointIpAddress],
              },
      },
    ];
  });
}
