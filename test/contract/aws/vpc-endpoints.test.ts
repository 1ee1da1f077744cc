import assert from 'node:assert/strict';
import type { EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2';
import type { SandboxService } from '../../../src/sandbox/world/world';
import type { FakeClock } from '../../builders/sandbox';
import { fakeClock } from '../../builders/sandbox';
import type { AwsUnderTest } from './aws-under-test';
import { refused, sandboxVpc, startAwsUnderTest } from './aws-under-test';

describe('sandbox EC2: interface endpoints through the AWS SDK', () => {
  let clock: FakeClock;
  let aws: AwsUnderTest;
  let ec2: EC2Client;
  let service: SandboxService;
  let vpc: ReturnType<typeof sandboxVpc>;

  beforeEach(async () => {
    clock = fakeClock();
    aws = await startAwsUnderTest({ clock });
    ec2 = aws.ec2();
    service = aws.service();
    vpc = sandboxVpc(aws.region());
  });
  afterEach(() => aws.close());

  /** What every creation here has in common. */
  const wanted = () => ({
    VpcEndpointType: 'Interface' as const,
    VpcId: vpc.id,
    ServiceName: service.cloudName,
    SubnetIds: [vpc.subnet('a'), vpc.subnet('b')],
  });
  const create = async (more: object = {}) => {
    const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand({ ...wanted(), ...more }));
    assert.ok(VpcEndpoint?.VpcEndpointId);
    return { ...VpcEndpoint, VpcEndpointId: VpcEndpoint.VpcEndpointId };
  };
  const count = async () => {
    const filter = { Name: 'service-name', Values: [service.cloudName] };
    return (await ec2.send(new DescribeVpcEndpointsCommand({ Filters: [filter] }))).VpcEndpoints?.length;
  };

  it('are created waiting for Atlas, with an address in each subnet and their DNS names', async () => {
    const group = vpc.group('sandbox-endpoint');
    const tags = [
      { Key: 'Name', Value: 'sandbox <new> & "quoted"' },
      { Key: 'empty', Value: '' },
    ];
    const endpoint = await create({
      SecurityGroupIds: [group],
      TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: tags }],
    });
    assert.match(endpoint.VpcEndpointId, /^vpce-[0-9a-f]{17}$/);
    assert.equal(endpoint.State, 'pendingAcceptance');
    assert.equal(endpoint.VpcId, vpc.id);
    assert.deepEqual(endpoint.SubnetIds, wanted().SubnetIds);
    assert.deepEqual(endpoint.Groups, [{ GroupId: group, GroupName: 'sandbox-endpoint' }]);
    assert.deepEqual(endpoint.Tags, tags);
    assert.equal(endpoint.CreationTimestamp?.getTime(), clock.now());
    const names = endpoint.DnsEntries?.map(({ DnsName }) => DnsName) ?? [];
    const serviceId = service.cloudName.split('.').at(-1) ?? '';
    assert.equal(names.length, 3);
    assert.match(
      names[0] ?? '',
      new RegExp(`^${endpoint.VpcEndpointId}-\\w{8}\\.${serviceId}\\.us-east-1\\.vpce\\.amazonaws\\.com$`),
    );
    assert.match(names[1] ?? '', /-us-east-1a\.vpce-svc-/);

    const interfaces = await ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: endpoint.NetworkInterfaceIds }),
    );
    assert.deepEqual(
      interfaces.NetworkInterfaces?.map(({ SubnetId }) => SubnetId),
      endpoint.SubnetIds,
    );
    const [first] = interfaces.NetworkInterfaces ?? [];
    assert.match(first?.PrivateIpAddress ?? '', /^10\.0\.30\.\d+$/);
    assert.equal(first?.Description, `VPC Endpoint Interface ${endpoint.VpcEndpointId}`);
    const left = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [vpc.subnet('a')] }));
    const used = [...aws.region().networkInterfaces.values()].filter(({ subnetId }) => subnetId === vpc.subnet('a'));
    // The client of the sandbox has one as well.
    assert.equal(left.Subnets?.[0]?.AvailableIpAddressCount, 251 - used.length - 1);
  });

  it('get the default security group of the VPC when none is chosen', async () => {
    assert.deepEqual((await create()).Groups, [{ GroupId: vpc.group('default'), GroupName: 'default' }]);
  });

  it('are created once for one client token, and refused for another request with it', async () => {
    const first = await create({ ClientToken: 'sandbox-token' });
    const second = await create({ ClientToken: 'sandbox-token' });
    assert.equal(second.VpcEndpointId, first.VpcEndpointId);
    assert.equal(await count(), 1);
    await refused('IdempotentParameterMismatch', create({ ClientToken: 'sandbox-token', SubnetIds: [] }));
    assert.notEqual((await create({ ClientToken: 'another' })).VpcEndpointId, first.VpcEndpointId);
  });

  it('are created once when the answer to the first request is lost', async () => {
    aws.world.faults.set('aws-answer-lost', true, 'CreateVpcEndpoint');
    await assert.rejects(create({ ClientToken: 'lost' }), { code: 'ECONNRESET' });
    assert.equal(await count(), 1);
    aws.world.faults.set('aws-answer-lost', false, 'CreateVpcEndpoint');
    const { VpcEndpointId } = await create({ ClientToken: 'lost' });
    assert.equal(await count(), 1);
    assert.ok(aws.region().vpcEndpoints.has(VpcEndpointId));
  });

  it('are not created by a dry run, which tells whether it would work', async () => {
    const error = await refused('DryRunOperation', create({ DryRun: true }));
    assert.equal((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode, 412);
    await refused('InvalidVpcId.NotFound', create({ DryRun: true, VpcId: 'vpc-00000000000000000' }));
    assert.equal(await count(), 0);
  });

  const refusals: Readonly<Record<string, readonly [code: string, more: () => object]>> = {
    'a VPC that does not exist': ['InvalidVpcId.NotFound', () => ({ VpcId: 'vpc-00000000000000000' })],
    'a malformed VPC id': ['InvalidVpcId.Malformed', () => ({ VpcId: 'vpc_1' })],
    'a subnet that does not exist': ['InvalidSubnetId.NotFound', () => ({ SubnetIds: ['subnet-00000000000000000'] })],
    'a malformed subnet id': ['InvalidSubnetId.Malformed', () => ({ SubnetIds: ['sub'] })],
    'a subnet of another VPC': ['InvalidParameter', () => ({ SubnetIds: [subnetOfDefaultVpc()] })],
    'two subnets in one zone': [
      'DuplicateSubnetsInSameZone',
      () => ({ SubnetIds: [vpc.subnet('b'), vpc.subnet('b-2')] }),
    ],
    'a service that does not exist': [
      'InvalidServiceName',
      () => ({ ServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000000' }),
    ],
    'a service in a region that it is not open to': [
      'InvalidServiceName',
      () => ({ ServiceName: aws.service('EU_WEST_1').cloudName }),
    ],
    'a gateway endpoint': ['InvalidParameter', () => ({ VpcEndpointType: 'Gateway' })],
    'no type, which means a gateway': ['InvalidParameter', () => ({ VpcEndpointType: undefined })],
    'private DNS': ['InvalidParameter', () => ({ PrivateDnsEnabled: true })],
    IPv6: ['InvalidParameter', () => ({ IpAddressType: 'ipv6' })],
    'a security group that does not exist': [
      'InvalidGroup.NotFound',
      () => ({ SecurityGroupIds: ['sg-00000000000000000'] }),
    ],
    'a malformed security group': ['InvalidGroupId.Malformed', () => ({ SecurityGroupIds: ['default'] })],
    'tags for something else': [
      'InvalidParameterValue',
      () => ({ TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }] }),
    ],
    'reserved tags': [
      'InvalidParameterValue',
      () => ({ TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: [{ Key: 'aws:a', Value: 'b' }] }] }),
    ],
    'no VPC': ['MissingParameter', () => ({ VpcId: undefined })],
    'a parameter that the sandbox does not know': [
      'UnknownParameter',
      () => ({ ResourceConfigurationArn: 'arn:aws:sandbox' }),
    ],
  };
  const subnetOfDefaultVpc = () => {
    const { vpcs, subnets } = aws.region();
    const found = [...subnets.values()].find(({ vpcId }) => vpcs.get(vpcId)?.isDefault === true);
    assert.ok(found);
    return found.id;
  };
  for (const [what, [code, more]] of Object.entries(refusals)) {
    it(`refuse ${what} with ${code}, and leave nothing behind`, async () => {
      await refused(code, create(more()));
      assert.equal(await count(), 0);
    });
  }

  it('are limited to 50 in a VPC', async () => {
    const present = [...aws.region().vpcEndpoints.values()].filter((endpoint) => endpoint.vpcId === vpc.id).length;
    for (let more = present; more < 50; more += 1) await create({ SubnetIds: [] });
    await refused('VpcEndpointLimitExceeded', create({ SubnetIds: [] }));
  });

  it('reach services of other regions that let them in', async () => {
    service = aws.service('EU_WEST_1', ['US_EAST_1']);
    await refused('InvalidServiceName', create());
    const { VpcEndpointId } = await create({ ServiceRegion: 'eu-west-1' });
    assert.equal(aws.region().vpcEndpoints.get(VpcEndpointId)?.serviceName, service.cloudName);
  });

  it('are changed: subnets and security groups, all or nothing', async () => {
    const { VpcEndpointId } = await create({ SubnetIds: [] });
    const modify = (more: object) => ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ...more }));
    const view = async () => {
      const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
      return VpcEndpoints?.[0];
    };
    assert.deepEqual((await view())?.DnsEntries, []);
    const answer = await modify({
      AddSubnetIds: [vpc.subnet('a'), vpc.subnet('c')],
      AddSecurityGroupIds: [vpc.group('sandbox-endpoint')],
      RemoveSecurityGroupIds: [vpc.group('default')],
    });
    assert.equal(answer.Return, true);
    assert.deepEqual((await view())?.SubnetIds, [vpc.subnet('a'), vpc.subnet('c')]);
    assert.equal((await view())?.DnsEntries?.length, 3);
    assert.deepEqual(
      (await view())?.Groups?.map(({ GroupId }) => GroupId),
      [vpc.group('sandbox-endpoint')],
    );

    aws.world.faults.set('aws-subnet-full', true, vpc.subnet('b'));
    const tooMuch = { RemoveSubnetIds: [vpc.subnet('a')], AddSubnetIds: [vpc.subnet('b')] };
    await refused('InsufficientFreeAddressesInSubnet', modify(tooMuch));
    assert.deepEqual((await view())?.SubnetIds, [vpc.subnet('a'), vpc.subnet('c')]);
    aws.world.faults.set('aws-subnet-full', false);
    await modify(tooMuch);
    assert.deepEqual((await view())?.SubnetIds, [vpc.subnet('c'), vpc.subnet('b')]);
    const { NetworkInterfaces } = await ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: (await view())?.NetworkInterfaceIds }),
    );
    assert.deepEqual(
      NetworkInterfaces?.map(({ AvailabilityZone }) => AvailabilityZone),
      ['us-east-1c', 'us-east-1b'],
    );

    await refused('DuplicateSubnetsInSameZone', modify({ AddSubnetIds: [vpc.subnet('b-2')] }));
    await refused('InvalidParameter', modify({ RemoveSubnetIds: [vpc.subnet('a')] }));
    await refused('InvalidParameter', modify({ RemoveSecurityGroupIds: [vpc.group('sandbox-endpoint')] }));
    await refused('InvalidParameter', modify({ PrivateDnsEnabled: true }));
    const absent = new ModifyVpcEndpointCommand({ VpcEndpointId: 'vpce-00000000000000000' });
    await refused('InvalidVpcEndpointId.NotFound', ec2.send(absent));
    for (const VpcEndpointId of ['vpce-xyz!', 'eni-00000000000000000']) {
      const code = 'InvalidVpcEndpointId.Malformed';
      await refused(code, ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, AddSubnetIds: [vpc.subnet('b')] })));
      await refused(code, ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] })));
    }
  });

  it('take the policy that lets everything through, and no other, as services of others do', async () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
    const policy = (...statements: readonly object[]) =>
      JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const { VpcEndpointId, PolicyDocument } = await create({ PolicyDocument: policy(statement) });
    assert.deepEqual(JSON.parse(PolicyDocument ?? ''), { Statement: [statement] });
    const modify = (text: string) => ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, PolicyDocument: text }));
    await modify(policy({ ...statement, Principal: { AWS: '*' }, Action: ['*'] }));
    await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ResetPolicy: true }));
    for (const narrower of [
      policy({ ...statement, Effect: 'Deny' }),
      policy({ ...statement, Action: 's3:GetObject' }),
      policy({ ...statement, Condition: { StringEquals: { 'aws:SourceVpc': vpc.id } } }),
      policy(statement, statement),
      policy(),
    ]) {
      const { message } = await refused('InvalidParameter', modify(narrower));
      assert.equal(message, `Service ${service.cloudName} only supports the full-access endpoint policy.`);
      await refused('InvalidParameter', create({ PolicyDocument: narrower }));
    }
    for (const nonsense of ['{', 'null', '{}', '"text"', '{"Statement":[1]}']) {
      await refused('InvalidPolicyDocument', create({ PolicyDocument: nonsense }));
    }
  });

  it('are deleted in time, and say which could not be', async () => {
    const { VpcEndpointId, NetworkInterfaceIds = [] } = await create();
    const absent = 'vpce-00000000000000000';
    const remove = (...ids: string[]) => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: ids }));
    const { Unsuccessful } = await remove(VpcEndpointId, absent);
    assert.deepEqual(
      Unsuccessful?.map(({ ResourceId, Error: error }) => [ResourceId, error?.Code]),
      [[absent, 'InvalidVpcEndpointId.NotFound']],
    );
    const state = async () => {
      const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
      return VpcEndpoints?.[0]?.State;
    };
    assert.equal(await state(), 'deleting');
    assert.deepEqual((await remove(VpcEndpointId)).Unsuccessful, []);
    await refused('IncorrectState', ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId })));
    clock.advance(aws.world.pace.deletion);
    assert.equal(await state(), 'deleted');
    const interfaces = new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds });
    await refused('InvalidNetworkInterfaceID.NotFound', ec2.send(interfaces));
    clock.advance(aws.world.pace.deletion);
    await refused('InvalidVpcEndpointId.NotFound', state());
    await refused('MissingParameter', remove());
  });

  it('are listed page by page, whatever goes in between', async () => {
    const all = [...aws.region().vpcEndpoints.keys()];
    assert.ok(all.length > 5, 'the scenario has several endpoints');
    const seen: string[] = [];
    for await (const page of paginateDescribeVpcEndpoints({ client: ec2, pageSize: 2 }, {})) {
      assert.ok((page.VpcEndpoints?.length ?? 0) <= 2);
      seen.push(...(page.VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId ?? '') ?? []));
      // The last one that was seen goes: nobody else may be missed.
      if (seen.length === 2) aws.region().vpcEndpoints.delete(seen.at(-1) ?? '');
    }
    assert.deepEqual(seen, all);
    const wrong = new DescribeVpcEndpointsCommand({ NextToken: 'sandbox' });
    await refused('InvalidParameterValue', ec2.send(wrong));
    const { NextToken } = await ec2.send(new DescribeVpcEndpointsCommand({ MaxResults: 2 }));
    assert.ok(NextToken);
    const other = { NextToken, MaxResults: 2, Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] };
    await refused('InvalidParameterValue', ec2.send(new DescribeVpcEndpointsCommand(other)));
  });

  it('are found by filters: every one has to hold, wildcards and tags too', async () => {
    const find = async (...filters: [string, string[]][]) => {
      const Filters = filters.map(([Name, Values]) => ({ Name, Values }));
      const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
      return VpcEndpoints?.map(({ Tags }) => Tags?.find(({ Key }) => Key === 'Name')?.Value).sort();
    };
    assert.deepEqual(await find(['tag:Name', ['sandbox-orders*']]), ['sandbox-orders', 'sandbox-orders-one-zone']);
    assert.deepEqual(await find(['tag:Name', ['sandbox-order?']]), ['sandbox-orders']);
    assert.deepEqual(await find(['tag:Name', ['sandbox-order\\?']]), []);
    assert.deepEqual(await find(['tag:Name', ['sandbox-.*']]), []);
    assert.deepEqual(await find(['tag-key', ['Name']], ['vpc-endpoint-state', ['pendingAcceptance']]), [
      'sandbox-catalog-waiting',
    ]);
    assert.deepEqual(await find(['vpc-endpoint-id', ['vpce-024f5b57108c8d3ed']]), ['sandbox-storefront']);
    await refused('InvalidParameterValue', find(['colour', ['blue']]));
  });

  it('know the services that a region can reach', async () => {
    const remote = aws.service('EU_WEST_1', ['US_EAST_1']);
    const describe = (more: object) => ec2.send(new DescribeVpcEndpointServicesCommand(more));
    const { ServiceNames: all = [] } = await describe({});
    assert.ok(all.includes(service.cloudName));
    assert.ok(!all.includes(remote.cloudName));
    const one = await describe({ ServiceNames: [service.cloudName] });
    assert.deepEqual(one.ServiceDetails?.[0]?.AvailabilityZones, ['us-east-1a', 'us-east-1b', 'us-east-1c']);
    assert.equal(one.ServiceDetails[0].AcceptanceRequired, true);
    const there = await describe({ ServiceRegions: ['eu-west-1'] });
    assert.deepEqual(
      there.ServiceDetails?.map(({ ServiceRegion }) => ServiceRegion),
      ['eu-west-1'],
    );
    await refused('InvalidServiceName', describe({ ServiceNames: ['com.amazonaws.vpce.us-east-1.vpce-svc-0'] }));
  });
});
