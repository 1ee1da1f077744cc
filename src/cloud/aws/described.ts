import type {
  IpPermission,
  NetworkAclEntry,
  Route,
  SecurityGroup,
  Subnet,
  Tag,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type {
  AwsAclEntry,
  AwsRoute,
  AwsRule,
  AwsSecurityGroup,
  AwsSubnet,
  AwsVpc,
  AwsVpcEndpoint,
} from '../../core/cloud';

/** What EC2 describes, in core's terms. A thing without an id is left out: nothing can be done with it. */

export function toVpcs(vpcs: readonly Vpc[]): readonly AwsVpc[] {
  return vpcs.flatMap(({ VpcId: id, CidrBlock, CidrBlockAssociationSet, IsDefault, Tags }) => {
    if (id === undefined) return [];
    const blocks = (CidrBlockAssociationSet ?? []).flatMap(({ CidrBlock: block }) => block ?? []);
    const cidrs = blocks.length > 0 ? blocks : CidrBlock === undefined ? [] : [CidrBlock];
    return [{ id, ...nameIn(Tags), cidrs, isDefault: IsDefault === true }];
  });
}

export function toSubnets(subnets: readonly Subnet[]): readonly AwsSubnet[] {
  return subnets.flatMap((subnet) => {
    const {
      SubnetId: id,
      VpcId: vpcId,
      AvailabilityZone: zone,
      AvailabilityZoneId: zoneId,
      AvailableIpAddressCount: free,
    } = subnet;
    if (id === undefined || vpcId === undefined || zone === undefined) return [];
    return [
      {
        id,
        ...nameIn(subnet.Tags),
        vpcId,
        zone,
        ...(zoneId === undefined ? {} : { zoneId }),
        cidr: subnet.CidrBlock ?? '',
        ...(free === undefined ? {} : { freeAddresses: free }),
      },
    ];
  });
}

export function toSecurityGroups(groups: readonly SecurityGroup[]): readonly AwsSecurityGroup[] {
  return groups.flatMap(({ GroupId: id, GroupName: name, VpcId: vpcId, IpPermissions, IpPermissionsEgress }) =>
    id === undefined || vpcId === undefined
      ? []
      : [
          {
            id,
            name: name ?? id,
            vpcId,
            inbound: (IpPermissions ?? []).map(toRule),
            outbound: (IpPermissionsEgress ?? []).map(toRule),
          },
        ],
  );
}

/** With description and tags, which say who made a group. */
export function toDescribedGroups(groups: readonly SecurityGroup[]): readonly AwsSecurityGroup[] {
  return groups.flatMap((group) =>
    toSecurityGroups([group]).map((one) => ({
      ...one,
      ...(group.Description === undefined ? {} : { description: group.Description }),
      tags: toTags(group.Tags),
    })),
  );
}

function toRule(permission: IpPermission): AwsRule {
  const { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds } = permission;
  const written = [
    ...(IpRanges ?? []).map(({ CidrIp, Description }) => [CidrIp, Description] as const),
    ...(Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) => [CidrIpv6, Description] as const),
    ...(UserIdGroupPairs ?? []).map(({ GroupId, Description }) => [GroupId, Description] as const),
    ...(PrefixListIds ?? []).map(({ PrefixListId, Description }) => [PrefixListId, Description] as const),
  ].flatMap(([source = '', description = '']) =>
    source === '' || description === '' ? [] : [[source, description] as const],
  );
  return {
    protocol: IpProtocol ?? '-1',
    // -1 stands for all where ports mean nothing.
    ...(FromPort === undefined || FromPort === -1 ? {} : { fromPort: FromPort }),
    ...(ToPort === undefined || ToPort === -1 ? {} : { toPort: ToPort }),
    cidrs: [
      ...(IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
      ...(Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
    ],
    groupIds: (UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefixListIds: (PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
    ...(written.length === 0 ? {} : { descriptions: Object.fromEntries(written) }),
  };
}

export function toVpcEndpoints(endpoints: readonly VpcEndpoint[]): readonly AwsVpcEndpoint[] {
  return endpoints.flatMap((endpoint) => {
    const { VpcEndpointId: id, VpcId: vpcId, ServiceName: serviceName, LastError } = endpoint;
    if (id === undefined || vpcId === undefined || serviceName === undefined) return [];
    const lastError = LastError?.Message;
    return [
      {
        id,
        vpcId,
        serviceName,
        state: toState(endpoint.State ?? ''),
        subnetIds: endpoint.SubnetIds ?? [],
        securityGroupIds: (endpoint.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
        networkInterfaceIds: endpoint.NetworkInterfaceIds ?? [],
        dnsNames: (endpoint.DnsEntries ?? []).flatMap(({ DnsName }) => DnsName ?? []),
        privateDnsEnabled: endpoint.PrivateDnsEnabled === true,
        tags: toTags(endpoint.Tags),
        ...(lastError === undefined ? {} : { lastError }),
      },
    ];
  });
}

/** The SDK's type has `PendingAcceptance`, answers have `pendingAcceptance`. */
function toState(state: string): string {
  return state.charAt(0).toLowerCase() + state.slice(1);
}

export function toAclEntries(entries: readonly NetworkAclEntry[]): readonly AwsAclEntry[] {
  return entries.flatMap(({ RuleNumber, Egress, RuleAction, Protocol, CidrBlock, Ipv6CidrBlock, PortRange }) => {
    const cidr = CidrBlock ?? Ipv6CidrBlock;
    if (RuleNumber === undefined || cidr === undefined) return [];
    return [
      {
        number: RuleNumber,
        outbound: Egress === true,
        allow: RuleAction === 'allow',
        protocol: Protocol ?? '-1',
        cidr,
        ...(PortRange?.From === undefined ? {} : { fromPort: PortRange.From }),
        ...(PortRange?.To === undefined ? {} : { toPort: PortRange.To }),
      },
    ];
  });
}

export function toRoutes(routes: readonly Route[]): readonly AwsRoute[] {
  return routes.map((route) => ({
    destination: route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId ?? '',
    target:
      route.GatewayId ??
      route.NatGatewayId ??
      route.TransitGatewayId ??
      route.VpcPeeringConnectionId ??
      route.NetworkInterfaceId ??
      route.InstanceId ??
      route.LocalGatewayId ??
      '',
    state: route.State ?? '',
  }));
}

export function toTags(tags: readonly Tag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
}

function nameIn(tags: readonly Tag[] | undefined): { readonly name?: string } {
  const name = tags?.find(({ Key }) => Key === 'Name')?.Value;
  return name === undefined || name === '' ? {} : { name };
}
