import type { Provider } from '../../core/provider';
import { always } from './lifecycle';
import { cloudRegion, sandboxRegions } from './regions';
import type {
  AwsRegion,
  AwsSecurityGroup,
  AwsSubnet,
  AwsVpc,
  AwsVpcEndpoint,
  SandboxCluster,
  SandboxClusterRegion,
  SandboxEndpoint,
  SandboxFederatedDatabase,
  SandboxOrganization,
  SandboxProject,
  SandboxService,
  Timeline,
  World,
} from './world';

const day = 86_400_000;

/** When what a scenario starts with came to be: a month before the start. */
export function longAgo(world: World): number {
  return world.clock.now() - 30 * day;
}

export function addOrganization(world: World, name: string): SandboxOrganization {
  const organization = { id: world.ids.atlas(), name };
  world.atlas.organizations.set(organization.id, organization);
  return organization;
}

/** Adds a project with the sandbox's database user and nothing else in it. */
export function addProject(
  world: World,
  organization: SandboxOrganization,
  name: string,
  domainLabel = world.ids.label(5),
): SandboxProject {
  const project: SandboxProject = {
    id: world.ids.atlas(),
    organizationId: organization.id,
    name,
    created: longAgo(world),
    domainLabel,
    clusters: new Map(),
    get clusterCount() {
      return this.clusters.size;
    },
    services: new Map(),
    dataFederationEndpoints: new Map(),
    federatedDatabases: new Map(),
    databaseUsers: new Map(),
    accessList: new Map(),
    peerings: [],
    regionalizedMode: false,
  };
  const { dbUsername, dbPassword } = world.credentials;
  project.databaseUsers.set(`admin/${dbUsername}`, {
    username: dbUsername,
    authDatabase: 'admin',
    password: dbPassword,
    roles: [{ roleName: 'readWriteAnyDatabase', databaseName: 'admin' }],
    scopes: [],
  });
  world.atlas.projects.set(project.id, project);
  return project;
}

/** One region of a cluster; three electable nodes unless told otherwise. */
export function region(provider: Provider, name: string, electable = 3, priority = 7): SandboxClusterRegion {
  return { provider, region: name, electable, readOnly: 0, analytics: 0, priority };
}

/** Adds a cluster: a healthy M10 replica set on AWS, unless told otherwise. */
export function addCluster(
  world: World,
  project: SandboxProject,
  name: string,
  more: Partial<Omit<SandboxCluster, 'id' | 'name' | 'domainLabel'>> = {},
): SandboxCluster {
  const cluster = buildCluster(world, project.domainLabel, name, more);
  project.clusters.set(name, cluster);
  return cluster;
}

/** A cluster that is in no project yet; see {@link addCluster}. */
export function buildCluster(
  world: World,
  domainLabel: string,
  name: string,
  more: Partial<Omit<SandboxCluster, 'id' | 'name' | 'domainLabel'>> = {},
): SandboxCluster {
  return {
    kind: 'dedicated',
    tier: 'M10',
    topology: 'REPLICASET',
    state: always('IDLE'),
    paused: false,
    mongoDBVersion: '8.0.11',
    biConnector: false,
    shardCount: 1,
    regions: [region('AWS', 'US_EAST_1')],
    namingStyle: 'dot',
    replicaSetName: `atlas-${world.ids.label(6)}-shard-0`,
    created: longAgo(world),
    stringsReadyAt: 0,
    portOffset: 0,
    archives: [],
    serverlessEndpoints: new Map(),
    ...more,
    id: world.ids.atlas(),
    name,
    domainLabel,
  };
}

/** Adds a federated database; one that a person made, unless told otherwise. */
export function addFederatedDatabase(
  project: SandboxProject,
  name: string,
  more: Pick<SandboxFederatedDatabase, 'provider' | 'region'> & Partial<Pick<SandboxFederatedDatabase, 'type'>>,
): void {
  project.federatedDatabases.set(name, { name, type: 'USER', ...more });
}

/** Atlas's own name of what customers connect to, in each cloud's form; marked as sandbox where the form lets it. */
export function serviceNames(
  world: World,
  provider: Provider,
  atlasRegion: string,
  portMapping: boolean,
): Pick<SandboxService, 'cloudName' | 'serviceAttachmentNames'> {
  const place = cloudRegion(provider, atlasRegion);
  const label = world.ids.label(12);
  if (provider === 'AWS') {
    return { cloudName: `com.amazonaws.vpce.${place}.${world.ids.aws('vpce-svc')}`, serviceAttachmentNames: [] };
  }
  if (provider === 'AZURE') {
    const group = `/subscriptions/00000000-0000-4000-8000-5a4db0c00001/resourceGroups/sandbox-atlas-${label}`;
    return {
      cloudName: `${group}/providers/Microsoft.Network/privateLinkServices/pls_${world.ids.atlas()}`,
      serviceAttachmentNames: [],
    };
  }
  const count = portMapping ? 1 : 50;
  return {
    cloudName: '',
    serviceAttachmentNames: Array.from(
      { length: count },
      (_, index) => `projects/p-${label}sandbox00000/regions/${place}/serviceAttachments/sa-${place}-${label}-${index}`,
    ),
  };
}

