import assert from 'node:assert/strict';
import {
  addCluster,
  addEndpoint,
  addService,
  azureEndpointId,
  region as nodesIn,
} from '../../../src/sandbox/world/build';
import type { SandboxProject, World } from '../../../src/sandbox/world/world';
import type { Draft } from '../../../src/setup/draft';
import { startMachine, storageOf, windowOptions } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from '../../builders/page-window';
import type { StepId } from '../../../webview/protocol';

type Build = (world: World, project: SandboxProject) => unknown;

interface Check {
  readonly name: string;
  readonly severity: 'blocking' | 'advice';
  /** Its sentence. */
  readonly says: RegExp;
  /** Makes the world in which it says so, and the one in which it does not. */
  readonly fires: Build;
  readonly silent: Build;
  /** A new endpoint service where nothing else is told. */
  readonly page?: (project: SandboxProject) => RefUnderTest;
  /** What the person has chosen. */
  readonly chosen?: Draft;
  /** The step whose *Do it* cannot be used; that of the service where nothing else is told. */
  readonly step?: StepId;
}

const instanceName = 'Instance0';
const newService = ({ id }: SandboxProject): RefUnderTest => ({ kind: 'new-service', projectId: id });
const federation = ({ id }: SandboxProject): RefUnderTest => ({ kind: 'federation', projectId: id });
const serverless = ({ id }: SandboxProject): RefUnderTest => ({ kind: 'serverless', projectId: id, instanceName });
const onlyService = ({ id, services }: SandboxProject): RefUnderTest => {
  const [service] = services.values();
  assert.ok(service);
  return { kind: 'service', projectId: id, provider: service.provider, serviceId: service.id };
};

const here = nodesIn('AWS', 'US_EAST_1');
const there = nodesIn('AWS', 'EU_WEST_1');
const plain: Build = (world, project) => addCluster(world, project, 'Cluster0');
const sharded = { topology: 'SHARDED', tier: 'M30', shardCount: 2 } as const;

/** So many nodes of replica sets in the region, three to a set. */
const withNodes =
  (count: number): Build =>
  (world, project) => {
    for (let left = count; left > 0; left -= 3) {
      addCluster(world, project, `Set${String(left)}`, { regions: [nodesIn('AWS', 'US_EAST_1', Math.min(3, left))] });
    }
  };

/** Services with so many endpoints each; the ids lead nowhere. */
function withEndpoints(world: World, project: SandboxProject, counts: Readonly<Record<string, number>>): void {
  let number = 0;
  for (const [place, count] of Object.entries(counts)) {
    const service = addService(world, project, 'AWS', place);
    for (let index = 0; index < count; index += 1) {
      addEndpoint(world, service, `vpce-${String((number += 1)).padStart(17, '0')}`);
    }
  }
}

const readOnly: Build = (world, project) => {
  plain(world, project);
  world.atlas.roles.organization = ['ORG_MEMBER'];
  world.atlas.roles.project = ['GROUP_READ_ONLY'];
};

const instanceOn =
  (provider: 'AWS' | 'AZURE' | 'GCP', place: string): Build =>
  (world, project) =>
    addCluster(world, project, instanceName, {
      kind: 'serverless',
      tier: 'SERVERLESS',
      regions: [nodesIn(provider, place)],
    });

const databaseOn =
  (provider: 'AWS' | 'AZURE'): Build =>
  (_, project) =>
    project.federatedDatabases.set('Lake', { name: 'Lake', provider, region: 'US_EAST_1', type: 'USER' });

