import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import { decode, encode, RECURSION_DESIRED, type Answer, type DecodedPacket } from 'dns-packet';
import type { Clock } from '../../core/clock';
import { deadline } from '../deadline';

export type QuestionType = 'SRV' | 'TXT' | 'A' | 'AAAA';

export interface Question {
  readonly name: string;
  readonly type: QuestionType;
}

/**
 * What one server said. `records`, `no-data` and `nxdomain` are answers; all others are reasons why there is none:
 * no reply in time, no connection (`unreachable`, with the system's code), response codes, undecodable replies, a
 * truncated reply whose rest cannot be had over TCP.
 */
export type ServerOutcome =
  'records' | 'no-data' | 'nxdomain' | 'timeout' | 'unreachable' | 'refused' | 'servfail' | 'garbage' | 'truncated';

export interface ServerAnswer {
  /** `host:port`. */
  readonly server: string;
  readonly outcome: ServerOutcome;
  /**
   * The answer section: of `records`, and of `nxdomain` the CNAMEs that lead to the name that does not exist (RFC 6604);
   * empty otherwise.
   */
  readonly records: readonly Answer[];
  readonly durationMs: number;
  /** The system's or the server's code, where there is one. */
  readonly code?: string;
}

type Reply = Omit<ServerAnswer, 'server' | 'durationMs'>;

/** EDNS size that passes without fragments everywhere (DNS flag day 2020). */
const udpPayloadSize = 1232;
const plainOpt = { extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] };
/** Milliseconds after which a question is sent again: UDP loses packets. */
const resendAfter = [500, 1400];
/** Response codes of servers that do not know EDNS (RFC 6891, section 7): FORMERR and NOTIMP. */
const withoutEdns = [1, 4];
/** Answers to other questions, or made-up ones, that are put up with before a server is given up. */
const strangersTolerated = 50;
const largestReply = 65_535;

interface Query extends Question {
  /** Whether EDNS is used: answers over UDP of more than 512 bytes. */
  readonly edns: boolean;
}

/** Splits `host:port` or `[v6]:port`. */
export function splitServer(server: string): { readonly host: string; readonly port: number } {
  const colon = server.lastIndexOf(':');
  return { host: server.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(server.slice(colon + 1)) };
}

/**
 * Asks one DNS server: over UDP, and over TCP when the answer was truncated (RFC 1035, RFC 7766); once more without EDNS
 * when it does not know that (RFC 6891). Never rejects: what goes wrong is an outcome. Only replies with the id, the question and the source of the query count.
 */
export async function queryServer(
  server: string,
  question: Question,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<ServerAnswer> {
  const { clock, timeoutMs, signal } = options;
  const started = clock.monotonic();
  const limit = deadline(clock, timeoutMs, signal);
  const finish = (reply: Reply): ServerAnswer => ({ server, durationMs: clock.monotonic() - started, ...reply });
  try {
    const reply = await ask(server, { ...question, edns: true }, clock, limit.signal);
    const again = withoutEdns.some((rcode) => reply.code === codeOfResponse(rcode));
    return finish(again ? await ask(server, { ...question, edns: false }, clock, limit.signal) : reply);
  } finally {
    limit.clear();
  }
}

async function ask(server: string, query: Query, clock: Clock, signal: AbortSignal): Promise<Reply> {
  const overUdp = await askUdp(server, query, clock, signal);
  if (overUdp !== 'truncated') return overUdp;
  const overTcp = await askTcp(server, query, signal);
  return overTcp.outcome === 'timeout' || overTcp.outcome === 'unreachable'
    ? failure('truncated', overTcp.code ?? overTcp.outcome)
    : overTcp;
}

function failure(outcome: ServerOutcome, code?: string): Reply {
  return { outcome, records: [], ...(code === undefined ? {} : { code }) };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function codeOfResponse(rcode: number): string {
  return `RCODE ${rcode}`;
}

function encodeQuery(id: number, { name, type, edns }: Query): Buffer {
  return encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions: [{ type, name }],
    ...(edns ? { additionals: [{ type: 'OPT', name: '.', udpPayloadSize, ...plainOpt }] } : {}),
  });
}

