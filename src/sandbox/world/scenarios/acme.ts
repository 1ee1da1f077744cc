import { federationServices } from '../../../core/data-federation';
import {
  addCluster,
  addEndpoint,
  addFederatedDatabase,
  addOrganization,
  addProject,
  addService,
  addVpcEndpoint,
  azureEndpointId,
  longAgo,
  region,
  serviceNames,
} from '../build';
import { always } from '../lifecycle';
import type { SandboxOrganization, SandboxProject, SandboxService, Timeline, World } from '../world';
import type { SandboxNetwork, SandboxVpc } from './network';
import { addSandboxNetwork } from './network';
import { addStartingPoints } from './starting-points';

/** The default scenario: every capability at least once, and all of it in a state that one meets. */
export function buildAcme(world: World): void {
  const network = addSandboxNetwork(world);
  const acme = addOrganization(world, 'acme-sandbox');
  const labs = addOrganization(world, 'acme-labs-sandbox');
  addStorefront(world, network, addProject(world, acme, 'storefront-sandbox', 'k45tj'));
  addOrders(world, network, addProject(world, acme, 'orders-sandbox', 'oq7aw'));
  addBilling(world, addProject(world, acme, 'billing-on-azure-sandbox', 'bz3mq'));
  addAnalytics(world, acme);
  addGlobal(world, network, addProject(world, acme, 'global-replica-set-sandbox', 'gl8rs'));
  addRegionalized(world, network, addProject(world, acme, 'regionalized-sandbox', 'rg2nl'));
  addServerless(world, network, addProject(world, labs, 'serverless-sandbox', 'sv4ls'));
  addSmall(world, addProject(world, labs, 'small-tiers-sandbox', 'tn6yc'));
  addFederation(world, network, addProject(world, labs, 'data-federation-sandbox', 'df9xk'));
  addInMotion(world, network, addProject(world, labs, 'in-motion-sandbox', 'mv5tn'));
  addProject(world, labs, 'nothing-yet-sandbox', 'nt1hg');
  addTwoClouds(world, network, addProject(world, acme, 'two-clouds-sandbox', 'mc2az'));
  addCrossRegion(world, network, addProject(world, acme, 'cross-region-sandbox', 'xr3eu'));
  addServerlessOnAzure(world, addProject(world, labs, 'serverless-on-azure-sandbox', 'sz5pl'));
  addStartingPoints(world, labs);
}

/** An available AWS endpoint with a VPC endpoint in the subnets of the zones a and b. */
function connectAws(
  world: World,
  service: SandboxService,
  place: SandboxVpc,
  lastByte: number,
  name: string,
  zones: readonly number[] = [0, 1],
): string {
  const interfaces = place.subnets
    .filter((_, index) => zones.includes(index))
    .map((subnet) => ({ subnet, ip: subnet.cidr.replace(/\.0\/24$/, `.${lastByte}`) }));
  const { id } = addVpcEndpoint(world, place.place, place.vpc, service.cloudName, interfaces, [place.endpointGroup], {
    name,
  });
  addEndpoint(world, service, id);
  return id;
}

/** The seed's own example: one replica set in one region behind an interface endpoint with two subnets. */
function addStorefront(world: World, network: SandboxNetwork, project: SandboxProject): void {
  const { east } = network;
  addCluster(world, project, 'Cluster0', { namingStyle: 'dash', replicaSetName: 'Cluster0-shard-0-shard-0' });
  const service = addService(world, project, 'AWS', 'US_EAST_1', {
    cloudName: 'com.amazonaws.vpce.us-east-1.vpce-svc-02863655456245e5c',
  });
  addEndpoint(world, service, 'vpce-024f5b57108c8d3ed');
  const interfaces = [
    { subnet: east.subnets[0], ip: '10.0.30.194' },
    { subnet: east.subnets[1], ip: '10.0.20.54' },
  ];
  addVpcEndpoint(world, east.place, east.vpc, service.cloudName, interfaces, [east.endpointGroup], {
    id: 'vpce-024f5b57108c8d3ed',
    dnsSuffix: 'ypwbxwll',
    name: 'sandbox-storefront',
  });
  project.accessList.set('203.0.113.0/24', { comment: 'Sandbox office' });
  project.accessList.set('198.51.100.7/32', { comment: 'Sandbox laptop' });
  project.peerings.push({
    id: world.ids.atlas(),
    provider: 'AWS',
    status: 'AVAILABLE',
    region: 'US_EAST_1',
    cidr: '10.9.0.0/16',
  });
  project.databaseUsers.set('admin/sandbox-reports', {
    username: 'sandbox-reports',
    authDatabase: 'admin',
    password: world.credentials.dbPassword,
    roles: [{ roleName: 'read', databaseName: 'reports' }],
    scopes: [{ name: 'Cluster0', type: 'CLUSTER' }],
  });
}