const checks: readonly Check[] = [
  {
    name: 'role',
    severity: 'blocking',
    says: /^The account may not set up private endpoints\. Its roles: /,
    fires: readOnly,
    silent: plain,
  },
  {
    name: 'role, that of the organization',
    severity: 'blocking',
    says: /^The account may not set up private endpoints/,
    fires: readOnly,
    silent: (world, project) => {
      readOnly(world, project);
      world.atlas.roles.organization = ['ORG_OWNER'];
    },
  },
  {
    name: 'tiers, all of them',
    severity: 'blocking',
    says: /^No cluster of the project can use a private endpoint: Free$/,
    fires: (world, project) => {
      addCluster(world, project, 'Free', { kind: 'shared', tier: 'M0' });
    },
    silent: plain,
    chosen: { provider: 'AWS', region: 'US_EAST_1' },
  },
  {
    name: 'tiers, one of them',
    severity: 'advice',
    says: /^These clusters cannot use a private endpoint: Bends$/,
    fires: (world, project) => {
      plain(world, project);
      addCluster(world, project, 'Bends', { kind: 'flex', tier: 'FLEX' });
    },
    silent: plain,
  },
  {
    name: 'serverless instances beside it',
    severity: 'advice',
    says: /^Serverless instances have private endpoints of their own: Instance0$/,
    fires: (world, project) => {
      plain(world, project);
      instanceOn('AWS', 'US_EAST_1')(world, project);
    },
    silent: plain,
  },
  {
    name: 'paused clusters at the first endpoint of a region',
    severity: 'blocking',
    says: /^Paused clusters have nodes in this region: Asleep$/,
    fires: (world, project) => {
      plain(world, project);
      addCluster(world, project, 'Asleep', { paused: true });
    },
    // Elsewhere it does not matter.
    silent: (world, project) => {
      plain(world, project);
      addCluster(world, project, 'Asleep', { paused: true, regions: [there] });
    },
    chosen: { provider: 'AWS', region: 'US_EAST_1' },
  },
  {
    name: 'a region without clusters',
    severity: 'advice',
    says: /^No cluster has nodes in this region: .*eu-west-1/,
    fires: plain,
    silent: (world, project) => addCluster(world, project, 'Cluster0', { regions: [there] }),
    chosen: { provider: 'AWS', region: 'EU_WEST_1' },
  },
  {
    name: 'regions that are not covered',
    severity: 'advice',
    says: /^Private connection strings will still be missing for: Cluster0$/,
    fires: (world, project) => addCluster(world, project, 'Cluster0', { regions: [here, there] }),
    silent: (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [here, there] });
      withEndpoints(world, project, { EU_WEST_1: 1 });
    },
    chosen: { provider: 'AWS', region: 'US_EAST_1' },
  },
  {
    name: 'a second endpoint in the region while another has one',
    severity: 'blocking',
    says: /^There is already an endpoint in this region, and others elsewhere/,
    fires: (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [here, there] });
      withEndpoints(world, project, { US_EAST_1: 1, EU_WEST_1: 1 });
    },
    silent: (world, project) => {
      plain(world, project);
      withEndpoints(world, project, { US_EAST_1: 1 });
    },
    page: onlyService,
    chosen: { adding: true },
    step: 'cloud',
  },
  {
    name: 'a first endpoint in the region while another has several',
    severity: 'blocking',
    says: /^Another region has several endpoints, so this one can have none/,
    fires: (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [here, there] });
      withEndpoints(world, project, { EU_WEST_1: 2 });
    },
    silent: (world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [here, there] });
      withEndpoints(world, project, { EU_WEST_1: 1 });
    },
    chosen: { provider: 'AWS', region: 'US_EAST_1' },
  },
  {
    name: 'that rule across clouds',
    severity: 'blocking',
    says: /^Another region has several endpoints, so this one can have none/,
    fires: (world, project) => {
      plain(world, project);
      const service = addService(world, project, 'AZURE', 'US_EAST_2');
      for (const name of ['one', 'two']) addEndpoint(world, service, azureEndpointId(name));
    },
    silent: (world, project) => {
      plain(world, project);
      addEndpoint(world, addService(world, project, 'AZURE', 'US_EAST_2'), azureEndpointId('one'));
    },
    chosen: { provider: 'AWS', region: 'US_EAST_1' },
  },
  {
    name: 'regionalized mode',
    severity: 'advice',
    says: /^Regionalized private endpoints are enabled: this one serves .* only$/,
    fires: (world, project) => {
      addCluster(world, project, 'Shards', sharded);
      project.regionalizedMode = true;
    },
    silent: (world, project) => addCluster(world, project, 'Shards', sharded),
  },
  {
    name: 'addressable targets beyond 50',
    severity: 'blocking',
    says: /^The region has 51 addressable targets, 50 are possible/,
    fires: withNodes(51),
    silent: withNodes(50),
  },
  {
    name: 'addressable targets of a sharded cluster with optimized strings, which is one',
    severity: 'blocking',
    says: /^The region has 51 addressable targets, 50 are possible/,
    fires: (world, project) => {
      withNodes(50)(world, project);
      addCluster(world, project, 'Shards', sharded);
    },
    silent: (world, project) => {
      withNodes(48)(world, project);
      addCluster(world, project, 'Shards', sharded);
    },
  },
  {
    name: 'addressable targets, nearly',
    severity: 'advice',
    says: /^42 of 50 addressable targets are used/,
    fires: withNodes(42),
    silent: withNodes(36),
  },
  {
    name: 'a serverless page: role',
    severity: 'blocking',
    says: /^The account may not set up private endpoints/,
    fires: (world, project) => {
      readOnly(world, project);
      instanceOn('AWS', 'US_EAST_1')(world, project);
    },
    silent: instanceOn('AWS', 'US_EAST_1'),
    page: serverless,
  },
  {
    name: 'a serverless page: provider',
    severity: 'blocking',
    says: /^Serverless instances on Google Cloud have no private endpoints: Instance0$/,
    fires: instanceOn('GCP', 'CENTRAL_US'),
    silent: instanceOn('AZURE', 'US_EAST_2'),
    page: serverless,
  },
  {
    name: 'a serverless page: the instance has become a Flex cluster',
    severity: 'blocking',
    says: /^No cluster of the project can use a private endpoint: Instance0$/,
    fires: (world, project) => addCluster(world, project, instanceName, { kind: 'flex', tier: 'FLEX' }),
    silent: instanceOn('AWS', 'US_EAST_1'),
    page: serverless,
  },
  {
    name: 'a Data Federation page: role',
    severity: 'blocking',
    says: /^The account may not set up private endpoints/,
    fires: readOnly,
    silent: plain,
    page: federation,
    step: 'cloud',
  },
  {
    name: 'a Data Federation page: region',
    severity: 'blocking',
    says: /^Data Federation has no endpoint service in this region: .*us-east-2/,
    fires: (world, project) => {
      plain(world, project);
      world.atlas.roles.project = ['GROUP_OWNER'];
    },
    silent: plain,
    page: federation,
    chosen: { federationRegion: 'US_EAST_2' },
    step: 'cloud',
  },
  {
    name: 'a Data Federation page: nothing to lead to',
    severity: 'advice',
    says: /^The project has no federated database instance and no cluster with an Online Archive$/,
    fires: (world, project) => addCluster(world, project, 'Free', { kind: 'shared', tier: 'M0' }),
    silent: databaseOn('AWS'),
    page: federation,
  },
  {
    name: 'a Data Federation page: provider of the instances',
    severity: 'advice',
    says: /^These federated database instances are not on AWS: Lake$/,
    fires: databaseOn('AZURE'),
    silent: databaseOn('AWS'),
    page: federation,
  },
];

