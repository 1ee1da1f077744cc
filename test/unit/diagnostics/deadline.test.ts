import assert from 'node:assert/strict';
import { deadline, TimedOut } from '../../../src/diagnostics/deadline';
import { systemClock } from '../../../src/core/clock';

describe('deadline', () => {
  const never = new AbortController().signal;

  /** Holds this thread up, so that no timer and no answer has its turn. */
  const holdUp = (ms: number): void => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('is over when its time is', async () => {
    const limit = deadline(systemClock, 20, never);
    await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
    assert.ok(limit.signal.reason instanceof TimedOut);
    assert.equal(limit.timedOut(), true);
  });

  it('gives the time again that others took from this thread, but once and no more than itself', async () => {
    const limit = deadline(systemClock, 200, never);
    holdUp(600);
    const started = performance.now();
    // What waits is looked at now: the timer among it.
    await turn();
    await turn();
    assert.equal(limit.signal.aborted, false, 'an answer may have come meanwhile');
    await new Promise((resolve) => limit.signal.addEventListener('abort', resolve));
    assert.equal(limit.timedOut(), true);
    assert.ok(performance.now() - started >= 199, 'as much as was lost, up to its own length');
  });

  it('takes its timer along when it is cleared, the second one, too', () => {
    const armed = new Set<() => void>();
    let now = 0;
    const clock = {
      now: () => now,
      monotonic: () => now,
      after: (_: number, callback: () => void) => {
        armed.add(callback);
        return () => void armed.delete(callback);
      },
    };
    const limit = deadline(clock, 1000, never);
    now = 1500;
    for (const callback of [...armed]) {
      armed.delete(callback);
      callback();
    }
    assert.equal(armed.size, 1, 'half a second more');
    limit.clear();
    assert.equal(armed.size, 0);
    assert.equal(limit.signal.aborted, false);
  });

  it('ends with the signal around it', () => {
    const outer = new AbortController();
    const limit = deadline(systemClock, 60_000, outer.signal);
    outer.abort(new Error('cancelled'));
    assert.equal(limit.signal.aborted, true);
    assert.equal(limit.timedOut(), false);
    limit.clear();
  });
});
