import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { SocksClient } from 'socks';
import { startNetwork, type SandboxNetwork } from '../../../src/sandbox/network/start';
import { failEndlessReads, writeInSegments } from '../../segments';
import { allowAll, smallWorld, vpcEndpointId, type SmallWorld } from './small-world';

const nodeHost = 'pl-0-us-east-1-k45tj.mongodb.net';

describe('the sandbox’s SOCKS gateway', () => {
  let small: SmallWorld;
  let network: SandboxNetwork;
  let sockets: Socket[];
  let stopWatching: () => void;

  beforeEach(async () => {
    stopWatching = failEndlessReads();
    small = smallWorld();
    network = await startNetwork(small.world);
    sockets = [];
  });
  afterEach(async () => {
    stopWatching();
    for (const socket of sockets) socket.destroy();
    await network.close();
  });

  const proxyAt = (): { host: string; port: number } => {
    const { hostname, port } = new URL(network.socksProxy);
    return { host: hostname, port: Number(port) };
  };

  async function reach(host: string, port: number, timeout = 5000): Promise<Socket> {
    const { socket } = await SocksClient.createConnection({
      command: 'connect',
      proxy: { ...proxyAt(), type: 5 },
      destination: { host, port },
      timeout,
    });
    sockets.push(socket);
    return socket;
  }

  /** Sends bytes one by one and gives back what the gateway answers, up to `length` bytes or its end. */
  async function speak(bytes: readonly number[], length: number): Promise<Buffer> {
    const socket = connect(proxyAt());
    sockets.push(socket);
    let received = Buffer.alloc(0);
    const answered = new Promise<Buffer>((resolve) => {
      socket.on('data', (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        if (received.length >= length) resolve(received);
      });
      socket.on('close', () => resolve(received));
    });
    await writeInSegments(socket, bytes);
    return answered;
  }

  const connectTo = (address: readonly number[], port: number): number[] => [
    ...[5, 1, 0, 5, 1, 0, 1],
    ...address,
    ...[port >> 8, port & 255],
  ];

  it('reaches nodes by address and by name', async () => {
    for (const host of ['10.0.30.194', '10.0.20.54', nodeHost, '10.8.0.5']) await reach(host, 1024);
  });

  it('says what it cannot reach, with the codes of RFC 1928', async () => {
    await assert.rejects(reach(nodeHost, 4000), /ConnectionRefused/);
    await assert.rejects(reach('10.0.99.99', 1024), /NetworkUnreachable/);
    await assert.rejects(reach('127.0.0.1', Number(new URL(network.socksProxy).port)), /NetworkUnreachable/);
    await assert.rejects(reach('::1', 1024), /NetworkUnreachable/);
    await assert.rejects(reach('cluster0-shard-00-00-k45tj.mongodb.net', 27017), /NetworkUnreachable/);
    await assert.rejects(reach('nowhere.example', 1024), /HostUnreachable/);
  });

  it('serves clients that send byte by byte, and refuses what it does not do', async () => {
    assert.deepEqual([...(await speak(connectTo([10, 0, 30, 194], 1024), 12)).subarray(0, 4)], [5, 0, 5, 0]);
    assert.equal((await speak([5, 1, 0, 5, 2, 0, 1, 10, 0, 0, 1, 4, 0], 12))[3], 7);
    assert.equal((await speak([5, 1, 0, 5, 1, 0, 9], 12))[3], 8);
    assert.deepEqual([...(await speak([5, 1, 2], 2))], [5, 255]);
    assert.equal((await speak([4, 1, 0, 80, 1, 2, 3, 4, 0], 2)).length, 0);
  });

  it('reads a name, a user and a password that come byte by byte', async () => {
    const name = [5, 1, 0, 3, nodeHost.length, ...Buffer.from(nodeHost), 4, 0];
    assert.deepEqual([...(await speak([5, 1, 0, ...name], 12)).subarray(0, 4)], [5, 0, 5, 0]);
    small.world.faults.set('socks-credentials', true);
    const { dbUsername, dbPassword } = small.world.credentials;
    const user = [1, dbUsername.length, ...Buffer.from(dbUsername), dbPassword.length, ...Buffer.from(dbPassword)];
    assert.deepEqual([...(await speak([5, 1, 2, ...user, ...name], 14)).subarray(0, 6)], [5, 2, 1, 0, 5, 0]);
  });

  it('lets go of a client that stays in the middle of a sentence, and serves the others meanwhile', async () => {
    const halfway = connect(proxyAt());
    sockets.push(halfway);
    await writeInSegments(halfway, [5]);
    await reach(nodeHost, 1024);
    halfway.end();
    await once(halfway.resume(), 'close');
  });

  it('drops what the security group does not let in, and lets in single ports', async () => {
    small.group.inbound = [{ ...allowAll, protocol: 'tcp', fromPort: 1024, toPort: 1025 }];
    await reach('10.0.30.194', 1025);
    await assert.rejects(reach('10.0.30.194', 1026, 300), /timed out/);
    small.group.inbound = [{ ...allowAll, cidrs: ['192.0.2.0/24'] }];
    await assert.rejects(reach('10.0.30.194', 1024, 300), /timed out/);
  });

  it('lets in the group of the client, and out what that group lets out', async () => {
    const region = small.world.aws.regions.get('us-east-1');
    const client = { ...small.group, id: 'sg-2', name: 'default', inbound: [], outbound: [allowAll] };
    region?.securityGroups.set('sg-2', client);
    small.group.inbound = [{ ...allowAll, cidrs: [], groupIds: ['sg-2'] }];
    await reach('10.0.30.194', 1024);
    client.outbound = [{ ...allowAll, protocol: 'tcp', fromPort: 443, toPort: 443 }];
    await assert.rejects(reach('10.0.30.194', 1024, 300), /timed out/);
    client.outbound = [{ ...allowAll, cidrs: [], groupIds: ['sg-1'] }];
    await reach('10.0.30.194', 1024);
  });

  it('follows the world: a paused cluster refuses, a pending endpoint is silent, a deleted one is gone', async () => {
    small.replicaSet.paused = true;
    await assert.rejects(reach(nodeHost, 1024), /ConnectionRefused/);
    small.replicaSet.paused = false;
    const endpoint = small.world.aws.regions.get('us-east-1')?.vpcEndpoints.get(vpcEndpointId);
    assert.ok(endpoint);
    endpoint.timeline = [{ at: 0, status: 'pending' }];
    await assert.rejects(reach('10.0.30.194', 1024, 300), /timed out/);
    endpoint.timeline = [{ at: 0, status: 'deleted' }];
    await assert.rejects(reach('10.0.30.194', 1024), /NetworkUnreachable/);
  });

  const faults: readonly [fault: string, error: RegExp][] = [
    ['tcp-drop', /timed out/],
    ['outbound-denied', /timed out/],
    ['nacl-denies', /timed out/],
    ['tcp-refuse', /ConnectionRefused/],
    ['tcp-unreachable', /NetworkUnreachable/],
    ['socks-refused', /NotAllowed/],
    ['socks-drop', /closed/i],
  ];
  for (const [fault, error] of faults) {
    it(`shows ${fault} on one address and port only`, async () => {
      small.world.faults.set(fault, true, '10.0.30.194:1024');
      await assert.rejects(reach('10.0.30.194', 1024, 300), error);
      await reach('10.0.30.194', 1025);
      await reach('10.0.20.54', 1024);
    });
  }

  it('loses one zone, one subnet, or the whole VPC', async () => {
    for (const [fault, subject] of [
      ['tcp-drop', 'us-east-1b'],
      ['nacl-denies', 'subnet-b'],
    ] as const) {
      small.world.faults.set(fault, true, subject);
      await assert.rejects(reach('10.0.20.54', 1024, 300), /timed out/, subject);
      await reach('10.0.30.194', 1024);
      small.world.faults.set(fault, false, subject);
    }
    small.world.faults.set('nacl-denies', true, 'vpc-1');
    await assert.rejects(reach('10.0.30.194', 1024, 300), /timed out/);
  });

  it('refuses the ports of a cluster that is paused or has got others, and reaches the new ones', async () => {
    small.world.faults.set('cluster-paused', true, 'Cluster0');
    await assert.rejects(reach(nodeHost, 1024), /ConnectionRefused/);
    await reach(nodeHost, 1027);
    small.world.faults.set('cluster-paused', false, 'Cluster0');
    await reach(nodeHost, 1024);
    small.world.faults.set('ports-changed', true, 'Cluster0');
    await assert.rejects(reach(nodeHost, 1024), /ConnectionRefused/);
    await reach(nodeHost, 2024);
  });

  it('says nothing, or speaks something else, when told to', async () => {
    small.world.faults.set('socks-silent', true);
    await assert.rejects(reach('10.0.30.194', 1024, 300), /timed out/);
    small.world.faults.set('socks-silent', false);
    small.world.faults.set('socks-garbage', true);
    await assert.rejects(reach('10.0.30.194', 1024), /invalid socks version/i);
    small.world.faults.set('socks-garbage', false);
    await reach('10.0.30.194', 1024);
  });

  it('asks for a user and password when told to', async () => {
    small.world.faults.set('socks-credentials', true);
    await assert.rejects(reach(nodeHost, 1024));
    const options = { command: 'connect', destination: { host: nodeHost, port: 1024 } } as const;
    const userId = 'sandbox-user';
    const wrong = { ...options, proxy: { ...proxyAt(), type: 5 as const, userId, password: 'wrong' } };
    await assert.rejects(SocksClient.createConnection(wrong), /Authentication/);
    const right = { ...options, proxy: { ...proxyAt(), type: 5 as const, userId, password: 'sandbox-password' } };
    sockets.push((await SocksClient.createConnection(right)).socket);
  });

  it('ends every connection at close', async () => {
    const idle = connect(proxyAt());
    await once(idle, 'connect');
    const [reached, ended] = [await reach('10.0.30.194', 1024), once(idle, 'close')];
    const closed = once(reached, 'close');
    await network.close();
    await Promise.all([closed, ended]);
    network = await startNetwork(small.world);
  });
});
