import assert from 'node:assert/strict';
import { pageKinds, type PageKind } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Kept, type Machine } from '../../builders/page-machine';
import { personWhoRemoves } from '../../builders/page-person';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import { startWire, writing, type Moment, type Wire } from '../../builders/wire';

const service = 'POST /privateEndpoint/endpointService';
const reservation = 'POST /privateEndpoint/serverless/instance/Instance0/endpoint';
const supply = 'PATCH /privateEndpoint/serverless/instance/Instance0/endpoint/*';
const federation = 'POST /privateNetworkSettings/endpointIds';
const register = (cloud: string) => `POST /privateEndpoint/${cloud}/endpointService/*/endpoint`;
const unregister = (cloud: string) => `DELETE /privateEndpoint/${cloud}/endpointService/*/endpoint/*`;
const inAws = ['ec2:CreateSecurityGroup', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:CreateVpcEndpoint'];
const outOfAws = ['ec2:DeleteVpcEndpoints', 'ec2:DeleteSecurityGroup'];
const noReservation = 'DELETE /privateEndpoint/serverless/instance/Instance0/endpoint/*';
const noFederation = 'DELETE /privateNetworkSettings/endpointIds/*';
const mode = 'PATCH /privateEndpoint/regionalMode';

/** By kind of page: what both windows ask for at the same moment. */
const together: Readonly<Record<string, readonly string[]>> = {
  'AWS, by the page itself': [service, ...inAws, register('AWS')],
  'AWS, made elsewhere': [service, register('AWS')],
  Azure: [service, register('AZURE')],
  'Google Cloud, port-mapped': [service, register('GCP')],
  'Google Cloud, many addresses': [service, register('GCP')],
  'serverless instance on AWS': [reservation, ...inAws, supply],
  'serverless instance on Azure': [reservation, supply],
  'Data Federation on AWS': [...inAws, federation],
  'Data Federation on Azure': [federation],
  'Online Archive': [federation],
  'removal of an AWS service with its endpoint': [...outOfAws, unregister('AWS')],
  'removal of an Azure service': [unregister('AZURE')],
  'removal of a Google Cloud service, port-mapped': [unregister('GCP')],
  'removal of a Google Cloud service, many addresses': [unregister('GCP')],
  'removal of an endpoint of a serverless instance': [...outOfAws, noReservation],
  'removal of an endpoint of a serverless instance on Azure': [noReservation],
  'removal of endpoints for Data Federation in two regions': [...outOfAws, noFederation],
  'removal of an endpoint for Data Federation on Azure': [noFederation],
  'regionalized mode on': [mode],
  'regionalized mode off': [mode],
};

function kindNamed(wanted: string): PageKind {
  const kind = pageKinds.find(({ name }) => name === wanted);
  assert.ok(kind, wanted);
  return kind;
}

/** Names of requests without the ids in them. */
const shortOf = (request: string): string =>
  request.replaceAll(/[0-9a-f]{24}/gu, '*').replace(/(\/endpoint(?:Ids)?\/).+$/u, '$1*');

/** How often one window looks while the other is held up, before that one goes on: it waits for the other's work. */
const patience = 100;

/**
 * Two windows whose requests of these names wait for each other: each leaves when the other asks for the same, or waits
 * at another one, or is done, or only looks.
 */
function meeting(names: readonly string[]) {
  const waiting = new Map<number, { readonly name: string; readonly go: () => void; looks: number }>();
  const met: string[] = [];
  const done = new Set<number>();
  const release = (): void => {
    for (const { go } of waiting.values()) go();
    waiting.clear();
  };
  return {
    met,
    finish: (window: number): void => {
      done.add(window);
      release();
    },
    pass: async (window: number, { request, side }: Moment): Promise<void> => {
      if (side !== 'leaves') return;
      const [other] = [...waiting].filter(([one]) => one !== window).map(([, one]) => one);
      if (!writing.test(request)) {
        if (other === undefined) return;
        other.looks += 1;
        if (other.looks >= patience) release();
        return;
      }
      const name = shortOf(request);
      if (!names.includes(name)) return;
      if (other !== undefined) {
        if (other.name === name) met.push(name);
        release();
        return;
      }
      if (done.size > 0) return;
      await new Promise<void>((go) => waiting.set(window, { name, go, looks: 0 }));
    },
  };
}

describe('two windows on the same thing', () => {
  let machine: Machine;
  const wires: Wire[] = [];
  const windows: PageUnderTest[] = [];
  afterEach(async () => {
    for (const page of windows.splice(0)) await page.kill();
    for (const wire of wires.splice(0)) await wire.close();
    await machine.close();
  });

  /** A window with storage of its own: it knows of the others what Atlas and the clouds tell. */
  async function openWindow(
    ref: RefUnderTest,
    pass: (moment: Moment) => Promise<void> | void = () => undefined,
  ): Promise<PageUnderTest> {
    const wire = await startWire(machine.addresses, async (moment) => {
      await pass(moment);
      return true;
    });
    wires.push(wire);
    const kept: Kept = { ref, storage: new Map(machine.kept.storage) };
    const options = windowOptions(machine.world, { atlas: wire.url, aws: wire.url });
    const page = await openPageWindow({ ...options, storage: storageOf(kept) }, ref);
    windows.push(page);
    await page.until(({ header }) => !header.loading);
    return page;
  }

  const aws = () => windowOptions(machine.world, machine.addresses).aws;
  const refresh = (page: PageUnderTest): Promise<void> =>
    page.controller.receive({ type: 'action', action: 'refresh' });

  for (const name of Object.keys(together)) {
    const kind = kindNamed(name);
    it(`that write at the same moment leave one, or nothing: ${name}`, async () => {
      machine = await startMachine(kind);
      const { met, pass, finish } = meeting(together[name] ?? []);
      const ref = kind.ref(machine.project);
      const pages = await Promise.all([0, 1].map((index) => openWindow(ref, (moment) => pass(index, moment))));
      await Promise.all(
        pages.map(async (page, index) => {
          await kind.person(page, aws());
          finish(index);
        }),
      );
      kind.check(machine.world, machine.project);
      assert.deepEqual([...new Set(met)], together[name]);
      for (const page of pages) await refresh(page);
      assert.deepEqual(endpointsOn(pages[0]), endpointsOn(pages[1]));
    });
  }

  for (const name of Object.keys(together).filter((one) => !/^(?:removal|regionalized)/u.test(one))) {
    const kind = kindNamed(name);
    it(`show after a look what the other has set up and removed: ${name}`, async () => {
      machine = await startMachine(kind);
      const ref = kind.ref(machine.project);
      const [here, there] = [await openWindow(ref), await openWindow(ref)];
      const before = there.state();
      await kind.person(here, aws());
      await refresh(there);
      assert.equal(endpointsOn(here).length, 1);
      assert.deepEqual(
        endpointsOn(there).map(({ id }) => id),
        endpointsOn(here).map(({ id }) => id),
      );
      // A page of a service that was to be made is offered the one that is there, and goes on on its page.
      if (ref.kind === 'new-service') {
        assert.equal(there.step('service').doIt?.label, 'Add an Endpoint to It');
        await there.controller.receive({
          type: 'action',
          action: 'open-page',
          subject: endpointsOn(here)[0]?.id ?? '',
        });
        assert.deepEqual(there.controller.ref(), here.controller.ref());
        await there.until(({ steps, header }) => !header.loading && steps.every(({ status }) => status !== 'waiting'));
      }
      assert.deepEqual(endpointsOn(there), endpointsOn(here));
      assert.deepEqual(stepsOf(there), stepsOf(here));

      await personWhoRemoves(ref.kind === 'new-service' ? 'remove-service' : 'remove-endpoint')(here, aws());
      await refresh(there);
      assert.equal(there.state().status, undefined);
      if (ref.kind === 'new-service') {
        assert.match(there.state().notices[0]?.title ?? '', /^The endpoint service is not in Atlas any more/);
      } else {
        assert.equal(there.state().currentStep, before.currentStep);
        assert.deepEqual(
          stepsOf(there),
          before.steps.map(({ id, status }) => [id, status]),
        );
      }
      assert.deepEqual([here.problems, there.problems], [[], []]);
    });
  }
});

function endpointsOn(page: PageUnderTest | undefined) {
  return (page?.state().status?.endpoints ?? []).map(({ id, status }) => ({ id, status: status.value }));
}

function stepsOf(page: PageUnderTest) {
  return page.state().steps.map(({ id, status }) => [id, status]);
}
