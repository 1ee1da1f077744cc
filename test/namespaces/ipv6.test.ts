import assert from 'node:assert/strict';
import { ipv6Addresses, makeDualStack } from '../builders/dual-stack';
import { endpointName, one, other, seedName } from './same-verdict';
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

  it('a machine without IPv6: the addresses prove nothing', async () => {
    // The namespace has the addresses of the endpoint, and no other way to IPv6.
    const away = 'fd00:10:0:99::7';
    const ipv4 = vpc.records.address.filter(({ address }) => !address.includes(':'));
    await vpc.serveNames(mainServer, { ...vpc.records, address: [...ipv4, { name: endpointName, address: away }] });
    const { verdict, hops } = await vpc.diagnose(string);
    assert.deepEqual([verdict.outcome, verdict.problems], ['connected', []]);
    const told = hops.filter(({ subject }) => subject.startsWith(`[${away}]`));
    assert.deepEqual(
      told.map(({ hop, outcome, facts }) => [hop, outcome, facts[0]?.value, facts[1]?.value]),
      [1024, 1025, 1026].map(() => ['tcp', 'skipped', 'no-ipv6', 'ENETUNREACH']),
    );
  });

  it('IPv6 that is dropped while IPv4 passes', async () => {
    vpc.namespace.filter(`ip6 daddr { ${ipv6Addresses.join(', ')} } drop`);
    const { verdict } = await vpc.diagnose(string, { hopTimeoutMs: 3000 });
    assert.deepEqual(
      verdict.problems.map(({ code }) => code),
      ['TCP_TIMEOUT_ONE_ZONE'],
    );
  });
});
