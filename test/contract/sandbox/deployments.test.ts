import assert from 'node:assert/strict';
import { addVpcEndpoint, azureEndpointId } from '../../../src/sandbox/world/build';
import { createWorld, paces } from '../../../src/sandbox/world/create-world';
import { statusAt } from '../../../src/sandbox/world/world';
import type { AnswerFields, AtlasUnderTest, FakeClock } from '../../builders/sandbox';
import { fakeClock, startAtlasUnderTest } from '../../builders/sandbox';

describe('sandbox Atlas: each kind of deployment from nothing to strings and back', () => {
  let clock: FakeClock;
  let sandbox: AtlasUnderTest;
  const pace = paces.calm;

  beforeEach(async () => {
    clock = fakeClock();
    sandbox = await startAtlasUnderTest({ clock });
  });
  afterEach(() => sandbox.close());

  const group = (name: string) => `/groups/${sandbox.project(name).id}`;
  const get = async (path: string): Promise<AnswerFields> => {
    const reply = await sandbox.call('GET', path);
    assert.equal(reply.status, 200, reply.body);
    return reply.json;
  };
  const send = async (method: string, path: string, body?: unknown): Promise<AnswerFields> => {
    const reply = await sandbox.call(method, path, { body });
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.body}`);
    return reply.json;
  };
  const refused = async (status: number, errorCode: string, method: string, path: string, body?: unknown) => {
    const reply = await sandbox.call(method, path, { body });
    assert.deepEqual([reply.status, reply.json.errorCode], [status, errorCode], reply.body);
  };
  const connected = () => clock.advance(pace.endpointAcceptance + pace.endpointConnection);

  /** An interface endpoint in the scenario's VPC, waiting to be accepted. */
  function interfaceEndpoint(serviceName: string, region = 'us-east-1', ip = '10.0.30.210') {
    const { world } = sandbox;
    const place = world.aws.regions.get(region);
    const vpc = [...(place?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
    const subnet = [...(place?.subnets.values() ?? [])].find(({ vpcId }) => vpcId === vpc?.id);
    assert.ok(place && vpc && subnet);
    return addVpcEndpoint(world, place, vpc, serviceName, [{ subnet, ip }], [], {
      timeline: [{ at: 0, status: 'pendingAcceptance' }],
    });
  }

  async function createService(base: string, body: { providerName: string; region: string } & object) {
    const { id } = await send('POST', `${base}/privateEndpoint/endpointService`, body);
    clock.advance(pace.serviceCreation);
    return `${base}/privateEndpoint/${body.providerName}/endpointService/${id}`;
  }

  const strings = async (base: string, cluster: string) =>
    (await get(`${base}/clusters/${cluster}`)).connectionStrings.privateEndpoint ?? [];

  it('serverless on AWS: reserved, supplied with an id, available, with a string of its own', async () => {
    const base = group('start-serverless-sandbox');
    const path = `${base}/privateEndpoint/serverless/instance/OnAws/endpoint`;
    const made = await send('POST', path, { comment: 'Sandbox' });
    assert.deepEqual([made.status, made.endpointServiceName], ['RESERVATION_REQUESTED', null]);
    const one = `${path}/${made._id}`;
    const early = { providerName: 'AWS', cloudProviderEndpointId: 'vpce-0123456789abcdef0' };
    await refused(409, 'TENANT_ENDPOINT_NOT_RESERVED', 'PATCH', one, early);
    clock.advance(pace.serviceCreation);
    const { status, endpointServiceName } = await get(one);
    assert.equal(status, 'RESERVED');
    assert.match(endpointServiceName ?? '', /^com\.amazonaws\.vpce\.us-east-1\.vpce-svc-/);

    // An id that is nobody's fails, and another one may follow.
    assert.equal((await send('PATCH', one, early)).status, 'INITIATING');
    connected();
    const failed = await get(one);
    assert.equal(failed.status, 'FAILED');
    assert.match(failed.errorMessage ?? '', /vpce-0123456789abcdef0 was not found/);
    const vpcEndpoint = interfaceEndpoint(endpointServiceName ?? '');
    await send('PATCH', one, { providerName: 'AWS', cloudProviderEndpointId: vpcEndpoint.id });
    connected();
    const well = await get(one);
    assert.deepEqual([well.status, well.errorMessage], ['AVAILABLE', null]);
    assert.equal(statusAt(vpcEndpoint.timeline, clock.now()), 'available');
    const instance = await get(`${base}/serverless/OnAws`);
    assert.deepEqual(
      instance.connectionStrings.privateEndpoint?.map(({ srvConnectionString }) => srvConnectionString),
      [`mongodb+srv://onaws-pe-0.${sandbox.project('start-serverless-sandbox').domainLabel}.mongodb.net`],
    );

    await send('DELETE', one);
    assert.equal((await get(one)).status, 'DELETING');
    clock.advance(pace.deletion);
    await refused(404, 'TENANT_ENDPOINT_NOT_FOUND', 'GET', one);
    assert.equal(statusAt(vpcEndpoint.timeline, clock.now()), 'rejected');
  });

  it('serverless on Azure: takes a resource id and an address', async () => {
    const base = group('start-serverless-sandbox');
    const path = `${base}/privateEndpoint/serverless/instance/OnAzure/endpoint`;
    const one = `${path}/${(await send('POST', path, {}))._id}`;
    clock.advance(pace.serviceCreation);
    const supplied = { providerName: 'AZURE', cloudProviderEndpointId: azureEndpointId('sandbox') };
    await refused(400, 'MISSING_ATTRIBUTE', 'PATCH', one, supplied);
    await refused(400, 'INVALID_ATTRIBUTE', 'PATCH', one, { ...supplied, providerName: 'AWS' });
    await refused(400, 'INVALID_ATTRIBUTE', 'PATCH', one, { ...supplied, privateEndpointIpAddress: 'here' });
    await send('PATCH', one, { ...supplied, privateEndpointIpAddress: '10.20.1.20' });
    connected();
    assert.equal((await get(one)).status, 'AVAILABLE');
    const instance = await get(`${base}/serverless/OnAzure`);
    assert.equal(instance.connectionStrings.privateEndpoint?.length, 1);
  });

  it('Data Federation: pending, well, commented, failed, removed', async () => {
    const path = `${group('data-federation-sandbox')}/privateNetworkSettings/endpointIds`;
    const before = (await get(path)).results.length;
    const { id } = interfaceEndpoint('com.amazonaws.vpce.us-east-1.vpce-svc-00e311695874992b4');
    const status = async (endpoint: string) => (await get(`${path}/${endpoint}`)).status;
    await send('POST', path, { endpointId: id, provider: 'AWS', type: 'DATA_LAKE', comment: 'one' });
    assert.equal(await status(id), 'PENDING');
    connected();
    assert.equal(await status(id), 'OK');
    // The same again changes the comment and adds nothing.
    const again = await send('POST', path, { endpointId: id, provider: 'AWS', comment: 'two' });
    assert.equal(again.results.length, before + 1);
    assert.equal(await status(id), 'OK');
    const tenant = await get(`${group('data-federation-sandbox')}/dataFederation/FederatedInstance0`);
    assert.ok(JSON.stringify(tenant).includes(`"privateEndpoint":"${id}"`));

    const unknown = 'vpce-0123456789abcdef0';
    await send('POST', path, { endpointId: unknown, provider: 'AWS' });
    connected();
    const failed = await get(`${path}/${unknown}`);
    assert.equal(failed.status, 'FAILED');
    assert.match(failed.errorMessage ?? '', /was not found/);
    const azure = azureEndpointId('sandbox-federation');
    const more = { customerEndpointIPAddress: '10.20.1.30', region: 'US_EAST_2' };
    await send('POST', path, { endpointId: azure, provider: 'AZURE', ...more });
    connected();
    assert.equal(await status(encodeURIComponent(azure)), 'OK');
    await refused(400, 'INVALID_ATTRIBUTE', 'POST', path, { endpointId: 'vpce-1', provider: 'AWS' });
    await refused(400, 'INVALID_ATTRIBUTE', 'POST', path, { endpointId: id, provider: 'GCP' });

    await send('DELETE', `${path}/${id}`);
    assert.equal(await status(id), 'DELETING');
    clock.advance(pace.deletion);
    await refused(404, 'DATA_FEDERATION_ENDPOINT_NOT_FOUND', 'GET', `${path}/${id}`);
  });

  it('two regions: strings only with an endpoint in each', async () => {
    const base = group('start-in-two-regions-sandbox');
    for (const [index, place] of (['us-east-1', 'eu-west-1'] as const).entries()) {
      assert.deepEqual(await strings(base, 'Cluster0'), []);
      const service = await createService(base, { providerName: 'AWS', region: place });
      const { endpointServiceName } = await get(service);
      const { id } = interfaceEndpoint(endpointServiceName ?? '', place, `10.${index}.30.211`);
      await send('POST', `${service}/endpoint`, { id });
      connected();
      clock.advance(pace.clusterUpdate);
    }
    assert.equal((await strings(base, 'Cluster0')).length, 1);
  });

  it('two clouds: one string through both', async () => {
    const base = group('start-on-two-clouds-sandbox');
    const aws = await createService(base, { providerName: 'AWS', region: 'US_EAST_1' });
    await send('POST', `${aws}/endpoint`, { id: interfaceEndpoint((await get(aws)).endpointServiceName ?? '').id });
    const azure = await createService(base, { providerName: 'AZURE', region: 'US_EAST_2' });
    const id = azureEndpointId('sandbox');
    await send('POST', `${azure}/endpoint`, { id, privateEndpointIPAddress: '10.20.1.40' });
    connected();
    clock.advance(pace.clusterUpdate);
    const [string, ...others] = await strings(base, 'Cluster0');
    assert.equal(others.length, 0);
    assert.match(JSON.stringify(string), /pl-0-us-east-1\..*pl-0-eastus2\./);
  });

  it('Google Cloud in the older form: one address for each service attachment', async () => {
    const base = group('start-on-google-cloud-sandbox');
    const service = await createService(base, { providerName: 'GCP', region: 'CENTRAL_US' });
    const endpoints = Array.from({ length: 50 }, (_, index) => ({
      endpointName: `sandbox-${index}`,
      ipAddress: `10.30.9.${index + 10}`,
    }));
    const body = { endpointGroupName: 'sandbox', gcpProjectId: 'sandbox-project', endpoints };
    await refused(400, 'INVALID_ATTRIBUTE', 'POST', `${service}/endpoint`, { ...body, endpoints: endpoints.slice(1) });
    await send('POST', `${service}/endpoint`, body);
    connected();
    assert.equal((await get(`${service}/endpoint/sandbox`)).status, 'AVAILABLE');
    clock.advance(pace.clusterUpdate);
    assert.equal((await strings(base, 'Cluster0')).length, 1);
  });

  it('regionalized mode: on without replica sets, strings change, and off only while few endpoints are there', async () => {
    const base = group('start-regionalized-sandbox');
    const mode = `${base}/privateEndpoint/regionalMode`;
    let last = 220;
    const connect = async (service: string, place: 'us-east-1' | 'eu-west-1') => {
      last += 1;
      const ip = `10.${place === 'us-east-1' ? 0 : 1}.30.${last}`;
      const { id } = interfaceEndpoint((await get(service)).endpointServiceName ?? '', place, ip);
      await send('POST', `${service}/endpoint`, { id });
      connected();
      clock.advance(pace.clusterUpdate);
    };
    const east = await createService(base, { providerName: 'AWS', region: 'us-east-1' });
    const west = await createService(base, { providerName: 'AWS', region: 'eu-west-1' });
    await connect(east, 'us-east-1');
    await connect(west, 'eu-west-1');
    assert.equal((await strings(base, 'Worldwide')).length, 1);
    const second = interfaceEndpoint((await get(east)).endpointServiceName ?? '', 'us-east-1', '10.0.30.240');
    await refused(409, 'MULTIPLE_PRIVATE_ENDPOINTS_ACROSS_REGIONS', 'POST', `${east}/endpoint`, { id: second.id });

    await send('PATCH', mode, { enabled: true });
    assert.deepEqual(await get(mode), { enabled: true });
    assert.deepEqual(await strings(base, 'Worldwide'), [], 'clusters are updated first');
    assert.equal((await get(`${base}/clusters/Worldwide`)).stateName, 'UPDATING');
    clock.advance(pace.clusterUpdate);
    assert.equal((await strings(base, 'Worldwide')).length, 2);
    await connect(east, 'us-east-1');
    assert.equal((await strings(base, 'Worldwide')).length, 3);
    await refused(409, 'CANNOT_DISABLE_REGIONALIZED_PRIVATE_ENDPOINTS', 'PATCH', mode, { enabled: false });
    const [first = ''] = (await get(east)).interfaceEndpoints ?? [];
    await send('DELETE', `${east}/endpoint/${first}`);
    await send('PATCH', mode, { enabled: false });
    clock.advance(Math.max(pace.clusterUpdate, pace.deletion));
    assert.equal((await strings(base, 'Worldwide')).length, 1);
  });

  it('another region: its interface endpoints are taken, and lead to the cluster', async () => {
    const base = group('start-on-aws-sandbox');
    const service = await createService(base, { providerName: 'AWS', region: 'US_EAST_1' });
    const { id } = await get(service);
    const change = `${base}/privateEndpoint/endpointService/${id}`;
    await refused(400, 'INVALID_ATTRIBUTE', 'PATCH', change, {
      cloudProvider: 'AWS',
      supportedRemoteRegions: ['MOON'],
    });
    await send('PATCH', change, { cloudProvider: 'AWS', supportedRemoteRegions: ['EU_WEST_1'] });
    assert.match(JSON.stringify(await get(service)), /"supportedRemoteRegions":\["EU_WEST_1"\]/);
    const remote = interfaceEndpoint((await get(service)).endpointServiceName ?? '', 'eu-west-1', '10.1.30.212');
    await send('POST', `${service}/endpoint`, { id: remote.id });
    connected();
    clock.advance(pace.clusterUpdate);
    assert.equal((await strings(base, 'Cluster0')).length, 1);
  });

  it('has failures for creation: no payment, busy, ending up failed, answer lost', async () => {
    const { world } = sandbox;
    const { id, name } = sandbox.project('start-on-azure-sandbox');
    const base = `/groups/${id}`;
    const create = `${base}/privateEndpoint/endpointService`;
    const body = { providerName: 'AZURE', region: 'US_EAST_2' };
    world.faults.set('payment-missing', true, name);
    await refused(402, 'NO_PAYMENT_INFORMATION_FOUND', 'POST', create, body);
    world.faults.set('payment-missing', false);
    world.faults.set('service-creation-fails', true, id);
    const failing = await createService(base, body);
    assert.deepEqual(
      [(await get(failing)).status, (await get(failing)).errorMessage],
      ['FAILED', 'A system failure has occurred.'],
    );
    world.faults.set('service-creation-fails', false);
    await send('DELETE', failing);
    clock.advance(pace.deletion);

    world.faults.set('atlas-answer-lost', true, 'createGroupPrivateEndpointEndpointService');
    await assert.rejects(sandbox.call('POST', create, { body }));
    assert.equal(sandbox.project(name).services.size, 1);
    world.faults.set('atlas-answer-lost', false);
    await refused(409, 'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION', 'POST', create, body);

    clock.advance(pace.serviceCreation);
    const [service] = (await sandbox.call('GET', `${base}/privateEndpoint/AZURE/endpointService`)).json;
    const register = `${base}/privateEndpoint/AZURE/endpointService/${service?.id ?? ''}/endpoint`;
    const endpoint = { id: azureEndpointId('sandbox'), privateEndpointIPAddress: '10.20.1.50' };
    world.faults.set('atlas-busy', true, id);
    await refused(409, 'IDEMPOTENT_OPERATION_IN_PROGRESS', 'POST', register, endpoint);
    world.faults.set('atlas-busy', false);
    assert.equal((await send('POST', register, endpoint)).status, 'INITIATING');
  });

  it('takes half a minute from nothing to strings at the pace for people, and no time at all when told so', () => {
    const whole = (of: (typeof paces)[keyof typeof paces]) =>
      of.serviceCreation + of.endpointAcceptance + of.endpointConnection + of.clusterUpdate;
    assert.equal(createWorld({ clock }).pace, paces.calm);
    assert.ok(whole(paces.calm) >= 20_000 && whole(paces.calm) <= 40_000);
    assert.equal(whole(paces.instant), 0);
  });
});
