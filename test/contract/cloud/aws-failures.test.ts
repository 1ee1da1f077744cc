import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import { createAwsSessions } from '../../../src/cloud/aws/sessions';
import type { AwsAccess, AwsCloud } from '../../../src/core/cloud';
import { cloudFields, type AwsEndpointChoices } from '../../../src/core/cloud-choices';
import type { Problem } from '../../../src/core/problem';
import { isCancellation, problemOf } from '../../../src/core/problem';
import { describeProblem } from '../../../src/messages/problem-text';
import type { AwsUnderTest } from '../aws/aws-under-test';
import { sandboxVpc, startAwsUnderTest } from '../aws/aws-under-test';

type Opened = AwsCloud & { forgetSession(): void; dispose(): void };

/** The problem that work fails with; it has words and, where it has a field, a known one. */
async function failure(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => assert.fail('it worked'),
    (reason: unknown) => reason,
  );
  const found = problemOf(error);
  assert.ok(found, String(error));
  const { field } = found.parameters;
  assert.ok(field === undefined || (cloudFields as readonly string[]).includes(field), field);
  const { title, fixes } = describeProblem(found);
  assert.ok(title.length > 10 && fixes.length > 0 && !title.includes('undefined'), title);
  return found;
}

describe('what AWS refuses', () => {
  let aws: AwsUnderTest;
  let cloud: Opened;
  let choices: AwsEndpointChoices;
  let opened: Opened[] = [];

  const open = (access: Partial<AwsAccess> = {}, more: Parameters<typeof openAwsCloud>[1] = {}): Opened => {
    const account = openAwsCloud(
      {
        region: 'us-east-1',
        endpoints: { ec2: aws.endpoint, sts: aws.endpoint },
        credentials: aws.keys,
        ...access,
      },
      more,
    );
    opened.push(account);
    return account;
  };
  const withFault = async <T>(fault: string, subject: string, work: () => Promise<T>): Promise<T> => {
    aws.world.faults.set(fault, true, subject);
    try {
      return await work();
    } finally {
      aws.world.faults.set(fault, false, subject);
    }
  };

  before(async () => {
    aws = await startAwsUnderTest();
  });
  after(() => aws.close());
  beforeEach(() => {
    cloud = open();
    const vpc = sandboxVpc(aws.region());
    choices = {
      provider: 'AWS',
      region: 'us-east-1',
      serviceName: aws.service().cloudName,
      vpcId: vpc.id,
      subnets: [{ id: vpc.subnet('a'), zone: 'us-east-1a' }],
      securityGroup: { kind: 'existing', ids: [vpc.group('sandbox-endpoint')] },
      tags: {},
      clientToken: `token-${Math.random().toString(36).slice(2)}`,
      purpose: 'test',
    };
  });
  afterEach(() => {
    for (const account of opened) account.dispose();
    opened = [];
  });

  const cases: readonly (readonly [
    name: string,
    change: () => Partial<AwsEndpointChoices>,
    code: string,
    field: string,
  ])[] = [
    [
      'an unknown service',
      () => ({ serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000000' }),
      'AWS_SERVICE_NAME_UNKNOWN',
      'serviceName',
    ],
    ['an unknown VPC', () => ({ vpcId: 'vpc-00000000000000000' }), 'AWS_NOT_FOUND', 'vpcId'],
    [
      'an unknown subnet',
      () => ({ subnets: [{ id: 'subnet-00000000000000000', zone: 'x' }] }),
      'AWS_NOT_FOUND',
      'subnets',
    ],
    [
      'an unknown security group',
      () => ({ securityGroup: { kind: 'existing', ids: ['sg-00000000000000000'] } }),
      'AWS_NOT_FOUND',
      'securityGroup',
    ],
    [
      'two subnets in one zone',
      () => {
        const region = aws.region();
        const [first] = choices.subnets;
        const id = aws.world.ids.aws('subnet');
        region.subnets.set(id, { id, vpcId: choices.vpcId, zone: 'us-east-1a', cidr: '10.0.77.0/24', tags: new Map() });
        return { subnets: [first!, { id, zone: 'us-east-1a' }] };
      },
      'AWS_SUBNETS_IN_ONE_ZONE',
      'subnets',
    ],
    [
      'a subnet of another VPC',
      () => {
        const other = [...aws.region().subnets.values()].find(({ vpcId }) => vpcId !== choices.vpcId);
        return { subnets: [{ id: other?.id ?? '', zone: other?.zone ?? '' }] };
      },
      'AWS_REFUSED',
      'subnets',
    ],
  ];
  for (const [name, change, code, field] of cases) {
    it(`comes back beside its field: ${name}`, async () => {
      const found = await failure(cloud.ensureEndpoint({ ...choices, ...change() }));
      assert.deepEqual([found.code, found.parameters.field], [code, field]);
      assert.deepEqual(await cloud.findEndpoints(choices.serviceName), []);
    });
  }

  const faults: readonly (readonly [fault: string, subject: () => string, code: string, field: string | undefined])[] =
    [
      ['aws-endpoint-limit', () => '*', 'AWS_QUOTA_USED_UP', undefined],
      ['aws-zone-unsupported', () => 'us-east-1a', 'AWS_ZONE_NOT_OFFERED', 'subnets'],
      ['aws-subnet-full', () => choices.subnets[0]?.id ?? '', 'AWS_REFUSED', 'subnets'],
      ['aws-denied', () => 'ec2:CreateVpcEndpoint', 'AWS_NOT_PERMITTED', undefined],
      ['aws-throttled', () => 'CreateVpcEndpoint', 'AWS_RATE_LIMITED', undefined],
      ['aws-500', () => 'CreateVpcEndpoint', 'AWS_SERVER_ERROR', undefined],
      ['aws-503', () => 'CreateVpcEndpoint', 'AWS_SERVER_ERROR', undefined],
      ['aws-truncated', () => 'CreateVpcEndpoint', 'AWS_REPLY_UNREADABLE', undefined],
      ['aws-html', () => 'CreateVpcEndpoint', 'AWS_REPLY_UNREADABLE', undefined],
    ];
  for (const [fault, subject, code, field] of faults) {
    it(`is told in words: ${fault}`, async () => {
      const found = await withFault(fault, subject(), () => failure(cloud.ensureEndpoint(choices)));
      assert.deepEqual([found.code, found.parameters.field], [code, field], found.evidence);
    });
  }

  it('names the missing permission and the smallest policy that would do', async () => {
    const found = await withFault('aws-denied', 'ec2:CreateVpcEndpoint', () => failure(cloud.ensureEndpoint(choices)));
    assert.equal(found.parameters.permissions, 'ec2:CreateVpcEndpoint');
    const policy = JSON.parse(found.parameters.policy ?? '') as { Statement: unknown };
    assert.deepEqual(policy.Statement, [
      { Effect: 'Allow', Action: ['ec2:DescribeVpcEndpoints', 'ec2:CreateVpcEndpoint'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'ec2:CreateTags',
        Resource: '*',
        Condition: { StringEquals: { 'ec2:CreateAction': ['CreateVpcEndpoint'] } },
      },
    ]);
    assert.deepEqual(JSON.parse(describeProblem(found).attachment?.text ?? ''), policy);
    const looking = await withFault('aws-denied', 'ec2:DescribeVpcs', () => failure(cloud.listVpcs()));
    assert.equal(looking.parameters.permissions, 'ec2:DescribeVpcs');
    assert.deepEqual((JSON.parse(looking.parameters.policy ?? '') as { Statement: unknown[] }).Statement.length, 1);
  });

  it('tells a wrong key from one that is over, and from a wrong clock', async () => {
    const wrong = open({ credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wrong' } });
    assert.equal((await failure(wrong.listVpcs())).code, 'AWS_CREDENTIALS_REFUSED');
    assert.equal((await failure(wrong.whoAmI())).code, 'AWS_CREDENTIALS_REFUSED');
    const secret = open({ credentials: { ...aws.keys, secretAccessKey: 'wrong' } });
    assert.equal((await failure(secret.listVpcs())).code, 'AWS_CREDENTIALS_REFUSED');
    assert.equal((await withFault('aws-expired-token', '*', () => failure(cloud.whoAmI()))).code, 'AWS_TOKEN_EXPIRED');
    assert.equal(
      (await withFault('aws-expired-token', '*', () => failure(cloud.listVpcs()))).code,
      'AWS_TOKEN_EXPIRED',
    );
  });

  it('is not misled by a clock that the SDK can correct', async () => {
    assert.ok((await withFault('aws-clock-skew', '*', () => cloud.listVpcs())).length > 0);
  });

  it('gives up in time, and at once when it is told to', async () => {
    const hasty = open({}, { timeouts: { connection: 500, request: 150 } });
    const found = await withFault('aws-silent', 'DescribeVpcs', () => failure(hasty.listVpcs()));
    assert.deepEqual([found.code, found.parameters.reason], ['AWS_UNREACHABLE', 'TIMEOUT']);
    await withFault('aws-silent', 'DescribeVpcs', async () => {
      const abort = new AbortController();
      const work = cloud.listVpcs(abort.signal);
      setTimeout(() => {
        abort.abort();
      }, 50);
      await assert.rejects(work, isCancellation);
    });
    await assert.rejects(cloud.listVpcs(AbortSignal.abort()), isCancellation);
  });

  it('says so when nobody answers', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const nobody = `http://127.0.0.1:${port}`;
    const found = await failure(open({ endpoints: { ec2: nobody, sts: nobody } }).listVpcs());
    assert.deepEqual([found.code, found.parameters.reason], ['AWS_UNREACHABLE', 'ECONNREFUSED']);
  });
});

describe('AWS through a proxy', () => {
  it('goes where HTTPS_PROXY leads, unless NO_PROXY says otherwise', async () => {
    const asked: string[] = [];
    const proxy = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        asked.push(data.toString().split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      });
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
    const account = openAwsCloud({ region: 'us-east-1', credentials }, { environment: { HTTPS_PROXY: address } });
    try {
      await failure(account.listVpcs());
      assert.match(asked[0] ?? '', /^CONNECT ec2\.us-east-1\.amazonaws\.com:443 /);
    } finally {
      account.dispose();
      proxy.close();
    }
  });

  it('that is none is refused without its password', () => {
    const environment = { https_proxy: 'socks5://user:secret@proxy:1080' };
    assert.throws(
      () => openAwsCloud({ region: 'us-east-1' }, { environment }),
      (error) => {
        const found = problemOf(error);
        assert.deepEqual([found?.code, found?.parameters.variable], ['AWS_PROXY_UNUSABLE', 'https_proxy']);
        assert.ok(!JSON.stringify(found).includes('secret'));
        return true;
      },
    );
  });
});

describe('AWS profiles', () => {
  const saved = new Map<string, string | undefined>();
  let folder: string;
  let aws: AwsUnderTest;
  let opened: Opened[] = [];

  const set = (name: string, value: string | undefined): void => {
    if (!saved.has(name)) saved.set(name, process.env[name]);
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };

  before(async () => {
    aws = await startAwsUnderTest();
    folder = await mkdtemp(join(tmpdir(), 'aws-profiles-'));
    for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION'])
      set(name, undefined);
    set('AWS_CONFIG_FILE', join(folder, 'config'));
    set('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
    set('AWS_EC2_METADATA_DISABLED', 'true');
    set('HOME', folder);
    const role = `arn:aws:iam::${aws.world.aws.accountId}:role/sandbox-admin`;
    await writeFile(
      join(folder, 'config'),
      `[profile reader]\nregion = us-east-1\nrole_arn = ${role}\nsource_profile = base\n` +
        `[profile mfa]\nrole_arn = ${role}\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/me\n` +
        '[profile sso]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n' +
        '[sso-session corp]\nsso_start_url = https://example.invalid/start\nsso_region = us-east-1\n' +
        `[profile elsewhere]\nrole_arn = arn:aws:iam::999999999999:role/x\nsource_profile = base\n`,
    );
    await writeFile(
      join(folder, 'credentials'),
      `[base]\naws_access_key_id = ${aws.keys.accessKeyId}\naws_secret_access_key = ${aws.keys.secretAccessKey}\n`,
    );
  });
  after(async () => {
    for (const [name, value] of saved) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    await rm(folder, { recursive: true });
    await aws.close();
  });
  afterEach(() => {
    for (const account of opened) account.dispose();
    opened = [];
  });

  const open = (
    profile: string | undefined,
    more: Parameters<typeof openAwsCloud>[1] = {},
    region = 'us-east-1',
  ): Opened => {
    const endpoints = { ec2: aws.endpoint, sts: aws.endpoint };
    const account = openAwsCloud({ region, endpoints, ...(profile === undefined ? {} : { profile }) }, more);
    opened.push(account);
    return account;
  };

  it('with keys and with an assumed role say whom they make', async () => {
    assert.equal((await open('base').whoAmI()).arn, aws.world.aws.userArn);
    assert.match((await open('reader').whoAmI()).arn, /:assumed-role\/sandbox-admin\//);
    assert.ok((await open('reader').listVpcs()).length > 0);
  });

  it('ask for the code of the MFA device, once, and take no for an answer', async () => {
    const asked: string[] = [];
    const account = open('mfa', {
      askMfaCode: (serial) => {
        asked.push(serial);
        return Promise.resolve('123456');
      },
    });
    assert.match((await account.whoAmI()).arn, /sandbox-admin/);
    await account.listVpcs();
    assert.deepEqual(asked, ['arn:aws:iam::1:mfa/me']);
    await assert.rejects(open('mfa', { askMfaCode: () => Promise.resolve(undefined) }).whoAmI(), isCancellation);
    assert.equal((await failure(open('mfa').whoAmI())).code, 'AWS_PROFILE_UNUSABLE');
  });

  it('ask for the code once for all regions, and again after a refusal or when the session is forgotten', async () => {
    const sessions = createAwsSessions();
    let asked = 0;
    const answers: (string | undefined)[] = [undefined];
    const askMfaCode = (): Promise<string | undefined> => {
      asked += 1;
      return Promise.resolve(answers.length > 0 ? answers.shift() : '123456');
    };
    const openIn = (region: string, account = 'one'): Opened =>
      open('mfa', { askMfaCode, session: sessions.of(account, 'mfa') }, region);
    await assert.rejects(openIn('us-east-1').whoAmI(), isCancellation);
    assert.equal(asked, 1);
    const regions = ['us-east-1', 'eu-west-1', 'us-east-2'].map((region) => openIn(region));
    const vpcs = await Promise.all(regions.map((account) => account.listVpcs()));
    assert.equal(asked, 2, 'all at once');
    assert.equal(new Set(vpcs.flat().map(({ id }) => id)).size, vpcs.flat().length, 'each asks its own region');
    await openIn('us-east-2').listVpcs();
    assert.equal(asked, 2, 'one after the other');
    await openIn('us-east-1', 'another').listVpcs();
    assert.equal(asked, 3, 'each account by itself');
    regions[0]?.forgetSession();
    await openIn('us-east-1').listVpcs();
    assert.equal(asked, 4, 'forgotten');
    sessions.forget('one');
    await openIn('us-east-1', 'another').listVpcs();
    assert.equal(asked, 4);
    await openIn('us-east-1').listVpcs();
    assert.equal(asked, 5, 'signed out');
  });

  it('that cannot be resolved say what to do', async () => {
    const sso = await failure(open('sso').whoAmI());
    assert.deepEqual([sso.code, sso.parameters.command], ['AWS_SSO_SIGN_IN_NEEDED', 'aws sso login --profile sso']);
    assert.equal((await failure(open('nobody').whoAmI())).code, 'AWS_PROFILE_UNUSABLE');
    const elsewhere = await failure(open('elsewhere').whoAmI());
    assert.deepEqual(
      [elsewhere.code, elsewhere.parameters.permissions, elsewhere.parameters.field],
      ['AWS_NOT_PERMITTED', 'sts:AssumeRole', 'profile'],
    );
    assert.equal((await failure(open(undefined).whoAmI())).code, 'AWS_CREDENTIALS_NONE');
  });
});
