import assert from 'node:assert/strict';
import { systemClock } from '../../../src/core/clock';
import { resolveSeedList, type SeedListResult } from '../../../src/diagnostics/dns/seedlist';
import { records, scriptedDns, type Script } from '../../scripted-dns';

const name = 'cluster0-pl-0.ab1cd.mongodb.net';
const srvName = `_mongodb._tcp.${name}`;
const host = 'pl-0-us-east-1.ab1cd.mongodb.net';
const targets = [records.srv(srvName, host, 1024), records.srv(srvName, host, 1025)];

/** What is made of SRV and TXT records like these, with a limit that is waited for in tests of silence only. */
async function seedList(
  srv: ReturnType<Script>,
  txt: ReturnType<Script>,
  timeoutMs = txt === 'silence' ? 300 : 10_000,
): Promise<SeedListResult> {
  const server = await scriptedDns(({ type }) => (type === 'SRV' ? srv : txt));
  try {
    const servers = [{ address: server.address, source: 'route' } as const];
    const { signal } = new AbortController();
    return await resolveSeedList(name, 'mongodb', { servers, clock: systemClock, timeoutMs, signal });
  } finally {
    await server.close();
  }
}

const failureOf = (result: SeedListResult): string => ('failure' in result ? result.failure : 'none');
const factsOf = ({ facts }: SeedListResult, fact: string): readonly string[] =>
  facts.filter((each) => each.name === fact).map(({ value }) => value);

describe('the seedlist', () => {
  for (const [title, txt, outcome] of [
    ['an error', { rcode: 2 }, 'servfail'],
    ['a refusal', { rcode: 5 }, 'refused'],
    ['silence', 'silence', 'timeout'],
    ['garbage', Buffer.from([0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 0xff, 0xff]), 'garbage'],
  ] as const) {
    it(`fails when ${title} is the answer to the question for the TXT record, as drivers do`, async () => {
      const result = await seedList({ answers: targets }, txt);
      assert.equal(failureOf(result), 'txt-failed');
      assert.match(factsOf(result, 'resolver').join(), new RegExp(`^\\S+ ${outcome} `));
    });
  }

  for (const [title, txt] of [
    ['there is no TXT record', {}],
    ['there is no such name for it', { rcode: 3 }],
  ] as const) {
    it(`does without options where ${title}`, async () => {
      const result = await seedList({ answers: targets }, txt);
      assert.ok('targets' in result, failureOf(result));
      assert.deepEqual([result.targets.length, result.options], [2, {}]);
    });
  }

  for (const [title, text, failure] of [
    ['known options', 'authSource=admin&replicaSet=rs0', 'none'],
    ['an option without a value', 'authSource=admin&replicaSet=', 'txt-invalid'],
    ['another option', 'tls=false', 'txt-invalid'],
  ] as const) {
    it(`${failure === 'none' ? 'takes' : 'does not take'} a TXT record with ${title}`, async () => {
      assert.equal(failureOf(await seedList({ answers: targets }, { answers: [records.txt(name, text)] })), failure);
    });
  }

  for (const [title, record, told] of [
    ['port 0', records.srv(srvName, host, 0), `${host}:0`],
    ['no host', records.srv(srvName, '.', 1026), ':1026'],
  ] as const) {
    it(`is refused for one record with ${title}, and names it`, async () => {
      const result = await seedList({ answers: [...targets, record] }, {});
      assert.equal(failureOf(result), 'srv-invalid');
      assert.deepEqual(factsOf(result, 'invalidTarget'), [told]);
    });
  }

  it('is at the end of CNAMEs, its options, too', async () => {
    const [alias, end] = ['seeds.example.net', '_mongodb._tcp.elsewhere.example.net'];
    const result = await seedList(
      {
        answers: [
          records.cname(srvName, alias),
          records.cname(alias, end),
          records.srv(end, host, 1024),
          records.srv('_mongodb._tcp.other.mongodb.net', host, 1025),
        ],
      },
      { answers: [records.cname(name, alias), records.txt(alias, 'authSource=admin')] },
    );
    assert.ok('targets' in result, failureOf(result));
    assert.deepEqual([result.targets, result.options], [[{ host, port: 1024 }], { authSource: 'admin' }]);
  });

  it('is no answer when CNAMEs go round', async () => {
    const round = [records.cname(srvName, 'a.example.net'), records.cname('a.example.net', srvName)];
    assert.equal(failureOf(await seedList({ answers: round }, {})), 'dns-garbage');
  });

  it('is no answer when the records are of another name', async () => {
    const result = await seedList({ answers: [records.srv('_mongodb._tcp.other.mongodb.net', host, 1024)] }, {});
    assert.equal(failureOf(result), 'dns-garbage');
  });
});
