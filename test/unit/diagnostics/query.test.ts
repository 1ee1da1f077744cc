import assert from 'node:assert/strict';
import { systemClock } from '../../../src/core/clock';
import { queryServer } from '../../../src/diagnostics/dns/query';

describe('a question to a DNS server', () => {
  it('ends at once, and is no crash, where no socket can be connected to the server', async () => {
    // The system lets nobody connect to the broadcast address, as it does to one that it has no way to.
    const { signal } = new AbortController();
    const question = { name: 'cluster0.sandbox.example', type: 'A' } as const;
    const answer = await queryServer('255.255.255.255:53', question, { clock: systemClock, timeoutMs: 5000, signal });
    assert.equal(answer.outcome, 'unreachable');
    assert.ok(answer.durationMs < 5000);
  });
});
