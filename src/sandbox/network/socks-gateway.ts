import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { World } from '../world/world';
import { faultOn } from './faults';
import { serveNode, type NodeContext } from './nodes/serve-node';
import { resolveInWorld } from './dns-records';
import { routeTo, type Route } from './vpc';

const loopback = '127.0.0.1';
const maxConnections = 2000;
/** Connections whose CONNECT is not answered, as packets to them are dropped. */
const maxUnanswered = 256;
const greetingMs = 10_000;

/** Reply codes of RFC 1928, section 6. */
const replies = {
  succeeded: 0,
  failure: 1,
  notAllowed: 2,
  networkUnreachable: 3,
  hostUnreachable: 4,
  refused: 5,
  commandNotSupported: 7,
  addressTypeNotSupported: 8,
} as const;

/** The client broke the protocol or went away; the connection is closed without a word. */
class ClientGone extends Error {}
/** The client was told no and the connection is ending. */
class Refused extends Error {}

/**
 * The sandbox's VPC behind a SOCKS5 proxy (RFC 1928, RFC 1929): reaches the private addresses of the interface
 * endpoints on the ports that the load balancers have, and nothing else. Names are resolved by the sandbox's DNS.
 * `onUnanswered` is told the target, `host:port` as the client named it, of each connection to which packets are dropped.
 */
