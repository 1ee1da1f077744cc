import assert from 'node:assert/strict';
import { deploymentsOf } from '../../../src/store/element';
import { mostOffered, offeredStrings, type OfferedStrings } from '../../../src/ui/editor/offered-strings';
import { stringTargets } from '../../../src/ui/strings/string-targets';
import { startSandboxStore, type SandboxStore } from './sandbox-store';

describe('strings that are offered while typing', () => {
  let sandbox: SandboxStore;
  let choices: Record<string, string>;
  before(async () => {
    sandbox = await startSandboxStore({ projects: 30 });
    const { store, account } = sandbox;
    await store.refresh(account.id, { kind: 'directory' });
    const { projects = [] } = store.known<'directory'>(account.id, { kind: 'directory' }).value ?? {};
    for (const { id: projectId } of projects) await store.refresh(account.id, { kind: 'project', projectId });
  });
  beforeEach(() => {
    choices = {};
  });
  after(() => sandbox.close());

  const offer = (query = '', nearby: readonly string[] = []): OfferedStrings =>
    offeredStrings(sandbox.store, { last: (question) => choices[question] }, { query, nearby });
  const known = () =>
    (sandbox.store.known<'directory'>('a', { kind: 'directory' }).value?.projects ?? []).flatMap(({ id, name }) => {
      const contents = sandbox.store.known<'project'>('a', { kind: 'project', projectId: id }).value;
      return (contents === undefined ? [] : deploymentsOf(contents)).map((deployment) => ({
        projectId: id,
        project: name,
        deployment,
        texts: stringTargets(deployment).flatMap(({ strings }) => strings.map(({ text }) => text)),
      }));
    });

  it('are few of many, one of a cluster before further ones of any', () => {
    const { offered, isAll } = offer();
    assert.equal(offered.length, mostOffered);
    assert.equal(isAll, false);
    const names = offered.map(({ project, label }) => `${project}/${label}`);
    assert.equal(new Set(names).size, mostOffered);
  });

  it('can all be reached by what is typed of the cluster and the project', () => {
    const clusters = known();
    assert.ok(clusters.flatMap(({ texts }) => texts).length > 3 * mostOffered);
    for (const { project, deployment, texts } of clusters) {
      const { offered } = offer(`${deployment.name} ${project}`);
      const hosts = offered.map(({ text }) => text.replace(/\/\/[^@]*@/, '//').replace(/\/(?=\?|$)/, ''));
      for (const text of texts) {
        const wanted = text.replace(/\/(?=\?|$)/, '');
        assert.ok(hosts.includes(wanted), `${wanted} for ${deployment.name} ${project}: ${hosts.join(' ')}`);
      }
    }
  });

  it('have every part of what is typed in their names, or else its letters', () => {
    assert.ok(offer('ORDERS').offered.length > 0);
    assert.ok(offer('ORDERS').offered.every((one) => /orders/i.test(JSON.stringify(one))));
    const letters = offer('stfrnt').offered;
    assert.ok(
      letters.some(({ project }) => project === 'storefront-sandbox'),
      JSON.stringify(letters),
    );
    assert.deepEqual(offer('nobody-has-this-name').offered, []);
  });

  it('begin with the cluster that was chosen last, with all of its forms', () => {
    const [one] = known().filter(({ project, texts }) => project === 'orders-sandbox' && texts.length > 3);
    assert.ok(one);
    choices = { 'project of a': one.projectId, [`deployment of ${one.projectId}`]: one.deployment.name };
    const { offered } = offer();
    assert.equal(
      offered.filter(({ label, project }) => label === one.deployment.name && project === one.project).length,
      one.texts.length,
    );
    assert.ok(offered.slice(0, one.texts.length).every(({ label }) => label === one.deployment.name));
    assert.equal(offered[0]?.network, 'private-endpoint');
  });

  it('begin with the clusters whose strings stand nearby, and their projects', () => {
    const [one] = known().filter(({ project }) => project === 'orders-sandbox');
    const [text] = one?.texts ?? [];
    assert.ok(one && text !== undefined);
    const { offered } = offer('', [text]);
    assert.equal(offered[0]?.label, one.deployment.name);
    assert.equal(offered[0].project, 'orders-sandbox');
  });
});
