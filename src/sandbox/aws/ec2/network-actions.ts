import ipaddr from 'ipaddr.js';
import type { AwsRegion, AwsSecurityGroup, AwsSubnet, AwsVpc } from '../../world/world';
import { clientsIn } from '../../network/client';
import { faultOn } from '../../network/faults';
import { placesOf } from '../../network/vpc';
import type { ActionContext, AwsAction } from '../action';
import { AwsRefusal } from '../refusal';
import type { Xml } from '../xml';
import { groupsOf } from './vpc-endpoint';
import { listing, usualPaging } from './listing';
import { notFound } from './lookup';
import { derivedId, zoneId } from './names';
import { tagSet } from './tags';

interface Zone {
  readonly name: string;
  readonly id: string;
  readonly region: string;
}

function zonesOf({ name: region, zones }: AwsRegion): Zone[] {
  return zones.map((name) => ({ name, id: zoneId(region, name), region }));
}

function badParameter(what: string): (id: string) => AwsRefusal {
  return (id) => new AwsRefusal('InvalidParameterValue', `Invalid ${what}: [${id}]`);
}

/** Of an interface endpoint, or of the client in a VPC. */
interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly privateIp: string;
  readonly groups: readonly AwsSecurityGroup[];
  readonly vpcEndpointId?: string | undefined;
}

function interfacesIn(region: AwsRegion): readonly NetworkInterface[] {
  return [
    ...[...region.networkInterfaces.values()].map((each) => ({
      ...each,
      groups: groupsOf(region, each.vpcEndpointId),
    })),
    ...clientsIn(region).map(({ vpcId, subnet, address, groups }) => ({
      id: derivedId('eni', 'client', vpcId),
      subnetId: subnet.id,
      privateIp: address,
      groups,
    })),
  ];
}

function interfaceType({ vpcEndpointId }: Pick<NetworkInterface, 'vpcEndpointId'>): string {
  return vpcEndpointId === undefined ? 'interface' : 'vpc_endpoint';
}

function descriptionOf({ vpcEndpointId }: Pick<NetworkInterface, 'vpcEndpointId'>): string {
  return vpcEndpointId === undefined ? 'Sandbox client' : `VPC Endpoint Interface ${vpcEndpointId}`;
}

/** Addresses that are left: AWS keeps the first four and the last of a subnet. */
function freeAddresses(region: AwsRegion, { id, cidr }: AwsSubnet): number {
  const used = interfacesIn(region).filter(({ subnetId }) => subnetId === id).length;
  return 2 ** (32 - ipaddr.IPv4.parseCIDR(cidr)[1]) - 5 - used;
}

function isDefaultSubnet(region: AwsRegion, { vpcId }: AwsSubnet): boolean {
  return region.vpcs.get(vpcId)?.isDefault === true;
}

function macAddress(id: string): string {
  const digits = derivedId('mac', id).slice('mac-0'.length, 'mac-0'.length + 10);
  return ['02', ...(digits.match(/../g) ?? [])].join(':');
}

interface NetworkAcl {
  readonly id: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly subnets: readonly AwsSubnet[];
}

/** The default network ACL of each VPC, and the one of subnets whose ACL is said to deny what Atlas needs. */
function networkAcls({ world, region }: ActionContext): NetworkAcl[] {
  return [...region.vpcs.values()].flatMap((vpc) => {
    const all = subnetsOf(region, vpc);
    const denied = all.filter((subnet) => faultOn(world, 'nacl-denies', ...placesOf(subnet)));
    const subnets = all.filter((subnet) => !denied.includes(subnet));
    const usual = { id: derivedId('acl', vpc.id), vpcId: vpc.id, isDefault: true, subnets };
    if (denied.length === 0) return [usual];
    return [usual, { id: derivedId('acl', vpc.id, 'https'), vpcId: vpc.id, isDefault: false, subnets: denied }];
  });
}

/** What AWS gives to a default network ACL: everything, in both directions. Others let in HTTPS, and all out. */
function aclEntries({ isDefault }: NetworkAcl): readonly Xml[] {
  return [false, true].flatMap((egress) => {
    const narrow = !egress && !isDefault;
    const allowed = narrow ? { protocol: '6', portRange: { from: 443, to: 443 } } : { protocol: '-1' };
    return [
      { ruleNumber: 100, ruleAction: 'allow', ...allowed },
      { ruleNumber: 32767, ruleAction: 'deny', protocol: '-1' },
    ].map((rule) => ({ ...rule, egress, cidrBlock: '0.0.0.0/0' }));
  });
}

