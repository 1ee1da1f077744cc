import assert from 'node:assert/strict';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import { problemOf } from '../../../src/core/problem';
import { addCluster, addService } from '../../../src/sandbox/world/build';
import { inAwsAccount } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import { recordCommands, valuesOf } from '../../unit/cloud/recorded-commands';

/**
 * AWS remembers for what a client token was used, also when that is over: the commands of the page, and what it does
 * itself, take another one then, and otherwise the same.
 */
describe('client tokens that are used up', () => {
  let machine: Machine;
  let page: PageUnderTest;
  let subnets: readonly string[];
  const state = { vpc: '', group: '' };

  beforeEach(async () => {
    machine = await startMachine({
      build: (world, project) => {
        addCluster(world, project, 'Cluster0', {});
        addService(world, project, 'AWS', 'US_EAST_1');
        return undefined;
      },
      ref: ({ id, services }): RefUnderTest => {
        const [service] = services.values();
        assert.ok(service);
        return { kind: 'service', projectId: id, provider: 'AWS', serviceId: service.id };
      },
    });
    const region = machine.world.aws.regions.get('us-east-1');
    const vpc = [...(region?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
    const group = [...(region?.securityGroups.values() ?? [])].find(({ vpcId }) => vpcId === vpc?.id);
    assert.ok(region && vpc && group);
    Object.assign(state, { vpc: vpc.id, group: group.id });
    subnets = [...region.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id).map(({ id }) => id);
    await openWindow();
    await page.set({ vpc: vpc.id, securityGroupMode: 'existing', securityGroups: group.id });
    await page.set({ subnets: subnets.slice(0, 1) });
  });
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  async function openWindow(): Promise<void> {
    const { world, addresses, kept } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ currentStep, header }) => currentStep === 'cloud' && !header.loading);
    await page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
  }

  const account = () => openAwsCloud({ region: 'us-east-1', ...windowOptions(machine.world, machine.addresses).aws });

  const command = (): readonly string[] => {
    const { commands } = page.step('cloud');
    const block = commands?.blocks.find(({ tool, perShell }) => tool === 'AWS CLI' && perShell);
    assert.ok(block, commands?.missing);
    return recordCommands(block.text)[0] ?? [];
  };
  /** Terraform's name for the endpoint: what is in its folder already is to be found again. */
  const label = (): string =>
    page.step('cloud').commands?.blocks.flatMap(({ text }) => /^output "(\w+)"/mu.exec(text)?.[1] ?? [])[0] ??
    assert.fail('no Terraform');
  const token = (): string => valuesOf(command(), '--client-token')[0] ?? '';

  /** What `aws ec2 create-vpc-endpoint` of the page prints, of its error as well. */
  async function run(): Promise<{ readonly id: string; readonly printed: string }> {
    const cloud = account();
    const words = command();
    try {
      const { endpoint } = await cloud.ensureEndpoint({
        provider: 'AWS',
        region: 'us-east-1',
        serviceName: valuesOf(words, '--service-name')[0] ?? '',
        vpcId: state.vpc,
        subnets: valuesOf(words, '--subnet-ids').map((id) => ({ id, zone: id })),
        securityGroup: { kind: 'existing', ids: [state.group] },
        tags: {},
        clientToken: token(),
        purpose: 'test',
      });
      const { id, state: State, tags } = endpoint;
      const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      return { id, printed: JSON.stringify({ VpcEndpoint: { VpcEndpointId: id, State, Tags } }) };
    } catch (error) {
      assert.equal(problemOf(error)?.code, 'AWS_TOKEN_REUSED');
      const printed = 'An error occurred (IdempotentParameterMismatch) when calling the CreateVpcEndpoint operation: …';
      return { id: '', printed };
    } finally {
      cloud.dispose();
    }
  }

  /** AWS remembers its token for as long as the test runs. */
  function deleteByHand(id: string): void {
    const endpoint = machine.world.aws.regions.get('us-east-1')?.vpcEndpoints.get(id);
    assert.ok(endpoint);
    endpoint.timeline = [{ at: 0, status: 'deleting' }];
  }

  const pasteProblem = (): string =>
    page.step('cloud').elsewhere?.fields.find(({ id }) => id === 'pasted')?.problem ?? '';

  async function paste(printed: string): Promise<void> {
    await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
    await page.set({ pasted: printed });
  }

  async function register(): Promise<void> {
    await page.until(({ currentStep }) => currentStep === 'register');
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(({ steps }) => steps.find(({ id }) => id === 'register')?.status === 'done');
  }

  it('stay as they are while nothing was made with them, over a restart and whatever is pasted', async () => {
    const first = token();
    await page.set({ subnets: subnets.slice(0, 2) });
    await paste('{"VpcEndpoint": {"VpcEndpointId": "vpce-0123456789abcdef0", "State": "deleted"}}');
    assert.match(pasteProblem(), /its state is deleted/);
    assert.equal(token(), first, 'not what came of it');
    await page.kill();
    await openWindow();
    assert.equal(token(), first);
  });

  it('are followed by others when the endpoint was deleted, with the same choices', async () => {
    const { id } = await run();
    deleteByHand(id);
    const again = await run();
    assert.equal(again.id, id, 'what AWS remembers');
    const [first, named] = [token(), label()];
    await paste(again.printed);
    assert.match(pasteProblem(), /its state is delet/);
    const second = token();
    assert.notEqual(second, first);
    assert.equal(label(), named, 'Terraform makes a deleted one anew by itself');
    // The same once more, and in the next window, says nothing new.
    await page.controller.receive({ type: 'submit-elsewhere', step: 'cloud' });
    await paste('');
    await paste(again.printed);
    assert.equal(token(), second);
    await page.kill();
    await openWindow();
    assert.equal(token(), second);
    const next = await run();
    assert.equal((await run()).id, next.id, 'run twice they make one');
    assert.notEqual(next.id, id);
    await paste(next.printed);
    await register();
  });

  it('are followed by others when AWS refuses them with other choices', async () => {
    const { id } = await run();
    deleteByHand(id);
    await page.set({ subnets: subnets.slice(1, 2) });
    const first = token();
    const refused = await run();
    await paste(refused.printed);
    assert.match(pasteProblem(), /had this request before.*If it was deleted, run the commands again/);
    await page.controller.receive({ type: 'submit-elsewhere', step: 'cloud' });
    const second = token();
    assert.notEqual(second, first);
    const { printed } = await run();
    assert.equal(token(), second);
    await paste(printed);
    await register();
  });

  it('are followed by others when the endpoint was registered and removed again', async () => {
    await paste((await run()).printed);
    await register();
    // With the last one the service would go, and what is wanted of another service has other tokens anyway.
    const add = async (): Promise<void> => {
      await page.controller.receive({ type: 'action', action: 'add-endpoint' });
      await page.until(({ currentStep, running }) => currentStep === 'cloud' && running === undefined);
    };
    await add();
    const first = token();
    const made = await run();
    await paste(made.printed);
    await register();
    // What a removal breaks changes until then, and would be asked about again.
    await page.until(({ currentStep }) => currentStep === 'use');
    await page.controller.receive({ type: 'action', action: 'remove-endpoint', subject: made.id });
    await page.confirm();
    await page.until(({ status }) => status?.endpoints.length === 1);
    deleteByHand(made.id);
    await add();
    assert.notEqual(token(), first);
    assert.notEqual((await run()).id, made.id);
  });

  it('are those of endpoints in the account that AWS has given up, for the commands as for the page itself', async () => {
    const first = token();
    const { id } = await run();
    const endpoint = machine.world.aws.regions.get('us-east-1')?.vpcEndpoints.get(id);
    assert.ok(endpoint);
    endpoint.timeline = [{ at: 0, status: 'rejected' }];
    await page.set({ profile: 'chain' });
    await page.until(() => page.step('cloud').details.some((detail) => detail.id === `over/${id}`));
    const second = token();
    assert.notEqual(second, first);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(({ currentStep }) => currentStep === 'register');
    const made = inAwsAccount(machine.world).endpoints.find((one) => one.id !== id);
    assert.ok([...(made?.tags.values() ?? [])].includes(second), 'the page takes the token that its commands have');
  });

  it('do not stand in the way of the page itself: a second try makes what the first was refused', async () => {
    const { id } = await run();
    deleteByHand(id);
    await page.set({ profile: 'chain', subnets: subnets.slice(1, 2) });
    await page.until(() => page.step('cloud').doIt?.disabled === undefined);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    const { problem } = page.step('cloud');
    assert.match([problem?.title, ...(problem?.fixes ?? [])].join(' '), /other choices.*was deleted, try again/);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(({ currentStep }) => currentStep === 'register');
  });
});
