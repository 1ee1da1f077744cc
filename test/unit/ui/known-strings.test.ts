import assert from 'node:assert/strict';
import { domainOf } from '../../../src/connection-string/classify';
import {
  endpointsOfHosts,
  haveOneOwner,
  knownHost,
  knownString,
  projectsOfDomain,
} from '../../../src/store/known-strings';
import { deploymentsOf } from '../../../src/store/element';
import { hostsToName } from '../../../src/ui/test-run/tested-hosts';
import { startSandboxStore, type SandboxStore } from './sandbox-store';

describe('what is known of a host name', () => {
  let sandbox: SandboxStore;
  before(async () => {
    sandbox = await startSandboxStore();
    for (const name of ['storefront-sandbox', 'orders-sandbox', 'data-federation-sandbox']) {
      const projectId = sandbox.project(name).id;
      await sandbox.store.refresh('a', { kind: 'project', projectId });
    }
  });
  after(() => sandbox.close());

  it('is its cluster, network and endpoint, upper and lower case alike', () => {
    const found = knownHost(sandbox.store, 'Cluster0-PL-0-k45tj.mongodb.net');
    assert.equal(found?.deployment?.name, 'Cluster0');
    assert.equal(found.network, 'private-endpoint');
    assert.deepEqual(
      found.endpoints.map(({ endpointId }) => endpointId),
      ['vpce-024f5b57108c8d3ed'],
    );
    assert.equal(found.accountId, 'a');
    const node = knownHost(sandbox.store, 'pl-0-us-east-1-k45tj.mongodb.net');
    assert.equal(node?.network, 'private-endpoint');
  });

  it('is the public network for the cluster’s public name', () => {
    const [cluster] = sandbox.project('storefront-sandbox').clusters.values();
    assert.equal(cluster?.name, 'Cluster0');
    const found = knownHost(sandbox.store, 'cluster0-k45tj.mongodb.net');
    assert.equal(found?.network, 'public');
  });

  it('is nothing for a host that Atlas gives no string with, but its project is found by the domain', () => {
    assert.equal(knownHost(sandbox.store, 'cluster0-pl-9-k45tj.mongodb.net'), undefined);
    assert.deepEqual(
      projectsOfDomain(sandbox.store, 'cluster0-pl-9-k45tj.mongodb.net').map(({ projectId }) => projectId),
      [sandbox.project('storefront-sandbox').id],
    );
    assert.deepEqual(projectsOfDomain(sandbox.store, 'db.example.com'), []);
    assert.deepEqual(projectsOfDomain(sandbox.store, 'x.zzzzz.mongodb.net'), []);
  });

  it('has one owner with the others of its string, or a remembered password is not for them', () => {
    const own = ['pl-0-us-east-1-k45tj.mongodb.net', 'cluster0-pl-9-k45tj.mongodb.net'];
    const { store } = sandbox;
    assert.equal(haveOneOwner(store, 'a', own), true);
    assert.equal(haveOneOwner(store, 'a', [...own, 'db.example.com']), false);
    assert.equal(haveOneOwner(store, 'a', [...own, 'x.zzzzz.mongodb.net']), false);
    assert.equal(haveOneOwner(store, 'b', own), false);
    assert.equal(haveOneOwner(store, undefined, ['db.example.com', 'db.example.com']), true);
    assert.equal(haveOneOwner(store, undefined, ['db.example.com', 'other.example.com']), false);
    assert.equal(haveOneOwner(store, undefined, ['a.zzzzz.mongodb.net', 'b.zzzzz.mongodb.net']), true);
  });

  it('is named before all strings are tested, with every other, those of no known cluster first', () => {
    const own = 'pl-0-us-east-1-k45tj.mongodb.net';
    const strings = [
      `mongodb://${own}:1024,Elsewhere.example:27017/?tls=true`,
      `mongodb+srv://app:pw@cluster0-k45tj.mongodb.net/?appName=me@corp`,
      'mongodb://elsewhere.example/',
    ];
    assert.deepEqual(hostsToName(sandbox.store, strings), ['elsewhere.example', own, 'cluster0-k45tj.mongodb.net']);
  });

  function standardStrings(name: string): ReadonlyMap<string, string> {
    const ref = { kind: 'project', projectId: sandbox.project(name).id } as const;
    const contents = sandbox.store.known<'project'>('a', ref).value;
    const deployments = contents === undefined ? [] : deploymentsOf(contents);
    return new Map(deployments.map((one) => [one.name, one.strings.privateEndpoint[0]?.standard ?? '']));
  }

  it('tells clusters behind one host apart by their ports, and none of them by other ports', () => {
    const strings = standardStrings('orders-sandbox');
    assert.deepEqual([...strings.keys()], ['Orders', 'Sessions']);
    for (const [name, text] of strings) {
      assert.equal(knownString(sandbox.store, text)?.deployment?.name, name);
      const [node = ''] = /pl-0-[^,/]*/.exec(text) ?? [];
      assert.equal(knownHost(sandbox.store, node)?.deployment?.name, name);
      assert.equal(knownHost(sandbox.store, node.replace(/:.*/, '')), undefined);
      const moved = text.replace(/:1(\d{3})(?=[,/])/g, ':2$1');
      assert.notEqual(moved, text);
      assert.equal(knownString(sandbox.store, moved), undefined);
      assert.deepEqual(
        [...new Set(endpointsOfHosts(sandbox.store, moved).map(({ endpointId }) => endpointId))],
        knownString(sandbox.store, text)?.endpoints.map(({ endpointId }) => endpointId),
      );
    }
    const both = [...strings.values()].map((text) => /pl-0-[^/]*/.exec(text)?.[0]).join();
    assert.equal(knownString(sandbox.store, `mongodb://${both}/?ssl=true`), undefined);
  });

  it('is the only cluster of a host whatever the ports', () => {
    const text = standardStrings('storefront-sandbox').get('Cluster0') ?? '';
    const moved = knownString(sandbox.store, text.replaceAll(':10', ':20'));
    assert.equal(moved?.deployment?.name, 'Cluster0');
  });

  it('follows an answer of Atlas that has changed', async () => {
    const project = sandbox.project('orders-sandbox');
    const before = knownHost(sandbox.store, 'sessions-pl-0.oq7aw.mongodb.net');
    assert.equal(before?.deployment?.name, 'Sessions');
    project.clusters.delete('Sessions');
    await sandbox.store.refresh('a', { kind: 'project', projectId: project.id });
    assert.equal(knownHost(sandbox.store, 'sessions-pl-0.oq7aw.mongodb.net'), undefined);
  });

  it('has a domain in both spellings of Atlas, and none elsewhere', () => {
    assert.equal(domainOf('cluster0-pl-0.ab1cd.mongodb.net'), 'ab1cd.mongodb.net');
    assert.equal(domainOf('cluster0-pl-0-ab1cd.mongodb.net'), 'ab1cd.mongodb.net');
    assert.equal(domainOf('x.ab1cd.mongodbgov.net'), 'ab1cd.mongodbgov.net');
    assert.equal(domainOf('mongodb.net.example.com'), undefined);
  });
});
