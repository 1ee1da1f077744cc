import assert from 'node:assert/strict';
import { toCluster, toFlexCluster } from '../../../src/atlas/mapping/deployment';
import { toEndpoint, toEndpointService, toServerlessEndpoint } from '../../../src/atlas/mapping/endpoint';
import { toOrganization, toProject } from '../../../src/atlas/mapping/project';
import { toRegionNames } from '../../../src/atlas/mapping/access';

const cluster = {
  id: 'c',
  name: 'Cluster0',
  clusterType: 'SHARDED',
  stateName: 'HIBERNATING',
  replicationSpecs: [1, 2].map(() => ({
    regionConfigs: [
      { providerName: 'AWS', regionName: 'US_EAST_1', electableSpecs: { instanceSize: 'M30', nodeCount: 2 } },
      {
        providerName: 'AWS',
        regionName: 'US_WEST_2',
        electableSpecs: { nodeCount: 1 },
        analyticsSpecs: { nodeCount: 1 },
      },
      { providerName: 'MOON', regionName: 'SEA_1', electableSpecs: { nodeCount: 1 } },
    ],
  })),
  connectionStrings: {
    private: null,
    standardSrv: 'mongodb+srv://x.example.test',
    awsPrivateLink: { 'vpce-1': 'mongodb://deprecated' },
    privateEndpoint: [
      {
        type: 'MONGOS',
        srvConnectionString: 'mongodb+srv://pl.example.test',
        endpoints: [{ endpointId: 'vpce-1', providerName: 'AWS', region: 'US_EAST_1' }, null, { endpointId: 'x' }],
      },
    ],
  },
};

describe('answers of Atlas in core terms', () => {
  it('name what has no name by its id', () => {
    for (const name of [null, undefined, '']) {
      assert.equal(toProject({ id: 'p', name, orgId: 'o' }, 'x').name, 'p');
      assert.equal(toOrganization({ id: 'o', name }, 'x').name, 'o');
    }
  });

  it('count nodes over shards, keep unknown states, pass over unknown providers and deprecated strings', () => {
    const found = toCluster(cluster, 'p');
    assert.equal(found.tier, 'M30');
    assert.equal(found.kind, 'dedicated');
    assert.equal(found.state, 'HIBERNATING');
    assert.equal(found.shardCount, 2);
    assert.deepEqual(found.regions, [
      { provider: 'AWS', region: 'US_EAST_1', nodeCount: 4 },
      { provider: 'AWS', region: 'US_WEST_2', nodeCount: 4 },
    ]);
    assert.deepEqual(found.strings, {
      standardSrv: 'mongodb+srv://x.example.test',
      privateEndpoint: [
        {
          type: 'MONGOS',
          srv: 'mongodb+srv://pl.example.test',
          endpoints: [{ endpointId: 'vpce-1', provider: 'AWS', region: 'US_EAST_1' }],
        },
      ],
    });
  });

  it('tell shared clusters by their provider and Flex by what it really is', () => {
    const tenant = (electableSpecs: unknown) => ({
      name: 't',
      replicationSpecs: [
        {
          regionConfigs: [
            { providerName: 'TENANT', backingProviderName: 'GCP', regionName: 'CENTRAL_US', electableSpecs },
          ],
        },
      ],
    });
    const shared = toCluster(tenant({ instanceSize: 'M0' }), 'p');
    assert.deepEqual([shared.kind, shared.tier, shared.regions[0]?.provider], ['shared', 'M0', 'GCP']);
    const flex = toCluster(tenant({ instanceSize: 'M2', effectiveInstanceSize: 'FLEX' }), 'p');
    assert.deepEqual([flex.kind, flex.tier], ['flex', 'Flex']);
    const named = toFlexCluster({ name: 'f' }, 'p');
    assert.deepEqual([named.tier, named.regions], ['Flex', []]);
  });

  it('are unreadable, not a crash, in hostile shapes', () => {
    for (const hostile of [null, 'x', 7, [], { name: 7 }, { name: 'x', replicationSpecs: 'many' }])
      assert.throws(() => toCluster(hostile, 'p'), /ATLAS_REPLY_UNREADABLE/, JSON.stringify(hostile));
    assert.throws(() => toEndpointService({ id: 'x', interfaceEndpoints: {} }, 'p', 'AWS'), /ATLAS_REPLY_UNREADABLE/);
    assert.deepEqual(
      toCluster({ name: 'x', replicationSpecs: [null, { regionConfigs: [3] }], connectionStrings: 9 }, 'p').regions,
      [],
    );
  });

  it('take null for absent, as services do until they are available', () => {
    const service = toEndpointService(
      { id: 's', regionName: 'US_EAST_1', status: 'INITIATING', errorMessage: null, endpointServiceName: null },
      'p',
      'AWS',
    );
    assert.deepEqual(service, {
      id: 's',
      projectId: 'p',
      provider: 'AWS',
      region: 'US_EAST_1',
      status: 'INITIATING',
      endpointIds: [],
      supportedRemoteRegions: [],
    });
  });

  it("read each provider's own status field", () => {
    const of = { projectId: 'p', serviceId: 's', endpointId: 'e' };
    assert.equal(toEndpoint({ connectionStatus: 'NONE' }, { ...of, provider: 'AWS' }).status, 'NONE');
    assert.equal(toEndpoint({ status: 'AVAILABLE' }, { ...of, provider: 'AZURE' }).status, 'AVAILABLE');
    assert.equal(toEndpoint({ status: 'VERIFIED' }, { ...of, provider: 'GCP' }).status, 'VERIFIED');
    assert.equal(toServerlessEndpoint({ _id: 'x', privateLinkServiceResourceId: '/s' }, 'p', 'i').provider, 'AZURE');
  });

  it('name each region once over all sizes', () => {
    const sizes = [{ availableRegions: [{ name: 'A' }, { name: 'B' }] }, { availableRegions: [{ name: 'B' }] }];
    assert.deepEqual(toRegionNames([{ instanceSizes: sizes }], 'p'), ['A', 'B']);
  });
});
