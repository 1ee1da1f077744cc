import { createHash, randomBytes } from 'node:crypto';
import { Long, ObjectId, type Document } from 'bson';
import type { World } from '../../world/world';
import { faultOn } from '../faults';
import { passwordOf } from './database-users';
import { failure } from './node-connection';
import type { NodeIdentity } from './node-identity';
import { scramMechanisms } from './scram';
import { maxMessageSize } from './wire-message';

/** `maxWireVersion` by the first number of the version (MongoDB's wire version list). */
const wireVersions: Readonly<Record<string, number>> = { '4': 9, '5': 13, '6': 17, '7': 21, '8': 25 };

/** Stable for a node's name: `serviceId`, `electionId`. */
function idOf(text: string): ObjectId {
  return new ObjectId(createHash('sha256').update(text).digest().subarray(0, 12));
}

/** Counts what changes in the hello of each node, for `topologyVersion`. One for all nodes of a network. */
export interface TopologyVersions {
  of(identity: NodeIdentity, content: Document): { processId: ObjectId; counter: Long };
}

export function createTopologyVersions(): TopologyVersions {
  const processId = new ObjectId(randomBytes(12));
  const known = new Map<string, { signature: string; counter: number }>();
  return {
    of(identity, content) {
      const signature = JSON.stringify(content);
      const before = known.get(identity.self);
      const counter = before === undefined ? 0 : before.counter + (before.signature === signature ? 0 : 1);
      known.set(identity.self, { signature, counter });
      return { processId, counter: Long.fromNumber(counter) };
    },
  };
}

/** What a node is, without what differs from one answer to the next. */
function describeNode(world: World, identity: NodeIdentity): Document {
  const on = (fault: Parameters<typeof faultOn>[1]): boolean => faultOn(world, fault, ...identity.subjects);
  if (identity.kind === 'federated') return { isWritablePrimary: true, ismaster: true, msg: 'isdbgrid' };
  if (identity.kind !== 'mongod') return { isWritablePrimary: true, ismaster: true, msg: 'isdbgrid' };
  const asPublic = on('hello-public-hosts');
  const hosts = asPublic ? identity.publicHosts : identity.hosts;
  const position = identity.hosts.indexOf(identity.self);
  const primaryPosition = identity.primary === undefined ? -1 : identity.hosts.indexOf(identity.primary);
  const primary = on('no-primary') ? undefined : hosts[primaryPosition];
  const setName = on('hello-wrong-set') ? 'atlas-sandbox-other-shard-0' : identity.setName;
  const isPrimary = primary !== undefined && position === primaryPosition;
  return {
    isWritablePrimary: isPrimary,
    ismaster: isPrimary,
    secondary: !isPrimary,
    setName,
    setVersion: 1,
    hosts,
    ...(primary === undefined ? {} : { primary }),
    ...(isPrimary ? { electionId: idOf(`${setName ?? ''} election`) } : {}),
    me: hosts[position] ?? identity.self,
  };
}

/** Answers `hello` and its older name; `command` decides on `serviceId` and `saslSupportedMechs`. */
export function answerHello(
  world: World,
  identity: NodeIdentity,
  command: Document,
  connectionId: number,
  versions: TopologyVersions,
): Document {
  if (faultOn(world, 'hello-refused', ...identity.subjects)) {
    return failure(8000, 'AtlasError', 'The sandbox refuses hello.');
  }
  const node = describeNode(world, identity);
  const balanced =
    command.loadBalanced === true &&
    identity.kind === 'balanced' &&
    !faultOn(world, 'hello-not-balanced', ...identity.subjects);
  return {
    helloOk: true,
    ...node,
    // A load balancer's answers come from different mongos: no topologyVersion, as no monitoring takes place.
    ...(identity.kind === 'balanced' ? {} : { topologyVersion: versions.of(identity, node) }),
    ...(balanced ? { serviceId: idOf(`${identity.clusterName} ${identity.project.id} service`) } : {}),
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: maxMessageSize,
    maxWriteBatchSize: 100_000,
    localTime: new Date(world.clock.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: wireVersions[identity.version.split('.')[0] ?? ''] ?? 25,
    readOnly: false,
    ...supportedMechanisms(world, identity, command.saslSupportedMechs),
    ok: 1,
  };
}

function supportedMechanisms(world: World, identity: NodeIdentity, asked: unknown): Document {
  if (typeof asked !== 'string') return {};
  const dot = asked.indexOf('.');
  if (passwordOf(world, identity, asked.slice(0, dot), asked.slice(dot + 1)) === undefined) return {};
  return { saslSupportedMechs: Object.keys(scramMechanisms) };
}
