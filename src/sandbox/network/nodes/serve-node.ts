import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Document } from 'bson';
import type { World } from '../../world/world';
import type { CertificateAuthority, CertificateFlaw } from '../certificates';
import { faultOn, type NetworkFault } from '../faults';
import { absurdHellos } from './absurd-hello';
import { answerCommand } from './commands';
import type { TopologyVersions } from './hello';
import type { NodeConnection } from './node-connection';
import type { NodeIdentity } from './node-identity';
import { createMessageReader, encodeReply, type RequestMessage } from './wire-message';

export interface NodeContext {
  readonly world: World;
  readonly authority: CertificateAuthority;
  readonly versions: TopologyVersions;
}

const flaws: readonly (readonly [NetworkFault, CertificateFlaw])[] = [
  ['tls-expired', 'expired'],
  ['tls-not-yet-valid', 'not-yet-valid'],
  ['tls-wrong-name', 'wrong-name'],
  ['tls-unknown-issuer', 'unknown-issuer'],
];

/** How often a waiting hello looks whether its node has changed, in milliseconds: the world tells nobody. */
const lookInterval = 500;

/** Who has not finished the TLS handshake by then is cut off, in milliseconds. */
const handshakeMs = 30_000;

/** Record header, message header and version of a ServerHello of 118 bytes (RFC 8446, section 4.1.3). */
const beginningOfServerHello = Buffer.from('160303007a020000760303', 'hex');
/** A fatal alert `handshake_failure` (RFC 8446, section 6). */
const handshakeFailure = Buffer.from('15030300020228', 'hex');

let connections = 0;

/**
 * Takes over a connection that has just reached a node: TLS, then the wire protocol, until either side closes.
 * `identify` tells who answers for a host name (the SNI), or for none when it was not sent.
 */
