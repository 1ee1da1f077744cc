// Loaded with `import()` when a test signs in: a lazy bundle of its own, since the official driver is larger than all the rest.
import { channel } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { MongoClient, type Document, type MongoClientOptions, type ServerHeartbeatSucceededEvent } from 'mongodb';
import { Connection } from 'mongodb/lib/cmap/connection.js';
import type { Fact } from '../events';
import { facts } from '../facts';
import type { FailureKind } from '../../core/hop';
import { readCertificateOnce } from '../network/handshake';
import { mostHosts } from './hello';

/** A client of the official driver whose hosts are resolved already. */
export interface DriverRun {
  /** Discovers the topology and signs in on a connection of the pool. Calls `onUnreached` when a node cannot be reached. */
  signIn(onUnreached: () => void): Promise<DriverStep>;
  ping(): Promise<DriverStep>;
  /** Ends all connections, also those that are amid a handshake or a sign-in, and the steps that wait for them. */
  close(): Promise<void>;
}

/** A connection of the driver's whose node has said what it is. */
export interface GreetedConnection {
  /** The node, `host:port`, as the driver was told it; a literal IPv6 address in brackets. */
  readonly node: string;
  /** TLS over it is through, where there is any. */
  readonly stream: Duplex;
  /** The answer to its `hello`, as it came. */
  readonly reply: Document;
  /** When it was opened, stood, and was answered; milliseconds of `now`. */
  readonly openedAt: number | undefined;
  readonly stoodAt: number;
  readonly answeredAt: number;
}

/** What asks for a sign-in, or has the beginning of one with it. */
const signsIn = ['saslStart', 'saslContinue', 'authenticate', 'speculativeAuthenticate'];
/** The first question on a connection, by its old name and its new one. */
const greetings = ['ismaster', 'hello'];

export interface DriverStep {
  readonly facts: readonly Fact[];
  readonly failure?: FailureKind | undefined;
}

/**
 * Prepares the official driver. Options that it does not accept are the failure of the first step, as they would be in
 * the person's application. `secrets` do not show in what it answers. `onGreeted` hears of every connection whose node has
 * answered for the first time; `now` is a monotonic clock, milliseconds.
 */
