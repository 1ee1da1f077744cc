import { Long, type Document } from 'bson';
import { faultOn } from '../faults';
import { answerHello } from './hello';
import { failure, type Handler, type NodeConnection } from './node-connection';
import { authenticate, saslContinue, saslStart, speculate } from './sign-in';

const hello: Handler = async (connection, command, database) => {
  const { world, versions, connectionId } = connection;
  const answer = answerHello(world, connection.identity(), command, connectionId, versions);
  const speculative: unknown = command.speculativeAuthenticate;
  const stalls = faultOn(world, 'auth-stalls', ...connection.identity().subjects);
  if (typeof speculative === 'object' && speculative !== null && !stalls) {
    const begun = await speculate(connection, speculative, database);
    if (begun !== undefined) answer.speculativeAuthenticate = begun;
  }
  return answer;
};

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
  authenticate: { open: true, run: authenticate },
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
const signInCommands = new Set([
  'hello',
  'ismaster',
  'saslstart',
  'saslcontinue',
  'authenticate',
  'endsessions',
  'logout',
]);

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
