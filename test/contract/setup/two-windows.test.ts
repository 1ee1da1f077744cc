import assert from 'node:assert/strict';
import type { SandboxServerlessEndpoint } from '../../../src/sandbox/world/world';
import { gate } from '../../builders/gate';
import { pageKinds } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest } from '../../builders/page-window';
import { startWire, type Moment, type Wire } from '../../builders/wire';

const instanceName = 'Instance0';
const endpointsPath = `/privateEndpoint/serverless/instance/${instanceName}/endpoint`;

function kindNamed(wanted: string) {
  const kind = pageKinds.find(({ name }) => name === wanted);
  assert.ok(kind, wanted);
  return kind;
}

describe('windows that work on the same thing at the same moment', () => {
  const kind = kindNamed('serverless instance on AWS');
  let machine: Machine;
  const wires: Wire[] = [];
  const windows: PageUnderTest[] = [];
  beforeEach(async () => {
    machine = await startMachine(kind);
  });
  afterEach(async () => {
    for (const page of windows.splice(0)) await page.kill();
    for (const wire of wires.splice(0)) await wire.close();
    await machine.close();
  });

  /** A window of this machine, whose way to Atlas and AWS the test sees, and may hold up. */
  async function openWindow(passes: (moment: Moment) => Promise<void> | void): Promise<PageUnderTest> {
    const wire = await startWire(machine.addresses, async (moment) => {
      await passes(moment);
      return true;
    });
    wires.push(wire);
    const options = windowOptions(machine.world, { atlas: wire.url, aws: wire.url });
    const page = await openPageWindow({ ...options, storage: storageOf(machine.kept) }, kind.ref(machine.project));
    windows.push(page);
    return page;
  }

  const reservations = (): Map<string, SandboxServerlessEndpoint> => {
    const instance = machine.project.clusters.get(instanceName);
    assert.ok(instance);
    return instance.serverlessEndpoints;
  };
  const ids = (): readonly string[] => [...reservations().keys()];
  const creates = ({ request, side }: Moment): boolean => request === `POST ${endpointsPath}` && side === 'leaves';

  async function setUpInBoth(holds: readonly ((moment: Moment) => Promise<void> | void)[]): Promise<void> {
    const created: string[] = [];
    const pages = await Promise.all(
      holds.map((hold) =>
        openWindow(async (moment) => {
          if (creates(moment)) created.push(moment.request);
          await hold(moment);
        }),
      ),
    );
    await Promise.all(pages.map((page) => kind.person(page, windowOptions(machine.world, machine.addresses).aws)));
    assert.equal(created.length, 2, 'each has asked Atlas for a reservation');
    for (const page of pages) {
      // What was taken back takes its time to go.
      do await page.controller.receive({ type: 'action', action: 'refresh' });
      while (page.state().status?.endpoints.some(({ status }) => status.tone === 'leaving') === true);
    }
    kind.check(machine.world, machine.project);
    const shown = pages.map((page) => page.state().status?.endpoints.map(({ id, status }) => [id, status.value]));
    assert.deepEqual(shown[0], shown[1]);
  }

  it('make one endpoint of a serverless instance, when both ask for a reservation before either is there', async function () {
    this.timeout(60_000);
    let asking = 0;
    const both = gate();
    const hold = async (moment: Moment): Promise<void> => {
      if (!creates(moment)) return;
      asking += 1;
      if (asking === 2) both.open();
      await both.opened;
    };
    await setUpInBoth([hold, hold]);
  });

  it('make one endpoint of a serverless instance, when one asks for it after the other has looked again', async function () {
    this.timeout(60_000);
    const late = gate();
    const looked = gate();
    let hasMade = false;
    await setUpInBoth([
      async (moment) => {
        // The other has found nothing and asks already.
        if (creates(moment)) await late.opened;
        if (moment.request === `POST ${endpointsPath}` && moment.side === 'done') hasMade = true;
        if (hasMade && moment.request === `GET ${endpointsPath}` && moment.side === 'done') looked.open();
      },
      async (moment) => {
        if (!creates(moment)) return;
        late.open();
        await looked.opened;
      },
    ]);
  });

  /** A reservation of somebody else, whose id comes before all others. */
  function addEarlier(): void {
    const [own] = reservations().values();
    assert.ok(own);
    const id = '000000000000000000000001';
    reservations().set(id, { ...own, id, comment: 'of somebody else' });
  }

  /** A window that reserves; `change` happens when it looks for that time after its own is there. */
  async function reserve(change: (own: SandboxServerlessEndpoint) => void, look: number): Promise<PageUnderTest> {
    let looks = 0;
    const page = await openWindow(({ request, side }) => {
      const [own] = reservations().values();
      if (own === undefined || request !== `GET ${endpointsPath}` || side !== 'leaves') return;
      looks += 1;
      if (looks === look) change(own);
    });
    await page.until(({ currentStep, running }) => currentStep === 'service' && running === undefined);
    await page.controller.receive({ type: 'do', step: 'service' });
    assert.deepEqual(page.problems, []);
    return page;
  }

  it('take back their own reservation, though the other shows only a while later', async () => {
    const page = await reserve(addEarlier, 2);
    await page.until(({ status }) => status?.endpoints.length === 1);
    assert.deepEqual(ids(), ['000000000000000000000001'], 'that of somebody else stays');
  });

  it('go on with the reservation that they have made, when Atlas does not list it then', async () => {
    const list = 'listGroupPrivateEndpointServerlessInstanceEndpoint';
    const page = await reserve(() => machine.world.faults.set('atlas-forbidden', true, list), 1);
    assert.ok(machine.world.faults.isOn('atlas-forbidden', list));
    assert.equal(page.step('service').problem, undefined);
    machine.world.faults.set('atlas-forbidden', false, list);
    await page.controller.receive({ type: 'action', action: 'refresh' });
    await page.until(({ currentStep }) => currentStep === 'cloud');
    assert.equal(ids().length, 1);
  });

  it('take back nothing that somebody uses already', async () => {
    let ownId = '';
    const page = await reserve((own) => {
      ownId = own.id;
      addEarlier();
      own.cloudProviderEndpointId = 'vpce-0123456789abcdef0';
    }, 1);
    await page.until(({ status }) => status?.endpoints.length === 2);
    assert.deepEqual([...ids()].sort(), ['000000000000000000000001', ownId]);
  });

  it('take an open reservation, and the same one of several, instead of asking for another', async () => {
    const page = await reserve(() => undefined, 1);
    const [own] = ids();
    addEarlier();
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    await page.controller.receive({ type: 'action', action: 'refresh' });
    await page.until(({ status }) => status?.endpoints.length === 2);
    await page.controller.receive({ type: 'do', step: 'service' });
    assert.deepEqual([...ids()].sort(), ['000000000000000000000001', own]);
  });
});
