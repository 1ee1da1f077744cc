import assert from 'node:assert/strict';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import { addCluster, addService } from '../../../src/sandbox/world/build';
import type { Field, FieldId, PageState, StepState } from '../../../webview/protocol';
import { inAwsAccount, pageKinds, type PageKind } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import { recordCommands, valuesOf } from '../../unit/cloud/recorded-commands';

/** Where the lists of the AWS account are not there, what they would offer is entered, for commands to run elsewhere. */
describe('ids of AWS that are entered on the page', () => {
  let machine: Machine;
  let page: PageUnderTest;
  let network: { readonly vpc: string; readonly subnets: readonly string[]; readonly group: string };
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  const service: Pick<PageKind, 'build' | 'ref'> = {
    build: (world, project) => {
      addCluster(world, project, 'Cluster0', {});
      addService(world, project, 'AWS', 'US_EAST_1');
      return undefined;
    },
    ref: ({ id, services }): RefUnderTest => {
      const [only] = services.values();
      assert.ok(only);
      return { kind: 'service', projectId: id, provider: 'AWS', serviceId: only.id };
    },
  };

  async function openWindow(): Promise<void> {
    const { world, addresses, kept } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ currentStep, header }) => currentStep !== undefined && !header.loading);
  }

  async function open(kind: Pick<PageKind, 'build' | 'ref'> = service, place = 'us-east-1'): Promise<void> {
    machine = await startMachine(kind);
    const region = machine.world.aws.regions.get(place);
    const vpc = [...(region?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
    assert.ok(region && vpc);
    const subnets = [...region.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id).map(({ id }) => id);
    const group = [...region.securityGroups.values()].find(({ vpcId }) => vpcId === vpc.id);
    assert.ok(group && subnets.length > 1);
    network = { vpc: vpc.id, subnets: subnets.slice(0, 2), group: group.id };
    await openWindow();
    if (page.state().currentStep === 'service') {
      await page.until(({ currentStep, running }) => currentStep === 'service' && running === undefined);
      await page.controller.receive({ type: 'do', step: 'service' });
    }
    await page.until(({ currentStep, running }) => currentStep === 'cloud' && running === undefined);
    await page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
  }

  const field = (id: FieldId, step: StepState = page.step('cloud')): Field => {
    const found = step.fieldGroups.flatMap(({ fields }) => fields).find((one) => one.id === id);
    assert.ok(found, `the page has ${id}`);
    return found;
  };
  const kindOf = (id: FieldId): string =>
    page
      .step('cloud')
      .fieldGroups.flatMap(({ fields }) => fields)
      .find((one) => one.id === id)?.kind ?? 'none';
  const untilCloud = (wanted: () => boolean): Promise<PageState> => page.until(() => wanted());
  const isListed = (): boolean => {
    const subnets = kindOf('subnets') === 'none' ? undefined : field('subnets');
    return subnets?.kind === 'checklist' && subnets.options.length > 0;
  };
  const cli = (): readonly (readonly string[])[] => {
    const { commands } = page.step('cloud');
    const block = commands?.blocks.find(({ tool, perShell }) => tool === 'AWS CLI' && perShell);
    assert.ok(block, commands?.missing);
    return recordCommands(block.text, '*describe-security-groups*) echo sg-0123456789abcdef0 ;;');
  };
  const enter = async (): Promise<void> => {
    await page.set({ vpc: network.vpc, subnets: network.subnets.join('\n'), newGroupSources: '10.0.0.0/16' });
  };
  const doubts = (): number =>
    page.step('cloud').fieldGroups.filter(({ hint = '' }) => hint.includes('Nothing looks them up')).length;

  for (const kind of [
    { name: 'a dedicated cluster', ...service },
    ...pageKinds.filter(({ name }) => /^(?:serverless instance|Data Federation) on AWS$/u.test(name)),
  ]) {
    it(`make commands that are complete without credentials, for ${kind.name}`, async () => {
      await open(kind);
      for (const id of ['vpc', 'subnets', 'newGroupSources'] as const) assert.equal(kindOf(id), 'text', id);
      assert.equal(doubts(), 1);
      assert.match(page.step('cloud').doIt?.disabled ?? '', /Choose credentials first, or use the commands/);
      assert.match(page.step('cloud').commands?.missing ?? '', /vpc-/);

      // Each wrong value has a sentence at its own field, at once.
      await page.set({
        vpc: 'vpc-1',
        subnets: `${network.subnets[0] ?? ''}, 10.0.0.0/24`,
        newGroupSources: '10.0.0.1/16',
      });
      assert.match(field('vpc').problem ?? '', /vpc-1.*Give the id of a VPC: vpc-/);
      assert.match(field('subnets').problem ?? '', /10\.0\.0\.0\/24.*Give the id of a subnet: subnet-/);
      assert.match(field('newGroupSources').problem ?? '', /10\.0\.0\.1\/16.*address block/);
      await page.set({ securityGroupMode: 'existing', securityGroups: 'default' });
      assert.match(field('securityGroups').problem ?? '', /default.*Give the id of a security group: sg-/);
      assert.deepEqual(page.step('cloud').commands?.blocks, []);

      // A letter that is corrected takes nothing else away.
      await page.set({ vpc: network.vpc });
      assert.match(field('subnets').problem ?? '', /10\.0\.0\.0\/24/);
      await page.set({ subnets: network.subnets.join(', '), securityGroups: `${network.group},\n${network.group}` });
      const existing = cli();
      assert.deepEqual(valuesOf(existing[0] ?? [], '--vpc-id'), [network.vpc]);
      assert.deepEqual(valuesOf(existing[0] ?? [], '--subnet-ids'), network.subnets);
      assert.deepEqual(valuesOf(existing[0] ?? [], '--security-group-ids'), [network.group]);
      await page.set({ securityGroupMode: 'new', newGroupSources: '10.0.0.0/16' });
      assert.deepEqual(
        cli().map((words) => words[2]),
        ['describe-security-groups', 'authorize-security-group-ingress', 'create-vpc-endpoint'],
      );
      const tools = page.step('cloud').commands?.blocks.map(({ tool }) => tool);
      assert.deepEqual([...new Set(tools)], ['AWS CLI', 'CloudFormation', 'Terraform']);
      await page.controller.receive({ type: 'choose-shell', shell: 'powershell' });
      assert.match(page.step('cloud').commands?.blocks[0]?.text ?? '', /\bsubnet-/u);
      await page.controller.receive({ type: 'choose-shell', shell: 'posix' });

      // Nobody has chosen credentials: nothing is done with those of this machine, by a command of the palette neither.
      await page.controller.receive({ type: 'do', step: 'cloud' });
      assert.match(field('profile').problem ?? '', /A choice is missing/);
      assert.equal(inAwsAccount(machine.world).endpoints.length, 0);

      // What they make where somebody else is signed in, pasted.
      const words = existing[0] ?? [];
      await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await page.set({ pasted: await madeBy(words) });
      await page.until(({ currentStep }) => currentStep === 'register');
      await page.controller.receive({ type: 'do', step: 'register' });
      await page.until(({ steps }) => steps.find(({ id }) => id === 'register')?.status === 'done');
      assert.equal(inAwsAccount(machine.world).endpoints.length, 1);
    });
  }

  /** Does what `aws ec2 create-vpc-endpoint` is asked for, and prints what it prints. */
  async function madeBy(words: readonly string[]): Promise<string> {
    const one = (flag: string): string => valuesOf(words, flag)[0] ?? '';
    const cloud = openAwsCloud({ region: one('--region'), ...windowOptions(machine.world, machine.addresses).aws });
    try {
      const { endpoint } = await cloud.ensureEndpoint({
        provider: 'AWS',
        region: one('--region'),
        serviceName: one('--service-name'),
        vpcId: one('--vpc-id'),
        subnets: valuesOf(words, '--subnet-ids').map((id) => ({ id, zone: id })),
        securityGroup: { kind: 'existing', ids: valuesOf(words, '--security-group-ids') },
        tags: {},
        clientToken: one('--client-token'),
        purpose: 'test',
      });
      const { id: VpcEndpointId, state: State } = endpoint;
      return JSON.stringify({ VpcEndpoint: { VpcEndpointId, State, ServiceName: one('--service-name') } });
    } finally {
      cloud.dispose();
    }
  }

  it('name the region beside that of the service', async () => {
    await open(
      {
        ...service,
        build: (world, project) => {
          addCluster(world, project, 'Cluster0', {});
          addService(world, project, 'AWS', 'US_EAST_1').supportedRemoteRegions = ['EU_WEST_1'];
          return undefined;
        },
      },
      'eu-west-1',
    );
    await page.set({ cloudRegion: 'eu-west-1' });
    await enter();
    const create = cli().at(-1) ?? [];
    assert.deepEqual(valuesOf(create, '--region'), ['eu-west-1']);
    assert.deepEqual(valuesOf(create, '--service-region'), ['us-east-1']);
  });

  it('are kept over a restart, and chosen when the account that is chosen then has them', async () => {
    await open();
    await enter();
    await page.kill();
    await openWindow();
    await page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
    assert.deepEqual(valuesOf(cli().at(-1) ?? [], '--subnet-ids'), network.subnets);
    await page.set({ subnets: `${network.subnets.join(', ')}, subnet-0123456789abcdef0` });
    await page.set({ profile: 'profile:work' });
    await untilCloud(isListed);
    assert.equal(page.step('cloud').doIt?.disabled, undefined);
    const [vpc, subnets] = [field('vpc'), field('subnets')];
    assert.deepEqual([vpc.kind, vpc.kind === 'select' ? vpc.value : ''], ['select', network.vpc]);
    assert.deepEqual(subnets.kind === 'checklist' ? subnets.values : [], network.subnets);
    assert.equal(doubts(), 0);
    assert.deepEqual(valuesOf(cli().at(-1) ?? [], '--profile'), ['work']);
    await page.set({ profile: '' });
    const again = field('subnets');
    assert.match(again.kind === 'text' ? again.value : '', /subnet-0123456789abcdef0$/);
    await page.set({ profile: 'profile:work' });
    await untilCloud(isListed);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(({ currentStep }) => currentStep === 'register');
  });

  it('stand in for what credentials that are refused do not give', async () => {
    await open();
    Object.assign(machine.world.credentials, { awsSecretAccessKey: 'another' });
    await page.set({ profile: 'profile:work' });
    await untilCloud(() => kindOf('vpc') === 'text');
    assert.match(field('profile').problem ?? '', /AWS/);
    assert.match(page.step('cloud').doIt?.disabled ?? '', /beside the credentials, or use the commands/);
    await enter();
    for (const words of cli()) assert.ok(!words.includes('--profile'), words.join(' '));
    await page.controller.receive({ type: 'do', step: 'cloud' });
    assert.equal(page.step('cloud').status, 'current');
    assert.equal(inAwsAccount(machine.world).endpoints.length, 0);
  });

  for (const [permission, entered] of [
    ['ec2:DescribeVpcs', { vpc: 'text', subnets: 'checklist', securityGroups: 'checklist' }],
    ['ec2:DescribeSubnets', { vpc: 'select', subnets: 'text', securityGroups: 'checklist' }],
    ['ec2:DescribeSecurityGroups', { vpc: 'select', subnets: 'checklist', securityGroups: 'text' }],
  ] as const) {
    it(`stand in for the one list that comes without ${permission}`, async () => {
      await open();
      machine.world.faults.set('aws-denied', true, permission);
      await page.set({ profile: 'chain', securityGroupMode: 'existing' });
      await untilCloud(() => kindOf('vpc') === entered.vpc && field('vpc').loading !== true);
      await page.set({ vpc: network.vpc });
      const isAsTold = (id: 'subnets' | 'securityGroups'): boolean =>
        kindOf(id) === entered[id] && field(id).loading !== true;
      await untilCloud(() => isAsTold('subnets') && isAsTold('securityGroups'));
      await page.set({ subnets: network.subnets, securityGroups: [network.group] });
      assert.deepEqual(valuesOf(cli()[0] ?? [], '--subnet-ids'), network.subnets);
      assert.equal(doubts(), 1);
      const { problem = '', block } = field('profile');
      assert.match(problem, new RegExp(permission));
      assert.match(block?.text ?? '', new RegExp(permission));
      assert.match(page.step('cloud').doIt?.disabled ?? '', /beside the credentials/);
      await page.controller.receive({ type: 'do', step: 'cloud' });
      assert.equal(inAwsAccount(machine.world).endpoints.length, 0, 'by a command of the palette neither');

      machine.world.faults.set('aws-denied', false, permission);
      await page.controller.receive({ type: 'action', action: 'refresh' });
      await untilCloud(() => kindOf('vpc') === 'select' && page.step('cloud').doIt?.disabled === undefined);
      await untilCloud(() => kindOf('subnets') === 'checklist' && kindOf('securityGroups') === 'checklist');
      assert.equal(field('profile').problem, undefined);
      assert.equal(doubts(), 0);
    });
  }

  it('stand in for the lists of an account that has no VPC', async () => {
    await open();
    machine.world.aws.regions.get('us-east-1')?.vpcs.clear();
    await page.set({ profile: 'chain' });
    await untilCloud(() => kindOf('vpc') === 'text');
    assert.match(field('vpc').note ?? '', /has none here/);
    assert.match(page.step('cloud').doIt?.disabled ?? '', /nothing to choose from/);
    await enter();
    assert.deepEqual(valuesOf(cli().at(-1) ?? [], '--vpc-id'), [network.vpc]);
  });
});
