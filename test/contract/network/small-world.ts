import { systemClock } from '../../../src/core/clock';
import type {
  AwsRule,
  AwsSecurityGroup,
  SandboxCluster,
  SandboxDatabaseUser,
  SandboxEndpoint,
  SandboxProject,
  SandboxService,
  World,
} from '../../../src/sandbox/world/world';
import { faultSwitches } from '../../../src/sandbox/world/id-source';

/** The seed's own endpoint, service and addresses. */
export const vpcEndpointId = 'vpce-024f5b57108c8d3ed';
export const awsName = `${vpcEndpointId}-ypwbxwll.vpce-svc-02863655456245e5c.us-east-1.vpce.amazonaws.com`;
const serviceName = 'com.amazonaws.vpce.us-east-1.vpce-svc-02863655456245e5c';
const azureId = '/subscriptions/sandbox/resourceGroups/sandbox/providers/Microsoft.Network/privateEndpoints/pe-1';

const always = (status: string): [{ at: number; status: string }] => [{ at: 0, status }];

function cluster(over: Partial<SandboxCluster> & Pick<SandboxCluster, 'id' | 'name'>): SandboxCluster {
  return {
    kind: 'dedicated',
    tier: 'M10',
    topology: 'REPLICASET',
    state: always('IDLE'),
    paused: false,
    mongoDBVersion: '8.0.4',
    biConnector: false,
    shardCount: 1,
    regions: [{ provider: 'AWS', region: 'US_EAST_1', electable: 3, readOnly: 0, analytics: 0, priority: 7 }],
    domainLabel: 'k45tj',
    namingStyle: 'dash',
    replicaSetName: `${over.name}-shard-0-shard-0`,
    created: 0,
    stringsReadyAt: 0,
    portOffset: 0,
    archives: [],
    serverlessEndpoints: new Map(),
    ...over,
  };
}

function service(
  id: string,
  over: Partial<SandboxService>,
  endpoint: Partial<SandboxEndpoint> & { id: string },
): SandboxService {
  return {
    id,
    provider: 'AWS',
    region: 'US_EAST_1',
    timeline: always('AVAILABLE'),
    cloudName: serviceName,
    serviceAttachmentNames: [],
    portMappingEnabled: false,
    supportedRemoteRegions: [],
    endpoints: new Map([
      [endpoint.id, { timeline: always('AVAILABLE'), deleteRequested: false, addresses: [], ...endpoint }],
    ]),
    ...over,
  };
}

export const allowAll: AwsRule = { protocol: '-1', fromPort: -1, toPort: -1, cidrs: ['10.0.0.0/16'], groupIds: [] };

export interface SmallWorld {
  readonly world: World;
  readonly project: SandboxProject;
  readonly awsService: SandboxService;
  readonly group: AwsSecurityGroup;
  readonly replicaSet: SandboxCluster;
  addUser(user: Partial<SandboxDatabaseUser> & Pick<SandboxDatabaseUser, 'username' | 'password'>): void;
}

