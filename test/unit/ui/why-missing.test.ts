import assert from 'node:assert/strict';
import { stringTargets } from '../../../src/ui/strings/string-targets';
import { missingForms, missingRegions } from '../../../src/ui/strings/why-missing';
import { cluster, service } from '../store/fake-atlas';

const twoRegions = cluster('Two', {
  regions: [
    { provider: 'AWS', region: 'US_EAST_1', nodeCount: 3 },
    { provider: 'AWS', region: 'EU_WEST_1', nodeCount: 2 },
  ],
  strings: {
    privateEndpoint: [
      {
        type: 'MONGOD',
        endpoints: [{ endpointId: 'vpce-1', provider: 'AWS', region: 'US_EAST_1' }],
        srv: 'mongodb+srv://two-pl-0.ab1cd.mongodb.net',
        standard: 'mongodb://pl-0-us-east-1.ab1cd.mongodb.net:1024/?tls=true',
      },
    ],
  },
});

describe('what a cluster has no private endpoint string for', () => {
  it('is a region, with the reason that it has', () => {
    const reasonOf = (...services: Parameters<typeof missingRegions>[1]): string | undefined => {
      const [missing, ...others] = missingRegions(twoRegions, services);
      assert.deepEqual(others, []);
      assert.equal(missing?.label, 'AWS eu-west-1');
      return missing.reason;
    };
    const there = { region: 'EU_WEST_1' };
    assert.match(reasonOf() ?? '', /no private endpoint service/);
    assert.match(reasonOf(service('s', { ...there, status: 'INITIATING' })) ?? '', /Creating private link/);
    assert.match(reasonOf(service('s', { ...there, status: 'WAITING_FOR_USER' })) ?? '', /no endpoint yet/);
    assert.match(reasonOf(service('s', { ...there, endpointIds: ['vpce-2'] })) ?? '', /is available yet/);
    const [updating] = missingRegions({ ...twoRegions, state: 'UPDATING' }, [
      service('s', { ...there, endpointIds: ['vpce-2'] }),
    ]);
    assert.match(updating?.reason ?? '', /UPDATING/);
  });

  it('is none where every region has one, and none that could have any', () => {
    const [east] = twoRegions.regions;
    assert.ok(east);
    assert.deepEqual(missingRegions({ ...twoRegions, regions: [east] }, []), []);
    assert.deepEqual(missingRegions(cluster('Free', { kind: 'shared', tier: 'M0' }), []), []);
  });

  it('is a form, with the reason that the cluster has', () => {
    const [target] = stringTargets(twoRegions);
    assert.ok(target);
    assert.deepEqual(
      missingForms(twoRegions, target).map(({ form }) => form),
      ['srvShardOptimized'],
    );
    const reason = (more: Partial<typeof twoRegions>): string =>
      missingForms({ ...twoRegions, ...more }, target)[0]?.reason ?? '';
    assert.match(reason({}), /replica set/);
    assert.match(reason({ topology: 'SHARDED' }), /generated none/);
    assert.match(reason({ topology: 'SHARDED', state: 'UPDATING' }), /UPDATING/);
    const onAzure = { ...target, endpoints: [{ endpointId: 'e', provider: 'AZURE', region: 'US_EAST_2' }] } as const;
    assert.match(missingForms({ ...twoRegions, topology: 'SHARDED' }, onAzure)[0]?.reason ?? '', /Azure/);
  });
});
