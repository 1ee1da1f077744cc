import assert from 'node:assert/strict';
import type { NetworkFault } from '../../../src/sandbox/network/faults';
import { describeProblem } from '../../../src/messages/problem-text';
import { openLab, type Diagnosis, type Lab } from './diagnose';
import { openGathering, type Gathering } from './evidence-of';

/** Of a cluster, each with a port of its own, at every address of an endpoint. */
const nodes = 3;

describe('where a string leads, by DNS, Atlas and the AWS account', function () {
  this.timeout(60_000);
  let lab: Lab;
  let gathering: Gathering;
  let broken: Lab;
  let gatheringOfBroken: Gathering;
  before(async () => {
    lab = await openLab();
    gathering = openGathering(lab.sandbox);
    broken = await openLab({ scenario: 'broken' });
    gatheringOfBroken = openGathering(broken.sandbox);
  });
  after(async () => {
    await Promise.all([gathering.close(), gatheringOfBroken.close()]);
    await Promise.all([lab.close(), broken.close()]);
  });
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

  const diagnose = (project: string, clientAddresses = lab.route.clientAddresses ?? []): Promise<Diagnosis> => {
    const string = lab.seedlist(project);
    return lab.diagnose(string, {
      route: { ...lab.route, clientAddresses },
      evidence: gathering.evidence(project, string),
    });
  };
  const switchOn = (fault: NetworkFault, ...subjects: string[]): void => {
    for (const subject of subjects) lab.sandbox.faults.set(fault, true, subject);
  };

  for (const [project, host, expected] of [
    ['storefront-sandbox', 'pl-0-us-east-1-k45tj.mongodb.net', /10\.0\.(?:20\.54|30\.194)/],
    ['billing-on-azure-sandbox', 'pl-0-eastus2.bz3mq.mongodb.net', /10\.20\.1\.5/],
  ] as const) {
    it(`ADDRESS_WRONG: DNS gives an address that the endpoint does not have, and none when it does: ${project}`, async () => {
      assert.deepEqual((await diagnose(project)).codes, []);
      switchOn('dns-wrong-address', host);
      const { report, codes } = await diagnose(project);
      assert.deepEqual(codes, ['ADDRESS_WRONG']);
      const [found] = report.verdict.problems;
      assert.match(found?.parameters.expected ?? '', expected);
      assert.equal(found?.parameters.addresses, '10.255.255.254');
      assert.equal(found.parameters.answeredBy, lab.sandbox.description.dnsServer);
    });
  }

  it('TCP_TIMEOUT_ALL: on Azure the address may have been registered wrongly, and only Azure knows', async () => {
    switchOn('tcp-drop', '10.20.1.5');
    const string = lab.seedlist('billing-on-azure-sandbox');
    const { report, codes } = await lab.diagnoseUnanswered(nodes, string, {
      route: { ...lab.route, clientAddresses: [] },
      evidence: gathering.evidence('billing-on-azure-sandbox', string),
    });
    assert.deepEqual(codes, ['TCP_TIMEOUT_ALL']);
    const [found] = report.verdict.problems;
    assert.ok(found);
    const { fixes } = describeProblem(found);
    assert.match(fixes[0] ?? '', /private endpoint in Azure/);
    assert.match(fixes.join('\n'), /network security group of this machine/);
    assert.doesNotMatch(fixes.join('\n'), /interface endpoint|network ACL/, 'words of AWS');
  });

  it('ADDRESS_OVERLAP: a network of the machine holds the address, and a stranger answers', async () => {
    switchOn('not-tls-http', '10.0.30.194', '10.0.20.54');
    const { report, codes } = await diagnose('storefront-sandbox', ['172.20.0.3/16', '10.0.30.77/24']);
    assert.deepEqual(codes, ['ADDRESS_OVERLAP']);
    assert.equal(report.verdict.problems[0]?.parameters.network, '10.0.30.77/24');
    // Not where AWS has the machine in the VPC of the endpoint, and not where no network of it holds the address.
    assert.deepEqual((await diagnose('storefront-sandbox')).codes, ['NOT_TLS']);
    assert.deepEqual((await diagnose('storefront-sandbox', ['172.20.0.3/16'])).codes, ['NOT_TLS']);
  });

  it('ADDRESS_OVERLAP: none when the cluster answers at that address', async () => {
    assert.deepEqual((await diagnose('storefront-sandbox', ['10.0.30.77/24'])).codes, []);
  });

  it('ADDRESS_OVERLAP: the VPC of the machine has the addresses of the VPC of the endpoint', async () => {
    const { report } = await ofBroken('ADDRESS_OVERLAP', 'cluster0-pl-0');
    const [found, ...others] = report.verdict.problems;
    assert.equal(others.length, 0);
    assert.match(found?.parameters.network ?? '', /^10\.0\.0\.0\/16 \(vpc-/);
  });

  it('STRING_OTHER_ENDPOINT: the endpoint is in a network without a way to it, and names the one here', async () => {
    const { report, codes } = await ofBroken('STRING_OTHER_ENDPOINT', 'cluster0-pl-0');
    assert.deepEqual(codes, ['STRING_OTHER_ENDPOINT']);
    const [found] = report.verdict.problems;
    assert.ok(found);
    assert.match(found.subject, /^vpce-/);
    assert.match(found.parameters.expected ?? '', /^vpce-/);
    assert.notEqual(found.parameters.expected, found.subject);
    assert.ok(describeProblem(found).fixes.some((fix) => fix.includes(found.parameters.expected ?? '-')));
    // The other string of the same cluster is the right one.
    assert.deepEqual((await ofBroken('STRING_OTHER_ENDPOINT', 'cluster0-pl-1')).codes, []);
  });

  it('STRING_OTHER_ENDPOINT: DNS leads the right string to the endpoint of another', async () => {
    const host = `pl-1-us-east-1.${labelOf('STRING_OTHER_ENDPOINT')}.mongodb.net`;
    broken.sandbox.faults.set('dns-other-endpoint', true, host);
    const { report, codes } = await ofBroken('STRING_OTHER_ENDPOINT', 'cluster0-pl-1', []);
    broken.sandbox.faults.set('dns-other-endpoint', false, host);
    assert.deepEqual(codes, ['STRING_OTHER_ENDPOINT']);
    const [found] = report.verdict.problems;
    assert.equal(found?.parameters.vpc, undefined);
    assert.match(found?.parameters.expected ?? '', /^vpce-/);
    assert.notEqual(found?.parameters.expected, found?.subject);
  });

  const labelOf = (code: string): string =>
    [...broken.sandbox.world.atlas.projects.values()].find(({ name }) => name === `${code}-sandbox`)?.domainLabel ?? '';
  const ofBroken = (
    code: string,
    cluster: string,
    // The machine of one VPC only: the sandbox has one in each.
    clientAddresses = ['10.0.30.10/24'],
  ): Promise<Diagnosis> => {
    const string = `mongodb+srv://${cluster}.${labelOf(code)}.mongodb.net`;
    const more = {
      route: { ...broken.route, clientAddresses },
      evidence: gatheringOfBroken.evidence(`${code}-sandbox`, string),
    };
    const isFar = cluster.endsWith('pl-0') || clientAddresses.length === 0;
    return isFar ? broken.diagnoseUnanswered(2 * nodes, string, more) : broken.diagnose(string, more);
  };
});
