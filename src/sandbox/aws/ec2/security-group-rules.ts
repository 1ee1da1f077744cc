import ipaddr from 'ipaddr.js';
import type { AwsRule, AwsSecurityGroup } from '../../world/world';
import type { ActionContext } from '../action';
import type { Query } from '../query';
import { integerOf, structuresOf, textOf } from '../query';
import { AwsRefusal, invalidValue, missing } from '../refusal';
import type { Xml } from '../xml';
import { findGroup } from './lookup';
import { derivedId } from './names';

export type Direction = 'inbound' | 'outbound';

/** A rule with its one source (inbound) or destination (outbound), as AWS has had rules since they carry ids. */
export interface SingleRule {
  readonly id: string;
  readonly groupId: string;
  readonly direction: Direction;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: { readonly cidr: string } | { readonly groupId: string };
  readonly description?: string;
}

export function singleRules(group: AwsSecurityGroup): SingleRule[] {
  return [...rulesOf(group, 'inbound'), ...rulesOf(group, 'outbound')];
}

export function rulesOf(group: AwsSecurityGroup, direction: Direction): SingleRule[] {
  return group[direction].flatMap((rule) => split(group.id, direction, rule));
}

function split(groupId: string, direction: Direction, rule: AwsRule): SingleRule[] {
  const { protocol, fromPort, toPort, description } = rule;
  const peers = [...rule.cidrs.map((cidr) => ({ cidr })), ...rule.groupIds.map((id) => ({ groupId: id }))];
  return peers.map((peer) => ({
    id: derivedId('sgr', groupId, direction, protocol, String(fromPort), String(toPort), JSON.stringify(peer)),
    groupId,
    direction,
    protocol,
    fromPort,
    toPort,
    peer,
    ...(description === undefined ? {} : { description }),
  }));
}

export function toWorldRule({ protocol, fromPort, toPort, peer, description }: SingleRule): AwsRule {
  return {
    protocol,
    fromPort,
    toPort,
    cidrs: 'cidr' in peer ? [peer.cidr] : [],
    groupIds: 'groupId' in peer ? [peer.groupId] : [],
    ...(description === undefined ? {} : { description }),
  };
}

// ---------------------------------------------------------------- what requests say

const protocolNames: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', all: '-1' };
const protocols = new Set(['tcp', 'udp', 'icmp', '-1']);

/** The rules of `IpPermissions.N`, or of the one rule that a request may spell with `CidrIp` and the like. */
export function readRules(context: ActionContext, group: AwsSecurityGroup, direction: Direction): SingleRule[] {
  const { query } = context;
  const permissions = structuresOf(query, 'IpPermissions');
  const rules =
    permissions.length > 0
      ? permissions.flatMap((permission) => readPermission(context, permission))
      : readPermission(context, oneRule(query));
  return rules.flatMap((rule) => split(group.id, direction, rule));
}

/** The short form, spelled as the long one. */
function oneRule(query: Query): Query {
  const permission = new Map<string, string>();
  for (const name of ['IpProtocol', 'FromPort', 'ToPort']) {
    const value = textOf(query, name);
    if (value !== undefined) permission.set(name, value);
  }
  const cidr = textOf(query, 'CidrIp');
  if (cidr !== undefined) permission.set('IpRanges.1.CidrIp', cidr);
  return permission;
}

