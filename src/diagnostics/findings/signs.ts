import ipaddr from 'ipaddr.js';
import type { HopResult, TestContext, TestEvent } from '../events';
import { hopIds, type HopId } from '../../core/hop';
import type { Evidence } from '../evidence';
import { factOf, factsOf } from '../facts';
import type { FailureKind } from '../../core/hop';
import { readResolverFact } from '../dns/ask';

/** Everything that the events of a test say, in the form in which findings look at it. */
export interface Seen {
  readonly context: TestContext | undefined;
  readonly hops: readonly HopResult[];
  readonly evidence: Evidence;
}

/** A piece of evidence: the results that show it; none when it is not there. */
export type Sign = (seen: Seen) => readonly HopResult[];

export function seenIn(events: readonly TestEvent[]): Seen {
  const hops = events.flatMap((event) => (event.type === 'hop-finished' ? [event] : []));
  const started = events.find((event) => event.type === 'test-started');
  const gathered = events.flatMap((event) => (event.type === 'evidence' ? [event.evidence] : []));
  return { context: started?.context, hops, evidence: Object.assign({}, ...gathered) as Evidence };
}

export function hopOrder(hop: HopId): number {
  return hopIds.indexOf(hop);
}

export function hasFailure(result: HopResult, kinds: readonly FailureKind[]): boolean {
  return factsOf(result, 'failure').some((kind) => (kinds as readonly string[]).includes(kind));
}

/** Results of a hop that failed, or were remarked on, for one of the reasons. */
export function failed(hop: HopId, ...kinds: FailureKind[]): Sign {
  return ({ hops }) => hops.filter((result) => result.hop === hop && hasFailure(result, kinds));
}

/** Results of a hop that passed; a remark does not matter. */
export function passed(hop: HopId): Sign {
  return ({ hops }) =>
    hops.filter((result) => result.hop === hop && (result.outcome === 'passed' || result.outcome === 'warned'));
}

/** Results of a hop with a fact, and where `value` is given, with that value. */
export function withFact(hop: HopId, name: string, value?: string | RegExp): Sign {
  const fits = (found: string): boolean =>
    value === undefined || (typeof value === 'string' ? found === value : value.test(found));
  return ({ hops }) => hops.filter((result) => result.hop === hop && factsOf(result, name).some(fits));
}

export function anyOf(...signs: Sign[]): Sign {
  return (seen) => signs.flatMap((sign) => sign(seen));
}

// ---------------------------------------------------------------- values for texts

export function listed(values: Iterable<string>, most = 4): string {
  const unique = [...new Set(values)];
  const shown = unique.slice(0, most).join(', ');
  return unique.length > most ? `${shown} +${unique.length - most}` : shown;
}

/** All values of a fact over results. */
export function valuesOf(results: readonly HopResult[], name: string): readonly string[] {
  return results.flatMap((result) => factsOf(result, name));
}

/** Servers that were asked, with an outcome among these; all servers when none is named. */
export function serversWith(results: readonly HopResult[], ...outcomes: string[]): string {
  const servers = valuesOf(results, 'resolver').map(readResolverFact);
  const fitting = servers.filter(({ outcome }) => outcomes.length === 0 || outcomes.includes(outcome));
  return listed(fitting.map(({ server }) => server));
}

export function firstFact(results: readonly HopResult[], name: string): string {
  return results.map((result) => factOf(result, name)).find((value) => value !== undefined) ?? '';
}

// ---------------------------------------------------------------- TCP over hosts, addresses and ports

interface Socket {
  readonly result: HopResult;
  readonly host: string;
  readonly address: string;
  readonly port: string;
}

const silence: readonly FailureKind[] = ['timeout', 'unreachable', 'no-ipv6'];

/**
 * Whether a socket says something about its address. One that was not tried does not; nor does an IPv6 address from a
 * machine without IPv6, which is one that reaches none of the host's.
 */
function counts(result: HopResult, { hops }: Seen): boolean {
  if (!hasFailure(result, ['no-ipv6'])) return result.outcome !== 'skipped';
  return hops.some(
    (other) =>
      other.hop === 'tcp' &&
      other.outcome === 'passed' &&
      other.subject.startsWith('[') &&
      hostOf(other) === hostOf(result),
  );
}

function hostOf(result: HopResult): string {
  return (factOf(result, 'node') ?? result.subject).replace(/:\d+$/, '');
}

/** Hosts with the sockets that count; none at all where nothing is silent, as in every healthy test. */
function socketsByHost(seen: Seen): ReadonlyMap<string, readonly Socket[]> {
  const hosts = new Map<string, Socket[]>();
  if (!seen.hops.some((result) => result.hop === 'tcp' && hasFailure(result, silence))) return hosts;
  for (const result of seen.hops) {
    if (result.hop !== 'tcp' || !counts(result, seen)) continue;
    const host = hostOf(result);
    const colon = result.subject.lastIndexOf(':');
    const socket = { result, host, address: result.subject.slice(0, colon), port: result.subject.slice(colon + 1) };
    hosts.set(host, [...(hosts.get(host) ?? []), socket]);
  }
  return hosts;
}

function isSilent({ result }: Socket): boolean {
  return hasFailure(result, silence);
}