/** A sharded cluster with optimized strings and a replica set beside it, two endpoints in the one region. */
function addOrders(world: World, { east }: SandboxNetwork, project: SandboxProject): void {
  addCluster(world, project, 'Orders', { tier: 'M30', topology: 'SHARDED', shardCount: 2 });
  addCluster(world, project, 'Sessions', { biConnector: true });
  const service = addService(world, project, 'AWS', 'US_EAST_1', { supportedRemoteRegions: ['US_WEST_2'] });
  connectAws(world, service, east, 61, 'sandbox-orders');
  connectAws(world, service, east, 62, 'sandbox-orders-one-zone', [0]);
}

function addBilling(world: World, project: SandboxProject): void {
  const regions = [region('AZURE', 'US_EAST_2')];
  addCluster(world, project, 'Billing', { tier: 'M20', regions });
  const service = addService(world, project, 'AZURE', 'US_EAST_2');
  addEndpoint(world, service, azureEndpointId('sandbox-billing'), {
    addresses: [{ name: 'sandbox-billing', ipAddress: '10.20.1.5' }],
  });
}

/** Google Cloud in both forms, each in a project of its own: one endpoint in one region. */
function addAnalytics(world: World, organization: SandboxOrganization): void {
  const mapped = addProject(world, organization, 'analytics-on-google-cloud-sandbox', 'gc5pm');
  addCluster(world, mapped, 'Analytics', { regions: [region('GCP', 'CENTRAL_US')] });
  const service = addService(world, mapped, 'GCP', 'CENTRAL_US', { portMappingEnabled: true });
  addEndpoint(world, service, 'sandbox-analytics', {
    gcpProjectId: 'sandbox-network-project',
    addresses: [{ name: 'sandbox-analytics-0', ipAddress: '10.30.1.4' }],
  });

  const older = addProject(world, organization, 'archive-on-google-cloud-sandbox', 'gc2ma');
  addCluster(world, older, 'Ledger', { regions: [region('GCP', 'WESTERN_EUROPE')] });
  const many = addService(world, older, 'GCP', 'WESTERN_EUROPE');
  addEndpoint(world, many, 'sandbox-ledger', {
    gcpProjectId: 'sandbox-network-project',
    addresses: many.serviceAttachmentNames.map((_, index) => ({
      name: `sandbox-ledger-${index}`,
      ipAddress: `10.30.2.${index + 10}`,
    })),
  });
}

/** One replica set over two regions: one endpoint in each, one string through both. */
function addGlobal(world: World, { east, west }: SandboxNetwork, project: SandboxProject): void {
  const regions = [region('AWS', 'US_EAST_1', 2), region('AWS', 'EU_WEST_1', 1, 6)];
  addCluster(world, project, 'Profiles', { tier: 'M30', regions });
  connectAws(world, addService(world, project, 'AWS', 'US_EAST_1'), east, 71, 'sandbox-profiles-us');
  connectAws(world, addService(world, project, 'AWS', 'EU_WEST_1'), west, 71, 'sandbox-profiles-eu');
}

