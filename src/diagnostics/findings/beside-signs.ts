import { hostsIn } from '../../connection-string/credentials';
import type { AwsEvidence, AwsRule } from '../../core/cloud';
import type { Deployment } from '../../core/deployment';
import type { Endpoint, EndpointService } from '../../core/endpoint';
import type { HopId } from '../../core/hop';
import {
  hasPrefixLists,
  peersNamed,
  portsDenied,
  portsNotAllowed,
  type Peer,
  type PortRange,
} from '../../core/security-group';
import { currentStrings } from '../atlas-evidence';
import type { HopResult } from '../events';
import { facts, factsOf } from '../facts';
import { addressOf, failed, portOf, type Seen, type Sign } from './signs';

/** What Atlas or the cloud account says, in the form of a result: who says it about what, and the values. */
export function statement(
  hop: HopId,
  subject: string,
  ...pairs: readonly (readonly [name: string, value: string | undefined])[]
): HopResult {
  return { hop, subject, outcome: 'failed', durationMs: 0, facts: facts(...pairs) };
}

/** Names do not lead to addresses. */
export const noName = failed('srv', 'nxdomain', 'no-data');
export const noAddress = failed('addresses', 'nxdomain', 'no-data');
/** Addresses do not answer. */
export const noAnswer = failed('tcp', 'timeout', 'unreachable', 'refused');

/**
 * The services that the string leads through: those of the endpoints that the CNAME names or that Atlas has for it; where
 * neither tells, those in the regions of the cluster, and all of a project whose cluster is not known.
 */
export function servicesOnPath(seen: Seen): readonly EndpointService[] {
  const { cluster, services = [] } = seen.evidence.atlas ?? {};
  const told = new Set(endpointsTold(seen).map(({ serviceId }) => serviceId));
  if (told.size > 0) return services.filter(({ id }) => told.has(id));
  if (cluster === undefined) return services;
  return services.filter(({ provider, region }) =>
    cluster.regions.some((one) => one.provider === provider && one.region === region),
  );
}

/**
 * The endpoints that the string leads through: the one that the CNAME names, else those that Atlas has for a string with
 * its hosts, else those of {@link servicesOnPath}.
 */
export function endpointsOnPath(seen: Seen): readonly Endpoint[] {
  const { endpoints = [] } = seen.evidence.atlas ?? {};
  const byName = endpointsNamed(seen);
  if (byName.length > 0) return byName;
  const byString = endpointsOfString(seen);
  if (byString.length > 0) return byString;
  const services = servicesOnPath(seen).map(({ id }) => id);
  return endpoints.filter(({ serviceId }) => services.includes(serviceId));
}

/**
 * The endpoints that the string is known to lead through, or should: those that the CNAME names, and those that Atlas has
 * for it. A string that spans regions or clouds may have a CNAME for some of its hosts only.
 */
export function endpointsTold(seen: Seen): readonly Endpoint[] {
  return [...new Set([...endpointsNamed(seen), ...endpointsOfString(seen)])];
}

/** The endpoints that a CNAME names. */
function endpointsNamed({ evidence, hops }: Seen): readonly Endpoint[] {
  const named = hops.flatMap((result) => (result.hop === 'cname' ? factsOf(result, 'vpcEndpoint') : []));
  return (evidence.atlas?.endpoints ?? []).filter(({ id }) => named.includes(id));
}

/** The endpoints that Atlas has for a string with the hosts of the one that was tested. */
export function endpointsOfString(seen: Seen): readonly Endpoint[] {
  const ids = stringsWithHosts(seen).flatMap((one) => one.endpoints.map(({ endpointId }) => endpointId));
  return (seen.evidence.atlas?.endpoints ?? []).filter(({ id }) => ids.includes(id));
}

