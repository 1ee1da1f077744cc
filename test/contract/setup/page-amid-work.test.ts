import assert from 'node:assert/strict';
import { addCluster, addService } from '../../../src/sandbox/world/build';
import type { SandboxProject, World } from '../../../src/sandbox/world/world';
import type { Clock } from '../../../src/core/clock';
import type { Draft } from '../../../src/setup/draft';
import { createDrafts } from '../../../src/ui/page/drafts';
import { pageKey } from '../../../src/ui/page/page-ref';
import { gate } from '../../builders/gate';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import { startWire, type Moment, type Wire } from '../../builders/wire';

const newService = ({ id }: SandboxProject): RefUnderTest => ({ kind: 'new-service', projectId: id });
const onlyService = ({ id, services }: SandboxProject): RefUnderTest => {
  const [service] = services.values();
  assert.ok(service);
  return { kind: 'service', projectId: id, provider: service.provider, serviceId: service.id };
};

describe('a page on which something happens while something else is under way', () => {
  let machine: Machine;
  let wire: Wire;
  let page: PageUnderTest;
  afterEach(async () => {
    await page.kill();
    await wire.close();
    await machine.close();
  });

  async function open(
    kind: {
      readonly build: (world: World, project: SandboxProject) => Draft | undefined;
      readonly ref: (project: SandboxProject) => RefUnderTest;
    },
    hold: (moment: Moment) => Promise<void> | void = () => undefined,
    clockOf: (clock: Clock) => Clock = (clock) => clock,
  ): Promise<void> {
    machine = await startMachine(kind);
    wire = await startWire(machine.addresses, async (moment) => {
      await hold(moment);
      return true;
    });
    const options = windowOptions(machine.world, { atlas: wire.url, aws: wire.url });
    const window = { ...options, clock: clockOf(options.clock), storage: storageOf(machine.kept) };
    page = await openPageWindow(window, machine.kept.ref);
  }

  const draft = (): Draft => {
    return createDrafts(storageOf(machine.kept), machine.world.clock).get(pageKey(page.controller.ref()));
  };

  it('keeps what is entered while a step runs, with what the step itself leaves', async () => {
    const asked = gate();
    const answer = gate();
    const build = (world: World, project: SandboxProject): undefined => {
      addCluster(world, project, 'Cluster0', {});
    };
    await open({ build, ref: newService }, async ({ request, side }) => {
      if (request !== 'POST /privateEndpoint/endpointService' || side !== 'leaves') return;
      asked.open();
      await answer.opened;
    });
    await page.until(({ currentStep }) => currentStep === 'service');
    await page.set({ provider: 'AWS', region: 'US_EAST_1' });
    const running = page.controller.receive({ type: 'do', step: 'service' });
    await asked.opened;
    await page.set({ tags: 'team=sandbox' });
    answer.open();
    await running;
    assert.equal(page.controller.ref().kind, 'service');
    assert.deepEqual(draft(), { tags: 'team=sandbox' });
  });

  it('does nothing else meanwhile, says so, and keeps the question that was confirmed', async () => {
    const asked = gate();
    const answer = gate();
    let holds = false;
    const build = (world: World, project: SandboxProject): undefined => {
      addCluster(world, project, 'Cluster0', {});
      addService(world, project, 'AWS', 'US_EAST_1');
    };
    await open({ build, ref: onlyService }, async ({ request, side }) => {
      if (!holds || request !== 'GET /clusters' || side !== 'leaves') return;
      asked.open();
      await answer.opened;
    });
    await page.until(({ header }) => !header.loading);
    await page.controller.receive({ type: 'action', action: 'remove-service' });
    const { confirmation } = page.state();
    assert.ok(confirmation);
    holds = true;
    const running = page.controller.receive({ type: 'do', step: 'check' });
    await asked.opened;
    const before = page.announced.length;
    await page.controller.receive({ type: 'do', step: 'wait' });
    await page.controller.receive({ type: 'action', action: 'remove-service' });
    await page.controller.receive({ type: 'confirm', confirmation: confirmation.id, typed: '', options: [] });
    const said = 'Not done, because something else is under way: Asking Atlas…';
    assert.deepEqual(page.announced.slice(before), [said, said, said]);
    assert.equal(page.state().confirmation?.id, confirmation.id);
    answer.open();
    await running;
    assert.equal(machine.project.services.size, 1);
  });

  it('stays with the endpoint that is being added when regionalized mode is switched meanwhile', async () => {
    const build = (world: World, project: SandboxProject): Draft => {
      addCluster(world, project, 'Worldwide', { topology: 'GEOSHARDED', tier: 'M30', shardCount: 2 });
      addService(world, project, 'AWS', 'US_EAST_1');
      return { adding: true, endpointId: 'vpce-0123456789abcdef0' };
    };
    await open({ build, ref: onlyService });
    await page.until(({ status, running }) => status?.regionalized !== undefined && running === undefined);
    await page.controller.receive({ type: 'action', action: 'enable-regionalized' });
    await page.confirm();
    await page.until(({ status }) => status?.regionalized?.enabled === true);
    assert.deepEqual(draft(), { adding: true, endpointId: 'vpce-0123456789abcdef0' });
  });

  it('looks again by one timer, also when it was hidden and shown while it looked', async () => {
    const waiting = new Set<() => void>();
    /** Timers of the page run out when the test says so. */
    const byHand = (clock: Clock): Clock => ({
      ...clock,
      after: (_, callback) => {
        waiting.add(callback);
        return () => waiting.delete(callback);
      },
    });
    const asked = gate();
    const answer = gate();
    let holds = false;
    await open(
      {
        build: (world, project) => {
          addCluster(world, project, 'Cluster0', {});
          addService(world, project, 'AWS', 'US_EAST_1', { timeline: [{ at: 0, status: 'INITIATING' }] });
          return undefined;
        },
        ref: onlyService,
      },
      async ({ request, side }) => {
        if (!holds || request !== 'GET /privateEndpoint/AWS/endpointService' || side !== 'done') return;
        asked.open();
        await answer.opened;
      },
      byHand,
    );
    await page.until(({ header }) => !header.loading && waiting.size === 1);
    const [ring] = waiting;
    assert.ok(ring);
    holds = true;
    waiting.delete(ring);
    ring();
    await asked.opened;
    page.controller.setVisible(false);
    page.controller.setVisible(true);
    const looks = page.requests.length;
    answer.open();
    const isRead = page.until(({ header }) => !header.loading);
    await isRead;
    // What the look leaves to be done is done by now: a further one through the same store begins after it.
    await page.store.refresh('sandbox', { kind: 'project', projectId: machine.project.id });
    assert.equal(waiting.size, 1, 'one timer');
    assert.ok(page.requests.length > looks);
  });
});
