import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import { MongoClient } from 'mongodb';
import { startNetwork, type SandboxNetwork } from '../../../src/sandbox/network/start';
import { addFederatedDatabase } from '../../../src/sandbox/world/build';
import { createWorld, paces } from '../../../src/sandbox/world/create-world';
import { privateEndpointStrings } from '../../../src/sandbox/world/strings';
import type { World } from '../../../src/sandbox/world/world';
import { smallWorld, vpcEndpointId, type SmallWorld } from './small-world';

const always = (status: string): [{ at: number; status: string }] => [{ at: 0, status }];

describe('the sandbox’s network over its worlds', () => {
  let network: SandboxNetwork | undefined;
  let client: MongoClient | undefined;
  afterEach(async () => {
    await client?.close();
    await network?.close();
  });

  async function signIn(world: World, string: string): Promise<void> {
    network = await startNetwork(world);
    const { hostname, port } = new URL(network.socksProxy);
    client = new MongoClient(string, {
      proxyHost: hostname,
      proxyPort: Number(port),
      tlsCAFile: network.caFile,
      auth: { username: world.credentials.dbUsername, password: world.credentials.dbPassword },
      serverSelectionTimeoutMS: 3000,
    });
    await client.connect();
    const { databases } = await client.db('admin').admin().listDatabases();
    assert.ok(databases.length > 0);
  }

  it('leads the default scenario’s first string to its cluster', async () => {
    const world = createWorld({ pace: paces.instant });
    const project = [...world.atlas.projects.values()].find(({ domainLabel }) => domainLabel === 'k45tj');
    const cluster = project?.clusters.get('Cluster0');
    assert.ok(project && cluster);
    const [strings] = privateEndpointStrings(world, project, cluster);
    await signIn(world, strings?.connectionString ?? '');
  });

  it('leads to a serverless instance through its own endpoint', async () => {
    const small = smallWorld();
    const instance: typeof small.replicaSet = {
      ...small.replicaSet,
      id: 'c9',
      name: 'Serverless9',
      kind: 'serverless',
      serverlessEndpoints: new Map([
        [
          'e0',
          {
            id: 'e0',
            provider: 'AWS',
            timeline: always('AVAILABLE'),
            comment: '',
            cloudProviderEndpointId: vpcEndpointId,
            cloudName: 'com.amazonaws.vpce.us-east-1.vpce-svc-02863655456245e5c',
          },
        ],
      ]),
    };
    small.project.clusters.clear();
    small.project.services.clear();
    small.project.clusters.set(instance.name, instance);
    network = await startNetwork(small.world);
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([network.dnsServer]);
    const [target] = await resolver.resolveSrv('_mongodb._tcp.serverless9-pe-0-k45tj.mongodb.net');
    assert.ok(target);
    assert.deepEqual((await resolver.resolve4(target.name)).length, 2);
    await network.close();
    await signIn(small.world, `mongodb://${target.name}:${target.port}/?tls=true&loadBalanced=true`);
  });

  it('leads to a cluster in two regions of two clouds, each through its own endpoint', async () => {
    const small = smallWorld();
    const [aws] = small.replicaSet.regions;
    assert.ok(aws);
    const azure = { ...aws, provider: 'AZURE' as const, region: 'US_EAST_2', electable: 2, priority: 6 };
    const cluster = { ...small.replicaSet, regions: [aws, azure] };
    small.project.clusters.set(cluster.name, cluster);
    small.project.clusters.delete('Azure2');
    const [strings] = privateEndpointStrings(small.world, small.project, cluster);
    assert.deepEqual(
      strings?.hosts.map(({ host, port }) => `${host}:${port}`),
      [
        ...[1024, 1025, 1026].map((port) => `pl-0-us-east-1-k45tj.mongodb.net:${port}`),
        ...[1024, 1025].map((port) => `pl-0-eastus2-k45tj.mongodb.net:${port}`),
      ],
    );
    await signIn(small.world, `${strings.connectionString}&w=1&readPreference=secondary&heartbeatFrequencyMS=60000`);
    assert.ok(client);
    const seen = await client.db('admin').command({ hello: 1 });
    assert.equal((seen.hosts as string[]).length, 5);
  });

  it('leads to each node by its own address on Google Cloud in the older form', async () => {
    const small = smallWorld();
    const addresses = [5, 6, 7].map((last) => ({ name: `node-${last}`, ipAddress: `10.9.0.${last}` }));
    const place = { provider: 'GCP' as const, region: 'CENTRAL_US' };
    small.project.clusters.clear();
    const [region] = small.replicaSet.regions;
    assert.ok(region);
    const cluster = { ...small.replicaSet, regions: [{ ...region, ...place }] };
    small.project.clusters.set(cluster.name, cluster);
    const endpoint = { id: 'group', timeline: always('AVAILABLE'), deleteRequested: false, addresses };
    small.project.services.set('s9', {
      ...small.awsService,
      ...place,
      id: 's9',
      endpoints: new Map([[endpoint.id, endpoint]]),
    });
    const [strings] = privateEndpointStrings(small.world, small.project, cluster);
    await signIn(small.world, strings?.connectionString ?? '');
    const resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([network?.dnsServer ?? '']);
    const found = await Promise.all((strings?.hosts ?? []).map(({ host }) => resolver.resolve4(host)));
    assert.deepEqual(found, [['10.9.0.5'], ['10.9.0.6'], ['10.9.0.7']]);
  });

  it('leads to a federated database through its endpoint', async () => {
    const small: SmallWorld = smallWorld();
    addFederatedDatabase(small.project, 'Lake', { provider: 'AWS', region: 'US_EAST_1' });
    small.project.dataFederationEndpoints.set(vpcEndpointId, {
      id: vpcEndpointId,
      provider: 'AWS',
      timeline: always('OK'),
      comment: '',
    });
    await signIn(small.world, `mongodb://${vpcEndpointId}-lake-k45tj.a.query.mongodb.net:27017/?tls=true`);
  });
});
