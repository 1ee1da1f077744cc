import assert from 'node:assert/strict';
import type { Deployment } from '../../../src/core/deployment';
import { atlasEvidence } from '../../../src/diagnostics/atlas-evidence';
import { cluster, nodes } from '../core/project-facts';

const node = 'pl-0-us-east-1.ab1cd.mongodb.net';

/** A cluster with a private endpoint, its nodes on these ports of the one host. */
function behindEndpoint(name: string, ...ports: readonly number[]): Deployment {
  return cluster(name, {
    strings: {
      standardSrv: `mongodb+srv://${name}.ab1cd.mongodb.net`,
      standard: `mongodb://${name}-shard-00-00.ab1cd.mongodb.net:27017/?ssl=true`,
      privateEndpoint: [
        {
          type: 'MONGOD',
          endpoints: [{ endpointId: 'vpce-1', provider: 'AWS', region: 'US_EAST_1' }],
          srv: `mongodb+srv://${name}-pl-0.ab1cd.mongodb.net`,
          standard: `mongodb://${ports.map((port) => `${node}:${String(port)}`).join()}/?ssl=true&authSource=admin`,
        },
      ],
    },
  });
}

function clusterOf(connectionString: string, ...deployments: readonly Deployment[]): string | undefined {
  const project = { name: 'p', deployments, services: [], endpoints: [] };
  return atlasEvidence(project, connectionString).cluster?.name;
}

describe('the cluster that a string is taken for', () => {
  const one = behindEndpoint('one', 1024, 1025, 1026);
  const two = behindEndpoint('two', 1027, 1028, 1029);
  const rows: readonly (readonly [says: string, string, found: string | undefined, ...Deployment[]])[] = [
    ['the first behind a host, by its ports', `mongodb://${node}:1024,${node}:1025/`, 'one', one, two],
    ['the second behind a host, by its ports', `mongodb://u:p@${node}:1027,${node}:1028/?ssl=true`, 'two', one, two],
    ['one port of several that is still the cluster’s', `mongodb://${node}:1029,${node}:1099/`, 'two', one, two],
    ['ports that no cluster behind the host has', `mongodb://${node}:1099/`, undefined, one, two],
    ['ports of both clusters behind the host', `mongodb://${node}:1024,${node}:1027/`, undefined, one, two],
    ['other ports of the only cluster behind a host', `mongodb://${node}:1099/`, 'two', two],
    ['upper case', `mongodb://${node.toUpperCase()}:1027/`, 'two', one, two],
  ];
  const prod = behindEndpoint('prod', 1024);
  const europe = behindEndpoint('prod-eu', 1025);
  const named: typeof rows = [
    [
      'a cluster whose name begins with that of another',
      'mongodb+srv://prod-eu-pl-0.ab1cd.mongodb.net',
      'prod-eu',
      prod,
      europe,
    ],
    ['an old string of such a cluster', 'mongodb+srv://prod-eu-pl-9.ab1cd.mongodb.net', 'prod-eu', prod, europe],
    ['an old string of the other', 'mongodb+srv://prod-pl-9.ab1cd.mongodb.net', 'prod', europe, prod],
    ['a string of such a cluster that is gone', 'mongodb+srv://prod-eu-pl-0.ab1cd.mongodb.net', undefined, prod],
    ['a node that is gone', 'mongodb://prod-eu-shard-00-05.ab1cd.mongodb.net:27017/', 'prod-eu', prod, europe],
    ['a cluster of that name in another project', 'mongodb+srv://prod-pl-9.zz9zz.mongodb.net', undefined, prod],
    ['a host that is not Atlas’s', 'mongodb://prod.example.com/', undefined, prod],
  ];
  for (const [says, text, found, ...deployments] of [...rows, ...named]) {
    it(says, () => assert.equal(clusterOf(text, ...deployments), found));
  }
});

describe('the addressable targets of a project', () => {
  it('count each mongos of a sharded cluster that Atlas made no optimized strings for', () => {
    const sharded = {
      ...behindEndpoint('Sharded', 1024),
      topology: 'SHARDED',
      regions: [nodes('AWS', 'US_EAST_1', 9)],
    };
    const spread = cluster('Spread', { regions: [nodes('AWS', 'US_EAST_1', 2), nodes('AZURE', 'US_EAST_2', 1)] });
    const free = cluster('Free', { kind: 'shared', regions: [nodes('AWS', 'EU_WEST_1')] });
    const project = { name: 'p', deployments: [sharded, spread, free], services: [], endpoints: [] };
    assert.deepEqual(atlasEvidence(project, '').addressableTargets, [
      { provider: 'AWS', region: 'US_EAST_1', count: 11 },
      { provider: 'AZURE', region: 'US_EAST_2', count: 1 },
    ]);
  });
});
