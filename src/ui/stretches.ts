import { nextTurn } from './next-turn';

/** Work that is done in stretches, so that it holds nobody up. */
export interface Stretches {
  /** True when others have waited long enough. Ask again after a rest: whoever rested as well may have worked since. */
  isTired(): boolean;
  /** Lets others run, and begins the next stretch. */
  rest(): Promise<void>;
}

export interface StretchPorts {
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number;
  /** Lets others run: resolves after what waits in the event loop had its turn. */
  readonly pause: () => Promise<void>;
}

/** The first of stretches of `stretchMs` milliseconds begins now. */
export function createStretches(
  stretchMs: number,
  { now, pause }: StretchPorts = { now: () => performance.now(), pause: nextTurn },
): Stretches {
  let start = now();
  let pausing: Promise<void> | undefined;
  return {
    isTired: () => now() - start >= stretchMs,
    rest: () =>
      (pausing ??= pause().then(() => {
        pausing = undefined;
        start = now();
      })),
  };
}
