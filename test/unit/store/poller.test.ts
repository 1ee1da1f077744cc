import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import { createPoller, type Motion, type Poller } from '../../../src/store/poller';
import { cluster, createFakeAtlas, endpoint, service, type FakeAtlas } from './fake-atlas';
import { createFakeClock, settled, type FakeClock } from './fake-clock';

const p1 = { kind: 'project', projectId: 'p1' } as const;
const s1 = { kind: 'service', projectId: 'p1', provider: 'AWS', serviceId: 's1' } as const;

const motion: Motion = {
  service: (status) => status === 'INITIATING',
  endpoint: (_provider, status) => status === 'PENDING',
  serverlessEndpoint: (status) => status === 'INITIATING',
  federationEndpoint: (status) => status === 'PENDING',
  deployment: (state) => state === 'UPDATING',
};

describe('poller', () => {
  let atlas: FakeAtlas;
  let clock: FakeClock;
  let store: AtlasStore;
  let poller: Poller;

  beforeEach(() => {
    atlas = createFakeAtlas();
    clock = createFakeClock();
    store = createAtlasStore({
      apiOf: () => Promise.resolve(atlas.api),
      clock,
      logger: silentLogger,
      storageOf: () => undefined,
    });
    poller = createPoller(store, motion, clock);
    poller.setVisible(true);
  });
  afterEach(async () => {
    poller.dispose();
    await store.dispose();
    assert.equal(clock.waiting(), 0);
  });

  const openAll = async (): Promise<void> => {
    await store.ensure('a', p1);
    await store.ensure('a', s1);
    await settled();
    atlas.calls.length = 0;
  };

  it('asks nothing while nothing moves', async () => {
    atlas.services = [service('s1', { endpointIds: ['vpce-1'] })];
    atlas.endpoints = [endpoint('vpce-1')];
    await openAll();
    await clock.advance(3_600_000);
    assert.deepEqual(atlas.calls, []);
  });

  it('follows an endpoint until it is available, then stops', async () => {
    atlas.services = [service('s1', { endpointIds: ['vpce-1'] })];
    atlas.endpoints = [endpoint('vpce-1', { status: 'PENDING' })];
    await openAll();
    await clock.advance(5_000);
    assert.ok(atlas.calls.includes('getEndpoint p1 AWS s1 vpce-1'));
    atlas.endpoints = [endpoint('vpce-1')];
    await clock.advance(7_500);
    assert.equal(store.known<'service'>('a', s1).value?.endpoints[0]?.status, 'AVAILABLE');
    assert.deepEqual(poller.watching(), []);
    atlas.calls.length = 0;
    await clock.advance(3_600_000);
    assert.deepEqual(atlas.calls, []);
  });

  describe('strings through an endpoint that has become available', () => {
    const through = (endpointId: string) =>
      cluster('Cluster0', {
        strings: {
          privateEndpoint: [{ type: 'MONGOD', endpoints: [{ endpointId, provider: 'AWS', region: 'US_EAST_1' }] }],
        },
      });
    const stringCount = () => store.known<'project'>('a', p1).value?.clusters[0]?.strings.privateEndpoint.length;
    const reads = (): number => atlas.calls.filter((call) => call === 'listClusters p1').length;

    /** The endpoint is available, and the cluster idle and without strings. */
    const arrive = async (idle = cluster('Cluster0')): Promise<void> => {
      atlas.services = [service('s1', { endpointIds: ['vpce-1'] })];
      atlas.endpoints = [endpoint('vpce-1', { status: 'PENDING' })];
      atlas.clusters = [idle];
      await openAll();
      atlas.endpoints = [endpoint('vpce-1')];
      await clock.advance(5_000);
      assert.equal(store.known<'service'>('a', s1).value?.endpoints[0]?.status, 'AVAILABLE');
      assert.equal(reads(), 1);
    };
    const asksNothingMore = async (): Promise<void> => {
      assert.deepEqual(poller.watching(), []);
      atlas.calls.length = 0;
      await clock.advance(3_600_000);
      assert.deepEqual(atlas.calls, []);
    };

    it('are found when the cluster is idle for a while before it is updated', async () => {
      await arrive();
      await clock.advance(90_000);
      assert.equal(stringCount(), 0);
      atlas.clusters = [cluster('Cluster0', { state: 'UPDATING' })];
      await clock.advance(60_000);
      assert.equal(store.known<'project'>('a', p1).value?.clusters[0]?.state, 'UPDATING');
      const before = reads();
      await clock.advance(600_000);
      assert.equal(reads(), before, 'only the cluster is asked for while it is updated');
      atlas.clusters = [through('vpce-1')];
      await clock.advance(60_000);
      assert.equal(stringCount(), 1);
      await asksNothingMore();
    });

    it('are found when the cluster was never seen to be updated', async () => {
      await arrive();
      await clock.advance(240_000);
      atlas.clusters = [through('vpce-1')];
      await clock.advance(60_000);
      assert.equal(stringCount(), 1);
      await asksNothingMore();
    });

    it('are not waited for for ever', async () => {
      await arrive();
      await clock.advance(420_000);
      assert.notDeepEqual(poller.watching(), [], 'for minutes they are');
      await clock.advance(420_000);
      assert.ok(reads() <= 16, `${reads()} readings`);
      await asksNothingMore();
    });

    it('are not waited for where none come', async () => {
      const place = (region: string) => ({ provider: 'AWS', region, nodeCount: 3 }) as const;
      await arrive(cluster('Cluster0', { regions: [place('US_EAST_1'), place('EU_WEST_1')] }));
      await asksNothingMore();
    });

    it('are not waited for when the endpoint is gone, nor for an account that is forgotten', async () => {
      await arrive();
      assert.equal(poller.watching().length, 1);
      atlas.services = [service('s1')];
      await clock.advance(10_000);
      assert.deepEqual(poller.watching(), []);
      await store.forget('a');
      await arrive();
      await store.forget('a');
      await asksNothingMore();
      assert.deepEqual(store.elements(), []);
    });
  });

  it('asks only for the endpoints that move', async () => {
    const ids = ['vpce-1', 'vpce-2', 'vpce-3'];
    atlas.services = [service('s1', { endpointIds: ids })];
    atlas.endpoints = ids.map((id) => endpoint(id, id === 'vpce-2' ? { status: 'PENDING' } : {}));
    await openAll();
    await clock.advance(20_000);
    assert.deepEqual([...new Set(atlas.calls)], ['getEndpoint p1 AWS s1 vpce-2']);
  });

  it('waits longer and longer, and starts anew when a status changes', async () => {
    atlas.clusters = [cluster('Cluster0', { state: 'UPDATING' })];
    await openAll();
    const at: number[] = [];
    const begin = clock.now();
    const count = (): number => atlas.calls.filter((call) => call === 'getCluster p1 Cluster0').length;
    for (let seconds = 0; seconds < 300; seconds += 1) {
      const before = count();
      await clock.advance(1_000);
      if (count() > before) at.push((clock.now() - begin) / 1_000);
    }
    const waits = at.map((time, index) => time - (at[index - 1] ?? 0));
    assert.equal(waits[0], 5);
    assert.ok(
      waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0) - 1),
      `waits grow: ${waits.join()}`,
    );
    assert.ok((waits.at(-1) ?? 0) >= 55 && Math.max(...waits) <= 61, `they end at a minute: ${waits.join()}`);
  });

  it('asks nothing while the view is hidden', async () => {
    atlas.services = [service('s1', { status: 'INITIATING' })];
    await openAll();
    poller.setVisible(false);
    await clock.advance(600_000);
    assert.deepEqual(atlas.calls, []);
    poller.setVisible(true);
    await clock.advance(5_000);
    assert.ok(atlas.calls.length > 0);
  });

  it('goes on after a failed answer', async () => {
    atlas.clusters = [cluster('Cluster0', { state: 'UPDATING' })];
    await openAll();
    atlas.failing.set('getCluster', 'ATLAS_SERVER_ERROR');
    await clock.advance(60_000);
    atlas.failing.clear();
    atlas.clusters = [cluster('Cluster0')];
    await clock.advance(120_000);
    assert.equal(store.known<'project'>('a', p1).value?.clusters[0]?.state, 'IDLE');
    assert.deepEqual(poller.watching(), []);
  });

  it('takes a service that is gone at Atlas off the list, and stops', async () => {
    atlas.services = [service('s1', { status: 'INITIATING' })];
    await openAll();
    atlas.services = [];
    await clock.advance(60_000);
    assert.deepEqual(store.known<'project'>('a', p1).value?.services.AWS, []);
    assert.deepEqual(poller.watching(), []);
    const reads = atlas.calls.filter((call) => call === 'listClusters p1');
    assert.equal(reads.length, 1, 'the project is read once');
    atlas.calls.length = 0;
    await clock.advance(3_600_000);
    assert.deepEqual(atlas.calls, []);
  });

  it('asks nothing more for an account that is forgotten', async () => {
    atlas.clusters = [cluster('Cluster0', { state: 'UPDATING' })];
    atlas.services = [service('s1', { status: 'INITIATING', endpointIds: ['vpce-1'] })];
    atlas.endpoints = [endpoint('vpce-1', { status: 'PENDING' })];
    await openAll();
    assert.equal(poller.watching().length, 3);
    await store.forget('a');
    await clock.advance(600_000);
    assert.deepEqual(poller.watching(), []);
    assert.deepEqual(atlas.calls, []);
    assert.deepEqual(store.elements(), [], 'nor is it known again');
  });

  it('asks nothing more for an account that is forgotten while it asks', async () => {
    atlas.clusters = [cluster('Cluster0', { state: 'UPDATING' })];
    atlas.services = [service('s1', { status: 'INITIATING', endpointIds: ['vpce-1'] })];
    atlas.endpoints = [endpoint('vpce-1', { status: 'PENDING' })];
    await openAll();
    atlas.hold();
    await clock.advance(5_000);
    await store.forget('a');
    atlas.failing.set('getCluster', 'ATLAS_UNREACHABLE');
    atlas.release();
    await clock.advance(600_000);
    assert.deepEqual(poller.watching(), []);
    assert.deepEqual(store.elements(), []);
  });
});
