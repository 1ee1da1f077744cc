import { Binary, Long, type Document } from 'bson';
import type { SandboxDatabaseUser, World } from '../../world/world';
import { faultOn } from '../faults';
import { findDatabaseUser, passwordOf } from './database-users';
import { answerHello, type TopologyVersions } from './hello';
import type { NodeIdentity } from './node-identity';
import { isScramMechanism, startScram, type ScramConversation } from './scram';

/** What one connection to a node knows. */
export interface NodeConnection {
  readonly world: World;
  readonly versions: TopologyVersions;
  readonly connectionId: number;
  /** Looked up at each command: the world may have changed. */
  readonly identity: () => NodeIdentity;
  user?: { readonly user: SandboxDatabaseUser; readonly database: string };
  signIn?: Conversation;
}

interface Conversation {
  readonly id: number;
  readonly database: string;
  readonly scram: ScramConversation;
  readonly skipEmptyExchange: boolean;
  proven: boolean;
}

type Handler = (connection: NodeConnection, command: Document, database: string) => Document | Promise<Document>;

function failure(code: number, codeName: string, errmsg: string): Document {
  return { ok: 0, errmsg, code, codeName };
}

/** What Atlas says for every sign-in that fails, whatever the reason. */
const badAuth = (): Document => failure(8000, 'AtlasError', 'bad auth : authentication failed');

const hello: Handler = async (connection, command, database) => {
  const { world, versions, connectionId } = connection;
  const answer = answerHello(world, connection.identity(), command, connectionId, versions);
  const speculative: unknown = command.speculativeAuthenticate;
  if (isDocument(speculative)) {
    const from: unknown = speculative.db;
    const begun = await saslStart(connection, speculative, typeof from === 'string' ? from : database);
    // A speculative sign-in that fails is left out: the client then signs in step by step and learns why.
    if (begun.ok === 1) answer.speculativeAuthenticate = begun;
  }
  return answer;
};

const saslStart: Handler = (connection, command, database) => {
  const { world } = connection;
  const identity = connection.identity();
  delete connection.signIn;
  const mechanism: unknown = command.mechanism;
  if (!isScramMechanism(mechanism)) {
    return failure(
      334,
      'MechanismUnavailable',
      `Received authentication for mechanism ${String(mechanism)} which is not enabled`,
    );
  }
  const scram = startScram(mechanism, textOf(command.payload), (username) =>
    passwordOf(world, identity, database, username),
  );
  if (scram === undefined) return badAuth();
  const options: unknown = command.options;
  const skipEmptyExchange = isDocument(options) && options.skipEmptyExchange === true;
  connection.signIn = { id: 1, database, scram, skipEmptyExchange, proven: false };
  return { conversationId: 1, done: false, payload: new Binary(Buffer.from(scram.firstReply)), ok: 1 };
};

const saslContinue: Handler = async (connection, command) => {
  const { signIn, world } = connection;
  const identity = connection.identity();
  if (signIn === undefined || command.conversationId !== signIn.id) {
    return failure(17, 'ProtocolError', 'No SASL session state found');
  }
  if (signIn.proven) {
    delete connection.signIn;
    return signedIn(connection, signIn, '');
  }
  const signature = await signIn.scram.finish(textOf(command.payload));
  if (signature === undefined || faultOn(world, 'auth-fails', ...identity.subjects)) {
    delete connection.signIn;
    return badAuth();
  }
  if (signIn.skipEmptyExchange) {
    delete connection.signIn;
    return signedIn(connection, signIn, signature);
  }
  signIn.proven = true;
  return { conversationId: signIn.id, done: false, payload: new Binary(Buffer.from(signature)), ok: 1 };
};

function signedIn(connection: NodeConnection, signIn: Conversation, payload: string): Document {
  const user = findDatabaseUser(connection.world, connection.identity(), signIn.database, signIn.scram.username);
  if (user === undefined) return badAuth();
  connection.user = { user, database: signIn.database };
  return { conversationId: signIn.id, done: true, payload: new Binary(Buffer.from(payload)), ok: 1 };
}

