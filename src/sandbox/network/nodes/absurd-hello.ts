import type { Document } from 'bson';
import type { NetworkFault } from '../faults';
import { failure } from './node-connection';
import { encodeReply, type RequestMessage } from './wire-message';

/** Bytes in place of the answer to a hello, given the request and the answer that the node would send. */
type AbsurdHello = (request: RequestMessage, sound: Document) => Buffer;

const answered = (request: RequestMessage, body: Document): Buffer =>
  encodeReply({ form: request.form, responseTo: request.requestId }, body).bytes;

const withDocument =
  (change: (sound: Document) => Document): AbsurdHello =>
  (request, sound) =>
    answered(request, change(sound));

/** A message that is sound but for four bytes of its header (MongoDB wire protocol: length, id, answered id, operation). */
const withHeader =
  (offset: 0 | 8 | 12, change: (value: number) => number): AbsurdHello =>
  (request, sound) => {
    const bytes = answered(request, sound);
    bytes.writeInt32LE(change(bytes.readInt32LE(offset)), offset);
    return bytes;
  };

/** Answers to hello that no node gives, by the fault that stands for each. */
export const absurdHellos = {
  'hello-absurd': withDocument(() => ({
    ok: 1,
    isWritablePrimary: 'yes',
    hosts: 7,
    setName: [],
    maxWireVersion: 'newest',
    minWireVersion: {},
  })),
  'hello-huge-name': withDocument((sound) => ({ ...sound, setName: 'x'.repeat(1_000_000) })),
  'hello-strange-hosts': withDocument((sound) => ({ ...sound, hosts: [7, undefined, { a: 1 }, ['x'], ''] })),
  'hello-many-hosts': withDocument((sound) => ({
    ...sound,
    hosts: Array.from({ length: 10_000 }, (_, index) => `host-${String(index)}.sandbox.example:27017`),
  })),
  'hello-negative-version': withDocument((sound) => ({ ...sound, minWireVersion: -7, maxWireVersion: -1 })),
  'hello-long-refusal': withDocument(() => failure(8000, 'AtlasError', 'x'.repeat(1_000_000))),
  'hello-too-long': withDocument((sound) => ({ ...sound, padding: 'x'.repeat(17_000_000) })),
  'hello-broken-document': (request, sound) => {
    const bytes = answered(request, sound);
    // Types of elements that there are not, from the document's first one on.
    bytes.fill(0x5a, bytes.length - 64);
    return bytes;
  },
  'hello-garbage': () => Buffer.concat([Buffer.from('ffffff7f', 'hex'), Buffer.alloc(60, 0x5a)]),
  'hello-other-request': withHeader(8, (id) => id + 1_000_000),
  'hello-other-operation': withHeader(12, () => 2012),
  'hello-short-length': withHeader(0, () => 3),
  'hello-long-length': withHeader(0, (length) => length + 1000),
} as const satisfies Partial<Record<NetworkFault, AbsurdHello>>;
