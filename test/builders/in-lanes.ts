/** What came of the work on each of some cases. */
export interface InLanes<Case, Result> {
  /** Rejects as the work on it did. */
  of(one: Case): Promise<Result>;
  /** When all are through, whatever came of them. */
  readonly ended: Promise<void>;
}

/**
 * Begins work on all cases, so many at once and in their order. For what is waited for in vain: tests that begin together
 * wait once.
 */
export function inLanes<Case, Result>(
  cases: readonly Case[],
  lanes: number,
  work: (one: Case) => Promise<Result>,
): InLanes<Case, Result> {
  const begun = new Map<Case, Promise<Result>>();
  const settle = new Map<Case, (result: Promise<Result>) => void>();
  for (const one of cases) {
    const result = new Promise<Result>((resolve) => settle.set(one, resolve));
    // Told to who asks for it; who does not has no use for it.
    result.catch(() => undefined);
    begun.set(one, result);
  }
  const waiting = [...cases];
  const lane = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const result = work(one);
      settle.get(one)?.(result);
      await Promise.allSettled([result]);
    }
  };
  return {
    of: (one) => begun.get(one) ?? Promise.reject(new Error('no such case was begun')),
    ended: Promise.all(Array.from({ length: lanes }, lane)).then(() => undefined),
  };
}

/**
 * Milliseconds in which whatever is not silent has ended in any of so many lanes: several times what `healthy` takes here
 * and now. So a silence is waited for shortly where the machine is quiet, and nothing is taken for one where it is busy.
 */
export async function silenceInLanes(lanes: number, healthy: () => Promise<unknown>): Promise<number> {
  // The first loads what is used.
  await healthy();
  const started = performance.now();
  await healthy();
  return Math.min(12_000, Math.max(2500, 3 * lanes * (performance.now() - started)));
}
