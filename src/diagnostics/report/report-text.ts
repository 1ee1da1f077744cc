import type { HopOutcome } from '../../core/hop';
import type { Problem } from '../../core/problem';
import { describeProblem } from '../../messages/problem-text';
import {
  factTitle,
  failureText,
  hopTitle,
  milliseconds,
  placeWithHost,
  reportWords,
  verdictSentence,
} from '../../messages/test-text';
import type { HopResult, TestReport } from '../events';

/** Four columns wide; no colour: it is read in logs, too. */
const marks: Readonly<Record<HopOutcome, string>> = { passed: 'ok  ', warned: 'note', failed: 'FAIL', skipped: '-   ' };

/** Facts that a person in a terminal wants; the rest is in the other forms. */
const shownWhenPassed = new Set([
  'target',
  'cname',
  'address',
  'answeredBy',
  'protocol',
  'role',
  'setName',
  'mechanism',
]);

/** One finished hop on a line, for a terminal while the test runs. */
export function hopLine({ hop, subject, outcome, durationMs, facts, problem }: HopResult): string {
  const failed = outcome === 'failed' || outcome === 'warned';
  const found = facts.flatMap(({ name, value }) => {
    if (name === 'failure') return [failureText(value)];
    if (!failed && !shownWhenPassed.has(name)) return [];
    return name === 'node' ? [] : [`${factTitle(name)} ${value}`];
  });
  const reason = problem === undefined ? [] : [describeProblem(problem).title];
  const rest = [...reason, ...found].join(', ');
  return clean(
    `${marks[outcome]}  ${hopTitle(hop).padEnd(20)} ${subject}  ${milliseconds(durationMs)}${rest === '' ? '' : `  ${rest}`}`,
  );
}

/** Where a test runs, in the lines before its first hop. */
export function headLines({ context }: Pick<TestReport, 'context'>): readonly string[] {
  const words = reportWords();
  const servers = context.dnsServers.length === 0 ? words.systemServers : context.dnsServers.join(', ');
  return [
    `${words.ranOn}: ${placeWithHost(context.where)}, ${context.startedAt}`,
    `${words.connectionString}: ${context.connectionString}`,
    `${words.dnsServers}: ${servers}`,
    ...(context.socksProxy === undefined ? [] : [`${words.proxy}: ${context.socksProxy}`]),
  ].map(clean);
}

/** The verdict and what to do, in the lines after the last hop. */
export function verdictLines(
  { verdict, durationMs }: Pick<TestReport, 'verdict' | 'durationMs'>,
  host: string,
): readonly string[] {
  return [
    `${verdictSentence(verdict, host)} (${milliseconds(durationMs)})`,
    ...verdict.problems.flatMap((problem) => ['', ...problemLines(problem)]),
  ].map(clean);
}

function problemLines(problem: Problem): readonly string[] {
  const { title, detail, fixes } = describeProblem(problem);
  const words = reportWords();
  return [
    `${problem.code}: ${title}`,
    ...(detail === undefined ? [] : [`  ${detail}`]),
    ...fixes.map((fix, index) => `  ${String(index + 1)}. ${fix}`),
    ...(problem.evidence === undefined ? [] : [`  ${words.evidence}: ${problem.evidence}`]),
  ];
}

/** Answers of servers are data: no escape sequence of theirs reaches the terminal. */
function clean(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trimEnd();
}
