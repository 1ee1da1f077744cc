import type { Deployment } from './deployment';
import type { EndpointService } from './endpoint';
import type { Provider } from './provider';
import { toAtlasRegion } from './region';

/** A region of a provider, Atlas's spelling. */
export interface Place {
  readonly provider: Provider;
  readonly region: string;
}

/** `AWS/US_EAST_1`: the same for each spelling of a region. */
export function placeKey({ provider, region }: Place): string {
  return `${provider}/${toAtlasRegion(provider, region)}`;
}

export function isSamePlace(one: Place, other: Place): boolean {
  return placeKey(one) === placeKey(other);
}

// ---------------------------------------------------------------- addressable targets

/**
 * Addressable targets that a region of a project may have. AWS: seed, "Limitations"; MongoDB Support raises it to 100
 * once. Google Cloud: one for each service attachment in the older form, 150 port-mapped (Atlas: Private Service
 * Connect). The seed names none for Azure: AWS's is taken as advice there.
 */
export const targetLimits = { AWS: 50, AZURE: 50, GCP: 50, gcpPortMapped: 150, raised: 100 } as const;

/** The limit of a region; `portMapped` matters on Google Cloud only. */
export function targetLimit(provider: Provider, portMapped: boolean): number {
  return provider === 'GCP' && portMapped ? targetLimits.gcpPortMapped : targetLimits[provider];
}

/** Whether so many targets call for advice: four fifths of the limit. */
export function isNearly(count: number, limit: number): boolean {
  return count >= limit * 0.8;
}

/** What counts towards the limit in one region. */
export interface TargetCount {
  readonly total: number;
  /** What each cluster adds, those that add nothing left out. */
  readonly byCluster: readonly {
    readonly name: string;
    readonly kind: 'mongod' | 'mongos' | 'optimized' | 'bi-connector';
    readonly count: number;
  }[];
}

/**
 * Addressable targets of a project in a region, as the seed counts them ("Limitations"): each mongod of a replica set,
 * each sharded cluster that uses optimized connection strings, each mongos of one that does not, and each BI Connector.
 * Atlas runs a mongos beside each node of each shard.
 */
export function countTargets(deployments: readonly Deployment[], place: Place): TargetCount {
  const byCluster = deployments.flatMap((deployment) => {
    const region = deployment.regions.find((each) => isSamePlace(each, place));
    if (deployment.kind !== 'dedicated' || region === undefined) return [];
    const { name } = deployment;
    const kind = isSharded(deployment) ? (isOptimized(deployment) ? 'optimized' : 'mongos') : 'mongod';
    return [
      { name, kind, count: kind === 'optimized' ? 1 : region.nodeCount } as const,
      ...(deployment.biConnector ? [{ name, kind: 'bi-connector', count: 1 } as const] : []),
    ].filter(({ count }) => count > 0);
  });
  return { total: byCluster.reduce((sum, { count }) => sum + count, 0), byCluster };
}

export function isSharded({ topology }: Deployment): boolean {
  return topology === 'SHARDED' || topology === 'GEOSHARDED';
}

/**
 * Whether optimized connection strings are used: where there are strings by endpoint, whether Atlas made optimized ones;
 * before that, whether it will, which it does for sharded clusters on AWS only (seed).
 */
function isOptimized({ strings, regions }: Deployment): boolean {
  if (strings.privateEndpoint.length > 0) {
    return strings.privateEndpoint.some(({ srvShardOptimized }) => srvShardOptimized !== undefined);
  }
  return regions.every(({ provider }) => provider === 'AWS');
}

// ---------------------------------------------------------------- endpoints and regions

/** A region with clusters or endpoints in it. */
export interface RegionCoverage extends Place {
  /** Names of the dedicated clusters that have nodes in it. */
  readonly clusters: readonly string[];
  readonly endpointCount: number;
}

/**
 * Every region in which the project has nodes or endpoints, in the order of its clusters. Only endpoints that are not
 * going with their service count.
 */
export function coverageOf(
  deployments: readonly Deployment[],
  services: readonly EndpointService[],
): readonly RegionCoverage[] {
  const places = new Map<string, { place: Place; clusters: string[]; endpointCount: number }>();
  const at = (place: Place): { clusters: string[]; endpointCount: number } => {
    const key = placeKey(place);
    const known = places.get(key) ?? {
      place: { provider: place.provider, region: toAtlasRegion(place.provider, place.region) },
      clusters: [],
      endpointCount: 0,
    };
    places.set(key, known);
    return known;
  };
  for (const { kind, name, regions } of deployments) {
    if (kind === 'dedicated') for (const region of regions) at(region).clusters.push(name);
  }
  for (const service of services) {
    if (service.status !== 'DELETING') at(service).endpointCount += service.endpointIds.length;
  }
  return [...places.values()].map(({ place, clusters, endpointCount }) => ({ ...place, clusters, endpointCount }));
}

/** The clusters that span several regions but have no endpoint in all of them, with the regions that lack one. */
export function uncoveredClusters(
  deployments: readonly Deployment[],
  services: readonly EndpointService[],
): readonly { readonly name: string; readonly missing: readonly Place[] }[] {
  const covered = new Set(
    coverageOf([], services)
      .filter(({ endpointCount }) => endpointCount > 0)
      .map(placeKey),
  );
  return deployments.flatMap(({ kind, name, regions }) => {
    if (kind !== 'dedicated' || regions.length < 2) return [];
    const missing = regions.filter((region) => !covered.has(placeKey(region)));
    return missing.length === 0
      ? []
      : [{ name, missing: missing.map(({ provider, region }) => ({ provider, region })) }];
  });
}
