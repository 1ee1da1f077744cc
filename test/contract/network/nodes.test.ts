import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { deserialize, serialize, type Document } from 'bson';
import { MongoClient, MongoServerError, type MongoClientOptions } from 'mongodb';
import { SocksClient } from 'socks';
import { inLanes, silenceInLanes, type InLanes } from '../../builders/in-lanes';
import { startNetwork, type SandboxNetwork } from '../../../src/sandbox/network/start';
import { crc32c } from '../../../src/sandbox/network/nodes/wire-message';
import { smallWorld, type SmallWorld } from './small-world';

const host = 'pl-0-us-east-1-k45tj.mongodb.net';
const hosts = (from: number, to: number, name = host): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `${name}:${from + index}`).join(',');
const replicaSet = `mongodb://${hosts(1024, 1026)}/?tls=true&authSource=admin&replicaSet=Cluster0-shard-0-shard-0`;
const sharded = `mongodb://${hosts(1027, 1029)}/?tls=true&authSource=admin`;
const balanced = `mongodb://${host}:1030/?tls=true&authSource=admin&loadBalanced=true`;

type DriverOptions = MongoClientOptions & { ownAuth?: true };

/** The official driver, by the gateway and as the sandbox's user unless told otherwise. */
function driver(network: SandboxNetwork, string: string, { ownAuth, ...options }: DriverOptions): MongoClient {
  const { hostname, port } = new URL(network.socksProxy);
  return new MongoClient(string, {
    proxyHost: hostname,
    proxyPort: Number(port),
    tlsCAFile: network.caFile,
    ...(ownAuth === true ? {} : { auth: { username: 'sandbox-user', password: 'sandbox-password' } }),
    serverSelectionTimeoutMS: 15_000,
    ...options,
  });
}