/** What Atlas gives out for the cluster's endpoints now that has a host of the string that was tested. */
function stringsWithHosts(seen: Seen): Deployment['strings']['privateEndpoint'] {
  const strings = seen.evidence.atlas?.cluster?.strings.privateEndpoint ?? [];
  if (strings.length === 0) return [];
  const hosts = hostsOf(seen);
  return strings.filter((one) =>
    [one.standard, one.srv, one.srvShardOptimized].some(
      (text) => text !== undefined && hostsIn(text).some((host) => hosts.includes(host)),
    ),
  );
}

function hostsOf({ context }: Seen): readonly string[] {
  return context === undefined ? [] : hostsIn(context.connectionString);
}

/** A service on the path with one of these statuses. */
export function serviceIs(...statuses: string[]): Sign {
  return (seen) =>
    servicesOnPath(seen)
      .filter(({ status }) => statuses.includes(status))
      .map(({ provider, region, status, errorMessage }) =>
        statement('srv', `${provider} ${region}`, ['status', status], ['message', errorMessage]),
      );
}

/** An endpoint on the path with one of these statuses at Atlas. */
export function endpointIs(...statuses: string[]): Sign {
  return (seen) =>
    endpointsOnPath(seen)
      .filter(({ status }) => statuses.includes(status))
      .map(({ id, status, errorMessage }) => statement('srv', id, ['status', status], ['message', errorMessage]));
}

/** The interface endpoints that the AWS account was asked about and has. */
function inAccount({ evidence }: Seen): readonly AwsEvidence[] {
  return evidence.cloud?.aws ?? [];
}

/** An interface endpoint with one of these states in the AWS account. */
export function awsStateIs(...states: string[]): Sign {
  return (seen) =>
    inAccount(seen).flatMap(({ endpoint }) =>
      endpoint === undefined || !states.includes(endpoint.state)
        ? []
        : [statement('srv', endpoint.id, ['state', endpoint.state], ['message', endpoint.lastError])],
    );
}

/** An endpoint without a subnet: at Atlas by its sentence, at AWS by what the endpoint lacks. */
export const withoutDnsEntries: Sign = (seen) => [
  ...endpointsOnPath(seen)
    .filter(({ errorMessage }) => /no dns entries found/i.test(errorMessage ?? ''))
    .map(({ id, errorMessage }) => statement('srv', id, ['message', errorMessage])),
  ...inAccount(seen).flatMap(({ endpoint }) =>
    endpoint === undefined || endpoint.subnetIds.length > 0 || !['available', 'pending'].includes(endpoint.state)
      ? []
      : [statement('srv', endpoint.id, ['subnets', '0'])],
  ),
];

/** The AWS account that was asked has no such interface endpoint. Who may not look has not seen that it is not there. */
export const notInAccount: Sign = (seen) => {
  if (inAccount(seen).some(({ notPermitted }) => notPermitted.includes('ec2:DescribeVpcEndpoints'))) return [];
  return inAccount(seen)
    .filter(({ endpoint }) => endpoint === undefined)
    .map(({ identity, region }) => statement('srv', region, ['account', identity.accountId]));
};

/** All subnets of an endpoint are in one availability zone. */
export const inOneZone: Sign = (seen) =>
  inAccount(seen).flatMap(({ endpoint, subnets }) => {
    const zones = new Set(subnets.map(({ subnet }) => subnet.zone));
    if (endpoint?.state !== 'available' || zones.size !== 1) return [];
    return [statement('addresses', endpoint.id, ['zone', [...zones].join()])];
  });

/** The VPC of an endpoint does not resolve names (AWS: `enableDnsSupport`). */
export const vpcWithoutDns: Sign = (seen) =>
  inAccount(seen).flatMap(({ endpoint, vpcDns }) =>
    endpoint === undefined || vpcDns?.support !== false
      ? []
      : [statement('srv', endpoint.vpcId, ['enableDnsSupport', 'false'])],
  );

export function clusterIs(test: (cluster: Deployment) => boolean, ...names: readonly ('tier' | 'state')[]): Sign {
  return ({ evidence }) => {
    const cluster = evidence.atlas?.cluster;
    if (cluster === undefined || !test(cluster)) return [];
    return [statement('string', cluster.name, ...names.map((name) => [name, cluster[name]] as const))];
  };
}

