import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Fact } from './events';
import { facts } from './facts';
import type { GreetedConnection } from './mongo/driver';
import { helloOf, type Hello } from './mongo/hello';
import { factsOfSecured } from './network/handshake';

/** What a connection of the driver's has shown of a node. */
export interface ShownNode {
  /** The address that it leads to; absent beyond a proxy, which is told the name. */
  readonly address: string | undefined;
  /** Absent without TLS. */
  readonly tls: readonly Fact[] | undefined;
  readonly hello: Hello;
  readonly greeting: readonly Fact[];
  /** Milliseconds from the beginning until it stood, TCP included, and from there until the node had answered. */
  readonly stoodAfterMs: number;
  readonly answeredAfterMs: number;
}

/** The nodes that the driver meets while a test runs beside it. */
export interface ShownNodes {
  /** Takes what is beyond doubt: a certificate that holds for the host, and an answer that a node has. */
  readonly show: (connection: GreetedConnection) => void;
  /** Waits for `host:port` to be met. Resolves with nothing once it is our own hops' turn. */
  readonly met: (node: string) => Promise<ShownNode | undefined>;
  /** From now on nobody waits any more. */
  readonly stop: () => void;
}

/**
 * Collects what the driver's own connections prove, so that a test of a healthy cluster makes no handshake twice. What is
 * not good is left to our own hops, which say what is wrong with it. `onShown` hears of each node that was met.
 */
export function createShownNodes(
  tls: boolean,
  beyondProxy: boolean,
  onShown: () => void = () => undefined,
): ShownNodes {
  const nodes = new Map<string, ShownNode>();
  const waiting = new Map<string, Set<(node: ShownNode | undefined) => void>>();
  let stopped = false;
  return {
    show: (connection) => {
      const { node } = connection;
      if (stopped || nodes.has(node)) return;
      const shown = shownBy(connection, tls, beyondProxy);
      if (shown === undefined) return;
      nodes.set(node, shown);
      for (const tell of waiting.get(node) ?? []) tell(shown);
      waiting.delete(node);
      onShown();
    },
    met: async (node) => {
      const known = nodes.get(node);
      if (known !== undefined || stopped) return known;
      return new Promise((resolve) => {
        const all = waiting.get(node) ?? new Set();
        waiting.set(node, all.add(resolve));
      });
    },
    stop: () => {
      stopped = true;
      for (const all of waiting.values()) for (const tell of all) tell(undefined);
      waiting.clear();
    },
  };
}

function shownBy(
  { node, stream, reply, openedAt, stoodAt, answeredAt }: GreetedConnection,
  tls: boolean,
  beyondProxy: boolean,
): ShownNode | undefined {
  const host = node.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const secured = stream instanceof TLSSocket ? factsOfSecured(stream, host) : undefined;
  if (tls && secured === undefined) return undefined;
  const answer = helloOf(reply);
  if (!('hello' in answer)) return undefined;
  const by = facts(['over', 'driver']);
  return {
    address: beyondProxy || !(stream instanceof Socket) ? undefined : stream.remoteAddress,
    tls: secured === undefined ? undefined : [...secured, ...by],
    hello: answer.hello,
    greeting: [...answer.facts, ...by],
    stoodAfterMs: stoodAt - (openedAt ?? stoodAt),
    answeredAfterMs: answeredAt - stoodAt,
  };
}
