import assert from 'node:assert/strict';
import { ownTag } from '../../src/cloud/aws/tags';
import { federationServices } from '../../src/core/data-federation';
import {
  addCluster,
  addEndpoint,
  addSecurityGroup,
  addService,
  addVpcEndpoint,
  azureEndpointId,
  region,
} from '../../src/sandbox/world/build';
import { endpointStatus, serviceStatus } from '../../src/sandbox/world/lifecycle';
import { statusAt, type SandboxProject, type World } from '../../src/sandbox/world/world';
import type { Draft } from '../../src/setup/draft';
import type { FieldId } from '../../webview/protocol';
import {
  interfaceEndpointElsewhere,
  personWhoRemoves,
  personWhoSetsUp,
  personWhoSwitches,
  type Person,
} from './page-person';
import type { PageUnderTest, RefUnderTest } from './page-window';

/** Something that a person does on a page, in a project as it is before, and how the world has to be afterwards. */
export interface PageKind {
  readonly name: string;
  /** Makes what is there before; answers with what the editor has kept of the page's draft by then. */
  readonly build: (world: World, project: SandboxProject) => Draft | undefined;
  readonly ref: (project: SandboxProject) => RefUnderTest;
  readonly person: Person;
  /** One of everything, available, or nothing of it: fails otherwise. */
  readonly check: (world: World, project: SandboxProject) => void;
  /** The request that a process is killed at, by name. */
  readonly mortal: string;
  /** How many moments at least leave something else behind; absent: those of another kind, and not tried again. */
  readonly atLeast?: number;
}

const instanceName = 'Instance0';
const federationPlace = 'US_EAST_1';

type Fields = Readonly<Partial<Record<FieldId, string>>>;

function newService({ id }: SandboxProject): RefUnderTest {
  return { kind: 'new-service', projectId: id };
}

function onlyService({ id, services }: SandboxProject): RefUnderTest {
  const [service] = services.values();
  assert.ok(service);
  return { kind: 'service', projectId: id, provider: service.provider, serviceId: service.id };
}

function serverlessPage({ id }: SandboxProject): RefUnderTest {
  return { kind: 'serverless', projectId: id, instanceName };
}

function federationPage({ id }: SandboxProject): RefUnderTest {
  return { kind: 'federation', projectId: id };
}

function withCluster(provider: 'AWS' | 'AZURE' | 'GCP', place: string) {
  return (world: World, project: SandboxProject): undefined => {
    addCluster(world, project, 'Cluster0', { regions: [region(provider, place)] });
  };
}

function withInstance(provider: 'AWS' | 'AZURE', place: string) {
  return (world: World, project: SandboxProject): undefined => {
    addCluster(world, project, instanceName, {
      kind: 'serverless',
      tier: 'SERVERLESS',
      regions: [region(provider, place)],
    });
  };
}

function detailOf(page: PageUnderTest, id: string): string {
  const found = page.step('service').details.find((one) => one.id === id);
  assert.ok(found, `the page tells ${id}`);
  return found.value;
}

const azure: Fields = { endpointId: azureEndpointId('sandbox-set-up'), endpointAddress: '10.20.1.9' };

function google(count: number): Fields {
  const addresses = Array.from(
    { length: count },
    (_, index) => `sandbox-${String(index)}@10.30.3.${String(index + 10)}`,
  );
  return {
    endpointGroup: 'sandbox-set-up',
    endpointProject: 'sandbox-network-project',
    endpointAddresses: addresses.join('\n'),
  };
}

// ---------------------------------------------------------------- what has to be there afterwards

function oneEndpoint(world: World, project: SandboxProject): void {
  assert.equal(project.services.size, 1, 'one endpoint service');
  for (const service of project.services.values()) {
    assert.equal(serviceStatus(world, service).status, 'AVAILABLE');
    assert.equal(service.endpoints.size, 1, 'one endpoint on it');
    for (const one of service.endpoints.values()) assert.equal(endpointStatus(world, service, one).status, 'AVAILABLE');
  }
}

