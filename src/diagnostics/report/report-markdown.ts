import type { HopOutcome } from '../../core/hop';
import type { Problem } from '../../core/problem';
import { describeProblem } from '../../messages/problem-text';
import {
  cancelledText,
  factTitle,
  failureText,
  hopTitle,
  milliseconds,
  placeText,
  reportWords,
  verdictSentence,
} from '../../messages/test-text';
import type { HopResult, TestReport } from '../events';
import { withoutMisleading } from './misleading';
import { hopsInOrder } from './report-rows';

export const marks: Readonly<Record<HopOutcome, string>> = { passed: '✅', warned: '⚠️', failed: '❌', skipped: '➖' };

/**
 * A finished test as a Markdown document: verdict and where it ran first, then what to do, then every hop with its time
 * and facts.
 */
export function reportMarkdown(report: TestReport, host: string): string {
  const { context, verdict, hops, durationMs } = report;
  const words = reportWords();
  return [
    `# ${escapeText(verdictSentence(verdict, host))}`,
    '',
    `${words.ranOn} ${placeOf(context)}`,
    '',
    ...(verdict.outcome === 'cancelled' ? [escapeText(cancelledText(hops)), ''] : []),
    ...verdict.problems.flatMap(problemLines),
    `## ${words.hops}`,
    '',
    `| | ${words.hop} | ${words.subject} | ${words.time} | ${words.found} |`,
    '| --- | --- | --- | ---: | --- |',
    ...hopsInOrder(report).map(hopRow),
    '',
    `## ${words.whereItRan}`,
    '',
    `- ${words.connectionString}: ${codeText(context.connectionString)}`,
    `- ${words.ranOn}: ${placeOf(context)}`,
    `- ${words.dnsServers}: ${context.dnsServers.length === 0 ? words.systemServers : context.dnsServers.map(codeText).join(', ')}`,
    ...(context.socksProxy === undefined ? [] : [`- ${words.proxy}: ${codeText(context.socksProxy)}`]),
    ...(context.clientAddresses === undefined
      ? []
      : [`- ${words.clientAddresses}: ${context.clientAddresses.map(codeText).join(', ')}`]),
    `- ${words.started}: ${escapeText(context.startedAt)}`,
    `- ${words.duration}: ${milliseconds(durationMs)}`,
    '',
  ].join('\n');
}

/** The kind of place in words, and the name of the machine. */
function placeOf({ where: { kind, hostname } }: TestReport['context']): string {
  return `${escapeText(placeText(kind))} ${codeText(hostname)}`.trimEnd();
}

function problemLines(problem: Problem): readonly string[] {
  const { title, detail, fixes } = describeProblem(problem);
  const words = reportWords();
  return [
    `## ${escapeText(title)}`,
    '',
    ...(detail === undefined ? [] : [escapeText(detail), '']),
    ...fixes.map((fix, index) => `${String(index + 1)}. ${escapeText(fix)}`),
    ...(fixes.length === 0 ? [] : ['']),
    ...(problem.evidence === undefined ? [] : [`${words.evidence}: ${codeText(problem.evidence)}`, '']),
    `${words.code}: ${codeText(problem.code)}`,
    '',
  ];
}

function hopRow({ hop, subject, outcome, durationMs, facts, problem }: HopResult): string {
  const found = [
    ...(problem === undefined ? [] : [escapeText(describeProblem(problem).title)]),
    ...facts.map(({ name, value }) =>
      name === 'failure' ? escapeText(failureText(value)) : `${escapeText(factTitle(name))} ${codeText(value)}`,
    ),
  ].join('<br>');
  return `| ${marks[outcome]} | ${hopTitle(hop)} | ${codeText(subject)} | ${milliseconds(durationMs)} | ${found} |`;
}

/** DNS answers and server messages are data: nothing in them is markup. */
export function escapeText(text: string): string {
  return withoutMisleading(text)
    .replace(/[\\`*_{}[\]#|<>~&$]/g, '\\$&')
    .replace(/\s+/g, ' ');
}

/** A text as it is, on one line, as code. */
export function codeText(text: string): string {
  const plain = withoutMisleading(text).replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '¦');
  return plain === '' ? '' : `\`${plain}\``;
}
