import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService } from '../../../src/sandbox/world/build';
import type { World } from '../../../src/sandbox/world/world';
import type { AwsFault } from '../../../src/sandbox/aws/faults';
import type { Draft } from '../../../src/setup/draft';
import type { PageState } from '../../../webview/protocol';
import { addOurs, inAwsAccount, type PageKind } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest } from '../../builders/page-window';

const failure = 'It did not work. See what is said beside it.';
const regions = ['us-east-1', 'eu-west-1', 'us-east-2'];

describe('an endpoint that may be in several regions of the AWS account, on the page', () => {
  let machine: Machine;
  let page: PageUnderTest;
  let endpointId: string;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  async function open(kind: Pick<PageKind, 'build' | 'ref'>): Promise<void> {
    machine = await startMachine(kind);
    const { world, kept, addresses } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ header, status }) => !header.loading && status !== undefined);
  }

  /** A service in us-east-1 that takes endpoints of two other regions, with one in eu-west-1. */
  const openService = (registered = true, draftIn: (world: World) => Draft = () => ({})): Promise<void> =>
    open({
      build: (world, project) => {
        addCluster(world, project, 'Cluster0', {});
        const service = addService(world, project, 'AWS', 'US_EAST_1');
        service.supportedRemoteRegions = ['US_EAST_2', 'EU_WEST_1'];
        endpointId = addOurs(world, service.id, service.cloudName, 'eu-west-1');
        if (registered) addEndpoint(world, service, endpointId);
        return { profile: 'chain', ...draftIn(world) };
      },
      ref: ({ id, services }) => {
        const [service] = services.values();
        assert.ok(service);
        return { kind: 'service', projectId: id, provider: 'AWS', serviceId: service.id };
      },
    });

  const fault = (name: AwsFault, on: boolean, ...subjects: readonly string[]): void => {
    for (const subject of subjects) machine.world.faults.set(name, on, subject);
  };

  /** As if it had been deleted with other tools; the group that was made for it stays. */
  const deleteElsewhere = (): void => {
    for (const { vpcEndpoints } of machine.world.aws.regions.values()) vpcEndpoints.delete(endpointId);
  };

  const isIdle = ({ running, header }: PageState): boolean => running === undefined && !header.loading;

  async function remove(action: 'remove-endpoint' | 'remove-service'): Promise<void> {
    const subject = action === 'remove-endpoint' ? { subject: endpointId } : {};
    await page.controller.receive({ type: 'action', action, ...subject });
    const { confirmation } = page.state();
    assert.deepEqual(
      confirmation?.options.map(({ id }) => id),
      ['cloud'],
    );
    await page.confirm(['cloud']);
    await page.until(isIdle);
  }

  /** Atlas removes a service some time after its last endpoint: the test's timeout is the limit. */
  async function serviceGoes(): Promise<void> {
    const ref = { kind: 'project', projectId: machine.project.id } as const;
    while (machine.project.services.size > 0) await page.store.refresh('sandbox', ref);
  }

  const atAtlas = (): number => [...machine.project.services.values()].flatMap((one) => [...one.endpoints]).length;

  for (const name of ['aws-denied', 'aws-expired-token'] as const) {
    it(`is removed nowhere while its region cannot be looked into: ${name}`, async () => {
      await openService();
      fault(name, true, 'eu-west-1');
      await remove('remove-endpoint');
      assert.equal(page.announced.at(-1), failure);
      assert.equal(inAwsAccount(machine.world).endpoints.length, 1);
      assert.equal(atAtlas(), 1, 'what leads to it stays');
      fault(name, false, 'eu-west-1');
      await remove('remove-endpoint');
      assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
      await serviceGoes();
    });
  }

  it('is removed where it is, whatever the other regions say', async () => {
    await openService();
    fault('aws-denied', true, 'us-east-1', 'us-east-2');
    await remove('remove-endpoint');
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
    assert.equal(
      page.state().notices.find(({ id }) => id === 'removed')?.detail,
      'What an interrupted set-up may have left could not be looked for in us-east-1, us-east-2.',
    );
    await serviceGoes();
  });

  it('is removed at Atlas, with its group, where it is gone and another region is closed to the account', async () => {
    await openService();
    deleteElsewhere();
    fault('aws-region-closed', true, 'us-east-2');
    await remove('remove-endpoint');
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
    await serviceGoes();
  });

  it('is not taken for gone where no region takes the credentials', async () => {
    await openService();
    fault('aws-region-closed', true, ...regions);
    await remove('remove-endpoint');
    assert.equal(page.announced.at(-1), failure);
    assert.equal(atAtlas(), 1);
  });

  it('is removed with its service, though another region is closed to the account', async () => {
    await openService();
    fault('aws-region-closed', true, 'us-east-2');
    await remove('remove-service');
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
    await serviceGoes();
  });

  it('and was never registered is removed with the service, or the service stays', async () => {
    await openService(false);
    fault('aws-region-closed', true, 'us-east-2');
    fault('aws-denied', true, 'eu-west-1');
    await remove('remove-service');
    assert.equal(inAwsAccount(machine.world).endpoints.length, 1);
    assert.equal(machine.project.services.size, 1);
    fault('aws-denied', false, 'eu-west-1');
    await remove('remove-service');
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
    await serviceGoes();
  });

  it('and was not registered is found, whichever region is chosen here, and is registered', async () => {
    await openService(false);
    const { steps, currentStep } = await page.until((state) => state.currentStep === 'register');
    assert.equal(currentStep, 'register');
    const details = steps.find(({ id }) => id === 'cloud')?.details.map(({ label, value }) => [label, value]);
    assert.equal(details?.[0]?.[1], endpointId);
    assert.match(details[0][0] ?? '', /^Found in the AWS account, not registered yet \(eu-west-1, /);
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(isIdle);
    assert.equal(atAtlas(), 1);
    assert.deepEqual(
      [...machine.project.services.values()].flatMap(({ endpoints }) => [...endpoints.keys()]),
      [endpointId],
    );
  });

  it('and was not registered gets no second one beside it, though nobody has seen it yet', async () => {
    await openService(false, ({ aws }) => {
      const [vpc = ''] = aws.regions.get('us-east-1')?.vpcs.keys() ?? [];
      const subnets = [...(aws.regions.get('us-east-1')?.subnets.values() ?? [])].filter(({ vpcId }) => vpcId === vpc);
      return { vpc, subnets: subnets.map(({ id }) => id).slice(0, 1) };
    });
    // As by the command, past the button.
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until((state) => isIdle(state) && state.currentStep === 'register');
    assert.equal(page.step('cloud').problem, undefined);
    assert.equal(inAwsAccount(machine.world).endpoints.length, 1);
  });

  it('and may have been made in a region that nobody may look into is spoken of', async () => {
    await openService(false);
    const said = ({ steps }: PageState): readonly string[] =>
      steps.find(({ id }) => id === 'cloud')?.findings.map(({ title }) => title) ?? [];
    fault('aws-denied', true, 'eu-west-1');
    await page.controller.receive({ type: 'action', action: 'refresh' });
    const state = await page.until((one) => said(one).length > 0);
    assert.deepEqual(said(state), [
      'Whether an endpoint leads to the service already could not be looked for in eu-west-1.',
    ]);
    assert.equal(state.currentStep, 'cloud');
  });

  it('for Data Federation is looked for in the region that its DNS name tells, and in no other', async () => {
    await open({
      build: (_, project) => {
        endpointId = 'vpce-0123456789abcdef0';
        const dnsName = 'vpce-0123456789abcdef0-a1b2c3d4.vpce-svc-0a.eu-west-1.vpce.amazonaws.com';
        const timeline = [{ at: 0, status: 'OK' }];
        const endpoint = { id: endpointId, provider: 'AWS', timeline, comment: '', dnsName } as const;
        project.dataFederationEndpoints.set(endpointId, endpoint);
        return { profile: 'chain' };
      },
      ref: ({ id }) => ({ kind: 'federation', projectId: id }),
    });
    fault('aws-denied', true, 'us-east-1', 'eu-central-1');
    await remove('remove-endpoint');
    assert.equal(machine.project.dataFederationEndpoints.size, 0);
  });

  const cloudSays = ({ status }: PageState): readonly string[] => (status?.cloud ?? []).map(({ title }) => title);
  const denied = 'The AWS credentials lack a permission';

  it('is not said to be missing where a region could not be looked into', async () => {
    await openService();
    fault('aws-region-closed', true, 'us-east-2');
    deleteElsewhere();
    await page.controller.receive({ type: 'action', action: 'refresh' });
    const missing = await page.until((state) => cloudSays(state).length > 0);
    assert.deepEqual(cloudSays(missing), ['The interface endpoint is not in this AWS account and region.']);
    fault('aws-denied', true, 'eu-west-1');
    await page.controller.receive({ type: 'action', action: 'refresh' });
    const unknown = await page.until((state) => cloudSays(state).some((title) => title.startsWith(denied)));
    assert.equal(cloudSays(unknown).length, 1);
  });

  it('stays known where it was found when it cannot be looked for again', async () => {
    await openService();
    await page.until(({ status }) => status?.availability !== undefined);
    const [before] = page.state().status?.endpoints ?? [];
    assert.equal(before?.cloudStatus?.value, 'available');
    // Only questions that name it: those about the service are answered.
    fault('aws-denied', true, endpointId);
    await page.controller.receive({ type: 'action', action: 'refresh' });
    const after = await page.until((state) => cloudSays(state).some((title) => title.startsWith(denied)));
    assert.equal(after.status?.endpoints[0]?.cloudStatus?.value, 'available');
    fault('aws-denied', false, endpointId);
    await page.controller.receive({ type: 'action', action: 'refresh' });
    await page.until(({ status }) => status?.availability !== undefined);
  });

  it('is looked for once, visibly, until the person cancels it, before the commands to delete it', async () => {
    await openService();
    await page.until(({ status }) => status?.availability !== undefined);
    fault('aws-silent', true, endpointId);
    const show = { type: 'action', action: 'show-removal-commands', subject: endpointId } as const;
    const first = page.controller.receive(show);
    const { running } = await page.until((state) => state.running !== undefined);
    assert.deepEqual([running?.title, running?.cancellable], ['Looking for the endpoint…', true]);
    await page.controller.receive(show);
    await page.controller.receive({ type: 'cancel' });
    await first;
    await page.until(isIdle);
    assert.deepEqual([page.opened, page.offered], [[], []]);
    fault('aws-silent', false, endpointId);
    await page.controller.receive(show);
    assert.match(page.opened[0]?.text ?? '', /--region eu-west-1/);
  });

  it('is not looked for any longer on a page that was closed', async () => {
    await openService();
    await page.until(({ status }) => status?.availability !== undefined);
    fault('aws-silent', true, endpointId);
    const looking = page.controller.receive({
      type: 'action',
      action: 'show-removal-commands',
      subject: endpointId,
    });
    await page.until((state) => state.running !== undefined);
    page.controller.dispose();
    await looking;
    assert.deepEqual([page.opened, page.offered], [[], []]);
  });

  it('is asked of the person where it may not be looked for', async () => {
    await openService();
    fault('aws-denied', true, endpointId);
    page.answers.push('eu-west-1');
    await page.controller.receive({ type: 'action', action: 'show-removal-commands', subject: endpointId });
    assert.match(page.opened[0]?.text ?? '', /--region eu-west-1/);
    assert.equal(page.offered.length, 1);
  });

  it('has Terraform named in the commands to delete it where its tags do, and its group by the name on the page', async () => {
    for (const [value, isNamed] of [
      ['by hand', false],
      ['Terraform', true],
    ] as const) {
      await openService(true, (world) => {
        world.aws.regions.get('eu-west-1')?.vpcEndpoints.get(endpointId)?.tags.set('ManagedBy', value);
        return { newGroupName: 'group-of-the-page' };
      });
      await page.until(({ status }) => status?.availability !== undefined);
      await page.controller.receive({ type: 'action', action: 'show-removal-commands', subject: endpointId });
      const { text = '' } = page.opened[0] ?? {};
      assert.equal(text.includes('Its tags name Terraform'), isNamed, text);
      assert.ok(text.includes('Name=group-name,Values=group-of-the-page'));
      if (!isNamed) {
        await page.kill();
        await machine.close();
      }
    }
  });
});
