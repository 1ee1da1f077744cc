import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { hopLine } from '../../../src/diagnostics/report/report-text';
import { createCertificateAuthority } from '../../../src/sandbox/network/certificates';
import { createTopologyVersions } from '../../../src/sandbox/network/nodes/hello';
import type { NodeIdentity } from '../../../src/sandbox/network/nodes/node-identity';
import { serveNode } from '../../../src/sandbox/network/nodes/serve-node';
import { ipv6Addresses, makeDualStack } from '../../builders/dual-stack';
import { openLab, type Diagnosis, type Lab } from './diagnose';

const ipv4Addresses = ['10.0.20.54', '10.0.30.194'];
const ports = [1024, 1025, 1026];
const unhurried = { hopTimeoutMs: 8000 };

/** Addresses, in brackets where they are IPv6, with every port of the seed's cluster. */
function socketsAt(addresses: readonly string[]): readonly string[] {
  return addresses
    .flatMap((address) => ports.map((port) => `${address.includes(':') ? `[${address}]` : address}:${port}`))
    .toSorted();
}

function subjectsOf({ report }: Diagnosis, hop: string): readonly string[] {
  return report.hops
    .filter((result) => result.hop === hop && result.outcome === 'passed')
    .map(({ subject }) => subject)
    .toSorted();
}

describe('hosts with IPv6 addresses', function () {
  this.timeout(30_000);
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab();
    makeDualStack(lab.sandbox.world);
  });
  afterEach(() => lab.close());

  it('A and AAAA: every port of every address, and hello over each address', async () => {
    const diagnosis = await lab.diagnose(lab.seedlist('storefront-sandbox'), unhurried);
    assert.deepEqual([diagnosis.report.verdict.outcome, diagnosis.codes], ['connected', []]);
    assert.deepEqual(subjectsOf(diagnosis, 'tcp'), socketsAt([...ipv4Addresses, ...ipv6Addresses]));
    const unsigned = await lab.diagnose(lab.seedlist('storefront-sandbox'), {
      ...unhurried,
      signIn: { kind: 'skip' },
    });
    const greeted = subjectsOf(unsigned, 'hello').map((subject) => subject.replace(/:\d+$/, ''));
    assert.deepEqual(
      [...new Set(greeted)].toSorted(),
      [...ipv4Addresses, ...ipv6Addresses.map((address) => `[${address}]`)].toSorted(),
    );
  });

  it('AAAA alone', async () => {
    for (const { networkInterfaces: interfaces } of lab.sandbox.world.aws.regions.values()) {
      for (const [id, { privateIp }] of interfaces) if (ipv4Addresses.includes(privateIp)) interfaces.delete(id);
    }
    const diagnosis = await lab.diagnose(lab.seedlist('storefront-sandbox'), unhurried);
    assert.deepEqual([diagnosis.report.verdict.outcome, diagnosis.codes], ['connected', []]);
    assert.deepEqual(subjectsOf(diagnosis, 'tcp'), socketsAt(ipv6Addresses));
  });

  it('IPv6 that is dropped while IPv4 passes is told, with the addresses', async () => {
    for (const address of ipv6Addresses) lab.sandbox.faults.set('tcp-drop', true, address);
    const { report, codes } = await lab.diagnose(lab.seedlist('storefront-sandbox'), { hopTimeoutMs: 3000 });
    assert.deepEqual(codes, ['TCP_TIMEOUT_ONE_ZONE']);
    const { silent = '' } = report.verdict.problems[0]?.parameters ?? {};
    for (const address of ipv6Addresses) assert.ok(silent.includes(`[${address}]`), silent);
  });

  it('no way to IPv6 from here while IPv4 passes: it is told, and is no finding', async () => {
    for (const address of ipv6Addresses) lab.sandbox.faults.set('tcp-unreachable', true, address);
    const diagnosis = await lab.diagnose(lab.seedlist('storefront-sandbox'), unhurried);
    assert.deepEqual([diagnosis.report.verdict.outcome, diagnosis.codes], ['connected', []]);
    assert.deepEqual(subjectsOf(diagnosis, 'tcp'), socketsAt(ipv4Addresses));
    const told = diagnosis.report.hops.filter(({ hop, outcome }) => hop === 'tcp' && outcome === 'skipped');
    assert.deepEqual(told.map(({ subject }) => subject).toSorted(), socketsAt(ipv6Addresses));
    for (const hop of told) assert.match(hopLine(hop), /no way to IPv6 addresses from here/);
  });

  it('no way to IPv6 from here, and the host has nothing else', async () => {
    for (const { networkInterfaces: interfaces } of lab.sandbox.world.aws.regions.values()) {
      for (const [id, { privateIp }] of interfaces) if (ipv4Addresses.includes(privateIp)) interfaces.delete(id);
    }
    for (const address of ipv6Addresses) lab.sandbox.faults.set('tcp-unreachable', true, address);
    const { codes } = await lab.diagnose(lab.seedlist('storefront-sandbox'), unhurried);
    assert.deepEqual(codes, ['ADDRESS_UNROUTABLE']);
  });

  it('addresses in a standard string', async () => {
    const literals = socketsAt(ipv6Addresses);
    const string = `mongodb://${literals.join(',')}/?tls=true&authSource=admin&replicaSet=Cluster0-shard-0-shard-0`;
    // The certificate is for the cluster's names.
    const diagnosis = await lab.diagnose(string, unhurried);
    assert.deepEqual(subjectsOf(diagnosis, 'tcp'), literals);
    assert.deepEqual(diagnosis.codes, ['TLS_NAME']);
  });

  it('a node on [::1], without proxy', async function () {
    if (!Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'))) {
      process.stdout.write('    NOT RUN: this machine has no IPv6 loopback address\n');
      this.skip();
    }
    const { world } = lab.sandbox;
    const authority = await createCertificateAuthority();
    const [project] = world.atlas.projects.values();
    assert.ok(project);
    const server = createServer();
    server.listen(0, '::1');
    await once(server, 'listening');
    const self = `[::1]:${(server.address() as AddressInfo).port}`;
    const own = { kind: 'mongod', setName: 'set', version: '8.0.4', self, hosts: [self], primary: self } as const;
    const identity: NodeIdentity = { ...own, project, clusterName: '', publicHosts: [self], subjects: [self] };
    const context = { world, authority, versions: createTopologyVersions() };
    server.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      serveNode(context, socket, () => identity).catch(() => socket.destroy());
    });
    try {
      const string = `mongodb://${self}/?tls=true&authSource=admin&replicaSet=set`;
      const route = { dnsServers: [], caFile: authority.caFile };
      const diagnosis = await lab.diagnose(string, { ...unhurried, route });
      assert.deepEqual([diagnosis.report.verdict.outcome, diagnosis.codes], ['connected', []]);
      assert.deepEqual(subjectsOf(diagnosis, 'hello'), [self]);
    } finally {
      server.close();
      await authority.close();
    }
  });
});