/** Adds an endpoint service, available unless told otherwise. */
export function addService(
  world: World,
  project: SandboxProject,
  provider: Provider,
  atlasRegion: string,
  more: Partial<Omit<SandboxService, 'provider' | 'region' | 'endpoints'>> = {},
): SandboxService {
  const portMappingEnabled = more.portMappingEnabled ?? false;
  const service: SandboxService = {
    id: world.ids.atlas(),
    provider,
    region: atlasRegion,
    timeline: always('AVAILABLE'),
    ...serviceNames(world, provider, atlasRegion, portMappingEnabled),
    supportedRemoteRegions: [],
    endpoints: new Map(),
    ...more,
    portMappingEnabled,
  };
  project.services.set(service.id, service);
  return service;
}

/** Registers an endpoint, available since long ago unless told otherwise. */
export function addEndpoint(
  world: World,
  service: SandboxService,
  id: string,
  more: Partial<Omit<SandboxEndpoint, 'id'>> = {},
): SandboxEndpoint {
  const endpoint: SandboxEndpoint = {
    id,
    timeline: [{ at: longAgo(world), status: 'AVAILABLE' }],
    deleteRequested: false,
    addresses: [],
    ...more,
  };
  service.endpoints.set(id, endpoint);
  return endpoint;
}

/** A private endpoint's Azure resource id in the sandbox's subscription. */
export function azureEndpointId(name: string): string {
  const subscription = '/subscriptions/00000000-0000-4000-8000-5a4db0c00002';
  return `${subscription}/resourceGroups/sandbox-network/providers/Microsoft.Network/privateEndpoints/${name}`;
}

// ---------------------------------------------------------------- AWS

/** All regions of the sandbox's AWS account, each with the default VPC that AWS gives. */
export function buildAwsRegions(world: World): void {
  let count = 0;
  for (const { provider, cloud, zones } of sandboxRegions) {
    if (provider !== 'AWS') continue;
    const place: AwsRegion = {
      name: cloud,
      zones,
      vpcs: new Map(),
      subnets: new Map(),
      securityGroups: new Map(),
      vpcEndpoints: new Map(),
      networkInterfaces: new Map(),
    };
    world.aws.regions.set(cloud, place);
    const block = 31 - count;
    count += 1;
    const vpc = addVpc(world, place, '', `172.${block}.0.0/16`, { isDefault: true });
    zones.forEach((zone, index) => addSubnet(world, place, vpc, zone, `172.${block}.${index * 16}.0/20`));
  }
}

export function awsRegion(world: World, name: string): AwsRegion {
  const found = world.aws.regions.get(name);
  if (found === undefined) throw new Error(`the sandbox has no AWS region ${name}`);
  return found;
}

/** Adds a VPC with the default security group that AWS gives: everything out, everything in from itself. */
export function addVpc(
  world: World,
  place: AwsRegion,
  name: string,
  cidr: string,
  { isDefault = false, isApart = false } = {},
): AwsVpc {
  const vpc: AwsVpc = { id: world.ids.aws('vpc'), name, cidr, isDefault, isApart, tags: nameTag(name) };
  place.vpcs.set(vpc.id, vpc);
  const group = addSecurityGroup(world, place, vpc, 'default', 'default VPC security group');
  group.inbound = [{ protocol: '-1', fromPort: -1, toPort: -1, cidrs: [], groupIds: [group.id] }];
  return vpc;
}

function nameTag(name: string): Map<string, string> {
  return new Map(name === '' ? [] : [['Name', name]]);
}

export function addSubnet(
  world: World,
  place: AwsRegion,
  vpc: AwsVpc,
  zone: string,
  cidr: string,
  name = '',
): AwsSubnet {
  const subnet: AwsSubnet = { id: world.ids.aws('subnet'), vpcId: vpc.id, zone, cidr, tags: nameTag(name) };
  place.subnets.set(subnet.id, subnet);
  return subnet;
}

/** Adds a security group as AWS creates it: nothing in, everything out. */
export function addSecurityGroup(
  world: World,
  place: AwsRegion,
  vpc: AwsVpc,
  name: string,
  description: string,
): AwsSecurityGroup {
  const group: AwsSecurityGroup = {
    id: world.ids.aws('sg'),
    vpcId: vpc.id,
    name,
    description,
    tags: new Map(),
    inbound: [],
    outbound: [{ protocol: '-1', fromPort: -1, toPort: -1, cidrs: ['0.0.0.0/0'], groupIds: [] }],
  };
  place.securityGroups.set(group.id, group);
  return group;
}

/** Adds an interface endpoint with a network interface in each of its subnets. */
export function addVpcEndpoint(
  world: World,
  place: AwsRegion,
  vpc: AwsVpc,
  serviceName: string,
  interfaces: readonly { readonly subnet: AwsSubnet; readonly ip: string }[],
  groups: readonly AwsSecurityGroup[],
  more: { id?: string; dnsSuffix?: string; name?: string; timeline?: Timeline<string> } = {},
): AwsVpcEndpoint {
  const endpoint: AwsVpcEndpoint = {
    id: more.id ?? world.ids.aws('vpce'),
    vpcId: vpc.id,
    serviceName,
    created: longAgo(world),
    timeline: more.timeline ?? always('available'),
    subnetIds: interfaces.map(({ subnet }) => subnet.id),
    securityGroupIds: groups.map(({ id }) => id),
    dnsSuffix: more.dnsSuffix ?? world.ids.label(8),
    tags: nameTag(more.name ?? ''),
    privateDnsEnabled: false,
  };
  place.vpcEndpoints.set(endpoint.id, endpoint);
  for (const { subnet, ip } of interfaces) {
    const id = world.ids.aws('eni');
    place.networkInterfaces.set(id, { id, vpcEndpointId: endpoint.id, subnetId: subnet.id, privateIp: ip });
  }
  return endpoint;
}
