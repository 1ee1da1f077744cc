import assert from 'node:assert/strict';
import {
  addCluster,
  addFederatedDatabase,
  addProject,
  addVpcEndpoint,
  azureEndpointId,
} from '../../../src/sandbox/world/build';
import type { SandboxDataFederationEndpoint, SandboxProject, World } from '../../../src/sandbox/world/world';
import { federationServices } from '../../../src/core/data-federation';
import type { Draft } from '../../../src/setup/draft';
import type { PageState } from '../../../webview/protocol';
import { inAwsAccount } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { chooseNetwork } from '../../builders/page-person';
import { openPageWindow, type PageUnderTest } from '../../builders/page-window';

const place = 'US_EAST_1';

/** An interface endpoint of the account to the service of Data Federation in a region. */
function addInterfaceEndpoint(world: World, region = 'us-east-1', atlasRegion = place): string {
  const here = world.aws.regions.get(region);
  const vpc = [...(here?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
  const subnet = [...(here?.subnets.values() ?? [])].find(({ vpcId }) => vpcId === vpc?.id);
  assert.ok(here && vpc && subnet);
  const ip = subnet.cidr.replace(/0\/24$/u, '78');
  const options = { name: 'sandbox-federation' };
  return addVpcEndpoint(world, here, vpc, federationServices[atlasRegion] ?? '', [{ subnet, ip }], [], options).id;
}

/** As whoever works on the project registers it. */
function register(
  project: SandboxProject,
  id: string,
  more: Partial<Pick<SandboxDataFederationEndpoint, 'provider' | 'region'>> = {},
): void {
  const timeline = [{ at: 0, status: 'OK' }];
  project.dataFederationEndpoints.set(id, { id, provider: 'AWS', timeline, comment: '', ...more });
}

describe('the page of Data Federation and Online Archive', () => {
  let machine: Machine;
  let page: PageUnderTest;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  async function open(build: (world: World, project: SandboxProject) => Draft | undefined): Promise<void> {
    machine = await startMachine({ build, ref: ({ id }) => ({ kind: 'federation', projectId: id }) });
    const options = windowOptions(machine.world, machine.addresses);
    page = await openPageWindow({ ...options, storage: storageOf(machine.kept) }, machine.kept.ref);
  }

  it('goes on with the endpoint that it has made, though a colleague registers another there meanwhile', async () => {
    await open(() => undefined);
    await page.until(({ currentStep, running }) => currentStep === 'cloud' && running === undefined);
    await chooseNetwork(page);
    await page.controller.receive({ type: 'do', step: 'cloud' });
    await page.until(({ currentStep, running }) => currentStep === 'register' && running === undefined);
    const [made] = inAwsAccount(machine.world).endpoints.slice(-1);
    assert.ok(made);
    register(machine.project, addInterfaceEndpoint(machine.world));
    await page.kill();
    // Another machine, on which nothing was entered: it has the endpoint from the AWS account.
    machine.kept.storage.clear();
    const options = windowOptions(machine.world, machine.addresses);
    page = await openPageWindow({ ...options, storage: storageOf(machine.kept) }, machine.kept.ref);
    await page.until(({ status }) => status?.endpoints.length === 1);
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    await page.set({ profile: 'chain' });
    const found = await page.until(({ steps }) =>
      steps.some(({ id, details }) => id === 'cloud' && details.some((one) => one.value === made.id)),
    );
    const [detail] = (found.steps.find(({ id }) => id === 'cloud')?.details ?? []).filter(
      ({ value }) => value === made.id,
    );
    assert.equal(detail?.id, `found/${made.id}`);
    assert.equal(page.state().currentStep, 'register');
    const before = inAwsAccount(machine.world).endpoints.length;
    await page.controller.receive({ type: 'do', step: 'cloud' });
    assert.equal(inAwsAccount(machine.world).endpoints.length, before, 'no other one is made');
  });

  async function consequences(endpointId: string): Promise<readonly string[]> {
    await page.until(({ status, running }) => status !== undefined && running === undefined);
    await page.controller.receive({ type: 'action', action: 'remove-endpoint', subject: endpointId });
    await page.controller.load();
    assert.ok(page.state().confirmation);
    return page.state().confirmation?.consequences ?? [];
  }

  it('names what else uses an endpoint that is to be removed: databases, archives, other projects', async () => {
    let id = '';
    let other: SandboxProject | undefined;
    await open((world, project) => {
      id = addInterfaceEndpoint(world);
      register(project, id);
      addFederatedDatabase(project, 'Reports', { provider: 'AWS', region: 'VIRGINIA_USA' });
      addFederatedDatabase(project, 'Elsewhere', { provider: 'AZURE', region: 'VIRGINIA_USA' });
      const archive = { id: world.ids.atlas(), database: 'sample', collection: 'old', state: 'ACTIVE', region: place };
      addCluster(world, project, 'Archived', { archives: [{ ...archive, provider: 'AWS' }] });
      addCluster(world, project, 'Plain', {});
      const [organization] = world.atlas.organizations.values();
      assert.ok(organization);
      other = addProject(world, organization, 'other-sandbox');
      register(other, id);
      addProject(world, organization, 'third-sandbox');
      return { profile: 'chain' };
    });
    await consequences(id);
    const archived = 'Clusters whose Online Archive is reached through it: Archived.';
    await page.until(({ confirmation }) => confirmation?.consequences.includes(archived) === true);
    const before = await consequences(id);
    assert.ok(before.includes('Federated databases that are reached through it: Reports.'), before.join('\n'));
    const unknown = 'Whether projects that were not opened here use it in the cloud account is not known.';
    assert.ok(before.includes(unknown));
    for (const project of machine.world.atlas.projects.values()) {
      await page.store.ensure('sandbox', { kind: 'project', projectId: project.id });
    }
    const after = await consequences(id);
    assert.ok(after.some((text) => text.startsWith('It is registered in other projects, too: other-sandbox.')));
    assert.ok(!after.includes(unknown));
  });

  it('names nothing where nothing else uses it', async () => {
    let id = '';
    await open((world, project) => {
      id = addInterfaceEndpoint(world);
      register(project, id);
      return { profile: 'chain' };
    });
    const said = await consequences(id);
    await page.store.ensure('sandbox', { kind: 'archives', projectId: machine.project.id });
    assert.deepEqual(page.state().confirmation?.consequences, said);
    assert.ok(!said.some((text) => /reached through it|other projects|not known/u.test(text)), said.join('\n'));
  });

  const isIdle = ({ status, running }: PageState): boolean => status !== undefined && running === undefined;

  it('removes an endpoint in the account in whatever region it is, where Atlas does not have it', async () => {
    let id = '';
    await open((world, project) => {
      id = addInterfaceEndpoint(world, 'eu-west-1', 'EU_WEST_1');
      register(project, id);
      return { profile: 'chain', federationRegion: place };
    });
    await consequences(id);
    const { confirmation } = page.state();
    assert.ok(confirmation);
    assert.deepEqual(
      confirmation.options.map((option) => [option.id, option.value]),
      [['cloud', false]],
      'it is for the person to say: others may use it',
    );
    await page.confirm(['cloud']);
    await page.until(({ status, running }) => status === undefined && running === undefined);
    assert.ok(!inAwsAccount(machine.world).endpoints.some((endpoint) => endpoint.id === id));
  });

  it('offers to remove in the cloud, and writes the commands for it, by the endpoint in question, not the followed one', async () => {
    const azure = azureEndpointId('sandbox-federation');
    let aws = '';
    await open((world, project) => {
      aws = addInterfaceEndpoint(world);
      register(project, azure, { provider: 'AZURE' });
      register(project, aws);
      return { profile: 'chain' };
    });
    for (const [followed, asked, options, command] of [
      [aws, azure, 0, /az network private-endpoint delete/],
      [azure, aws, 1, /aws ec2 delete-vpc-endpoints/],
    ] as const) {
      await page.until(isIdle);
      await page.controller.receive({ type: 'action', action: 'open-page', subject: followed });
      await consequences(asked);
      assert.equal(page.state().confirmation?.options.length, options);
      await page.controller.receive({ type: 'dismiss', confirmation: page.state().confirmation?.id ?? '' });
      await page.controller.receive({ type: 'action', action: 'show-removal-commands', subject: asked });
      assert.match(page.opened.at(-1)?.text ?? '', command);
      assert.deepEqual(page.problems, []);
    }
  });

  const valueOf = (field: string): unknown => {
    const { steps } = page.state();
    const fields = steps.flatMap(({ fieldGroups, elsewhere }) => [
      ...fieldGroups.flatMap((group) => group.fields),
      ...(elsewhere?.fields ?? []),
    ]);
    const found = fields.find(({ id }) => id === field);
    return found === undefined || !('value' in found) ? undefined : found.value;
  };

  it('forgets an endpoint that was entered when its region or cloud is another one', async () => {
    await open(() => undefined);
    await page.until(({ currentStep }) => currentStep === 'cloud');
    const entered = { endpointId: 'vpce-0123456789abcdef0', dnsName: 'vpce-0123456789abcdef0-x.sandbox.example' };
    await page.set(entered);
    assert.deepEqual([valueOf('endpointId'), valueOf('dnsName')], [entered.endpointId, entered.dnsName]);
    await page.set({ federationRegion: 'EU_WEST_1' });
    assert.equal(valueOf('endpointId'), '');
    await page.set({ endpointId: 'vpce-0123456789abcdef1' });
    assert.equal(valueOf('dnsName'), '');
    await page.set(entered);
    await page.set({ federationRegion: 'EU_WEST_1' });
    assert.equal(valueOf('endpointId'), entered.endpointId, 'the same region again changes nothing');
    await page.set({ federationProvider: 'AZURE' });
    await page.set({ federationProvider: 'AWS' });
    assert.equal(valueOf('endpointId'), '');
    await page.set({ endpointId: 'vpce-0123456789abcdef1' });
    assert.equal(valueOf('dnsName'), '');
  });

  it('has commands for Azure to the resource that the documentation has for the region, and not for another region', async () => {
    await open(() => undefined);
    await page.until(({ currentStep }) => currentStep === 'cloud');
    const service =
      '/subscriptions/00000000-0000-4000-8000-5a4db0c00001/resourceGroups/rg_sandbox/providers/Microsoft.Network/privateLinkServices/pls_sandbox';
    await page.set({ federationProvider: 'AZURE' });
    await page.set({ federationRegion: 'EUROPE_WEST' });
    await page.set({
      azureSubscription: '00000000-0000-4000-8000-5a4db0c00002',
      azureResourceGroup: 'sandbox-network',
      azureVirtualNetwork: 'applications',
      azureSubnet: 'private',
    });
    await page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
    const commands = () => page.step('cloud').commands;
    assert.match(
      commands()?.missing ?? '',
      /^Something has to be chosen first\. Give the resource id of the private link service/u,
    );
    await page.set({ azureServiceId: 'pls_sandbox' });
    assert.match(commands()?.missing ?? '', /pls_sandbox/u, 'its name alone is not enough');
    await page.set({ azureServiceId: service });
    assert.equal(commands()?.missing, undefined);
    const text =
      commands()
        ?.blocks.map((block) => block.text)
        .join('\n') ?? '';
    assert.ok(text.includes(`--private-connection-resource-id ${service}`), text);
    assert.match(text, /--location westeurope/u);
    await page.set({ federationRegion: 'US_EAST_2' });
    assert.match(commands()?.missing ?? '', /private link service/u);
  });

  it('begins another endpoint without the comment and name of the one before', async () => {
    await open((_, project) => {
      register(project, 'vpce-0123456789abcdef0');
      return { comment: 'of the first', dnsName: 'first.sandbox.example' };
    });
    await page.until(isIdle);
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    await page.set({ endpointId: 'vpce-0123456789abcdef1' });
    assert.deepEqual([valueOf('comment'), valueOf('dnsName')], ['', '']);
  });

  it('asks for the same interface endpoint whatever is registered in other regions and clouds meanwhile', async () => {
    await open(() => undefined);
    await page.until(({ currentStep }) => currentStep === 'cloud');
    await chooseNetwork(page);
    await page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
    const token = (): string | undefined => {
      const texts = page.step('cloud').commands?.blocks.map(({ text }) => text) ?? [];
      return /--client-token ['"]?([\w-]+)/.exec(texts.join('\n'))?.[1];
    };
    const before = token();
    assert.match(before ?? '', /^atlas-/);
    register(machine.project, 'vpce-0123456789abcdef0', { region: 'EU_WEST_1' });
    register(machine.project, azureEndpointId('sandbox-federation'), { provider: 'AZURE' });
    await page.controller.receive({ type: 'action', action: 'refresh' });
    await page.controller.receive({ type: 'action', action: 'add-endpoint' });
    assert.equal(page.state().status?.endpoints.length, 2);
    assert.equal(token(), before);
  });
});