/** A multi-region sharded cluster in regionalized mode: a string for each endpoint of each region. */
function addRegionalized(world: World, { east, west }: SandboxNetwork, project: SandboxProject): void {
  project.regionalizedMode = true;
  const regions = [region('AWS', 'US_EAST_1', 2), region('AWS', 'EU_WEST_1', 1, 6)];
  addCluster(world, project, 'Worldwide', { tier: 'M30', topology: 'GEOSHARDED', shardCount: 2, regions });
  const service = addService(world, project, 'AWS', 'US_EAST_1');
  connectAws(world, service, east, 81, 'sandbox-worldwide-us-1');
  connectAws(world, service, east, 82, 'sandbox-worldwide-us-2');
  connectAws(world, addService(world, project, 'AWS', 'EU_WEST_1'), west, 81, 'sandbox-worldwide-eu');
}

function addServerless(world: World, { east }: SandboxNetwork, project: SandboxProject): void {
  const instance = addCluster(world, project, 'Instance0', { kind: 'serverless', tier: 'SERVERLESS' });
  const { cloudName } = serviceNames(world, 'AWS', 'US_EAST_1', false);
  const interfaces = [
    { subnet: east.subnets[0], ip: '10.0.30.91' },
    { subnet: east.subnets[1], ip: '10.0.20.91' },
  ];
  const vpcEndpoint = addVpcEndpoint(world, east.place, east.vpc, cloudName, interfaces, [east.endpointGroup], {
    name: 'sandbox-serverless',
  });
  const add = (more: {
    timeline: Timeline<string>;
    cloudProviderEndpointId?: string;
    comment: string;
    cloudName: string;
  }): void => {
    const id = world.ids.atlas();
    instance.serverlessEndpoints.set(id, { id, provider: 'AWS', ...more });
  };
  add({
    timeline: always('AVAILABLE'),
    cloudProviderEndpointId: vpcEndpoint.id,
    comment: 'Sandbox applications',
    cloudName,
  });
  const { cloudName: reserved } = serviceNames(world, 'AWS', 'US_EAST_1', false);
  add({ timeline: always('RESERVED'), comment: 'Waits for an interface endpoint', cloudName: reserved });
}

/** Both stages of a serverless instance's endpoint on Azure: in use, and waiting for its id. */
function addServerlessOnAzure(world: World, project: SandboxProject): void {
  const regions = [region('AZURE', 'US_EAST_2')];
  const instance = addCluster(world, project, 'Instance0', { kind: 'serverless', tier: 'SERVERLESS', regions });
  for (const [comment, status] of [
    ['Sandbox applications', 'AVAILABLE'],
    ['Waits for a private endpoint', 'RESERVED'],
  ] as const) {
    const id = world.ids.atlas();
    const { cloudName } = serviceNames(world, 'AZURE', 'US_EAST_2', false);
    instance.serverlessEndpoints.set(id, {
      id,
      provider: 'AZURE',
      timeline: always(status),
      comment,
      cloudName,
      ...(status === 'AVAILABLE'
        ? { cloudProviderEndpointId: azureEndpointId('sandbox-serverless'), privateEndpointIpAddress: '10.20.1.6' }
        : {}),
    });
  }
}

/** One replica set on AWS and Azure: an endpoint on each, one string through both (seed: Limitations). */
function addTwoClouds(world: World, { east }: SandboxNetwork, project: SandboxProject): void {
  const regions = [region('AWS', 'US_EAST_1', 2), region('AZURE', 'US_EAST_2', 1, 6)];
  addCluster(world, project, 'Everywhere', { tier: 'M30', regions });
  connectAws(world, addService(world, project, 'AWS', 'US_EAST_1'), east, 72, 'sandbox-everywhere');
  addEndpoint(world, addService(world, project, 'AZURE', 'US_EAST_2'), azureEndpointId('sandbox-everywhere'), {
    addresses: [{ name: 'sandbox-everywhere', ipAddress: '10.20.1.7' }],
  });
}

/** An interface endpoint in another region than its service, which lets that region in. */
function addCrossRegion(world: World, { west }: SandboxNetwork, project: SandboxProject): void {
  addCluster(world, project, 'Remote');
  const service = addService(world, project, 'AWS', 'US_EAST_1', { supportedRemoteRegions: ['EU_WEST_1'] });
  connectAws(world, service, west, 73, 'sandbox-remote');
}

