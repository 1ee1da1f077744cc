import { clusterState, isPaused } from '../world/lifecycle';
import { publicNodeName } from '../world/names';
import type { PrivateStrings } from '../world/strings';
import { isSharded, peeringStrings, privateEndpointStrings, publicStrings, serverlessStrings } from '../world/strings';
import type { SandboxCluster, SandboxClusterRegion, SandboxProject, World } from '../world/world';
import { statusAt } from '../world/world';
import type { AtlasRequest } from './route';
import { selfLink, timestamp } from './route';

/** Clusters as the API shows them, in each of its versions. */

function presentPrivate(strings: PrivateStrings): unknown {
  const { connectionString, srvConnectionString, srvShardOptimizedConnectionString, endpoints, type } = strings;
  return {
    connectionString,
    endpoints,
    srvConnectionString,
    ...(srvShardOptimizedConnectionString === undefined ? {} : { srvShardOptimizedConnectionString }),
    type,
  };
}

function connectionStrings(world: World, project: SandboxProject, cluster: SandboxCluster): unknown {
  if (clusterState(world, project, cluster) === 'CREATING') return {};
  const open = publicStrings(cluster);
  const peering = peeringStrings(project, cluster);
  const privateEndpoint = privateEndpointStrings(world, project, cluster);
  return {
    ...(privateEndpoint.length === 0 ? {} : { privateEndpoint: privateEndpoint.map(presentPrivate) }),
    ...(peering === undefined ? {} : { private: peering.standard, privateSrv: peering.standardSrv }),
    standard: open.standard,
    standardSrv: open.standardSrv,
  };
}

/** An id that belongs to a cluster and is no entity of its own: the same every time. */
function derivedId(cluster: SandboxCluster, number: number): string {
  return `${cluster.id.slice(2)}${number.toString(16).padStart(2, '0')}`;
}

function specs(cluster: SandboxCluster, nodeCount: number, withDisk: boolean): unknown {
  return { instanceSize: cluster.tier, nodeCount, ...(withDisk ? { diskSizeGB: 10 } : {}) };
}

function isTenant({ kind }: SandboxCluster): boolean {
  return kind === 'shared' || kind === 'flex';
}

function regionConfig(cluster: SandboxCluster, region: SandboxClusterRegion, withDisk: boolean): unknown {
  const common = { priority: region.priority, regionName: region.region };
  if (isTenant(cluster)) {
    const { askedFor = cluster.tier } = cluster;
    const size = {
      instanceSize: askedFor,
      ...(askedFor === cluster.tier ? {} : { effectiveInstanceSize: cluster.tier }),
    };
    return {
      ...common,
      backingProviderName: region.provider,
      electableSpecs: { ...size, ...(withDisk ? { diskSizeGB: 0.5 } : {}) },
      providerName: 'TENANT',
    };
  }
  return {
    ...common,
    analyticsSpecs: specs(cluster, region.analytics, withDisk),
    electableSpecs: specs(cluster, region.electable, withDisk),
    providerName: region.provider,
    readOnlySpecs: specs(cluster, region.readOnly, withDisk),
  };
}

function commonFields(
  request: AtlasRequest,
  project: SandboxProject,
  cluster: SandboxCluster,
): Record<string, unknown> {
  return {
    backupEnabled: false,
    biConnector: { enabled: cluster.biConnector, readPreference: 'SECONDARY' },
    clusterType: cluster.topology,
    connectionStrings: connectionStrings(request.world, project, cluster),
    createDate: timestamp(cluster.created),
    encryptionAtRestProvider: 'NONE',
    groupId: project.id,
    id: cluster.id,
    labels: [],
    links: selfLink(request, `/api/atlas/v2/groups/${project.id}/clusters/${cluster.name}`),
    mongoDBMajorVersion: cluster.mongoDBVersion.split('.').slice(0, 2).join('.'),
    mongoDBVersion: cluster.mongoDBVersion,
    name: cluster.name,
    paused: isPaused(request.world, cluster),
    pitEnabled: false,
    rootCertType: 'ISRGROOTX1',
    stateName: clusterState(request.world, project, cluster),
    tags: [],
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  };
}

