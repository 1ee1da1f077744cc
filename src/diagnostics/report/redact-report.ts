import { parseConnectionString } from '../../connection-string/parse';
import { createRedactor, type Redactor } from '../../connection-string/redact';
import type { Problem } from '../../core/problem';
import type { HopResult, TestContext, TestEvent, TestReport, Verdict } from '../events';

type Redaction = Pick<Redactor, 'redact' | 'redactName'>;

/**
 * A report without the secrets that the redactor knows, wherever a text in it came from outside. Before it is rendered:
 * in JSON, XML or Markdown a password that is a word (`code`, `test`) would be found in keys and marks, and one with `&`
 * or `<` would not be found at all.
 */
export function redactReport(report: TestReport, redaction: Redaction): TestReport {
  return {
    ...report,
    context: redactContext(report.context, redaction),
    hops: report.hops.map((hop) => redactHop(hop, redaction)),
    verdict: redactVerdict(report.verdict, redaction),
  };
}

/** The same for what a test tells while it runs. */
export function redactEvent(event: TestEvent, redaction: Redaction): TestEvent {
  switch (event.type) {
    case 'test-started':
      return { ...event, context: redactContext(event.context, redaction) };
    case 'hop-started':
      return { ...event, subject: redaction.redactName(event.subject) };
    case 'hop-finished':
      return { ...event, ...redactHop(event, redaction) };
    case 'test-finished':
      return { ...event, verdict: redactVerdict(event.verdict, redaction) };
    case 'evidence':
    case 'test-cancelled':
      return event;
  }
}

/**
 * A string comes here without its credentials, and the hosts of a well-formed one stay as they are: it can be tested
 * again. In a malformed one nobody knows what the pieces are.
 */
function redactContext(context: TestContext, { redact, redactName }: Redaction): TestContext {
  const text = createRedactor().redact(context.connectionString);
  const parsed = parseConnectionString(text);
  const end = parsed.ok ? parsed.value.hostsSpan.end : 0;
  const connectionString = parsed.ok ? text.slice(0, end) + redactName(text.slice(end)) : redact(text);
  return { ...context, connectionString };
}

function redactHop<T extends HopResult>(hop: T, redaction: Redaction): T {
  return {
    ...hop,
    subject: redaction.redactName(hop.subject),
    facts: hop.facts.map(({ name, value }) => ({ name, value: redactValue(name, value, redaction) })),
    ...(hop.problem === undefined ? {} : { problem: redactProblem(hop.problem, redaction) }),
  };
}

function redactVerdict(verdict: Verdict, redaction: Redaction): Verdict {
  return { ...verdict, problems: verdict.problems.map((found) => redactProblem(found, redaction)) };
}

function redactProblem(found: Problem, redaction: Redaction): Problem {
  const parameters = Object.entries(found.parameters).map(
    ([name, value]) => [name, redactValue(name, value, redaction)] as const,
  );
  return {
    ...found,
    subject: redaction.redactName(found.subject),
    parameters: Object.fromEntries(parameters),
    ...(found.evidence === undefined ? {} : { evidence: redactEvidence(found.evidence, redaction) }),
    ...(found.cause === undefined ? {} : { cause: redactProblem(found.cause, redaction) }),
  };
}

/** The fact and parameter that repeats what the other side said; all others are names, addresses and words of ours. */
const said = 'message';

function redactValue(name: string, value: string, { redact, redactName }: Redaction): string {
  return name === said ? redact(value) : redactName(value);
}

/** The facts behind a problem, as `verdict.ts` writes them: `failure: rejected; message: …`. */
function redactEvidence(evidence: string, { redact, redactName }: Redaction): string {
  const [start = ''] = /^(?:.*?; )?message: /s.exec(evidence) ?? [];
  return start === '' ? redactName(evidence) : redactName(start) + redact(evidence.slice(start.length));
}
