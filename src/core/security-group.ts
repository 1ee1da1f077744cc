import ipaddr from 'ipaddr.js';
import type { AwsAclEntry, AwsRule } from './cloud';

/** Ports from and to, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Ports that Atlas may use behind an interface endpoint; all of them should be allowed (seed: Port Ranges). */
export const endpointPorts: PortRange = { from: 1024, to: 65535 };

/** The other side of a rule: an address or block, and the security groups that it is in. */
export interface Peer {
  /** `10.0.1.7` or `10.0.0.0/16`; absent when only its groups are known. */
  readonly cidr?: string;
  readonly groupIds?: readonly string[];
}

/**
 * The ports of a range that rules do not allow for TCP towards a peer, in one direction; empty when all are. Rules for
 * parts of the peer's block count together when they hold all of it. Prefix lists are not looked into: `hasPrefixLists`
 * says whether there are any that might allow more.
 */
export function portsNotAllowed(
  rules: readonly AwsRule[],
  peer: Peer,
  range: PortRange = endpointPorts,
): readonly PortRange[] {
  const open = rules.flatMap((rule) => (coversPeer(rule, peer) ? tcpPortsOf(rule) : []));
  const closed = subtract(range, open);
  const halves = closed.length === 0 || peer.cidr === undefined ? [] : halvesOf(peer.cidr);
  // Where no rule is about a part of the block, its parts fare as the whole.
  if (!halves.some((half) => rules.some(({ cidrs }) => cidrs.some((each) => holds(half, each))))) return closed;
  return merge(halves.flatMap((half) => portsNotAllowed(rules, { ...peer, cidr: half }, range)));
}

/** Whether rules name prefix lists, whose blocks are not known here. */
export function hasPrefixLists(rules: readonly AwsRule[]): boolean {
  return rules.some(({ prefixListIds }) => prefixListIds.length > 0);
}

/** Everybody whom rules name, each alone. */
export function peersNamed(rules: readonly AwsRule[]): readonly { readonly name: string; readonly peer: Peer }[] {
  return [
    ...[...new Set(rules.flatMap((rule) => rule.cidrs))].map((cidr) => ({ name: cidr, peer: { cidr } })),
    ...[...new Set(rules.flatMap((rule) => rule.groupIds))].map((id) => ({ name: id, peer: { groupIds: [id] } })),
  ];
}

/**
 * The ports of a range that a network ACL denies for TCP with a peer in one direction. Entries are looked at by number,
 * and the first that matches decides; what none matches is denied.
 */
export function portsDenied(
  entries: readonly AwsAclEntry[],
  peer: string,
  direction: 'inbound' | 'outbound',
  range: PortRange = endpointPorts,
): readonly PortRange[] {
  let undecided: readonly PortRange[] = [range];
  const denied: PortRange[] = [];
  const ordered = entries
    .filter(({ outbound }) => outbound === (direction === 'outbound'))
    .toSorted((one, other) => one.number - other.number);
  for (const entry of ordered) {
    const overlaps = entry.allow ? holds(entry.cidr, peer) : holds(entry.cidr, peer) || holds(peer, entry.cidr);
    const ports = aclPorts(entry);
    if (!overlaps || ports === undefined) continue;
    if (!entry.allow) denied.push(...undecided.flatMap((each) => intersect(each, ports)));
    undecided = undecided.flatMap((each) => subtract(each, [ports]));
  }
  return merge([...denied, ...undecided]);
}

/** `1024–65535`, `443`. */
export function portText(ranges: readonly PortRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}

const tcp = new Set(['tcp', '6', '-1']);

function coversPeer(rule: AwsRule, peer: Peer): boolean {
  const { cidr } = peer;
  if (peer.groupIds?.some((id) => rule.groupIds.includes(id)) === true) return true;
  return cidr !== undefined && rule.cidrs.some((each) => holds(each, cidr));
}

/** The ports that a rule is about, for TCP. */
export function tcpPortsOf(rule: AwsRule): readonly PortRange[] {
  if (!tcp.has(rule.protocol)) return [];
  return [rule.protocol === '-1' ? { from: 0, to: 65535 } : { from: rule.fromPort ?? 0, to: rule.toPort ?? 65535 }];
}

function aclPorts(entry: AwsAclEntry): PortRange | undefined {
  if (!tcp.has(entry.protocol)) return undefined;
  return { from: entry.fromPort ?? 0, to: entry.toPort ?? 65535 };
}

/** Whether a block holds all of an address or another block. Texts that are neither hold nothing. */
export function holds(block: string, inner: string): boolean {
  const [outerAddress, outerBits] = parseBlock(block) ?? [];
  const [innerAddress, innerBits] = parseBlock(inner) ?? [];
  if (outerAddress === undefined || innerAddress === undefined || outerBits === undefined || innerBits === undefined)
    return false;
  if (outerAddress.kind() !== innerAddress.kind() || innerBits < outerBits) return false;
  return innerAddress.match(outerAddress, outerBits);
}

function parseBlock(text: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** A block in two; nothing of what is one address, or no block. */
function halvesOf(block: string): readonly string[] {
  const [address, bits] = parseBlock(block) ?? [];
  if (address === undefined || bits === undefined) return [];
  const bytes = address.toByteArray();
  if (bits >= bytes.length * 8) return [];
  const upper = bytes.with(bits >> 3, (bytes[bits >> 3] ?? 0) | (128 >> (bits & 7)));
  return [bytes, upper].map((each) => `${ipaddr.fromByteArray(each).toString()}/${String(bits + 1)}`);
}

function subtract(range: PortRange, taken: readonly PortRange[]): readonly PortRange[] {
  let rest: readonly PortRange[] = [range];
  for (const { from, to } of taken) {
    rest = rest.flatMap((each) => [
      ...(each.from < from ? [{ from: each.from, to: Math.min(each.to, from - 1) }] : []),
      ...(each.to > to ? [{ from: Math.max(each.from, to + 1), to: each.to }] : []),
    ]);
  }
  return rest;
}

function intersect(one: PortRange, other: PortRange): readonly PortRange[] {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from <= to ? [{ from, to }] : [];
}

function merge(ranges: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to + 1)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged;
}
