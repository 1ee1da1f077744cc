import type { Problem } from './problem';

/** What a check before set-up found. `src/messages` has what it is, why, and what to do. */
export interface SetUpFinding {
  /** Blocking ones would be refused by Atlas, or lead nowhere; the others are advice. */
  readonly severity: 'blocking' | 'advice';
  readonly problem: Problem;
}
