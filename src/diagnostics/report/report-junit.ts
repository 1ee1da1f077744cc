import { hopIds } from '../../core/hop';
import { describeProblem } from '../../messages/problem-text';
import { failureText, hopTitle } from '../../messages/test-text';
import type { HopResult, TestReport } from '../events';
import { factsOf } from '../facts';
import { weightOf } from '../verdict';

/**
 * The report for pipelines, as JUnit XML (the form that Jenkins, GitLab and others read): a test suite for each hop with
 * a test case for each subject, and one suite for the findings. Hops of one subject that failed count as failures only
 * through the findings, so that a pipeline fails for what matters.
 */
export function reportJunit(report: TestReport, host: string): string {
  const suites = [
    ...hopIds.flatMap((hop) => {
      const results = report.hops.filter((result) => result.hop === hop);
      return results.length === 0 ? [] : [hopSuite(hopTitle(hop), results)];
    }),
    verdictSuite(report, host),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function hopSuite(name: string, results: readonly HopResult[]): string {
  const cases = results.map((result) => {
    const reason = factsOf(result, 'failure').map(failureText).join(', ');
    const inner =
      result.outcome === 'skipped' ? '<skipped/>' : reason === '' ? '' : `<system-out>${escape(reason)}</system-out>`;
    return testCase(name, result.subject, result.durationMs, inner);
  });
  const skipped = results.filter(({ outcome }) => outcome === 'skipped').length;
  return suite(name, cases, 0, skipped);
}

function verdictSuite({ verdict, durationMs }: TestReport, host: string): string {
  const name = 'verdict';
  const errors = verdict.problems.filter(({ code }) => weightOf(code) === 'error');
  const failures = errors.map((problem) => {
    const { title, detail, fixes } = describeProblem(problem);
    const body = [detail, ...fixes, problem.evidence].filter((line) => line !== undefined).join('\n');
    const inner = `<failure type="${escape(problem.code)}" message="${escape(title)}">${escape(body)}</failure>`;
    return testCase(name, problem.code, 0, inner);
  });
  const good = verdict.outcome === 'connected' || verdict.outcome === 'reachable-not-signed-in';
  const outcome = testCase(
    name,
    host,
    durationMs,
    good ? '' : `<failure type="${verdict.outcome}" message="${verdict.outcome}"></failure>`,
  );
  return suite(name, [outcome, ...failures], failures.length + (good ? 0 : 1), 0);
}

function suite(name: string, cases: readonly string[], failures: number, skipped: number): string {
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return `  <testsuite name="${escape(name)}" ${counts}>\n${cases.join('\n')}\n  </testsuite>`;
}

function testCase(className: string, name: string, durationMs: number, inner: string): string {
  const time = (durationMs / 1000).toFixed(3);
  return `    <testcase classname="${escape(className)}" name="${escape(name)}" time="${time}">${inner}</testcase>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  // XML 1.0 has no way to write other control characters.

  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, ' ')
    .replace(/[&<>"]/g, (one) => entities[one] ?? one);
}
