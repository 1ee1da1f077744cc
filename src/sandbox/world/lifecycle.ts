import type { NetworkFault } from '../network/faults';
import type {
  AwsVpcEndpoint,
  SandboxCluster,
  SandboxEndpoint,
  SandboxProject,
  SandboxService,
  Timeline,
  World,
} from './world';
import { statusAt } from './world';

/** A status that never changes. */
export function always<S extends string>(status: S): Timeline<S> {
  return [{ at: 0, status }];
}

/** A status as Atlas tells it, with its sentence when there is one. */
export interface EffectiveStatus {
  readonly status: string;
  readonly errorMessage?: string;
}

/** The VPC endpoint of the sandbox's AWS account with this id, in whatever region, unless it is deleted. */
export function findVpcEndpoint(world: World, id: string): AwsVpcEndpoint | undefined {
  for (const region of world.aws.regions.values()) {
    const endpoint = region.vpcEndpoints.get(id);
    if (endpoint !== undefined) {
      return statusAt(endpoint.timeline, world.clock.now()) === 'deleted' ? undefined : endpoint;
    }
  }
  return undefined;
}

/** Status and sentence of an endpoint service now. */
export function serviceStatus(world: World, service: SandboxService): EffectiveStatus {
  const status = statusAt(service.timeline, world.clock.now());
  return service.errorMessage === undefined || status !== 'FAILED'
    ? { status }
    : { status, errorMessage: service.errorMessage };
}

/**
 * Status and sentence of an endpoint now. An AWS endpoint is what its VPC endpoint lets it be: without one it is
 * rejected, and without a subnet it fails with the sentence of the seed (Troubleshoot).
 */
export function endpointStatus(world: World, service: SandboxService, endpoint: SandboxEndpoint): EffectiveStatus {
  const status = statusAt(endpoint.timeline, world.clock.now());
  if (endpoint.errorMessage !== undefined) return { status, errorMessage: endpoint.errorMessage };
  if (service.provider !== 'AWS' || !(status === 'AVAILABLE' || status === 'PENDING')) return { status };
  const vpcEndpoint = findVpcEndpoint(world, endpoint.id);
  if (vpcEndpoint === undefined) {
    return { status: 'REJECTED', errorMessage: `Interface endpoint ${endpoint.id} was not found.` };
  }
  if (vpcEndpoint.serviceName !== service.cloudName) {
    return {
      status: 'REJECTED',
      errorMessage: `Interface endpoint ${endpoint.id} belongs to another endpoint service.`,
    };
  }
  if (vpcEndpoint.subnetIds.length === 0) {
    return {
      status: 'REJECTED',
      errorMessage: `No dns entries found for endpoint ${endpoint.id}, your endpoint must be provisioned in at least one subnet`,
    };
  }
  return { status };
}

/** Since when the endpoint is in the status it has now. */
function statusSince(timeline: Timeline<string>, now: number): number {
  let since = 0;
  for (const entry of timeline) if (entry.at <= now) since = entry.at;
  return since;
}

/** Whether clients can be led through the endpoint, and since when. */
export function availableSince(world: World, service: SandboxService, endpoint: SandboxEndpoint): number | undefined {
  if (serviceStatus(world, service).status !== 'AVAILABLE') return undefined;
  if (endpointStatus(world, service, endpoint).status !== 'AVAILABLE') return undefined;
  return statusSince(endpoint.timeline, world.clock.now());
}

/** Whether a failure is switched on for a cluster, by its name or id. */
export function clusterFaultOn(world: World, fault: NetworkFault, { name, id }: SandboxCluster): boolean {
  return world.faults.isOn(fault, name) || world.faults.isOn(fault, id);
}

/** Whether the cluster is paused, by itself or by a failure that is switched on. */
export function isPaused(world: World, cluster: SandboxCluster): boolean {
  return cluster.paused || clusterFaultOn(world, 'cluster-paused', cluster);
}

/** The project's service for one of a cluster's regions. */
export function serviceOfRegion(
  project: SandboxProject,
  region: { readonly provider: string; readonly region: string },
): SandboxService | undefined {
  for (const service of project.services.values()) {
    if (service.provider === region.provider && service.region === region.region) return service;
  }
  return undefined;
}

/** When a cluster has its strings through an endpoint that is available since then. */
export function stringsSince(world: World, since: number): number {
  return since + (world.pace.clusterDelay ?? 0) + world.pace.clusterUpdate;
}

function isUpdatedFor(world: World, since: number): boolean {
  const now = world.clock.now();
  return now >= since + (world.pace.clusterDelay ?? 0) && now < stringsSince(world, since);
}

/**
 * `stateName` of a cluster now: its own, or `UPDATING` for a while after an endpoint in one of its regions became
 * available and while one is being removed (strings appear when every cluster is `IDLE` again).
 */
