import { addCluster, addEndpoint, addOrganization, addProject, addService, addVpcEndpoint } from '../build';
import type { World } from '../world';
import type { SandboxNetwork } from './network';
import { addSandboxNetwork } from './network';

/** The default scenario: every capability at least once, and all of it in a state that one meets. */
export function buildAcme(world: World): void {
  const network = addSandboxNetwork(world);
  const organization = addOrganization(world, 'Acme (sandbox)');
  addStorefront(world, network, addProject(world, organization, 'Storefront sandbox', 'k45tj'));
}

/** The seed's own example: one replica set in one region behind an interface endpoint with two subnets. */
function addStorefront(world: World, network: SandboxNetwork, project: ReturnType<typeof addProject>): void {
  const { east } = network;
  addCluster(world, project, 'Cluster0', {
    namingStyle: 'dash',
    replicaSetName: 'Cluster0-shard-0-shard-0',
  });
  const service = addService(world, project, 'AWS', 'US_EAST_1', {
    cloudName: 'com.amazonaws.vpce.us-east-1.vpce-svc-02863655456245e5c',
  });
  addEndpoint(world, service, 'vpce-024f5b57108c8d3ed');
  addVpcEndpoint(
    world,
    east.place,
    east.vpc,
    service.cloudName,
    [
      { subnet: east.subnets[0], ip: '10.0.30.194' },
      { subnet: east.subnets[1], ip: '10.0.20.54' },
    ],
    [east.endpointGroup],
    { id: 'vpce-024f5b57108c8d3ed', dnsSuffix: 'ypwbxwll', name: 'sandbox-storefront' },
  );
}
