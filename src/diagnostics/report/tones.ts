import type { HopOutcome } from '../../core/hop';
import type { HopResult, Verdict } from '../events';
import { weightOf } from '../verdict';

/** How a test is marked as a whole; `skipped` when it was cancelled. */
export function verdictTone({ outcome, problems }: Verdict): HopOutcome {
  switch (outcome) {
    case 'connected':
      return problems.length === 0 ? 'passed' : 'warned';
    case 'reachable-not-signed-in':
      return problems.some(({ code }) => weightOf(code) === 'error') ? 'failed' : 'warned';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'skipped';
  }
}

/** What became of one hop over all of its subjects: where some got past it, others that failed are a warning. */
export function hopTone(results: readonly HopResult[]): HopOutcome {
  const has = (outcome: HopOutcome): boolean => results.some((result) => result.outcome === outcome);
  const got = has('passed') || has('warned');
  if (has('failed')) return got ? 'warned' : 'failed';
  if (has('warned')) return 'warned';
  return got ? 'passed' : 'skipped';
}
