import assert from 'node:assert/strict';
import { addCluster, addVpcEndpoint, azureEndpointId, region } from '../../../src/sandbox/world/build';
import { endpointStatus, serviceStatus } from '../../../src/sandbox/world/lifecycle';
import type { SandboxProject, World } from '../../../src/sandbox/world/world';
import { statusAt } from '../../../src/sandbox/world/world';
import type { EndpointRegistration, EndpointService } from '../../../src/core/endpoint';
import { federationServices } from '../../../src/core/data-federation';
import type { Provider } from '../../../src/core/provider';
import {
  putFederationEndpoint,
  removeFederationEndpoint,
  waitForFederationEndpoint,
} from '../../../src/setup/data-federation';
import { ensureService, waitForService } from '../../../src/setup/endpoint-service';
import { registerEndpoint, waitForEndpoint } from '../../../src/setup/register';
import { setRegionalizedMode } from '../../../src/setup/regionalized-mode';
import { removeService } from '../../../src/setup/remove';
import {
  ensureReservation,
  removeServerlessEndpoint,
  supplyCloudEndpoint,
  waitForReservation,
  waitForServerlessEndpoint,
} from '../../../src/setup/serverless';
import { killAndResume, startSetUp, type Run, type SetupUnderTest } from '../../builders/set-up';

/** What a person pastes for a service: made somewhere else. */
type Elsewhere = (service: EndpointService, setUp: SetupUnderTest) => EndpointRegistration;

const kinds: readonly {
  readonly name: string;
  readonly provider: Provider;
  readonly region: string;
  readonly portMapping?: boolean;
  readonly elsewhere: Elsewhere;
}[] = [
  {
    name: 'AWS',
    provider: 'AWS',
    region: 'US_EAST_1',
    elsewhere: (service, { world }) => {
      assert.ok(service.provider === 'AWS' && service.endpointServiceName !== undefined);
      return { provider: 'AWS', id: interfaceEndpointTo(world, service.endpointServiceName) };
    },
  },
  {
    name: 'Azure',
    provider: 'AZURE',
    region: 'US_EAST_2',
    elsewhere: () => ({ provider: 'AZURE', id: azureEndpointId('sandbox-set-up'), ipAddress: '10.20.1.9' }),
  },
  {
    name: 'Google Cloud, port-mapped',
    provider: 'GCP',
    region: 'CENTRAL_US',
    portMapping: true,
    elsewhere: () => googleRegistration(1),
  },
  {
    name: 'Google Cloud, many addresses',
    provider: 'GCP',
    region: 'CENTRAL_US',
    portMapping: false,
    elsewhere: () => googleRegistration(50),
  },
];

function googleRegistration(count: number): EndpointRegistration {
  const addresses = Array.from({ length: count }, (_, index) => ({
    name: `sandbox-set-up-${String(index)}`,
    ipAddress: `10.30.3.${String(index + 10)}`,
  }));
  return { provider: 'GCP', endpointGroupName: 'sandbox-set-up', gcpProjectId: 'sandbox-network-project', addresses };
}

/** The interface endpoint to a service that somebody made, once. */
function interfaceEndpointTo(world: World, serviceName: string): string {
  const place = world.aws.regions.get('us-east-1');
  assert.ok(place);
  const there = [...place.vpcEndpoints.values()].find((one) => one.serviceName === serviceName);
  if (there !== undefined) return there.id;
  const vpc = [...place.vpcs.values()].find(({ isDefault }) => !isDefault);
  const subnet = [...place.subnets.values()].find(({ vpcId }) => vpcId === vpc?.id);
  assert.ok(vpc && subnet);
  return addVpcEndpoint(world, place, vpc, serviceName, [{ subnet, ip: '10.0.30.77' }], [], {
    name: 'sandbox-set-up',
    timeline: [{ at: 0, status: 'pendingAcceptance' }],
  }).id;
}

/** What a person does on the page, from the beginning. */
async function setUpFromNothing(
  { ports, signal }: Run,
  setUp: SetupUnderTest,
  kind: (typeof kinds)[number],
): Promise<EndpointService> {
  const { provider, region: place, portMapping } = kind;
  const wish = {
    projectId: setUp.project.id,
    provider,
    region: place,
    ...(portMapping === undefined ? {} : { portMapping }),
  };
  const service = await waitForService(ports, await ensureService(ports, wish, signal), signal);
  const endpoint = await registerEndpoint(ports, service, kind.elsewhere(service, setUp), signal);
  await waitForEndpoint(ports, endpoint, signal);
  return service;
}

function withCluster(provider: Provider, place: string) {
  return (world: World, project: SandboxProject): void => {
    addCluster(world, project, 'Cluster0', { regions: [region(provider, place)] });
  };
}

