import assert from 'node:assert/strict';
import { deploymentsOf, servicesOf, type ProjectContents } from '../../../src/store/element';
import { stringKnowledge } from '../../../src/store/string-knowledge';
import { findStrings } from '../../../src/workspace/find-strings';
import { findingsOf, type StringFinding } from '../../../src/workspace/string-findings';
import { startSandboxStore, type SandboxStore } from './sandbox-store';

describe('what is known of a connection string', () => {
  let sandbox: SandboxStore;
  before(async () => {
    sandbox = await startSandboxStore();
    for (const { id } of sandbox.world.atlas.projects.values()) await read(id);
  });
  after(() => sandbox.close());

  /** A project and the endpoints of its services, as somebody sees who has opened them. */
  async function read(projectId: string): Promise<ProjectContents> {
    const { store } = sandbox;
    await store.refresh('a', { kind: 'project', projectId });
    const contents = store.known<'project'>('a', { kind: 'project', projectId }).value;
    assert.ok(contents !== undefined);
    for (const { provider, id: serviceId } of servicesOf(contents)) {
      await store.refresh('a', { kind: 'service', projectId, provider, serviceId });
    }
    return contents;
  }

  function look(text: string): readonly StringFinding[] {
    const [found] = findStrings(text);
    assert.ok(found !== undefined);
    const place = { escapes: 'none', fileName: 'a', isVersioned: false } as const;
    return findingsOf(found, place, stringKnowledge(sandbox.store, found.value));
  }

  const codes = (text: string): readonly string[] => look(text).map(({ problem }) => problem.code);

  it('never makes a string stale that Atlas gives, of any kind of deployment and cloud', async () => {
    let count = 0;
    for (const { id } of sandbox.world.atlas.projects.values()) {
      for (const { strings } of deploymentsOf(await read(id))) {
        const isPrivate = strings.privateEndpoint.length > 0;
        for (const { srv, srvShardOptimized, standard } of strings.privateEndpoint) {
          for (const text of [srv, srvShardOptimized]) if (text !== undefined) assert.deepEqual(codes(text), [], text);
          if (standard !== undefined) assert.deepEqual(codes(standard), ['STRING_PORTS_PINNED'], standard);
          count += 1;
        }
        for (const text of [strings.standard, strings.standardSrv]) {
          if (text !== undefined) assert.deepEqual(codes(text), isPrivate ? ['STRING_PUBLIC'] : [], text);
        }
      }
    }
    assert.ok(count >= 12, `${count} private strings`);
  });

  it('has ports that are those of today', () => {
    const text = sandboxString('storefront-sandbox', 'standard');
    const [finding] = look(text);
    assert.equal(finding?.severity, 'information');
    const [later] = look(text.replace(':1024', ':1124'));
    assert.equal(later?.severity, 'warning');
    assert.match(later.problem.parameters.now ?? '', /^1024, 1025, 1026$/);
  });

  it('has nothing against the ports of a cluster that shares its host with another', async () => {
    const contents = await read(sandbox.project('orders-sandbox').id);
    for (const { name, strings } of deploymentsOf(contents)) {
      const text = strings.privateEndpoint[0]?.standard ?? '';
      assert.equal(stringKnowledge(sandbox.store, text).owner, name);
      assert.deepEqual(
        look(text).map(({ severity, problem }) => [severity, problem.parameters.now]),
        [['information', undefined]],
      );
      const [moved] = look(text.replace(/:1(\d{3})(?=[,/])/g, ':2$1'));
      assert.deepEqual([moved?.severity, moved?.fixes], ['information', []]);
    }
  });

  function sandboxString(name: string, form: 'srv' | 'standard', index = 0): string {
    const { id } = sandbox.project(name);
    const contents = sandbox.store.known<'project'>('a', { kind: 'project', projectId: id }).value;
    const [deployment] = contents === undefined ? [] : deploymentsOf(contents);
    const text = deployment?.strings.privateEndpoint[index]?.[form];
    assert.ok(text !== undefined);
    return text;
  }

  it('tells an endpoint that has failed', async () => {
    const project = sandbox.project('orders-sandbox');
    const text = sandboxString('orders-sandbox', 'srv');
    assert.deepEqual(codes(text), []);
    const [service] = project.services.values();
    const [endpoint] = service?.endpoints.values() ?? [];
    assert.ok(endpoint !== undefined);
    // What Atlas gave before is known still: the cluster's strings follow later.
    const contents = await read(project.id);
    const list = servicesOf(contents)[0];
    assert.ok(list !== undefined);
    const undo = endpoint.timeline;
    endpoint.timeline = [{ at: 0, status: 'REJECTED' }];
    await sandbox.store.refresh('a', {
      kind: 'service',
      projectId: project.id,
      provider: list.provider,
      serviceId: list.id,
    });
    const [finding] = look(text);
    assert.equal(finding?.problem.code, 'STRING_STALE');
    assert.equal(finding.problem.parameters.reason, 'endpoint-failing');
    assert.match(finding.problem.parameters.endpoint ?? '', /^vpce-/);
    endpoint.timeline = undo;
    await read(project.id);
    assert.deepEqual(codes(text), []);
  });

  it('tells strings that regionalized mode has changed', async () => {
    const project = sandbox.project('regionalized-sandbox');
    const text = sandboxString('regionalized-sandbox', 'srv', 2);
    assert.deepEqual(codes(text), []);
    project.regionalizedMode = false;
    await read(project.id);
    const [finding] = look(text);
    project.regionalizedMode = true;
    assert.equal(finding?.problem.code, 'STRING_STALE');
    assert.equal(finding.problem.parameters.cluster, 'Worldwide');
    await read(project.id);
    assert.deepEqual(codes(text), []);
  });

  it('tells strings of endpoints and clusters that are gone, unless a cluster is being changed', async () => {
    const project = sandbox.project('billing-on-azure-sandbox');
    const text = sandboxString('billing-on-azure-sandbox', 'srv');
    const [service] = project.services.values();
    assert.ok(service !== undefined);
    const endpoints = [...service.endpoints];
    service.endpoints.clear();
    await read(project.id);
    const [finding] = look(text);
    assert.equal(finding?.problem.code, 'STRING_STALE');
    assert.equal(finding.problem.parameters.reason, 'endpoint-gone');
    assert.deepEqual(finding.fixes, []);
    for (const [id, endpoint] of endpoints) service.endpoints.set(id, endpoint);

    const cluster = project.clusters.get('Billing');
    assert.ok(cluster !== undefined);
    project.clusters.delete('Billing');
    await read(project.id);
    // Nothing is left that the domain could be of.
    assert.deepEqual(codes(text), []);
    project.clusters.set('Billing', cluster);
    await read(project.id);
    const old = text.replace('billing', 'bills');
    assert.equal(look(old)[0]?.problem.parameters.reason, 'cluster-gone');
    // Another account sees the project, too.
    await sandbox.store.refresh('b', { kind: 'project', projectId: project.id });
    assert.equal(look(old)[0]?.problem.parameters.reason, 'cluster-gone');
    cluster.paused = true;
    await read(project.id);
    assert.deepEqual(codes(old), []);
  });

  it('is nothing for hosts of others', () => {
    assert.deepEqual(stringKnowledge(sandbox.store, 'mongodb://db.example.com/'), { privateStrings: [] });
    assert.deepEqual(stringKnowledge(sandbox.store, 'mongodb+srv://x.zzzzz.mongodb.net'), { privateStrings: [] });
    assert.deepEqual(stringKnowledge(sandbox.store, 'nothing'), { privateStrings: [] });
  });
});
