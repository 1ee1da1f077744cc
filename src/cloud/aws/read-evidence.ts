import type { EC2Client, RouteTable } from '@aws-sdk/client-ec2';
import {
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import type { AwsEvidence, AwsIdentity, AwsSubnetEvidence, AwsVpcEndpoint } from '../../core/cloud';
import type { Ask } from './ask';
import { toAclEntries, toRoutes, toSecurityGroups, toSubnets, toVpcs } from './described';
import { createLook } from './look';

interface Account {
  readonly ec2: EC2Client;
  readonly ask: Ask;
  readonly region: string;
  whoAmI(signal?: AbortSignal): Promise<AwsIdentity>;
  getEndpoint(endpointId: string, signal?: AbortSignal): Promise<AwsVpcEndpoint | undefined>;
}

/**
 * All that AWS says about an endpoint and the way to it. What the credentials may not see is left out and named in
 * `notPermitted`, so that nobody takes it for checked.
 */
export async function readEvidence(account: Account, endpointId: string, signal?: AbortSignal): Promise<AwsEvidence> {
  const { ec2, ask, region } = account;
  const { look, notPermitted } = createLook(ask, endpointId, signal);

  const [identity, endpoint] = await Promise.all([
    account.whoAmI(signal),
    look('DescribeVpcEndpoints', undefined, () => account.getEndpoint(endpointId, signal)),
  ]);
  if (endpoint === undefined) {
    return { identity, region, subnets: [], securityGroups: [], notPermitted: notPermitted() };
  }
  const { subnetIds, securityGroupIds, networkInterfaceIds, vpcId } = endpoint;
  const bySubnet = [{ Name: 'association.subnet-id', Values: [...subnetIds] }];
  const [subnets, groups, interfaces, acls, tables, vpcs, support, hostnames] = await Promise.all([
    look('DescribeSubnets', [], async (abort) =>
      subnetIds.length === 0
        ? []
        : toSubnets((await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...subnetIds] }), abort)).Subnets ?? []),
    ),
    look('DescribeSecurityGroups', [], async (abort) =>
      securityGroupIds.length === 0
        ? []
        : toSecurityGroups(
            (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [...securityGroupIds] }), abort))
              .SecurityGroups ?? [],
          ),
    ),
    look('DescribeNetworkInterfaces', [], async (abort) =>
      networkInterfaceIds.length === 0
        ? []
        : ((
            await ec2.send(
              new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [...networkInterfaceIds] }),
              abort,
            )
          ).NetworkInterfaces ?? []),
    ),
    look('DescribeNetworkAcls', [], async (abort) =>
      subnetIds.length === 0
        ? []
        : ((await ec2.send(new DescribeNetworkAclsCommand({ Filters: bySubnet }), abort)).NetworkAcls ?? []),
    ),
    look('DescribeRouteTables', [], async (abort) => {
      const ofVpc = [{ Name: 'vpc-id', Values: [vpcId] }];
      return (await ec2.send(new DescribeRouteTablesCommand({ Filters: ofVpc }), abort)).RouteTables ?? [];
    }),
    look('DescribeVpcs', [], async (abort) =>
      toVpcs((await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpcId] }), abort)).Vpcs ?? []),
    ),
    look('DescribeVpcAttribute', undefined, async (abort) => {
      const command = new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: 'enableDnsSupport' });
      return (await ec2.send(command, abort)).EnableDnsSupport?.Value;
    }),
    look('DescribeVpcAttribute', undefined, async (abort) => {
      const command = new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: 'enableDnsHostnames' });
      return (await ec2.send(command, abort)).EnableDnsHostnames?.Value;
    }),
  ]);
  const vpcCidrs = vpcs.find(({ id }) => id === vpcId)?.cidrs;
  return {
    identity,
    region,
    endpoint,
    ...(vpcCidrs === undefined ? {} : { vpcCidrs }),
    securityGroups: groups,
    subnets: subnets.map((subnet): AwsSubnetEvidence => {
      const privateIp = interfaces.find(({ SubnetId }) => SubnetId === subnet.id)?.PrivateIpAddress;
      const acl = acls.find(
        ({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet.id) === true,
      );
      const aclId = acl?.NetworkAclId;
      return {
        subnet,
        ...(privateIp === undefined ? {} : { privateIp }),
        ...(aclId === undefined ? {} : { aclId }),
        aclEntries: toAclEntries(acl?.Entries ?? []),
        routes: toRoutes(tableOf(tables, subnet.id)?.Routes ?? []),
      };
    }),
    ...(support === undefined || hostnames === undefined ? {} : { vpcDns: { support, hostnames } }),
    notPermitted: notPermitted(),
  };
}

/** The table that a subnet is associated with, else the main one of its VPC. */
export function tableOf(tables: readonly RouteTable[], subnetId: string): RouteTable | undefined {
  const own = tables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnetId) === true);
  return own ?? tables.find(({ Associations }) => Associations?.some(({ Main }) => Main === true) === true);
}
