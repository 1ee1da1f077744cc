import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import type { FakeClock } from '../../builders/sandbox';
import { fakeClock } from '../../builders/sandbox';
import type { AwsUnderTest, Keys } from './aws-under-test';
import { refused, startAwsUnderTest } from './aws-under-test';

interface Wire {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

const identity = 'Action=GetCallerIdentity&Version=2011-06-15';
const vpcs = 'Action=DescribeVpcs&Version=2016-11-15';

describe('sandbox AWS: signatures and who one is', () => {
  let aws: AwsUnderTest;
  let clock: FakeClock;

  beforeEach(async () => {
    clock = fakeClock();
    aws = await startAwsUnderTest({ clock });
  });
  afterEach(() => aws.close());

  /** Signs with the SDK's own signer. */
  async function sign(
    wire: Wire,
    { service = 'sts', region = 'us-east-1', keys = aws.keys, date = new Date() } = {},
  ): Promise<Required<Wire>> {
    const { host } = new URL(aws.endpoint);
    const { method = 'POST', path = '/', query = {}, body = '' } = wire;
    const signer = new SignatureV4({ service, region, credentials: keys, sha256: Sha256 });
    const headers = { host, 'content-type': 'application/x-www-form-urlencoded', ...wire.headers };
    const request = { method, protocol: 'http:', hostname: host, path, query, headers, body };
    const signed = await signer.sign(request, { signingDate: date });
    return { method, path, query, body, headers: signed.headers };
  }

  /** Sends as it stands; `fetch` would put in headers of its own. */
  async function send({
    method,
    path,
    query,
    headers,
    body,
  }: Required<Wire>): Promise<{ status: number; body: string }> {
    const search = new URLSearchParams(query).toString().replaceAll('+', '%20');
    const target = search === '' ? path : `${path}?${search}`;
    return new Promise((resolve, reject) => {
      const request = httpRequest(new URL(target, aws.endpoint), { method, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  const codeOf = (text: string): string | undefined => /<Code>(\w+)<\/Code>/.exec(text)?.[1];

  it('tell the user of the known key who they are', async () => {
    const { Account, Arn, UserId } = await aws.sts().send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], ['123456789012', 'arn:aws:iam::123456789012:user/sandbox']);
    assert.match(UserId ?? '', /^AIDA/);
  });

  const wrong: Readonly<Record<string, readonly [ec2: string, sts: string, keys: (keys: Keys) => Keys]>> = {
    'an unknown key': [
      'AuthFailure',
      'InvalidClientTokenId',
      (keys) => ({ ...keys, accessKeyId: 'AKIA0000000000000000' }),
    ],
    'a wrong secret': [
      'SignatureDoesNotMatch',
      'SignatureDoesNotMatch',
      (keys) => ({ ...keys, secretAccessKey: `${keys.secretAccessKey}x` }),
    ],
    'a token that nobody issued': [
      'AuthFailure',
      'InvalidClientTokenId',
      (keys) => ({ ...keys, sessionToken: 'e30=.x' }),
    ],
  };
  for (const [what, [ec2Code, stsCode, change]] of Object.entries(wrong)) {
    it(`refuse ${what}`, async () => {
      const keys = change(aws.keys);
      await refused(ec2Code, aws.ec2({ keys }).send(new DescribeVpcsCommand({})));
      await refused(stsCode, aws.sts({ keys }).send(new GetCallerIdentityCommand({})));
    });
  }

  it('cover the body, the query, the headers and the method', async () => {
    const good = await sign({ body: vpcs }, { service: 'ec2' });
    assert.equal((await send(good)).status, 200);
    const tampered: Required<Wire>[] = [
      { ...good, body: `${vpcs}&VpcId.1=vpc-1` },
      { ...good, query: { Action: 'DescribeVpcs' } },
      { ...good, path: '/other' },
      { ...good, headers: { ...good.headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } },
    ];
    for (const wire of tampered) {
      const { status, body } = await send(wire);
      assert.deepEqual([status, codeOf(body)], [403, 'SignatureDoesNotMatch']);
    }
    const asGet = await send({
      ...good,
      method: 'GET',
      body: '',
      query: Object.fromEntries(new URLSearchParams(vpcs)),
    });
    assert.equal(codeOf(asGet.body), 'SignatureDoesNotMatch');
  });

  it('are taken with a query string by GET as well, odd characters and all', async () => {
    const query = {
      ...Object.fromEntries(new URLSearchParams(vpcs)),
      'Filter.1.Name': 'tag:Name',
      'Filter.1.Value.1': "sandbox-us-east-1'(*)! ~ä&=%",
    };
    const { status, body } = await send(await sign({ method: 'GET', query }, { service: 'ec2' }));
    assert.equal(status, 200, body);
    assert.match(body, /<vpcSet><\/vpcSet>/);
  });

  it('must be there and whole', async () => {
    const good = await sign({ body: identity });
    const { authorization, ...rest } = good.headers;
    assert.ok(authorization);
    const without = await send({ ...good, headers: rest });
    assert.deepEqual([without.status, codeOf(without.body)], [403, 'MissingAuthenticationToken']);
    for (const broken of [
      'Bearer sandbox',
      authorization.replace(/, Signature=.*/, ''),
      authorization.replace(/SignedHeaders=[^,]+/, 'SignedHeaders=x-amz-date'),
    ]) {
      const { status, body } = await send({ ...good, headers: { ...rest, authorization: broken } });
      assert.deepEqual([status, codeOf(body)], [400, 'IncompleteSignature'], broken);
    }
  });

  it('are for one service, one region and one day', async () => {
    const codes = async (options: Parameters<typeof sign>[1]) =>
      codeOf((await send(await sign({ body: identity }, options))).body);
    assert.equal(await codes({ service: 's3' }), 'SignatureDoesNotMatch');
    assert.equal(await codes({ region: 'mars-north-1' }), 'SignatureDoesNotMatch');
    const good = await sign({ body: identity });
    const { 'x-amz-date': date = '' } = good.headers;
    const moved = { ...good.headers, 'x-amz-date': `2001${date.slice(4)}` };
    assert.equal(codeOf((await send({ ...good, headers: moved })).body), 'SignatureDoesNotMatch');
  });

  it('expire after five minutes, and are not of the future', async () => {
    for (const minutes of [-6, 6]) {
      const date = new Date(Date.now() + minutes * 60_000);
      const ec2 = await send(await sign({ body: vpcs }, { service: 'ec2', date }));
      assert.equal(codeOf(ec2.body), 'RequestExpired', `${minutes} minutes`);
      const sts = await send(await sign({ body: identity }, { date }));
      assert.equal(codeOf(sts.body), 'SignatureDoesNotMatch', `${minutes} minutes`);
    }
    const late = await sign({ body: vpcs }, { service: 'ec2', date: new Date(Date.now() - 4 * 60_000) });
    assert.equal((await send(late)).status, 200);
  });

  it('give a role its own keys, that end in time', async () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/sandbox/network-admin';
    const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sandbox-session', DurationSeconds: 900 });
    const { AssumedRoleUser, Credentials } = await aws.sts().send(assume);
    assert.equal(AssumedRoleUser?.Arn, 'arn:aws:sts::123456789012:assumed-role/network-admin/sandbox-session');
    assert.equal(Credentials?.Expiration?.getTime(), clock.now() + 900_000);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials;
    const keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    assert.match(AccessKeyId, /^ASIA/);

    const { Arn } = await aws.sts({ keys }).send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, AssumedRoleUser.Arn);
    const { Vpcs = [] } = await aws.ec2({ keys }).send(new DescribeVpcsCommand({}));
    assert.equal(Vpcs.length, 2);

    // The keys work only together, and with the token that they came with.
    const tokenless = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    await refused('AuthFailure', aws.ec2({ keys: tokenless }).send(new DescribeVpcsCommand({})));
    const payload = Buffer.from(SessionToken.split('.')[0] ?? '', 'base64').toString();
    const forged = Buffer.from(payload.replace('network-admin', 'another-admin')).toString('base64');
    const forgedKeys = { ...keys, sessionToken: `${forged}.${SessionToken.split('.')[1] ?? ''}` };
    await refused('AuthFailure', aws.ec2({ keys: forgedKeys }).send(new DescribeVpcsCommand({})));

    clock.advance(900_000);
    await refused('RequestExpired', aws.ec2({ keys }).send(new DescribeVpcsCommand({})));
    await refused('ExpiredToken', aws.sts({ keys }).send(new GetCallerIdentityCommand({})));
  });

  it('give no role of another account, none without a name, and none for too long', async () => {
    const RoleArn = 'arn:aws:iam::123456789012:role/sandbox';
    const assume = (more: object) =>
      aws.sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sandbox', ...more }));
    await refused('AccessDenied', assume({ RoleArn: 'arn:aws:iam::999999999999:role/sandbox' }));
    await refused('ValidationError', assume({ RoleArn: 'arn:aws:iam::123456789012:user/sandbox' }));
    await refused('ValidationError', assume({ RoleSessionName: 'a b' }));
    await refused('ValidationError', assume({ DurationSeconds: 60 }));
    await refused('ValidationError', assume({ DurationSeconds: 43_201 }));
  });

  it('go with forms that hold what the protocol knows', async () => {
    const codes = async (wire: Wire) => codeOf((await send(await sign(wire, { service: 'ec2' }))).body);
    assert.equal(await codes({ body: 'Action=TerminateInstances&Version=2016-11-15' }), 'InvalidAction');
    assert.equal(await codes({ body: 'Action=DescribeVpcs&Version=2001-01-01' }), 'InvalidAction');
    assert.equal(await codes({ body: 'Action=DescribeVpcs' }), 'MissingParameter');
    assert.equal(await codes({ body: 'Version=2016-11-15' }), 'MissingParameter');
    assert.equal(await codes({ body: `${vpcs}&Colour=blue` }), 'UnknownParameter');
    assert.equal(await codes({ body: `${vpcs}&DryRun=maybe` }), 'InvalidParameterValue');
    assert.equal(await codes({ body: `${vpcs}&VpcId.1=%00` }), 'InvalidCharacter');
    assert.equal(await codes({ body: `${vpcs}&VpcId.one=vpc-1` }), 'UnknownParameter');
    assert.equal(await codes({ body: '{}', headers: { 'content-type': 'application/json' } }), 'MalformedQueryString');
    assert.equal(await codes({ method: 'PUT', body: vpcs }), 'MalformedQueryString');
    assert.equal(await codes({ body: `${vpcs}&Filter.1.Name=${'x'.repeat(1_000_000)}` }), 'RequestEntityTooLarge');
  });

  it('write what a request said as text, never as markup', async () => {
    const id = 'vpc-<b>&"';
    const { body } = await send(await sign({ body: `${vpcs}&VpcId.1=${encodeURIComponent(id)}` }, { service: 'ec2' }));
    assert.match(body, /'vpc-&lt;b&gt;&amp;&quot;'/);
    const error = await refused('InvalidVpcID.NotFound', aws.ec2().send(new DescribeVpcsCommand({ VpcIds: [id] })));
    assert.equal(error.message, `The vpc ID '${id}' does not exist`);
  });
});