/** The page as it is when roles and project have been read; it has asked for nothing to be made. */
async function withPage(
  { page = newService, chosen }: Check,
  build: Build,
  look: (opened: PageUnderTest, project: SandboxProject) => Promise<void> | void,
): Promise<void> {
  const machine = await startMachine({
    build: (world, project) => {
      build(world, project);
      return undefined;
    },
    ref: page,
  });
  const options = windowOptions(machine.world, machine.addresses);
  const opened = await openPageWindow({ ...options, storage: storageOf(machine.kept) }, machine.kept.ref);
  try {
    await opened.set(chosen ?? {});
    await opened.controller.receive({ type: 'do', step: 'check' });
    await look(opened, machine.project);
  } finally {
    await opened.kill();
    await machine.close();
  }
}

describe('the checks before a set-up, on the page', () => {
  for (const check of checks) {
    const { name, severity, says, step = 'service' } = check;
    it(`say so and ${severity === 'blocking' ? 'block' : 'advise'}: ${name}`, async () => {
      await withPage(check, check.fires, async (page, project) => {
        const found = page.step('check').findings.filter(({ title }) => says.test(title));
        assert.deepEqual(
          found.map((finding) => finding.severity),
          [severity],
          JSON.stringify(page.step('check').findings.map(({ title }) => title)),
        );
        assert.ok((found[0]?.fixes ?? []).length > 0, 'says what to do');
        const { status } = page.step('check');
        if (severity === 'advice') {
          assert.equal(status, 'done');
          return;
        }
        // A further endpoint is stopped where it would be made: what is there already is not in question.
        assert.equal(status === 'blocked' || page.step(step).status === 'blocked', true);
        const { doIt } = page.step(step);
        assert.ok(doIt === undefined || (doIt.disabled ?? '') !== '', 'Do it cannot be used');
        const before = page.requests.length;
        await page.controller.receive({ type: 'do', step });
        assert.deepEqual(page.requests.slice(before), [], 'and a command does not get past it');
        assert.equal(page.announced.at(-1), 'First resolve what stands in the way.');
        assert.deepEqual(page.focused.at(-1), { kind: 'step', step: 'check' });
        assert.equal(project.dataFederationEndpoints.size, 0);
      });
    });

    it(`say nothing: ${name}`, async () => {
      const other: Check = name.endsWith(': region') ? { ...check, chosen: { federationRegion: 'US_EAST_1' } } : check;
      await withPage(other, check.silent, (page) => {
        const titles = page.step('check').findings.map(({ title }) => title);
        assert.deepEqual(
          titles.filter((title) => says.test(title)),
          [],
        );
        if (severity === 'blocking') assert.equal(page.step('check').status, 'done', JSON.stringify(titles));
        if (page.step('check').status === 'done' && check.page !== federation && step === 'service') {
          assert.equal(page.step(step).doIt?.disabled, undefined, 'Do it can be used');
        }
      });
    });
  }
});

