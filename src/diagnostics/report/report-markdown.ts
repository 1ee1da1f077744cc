import type { HopOutcome } from '../../core/hop';
import type { Problem } from '../../core/problem';
import { describeProblem } from '../../messages/problem-text';
import { factTitle, failureText, hopTitle, milliseconds, reportWords, verdictSentence } from '../../messages/test-text';
import type { HopResult, TestReport } from '../events';
import { hopsInOrder } from './report-rows';

const marks: Readonly<Record<HopOutcome, string>> = { passed: '✅', warned: '⚠️', failed: '❌', skipped: '➖' };

/**
 * A finished test as a Markdown document: verdict and where it ran first, then what to do, then every hop with its time
 * and facts.
 */
export function reportMarkdown(report: TestReport, host: string): string {
  const { context, verdict, durationMs } = report;
  const words = reportWords();
  return [
    `# ${escape(verdictSentence(verdict, host))}`,
    '',
    `${words.ranOn} ${code(context.where.hostname)} (${escape(context.where.kind)})`,
    '',
    ...verdict.problems.flatMap(problemLines),
    `## ${words.hops}`,
    '',
    `| | ${words.hop} | ${words.subject} | ${words.time} | ${words.found} |`,
    '| --- | --- | --- | ---: | --- |',
    ...hopsInOrder(report).map(hopRow),
    '',
    `## ${words.whereItRan}`,
    '',
    `- ${words.connectionString}: ${code(context.connectionString)}`,
    `- ${words.ranOn}: ${code(context.where.hostname)} (${escape(context.where.kind)})`,
    `- ${words.dnsServers}: ${context.dnsServers.length === 0 ? words.systemServers : context.dnsServers.map(code).join(', ')}`,
    ...(context.socksProxy === undefined ? [] : [`- ${words.proxy}: ${code(context.socksProxy)}`]),
    `- ${words.started}: ${escape(context.startedAt)}`,
    `- ${words.duration}: ${milliseconds(durationMs)}`,
    '',
  ].join('\n');
}

function problemLines(problem: Problem): readonly string[] {
  const { title, detail, fixes } = describeProblem(problem);
  const words = reportWords();
  return [
    `## ${escape(title)}`,
    '',
    ...(detail === undefined ? [] : [escape(detail), '']),
    ...fixes.map((fix, index) => `${String(index + 1)}. ${escape(fix)}`),
    ...(fixes.length === 0 ? [] : ['']),
    ...(problem.evidence === undefined ? [] : [`${words.evidence}: ${code(problem.evidence)}`, '']),
    `${words.code}: ${code(problem.code)}`,
    '',
  ];
}

function hopRow({ hop, subject, outcome, durationMs, facts, problem }: HopResult): string {
  const found = [
    ...(problem === undefined ? [] : [escape(describeProblem(problem).title)]),
    ...facts.map(({ name, value }) =>
      name === 'failure' ? escape(failureText(value)) : `${escape(factTitle(name))} ${code(value)}`,
    ),
  ].join('<br>');
  return `| ${marks[outcome]} | ${hopTitle(hop)} | ${code(subject)} | ${milliseconds(durationMs)} | ${found} |`;
}

/** DNS answers and server messages are data: nothing in them is markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]#|<>~&$]/g, '\\$&').replace(/\s+/g, ' ');
}

function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '¦');
  return plain === '' ? '' : `\`${plain}\``;
}
