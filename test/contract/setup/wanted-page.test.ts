import assert from 'node:assert/strict';
import { problemOf } from '../../../src/core/problem';
import { addCluster, addEndpoint, addService } from '../../../src/sandbox/world/build';
import type { SandboxEndpoint, SandboxProject, SandboxService, World } from '../../../src/sandbox/world/world';
import type { PageState } from '../../../webview/protocol';
import { firstServiceOf, openMachinePage, type MachinePage } from '../../builders/open-machine-page';
import type { RefUnderTest } from '../../builders/page-window';

const ids = ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1'] as const;

/** A page that is not a service's own offers all the same what can be done with the service that it has found. */
describe('what a page does with a service that it was not opened for', () => {
  let open: MachinePage;
  let service: SandboxService | undefined;
  afterEach(() => open.close());

  async function openFor(kind: RefUnderTest['kind'], withService = true): Promise<void> {
    service = undefined;
    open = await openMachinePage(
      {
        build: (world, project) => {
          addCluster(world, project, 'Cluster0', {});
          if (!withService) return undefined;
          service = addService(world, project, 'AWS', 'US_EAST_1');
          for (const id of ids) addEndpoint(world, service, id);
          return undefined;
        },
        ref: ({ id }) => ({ kind, projectId: id }) as RefUnderTest,
      },
      ({ steps }) => steps.length > 0,
    );
  }

  const said = ({ notices }: PageState): readonly string[] => notices.map(({ title }) => title);

  it('is done by the page of a new service, too: removing an endpoint', async () => {
    await openFor('new-service');
    await open.act('remove-endpoint', ids[0]);
    await open.confirm();
    assert.deepEqual([...(service?.endpoints.keys() ?? [])], [ids[1]]);
    assert.deepEqual(said(open.page.state()), ['The endpoint was removed: vpce-…bcdef0']);
  });

  it('is done by the page of a new service, too: removing the service', async () => {
    await openFor('new-service');
    await open.act('remove-service');
    await open.confirm();
    assert.equal(open.machine.project.services.size, 0);
    assert.deepEqual(said(open.page.state()), ['The endpoint service was removed: AWS us-east-1']);
  });

  it('leaves the page of a new service as it is while the person only looks, or thinks better of it', async () => {
    await openFor('new-service');
    await open.act('retry', ids[0]);
    // The simulated AWS account has no such endpoint.
    assert.equal(open.page.state().status?.endpoints[0]?.status.value, 'REJECTED');
    await open.act('export-terraform');
    assert.match(open.page.opened[0]?.text ?? '', /0123456789abcdef0[^]*0123456789abcdef1/u);
    await open.act('remove-service');
    await open.page.controller.receive({ type: 'dismiss', confirmation: open.page.state().confirmation?.id ?? '' });
    assert.equal(open.page.controller.ref().kind, 'new-service');
  });

  for (const [action, subject] of [['open-page', ids[0]], ['add-endpoint']] as const) {
    it(`goes on on the page of the service: ${action}`, async () => {
      await openFor('new-service');
      await open.act('retry', ids[0]);
      await open.act(action, subject);
      const { page: ref, steps } = await open.page.until(({ header }) => header.title.includes('us-east-1'));
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
      await openFor(kind, false);
      await open.act(action, subject);
      assert.equal(open.page.state().confirmation, undefined);
      assert.equal(open.page.announced.at(-1), sentence);
    });
  }
});

describe('the page of a service', () => {
  let open: MachinePage;
  let service: SandboxService | undefined;
  afterEach(() => open.close());

  async function openOn(build: (world: World, project: SandboxProject) => SandboxService): Promise<void> {
    open = await openMachinePage(
      {
        build: (world, project) => {
          addCluster(world, project, 'Cluster0', {});
          service = build(world, project);
          return undefined;
        },
        ref: firstServiceOf,
      },
      ({ steps }) => steps.length > 0,
    );
  }

  it('that has failed asks before its endpoints go with it, and makes no new one over them', async () => {
    await openOn((world, project) => {
      const failed = addService(world, project, 'AWS', 'US_EAST_1', { timeline: [{ at: 0, status: 'FAILED' }] });
      for (const id of ids) addEndpoint(world, failed, id);
      return failed;
    });
    assert.equal(open.page.step('service').doIt?.action, 'remove-service');
    await open.page.controller.receive({ type: 'do', step: 'service' });
    assert.equal(service?.endpoints.size, 2);
    await open.act('remove-service');
    assert.match(open.page.state().confirmation?.consequences.join(' ') ?? '', /removes 2 endpoints/);
  });

  it('of Google Cloud reads an endpoint before it tells the commands that delete it', async () => {
    await openGroups(['grp-a', 'grp-b']);
    for (const group of ['grp-a', 'grp-b']) {
      await open.act('show-removal-commands', group);
      const { text = '' } = open.page.opened.at(-1) ?? {};
      for (const expected of [`${group}-0`, `${group}-49`, `project-of-${group}`])
        assert.ok(text.includes(expected), text);
    }
  });

  const openGroups = async (
    groups: readonly string[],
    change: (rules: SandboxEndpoint['addresses']) => SandboxEndpoint['addresses'] = (rules) => rules,
    portMapped = false,
  ): Promise<void> => {
    await openOn((world, project) => {
      const shared = addService(world, project, 'GCP', 'CENTRAL_US', { portMappingEnabled: portMapped });
      for (const group of groups) {
        const rules = shared.serviceAttachmentNames.map((_, index) => ({
          name: portMapped ? group : `${group}-${String(index)}`,
          ipAddress: `10.0.0.${String(index + 2)}`,
        }));
        addEndpoint(world, shared, group, { gcpProjectId: `project-of-${group}`, addresses: change(rules) });
      }
      return shared;
    });
  };

  for (const [title, change] of [
    ['none', () => []],
    ['one fewer than there are', (rules) => rules.slice(1)],
    ['one without a name', ([first, ...rest]) => [...(first === undefined ? [] : [{ ...first, name: '' }]), ...rest]],
  ] satisfies readonly (readonly [string, Parameters<typeof openGroups>[1]])[]) {
    it(`of Google Cloud tells no commands that would leave forwarding rules behind: Atlas tells ${title}`, async () => {
      await openGroups(['grp-a'], change);
      await open.act('show-removal-commands', 'grp-a');
      assert.deepEqual(open.page.opened, []);
      const [error] = open.page.problems;
      assert.equal(problemOf(error)?.code, 'CLOUD_RULES_UNKNOWN');
    });
  }

  it('of Google Cloud knows the one rule of a port-mapped endpoint by the name of its group', async () => {
    await openGroups(['grp-a'], () => [], true);
    await open.act('show-removal-commands', 'grp-a');
    assert.match(open.page.opened[0]?.text ?? '', /^disconnect grp-a$/m);
  });
});
