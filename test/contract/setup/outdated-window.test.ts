import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService, azureEndpointId, region } from '../../../src/sandbox/world/build';
import type { SandboxProject, SandboxService, World } from '../../../src/sandbox/world/world';
import { addOurs } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { firstServiceOf } from '../../builders/open-machine-page';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import type { ActionId, FieldId } from '../../../webview/protocol';

type Fields = Readonly<Partial<Record<FieldId, string>>>;
type Build = (world: World, project: SandboxProject) => void;

const instanceName = 'Instance0';
const azureIds = ['first', 'second'].map(azureEndpointId);

/** A service of a cloud with endpoints that it has, and how one more is entered. */
interface Cloud {
  readonly name: string;
  readonly provider: 'AWS' | 'AZURE' | 'GCP';
  readonly place: string;
  readonly portMapped?: boolean;
  /** Registers the endpoint of that number, directly. */
  readonly add: (world: World, service: SandboxService, index: number) => string;
  /** What is entered for the endpoint of that number, which is there in the cloud. */
  readonly enter: (world: World, service: SandboxService, index: number) => Fields;
}

const google = (count: number): Pick<Cloud, 'add' | 'enter'> => {
  const addresses = (index: number) =>
    Array.from({ length: count }, (_, each) => ({
      name: `group-${String(index)}-${String(each)}`,
      ipAddress: `10.30.${String(index + 3)}.${String(each + 10)}`,
    }));
  return {
    add: (world, service, index) =>
      addEndpoint(world, service, `group-${String(index)}`, {
        addresses: addresses(index),
        gcpProjectId: 'sandbox-network-project',
      }).id,
    enter: (_, __, index) => ({
      endpointGroup: `group-${String(index)}`,
      endpointProject: 'sandbox-network-project',
      endpointAddresses: addresses(index)
        .map(({ name, ipAddress }) => `${name}@${ipAddress}`)
        .join('\n'),
    }),
  };
};

const aws: Cloud = {
  name: 'AWS',
  provider: 'AWS',
  place: 'US_EAST_1',
  add: (world, service) => addEndpoint(world, service, addOurs(world, service.id, service.cloudName)).id,
  enter: (world, service) => ({ endpointId: addOurs(world, service.id, service.cloudName) }),
};

const clouds: readonly Cloud[] = [
  aws,
  {
    name: 'Azure',
    provider: 'AZURE',
    place: 'US_EAST_2',
    add: (world, service, index) => {
      const addresses = [{ name: 'there', ipAddress: `10.20.1.${String(index + 9)}` }];
      return addEndpoint(world, service, azureIds[index] ?? '', { addresses }).id;
    },
    enter: (_, __, index) => ({ endpointId: azureIds[index] ?? '', endpointAddress: `10.20.1.${String(index + 9)}` }),
  },
  { name: 'Google Cloud, port-mapped', provider: 'GCP', place: 'CENTRAL_US', portMapped: true, ...google(1) },
  { name: 'Google Cloud, many addresses', provider: 'GCP', place: 'CENTRAL_US', portMapped: false, ...google(50) },
];

const anew = 'Not done yet: there is more to it now than when you were asked. Read the question again.';

