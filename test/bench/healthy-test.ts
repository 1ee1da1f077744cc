import { spawn } from 'node:child_process';
import { promises as dns } from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { SandboxDetails } from '../../src/accounts/sandbox-process';
import { root } from '../../scripts/root';
import { openAtlas } from '../../src/accounts/open-atlas';
import { systemClock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import type { PrivateEndpointStrings } from '../../src/core/deployment';
import { startBuiltSandbox } from '../vscode/start-sandbox';
import { againstDriver, againstMongosh } from './against-driver';
import type { Bench } from './figure';

const limit = 1.2;
/** Milliseconds there and as many back: a network by a VPN, or in a neighbouring region. */
const away = 5;

/** A connection test of a healthy cluster, against what the official driver takes to connect and ping. */
export const bench: Bench = {
  title: 'Connection test of a healthy cluster, against the official driver',
  run: async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
    const sandbox = await startBuiltSandbox(scratch);
    // The driver asks Node's resolver for seedlists.
    const resolvers = dns.getServers();
    try {
      const details = JSON.parse(sandbox.told) as SandboxDetails;
      dns.setServers([details.dnsServer]);
      const compare = (what: string, string = ''): ReturnType<typeof againstDriver> =>
        againstDriver(what, details, string, limit);
      const replicaSet = await stringsOf(details, 'storefront-sandbox');
      const sharded = await stringsOf(details, 'regionalized-sandbox');
      const balanced = await stringsOf(details, 'orders-sandbox');
      return [
        ...(await compare('replica set, seedlist', replicaSet.srv)),
        ...(await compare('replica set, standard string', replicaSet.standard)),
        ...(await compare('sharded cluster', sharded.standard)),
        ...(await compare('optimized string', balanced.srvShardOptimized)),
        ...(await fromAway(details, (way) =>
          againstDriver(`replica set, seedlist, ${String(2 * away)} ms away`, way, replicaSet.srv ?? '', limit),
        )),
        ...(await againstMongosh(details, replicaSet.standard ?? '')),
      ];
    } finally {
      dns.setServers(resolvers);
      await sandbox.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/**
 * The same from some way off, where people are: on the machine itself there is nothing to wait for, and what is measured
 * is processor time of both ends.
 */
async function fromAway<T>(sandbox: SandboxDetails, work: (sandbox: SandboxDetails) => Promise<T>): Promise<T> {
  const proxy = new URL(sandbox.socksProxy);
  const script = join(root, 'test/bench/delayed-network.ts');
  const network = spawn(process.execPath, ['--import', 'tsx', script, proxy.port, String(away)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(createInterface(network.stdout), 'line')) as [string];
    proxy.port = port;
    return await work({ ...sandbox, socksProxy: proxy.href });
  } finally {
    network.kill();
  }
}

/** What Atlas says, asked as the extension does. */
async function stringsOf(sandbox: SandboxDetails, projectName: string): Promise<PrivateEndpointStrings> {
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
    const strings = cluster?.strings.privateEndpoint[0];
    if (strings !== undefined) return strings;
  }
  throw new Error(`There is no private endpoint string in ${projectName}.`);
}
