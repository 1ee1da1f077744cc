import assert from 'node:assert/strict';
import { CreateVpcEndpointCommand, DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsFault } from '../../../src/sandbox/aws/faults';
import { awsFaults } from '../../../src/sandbox/aws/faults';
import type { FakeClock } from '../../builders/sandbox';
import { fakeClock } from '../../builders/sandbox';
import type { AwsUnderTest } from './aws-under-test';
import { refused, sandboxVpc, startAwsUnderTest } from './aws-under-test';

const role = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/sandbox', RoleSessionName: 'sandbox' });

describe('sandbox AWS: failures that can be switched', () => {
  let clock: FakeClock;
  let aws: AwsUnderTest;
  const tested = new Set<AwsFault>();

  beforeEach(async () => {
    clock = fakeClock();
    aws = await startAwsUnderTest({ clock });
  });
  afterEach(() => aws.close());

  const switchOn = (fault: AwsFault, subject?: string) => {
    tested.add(fault);
    aws.world.faults.set(fault, true, subject);
  };
  const describeVpcs = () => aws.ec2().send(new DescribeVpcsCommand({}));
  const whoAmI = () => aws.sts().send(new GetCallerIdentityCommand({}));
  const create = async (more: object = {}) => {
    const { id: VpcId, subnet } = sandboxVpc(aws.region());
    const command = new CreateVpcEndpointCommand({
      VpcId,
      VpcEndpointType: 'Interface',
      ServiceName: aws.service().cloudName,
      SubnetIds: [subnet('a'), subnet('b')],
      ...more,
    });
    return aws.ec2().send(command);
  };

  const refusals: readonly (readonly [fault: AwsFault, ec2: string, sts: string])[] = [
    ['aws-throttled', 'RequestLimitExceeded', 'Throttling'],
    ['aws-region-closed', 'AuthFailure', 'InvalidClientTokenId'],
    ['aws-500', 'InternalError', 'InternalError'],
    ['aws-503', 'Unavailable', 'Unavailable'],
    ['aws-expired-token', 'RequestExpired', 'ExpiredToken'],
    ['aws-clock-skew', 'RequestExpired', 'SignatureDoesNotMatch'],
  ];
  for (const [fault, ec2, sts] of refusals) {
    it(`${fault} is ${ec2} of EC2 and ${sts} of STS`, async () => {
      switchOn(fault);
      await refused(ec2, describeVpcs());
      await refused(sts, whoAmI());
      aws.world.faults.set(fault, false);
      await describeVpcs();
    });
  }

  it('a clock that is off is found out by the SDK when it may ask again', async () => {
    switchOn('aws-clock-skew');
    const { Vpcs } = await aws.ec2({ maxAttempts: 2 }).send(new DescribeVpcsCommand({}));
    assert.equal(Vpcs?.length, 2);
  });

  it('can be limited to an action, a region, or an id', async () => {
    switchOn('aws-throttled', 'ec2:DescribeSubnets');
    await describeVpcs();
    await refused('RequestLimitExceeded', aws.ec2().send(new DescribeSubnetsCommand({})));
    aws.world.faults.set('aws-throttled', false);
    switchOn('aws-500', 'eu-west-1');
    await describeVpcs();
    await refused('InternalError', aws.ec2({ region: 'eu-west-1' }).send(new DescribeVpcsCommand({})));
    const { id } = sandboxVpc(aws.region());
    switchOn('aws-503', id);
    await describeVpcs();
    await refused('Unavailable', aws.ec2().send(new DescribeVpcsCommand({ VpcIds: [id] })));
  });

  it('a policy that does not allow it names user, permission and resource', async () => {
    switchOn('aws-denied', 'CreateVpcEndpoint');
    const error = await refused('UnauthorizedOperation', create());
    assert.match(
      error.message,
      /User: arn:aws:iam::123456789012:user\/sandbox is not authorized to perform: ec2:CreateVpcEndpoint on resource: arn:aws:ec2:us-east-1:123456789012:vpc-endpoint\/\*/,
    );
    // Permissions are looked at before the request is, and before a dry run.
    await refused('UnauthorizedOperation', create({ VpcId: 'vpc-0', DryRun: true }));
    await describeVpcs();
    aws.world.faults.set('aws-denied', false);
    switchOn('aws-denied', 'ec2:CreateTags');
    await create();
    const tagged = { TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: [{ Key: 'a', Value: 'b' }] }] };
    assert.match((await refused('UnauthorizedOperation', create(tagged))).message, /ec2:CreateTags/);
    switchOn('aws-denied');
    await refused('AccessDenied', aws.sts().send(role));
    await whoAmI();
  });

  it('what the user may not do, a role may', async () => {
    aws.world.aws.denied.add('ec2:DescribeVpcs');
    await refused('UnauthorizedOperation', describeVpcs());
    const { Credentials } = await aws.sts().send(role);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    assert.equal((await aws.ec2({ keys }).send(new DescribeVpcsCommand({}))).Vpcs?.length, 2);
  });

  it('quota, full subnet and unsupported zone stop creation', async () => {
    const { id, subnet } = sandboxVpc(aws.region());
    switchOn('aws-endpoint-limit', id);
    await refused('VpcEndpointLimitExceeded', create());
    aws.world.faults.set('aws-endpoint-limit', false);
    switchOn('aws-subnet-full', subnet('b'));
    await refused('InsufficientFreeAddressesInSubnet', create());
    await create({ SubnetIds: [subnet('a')] });
    aws.world.faults.set('aws-subnet-full', false);
    switchOn('aws-zone-unsupported', 'us-east-1b');
    assert.match((await refused('InvalidParameter', create())).message, /does not support the availability zone/);
    await create({ SubnetIds: [subnet('a')] });
  });

  it('an answer that is lost comes after the work', async () => {
    const before = aws.region().vpcEndpoints.size;
    switchOn('aws-answer-lost');
    await assert.rejects(create(), { code: 'ECONNRESET' });
    assert.equal(aws.region().vpcEndpoints.size, before + 1);
  });

  it('an answer that ends in the middle breaks the connection', async () => {
    switchOn('aws-truncated');
    await assert.rejects(describeVpcs(), { code: 'ECONNRESET' });
  });

  it('a proxy answers with a page of its own, which the SDK takes for an answer without content', async () => {
    switchOn('aws-html');
    const reply = await fetch(aws.endpoint, { method: 'POST', body: new URLSearchParams({ Action: 'DescribeVpcs' }) });
    assert.equal(reply.headers.get('content-type'), 'text/html');
    assert.match(await reply.text(), /^<!doctype html>/);
    assert.equal((await whoAmI()).Arn, undefined);
  });

  it('a slow answer comes after three seconds', async () => {
    switchOn('aws-slow', 'DescribeVpcs');
    let done = false;
    const asking = describeVpcs().then((answer) => {
      done = true;
      return answer;
    });
    while (clock.pending() === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(2999);
    await whoAmI();
    assert.equal(done, false);
    clock.advance(1);
    assert.equal((await asking).Vpcs?.length, 2);
  });

  it('silence lasts until the client gives up', async () => {
    switchOn('aws-silent');
    const abortSignal = AbortSignal.timeout(200);
    await assert.rejects(aws.ec2().send(new DescribeVpcsCommand({}), { abortSignal }), { name: 'AbortError' });
  });

  after(() => {
    assert.deepEqual([...tested].sort(), Object.keys(awsFaults).sort(), 'every fault is tried here');
  });
});
