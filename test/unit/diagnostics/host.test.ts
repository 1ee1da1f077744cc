import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { decode, encode } from 'dns-packet';
import { systemClock, type Clock } from '../../../src/core/clock';
import { resolveHost, type HostResult } from '../../../src/diagnostics/dns/host';
import { records, scriptedDns, type Script } from '../../scripted-dns';

/** A clock that stands until it is moved on. */
function steppedClock(): Clock & { advance(ms: number): void } {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => time,
    monotonic: () => time,
    after: (ms, callback) => {
      const timer = { at: time + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      const until = time + ms;
      // Each at its own time: one that comes late tells of a thread that was held up.
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        timers.delete(next);
        time = next.at;
        next.callback();
      }
      time = until;
    },
  };
}

describe('the lookup of a host', () => {
  it('has one limit, however many CNAMEs the server gives one at a time', async () => {
    const clock = steppedClock();
    const timeoutMs = 2000;
    const asked: string[] = [];
    const server = createSocket('udp4');
    server.on('message', (bytes, { port, address }) => {
      const { id, questions: [question] = [] } = decode(bytes);
      assert.ok(question);
      const { name, type } = question;
      // The second of the two questions about a name is the one that takes the time; both are repeated meanwhile.
      asked.push(name);
      if (asked.filter((one) => one === name).length === 2) clock.advance(0.4 * timeoutMs);
      const data = `n${String(new Set(asked).size)}.sandbox.example`;
      const answers = [{ type: 'CNAME', name, class: 'IN', ttl: 1, data } as const];
      server.send(encode({ type: 'response', id: id ?? 0, questions: [{ name, type }], answers }), port, address);
    });
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const servers = [{ address: `127.0.0.1:${String(server.address().port)}`, source: 'route' } as const];
      const asking = { servers, clock, timeoutMs, signal: new AbortController().signal };
      const { failure, chain } = await resolveHost('pl-0.sandbox.example', asking, false);
      assert.equal(failure, 'dns-timeout');
      assert.ok(chain.length >= 2, 'what has been found is told');
      assert.ok(clock.now() < 1.5 * timeoutMs, `${String(clock.now())} ms for ${String(asked.length)} questions`);
    } finally {
      server.close();
    }
  });

  const name = 'pl-0.sandbox.example';
  const endpoint = 'vpce-0123456789abcdef0-abcd.vpce-svc-0123456789abcdef0.us-east-1.vpce.amazonaws.com';
  const resolved = async (script: Script): Promise<HostResult & { readonly asked: readonly string[] }> => {
    const server = await scriptedDns(script);
    try {
      const servers = [{ address: server.address, source: 'route' } as const];
      const asking = { servers, clock: systemClock, timeoutMs: 10_000, signal: new AbortController().signal };
      return { ...(await resolveHost(name, asking, false)), asked: server.asked };
    } finally {
      await server.close();
    }
  };

  it('tells the name that it leads to when that does not exist, and asks no further', async () => {
    const { failure, chain, asked } = await resolved(() => ({ rcode: 3, answers: [records.cname(name, endpoint)] }));
    assert.deepEqual([failure, chain, asked.length], ['nxdomain', [endpoint], 2]);
  });

  it('does not take the records of another name for an answer, nor for silence', async () => {
    const { failure } = await resolved(({ type }) =>
      type === 'A' ? { answers: [records.a('other.sandbox.example', '10.0.0.1')] } : {},
    );
    assert.equal(failure, 'dns-garbage');
  });

  it('takes a server for one that has no address when it gives none', async () => {
    const { failure, chain } = await resolved((question) =>
      question.name === name ? { answers: [records.cname(name, endpoint)] } : {},
    );
    assert.deepEqual([failure, chain], ['no-data', [endpoint]]);
  });

  describe('beside the operating system’s own', () => {
    // Every machine knows this name without asking anybody.
    const here = 'localhost';
    const besides = async (script: Script): Promise<HostResult> => {
      const server = await scriptedDns(script);
      try {
        const servers = [{ address: server.address, source: 'system' } as const];
        const asking = { servers, clock: systemClock, timeoutMs: 10_000, signal: new AbortController().signal };
        return await resolveHost(here, asking, true);
      } finally {
        await server.close();
      }
    };
    const valuesOf = ({ facts }: HostResult, fact: string): readonly string[] =>
      facts.filter((each) => each.name === fact).map(({ value }) => value);
    let system: readonly string[];
    before(async () => {
      system = (await lookup(here, { all: true })).map(({ address }) => address);
    });
    const inDns = (addresses: readonly string[]): Script => {
      return ({ type }) => ({
        answers: addresses
          .filter((address) => isIPv6(address) === (type === 'AAAA'))
          .map((data) => (type === 'AAAA' ? { type, name: here, ttl: 1, data } : records.a(here, data))),
      });
    };

    it('connects to what the system says, and tells what DNS says', async () => {
      const found = await besides(inDns(['10.0.0.1']));
      assert.deepEqual([found.addresses, found.offChain], [system, true]);
      assert.deepEqual(valuesOf(found, 'dnsAddress'), ['10.0.0.1']);
      assert.equal(valuesOf(found, 'answeredBy')[0], 'operating-system');
    });

    it('says nothing where both have the same, or DNS has more', async () => {
      for (const more of [[], ['10.0.0.1']]) {
        const found = await besides(inDns([...system, ...more]));
        assert.deepEqual([new Set(found.addresses), found.offChain], [new Set(system), undefined]);
        assert.deepEqual(valuesOf(found, 'dnsAddress'), []);
      }
    });
  });
});