describe('a window in which something is outdated that another one has changed', () => {
  let machine: Machine;
  const windows: PageUnderTest[] = [];
  afterEach(async () => {
    for (const page of windows.splice(0)) await page.kill();
    await machine.close();
  });

  /** Two windows with storages of their own. */
  async function open(
    build: Build,
    ref: (project: SandboxProject) => RefUnderTest,
  ): Promise<readonly [PageUnderTest, PageUnderTest]> {
    machine = await startMachine({
      build: (world, project) => {
        build(world, project);
        return undefined;
      },
      ref,
    });
    const { world, addresses, kept } = machine;
    const one = async (): Promise<PageUnderTest> => {
      const storage = storageOf({ ref: kept.ref, storage: new Map() });
      const page = await openPageWindow({ ...windowOptions(world, addresses), storage }, kept.ref);
      windows.push(page);
      await page.until(({ header }) => !header.loading);
      return page;
    };
    return [await one(), await one()];
  }

  const service = (): SandboxService => {
    const [found] = machine.project.services.values();
    assert.ok(found);
    return found;
  };

  async function ask(page: PageUnderTest, action: ActionId, subject?: string): Promise<void> {
    await page.controller.receive({ type: 'action', action, ...(subject === undefined ? {} : { subject }) });
    assert.ok(page.state().confirmation, 'it is asked');
  }

  async function confirm(page: PageUnderTest): Promise<void> {
    await page.confirm([]);
    assert.deepEqual(page.problems, []);
  }

  async function removeIn(page: PageUnderTest, action: ActionId, subject?: string): Promise<void> {
    await ask(page, action, subject);
    await confirm(page);
  }

  async function registerIn(page: PageUnderTest, fields: Fields): Promise<void> {
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
    await page.set(fields);
    await page.until(({ currentStep }) => currentStep === 'register');
    await page.controller.receive({ type: 'do', step: 'register' });
    assert.equal(page.step('register').problem, undefined);
  }

  const withEndpoints =
    ({ provider, place, portMapped, add }: Cloud, count: number): Build =>
    (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [region(provider, place)] });
      const made = addService(world, project, provider, place, {
        ...(portMapped === undefined ? {} : { portMappingEnabled: portMapped }),
      });
      for (let index = 0; index < count; index += 1) add(world, made, index);
    };

  const said = (page: PageUnderTest): readonly string[] =>
    [
      ...page.state().notices,
      ...page.state().steps.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
    ].map(({ title }) => title);
  const besideFields = (page: PageUnderTest): readonly string[] =>
    page
      .state()
      .steps.flatMap(({ fieldGroups, elsewhere }) => [
        ...fieldGroups.flatMap(({ fields }) => fields),
        ...(elsewhere?.fields ?? []),
      ])
      .flatMap(({ problem }) => (problem === undefined ? [] : [problem]));

  for (const cloud of clouds) {
    it(`does not remove an endpoint with its service that the question has not named: ${cloud.name}`, async () => {
      const [here, there] = await open(withEndpoints(cloud, 1), firstServiceOf);
      await ask(here, 'remove-service');
      await registerIn(there, cloud.enter(machine.world, service(), 1));
      await confirm(here);
      assert.equal(service().endpoints.size, 2, 'nothing is removed');
      assert.equal(here.announced.at(-1), anew);
      assert.deepEqual(here.focused.at(-1), { kind: 'confirmation' });
      assert.match(here.state().confirmation?.consequences[0] ?? '', /^Nothing was done yet/);
      assert.ok(here.state().confirmation?.consequences.includes('Atlas removes 2 endpoints, one after the other.'));
      await confirm(here);
      assert.equal(machine.project.services.size, 0);
    });

    it(`does not take a service along that the question has not named: ${cloud.name}`, async () => {
      const [here, there] = await open(withEndpoints(cloud, 2), firstServiceOf);
      const [first = '', second = ''] = service().endpoints.keys();
      await ask(here, 'remove-endpoint', first);
      await removeIn(there, 'remove-endpoint', second);
      await confirm(here);
      assert.deepEqual([...service().endpoints.keys()], [first], 'nothing is removed');
      assert.equal(here.announced.at(-1), anew);
      assert.match(here.state().confirmation?.consequences.join(' ') ?? '', /with its last endpoint/);
    });

    it(`finds nothing left to remove, and says so: ${cloud.name}`, async () => {
      const [here, there] = await open(withEndpoints(cloud, 1), firstServiceOf);
      await ask(here, 'remove-service');
      await removeIn(there, 'remove-service');
      await confirm(here);
      assert.match(said(here)[0] ?? '', /^The endpoint service was removed/);
      assert.deepEqual(said(here), said(there));
    });

    it(`registers nothing on a service that is gone, and says so: ${cloud.name}`, async () => {
      const [here, there] = await open(withEndpoints(cloud, 0), firstServiceOf);
      await here.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await here.set(cloud.enter(machine.world, service(), 1));
      await here.until(({ currentStep }) => currentStep === 'register');
      await removeIn(there, 'remove-service');
      await here.controller.receive({ type: 'do', step: 'register' });
      assert.equal(machine.project.services.size, 0);
      assert.match(said(here)[0] ?? '', /^The endpoint service is not in Atlas any more/);
    });
  }

  for (const chosen of [true, false]) {
    const form = chosen ? 'port-mapped' : 'many addresses';
    it(`takes no endpoint service of the other form for the one that it wanted: ${form}`, async () => {
      const [here, there] = await open(
        (world, project) => addCluster(world, project, 'Cluster0', { regions: [region('GCP', 'CENTRAL_US')] }),
        ({ id }) => ({ kind: 'new-service', projectId: id }),
      );
      await here.set({ portMapping: chosen });
      await there.set({ portMapping: !chosen });
      await there.controller.receive({ type: 'do', step: 'service' });
      await here.controller.receive({ type: 'do', step: 'service' });
      assert.equal(machine.project.services.size, 1);
      assert.equal(service().portMappingEnabled, !chosen);
      assert.equal(here.controller.ref().kind, 'new-service', 'the page does not go on with it by itself');
      assert.match([...said(here), ...besideFields(here)].join('\n'), /An endpoint service was created elsewhere/);
      assert.equal(here.step('service').doIt?.label, 'Add an Endpoint to It');
    });
  }

  it('switches regionalized mode that is switched already no second time', async () => {
    const [here, there] = await open((world, project) => {
      addCluster(world, project, 'Worldwide', { topology: 'GEOSHARDED', tier: 'M30', shardCount: 2 });
      addService(world, project, 'AWS', 'US_EAST_1');
    }, firstServiceOf);
    await ask(here, 'enable-regionalized');
    await removeIn(there, 'enable-regionalized');
    await confirm(here);
    assert.equal(machine.project.regionalizedMode, true);
    assert.equal(here.requests.includes('setRegionalizedMode'), false);
    assert.equal(here.state().status?.regionalized?.enabled, true);
  });

  it('does not overwrite other AWS regions that were set elsewhere', async () => {
    const [here, there] = await open(withEndpoints(aws, 0), firstServiceOf);
    there.answers.push('eu-west-1');
    // The box is open here, with what was there then.
    here.answers.push('us-east-2');
    await there.controller.receive({ type: 'action', action: 'edit-remote-regions' });
    await here.controller.receive({ type: 'action', action: 'edit-remote-regions' });
    assert.deepEqual(service().supportedRemoteRegions, ['EU_WEST_1']);
    assert.match(said(here)[0] ?? '', /changed elsewhere meanwhile: .+ is now eu-west-1$/);
    here.answers.push('eu-west-1, us-east-2');
    await here.controller.receive({ type: 'action', action: 'edit-remote-regions' });
    assert.deepEqual([...service().supportedRemoteRegions].sort(), ['EU_WEST_1', 'US_EAST_2']);
  });

  /** Endpoints that have comments, and of which a project may have several with no service of its own. */
  const commented: readonly {
    readonly name: string;
    readonly build: Build;
    readonly ref: (project: SandboxProject) => RefUnderTest;
    readonly endpoints: () => Map<string, { comment: string }>;
  }[] = (['AWS', 'AZURE'] as const).flatMap((provider) => {
    const place = provider === 'AWS' ? 'US_EAST_1' : 'US_EAST_2';
    const cloudIds = provider === 'AWS' ? ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1'] : azureIds;
    const instance = () => {
      const found = machine.project.clusters.get(instanceName);
      assert.ok(found);
      return found;
    };
    return [
      {
        name: `a serverless instance, ${provider}`,
        build: (world, project) => {
          const options = { kind: 'serverless', tier: 'SERVERLESS', regions: [region(provider, place)] } as const;
          const { serverlessEndpoints } = addCluster(world, project, instanceName, options);
          for (const cloudProviderEndpointId of cloudIds) {
            const id = world.ids.atlas();
            const timeline = [{ at: 0, status: 'AVAILABLE' }];
            const cloudName = `com.amazonaws.vpce.us-east-1.${world.ids.aws('vpce-svc')}`;
            const endpoint = { id, provider, timeline, comment: 'first', cloudName, cloudProviderEndpointId };
            serverlessEndpoints.set(id, endpoint);
          }
        },
        ref: ({ id }) => ({ kind: 'serverless', projectId: id, instanceName }),
        endpoints: () => instance().serverlessEndpoints,
      },
      {
        name: `Data Federation, ${provider}`,
        build: (_, project) => {
          for (const id of cloudIds) {
            const timeline = [{ at: 0, status: 'OK' }];
            project.dataFederationEndpoints.set(id, { id, provider, timeline, comment: 'first', region: place });
          }
        },
        ref: ({ id }) => ({ kind: 'federation', projectId: id }),
        endpoints: () => machine.project.dataFederationEndpoints,
      },
    ] satisfies typeof commented;
  });

  for (const { name, build, ref, endpoints } of commented) {
    it(`does not overwrite a comment that was changed elsewhere: ${name}`, async () => {
      const [here, there] = await open(build, ref);
      const [subject = ''] = endpoints().keys();
      there.answers.push('theirs');
      await there.controller.receive({ type: 'action', action: 'edit-comment', subject });
      here.answers.push('ours');
      await here.controller.receive({ type: 'action', action: 'edit-comment', subject });
      assert.equal(endpoints().get(subject)?.comment, 'theirs');
      assert.match(said(here)[0] ?? '', /changed elsewhere meanwhile: .+ is now theirs$/);
      here.answers.push('ours');
      await here.controller.receive({ type: 'action', action: 'edit-comment', subject });
      assert.equal(endpoints().get(subject)?.comment, 'ours');
    });

    it(`brings no endpoint back that was removed elsewhere, by its comment: ${name}`, async () => {
      const [here, there] = await open(build, ref);
      const [subject = '', other] = endpoints().keys();
      await removeIn(there, 'remove-endpoint', subject);
      here.answers.push('ours');
      await here.controller.receive({ type: 'action', action: 'edit-comment', subject });
      assert.deepEqual([...endpoints().keys()], [other]);
      assert.match(said(here)[0] ?? '', /^It is not in Atlas any more/);
    });

    it(`finds nothing left to remove, and removes nothing else: ${name}`, async () => {
      const [here, there] = await open(build, ref);
      const [subject = '', other] = endpoints().keys();
      await ask(here, 'remove-endpoint', subject);
      await removeIn(there, 'remove-endpoint', subject);
      await confirm(here);
      assert.deepEqual([...endpoints().keys()], [other]);
      assert.match(said(here)[0] ?? '', /^The endpoint was removed/);
    });
  }

  for (const provider of ['AWS', 'AZURE'] as const) {
    const reservations = () => machine.project.clusters.get(instanceName)?.serverlessEndpoints;
    const enter = (index: number): Fields => {
      const [reservation] = reservations()?.values() ?? [];
      assert.ok(reservation);
      return provider === 'AWS'
        ? { endpointId: addOurs(machine.world, reservation.id, reservation.cloudName) }
        : { endpointId: azureIds[index] ?? '', endpointAddress: `10.20.1.${String(index + 9)}` };
    };
    const reserved: Build = (world, project) => {
      const place = provider === 'AWS' ? 'US_EAST_1' : 'US_EAST_2';
      const options = { kind: 'serverless', tier: 'SERVERLESS', regions: [region(provider, place)] } as const;
      const id = world.ids.atlas();
      const cloudName = `com.amazonaws.vpce.us-east-1.${world.ids.aws('vpce-svc')}`;
      const timeline = [{ at: 0, status: 'RESERVED' }];
      addCluster(world, project, instanceName, options).serverlessEndpoints.set(id, {
        id,
        provider,
        timeline,
        comment: '',
        cloudName,
      });
    };
    const ofInstance = ({ id }: SandboxProject): RefUnderTest => ({ kind: 'serverless', projectId: id, instanceName });

    it(`gives a reservation no other endpoint than it has got elsewhere: ${provider}`, async () => {
      const [here, there] = await open(reserved, ofInstance);
      const entered: (string | undefined)[] = [];
      for (const [index, page] of [here, there].entries()) {
        const fields = enter(index);
        entered.push(fields.endpointId);
        await page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
        await page.set(fields);
        await page.until(({ currentStep }) => currentStep === 'register');
      }
      await there.controller.receive({ type: 'do', step: 'register' });
      await here.controller.receive({ type: 'do', step: 'register' });
      const [{ cloudProviderEndpointId: theirs = '' } = {}, ...more] = reservations()?.values() ?? [];
      assert.deepEqual(more, []);
      assert.match(said(here).join('\n'), new RegExp(`changed elsewhere meanwhile: .+ is now ${theirs}`, 'u'));
      assert.equal(entered[1], theirs);
    });

    it(`registers nothing for a reservation that is gone, and says so: ${provider}`, async () => {
      const [here, there] = await open(reserved, ofInstance);
      await here.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await here.set(enter(0));
      await here.until(({ currentStep }) => currentStep === 'register');
      await removeIn(there, 'remove-endpoint', [...(reservations()?.keys() ?? [])][0]);
      await here.controller.receive({ type: 'do', step: 'register' });
      assert.equal(reservations()?.size, 0);
      assert.match(said(here).join('\n'), /It is not in Atlas any more/);
    });
  }
});