describe('the sandbox’s nodes', () => {
  let small: SmallWorld;
  let network: SandboxNetwork;
  let ending: (() => unknown)[];

  beforeEach(async () => {
    small = smallWorld();
    network = await startNetwork(small.world);
    ending = [];
  });
  afterEach(async () => {
    for (const end of ending) await end();
    await network.close();
  });

  function client(string: string, more: DriverOptions = {}): MongoClient {
    const made = driver(network, string, more);
    ending.push(() => made.close());
    return made;
  }

  async function useIt(made: MongoClient): Promise<void> {
    await made.connect();
    assert.deepEqual(await made.db('admin').command({ ping: 1 }), { ok: 1 });
    const { databases } = await made.db('admin').admin().listDatabases();
    assert.ok(databases.some(({ name }) => name === 'sandbox_store'));
    const status = await made.db('admin').command({ connectionStatus: 1 });
    const { authenticatedUsers } = status.authInfo as { authenticatedUsers: unknown };
    assert.deepEqual(authenticatedUsers, [{ user: 'sandbox-user', db: 'admin' }]);
  }

  it('are a replica set for the official driver: a primary, two secondaries, by private names', async () => {
    const made = client(replicaSet);
    const types = new Map<string, string>();
    made.on('serverDescriptionChanged', ({ address, newDescription }) => types.set(address, newDescription.type));
    const complete = new Promise<void>((resolve) => {
      made.on('topologyDescriptionChanged', ({ newDescription }) => {
        if ([...newDescription.servers.values()].every(({ type }) => type.startsWith('RS'))) resolve();
      });
    });
    await useIt(made);
    await complete;
    assert.deepEqual(Object.fromEntries(types), {
      [`${host}:1024`]: 'RSPrimary',
      [`${host}:1025`]: 'RSSecondary',
      [`${host}:1026`]: 'RSSecondary',
    });
  });

  it('are mongos of a sharded cluster', async () => {
    const made = client(sharded);
    await useIt(made);
    assert.equal((await made.db('admin').command({ isdbgrid: 1 })).isdbgrid, 1);
  });

  it('are load-balanced behind the optimized string', async () => {
    await useIt(client(balanced));
  });

  it('take the older SCRAM mechanism too', async () => {
    await useIt(client(replicaSet, { authMechanism: 'SCRAM-SHA-1' }));
  });

  it('let an AWS identity in that is a database user', async () => {
    const { awsAccessKeyId: username, awsSecretAccessKey: password } = small.world.credentials;
    const external = replicaSet.replace('authSource=admin', 'authSource=$external');
    const AWS_CREDENTIAL_PROVIDER = (secretAccessKey: string) => () =>
      Promise.resolve({ accessKeyId: username, secretAccessKey });
    const withKey = (secret: string): MongoClient =>
      client(external, {
        ownAuth: true,
        authMechanism: 'MONGODB-AWS',
        authMechanismProperties: { AWS_CREDENTIAL_PROVIDER: AWS_CREDENTIAL_PROVIDER(secret) },
      });
    await assert.rejects(withKey(password).connect(), { code: 8000 });
    small.addUser({ username: small.world.aws.userArn, authDatabase: '$external', password: '' });
    await withKey(password).connect();
    await assert.rejects(withKey('another-secret').connect(), { code: 8000 });
  });

  it('let a client certificate in whose subject is a database user', async () => {
    const external = replicaSet.replace('authSource=admin', 'authSource=$external');
    const withFile = async (name: string): Promise<MongoClient> =>
      client(external, {
        ownAuth: true,
        authMechanism: 'MONGODB-X509',
        tlsCertificateKeyFile: await network.issueClientFile(name),
      });
    small.addUser({ username: 'CN=sandbox-client', authDatabase: '$external', password: '' });
    await (await withFile('sandbox-client')).connect();
    await assert.rejects((await withFile('somebody-else')).connect(), { code: 8000 });
    const without = client(external, { ownAuth: true, authMechanism: 'MONGODB-X509' });
    await assert.rejects(without.connect(), { code: 8000 });
  });

  it('tell a driver of a new state without being asked again', async () => {
    const made = client(replicaSet);
    await made.connect();
    const lost = new Promise<void>((resolve) => {
      made.on('topologyDescriptionChanged', ({ newDescription }) => {
        if (newDescription.type === 'ReplicaSetNoPrimary') resolve();
      });
    });
    small.world.faults.set('no-primary', true, 'Cluster0');
    await lost;
  });

  const wrong: readonly [what: string, auth: { username: string; password: string }][] = [
    ['a wrong password', { username: 'sandbox-user', password: 'wrong' }],
    ['an unknown user', { username: 'nobody', password: 'sandbox-password' }],
    ['a user whose scope is another cluster', { username: 'scoped', password: 'scoped-password' }],
    ['a user whose time is over', { username: 'ended', password: 'ended-password' }],
  ];
  for (const [what, auth] of wrong) {
    it(`refuse ${what} as Atlas does`, async () => {
      small.addUser({ username: 'scoped', password: 'scoped-password', scopes: [{ name: 'Azure2', type: 'CLUSTER' }] });
      small.addUser({ username: 'ended', password: 'ended-password', deleteAfter: '2001-01-01T00:00:00Z' });
      await assert.rejects(client(replicaSet, { auth }).connect(), (error: unknown) => {
        assert.ok(error instanceof MongoServerError);
        assert.equal(error.code, 8000);
        assert.equal(error.codeName, 'AtlasError');
        assert.match(error.message, /^bad auth : authentication failed$/);
        return true;
      });
    });
  }

  it('check user names and passwords of any script', async () => {
    const auth = { username: 'söndböx=,user', password: 'pässwörd=,%:@ ½' };
    small.addUser(auth);
    await client(replicaSet, { auth }).connect();
  });

  it('limit what a user sees to the roles', async () => {
    const auth = { username: 'reader', password: 'reader-password' };
    small.addUser({ ...auth, roles: [{ roleName: 'read', databaseName: 'sandbox_store' }] });
    const { databases } = await client(replicaSet, { auth }).db('admin').admin().listDatabases();
    assert.deepEqual(
      databases.map(({ name }) => name),
      ['sandbox_store'],
    );
  });

  it('know only their commands', async () => {
    const made = client(replicaSet);
    await assert.rejects(made.db('admin').command({ madeUp: 1 }), { code: 59 });
    small.world.faults.set('not-authorized', true);
    await assert.rejects(made.db('admin').command({ ping: 1 }), { code: 13 });
  });

  it('answer on Azure by the registered address', async () => {
    const set = hosts(1024, 1026, 'pl-0-eastus2-k45tj.mongodb.net');
    await client(`mongodb://${set}/?tls=true&replicaSet=Azure2-shard-0-shard-0`).connect();
  });

  // ------------------------------------------------------------ the wire itself

  async function secured(servername = host, port = 1024): Promise<TLSSocket> {
    const { hostname, port: proxyPort } = new URL(network.socksProxy);
    const { socket } = await SocksClient.createConnection({
      command: 'connect',
      proxy: { host: hostname, port: Number(proxyPort), type: 5 },
      destination: { host: '10.0.30.194', port },
    });
    const stream = connectTls({ socket, servername, ca: await readFile(network.caFile) });
    ending.push(() => stream.destroy());
    await once(stream, 'secureConnect');
    return stream;
  }

  function message(body: Document, more: { flags?: number; tail?: Buffer } = {}): Buffer {
    const flags = Buffer.alloc(5);
    flags.writeUInt32LE(more.flags ?? 0);
    const content = Buffer.concat([flags, serialize(body), more.tail ?? Buffer.alloc(0)]);
    const head = Buffer.alloc(16);
    const checksummed = ((more.flags ?? 0) & 1) === 1;
    head.writeInt32LE(16 + content.length + (checksummed ? 4 : 0));
    head.writeInt32LE(77, 4);
    head.writeInt32LE(2013, 12);
    const bytes = Buffer.concat([head, content]);
    if (!checksummed) return bytes;
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32c(bytes));
    return Buffer.concat([bytes, sum]);
  }

  async function answers(stream: TLSSocket, count: number): Promise<Document[]> {
    const found: Document[] = [];
    let received = Buffer.alloc(0);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 4 && received.length >= received.readInt32LE(0)) {
        const size = received.readInt32LE(0);
        const start = received.readInt32LE(12) === 1 ? 36 : 21;
        assert.equal(received.readInt32LE(8), 77);
        found.push(deserialize(received.subarray(start, size)));
        received = received.subarray(size);
      }
      if (found.length >= count) return found;
    }
    return found;
  }

  it('are silent to a sign-in with auth-stalls, and to nothing else', async () => {
    small.world.faults.set('auth-stalls', true, 'Cluster0');
    const made = client(replicaSet, { socketTimeoutMS: 500, heartbeatFrequencyMS: 60_000 });
    let monitored = 0;
    made.on('serverHeartbeatSucceeded', () => (monitored += 1));
    await assert.rejects(made.connect(), /timed out/);
    assert.ok(monitored > 0);
  });

  it('send an absurd length with hello-garbage', async () => {
    small.world.faults.set('hello-garbage', true, host);
    const stream = await secured(host, 1024);
    stream.write(message({ hello: 1, $db: 'admin' }));
    const [bytes] = (await once(stream, 'data')) as [Buffer];
    assert.equal(bytes.readInt32LE(0), 2_147_483_647);
  });

  it('read messages in any pieces, with checksums and document sequences', async () => {
    const stream = await secured();
    const sequence = Buffer.concat([Buffer.from('\x01\0\0\0\0documents\0'), serialize({ a: 1 })]);
    sequence.writeInt32LE(sequence.length - 1, 1);
    const all = Buffer.concat([
      message({ ping: 1, $db: 'admin' }),
      message({ ping: 1, $db: 'admin' }, { flags: 1 }),
      message({ ping: 1, $db: 'admin' }, { tail: sequence }),
    ]);
    for (let at = 0; at < all.length; at += 7) stream.write(all.subarray(at, at + 7));
    assert.deepEqual(await answers(stream, 3), [{ ok: 1 }, { ok: 1 }, { ok: 1 }]);
  });

  it('answer the older hello, and nothing more before a sign-in', async () => {
    const older = await secured();
    const body = serialize({ isMaster: 1 });
    const head = Buffer.alloc(16);
    const rest = Buffer.concat([Buffer.from('\0\0\0\0admin.$cmd\0\0\0\0\0\xff\xff\xff\xff', 'latin1'), body]);
    head.writeInt32LE(16 + rest.length);
    head.writeInt32LE(77, 4);
    head.writeInt32LE(2004, 12);
    older.write(Buffer.concat([head, rest]));
    const [hello] = await answers(older, 1);
    assert.equal(hello?.setName, 'Cluster0-shard-0-shard-0');
    const stream = await secured();
    stream.write(message({ listDatabases: 1, $db: 'admin' }));
    const [refusal] = await answers(stream, 1);
    assert.equal(refusal?.code, 13);
  });

  it('answer with public names when asked by another name', async () => {
    const stream = await secured('other-us-east-1-k45tj.mongodb.net');
    stream.write(message({ hello: 1, $db: 'admin' }));
    const [hello] = await answers(stream, 1);
    const names = hello?.hosts as string[];
    assert.deepEqual(names[0], 'cluster0-shard-00-00-k45tj.mongodb.net:27017');
  });

  const broken: readonly [what: string, bytes: Buffer][] = [
    ['a size beyond the limit', Buffer.from([0xff, 0xff, 0xff, 0x7f, ...new Array<number>(12).fill(0)])],
    ['a size too small', Buffer.from([3, 0, 0, 0])],
    ['an unknown required flag', message({ ping: 1, $db: 'admin' }, { flags: 4 })],
    ['a wrong checksum', Buffer.concat([message({ ping: 1 }, { flags: 1 }).subarray(0, -1), Buffer.from([0])])],
    ['bytes that are no BSON', Buffer.concat([message({ ping: 1 }).subarray(0, 21), Buffer.alloc(30, 0xee)])],
  ];
  for (const [what, bytes] of broken) {
    it(`close the connection for ${what}`, async () => {
      const stream = await secured();
      const closed = once(stream, 'close');
      stream.on('error', () => undefined);
      stream.resume();
      stream.write(bytes.length > 20 ? bytes : Buffer.concat([bytes]));
      await closed;
    });
  }

  for (const [fault, bytes] of [
    // The beginning of a handshake message: type 22, ServerHello.
    ['tls-stall', '160303007a020000760303'],
    ['tcp-accept-silent', ''],
  ] as const) {
    it(`stay silent after ${bytes.length / 2} bytes with ${fault}`, async () => {
      small.world.faults.set(fault, true, '10.0.30.194:1024');
      const { hostname, port } = new URL(network.socksProxy);
      const { socket } = await SocksClient.createConnection({
        command: 'connect',
        proxy: { host: hostname, port: Number(port), type: 5 },
        destination: { host: '10.0.30.194', port: 1024 },
      });
      ending.push(() => socket.destroy());
      let heard = '';
      socket.on('data', (chunk: Buffer) => (heard += chunk.toString('hex')));
      socket.write(Buffer.from('16030100c8', 'hex'));
      if (bytes.length > 0) await once(socket, 'data');
      // Another node answers meanwhile: silence is not slowness.
      (await secured(host, 1025)).end();
      assert.equal(heard, bytes);
      assert.equal(socket.readyState, 'open');
    });
  }
});

