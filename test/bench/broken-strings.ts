import { MongoClient } from 'mongodb';
import { brokenCodes } from '../../src/sandbox/world/scenarios/broken';
import { openLab, type Lab } from '../contract/diagnostics/diagnose';
import { proxyFaults } from '../contract/diagnostics/faulty-lab';
import { median, type Bench, type Figure } from './figure';

/** The product's own default: milliseconds that one hop may wait. */
const hopTimeoutMs = 4000;
/** Tests under way at once: most of the time is waiting for what does not answer. */
const lanes = 4;

/** How soon the verdict on a connection that does not work is there, and how soon the official driver gives up. */
export const bench: Bench = {
  title: 'Connection test of what does not work',
  run: async () => {
    const lab = await openLab({ scenario: 'broken' });
    try {
      const [driver, ofScenario] = await Promise.all([driverGivesUp(lab), (ofThreeNodes ??= verdictTimes(lab, lanes))]);
      const verdicts = [...ofScenario, ...(await proxyVerdictTimes(lab))];
      const times = verdicts.map(({ ms }) => ms);
      const slowest = verdicts.reduce((one, other) => (other.ms > one.ms ? other : one));
      const silent = verdicts.find(({ code }) => code === silentCode)?.ms ?? slowest.ms;
      return [
        { name: 'strings tested', value: verdicts.length, unit: 'items', note: 'every failure of the sandbox' },
        { name: 'verdict, median', value: median(times), unit: 'ms' },
        { name: 'verdict, slowest', value: slowest.ms, unit: 'ms', limit: 5000, note: slowest.code },
        { name: 'driver gives up when packets are dropped', value: driver, unit: 'ms', note: 'its defaults' },
        { name: 'verdict sooner than the driver', value: driver / silent, unit: 'times', limit: 6, limitIs: 'least' },
      ] satisfies Figure[];
    } finally {
      await lab.close();
    }
  },
};

/** Nothing answers at any address. */
const silentCode = 'TCP_TIMEOUT_ALL';

function stringOf(lab: Lab, code: string): string {
  const project = [...lab.sandbox.world.atlas.projects.values()].find(({ name }) => name === `${code}-sandbox`);
  if (project === undefined) throw new Error(`The sandbox has no project for ${code}.`);
  return `cluster0-pl-0.${project.domainLabel}.mongodb.net`;
}

interface VerdictTime {
  readonly code: string;
  readonly ms: number;
}

/** Those of this bench, once it runs. */
let ofThreeNodes: Promise<readonly VerdictTime[]> | undefined;

/** Verdicts on every failure of the sandbox as it is, with three nodes: measured once, whatever benches compare with it. */
export function verdictTimesOfThree(): Promise<readonly VerdictTime[]> {
  return (ofThreeNodes ??= (async () => {
    const lab = await openLab({ scenario: 'broken' });
    try {
      return await verdictTimes(lab, lanes);
    } finally {
      await lab.close();
    }
  })());
}

/** Every failure of the sandbox, and the milliseconds until the verdict on it. */
export async function verdictTimes(lab: Lab, atOnce: number): Promise<readonly VerdictTime[]> {
  const waiting = [...brokenCodes];
  const verdicts: VerdictTime[] = [];
  const lane = async (): Promise<void> => {
    for (let code = waiting.shift(); code !== undefined; code = waiting.shift()) {
      const { report } = await lab.diagnose(`mongodb+srv://${stringOf(lab, code)}/`, { hopTimeoutMs });
      verdicts.push({ code, ms: report.durationMs });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return verdicts;
}

/** Failures of the proxy, one after the other: all strings have them at once. */
async function proxyVerdictTimes(lab: Lab): Promise<readonly VerdictTime[]> {
  const verdicts: VerdictTime[] = [];
  for (const [code, fault] of Object.entries(proxyFaults)) {
    lab.sandbox.faults.set(fault, true, '*');
    const { report, codes } = await lab.diagnose(`mongodb+srv://${stringOf(lab, 'CLUSTER_UPDATING')}/`, {
      hopTimeoutMs,
    });
    lab.sandbox.faults.set(fault, false, '*');
    if (!codes.includes(code)) throw new Error(`The verdict on ${fault} is ${codes.join()}.`);
    verdicts.push({ code, ms: report.durationMs });
  }
  return verdicts;
}

/** Milliseconds until the driver rejects, with the hosts that the seedlist has: it asks Node's resolver for them. */
async function driverGivesUp(lab: Lab): Promise<number> {
  const { socksProxy, caFile, dbUsername: username, dbPassword: password } = lab.sandbox.description;
  const { hostname, port } = new URL(socksProxy);
  const client = new MongoClient(lab.standard(`${silentCode}-sandbox`), {
    auth: { username, password },
    proxyHost: hostname,
    proxyPort: Number(port),
    tlsCAFile: caFile,
  });
  const started = performance.now();
  try {
    await client.connect();
    throw new Error('The driver connected where nothing answers.');
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'MongoServerSelectionError') throw error;
    return performance.now() - started;
  } finally {
    await client.close();
  }
}
