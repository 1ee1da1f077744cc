import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode } from 'dns-packet';
import type { Clock } from '../../../src/core/clock';
import { resolveHost } from '../../../src/diagnostics/dns/host';

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
      time += ms;
      for (const timer of [...timers]) {
        if (timer.at > time || !timers.delete(timer)) continue;
        timer.callback();
      }
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
});
