import type { Socket } from 'node:net';
import { ObjectId, type Document } from 'bson';
import type { Clock } from '../../core/clock';
import type { Fact } from '../events';
import { facts } from '../facts';
import type { FailureKind } from '../../core/hop';
import { runCommand } from './wire';

/** What a node says of itself. */
export interface Hello {
  readonly role: 'primary' | 'secondary' | 'mongos' | 'balanced' | 'arbiter' | 'standalone' | 'other';
  readonly setName?: string;
  /** `host:port`, as the node names them. */
  readonly hosts: readonly string[];
  readonly primary?: string;
  readonly me?: string;
  readonly serviceId?: string;
}

export type HelloResult = { readonly facts: readonly Fact[] } & (
  { readonly hello: Hello } | { readonly failure: FailureKind }
);

/** Members that a replica set has at most in a hello: 50 (MongoDB limits), and some for members that come and go. */
export const mostHosts = 60;
/** Letters of a name, or a message, that is one: host names have 253. */
const longestName = 300;
const longestMessage = 1000;

/** Asks a node for its `hello` (MongoDB handshake specification) on a connection that has just been made. */
export async function askHello(
  socket: Socket,
  options: {
    readonly clock: Clock;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
    readonly loadBalanced: boolean;
  },
): Promise<HelloResult> {
  const command = {
    hello: 1,
    helloOk: true,
    ...(options.loadBalanced ? { loadBalanced: true } : {}),
    client: {
      application: { name: 'Private Endpoints for MongoDB Atlas' },
      driver: { name: 'atlas-private-endpoints', version: '1' },
      os: { type: process.platform },
    },
    $db: 'admin',
  };
  const result = await runCommand(socket, command, options);
  if ('failure' in result) return { failure: result.failure, facts: facts(['code', result.code]) };
  return helloOf(result.reply);
}

/** What an answer to `hello` says of the node, or why it is none. */
export function helloOf(reply: Document): HelloResult {
  if (reply.ok !== 1) {
    return {
      failure: 'command-failed',
      facts: facts(['code', shortened(reply.codeName)], ['message', shortened(reply.errmsg)]),
    };
  }
  const hello = readHello(reply);
  if (typeof hello === 'string') return { failure: 'unreadable', facts: facts(['code', `hello: ${hello}`]) };
  return {
    hello,
    facts: [
      ...facts(
        ['role', hello.role],
        ['setName', hello.setName],
        ['me', hello.me],
        ['primary', hello.primary],
        ['serviceId', hello.serviceId],
        ['wireVersion', typeof reply.maxWireVersion === 'number' ? String(reply.maxWireVersion) : undefined],
      ),
      ...hello.hosts.map((host) => ({ name: 'nodeHost', value: host })),
    ],
  };
}

function shortened(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, longestMessage) : undefined;
}

function isAbsentOrName(value: unknown): value is string | undefined {
  return value === undefined || isName(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestName;
}

function isVersion(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** What the reply says of the node, or the field that no node has like this: missing, of another type, beyond measure. */
function readHello(reply: Document): Hello | string {
  const { minWireVersion: oldest, maxWireVersion: newest } = reply;
  const writable: unknown = isWritable(reply);
  const { setName, primary, me, hosts = [] } = reply as Record<string, unknown>;
  if (!isVersion(oldest) || !isVersion(newest) || oldest > newest) return 'maxWireVersion';
  if (writable !== undefined && typeof writable !== 'boolean') return 'isWritablePrimary';
  if (!isAbsentOrName(setName)) return 'setName';
  if (!isAbsentOrName(primary)) return 'primary';
  if (!isAbsentOrName(me)) return 'me';
  if (!Array.isArray(hosts) || hosts.length > mostHosts || !hosts.every(isName)) return 'hosts';
  const hex = reply.serviceId instanceof ObjectId ? reply.serviceId.toHexString() : undefined;
  return {
    role: roleOf(reply, hex, setName),
    hosts,
    ...(setName === undefined ? {} : { setName }),
    ...(primary === undefined ? {} : { primary }),
    ...(me === undefined ? {} : { me }),
    ...(hex === undefined ? {} : { serviceId: hex }),
  };
}

/** The driver asks by the command's old name first, and has the answer by the old name of this field. */
function isWritable({ isWritablePrimary, ismaster }: Document): unknown {
  return isWritablePrimary ?? ismaster;
}

function roleOf(reply: Document, serviceId: string | undefined, setName: string | undefined): Hello['role'] {
  if (serviceId !== undefined) return 'balanced';
  if (reply.msg === 'isdbgrid') return 'mongos';
  if (setName === undefined) return 'standalone';
  if (isWritable(reply) === true) return 'primary';
  if (reply.secondary === true) return 'secondary';
  return reply.arbiterOnly === true ? 'arbiter' : 'other';
}