/** What a driver says of a fault in the end: it tries again as long as it may, so these are waited for at once. */
const faults: readonly [fault: string, string: string, error: RegExp][] = [
  ['tls-expired', replicaSet, /certificate has expired/],
  ['tls-not-yet-valid', replicaSet, /certificate is not yet valid/],
  ['tls-wrong-name', replicaSet, /does not match certificate's altnames/],
  ['tls-unknown-issuer', replicaSet, /self.signed certificate|unable to (get|verify)/],
  ['not-tls-http', replicaSet, /wrong version number|packet length too long/],
  ['tcp-reset', replicaSet, /disconnected|ECONNRESET|closed/],
  ['hello-wrong-set', replicaSet, /selection timed out|setName|replica set/i],
  ['hello-public-hosts', replicaSet, /NetworkUnreachable/],
  ['no-primary', replicaSet, /timed out/],
  ['hello-not-balanced', balanced, /load balancing/],
  ['tls-refused', replicaSet, /alert handshake failure/],
  ['tls-closes', replicaSet, /disconnected|ECONNRESET|closed/],
  ['hello-absurd', replicaSet, /./],
  ['hello-closes', replicaSet, /closed/],
  ['hello-garbage', replicaSet, /timed out/],
  ['hello-refused', balanced, /The sandbox refuses hello/],
  ['hello-stall', replicaSet, /timed out/],
  ['auth-fails', replicaSet, /bad auth : authentication failed/],
];

describe('the sandbox’s nodes and a driver that has no way', function () {
  this.timeout(300_000);
  const lanes = 6;
  let said: InLanes<(typeof faults)[number], unknown>;

  before(async () => {
    const connect = async (string: string, patience?: number, fault?: string): Promise<unknown> => {
      const small = smallWorld();
      const network = await startNetwork(small.world);
      if (fault !== undefined) small.world.faults.set(fault, true, host);
      const made = driver(network, string, patience === undefined ? {} : { serverSelectionTimeoutMS: patience });
      try {
        await made.connect();
        return undefined;
      } catch (error) {
        return error;
      } finally {
        await made.close();
        await network.close();
      }
    };
    const patience = await silenceInLanes(lanes, () => connect(replicaSet));
    said = inLanes(faults, lanes, ([fault, string]) => connect(string, patience, fault));
    await said.ended;
  });

  for (const one of faults) {
    const [fault, , error] = one;
    it(`show ${fault} to the driver`, async () => {
      const found = await said.of(one);
      assert.ok(found instanceof Error, 'the driver found no way');
      assert.match(String(found), error);
    });
  }
});
