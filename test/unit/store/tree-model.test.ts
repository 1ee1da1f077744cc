import assert from 'node:assert/strict';
import type { Account } from '../../../src/accounts/account';
import { silentLogger } from '../../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import { refKey } from '../../../src/store/element';
import {
  childrenOf,
  createElementTable,
  pageOfRows,
  viewStateOf,
  type ElementTable,
  type TreeState,
} from '../../../src/ui/tree/children';
import { refOf, type TreeElement } from '../../../src/ui/tree/elements';
import { shortId } from '../../../src/ui/tree/drafts';
import { lookOf } from '../../../src/ui/tree/look';
import { webAddressOf } from '../../../src/ui/tree/web-address';
import { cluster, createFakeAtlas, endpoint, project, service, type FakeAtlas } from './fake-atlas';
import { createFakeClock, settled, type FakeClock } from './fake-clock';

const work: Account = { id: 'a', label: 'Work', kind: 'service-account', baseUrl: 'https://cloud.mongodb.com' };

describe('tree', () => {
  let atlas: FakeAtlas;
  let clock: FakeClock;
  let store: AtlasStore;
  let table: ElementTable;
  let accounts: Account[];
  let filter: string;
  let shown: Map<string, number>;
  const state: TreeState = {
    accounts: () => accounts,
    known: (accountId, ref) => store.known(accountId, ref),
    get filter() {
      return filter;
    },
    shownBelow: (id) => shown.get(id) ?? pageOfRows,
  };

  beforeEach(() => {
    atlas = createFakeAtlas();
    clock = createFakeClock();
    store = createAtlasStore({
      apiOf: () => Promise.resolve(atlas.api),
      clock,
      logger: silentLogger,
      storageOf: () => undefined,
    });
    table = createElementTable();
    accounts = [work];
    filter = '';
    shown = new Map();
  });
  afterEach(() => store.dispose());

  /** Opens an element as the view does: loads, then asks for its rows. */
  const open = async (element: TreeElement | undefined): Promise<readonly TreeElement[]> => {
    const ref = element === undefined ? undefined : refOf(element);
    if (element !== undefined && ref !== undefined) await store.ensure(element.accountId, ref);
    await settled();
    return childrenOf(state, table, element);
  };
  /** Follows labels down from the top. */
  const path = async (...labels: readonly string[]): Promise<TreeElement> => {
    let element: TreeElement | undefined;
    for (const label of labels) {
      const rows = await open(element);
      const found = rows.find((row) => look(row).label === label);
      assert.ok(found, `${label} among ${rows.map((row) => look(row).label).join(', ')}`);
      element = found;
    }
    assert.ok(element);
    return element;
  };
  const look = (element: TreeElement) => lookOf(state, element, clock.now());
  const labels = async (element: TreeElement | undefined): Promise<readonly string[]> =>
    (await open(element)).map((row) => look(row).label);
  const branches = ['Work', 'Sandbox Organization', 'Project p1'];

  it('leads from the account to the interface endpoint', async () => {
    atlas.services = [service('s1', { endpointIds: ['vpce-1'] })];
    atlas.endpoints = [endpoint('vpce-1')];
    assert.deepEqual(await labels(await path(...branches)), [
      'Clusters',
      'Endpoint services',
      'Data Federation & Online Archive',
    ]);
    const element = await path(...branches, 'Endpoint services', 'AWS us-east-1', 'vpce-1');
    assert.equal(element.kind, 'endpoint');
  });

  it('gives the same element and id to the same thing, also after a refresh', async () => {
    atlas.clusters = [cluster('Cluster0')];
    const before = await path(...branches, 'Clusters', 'Cluster0');
    await store.refresh('a', { kind: 'project', projectId: 'p1' });
    const after = await path(...branches, 'Clusters', 'Cluster0');
    assert.equal(after, before);
    assert.equal(after.id, 'account/a/organization/org/project/p1/clusters/deployment/dedicated/Cluster0');
  });

  it('has one id for one row', async () => {
    atlas.clusters = [cluster('Same'), cluster('Same', { kind: 'flex' }), cluster('Same', { kind: 'flex' })];
    const rows = await open(await path(...branches, 'Clusters'));
    assert.equal(rows.length, 2);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 2);
  });

  it('says beside the rows that can be read how many cannot, and not that there is none', async () => {
    atlas.clusters = [cluster('Cluster0'), cluster('Serverless0', { kind: 'serverless' })];
    atlas.unread.set('listClusters', 2).set('listEndpointServices', 1).set('listServerlessEndpoints', 1);
    assert.deepEqual(await labels(await path(...branches, 'Clusters')), [
      'Clusters: 2 could not be read (field "id")',
      'Cluster0',
      'Serverless0',
    ]);
    assert.deepEqual(await labels(await path(...branches, 'Endpoint services')), [
      'AWS endpoint services: 1 could not be read (field "id")',
      'Azure endpoint services: 1 could not be read (field "id")',
      'Google Cloud endpoint services: 1 could not be read (field "id")',
    ]);
    const [row, ...others] = await open(await path(...branches, 'Clusters', 'Serverless0'));
    assert.ok(row?.kind === 'retry' && others.length === 0);
    assert.equal(look(row).description, 'Elements of a list from Atlas that cannot be read: 1 (p1)');
  });

  it('tells every status by icon, color and word, to eyes and to a screen reader', async () => {
    atlas.services = [
      service('s1', { status: 'INITIATING' }),
      service('s2', { status: 'FAILED', region: 'EU_WEST_1' }),
    ];
    const moving = look(await path(...branches, 'Endpoint services', 'AWS us-east-1'));
    const failed = look(await path(...branches, 'Endpoint services', 'AWS eu-west-1'));
    for (const one of [moving, failed]) {
      assert.notEqual(one.color, undefined);
      assert.ok(one.accessibleLabel.includes(one.description?.split(' · ')[0] ?? 'no description'));
    }
    assert.notEqual(moving.icon, failed.icon);
    assert.notEqual(moving.color, failed.color);
    assert.notEqual(moving.description, failed.description);
    assert.match(failed.tooltip, /failure in the system/i);
  });

  it('leaves room for the word of a status in a narrow side bar', () => {
    const ids = {
      'vpce-0123456789abcdef0': 'vpce-…bcdef0',
      '5f1a2b3c4d5e6f7a8b9c0d1e': '5f1a2b3c…c0d1e',
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/orders-endpoint':
        'orders-e…point',
      'orders-group-1': 'orders-group-1',
    };
    for (const [id, short] of Object.entries(ids)) assert.equal(shortId(id), short);
  });

  it('shows a status that Atlas invents later as it is', async () => {
    atlas.services = [service('s1', { status: 'TELEPORTING' })];
    const { description } = look(await path(...branches, 'Endpoint services', 'AWS us-east-1'));
    assert.match(description ?? '', /TELEPORTING/);
  });

  it('says why shared tiers and Flex have no endpoint', async () => {
    atlas.clusters = [
      cluster('Free', { kind: 'shared', tier: 'M0' }),
      cluster('Flexible', { kind: 'flex', tier: 'FLEX' }),
    ];
    for (const name of ['Free', 'Flexible']) {
      const one = look(await path(...branches, 'Clusters', name));
      assert.match(one.description ?? '', /no private endpoint/);
      assert.match(one.tooltip, /M10/);
    }
  });

  it('shows endpoints of serverless instances below them', async () => {
    atlas.serverless = [cluster('Less', { kind: 'serverless', tier: 'SERVERLESS' })];
    atlas.serverlessEndpoints = [
      { id: 'e1', projectId: 'p1', instanceName: 'Less', provider: 'AWS', status: 'AVAILABLE' },
    ];
    assert.deepEqual(await labels(await path(...branches, 'Clusters', 'Less')), ['e1']);
  });

  it('keeps its rows when a refresh fails, and says how old they are', async () => {
    const account = await path('Work');
    await open(account);
    atlas.failing.set('listProjects', 'ATLAS_UNREACHABLE');
    await clock.advance(10 * 60_000);
    await store.refresh('a', { kind: 'directory' });
    const rows = await labels(account);
    assert.deepEqual(rows, ['Try Again', 'Sandbox Organization']);
    assert.match(look(account).description ?? '', /10 min/);
  });

  it('has a row to try again where nothing is known, with the words of the problem', async () => {
    atlas.failing.set('listProjects', 'ATLAS_SIGN_IN_REFUSED');
    const [retry, ...rest] = await open(await path('Work'));
    assert.ok(retry);
    assert.equal(retry.kind, 'retry');
    assert.deepEqual(rest, []);
    assert.ok((look(retry).description ?? '').length > 10);
    atlas.failing.clear();
    await store.refresh('a', { kind: 'directory' });
    assert.deepEqual(await labels(await path('Work')), ['Sandbox Organization']);
  });

  it('shows long levels by pages', async () => {
    atlas.projects = Array.from({ length: 1200 }, (_, index) => project(`p${String(index)}`));
    const organization = await path('Work', 'Sandbox Organization');
    const rows = await open(organization);
    assert.equal(rows.length, pageOfRows + 1);
    assert.equal(rows.at(-1)?.kind, 'more');
    shown.set(organization.id, 2 * pageOfRows);
    assert.equal((await open(organization)).length, 2 * pageOfRows + 1);
    shown.set(organization.id, 3 * pageOfRows);
    assert.equal((await open(organization)).length, 1200);
  });

  it('filters projects by name, id, and clusters that are known', async () => {
    atlas.projects = [project('p1', { name: 'Payments' }), project('p2', { name: 'Search' })];
    atlas.clusters = [cluster('Ledger')];
    await store.ensure('a', { kind: 'project', projectId: 'p1' });
    for (const text of ['pay', 'LEDG', 'p1']) {
      filter = text;
      assert.deepEqual(await labels(await path('Work', 'Sandbox Organization')), ['Payments'], text);
    }
    filter = 'nothing of the kind';
    const [note, ...rest] = await open(await path('Work'));
    assert.equal(note?.kind, 'note');
    assert.deepEqual(rest, []);
  });

  it('is empty for its welcome views only', async () => {
    accounts = [];
    assert.equal(viewStateOf(state), 'noAccount');
    assert.deepEqual(await open(undefined), []);
    accounts = [work];
    assert.equal(viewStateOf(state), 'ready');
    for (const code of ['ATLAS_UNREACHABLE', 'ATLAS_TIMEOUT'] as const) {
      atlas.failing.set('listProjects', code);
      await store.refresh('a', { kind: 'directory' });
      assert.equal(viewStateOf(state), 'offline', code);
      assert.deepEqual(await open(undefined), []);
    }
    // Each of these has an answer, which the row tells.
    for (const code of ['ATLAS_REPLY_UNREADABLE', 'ATLAS_SERVER_ERROR', 'ATLAS_SIGN_IN_REFUSED'] as const) {
      atlas.failing.set('listProjects', code);
      await store.refresh('a', { kind: 'directory' });
      assert.equal(viewStateOf(state), 'ready', code);
    }
    atlas.failing.clear();
    atlas.projects = [];
    atlas.organizations = [];
    await store.refresh('a', { kind: 'directory' });
    assert.equal(viewStateOf(state), 'noProjects');
    assert.deepEqual(await open(undefined), []);
  });

  it('marks everything of the sandbox', async () => {
    accounts = [{ id: 'sandbox', label: 'Sandbox', kind: 'sandbox', baseUrl: '' }];
    const account = await path('Sandbox');
    assert.match(look(account).description ?? '', /sandbox/);
    const tags = look(await path('Sandbox', 'Sandbox Organization')).tags;
    assert.match(tags, /;sandbox;/);
    assert.doesNotMatch(tags, /;web;/);
  });

  it('takes names from Atlas for text, never for markup', async () => {
    atlas.projects = [project('p1', { name: '[x](command:evil) <img src=x> $(bug)' })];
    const [row] = await open(await path('Work', 'Sandbox Organization'));
    assert.ok(row);
    assert.doesNotMatch(look(row).tooltip, /\]\(command|(?<!\\)<img|(?<!\\)\$\(/);
  });

  it('has tags that menus can match', async () => {
    atlas.clusters = [
      cluster('Cluster0', {
        strings: { privateEndpoint: [{ type: 'MONGOD', endpoints: [], srv: 'mongodb+srv://c-pl-0.example.net' }] },
      }),
    ];
    const { tags } = look(await path(...branches, 'Clusters', 'Cluster0'));
    for (const tag of ['type=deployment', 'cluster=dedicated', 'string', 'refreshable', 'web', 'id']) {
      assert.ok(tags.includes(`;${tag};`), `${tag} in ${tags}`);
    }
  });

  it('offers the string of an endpoint where a cluster has one through it', async () => {
    const endpoints = [{ endpointId: 'vpce-1', provider: 'AWS', region: 'US_EAST_1' } as const];
    atlas.services = [service('s1', { endpointIds: ['vpce-1', 'vpce-2'] })];
    atlas.endpoints = [endpoint('vpce-1'), endpoint('vpce-2')];
    atlas.clusters = [cluster('Cluster0', { strings: { privateEndpoint: [{ type: 'MONGOD', endpoints, srv: 's' }] } })];
    const services = [...branches, 'Endpoint services', 'AWS us-east-1'] as const;
    assert.match(look(await path(...services, 'vpce-1')).tags, /;string;/);
    assert.doesNotMatch(look(await path(...services, 'vpce-2')).tags, /;string;/);
  });

  it('opens the right page of Atlas', async () => {
    const element = await path(...branches, 'Endpoint services');
    assert.equal(
      webAddressOf('https://cloud.mongodb.com/', element),
      'https://cloud.mongodb.com/v2/p1#/security/network/privateEndpoint',
    );
  });

  it('has a key of its own for every reference', () => {
    const keys = [
      refKey({ kind: 'directory' }),
      refKey({ kind: 'project', projectId: 'p' }),
      refKey({ kind: 'archives', projectId: 'p' }),
      refKey({ kind: 'serverless', projectId: 'p', instanceName: 'a/b' }),
      refKey({ kind: 'service', projectId: 'p', provider: 'AWS', serviceId: 's' }),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});
