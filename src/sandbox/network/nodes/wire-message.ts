import { deserialize, serialize, type Document } from 'bson';

/** MongoDB wire protocol, as far as a driver's connection needs it (source: MongoDB manual, "Wire Protocol"). */
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const headerLength = 16;
/** `maxMessageSizeBytes` of hello. */
export const maxMessageSize = 48_000_000;
const checksumPresent = 1;
const moreToCome = 2;
const exhaustAllowed = 1 << 16;

export interface RequestMessage {
  readonly requestId: number;
  readonly form: 'msg' | 'query';
  readonly command: Document;
  readonly database: string;
  readonly exhaustAllowed: boolean;
  /** The sender expects no answer. */
  readonly moreToCome: boolean;
}

/** The peer broke the protocol; the connection cannot go on. */
export class WireError extends Error {
  override name = 'WireError';
}

/** Puts messages together from chunks that may hold a part of one or several. Throws {@link WireError}. */
export function createMessageReader(): (chunk: Buffer) => RequestMessage[] {
  let chunks: Buffer[] = [];
  let length = 0;
  return (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    const messages: RequestMessage[] = [];
    let size = expectedSize(chunks, length);
    while (size !== undefined && length >= size) {
      const all = Buffer.concat(chunks, length);
      messages.push(parseMessage(all.subarray(0, size)));
      const rest = all.subarray(size);
      chunks = rest.length === 0 ? [] : [rest];
      length = rest.length;
      size = expectedSize(chunks, length);
    }
    return messages;
  };
}

function expectedSize(chunks: Buffer[], length: number): number | undefined {
  if (length < 4) return undefined;
  const first = chunks[0];
  const start = first !== undefined && first.length >= 4 ? first : Buffer.concat(chunks, length);
  const size = start.readInt32LE(0);
  if (size < headerLength + 5 || size > maxMessageSize) throw new WireError(`a message of ${size} bytes`);
  return size;
}

function parseMessage(message: Buffer): RequestMessage {
  const requestId = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  try {
    if (operation === opMsg) return parseMsg(requestId, message);
    if (operation === opQuery) return parseQuery(requestId, message);
  } catch (error) {
    throw error instanceof WireError ? error : new WireError('a message that cannot be read');
  }
  throw new WireError(`operation ${operation}`);
}

function parseMsg(requestId: number, message: Buffer): RequestMessage {
  const flags = message.readUInt32LE(headerLength);
  // The lower 16 bits are required ones: what is not known must not be passed over.
  if ((flags & 0xffff & ~(checksumPresent | moreToCome)) !== 0) throw new WireError('unknown flags');
  let end = message.length;
  if ((flags & checksumPresent) !== 0) {
    end -= 4;
    if (message.readUInt32LE(end) !== crc32c(message.subarray(0, end))) throw new WireError('a wrong checksum');
  }
  let command: Document | undefined;
  const sequences: [string, Document[]][] = [];
  let at = headerLength + 4;
  while (at < end) {
    const kind = message.readUInt8(at);
    const size = message.readInt32LE(at + 1);
    const next = at + 1 + size;
    if (size < 5 || next > end) throw new WireError('a section that is too long');
    if (kind === 0) {
      if (command !== undefined) throw new WireError('two bodies');
      command = deserialize(message.subarray(at + 1, next));
    } else if (kind === 1) {
      sequences.push(parseSequence(message.subarray(at + 5, next)));
    } else {
      throw new WireError(`section kind ${kind}`);
    }
    at = next;
  }
  if (command === undefined) throw new WireError('no body');
  for (const [name, documents] of sequences) command[name] = documents;
  const database: unknown = command.$db;
  return {
    requestId,
    form: 'msg',
    command,
    database: typeof database === 'string' ? database : '',
    exhaustAllowed: (flags & exhaustAllowed) !== 0,
    moreToCome: (flags & moreToCome) !== 0,
  };
}

function parseSequence(section: Buffer): [string, Document[]] {
  const zero = section.indexOf(0);
  if (zero < 0) throw new WireError('a document sequence without a name');
  const documents: Document[] = [];
  let at = zero + 1;
  while (at < section.length) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new WireError('a document that is too long');
    documents.push(deserialize(section.subarray(at, at + size)));
    at += size;
  }
  return [section.toString('utf8', 0, zero), documents];
}

function parseQuery(requestId: number, message: Buffer): RequestMessage {
  const zero = message.indexOf(0, headerLength + 4);
  if (zero < 0) throw new WireError('a query without a collection');
  const collection = message.toString('utf8', headerLength + 4, zero);
  const start = zero + 1 + 8;
  const size = message.readInt32LE(start);
  if (size < 5 || start + size > message.length) throw new WireError('a query that is too long');
  return {
    requestId,
    form: 'query',
    command: deserialize(message.subarray(start, start + size)),
    database: collection.split('.')[0] ?? '',
    exhaustAllowed: false,
    moreToCome: false,
  };
}

let lastRequestId = 0;

/** The answer to `request` in the form in which it was asked. `more` announces another answer to the same request. */
export function encodeReply(
  request: Pick<RequestMessage, 'form'> & { responseTo: number },
  body: Document,
  more = false,
): { readonly bytes: Buffer; readonly requestId: number } {
  const document = serialize(body);
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  const extra = request.form === 'msg' ? 5 : 20;
  const head = Buffer.alloc(headerLength + extra);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(lastRequestId, 4);
  head.writeInt32LE(request.responseTo, 8);
  head.writeInt32LE(request.form === 'msg' ? opMsg : opReply, 12);
  if (request.form === 'msg') {
    head.writeUInt32LE(more ? moreToCome : 0, headerLength);
  } else {
    // responseFlags AwaitCapable, cursor 0, from 0, one document.
    head.writeInt32LE(8, headerLength);
    head.writeInt32LE(1, headerLength + 16);
  }
  return { bytes: Buffer.concat([head, document]), requestId: lastRequestId };
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0x82f63b78;
  return value >>> 0;
});

/** CRC-32C (Castagnoli), the checksum of OP_MSG; Node's zlib has only the other polynomial. */
export function crc32c(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (crcTable[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
