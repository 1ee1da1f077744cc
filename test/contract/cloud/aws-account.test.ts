import assert from 'node:assert/strict';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import type { AwsCloud } from '../../../src/core/cloud';
import type { AwsEndpointChoices } from '../../../src/core/cloud-choices';
import { problemOf } from '../../../src/core/problem';
import { portsNotAllowed } from '../../../src/core/security-group';
import type { AwsUnderTest } from '../aws/aws-under-test';
import { sandboxVpc, startAwsUnderTest } from '../aws/aws-under-test';

describe('the AWS account', () => {
  let aws: AwsUnderTest;
  let cloud: ReturnType<typeof openAwsCloud>;
  let choices: AwsEndpointChoices;

  /** The account as another window, or this one after a restart, sees it. */
  const open = (region = 'us-east-1'): ReturnType<typeof openAwsCloud> =>
    openAwsCloud({ region, endpoints: { ec2: aws.endpoint, sts: aws.endpoint }, credentials: aws.keys });

  before(async () => {
    aws = await startAwsUnderTest();
    cloud = open();
  });
  after(async () => {
    cloud.dispose();
    await aws.close();
  });
  beforeEach(() => {
    const vpc = sandboxVpc(aws.region());
    choices = {
      provider: 'AWS',
      region: 'us-east-1',
      serviceName: aws.service().cloudName,
      vpcId: vpc.id,
      subnets: [
        { id: vpc.subnet('a'), zone: 'us-east-1a' },
        { id: vpc.subnet('b'), zone: 'us-east-1b' },
      ],
      securityGroup: { kind: 'existing', ids: [vpc.group('sandbox-endpoint')] },
      tags: { Name: 'from a test' },
      clientToken: `token-${Math.random().toString(36).slice(2)}`,
      purpose: 'test',
    };
  });

  const endpointsTo = async (account: AwsCloud = cloud): Promise<readonly string[]> =>
    (await account.findEndpoints(choices.serviceName)).map(({ id }) => id);

  it('says who it belongs to, and what networks it has', async () => {
    assert.deepEqual(await cloud.whoAmI(), { accountId: aws.world.aws.accountId, arn: aws.world.aws.userArn });
    const region = aws.region();
    const vpcs = await cloud.listVpcs();
    assert.deepEqual(vpcs.map(({ id }) => id).sort(), [...region.vpcs.keys()].sort());
    const vpc = vpcs.find(({ id }) => id === choices.vpcId);
    assert.deepEqual(vpc?.cidrs, [region.vpcs.get(choices.vpcId)?.cidr]);
    const subnets = await cloud.listSubnets(choices.vpcId);
    assert.deepEqual(
      subnets.map(({ zone }) => zone),
      subnets.map(({ zone }) => zone).sort(),
    );
    assert.deepEqual(
      subnets.map(({ id }) => id).sort(),
      [...region.subnets.values()]
        .filter(({ vpcId }) => vpcId === choices.vpcId)
        .map(({ id }) => id)
        .sort(),
    );
    assert.equal(subnets[0]?.zoneId, 'use1-az1');
    const groups = await cloud.listSecurityGroups(choices.vpcId);
    const group = groups.find(({ name }) => name === 'sandbox-endpoint');
    assert.ok(group && group.inbound.length > 0);
  });

  it('makes an interface endpoint once, whoever asks how often', async () => {
    const { endpoint, created } = await cloud.ensureEndpoint(choices);
    assert.ok(created);
    const [subnetA, subnetB] = choices.subnets;
    assert.deepEqual(endpoint.subnetIds, [subnetA?.id, subnetB?.id]);
    assert.equal(endpoint.state, 'pendingAcceptance');
    assert.equal(endpoint.tags.Name, 'from a test');
    assert.match(endpoint.dnsNames[0] ?? '', new RegExp(`^${endpoint.id}-.*\\.vpce\\.amazonaws\\.com$`));
    const other = open();
    try {
      assert.deepEqual(await other.ensureEndpoint(choices), { endpoint, created: false });
      assert.deepEqual(await endpointsTo(other), [endpoint.id]);
      assert.deepEqual(await other.getEndpoint(endpoint.id), endpoint);
    } finally {
      other.dispose();
    }
    const both = await Promise.all([cloud.ensureEndpoint(choices), cloud.ensureEndpoint(choices)]);
    assert.deepEqual(new Set(both.map((each) => each.endpoint.id)), new Set([endpoint.id]));
  });

  it('makes one endpoint of two attempts at the same time, and when an answer is lost', async () => {
    const both = await Promise.all([cloud.ensureEndpoint(choices), cloud.ensureEndpoint(choices)]);
    assert.equal(both[0].endpoint.id, both[1].endpoint.id);

    const wish = { ...choices, serviceName: aws.service().cloudName, clientToken: `${choices.clientToken}-2` };
    aws.world.faults.set('aws-answer-lost', true, 'CreateVpcEndpoint');
    try {
      await assert.rejects(cloud.ensureEndpoint(wish), (error) => problemOf(error)?.code === 'AWS_UNREACHABLE');
    } finally {
      aws.world.faults.set('aws-answer-lost', false, 'CreateVpcEndpoint');
    }
    const { created, endpoint } = await cloud.ensureEndpoint(wish);
    assert.equal(created, false, 'the one whose answer was lost');
    assert.deepEqual(
      (await cloud.findEndpoints(wish.serviceName)).map(({ id }) => id),
      [endpoint.id],
    );
  });

  it('says so when the same wish is made with other choices while AWS remembers it', async () => {
    const { endpoint } = await cloud.ensureEndpoint(choices);
    await cloud.deleteEndpoint(endpoint.id);
    await assert.rejects(cloud.ensureEndpoint({ ...choices, subnets: choices.subnets.slice(0, 1) }), (error) => {
      assert.deepEqual(
        [problemOf(error)?.code, problemOf(error)?.parameters.field],
        ['AWS_TOKEN_REUSED', 'clientToken'],
      );
      return true;
    });
  });

  it('makes a security group with the whole range for each source, completes one that was left half done', async () => {
    const name = `atlas ${choices.clientToken}`;
    const sources = { cidrs: ['10.0.0.0/16'], groupIds: [sandboxVpc(aws.region()).group('sandbox-client')] };
    const wish: AwsEndpointChoices = { ...choices, securityGroup: { kind: 'new', name, sources } };
    aws.world.faults.set('aws-500', true, 'AuthorizeSecurityGroupIngress');
    try {
      await assert.rejects(cloud.ensureEndpoint(wish), (error) => problemOf(error)?.code === 'AWS_SERVER_ERROR');
    } finally {
      aws.world.faults.set('aws-500', false, 'AuthorizeSecurityGroupIngress');
    }
    const { endpoint, newSecurityGroupId } = await cloud.ensureEndpoint(wish);
    assert.deepEqual(endpoint.securityGroupIds, [newSecurityGroupId]);
    const groups = (await cloud.listSecurityGroups(choices.vpcId)).filter((group) => group.name === name);
    assert.equal(groups.length, 1, 'nothing twice');
    const inbound = groups[0]?.inbound ?? [];
    assert.deepEqual(portsNotAllowed(inbound, { cidr: '10.0.3.4' }), []);
    assert.deepEqual(portsNotAllowed(inbound, { groupIds: sources.groupIds }), []);
    assert.deepEqual(portsNotAllowed(inbound, { cidr: '192.168.0.1' }), [{ from: 1024, to: 65535 }]);

    const request = { vpcId: choices.vpcId, name, tags: {}, sources: { cidrs: ['172.16.0.0/12'], groupIds: [] } };
    const wider = await cloud.ensureSecurityGroup(request);
    assert.equal(wider.id, newSecurityGroupId);
    assert.deepEqual(portsNotAllowed(wider.inbound, { cidr: '172.16.0.0/12' }), []);

    assert.ok(newSecurityGroupId);
    await assert.rejects(
      cloud.deleteSecurityGroup(newSecurityGroupId),
      (error) => problemOf(error)?.code === 'AWS_IN_USE',
    );
  });

  it('takes no group that is not ours for ours, and deletes none', async () => {
    const vpc = sandboxVpc(aws.region());
    const foreign = vpc.group('sandbox-client');
    const request = {
      vpcId: vpc.id,
      name: 'sandbox-client',
      tags: {},
      sources: { cidrs: ['203.0.113.0/24'], groupIds: [] },
    };
    await assert.rejects(cloud.ensureSecurityGroup(request), (error) => {
      assert.deepEqual(
        [problemOf(error)?.code, problemOf(error)?.parameters.field],
        ['AWS_GROUP_NAME_TAKEN', 'securityGroup'],
      );
      return true;
    });
    await cloud.deleteSecurityGroup(foreign);
    assert.ok(aws.region().securityGroups.has(foreign));
    const own = await cloud.ensureSecurityGroup({ ...request, name: `own ${choices.clientToken}` });
    await cloud.deleteSecurityGroup(own.id);
    await cloud.deleteSecurityGroup(own.id);
    assert.ok(!aws.region().securityGroups.has(own.id));
  });

  it('lets sources into a group that a person has named, once', async () => {
    const vpc = sandboxVpc(aws.region());
    const group = vpc.group('sandbox-client');
    const sources = { cidrs: ['10.88.0.0/16', 'fd00::/64'], groupIds: [] };
    const rules = (): number => aws.region().securityGroups.get(group)?.inbound.length ?? 0;
    const before = rules();
    const changed = await cloud.allowInbound(group, sources);
    for (const cidr of sources.cidrs) assert.deepEqual(portsNotAllowed(changed.inbound, { cidr }), []);
    assert.equal(rules(), before + 2);
    await cloud.allowInbound(group, sources);
    assert.equal(rules(), before + 2);
    await assert.rejects(cloud.allowInbound('sg-0123456789abcdef0', sources), (error) => {
      assert.equal(problemOf(error)?.code, 'AWS_NOT_FOUND');
      return true;
    });
  });

  it('adds subnets, and deletes endpoints, as often as asked', async () => {
    const { endpoint } = await cloud.ensureEndpoint({ ...choices, subnets: choices.subnets.slice(0, 1) });
    const subnetIds = choices.subnets.map(({ id }) => id);
    assert.deepEqual((await cloud.addSubnets(endpoint.id, subnetIds)).subnetIds, subnetIds);
    assert.deepEqual((await cloud.addSubnets(endpoint.id, subnetIds)).subnetIds, subnetIds);
    await cloud.deleteEndpoint(endpoint.id);
    await cloud.deleteEndpoint(endpoint.id);
    assert.deepEqual(await endpointsTo(), []);
    await cloud.deleteEndpoint('vpce-00000000000000000');
    assert.equal(await cloud.getEndpoint('vpce-00000000000000000'), undefined);
  });

  it('reaches a service in another region that lets this one in', async () => {
    const service = aws.service('US_WEST_2', ['US_EAST_1']);
    const { endpoint } = await cloud.ensureEndpoint({
      ...choices,
      serviceName: service.cloudName,
      serviceRegion: 'us-west-2',
    });
    assert.equal(endpoint.serviceName, service.cloudName);
  });

  it('asks whether it may, without doing anything', async () => {
    const name = `dry ${choices.clientToken}`;
    const wish: AwsEndpointChoices = {
      ...choices,
      securityGroup: { kind: 'new', name, sources: { cidrs: ['10.0.0.0/8'], groupIds: [] } },
    };
    await cloud.checkPermissions(wish);
    assert.deepEqual(await endpointsTo(), []);
    assert.ok(!(await cloud.listSecurityGroups(choices.vpcId)).some((group) => group.name === name));
    for (const action of ['ec2:CreateVpcEndpoint', 'ec2:CreateSecurityGroup', 'ec2:CreateTags']) {
      aws.world.aws.denied.add(action);
      try {
        await assert.rejects(cloud.checkPermissions(wish), (error) => {
          assert.deepEqual(
            [problemOf(error)?.code, problemOf(error)?.parameters.permissions],
            ['AWS_NOT_PERMITTED', action],
          );
          return true;
        });
      } finally {
        aws.world.aws.denied.delete(action);
      }
    }
  });

  it('tells all that a diagnosis needs, and what it could not look at', async () => {
    const { endpoint } = await cloud.ensureEndpoint(choices);
    const evidence = await cloud.readEvidence(endpoint.id);
    assert.deepEqual(evidence.endpoint, endpoint);
    assert.deepEqual(
      evidence.securityGroups.map(({ name }) => name),
      ['sandbox-endpoint'],
    );
    assert.deepEqual(evidence.vpcDns, { support: true, hostnames: true });
    assert.deepEqual(evidence.vpcCidrs, ['10.0.0.0/16']);
    assert.deepEqual(evidence.notPermitted, []);
    assert.equal(evidence.subnets.length, 2);
    for (const { subnet, privateIp, aclId, aclEntries, routes } of evidence.subnets) {
      const known = [...aws.region().networkInterfaces.values()].find(
        (each) => each.vpcEndpointId === endpoint.id && each.subnetId === subnet.id,
      );
      assert.equal(privateIp, known?.privateIp);
      assert.match(aclId ?? '', /^acl-/);
      assert.equal(aclEntries.length, 4);
      assert.deepEqual(
        routes.map(({ target, state }) => [target, state]),
        [['local', 'active']],
      );
    }
    aws.world.aws.denied.add('ec2:DescribeNetworkAcls').add('ec2:DescribeVpcAttribute').add('ec2:DescribeVpcs');
    try {
      const partial = await cloud.readEvidence(endpoint.id);
      assert.deepEqual(partial.notPermitted, [
        'ec2:DescribeNetworkAcls',
        'ec2:DescribeVpcAttribute',
        'ec2:DescribeVpcs',
      ]);
      assert.equal(partial.vpcCidrs, undefined);
      assert.deepEqual(
        partial.subnets.map(({ aclId }) => aclId),
        [undefined, undefined],
      );
      assert.equal(partial.vpcDns, undefined);
    } finally {
      aws.world.aws.denied.clear();
    }
    const nothing = await cloud.readEvidence('vpce-00000000000000000');
    assert.equal(nothing.endpoint, undefined);
  });
});
