import assert from 'node:assert/strict';
import { addCluster, addSubnet, addVpcEndpoint, region } from '../../../src/sandbox/world/build';
import type { Pace } from '../../../src/sandbox/world/world';
import { statusAt } from '../../../src/sandbox/world/world';
import type { AnswerFields, AtlasUnderTest, FakeClock } from '../../builders/sandbox';
import { fakeClock, startAtlasUnderTest } from '../../builders/sandbox';

const pace: Pace = {
  serviceCreation: 8000,
  endpointAcceptance: 3000,
  endpointConnection: 3000,
  clusterDelay: 4000,
  clusterUpdate: 5000,
  deletion: 5000,
};

describe('sandbox Atlas: states in time and refusals', () => {
  let clock: FakeClock;
  let sandbox: AtlasUnderTest;
  let group: string;
  let endpoints: string;

  beforeEach(async () => {
    clock = fakeClock();
    sandbox = await startAtlasUnderTest({ clock, pace });
    group = `/groups/${sandbox.project('nothing-yet-sandbox').id}`;
    endpoints = `${group}/privateEndpoint`;
  });
  afterEach(() => sandbox.close());

  const project = () => sandbox.project('nothing-yet-sandbox');

  async function createService(body: Record<string, unknown>): Promise<AnswerFields> {
    const reply = await sandbox.call('POST', `${endpoints}/endpointService`, { body });
    assert.equal(reply.status, 201, reply.body);
    return reply.json;
  }

  async function refused(status: number, errorCode: string, method: string, path: string, body?: unknown) {
    const reply = await sandbox.call(method, path, { body });
    assert.deepEqual([reply.status, reply.json.errorCode], [status, errorCode], reply.body);
  }

  /** A VPC endpoint on a service of `us-east-1`, waiting to be accepted. */
  function vpcEndpointFor(serviceId: string, withSubnet = true) {
    const { world } = sandbox;
    const place = world.aws.regions.get('us-east-1')!;
    const vpc = [...place.vpcs.values()].at(-1)!;
    const subnet = addSubnet(world, place, vpc, 'us-east-1a', '10.0.77.0/24');
    const interfaces = withSubnet ? [{ subnet, ip: '10.0.77.7' }] : [];
    return addVpcEndpoint(world, place, vpc, project().services.get(serviceId)!.cloudName, interfaces, [], {
      timeline: [{ at: 0, status: 'pendingAcceptance' }],
    });
  }

  it('takes an AWS service and endpoint from creation to strings, and away again', async () => {
    addCluster(sandbox.world, project(), 'Cluster0');
    const service = await createService({ providerName: 'AWS', region: 'US_EAST_1' });
    assert.deepEqual([service.status, service.endpointServiceName], ['INITIATING', null]);
    await refused(
      409,
      'PRIVATE_ENDPOINT_SERVICE_NOT_AVAILABLE',
      'POST',
      `${endpoints}/AWS/endpointService/${service.id}/endpoint`,
      {
        id: 'vpce-00000000000000001',
      },
    );
    clock.advance(8000);
    const base = `${endpoints}/AWS/endpointService/${service.id}`;
    const available = (await sandbox.call('GET', base)).json;
    assert.equal(available.status, 'AVAILABLE');
    assert.match(available.endpointServiceName ?? '', /^com\.amazonaws\.vpce\.us-east-1\.vpce-svc-[0-9a-f]{17}$/);

    const vpcEndpoint = vpcEndpointFor(service.id);
    const state = async () => [
      (await sandbox.call('GET', `${base}/endpoint/${vpcEndpoint.id}`)).json.connectionStatus,
      statusAt(vpcEndpoint.timeline, clock.now()),
      (await sandbox.call('GET', `${group}/clusters/Cluster0`)).json.stateName,
      (await sandbox.call('GET', `${group}/clusters/Cluster0`)).json.connectionStrings.privateEndpoint?.length,
    ];
    await sandbox.call('POST', `${base}/endpoint`, { body: { id: vpcEndpoint.id } });
    assert.deepEqual(await state(), ['PENDING_ACCEPTANCE', 'pendingAcceptance', 'IDLE', undefined]);
    clock.advance(3000);
    assert.deepEqual(await state(), ['PENDING', 'pending', 'IDLE', undefined]);
    clock.advance(3000);
    assert.deepEqual(await state(), ['AVAILABLE', 'available', 'IDLE', undefined]);
    clock.advance(4000);
    assert.deepEqual(await state(), ['AVAILABLE', 'available', 'UPDATING', undefined]);
    clock.advance(5000);
    assert.deepEqual(await state(), ['AVAILABLE', 'available', 'IDLE', 1]);

    await refused(409, 'PRIVATE_ENDPOINT_SERVICE_HAS_ENDPOINTS', 'DELETE', base);
    await refused(409, 'PRIVATE_ENDPOINT_ALREADY_EXISTS', 'POST', `${base}/endpoint`, { id: vpcEndpoint.id });
    assert.equal((await sandbox.call('DELETE', `${base}/endpoint/${vpcEndpoint.id}`)).status, 204);
    assert.deepEqual(await state(), ['DELETING', 'available', 'UPDATING', undefined]);
    clock.advance(5000);
    await refused(404, 'PRIVATE_ENDPOINT_NOT_FOUND', 'GET', `${base}/endpoint/${vpcEndpoint.id}`);
    assert.equal((await sandbox.call('GET', base)).json.status, 'DELETING');
    clock.advance(5000);
    await refused(404, 'PRIVATE_ENDPOINT_SERVICE_NOT_FOUND', 'GET', base);
  });

  it('rejects an interface endpoint that is unknown or has no subnet', async () => {
    const service = await createService({ providerName: 'AWS', region: 'us-east-1' });
    clock.advance(8000);
    const base = `${endpoints}/AWS/endpointService/${service.id}/endpoint`;
    const bare = vpcEndpointFor(service.id, false);
    for (const id of ['vpce-0123456789abcdef0', bare.id]) {
      assert.equal((await sandbox.call('POST', base, { body: { id } })).status, 201);
    }
    clock.advance(6000);
    assert.equal((await sandbox.call('GET', `${base}/vpce-0123456789abcdef0`)).json.connectionStatus, 'REJECTED');
    const { connectionStatus, errorMessage } = (await sandbox.call('GET', `${base}/${bare.id}`)).json;
    assert.equal(connectionStatus, 'REJECTED');
    assert.equal(
      errorMessage,
      `No dns entries found for endpoint ${bare.id}, your endpoint must be provisioned in at least one subnet`,
    );
  });

  it('refuses what the limitations forbid', async () => {
    const create = `${endpoints}/endpointService`;
    await createService({ providerName: 'AWS', region: 'US_EAST_1' });
    await refused(409, 'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION', 'POST', create, {
      providerName: 'AWS',
      region: 'us-east-1',
    });
    await refused(400, 'INVALID_REGION', 'POST', create, { providerName: 'AWS', region: 'MOON_1' });
    await refused(400, 'INVALID_ATTRIBUTE', 'POST', create, { providerName: 'MOON', region: 'US_EAST_1' });
    await refused(400, 'INVALID_JSON', 'POST', create, '{"providerName": ');
    addCluster(sandbox.world, project(), 'Asleep', { paused: true, regions: [region('AWS', 'US_WEST_2')] });
    await refused(409, 'CANNOT_CREATE_PRIVATE_ENDPOINT_WITH_PAUSED_CLUSTER', 'POST', create, {
      providerName: 'AWS',
      region: 'US_WEST_2',
    });
    for (let number = 0; number < 17; number += 1) {
      addCluster(sandbox.world, project(), `C${number}`, { regions: [region('AWS', 'EU_WEST_1')] });
    }
    await refused(409, 'PRIVATE_ENDPOINT_ADDRESSABLE_TARGETS_EXCEEDED', 'POST', create, {
      providerName: 'AWS',
      region: 'EU_WEST_1',
    });
    await refused(
      409,
      'REGIONALIZED_PRIVATE_ENDPOINTS_REQUIRE_SHARDED_CLUSTERS',
      'PATCH',
      `${endpoints}/regionalMode`,
      {
        enabled: true,
      },
    );
    const small = `/groups/${sandbox.project('small-tiers-sandbox').id}/privateEndpoint/endpointService`;
    await refused(400, 'PRIVATE_ENDPOINTS_NOT_SUPPORTED_FOR_TIER', 'POST', small, {
      providerName: 'AWS',
      region: 'US_EAST_1',
    });
  });

  it('keeps to one endpoint per region or several in one, over all clouds, unless regionalized', async () => {
    const azure = await createService({ providerName: 'AZURE', region: 'EUROPE_WEST' });
    const google = await createService({ providerName: 'GCP', region: 'CENTRAL_US', portMappingEnabled: true });
    clock.advance(8000);
    const azureStatus = async () =>
      (await sandbox.call('GET', `${endpoints}/AZURE/endpointService/${azure.id}`)).json.status;
    assert.equal(await azureStatus(), 'WAITING_FOR_USER');
    const register = `${endpoints}/AZURE/endpointService/${azure.id}/endpoint`;
    const id = (name: string) =>
      `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/${name}`;
    for (const name of ['one', 'two']) {
      const reply = await sandbox.call('POST', register, {
        body: { id: id(name), privateEndpointIPAddress: '10.5.0.4' },
      });
      assert.deepEqual([reply.status, reply.json.status], [201, 'INITIATING'], reply.body);
    }
    assert.equal(await azureStatus(), 'AVAILABLE');
    const other = `${endpoints}/GCP/endpointService/${google.id}/endpoint`;
    const rule = { endpointName: 'rule', ipAddress: '10.6.0.4' };
    const groupBody = { endpointGroupName: 'group', gcpProjectId: 'customer', endpoints: [rule] };
    await refused(400, 'INVALID_ATTRIBUTE', 'POST', other, { ...groupBody, endpoints: [rule, rule] });
    await refused(409, 'MULTIPLE_PRIVATE_ENDPOINTS_ACROSS_REGIONS', 'POST', other, groupBody);
    assert.equal((await sandbox.call('PATCH', `${endpoints}/regionalMode`, { body: { enabled: true } })).status, 202);
    assert.equal((await sandbox.call('POST', other, { body: groupBody })).json.status, 'INITIATING');
    clock.advance(3000);
    assert.equal((await sandbox.call('GET', `${other}/group`)).json.status, 'VERIFIED');
    clock.advance(3000);
    assert.equal((await sandbox.call('GET', `${other}/group`)).json.status, 'AVAILABLE');
    assert.equal((await sandbox.call('GET', `${register}/${encodeURIComponent(id('one'))}`)).json.status, 'AVAILABLE');
    await refused(409, 'CANNOT_DISABLE_REGIONALIZED_PRIVATE_ENDPOINTS', 'PATCH', `${endpoints}/regionalMode`, {
      enabled: false,
    });
  });

  it('has the strings of the seed', async () => {
    const { id } = sandbox.project('storefront-sandbox');
    const { connectionStrings } = (await sandbox.call('GET', `/groups/${id}/clusters/Cluster0`)).json;
    assert.deepEqual(connectionStrings.privateEndpoint, [
      {
        connectionString:
          'mongodb://pl-0-us-east-1-k45tj.mongodb.net:1024,pl-0-us-east-1-k45tj.mongodb.net:1025,pl-0-us-east-1-k45tj.mongodb.net:1026/?ssl=true&authSource=admin&replicaSet=Cluster0-shard-0-shard-0',
        endpoints: [{ endpointId: 'vpce-024f5b57108c8d3ed', providerName: 'AWS', region: 'US_EAST_1' }],
        srvConnectionString: 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net',
        type: 'MONGOD',
      },
    ]);
  });

  it('has an optimized string for sharded clusters on AWS, one element for each endpoint', async () => {
    const { id } = sandbox.project('orders-sandbox');
    const { privateEndpoint } = (await sandbox.call('GET', `/groups/${id}/clusters/Orders`)).json.connectionStrings;
    assert.deepEqual(
      privateEndpoint?.map((item) => [item.type, item.srvConnectionString, item.srvShardOptimizedConnectionString]),
      [0, 1].map((index) => [
        'MONGOS',
        `mongodb+srv://orders-pl-${index}.oq7aw.mongodb.net`,
        `mongodb+srv://orders-pl-${index}-lb.oq7aw.mongodb.net`,
      ]),
    );
  });
});
