import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { createShownNodes } from '../../../src/diagnostics/shown-nodes';
import {
  createCertificateAuthority,
  type CertificateAuthority,
  type CertificateFlaw,
} from '../../../src/sandbox/network/certificates';

const host = 'node.sandbox.example';
const primary = {
  ...{ ok: 1, ismaster: true, helloOk: true, minWireVersion: 0, maxWireVersion: 25 },
  ...{ setName: 'set', hosts: [`${host}:1024`], primary: `${host}:1024`, me: `${host}:1024` },
};
const times = { openedAt: 10, stoodAt: 30, answeredAt: 34 };

describe('what the driver’s own connections show', () => {
  let authority: CertificateAuthority;
  let server: Server;
  const clients = new Set<TLSSocket>();
  before(async () => {
    authority = await createCertificateAuthority();
  });
  after(() => authority.close());
  afterEach(() => {
    for (const client of clients) client.destroy();
    clients.clear();
    server.close();
  });

  /** A connection as the driver has one; `trusting` is what no test ever is. */
  async function connection(flaw: CertificateFlaw = 'sound', trusting = false): Promise<TLSSocket> {
    const context = await authority.contextFor(host, flaw);
    server = createServer({ SNICallback: (_name, answer) => answer(null, context) });
    server.on('secureConnection', (socket) => socket.on('error', () => undefined));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ca = readFileSync(authority.caFile);
    const client = connect({ host: '127.0.0.1', port, servername: host, ca, rejectUnauthorized: !trusting });
    clients.add(client);
    client.on('error', () => undefined);
    await once(client, 'secureConnect');
    return client;
  }

  it('TLS and hello of a node, with the address and the time of each', async () => {
    const stream = await connection();
    const nodes = createShownNodes(true, false);
    const waited = nodes.met(`${host}:1024`);
    nodes.show({ node: `${host}:1024`, stream, reply: primary, ...times });
    const shown = await waited;
    assert.ok(shown);
    assert.deepEqual(
      [shown.address, shown.hello.role, shown.stoodAfterMs, shown.answeredAfterMs],
      ['127.0.0.1', 'primary', 20, 4],
    );
    const tls = new Map(shown.tls?.map(({ name, value }) => [name, value]));
    assert.equal(tls.get('protocol'), 'TLSv1.3');
    assert.match(tls.get('chain') ?? '', /Sandbox Issuing CA.*Sandbox Root CA/);
    assert.equal(tls.get('over'), 'driver');
    assert.equal(shown.greeting.find(({ name }) => name === 'over')?.value, 'driver');
    assert.equal(await nodes.met(`${host}:1024`), shown);
  });

  it('no address beyond a proxy, which is told the name', async () => {
    const stream = await connection();
    const nodes = createShownNodes(true, true);
    nodes.show({ node: `${host}:1024`, stream, reply: primary, ...times });
    const shown = await nodes.met(`${host}:1024`);
    assert.ok(shown);
    assert.equal(shown.address, undefined);
  });

  for (const flaw of ['expired', 'wrong-name', 'unknown-issuer'] as const) {
    it(`nothing over a certificate that was not verified: ${flaw}`, async () => {
      const stream = await connection(flaw, true);
      const nodes = createShownNodes(true, false);
      nodes.show({ node: `${host}:1024`, stream, reply: primary, ...times });
      nodes.stop();
      assert.equal(await nodes.met(`${host}:1024`), undefined);
    });
  }

  it('nothing where the certificate is another host’s', async () => {
    const stream = await connection();
    const nodes = createShownNodes(true, false);
    nodes.show({ node: 'node.elsewhere.example:1024', stream, reply: primary, ...times });
    nodes.stop();
    assert.equal(await nodes.met('node.elsewhere.example:1024'), undefined);
  });

  it('is told for each node that is met, once', async () => {
    const stream = await connection();
    let told = 0;
    const nodes = createShownNodes(false, false, () => {
      told += 1;
    });
    for (const port of [1024, 1024, 1025]) {
      nodes.show({ node: `${host}:${String(port)}`, stream, reply: primary, ...times });
    }
    nodes.show({ node: `${host}:1026`, stream, reply: { ok: 0 }, ...times });
    assert.equal(told, 2);
  });

  it('nothing of a node whose answer is none', async () => {
    const stream = await connection();
    for (const reply of [{ ok: 0 }, { ...primary, hosts: 'many' }, { ...primary, maxWireVersion: -1 }]) {
      const nodes = createShownNodes(true, false);
      nodes.show({ node: `${host}:1024`, stream, reply, ...times });
      nodes.stop();
      assert.equal(await nodes.met(`${host}:1024`), undefined, JSON.stringify(reply));
    }
  });

  it('lets everybody go who waits, once it is our own turn', async () => {
    const stream = await connection();
    const nodes = createShownNodes(true, false);
    const waited = Promise.all([nodes.met(`${host}:1024`), nodes.met(`${host}:1025`)]);
    nodes.stop();
    assert.deepEqual(await waited, [undefined, undefined]);
    nodes.show({ node: `${host}:1024`, stream, reply: primary, ...times });
    assert.equal(await nodes.met(`${host}:1024`), undefined);
  });
});