/** Schema `ClusterDescription20240805`: one replication spec per shard. */
function presentByShard(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown {
  return {
    ...commonFields(request, project, cluster),
    replicationSpecs: Array.from({ length: cluster.shardCount }, (_, shard) => ({
      id: derivedId(cluster, shard),
      regionConfigs: cluster.regions.map((region) => regionConfig(cluster, region, true)),
      zoneId: derivedId(cluster, 255),
      zoneName: 'Zone 1',
    })),
  };
}

/** Schema `AdvancedClusterDescription`: one replication spec per zone with a number of shards. */
function presentByZone(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown {
  return {
    ...commonFields(request, project, cluster),
    diskSizeGB: 10,
    replicationSpecs: [
      {
        id: derivedId(cluster, 0),
        numShards: cluster.shardCount,
        regionConfigs: cluster.regions.map((region) => regionConfig(cluster, region, false)),
        zoneName: 'Zone 1',
      },
    ],
  };
}

/** Schema `LegacyAtlasCluster`. */
function presentLegacy(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown {
  const first = cluster.regions[0];
  const provider = first?.provider ?? 'AWS';
  const tenant = isTenant(cluster);
  const { askedFor = cluster.tier } = cluster;
  return {
    ...commonFields(request, project, cluster),
    diskSizeGB: 10,
    numShards: cluster.shardCount,
    providerSettings: {
      instanceSizeName: askedFor,
      ...(askedFor === cluster.tier ? {} : { effectiveInstanceSizeName: cluster.tier }),
      providerName: tenant ? 'TENANT' : provider,
      regionName: first?.region ?? '',
      ...(tenant ? { backingProviderName: provider } : {}),
    },
    replicationFactor: 3,
    replicationSpecs: [
      {
        id: derivedId(cluster, 0),
        numShards: cluster.shardCount,
        regionsConfig: Object.fromEntries(
          cluster.regions.map((region) => [
            region.region,
            {
              analyticsNodes: region.analytics,
              electableNodes: region.electable,
              priority: region.priority,
              readOnlyNodes: region.readOnly,
            },
          ]),
        ),
        zoneName: 'Zone 1',
      },
    ],
    srvAddress: publicStrings(cluster).standardSrv,
  };
}

/** A cluster as the list of clusters has it, in the resource version of the request. */
export function presentCluster(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown {
  if (request.version >= '2024-08-05') return presentByShard(request, project, cluster);
  return request.version >= '2023-02-01'
    ? presentByZone(request, project, cluster)
    : presentLegacy(request, project, cluster);
}

/** Schema `FlexClusterDescription20241113`: public strings only. */
export function presentFlex(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown {
  const place = cluster.regions[0];
  const { standard, standardSrv } = publicStrings(cluster);
  return {
    backupSettings: { enabled: true },
    clusterType: 'REPLICASET',
    connectionStrings: { standard, standardSrv },
    createDate: timestamp(cluster.created),
    groupId: project.id,
    id: cluster.id,
    links: selfLink(request, `/api/atlas/v2/groups/${project.id}/flexClusters/${cluster.name}`),
    mongoDBVersion: cluster.mongoDBVersion,
    name: cluster.name,
    providerSettings: {
      backingProviderName: place?.provider ?? 'AWS',
      diskSizeGB: 5,
      providerName: 'FLEX',
      regionName: place?.region ?? '',
    },
    stateName: statusAt(cluster.state, request.world.clock.now()),
    tags: [],
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  };
}

/** Schema `ServerlessInstanceDescription`. */
export function presentServerless(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown {
  const place = cluster.regions[0];
  const strings = serverlessStrings(request.world, cluster);
  return {
    connectionStrings: {
      ...(strings.length === 0
        ? {}
        : {
            privateEndpoint: strings.map(({ endpointId, provider, region, srvName }) => ({
              endpoints: [{ endpointId, providerName: provider, region }],
              srvConnectionString: `mongodb+srv://${srvName}`,
              type: 'MONGOS',
            })),
          }),
      standardSrv: publicStrings(cluster).standardSrv,
    },
    createDate: timestamp(cluster.created),
    groupId: project.id,
    id: cluster.id,
    links: selfLink(request, `/api/atlas/v2/groups/${project.id}/serverless/${cluster.name}`),
    mongoDBVersion: cluster.mongoDBVersion,
    name: cluster.name,
    providerSettings: {
      backingProviderName: place?.provider ?? 'AWS',
      effectiveProviderName: 'SERVERLESS',
      providerName: 'SERVERLESS',
      regionName: place?.region ?? '',
    },
    serverlessBackupOptions: { serverlessContinuousBackupEnabled: true },
    stateName: statusAt(cluster.state, request.world.clock.now()),
    tags: [],
    terminationProtectionEnabled: false,
  };
}

/** Schema `ApiHostView_Atlas`: every process of a dedicated cluster, by its public name. */
export function presentProcesses(request: AtlasRequest, project: SandboxProject, cluster: SandboxCluster): unknown[] {
  const processes: unknown[] = [];
  const members = cluster.regions.reduce((sum, place) => sum + place.electable + place.readOnly + place.analytics, 0);
  const sharded = isSharded(cluster);
  const add = (shard: number, member: number, port: number, typeName: string): void => {
    const hostname = publicNodeName(cluster, shard, member);
    processes.push({
      created: timestamp(cluster.created),
      groupId: project.id,
      hostname,
      id: `${hostname}:${port}`,
      lastPing: timestamp(request.world.clock.now()),
      links: [],
      port,
      ...(typeName === 'SHARD_MONGOS' ? {} : { replicaSetName: cluster.replicaSetName }),
      typeName,
      userAlias: hostname,
      version: cluster.mongoDBVersion,
    });
  };
  for (let shard = 0; shard < cluster.shardCount; shard += 1) {
    for (let member = 0; member < members; member += 1) {
      const role = member === 0 ? 'PRIMARY' : 'SECONDARY';
      add(shard, member, 27017, `${sharded ? 'SHARD' : 'REPLICA'}_${role}`);
      if (sharded) add(shard, member, 27016, 'SHARD_MONGOS');
    }
  }
  return processes;
}
