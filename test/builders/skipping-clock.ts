import { systemClock, type Clock } from '../../src/core/clock';

/** The system's clock, which a test can put forward. */
export interface SkippingClock extends Clock {
  /** Lets `ms` milliseconds pass at once: calls back what was due in them, each at its time. */
  skip(ms: number): void;
}

export function createSkippingClock(): SkippingClock {
  let ahead = 0;
  const timers = new Set<{ readonly due: number; readonly fire: () => void }>();
  const monotonic = (): number => systemClock.monotonic() + ahead;
  const goTo = (time: number): void => {
    ahead = Math.max(ahead, time - systemClock.monotonic());
  };
  return {
    now: () => systemClock.now() + ahead,
    monotonic,
    after: (ms, callback) => {
      const fire = (): void => {
        stop();
        timers.delete(timer);
        callback();
      };
      const timer = { due: monotonic() + ms, fire };
      const stop = systemClock.after(ms, fire);
      timers.add(timer);
      return () => {
        stop();
        timers.delete(timer);
      };
    },
    skip: (ms) => {
      const end = monotonic() + ms;
      for (const timer of [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)) {
        // One that was called before it may have ended this one.
        if (!timers.has(timer)) continue;
        goTo(timer.due);
        timer.fire();
      }
      goTo(end);
    },
  };
}
