import assert from 'node:assert/strict';
import type { Deployment } from '../../../src/core/deployment';
import { countTargets, coverageOf, uncoveredClusters } from '../../../src/core/limits';
import { cluster, nodes, serviceWith } from './project-facts';

const virginia = { provider: 'AWS', region: 'US_EAST_1' } as const;

const optimized: Deployment['strings'] = {
  privateEndpoint: [{ type: 'MONGOS', endpoints: [], srv: 'mongodb+srv://a', srvShardOptimized: 'mongodb+srv://b' }],
};
const plain: Deployment['strings'] = {
  privateEndpoint: [{ type: 'MONGOS', endpoints: [], srv: 'mongodb+srv://a' }],
};

describe('addressable targets, as the documentation counts them', () => {
  const cases: readonly (readonly [name: string, deployment: Deployment, kind: string | undefined, count: number])[] = [
    [
      'each mongod of a replica set in the region',
      cluster('A', { regions: [nodes('AWS', 'US_EAST_1', 5)] }),
      'mongod',
      5,
    ],
    ['a sharded cluster with optimized strings, once', sharded(optimized), 'optimized', 1],
    ['a sharded cluster on AWS that has no strings yet, once', sharded({ privateEndpoint: [] }), 'optimized', 1],
    ['each mongos of a sharded cluster without optimized strings', sharded(plain), 'mongos', 9],
    ['no node of another region', cluster('A', { regions: [nodes('AWS', 'EU_WEST_1')] }), undefined, 0],
    ['no node of another cloud', cluster('A', { regions: [nodes('AZURE', 'US_EAST_2')] }), undefined, 0],
    ['no serverless instance', cluster('A', { kind: 'serverless' }), undefined, 0],
    ['no shared cluster', cluster('A', { kind: 'shared', tier: 'M0' }), undefined, 0],
  ];
  for (const [name, deployment, kind, count] of cases) {
    it(`count ${name}`, () => {
      const { total, byCluster } = countTargets([deployment], virginia);
      assert.equal(total, count);
      assert.equal(byCluster[0]?.kind, kind);
    });
  }

  it('count a sharded cluster outside AWS by its mongos: optimized strings exist on AWS only', () => {
    const deployment = cluster('A', { topology: 'SHARDED', regions: [nodes('AZURE', 'US_EAST_2', 6)] });
    assert.equal(countTargets([deployment], { provider: 'AZURE', region: 'US_EAST_2' }).total, 6);
  });

  it('count each BI Connector, and add everything up', () => {
    const { total, byCluster } = countTargets(
      [cluster('A', { biConnector: true }), sharded(optimized), cluster('B')],
      virginia,
    );
    assert.equal(total, 3 + 1 + 1 + 3);
    assert.deepEqual(
      byCluster.map(({ name, kind }) => `${name} ${kind}`),
      ['A mongod', 'A bi-connector', 'Shards optimized', 'B mongod'],
    );
  });

  function sharded(strings: Deployment['strings']): Deployment {
    return cluster('Shards', { topology: 'SHARDED', regions: [nodes('AWS', 'US_EAST_1', 9)], strings });
  }
});

describe('coverage of regions by endpoints', () => {
  it('lists each region once, in either spelling, with its clusters and endpoints', () => {
    const coverage = coverageOf(
      [cluster('A'), cluster('B', { regions: [nodes('AWS', 'US_EAST_1'), nodes('GCP', 'CENTRAL_US')] })],
      [serviceWith('AWS', 'us-east-1', 2), serviceWith('AZURE', 'US_EAST_2', 1)],
    );
    assert.deepEqual(coverage, [
      { provider: 'AWS', region: 'US_EAST_1', clusters: ['A', 'B'], endpointCount: 2 },
      { provider: 'GCP', region: 'CENTRAL_US', clusters: ['B'], endpointCount: 0 },
      { provider: 'AZURE', region: 'US_EAST_2', clusters: [], endpointCount: 1 },
    ]);
  });

  it('does not count endpoints that go with their service', () => {
    const [region] = coverageOf([cluster('A')], [serviceWith('AWS', 'US_EAST_1', 2, { status: 'DELETING' })]);
    assert.equal(region?.endpointCount, 0);
  });

  it('names the regions that a cluster in several still lacks', () => {
    const wide = cluster('Wide', { regions: [nodes('AWS', 'US_EAST_1'), nodes('GCP', 'CENTRAL_US')] });
    const services = [serviceWith('AWS', 'US_EAST_1', 1)];
    assert.deepEqual(uncoveredClusters([wide, cluster('Plain')], services), [
      { name: 'Wide', missing: [{ provider: 'GCP', region: 'CENTRAL_US' }] },
    ]);
    assert.deepEqual(uncoveredClusters([wide], [...services, serviceWith('GCP', 'CENTRAL_US', 1)]), []);
  });
});
