import assert from 'node:assert/strict';
import { addCluster, addService } from '../../../src/sandbox/world/build';
import type { Field, PageState } from '../../../webview/protocol';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';

const place = 'us-east-1';

/** Profile `other` leads to an AWS account of its own. */
describe('choices in an AWS account, while other credentials are chosen', () => {
  let machine: Machine;
  let other: Machine;
  let page: PageUnderTest;
  let network: { readonly vpc: string; readonly subnets: readonly string[] };

  beforeEach(async () => {
    const kind = {
      build: (...[world, project]: Parameters<Parameters<typeof startMachine>[0]['build']>) => {
        addCluster(world, project, 'Cluster0', {});
        addService(world, project, 'AWS', 'US_EAST_1');
        return undefined;
      },
      ref: ({ id, services }: Machine['project']): RefUnderTest => {
        const [service] = services.values();
        assert.ok(service);
        return { kind: 'service', projectId: id, provider: 'AWS', serviceId: service.id };
      },
    };
    machine = await startMachine(kind);
    other = await startMachine(kind);
    const { world, kept, addresses } = machine;
    page = await openPageWindow(
      {
        ...windowOptions(world, addresses),
        otherAws: { other: windowOptions(other.world, other.addresses).aws },
        storage: storageOf(kept),
      },
      kept.ref,
    );
    const region = world.aws.regions.get(place);
    const vpc = [...(region?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
    assert.ok(region && vpc);
    const subnets = [...region.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id).map(({ id }) => id);
    network = { vpc: vpc.id, subnets: subnets.slice(0, 2) };
    await page.until(({ currentStep, header }) => currentStep === 'cloud' && !header.loading);
    await page.set({ profile: 'chain', ...network });
    await page.until((state) => chosen(state).subnets.length === 2 && options(state, 'vpc').length > 1);
  });
  afterEach(async () => {
    await page.kill();
    await machine.close();
    await other.close();
  });

  const field = ({ steps }: PageState, id: string): Field | undefined =>
    steps.flatMap(({ fieldGroups }) => fieldGroups.flatMap(({ fields }) => fields)).find((one) => one.id === id);
  const options = (state: PageState, id: string): readonly string[] => {
    const found = field(state, id);
    return found !== undefined && 'options' in found ? found.options.map(({ value }) => value) : [];
  };
  const chosen = (state: PageState): { vpc: string; subnets: readonly string[] } => {
    const [vpc, subnets] = [field(state, 'vpc'), field(state, 'subnets')];
    return {
      vpc: vpc?.kind === 'select' ? vpc.value : '',
      subnets: subnets?.kind === 'checklist' ? subnets.values : [],
    };
  };
  const note = (state: PageState): string => field(state, 'profile')?.note ?? '';
  const isRead = (state: PageState): boolean => note(state) !== '' && field(state, 'vpc')?.loading !== true;

  it('stay where the other account has them', async () => {
    await page.set({ profile: 'profile:other' });
    assert.deepEqual(chosen(await page.until((state) => isRead(state) && options(state, 'vpc').length > 1)), network);
  });

  it('are not taken where the other account lacks them, and are there again with the credentials', async () => {
    other.world.aws.regions.get(place)?.vpcs.delete(network.vpc);
    await page.set({ profile: 'profile:other' });
    const isOther = (listed: readonly string[]): boolean => listed.length > 1 && !listed.includes(network.vpc);
    const without = await page.until((state) => isRead(state) && isOther(options(state, 'vpc')));
    assert.deepEqual(chosen(without), { vpc: '', subnets: [] });
    await page.set({ profile: 'chain' });
    assert.deepEqual(chosen(await page.until((state) => isRead(state) && options(state, 'vpc').length > 1)), network);
  });

  it('lose the one subnet that is gone', async () => {
    const [first = '', second = ''] = network.subnets;
    machine.world.aws.regions.get(place)?.subnets.delete(first);
    await page.controller.receive({ type: 'action', action: 'refresh' });
    const left = await page.until((state) => chosen(state).subnets.length === 1);
    assert.deepEqual(chosen(left), { vpc: network.vpc, subnets: [second] });
  });
});
