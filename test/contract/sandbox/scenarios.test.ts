import assert from 'node:assert/strict';
import { createWorld, isScenario, scenarios } from '../../../src/sandbox/world/create-world';
import { endpointStatus, serviceStatus } from '../../../src/sandbox/world/lifecycle';
import { addressableTargets, privateEndpointStrings, privateHostTarget } from '../../../src/sandbox/world/strings';
import { fakeClock } from '../../builders/sandbox';

describe('sandbox scenarios', () => {
  const clock = fakeClock();

  it('has in acme what the seed describes, each at least once', () => {
    const world = createWorld({ clock });
    const found = new Set<string>();
    for (const project of world.atlas.projects.values()) {
      if (project.regionalizedMode) found.add('regionalized');
      if (project.peerings.length > 0) found.add('peering');
      if (project.accessList.size > 0) found.add('access list');
      if (project.federatedDatabases.size > 0) found.add('Data Federation');
      for (const service of project.services.values()) {
        found.add(`service ${serviceStatus(world, service).status}`);
        if (service.provider === 'GCP' && service.endpoints.size > 0) {
          found.add(service.portMappingEnabled ? 'GCP port-mapped' : 'GCP many addresses');
        }
        for (const endpoint of service.endpoints.values()) {
          found.add(`endpoint ${endpointStatus(world, service, endpoint).status}`);
        }
      }
      for (const cluster of project.clusters.values()) {
        found.add(cluster.kind);
        if (cluster.archives.length > 0) found.add('Online Archive');
        for (const strings of privateEndpointStrings(world, project, cluster)) {
          found.add(`${cluster.regions.map(({ provider }) => provider).join('+')} ${strings.type}`);
          if (strings.optimized !== undefined) found.add('optimized');
        }
      }
    }
    for (const row of [
      ...['AWS MONGOD', 'AWS MONGOS', 'AWS+AWS MONGOD', 'AWS+AWS MONGOS', 'AZURE MONGOD', 'GCP MONGOD', 'optimized'],
      ...[
        'regionalized',
        'peering',
        'access list',
        'Data Federation',
        'Online Archive',
        'shared',
        'flex',
        'serverless',
      ],
      ...['GCP port-mapped', 'GCP many addresses', 'service INITIATING', 'service WAITING_FOR_USER', 'service FAILED'],
      ...[
        'service DELETING',
        'endpoint NONE',
        'endpoint PENDING_ACCEPTANCE',
        'endpoint REJECTED',
        'endpoint AVAILABLE',
      ],
    ]) {
      assert.ok(found.has(row), `${row} is not in ${[...found].join(', ')}`);
    }
  });

  for (const scenario of Object.keys(scenarios).filter(isScenario)) {
    it(`leads every private host of ${scenario} to addresses of one endpoint, ports to one node each`, () => {
      const world = createWorld({ clock, scenario });
      const owners = new Map<string, string>();
      for (const project of world.atlas.projects.values()) {
        const nodes = new Map<string, string>();
        for (const cluster of project.clusters.values()) {
          for (const { hosts } of privateEndpointStrings(world, project, cluster)) {
            for (const host of hosts) {
              const addresses = privateHostTarget(world, project, host)?.addresses ?? [];
              assert.ok(addresses.length > 0, `${host.host} of ${project.name} leads nowhere`);
              for (const address of addresses) {
                assert.equal(owners.get(address) ?? host.endpointId, host.endpointId, address);
                owners.set(address, host.endpointId);
              }
              const node = `${cluster.name} ${host.index}`;
              assert.equal(nodes.get(`${host.host}:${host.port}`) ?? node, node, host.host);
              nodes.set(`${host.host}:${host.port}`, node);
            }
          }
        }
      }
    });
  }

  it('gives no strings to a cluster with a region that has no endpoint, and none behind a failed one', () => {
    const world = createWorld({ clock, scenario: 'broken' });
    for (const code of ['REGION_WITHOUT_ENDPOINT', 'ENDPOINT_NO_DNS', 'ENDPOINT_FAILED', 'SERVICE_INITIATING']) {
      const project = [...world.atlas.projects.values()].find(({ name }) => name === `${code}-sandbox`);
      const cluster = project?.clusters.get('Cluster0');
      assert.ok(project && cluster, code);
      assert.deepEqual(privateEndpointStrings(world, project, cluster), [], code);
    }
    const crowded = [...world.atlas.projects.values()].find(({ name }) => name.startsWith('TARGETS_EXCEEDED'));
    assert.equal(crowded && addressableTargets(crowded, 'AWS', 'US_EAST_1'), 54);
  });

  it('repeats ids and never credentials', () => {
    const [one, two] = [createWorld({ clock }), createWorld({ clock })];
    assert.deepEqual([...one.atlas.projects.keys()], [...two.atlas.projects.keys()]);
    for (const [name, value] of Object.entries(one.credentials)) {
      if (name !== 'dbUsername') assert.notEqual(value, two.credentials[name as 'publicKey'], name);
    }
  });

  it('builds the clusters of many projects only when somebody looks', () => {
    const world = createWorld({ clock, scenario: 'empty', projects: 2000 });
    const projects = [...world.atlas.projects.values()];
    assert.equal(
      projects.reduce((sum, { clusterCount }) => sum + clusterCount, 0),
      20_000,
    );
    assert.equal(projects[7]?.clusters.size, 10);
    assert.equal(projects[7].clusters, projects[7].clusters, 'built once');
    // Building takes ids: the world that was looked into has used some that its like has not.
    assert.notEqual(world.ids.atlas(), createWorld({ clock, scenario: 'empty', projects: 2000 }).ids.atlas());
  });
});
