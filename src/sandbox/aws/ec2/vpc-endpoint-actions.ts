import type { AwsRegion, AwsSubnet, AwsVpcEndpoint, World } from '../../world/world';
import type { ActionContext, AwsAction } from '../action';
import { awsFaultOn } from '../faults';
import type { Query } from '../query';
import { flagOf, requiredText, textOf, valuesOf } from '../query';
import { AwsRefusal, missing } from '../refusal';
import type { Xml } from '../xml';
import { checkPolicy } from './endpoint-policy';
import type { EndpointService } from './endpoint-services';
import { findService, reachableServices } from './endpoint-services';
import { endpointPaging, listing } from './listing';
import { endpointNotFound, findGroup, findSubnet, findVpc, notAnEndpoint } from './lookup';
import { readTagSpecification, taggingPermission } from './tags';
import { chooseAddress, defaultGroup, endpointState, interfacesOf, serviceRegion, viewEndpoint } from './vpc-endpoint';

/** Interface endpoints in a VPC (AWS PrivateLink quotas). */
const endpointQuota = 50;

/** What a client token stands for, to tell a repeated request from another with the same token. */
const askedWith = new WeakMap<AwsVpcEndpoint, string>();

function requestOf(query: Query): string {
  return JSON.stringify([...query].filter(([name]) => name !== 'ClientToken' && name !== 'DryRun').sort());
}

/** One subnet in each zone, all in the VPC, and in zones where the service is. */
function checkSubnets(context: ActionContext, vpcId: string, service: string, subnets: readonly AwsSubnet[]): void {
  const zones = new Set<string>();
  for (const subnet of subnets) {
    if (subnet.vpcId !== vpcId) {
      throw new AwsRefusal('InvalidParameter', `The subnet ${subnet.id} does not belong to the VPC ${vpcId}.`);
    }
    if (awsFaultOn(context.world, 'aws-zone-unsupported', subnet.zone)) {
      throw new AwsRefusal(
        'InvalidParameter',
        `The VPC endpoint service ${service} does not support the availability zone of the subnet: ${subnet.id}.`,
      );
    }
    if (zones.has(subnet.zone)) {
      throw new AwsRefusal(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${subnet.id}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
      );
    }
    zones.add(subnet.zone);
  }
}