const connectionStatus: Handler = ({ user }) => ({
  authInfo: {
    authenticatedUsers: user === undefined ? [] : [{ user: user.user.username, db: user.database }],
    authenticatedUserRoles:
      user === undefined ? [] : user.user.roles.map((role) => ({ role: role.roleName, db: role.databaseName })),
  },
  ok: 1,
});

/** Databases that every cluster of the sandbox has. */
const databases = [
  { name: 'sandbox_store', size: 8_192_000 },
  { name: 'admin', size: 344_064 },
  { name: 'local', size: 1_048_576 },
] as const;

const everyDatabaseRoles = new Set(['atlasAdmin', 'readWriteAnyDatabase', 'readAnyDatabase', 'clusterMonitor', 'root']);

const listDatabases: Handler = ({ user }, command) => {
  const roles = user?.user.roles ?? [];
  const all = roles.some((role) => everyDatabaseRoles.has(role.roleName));
  const seen = databases.filter(({ name }) => all || roles.some((role) => role.databaseName === name));
  const nameOnly = command.nameOnly === true;
  return {
    databases: seen.map(({ name, size }) =>
      nameOnly ? { name } : { name, sizeOnDisk: Long.fromNumber(size), empty: false },
    ),
    ...(nameOnly ? {} : { totalSize: Long.fromNumber(seen.reduce((sum, { size }) => sum + size, 0)) }),
    ok: 1,
  };
};

const buildInfo: Handler = (connection) => {
  const { version } = connection.identity();
  const numbers = version.split('.').map(Number);
  return {
    version,
    versionArray: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, 0],
    gitVersion: 'sandbox',
    modules: ['enterprise'],
    bits: 64,
    maxBsonObjectSize: 16_777_216,
    ok: 1,
  };
};

const isdbgrid: Handler = (connection) => {
  const { kind, self } = connection.identity();
  if (kind === 'mongod') return failure(59, 'CommandNotFound', "no such command: 'isdbgrid'");
  return { isdbgrid: 1, hostname: self, ok: 1 };
};

const ok: Handler = () => ({ ok: 1 });

/** By name in lower case: the server compares the older names so. `open` ones need no sign-in. */
const commands: Readonly<Record<string, { readonly open: boolean; readonly run: Handler }>> = {
  hello: { open: true, run: hello },
  ismaster: { open: true, run: hello },
  saslstart: { open: true, run: saslStart },
  saslcontinue: { open: true, run: saslContinue },
  ping: { open: true, run: ok },
  buildinfo: { open: true, run: buildInfo },
  connectionstatus: { open: true, run: connectionStatus },
  logout: {
    open: true,
    run: (connection) => {
      delete connection.user;
      return { ok: 1 };
    },
  },
  endsessions: { open: false, run: ok },
  killcursors: { open: false, run: ok },
  isdbgrid: { open: false, run: isdbgrid },
  listdatabases: { open: false, run: listDatabases },
};

/** Answers of these are given also when the fault `not-authorized` is on. */
const signInCommands = new Set(['hello', 'ismaster', 'saslstart', 'saslcontinue', 'endsessions', 'logout']);

/** Answers one command as a node does; never throws for what a client sends. */
export async function answerCommand(
  connection: NodeConnection,
  command: Document,
  database: string,
): Promise<Document> {
  const name = Object.keys(command)[0] ?? '';
  const key = name.toLowerCase();
  const known = Object.hasOwn(commands, key) ? commands[key] : undefined;
  const identity = connection.identity();
  if (connection.user === undefined && known?.open !== true) {
    return failure(13, 'Unauthorized', `command ${name} requires authentication`);
  }
  if (!signInCommands.has(key) && faultOn(connection.world, 'not-authorized', ...identity.subjects)) {
    return failure(13, 'Unauthorized', `not authorized on ${database} to execute command ${name}`);
  }
  if (known === undefined) return failure(59, 'CommandNotFound', `no such command: '${name}'`);
  return known.run(connection, command, database);
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null;
}

function textOf(payload: unknown): string {
  if (payload instanceof Binary) return Buffer.from(payload.buffer.subarray(0, payload.position)).toString('utf8');
  if (payload instanceof Uint8Array) return Buffer.from(payload).toString('utf8');
  return typeof payload === 'string' ? payload : '';
}
