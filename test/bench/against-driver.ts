import { execFile } from 'node:child_process';
import { MongoClient } from 'mongodb';
import { systemClock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import { testConnection } from '../../src/diagnostics/test-connection';
import { least, median, type Figure } from './figure';

/** The parts of a sandbox's description that lead to its nodes. */
export interface WayIn {
  readonly dnsServer: string;
  readonly socksProxy: string;
  readonly caFile: string;
  readonly dbUsername: string;
  readonly dbPassword: string;
}

/**
 * Pairs of runs that count, after those that load and warm up code. Single runs of some 50 ms differ by half: with 15
 * pairs the median of the same code was anything from 1.0 to 1.34.
 */
const usualPairs = 41;
const warmUps = 5;

/**
 * What a test of a healthy string takes, and what the official driver takes to connect and ping, in this process and by
 * the same way. They take turns, and turns in who begins, so that both meet the same machine.
 */
export async function againstDriver(
  what: string,
  way: WayIn,
  connectionString: string,
  limit: number,
  pairs = usualPairs,
): Promise<readonly Figure[]> {
  const driver: number[] = [];
  const test: number[] = [];
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    const turns = [
      async () => {
        const ms = await timeOf(() => connectAndPing(way, connectionString));
        if (pair >= 0) driver.push(ms);
      },
      async () => {
        const ms = await timeOf(() => runTest(way, connectionString));
        if (pair >= 0) test.push(ms);
      },
    ];
    for (const turn of pair % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  const ratios = test.map((ms, pair) => ms / (driver[pair] ?? ms));
  return [
    { name: `${what}: driver`, value: median(driver), unit: 'ms', note: noteOf(driver) },
    { name: `${what}: test, every node and address`, value: median(test), unit: 'ms', note: noteOf(test) },
    {
      name: `${what}: test for driver`,
      value: median(ratios),
      unit: 'times',
      limit,
      note: `least for least ${(least(test) / least(driver)).toFixed(2)}`,
    },
  ];
}

function noteOf(times: readonly number[]): string {
  return `least ${least(times).toFixed(0)}`;
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function runTest(way: WayIn, connectionString: string): Promise<void> {
  const { dnsServer, socksProxy, caFile, dbUsername: username, dbPassword: password } = way;
  const { verdict } = await testConnection(
    {
      connectionString,
      signIn: { kind: 'password', username, password },
      route: { dnsServers: [dnsServer], socksProxy, caFile },
      // Nothing is silent here, so this only keeps a slow machine from ending a test.
      hopTimeoutMs: 30_000,
      where: { hostname: 'bench', kind: 'local' },
    },
    { clock: systemClock, logger: silentLogger },
    () => undefined,
  );
  if (verdict.outcome !== 'connected') throw new Error(`The test ended with ${verdict.outcome}.`);
}

/** What an application does first, by the same way into the network. */
async function connectAndPing(way: WayIn, connectionString: string): Promise<void> {
  const { socksProxy, caFile, dbUsername: username, dbPassword: password } = way;
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

/** The same by `mongosh`, which starts anew each time; or a figure that says that it is not installed. */
export async function againstMongosh(way: WayIn, connectionString: string): Promise<readonly Figure[]> {
  if (!(await succeeds(['--version'], {}))) {
    return [
      { name: 'mongosh on this machine', value: 0, unit: 'items', note: 'not installed: nothing to compare with' },
    ];
  }
  const { hostname, port } = new URL(way.socksProxy);
  const string = new URL(connectionString.replace(/^mongodb:\/\/[^/]*/, 'mongodb://hosts'));
  string.searchParams.set('proxyHost', hostname);
  string.searchParams.set('proxyPort', port);
  string.searchParams.set('tlsCAFile', way.caFile);
  const hosts = /^mongodb:\/\/([^/]*)/.exec(connectionString)?.[1] ?? '';
  const user = `${encodeURIComponent(way.dbUsername)}:${encodeURIComponent(way.dbPassword)}`;
  // By the environment: what is in the command line is seen by everybody on the machine.
  const environment = { BENCH_STRING: string.href.replace('://hosts', `://${user}@${hosts}`) };
  const script = 'Mongo(process.env.BENCH_STRING).getDB("admin").runCommand({ ping: 1 }).ok === 1 || quit(1)';
  const run = async (): Promise<void> => {
    if (!(await succeeds(['--nodb', '--quiet', '--eval', script], environment))) throw new Error('mongosh failed.');
  };
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) times.push(await timeOf(run));
  const test = await timeOf(() => runTest(way, connectionString));
  return [
    { name: 'mongosh: start, connect and ping', value: least(times), unit: 'ms' },
    { name: 'mongosh: for a test', value: least(times) / test, unit: 'times' },
  ];
}

function succeeds(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('mongosh', [...args], { env: { ...process.env, ...environment }, timeout: 60_000 }, (error) =>
      resolve(error === null),
    );
  });
}