function askUdp(server: string, question: Query, clock: Clock, signal: AbortSignal): Promise<Reply | 'truncated'> {
  const { host, port } = splitServer(server);
  const id = randomInt(0x10000);
  const message = encodeQuery(id, question);
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    let strangers = 0;
    let stops: (() => void)[] = [];
    let ended = false;
    const end = (reply: Reply | 'truncated'): void => {
      ended = true;
      for (const stop of stops) stop();
      stops = [];
      socket.off('connect', begin);
      signal.removeEventListener('abort', onAbort);
      // Not all listeners: closing waits for a bind that is under way, by a listener of the socket's own.
      socket.removeAllListeners('message');
      socket.removeAllListeners('error');
      socket.on('error', () => undefined);
      socket.close();
      resolve(reply);
    };
    const onAbort = (): void => {
      end(failure('timeout'));
    };
    const send = (): void => {
      socket.send(message, (error) => {
        if (error !== null && !ended) end(failure('unreachable', codeOf(error)));
      });
    };
    const begin = (): void => {
      stops = resendAfter.map((ms) => clock.after(ms, send));
      send();
    };
    socket.on('error', (error) => {
      end(failure('unreachable', codeOf(error)));
    });
    socket.on('message', (bytes) => {
      const reply = readReply(bytes, id, question);
      if (reply === 'stranger') {
        strangers += 1;
        if (strangers > strangersTolerated) end(failure('garbage'));
      } else if (reply === 'garbled') {
        // Only the server itself knows the id, or who is in between: what it cannot say now, it cannot say later.
        end(failure('garbage'));
      } else {
        end(reply);
      }
    });
    if (signal.aborted) {
      end(failure('timeout'));
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    // A connected socket takes packets of this server alone, and hears when nobody listens there. A function that is given
    // to it is called for failures, too, when there is nothing to send on.
    socket.once('connect', begin);
    socket.connect(port, host);
  });
}

function askTcp(server: string, question: Query, signal: AbortSignal): Promise<Reply> {
  const { host, port } = splitServer(server);
  const id = randomInt(0x10000);
  const message = encodeQuery(id, question);
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const chunks: Buffer[] = [];
    let received = 0;
    const end = (reply: Reply): void => {
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(reply);
    };
    const onAbort = (): void => {
      end(failure('timeout'));
    };
    socket.on('error', (error) => {
      end(failure('unreachable', codeOf(error)));
    });
    socket.on('close', () => {
      end(failure('unreachable', 'closed'));
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      received += chunk.length;
      if (received < 2) return;
      const all = Buffer.concat(chunks);
      const length = all.readUInt16BE(0);
      if (received > 2 + largestReply) end(failure('garbage'));
      else if (received >= 2 + length) {
        const reply = readReply(all.subarray(2, 2 + length), id, question);
        end(reply === 'stranger' || reply === 'garbled' || reply === 'truncated' ? failure('garbage') : reply);
      }
    });
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    const prefix = Buffer.alloc(2);
    prefix.writeUInt16BE(message.length);
    socket.write(Buffer.concat([prefix, message]));
  });
}

/** `stranger`: an answer to something else. `garbled`: our id, yet no DNS message that can be read. */
function readReply(bytes: Buffer, id: number, question: Question): Reply | 'truncated' | 'stranger' | 'garbled' {
  if (bytes.length < 12 || bytes.readUInt16BE(0) !== id || (bytes.readUInt16BE(2) & 0x8000) === 0) return 'stranger';
  const truncated = (bytes.readUInt16BE(2) & 0x0200) !== 0;
  let packet: DecodedPacket;
  try {
    packet = decode(bytes);
  } catch {
    return truncated ? 'truncated' : 'garbled';
  }
  const rcode = bytes.readUInt16BE(2) & 0xf;
  const [asked] = packet.questions ?? [];
  const same = asked?.type === question.type && sameName(asked.name, question.name);
  // Servers may leave the question out of an error; an answer without it is nobody's.
  if (asked === undefined ? rcode === 0 || rcode === 3 : !same) return 'stranger';
  if (truncated) return 'truncated';
  switch (rcode) {
    case 0: {
      const records = packet.answers ?? [];
      return records.length === 0 ? failure('no-data') : { outcome: 'records', records };
    }
    case 2:
      return failure('servfail');
    case 3:
      return { outcome: 'nxdomain', records: packet.answers ?? [] };
    default:
      return failure('refused', codeOfResponse(rcode));
  }
}

export function sameName(one: string, other: string): boolean {
  return bareName(one) === bareName(other);
}

/** Lower case, without the root's dot. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** The names that the CNAMEs of an answer lead through from `name` on, without it; a loop ends with the name that is there twice. */
export function followCnames(
  name: string,
  records: readonly Answer[],
): { readonly chain: readonly string[]; readonly loop: boolean } {
  const next = new Map<string, string>();
  for (const record of records) if (record.type === 'CNAME') next.set(bareName(record.name), bareName(record.data));
  const chain: string[] = [];
  const been = new Set([bareName(name)]);
  for (let target = next.get(bareName(name)); target !== undefined; target = next.get(target)) {
    chain.push(target);
    if (been.has(target)) return { chain, loop: true };
    been.add(target);
  }
  return { chain, loop: false };
}
