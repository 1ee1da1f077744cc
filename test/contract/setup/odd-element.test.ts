import assert from 'node:assert/strict';
import { federationServices } from '../../../src/core/data-federation';
import { problemOf } from '../../../src/core/problem';
import { putFederationEndpoint, removeFederationEndpoint } from '../../../src/setup/data-federation';
import { ensureService, waitForService } from '../../../src/setup/endpoint-service';
import { registerEndpoint } from '../../../src/setup/register';
import { removeService } from '../../../src/setup/remove';
import { ensureReservation, removeServerlessEndpoint } from '../../../src/setup/serverless';
import { addCluster, azureEndpointId, region } from '../../../src/sandbox/world/build';
import { startSetUp, type SetupUnderTest } from '../../builders/set-up';

const instanceName = 'Serverless';

describe('a set-up whose list has an element that cannot be read', () => {
  let setUp: SetupUnderTest;
  afterEach(() => setUp.close());

  const start = async () => {
    setUp = await startSetUp((world, project) => {
      addCluster(world, project, 'Cluster0', { regions: [region('AZURE', 'US_EAST_2')] });
      addCluster(world, project, instanceName, { kind: 'serverless', tier: 'SERVERLESS' });
    });
    const { ports, signal, requests } = setUp.run();
    const odd = (on: boolean): void => setUp.world.faults.set('odd-element', on);
    const writes = () => requests.filter((one) => !one.startsWith('GET'));
    const wish = { projectId: setUp.project.id, provider: 'AZURE', region: 'US_EAST_2' } as const;
    return { ports, signal, odd, writes, wish };
  };
  const incomplete = (error: unknown): boolean => problemOf(error)?.code === 'ATLAS_LIST_INCOMPLETE';

  it('creates no second endpoint service, and goes on with the one that it finds beside it', async () => {
    const { ports, signal, odd, writes, wish } = await start();
    const service = await waitForService(ports, await ensureService(ports, wish, signal), signal);
    const before = writes();
    odd(true);
    await assert.rejects(ensureService(ports, wish, signal), incomplete);
    assert.deepEqual(writes(), before);

    odd(false);
    const other = await ensureService(ports, { ...wish, region: 'EUROPE_WEST' }, signal);
    odd(true);
    assert.equal((await ensureService(ports, { ...wish, region: 'EUROPE_WEST' }, signal)).id, other.id);
    assert.notEqual(other.id, service.id);
  });

  it('registers no endpoint that another service may have', async () => {
    const { ports, signal, odd, writes, wish } = await start();
    const service = await waitForService(ports, await ensureService(ports, wish, signal), signal);
    const before = writes();
    odd(true);
    const registration = { provider: 'AZURE', id: azureEndpointId('sandbox-set-up'), ipAddress: '10.20.1.9' } as const;
    await assert.rejects(registerEndpoint(ports, service, registration, signal), incomplete);
    assert.deepEqual(writes(), before);
  });

  it('removes a service all the same: there is a question for that one', async () => {
    const { ports, signal, odd, wish } = await start();
    const service = await waitForService(ports, await ensureService(ports, wish, signal), signal);
    const registration = { provider: 'AZURE', id: azureEndpointId('sandbox-set-up'), ipAddress: '10.20.1.9' } as const;
    await registerEndpoint(ports, service, registration, signal);
    odd(true);
    await removeService(ports, { service }, signal);
    assert.equal(setUp.project.services.size, 0);
  });

  it('reserves no second place for a serverless instance, and takes back the one it has', async () => {
    const { ports, signal, odd, writes, wish } = await start();
    const instance = { projectId: wish.projectId, instanceName };
    const endpoint = await ensureReservation(ports, instance, undefined, signal);
    const before = writes();
    odd(true);
    await assert.rejects(ensureReservation(ports, instance, undefined, signal), incomplete);
    assert.deepEqual(writes(), before);
    await removeServerlessEndpoint(ports, endpoint, signal);
  });

  it('adds and removes an endpoint of Data Federation, which Atlas has once by its id', async () => {
    const { ports, signal, odd, wish } = await start();
    odd(true);
    const name = federationServices.US_EAST_1?.split('.').at(-1) ?? '';
    const id = 'vpce-0123456789abcdef0';
    const dnsName = `${id}-sandbox1.${name}.us-east-1.vpce.amazonaws.com`;
    const federation = { projectId: wish.projectId, provider: 'AWS', id } as const;
    const put = await putFederationEndpoint(ports, { ...federation, region: 'us-east-1', dnsName }, signal);
    assert.equal(put.id, federation.id);
    await removeFederationEndpoint(ports, put, signal);
  });
});
