import type { Socket } from 'node:net';
import { ObjectId, type Document } from 'bson';
import type { Clock } from '../../core/clock';
import type { Fact } from '../events';
import { facts } from '../facts';
import type { FailureKind } from '../../core/hop';
import { runCommand } from './wire';

/** What a node says of itself, with everything that is not of the promised type left out. */
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

const mostHosts = 60;

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
  const { reply } = result;
  if (reply.ok !== 1) {
    return {
      failure: 'command-failed',
      facts: facts(['code', textOf(reply.codeName)], ['message', textOf(reply.errmsg)]),
    };
  }
  const hello = readHello(reply);
  if (hello === undefined) return { failure: 'unreadable', facts: facts(['code', 'hello']) };
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

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Undefined when the reply is not a hello: fields that every version has are missing or of other types. */
function readHello(reply: Document): Hello | undefined {
  const { isWritablePrimary: writable, maxWireVersion, minWireVersion } = reply;
  if (typeof maxWireVersion !== 'number' || typeof minWireVersion !== 'number') return undefined;
  if (writable !== undefined && typeof writable !== 'boolean') return undefined;
  const setName = textOf(reply.setName);
  const list: unknown = reply.hosts;
  const hosts = Array.isArray(list)
    ? list.filter((host): host is string => typeof host === 'string').slice(0, mostHosts)
    : [];
  const hex = reply.serviceId instanceof ObjectId ? reply.serviceId.toHexString() : undefined;
  const primary = textOf(reply.primary);
  const me = textOf(reply.me);
  return {
    role: roleOf(reply, hex, setName),
    hosts,
    ...(setName === undefined ? {} : { setName }),
    ...(primary === undefined ? {} : { primary }),
    ...(me === undefined ? {} : { me }),
    ...(hex === undefined ? {} : { serviceId: hex }),
  };
}

function roleOf(reply: Document, serviceId: string | undefined, setName: string | undefined): Hello['role'] {
  if (serviceId !== undefined) return 'balanced';
  if (reply.msg === 'isdbgrid') return 'mongos';
  if (setName === undefined) return 'standalone';
  if (reply.isWritablePrimary === true) return 'primary';
  if (reply.secondary === true) return 'secondary';
  return reply.arbiterOnly === true ? 'arbiter' : 'other';
}
