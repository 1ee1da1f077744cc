import assert from 'node:assert/strict';
import type { Account } from '../../../src/accounts/account';
import { silentLogger } from '../../../src/core/logger';
import { problemOf } from '../../../src/core/problem';
import { createAtlasStore } from '../../../src/store/atlas-store';
import type { Choice, Prompts } from '../../../src/ui/prompts/prompts';
import { askDeployment, askProject, type Place, type PlacePorts } from '../../../src/ui/strings/place-questions';
import { cluster, createFakeAtlas, project, type FakeAtlas } from '../store/fake-atlas';
import { createFakeClock, settled, type FakeClock } from '../store/fake-clock';

const account: Account = { id: 'a', label: 'Work', kind: 'service-account', baseUrl: 'https://atlas.invalid' };
const hour = 3_600_000;
const step = { title: 'Copy Connection String' };
const privateString = {
  privateEndpoint: [{ type: 'MONGOD', srv: 'mongodb+srv://c1-pl-0.ab1cd.mongodb.net', endpoints: [] }],
};

describe('questions for a place in Atlas', () => {
  let atlas: FakeAtlas;
  let clock: FakeClock;
  let ports: PlacePorts;
  let answers: readonly Choice<unknown>[][];

  beforeEach(() => {
    atlas = createFakeAtlas();
    clock = createFakeClock();
    answers = [];
    const prompts: Partial<Prompts> = {
      pick: async ({ choices }) => {
        const offered = await choices;
        answers = [...answers, [...offered]];
        return offered.find(({ separator, unavailable }) => separator !== true && unavailable !== true)?.value;
      },
    };
    ports = {
      prompts: prompts as Prompts,
      accounts: { list: () => [account], get: () => account } as unknown as PlacePorts['accounts'],
      store: createAtlasStore({
        apiOf: () => Promise.resolve(atlas.api),
        clock,
        logger: silentLogger,
        storageOf: () => undefined,
      }),
      clock,
      recent: { last: () => undefined, remember: () => undefined, forget: () => Promise.resolve() },
    };
  });
  afterEach(() => ports.store.dispose());

  const labels = (): readonly string[] => answers.at(-1)?.map(({ label }) => label) ?? [];
  const projectQuestion = (): Promise<unknown> => askProject<Place>(ports, { account }, step);
  const clusterQuestion = (from?: Parameters<typeof askDeployment>[3]): Promise<unknown> =>
    askDeployment<Place>(ports, { account, projectId: 'p1' }, step, from);

  it('ask Atlas again after a first failure', async () => {
    atlas.failing.set('listProjects', 'ATLAS_UNREACHABLE');
    await assert.rejects(projectQuestion(), (error) => problemOf(error)?.code === 'ATLAS_UNREACHABLE');
    assert.equal(atlas.calls.filter((call) => call.startsWith('listProjects')).length, 1, 'asked once, not twice');
    atlas.failing.clear();
    assert.deepEqual(await projectQuestion(), { account, projectId: 'p1' });
    assert.deepEqual(labels(), ['Project p1']);
  });

  it('offer what Atlas has now, not what it had in the morning', async () => {
    atlas.clusters = [cluster('c1', { strings: privateString })];
    await clusterQuestion();
    await projectQuestion();
    await clock.advance(8 * hour);
    atlas.clusters = [cluster('c1', { strings: privateString }), cluster('c2', { strings: privateString })];
    atlas.projects = [project('p1'), project('p2')];
    await clusterQuestion();
    assert.deepEqual(labels(), ['c1', 'c2']);
    await projectQuestion();
    assert.deepEqual(labels(), ['Project p1', 'Project p2']);
  });

  it('give the string of a row as Atlas has it now', async () => {
    atlas.clusters = [cluster('c1')];
    await clusterQuestion();
    await clock.advance(hour);
    atlas.clusters = [cluster('c1', { strings: privateString })];
    const row = {
      kind: 'deployment',
      id: 'x',
      accountId: 'a',
      projectId: 'p1',
      deploymentKind: 'dedicated',
      name: 'c1',
    };
    const answer = (await clusterQuestion(row as Parameters<typeof askDeployment>[3])) as Place;
    assert.deepEqual(answer.deployment?.strings, privateString);
    assert.equal(answer.stale, undefined);
  });

  it('say how old the choices are when Atlas does not answer', async () => {
    atlas.clusters = [cluster('c1', { strings: privateString })];
    await clusterQuestion();
    await clock.advance(8 * hour);
    for (const call of ['listClusters', 'listFlexClusters', 'listServerlessInstances', 'listEndpointServices']) {
      atlas.failing.set(call, 'ATLAS_UNREACHABLE');
    }
    for (const call of ['listFederatedDatabases', 'listDataFederationEndpoints', 'getRegionalizedMode']) {
      atlas.failing.set(call, 'ATLAS_UNREACHABLE');
    }
    const answer = (await clusterQuestion()) as Place;
    assert.deepEqual(labels(), ['From 8 h ago: Atlas cannot be reached (?): p1', 'c1']);
    assert.equal(answer.stale, 'From 8 h ago: Atlas cannot be reached (?): p1');
  });

  it('wait five seconds for a silent Atlas when there is an older answer, and say so', async () => {
    atlas.clusters = [cluster('c1', { strings: privateString })];
    await clusterQuestion();
    await clock.advance(2 * hour);
    atlas.hold();
    let answered = false;
    const question = clusterQuestion().then(() => (answered = true));
    await settled();
    await clock.advance(4_999);
    assert.equal(answered, false);
    await clock.advance(1);
    await question;
    assert.deepEqual(labels(), ['From 2 h ago: Atlas has not answered yet', 'c1']);
    atlas.release();
  });
});
