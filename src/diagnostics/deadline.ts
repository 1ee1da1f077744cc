import type { Clock } from '../core/clock';

/** The reason of a signal whose time has passed, as opposed to one that somebody aborted. */
export class TimedOut extends Error {
  constructor() {
    super('timed out');
    this.name = 'TimedOut';
  }
}

export interface Deadline {
  /** Aborted when the time is over (reason {@link TimedOut}) or when the outer signal is. */
  readonly signal: AbortSignal;
  readonly timedOut: () => boolean;
  /** Ends the timer and lets go of the outer signal; to be called in any case. */
  readonly clear: () => void;
}

/** Whether somebody has ended it; a function, as TypeScript takes the property for one that never changes. */
export function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** A timer that comes later than this, in milliseconds, tells of a thread that was held up. */
const usualDelay = 100;

/**
 * Limits something to `ms` milliseconds of `clock`, and to the life of `outer`. Where others held this thread up, as
 * another extension may in the same process, an answer may have come that nobody could look at: then there is as much
 * time again as was lost, up to another `ms`.
 */
export function deadline(clock: Clock, ms: number, outer: AbortSignal): Deadline {
  const controller = new AbortController();
  const onOuter = (): void => {
    controller.abort(outer.reason);
  };
  if (outer.aborted) onOuter();
  else outer.addEventListener('abort', onOuter, { once: true });
  const end = (): void => controller.abort(new TimedOut());
  const due = clock.monotonic() + ms;
  let stop = clock.after(ms, () => {
    const late = clock.monotonic() - due;
    if (late <= usualDelay) end();
    else stop = clock.after(Math.min(late, ms), end);
  });
  return {
    signal: controller.signal,
    timedOut: () => controller.signal.reason instanceof TimedOut,
    clear: () => {
      stop();
      outer.removeEventListener('abort', onOuter);
    },
  };
}