describe('a set-up that is killed after any request and done again', () => {
  for (const kind of kinds) {
    it(`ends available, once, with nothing left over: ${kind.name}`, async () => {
      const interruptions = await killAndResume(
        () => startSetUp(withCluster(kind.provider, kind.region)),
        (run, setUp) => setUpFromNothing(run, setUp, kind),
        ({ project, world }, killedAfter) => {
          assert.equal(project.services.size, 1, `one service after ${killedAfter}`);
          for (const service of project.services.values()) {
            assert.equal(serviceStatus(world, service).status, 'AVAILABLE');
            assert.equal(service.endpoints.size, 1, `one endpoint after ${killedAfter}`);
            for (const endpoint of service.endpoints.values()) {
              assert.equal(endpointStatus(world, service, endpoint).status, 'AVAILABLE');
            }
          }
          const interfaceEndpoints = [...world.aws.regions.values()].flatMap((place) => [
            ...place.vpcEndpoints.values(),
          ]);
          assert.equal(interfaceEndpoints.length, kind.provider === 'AWS' ? 1 : 0);
        },
      );
      assert.ok(interruptions >= 6, `${String(interruptions)} interruptions`);
    });

    it(`can be taken back to nothing: ${kind.name}`, async () => {
      let service: EndpointService | undefined;
      const interruptions = await killAndResume(
        async () => {
          const setUp = await startSetUp(withCluster(kind.provider, kind.region));
          service = await setUpFromNothing(setUp.run(), setUp, kind);
          return setUp;
        },
        async ({ ports, signal }) => {
          assert.ok(service);
          await removeService(ports, { service }, signal);
        },
        async ({ project, run }) => {
          assert.deepEqual(await run().ports.api.listEndpointServices(project.id, kind.provider), []);
          assert.equal(project.services.size, 0);
        },
      );
      assert.ok(interruptions >= 4, `${String(interruptions)} interruptions`);
    });
  }

  it('makes one reservation of a serverless instance and takes it back', async () => {
    const instanceName = 'Instance0';
    const start = (): Promise<SetupUnderTest> =>
      startSetUp((world, project) => {
        addCluster(world, project, instanceName, { kind: 'serverless', tier: 'SERVERLESS' });
      });
    const work = async ({ ports, signal }: Run, { project, world }: SetupUnderTest): Promise<void> => {
      const instance = { projectId: project.id, instanceName };
      const listed = await ports.api.listServerlessEndpoints(project.id, instanceName, signal);
      const [known] = listed.filter(({ cloudProviderEndpointId }) => cloudProviderEndpointId !== undefined);
      if (known === undefined) {
        const reserved = await waitForReservation(
          ports,
          await ensureReservation(ports, instance, undefined, signal),
          signal,
        );
        assert.ok(reserved.endpointServiceName);
        const id = interfaceEndpointTo(world, reserved.endpointServiceName);
        await supplyCloudEndpoint(ports, reserved, { provider: 'AWS', id }, signal);
        await waitForServerlessEndpoint(ports, reserved, signal);
      } else {
        await waitForServerlessEndpoint(ports, known, signal);
      }
    };
    const endpointsOf = ({ project }: SetupUnderTest) => [
      ...(project.clusters.get(instanceName)?.serverlessEndpoints.values() ?? []),
    ];
    const there = await killAndResume(start, work, (setUp, killedAfter) => {
      const endpoints = endpointsOf(setUp);
      assert.equal(endpoints.length, 1, `one endpoint after ${killedAfter}`);
      const [endpoint] = endpoints;
      assert.ok(endpoint);
      assert.equal(statusAt(endpoint.timeline, setUp.clock.now()), 'AVAILABLE');
    });
    assert.ok(there >= 6, `${String(there)} interruptions`);

    let id = '';
    const back = await killAndResume(
      async () => {
        const setUp = await start();
        await work(setUp.run(), setUp);
        id = endpointsOf(setUp)[0]?.id ?? '';
        return setUp;
      },
      ({ ports, signal }, { project }) =>
        removeServerlessEndpoint(ports, { projectId: project.id, instanceName, id }, signal),
      (setUp) => {
        assert.deepEqual(endpointsOf(setUp), []);
      },
    );
    assert.ok(back >= 2, `${String(back)} interruptions`);
  });

  it('adds one endpoint for Data Federation and takes it back', async () => {
    const start = (): Promise<SetupUnderTest> => startSetUp(() => undefined);
    const name = federationServices.US_EAST_1 ?? '';
    const work = async ({ ports, signal }: Run, { project, world }: SetupUnderTest): Promise<void> => {
      const id = interfaceEndpointTo(world, name);
      const dnsName = `${id}-sandbox1.${name.split('.').at(-1) ?? ''}.us-east-1.vpce.amazonaws.com`;
      const place = { provider: 'AWS', region: 'us-east-1', dnsName } as const;
      const wish = { projectId: project.id, ...place, id, comment: 'Sandbox' };
      await waitForFederationEndpoint(ports, await putFederationEndpoint(ports, wish, signal), signal);
    };
    const there = await killAndResume(start, work, ({ project, clock }) => {
      const [endpoint, ...more] = project.dataFederationEndpoints.values();
      assert.ok(endpoint);
      assert.deepEqual(more, []);
      assert.equal(statusAt(endpoint.timeline, clock.now()), 'OK');
      assert.equal(endpoint.comment, 'Sandbox');
    });
    // The request, and a look that may find it usable at once.
    assert.ok(there >= 2, `${String(there)} interruptions`);

    const back = await killAndResume(
      async () => {
        const setUp = await start();
        await work(setUp.run(), setUp);
        return setUp;
      },
      ({ ports, signal }, { project, world }) =>
        removeFederationEndpoint(ports, { projectId: project.id, id: interfaceEndpointTo(world, name) }, signal),
      ({ project }) => {
        assert.equal(project.dataFederationEndpoints.size, 0);
      },
    );
    assert.ok(back >= 2, `${String(back)} interruptions`);
  });

  it('switches regionalized mode once', async () => {
    const writes: string[] = [];
    await killAndResume(
      () => startSetUp(() => undefined),
      ({ ports, signal }, { project }) => setRegionalizedMode(ports, project.id, true, signal),
      async ({ project, run }) => {
        assert.equal(project.regionalizedMode, true);
        const again = run();
        await setRegionalizedMode(again.ports, project.id, true);
        writes.push(...again.requests.filter((request) => !request.startsWith('GET')));
      },
    );
    assert.deepEqual(writes, []);
  });
});
