import { addSecurityGroup, addSubnet, addVpc, awsRegion } from '../build';
import type { AwsRegion, AwsSecurityGroup, AwsSubnet, AwsVpc, World } from '../world';

/** The VPCs in which the sandbox's applications run. The SOCKS gateway stands in them. */
export interface SandboxNetwork {
  readonly east: SandboxVpc;
  readonly west: SandboxVpc;
}

export interface SandboxVpc {
  readonly place: AwsRegion;
  readonly vpc: AwsVpc;
  /** One each in the zones a, b and c; the first two hold the seed's addresses. */
  readonly subnets: readonly [AwsSubnet, AwsSubnet, AwsSubnet];
  /** For interface endpoints: all ports that Atlas may use, from the VPC. */
  readonly endpointGroup: AwsSecurityGroup;
  /** What the simulated client runs in. */
  readonly clientGroup: AwsSecurityGroup;
  /** Lets in three ports only: the mistake behind "some ports answer". */
  readonly narrowGroup: AwsSecurityGroup;
  /** Lets nothing in. */
  readonly closedGroup: AwsSecurityGroup;
}

/** Adds a VPC `10.<second>.0.0/16` with subnets, and groups for endpoints and clients. */
export function addSandboxVpc(
  world: World,
  regionName: string,
  second: number,
  name = 'sandbox',
  isApart = false,
): SandboxVpc {
  const place = awsRegion(world, regionName);
  const cidr = `10.${second}.0.0/16`;
  const vpc = addVpc(world, place, `${name}-${regionName}`, cidr, { isApart });
  const subnet = (zone: string, third: number): AwsSubnet =>
    addSubnet(world, place, vpc, `${regionName}${zone}`, `10.${second}.${third}.0/24`, `sandbox-private-${zone}`);
  const subnets = [subnet('a', 30), subnet('b', 20), subnet('c', 40)] as const;
  // A second one in zone b: an interface endpoint takes only one subnet of a zone.
  addSubnet(world, place, vpc, `${regionName}b`, `10.${second}.21.0/24`, 'sandbox-private-b-2');

  const endpointGroup = addSecurityGroup(world, place, vpc, 'sandbox-endpoint', 'Interface endpoints to Atlas');
  endpointGroup.inbound = [
    { protocol: 'tcp', fromPort: 1024, toPort: 65535, cidrs: [cidr], groupIds: [], description: 'Atlas nodes' },
    { protocol: 'tcp', fromPort: 27015, toPort: 27017, cidrs: [cidr], groupIds: [], description: 'Data Federation' },
  ];
  const clientGroup = addSecurityGroup(world, place, vpc, 'sandbox-client', 'Applications that use Atlas');
  const narrowGroup = addSecurityGroup(world, place, vpc, 'sandbox-narrow', 'Lets in single ports only');
  narrowGroup.inbound = [{ protocol: 'tcp', fromPort: 1024, toPort: 1024, cidrs: [cidr], groupIds: [] }];
  const closedGroup = addSecurityGroup(world, place, vpc, 'sandbox-closed', 'Lets nothing in');
  return { place, vpc, subnets, endpointGroup, clientGroup, narrowGroup, closedGroup };
}

/** One VPC in the seed's region with the seed's address ranges, one in Europe. */
export function addSandboxNetwork(world: World): SandboxNetwork {
  return { east: addSandboxVpc(world, 'us-east-1', 0), west: addSandboxVpc(world, 'eu-west-1', 1) };
}
