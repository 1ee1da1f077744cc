import type { Clock } from '../../../src/core/clock';

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Lets time pass, calling back in order; waits for what the calls start after each of them. */
  advance(ms: number): Promise<void>;
  readonly waiting: () => number;
}

export function createFakeClock(start = 1_000_000): FakeClock {
  let now = start;
  let timers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now - start,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    waiting: () => timers.length,
    advance: async (ms) => {
      const end = now + ms;
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = next.at;
        timers = timers.filter((other) => other !== next);
        next.callback();
        await settled();
      }
      now = end;
    },
  };
}

/** Lets everything that waits for nothing outside run to its end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
