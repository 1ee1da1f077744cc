import ipaddr from 'ipaddr.js';
import type { AwsRegion, AwsSecurityGroup, AwsSubnet, World } from '../world/world';
import { faultOn } from './faults';

/** The machine that connections through the SOCKS gateway come from: one stands in every VPC that is not apart. */
export interface SandboxClient {
  readonly vpcId: string;
  readonly subnet: AwsSubnet;
  readonly address: string;
  readonly groups: readonly AwsSecurityGroup[];
}

/** Name of the group that the client is in; VPCs without it have the client in their default group. */
const groupName = 'sandbox-client';
const hostNumber = 10;

/** The client of a VPC, in its first subnet; undefined when none stands there. */
export function clientIn(region: AwsRegion, vpcId: string): SandboxClient | undefined {
  const subnet = [...region.subnets.values()].find((each) => each.vpcId === vpcId);
  if (subnet === undefined || region.vpcs.get(vpcId)?.isApart === true) return undefined;
  const bytes = ipaddr.IPv4.networkAddressFromCIDR(subnet.cidr).toByteArray();
  const address = ipaddr.fromByteArray([...bytes.slice(0, 3), (bytes[3] ?? 0) + hostNumber]).toString();
  return { vpcId, subnet, address, groups: clientGroups(region, vpcId) };
}

function clientGroups(region: AwsRegion, vpcId: string): readonly AwsSecurityGroup[] {
  const inVpc = [...region.securityGroups.values()].filter((group) => group.vpcId === vpcId);
  const own = inVpc.filter(({ name }) => name === groupName);
  return own.length > 0 ? own : inVpc.filter(({ name }) => name === 'default');
}

export function clientsIn(region: AwsRegion): readonly SandboxClient[] {
  return [...region.vpcs.keys()].flatMap((id) => clientIn(region, id) ?? []);
}

/** The addresses of all clients, each with the length of its subnet's prefix: `10.0.30.10/24`. */
export function clientAddresses(world: World): readonly string[] {
  return [...world.aws.regions.values()].flatMap((region) =>
    clientsIn(region).map(({ address, subnet }) => `${address}/${subnet.cidr.split('/')[1] ?? ''}`),
  );
}

/** Whether a group is the client's and `outbound-denied` is on for its VPC: it then has no rule that lets anything out. */
export function isShutIn(world: World, region: AwsRegion, group: AwsSecurityGroup): boolean {
  return (
    faultOn(world, 'outbound-denied', group.vpcId) &&
    clientGroups(region, group.vpcId).some(({ id }) => id === group.id)
  );
}