/** What has no private endpoints, and says why. */
function addSmall(world: World, project: SandboxProject): void {
  addCluster(world, project, 'Free', { kind: 'shared', tier: 'M0' });
  addCluster(world, project, 'Shared2', { kind: 'shared', tier: 'M2' });
  addCluster(world, project, 'Flexible', { kind: 'flex', tier: 'FLEX', askedFor: 'M2' });
  project.accessList.set('0.0.0.0/0', { comment: 'Sandbox: everybody' });
}

function addFederation(world: World, { east }: SandboxNetwork, project: SandboxProject): void {
  const cluster = addCluster(world, project, 'History');
  for (const [collection, state] of [
    ['events', 'ACTIVE'],
    ['audit', 'PAUSED'],
  ] as const) {
    const place = { provider: 'AWS', region: 'US_EAST_1' } as const;
    cluster.archives.push({ id: world.ids.atlas(), database: 'sandbox', collection, state, ...place });
  }
  addFederatedDatabase(project, 'FederatedInstance0', { provider: 'AWS', region: 'VIRGINIA_USA' });
  const interfaces = [{ subnet: east.subnets[0], ip: '10.0.30.95' }];
  const vpcEndpoint = addVpcEndpoint(
    world,
    east.place,
    east.vpc,
    federationServices.US_EAST_1 ?? '',
    interfaces,
    [east.endpointGroup],
    { name: 'sandbox-data-federation' },
  );
  const common = { provider: 'AWS', region: 'US_EAST_1' } as const;
  const add = (id: string, comment: string, status: string): void => {
    project.dataFederationEndpoints.set(id, { id, comment, timeline: always(status), ...common });
  };
  add(vpcEndpoint.id, 'Sandbox reports', 'OK');
  add(world.ids.aws('vpce'), 'Sandbox: being verified', 'PENDING');
}

/** Every status that passes or went wrong: services and endpoints in motion, waiting, and failed. */
function addInMotion(world: World, { east, west }: SandboxNetwork, project: SandboxProject): void {
  addCluster(world, project, 'Catalog');
  addCluster(world, project, 'Paused', { paused: true, regions: [region('AWS', 'US_WEST_2')] });
  const service = addService(world, project, 'AWS', 'US_EAST_1');
  const waiting = (name: string, zones: readonly number[], state: string): string => {
    const interfaces = east.subnets
      .filter((_, index) => zones.includes(index))
      .map((subnet) => ({ subnet, ip: subnet.cidr.replace(/\.0\/24$/, '.99') }));
    const timeline = always(state);
    return addVpcEndpoint(world, east.place, east.vpc, service.cloudName, interfaces, [east.endpointGroup], {
      name,
      timeline,
    }).id;
  };
  addEndpoint(world, service, waiting('sandbox-catalog-waiting', [0], 'pendingAcceptance'), {
    timeline: always('PENDING_ACCEPTANCE'),
  });
  addEndpoint(world, service, waiting('sandbox-catalog-no-subnet', [], 'available'), {
    timeline: [{ at: longAgo(world), status: 'AVAILABLE' }],
  });
  addEndpoint(world, service, world.ids.aws('vpce'), { timeline: always('NONE') });
  addService(world, project, 'AWS', 'EU_CENTRAL_1', { timeline: always('INITIATING') });
  addService(world, project, 'AZURE', 'EUROPE_WEST', { timeline: always('WAITING_FOR_USER') });
  addService(world, project, 'AZURE', 'EUROPE_NORTH', {
    timeline: always('FAILED'),
    errorMessage: 'A system failure has occurred.',
  });
  addService(world, project, 'GCP', 'EASTERN_US', { timeline: always('DELETING'), portMappingEnabled: true });
  // A VPC endpoint that exists in AWS and is not registered at Atlas.
  addVpcEndpoint(world, west.place, west.vpc, addService(world, project, 'AWS', 'EU_WEST_1').cloudName, [], [], {
    name: 'sandbox-forgotten',
    timeline: always('pendingAcceptance'),
  });
}
