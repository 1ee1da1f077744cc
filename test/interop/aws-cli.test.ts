import assert from 'node:assert/strict';
import { devNull } from 'node:os';
import type { AwsEndpointChoices } from '../../src/core/cloud-choices';
import { planDescription, planEndpoint, planRemoval } from '../../src/cloud/plan-endpoint';
import { paces } from '../../src/sandbox/world/create-world';
import type { SandboxService } from '../../src/sandbox/world/world';
import type { AwsUnderTest } from '../contract/aws/aws-under-test';
import { sandboxVpc, startAwsUnderTest } from '../contract/aws/aws-under-test';
import type { Outcome, ProgramFolder, Tool } from './tool';
import { findTool, report, run, wrapProgram } from './tool';

/** What the tests read of the CLI's answers. */
interface Answer {
  readonly Arn: string;
  readonly Vpcs: readonly { readonly VpcId: string }[];
  readonly Subnets: readonly { readonly SubnetId: string }[];
  readonly RegionName: string;
  readonly GroupId: string;
  readonly VpcEndpoint: { readonly VpcEndpointId: string; readonly State: string };
  readonly VpcEndpoints: readonly {
    readonly VpcEndpointId: string;
    readonly State: string;
    readonly SubnetIds: readonly string[];
    readonly DnsEntries: readonly unknown[];
  }[];
  readonly Unsuccessful: readonly unknown[];
  readonly SecurityGroups: readonly { readonly GroupId: string; readonly IpPermissions: readonly object[] }[];
  readonly ServiceNames: readonly string[];
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
  };
}

