import type { ProblemCode } from '../../core/problem';
import type { HopResult } from '../events';
import type { HopId } from '../../core/hop';
import type { Seen, Sign } from './signs';

/** What the person has to be told, and the evidence without which nobody is told. */
export interface Finding {
  readonly code: ProblemCode;
  /** Where on the path it is. */
  readonly hop: HopId;
  /** `warning`: the application works, today. */
  readonly weight: 'error' | 'warning';
  /** All of these must be there; what the first one shows is what the problem is about. */
  readonly must: readonly [Sign, ...Sign[]];
  /** None of these may be there. */
  readonly mustNot?: readonly Sign[];
  /** Findings that are only its consequence: they are left out beside it. */
  readonly explains?: readonly ProblemCode[];
  readonly parameters?: (shown: readonly HopResult[], seen: Seen) => Readonly<Record<string, string>>;
}
