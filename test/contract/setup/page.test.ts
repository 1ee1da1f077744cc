import assert from 'node:assert/strict';
import { addVpcEndpoint, azureEndpointId } from '../../../src/sandbox/world/build';
import type { FieldId, PageState, StepId } from '../../../webview/protocol';
import { startPages, type PagesUnderTest, type PageUnderTest } from '../../builders/page';

const currentIs =
  (id: StepId) =>
  (state: PageState): boolean =>
    state.currentStep === id && state.running === undefined;

function optionsOf(page: PageUnderTest, step: StepId, id: FieldId): readonly string[] {
  const field = page
    .step(step)
    .fieldGroups.flatMap(({ fields }) => fields)
    .find((one) => one.id === id);
  assert.ok(field && 'options' in field, `${step} has a choice ${id}`);
  return field.options.map(({ value }) => value).filter((value) => value !== '');
}

const hasOptions =
  (id: FieldId) =>
  (state: PageState): boolean =>
    state.steps.some(({ fieldGroups }) =>
      fieldGroups.some(({ fields }) =>
        fields.some((one) => one.id === id && 'options' in one && one.options.some(({ value }) => value !== '')),
      ),
    );

/** Chooses credentials, a VPC, and a subnet in each zone. */
async function chooseNetwork(page: PageUnderTest): Promise<void> {
  await page.set({ profile: 'chain' });
  await page.until(hasOptions('vpc'));
  const vpcs = optionsOf(page, 'cloud', 'vpc');
  await page.set({ vpc: vpcs.find((id) => !id.includes('default')) ?? '' });
  await page.until(hasOptions('subnets'));
  await page.set({ subnets: optionsOf(page, 'cloud', 'subnets').slice(0, 1) });
}

async function createService(page: PageUnderTest): Promise<void> {
  await page.until(currentIs('service'));
  await page.controller.receive({ type: 'do', step: 'service' });
  await page.until(currentIs('cloud'));
}

const isUsable = (state: PageState): boolean =>
  state.currentStep === 'use' &&
  (state.steps.at(-1)?.strings ?? []).some(({ targets }) => targets.some(({ here }) => here));

async function removeAll(page: PageUnderTest, expected: string): Promise<void> {
  await page.controller.receive({ type: 'action', action: 'remove-service' });
  const { confirmation } = page.state();
  assert.ok(confirmation);
  assert.equal(confirmation.typed?.expected, expected);
  assert.ok(confirmation.strings.length > 0, 'says which strings end');
  const options = confirmation.options.map(({ id }) => id);
  await page.controller.receive({ type: 'confirm', confirmation: confirmation.id, typed: 'no', options });
  assert.ok(page.state().confirmation, 'a wrong text removes nothing');
  await page.controller.receive({ type: 'confirm', confirmation: confirmation.id, typed: expected, options });
}

