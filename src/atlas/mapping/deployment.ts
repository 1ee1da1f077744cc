import type {
  Deployment,
  DeploymentRegion,
  DeploymentStrings,
  FederatedDatabase,
  OnlineArchive,
  PrivateEndpointStrings,
} from '../../core/deployment';
import { isProvider, type Provider } from '../../core/provider';
import { fieldsOf, innerFieldsOf, isObject, mapObjects } from './fields';

const hardwareSpecs = ['electableSpecs', 'readOnlySpecs', 'analyticsSpecs'] as const;

/** `ClusterDescription20240805` → core. */
export function toCluster(value: unknown, projectId: string): Deployment {
  const from = fieldsOf<'ClusterDescription20240805'>(value, projectId);
  const name = from.text('name');
  const configs = from
    .list('replicationSpecs')
    .flatMap((spec) => (isObject(spec) ? fieldsOf<'ReplicationSpec20240805'>(spec, name).list('regionConfigs') : []));
  const first = configs.find(isObject);
  const tenant = first?.providerName === 'TENANT';
  const tier = tierOf(configs, name);
  const biConnector = innerFieldsOf<'BiConnector'>(from.inner('biConnector'), name);
  const topology = from.optionalText('clusterType');
  const shardCount = from.list('replicationSpecs').length;
  return {
    id: from.textOr('id', name),
    projectId: from.textOr('groupId', projectId),
    name,
    kind: tier === 'FLEX' ? 'flex' : tenant ? 'shared' : 'dedicated',
    tier: tier === 'FLEX' ? tierNames.flex : tier,
    ...(topology === undefined ? {} : { topology }),
    state: from.textOr('stateName', ''),
    paused: from.flag('paused'),
    ...from.maybe('mongoDBVersion', 'mongoDBVersion'),
    regions: toRegions(configs, name),
    ...(topology === undefined || topology === 'REPLICASET' ? {} : { shardCount }),
    biConnector: biConnector.flag('enabled'),
    strings: toStrings(from.inner('connectionStrings'), name),
  };
}

/** Kinds without sizes of their own. */
const tierNames = { flex: 'Flex', serverless: 'Serverless' } as const;

/** The size of the electable nodes; of tenants, what they really are (`effectiveInstanceSize`) before what was asked. */
function tierOf(configs: readonly unknown[], subject: string): string {
  for (const config of configs) {
    const region = innerFieldsOf<'AWSRegionConfig20240805'>(config, subject);
    for (const name of hardwareSpecs) {
      const spec = region.inner(name);
      if (!isObject(spec)) continue;
      const size = spec.effectiveInstanceSize ?? spec.instanceSize;
      if (typeof size === 'string') return size;
    }
  }
  return '';
}

function toRegions(configs: readonly unknown[], subject: string): readonly DeploymentRegion[] {
  const regions = new Map<string, DeploymentRegion>();
  for (const config of configs) {
    if (!isObject(config)) continue;
    const from = fieldsOf<'AWSRegionConfig20240805' | 'TenantRegionConfig20240805'>(config, subject);
    const provider = from.provider('backingProviderName') ?? from.provider('providerName');
    const region = from.optionalText('regionName');
    if (provider === undefined || region === undefined) continue;
    const nodes = hardwareSpecs
      .map((name) => innerFieldsOf<'AWSHardwareSpec20240805'>(from.inner(name), subject).count('nodeCount') ?? 0)
      .reduce((sum, count) => sum + count, 0);
    const key = `${provider} ${region}`;
    regions.set(key, { provider, region, nodeCount: (regions.get(key)?.nodeCount ?? 0) + nodes });
  }
  return [...regions.values()];
}

function toStrings(value: unknown, subject: string): DeploymentStrings {
  const from = innerFieldsOf<'ClusterConnectionStrings'>(value, subject);
  return {
    ...from.maybe('standard', 'standard'),
    ...from.maybe('standardSrv', 'standardSrv'),
    ...from.maybe('peering', 'private'),
    ...from.maybe('peeringSrv', 'privateSrv'),
    privateEndpoint: mapObjects(from.list('privateEndpoint'), (one) => toEndpointStrings(one, subject)),
  };
}

