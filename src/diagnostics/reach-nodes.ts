import type { Socket } from 'node:net';
import { isIP, isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { networkOfHost } from '../connection-string/classify';
import { optionOf } from '../connection-string/parse';
import { isOver } from './deadline';
import { resolveHost, type HostResult } from './dns/host';
import type { HostPort } from './dns/seedlist';
import type { Fact } from './events';
import { facts } from './facts';
import type { FailureKind } from '../core/hop';
import { askHello, type Hello } from './mongo/hello';
import { dial } from './network/dialer';
import { handshake } from './network/handshake';
import type { HopEnd } from './recorder';
import type { ShownNode } from './shown-nodes';
import { isUsable, leadsToPrimary, wantedNodes } from './usable-nodes';
import { askingOf, asksSystem, type Plan, type Walk } from './walk-path';

/** Who wants to know what the nodes are as soon as one of them has said it. */
export interface NodeListener {
  resolved(addresses: ReadonlyMap<string, readonly string[]>): void;
  usable(): void;
  /** What the driver's own connection to `host:port` has shown; nothing when handshakes are to be our own. */
  readonly met: (node: string) => Promise<ShownNode | undefined>;
}

/**
 * Connections that a test opens at once at most: 50 targets, which is what Atlas has, in three zones. Beyond it only some
 * of the addresses of a host are tried: so many connections at once would use up each other's time.
 */
const mostConnections = 150;

/** From names to hello: all hosts, addresses and ports at once, each with its own time. */
export async function reachNodes(walk: Walk, plan: Plan, listener: NodeListener): Promise<void> {
  const hosts = [...new Set(plan.targets.map(({ host }) => host))];
  const addresses = new Map<string, readonly string[]>();
  const ofEndpoint = new Set<string>();
  const resolving = hosts.map(async (host) => {
    const found = await addressesOf(walk, plan, host);
    addresses.set(host, found.addresses);
    if (found.ofEndpoint) for (const address of found.addresses) ofEndpoint.add(address);
  });
  await Promise.all(resolving);
  if (isOver(walk.signal)) return;
  if ([...addresses.values()].some((found) => found.length > 0)) listener.resolved(addresses);
  const perHost = Math.max(1, Math.floor(mostConnections / plan.targets.length));
  let usable = 0;
  const counting: NodeListener = {
    ...listener,
    usable: () => {
      usable += 1;
      listener.usable();
    },
  };
  const visit = createVisit(walk, plan, counting, addresses, ofEndpoint);
  await Promise.all(
    diagonals(plan.targets, (target) => addresses.get(target.host) ?? [], perHost).map(({ target, address }) =>
      visit(target, address),
    ),
  );
  // What becomes of a primary that only other nodes name, the driver finds out.
  if (usable === 0 && !isOver(walk.signal) && leadsToPrimary(walk.recorder.hops)) listener.usable();
}

/**
 * Every target with every address of its host, so ordered that the first ones together touch all targets and all
 * addresses: those are the ones that go on to TLS. At most `perTarget` addresses of a target.
 */
function diagonals(
  targets: readonly HostPort[],
  addressesFor: (target: HostPort) => readonly string[],
  perTarget: number,
): readonly { readonly target: HostPort; readonly address: string }[] {
  const rows = targets.map((target) => ({ target, addresses: addressesFor(target) }));
  const longest = Math.min(perTarget, Math.max(0, ...rows.map(({ addresses }) => addresses.length)));
  return Array.from({ length: longest }, (_, round) => round).flatMap((round) =>
    rows.flatMap(({ target, addresses }, index) => {
      const address = addresses[(index + round) % addresses.length];
      return round < addresses.length && address !== undefined ? [{ target, address }] : [];
    }),
  );
}

// ---------------------------------------------------------------- addresses

interface HostAddresses {
  readonly addresses: readonly string[];
  /** AWS itself names them as those of one interface endpoint. */
  readonly ofEndpoint: boolean;
}

async function addressesOf(walk: Walk, plan: Plan, host: string): Promise<HostAddresses> {
  const { recorder } = walk;
  if (isIP(host) !== 0) return { addresses: [host], ofEndpoint: false };
  if (walk.namesByProxy) {
    await recorder.hop('addresses', host, () => ({ skipped: true, facts: facts(['resolvedBy', 'proxy']) }));
    // The proxy gets the name itself.
    return { addresses: [host], ofEndpoint: false };
  }
  const lookup = resolveHost(host, askingOf(walk), asksSystem(walk));
  const [, end] = await Promise.all([
    recorder.hop('cname', host, async () => cnameEnd(await lookup)),
    recorder.hop('addresses', host, async () => addressesEnd(await lookup, plan.kind.network !== 'not-atlas')),
  ]);
  const { chain, offChain = false } = await lookup;
  return { addresses: end.addresses, ofEndpoint: !offChain && endpointNamedBy(chain.at(-1)) !== undefined };
}

/** The interface endpoint whose own DNS name this is (AWS PrivateLink: `vpce-….vpce-svc-….REGION.vpce.amazonaws.com`). */
function endpointNamedBy(name = ''): string | undefined {
  return /^(vpce-[0-9a-f]+)-.*\.vpce\.amazonaws\.com(\.cn)?$/.exec(name)?.[1];
}

function cnameEnd({ chain, failure }: HostResult): HopEnd {
  const found = chain.map((value): Fact => ({ name: 'cname', value }));
  const endpoint = chain.map(endpointNamedBy).find((id) => id !== undefined);
  if (failure === 'cname-loop') return { facts: found, failure };
  if (chain.length === 0 && failure !== undefined) return { facts: [], skipped: true };
  return { facts: [...found, ...facts(['vpcEndpoint', endpoint])] };
}

function addressesEnd(
  { chain, addresses, facts: seen, failure }: HostResult,
  ofAtlas: boolean,
): HopEnd & { readonly addresses: readonly string[] } {
  if (failure === 'cname-loop') return { facts: [], skipped: true, addresses: [] };
  const found = addresses.map((value): Fact => ({ name: 'address', value }));
  const end = chain.length === 0 ? [] : facts(['cname', chain.at(-1)]);
  const all = [...found, ...end, ...seen];
  if (failure !== undefined) return { facts: all, failure, addresses: [] };
  const remark = ofAtlas ? remarkOn(addresses) : undefined;
  return { facts: all, addresses, ...(remark === undefined ? {} : { failure: remark, tolerable: true }) };
}

/** Addresses that no private endpoint has, unless somebody has built it so: no failure while they lead to the cluster. */
function remarkOn(addresses: readonly string[]): FailureKind | undefined {
  const ranges = addresses.map((address) => ipaddr.process(address).range());
  if (ranges.some((range) => range === 'loopback' || range === 'unspecified')) return 'blocked-address';
  return ranges.some((range) => range === 'unicast' || range === 'reserved') ? 'public-address' : undefined;
}

// ---------------------------------------------------------------- TCP, TLS, hello

function createVisit(
  walk: Walk,
  plan: Plan,
  listener: NodeListener,
  addresses: ReadonlyMap<string, readonly string[]>,
  ofEndpoint: ReadonlySet<string>,
): (target: HostPort, address: string) => Promise<void> {
  const { recorder, clock, timeoutMs, signal, proxy, context } = walk;
  const limits = { clock, timeoutMs, signal };
  const wanted = wantedNodes((name) => optionOf(walk.string, name));
  const securedTargets = new Set<string>();
  const securedAddresses = new Set<string>();
  const takenOver = new Set<string>();

  /** One TLS connection to every node, and one over every address: more would tell nothing new. */
  const goesOn = (target: string, address: string): boolean => {
    if (securedTargets.has(target) && securedAddresses.has(address)) return false;
    securedTargets.add(target);
    securedAddresses.add(address);
    return true;
  };

  return async (target, address) => {
    const node = `${bracketed(target.host)}:${target.port}`;
    const subject = address === target.host ? node : `${bracketed(address)}:${target.port}`;
    const where = facts(['node', node]);
    const dialed = await recorder.hop('tcp', subject, async () => {
      const result = await dial(address, target.port, { ...limits, ...(proxy === undefined ? {} : { proxy }) });
      if ('socket' in result) return { socket: result.socket, facts: where };
      // Most machines have no IPv6: what stands behind such an address is not known, and nobody needs it.
      if (result.failure === 'unreachable' && isIPv6(address) && addresses.get(target.host)?.some(isIPv4) === true) {
        return { failure: 'no-ipv6', skipped: true, facts: [...facts(['code', result.code]), ...where] };
      }
      return { failure: result.failure, facts: [...facts(['code', result.code]), ...where] };
    });
    if (!('socket' in dialed)) return;
    const { socket } = dialed;
    try {
      if (isOver(signal) || !goesOn(node, address)) return;
      const shown = await listener.met(node);
      if (isOver(signal)) return;
      if (shown !== undefined) {
        await takeOver(shown, target, node);
        // All addresses of an endpoint lead to the same service: that they can be reached is all that there is to know.
        if (shown.address === address || ofEndpoint.has(address)) return;
      }
      const secured = plan.tls ? await secure(socket, subject, target) : socket;
      if (secured === undefined || isOver(signal)) return;
      const hello = await greet(secured, subject, node);
      if (hello !== undefined && isUsable(hello.role, wanted)) listener.usable();
    } finally {
      socket.destroy();
    }
  };

  /** The hops of a connection that the driver has made. */
  async function takeOver(shown: ShownNode, target: HostPort, node: string): Promise<void> {
    if (takenOver.has(node)) return;
    takenOver.add(node);
    const { address, tls, hello, greeting, stoodAfterMs, answeredAfterMs } = shown;
    const subject = address === undefined ? node : `${bracketed(address)}:${target.port}`;
    const of = facts(['node', node], ['expectedSet', plan.replicaSet]);
    if (tls !== undefined)
      await recorder.hop('tls', subject, () => ({ facts: [...tls, ...facts(['node', node])], tookMs: stoodAfterMs }));
    const failure = contradiction(plan, hello);
    await recorder.hop('hello', subject, () => ({
      facts: [...greeting, ...of],
      tookMs: answeredAfterMs,
      ...(failure === undefined ? {} : { failure }),
    }));
    if (failure === undefined && isUsable(hello.role, wanted)) listener.usable();
  }

  async function secure(socket: Socket, subject: string, target: HostPort): Promise<Socket | undefined> {
    const end = await recorder.hop('tls', subject, async () => {
      const result = await handshake(socket, target.host, { ...limits, context });
      return { ...result, facts: [...result.facts, ...facts(['node', `${bracketed(target.host)}:${target.port}`])] };
    });
    return 'socket' in end ? end.socket : undefined;
  }

  async function greet(socket: Socket, subject: string, node: string): Promise<Hello | undefined> {
    const end = await recorder.hop('hello', subject, async () => {
      const result = await askHello(socket, { ...limits, loadBalanced: plan.loadBalanced });
      socket.destroy();
      const seen = [...result.facts, ...facts(['node', node], ['expectedSet', plan.replicaSet])];
      if (!('hello' in result)) return { ...result, facts: seen };
      const failure = contradiction(plan, result.hello);
      return { ...result, facts: seen, ...(failure === undefined ? {} : { failure }) };
    });
    return 'hello' in end && end.failure === undefined ? end.hello : undefined;
  }
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** What the node says that does not fit the string. */
function contradiction({ replicaSet, loadBalanced, kind }: Plan, hello: Hello): FailureKind | undefined {
  if (loadBalanced) return hello.serviceId === undefined ? 'not-balanced' : undefined;
  if (replicaSet !== undefined && hello.setName !== replicaSet) return 'wrong-set';
  if (kind.network === 'private-endpoint' && hello.hosts.some((host) => !isPrivate(host))) return 'public-hosts';
  return undefined;
}

function isPrivate(hostAndPort: string): boolean {
  return networkOfHost(hostAndPort.replace(/:\d+$/, '')) === 'private-endpoint';
}
