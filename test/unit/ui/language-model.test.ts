import assert from 'node:assert/strict';
import type { TestReport } from '../../../src/diagnostics/events';
import type { NetworkRoute } from '../../../src/core/network';
import { explainStatus } from '../../../src/ui/language-model/explain-status';
import { getConnectionString } from '../../../src/ui/language-model/get-connection-string';
import { listEndpoints } from '../../../src/ui/language-model/list-endpoints';
import {
  questionBeforeTest,
  testConnectionTool,
  type TestToolPorts,
} from '../../../src/ui/language-model/test-connection-tool';
import { startSandboxStore, type SandboxStore } from './sandbox-store';

type Data = Readonly<Record<string, never>> & {
  readonly projects: readonly { readonly name: string; readonly id: string }[];
  readonly clusters: readonly {
    readonly name: string;
    readonly strings: readonly { readonly network: string; readonly endpoints?: readonly string[] }[];
    readonly noPrivateEndpointString?: string;
  }[];
  readonly endpointServices: readonly {
    readonly word: string;
    readonly endpoints: readonly { readonly id: string; readonly word: string }[];
  }[];
  readonly choices: readonly { readonly endpoints?: readonly { readonly endpointId: string }[] }[];
  readonly connectionString: string;
};

describe('tools for language models', () => {
  let sandbox: SandboxStore;
  let ports: TestToolPorts;
  let tested: Parameters<TestToolPorts['run']>[0][];
  const secrets: string[] = [];
  let route: NetworkRoute;

  before(async () => {
    sandbox = await startSandboxStore();
    const projectId = sandbox.project('storefront-sandbox').id;
    await sandbox.store.refresh('a', { kind: 'project', projectId });
    ports = {
      accounts: {
        list: () => [sandbox.account],
        get: () => sandbox.account,
        databaseUser: (_id, host) =>
          Promise.resolve(
            host.startsWith('cluster0-pl-0') ? { username: 'reports', password: 'canary-remembered' } : undefined,
          ),
      },
      store: sandbox.store,
      clock: sandbox.clock,
      machine: () => ({ hostname: 'build-7', kind: 'ssh-remote' }),
      onSecret: (secret) => secrets.push(secret),
      accountOf: () => Promise.resolve(sandbox.account),
      routeOf: () => Promise.resolve(route),
      sandbox: { details: () => Promise.reject(new Error('not the sandbox account')) },
      run: (run) => {
        tested.push(run);
        return Promise.resolve(report(run.connectionString));
      },
    };
  });
  beforeEach(() => {
    tested = [];
    route = { dnsServers: [] };
    secrets.length = 0;
  });
  after(() => sandbox.close());

  const report = (connectionString: string): TestReport => ({
    context: {
      connectionString,
      where: { hostname: 'build-7', kind: 'ssh-remote' },
      dnsServers: [],
      startedAt: '2026-01-05T00:00:00.000Z',
    },
    hops: [{ hop: 'string', subject: 'x', outcome: 'passed', durationMs: 1, facts: [{ name: 'kind', value: 'srv' }] }],
    verdict: { outcome: 'reachable-not-signed-in', problems: [] },
    durationMs: 2,
  });
  const data = (answer: { readonly data: unknown }): Data => answer.data as Data;

  it('list the projects of every account, limited by a part of the name', async () => {
    const all = await listEndpoints(ports, {});
    assert.ok(data(all).projects.length >= 10);
    const some = await listEndpoints(ports, { match: 'STORE' });
    assert.deepEqual(
      data(some).projects.map(({ name }) => name),
      ['storefront-sandbox'],
    );
  });

  it('list what a project has, each endpoint with its status in words', async () => {
    const answer = data(await listEndpoints(ports, { project: 'Storefront-Sandbox' }));
    assert.equal(answer.clusters[0]?.name, 'Cluster0');
    assert.deepEqual(answer.clusters[0].strings[0], {
      network: 'private-endpoint',
      endpoints: ['vpce-024f5b57108c8d3ed'],
      forms: ['srv', 'standard'],
    });
    assert.deepEqual(answer.endpointServices[0]?.endpoints, [
      { id: 'vpce-024f5b57108c8d3ed', status: 'AVAILABLE', word: 'Available' },
    ]);
  });

  it('say why a cluster has no private endpoint string', async () => {
    const answer = data(await listEndpoints(ports, { project: 'small-tiers-sandbox' }));
    assert.ok(answer.clusters.length > 0);
    for (const { noPrivateEndpointString } of answer.clusters) assert.match(noPrivateEndpointString ?? '', /M10/);
  });

  it('offer what there is when a name is wrong', async () => {
    const project = await listEndpoints(ports, { project: 'orders' });
    assert.deepEqual(
      data(project).projects.map(({ name }) => name),
      ['orders-sandbox'],
    );
    const wrong = await getConnectionString(ports, { project: 'storefront-sandbox', cluster: 'Cluster9' });
    assert.deepEqual(wrong.data, { clusters: ['Cluster0'] });
  });

  it('find a project that two accounts see, by its name and by its id', async () => {
    const both = {
      ...ports,
      accounts: { ...ports.accounts, list: () => [sandbox.account, { ...sandbox.account, id: 'b' }] },
    };
    for (const project of ['storefront-sandbox', sandbox.project('storefront-sandbox').id]) {
      const answer = data(await listEndpoints(both, { project }));
      assert.equal(answer.clusters[0]?.name, 'Cluster0', JSON.stringify(answer));
    }
  });

  it('give the recommended string with a placeholder, the user percent-encoded', async () => {
    const input = { project: 'storefront-sandbox', cluster: 'cluster0', username: 'a@b' };
    const answer = data(await getConnectionString(ports, input));
    assert.equal(answer.connectionString, 'mongodb+srv://a%40b:<db_password>@cluster0-pl-0-k45tj.mongodb.net/');
    const standard = data(await getConnectionString(ports, { ...input, form: 'standard' }));
    assert.match(standard.connectionString, /^mongodb:\/\/a%40b:<db_password>@pl-0-us-east-1-k45tj\.mongodb\.net:\d+,/);
    const open = data(await getConnectionString(ports, { ...input, network: 'public' }));
    assert.doesNotMatch(open.connectionString, /-pl-/);
  });

  it('want to know which endpoint where there are several, and take the one that is named', async () => {
    const input = { project: 'orders-sandbox', cluster: 'Orders' };
    const several = data(await getConnectionString(ports, input));
    assert.equal(several.connectionString, undefined);
    const ids = several.choices.flatMap(({ endpoints }) => endpoints ?? []).map(({ endpointId }) => endpointId);
    assert.equal(ids.length, 2);
    const texts = await Promise.all(
      ids.map(async (endpointId) => data(await getConnectionString(ports, { ...input, endpointId })).connectionString),
    );
    assert.equal(new Set(texts).size, 2);
  });

  it('explain the status of a thing and of a word', async () => {
    const thing = await explainStatus(ports, { project: 'storefront-sandbox', id: 'vpce-024f5b57108c8d3ed' });
    assert.match(thing.sentence, /Available/);
    const cluster = await explainStatus(ports, { project: 'storefront-sandbox', id: 'cluster0' });
    assert.equal((cluster.data as { hasPrivateEndpointString?: boolean }).hasPrivateEndpointString, true);
    const word = await explainStatus(ports, { status: 'pending_acceptance' });
    assert.match(word.sentence, /Pending acceptance/);
    const service = await explainStatus(ports, { status: 'WAITING_FOR_USER', kind: 'service' });
    assert.ok((service.data as { nextAction?: string }).nextAction);
    const none = await explainStatus(ports, { project: 'storefront-sandbox', id: 'vpce-nobody' });
    assert.match(none.sentence, /vpce-nobody/);
  });

  it('ask before a test, naming every host and the machine', async () => {
    const connectionString = 'mongodb://app:canary-secret@one.example:1024,two.example:1025/';
    const { found } = await questionBeforeTest(ports, { connectionString });
    assert.deepEqual(found?.hosts, ['one.example', 'two.example']);
    assert.equal(found.machine, 'build-7 (ssh-remote)');
    assert.doesNotMatch(JSON.stringify(found), /canary/);
    assert.ok(secrets.includes('canary-secret'));
    assert.equal(tested.length, 0);
  });

  it('test the string of a cluster without signing in unless told to', async () => {
    const input = { project: 'storefront-sandbox', cluster: 'Cluster0' };
    const abort = new AbortController();
    const answer = await testConnectionTool(ports, input, abort.signal);
    assert.equal(tested[0]?.connectionString, 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net/');
    assert.deepEqual(tested[0].signIn, { kind: 'skip' });
    assert.match(answer.sentence, /Reachable/);
    await testConnectionTool(ports, { ...input, signIn: true }, abort.signal);
    assert.equal(tested[1]?.signIn.kind, 'password');
    const { found } = await questionBeforeTest(ports, { ...input, signIn: true });
    assert.match(found?.signIn ?? '', /as reports/);
  });

  it('show a remembered password to no host that is not its owner’s, and name that one first', async () => {
    const own = 'cluster0-pl-0-k45tj.mongodb.net';
    const input = { connectionString: `mongodb://${own}:1024,stranger.example:1025/?tls=true`, signIn: true };
    const { found } = await questionBeforeTest(ports, input);
    assert.deepEqual(found?.hosts, ['stranger.example', own]);
    assert.match(found.signIn, /Does not sign in/);
    await testConnectionTool(ports, input, new AbortController().signal);
    assert.deepEqual(tested[0]?.signIn, { kind: 'skip' });
    await testConnectionTool(
      ports,
      { ...input, connectionString: `mongodb://${own}:1024/?tls=true` },
      new AbortController().signal,
    );
    assert.equal(tested[1]?.signIn.kind, 'password');
  });

  it('name the host that is connected to, not one that an option names', async () => {
    const connectionString = 'mongodb://stranger.example/?appName=me@cluster0-pl-0-k45tj.mongodb.net';
    const { found } = await questionBeforeTest(ports, { connectionString, signIn: true });
    assert.deepEqual(found?.hosts, ['stranger.example']);
    assert.match(found.signIn, /Does not sign in/);
    await testConnectionTool(ports, { connectionString, signIn: true }, new AbortController().signal);
    assert.equal(tested[0]?.connectionString, connectionString);
  });

  it('name the proxy that a string brings along, and show it no remembered password', async () => {
    const connectionString = 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net/?proxyHost=proxy.example%0Ax&proxyPort=99';
    const input = { connectionString, signIn: true };
    const { found } = await questionBeforeTest(ports, input);
    assert.equal(found?.proxy, 'proxy.example%0Ax:99');
    assert.match(found.signIn, /Does not sign in/);
    await testConnectionTool(ports, input, new AbortController().signal);
    assert.deepEqual(tested[0]?.signIn, { kind: 'skip' });
    // Where the settings have a proxy, that of the string is none.
    route = { dnsServers: [], socksProxy: 'socks5://gateway.example:1080' };
    assert.equal((await questionBeforeTest(ports, input)).found?.proxy, undefined);
    await testConnectionTool(ports, input, new AbortController().signal);
    assert.equal(tested[1]?.signIn.kind, 'password');
    assert.equal(tested[1].route, route);
  });

  it('show a remembered password to nobody on the way when the string turns TLS off', async () => {
    const host = 'cluster0-pl-0-k45tj.mongodb.net';
    for (const connectionString of [`mongodb+srv://${host}/?tls=false`, `mongodb://${host}:1024/`]) {
      await testConnectionTool(ports, { connectionString, signIn: true }, new AbortController().signal);
    }
    assert.deepEqual(
      tested.map(({ signIn }) => signIn.kind),
      ['skip', 'skip'],
    );
  });

  it('answer with no secret that the sandbox knows', async () => {
    const { credentials } = sandbox.world;
    const project = 'storefront-sandbox';
    const answers = [
      await listEndpoints(ports, {}),
      await listEndpoints(ports, { project }),
      await getConnectionString(ports, { project, cluster: 'Cluster0', username: 'sandbox-reports' }),
      await testConnectionTool(ports, { project, cluster: 'Cluster0', signIn: true }, new AbortController().signal),
    ];
    const text = JSON.stringify(answers);
    for (const secret of [credentials.dbPassword, credentials.clientSecret, credentials.privateKey, 'canary']) {
      assert.ok(!text.includes(secret));
    }
  });
});
