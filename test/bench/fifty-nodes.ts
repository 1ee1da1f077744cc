import { promises as dns } from 'node:dns';
import type { World } from '../../src/sandbox/world/world';
import { openLab } from '../contract/diagnostics/diagnose';
import { againstDriver } from './against-driver';
import { verdictTimes, verdictTimesOfThree } from './broken-strings';
import { median, type Bench, type Figure } from './figure';

/** What Atlas has at most in a region (seed: addressable targets). */
const nodes = 50;
/**
 * So much more than with three nodes everything may take: the limits of three nodes (1.2 times the driver, with as many
 * nodes; five seconds to a verdict) are wider by that.
 */
const allowance = 1.5;
/** Tests under way at once, fewer than with three nodes: these wait for the processor, too. */
const lanesOfMany = 2;
/** Pairs of a test and the driver's way, each of which takes as long as several with three nodes. */
const pairs = 7;

/** The connection test with as many nodes as a region can have, against three. */
export const bench: Bench = {
  title: 'Connection test of a cluster with 50 nodes',
  run: async () => [...(await healthy()), ...(await broken())],
};

async function healthy(): Promise<readonly Figure[]> {
  const lab = await openLab();
  const resolvers = dns.getServers();
  try {
    dns.setServers([lab.sandbox.description.dnsServer]);
    grow(lab.sandbox.world);
    return await againstDriver(
      '50 nodes, healthy',
      lab.sandbox.description,
      lab.seedlist('storefront-sandbox'),
      Number((1.2 * allowance).toFixed(1)),
      pairs,
    );
  } finally {
    dns.setServers(resolvers);
    await lab.close();
  }
}

async function broken(): Promise<readonly Figure[]> {
  const three = await verdictTimesOfThree();
  const fifty = await verdictTimesOfMany();
  const slowest = fifty.reduce((one, other) => (other.ms > one.ms ? other : one));
  const before = Math.max(...three.map(({ ms }) => ms));
  return [
    {
      name: '50 nodes, broken: strings tested',
      value: fifty.length,
      unit: 'items',
      note: 'every failure of the sandbox',
    },
    { name: '50 nodes, broken: verdict, median', value: median(fifty.map(({ ms }) => ms)), unit: 'ms' },
    {
      name: '50 nodes, broken: verdict, slowest',
      value: slowest.ms,
      unit: 'ms',
      limit: 5000 * allowance,
      note: slowest.code,
    },
    {
      name: '50 nodes, broken: slowest, for three nodes',
      value: slowest.ms / before,
      unit: 'times',
      limit: allowance,
      note: `three nodes: ${before.toFixed(0)} ms`,
    },
  ];
}

async function verdictTimesOfMany(): ReturnType<typeof verdictTimes> {
  const lab = await openLab({ scenario: 'broken' });
  try {
    grow(lab.sandbox.world);
    return await verdictTimes(lab, lanesOfMany);
  } finally {
    await lab.close();
  }
}

/** Gives every replica set of the world 50 nodes, those that are new in its first region. */
function grow(world: World): void {
  for (const { clusters } of world.atlas.projects.values()) {
    for (const [name, cluster] of clusters) {
      const [first, ...others] = cluster.regions;
      if (cluster.topology !== 'REPLICASET' || first === undefined) continue;
      const elsewhere = others.reduce((sum, { electable }) => sum + electable, 0);
      clusters.set(name, { ...cluster, regions: [{ ...first, electable: nodes - elsewhere }, ...others] });
    }
  }
}
