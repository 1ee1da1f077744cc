import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService, azureEndpointId, region } from '../../../src/sandbox/world/build';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { addOurs, inAwsAccount, type PageKind } from '../../builders/page-kinds';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import type { FieldGroup, PageState } from '../../../webview/protocol';

/** What is there was made on another machine: there is no draft here, and nobody has chosen credentials yet. */
describe('a page about what was set up on another machine', () => {
  let machine: Machine;
  let page: PageUnderTest;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  async function open(build: PageKind['build'], refOf?: PageKind['ref']): Promise<void> {
    machine = await startMachine({
      build,
      ref:
        refOf ??
        (({ id, services }): RefUnderTest => {
          const [service] = services.values();
          assert.ok(service);
          return { kind: 'service', projectId: id, provider: service.provider, serviceId: service.id };
        }),
    });
    const { world, kept, addresses } = machine;
    page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
    await page.until(({ header, status }) => !header.loading && status !== undefined);
  }

  const endpointIn =
    (place: string, remoteRegions: readonly string[] = []): PageKind['build'] =>
    (world, project) => {
      addCluster(world, project, 'Cluster0', {});
      const service = addService(world, project, 'AWS', 'US_EAST_1');
      service.supportedRemoteRegions = [...remoteRegions];
      addEndpoint(world, service, addOurs(world, service.id, service.cloudName, place));
      return undefined;
    };

  const fieldsOf = (groups: readonly FieldGroup[] = []): readonly string[] =>
    groups.flatMap(({ fields }) => fields.map(({ id, kind }) => `${kind} ${id}`));
  const inSteps = ({ steps }: PageState): readonly string[] => fieldsOf(steps.flatMap((step) => step.fieldGroups));

  it('offers credentials once, shows what AWS says then, and deletes there what it removes', async () => {
    await open(endpointIn('us-east-1'));
    const before = page.state();
    assert.deepEqual(inSteps(before), []);
    assert.deepEqual(fieldsOf(before.status?.fieldGroups), ['select profile']);
    assert.equal(before.status?.endpoints[0]?.cloudStatus, undefined);
    await page.set({ profile: 'chain' });
    const told = await page.until(({ status }) => status?.availability !== undefined);
    const [field] = told.status?.fieldGroups[0]?.fields ?? [];
    assert.match(field?.note ?? '', /^Account \d{12}, arn:aws:/);
    assert.equal(told.status?.endpoints[0]?.cloudStatus?.value, 'available');
    // A further one is set up with them in its own step.
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    const adding = await page.until((state) => inSteps(state).includes('select profile'));
    assert.deepEqual(adding.status?.fieldGroups, []);
  });

  it('offers credentials in the question before a removal, too', async () => {
    await open(endpointIn('us-east-1'));
    const [endpoint] = page.state().status?.endpoints ?? [];
    await page.controller.receive({ type: 'action', action: 'remove-endpoint', subject: endpoint?.id ?? '' });
    const asked = page.state().confirmation;
    assert.deepEqual(fieldsOf(asked?.fieldGroups), ['select profile']);
    assert.deepEqual(asked?.options, []);
    assert.ok(asked);
    assert.match(asked.consequences.join(' '), /in your own cloud account stays/);
    await page.set({ profile: 'chain' });
    const { confirmation } = page.state();
    assert.equal(confirmation?.id, asked.id, 'the same question');
    assert.deepEqual(
      confirmation.options.map(({ id, value }) => [id, value]),
      [['cloud', true]],
    );
    await page.controller.receive({
      type: 'confirm',
      confirmation: confirmation.id,
      typed: 'us-east-1',
      options: ['cloud'],
    });
    await page.until(({ status }) => status === undefined);
    assert.deepEqual(inAwsAccount(machine.world), { endpoints: [], groups: [] });
  });

  it('says beside them that credentials are refused', async () => {
    await open(endpointIn('us-east-1'));
    Object.assign(machine.world.credentials, { awsSecretAccessKey: 'another' });
    await page.set({ profile: 'chain' });
    const refused = await page.until(({ status }) => status?.fieldGroups[0]?.fields[0]?.problem !== undefined);
    assert.match(refused.status?.fieldGroups[0]?.fields[0]?.problem ?? '', /AWS/);
  });

  it('offers none where AWS has nothing to do with it', async () => {
    await open((world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [region('AZURE', 'US_EAST_2')] });
      const addresses = [{ name: 'there', ipAddress: '10.20.1.9' }];
      addEndpoint(world, addService(world, project, 'AZURE', 'US_EAST_2'), azureEndpointId('there'), { addresses });
      return undefined;
    });
    assert.deepEqual(page.state().status?.fieldGroups, []);
    await page.controller.receive({ type: 'action', action: 'remove-service' });
    assert.deepEqual(page.state().confirmation?.fieldGroups, []);
  });

  for (const profile of ['', 'chain']) {
    it(`promises of a reservation what a set-up may have left, ${profile === '' ? 'without' : 'with'} credentials`, async () => {
      const id = '0123456789abcdef01234567';
      await open(
        (world, project) => {
          const instance = addCluster(world, project, 'Instance0', {
            kind: 'serverless',
            tier: 'SERVERLESS',
            regions: [region('AWS', 'US_EAST_1')],
          });
          instance.serverlessEndpoints.set(id, {
            id,
            provider: 'AWS',
            timeline: [{ at: 0, status: 'RESERVED' }],
            comment: '',
            cloudName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0',
          });
          return { profile };
        },
        (project) => ({ kind: 'serverless', projectId: project.id, instanceName: 'Instance0' }),
      );
      await page.controller.receive({ type: 'action', action: 'remove-endpoint', subject: id });
      const { confirmation } = page.state();
      assert.ok(confirmation);
      const left = 'In the AWS account, what an interrupted set-up may have left for this service is deleted.';
      assert.deepEqual(confirmation.consequences, [...(profile === '' ? [] : [left]), 'Atlas removes the endpoint.']);
      assert.equal(confirmation.options.length, profile === '' ? 0 : 1);
      assert.equal(confirmation.fieldGroups.length, 1, 'credentials can be chosen');
    });
  }

  const deleteCommands = async (): Promise<string | undefined> => {
    const before = page.opened.length;
    const [endpoint] = page.state().status?.endpoints ?? [];
    await page.controller.receive({ type: 'action', action: 'show-removal-commands', subject: endpoint?.id ?? '' });
    assert.deepEqual(page.problems, []);
    return page.opened.slice(before)[0]?.text;
  };

  it('asks in which region an endpoint is that may be in several, and writes no commands without an answer', async () => {
    await open(endpointIn('eu-west-1', ['EU_WEST_1', 'AP_SOUTH_1']));
    assert.equal(await deleteCommands(), undefined);
    page.answers.push('eu-west-1');
    assert.match((await deleteCommands()) ?? '', /aws ec2 delete-vpc-endpoints [^]*--region eu-west-1/);
    const regions = ['us-east-1', 'eu-west-1', 'ap-south-1'];
    assert.deepEqual(page.offered, [regions, regions]);
  });

  it('finds in the AWS account in which region an endpoint is', async () => {
    await open(endpointIn('eu-west-1', ['AP_SOUTH_1', 'EU_WEST_1']));
    await page.set({ profile: 'chain' });
    const { status } = await page.until(({ status: now }) => now?.availability !== undefined);
    assert.equal(status?.endpoints[0]?.cloudStatus?.value, 'available');
    assert.match((await deleteCommands()) ?? '', /--region eu-west-1/);
    assert.deepEqual(page.offered, []);
  });

  it('does not ask where a service takes endpoints of its own region only', async () => {
    await open(endpointIn('us-east-1'));
    assert.match((await deleteCommands()) ?? '', /--region us-east-1/);
    assert.deepEqual(page.offered, []);
  });

  for (const [told, more] of [
    ['its region', { region: 'EU_WEST_1', dnsName: 'vpce-0a.vpce-svc-0a.eu-west-1.vpce.amazonaws.com' }],
    ['nothing', {}],
  ] as const) {
    it(`knows the region of an endpoint for Data Federation when Atlas tells ${told} of it, or asks`, async () => {
      await open(
        (_, project) => {
          const id = 'vpce-0123456789abcdef0';
          const timeline = [{ at: 0, status: 'OK' }];
          project.dataFederationEndpoints.set(id, { id, provider: 'AWS', timeline, comment: '', ...more });
          return undefined;
        },
        ({ id }) => ({ kind: 'federation', projectId: id }),
      );
      page.answers.push('eu-west-1');
      assert.match((await deleteCommands()) ?? '', /--region eu-west-1/);
      assert.deepEqual(
        page.offered.map((regions) => regions.length),
        told === 'nothing' ? [11] : [],
      );
    });
  }
});