/** Nothing at all answers for a host, on any port of any of its addresses, and it is of this kind. */
export function silentHost(kind: 'timeout' | 'unreachable'): Sign {
  return (seen) =>
    [...socketsByHost(seen).values()]
      .filter((sockets) => sockets.every(isSilent))
      // A router that says there is no way for one address speaks for the silent one beside it.
      .filter(
        (sockets) => sockets.some(({ result }) => hasFailure(result, ['unreachable'])) === (kind === 'unreachable'),
      )
      .flatMap((sockets) => sockets.map(({ result }) => result));
}

/** Addresses of a host on which no port answers, while another address of the host does. */
export const silentAddress: Sign = (seen) => socketsIn(seen, (sockets) => silentAddressesOf(sockets));

function silentAddressesOf(sockets: readonly Socket[]): readonly Socket[] {
  if (sockets.every(isSilent)) return [];
  const addresses = [...new Set(sockets.map(({ address }) => address))];
  return addresses
    .map((address) => sockets.filter((socket) => socket.address === address))
    .filter((group) => group.every(isSilent))
    .flat();
}

/** Ports that are silent on addresses where other ports answer. */
export const silentPort: Sign = (seen) =>
  socketsIn(seen, (sockets) => {
    const silentAddresses = new Set(silentAddressesOf(sockets).map(({ address }) => address));
    return sockets.every(isSilent)
      ? []
      : sockets.filter((socket) => isSilent(socket) && !silentAddresses.has(socket.address));
  });

function socketsIn(seen: Seen, choose: (sockets: readonly Socket[]) => readonly Socket[]): readonly HopResult[] {
  return [...socketsByHost(seen).values()].flatMap((sockets) => choose(sockets).map(({ result }) => result));
}

export function portOf(result: HopResult): string {
  return result.subject.slice(result.subject.lastIndexOf(':') + 1);
}

export function addressOf(result: HopResult): string {
  return result.subject.slice(0, result.subject.lastIndexOf(':'));
}

/**
 * Names that one resolver has records for and another does not know, or knows without any. A resolver that was cut off, or
 * could not be reached, has said nothing about the name.
 */
export const resolversDisagree: Sign = ({ hops }) =>
  hops.filter((result) => {
    if (result.hop !== 'srv' && result.hop !== 'addresses') return false;
    const answers = factsOf(result, 'resolver').map(readResolverFact);
    const knowing = answers.filter(({ outcome }) => outcome === 'records').map(({ server }) => server);
    // One server is asked several times on the way along a CNAME chain.
    return (
      knowing.length > 0 &&
      answers.some(({ server, outcome }) => doesNotKnow.includes(outcome) && !knowing.includes(server))
    );
  });

/**
 * Hosts whose private addresses one resolver gives and another one keeps back, though it has answers about the cluster:
 * it says that there are no such records, or that there is no such name where it has the SRV records that name it.
 */
export const addressesWithheld: Sign = (seen) =>
  seen.hops.filter((result) => result.hop === 'addresses' && withholding([result], seen).length > 0);

/** The resolvers that keep private addresses of these hosts back. */
export function withholding(results: readonly HopResult[], { hops }: Seen): readonly string[] {
  const bySrv = valuesOf(
    hops.filter(({ hop }) => hop === 'srv'),
    'resolver',
  ).map(readResolverFact);
  const said = (server: string, ...outcomes: readonly string[]): boolean =>
    bySrv.some((answer) => answer.server === server && outcomes.includes(answer.outcome));
  return results.flatMap((result) => {
    // The facts are about A records only.
    if (!factsOf(result, 'address').some(isPrivateIPv4)) return [];
    // A server is asked several times on the way along a CNAME chain; the last question is the one for the addresses.
    const last = new Map(
      factsOf(result, 'resolver')
        .map(readResolverFact)
        .map(({ server, outcome }) => [server, outcome]),
    );
    return [...last].flatMap(([server, outcome]) => {
      const keepsBack = outcome === 'no-data' || (outcome === 'nxdomain' && said(server, 'records'));
      return keepsBack && !said(server, ...doesNotKnow) ? [server] : [];
    });
  });
}

function isPrivateIPv4(address: string): boolean {
  return ipaddr.IPv4.isValid(address) && ipaddr.IPv4.parse(address).range() === 'private';
}

/** Outcomes over the wire, and the codes of the operating system's own lookup. */
export const doesNotKnow: readonly string[] = ['nxdomain', 'no-data', 'ENOTFOUND', 'ENODATA'];

/** The servers that only Node's own resolver has cannot be reached, while one of the system's answers. */
export const editorResolverBroken: Sign = ({ context, hops }) => {
  const editors = context?.editorServers ?? [];
  if (editors.length === 0) return [];
  return hops.filter((result) => {
    const answers = factsOf(result, 'resolver').map(readResolverFact);
    const own = answers.filter(({ server }) => editors.includes(server));
    return (
      (result.hop === 'srv' || result.hop === 'addresses') &&
      own.length > 0 &&
      own.every(({ outcome }) => outcome === 'unreachable') &&
      // What the operating system finds may come from elsewhere than DNS.
      answers.some(
        ({ server, outcome }) =>
          outcome === 'records' && !editors.includes(server) && context?.dnsServers.includes(server) === true,
      )
    );
  });
};
