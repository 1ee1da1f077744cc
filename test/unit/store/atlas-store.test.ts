import assert from 'node:assert/strict';
import { silentLogger } from '../../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import { refKey } from '../../../src/store/element';
import type { SnapshotStorage } from '../../../src/store/snapshot';
import { cluster, createFakeAtlas, endpoint, project, service, type FakeAtlas } from './fake-atlas';
import { createFakeClock, settled, type FakeClock } from './fake-clock';

const directory = { kind: 'directory' } as const;
const p1 = { kind: 'project', projectId: 'p1' } as const;
const s1 = { kind: 'service', projectId: 'p1', provider: 'AWS', serviceId: 's1' } as const;

describe('store', () => {
  let atlas: FakeAtlas;
  let clock: FakeClock;
  let file: string | undefined;
  let store: AtlasStore;
  const storage: SnapshotStorage = {
    read: () => Promise.resolve(file),
    write: (text) => {
      file = text;
      return Promise.resolve();
    },
    delete: () => {
      file = undefined;
      return Promise.resolve();
    },
  };
  const open = (): AtlasStore =>
    createAtlasStore({
      apiOf: () => Promise.resolve(atlas.api),
      clock,
      logger: silentLogger,
      storageOf: () => storage,
    });

  beforeEach(() => {
    atlas = createFakeAtlas();
    clock = createFakeClock();
    file = undefined;
    store = open();
  });
  afterEach(() => store.dispose());

  it('shows the first page before the last one is there', async () => {
    atlas.projects = Array.from({ length: 1200 }, (_, index) => project(`p${String(index)}`));
    const sizes: number[] = [];
    store.onDidChange(() => {
      const known = store.known<'directory'>('a', directory).value;
      if (known !== undefined && sizes.at(-1) !== known.projects.length) sizes.push(known.projects.length);
    });
    await store.ensure('a', directory);
    await settled();
    assert.deepEqual(sizes, [500, 1000, 1200]);
    assert.equal(store.known<'directory'>('a', directory).value?.complete, true);
    assert.equal(atlas.calls.filter((call) => call.startsWith('listProjects')).length, 3);
  });

  it('shows what can be read of a list, and says in the log once that there is more', async () => {
    const lines: string[] = [];
    const logger = { ...silentLogger, warn: (line: string): void => void lines.push(line) };
    await store.dispose();
    store = createAtlasStore({ apiOf: () => Promise.resolve(atlas.api), clock, logger, storageOf: () => undefined });
    atlas.clusters = [cluster('Cluster0')];
    atlas.unread.set('listClusters', 10_000);
    for (const time of ['first', 'second', 'third']) {
      await store.refresh('a', p1);
      const { value } = store.known<'project'>('a', p1);
      assert.deepEqual(value?.clusters, atlas.clusters, time);
      assert.deepEqual(
        value.missing.map(({ part, problem }) => [part, problem.parameters.count]),
        [['clusters', '10000']],
      );
    }
    assert.deepEqual(lines, ['project/p1: ATLAS_LIST_INCOMPLETE 10000 of p1 ()']);
    atlas.clusters = [];
    await store.refresh('a', p1);
    assert.equal(store.known<'project'>('a', p1).value?.clusters.length, 1, 'what was known, as nothing can be read');
    atlas.unread.clear();
    await store.refresh('a', p1);
    assert.deepEqual(store.known<'project'>('a', p1).value?.missing, []);
  });

  it('shows no fewer rows while a long list is read again', async () => {
    atlas.projects = Array.from({ length: 1200 }, (_, index) => project(`p${String(index)}`));
    await store.ensure('a', directory);
    await settled();
    const sizes = new Set<number | undefined>();
    store.onDidChange(() => sizes.add(store.known<'directory'>('a', directory).value?.projects.length));
    await store.refresh('a', directory);
    assert.deepEqual([...sizes], [1200]);
  });

  it('names organizations by their ids when the roles do not allow to list them', async () => {
    atlas.failing.set('listOrganizations', 'ATLAS_FORBIDDEN');
    await store.ensure('a', directory);
    assert.deepEqual(store.known<'directory'>('a', directory).value?.organizations, [{ id: 'org', name: 'org' }]);
  });

  it('opens a project with one round of parallel calls', async () => {
    atlas.hold();
    const opened = store.ensure('a', p1);
    await settled();
    assert.equal(atlas.calls.length, 9, 'all calls are under way before the first answer');
    atlas.release();
    await opened;
    assert.equal(atlas.calls.length, 9);
  });

  it('asks once when several want the same at the same time', async () => {
    atlas.hold();
    const all = Promise.all([store.ensure('a', p1), store.refresh('a', p1), store.refresh('a', p1)]);
    await settled();
    atlas.release();
    await all;
    assert.equal(atlas.calls.filter((call) => call === 'listClusters p1').length, 1);
  });

  it('asks again about what was changed while a question is under way, once for all who want it', async () => {
    atlas.hold();
    const before = store.ensure('a', p1);
    await settled();
    const after = Promise.all([store.refreshChanged('a', p1), store.refreshChanged('a', p1)]);
    atlas.release();
    await before;
    atlas.clusters = [cluster('Changed')];
    await after;
    assert.equal(atlas.calls.filter((call) => call === 'listClusters p1').length, 2);
    assert.equal(store.known<'project'>('a', p1).value?.clusters[0]?.name, 'Changed');
  });

  it('keeps the last good state when a refresh fails, with its time and the reason', async () => {
    atlas.clusters = [cluster('Cluster0')];
    await store.ensure('a', p1);
    const asOf = clock.now();
    await clock.advance(60_000);
    for (const { name } of [...atlas.calls].map((call) => ({ name: call.split(' ')[0] ?? '' }))) {
      atlas.failing.set(name, 'ATLAS_UNREACHABLE');
    }
    await store.refresh('a', p1);
    const known = store.known<'project'>('a', p1);
    assert.equal(known.value?.clusters[0]?.name, 'Cluster0');
    assert.equal(known.asOf, asOf);
    assert.equal(known.problem?.code, 'ATLAS_UNREACHABLE');
    atlas.failing.clear();
    await store.refresh('a', p1);
    assert.equal(store.known<'project'>('a', p1).problem, undefined);
  });

  it('keeps the older list of a part that fails, and names the part', async () => {
    atlas.services = [service('s1')];
    await store.ensure('a', p1);
    atlas.failing.set('listEndpointServices', 'ATLAS_FORBIDDEN');
    await store.refresh('a', p1);
    const value = store.known<'project'>('a', p1).value;
    assert.deepEqual(
      value?.services.AWS.map(({ id }) => id),
      ['s1'],
    );
    assert.deepEqual(
      value.missing.map(({ part }) => part),
      ['AWS', 'AZURE', 'GCP'],
    );
  });

  it('takes serverless instances that Atlas no longer knows for none', async () => {
    atlas.failing.set('listServerlessInstances', 'ATLAS_NOT_FOUND');
    await store.ensure('a', p1);
    assert.deepEqual(store.known<'project'>('a', p1).value?.missing, []);
  });

  it('says that a project is gone', async () => {
    atlas.failing.set('listClusters', 'ATLAS_NOT_FOUND');
    await store.ensure('a', p1);
    assert.equal(store.known<'project'>('a', p1).problem?.code, 'ATLAS_NOT_FOUND');
  });

  it('opens a service with one call for each endpoint and none for the service', async () => {
    atlas.services = [service('s1', { endpointIds: ['vpce-1', 'vpce-2'] })];
    atlas.endpoints = [endpoint('vpce-1'), endpoint('vpce-2', { status: 'PENDING' })];
    await store.ensure('a', p1);
    atlas.calls.length = 0;
    await store.ensure('a', s1);
    assert.deepEqual(atlas.calls, ['getEndpoint p1 AWS s1 vpce-1', 'getEndpoint p1 AWS s1 vpce-2']);
    const value = store.known<'service'>('a', s1).value;
    assert.deepEqual(
      value?.endpoints.map(({ id, status }) => [id, status]),
      [
        ['vpce-1', 'AVAILABLE'],
        ['vpce-2', 'PENDING'],
      ],
    );
  });

  it('reads an opened service again when its project lists other endpoints', async () => {
    atlas.services = [service('s1')];
    await store.ensure('a', p1);
    await store.ensure('a', s1);
    atlas.services = [service('s1', { endpointIds: ['vpce-1'] })];
    atlas.endpoints = [endpoint('vpce-1')];
    await store.refresh('a', p1);
    await settled();
    assert.equal(store.known<'service'>('a', s1).value?.endpoints.length, 1);
  });

  it('asks for single endpoints of a service, and keeps what is known of the others', async () => {
    atlas.services = [service('s1', { endpointIds: ['vpce-1', 'vpce-2', 'vpce-3'] })];
    atlas.endpoints = [endpoint('vpce-1'), endpoint('vpce-2', { status: 'PENDING' }), endpoint('vpce-3')];
    await store.ensure('a', p1);
    await store.refreshEndpoints('a', s1, ['vpce-2']);
    assert.deepEqual(
      atlas.calls.filter((call) => call.startsWith('getEndpoint ')),
      ['getEndpoint p1 AWS s1 vpce-2'],
    );
    const statuses = () => store.known<'service'>('a', s1).value?.endpoints.map(({ id, status }) => `${id} ${status}`);
    assert.deepEqual(statuses(), ['vpce-2 PENDING']);

    await store.ensure('a', s1);
    await settled();
    assert.deepEqual(statuses(), ['vpce-1 AVAILABLE', 'vpce-2 PENDING', 'vpce-3 AVAILABLE']);
    atlas.endpoints = [endpoint('vpce-2')];
    await store.refreshEndpoints('a', s1, ['vpce-2', 'vpce-3']);
    assert.deepEqual(statuses(), ['vpce-1 AVAILABLE', 'vpce-2 AVAILABLE'], 'one that is gone is left out');
  });

  it('refreshes one deployment with one call', async () => {
    atlas.clusters = [cluster('Cluster0', { state: 'UPDATING' }), cluster('Other')];
    await store.ensure('a', p1);
    atlas.calls.length = 0;
    const before = cluster('Cluster0', { state: 'UPDATING' });
    atlas.clusters = [cluster('Cluster0'), cluster('Other')];
    await store.refreshDeployment('a', before);
    assert.deepEqual(atlas.calls, ['getCluster p1 Cluster0']);
    assert.deepEqual(
      store.known<'project'>('a', p1).value?.clusters.map(({ state }) => state),
      ['IDLE', 'IDLE'],
    );
  });

  it('does not ask again by itself after a failure', async () => {
    atlas.failing.set('listProjects', 'ATLAS_SIGN_IN_REFUSED');
    await store.ensure('a', directory);
    const count = atlas.calls.length;
    await store.ensure('a', directory);
    assert.equal(atlas.calls.length, count);
    assert.equal(store.known<'directory'>('a', directory).problem?.code, 'ATLAS_SIGN_IN_REFUSED');
  });

  it('shows what a window before knew at once, then asks', async () => {
    atlas.clusters = [cluster('Cluster0')];
    await store.ensure('a', p1);
    await store.dispose();
    store = open();
    atlas.hold();
    await store.ensure('a', p1);
    assert.equal(store.known<'project'>('a', p1).value?.clusters[0]?.name, 'Cluster0');
    assert.equal(store.known<'project'>('a', p1).loading, true);
    atlas.release();
    await settled();
    assert.equal(store.known<'project'>('a', p1).loading, false);
  });

  it('starts empty when a stored snapshot is damaged', async () => {
    file = '{"version":1,"entries":[{"ref"';
    await store.ensure('a', p1);
    assert.equal(store.known<'project'>('a', p1).value?.clusters.length, 0);
  });

  it('leaves out what is damaged in a snapshot that can be read', async () => {
    file = '{"version":1,"entries":[null,{"ref":null,"asOf":1},7]}';
    await store.ensure('a', p1);
    assert.equal(store.known<'project'>('a', p1).value?.clusters.length, 0);
  });

  it('forgets an account: what is known, what is stored, and what is under way', async () => {
    await store.ensure('a', p1);
    await clock.advance(5_000);
    assert.notEqual(file, undefined);
    await store.refresh('a', p1);
    assert.equal(clock.waiting(), 1, 'another write waits');
    atlas.hold();
    const late = store.refresh('a', p1);
    await settled();
    await store.forget('a');
    assert.equal(clock.waiting(), 0, 'and is not made');
    atlas.release();
    await late;
    await clock.advance(5_000);
    assert.equal(file, undefined);
    assert.deepEqual(store.known<'project'>('a', p1), { loading: false });
    assert.deepEqual(store.elements(), []);
  });

  it('writes nothing of an account that another window has signed out of', async () => {
    let isSignedIn = true;
    const own = createAtlasStore({
      apiOf: () => Promise.resolve(atlas.api),
      clock,
      logger: silentLogger,
      storageOf: () => storage,
      isKept: () => isSignedIn,
    });
    await own.ensure('a', p1);
    isSignedIn = false;
    await clock.advance(5_000);
    assert.equal(file, undefined);
    await own.ensure('a', directory);
    await own.dispose();
    assert.equal(file, undefined);
  });

  it('tells that what was known of a forgotten account is gone', async () => {
    await store.ensure('a', { kind: 'directory' });
    await store.ensure('a', p1);
    await settled();
    const gone: string[] = [];
    const stop = store.onDidChange(({ ref }) => gone.push(refKey(ref)));
    await store.forget('a');
    stop();
    assert.deepEqual(gone.sort(), ['directory', 'project/p1']);
  });

  it('leaves no timer behind', async () => {
    await store.ensure('a', p1);
    await store.dispose();
    assert.equal(clock.waiting(), 0);
  });
});
