import assert from 'node:assert/strict';
import type { EC2Client, IpPermission } from '@aws-sdk/client-ec2';
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import type { AwsUnderTest } from './aws-under-test';
import { refused, sandboxVpc, startAwsUnderTest } from './aws-under-test';

describe('sandbox EC2: security groups through the AWS SDK', () => {
  let aws: AwsUnderTest;
  let ec2: EC2Client;
  let vpc: ReturnType<typeof sandboxVpc>;

  beforeEach(async () => {
    aws = await startAwsUnderTest();
    ec2 = aws.ec2();
    vpc = sandboxVpc(aws.region());
  });
  afterEach(() => aws.close());

  const create = async (more: object = {}) => {
    const base = { GroupName: 'atlas', Description: 'Interface endpoints to Atlas', VpcId: vpc.id };
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ ...base, ...more }));
    assert.match(GroupId ?? '', /^sg-[0-9a-f]{17}$/);
    return GroupId ?? '';
  };
  const view = async (id: string) => {
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }));
    const [group] = SecurityGroups ?? [];
    assert.ok(group);
    return group;
  };
  const fromVpc: IpPermission = {
    IpProtocol: 'tcp',
    FromPort: 1024,
    ToPort: 65_535,
    IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'Atlas nodes' }],
  };
  const allow = (GroupId: string, ...IpPermissions: IpPermission[]) =>
    ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));

  it('are created as AWS does: nothing in, everything out', async () => {
    const id = await create({
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'Name', Value: 'sandbox' }] }],
    });
    const group = await view(id);
    assert.deepEqual([group.GroupName, group.VpcId, group.OwnerId], ['atlas', vpc.id, '123456789012']);
    assert.deepEqual(group.Tags, [{ Key: 'Name', Value: 'sandbox' }]);
    assert.deepEqual(group.IpPermissions, []);
    assert.deepEqual(
      group.IpPermissionsEgress?.map(({ IpProtocol, FromPort, IpRanges }) => [IpProtocol, FromPort, IpRanges]),
      [['-1', undefined, [{ CidrIp: '0.0.0.0/0' }]]],
    );
  });

  it('have names that are unique in their VPC, and not reserved', async () => {
    await create();
    await refused('InvalidGroup.Duplicate', create());
    await create({ VpcId: undefined });
    await refused('InvalidParameterValue', create({ GroupName: 'sg-atlas' }));
    await refused('InvalidParameterValue', create({ GroupName: 'default' }));
    await refused('InvalidParameterValue', create({ GroupName: 'ätlas' }));
    await refused('InvalidParameterValue', create({ Description: 'a\u2028b' }));
    await refused('MissingParameter', create({ Description: '' }));
    await refused('InvalidVpcID.NotFound', create({ VpcId: 'vpc-00000000000000000' }));
    await refused('DryRunOperation', create({ GroupName: 'dry', DryRun: true }));
    const dry = new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['dry'] }] });
    assert.deepEqual((await ec2.send(dry)).SecurityGroups, []);
  });

  it('take rules and give them ids; the same rule twice is refused', async () => {
    const id = await create();
    const client = vpc.group('sandbox-client');
    const { Return, SecurityGroupRules } = await allow(id, {
      ...fromVpc,
      UserIdGroupPairs: [{ GroupId: client }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
    });
    assert.equal(Return, true);
    assert.equal(SecurityGroupRules?.length, 3);
    const [permission, ...others] = (await view(id)).IpPermissions ?? [];
    assert.equal(others.length, 0);
    assert.deepEqual(permission, {
      ...fromVpc,
      UserIdGroupPairs: [{ GroupId: client, UserId: '123456789012' }],
      Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      PrefixListIds: [],
    });
    const { SecurityGroupRules: listed = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [id] }] }),
    );
    assert.deepEqual(
      listed.map((rule) => [rule.IsEgress, rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId]),
      [
        [false, '10.0.0.0/16'],
        [false, '2001:db8::/32'],
        [false, client],
        [true, '0.0.0.0/0'],
      ],
    );
    assert.deepEqual(
      listed.slice(0, 3).map(({ SecurityGroupRuleId }) => SecurityGroupRuleId),
      SecurityGroupRules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId),
    );
    const again = { ...fromVpc, IpRanges: [{ CidrIp: '10.0.7.7/16' }] };
    const error = await refused('InvalidPermission.Duplicate', allow(id, again));
    assert.match(error.message, /peer: 10\.0\.0\.0\/16, TCP, from port: 1024, to port: 65535, ALLOW/);
  });

  const malformed: Readonly<Record<string, readonly [code: string, rule: IpPermission]>> = {
    'an address block': ['InvalidParameterValue', { ...fromVpc, IpRanges: [{ CidrIp: '10.0.0.0/33' }] }],
    'a block in short form': ['InvalidParameterValue', { ...fromVpc, IpRanges: [{ CidrIp: '10/8' }] }],
    'a protocol': ['InvalidParameterValue', { ...fromVpc, IpProtocol: 'carrier-pigeon' }],
    'a port above 65535': ['InvalidParameterValue', { ...fromVpc, ToPort: 65_536 }],
    'a range that ends before it begins': ['InvalidParameterValue', { ...fromVpc, FromPort: 3000, ToPort: 2000 }],
    'no ports': ['InvalidParameterValue', { IpProtocol: 'tcp', IpRanges: fromVpc.IpRanges }],
    'no source': ['MissingParameter', { IpProtocol: 'tcp', FromPort: 1, ToPort: 2 }],
    'a group that does not exist': [
      'InvalidGroup.NotFound',
      { ...fromVpc, UserIdGroupPairs: [{ GroupId: 'sg-00000000000000000' }] },
    ],
    'a prefix list': ['InvalidPrefixListID.NotFound', { ...fromVpc, PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
  };
  for (const [what, [code, rule]] of Object.entries(malformed)) {
    it(`refuse ${what} with ${code}, and take nothing of the request`, async () => {
      const id = await create();
      await refused(code, allow(id, { ...fromVpc, IpRanges: [{ CidrIp: '10.9.0.0/16' }] }, rule));
      assert.deepEqual((await view(id)).IpPermissions, []);
    });
  }

  it('hold sixty rules', async () => {
    const id = await create();
    const blocks = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => ({ CidrIp: `10.1.${from + index}.0/24` }));
    await allow(id, { ...fromVpc, IpRanges: blocks(0, 60) });
    await refused('RulesPerSecurityGroupLimitExceeded', allow(id, { ...fromVpc, IpRanges: blocks(60, 61) }));
  });

  it('lose rules by id or by what they say, and only whole ones', async () => {
    const id = await create();
    await allow(id, { ...fromVpc, UserIdGroupPairs: [{ GroupId: id }] });
    const revoke = (more: object) => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: id, ...more }));
    const part = { ...fromVpc, FromPort: 2000 };
    await refused('InvalidPermission.NotFound', revoke({ IpPermissions: [part] }));
    await refused('InvalidSecurityGroupRuleId.NotFound', revoke({ SecurityGroupRuleIds: ['sgr-00000000000000000'] }));
    await revoke({ IpPermissions: [fromVpc] });
    const { SecurityGroupRules } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [id] }] }),
    );
    const [rule] = SecurityGroupRules ?? [];
    assert.equal(rule?.ReferencedGroupInfo?.GroupId, id);
    await revoke({ SecurityGroupRuleIds: [rule.SecurityGroupRuleId] });
    assert.deepEqual((await view(id)).IpPermissions, []);
  });

  it('have rules for what goes out as well', async () => {
    const id = await create();
    const everything = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: everything }));
    assert.deepEqual((await view(id)).IpPermissionsEgress, []);
    await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: id, IpPermissions: [fromVpc] }));
    const group = await view(id);
    assert.deepEqual(
      group.IpPermissionsEgress?.map(({ FromPort }) => FromPort),
      [1024],
    );
    assert.deepEqual(group.IpPermissions, []);
  });

  it('are found by their rules and names', async () => {
    const find = async (Name: string, ...Values: string[]) => {
      const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values }] }));
      return SecurityGroups?.filter(({ VpcId }) => VpcId === vpc.id).map(({ GroupName }) => GroupName);
    };
    assert.deepEqual(await find('ip-permission.from-port', '27015'), ['sandbox-endpoint']);
    assert.deepEqual(await find('group-name', 'sandbox-c*'), ['sandbox-client', 'sandbox-closed']);
    assert.deepEqual(await find('ip-permission.group-id', vpc.group('default')), ['default']);
    const byName = await ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }));
    assert.notEqual(byName.SecurityGroups?.[0]?.VpcId, vpc.id, 'names are those of the default VPC');
    await refused(
      'InvalidGroup.NotFound',
      ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['sandbox-client'] })),
    );
  });

  it('are deleted when nothing needs them', async () => {
    const remove = (GroupId: string) => ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
    await refused('CannotDelete', remove(vpc.group('default')));
    await refused('InvalidGroup.NotFound', remove('sg-00000000000000000'));
    await refused('InvalidGroupId.Malformed', remove('atlas'));
    const id = await create();
    const other = await create({ GroupName: 'other' });
    await allow(other, { ...fromVpc, UserIdGroupPairs: [{ GroupId: id }] });
    await refused('DependencyViolation', remove(id));
    await remove(other);
    const attached = new CreateVpcEndpointCommand({
      VpcEndpointType: 'Interface',
      VpcId: vpc.id,
      ServiceName: aws.service().cloudName,
      SecurityGroupIds: [id],
    });
    const { VpcEndpoint } = await ec2.send(attached);
    await refused('DependencyViolation', remove(id));
    aws.region().vpcEndpoints.delete(VpcEndpoint?.VpcEndpointId ?? '');
    await remove(id);
    await refused('InvalidGroup.NotFound', view(id));
  });
});