function oneOfInstance(world: World, project: SandboxProject): void {
  const endpoints = [...(project.clusters.get(instanceName)?.serverlessEndpoints.values() ?? [])];
  assert.deepEqual(
    endpoints.map(({ timeline }) => statusAt(timeline, world.clock.now())),
    ['AVAILABLE'],
  );
}

function oneOfFederation(world: World, project: SandboxProject): void {
  const endpoints = [...project.dataFederationEndpoints.values()];
  assert.deepEqual(
    endpoints.map(({ timeline }) => statusAt(timeline, world.clock.now())),
    ['OK'],
  );
}

/** Interface endpoints that are not over, and the security groups that carry our tag. */
export function inAwsAccount(world: World) {
  const places = [...world.aws.regions.values()];
  return {
    endpoints: places
      .flatMap(({ vpcEndpoints }) => [...vpcEndpoints.values()])
      .filter(({ timeline }) => statusAt(timeline, world.clock.now()) !== 'deleted'),
    groups: places.flatMap(({ securityGroups }) => [...securityGroups.values()]).filter(({ tags }) => tags.has(ownTag)),
  };
}

function inCloud(world: World, endpointCount: number, groupCount: number): void {
  const { endpoints, groups } = inAwsAccount(world);
  assert.equal(endpoints.length, endpointCount, 'interface endpoints in the AWS account');
  assert.equal(groups.length, groupCount, 'security groups that were made for them');
  for (const group of groups) {
    assert.ok(
      endpoints.some(({ securityGroupIds }) => securityGroupIds.includes(group.id)),
      `${group.name} is used`,
    );
    assert.equal(group.inbound.length, 1, `${group.name} has its rule once`);
  }
}

// ---------------------------------------------------------------- what is there before a removal

