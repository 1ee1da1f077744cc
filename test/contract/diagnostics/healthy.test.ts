import assert from 'node:assert/strict';
import type { TestReport } from '../../../src/diagnostics/events';
import { openLab, type Lab } from './diagnose';

/** Nothing is waited for in vain here, and the machine may be busy with other tests. */
const unhurried = { hopTimeoutMs: 8000 };

describe('the connection test on healthy clusters', () => {
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab.close());

  const projects = [
    'storefront-sandbox',
    'orders-sandbox',
    'billing-on-azure-sandbox',
    'analytics-on-google-cloud-sandbox',
    'archive-on-google-cloud-sandbox',
    'global-replica-set-sandbox',
    'regionalized-sandbox',
  ];
  for (const project of projects) {
    it(`connects through the seedlist string and finds nothing: ${project}`, async () => {
      const { report, codes } = await lab.diagnose(lab.seedlist(project), unhurried);
      assert.deepEqual(codes, []);
      assert.equal(report.verdict.outcome, 'connected');
    });
    it(`connects through the standard string and finds nothing: ${project}`, async () => {
      const { report, codes } = await lab.diagnose(lab.standard(project), unhurried);
      assert.deepEqual(codes, []);
      assert.equal(report.verdict.outcome, 'connected');
    });
  }

  it('signs in where the string says that the user is, with a password that does not stand in it', async () => {
    const string = lab.standard('storefront-sandbox').replace(/\/\?/u, '/shop?');
    assert.match(string, /\/shop\?.*authSource=admin/u);
    const { codes } = await lab.diagnose(string, unhurried);
    assert.deepEqual(codes, []);
    const elsewhere = await lab.diagnose(string.replace('authSource=admin', 'authSource=elsewhere'), unhurried);
    assert.deepEqual(elsewhere.codes, ['AUTH_FAILED']);
  });

  for (const [says, options] of [
    ['a secondary as the only seed', ''],
    ['a secondary alone', '&directConnection=true'],
  ] as const) {
    it(`connects through ${says}, and finds nothing`, async () => {
      const string = lab
        .standard('storefront-sandbox')
        .replace(/\/\/[^/]*/u, '//pl-0-us-east-1-k45tj.mongodb.net:1025');
      const { report, codes } = await lab.diagnose(string + options, unhurried);
      assert.deepEqual([codes, report.verdict.outcome], [[], 'connected']);
      const roles = report.hops.flatMap(({ facts }) => facts.filter(({ name }) => name === 'role'));
      assert.deepEqual([...new Set(roles.map(({ value }) => value))], ['secondary']);
      const skipped = await lab.diagnose(string + options, { ...unhurried, signIn: { kind: 'skip' } });
      assert.deepEqual([skipped.codes, skipped.report.verdict.outcome], [[], 'reachable-not-signed-in']);
    });
  }

  it('connects through an optimized string', async () => {
    const { report, codes } = await lab.diagnose(lab.optimized('orders-sandbox'), unhurried);
    assert.deepEqual(codes, []);
    assert.equal(report.verdict.outcome, 'connected');
  });

  it('shows the way of the seed: SRV, CNAME, an address per subnet, every port of every address', async () => {
    const { report } = await lab.diagnose(lab.seedlist('storefront-sandbox'));
    const of = (hop: string): readonly string[] =>
      report.hops.filter((result) => result.hop === hop).map(({ subject }) => subject);
    assert.deepEqual(of('srv'), ['cluster0-pl-0-k45tj.mongodb.net']);
    const ports = [1024, 1025, 1026];
    assert.deepEqual(
      of('tcp').toSorted(),
      ['10.0.20.54', '10.0.30.194'].flatMap((address) => ports.map((port) => `${address}:${port}`)),
    );
    const [cname] = report.hops.filter(({ hop }) => hop === 'cname');
    assert.deepEqual(
      cname?.facts.map(({ value }) => value),
      [
        'vpce-024f5b57108c8d3ed-ypwbxwll.vpce-svc-02863655456245e5c.us-east-1.vpce.amazonaws.com',
        'vpce-024f5b57108c8d3ed',
      ],
    );
    assert.equal(nodesGreeted(report).size, 3);
  });

  it('goes as far as hello over every address when it makes the handshakes itself', async () => {
    const { report } = await lab.diagnose(lab.seedlist('storefront-sandbox'), { signIn: { kind: 'skip' } });
    assert.equal(nodesGreeted(report).size, 3);
    const greeted = report.hops.filter(({ hop, outcome }) => hop === 'hello' && outcome === 'passed');
    assert.deepEqual([...new Set(greeted.map(({ subject }) => subject.replace(/:\d+$/, '')))].toSorted(), [
      '10.0.20.54',
      '10.0.30.194',
    ]);
  });

  it('is reachable without signing in when that is not wanted, and says so', async () => {
    const { report } = await lab.diagnose(lab.seedlist('storefront-sandbox'), { signIn: { kind: 'skip' } });
    assert.equal(report.verdict.outcome, 'reachable-not-signed-in');
    assert.deepEqual(
      report.hops.filter(({ hop }) => hop === 'sign-in').map(({ outcome }) => outcome),
      ['skipped'],
    );
  });

  it('resolves names beyond the proxy when no DNS server is given', async () => {
    const { socksProxy, caFile } = lab.route;
    const route = { dnsServers: [], ...(socksProxy && { socksProxy }), ...(caFile && { caFile }) };
    const { report, codes } = await lab.diagnose(lab.standard('storefront-sandbox'), { ...unhurried, route });
    assert.deepEqual(codes, []);
    assert.equal(report.verdict.outcome, 'connected');
  });
});

/** The nodes that have said what they are. */
function nodesGreeted({ hops }: TestReport): ReadonlySet<string> {
  const greeted = hops.filter(({ hop, outcome }) => hop === 'hello' && outcome === 'passed');
  return new Set(greeted.flatMap(({ facts }) => facts.filter(({ name }) => name === 'node').map(({ value }) => value)));
}