/** One project: a replica set and a sharded cluster on AWS with the seed's records, and a replica set on Azure. */
export function smallWorld(): SmallWorld {
  const replicaSet = cluster({ id: 'c0', name: 'Cluster0' });
  const clusters = [
    replicaSet,
    cluster({ id: 'c1', name: 'Sharded1', topology: 'SHARDED', shardCount: 1 }),
    cluster({
      id: 'c2',
      name: 'Azure2',
      regions: [{ provider: 'AZURE', region: 'US_EAST_2', electable: 3, readOnly: 0, analytics: 0, priority: 7 }],
    }),
  ];
  const awsService = service('s0', {}, { id: vpcEndpointId });
  const azureService = service(
    's1',
    { provider: 'AZURE', region: 'US_EAST_2', cloudName: 'pls_sandbox' },
    { id: azureId, addresses: [{ name: 'pe-1', ipAddress: '10.8.0.5' }] },
  );
  const databaseUsers = new Map<string, SandboxDatabaseUser>();
  const addUser: SmallWorld['addUser'] = (user) => {
    databaseUsers.set(user.username, {
      authDatabase: 'admin',
      roles: [{ roleName: 'atlasAdmin', databaseName: 'admin' }],
      scopes: [],
      ...user,
    });
  };
  addUser({ username: 'sandbox-user', password: 'sandbox-password' });
  const project: SandboxProject = {
    id: 'p0',
    organizationId: 'o0',
    name: 'Sandbox project',
    created: 0,
    domainLabel: 'k45tj',
    clusters: new Map(clusters.map((each) => [each.name, each])),
    clusterCount: clusters.length,
    services: new Map([awsService, azureService].map((each) => [each.id, each])),
    dataFederationEndpoints: new Map(),
    federatedDatabases: new Map(),
    databaseUsers,
    accessList: new Map(),
    peerings: [],
    regionalizedMode: false,
  };
  const group: AwsSecurityGroup = {
    id: 'sg-1',
    vpcId: 'vpc-1',
    name: 'endpoint',
    description: '',
    tags: new Map(),
    inbound: [allowAll],
    outbound: [],
  };
  const subnets = [
    { id: 'subnet-a', vpcId: 'vpc-1', zone: 'us-east-1a', cidr: '10.0.30.0/24', tags: new Map<string, string>() },
    { id: 'subnet-b', vpcId: 'vpc-1', zone: 'us-east-1b', cidr: '10.0.20.0/24', tags: new Map<string, string>() },
  ];
  const interfaces = [
    { id: 'eni-a', vpcEndpointId, subnetId: 'subnet-a', privateIp: '10.0.30.194' },
    { id: 'eni-b', vpcEndpointId, subnetId: 'subnet-b', privateIp: '10.0.20.54' },
  ];
  const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
    new Map(items.map((each) => [each.id, each]));
  const never = (): never => {
    throw new Error('this world makes no ids');
  };
  const world: World = {
    clock: systemClock,
    scenario: 'small',
    pace: { serviceCreation: 0, endpointAcceptance: 0, endpointConnection: 0, clusterUpdate: 0, deletion: 0 },
    credentials: {
      publicKey: '',
      privateKey: '',
      clientId: '',
      clientSecret: '',
      awsAccessKeyId: 'AKIASANDBOX0SANDBOX0',
      awsSecretAccessKey: 'sandbox-aws-secret',
      dbUsername: 'sandbox-user',
      dbPassword: 'sandbox-password',
      controlToken: '',
    },
    faults: faultSwitches(),
    ids: { atlas: never, aws: never, label: never },
    atlas: {
      organizations: new Map(),
      projects: new Map([[project.id, project]]),
      roles: { organization: [], project: [] },
      rateLimit: 4000,
      nonceLifetime: 300_000,
    },
    aws: {
      accountId: '123456789012',
      userArn: 'arn:aws:iam::123456789012:user/sandbox',
      denied: new Set(),
      regions: new Map([
        [
          'us-east-1',
          {
            name: 'us-east-1',
            zones: ['us-east-1a', 'us-east-1b'],
            vpcs: byId([
              {
                id: 'vpc-1',
                name: '',
                cidr: '10.0.0.0/16',
                isDefault: false,
                isApart: false,
                tags: new Map<string, string>(),
              },
            ]),
            subnets: byId(subnets),
            securityGroups: byId([group]),
            vpcEndpoints: byId([
              {
                id: vpcEndpointId,
                vpcId: 'vpc-1',
                serviceName,
                created: 0,
                timeline: always('available'),
                subnetIds: ['subnet-a', 'subnet-b'],
                securityGroupIds: ['sg-1'],
                dnsSuffix: 'ypwbxwll',
                tags: new Map<string, string>(),
                privateDnsEnabled: false,
              },
            ]),
            networkInterfaces: byId(interfaces),
          },
        ],
      ]),
    },
  };
  return { world, project, awsService, group, replicaSet, addUser };
}