function toEndpointStrings(value: unknown, subject: string): PrivateEndpointStrings {
  const from = fieldsOf<'ClusterDescriptionConnectionStringsPrivateEndpoint'>(value, subject);
  return {
    type: from.textOr('type', ''),
    endpoints: mapObjects(from.list('endpoints'), (one) => {
      const endpoint = fieldsOf<'ClusterDescriptionConnectionStringsPrivateEndpointEndpoint'>(one, subject);
      const endpointId = endpoint.optionalText('endpointId');
      const provider = endpoint.provider('providerName');
      if (endpointId === undefined || provider === undefined) return undefined;
      return { endpointId, provider, region: endpoint.textOr('region', '') };
    }),
    ...from.maybe('standard', 'connectionString'),
    ...from.maybe('srv', 'srvConnectionString'),
    ...from.maybe('srvShardOptimized', 'srvShardOptimizedConnectionString'),
  };
}

/** `FlexClusterDescription20241113` → core. */
export function toFlexCluster(value: unknown, projectId: string): Deployment {
  return toManaged(value, projectId, 'flex');
}

/** `ServerlessInstanceDescription` → core. */
export function toServerlessInstance(value: unknown, projectId: string): Deployment {
  return toManaged(value, projectId, 'serverless');
}

function toManaged(value: unknown, projectId: string, kind: 'flex' | 'serverless'): Deployment {
  const from = fieldsOf<'FlexClusterDescription20241113' | 'ServerlessInstanceDescription'>(value, projectId);
  const name = from.text('name');
  const settings = innerFieldsOf<'FlexProviderSettings20241113' | 'ServerlessProviderSettings'>(
    from.inner('providerSettings'),
    name,
  );
  const provider = settings.provider('backingProviderName');
  const region = settings.optionalText('regionName');
  return {
    id: from.textOr('id', name),
    projectId: from.textOr('groupId', projectId),
    name,
    kind,
    tier: tierNames[kind],
    state: from.textOr('stateName', ''),
    paused: false,
    ...from.maybe('mongoDBVersion', 'mongoDBVersion'),
    regions: provider === undefined || region === undefined ? [] : [{ provider, region, nodeCount: 0 }],
    biConnector: false,
    strings: toStrings(from.inner('connectionStrings'), name),
  };
}

/** `DataLakeTenant` → core. */
export function toFederatedDatabase(value: unknown, projectId: string): FederatedDatabase {
  const from = fieldsOf<'DataLakeTenant'>(value, projectId);
  const name = from.text('name');
  const place = innerFieldsOf<'DataLakeDataProcessRegion'>(from.inner('dataProcessRegion'), name);
  return {
    projectId: from.textOr('groupId', projectId),
    name,
    state: from.textOr('state', ''),
    ...placeOf(place.provider('cloudProvider'), place.optionalText('region')),
    hostnames: from.texts('hostnames'),
    privateEndpointHostnames: mapObjects(from.list('privateEndpointHostnames'), (one) => {
      const host = fieldsOf<'PrivateEndpointHostname'>(one, name);
      const hostname = host.optionalText('hostname');
      return hostname === undefined ? undefined : { hostname, endpointId: host.textOr('privateEndpoint', '') };
    }),
  };
}

/** `BackupOnlineArchive` → core. */
export function toOnlineArchive(value: unknown, projectId: string, clusterName: string): OnlineArchive {
  const from = fieldsOf<'BackupOnlineArchive'>(value, clusterName);
  const place = innerFieldsOf<'AWSDataProcessRegionView'>(from.inner('dataProcessRegion'), clusterName);
  return {
    id: from.text('_id'),
    projectId: from.textOr('groupId', projectId),
    clusterName: from.textOr('clusterName', clusterName),
    database: from.textOr('dbName', ''),
    collection: from.textOr('collName', ''),
    state: from.textOr('state', ''),
    ...placeOf(place.provider('cloudProvider'), place.optionalText('region')),
  };
}

function placeOf(provider: Provider | undefined, region: string | undefined): { provider?: Provider; region?: string } {
  return { ...(isProvider(provider) ? { provider } : {}), ...(region === undefined ? {} : { region }) };
}