/** An interface endpoint of our own in the AWS account, with the security group that the page proposes. */
export function addOurs(world: World, wishId: string, serviceName: string, regionName = 'us-east-1'): string {
  const place = world.aws.regions.get(regionName);
  const vpc = [...(place?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
  const subnet = [...(place?.subnets.values() ?? [])].find(({ vpcId }) => vpcId === vpc?.id);
  assert.ok(place && vpc && subnet);
  const groupName = `atlas-private-endpoint-${wishId.slice(-8)}`;
  const group =
    [...place.securityGroups.values()].find(({ name }) => name === groupName) ??
    addSecurityGroup(world, place, vpc, groupName, 'Clients');
  group.tags.set(ownTag, 'true');
  group.inbound = [{ protocol: 'tcp', fromPort: 1024, toPort: 65535, cidrs: [vpc.cidr], groupIds: [] }];
  const endpoint = addVpcEndpoint(
    world,
    place,
    vpc,
    serviceName,
    [{ subnet, ip: subnet.cidr.replace(/0\/24$/u, '77') }],
    [group],
    {
      name: 'atlas-private-endpoint',
    },
  );
  endpoint.tags.set(ownTag, 'a-token');
  return endpoint.id;
}

const signedInToAws: Draft = { profile: 'chain' };

export const pageKinds: readonly PageKind[] = [
  {
    name: 'AWS, by the page itself',
    build: withCluster('AWS', 'US_EAST_1'),
    ref: newService,
    person: personWhoSetsUp({ cloud: 'here' }),
    check: (world, project) => {
      oneEndpoint(world, project);
      inCloud(world, 1, 1);
    },
    mortal: 'ec2:CreateVpcEndpoint',
    atLeast: 10,
  },
  {
    name: 'AWS, a cluster in two regions',
    build: (world, project) => {
      const regions = [region('AWS', 'US_EAST_1', 2), region('AWS', 'EU_WEST_1', 1, 6)];
      addCluster(world, project, 'Cluster0', { regions });
      return undefined;
    },
    ref: newService,
    person: personWhoSetsUp({ cloud: 'here' }),
    check: (world, project) => {
      oneEndpoint(world, project);
      assert.equal([...project.services.values()][0]?.region, 'US_EAST_1', 'the region that was begun with');
      inCloud(world, 1, 1);
    },
    mortal: 'POST /privateEndpoint/endpointService',
  },
  {
    name: 'AWS, made elsewhere',
    build: withCluster('AWS', 'US_EAST_1'),
    ref: newService,
    person: personWhoSetsUp({
      cloud: async (page, aws) => ({
        endpointId: await interfaceEndpointElsewhere(aws, 'us-east-1', detailOf(page, 'service-name')),
      }),
    }),
    check: (world, project) => {
      oneEndpoint(world, project);
      inCloud(world, 1, 0);
    },
    mortal: 'POST /privateEndpoint/endpointService',
    atLeast: 5,
  },
  {
    name: 'Azure',
    build: withCluster('AZURE', 'US_EAST_2'),
    ref: newService,
    person: personWhoSetsUp({ cloud: () => azure }),
    check: oneEndpoint,
    mortal: 'POST /privateEndpoint/AZURE/endpointService/',
    atLeast: 5,
  },
  {
    name: 'Google Cloud, port-mapped',
    build: withCluster('GCP', 'CENTRAL_US'),
    ref: newService,
    person: personWhoSetsUp({ cloud: () => google(1) }),
    check: (world, project) => {
      oneEndpoint(world, project);
      assert.equal([...project.services.values()][0]?.portMappingEnabled, true);
    },
    mortal: 'POST /privateEndpoint/GCP/endpointService/',
    atLeast: 5,
  },
  {
    name: 'Google Cloud, many addresses',
    build: withCluster('GCP', 'CENTRAL_US'),
    ref: newService,
    person: personWhoSetsUp({ wanted: { portMapping: false }, cloud: () => google(50) }),
    check: (world, project) => {
      oneEndpoint(world, project);
      const [service] = project.services.values();
      assert.ok(service);
      assert.equal(service.portMappingEnabled, false);
      assert.equal([...service.endpoints.values()][0]?.addresses.length, 50);
    },
    mortal: 'POST /privateEndpoint/endpointService',
    atLeast: 5,
  },
  {
    name: 'serverless instance on AWS',
    build: withInstance('AWS', 'US_EAST_1'),
    ref: serverlessPage,
    person: personWhoSetsUp({ cloud: 'here' }),
    check: (world, project) => {
      oneOfInstance(world, project);
      inCloud(world, 1, 1);
    },
    mortal: 'POST /privateEndpoint/serverless/instance/',
    atLeast: 8,
  },
  {
    name: 'serverless instance on Azure',
    build: withInstance('AZURE', 'US_EAST_2'),
    ref: serverlessPage,
    person: personWhoSetsUp({ cloud: () => azure }),
    check: oneOfInstance,
    mortal: 'PATCH /privateEndpoint/serverless/instance/',
    atLeast: 4,
  },
  {
    name: 'Data Federation on AWS',
    build: () => undefined,
    ref: federationPage,
    person: personWhoSetsUp({ cloud: 'here' }),
    check: (world, project) => {
      oneOfFederation(world, project);
      inCloud(world, 1, 1);
    },
    mortal: 'POST /privateNetworkSettings/endpointIds',
    atLeast: 8,
  },
  {
    name: 'Data Federation on Azure',
    build: () => undefined,
    ref: federationPage,
    person: personWhoSetsUp({
      wanted: { federationProvider: 'AZURE', federationRegion: 'US_EAST_2' },
      cloud: () => azure,
    }),
    check: (world, project) => {
      oneOfFederation(world, project);
      assert.equal([...project.dataFederationEndpoints.values()][0]?.provider, 'AZURE');
    },
    mortal: 'POST /privateNetworkSettings/endpointIds',
    atLeast: 4,
  },
  {
    name: 'Online Archive',
    build: (world, project) => {
      const archive = { id: world.ids.atlas(), database: 'sample', collection: 'old', state: 'ACTIVE' };
      addCluster(world, project, 'Cluster0', {
        archives: [{ ...archive, provider: 'AWS', region: federationPlace }],
      });
      return undefined;
    },
    ref: federationPage,
    person: personWhoSetsUp({
      cloud: async (_, aws) => ({
        endpointId: await interfaceEndpointElsewhere(aws, 'us-east-1', federationServices[federationPlace] ?? ''),
      }),
    }),
    check: (world, project) => {
      oneOfFederation(world, project);
      inCloud(world, 1, 0);
      assert.equal(project.services.size, 0);
    },
    mortal: 'POST /privateNetworkSettings/endpointIds',
    atLeast: 3,
  },
  ...[true, false].map((registered): PageKind => ({
    name: `removal of an AWS service ${registered ? 'with its endpoint' : 'whose endpoint was never registered'}`,
    build: (world, project) => {
      addCluster(world, project, 'Cluster0', {});
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      const endpointId = addOurs(world, service.id, service.cloudName);
      if (registered) addEndpoint(world, service, endpointId);
      return signedInToAws;
    },
    ref: onlyService,
    person: personWhoRemoves('remove-service'),
    check: (world, { services }) => {
      assert.equal(services.size, 0);
      inCloud(world, 0, 0);
    },
    mortal: 'ec2:DeleteVpcEndpoints',
    atLeast: 4,
  })),
  {
    name: 'removal of the endpoints of an AWS service, one after the other',
    build: (world, project) => {
      addCluster(world, project, 'Cluster0', {});
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      for (let count = 0; count < 2; count += 1) {
        addEndpoint(world, service, addOurs(world, service.id, service.cloudName));
      }
      return signedInToAws;
    },
    ref: onlyService,
    person: personWhoRemoves('remove-endpoint'),
    check: (world, { services }) => {
      assert.equal(services.size, 0);
      inCloud(world, 0, 0);
    },
    mortal: 'DELETE /privateEndpoint/AWS/endpointService/',
    atLeast: 6,
  },
  {
    name: 'removal of an Azure service',
    build: (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [region('AZURE', 'US_EAST_2')] });
      const service = addService(world, project, 'AZURE', 'US_EAST_2');
      const addresses = [{ name: 'sandbox-set-up', ipAddress: '10.20.1.9' }];
      addEndpoint(world, service, azureEndpointId('sandbox-set-up'), { addresses });
      return undefined;
    },
    ref: onlyService,
    person: personWhoRemoves('remove-service'),
    check: (_, { services }) => assert.equal(services.size, 0),
    mortal: 'DELETE /privateEndpoint/AZURE/endpointService/',
    atLeast: 2,
  },
  ...[true, false].map((portMapped): PageKind => ({
    name: `removal of a Google Cloud service, ${portMapped ? 'port-mapped' : 'many addresses'}`,
    build: (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [region('GCP', 'CENTRAL_US')] });
      const service = addService(world, project, 'GCP', 'CENTRAL_US', { portMappingEnabled: portMapped });
      const addresses = Array.from({ length: portMapped ? 1 : 50 }, (_, index) => ({
        name: `sandbox-${String(index)}`,
        ipAddress: `10.30.3.${String(index + 10)}`,
      }));
      addEndpoint(world, service, 'sandbox-set-up', { addresses, gcpProjectId: 'sandbox-network-project' });
      return undefined;
    },
    ref: onlyService,
    person: personWhoRemoves('remove-service'),
    check: (_, { services }) => assert.equal(services.size, 0),
    mortal: 'DELETE /privateEndpoint/GCP/endpointService/',
    atLeast: 2,
  })),
  {
    name: 'removal of an endpoint of a serverless instance',
    build: (world, project) => {
      withInstance('AWS', 'US_EAST_1')(world, project);
      const id = world.ids.atlas();
      const cloudName = `com.amazonaws.vpce.us-east-1.${world.ids.aws('vpce-svc')}`;
      project.clusters.get(instanceName)?.serverlessEndpoints.set(id, {
        id,
        provider: 'AWS',
        timeline: [{ at: 0, status: 'AVAILABLE' }],
        comment: '',
        cloudName,
        cloudProviderEndpointId: addOurs(world, id, cloudName),
      });
      return signedInToAws;
    },
    ref: serverlessPage,
    person: personWhoRemoves('remove-endpoint'),
    check: (world, { clusters }) => {
      assert.equal(clusters.get(instanceName)?.serverlessEndpoints.size, 0);
      inCloud(world, 0, 0);
    },
    mortal: 'ec2:DeleteVpcEndpoints',
    atLeast: 3,
  },
  {
    name: 'removal of an endpoint of a serverless instance on Azure',
    build: (world, project) => {
      withInstance('AZURE', 'US_EAST_2')(world, project);
      const id = world.ids.atlas();
      project.clusters.get(instanceName)?.serverlessEndpoints.set(id, {
        id,
        provider: 'AZURE',
        timeline: [{ at: 0, status: 'AVAILABLE' }],
        comment: '',
        cloudName: `sandbox-${id}`,
        cloudProviderEndpointId: azureEndpointId('sandbox-set-up'),
        privateEndpointIpAddress: '10.20.1.9',
      });
      return undefined;
    },
    ref: serverlessPage,
    person: personWhoRemoves('remove-endpoint'),
    check: (_, { clusters }) => assert.equal(clusters.get(instanceName)?.serverlessEndpoints.size, 0),
    mortal: 'DELETE /privateEndpoint/serverless/instance/',
    atLeast: 2,
  },
  {
    name: 'removal of an endpoint for Data Federation on Azure',
    build: (_, project) => {
      const id = azureEndpointId('sandbox-set-up');
      project.dataFederationEndpoints.set(id, {
        id,
        provider: 'AZURE',
        timeline: [{ at: 0, status: 'OK' }],
        comment: '',
        region: 'US_EAST_2',
        ipAddress: '10.20.1.9',
      });
      return undefined;
    },
    ref: federationPage,
    person: personWhoRemoves('remove-endpoint'),
    check: (_, { dataFederationEndpoints }) => assert.equal(dataFederationEndpoints.size, 0),
    mortal: 'DELETE /privateNetworkSettings/endpointIds/',
    atLeast: 2,
  },
  {
    name: 'removal of endpoints for Data Federation in two regions',
    build: (world, project) => {
      for (const [place, regionName] of [
        [federationPlace, 'us-east-1'],
        ['EU_WEST_1', 'eu-west-1'],
      ] as const) {
        const id = addOurs(
          world,
          `data-federation/${place}/${project.id}`,
          federationServices[place] ?? '',
          regionName,
        );
        project.dataFederationEndpoints.set(id, {
          id,
          provider: 'AWS',
          timeline: [{ at: 0, status: 'OK' }],
          comment: '',
          region: place,
        });
      }
      return signedInToAws;
    },
    ref: federationPage,
    person: personWhoRemoves('remove-endpoint'),
    check: (world, { dataFederationEndpoints }) => {
      assert.equal(dataFederationEndpoints.size, 0);
      inCloud(world, 0, 0);
    },
    mortal: 'ec2:DeleteVpcEndpoints',
    atLeast: 6,
  },
  ...[true, false].map((enabled): PageKind => ({
    name: `regionalized mode ${enabled ? 'on' : 'off'}`,
    build: (world, project) => {
      addCluster(world, project, 'Worldwide', { topology: 'GEOSHARDED', tier: 'M30', shardCount: 2 });
      addService(world, project, 'AWS', 'US_EAST_1');
      project.regionalizedMode = !enabled;
      return undefined;
    },
    ref: onlyService,
    person: personWhoSwitches(enabled),
    check: (_, { regionalizedMode }) => assert.equal(regionalizedMode, enabled),
    mortal: 'PATCH /privateEndpoint/regionalMode',
    atLeast: 2,
  })),
];