export function prepareDriver(
  connectionString: string,
  options: MongoClientOptions,
  secrets: readonly string[],
  now: () => number,
  onGreeted: (connection: GreetedConnection) => void,
): DriverRun {
  const sockets = new Set<Duplex>();
  const openings = new Map<string, number>();
  /** Questions of a sign-in that have no answer, or never had one in time. */
  let unanswered = 0;
  let client: MongoClient | undefined;
  let refusal: DriverStep | undefined;
  /** The client does not settle all that it has begun: on Node 18, a sign-in whose socket is destroyed stays pending. */
  let endSteps = (): void => undefined;
  const closed = new Promise<void>((resolve) => (endSteps = resolve));
  try {
    client = new MongoClient(connectionString, {
      ...options,
      // The only one who sees the driver's own connections before they are ready.
      connectionType: class extends Connection {
        readonly #stream: Duplex;
        readonly #node: string;
        #stoodAt = now();
        #greeted = false;
        constructor(stream: Duplex, more: { readonly hostAddress: { toString(): string } }) {
          super(stream, more);
          this.#stream = stream;
          this.#node = more.hostAddress.toString();
          keep(sockets, stream);
          // Beyond a proxy the handshake of TLS has still to come.
          if (stream instanceof TLSSocket) {
            readCertificateOnce(stream);
            stream.once('secureConnect', () => (this.#stoodAt = now()));
          }
        }
        override command(namespace: object, command: object, ...more: unknown[]): Promise<Document> {
          const answer = super.command(namespace, command, ...more);
          if (!this.#greeted && greetings.some((name) => name in command)) {
            this.#greeted = true;
            const [node, stream, openedAt] = [this.#node, this.#stream, openings.get(this.#node)];
            answer.then(
              (reply) => onGreeted({ node, stream, reply, openedAt, stoodAt: this.#stoodAt, answeredAt: now() }),
              () => undefined,
            );
          }
          if (signsIn.some((name) => name in command)) {
            unanswered += 1;
            answer.then(
              () => (unanswered -= 1),
              (error: unknown) => {
                if (!isTimeout(error)) unanswered -= 1;
              },
            );
          }
          return answer;
        }
      },
    } as MongoClientOptions);
    client.on('serverHeartbeatSucceeded', boundHosts);
    const open = (address: string): void => {
      if (!openings.has(address)) openings.set(address, now());
    };
    // The first connection to a node: the monitor's, or where a load balancer is asked for, the pool's.
    client.on('serverHeartbeatStarted', ({ connectionId }) => open(connectionId));
    client.on('connectionCreated', ({ address }) => open(address));
  } catch (error) {
    refusal = failureStep(error, secrets);
  }
  const step = async (run: (ready: MongoClient) => Promise<unknown>): Promise<DriverStep> => {
    const ready = client;
    if (ready === undefined) return refusal ?? { facts: [], failure: 'driver-error' };
    try {
      const done = run(ready).then(() => true);
      const through = await opening(sockets, options.proxyHost, () => Promise.race([done, closed]));
      return through === true ? { facts: [] } : { facts: [], failure: 'no-server' };
    } catch (error) {
      const failed = failureStep(error, secrets);
      const isLate =
        unanswered > 0 && (failed.failure === 'no-server' || (error instanceof Error && isTimeout(rootOf(error))));
      return isLate ? { ...failed, failure: 'timeout' } : failed;
    }
  };
  return {
    signIn: (onUnreached) =>
      step((ready) => {
        ready.on('serverHeartbeatFailed', onUnreached);
        return ready.connect();
      }),
    ping: () => step((ready) => ready.db('admin').command({ ping: 1 }, { readPreference: ready.readPreference })),
    close: async () => {
      await client?.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      endSteps();
    },
  };
}

/**
 * The driver connects to every host that a node names, and would leave nothing to the rest of the test when these are
 * thousands. It goes on with the reply that it shows here.
 */
function boundHosts({ reply }: ServerHeartbeatSucceededEvent): void {
  for (const list of [reply.hosts, reply.passives, reply.arbiters] as unknown[]) {
    if (Array.isArray(list) && list.length > mostHosts) list.length = mostHosts;
  }
}

/** Where Node tells of every `net.connect` (Node's `diagnostics_channel`, built-in channels). */
const connecting = channel('net.client.socket');
/** The clients that are at work, by the name that they have for their proxy. */
const socketsByProxyName = new Map<string, Set<Duplex>>();

/**
 * Collects the sockets that a client opens meanwhile to its proxy: closing the client leaves alone those that are not
 * through it yet, and they would stay for as long as a connection may take, twice over. They are told by the name that
 * is looked up for them, which no other client has.
 */
async function opening<T>(sockets: Set<Duplex>, proxyName: string | undefined, work: () => Promise<T>): Promise<T> {
  if (proxyName === undefined) return work();
  if (socketsByProxyName.size === 0) connecting.subscribe(keepSocket);
  socketsByProxyName.set(proxyName, sockets);
  try {
    return await work();
  } finally {
    socketsByProxyName.delete(proxyName);
    if (socketsByProxyName.size === 0) connecting.unsubscribe(keepSocket);
  }
}

function keepSocket(message: unknown): void {
  if (typeof message !== 'object' || message === null || !('socket' in message)) return;
  const { socket } = message;
  if (!(socket instanceof Socket)) return;
  socket.once('lookup', (_error, _address, _family, host) => {
    const sockets = socketsByProxyName.get(host);
    if (sockets !== undefined) keep(sockets, socket);
  });
}

function keep(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

/** Looked at by name and shape: subclasses of the driver's errors come and go. */
function failureStep(error: unknown, secrets: readonly string[]): DriverStep {
  if (!(error instanceof Error)) return { failure: 'driver-error', facts: [] };
  const root = rootOf(error);
  const code =
    'code' in root && (typeof root.code === 'number' || typeof root.code === 'string') ? root.code : undefined;
  return {
    failure: failureOf(root, code),
    facts: facts(
      ['code', code === undefined ? undefined : String(code)],
      ['error', error.name],
      ['message', hide(root.message, secrets)],
    ),
  };
}

/** The error of a server, when there was no server to select because of it. */
function rootOf(error: Error): Error {
  const description: unknown = 'reason' in error ? error.reason : undefined;
  const servers =
    typeof description === 'object' && description !== null && 'servers' in description
      ? description.servers
      : undefined;
  if (servers instanceof Map) {
    for (const server of servers.values() as Iterable<unknown>) {
      const behind = typeof server === 'object' && server !== null && 'error' in server ? server.error : undefined;
      if (behind instanceof Error) return behind;
    }
  }
  return error;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'MongoNetworkTimeoutError';
}

function failureOf(error: Error, code: number | string | undefined): FailureKind {
  // 18 AuthenticationFailed, 8000 AtlasError, 11 UserNotFound.
  if (code === 18 || code === 8000 || code === 11) return 'rejected';
  if (code === 13) return 'not-authorized';
  if (code === 334) return 'mechanism';
  if (error.name.includes('AWS') || error.name === 'MongoMissingCredentialsError') return 'aws-credentials';
  if (error.name === 'MongoServerSelectionError') return 'no-server';
  return 'driver-error';
}

function hide(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (shown, secret) =>
      secret === '' ? shown : shown.replaceAll(secret, '…').replaceAll(encodeURIComponent(secret), '…'),
    text,
  );
}
