import type { Problem } from '../../core/problem';
import type { TestReport } from '../../diagnostics/events';

/** A report without the secrets that the redactor knows, wherever a text in it came from outside. */
export function redactReport(report: TestReport, redact: (text: string) => string): TestReport {
  const { context, hops, verdict } = report;
  const problem = (found: Problem): Problem => ({
    ...found,
    subject: redact(found.subject),
    parameters: Object.fromEntries(Object.entries(found.parameters).map(([name, value]) => [name, redact(value)])),
    ...(found.evidence === undefined ? {} : { evidence: redact(found.evidence) }),
    ...(found.cause === undefined ? {} : { cause: problem(found.cause) }),
  });
  return {
    ...report,
    context: { ...context, connectionString: redact(context.connectionString) },
    hops: hops.map((hop) => ({
      ...hop,
      subject: redact(hop.subject),
      facts: hop.facts.map(({ name, value }) => ({ name, value: redact(value) })),
      ...(hop.problem === undefined ? {} : { problem: problem(hop.problem) }),
    })),
    verdict: { ...verdict, problems: verdict.problems.map(problem) },
  };
}
