import assert from 'node:assert/strict';
import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  paginateDescribeSubnets,
} from '@aws-sdk/client-ec2';
import type { AwsUnderTest } from './aws-under-test';
import { refused, sandboxVpc, startAwsUnderTest } from './aws-under-test';

describe('sandbox EC2: the network of the account through the AWS SDK', () => {
  let aws: AwsUnderTest;
  let ec2: EC2Client;
  let vpc: ReturnType<typeof sandboxVpc>;

  beforeEach(async () => {
    aws = await startAwsUnderTest();
    ec2 = aws.ec2();
    vpc = sandboxVpc(aws.region());
  });
  afterEach(() => aws.close());

  it('has regions and their zones, with the ids that are the same in every account', async () => {
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true }));
    assert.deepEqual(Regions.map(({ RegionName }) => RegionName).sort(), [...aws.world.aws.regions.keys()].sort());
    const { AvailabilityZones: zones } = await aws
      .ec2({ region: 'ap-southeast-2' })
      .send(new DescribeAvailabilityZonesCommand({}));
    assert.deepEqual(
      zones?.map(({ ZoneName, ZoneId, State }) => [ZoneName, ZoneId, State]),
      [
        ['ap-southeast-2a', 'apse2-az1', 'available'],
        ['ap-southeast-2b', 'apse2-az2', 'available'],
        ['ap-southeast-2c', 'apse2-az3', 'available'],
      ],
    );
    const one = await ec2.send(new DescribeAvailabilityZonesCommand({ ZoneNames: ['us-east-1b'] }));
    assert.deepEqual(
      one.AvailabilityZones?.map(({ ZoneId }) => ZoneId),
      ['use1-az2'],
    );
    await refused('InvalidParameterValue', ec2.send(new DescribeRegionsCommand({ RegionNames: ['mars-north-1'] })));
  });

  it('has VPCs: the default one and the one that the applications are in', async () => {
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] }));
    assert.deepEqual(
      Vpcs?.map(({ VpcId, CidrBlock, State, OwnerId, Tags }) => [VpcId, CidrBlock, State, OwnerId, Tags]),
      [[vpc.id, '10.0.0.0/16', 'available', '123456789012', [{ Key: 'Name', Value: 'sandbox-us-east-1' }]]],
    );
    const absent = new DescribeVpcsCommand({ VpcIds: ['vpc-00000000000000000'] });
    await refused('InvalidVpcID.NotFound', ec2.send(absent));
  });

  it('has subnets with zone and free addresses, page by page', async () => {
    const filter = { Name: 'vpc-id', Values: [vpc.id] };
    const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [filter] }));
    assert.deepEqual(
      Subnets.map(({ CidrBlock, AvailabilityZone, AvailabilityZoneId }) => [
        CidrBlock,
        AvailabilityZone,
        AvailabilityZoneId,
      ]),
      [
        ['10.0.30.0/24', 'us-east-1a', 'use1-az1'],
        ['10.0.20.0/24', 'us-east-1b', 'use1-az2'],
        ['10.0.40.0/24', 'us-east-1c', 'use1-az3'],
        ['10.0.21.0/24', 'us-east-1b', 'use1-az2'],
      ],
    );
    const pages: (string | undefined)[][] = [];
    for await (const page of paginateDescribeSubnets({ client: ec2, pageSize: 5 }, {})) {
      pages.push(page.Subnets?.map(({ SubnetId }) => SubnetId) ?? []);
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [5, 2],
    );
    assert.deepEqual(pages.flat(), [...aws.region().subnets.keys()]);
    await refused('InvalidParameterValue', ec2.send(new DescribeSubnetsCommand({ MaxResults: 4 })));
    await refused('InvalidParameterValue', ec2.send(new DescribeSubnetsCommand({ MaxResults: 1001 })));
    const both = new DescribeSubnetsCommand({ MaxResults: 5, SubnetIds: [vpc.subnet('a')] });
    await refused('InvalidParameterCombination', ec2.send(both));
    const absent = new DescribeSubnetsCommand({ SubnetIds: [vpc.subnet('a'), 'subnet-00000000000000000'] });
    await refused('InvalidSubnetID.NotFound', ec2.send(absent));
  });

  it('has the network interfaces of the endpoints', async () => {
    const filter = { Name: 'private-ip-address', Values: ['10.0.30.194'] };
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: [filter] }));
    const [only, ...others] = NetworkInterfaces ?? [];
    assert.equal(others.length, 0);
    assert.equal(only?.Description, 'VPC Endpoint Interface vpce-024f5b57108c8d3ed');
    assert.equal(only.InterfaceType, 'vpc_endpoint');
    assert.deepEqual(
      only.Groups?.map(({ GroupName }) => GroupName),
      ['sandbox-endpoint'],
    );
    assert.match(only.MacAddress ?? '', /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/);
  });

  it('has a network ACL and a route table that let everything through', async () => {
    const Filters = [{ Name: 'vpc-id', Values: [vpc.id] }];
    const acls = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
    const [acl] = acls.NetworkAcls ?? [];
    assert.equal(acl?.IsDefault, true);
    assert.equal(acl.Associations?.length, 4);
    assert.deepEqual(
      acl.Entries?.map(({ Egress, RuleNumber, RuleAction }) => [Egress, RuleNumber, RuleAction]),
      [
        [false, 100, 'allow'],
        [false, 32_767, 'deny'],
        [true, 100, 'allow'],
        [true, 32_767, 'deny'],
      ],
    );
    const bySubnet = { Filters: [{ Name: 'association.subnet-id', Values: [vpc.subnet('c')] }] };
    const found = await ec2.send(new DescribeNetworkAclsCommand(bySubnet));
    assert.deepEqual(
      found.NetworkAcls?.map(({ NetworkAclId }) => NetworkAclId),
      [acl.NetworkAclId],
    );
    const tables = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
    assert.deepEqual(
      tables.RouteTables?.map(({ Routes }) => Routes?.map((route) => [route.DestinationCidrBlock, route.GatewayId])),
      [[['10.0.0.0/16', 'local']]],
    );
  });

  it('has a network ACL of their own for subnets that deny what Atlas needs', async () => {
    aws.world.faults.set('nacl-denies', true, vpc.subnet('c'));
    const { NetworkAcls = [] } = await ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] }),
    );
    assert.deepEqual(
      NetworkAcls.map(({ IsDefault, Associations }) => [IsDefault, Associations?.map(({ SubnetId }) => SubnetId)]),
      [
        [true, [vpc.subnet('a'), vpc.subnet('b'), vpc.subnet('b-2')]],
        [false, [vpc.subnet('c')]],
      ],
    );
    const inbound = NetworkAcls[1]?.Entries?.filter(({ Egress }) => Egress === false);
    assert.deepEqual(
      inbound?.map(({ RuleAction, Protocol, PortRange }) => [RuleAction, Protocol, PortRange]),
      [
        ['allow', '6', { From: 443, To: 443 }],
        ['deny', '-1', undefined],
      ],
    );
  });

  it('runs no instances', async () => {
    assert.deepEqual((await ec2.send(new DescribeInstancesCommand({}))).Reservations, []);
  });

  it('keeps tags: set, replaced, found, removed by key or by key and value', async () => {
    const Resources = [vpc.id, vpc.subnet('a')];
    const tag = (...tags: [string, string][]) => tags.map(([Key, Value]) => ({ Key, Value }));
    await ec2.send(new CreateTagsCommand({ Resources, Tags: tag(['team', 'sandbox'], ['stage', 'test']) }));
    await ec2.send(new CreateTagsCommand({ Resources: [vpc.id], Tags: tag(['stage', 'live']) }));
    const tagsOf = async (id: string) => {
      const { Tags } = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name: 'resource-id', Values: [id] }] }));
      return Object.fromEntries(Tags?.map(({ Key = '', Value = '' }): [string, string] => [Key, Value]) ?? []);
    };
    assert.deepEqual(await tagsOf(vpc.id), { Name: 'sandbox-us-east-1', team: 'sandbox', stage: 'live' });
    const found = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:stage', Values: ['test'] }] }));
    assert.deepEqual(
      found.Subnets?.map(({ SubnetId }) => SubnetId),
      [vpc.subnet('a')],
    );
    await ec2.send(new DeleteTagsCommand({ Resources, Tags: tag(['stage', 'test']) }));
    assert.equal((await tagsOf(vpc.id)).stage, 'live');
    assert.equal((await tagsOf(vpc.subnet('a'))).stage, undefined);
    await ec2.send(new DeleteTagsCommand({ Resources: [vpc.id], Tags: [{ Key: 'stage' }] }));
    assert.deepEqual(await tagsOf(vpc.id), { Name: 'sandbox-us-east-1', team: 'sandbox' });

    const onAbsent = new CreateTagsCommand({ Resources: ['vpce-0'], Tags: tag(['a', 'b']) });
    await refused('InvalidVpcEndpointId.NotFound', ec2.send(onAbsent));
    await refused('InvalidID', ec2.send(new CreateTagsCommand({ Resources: ['x-1'], Tags: tag(['a', 'b']) })));
    const many = tag(...Array.from({ length: 51 }, (_, index): [string, string] => [`k${index}`, '']));
    await refused('TagLimitExceeded', ec2.send(new CreateTagsCommand({ Resources: [vpc.id], Tags: many })));
  });

  it('can be asked whether one may ask', async () => {
    await refused('DryRunOperation', ec2.send(new DescribeVpcsCommand({ DryRun: true })));
  });
});
