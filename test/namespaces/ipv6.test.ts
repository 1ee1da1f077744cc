import assert from 'node:assert/strict';
import { ipv6Addresses, makeDualStack } from '../builders/dual-stack';
import { one, other, seedName } from './same-verdict';
import { mainServer, openVpc, type Vpc } from './vpc';

describe('a host with AAAA records, by the resolver of the system', function () {
  this.timeout(60_000);
  let vpc: Vpc;
  before(async () => {
    vpc = await openVpc(['storefront-sandbox'], makeDualStack);
  });
  after(() => vpc.close());
  afterEach(() => vpc.repair());

  const string = `mongodb+srv://${seedName}`;

  for (const [title, addresses] of [
    ['A and AAAA', [one, other, ...ipv6Addresses]],
    ['AAAA alone', ipv6Addresses],
  ] as const) {
    it(`${title}: every port of every address`, async () => {
      const address = vpc.records.address.filter((record) => addresses.includes(record.address));
      await vpc.serveNames(mainServer, { ...vpc.records, address });
      const { verdict, hops } = await vpc.diagnose(string);
      assert.deepEqual([verdict.outcome, verdict.problems], ['connected', []]);
      const dialled = hops.filter(({ hop, outcome }) => hop === 'tcp' && outcome === 'passed');
      assert.equal(dialled.length, 3 * addresses.length);
    });
  }

  it('IPv6 that is dropped while IPv4 passes', async () => {
    vpc.namespace.filter(`ip6 daddr { ${ipv6Addresses.join(', ')} } drop`);
    const { verdict } = await vpc.diagnose(string, { hopTimeoutMs: 3000 });
    assert.deepEqual(
      verdict.problems.map(({ code }) => code),
      ['TCP_TIMEOUT_ONE_ZONE'],
    );
  });
});