function checkService(context: ActionContext): EndpointService {
  const { world, region, query } = context;
  const name = requiredText(query, 'ServiceName');
  const service = findService(world, region, name);
  if (service?.region !== (textOf(query, 'ServiceRegion') ?? region.name)) {
    throw new AwsRefusal('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
  }
  const type = textOf(query, 'VpcEndpointType') ?? 'Gateway';
  if (type !== 'Interface') {
    throw new AwsRefusal(
      'InvalidParameter',
      `Endpoint type (${type}) does not match available service types ([Interface]).`,
    );
  }
  return service;
}

function refusePrivateDns(query: Query, service: string): void {
  if (!flagOf(query, 'PrivateDnsEnabled')) return;
  throw new AwsRefusal(
    'InvalidParameter',
    `Private DNS can't be enabled because the service ${service} does not provide a private DNS name.`,
  );
}

function refuseOtherAddressTypes(query: Query): void {
  const type = textOf(query, 'IpAddressType') ?? 'ipv4';
  if (type === 'ipv4') return;
  throw new AwsRefusal('InvalidParameter', `The IP address type ${type} is not supported by the endpoint service.`);
}

/** Gives the endpoint a network interface in each of the subnets. Addresses are chosen before anything changes. */
function attach(world: World, region: AwsRegion, endpoint: AwsVpcEndpoint, subnets: readonly AwsSubnet[]): void {
  const chosen = subnets.map((subnet) => ({ subnet, ip: chooseAddress(world, region, subnet, endpoint.id) }));
  for (const { subnet, ip } of chosen) {
    const id = world.ids.aws('eni');
    region.networkInterfaces.set(id, { id, vpcEndpointId: endpoint.id, subnetId: subnet.id, privateIp: ip });
  }
}

function created(context: ActionContext, endpoint: AwsVpcEndpoint): Readonly<Record<string, Xml>> {
  return { vpcEndpoint: viewEndpoint(context.world, context.region, endpoint), clientToken: endpoint.clientToken };
}

const createVpcEndpoint: AwsAction = {
  name: 'CreateVpcEndpoint',
  resource: 'vpc-endpoint',
  alsoNeeds: taggingPermission,
  parameters: [
    'ClientToken',
    'IpAddressType',
    'PolicyDocument',
    'PrivateDnsEnabled',
    'SecurityGroupId',
    'ServiceName',
    'ServiceRegion',
    'SubnetId',
    'TagSpecification',
    'VpcEndpointType',
    'VpcId',
  ],
  prepare: (context) => {
    const { world, region, query } = context;
    const vpcId = requiredText(query, 'VpcId');
    const clientToken = textOf(query, 'ClientToken');
    const before = [...region.vpcEndpoints.values()].find(
      (endpoint) => clientToken !== undefined && endpoint.clientToken === clientToken,
    );
    if (before !== undefined) {
      if (askedWith.get(before) !== requestOf(query)) {
        throw new AwsRefusal(
          'IdempotentParameterMismatch',
          'The request uses the same client token as a previous, but non-identical request.',
        );
      }
      return () => created(context, before);
    }
    const vpc = findVpc(context, vpcId, 'Id');
    const service = checkService(context);
    const subnets = valuesOf(query, 'SubnetId').map((id) => findSubnet(context, id, 'Id'));
    checkSubnets(context, vpc.id, service.name, subnets);
    const groups = [...new Set(valuesOf(query, 'SecurityGroupId'))].map((id) => findGroup(context, id, vpc.id));
    const standard = defaultGroup(region, vpc.id);
    checkPolicy(query, service.name);
    refusePrivateDns(query, service.name);
    refuseOtherAddressTypes(query);
    const tags = readTagSpecification(query, 'vpc-endpoint');
    const present = [...region.vpcEndpoints.values()].filter((endpoint) => endpoint.vpcId === vpc.id).length;
    if (present >= endpointQuota || awsFaultOn(world, 'aws-endpoint-limit', vpc.id)) {
      throw new AwsRefusal('VpcEndpointLimitExceeded', 'The maximum number of VPC endpoints has been reached.');
    }
    return () => {
      const endpoint: AwsVpcEndpoint = {
        id: world.ids.aws('vpce'),
        vpcId: vpc.id,
        serviceName: service.name,
        created: world.clock.now(),
        // Until the endpoint is registered at Atlas, which accepts it and writes what comes after.
        timeline: [{ at: 0, status: service.acceptanceRequired ? 'pendingAcceptance' : 'available' }],
        subnetIds: subnets.map(({ id }) => id),
        securityGroupIds: (groups.length > 0 || standard === undefined ? groups : [standard]).map(({ id }) => id),
        dnsSuffix: world.ids.label(8),
        tags,
        privateDnsEnabled: false,
        ...(clientToken === undefined ? {} : { clientToken }),
      };
      attach(world, region, endpoint, subnets);
      region.vpcEndpoints.set(endpoint.id, endpoint);
      askedWith.set(endpoint, requestOf(query));
      return created(context, endpoint);
    };
  },
};

function endpointToChange({ world, region, query }: ActionContext): AwsVpcEndpoint {
  const id = requiredText(query, 'VpcEndpointId');
  const endpoint = region.vpcEndpoints.get(id);
  const state = endpoint === undefined ? 'deleted' : endpointState(world, endpoint);
  if (endpoint === undefined || state === 'deleted') throw notAnEndpoint(id);
  if (state === 'deleting') {
    throw new AwsRefusal('IncorrectState', `The VPC endpoint ${id} is in an incorrect state for the request: ${state}`);
  }
  return endpoint;
}

/** What is left after taking some away and adding some; removing what is not there is an error. */
function changed(present: readonly string[], removed: readonly string[], added: readonly string[]): string[] {
  const absent = removed.find((id) => !present.includes(id));
  if (absent !== undefined) {
    throw new AwsRefusal('InvalidParameter', `${absent} is not associated with the VPC endpoint.`);
  }
  return [...new Set([...present.filter((id) => !removed.includes(id)), ...added])];
}

const modifyVpcEndpoint: AwsAction = {
  name: 'ModifyVpcEndpoint',
  resource: 'vpc-endpoint',
  parameters: [
    'AddSecurityGroupId',
    'AddSubnetId',
    'IpAddressType',
    'PolicyDocument',
    'PrivateDnsEnabled',
    'RemoveSecurityGroupId',
    'RemoveSubnetId',
    'ResetPolicy',
    'VpcEndpointId',
  ],
  prepare: (context) => {
    const { world, region, query } = context;
    const endpoint = endpointToChange(context);
    checkPolicy(query, endpoint.serviceName);
    refusePrivateDns(query, endpoint.serviceName);
    refuseOtherAddressTypes(query);
    const addedSubnets = valuesOf(query, 'AddSubnetId').map((id) => findSubnet(context, id, 'Id'));
    const removedSubnets = valuesOf(query, 'RemoveSubnetId');
    const subnetIds = changed(
      endpoint.subnetIds,
      removedSubnets,
      addedSubnets.map(({ id }) => id),
    );
    const subnets = subnetIds.flatMap((id) => region.subnets.get(id) ?? []);
    checkSubnets(context, endpoint.vpcId, endpoint.serviceName, subnets);
    const groupIds = changed(
      endpoint.securityGroupIds,
      valuesOf(query, 'RemoveSecurityGroupId'),
      valuesOf(query, 'AddSecurityGroupId').map((id) => findGroup(context, id, endpoint.vpcId).id),
    );
    if (groupIds.length === 0 && endpoint.securityGroupIds.length > 0) {
      throw new AwsRefusal('InvalidParameter', 'An interface endpoint must have at least one security group.');
    }
    return () => {
      // First what can fail: a subnet without free addresses leaves the endpoint as it was.
      const present = new Set(interfacesOf(region, endpoint).map(({ subnetId }) => subnetId));
      attach(
        world,
        region,
        endpoint,
        subnets.filter(({ id }) => !present.has(id)),
      );
      for (const each of interfacesOf(region, endpoint)) {
        if (!subnetIds.includes(each.subnetId)) region.networkInterfaces.delete(each.id);
      }
      endpoint.subnetIds = subnetIds;
      endpoint.securityGroupIds = groupIds;
      return { return: true };
    };
  },
};

const deleteVpcEndpoints: AwsAction = {
  name: 'DeleteVpcEndpoints',
  resource: 'vpc-endpoint',
  parameters: ['VpcEndpointId'],
  prepare: ({ world, region, query }) => {
    const ids = valuesOf(query, 'VpcEndpointId');
    if (ids.length === 0) throw missing('VpcEndpointId');
    return () => {
      const now = world.clock.now();
      const unsuccessful = [...new Set(ids)].flatMap((id) => {
        const endpoint = region.vpcEndpoints.get(id);
        const state = endpoint === undefined ? 'deleted' : endpointState(world, endpoint);
        if (endpoint === undefined || state === 'deleted') {
          const { code, message } = endpointNotFound(id);
          return [{ error: { code, message }, resourceId: id }];
        }
        if (state === 'deleting') return [];
        endpoint.timeline = [
          { at: 0, status: state },
          { at: now, status: 'deleting' },
          { at: now + world.pace.deletion, status: 'deleted' },
        ];
        return [];
      });
      return { unsuccessful };
    };
  },
};

/** Everything about interface endpoints and the services that they lead to. */
export const vpcEndpointActions: readonly AwsAction[] = [
  createVpcEndpoint,
  modifyVpcEndpoint,
  deleteVpcEndpoints,
  listing<AwsVpcEndpoint>({
    action: 'DescribeVpcEndpoints',
    set: 'vpcEndpointSet',
    items: ({ region }) => region.vpcEndpoints.values(),
    key: ({ id }) => id,
    ids: { parameter: 'VpcEndpointId', notFound: notAnEndpoint },
    filters: ({ world }) => ({
      'vpc-endpoint-id': ({ id }) => [id],
      'vpc-id': ({ vpcId }) => [vpcId],
      'service-name': ({ serviceName }) => [serviceName],
      'service-region': ({ serviceName }) => [serviceRegion(serviceName)],
      'vpc-endpoint-state': (endpoint) => [endpointState(world, endpoint)],
      'vpc-endpoint-type': () => ['Interface'],
      'ip-address-type': () => ['ipv4'],
    }),
    tags: ({ tags }) => tags,
    view: (endpoint, { world, region }) => viewEndpoint(world, region, endpoint),
    paging: endpointPaging,
  }),
  listing<EndpointService>({
    action: 'DescribeVpcEndpointServices',
    set: 'serviceDetailSet',
    // A name that is asked for may be one that is not in the list.
    items: ({ world, region, query }) => {
      const all = reachableServices(world, region);
      const regions = valuesOf(query, 'ServiceRegion');
      const asked = valuesOf(query, 'ServiceName')
        .filter((name) => !all.some((service) => service.name === name))
        .flatMap((name) => findService(world, region, name) ?? []);
      const wanted = regions.length === 0 ? [region.name] : regions;
      return [...all, ...asked].filter((service) => wanted.includes(service.region));
    },
    key: ({ name }) => name,
    ids: {
      parameter: 'ServiceName',
      notFound: (name) => new AwsRefusal('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`),
    },
    filters: () => ({
      'service-name': ({ name }) => [name],
      'service-region': ({ region }) => [region],
      'service-type': () => ['Interface'],
      'supported-ip-address-types': () => ['ipv4'],
    }),
    tags: () => new Map(),
    view: ({ name, id, region, acceptanceRequired }, { world }) => ({
      serviceName: name,
      serviceId: id,
      serviceRegion: region,
      serviceType: [{ serviceType: 'Interface' }],
      availabilityZoneSet: world.aws.regions.get(region)?.zones ?? [],
      owner: 'sandbox-atlas',
      baseEndpointDnsNameSet: [`${id}.${region}.vpce.amazonaws.com`],
      vpcEndpointPolicySupported: false,
      acceptanceRequired,
      managesVpcEndpoints: false,
      supportedIpAddressTypeSet: ['ipv4'],
      tagSet: [],
    }),
    also: (services) => ({ serviceNameSet: services.map(({ name }) => name) }),
    paging: endpointPaging,
    parameters: ['ServiceRegion'],
  }),
];
