import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import { createDrafts } from '../../../src/ui/page/drafts';
import { createPageController, type PageController } from '../../../src/ui/page/page-controller';
import type { PageState } from '../../../webview/protocol';
import { createFakeAtlas, endpoint, service, type FakeAtlas } from '../store/fake-atlas';
import type { FederatedDatabase } from '../../../src/core/deployment';
import type { RefUnderTest } from '../../builders/page-window';
import { createFakeClock, settled, type FakeClock } from '../store/fake-clock';

/** First and longest interval between two looks of a page; milliseconds. */
const [first, longest] = [5_000, 60_000];

describe('a page that follows Atlas', () => {
  let atlas: FakeAtlas;
  let clock: FakeClock;
  let store: AtlasStore;
  let page: PageController;
  let shown: PageState | undefined;

  beforeEach(() => {
    atlas = createFakeAtlas();
    clock = createFakeClock();
  });
  afterEach(async () => {
    page.dispose();
    await store.dispose();
    assert.equal(clock.waiting(), 0);
  });

  async function open(ref: RefUnderTest): Promise<void> {
    store = createAtlasStore({
      apiOf: () => Promise.resolve(atlas.api),
      clock,
      logger: silentLogger,
      storageOf: () => undefined,
    });
    const nothing = (): Promise<undefined> => Promise.resolve(undefined);
    page = createPageController(
      {
        accounts: {
          get: () => ({ id: 'a', label: 'Sandbox', kind: 'sandbox', baseUrl: '' }),
          onDidChange: () => () => undefined,
        },
        store,
        apiOf: () => Promise.resolve(atlas.api),
        reports: { kept: () => [], onDidAdd: () => () => undefined },
        drafts: createDrafts({ get: () => undefined, update: nothing }, clock),
        clock,
        logger: silentLogger,
        listAwsProfiles: () => Promise.resolve([]),
        openAws: () => Promise.reject(new Error('Nobody is signed in to AWS here.')),
      },
      {
        show: (state) => {
          shown = state;
        },
        progress: () => undefined,
        announce: () => undefined,
        refuse: () => undefined,
        focus: () => undefined,
        copy: nothing,
        openText: nothing,
        insert: nothing,
        run: nothing,
        openInAtlas: nothing,
        askText: nothing,
        problem: (error) => assert.fail(String(error)),
        askChoice: nothing,
        close: () => undefined,
      },
      { accountId: 'a', ...ref },
    );
    await page.load();
    await settled();
  }
  const status = (): string | undefined => shown?.status?.endpoints[0]?.status.value;

  describe('about an endpoint service', () => {
    beforeEach(async () => {
      atlas.services = [service('s1', { endpointIds: ['vpce-1'] })];
      atlas.endpoints = [endpoint('vpce-1', { status: 'PENDING' })];
      await open({ kind: 'service', projectId: 'p1', provider: 'AWS', serviceId: 's1' });
    });
    const change = (): void => {
      atlas.endpoints = [endpoint('vpce-1', { status: 'AVAILABLE' })];
    };

    it('shows a change within one interval', async () => {
      assert.equal(status(), 'PENDING');
      change();
      await clock.advance(first);
      assert.equal(status(), 'AVAILABLE');
    });

    it('looks less often when nothing changes, and never less often than once in the longest interval', async () => {
      await clock.advance(3_600_000);
      atlas.calls.length = 0;
      await clock.advance(10 * longest);
      assert.equal(atlas.calls.filter((call) => call.startsWith('listClusters')).length, 10);
      change();
      await clock.advance(longest);
      assert.equal(status(), 'AVAILABLE');
    });

    it('asks for nothing while it is hidden, and at once when it is shown again', async () => {
      page.setVisible(false);
      atlas.calls.length = 0;
      change();
      await clock.advance(10 * longest);
      assert.deepEqual(atlas.calls, []);
      assert.equal(status(), 'PENDING');
      page.setVisible(true);
      await settled();
      assert.equal(status(), 'AVAILABLE');
    });

    const wait = (): PageState['steps'][number] | undefined => shown?.steps.find(({ id }) => id === 'wait');

    it('does not wait for an endpoint that Atlas knows by its id only, and says what to do', async () => {
      atlas.endpoints = [endpoint('vpce-1', { status: 'NONE' })];
      await clock.advance(first);
      assert.equal(wait()?.status, 'current');
      assert.match(wait()?.summary ?? '', /Nothing goes on by itself/);
      assert.deepEqual(
        wait()?.findings.flatMap(({ actions = [] }) => actions.map(({ action, subject }) => [action, subject])),
        [['remove-endpoint', 'vpce-1']],
      );
      atlas.calls.length = 0;
      await clock.advance(10 * longest);
      assert.deepEqual(atlas.calls, []);
    });

    it('looks for a while at an endpoint with a status that it does not know, and promises nothing', async () => {
      atlas.endpoints = [endpoint('vpce-1', { status: 'SOMETHING_NEW' })];
      await clock.advance(first);
      assert.doesNotMatch(wait()?.summary ?? '', /minutes|by itself/);
      await clock.advance(60 * longest);
      atlas.calls.length = 0;
      await clock.advance(60 * longest);
      assert.deepEqual(atlas.calls, [], 'not for ever');
      change();
      await page.receive({ type: 'do', step: 'wait' });
      assert.equal(status(), 'AVAILABLE');
    });

    it('goes on to look when a status that it does not know becomes one that moves', async () => {
      atlas.endpoints = [endpoint('vpce-1', { status: 'SOMETHING_NEW' })];
      await clock.advance(first);
      atlas.endpoints = [endpoint('vpce-1', { status: 'PENDING' })];
      await clock.advance(60 * longest);
      change();
      await clock.advance(longest);
      assert.equal(status(), 'AVAILABLE');
    });

    it('stops looking when nothing moves any more', async () => {
      change();
      await clock.advance(first);
      atlas.calls.length = 0;
      await clock.advance(10 * longest);
      assert.deepEqual(atlas.calls, []);
    });
  });

  it('does not call a service gone whose list could not be read', async () => {
    atlas.failing.set('listEndpointServices', 'ATLAS_SERVER_ERROR');
    await open({ kind: 'service', projectId: 'p1', provider: 'AWS', serviceId: 's1' });
    assert.ok(!shown?.notices.some(({ id }) => id === 'gone'));
    assert.notDeepEqual(shown?.steps, []);
    atlas.failing.clear();
    await page.receive({ type: 'action', action: 'refresh' });
    await settled();
    assert.ok(shown?.notices.some(({ id }) => id === 'gone'));
  });

  describe('about Data Federation', () => {
    const federated = (
      name: string,
      provider: 'AWS' | 'AZURE',
      ...endpointIds: readonly string[]
    ): FederatedDatabase => ({
      projectId: 'p1',
      name,
      state: 'ACTIVE',
      provider,
      hostnames: [],
      privateEndpointHostnames: endpointIds.map((endpointId) => ({ endpointId, hostname: `${endpointId}.sandbox` })),
    });
    const waiting = (): string | undefined => shown?.steps.find(({ id }) => id === 'wait')?.status;
    const strings = (): readonly string[] =>
      shown?.steps.flatMap(({ strings: all = [] }) =>
        all.flatMap(({ targets }) => targets.map(({ description }) => description)),
      ) ?? [];
    beforeEach(() => {
      atlas.dataFederationEndpoints = [
        { id: 'vpce-1', projectId: 'p1', provider: 'AWS', status: 'OK', type: 'DATA_LAKE' },
      ];
    });

    it('looks again until a federated database has its hostname, though the endpoint is available', async () => {
      atlas.federatedDatabases = [federated('Reports', 'AWS')];
      await open({ kind: 'federation', projectId: 'p1' });
      assert.equal(waiting(), 'waiting');
      assert.deepEqual(strings(), []);
      atlas.federatedDatabases = [federated('Reports', 'AWS', 'vpce-1')];
      await clock.advance(first);
      assert.deepEqual(strings(), ['vpce-1']);
      assert.equal(waiting(), 'done');
      atlas.calls.length = 0;
      await clock.advance(10 * longest);
      assert.deepEqual(atlas.calls, []);
    });

    it('knows the endpoint of a hostname by its id, however that is written', async () => {
      atlas.dataFederationEndpoints = [
        { id: '/subscriptions/A/pe', projectId: 'p1', provider: 'AZURE', status: 'OK', type: 'DATA_LAKE' },
      ];
      atlas.federatedDatabases = [federated('Reports', 'AZURE', '/subscriptions/a/pe')];
      await open({ kind: 'federation', projectId: 'p1' });
      assert.equal(waiting(), 'done');
      assert.equal(clock.waiting(), 0);
    });

    for (const [why, database] of [
      ['that is deleted', { ...federated('Reports', 'AWS'), state: 'DELETED' }],
      ['whose hostname has a label that tells no endpoint', federated('Reports', 'AWS', 'the one of the reports')],
    ] as const) {
      it(`does not wait for a federated database ${why}`, async () => {
        atlas.federatedDatabases = [database];
        await open({ kind: 'federation', projectId: 'p1' });
        assert.equal(waiting(), 'done');
        assert.equal(clock.waiting(), 0);
      });
    }

    it('does not wait for a federated database of another cloud', async () => {
      atlas.federatedDatabases = [federated('Reports', 'AZURE')];
      await open({ kind: 'federation', projectId: 'p1' });
      assert.equal(waiting(), 'done');
      assert.equal(clock.waiting(), 0);
    });
  });
});
