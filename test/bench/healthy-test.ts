import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { SandboxDetails } from '../../src/accounts/sandbox-process';
import { openAtlas } from '../../src/accounts/open-atlas';
import { systemClock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import { testConnection } from '../../src/diagnostics/test-connection';
import { startBuiltSandbox } from '../vscode/start-sandbox';
import { median, type Bench, type Figure } from './figure';

/** Pairs of runs; driver and test take turns, so that both meet the same machine. */
const pairs = 9;

/** A connection test of a healthy cluster, against what the official driver takes to connect and ping. */
export const bench: Bench = {
  title: 'Connection test of a healthy cluster, against the official driver',
  run: async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
    const sandbox = await startBuiltSandbox(scratch);
    try {
      const details = JSON.parse(sandbox.told) as SandboxDetails;
      return [
        ...(await compare(details, 'storefront-sandbox', 'replica set')),
        ...(await compare(details, 'regionalized-sandbox', 'sharded cluster')),
      ];
    } finally {
      await sandbox.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

async function compare(sandbox: SandboxDetails, project: string, what: string): Promise<readonly Figure[]> {
  const connectionString = await standardString(sandbox, project);
  const driver: number[] = [];
  const test: number[] = [];
  for (let pair = 0; pair <= pairs; pair += 1) {
    const started = performance.now();
    await connectAndPing(sandbox, connectionString);
    const between = performance.now();
    await runTest(sandbox, connectionString);
    // The first pair loads code.
    if (pair === 0) continue;
    driver.push(between - started);
    test.push(performance.now() - between);
  }
  return [
    { name: `${what}: driver`, value: median(driver), unit: 'ms' },
    { name: `${what}: test, every node and address`, value: median(test), unit: 'ms' },
    { name: `${what}: test for driver`, value: median(test) / median(driver), unit: 'times', limit: 1.2 },
  ];
}

/** What Atlas says, asked as the extension does. */
async function standardString(sandbox: SandboxDetails, projectName: string): Promise<string> {
  const { atlasBaseUrl, clientId, clientSecret } = sandbox;
  const api = openAtlas(
    atlasBaseUrl,
    { kind: 'service-account', clientId, clientSecret },
    { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
  );
  const { signal } = new AbortController();
  for await (const { items } of api.listProjects(signal)) {
    const project = items.find(({ name }) => name === projectName);
    if (project === undefined) continue;
    const [cluster] = await api.listClusters(project.id, signal);
    const text = cluster?.strings.privateEndpoint[0]?.standard;
    if (text !== undefined) return text;
  }
  throw new Error(`There is no private endpoint string in ${projectName}.`);
}

async function runTest(sandbox: SandboxDetails, connectionString: string): Promise<void> {
  const { dnsServer, socksProxy, caFile, dbUsername: username, dbPassword: password } = sandbox;
  const { verdict } = await testConnection(
    {
      connectionString,
      signIn: { kind: 'password', username, password },
      route: { dnsServers: [dnsServer], socksProxy, caFile },
      hopTimeoutMs: 1000,
      where: { hostname: 'bench', kind: 'local' },
    },
    { clock: systemClock, logger: silentLogger },
    () => undefined,
  );
  if (verdict.outcome !== 'connected') throw new Error(`The test ended with ${verdict.outcome}.`);
}

/** What an application does first, by the same way into the network. */
async function connectAndPing(sandbox: SandboxDetails, connectionString: string): Promise<void> {
  const { socksProxy, caFile, dbUsername: username, dbPassword: password } = sandbox;
  const { hostname, port } = new URL(socksProxy);
  const client = new MongoClient(connectionString, {
    auth: { username, password },
    proxyHost: hostname,
    proxyPort: Number(port),
    tlsCAFile: caFile,
  });
  try {
    await client.connect();
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}