describe('a region that has an endpoint service already, on the page of a new one', () => {
  const check: Check = {
    name: 'service',
    severity: 'advice',
    says: /has an endpoint service already/,
    fires: () => undefined,
    silent: () => undefined,
    chosen: { provider: 'AWS', region: 'US_EAST_1' },
  };

  it('is offered to take one more endpoint, and no second service is made', async () => {
    await withPage(
      check,
      (world, project) => {
        plain(world, project);
        withEndpoints(world, project, { US_EAST_1: 1 });
      },
      async (page, project) => {
        assert.match(page.step('service').summary, check.says);
        assert.equal(page.step('service').doIt?.label, 'Add an Endpoint to It');
        await page.controller.receive({ type: 'do', step: 'service' });
        assert.equal(page.controller.ref().kind, 'service');
        assert.equal(project.services.size, 1);
        assert.equal(page.state().currentStep, 'cloud');
      },
    );
  });

  it('is none where there is no service', async () => {
    await withPage(check, plain, (page) => {
      assert.doesNotMatch(page.step('service').summary, check.says);
      assert.equal(page.step('service').doIt?.label, 'Create Endpoint Service');
    });
  });

  it('can be created anew where the service has failed, and not while it is being deleted', async () => {
    for (const [status, label] of [
      ['FAILED', 'Remove It and Try Again'],
      ['DELETING', undefined],
    ] as const) {
      await withPage(
        check,
        (world, project) => {
          plain(world, project);
          addService(world, project, 'AWS', 'US_EAST_1', { timeline: [{ at: 0, status }] });
        },
        (page) => {
          const { doIt } = page.step('service');
          if (label === undefined) assert.ok(doIt === undefined || doIt.disabled !== undefined, doIt?.label);
          else assert.equal(doIt?.label, label);
        },
      );
    }
  });
});
