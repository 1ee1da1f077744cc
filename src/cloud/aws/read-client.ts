import type { EC2Client, NetworkInterface } from '@aws-sdk/client-ec2';
import {
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
} from '@aws-sdk/client-ec2';
import type { AwsClientEvidence } from '../../core/cloud';
import type { Ask } from './ask';
import { toRoutes, toSecurityGroups, toSubnets } from './described';
import { createLook } from './look';
import { tableOf } from './read-evidence';

/** More than a machine has that connects from somewhere. */
const mostAddresses = 20;

/**
 * The network interfaces of the account that have a machine's own addresses, one answer for each VPC. Private addresses
 * are not unique in the world: the prefix that the machine has beside its address must be the one of the subnet, or
 * that of a single address, as in containers with an address of the VPC.
 */
export async function readClients(
  { ec2, ask, region }: { readonly ec2: EC2Client; readonly ask: Ask; readonly region: string },
  addresses: readonly string[],
  signal?: AbortSignal,
): Promise<readonly AwsClientEvidence[]> {
  const prefixes = new Map(addresses.slice(0, mostAddresses).map((one) => split(one)));
  if (prefixes.size === 0) return [];
  const { look, notPermitted } = createLook(ask, [...prefixes.keys()].join(', '), signal);
  const filter = [{ Name: 'addresses.private-ip-address', Values: [...prefixes.keys()] }];
  const found = await look('DescribeNetworkInterfaces', [], async (abort) => {
    return (await ec2.send(new DescribeNetworkInterfacesCommand({ Filters: filter }), abort)).NetworkInterfaces ?? [];
  });
  if (found.length === 0) return [];
  const groupIds = unique(found.flatMap(({ Groups }) => (Groups ?? []).flatMap(({ GroupId }) => GroupId ?? [])));
  const subnetIds = unique(found.flatMap(({ SubnetId }) => SubnetId ?? []));
  const vpcIds = unique(found.flatMap(({ VpcId }) => VpcId ?? []));
  const [groups, subnets, tables, endpoints] = await Promise.all([
    look('DescribeSecurityGroups', [], async (abort) =>
      groupIds.length === 0
        ? []
        : toSecurityGroups(
            (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: groupIds }), abort)).SecurityGroups ?? [],
          ),
    ),
    look('DescribeSubnets', [], async (abort) =>
      toSubnets((await ec2.send(new DescribeSubnetsCommand({ SubnetIds: subnetIds }), abort)).Subnets ?? []),
    ),
    look('DescribeRouteTables', [], async (abort) => {
      const ofVpcs = [{ Name: 'vpc-id', Values: vpcIds }];
      return (await ec2.send(new DescribeRouteTablesCommand({ Filters: ofVpcs }), abort)).RouteTables ?? [];
    }),
    look('DescribeVpcEndpoints', [], async (abort) => {
      const ofVpcs = [{ Name: 'vpc-id', Values: vpcIds }];
      return (await ec2.send(new DescribeVpcEndpointsCommand({ Filters: ofVpcs }), abort)).VpcEndpoints ?? [];
    }),
  ]);
  const fits = (one: NetworkInterface): boolean => {
    const prefix = subnets.find(({ id }) => id === one.SubnetId)?.cidr.split('/')[1];
    return addressesOf(one).some((address) => {
      const own = prefixes.get(address);
      return own !== undefined && (own === prefix || own === '32' || own === '');
    });
  };
  return vpcIds.flatMap((vpcId): readonly AwsClientEvidence[] => {
    const own = found.filter((one) => one.VpcId === vpcId && fits(one));
    const [first] = own;
    const [address] = (first === undefined ? [] : addressesOf(first)).filter((one) => prefixes.has(one));
    if (first === undefined || address === undefined) return [];
    const names = own.flatMap(({ Groups }) => (Groups ?? []).map(({ GroupId }) => GroupId));
    const ownTables = tables.filter((table) => table.VpcId === vpcId);
    return [
      {
        region,
        address,
        interfaceIds: own.flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
        vpcId,
        securityGroups: groups.filter(({ id }) => names.includes(id)),
        endpointIds: endpoints.flatMap((one) => (one.VpcId === vpcId ? (one.VpcEndpointId ?? []) : [])),
        routes: toRoutes(tableOf(ownTables, first.SubnetId ?? '')?.Routes ?? []),
        notPermitted: notPermitted(),
      },
    ];
  });
}

/** An address and the length of the prefix beside it; empty where there is none. */
function split(text: string): readonly [address: string, prefix: string] {
  const [address = '', prefix = ''] = text.split('/');
  return [address, prefix];
}

function addressesOf({ PrivateIpAddress, PrivateIpAddresses }: NetworkInterface): readonly string[] {
  return unique([PrivateIpAddress, ...(PrivateIpAddresses ?? []).map((one) => one.PrivateIpAddress)]);
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((one) => one !== undefined))];
}
