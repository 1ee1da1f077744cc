import assert from 'node:assert/strict';
import { openLab, type Lab } from '../contract/diagnostics/diagnose';
import { mainServer, openVpc, secondServer, type Vpc } from './vpc';
import { runHelper, type HelperReport } from './run-helper';
import { host, longSeedList, one, other, projects } from './same-verdict';

describe('a VPC that is in order, by its own resolver and without a proxy', function () {
  this.timeout(60_000);
  let lab: Lab;
  let vpc: Vpc;
  before(async () => {
    vpc = await openVpc(projects);
    lab = await openLab();
  });
  after(async () => {
    await Promise.all([lab.close(), vpc.close()]);
  });
  afterEach(() => vpc.repair());

  const strings: readonly (readonly [title: string, string: () => string])[] = [
    ['a seedlist string', () => lab.seedlist('storefront-sandbox')],
    ['a standard string', () => lab.standard('storefront-sandbox')],
    ['an optimized string', () => lab.optimized('orders-sandbox')],
    ['the seedlist string of a sharded cluster', () => lab.seedlist('orders-sandbox')],
    ['a seedlist string on Azure', () => lab.seedlist('billing-on-azure-sandbox')],
  ];
  for (const [title, string] of strings) {
    it(`is found to be so by ${title}`, async () => {
      const { verdict } = await vpc.diagnose(string());
      assert.deepEqual([verdict.outcome, verdict.problems], ['connected', []]);
    });
  }

  it('with an answer that is too long for UDP, taken over TCP', async () => {
    await vpc.serveNames(mainServer, { ...vpc.records, srv: longSeedList(vpc.records) });
    const { verdict } = await vpc.diagnose(lab.seedlist('storefront-sandbox'));
    assert.deepEqual([verdict.outcome, verdict.problems], ['connected', []]);
  });

  it('with a host that the operating system alone knows, and says who does not', async () => {
    await vpc.serveNames(mainServer, { ...vpc.records, cname: [], address: [] });
    vpc.namespace.setHosts([one, other].map((address) => [host, address]));
    const { verdict } = await vpc.diagnose(lab.seedlist('storefront-sandbox'));
    const [found, ...others] = verdict.problems;
    assert.deepEqual([verdict.outcome, found?.code, others], ['connected', 'TARGET_REBIND_FILTERED', []]);
    assert.deepEqual(found?.parameters, { servers: `${mainServer}:53`, answeredBy: 'operating-system' });
  });

  describe('by the helper', () => {
    const helper = (string: string, ...more: readonly string[]): Promise<HelperReport> => {
      const { dbUsername, dbPassword } = vpc.world.credentials;
      return runHelper([string, '--ca', vpc.nodes.caFile, '--username', dbUsername, ...more], dbPassword);
    };

    it('connects, with the server of resolv.conf', async () => {
      const { code, outcome, codes, hops } = await helper(lab.seedlist('storefront-sandbox'));
      assert.deepEqual([code, outcome, codes], [0, 'connected', []]);
      const dialled = hops.filter(({ hop }) => hop === 'tcp').map(({ subject }) => subject);
      const ports = [1024, 1025, 1026];
      assert.deepEqual(
        dialled.toSorted(),
        [other, one].flatMap((address) => ports.map((port) => `${address}:${port}`)),
      );
    });

    it('names the server that does not know what another knows, and fails where programs ask it first', async () => {
      // The company's own server, which nobody has told of the endpoint.
      await vpc.serveNames(secondServer, ['local=/mongodb.net/']);
      vpc.useServers(mainServer, secondServer);
      const later = await helper(lab.seedlist('storefront-sandbox'));
      assert.deepEqual([later.code, later.outcome, later.codes], [0, 'connected', ['RESOLVERS_DISAGREE']]);
      vpc.useServers(secondServer, mainServer);
      // By the SRV records, and by the operating system's lookup of the host.
      for (const string of [lab.seedlist('storefront-sandbox'), lab.standard('storefront-sandbox')]) {
        const { code, outcome, codes } = await helper(string);
        assert.deepEqual([code, outcome, codes], [1, 'failed', ['NAME_NOT_FOUND_HERE']]);
      }
    });

    it('connects to what the operating system says, and tells that DNS says something else', async () => {
      // A line that was written when the endpoint was another one.
      vpc.namespace.setHosts([[host, '10.5.5.5']]);
      const { code, outcome, codes, hops } = await helper(lab.seedlist('storefront-sandbox'));
      assert.deepEqual([code, outcome, codes], [1, 'failed', ['SYSTEM_ADDRESSES', 'ADDRESS_UNROUTABLE']]);
      const dialled = hops.filter(({ hop }) => hop === 'tcp').map(({ subject }) => subject.split(':')[0]);
      assert.deepEqual([...new Set(dialled)], ['10.5.5.5']);
    });

    it('says nothing of a hosts file that has one of the addresses of DNS', async () => {
      vpc.namespace.setHosts([[host, one]]);
      const { code, outcome, codes } = await helper(lab.seedlist('storefront-sandbox'));
      assert.deepEqual([code, outcome, codes], [0, 'connected', []]);
    });

    it('blames no editor where the hosts file has what a dead server has not', async () => {
      vpc.useServers(secondServer);
      vpc.namespace.setHosts([one, other].map((address) => [host, address]));
      const { code, outcome, codes } = await helper(lab.standard('storefront-sandbox'));
      assert.deepEqual([code, outcome, codes], [0, 'connected', []]);
    });

    it('connects beside a server that is gone', async () => {
      vpc.useServers(secondServer, mainServer);
      const { code, outcome, codes } = await helper(lab.seedlist('storefront-sandbox'));
      assert.deepEqual([code, outcome, codes], [0, 'connected', []]);
    });

    it('tells dropped packets within its time', async () => {
      vpc.namespace.filter(`ip daddr { ${one}, ${other} } drop`);
      const { code, outcome, codes } = await helper(lab.seedlist('storefront-sandbox'), '--timeout', '3');
      assert.deepEqual([code, outcome, codes], [1, 'failed', ['TCP_TIMEOUT_ALL']]);
    });

    it('ends with its verdict when the resolver is silent, though the system would wait longer', async () => {
      vpc.namespace.filter('udp dport 53 drop');
      const { code, codes, lastedMs } = await helper(lab.standard('storefront-sandbox'), '--timeout', '3');
      assert.deepEqual([code, codes], [1, ['RESOLVER_UNREACHABLE']]);
      // The system asks twice, five seconds each.
      assert.ok(lastedMs < 9000, `it lasted ${lastedMs.toFixed(0)} ms`);
    });

    it('does not trust the nodes without their authority', async () => {
      const { dbUsername, dbPassword } = vpc.world.credentials;
      const { code, codes } = await runHelper(
        [lab.seedlist('storefront-sandbox'), '--username', dbUsername],
        dbPassword,
      );
      assert.deepEqual([code, codes], [1, ['TLS_INTERCEPTED']]);
    });
  });
});