function subnetsOf(region: AwsRegion, vpc: AwsVpc): AwsSubnet[] {
  return [...region.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
}

/** Describes what the sandbox's network is made of; all of it is given, none of it can be made through the API. */
export const networkActions: readonly AwsAction[] = [
  listing<AwsRegion>({
    action: 'DescribeRegions',
    set: 'regionInfo',
    items: ({ world }) => world.aws.regions.values(),
    key: ({ name }) => name,
    ids: { parameter: 'RegionName', notFound: badParameter('region name') },
    filters: () => ({
      'region-name': ({ name }) => [name],
      endpoint: ({ name }) => [`ec2.${name}.amazonaws.com`],
      'opt-in-status': () => ['opt-in-not-required'],
    }),
    view: ({ name }) => ({
      regionName: name,
      regionEndpoint: `ec2.${name}.amazonaws.com`,
      optInStatus: 'opt-in-not-required',
    }),
    parameters: ['AllRegions'],
  }),
  listing<Zone>({
    action: 'DescribeAvailabilityZones',
    set: 'availabilityZoneInfo',
    items: ({ region }) => zonesOf(region),
    key: ({ name }) => name,
    ids: { parameter: 'ZoneName', notFound: badParameter('availability zone') },
    filters: () => ({
      'zone-name': ({ name }) => [name],
      'zone-id': ({ id }) => [id],
      'region-name': ({ region }) => [region],
      state: () => ['available'],
      'zone-type': () => ['availability-zone'],
      'opt-in-status': () => ['opt-in-not-required'],
    }),
    view: ({ name, id, region }) => ({
      zoneName: name,
      zoneId: id,
      regionName: region,
      zoneState: 'available',
      zoneType: 'availability-zone',
      groupName: region,
      networkBorderGroup: region,
      optInStatus: 'opt-in-not-required',
      messageSet: [],
    }),
    parameters: ['AllAvailabilityZones'],
  }),
  listing<AwsVpc>({
    action: 'DescribeVpcs',
    set: 'vpcSet',
    items: ({ region }) => region.vpcs.values(),
    key: ({ id }) => id,
    ids: { parameter: 'VpcId', notFound: (id) => notFound('vpc', id) },
    filters: ({ world }) => ({
      'vpc-id': ({ id }) => [id],
      cidr: ({ cidr }) => [cidr],
      'cidr-block-association.cidr-block': ({ cidr }) => [cidr],
      'is-default': ({ isDefault }) => [String(isDefault)],
      'owner-id': () => [world.aws.accountId],
      state: () => ['available'],
    }),
    tags: ({ tags }) => tags,
    view: ({ id, cidr, isDefault, tags }, { world }) => ({
      vpcId: id,
      ownerId: world.aws.accountId,
      state: 'available',
      cidrBlock: cidr,
      cidrBlockAssociationSet: [
        {
          associationId: derivedId('vpc-cidr-assoc', id),
          cidrBlock: cidr,
          cidrBlockState: { state: 'associated' },
        },
      ],
      dhcpOptionsId: derivedId('dopt', id),
      instanceTenancy: 'default',
      isDefault,
      tagSet: tagSet(tags),
    }),
    paging: usualPaging,
  }),
  listing<AwsSubnet>({
    action: 'DescribeSubnets',
    set: 'subnetSet',
    items: ({ region }) => region.subnets.values(),
    key: ({ id }) => id,
    ids: { parameter: 'SubnetId', notFound: (id) => notFound('subnet', id) },
    filters: ({ region, world }) => ({
      'subnet-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'availability-zone': ({ zone }) => [zone],
      availabilityZone: ({ zone }) => [zone],
      'availability-zone-id': ({ zone }) => [zoneId(region.name, zone)],
      'cidr-block': ({ cidr }) => [cidr],
      'default-for-az': (subnet) => [String(isDefaultSubnet(region, subnet))],
      'available-ip-address-count': (subnet) => [String(freeAddresses(region, subnet))],
      'owner-id': () => [world.aws.accountId],
      state: () => ['available'],
    }),
    tags: ({ tags }) => tags,
    view: (subnet, { region, world }) => ({
      subnetId: subnet.id,
      subnetArn: `arn:aws:ec2:${region.name}:${world.aws.accountId}:subnet/${subnet.id}`,
      vpcId: subnet.vpcId,
      ownerId: world.aws.accountId,
      state: 'available',
      cidrBlock: subnet.cidr,
      availableIpAddressCount: freeAddresses(region, subnet),
      availabilityZone: subnet.zone,
      availabilityZoneId: zoneId(region.name, subnet.zone),
      defaultForAz: isDefaultSubnet(region, subnet),
      mapPublicIpOnLaunch: isDefaultSubnet(region, subnet),
      assignIpv6AddressOnCreation: false,
      ipv6CidrBlockAssociationSet: [],
      tagSet: tagSet(subnet.tags),
    }),
    paging: usualPaging,
  }),
  listing<NetworkInterface>({
    action: 'DescribeNetworkInterfaces',
    set: 'networkInterfaceSet',
    items: ({ region }) => interfacesIn(region),
    key: ({ id }) => id,
    ids: {
      parameter: 'NetworkInterfaceId',
      notFound: (id) =>
        new AwsRefusal('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`),
    },
    filters: ({ region, world }) => ({
      'network-interface-id': ({ id }) => [id],
      'subnet-id': ({ subnetId }) => [subnetId],
      'vpc-id': ({ subnetId }) => [region.subnets.get(subnetId)?.vpcId ?? ''],
      'availability-zone': ({ subnetId }) => [region.subnets.get(subnetId)?.zone ?? ''],
      'private-ip-address': ({ privateIp }) => [privateIp],
      'addresses.private-ip-address': ({ privateIp }) => [privateIp],
      'group-id': ({ groups }) => groups.map(({ id }) => id),
      'interface-type': (each) => [interfaceType(each)],
      description: (each) => [descriptionOf(each)],
      'requester-managed': ({ vpcEndpointId }) => [String(vpcEndpointId !== undefined)],
      'owner-id': () => [world.aws.accountId],
      status: () => ['in-use'],
    }),
    tags: () => new Map(),
    view: ({ id, subnetId, vpcEndpointId, privateIp, groups }, { region, world }) => ({
      networkInterfaceId: id,
      subnetId,
      vpcId: region.subnets.get(subnetId)?.vpcId,
      availabilityZone: region.subnets.get(subnetId)?.zone,
      description: descriptionOf({ vpcEndpointId }),
      ownerId: world.aws.accountId,
      requesterManaged: vpcEndpointId !== undefined,
      status: 'in-use',
      macAddress: macAddress(id),
      privateIpAddress: privateIp,
      privateIpAddressesSet: [{ privateIpAddress: privateIp, primary: true }],
      ipv6AddressesSet: [],
      sourceDestCheck: true,
      groupSet: groups.map((group) => ({ groupId: group.id, groupName: group.name })),
      attachment: { status: 'attached', deviceIndex: 1, deleteOnTermination: false, instanceOwnerId: 'amazon-aws' },
      interfaceType: interfaceType({ vpcEndpointId }),
      tagSet: [],
    }),
    paging: usualPaging,
  }),
  listing<NetworkAcl>({
    action: 'DescribeNetworkAcls',
    set: 'networkAclSet',
    items: networkAcls,
    key: ({ id }) => id,
    ids: {
      parameter: 'NetworkAclId',
      notFound: (id) => new AwsRefusal('InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`),
    },
    filters: ({ world }) => ({
      'network-acl-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'association.subnet-id': ({ subnets }) => subnets.map(({ id }) => id),
      default: ({ isDefault }) => [String(isDefault)],
      'owner-id': () => [world.aws.accountId],
    }),
    tags: () => new Map(),
    view: (acl, { world }) => ({
      networkAclId: acl.id,
      vpcId: acl.vpcId,
      ownerId: world.aws.accountId,
      default: acl.isDefault,
      entrySet: aclEntries(acl),
      associationSet: acl.subnets.map(({ id }) => ({
        networkAclAssociationId: derivedId('aclassoc', id),
        networkAclId: acl.id,
        subnetId: id,
      })),
      tagSet: [],
    }),
    paging: usualPaging,
  }),
  listing<AwsVpc>({
    action: 'DescribeRouteTables',
    set: 'routeTableSet',
    items: ({ region }) => region.vpcs.values(),
    key: ({ id }) => derivedId('rtb', id),
    ids: {
      parameter: 'RouteTableId',
      notFound: (id) => new AwsRefusal('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`),
    },
    filters: ({ world }) => ({
      'route-table-id': ({ id }) => [derivedId('rtb', id)],
      'vpc-id': ({ id }) => [id],
      'association.main': () => ['true'],
      // Subnets have no association of their own: the main table is theirs.
      'association.subnet-id': () => [],
      'route.destination-cidr-block': ({ cidr }) => [cidr],
      'owner-id': () => [world.aws.accountId],
    }),
    tags: () => new Map(),
    view: ({ id, cidr }, { world }) => ({
      routeTableId: derivedId('rtb', id),
      vpcId: id,
      ownerId: world.aws.accountId,
      routeSet: [{ destinationCidrBlock: cidr, gatewayId: 'local', state: 'active', origin: 'CreateRouteTable' }],
      associationSet: [
        {
          routeTableAssociationId: derivedId('rtbassoc', id),
          routeTableId: derivedId('rtb', id),
          main: true,
          associationState: { state: 'associated' },
        },
      ],
      propagatingVgwSet: [],
      tagSet: [],
    }),
    paging: { least: 5, most: 100, clamps: false },
  }),
  // The sandbox runs nothing: its one client stands behind the SOCKS gateway.
  listing<never>({
    action: 'DescribeInstances',
    set: 'reservationSet',
    items: () => [],
    key: () => '',
    ids: {
      parameter: 'InstanceId',
      notFound: (id) => new AwsRefusal('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
    },
    filters: () => ({
      'vpc-id': () => [],
      'subnet-id': () => [],
      'instance-state-name': () => [],
      'instance-id': () => [],
    }),
    tags: () => new Map(),
    view: () => undefined,
    paging: usualPaging,
  }),
];