/** Regions with nodes of the cluster that have no service with an endpoint. */
export const regionsWithoutEndpoint: Sign = ({ evidence }) => {
  const { cluster, services = [] } = evidence.atlas ?? {};
  if (cluster?.kind !== 'dedicated') return [];
  return cluster.regions
    .filter(
      ({ provider, region }) =>
        !services.some((one) => one.provider === provider && one.region === region && one.endpointIds.length > 0),
    )
    .map(({ provider, region }) => statement('srv', `${provider} ${region}`, ['cluster', cluster.name]));
};

/** Atlas gives out a private string with a host of this one now: it needs no more endpoints than there are. */
export const hostCurrent: Sign = (seen) => {
  const cluster = seen.evidence.atlas?.cluster;
  if (cluster === undefined || stringsWithHosts(seen).length === 0) return [];
  return [statement('string', hostsOf(seen).join(), ['cluster', cluster.name])];
};

/** Hosts of the string are in no string that Atlas has for the cluster now. */
export const hostNotCurrent: Sign = (seen) => {
  const cluster = seen.evidence.atlas?.cluster;
  if (cluster === undefined || cluster.strings.privateEndpoint.length === 0) return [];
  const now = new Set(currentStrings(cluster).flatMap((text) => hostsIn(text)));
  return hostsOf(seen)
    .filter((host) => !now.has(host))
    .map((host) => statement('string', host, ['cluster', cluster.name]));
};

/** Ports of a standard string that Atlas has no more for the same host. */
export const portsNotCurrent: Sign = (seen) => {
  const text = seen.context?.connectionString ?? '';
  const cluster = seen.evidence.atlas?.cluster;
  if (cluster === undefined || !text.startsWith('mongodb://')) return [];
  const now = cluster.strings.privateEndpoint.flatMap(({ standard }) =>
    standard === undefined ? [] : nodesIn(standard),
  );
  const hostsNow = new Set(now.map(({ host }) => host));
  const gone = nodesIn(text).filter(
    ({ host, port }) => hostsNow.has(host) && !now.some((one) => one.host === host && one.port === port),
  );
  if (gone.length === 0) return [];
  const ports = (nodes: typeof gone): string => [...new Set(nodes.map(({ port }) => port))].join(', ');
  return [
    statement(
      'string',
      cluster.name,
      ['ports', ports(gone)],
      ['portsNow', ports(now.filter(({ host }) => gone.some((one) => one.host === host)))],
    ),
  ];
};

function nodesIn(text: string): readonly { readonly host: string; readonly port: string }[] {
  const [, authority = ''] = /^mongodb:\/\/(?:[^@/]*@)?([^/?]*)/.exec(text) ?? [];
  return authority.split(',').flatMap((node) => {
    const [, host, port = '27017'] = /^(.*?)(?::(\d+))?$/.exec(node.toLowerCase()) ?? [];
    return host === undefined || host === '' ? [] : [{ host, port }];
  });
}

/** Addresses registered at Atlas that the endpoint does not have in the cloud. */
export const addressNotRegistered: Sign = (seen) =>
  endpointsOnPath(seen).flatMap((endpoint) => {
    const real = seen.evidence.cloud?.addresses?.find(({ endpointId }) => endpointId === endpoint.id)?.addresses;
    if (real === undefined || real.length === 0 || endpoint.provider === 'AWS') return [];
    const registered =
      endpoint.provider === 'AZURE'
        ? [endpoint.ipAddress].filter((one) => one !== undefined)
        : endpoint.addresses.map(({ ipAddress }) => ipAddress);
    const wrong = registered.filter((address) => !real.includes(address));
    if (wrong.length === 0) return [];
    return [statement('addresses', endpoint.id, ['registered', wrong.join(', ')], ['expected', real.join(', ')])];
  });

// ---------------------------------------------------------------- security groups, network ACLs

const silentSockets = failed('tcp', 'timeout');

