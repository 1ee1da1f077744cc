import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type {
  AwsNetworkInterface,
  AwsRegion,
  AwsSecurityGroup,
  AwsSubnet,
  AwsVpcEndpoint,
  World,
} from '../../world/world';
import { statusAt } from '../../world/world';
import { clientIn } from '../../network/client';
import { awsFaultOn } from '../faults';
import { AwsRefusal } from '../refusal';
import type { Xml } from '../xml';
import { fullAccessPolicy } from './endpoint-policy';
import { tagSet } from './tags';

export function endpointState(world: World, endpoint: AwsVpcEndpoint): string {
  return statusAt(endpoint.timeline, world.clock.now());
}

/**
 * Takes away what has finished being deleted: network interfaces with the endpoint's end, the endpoint itself a while
 * later. To be called before a region is looked at.
 */
export function sweepEndpoints(world: World, region: AwsRegion): void {
  const now = world.clock.now();
  for (const endpoint of region.vpcEndpoints.values()) {
    if (statusAt(endpoint.timeline, now) !== 'deleted') continue;
    for (const each of interfacesOf(region, endpoint)) region.networkInterfaces.delete(each.id);
    const since = endpoint.timeline.findLast(({ at }) => at <= now)?.at ?? 0;
    if (now >= since + world.pace.deletion) region.vpcEndpoints.delete(endpoint.id);
  }
}

/** The endpoint's network interfaces, in the order of its subnets. */
export function interfacesOf(region: AwsRegion, endpoint: AwsVpcEndpoint): AwsNetworkInterface[] {
  const own = [...region.networkInterfaces.values()].filter(({ vpcEndpointId }) => vpcEndpointId === endpoint.id);
  return endpoint.subnetIds.flatMap((subnetId) => own.filter((each) => each.subnetId === subnetId));
}

/** The security groups of an endpoint. */
export function groupsOf(region: AwsRegion, endpointId: string): AwsSecurityGroup[] {
  const ids = region.vpcEndpoints.get(endpointId)?.securityGroupIds ?? [];
  return ids.flatMap((id) => region.securityGroups.get(id) ?? []);
}

export function defaultGroup(region: AwsRegion, vpcId: string): AwsSecurityGroup | undefined {
  return [...region.securityGroups.values()].find((group) => group.vpcId === vpcId && group.name === 'default');
}

/**
 * DNS names of an endpoint: the regional one first, then one for each zone; none without a subnet (seed: Hostname DNS
 * Resolution).
 */
export function dnsNames(region: AwsRegion, endpoint: AwsVpcEndpoint): readonly string[] {
  const subnets = endpoint.subnetIds.flatMap((id) => region.subnets.get(id) ?? []);
  if (subnets.length === 0) return [];
  const service = endpoint.serviceName.split('.').at(-1) ?? '';
  const name = (label: string): string => `${endpoint.id}-${label}.${service}.${region.name}.vpce.amazonaws.com`;
  return [name(endpoint.dnsSuffix), ...subnets.map(({ zone }) => name(`${endpoint.dnsSuffix}-${zone}`))];
}

/** An endpoint as the API shows it. */
export function viewEndpoint(world: World, region: AwsRegion, endpoint: AwsVpcEndpoint): Xml {
  return {
    vpcEndpointId: endpoint.id,
    vpcEndpointType: 'Interface',
    vpcId: endpoint.vpcId,
    serviceName: endpoint.serviceName,
    serviceRegion: serviceRegion(endpoint.serviceName),
    state: endpointState(world, endpoint),
    policyDocument: fullAccessPolicy,
    routeTableIdSet: [],
    subnetIdSet: endpoint.subnetIds,
    groupSet: groupsOf(region, endpoint.id).map(({ id, name }) => ({ groupId: id, groupName: name })),
    ipAddressType: 'ipv4',
    dnsOptions: { dnsRecordIpType: 'ipv4' },
    privateDnsEnabled: endpoint.privateDnsEnabled,
    requesterManaged: false,
    networkInterfaceIdSet: interfacesOf(region, endpoint).map(({ id }) => id),
    dnsEntrySet: dnsNames(region, endpoint).map((dnsName) => ({ dnsName, hostedZoneId: 'ZSANDBOX0000000000000' })),
    creationTimestamp: new Date(endpoint.created).toISOString(),
    ownerId: world.aws.accountId,
    tagSet: tagSet(endpoint.tags),
  };
}

/** `us-east-1` of `com.amazonaws.vpce.us-east-1.vpce-svc-…`. */
export function serviceRegion(serviceName: string): string {
  return serviceName.split('.').at(-2) ?? '';
}

/**
 * A free private address of a subnet for an endpoint. AWS keeps the first four and the last; which of the others it
 * takes looks arbitrary and is the same at every start.
 */
export function chooseAddress(world: World, region: AwsRegion, subnet: AwsSubnet, endpointId: string): string {
  const [network, bits] = ipaddr.IPv4.parseCIDR(subnet.cidr);
  const first = network.toByteArray().reduce((value, byte) => value * 256 + byte, 0);
  const usable = 2 ** (32 - bits) - 5;
  const used = new Set([
    ...[...region.networkInterfaces.values()].map(({ privateIp }) => privateIp),
    clientIn(region, subnet.vpcId)?.address,
  ]);
  const start = createHash('sha256').update(`${endpointId}:${subnet.id}`).digest().readUInt32BE(0);
  if (!awsFaultOn(world, 'aws-subnet-full', subnet.id)) {
    for (let step = 0; step < usable; step += 1) {
      const address = toAddress(first + 4 + ((start + step) % usable));
      if (!used.has(address)) return address;
    }
  }
  throw new AwsRefusal(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