describe('the page of a set-up', () => {
  let pages: PagesUnderTest;
  beforeEach(async () => {
    pages = await startPages();
  });
  afterEach(async () => {
    await pages.close();
  });

  it('leads from nothing to strings on AWS by its own buttons, and back to nothing', async function () {
    this.timeout(60_000);
    const project = pages.project('start-on-aws-sandbox');
    const page = await pages.open({ kind: 'new-service', projectId: project.id });
    await createService(page);
    await chooseNetwork(page);
    const { note } = page.step('cloud').fieldGroups[0]?.fields[0] ?? {};
    assert.match(note ?? '', /^Account \d{12}, arn:aws:/, 'account and role stand there before anything is written');
    await page.controller.receive({ type: 'do', step: 'cloud' });
    assert.equal(page.step('cloud').problem, undefined);
    await page.until(currentIs('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(isUsable);
    assert.equal([...project.services.values()].length, 1);
    const ours = (): readonly string[] =>
      [...(pages.sandbox.world.aws.regions.get('us-east-1')?.vpcEndpoints.values() ?? [])]
        .filter(({ tags }) => tags.has('atlas-private-endpoints'))
        .map(({ id }) => id);
    assert.equal(ours().length, 1);
    await removeAll(page, 'us-east-1');
    await page.until(({ status, running }) => status === undefined && running === undefined);
    assert.deepEqual(ours(), [], 'nothing of it is left in the AWS account');
  });

  const elsewhere: readonly {
    readonly name: string;
    readonly project: string;
    readonly fields: Readonly<Partial<Record<FieldId, string>>>;
    readonly region: string;
    /** What only other clouds call their things. */
    readonly others: RegExp;
  }[] = [
    {
      name: 'Azure',
      project: 'start-on-azure-sandbox',
      fields: { endpointId: azureEndpointId('sandbox-set-up'), endpointAddress: '10.20.1.9' },
      region: 'eastus2',
      others: /VPC|interface endpoint|security group|Private Service Connect|AWS/giu,
    },
    {
      name: 'Google Cloud',
      project: 'start-on-google-cloud-sandbox',
      fields: {
        endpointGroup: 'sandbox-set-up',
        endpointProject: 'sandbox-network-project',
        endpointAddresses: 'sandbox-set-up@10.30.3.10',
      },
      region: 'us-central1',
      others: /(?<!shared )VPC(?! network)|interface endpoint|security group|virtual network|Azure|AWS/giu,
    },
  ];
  for (const { name, project: projectName, fields, region, others } of elsewhere) {
    it(`leads to strings with what was made elsewhere, and back to nothing: ${name}`, async function () {
      this.timeout(60_000);
      const page = await pages.open({ kind: 'new-service', projectId: pages.project(projectName).id });
      await createService(page);
      const foreign: string[] = [];
      const look = (): void => {
        foreign.push(...(JSON.stringify(page.state()).match(others) ?? []));
      };
      look();
      assert.equal(page.step('cloud').doIt, undefined);
      await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await page.set(fields);
      await page.until(currentIs('register'));
      look();
      await page.controller.receive({ type: 'do', step: 'register' });
      look();
      await page.until(isUsable);
      look();
      await page.controller.receive({ type: 'action', action: 'remove-service' });
      look();
      assert.deepEqual(foreign, [], 'words of other clouds');
      await removeAll(page, region);
      await page.until(({ status, running }) => status === undefined && running === undefined);
    });
  }

  it('takes the whole output of the AWS CLI, and says beside it when that is of another service', async function () {
    this.timeout(60_000);
    const page = await pages.open({ kind: 'new-service', projectId: pages.project('start-on-aws-sandbox').id });
    await createService(page);
    const { world } = pages.sandbox;
    const service = [...pages.project('start-on-aws-sandbox').services.values()][0];
    const place = world.aws.regions.get('us-east-1');
    const vpc = [...(place?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
    const subnet = [...(place?.subnets.values() ?? [])].find(({ vpcId }) => vpcId === vpc?.id);
    const serviceName = page.step('service').details.find(({ id }) => id === 'service-name')?.value;
    assert.ok(service && place && vpc && subnet && serviceName !== undefined);
    const { id } = addVpcEndpoint(world, place, vpc, serviceName, [{ subnet, ip: '10.0.30.77' }], [], {
      name: 'sandbox-set-up',
      timeline: [{ at: 0, status: 'pendingAcceptance' }],
    });
    const printed = (name: string): string =>
      JSON.stringify({
        VpcEndpoint: { VpcEndpointId: id, VpcEndpointType: 'Interface', ServiceName: name, State: 'pendingAcceptance' },
      });
    await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
    await page.set({ pasted: printed('com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0') });
    const refused = page.step('cloud').elsewhere?.fields.find((field) => field.id === 'pasted');
    assert.ok(refused?.problem !== undefined && refused.problem !== '');
    await page.set({ pasted: printed(serviceName) });
    await page.until(currentIs('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(isUsable);
  });

  it('takes the rules of the group that is chosen out of a list with others to the same service', async function () {
    this.timeout(60_000);
    const page = await pages.open({
      kind: 'new-service',
      projectId: pages.project('start-on-google-cloud-sandbox').id,
    });
    await page.set({ portMapping: true });
    await createService(page);
    const details = page.step('service').details.map(({ value }) => value);
    const attachment = details.find((value) => /^projects\/.+\/serviceAttachments\/[^,\s]+$/u.test(value));
    assert.ok(attachment !== undefined, details.join('\n'));
    const place = 'https://www.googleapis.com/compute/v1';
    const rule = (name: string, IPAddress: string) => ({
      name,
      IPAddress,
      target: `${place}/${attachment}`,
      pscConnectionStatus: name === 'theirs' ? 'CLOSED' : 'PENDING',
      selfLink: `${place}/projects/sandbox-network-project/regions/us-central1/forwardingRules/${name}`,
    });
    await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
    await page.set({ gcpGroupName: 'ours' });
    await page.set({ pasted: JSON.stringify([rule('theirs', '10.40.0.9'), rule('ours', '10.30.3.10')]) });
    await page.until(currentIs('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(isUsable);
    const [service] = pages.project('start-on-google-cloud-sandbox').services.values();
    assert.deepEqual(
      [...(service?.endpoints.values() ?? [])].map(({ id }) => id),
      ['ours'],
    );
  });

  it('sets up an endpoint of a serverless instance, changes its comment, and removes it', async function () {
    this.timeout(60_000);
    const projectId = pages.project('start-serverless-sandbox').id;
    const page = await pages.open({ kind: 'serverless', projectId, instanceName: 'OnAws' } as never);
    await page.set({ comment: 'first' });
    await createService(page);
    await chooseNetwork(page);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(currentIs('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    const there = await page.until(isUsable);
    const [endpoint] = there.status?.endpoints ?? [];
    assert.ok(endpoint);
    page.answers.push('second');
    await page.controller.receive({ type: 'action', action: 'edit-comment', subject: endpoint.id });
    const changed = await page.until(({ running }) => running === undefined);
    assert.ok(
      changed.status?.endpoints[0]?.details.some(({ id, value }) => id.startsWith('comment/') && value === 'second'),
    );
    await page.controller.receive({ type: 'action', action: 'remove-endpoint', subject: endpoint.id });
    await page.confirm(['cloud']);
    const left = await page.until(({ status, running }) => status === undefined && running === undefined);
    assert.deepEqual(left.steps, []);
    assert.equal(left.notices.find(({ id }) => id === 'removed')?.detail, undefined, 'nothing stays');
    await page.controller.receive({ type: 'action', action: 'start-over' });
    await page.until(currentIs('service'));
  });

  it('adds an endpoint for Data Federation and Online Archive, and removes it', async function () {
    this.timeout(60_000);
    const projectId = pages.project('nothing-yet-sandbox').id;
    const page = await pages.open({ kind: 'federation', projectId });
    await page.until(currentIs('cloud'));
    await chooseNetwork(page);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(currentIs('register'));
    await page.set({ comment: 'archive' });
    await page.controller.receive({ type: 'do', step: 'register' });
    assert.deepEqual(page.step('register').problem, undefined);
    const there = await page.until(({ status }) => status?.endpoints[0]?.status.tone === 'available');
    await page.controller.receive({
      type: 'action',
      action: 'remove-endpoint',
      subject: there.status?.endpoints[0]?.id ?? '',
    });
    await page.confirm([]);
    await page.until(({ status, running }) => status === undefined && running === undefined);
  });

  it('goes on in another window after each step, with one service and one interface endpoint in the end', async function () {
    this.timeout(60_000);
    const project = pages.project('start-on-aws-sandbox');
    const place = pages.sandbox.world.aws.regions.get('us-east-1');
    const before = place?.vpcEndpoints.size ?? 0;
    let page = await pages.open({ kind: 'new-service', projectId: project.id });
    await page.until(currentIs('service'));
    void page.controller.receive({ type: 'do', step: 'service' });
    await page.until(({ running }) => running !== undefined);
    // Killed while Atlas creates the service.
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (project.services.size > 0) resolve();
        else setImmediate(look);
      };
      look();
    });
    await page.kill();
    const [service] = [...project.services.values()];
    assert.ok(service);
    const ref = { kind: 'service', projectId: project.id, provider: 'AWS', serviceId: service.id } as never;
    page = await pages.open(ref);
    await page.until(currentIs('cloud'));
    await chooseNetwork(page);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.kill();
    // Another machine: no draft, but the same AWS account.
    page = await pages.open(ref);
    await page.set({ profile: 'chain', endpointId: '' });
    await page.until(currentIs('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.kill();
    page = await pages.open(ref);
    await page.until(({ header }) => header.statuses.at(-1)?.tone === 'available');
    assert.equal(project.services.size, 1);
    assert.equal((place?.vpcEndpoints.size ?? 0) - before, 1);
  });

  it('says that the service was removed, to whoever removed it, and that it is gone to everybody else and after a reload', async function () {
    this.timeout(60_000);
    const projectId = pages.project('start-on-azure-sandbox').id;
    const mine = await pages.open({ kind: 'new-service', projectId });
    await createService(mine);
    const ref = mine.controller.ref();
    const serviceId = ref.kind === 'service' ? ref.serviceId : '';
    const other = await pages.open(ref);
    await other.until(currentIs('cloud'));
    await mine.controller.receive({ type: 'action', action: 'remove-service' });
    const { confirmation } = mine.state();
    assert.ok(confirmation);
    await mine.controller.receive({
      type: 'confirm',
      confirmation: confirmation.id,
      typed: 'eastus2',
      options: [],
    });
    const said = ({ notices, steps, actions, header }: PageState) => ({
      title: header.title,
      notices: notices.map((one) => [
        `${one.severity}: ${one.title}`,
        ...one.actions.map(({ action }) => action),
        one.detail,
      ]),
      steps: steps.length,
      actions: actions.map(({ action }) => action),
    });
    const removed = {
      title: 'Endpoint service · Azure eastus2',
      notices: [['passed: The endpoint service was removed: Azure eastus2', 'start-over', 'close', undefined]],
      steps: 0,
      actions: [],
    };
    assert.deepEqual(said(mine.state()), removed);
    assert.equal(mine.announced.at(-1), 'The endpoint service was removed: Azure eastus2');
    // Nothing but beginning anew does anything, commands included, and asking Atlas again changes nothing.
    await mine.controller.receive({ type: 'do', step: 'service' });
    await mine.controller.receive({ type: 'action', action: 'remove-service' });
    await mine.controller.receive({ type: 'action', action: 'refresh' });
    assert.deepEqual(said(mine.state()), removed);
    assert.equal(mine.state().confirmation, undefined);

    await other.controller.receive({ type: 'action', action: 'refresh' });
    const gone = {
      title: 'Endpoint service · Azure',
      notices: [
        [
          `advice: The endpoint service is not in Atlas any more: ${serviceId}`,
          ...['start-over', 'close'],
          'It was removed, from here or elsewhere. What was made for it in your own cloud account stays until it is deleted there.',
        ],
      ],
      steps: 0,
      actions: ['refresh'],
    };
    assert.deepEqual(said(other.state()), gone);
    const again = other.controller.receive({ type: 'action', action: 'refresh' });
    assert.deepEqual(said(other.state()), gone, 'while Atlas is asked again, too');
    await again;
    await other.controller.receive({ type: 'action', action: 'close' });
    assert.equal(other.closed.length, 1);
    const reloaded = await pages.open(ref);
    await reloaded.until(({ notices }) => notices.length > 0);
    assert.deepEqual(said(reloaded.state()), gone);

    await mine.controller.receive({ type: 'action', action: 'start-over' });
    const anew = await mine.until(currentIs('service'));
    assert.deepEqual(anew.notices, []);
    const place = mine.step('service').fieldGroups.flatMap(({ fields }) => fields);
    assert.deepEqual(
      place.flatMap((field) => ('value' in field ? [field.value] : [])),
      ['AZURE', 'US_EAST_2'],
      'where it was is proposed',
    );
  });

  it('says that an endpoint was removed, what stays, and goes on with the others that are there', async function () {
    this.timeout(60_000);
    const projectId = pages.project('start-on-azure-sandbox').id;
    const page = await pages.open({ kind: 'new-service', projectId });
    await createService(page);
    const register = async (name: string): Promise<void> => {
      await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await page.set({ endpointId: azureEndpointId(name), endpointAddress: '10.20.1.9' });
      await page.until(currentIs('register'));
      await page.controller.receive({ type: 'do', step: 'register' });
    };
    await register('first');
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    await register('second');
    const remove = async (name: string): Promise<void> => {
      await page.controller.receive({ type: 'action', action: 'remove-endpoint', subject: azureEndpointId(name) });
      assert.ok(page.state().confirmation);
      // What is amid its set-up has strings that end by the time it is confirmed, or later: it is asked again then.
      while (page.state().confirmation !== undefined) await page.confirm([]);
    };
    const notice = ({ notices }: PageState) =>
      notices.map(({ title, detail, actions }) => [title, detail, actions.length]);
    await remove('first');
    assert.deepEqual(notice(page.state()), [
      ['The endpoint was removed: first', 'What was made for it in your own cloud account is still there.', 0],
    ]);
    assert.equal(page.state().status?.endpoints.length, 1);
    assert.notEqual(page.state().steps.length, 0);
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    assert.deepEqual(notice(page.state()), [], 'until something else is done');
    await remove('second');
    const left = await page.until(({ status }) => status === undefined);
    assert.deepEqual(notice(left), [
      ['The endpoint was removed: second', 'What was made for it in your own cloud account is still there.', 2],
    ]);
    assert.equal(left.steps.length, 0, 'the service has gone with its last endpoint');
  });

  it('leaves no interface endpoint behind that was never registered', async function () {
    this.timeout(60_000);
    const page = await pages.open({ kind: 'new-service', projectId: pages.project('start-on-aws-sandbox').id });
    await createService(page);
    await chooseNetwork(page);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(({ steps }) => steps.some(({ id, details }) => id === 'cloud' && details.length > 0));
    const ours = (): number =>
      [...(pages.sandbox.world.aws.regions.get('us-east-1')?.vpcEndpoints.values() ?? [])].filter(({ tags }) =>
        tags.has('atlas-private-endpoints'),
      ).length;
    assert.equal(ours(), 1);
    await page.controller.receive({ type: 'action', action: 'remove-service' });
    const { confirmation } = page.state();
    assert.ok(confirmation);
    await page.controller.receive({
      type: 'confirm',
      confirmation: confirmation.id,
      typed: 'us-east-1',
      options: confirmation.options.map(({ id }) => id),
    });
    await page.until(({ status, running }) => status === undefined && running === undefined);
    assert.equal(ours(), 0);
  });

  it('agrees with another window that works on the same service', async function () {
    this.timeout(60_000);
    const project = pages.project('start-on-aws-sandbox');
    const first = await pages.open({ kind: 'new-service', projectId: project.id });
    await createService(first);
    const ref = first.controller.ref() as never;
    const second = await pages.open(ref);
    await Promise.all([chooseNetwork(first), chooseNetwork(second)]);
    await Promise.all([first, second].map((page) => page.controller.receive({ type: 'do', step: 'cloud' })));
    await Promise.all([first, second].map((page) => page.until(currentIs('register'))));
    await Promise.all([first, second].map((page) => page.controller.receive({ type: 'do', step: 'register' })));
    const [a, b] = await Promise.all([first.until(isUsable), second.until(isUsable)]);
    assert.deepEqual(
      a.status?.endpoints.map(({ id, status }) => [id, status.value]),
      b.status?.endpoints.map(({ id, status }) => [id, status.value]),
    );
    assert.equal(a.status?.endpoints.length, 1);
  });

  it('puts what Atlas refuses beside the field that it is about', async function () {
    this.timeout(60_000);
    const page = await pages.open({ kind: 'new-service', projectId: pages.project('start-on-azure-sandbox').id });
    await createService(page);
    await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
    await page.set({ endpointId: azureEndpointId('sandbox-set-up'), endpointAddress: '8.8.8.8' });
    const fields = (step: StepId) => [
      ...page.step(step).fieldGroups.flatMap((group) => group.fields),
      ...(page.step(step).elsewhere?.fields ?? []),
    ];
    await page.until(currentIs('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    assert.match(fields('register').find(({ id }) => id === 'endpointAddress')?.problem ?? '', /8\.8\.8\.8/);
    assert.deepEqual(page.focused.at(-1), { kind: 'field', field: 'endpointAddress' });
    assert.equal(page.step('register').problem, undefined);
  });

  it('asks Atlas no more for a service with fifty endpoints than for one with one', async function () {
    this.timeout(60_000);
    const counts: number[] = [];
    for (const [name, extra] of [
      ['start-on-aws-sandbox', 0],
      ['start-in-two-regions-sandbox', 49],
    ] as const) {
      const project = pages.project(name);
      const page = await pages.open({ kind: 'new-service', projectId: project.id });
      await createService(page);
      await chooseNetwork(page);
      await page.controller.receive({ type: 'do', step: 'cloud' });
      await page.until(currentIs('register'));
      await page.controller.receive({ type: 'do', step: 'register' });
      await page.until(({ header }) => header.statuses.at(-1)?.tone === 'available');
      const [service] = [...project.services.values()];
      const [endpoint] = [...(service?.endpoints.values() ?? [])];
      assert.ok(service && endpoint);
      for (let index = 0; index < extra; index += 1) {
        const id = `vpce-${String(index).padStart(17, '0')}`;
        service.endpoints.set(id, { ...endpoint, id });
      }
      const ref = page.controller.ref() as never;
      await page.kill();
      const fresh = await pages.open(ref);
      const shown = await fresh.until(({ header }) => header.statuses.length === 2);
      assert.equal(shown.status?.endpoints.length, extra + 1);
      counts.push(fresh.requests.length);
      await fresh.kill();
    }
    assert.equal(counts[1], counts[0]);
  });
});
