import { hopIds } from '../../core/hop';
import type { HopResult, TestReport } from '../events';

/** The results in the order of the path, and within a hop in the order in which they came. */
export function hopsInOrder({ hops }: Pick<TestReport, 'hops'>): readonly HopResult[] {
  return hopIds.flatMap((hop) => hops.filter((result) => result.hop === hop));
}