describe('interop: the AWS CLI against the sandbox’s EC2 and STS', function () {
  // Each call starts a Python program.
  this.timeout(120_000);

  let tool: Tool;
  let aws: AwsUnderTest;
  let programs: ProgramFolder | undefined;
  let service: SandboxService;
  let vpc: ReturnType<typeof sandboxVpc>;

  before(async function () {
    tool = await findTool('aws', ['--version']);
    report('aws', tool);
    if (tool.kind === 'missing') this.skip();
  });

  async function start(deletion: number): Promise<void> {
    aws = await startAwsUnderTest({ pace: { ...paces.instant, deletion } });
    service = aws.service();
    vpc = sandboxVpc(aws.region());
    programs = await wrapProgram('aws', ['--endpoint-url', aws.endpoint]);
    // Commands that wait do it in the sandbox's time.
    await programs.add('sleep', 'exec /bin/sleep 0.2');
  }
  beforeEach(() => start(60_000));
  afterEach(async () => {
    await programs?.remove();
    await aws.close();
  });

  /** Nothing of this machine's own configuration, and no way out of it. */
  function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return {
      PATH: programs?.path,
      HOME: devNull,
      PYENV_ROOT: process.env.PYENV_ROOT,
      PYENV_VERSION: process.env.PYENV_VERSION,
      LANG: 'C.UTF-8',
      AWS_ACCESS_KEY_ID: aws.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.keys.secretAccessKey,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
      NO_PROXY: '127.0.0.1',
      ...more,
    };
  }

  const cli = (args: readonly string[], more?: NodeJS.ProcessEnv): Promise<Outcome> =>
    run('aws', [...args, '--region', 'us-east-1', '--output', 'json'], environment(more));
  const sh = (commands: string): Promise<Outcome> => run('/bin/sh', ['-c', commands], environment());

  async function ok(outcome: Promise<Outcome>): Promise<Answer> {
    const { code, stdout, stderr } = await outcome;
    assert.equal(code, 0, stderr);
    return (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Answer;
  }

  async function refused(errorCode: string, outcome: Promise<Outcome>): Promise<void> {
    const { code, stderr } = await outcome;
    assert.notEqual(code, 0);
    assert.match(stderr, new RegExp(`An error occurred \\(${errorCode}\\)`));
  }

  it('signs in with the key, and as a role', async () => {
    const { Arn } = await ok(cli(['sts', 'get-caller-identity']));
    assert.equal(Arn, 'arn:aws:iam::123456789012:user/sandbox');
    const role = ['--role-arn', 'arn:aws:iam::123456789012:role/sandbox', '--role-session-name', 'cli'];
    const { Credentials: keys } = await ok(cli(['sts', 'assume-role', ...role]));
    const as = {
      AWS_ACCESS_KEY_ID: keys.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.SecretAccessKey,
      AWS_SESSION_TOKEN: keys.SessionToken,
    };
    const other = await ok(cli(['sts', 'get-caller-identity'], as));
    assert.equal(other.Arn, 'arn:aws:sts::123456789012:assumed-role/sandbox/cli');
    await refused('AuthFailure', cli(['ec2', 'describe-vpcs'], { AWS_ACCESS_KEY_ID: 'AKIA0000000000000000' }));
    await refused('SignatureDoesNotMatch', cli(['sts', 'get-caller-identity'], { AWS_SECRET_ACCESS_KEY: 'wrong' }));
  });

  it('describes the network', async () => {
    const { Vpcs } = await ok(cli(['ec2', 'describe-vpcs', '--filters', 'Name=is-default,Values=false']));
    assert.deepEqual(
      Vpcs.map(({ VpcId }) => VpcId),
      [vpc.id],
    );
    const { Subnets } = await ok(cli(['ec2', 'describe-subnets', '--page-size', '5']));
    assert.deepEqual(
      Subnets.map(({ SubnetId }) => SubnetId),
      [...aws.region().subnets.keys()],
    );
    const { ServiceNames } = await ok(cli(['ec2', 'describe-vpc-endpoint-services']));
    assert.ok(ServiceNames.includes(service.cloudName));
  });

  it('creates, describes, changes and deletes an interface endpoint', async () => {
    const create = [
      'ec2',
      'create-vpc-endpoint',
      '--vpc-endpoint-type',
      'Interface',
      '--vpc-id',
      vpc.id,
      '--service-name',
      service.cloudName,
      '--client-token',
      'interop',
    ];
    const dry = await cli([...create, '--dry-run']);
    assert.match(dry.stderr, /DryRunOperation/);
    const { VpcEndpoint } = await ok(cli([...create, '--subnet-ids', vpc.subnet('a'), vpc.subnet('b')]));
    const id = VpcEndpoint.VpcEndpointId;
    assert.equal(VpcEndpoint.State, 'pendingAcceptance');
    await refused('IdempotentParameterMismatch', cli(create));
    await ok(cli(['ec2', 'modify-vpc-endpoint', '--vpc-endpoint-id', id, '--remove-subnet-ids', vpc.subnet('b')]));
    const show = ['ec2', 'describe-vpc-endpoints', '--vpc-endpoint-ids', id];
    const [endpoint] = (await ok(cli(show))).VpcEndpoints;
    assert.deepEqual(endpoint?.SubnetIds, [vpc.subnet('a')]);
    assert.equal(endpoint.DnsEntries.length, 2);
    assert.deepEqual((await ok(cli(['ec2', 'delete-vpc-endpoints', '--vpc-endpoint-ids', id]))).Unsuccessful, []);
    assert.equal((await ok(cli(show))).VpcEndpoints[0]?.State, 'deleting');
    await refused('InvalidVpcEndpointId.NotFound', cli([...show.slice(0, -1), 'vpce-00000000000000000']));
  });

  it('opens and closes a security group', async () => {
    const create = [
      'ec2',
      'create-security-group',
      '--group-name',
      'interop',
      '--description',
      'x',
      '--vpc-id',
      vpc.id,
    ];
    const { GroupId } = await ok(cli(create));
    const rule = ['--group-id', GroupId, '--protocol', 'tcp', '--port', '1024-65535', '--cidr', '10.0.0.0/16'];
    await ok(cli(['ec2', 'authorize-security-group-ingress', ...rule]));
    await refused('InvalidPermission.Duplicate', cli(['ec2', 'authorize-security-group-ingress', ...rule]));
    const group = async () =>
      (await ok(cli(['ec2', 'describe-security-groups', '--group-ids', GroupId]))).SecurityGroups[0];
    assert.equal((await group())?.IpPermissions.length, 1);
    await ok(cli(['ec2', 'revoke-security-group-ingress', ...rule]));
    assert.deepEqual((await group())?.IpPermissions, []);
    await ok(cli(['ec2', 'delete-security-group', '--group-id', GroupId]));
  });

  describe('with the commands that are written for people', () => {
    const choices = (more: Partial<AwsEndpointChoices> = {}): AwsEndpointChoices => ({
      provider: 'AWS',
      region: 'us-east-1',
      serviceName: service.cloudName,
      vpcId: vpc.id,
      subnets: [
        { id: vpc.subnet('a'), zone: 'us-east-1a' },
        { id: vpc.subnet('c'), zone: 'us-east-1c' },
      ],
      securityGroup: { kind: 'existing', ids: [vpc.group('sandbox-endpoint')] },
      tags: { Name: 'sandbox interop = ä/b @c', 'cost:center': '' },
      clientToken: 'sandbox-interop-token',
      purpose: 'test',
      ...more,
    });
    function commands(made: AwsEndpointChoices): string {
      const planned = planEndpoint(made);
      assert.ok(planned.ok, JSON.stringify(planned));
      const plan = planned.value.find(({ tool: each }) => each === 'aws-cli');
      assert.ok(plan);
      return plan.shells.posix;
    }

    it('makes the endpoint once, however often they are run', async () => {
      const { VpcEndpoint } = await ok(sh(commands(choices())));
      const made = aws.region().vpcEndpoints.get(VpcEndpoint.VpcEndpointId);
      assert.deepEqual(made?.subnetIds, [vpc.subnet('a'), vpc.subnet('c')]);
      assert.deepEqual(made.securityGroupIds, [vpc.group('sandbox-endpoint')]);
      assert.equal(made.tags.get('Name'), choices().tags.Name);
      const again = await ok(sh(commands(choices())));
      assert.equal(again.VpcEndpoint.VpcEndpointId, VpcEndpoint.VpcEndpointId);
    });

    it('makes a security group with its rules, and finds it the second time', async () => {
      const sources = { cidrs: ['10.0.0.0/16', 'fd00::/8'], groupIds: [vpc.group('sandbox-client')] };
      const text = commands(choices({ securityGroup: { kind: 'new', name: 'atlas endpoint 1', sources } }));
      const first = await ok(sh(text));
      const second = await ok(sh(text));
      assert.equal(second.VpcEndpoint.VpcEndpointId, first.VpcEndpoint.VpcEndpointId);
      const groups = [...aws.region().securityGroups.values()].filter(({ name }) => name.startsWith('atlas'));
      assert.deepEqual(
        groups.map(({ inbound }) =>
          inbound.flatMap(({ fromPort, toPort, cidrs, groupIds }) => [fromPort, toPort, ...cidrs, ...groupIds]),
        ),
        [[1024, 65_535, '10.0.0.0/16', 1024, 65_535, 'fd00::/8', 1024, 65_535, vpc.group('sandbox-client')]],
      );
    });

    it('leaves a group of this name that somebody else made alone, and stops', async () => {
      const { GroupId } = await ok(
        cli(['ec2', 'create-security-group', '--group-name', 'theirs', '--description', 'x', '--vpc-id', vpc.id]),
      );
      const sources = { cidrs: ['10.0.0.0/16'], groupIds: [] };
      const text = commands(choices({ securityGroup: { kind: 'new', name: 'theirs', sources } }));
      const before = aws.region().vpcEndpoints.size;
      await refused('InvalidGroup.Duplicate', sh(text));
      assert.deepEqual(aws.region().securityGroups.get(GroupId)?.inbound, []);
      assert.equal(aws.region().vpcEndpoints.size, before);
    });

    describe('that delete it', function () {
      // They wait, and try again.
      this.timeout(300_000);

      beforeEach(async () => {
        await programs?.remove();
        await aws.close();
        await start(3_000);
      });

      const newGroup = {
        securityGroup: {
          kind: 'new',
          name: 'atlas endpoint 1',
          sources: { cidrs: ['10.0.0.0/16'], groupIds: [] },
        },
      } as const;
      const removal = (endpointId: string): string => {
        const planned = planRemoval({
          ...{ provider: 'AWS', endpointId, region: 'us-east-1' },
          groupName: newGroup.securityGroup.name,
        });
        assert.ok(planned.ok);
        return planned.value.shells.posix;
      };
      const groupNames = (): readonly string[] => [...aws.region().securityGroups.values()].map(({ name }) => name);
      const stateOf = async (id: string): Promise<string | undefined> => {
        const described = planDescription({ provider: 'AWS', endpointId: id, region: 'us-east-1' });
        assert.ok(described.ok);
        const { code, stdout } = await sh(described.value.shells.posix);
        return code === 0 ? (JSON.parse(stdout) as Answer).VpcEndpoints[0]?.State : undefined;
      };

      it('take along the group that was made for it, and can be run again at any point', async () => {
        const before = groupNames();
        const { VpcEndpoint } = await ok(sh(commands(choices(newGroup))));
        const id = VpcEndpoint.VpcEndpointId;
        assert.equal(await stateOf(id), 'pendingAcceptance');
        assert.equal(groupNames().length, before.length + 1);
        await ok(sh(removal(id)));
        assert.ok([undefined, 'deleted'].includes(await stateOf(id)));
        assert.deepEqual(groupNames(), before);
        await ok(sh(removal(id)));
        // As if it had been interrupted between the endpoint and its group.
        const { GroupId } = await ok(
          cli([
            ...['ec2', 'create-security-group', '--group-name', newGroup.securityGroup.name, '--description', 'x'],
            ...['--vpc-id', vpc.id, '--tag-specifications'],
            'ResourceType=security-group,Tags=[{Key=atlas-private-endpoints,Value=true}]',
          ]),
        );
        await ok(sh(removal('vpce-00000000000000000')));
        assert.ok(!aws.region().securityGroups.has(GroupId));
      });

      it('leave groups that others have made, and one that another endpoint uses', async () => {
        const theirs = await ok(sh(commands(choices())));
        const ours = await ok(sh(commands(choices({ ...newGroup, clientToken: 'first' }))));
        await ok(sh(commands(choices({ ...newGroup, clientToken: 'second' }))));
        const before = groupNames();
        for (const { VpcEndpoint } of [theirs, ours]) await ok(sh(removal(VpcEndpoint.VpcEndpointId)));
        assert.deepEqual(groupNames(), before);
      });

      it('delete the stack of an endpoint that came from one of ours, and leave one of others', async () => {
        const { VpcEndpoint } = await ok(sh(commands(choices())));
        const id = VpcEndpoint.VpcEndpointId;
        const { tags } = aws.region().vpcEndpoints.get(id) ?? assert.fail();
        // What CloudFormation would do is noted: the sandbox has none.
        const path = programs?.path;
        await programs?.add(
          'aws',
          `[ "$1" = cloudformation ] && { echo "$*" >&2; exit 0; }; PATH='${path?.split(':').slice(1).join(':') ?? ''}' exec aws --endpoint-url '${aws.endpoint}' "$@"`,
        );
        tags.set('aws:cloudformation:stack-name', 'network');
        const refusal = await sh(removal(id));
        assert.equal(refusal.code, 1);
        assert.match(refusal.stderr, /CloudFormation stack .* network$/m);
        tags.set('aws:cloudformation:stack-name', 'atlas-endpoint-1');
        const { code, stderr } = await sh(removal(id));
        assert.equal(code, 0, stderr);
        assert.deepEqual(
          stderr.trim().split('\n'),
          ['delete-stack', 'wait stack-delete-complete'].map(
            (command) => `cloudformation ${command} --region us-east-1 --stack-name atlas-endpoint-1`,
          ),
        );
        assert.equal(await stateOf(id), 'pendingAcceptance', 'the stack deletes it');
      });
    });
  });
});