function readPermission(context: ActionContext, permission: Query): AwsRule[] {
  const given = textOf(permission, 'IpProtocol')?.toLowerCase();
  if (given === undefined) throw missing('ipPermissions');
  const protocol = protocolNames[given] ?? given;
  if (!protocols.has(protocol)) throw invalidValue('protocol', given, 'Expecting tcp, udp, icmp or -1.');
  const ports = readPorts(permission, protocol);
  const peers: Pick<AwsRule, 'cidrs' | 'groupIds' | 'description'>[] = [];
  for (const [list, field] of [
    ['IpRanges', 'CidrIp'],
    ['Ipv6Ranges', 'CidrIpv6'],
  ] as const) {
    for (const range of structuresOf(permission, list)) {
      const cidr = readCidr(textOf(range, field) ?? '', list);
      peers.push({ cidrs: [cidr], groupIds: [], ...descriptionOf(range) });
    }
  }
  for (const pair of structuresOf(permission, 'Groups')) {
    const id = textOf(pair, 'GroupId');
    if (id === undefined) throw missing('GroupId');
    peers.push({ cidrs: [], groupIds: [findGroup(context, id).id], ...descriptionOf(pair) });
  }
  const [prefixList] = structuresOf(permission, 'PrefixListIds');
  if (prefixList !== undefined) {
    const id = textOf(prefixList, 'PrefixListId') ?? '';
    throw new AwsRefusal('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist`);
  }
  if (peers.length === 0) throw missing('source or destination');
  return peers.map((peer) => ({ protocol, ...ports, ...peer }));
}

function descriptionOf(query: Query): { description?: string } {
  const description = textOf(query, 'Description');
  return description === undefined ? {} : { description };
}

function readPorts(permission: Query, protocol: string): { fromPort: number; toPort: number } {
  // Rules for all protocols have no ports, whatever is given.
  if (protocol === '-1') return { fromPort: -1, toPort: -1 };
  const fromPort = integerOf(permission, 'FromPort');
  const toPort = integerOf(permission, 'ToPort');
  if (fromPort === undefined || toPort === undefined) {
    throw new AwsRefusal(
      'InvalidParameterValue',
      `Invalid value 'Must specify both from and to ports with ${protocol}.'`,
    );
  }
  const least = protocol === 'icmp' ? -1 : 0;
  const most = protocol === 'icmp' ? 255 : 65_535;
  if (fromPort < least || toPort < least || fromPort > most || toPort > most) {
    throw new AwsRefusal('InvalidParameterValue', `Invalid value '${fromPort}-${toPort}' for portRange.`);
  }
  if (protocol !== 'icmp' && fromPort > toPort) {
    throw new AwsRefusal(
      'InvalidParameterValue',
      `Invalid value '${fromPort}-${toPort}' for portRange. The from port must not be larger than the to port.`,
    );
  }
  return { fromPort, toPort };
}

/** A block with the bits behind its prefix cleared, as AWS stores it. */
function readCidr(text: string, list: 'IpRanges' | 'Ipv6Ranges'): string {
  const family = list === 'IpRanges' ? ipaddr.IPv4 : ipaddr.IPv6;
  const [address = '', bits = ''] = text.split('/');
  // `10/8` is something to the library, and nothing to AWS.
  const whole = list === 'IpRanges' ? ipaddr.IPv4.isValidFourPartDecimal(address) : ipaddr.IPv6.isValid(address);
  if (!whole || !family.isValidCIDR(text)) {
    throw new AwsRefusal('InvalidParameterValue', `CIDR block ${text} is malformed`);
  }
  return `${family.networkAddressFromCIDR(text).toString()}/${bits}`;
}

// ---------------------------------------------------------------- what answers say

const isIpv6 = (cidr: string): boolean => cidr.includes(':');
const portsOf = ({ protocol, fromPort, toPort }: SingleRule): { fromPort?: number; toPort?: number } =>
  protocol === '-1' ? {} : { fromPort, toPort };

/** Rules as `IpPermissions`: those for the same protocol and ports are one entry. */
export function viewPermissions(rules: readonly SingleRule[], accountId: string): Xml {
  const groups = new Map<string, SingleRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol} ${rule.fromPort} ${rule.toPort}`;
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  return [...groups.values()].map((same): Xml => {
    const [first] = same;
    if (first === undefined) return undefined;
    const ranges = same.flatMap(({ peer, description }) => ('cidr' in peer ? [{ cidr: peer.cidr, description }] : []));
    return {
      ipProtocol: first.protocol,
      ...portsOf(first),
      groups: same.flatMap(({ peer, description }) =>
        'groupId' in peer ? [{ userId: accountId, groupId: peer.groupId, description }] : [],
      ),
      ipRanges: ranges
        .filter(({ cidr }) => !isIpv6(cidr))
        .map(({ cidr, description }) => ({ cidrIp: cidr, description })),
      ipv6Ranges: ranges
        .filter(({ cidr }) => isIpv6(cidr))
        .map(({ cidr, description }) => ({ cidrIpv6: cidr, description })),
      prefixListIds: [],
    };
  });
}

/** A rule as `SecurityGroupRules` have it; here -1 stands for all ports. */
export function viewRule(rule: SingleRule, accountId: string): Xml {
  const { peer } = rule;
  return {
    securityGroupRuleId: rule.id,
    groupId: rule.groupId,
    groupOwnerId: accountId,
    isEgress: rule.direction === 'outbound',
    ipProtocol: rule.protocol,
    fromPort: rule.fromPort,
    toPort: rule.toPort,
    ...('cidr' in peer
      ? { [isIpv6(peer.cidr) ? 'cidrIpv6' : 'cidrIpv4']: peer.cidr }
      : { referencedGroupInfo: { groupId: peer.groupId, userId: accountId } }),
    description: rule.description,
    tagSet: [],
  };
}

/** `peer: 10.0.0.0/16, TCP, from port: 1024, to port: 65535, ALLOW`, as the refusal of a duplicate names a rule. */
export function nameRule({ protocol, fromPort, toPort, peer }: SingleRule): string {
  const who = 'cidr' in peer ? peer.cidr : peer.groupId;
  if (protocol === '-1') return `peer: ${who}, ALL, ALLOW`;
  return `peer: ${who}, ${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}, ALLOW`;
}