export async function serveNode(
  context: NodeContext,
  socket: Socket,
  identify: (host: string | undefined) => NodeIdentity,
): Promise<void> {
  const { world, authority } = context;
  const own = identify(undefined);
  const on = (fault: NetworkFault, host?: string): boolean =>
    world.faults.isOnForAny(fault) && faultOn(world, fault, ...identify(host).subjects, host);
  if (on('tcp-accept-silent')) {
    socket.resume();
    return;
  }
  if (on('tls-stall')) {
    socket.once('data', () => socket.write(beginningOfServerHello));
    return;
  }
  if (on('tls-closes')) {
    socket.once('data', () => socket.end(beginningOfServerHello));
    return;
  }
  if (on('tls-refused')) {
    socket.once('data', () => socket.end(handshakeFailure));
    return;
  }
  if (on('tcp-reset')) {
    socket.once('data', () => socket.resetAndDestroy());
    return;
  }
  if (on('not-tls-http')) {
    socket.once('data', () => {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nBad Request\r\n');
    });
    return;
  }
  if (!(await speaks(socket))) {
    socket.destroy();
    return;
  }
  const flawOf = (host?: string): CertificateFlaw => flaws.find(([fault]) => on(fault, host))?.[1] ?? 'sound';
  const ownHost = own.self.slice(0, own.self.lastIndexOf(':'));
  const secureContext = await authority.contextFor(ownHost, flawOf());
  if (socket.destroyed) return;
  let asked: string | undefined;
  const secured = new TLSSocket(socket, {
    isServer: true,
    secureContext,
    // Clients may show a certificate, none has to: whose is accepted is decided at the sign-in.
    requestCert: true,
    SNICallback: (host, done) => {
      asked = host.toLowerCase();
      // A node has one certificate, whatever name it is asked by; the name only chooses among its own names.
      const known = identify(asked).self.startsWith(`${asked}:`);
      authority.contextFor(known ? asked : ownHost, flawOf(asked)).then(
        (chosen) => done(null, chosen),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  secured.setTimeout(handshakeMs, () => secured.destroy());
  secured.once('secure', () => secured.setTimeout(0));
  secured.on('error', () => secured.destroy());
  secured.on('close', () => socket.destroy());
  socket.on('close', () => secured.destroy());
  serveWire(context, secured, () => identify(asked ?? ''));
}

/** Waits for the first bytes. Who only looks whether the port is open sends none, and needs no TLS. */
async function speaks(socket: Socket): Promise<boolean> {
  const events = ['readable', 'end', 'close', 'timeout'] as const;
  if (socket.readableLength === 0 && !socket.readableEnded && !socket.destroyed) {
    socket.setTimeout(handshakeMs);
    await new Promise<void>((resolve) => {
      const done = (): void => {
        for (const event of events) socket.off(event, done);
        resolve();
      };
      for (const event of events) socket.once(event, done);
    });
    socket.setTimeout(0);
  }
  return socket.readableLength > 0;
}

/** Speaks the MongoDB wire protocol on a stream that is secured already. */
function serveWire(context: NodeContext, stream: TLSSocket, identity: () => NodeIdentity): void {
  connections += 1;
  const { world, versions, authority } = context;
  const clientSubject = (): string | undefined => authority.subjectOf(stream.getPeerX509Certificate());
  const connection: NodeConnection = { world, versions, connectionId: connections, identity, clientSubject };
  const read = createMessageReader();
  const ended = new AbortController();
  const waiting: RequestMessage[] = [];
  let working = false;

  const work = async (): Promise<void> => {
    working = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift()) {
      await answer(connection, request, stream, ended.signal, () => waiting.length > 0);
    }
    working = false;
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      waiting.push(...read(chunk));
    } catch {
      stream.destroy();
      return;
    }
    // A client that asks faster than it reads answers is cut off, like one that breaks the protocol.
    if (waiting.length > 1000) stream.destroy();
    else if (!working) work().catch(() => stream.destroy());
  });
  const end = (): void => {
    ended.abort();
    waiting.length = 0;
  };
  stream.on('end', () => stream.end());
  stream.on('close', end);
}

async function answer(
  connection: NodeConnection,
  request: RequestMessage,
  stream: TLSSocket,
  ended: AbortSignal,
  interrupted: () => boolean,
): Promise<void> {
  const { command } = request;
  const { world } = connection;
  const name = (Object.keys(command)[0] ?? '').toLowerCase();
  const isHello = name === 'hello' || name === 'ismaster';
  const on = (fault: NetworkFault): boolean =>
    world.faults.isOnForAny(fault) && faultOn(world, fault, ...connection.identity().subjects);
  if (isHello && on('hello-stall')) return;
  if (isHello && on('hello-closes')) {
    stream.end();
    return;
  }
  const absurd = isHello ? (Object.keys(absurdHellos) as (keyof typeof absurdHellos)[]).find(on) : undefined;
  if (absurd !== undefined) {
    stream.write(absurdHellos[absurd](request, await answerCommand(connection, command, request.database)));
    return;
  }
  if (signIns.has(name) && on('auth-stalls')) return;
  if (name === 'saslcontinue' && on('auth-stalls-late')) return;
  const maxAwait: unknown = command.maxAwaitTimeMS;
  const known: unknown = command.topologyVersion;
  const awaits = isHello && typeof maxAwait === 'number' && typeof known === 'object' && known !== null;
  let responseTo = request.requestId;
  let seen = awaits ? versionText(known) : undefined;
  for (;;) {
    let body = await answerCommand(connection, command, request.database);
    if (awaits) {
      // Awaitable hello: answer when something is new, or when the time is over (driver specification, SDAM).
      const until = world.clock.monotonic() + Math.min(maxAwait, 60_000);
      while (versionText(body.topologyVersion) === seen && world.clock.monotonic() < until && !interrupted()) {
        await pause(world, Math.min(lookInterval, until - world.clock.monotonic()), ended);
        if (ended.aborted) return;
        body = await answerCommand(connection, command, request.database);
      }
      seen = versionText(body.topologyVersion);
    }
    if (ended.aborted || request.moreToCome) return;
    const more = awaits && request.exhaustAllowed && body.topologyVersion !== undefined && !interrupted();
    const reply = encodeReply({ form: request.form, responseTo }, body, more);
    stream.write(reply.bytes);
    if (!more) return;
    responseTo = reply.requestId;
  }
}

const signIns = new Set(['saslstart', 'saslcontinue', 'authenticate']);

function versionText(version: unknown): string {
  if (typeof version !== 'object' || version === null) return '';
  const { processId, counter } = version as Document;
  return `${String(processId)} ${String(counter)}`;
}

function pause(world: World, ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      stop();
      ended.removeEventListener('abort', finish);
      resolve();
    };
    const stop = world.clock.after(Math.max(ms, 1), finish);
    ended.addEventListener('abort', finish, { once: true });
    if (ended.aborted) finish();
  });
}
