import assert from 'node:assert/strict';
import { systemClock } from '../../../src/core/clock';
import { queryServer } from '../../../src/diagnostics/dns/query';
import { records, scriptedDns } from '../../scripted-dns';

describe('a question to a DNS server', () => {
  it('ends at once, and is no crash, where no socket can be connected to the server', async () => {
    // The system lets nobody connect to the broadcast address, as it does to one that it has no way to.
    const { signal } = new AbortController();
    const question = { name: 'cluster0.sandbox.example', type: 'A' } as const;
    const answer = await queryServer('255.255.255.255:53', question, { clock: systemClock, timeoutMs: 5000, signal });
    assert.equal(answer.outcome, 'unreachable');
    assert.ok(answer.durationMs < 5000);
  });

  for (const [rcode, title] of [
    [1, 'FORMERR'],
    [4, 'NOTIMP'],
  ] as const) {
    it(`is asked again without EDNS where the server says ${title} to it, once`, async () => {
      const question = { name: 'cluster0.sandbox.example', type: 'A' } as const;
      const { signal } = new AbortController();
      const options = { clock: systemClock, timeoutMs: 10_000, signal };
      const answers = [records.a(question.name, '10.0.0.1')];
      const old = await scriptedDns((_, edns) => (edns ? { rcode } : { answers }));
      const refusing = await scriptedDns(() => ({ rcode }));
      try {
        assert.equal((await queryServer(old.address, question, options)).outcome, 'records');
        const refused = await queryServer(refusing.address, question, options);
        assert.deepEqual([refused.outcome, refused.code], ['refused', `RCODE ${String(rcode)}`]);
        assert.deepEqual([old.asked.length, refusing.asked.length], [2, 2]);
      } finally {
        await Promise.all([old.close(), refusing.close()]);
      }
    });
  }
});
