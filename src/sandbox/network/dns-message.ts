import { decode, encode, TRUNCATED_RESPONSE, RECURSION_AVAILABLE, RECURSION_DESIRED } from 'dns-packet';
import type { Answer, DecodedPacket, OptAnswer, Packet } from 'dns-packet';
import type { DnsResult } from './dns-records';

export const responseCodes = { ok: 0, formatError: 1, serverFailure: 2, noName: 3, notImplemented: 4, refused: 5 };

export interface DnsQuery {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly recursionDesired: boolean;
  /** The largest answer over UDP that the client takes; 512 without EDNS (RFC 1035, RFC 6891). */
  readonly udpSize: number;
  readonly edns: boolean;
}

/** The query in a message; a bare reply when it is none that is served; undefined when there is nobody to answer. */
export function readQuery(message: Buffer): DnsQuery | { readonly reply: Buffer } | undefined {
  if (message.length < 12) return undefined;
  const id = message.readUInt16BE(0);
  const flags = message.readUInt16BE(2);
  // Answers are never answered.
  if ((flags & 0x8000) !== 0) return undefined;
  const bare = (code: number): { reply: Buffer } => ({ reply: encode({ type: 'response', id, flags: code }) });
  if (((flags >> 11) & 15) !== 0) return bare(responseCodes.notImplemented);
  let packet: DecodedPacket;
  try {
    packet = decode(message);
  } catch {
    return bare(responseCodes.formatError);
  }
  const [question] = packet.questions ?? [];
  if (question === undefined || packet.questions?.length !== 1) return bare(responseCodes.formatError);
  if (question.class !== 'IN') return bare(responseCodes.refused);
  const opt = packet.additionals?.find((each): each is OptAnswer => each.type === 'OPT');
  return {
    id,
    name: question.name,
    type: question.type,
    recursionDesired: packet.flag_rd,
    udpSize: opt === undefined ? 512 : Math.min(Math.max(opt.udpPayloadSize, 512), 4096),
    edns: opt !== undefined,
  };
}

const soa: Answer = {
  type: 'SOA',
  name: 'mongodb.net',
  ttl: 5,
  data: {
    mname: 'ns.sandbox.mongodb.net',
    rname: 'hostmaster.sandbox.mongodb.net',
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 86400,
    minimum: 5,
  },
};

/** Encodes the answer; longer ones than `limit` bytes become an empty one with the TC bit. */
export function encodeAnswer(query: DnsQuery, result: DnsResult | { readonly code: number }, limit: number): Buffer {
  const code = 'code' in result ? result.code : result.kind === 'no-name' ? responseCodes.noName : responseCodes.ok;
  const answers = 'answers' in result ? (result.answers ?? []) : [];
  const packet: Packet = {
    type: 'response',
    id: query.id,
    flags: code | RECURSION_AVAILABLE | (query.recursionDesired ? RECURSION_DESIRED : 0),
    questions: [{ name: query.name, type: query.type as Answer['type'], class: 'IN' }],
    authorities: 'kind' in result && result.kind !== 'records' ? [soa] : [],
    additionals: query.edns ? [ednsOption()] : [],
  };
  const bytes = encodeCompressed(packet, answers, query.name);
  return bytes.length <= limit ? bytes : truncated(packet);
}

/** An answer that says only that it is not all. */
export function encodeTruncated(query: DnsQuery): Buffer {
  return truncated({
    type: 'response',
    id: query.id,
    flags: RECURSION_AVAILABLE | (query.recursionDesired ? RECURSION_DESIRED : 0),
    questions: [{ name: query.name, type: query.type as Answer['type'], class: 'IN' }],
    additionals: query.edns ? [ednsOption()] : [],
  });
}

function truncated(packet: Packet): Buffer {
  return encode({ ...packet, flags: (packet.flags ?? 0) | TRUNCATED_RESPONSE, answers: [], authorities: [] });
}

function ednsOption(): OptAnswer {
  return {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 4096,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
}

/**
 * `dns-packet` writes every name in full, which makes answers of many records larger than a message can be. Records
 * of the name that was asked, the most there are, get the usual pointer to the question (RFC 1035, 4.1.4).
 */
function encodeCompressed(packet: Packet, answers: readonly Answer[], asked: string): Buffer {
  const frame = encode({ ...packet, answers: [] });
  const records = answers.map((answer) => {
    const record = encode({ answers: [answer] }).subarray(12);
    if (answer.name !== asked) return record;
    return Buffer.concat([Buffer.from([0xc0, 12]), record.subarray(nameLength(record))]);
  });
  const questionEnd = 12 + nameLength(frame.subarray(12)) + 4;
  frame.writeUInt16BE(records.length, 6);
  return Buffer.concat([frame.subarray(0, questionEnd), ...records, frame.subarray(questionEnd)]);
}

function nameLength(bytes: Buffer): number {
  let at = 0;
  for (let label = bytes[at] ?? 0; label !== 0; label = bytes[at] ?? 0) at += label + 1;
  return at + 1;
}
