/** One measured figure. */
export interface Figure {
  /** What was measured, in a few words; unique within its bench. */
  readonly name: string;
  readonly value: number;
  /** `times` is a ratio: it says the same on a fast and a slow machine. */
  readonly unit: 'ms' | 'bytes' | 'requests' | 'times' | 'items';
  /** Absent: nobody has promised anything about it. */
  readonly limit?: number;
  /** `most`, unless said otherwise. */
  readonly limitIs?: 'most' | 'least';
  /** How it was measured, where the name does not say. */
  readonly note?: string;
}

/**
 * One file in this folder exports one as `bench`; `scripts/bench.ts` runs them in the order of their names, one after
 * the other, in one process.
 */
export interface Bench {
  readonly title: string;
  /** Rejects when nothing could be measured; figures beyond their limits are figures. */
  readonly run: () => Promise<readonly Figure[]>;
}

/** True when the figure keeps its limit, or has none. */
export function isWithin({ value, limit, limitIs = 'most' }: Figure): boolean {
  if (limit === undefined) return true;
  return limitIs === 'most' ? value <= limit : value >= limit;
}

/** The middle one of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('Nothing was measured.');
  return middle;
}

/** What it takes when nothing else gets in the way. */
export function least(values: readonly number[]): number {
  return Math.min(...values);
}

/** Milliseconds that something takes: the median of `times` runs, after one that does not count. */
export async function timed(work: () => unknown, times = 9): Promise<number> {
  await work();
  const all: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const started = performance.now();
    await work();
    all.push(performance.now() - started);
  }
  return median(all);
}
