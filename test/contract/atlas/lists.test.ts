import assert from 'node:assert/strict';
import { openAtlas } from '../../../src/accounts/open-atlas';
import { silentLogger } from '../../../src/core/logger';
import { systemClock } from '../../../src/core/clock';
import type { Project } from '../../../src/core/project';
import { deploymentsOf } from '../../../src/store/element';
import { loadDirectory, loadProject } from '../../../src/store/loaders';
import { addProject } from '../../../src/sandbox/world/build';
import { startAtlasUnderTest, type AtlasUnderTest } from '../../builders/sandbox';

describe('lists of the sandbox’s Atlas, through the real client', () => {
  let sandbox: AtlasUnderTest;
  afterEach(() => sandbox.close());

  const { signal } = new AbortController();

  async function open(projects = 0) {
    sandbox = await startAtlasUnderTest({ projects });
    const { clientId, clientSecret } = sandbox.world.credentials;
    return openAtlas(
      sandbox.atlas.baseUrl,
      { kind: 'service-account', clientId, clientSecret },
      { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
    );
  }

  const ids = (projects: readonly Project[]): string[] => projects.map(({ id }) => id);

  it('are read to their end when the total is an estimate that is too low', async () => {
    const api = await open(1001);
    sandbox.world.faults.set('total-too-low', true, 'listGroups');
    const { projects, total, complete } = (await loadDirectory(api, () => undefined, signal)).value;
    assert.ok((total ?? 0) < 1001, 'the total was too low');
    assert.deepEqual(new Set(ids(projects)), new Set(sandbox.world.atlas.projects.keys()));
    assert.equal(complete, true);
  });

  it('have a project once that moved to the next page when another was made', async () => {
    const api = await open(600);
    const seen: string[] = [];
    const before = new Set(sandbox.world.atlas.projects.keys());
    let pages = 0;
    for await (const { items } of api.listProjects()) {
      seen.push(...ids(items));
      pages += 1;
      if (pages > 1) continue;
      const { projects } = sandbox.world.atlas;
      const others = [...projects];
      const [organization] = sandbox.world.atlas.organizations.values();
      assert.ok(organization);
      addProject(sandbox.world, organization, 'Made meanwhile');
      const made = [...projects].filter(([id]) => !before.has(id));
      projects.clear();
      for (const [id, project] of [...made, ...others]) projects.set(id, project);
    }
    assert.equal(pages, 2);
    assert.equal(seen.length, new Set(seen).size, 'none came twice');
    assert.deepEqual(new Set(seen), before);
  });

  it('have a Flex cluster once that the lists of both APIs tell of', async () => {
    const api = await open();
    const project = [...sandbox.world.atlas.projects.values()].find(({ clusters }) =>
      [...clusters.values()].some(({ askedFor }) => askedFor !== undefined),
    );
    assert.ok(project);
    const inBoth = [...project.clusters.values()].filter(({ askedFor }) => askedFor !== undefined);
    const listed = await api.listClusters(project.id);
    for (const { name } of inBoth) {
      assert.equal(listed.find((one) => one.name === name)?.kind, 'flex');
      assert.equal((await api.getCluster(project.id, name)).tier, (await api.getFlexCluster(project.id, name)).tier);
    }
    const contents = await loadProject(api, project.id, undefined, signal);
    const names = deploymentsOf(contents).map(({ kind, name }) => `${kind} ${name}`);
    const made = [...project.clusters.values()].map(({ kind, name }) => `${kind} ${name}`);
    assert.deepEqual(names.sort(), made.sort());
    assert.deepEqual(contents.missing, []);
  });

  it('show what can be read beside an element that is none, and say that there is one more', async () => {
    const api = await open();
    const { world } = sandbox;
    const whole = (await loadDirectory(api, () => undefined, signal)).value;
    const project = [...world.atlas.projects.values()].reduce((most, one) =>
      one.clusters.size > most.clusters.size ? one : most,
    );
    const before = await loadProject(api, project.id, undefined, signal);
    world.faults.set('odd-element', true);
    const { value, problem } = await loadDirectory(api, () => undefined, signal);
    assert.equal(value.projects.length, whole.projects.length - 1);
    assert.deepEqual([problem?.code, problem?.parameters.count], ['ATLAS_LIST_INCOMPLETE', '2']);

    world.faults.set('odd-element', false);
    world.faults.set('odd-element', true, 'listGroupClusters');
    const contents = await loadProject(api, project.id, undefined, signal);
    assert.deepEqual(
      contents.clusters.map(({ name }) => name),
      before.clusters.map(({ name }) => name).slice(1),
    );
    assert.ok(contents.clusters.length > 0);
    const part = contents.missing.find((one) => one.part === 'clusters');
    assert.deepEqual([part?.problem.code, part?.problem.parameters.count], ['ATLAS_LIST_INCOMPLETE', '1']);
  });

  it('have no serverless instance, and nothing that was not read, once their resource is taken away', async () => {
    const api = await open();
    const { world } = sandbox;
    const project = [...world.atlas.projects.values()].find(({ clusters }) =>
      [...clusters.values()].some(({ kind }) => kind === 'serverless'),
    );
    assert.ok(project);
    const before = await loadProject(api, project.id, undefined, signal);
    assert.ok(before.serverlessInstances.length > 0);
    world.faults.set('serverless-ended', true);
    const after = await loadProject(api, project.id, before, signal);
    assert.deepEqual([after.serverlessInstances, after.missing], [[], []]);
    world.faults.set('serverless-ended', false);
    world.faults.set('atlas-forbidden', true, 'listGroupServerlessInstances');
    const refused = await loadProject(api, project.id, before, signal);
    assert.deepEqual(refused.serverlessInstances, before.serverlessInstances);
    assert.deepEqual(
      refused.missing.map(({ part }) => part),
      ['serverlessInstances'],
    );
  });
});
