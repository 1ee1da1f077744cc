import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService, azureEndpointId, region } from '../../../src/sandbox/world/build';
import type { SandboxProject, World } from '../../../src/sandbox/world/world';
import type { Draft } from '../../../src/setup/draft';
import type { Confirmation, PageState } from '../../../webview/protocol';
import { addOurs, inAwsAccount } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { chooseNetwork } from '../../builders/page-person';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';

const left = 'In the AWS account, what an interrupted set-up may have left for this service is deleted.';

describe('what is in the cloud account after a removal by the page', () => {
  let machine: Machine;
  let page: PageUnderTest;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  const ofService = ({ id, services }: SandboxProject): RefUnderTest => {
    const [service] = services.values();
    assert.ok(service);
    return { kind: 'service', projectId: id, provider: service.provider, serviceId: service.id };
  };

  async function open(
    build: (world: World, project: SandboxProject) => Draft,
    ref: (project: SandboxProject) => RefUnderTest = ofService,
  ): Promise<void> {
    machine = await startMachine({ build, ref });
    const { world, kept, addresses } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ header, status }) => !header.loading && status !== undefined);
  }

  async function ask(action: 'remove-endpoint' | 'remove-service', subject?: string): Promise<Confirmation> {
    await page.controller.receive({ type: 'action', action, ...(subject === undefined ? {} : { subject }) });
    const { confirmation } = page.state();
    assert.ok(confirmation);
    return confirmation;
  }

  async function confirm({ id, typed, options }: Confirmation): Promise<void> {
    await page.controller.receive({
      type: 'confirm',
      confirmation: id,
      typed: typed?.expected ?? '',
      options: options.map((option) => option.id),
    });
    await page.until(({ running }) => running === undefined);
    assert.deepEqual(page.problems, []);
  }

  const notice = ({ notices }: PageState) => notices.find(({ id }) => id === 'removed');
  const idle = ({ running, header }: PageState): boolean => running === undefined && !header.loading;

  it('is nothing of a reservation whose interface endpoint was made and not registered', async () => {
    let id = '';
    await open(
      (world, project) => {
        const regions = [region('AWS', 'US_EAST_1')];
        const instance = addCluster(world, project, 'Instance0', { kind: 'serverless', tier: 'SERVERLESS', regions });
        id = world.ids.atlas();
        const cloudName = `com.amazonaws.vpce.us-east-1.${world.ids.aws('vpce-svc')}`;
        const timeline = [{ at: 0, status: 'RESERVED' as const }];
        instance.serverlessEndpoints.set(id, { id, provider: 'AWS', timeline, comment: '', cloudName });
        return {};
      },
      (project) => ({ kind: 'serverless', projectId: project.id, instanceName: 'Instance0' }),
    );
    await chooseNetwork(page);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    const { endpoints } = inAwsAccount(machine.world);
    assert.equal(endpoints.length, 1);
    await page.until((now) => idle(now) && now.steps.some((step) => step.id === 'cloud' && step.details.length > 0));
    const question = await ask('remove-endpoint', id);
    assert.ok(
      question.consequences.some((text) => text.includes(endpoints[0]?.id ?? '?')),
      question.consequences.join('\n'),
    );
    await confirm(question);
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
    assert.equal(notice(page.state())?.detail, undefined);
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    assert.notEqual(page.step('cloud').status, 'done', 'what was deleted is not taken for the next one');
  });

  it('is nothing of an endpoint that was not registered when the service goes with its last one', async () => {
    let registered = '';
    await open((world, project) => {
      addCluster(world, project, 'Cluster0', {});
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      registered = addOurs(world, service.id, service.cloudName);
      addEndpoint(world, service, registered);
      addOurs(world, service.id, service.cloudName);
      return { profile: 'chain' };
    });
    await page.until(({ steps }) => steps.some(({ details }) => details.some((one) => one.id.startsWith('found/'))));
    await confirm(await ask('remove-endpoint', registered));
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
  });

  it('is promised to be nothing of it, too, while the page has not looked', async () => {
    let registered = '';
    await open((world, project) => {
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      registered = addOurs(world, service.id, service.cloudName);
      addEndpoint(world, service, registered);
      return { profile: 'chain' };
    });
    assert.ok((await ask('remove-endpoint', registered)).consequences.includes(left));
  });

  it('is what Atlas knows of the service by then, when somebody has registered another one', async () => {
    let registered = '';
    let other = '';
    await open((world, project) => {
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      registered = addOurs(world, service.id, service.cloudName);
      addEndpoint(world, service, registered);
      other = addOurs(world, service.id, service.cloudName);
      return { profile: 'chain' };
    });
    const question = await ask('remove-endpoint', registered);
    const [service] = machine.project.services.values();
    assert.ok(service);
    addEndpoint(machine.world, service, other);
    await confirm(question);
    assert.deepEqual(
      inAwsAccount(machine.world).endpoints.map(({ id }) => id),
      [other],
    );
  });

  for (const state of ['expired', 'rejected', 'failed'] as const) {
    it(`is nothing of an endpoint that is ${state}, which the page shows before`, async () => {
      let endpointId = '';
      await open((world, project) => {
        const service = addService(world, project, 'AWS', 'US_EAST_1');
        endpointId = addOurs(world, service.id, service.cloudName);
        const endpoint = world.aws.regions.get('us-east-1')?.vpcEndpoints.get(endpointId);
        assert.ok(endpoint);
        endpoint.timeline = [{ at: 0, status: state }];
        return { profile: 'chain' };
      });
      const { steps } = await page.until((now) =>
        now.steps.some(({ details }) => details.some(({ value }) => value === endpointId)),
      );
      const step = steps.find(({ id }) => id === 'cloud');
      assert.equal(step?.status, 'current', 'nothing that could be registered');
      assert.match(step.details[0]?.label ?? '', new RegExp(state, 'iu'));
      await confirm(await ask('remove-service'));
      assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
    });
  }

  it('is named where it is a security group that something else uses', async () => {
    let registered = '';
    let groupId = '';
    await open((world, project) => {
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      registered = addOurs(world, service.id, service.cloudName);
      addEndpoint(world, service, registered);
      const place = world.aws.regions.get('us-east-1');
      const user = place?.vpcEndpoints.get(addOurs(world, 'another-wish', 'com.amazonaws.us-east-1.s3'));
      [groupId = ''] = place?.vpcEndpoints.get(registered)?.securityGroupIds ?? [];
      user?.securityGroupIds.push(groupId);
      return { profile: 'chain' };
    });
    await confirm(await ask('remove-endpoint', registered));
    assert.equal(
      notice(page.state())?.detail,
      `In the AWS account, security groups stay that something else uses: ${groupId}.`,
    );
  });

  const entered = {
    AZURE: { endpointId: azureEndpointId('not-registered'), endpointAddress: '10.20.1.9' },
    GCP: {
      endpointGroup: 'not-registered',
      endpointProject: 'sandbox-network-project',
      endpointAddresses: 'not-registered-0@10.30.3.10',
    },
    AWS: { endpointId: 'vpce-0123456789abcdef0' },
  } as const;
  for (const [provider, place, name] of [
    ['AZURE', 'US_EAST_2', 'not-registered'],
    ['GCP', 'CENTRAL_US', 'not-registered-0'],
    ['AWS', 'US_EAST_1', 'vpce-0123456789abcdef0'],
  ] as const) {
    it(`is said to be an endpoint that was entered and not registered, with what deletes it: ${provider}`, async () => {
      await open((world, project) => {
        addService(world, project, provider, place);
        return entered[provider];
      });
      const question = await ask('remove-service');
      assert.ok(
        question.consequences.some((text) => text.includes('stays') && text.includes('not-registered')) ||
          provider === 'AWS',
        question.consequences.join('\n'),
      );
      assert.ok(question.consequences.some((text) => text.includes('stays')));
      assert.match(question.block?.text ?? '', new RegExp(`delete[^]*${name}`, 'u'));
      await page.controller.receive({ type: 'copy', what: 'command', id: question.block?.id ?? '' });
      assert.equal(page.copied.at(-1), question.block?.text);
      await confirm(question);
      const said = notice(page.state());
      assert.match(said?.detail ?? '', /^What was made for it in your own cloud account is still there/u);
      assert.equal(said?.block?.text, question.block?.text);
    });
  }
});