/** Ports that stay silent on addresses of an interface endpoint, each as a range. */
function silentOn(seen: Seen, addresses: readonly string[]): readonly PortRange[] {
  const ports = silentSockets(seen)
    .filter((result) => addresses.includes(addressOf(result)))
    .map((result) => Number(portOf(result)));
  return [...new Set(ports)].map((port) => ({ from: port, to: port }));
}

/** Everybody whom rules name; when the client is known, only the client. */
function peersOf(seen: Seen, rules: readonly AwsRule[]): readonly Peer[] {
  const client = seen.evidence.cloud?.client;
  if (client !== undefined) return [{ cidr: client.address, groupIds: client.securityGroups.map(({ id }) => id) }];
  return peersNamed(rules).map(({ peer }) => peer);
}

/**
 * Ports that are silent and that the inbound rules of all groups of the endpoint let nobody use (the client, where it is
 * known). Prefix lists may allow more than is known: then there is nothing to say.
 */
export const groupsKeepOut: Sign = (seen) =>
  inAccount(seen).flatMap(({ endpoint, securityGroups, subnets }) => {
    if (endpoint === undefined || securityGroups.length === 0) return [];
    const rules = securityGroups.flatMap(({ inbound }) => inbound);
    if (hasPrefixLists(rules)) return [];
    const peers = peersOf(seen, rules);
    const closed = silentOn(seen, subnetAddresses(subnets)).filter((port) =>
      peers.every((peer) => portsNotAllowed(rules, peer, port).length > 0),
    );
    if (closed.length === 0) return [];
    const groups = securityGroups.map(({ id }) => id).join(', ');
    const client = seen.evidence.cloud?.client?.address;
    return [statement('tcp', endpoint.id, ['groups', groups], ['ports', portList(closed)], ['client', client])];
  });

/** Ports that are silent and that the client's own groups do not let it connect to. */
export const groupsKeepIn: Sign = (seen) => {
  const groups = seen.evidence.cloud?.client?.securityGroups ?? [];
  const outbound = groups.flatMap((group) => group.outbound);
  // Without groups nothing is known: every network interface has one.
  if (groups.length === 0 || hasPrefixLists(outbound)) return [];
  return silentSockets(seen)
    .filter((result) => {
      const port = Number(portOf(result));
      const ownGroups = inAccount(seen).flatMap(({ endpoint }) => endpoint?.securityGroupIds ?? []);
      return (
        portsNotAllowed(outbound, { cidr: addressOf(result), groupIds: ownGroups }, { from: port, to: port }).length > 0
      );
    })
    .map((result) => statement('tcp', result.subject, ['groups', groups.map(({ id }) => id).join(', ')]));
};

/** Subnets of an endpoint whose network ACL lets nobody reach the silent ports (the client, where it is known). */
export const aclKeepsOut: Sign = (seen) =>
  inAccount(seen).flatMap(({ endpoint, subnets }) =>
    subnets.flatMap(({ subnet, privateIp, aclId, aclEntries }) => {
      if (endpoint === undefined || privateIp === undefined || aclEntries.length === 0) return [];
      const client = seen.evidence.cloud?.client?.address;
      const allowed = aclEntries.filter(({ allow, outbound }) => allow && !outbound).map(({ cidr }) => cidr);
      const peers = client === undefined ? allowed : [client];
      const closed = silentOn(seen, [privateIp]).filter((port) =>
        peers.every((peer) => portsDenied(aclEntries, peer, 'inbound', port).length > 0),
      );
      if (closed.length === 0) return [];
      return [statement('tcp', subnet.id, ['acl', aclId], ['ports', portList(closed)])];
    }),
  );

function subnetAddresses(subnets: AwsEvidence['subnets']): readonly string[] {
  return subnets.flatMap(({ privateIp }) => (privateIp === undefined ? [] : [privateIp]));
}

function portList(ranges: readonly PortRange[]): string {
  return ranges.map(({ from }) => String(from)).join(', ');
}
