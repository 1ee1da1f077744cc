import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService } from '../../../src/sandbox/world/build';
import type { SandboxProject, SandboxService, World } from '../../../src/sandbox/world/world';
import type { ActionId, PageState } from '../../../webview/protocol';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';

const ids = ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1'] as const;

/** A page that is not a service's own offers all the same what can be done with the service that it has found. */
describe('what a page does with a service that it was not opened for', () => {
  let machine: Machine;
  let page: PageUnderTest;
  let service: SandboxService | undefined;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  async function open(kind: RefUnderTest['kind'], withService = true): Promise<void> {
    service = undefined;
    machine = await startMachine({
      build: (world, project) => {
        addCluster(world, project, 'Cluster0', {});
        if (!withService) return undefined;
        service = addService(world, project, 'AWS', 'US_EAST_1');
        for (const id of ids) addEndpoint(world, service, id);
        return undefined;
      },
      ref: ({ id }) => ({ kind, projectId: id }) as RefUnderTest,
    });
    const { world, kept, addresses } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ header, steps }) => !header.loading && steps.length > 0);
  }

  const act = (action: ActionId, subject?: string): Promise<void> =>
    page.controller.receive({ type: 'action', action, ...(subject === undefined ? {} : { subject }) });

  async function confirm(): Promise<void> {
    const { confirmation } = page.state();
    assert.ok(confirmation);
    await page.controller.receive({
      type: 'confirm',
      confirmation: confirmation.id,
      typed: confirmation.typed?.expected ?? '',
      options: confirmation.options.map(({ id }) => id),
    });
  }

  const said = ({ notices }: PageState): readonly string[] => notices.map(({ title }) => title);

  it('is done by the page of a new service, too: removing an endpoint', async () => {
    await open('new-service');
    await act('remove-endpoint', ids[0]);
    await confirm();
    assert.deepEqual([...(service?.endpoints.keys() ?? [])], [ids[1]]);
    assert.deepEqual(said(page.state()), ['The endpoint was removed: vpce-…bcdef0']);
  });

  it('is done by the page of a new service, too: removing the service', async () => {
    await open('new-service');
    await act('remove-service');
    await confirm();
    assert.equal(machine.project.services.size, 0);
    assert.deepEqual(said(page.state()), ['The endpoint service was removed: AWS us-east-1']);
  });

  it('leaves the page of a new service as it is while the person only looks, or thinks better of it', async () => {
    await open('new-service');
    await act('retry', ids[0]);
    // The simulated AWS account has no such endpoint.
    assert.equal(page.state().status?.endpoints[0]?.status.value, 'REJECTED');
    await act('export-terraform');
    assert.match(page.opened[0]?.text ?? '', /0123456789abcdef0[^]*0123456789abcdef1/u);
    await act('remove-service');
    await page.controller.receive({ type: 'dismiss', confirmation: page.state().confirmation?.id ?? '' });
    assert.equal(page.controller.ref().kind, 'new-service');
  });

  for (const [action, subject] of [['open-page', ids[0]], ['add-endpoint']] as const) {
    it(`goes on on the page of the service: ${action}`, async () => {
      await open('new-service');
      await act('retry', ids[0]);
      await act(action, subject);
      const { page: ref, steps } = await page.until(({ header }) => header.title.includes('us-east-1'));
      assert.equal(ref.kind, 'service');
      const step = steps.find(({ id }) => id === 'register');
      assert.equal(step?.status, action === 'open-page' ? 'done' : 'todo');
    });
  }

  for (const [kind, action, subject, sentence] of [
    ['new-service', 'remove-service', undefined, 'There is no endpoint service here that could be removed.'],
    ['new-service', 'remove-endpoint', ids[0], 'Atlas did not list this endpoint when it was asked last: vpce-…bcdef0'],
    ['federation', 'remove-service', undefined, 'There is no endpoint service here that could be removed.'],
    ['federation', 'remove-endpoint', ids[0], 'Atlas did not list this endpoint when it was asked last: vpce-…bcdef0'],
  ] as const) {
    it(`asks nothing about what is not there, and says so: ${action}, ${kind}`, async () => {
      await open(kind, false);
      await act(action, subject);
      assert.equal(page.state().confirmation, undefined);
      assert.equal(page.announced.at(-1), sentence);
    });
  }
});

describe('the page of a service', () => {
  let machine: Machine;
  let page: PageUnderTest;
  let service: SandboxService | undefined;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  async function open(build: (world: World, project: SandboxProject) => SandboxService): Promise<void> {
    machine = await startMachine({
      build: (world, project) => {
        addCluster(world, project, 'Cluster0', {});
        service = build(world, project);
        return undefined;
      },
      ref: ({ id: projectId }) => {
        assert.ok(service);
        return { kind: 'service', projectId, provider: service.provider, serviceId: service.id };
      },
    });
    const { world, kept, addresses } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ header, steps }) => !header.loading && steps.length > 0);
  }

  it('that has failed asks before its endpoints go with it, and makes no new one over them', async () => {
    await open((world, project) => {
      const failed = addService(world, project, 'AWS', 'US_EAST_1', { timeline: [{ at: 0, status: 'FAILED' }] });
      for (const id of ids) addEndpoint(world, failed, id);
      return failed;
    });
    assert.equal(page.step('service').doIt?.action, 'remove-service');
    await page.controller.receive({ type: 'do', step: 'service' });
    assert.equal(service?.endpoints.size, 2);
    await page.controller.receive({ type: 'action', action: 'remove-service' });
    assert.match(page.state().confirmation?.consequences.join(' ') ?? '', /removes 2 endpoints/);
  });

  it('of Google Cloud reads an endpoint before it tells the commands that delete it', async () => {
    const rules = (group: string) => ({
      gcpProjectId: `project-of-${group}`,
      addresses: [0, 1].map((index) => ({
        name: `${group}-${String(index)}`,
        ipAddress: `10.0.0.${String(index + 2)}`,
      })),
    });
    await open((world, project) => {
      const shared = addService(world, project, 'GCP', 'CENTRAL_US');
      for (const group of ['grp-a', 'grp-b']) addEndpoint(world, shared, group, rules(group));
      return shared;
    });
    for (const group of ['grp-a', 'grp-b']) {
      await page.controller.receive({ type: 'action', action: 'show-removal-commands', subject: group });
      const { text = '' } = page.opened.at(-1) ?? {};
      for (const expected of [`${group}-0`, `${group}-1`, `project-of-${group}`])
        assert.ok(text.includes(expected), text);
    }
  });
});
