import assert from 'node:assert/strict';
import { openLab, type Lab } from './diagnose';
import { openGathering, type Gathering } from './evidence-of';
import { federatedHosts } from '../../../src/sandbox/network/topology';
import {
  peeringStrings,
  privateEndpointStrings,
  publicStrings,
  serverlessStrings,
} from '../../../src/sandbox/world/strings';
import type { SandboxProject } from '../../../src/sandbox/world/world';

/** Projects in order, of every provider and kind. */
const healthy = [
  'storefront-sandbox',
  'orders-sandbox',
  'billing-on-azure-sandbox',
  'analytics-on-google-cloud-sandbox',
  'archive-on-google-cloud-sandbox',
  'global-replica-set-sandbox',
  'regionalized-sandbox',
  'two-clouds-sandbox',
  'cross-region-sandbox',
  'serverless-sandbox',
  'serverless-on-azure-sandbox',
  'data-federation-sandbox',
];
/** What is known of its own accord: an endpoint in a single zone. */
const oneZone = /orders-sandbox|data-federation-sandbox/;
/** Milliseconds: nothing is silent here. */
const hopTimeoutMs = 15_000;

describe('a connection that works is told nothing, whatever Atlas and the AWS account say beside it', function () {
  this.timeout(120_000);
  let lab: Lab;
  let gathering: Gathering;
  before(async () => {
    lab = await openLab();
    gathering = openGathering(lab.sandbox);
    for (const project of healthy) lab.sandbox.faults.set('public-open', true, project);
  });
  after(async () => {
    await gathering.close();
    await lab.close();
  });

  for (const name of healthy) {
    it(name, async () => {
      const project = [...lab.sandbox.world.atlas.projects.values()].find((one) => one.name === name);
      assert.ok(project);
      const strings = stringsOf(lab, project);
      assert.ok(strings.length >= 2, strings.join());
      for (const string of strings) {
        const { report, codes, events } = await lab.diagnose(string, {
          hopTimeoutMs,
          evidence: gathering.evidence(name, string),
        });
        const told = JSON.stringify(report.verdict.problems);
        const said = events.flatMap((event) => (event.type === 'evidence' ? [event.evidence] : []))[0];
        assert.ok(said?.atlas !== undefined && said.missing === undefined, JSON.stringify(said?.missing));
        assert.equal(report.verdict.outcome, 'connected', `${string}: ${told}`);
        assert.deepEqual(
          codes.filter((code) => code !== 'ONE_ZONE' || !oneZone.test(name)),
          [],
          `${string}: ${told}`,
        );
      }
    });
  }
});

/** Every string of a project: private in each form, peering and public ones, of clusters and federated databases. */
function stringsOf({ sandbox: { world } }: Lab, project: SandboxProject): readonly string[] {
  const strings = [...project.clusters.values()].flatMap((cluster) => {
    const open = cluster.kind === 'serverless' ? [] : [publicStrings(cluster), peeringStrings(project, cluster)];
    return [
      ...privateEndpointStrings(world, project, cluster).flatMap((one) => [
        one.srvConnectionString,
        one.connectionString,
        one.srvShardOptimizedConnectionString,
      ]),
      ...serverlessStrings(world, cluster).map(({ srvName }) => `mongodb+srv://${srvName}`),
      ...open.flatMap((one) => (one === undefined ? [] : [one.standard, one.standardSrv])),
      ...(cluster.kind === 'serverless' ? [publicStrings(cluster).standardSrv] : []),
    ];
  });
  const federated = federatedHosts(world, project).map(({ host }) => `mongodb://${host}/?ssl=true&authSource=admin`);
  return [...strings, ...federated].filter((one) => one !== undefined);
}
