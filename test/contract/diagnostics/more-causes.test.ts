import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemCode } from '../../../src/core/problem';
import { problemOf } from '../../../src/core/problem';
import type { HopResult } from '../../../src/diagnostics/events';
import type { TestRequest } from '../../../src/diagnostics/test-connection';
import { findings, judge, weightOf } from '../../../src/diagnostics/verdict';
import { describeProblem } from '../../../src/messages/problem-text';
import { verdictSentence } from '../../../src/messages/test-text';
import type { SandboxProject } from '../../../src/sandbox/world/world';
import { silenceInLanes } from '../../builders/in-lanes';
import { openLab, type Diagnosis, type Lab } from './diagnose';
import { openGathering, type Gathering } from './evidence-of';

/** Milliseconds: what is silent here says so in its test. */
const hopTimeoutMs = 15_000;
const storefront = 'storefront-sandbox';

/** Causes that need another string, another route or another Atlas than the failures of the scenario. */
describe('causes in the string, the route, and beside the path', function () {
  this.timeout(60_000);
  let lab: Lab;
  let gathering: Gathering;
  let silence = 0;
  before(async () => {
    lab = await openLab();
    gathering = openGathering(lab.sandbox);
    silence = await silenceInLanes(1, () => judged(storefront, lab.seedlist(storefront)));
  });
  after(async () => {
    await gathering.close();
    await lab.close();
  });
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

  const projectNamed = (name: string): SandboxProject => {
    const project = [...lab.sandbox.world.atlas.projects.values()].find((one) => one.name === name);
    assert.ok(project);
    return project;
  };
  const judged = (project: string, string: string, more: Partial<TestRequest> = {}): Promise<Diagnosis> =>
    lab.diagnose(string, { hopTimeoutMs, evidence: gathering.evidence(project, string), ...more });
  const adviceOf = ({ report }: Diagnosis): string =>
    report.verdict.problems.map((found) => JSON.stringify(describeProblem(found))).join();

  // ---- strings

  for (const [code, string] of [
    ['STRING_PUBLIC', 'mongodb+srv://cluster0-k45tj.mongodb.net'],
    ['STRING_PEERING', 'mongodb+srv://cluster0-pri-k45tj.mongodb.net'],
  ] as const) {
    it(`${code}: from inside, and none where its network is open`, async () => {
      const found = await judged(storefront, string);
      assert.deepEqual(found.codes, [code]);
      assert.match(adviceOf(found), /private endpoint string/);
      lab.sandbox.faults.set('public-open', true, storefront);
      assert.deepEqual((await judged(storefront, string)).codes, []);
    });
  }

  it('STRING_STALE: a host that Atlas gives out no more', async () => {
    const found = await judged(storefront, 'mongodb+srv://cluster0-pl-9-k45tj.mongodb.net');
    assert.deepEqual(found.codes, ['STRING_STALE']);
  });

  it('STRING_SOCKET_PATH: no network to test', async () => {
    const { codes } = await lab.diagnose('mongodb://%2Ftmp%2Fmongodb-27017.sock/');
    assert.deepEqual(codes, ['STRING_SOCKET_PATH']);
  });

  it('STRING_MALFORMED: a limit of hosts, where the TXT record says that they are one replica set', async () => {
    const { codes, report } = await lab.diagnose(`${lab.seedlist(storefront)}/?srvMaxHosts=2`, { hopTimeoutMs });
    assert.deepEqual(codes, ['STRING_MALFORMED']);
    const [found] = report.verdict.problems;
    assert.match(found === undefined ? '' : (describeProblem(found).detail ?? ''), /"srvMaxHosts" goes with neither/);
    const unlimited = await lab.diagnose(`${lab.seedlist(storefront)}/?srvMaxHosts=0`, { hopTimeoutMs });
    assert.equal(unlimited.report.verdict.outcome, 'connected');
  });

  it('DRIVER_DISAGREES: an option that only the driver minds', async () => {
    const { codes } = await lab.diagnose(`${lab.seedlist(storefront)}/?readPreference=nonsense`, { hopTimeoutMs });
    assert.deepEqual(codes, ['DRIVER_DISAGREES']);
  });

  it('TARGET_REBIND_FILTERED: one server withholds the private addresses that another gives', async () => {
    const azure = 'billing-on-azure-sandbox';
    const other = await openLab();
    try {
      other.sandbox.faults.set('dns-strip-private', true, '*');
      const [servers = '', answeredBy = ''] = [...other.route.dnsServers, ...lab.route.dnsServers];
      const route = { ...lab.route, dnsServers: [servers, answeredBy] };
      const { codes, report } = await judged(azure, lab.seedlist(azure), { route });
      assert.deepEqual([codes, report.verdict.outcome], [['TARGET_REBIND_FILTERED'], 'connected']);
      const [found] = report.verdict.problems;
      assert.deepEqual(found?.parameters, { servers, answeredBy });
      assert.equal(weightOf('TARGET_REBIND_FILTERED'), 'warning');
    } finally {
      await other.close();
    }
  });

  it('NO_PRIMARY: told where it is, and an application that only reads gets through', async () => {
    lab.sandbox.faults.set('no-primary', true, 'Cluster0');
    const writes = await lab.diagnose(lab.seedlist(storefront), { hopTimeoutMs });
    assert.deepEqual([writes.codes, writes.report.verdict.failedHop], [['NO_PRIMARY'], 'hello']);
    assert.match(verdictSentence(writes.report.verdict, 'h'), /^Hello: The replica set has no primary now/);
    const string = `${lab.seedlist(storefront)}/?readPreference=secondaryPreferred`;
    const reads = await lab.diagnose(string, { hopTimeoutMs });
    assert.deepEqual([reads.codes, reads.report.verdict.outcome], [['NO_PRIMARY'], 'connected']);
  });

  // ---- the cloud account

  it('ENDPOINT_NOT_IN_ACCOUNT: gone in AWS, known to Atlas', async () => {
    const regions = [...lab.sandbox.world.aws.regions.values()];
    const region = regions.find(({ vpcEndpoints }) => vpcEndpoints.has('vpce-024f5b57108c8d3ed'));
    const endpoint = region?.vpcEndpoints.get('vpce-024f5b57108c8d3ed');
    assert.ok(region && endpoint);
    const string = lab.seedlist(storefront);
    region.vpcEndpoints.delete(endpoint.id);
    const { codes } = await judged(storefront, string);
    region.vpcEndpoints.set(endpoint.id, endpoint);
    // Atlas has noticed.
    assert.deepEqual(codes, ['ENDPOINT_FAILED', 'ENDPOINT_NOT_IN_ACCOUNT']);
  });

  it('TARGET_NXDOMAIN: names the endpoint that the host leads to, and that is gone', async () => {
    const string = lab.seedlist(storefront);
    lab.sandbox.faults.set('dns-endpoint-gone', true);
    const { codes, report } = await lab.diagnose(string, { hopTimeoutMs });
    assert.deepEqual(codes, ['TARGET_NXDOMAIN']);
    const ids = report.hops.flatMap(({ facts }) => facts.filter(({ name }) => name === 'vpcEndpoint'));
    assert.deepEqual(
      ids.map(({ value }) => value),
      ['vpce-024f5b57108c8d3ed'],
    );
    const [found] = report.verdict.problems;
    assert.match(found?.parameters.name ?? '', /^vpce-024f5b57108c8d3ed-.*\.vpce\.amazonaws\.com$/);
  });

  it('VPC_DNS_OFF: the VPC resolves no names, and none while it does', async () => {
    const [vpc] = [...lab.sandbox.world.aws.regions.values()].flatMap((region) =>
      [...region.vpcs.values()].filter(({ name }) => name === 'sandbox-us-east-1'),
    );
    assert.ok(vpc);
    const names = ['cluster0-pl-0-k45tj.mongodb.net', '_mongodb._tcp.cluster0-pl-0-k45tj.mongodb.net'];
    for (const name of names) lab.sandbox.faults.set('dns-silent', true, name);
    const before = await judged(storefront, lab.seedlist(storefront), { hopTimeoutMs: silence });
    assert.deepEqual(before.codes, ['RESOLVER_UNREACHABLE']);
    lab.sandbox.faults.set('vpc-dns-off', true, vpc.id);
    const { codes } = await judged(storefront, lab.seedlist(storefront), { hopTimeoutMs: silence });
    assert.deepEqual(codes, ['VPC_DNS_OFF']);
  });

  for (const [name, statuses] of [
    [
      'billing-on-azure-sandbox',
      { INITIATING: 'ENDPOINT_PENDING', FAILED: 'ENDPOINT_FAILED', DELETING: 'ENDPOINT_DELETING' },
    ],
    [
      'analytics-on-google-cloud-sandbox',
      { INITIATING: 'ENDPOINT_PENDING', FAILED: 'ENDPOINT_FAILED', DELETING: 'ENDPOINT_DELETING' },
    ],
  ] as const) {
    for (const [status, code] of Object.entries(statuses)) {
      it(`${code}: ${status} at Atlas, ${name}`, async () => {
        const string = lab.seedlist(name);
        const [endpoint] = [...projectNamed(name).services.values()].flatMap(({ endpoints }) => [
          ...endpoints.values(),
        ]);
        assert.ok(endpoint);
        const { timeline } = endpoint;
        endpoint.timeline = [{ at: 0, status }];
        const { codes } = await judged(name, string);
        endpoint.timeline = timeline;
        assert.deepEqual(codes, [code]);
      });
    }
  }

  // ---- the proxy

  for (const [code, fault] of [
    ['PROXY_REFUSED', 'socks-refused'],
    ['PROXY_FAILED', 'socks-drop'],
    ['PROXY_SIGN_IN', 'socks-credentials'],
  ] as const) {
    it(`${code}: ${fault}`, async () => {
      lab.sandbox.faults.set(fault, true, '*');
      assert.deepEqual((await judged(storefront, lab.seedlist(storefront))).codes, [code]);
    });
  }

  it('PROXY_UNREACHABLE: nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const route = { ...lab.route, socksProxy: `socks5://127.0.0.1:${port}` };
    assert.deepEqual((await judged(storefront, lab.seedlist(storefront), { route })).codes, ['PROXY_UNREACHABLE']);
  });

  it('PROXY_FAILED: the proxy answers the greeting, and not the user and password', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      // RFC 1928: it wants user and password (2).
      socket.once('data', () => socket.write(Buffer.from([5, 2])));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const route = { ...lab.route, socksProxy: `socks5://user:password@127.0.0.1:${port}` };
    const { codes } = await judged(storefront, lab.seedlist(storefront), { route, hopTimeoutMs: silence });
    for (const socket of sockets) socket.destroy();
    server.close();
    assert.deepEqual(codes, ['PROXY_FAILED']);
  });

  it('PROXY_DNS: the proxy does not know the name', async () => {
    const route = { ...lab.route, dnsServers: [] };
    const string = 'mongodb://pl-9-nowhere-k45tj.mongodb.net:1024/?ssl=true&authSource=admin';
    const { codes } = await lab.diagnose(string, { route, hopTimeoutMs });
    assert.deepEqual(codes, ['PROXY_DNS']);
  });

  for (const [code, route] of [
    ['PROXY_INVALID', { socksProxy: 'http://127.0.0.1:1' }],
    ['CA_FILE_UNREADABLE', { caFile: '/nowhere/authorities.pem' }],
  ] as const) {
    it(`${code}: nothing is asked of the network`, async () => {
      const test = lab.diagnose(lab.seedlist(storefront), { route: { ...lab.route, ...route } });
      await assert.rejects(test, (error) => problemOf(error)?.code === code);
    });
  }

  it('CA_FILE_UNREADABLE: a file without certificates in PEM format, or with one that is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'authorities-'));
    const good = await readFile(lab.sandbox.description.caFile, 'utf8');
    const der = Buffer.from(good.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    const broken = `${good}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`;
    try {
      for (const [name, content] of Object.entries({
        'a.txt': 'host\n',
        'der.crt': der,
        'b.pem': broken,
        'e.pem': '',
      })) {
        const caFile = join(folder, name);
        await writeFile(caFile, content);
        const test = lab.diagnose(lab.seedlist(storefront), { route: { ...lab.route, caFile } });
        await assert.rejects(test, (error) => problemOf(error)?.evidence === 'PEM', name);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  // ---- sign-in

  it('AUTH_AWS: there are no credentials', async () => {
    const signIn = { kind: 'aws', credentials: () => Promise.reject(new Error('Could not load credentials')) } as const;
    assert.deepEqual((await judged(storefront, lab.seedlist(storefront), { signIn })).codes, ['AUTH_AWS']);
  });

  for (const [code, signIn, database, options] of [
    ['AUTH_FAILED', 'a wrong password in a standard string without database', '', ''],
    ['AUTH_FAILED', 'a wrong password in a standard string of admin', 'admin', ''],
    ['AUTH_FAILED', 'a wrong password where authSource says where the user is', 'shop', '&authSource=admin'],
    ['STRING_OPTION_MISSING', 'a user who is looked for in the database of the string', 'shop', ''],
  ] as const) {
    it(`${code}: ${signIn}`, async () => {
      const nodes = [1024, 1025, 1026].map((port) => `pl-0-us-east-1-k45tj.mongodb.net:${String(port)}`).join();
      const credentials = `${lab.sandbox.description.dbUsername}:wrong`;
      const string = `mongodb://${credentials}@${nodes}/${database}?ssl=true${options}`;
      const found = await judged(storefront, string, { signIn: { kind: 'from-string' } });
      assert.deepEqual(found.codes, [code]);
      if (code !== 'AUTH_FAILED') return;
      const [refused] = found.report.verdict.problems;
      assert.ok(refused);
      assert.equal(describeProblem(refused).detail, 'bad auth : authentication failed', 'its own words, and no more');
    });
  }

  it('AUTH_MECHANISM: the cluster does not know the way to sign in', async () => {
    const { dbUsername, dbPassword } = lab.sandbox.description;
    const string = lab
      .seedlist(storefront)
      .replace('mongodb+srv://', `mongodb+srv://${dbUsername}:${encodeURIComponent(dbPassword)}@`);
    const { codes } = await lab.diagnose(`${string}/?authMechanism=PLAIN&authSource=$external`, {
      hopTimeoutMs,
      signIn: { kind: 'from-string' },
    });
    assert.deepEqual(codes, ['AUTH_MECHANISM']);
  });

  it('AUTH_CERTIFICATE_FILE: there is no such file', async () => {
    const signIn = { kind: 'x509', certificateKeyFile: '/nowhere/user.pem' } as const;
    assert.deepEqual((await judged(storefront, lab.seedlist(storefront), { signIn })).codes, ['AUTH_CERTIFICATE_FILE']);
  });

  // ---- what is not known, and what is never said

  it('UNKNOWN_AT_HOP: a failure that no finding is about, with the raw facts', () => {
    const hop = (id: HopResult['hop'], ...pairs: readonly (readonly [string, string])[]): HopResult => ({
      ...{ hop: id, subject: '10.0.30.194:1024', durationMs: 1 },
      outcome: pairs.some(([name]) => name === 'failure') ? 'failed' : 'passed',
      facts: pairs.map(([name, value]) => ({ name, value })),
    });
    const context = {
      ...{ connectionString: lab.seedlist(storefront), dnsServers: [], startedAt: '' },
      where: { hostname: 'test', kind: 'local' },
    };
    const hops = [hop('tcp'), hop('tls', ['failure', 'public-hosts'], ['code', 'ENEW'])];
    const { verdict } = judge({ context, hops, durationMs: 1 }, {});
    const [found, ...others] = verdict.problems;
    assert.deepEqual([found?.code, others.length, verdict.failedHop], ['UNKNOWN_AT_HOP', 0, 'tls']);
    assert.equal(found?.evidence, 'failure: public-hosts; code: ENEW');
    assert.equal(found.parameters.hop, 'tls');
  });

  it('never advises the access list but for the public string', () => {
    const parameters = new Proxy<Record<string, string>>({}, { get: () => 'x' });
    const told = (code: ProblemCode): string =>
      [parameters, {}].map((each) => JSON.stringify(describeProblem({ code, subject: 'x', parameters: each }))).join();
    const codes = [...new Set(findings.map(({ code }) => code))].filter((code) => /access list/i.test(told(code)));
    assert.deepEqual(codes, ['STRING_PUBLIC']);
  });
});
