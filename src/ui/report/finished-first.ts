import type { TestReport } from '../../diagnostics/events';

/** Reports, latest first, with cancelled ones behind all others: they never stand for the last test of something. */
export function finishedFirst<T extends { readonly report: TestReport }>(latestFirst: readonly T[]): readonly T[] {
  const isCancelled = ({ report }: T): boolean => report.verdict.outcome === 'cancelled';
  return latestFirst.toSorted((one, other) => Number(isCancelled(one)) - Number(isCancelled(other)));
}