export function clusterState(world: World, project: SandboxProject, cluster: SandboxCluster): string {
  const now = world.clock.now();
  const own = statusAt(cluster.state, now);
  if (own !== 'IDLE' || cluster.kind !== 'dedicated') return own;
  if (now < cluster.stringsReadyAt) return 'UPDATING';
  for (const region of cluster.regions) {
    const service = serviceOfRegion(project, region);
    for (const endpoint of service?.endpoints.values() ?? []) {
      if (service === undefined) continue;
      const since = availableSince(world, service, endpoint);
      if (since !== undefined && since > cluster.created && isUpdatedFor(world, since)) return 'UPDATING';
      if (statusAt(endpoint.timeline, now) === 'DELETING') return 'UPDATING';
    }
  }
  return own;
}

/**
 * Takes away what has finished being deleted. The last endpoint takes its service along (operation
 * `deleteGroupPrivateEndpointEndpointServiceEndpoint`). To be called before a project is looked at.
 */
export function sweep(world: World, project: SandboxProject): void {
  const now = world.clock.now();
  for (const service of project.services.values()) {
    for (const endpoint of service.endpoints.values()) {
      if (statusAt(endpoint.timeline, now) !== 'DELETED') continue;
      service.endpoints.delete(endpoint.id);
      if (service.endpoints.size > 0) continue;
      const gone = statusSince(endpoint.timeline, now);
      service.timeline = [
        { at: 0, status: 'AVAILABLE' },
        { at: gone, status: 'DELETING' },
        { at: gone + world.pace.deletion, status: 'DELETED' },
      ];
    }
    if (statusAt(service.timeline, now) === 'DELETED') project.services.delete(service.id);
  }
  for (const cluster of project.clusters.values()) {
    for (const endpoint of cluster.serverlessEndpoints.values()) {
      if (statusAt(endpoint.timeline, now) === 'DELETED') cluster.serverlessEndpoints.delete(endpoint.id);
    }
  }
  for (const endpoint of project.dataFederationEndpoints.values()) {
    if (statusAt(endpoint.timeline, now) === 'DELETED') project.dataFederationEndpoints.delete(endpoint.id);
  }
}

/** The timeline of something that is removed from now on: still there for a while, then `DELETED`. */
export function deletion(world: World, before: Timeline<string>): Timeline<string> {
  const now = world.clock.now();
  return [
    { at: 0, status: statusAt(before, now) },
    { at: now, status: 'DELETING' },
    { at: now + world.pace.deletion, status: 'DELETED' },
  ];
}

/**
 * Moves a VPC endpoint along with its registration at Atlas: accepted, connected, available. One that is already
 * past waiting stays as it is.
 */
export function acceptVpcEndpoint(world: World, vpcEndpoint: AwsVpcEndpoint): void {
  const now = world.clock.now();
  const state = statusAt(vpcEndpoint.timeline, now);
  if (state !== 'pendingAcceptance' && state !== 'rejected') return;
  const accepted = now + world.pace.endpointAcceptance;
  vpcEndpoint.timeline = [
    { at: 0, status: 'pendingAcceptance' },
    { at: accepted, status: 'pending' },
    { at: accepted + world.pace.endpointConnection, status: 'available' },
  ];
}

/** What becomes of a VPC endpoint whose registration is removed: Atlas's side ends the connection when it is done. */
export function releaseVpcEndpoint(world: World, id: string): void {
  const now = world.clock.now();
  const vpcEndpoint = findVpcEndpoint(world, id);
  const state = vpcEndpoint === undefined ? 'deleted' : statusAt(vpcEndpoint.timeline, now);
  if (vpcEndpoint === undefined || state === 'deleting' || state === 'deleted') return;
  vpcEndpoint.timeline = [
    { at: 0, status: state },
    { at: now + world.pace.deletion, status: 'rejected' },
  ];
}

/** The timeline of an AWS endpoint that is registered now, and what becomes of its VPC endpoint. */
export function registerAwsEndpoint(world: World, service: SandboxService, id: string): Timeline<string> {
  const now = world.clock.now();
  const accepted = now + world.pace.endpointAcceptance;
  const vpcEndpoint = findVpcEndpoint(world, id);
  if (vpcEndpoint === undefined) {
    return [
      { at: 0, status: 'PENDING_ACCEPTANCE' },
      { at: accepted, status: 'REJECTED' },
    ];
  }
  if (vpcEndpoint.serviceName === service.cloudName) acceptVpcEndpoint(world, vpcEndpoint);
  return [
    { at: 0, status: 'PENDING_ACCEPTANCE' },
    { at: accepted, status: 'PENDING' },
    { at: accepted + world.pace.endpointConnection, status: 'AVAILABLE' },
  ];
}
