import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket } from 'node:net';
import type { World } from '../world/world';
import { encodeAnswer, encodeTruncated, readQuery, responseCodes, type DnsQuery } from './dns-message';
import { resolveInWorld, type DnsResult } from './dns-records';
import { faultOn, type NetworkFault } from './faults';
import { clusterOfName } from './topology';

const loopback = '127.0.0.1';
const lateness = 3000;
const otherName = 'other.sandbox.example';
const largestMessage = 65_535;
const maxTcpClients = 100;
const tcpIdleMs = 10_000;

/** The answer to a query, or why there is none: stay silent, or cut the TCP connection. */
type Reply = { readonly bytes: Buffer; readonly delay: number } | 'silent' | 'cut';

function reply(world: World, message: Buffer, transport: 'udp' | 'tcp'): Reply {
  const query = readQuery(message);
  if (query === undefined) return transport === 'udp' ? 'silent' : 'cut';
  if ('reply' in query) return { bytes: query.reply, delay: 0 };
  const name = query.name.toLowerCase();
  const on = (fault: NetworkFault): boolean =>
    world.faults.isOnForAny(fault) &&
    faultOn(world, fault, name, name.replace('_mongodb._tcp.', ''), clusterOfName(world, name));
  if (on('dns-silent')) return 'silent';
  const delay = on('dns-late') ? lateness : 0;
  if (on('dns-garbage')) return { bytes: garbage(query), delay };
  if (on('dns-truncated-no-tcp')) return transport === 'tcp' ? 'cut' : { bytes: encodeTruncated(query), delay };
  if (on('dns-truncated') && transport === 'udp') return { bytes: encodeTruncated(query), delay };
  const limit = transport === 'udp' ? query.udpSize : largestMessage;
  const plain = on('dns-no-edns') ? { ...query, edns: false } : query;
  return { bytes: encodeAnswer(plain, resultOf(world, query, on), limit), delay };
}

function resultOf(
  world: World,
  query: DnsQuery,
  on: (fault: NetworkFault) => boolean,
): DnsResult | { readonly code: number } {
  if (on('dns-refused')) return { code: responseCodes.refused };
  if (on('dns-servfail') || (query.type === 'TXT' && on('dns-txt-fails'))) return { code: responseCodes.serverFailure };
  if (query.edns && on('dns-no-edns')) return { code: responseCodes.formatError };
  const result = resolveInWorld(world, query.name, query.type);
  if (result.kind !== 'records' || !on('dns-other-name')) return result;
  return { kind: 'records', answers: result.answers.map((answer) => ({ ...answer, name: otherName })) };
}

/** A header that promises an answer, and a name that points at itself. */
function garbage(query: DnsQuery): Buffer {
  const header = encodeTruncated(query).subarray(0, 12);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(0, 4);
  header.writeUInt16BE(1, 6);
  header.writeUInt16BE(0, 10);
  return Buffer.concat([header, Buffer.from([0xc0, 0x0c, 0xff, 0xff, 0x07])]);
}

/**
 * Serves the sandbox's names over UDP and TCP on one port of the loopback interface. `close` ends both and forgets
 * answers that are still due.
 */
export async function startDnsServer(world: World): Promise<{ address: string; close(): Promise<void> }> {
  const { udp, tcp, port } = await bindBoth();
  const due = new Set<() => void>();
  const clients = new Set<Socket>();
  const later = (ms: number, send: () => void): void => {
    if (ms === 0) {
      send();
      return;
    }
    const stop = world.clock.after(ms, () => {
      due.delete(stop);
      send();
    });
    due.add(stop);
  };

  udp.on('message', (message, from) => {
    const answer = reply(world, message, 'udp');
    // Nobody is left to be told when sending fails.
    if (typeof answer !== 'string') later(answer.delay, () => udp.send(answer.bytes, from.port, from.address, () => 0));
  });
  udp.on('error', () => undefined);
  tcp.on('connection', (client) => {
    if (clients.size >= maxTcpClients) client.destroy();
    else serveTcp(world, client, clients, later);
  });

  return {
    address: `${loopback}:${port}`,
    async close() {
      for (const stop of due) stop();
      for (const client of clients) client.destroy();
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}

function serveTcp(
  world: World,
  client: Socket,
  clients: Set<Socket>,
  later: (ms: number, send: () => void) => void,
): void {
  clients.add(client);
  client.setTimeout(tcpIdleMs, () => client.destroy());
  client.on('error', () => client.destroy());
  client.on('close', () => clients.delete(client));
  let waiting = Buffer.alloc(0);
  client.on('data', (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 2) {
      const length = waiting.readUInt16BE(0);
      if (waiting.length < 2 + length) return;
      const message = waiting.subarray(2, 2 + length);
      waiting = waiting.subarray(2 + length);
      const answer = reply(world, message, 'tcp');
      if (answer === 'silent') continue;
      if (answer === 'cut') {
        client.destroy();
        return;
      }
      const prefix = Buffer.alloc(2);
      prefix.writeUInt16BE(answer.bytes.length);
      later(answer.delay, () => {
        if (client.writable) client.write(Buffer.concat([prefix, answer.bytes]));
      });
    }
  });
}

/** A port that is free for UDP may be taken for TCP: tries until one is free for both. */
async function bindBoth(): Promise<{ udp: UdpSocket; tcp: Server; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const udp = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      udp.once('error', reject);
      udp.bind(0, loopback, () => {
        udp.off('error', reject);
        resolve();
      });
    });
    const { port } = udp.address();
    const tcp = createServer();
    try {
      await new Promise<void>((resolve, reject) => {
        tcp.once('error', reject);
        tcp.listen(port, loopback, () => {
          tcp.off('error', reject);
          resolve();
        });
      });
      return { udp, tcp, port };
    } catch (error) {
      await new Promise<void>((resolve) => udp.close(() => resolve()));
      if (attempt === 20) throw error;
    }
  }
}
