import { describeProblem } from '../../messages/problem-text';
import type { TestReport } from '../events';
import { weightOf } from '../verdict';
import { hopsInOrder } from './report-rows';

/**
 * The report for programs. Fields are added in later versions and neither renamed nor removed: `schema` would become 2.
 * Sentences are in the language of the process, codes and names are stable.
 */
export function reportJson(report: TestReport): unknown {
  const { context, verdict, durationMs } = report;
  return {
    schema: 1,
    outcome: verdict.outcome,
    ...(verdict.failedHop === undefined ? {} : { failedHop: verdict.failedHop }),
    problems: verdict.problems.map((problem) => ({
      code: problem.code,
      weight: weightOf(problem.code),
      subject: problem.subject,
      parameters: problem.parameters,
      ...(problem.evidence === undefined ? {} : { evidence: problem.evidence }),
      ...describeProblem(problem),
    })),
    context,
    durationMs: Math.round(durationMs),
    hops: hopsInOrder(report).map(({ hop, subject, outcome, durationMs: took, facts, problem }) => ({
      hop,
      subject,
      outcome,
      durationMs: Math.round(took * 10) / 10,
      facts,
      ...(problem === undefined ? {} : { problem: problem.code }),
    })),
  };
}
