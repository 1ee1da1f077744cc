import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { decode, encode, type DecodedPacket, type OptAnswer, type Packet, type RecordType } from 'dns-packet';
import { startNetwork, type SandboxNetwork } from '../../../src/sandbox/network/start';
import { writeInSegments } from '../../segments';
import { awsName, smallWorld, type SmallWorld } from './small-world';

const seedHost = 'cluster0-pl-0-k45tj.mongodb.net';
const nodeHost = 'pl-0-us-east-1-k45tj.mongodb.net';
const seedRecord = `_mongodb._tcp.${seedHost}`;

describe('the sandbox’s DNS server', () => {
  let small: SmallWorld;
  let network: SandboxNetwork;
  let resolver: Resolver;
  const setFault = (fault: string, subject = '*'): void => {
    small.world.faults.set(fault, true, subject);
  };

  beforeEach(async () => {
    small = smallWorld();
    network = await startNetwork(small.world);
    resolver = new Resolver({ timeout: 400, tries: 1 });
    resolver.setServers([network.dnsServer]);
  });
  afterEach(async () => {
    resolver.cancel();
    await network.close();
  });

  /** One query over UDP, as raw as it comes. */
  async function ask(message: Buffer): Promise<Buffer> {
    const socket = createSocket('udp4');
    try {
      const [host = '', port = ''] = network.dnsServer.split(':');
      socket.send(message, Number(port), host);
      const [answer] = (await once(socket, 'message')) as [Buffer];
      return answer;
    } finally {
      socket.close();
    }
  }

  it('answers the records of the seed: SRV, TXT, CNAME, an address per subnet', async () => {
    const srv = await resolver.resolveSrv(seedRecord);
    assert.deepEqual(
      srv.map(({ name, port }) => `${name}:${port}`).sort(),
      [1024, 1025, 1026].map((port) => `${nodeHost}:${port}`),
    );
    assert.deepEqual(await resolver.resolveTxt(seedHost), [['authSource=admin&replicaSet=Cluster0-shard-0-shard-0']]);
    assert.deepEqual(await resolver.resolveCname(nodeHost), [awsName]);
    assert.deepEqual((await resolver.resolve4(nodeHost)).sort(), ['10.0.20.54', '10.0.30.194']);
    assert.deepEqual((await resolver.resolve4(awsName)).sort(), ['10.0.20.54', '10.0.30.194']);
    const zonal = awsName.replace('-ypwbxwll.', '-ypwbxwll-us-east-1b.');
    assert.deepEqual(await resolver.resolve4(zonal), ['10.0.20.54']);
  });

  it('leads an optimized string to one balanced port, and Azure names to the registered address', async () => {
    const lb = 'sharded1-pl-0-lb-k45tj.mongodb.net';
    assert.deepEqual(await resolver.resolveTxt(lb), [['authSource=admin&loadBalanced=true']]);
    const srv = await resolver.resolveSrv(`_mongodb._tcp.${lb}`);
    assert.deepEqual(
      srv.map(({ port }) => port),
      [1030],
    );
    assert.deepEqual(await resolver.resolve4('pl-0-eastus2-k45tj.mongodb.net'), ['10.8.0.5']);
    const [publicAddress = ''] = await resolver.resolve4('cluster0-shard-00-00-k45tj.mongodb.net');
    assert.match(publicAddress, /^203\.0\.113\./);
  });

  it('tells a missing name from a missing type and forwards nothing', async () => {
    await assert.rejects(resolver.resolve6(awsName), { code: 'ENODATA' });
    await assert.rejects(resolver.resolveMx(seedHost), { code: 'ENODATA' });
    await assert.rejects(resolver.resolve4('cluster9-k45tj.mongodb.net'), { code: 'ENOTFOUND' });
    await assert.rejects(resolver.resolve4('www.mongodb.com'), { code: 'ENOTFOUND' });
  });

  it('follows the world: without the endpoint its names are gone', async () => {
    small.awsService.endpoints.clear();
    await assert.rejects(resolver.resolveSrv(seedRecord), { code: 'ENOTFOUND' });
    await assert.rejects(resolver.resolve4(nodeHost), { code: 'ENOTFOUND' });
  });

  it('leads to a name that does not exist where the endpoint was deleted in AWS', async () => {
    setFault('dns-endpoint-gone');
    assert.deepEqual(await resolver.resolveCname(nodeHost), [awsName]);
    await assert.rejects(resolver.resolve4(awsName), { code: 'ENOTFOUND' });
    const { rcode, answers } = decode(
      await ask(encode({ type: 'query', id: 3, questions: [{ type: 'A', name: nodeHost }] })),
    ) as DecodedPacket & { readonly rcode?: string };
    assert.deepEqual([rcode, answers?.map(({ type }) => type)], ['NXDOMAIN', ['CNAME']]);
  });

  it('does not know EDNS, fails for TXT records, and answers with other records, when told to', async () => {
    setFault('dns-no-edns', seedHost);
    const edns = { type: 'OPT', name: '.', udpPayloadSize: 1232 } as OptAnswer;
    const query: Packet = { type: 'query', id: 3, questions: [{ type: 'SRV', name: seedRecord }] };
    const refused = await ask(encode({ ...query, additionals: [edns] }));
    assert.deepEqual([refused.readUInt16BE(2) & 15, decode(refused).additionals], [1, []]);
    assert.equal(decode(await ask(encode(query))).answers?.length, 3);
    small.world.faults.set('dns-no-edns', false, seedHost);
    setFault('dns-txt-fails', seedHost);
    await assert.rejects(resolver.resolveTxt(seedHost), { code: 'ESERVFAIL' });
    assert.equal((await resolver.resolveSrv(seedRecord)).length, 3);
    setFault('dns-port-zero', seedHost);
    assert.ok((await resolver.resolveSrv(seedRecord)).some(({ port }) => port === 0));
    setFault('dns-other-name', nodeHost);
    const { answers = [] } = decode(await ask(encode({ ...query, questions: [{ type: 'A', name: nodeHost }] })));
    assert.ok(answers.length > 0 && answers.every(({ name }) => name !== nodeHost));
  });

  it('truncates above 512 bytes without EDNS, keeps case, and answers whole over TCP', async () => {
    const [first] = small.replicaSet.regions;
    assert.ok(first);
    Object.assign(small.replicaSet, { regions: [{ ...first, readOnly: 9 }] });
    const name = `_mongodb._TCP.Cluster0-PL-0-k45tj.mongodb.net`;
    const query = encode({ type: 'query', id: 7, questions: [{ type: 'SRV', name }] });
    const short = decode(await ask(query));
    assert.equal(short.flag_tc, true);
    assert.equal(short.answers?.length, 0);
    assert.equal(short.questions?.[0]?.name, name);
    // c-ares asks again over TCP by itself.
    assert.equal((await resolver.resolveSrv(seedRecord)).length, 12);
  });

  it('takes TCP queries byte by byte and several in one piece', async () => {
    const [host = '', port = ''] = network.dnsServer.split(':');
    const client = connect(Number(port), host);
    const message = encode({ type: 'query', id: 9, questions: [{ type: 'A', name: nodeHost }] });
    const framed = Buffer.concat([Buffer.from([0, message.length]), message]);
    await writeInSegments(client, framed);
    client.write(Buffer.concat([framed, framed]));
    let received = Buffer.alloc(0);
    let answers = 0;
    for await (const chunk of client as AsyncIterable<Buffer>) {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const length = received.readUInt16BE(0);
        assert.equal(decode(received.subarray(2, 2 + length)).answers?.length, 3);
        received = received.subarray(2 + length);
        answers += 1;
      }
      if (answers === 3) break;
    }
    assert.equal(answers, 3);
  });

  it('answers what is no query with an error, and nothing to what is too short', async () => {
    const broken = Buffer.from([0, 5, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63, 1]);
    assert.equal((await ask(broken)).readUInt16BE(2) & 15, 1);
    const notify = Buffer.from(encode({ type: 'query', id: 6, questions: [{ type: 'A', name: nodeHost }] }));
    notify.writeUInt16BE(4 << 11, 2);
    assert.equal((await ask(notify)).readUInt16BE(2) & 15, 4);
  });

  it('survives any bytes, types and classes', async () => {
    const query = (type: RecordType): Buffer =>
      encode({ type: 'query', id: 4, questions: [{ type, name: nodeHost }], additionals: [] });
    const https = query('A');
    https.writeUInt16BE(65, https.length - 4);
    const answer = decode(await ask(https));
    assert.equal(answer.answers?.[0]?.type, 'CNAME');
    const chaos = query('TXT');
    chaos.writeUInt16BE(3, chaos.length - 2);
    assert.equal((await ask(chaos)).readUInt16BE(2) & 15, 5);

    const whole = query('A');
    const odd: Buffer[] = [];
    for (let type = 0; type < 300; type++) {
      const message = Buffer.from(whole);
      message.writeUInt16BE(type, message.length - 4);
      odd.push(message);
    }
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 0x3f, 0x80, 0xc0, 0xff]) {
        const message = Buffer.from(whole);
        message[at] = byte;
        odd.push(message, message.subarray(0, at));
      }
    }
    const [host = '', port = ''] = network.dnsServer.split(':');
    const socket = createSocket('udp4');
    socket.on('message', () => undefined);
    while (odd.length > 0) {
      for (const message of odd.splice(0, 40)) socket.send(message, Number(port), host);
      // The server answers in order: once this is answered, it has been through all before.
      assert.equal((await ask(whole)).readUInt16BE(0), 4);
    }
    socket.close();
  });

  const codes: readonly [fault: string, code: string][] = [
    ['dns-silent', 'ETIMEOUT'],
    ['dns-late', 'ETIMEOUT'],
    ['dns-refused', 'EREFUSED'],
    ['dns-servfail', 'ESERVFAIL'],
    ['dns-nxdomain', 'ENOTFOUND'],
    ['dns-no-srv', 'ENODATA'],
  ];
  for (const [fault, code] of codes) {
    it(`shows ${fault} as ${code}, for that cluster only`, async () => {
      setFault(fault, 'Cluster0');
      await assert.rejects(resolver.resolveSrv(seedRecord), { code });
      assert.equal((await resolver.resolveSrv('_mongodb._tcp.azure2-pl-0-k45tj.mongodb.net')).length, 3);
    });
  }

  it('sends garbage, and cuts TCP after a truncated answer', async () => {
    setFault('dns-garbage', nodeHost);
    const query = encode({ type: 'query', id: 3, questions: [{ type: 'A', name: nodeHost }] });
    const answer = await ask(query);
    assert.throws(() => decode(answer));
    setFault('dns-truncated-no-tcp', seedRecord);
    await assert.rejects(resolver.resolveSrv(seedRecord));
  });

  it('rewrites answers: loop, foreign target, no private addresses, other addresses', async () => {
    setFault('dns-cname-loop', nodeHost);
    const query = encode({ type: 'query', id: 3, questions: [{ type: 'A', name: nodeHost }] });
    const loop = decode(await ask(query)).answers ?? [];
    assert.deepEqual(
      loop.map(({ type }) => type),
      ['CNAME', 'CNAME'],
    );
    small.world.faults.set('dns-cname-loop', false, nodeHost);
    setFault('dns-foreign-target', seedHost);
    const [target] = await resolver.resolveSrv(seedRecord);
    assert.ok(target && !target.name.endsWith('.mongodb.net'));
    setFault('dns-public-address', nodeHost);
    assert.match((await resolver.resolve4(nodeHost))[0] ?? '', /^203\./);
    small.world.faults.set('dns-public-address', false, nodeHost);
    setFault('dns-wrong-address', nodeHost);
    assert.deepEqual(await resolver.resolve4(nodeHost), ['10.255.255.254']);
    small.world.faults.set('dns-wrong-address', false, nodeHost);
    setFault('dns-blocked-address', nodeHost);
    assert.deepEqual(await resolver.resolve4(nodeHost), ['0.0.0.0']);
    small.world.faults.set('dns-blocked-address', false, nodeHost);
    setFault('dns-txt-invalid', seedHost);
    assert.deepEqual(await resolver.resolveTxt(seedHost), [['authSource=admin&ssl=false']]);
    setFault('dns-strip-private', nodeHost);
    assert.deepEqual(await resolver.resolve4(nodeHost), []);
    assert.deepEqual(await resolver.resolveCname(nodeHost), [awsName]);
  });

  it('shows other ports when they have changed, of that cluster only', async () => {
    const ports = async (name: string): Promise<number[]> =>
      (await resolver.resolveSrv(name)).map(({ port }) => port).sort((one, other) => one - other);
    assert.deepEqual(await ports(seedRecord), [1024, 1025, 1026]);
    setFault('ports-changed', 'Cluster0');
    assert.deepEqual(await ports(seedRecord), [2024, 2025, 2026]);
    assert.deepEqual(await ports('_mongodb._tcp.sharded1-pl-0-k45tj.mongodb.net'), [1027, 1028, 1029]);
  });

  it('answers a seedlist of 1000 hosts over TCP', async () => {
    setFault('dns-1000-srv', 'Cluster0');
    assert.equal((await resolver.resolveSrv(seedRecord)).length, 1000);
  });
});