export async function startSocksGateway(
  context: NodeContext,
  onUnanswered: (target: string) => void = () => undefined,
): Promise<{ url: string; close(): Promise<void> }> {
  const { world } = context;
  const open = new Set<Socket>();
  const unanswered = new Set<Socket>();
  const server = createServer((client) => {
    if (open.size >= maxConnections) {
      client.destroy();
      return;
    }
    open.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => {
      open.delete(client);
      unanswered.delete(client);
    });
    client.setTimeout(greetingMs, () => client.destroy());
    serveClient(context, client, unanswered, onUnanswered).catch((error: unknown) => {
      if (error instanceof Refused) client.resume();
      else client.destroy();
    });
  });
  server.listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const user = faultOn(world, 'socks-credentials') ? `${socksUser(world)}@` : '';
  return {
    url: `socks5://${user}${loopback}:${port}`,
    async close() {
      for (const client of open) client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function socksUser(world: World): string {
  const { dbUsername, dbPassword } = world.credentials;
  return `${encodeURIComponent(dbUsername)}:${encodeURIComponent(dbPassword)}`;
}

async function serveClient(
  context: NodeContext,
  client: Socket,
  unanswered: Set<Socket>,
  onUnanswered: (target: string) => void,
): Promise<void> {
  const { world } = context;
  if (faultOn(world, 'socks-silent')) {
    keepWaiting(client, unanswered);
    return;
  }
  if (faultOn(world, 'socks-garbage')) {
    await readExactly(client, 2);
    client.resume();
    client.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    return;
  }
  await agreeOnMethod(world, client);
  const [version = 0, command = 0, , addressType = 0] = await readExactly(client, 4);
  if (version !== 5) throw new ClientGone();
  const target = await readTarget(client, addressType);
  if (target === undefined) {
    refuse(client, replies.addressTypeNotSupported);
    return;
  }
  if (command !== 1) {
    refuse(client, replies.commandNotSupported);
    return;
  }
  const subject = `${target.host}:${target.port}`;
  if (faultOn(world, 'socks-drop', target.host, subject)) throw new ClientGone();
  if (faultOn(world, 'socks-refused', target.host, subject)) {
    refuse(client, replies.notAllowed);
    return;
  }

  const addresses = target.isName ? addressesOf(world, target.host) : [target.host];
  if (addresses.length === 0) {
    refuse(client, replies.hostUnreachable);
    return;
  }
  const route = chooseRoute(addresses.map((address) => routeTo(world, address, target.port)));
  switch (route.kind) {
    case 'unreachable': {
      refuse(client, replies.networkUnreachable);
      return;
    }
    case 'refused': {
      refuse(client, replies.refused);
      return;
    }
    case 'dropped':
      keepWaiting(client, unanswered);
      onUnanswered(subject);
      return;
    case 'node':
      client.setTimeout(0);
      client.setNoDelay();
      client.write(encodeReply(replies.succeeded));
      await serveNode(context, client, route.identify);
  }
}

/** A name with several addresses leads to the first that answers, as proxies try them in turn. */
function chooseRoute(routes: readonly Route[]): Route {
  const order: readonly Route['kind'][] = ['node', 'refused', 'dropped', 'unreachable'];
  for (const kind of order) {
    const found = routes.find((route) => route.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: 'unreachable' };
}

function addressesOf(world: World, name: string): readonly string[] {
  return ['A', 'AAAA'].flatMap((type) => {
    const result = resolveInWorld(world, name, type);
    if (result.kind !== 'records') return [];
    return result.answers.flatMap((answer) => (answer.type === 'A' || answer.type === 'AAAA' ? [answer.data] : []));
  });
}

/** Silence is what a dropped packet sounds like: the client gives up, or is given up for newer ones. */
function keepWaiting(client: Socket, unanswered: Set<Socket>): void {
  client.setTimeout(0);
  client.resume();
  unanswered.add(client);
  const [oldest] = unanswered;
  if (unanswered.size > maxUnanswered) oldest?.destroy();
}

async function agreeOnMethod(world: World, client: Socket): Promise<void> {
  const [version = 0, count = 0] = await readExactly(client, 2);
  if (version !== 5 || count === 0) throw new ClientGone();
  const offered = await readExactly(client, count);
  const method = faultOn(world, 'socks-credentials') ? 2 : 0;
  if (!offered.includes(method)) {
    client.end(Buffer.from([5, 0xff]));
    throw new Refused();
  }
  client.write(Buffer.from([5, method]));
  if (method === 0) return;
  const [subVersion = 0, userLength = 0] = await readExactly(client, 2);
  const user = userLength === 0 ? Buffer.alloc(0) : await readExactly(client, userLength);
  const [passwordLength = 0] = await readExactly(client, 1);
  const password = passwordLength === 0 ? Buffer.alloc(0) : await readExactly(client, passwordLength);
  const { dbUsername, dbPassword } = world.credentials;
  const good = subVersion === 1 && same(user, dbUsername) && same(password, dbPassword);
  if (!good) {
    client.end(Buffer.from([1, 1]));
    throw new Refused();
  }
  client.write(Buffer.from([1, 0]));
}

function same(given: Buffer, expected: string): boolean {
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readTarget(
  client: Socket,
  addressType: number,
): Promise<{ host: string; port: number; isName: boolean } | undefined> {
  let host: string;
  if (addressType === 1) {
    host = ipaddr.fromByteArray([...(await readExactly(client, 4))]).toString();
  } else if (addressType === 4) {
    host = ipaddr.process(ipaddr.fromByteArray([...(await readExactly(client, 16))]).toString()).toString();
  } else if (addressType === 3) {
    const [length = 0] = await readExactly(client, 1);
    if (length === 0) throw new ClientGone();
    host = (await readExactly(client, length)).toString('latin1').toLowerCase();
  } else {
    return undefined;
  }
  const port = (await readExactly(client, 2)).readUInt16BE(0);
  // Some clients send an address as a name.
  if (addressType === 3 && ipaddr.isValid(host)) return { host: ipaddr.process(host).toString(), port, isName: false };
  return { host, port, isName: addressType === 3 };
}

function encodeReply(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
}

function refuse(client: Socket, code: number): void {
  client.resume();
  client.end(encodeReply(code));
}

/**
 * Reads exactly so many bytes and leaves all further ones in the socket. Throws when the client goes away before. Takes
 * what is there and waits for more: to ask for all at once would be told again and again of the first bytes, without end.
 */
async function readExactly(client: Socket, length: number): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const more = client.read() as Buffer | null;
    if (more !== null) bytes = Buffer.concat([bytes, more]);
    if (bytes.length >= length) {
      if (bytes.length > length) client.unshift(bytes.subarray(length));
      return bytes.subarray(0, length);
    }
    if (client.readableEnded || client.destroyed) throw new ClientGone();
    await new Promise<void>((resolve) => {
      const done = (): void => {
        client.off('readable', done);
        client.off('end', done);
        client.off('close', done);
        resolve();
      };
      client.once('readable', done);
      client.once('end', done);
      client.once('close', done);
    });
  }
}
