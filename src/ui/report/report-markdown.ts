import { t } from '@vscode/l10n';
import type { Problem } from '../../core/problem';
import type { HopId, HopOutcome, HopResult, TestReport, Verdict } from '../../diagnostics/events';
import { describeProblem } from '../../messages/problem-text';

/** A hop in words, for progress and headings. */
export function hopTitle(hop: HopId): string {
  const titles: Readonly<Record<HopId, string>> = {
    string: t('Connection string'),
    srv: t('SRV and TXT records'),
    cname: t('CNAME'),
    addresses: t('Addresses'),
    tcp: t('TCP connection'),
    tls: t('TLS'),
    hello: t('Hello'),
    'sign-in': t('Sign-in'),
    ping: t('Ping'),
  };
  return titles[hop];
}

/** The verdict in one sentence, for a notification. */
export function verdictSentence(verdict: Verdict, host: string): string {
  switch (verdict.outcome) {
    case 'connected':
      return t('Connected: {0}', host);
    case 'reachable-not-signed-in':
      return t('Reachable, not signed in: {0}', host);
    case 'cancelled':
      return t('The test was cancelled: {0}', host);
    case 'failed': {
      const [first] = verdict.problems;
      const hop = verdict.failedHop === undefined ? t('the test') : hopTitle(verdict.failedHop);
      return first === undefined ? t('Failed at {0}: {1}', hop, host) : `${hop}: ${describeProblem(first).title}`;
    }
  }
}

const marks: Readonly<Record<HopOutcome, string>> = { passed: '✅', warned: '⚠️', failed: '❌', skipped: '➖' };

/** A finished test as a Markdown document: verdict first, then what to do, then every hop with its time and facts. */
export function reportMarkdown(report: TestReport, host: string): string {
  const { context, verdict, hops, durationMs } = report;
  return [
    `# ${escape(verdictSentence(verdict, host))}`,
    '',
    ...verdict.problems.flatMap(problemLines),
    `## ${t('Hops')}`,
    '',
    `| | ${t('Hop')} | ${t('Subject')} | ${t('Time')} | ${t('Found')} |`,
    '| --- | --- | --- | ---: | --- |',
    ...hops.map(hopRow),
    '',
    `## ${t('Where it ran')}`,
    '',
    `- ${t('Connection string')}: ${code(context.connectionString)}`,
    `- ${t('Machine')}: ${code(context.where.hostname)} (${escape(context.where.kind)})`,
    `- ${t('DNS servers')}: ${context.dnsServers.length === 0 ? t('those of the system') : context.dnsServers.map(code).join(', ')}`,
    ...(context.socksProxy === undefined ? [] : [`- ${t('SOCKS5 proxy')}: ${code(context.socksProxy)}`]),
    `- ${t('Started')}: ${escape(context.startedAt)}`,
    `- ${t('Duration')}: ${milliseconds(durationMs)}`,
    '',
  ].join('\n');
}

function problemLines(problem: Problem): readonly string[] {
  const { title, detail, fixes } = describeProblem(problem);
  return [
    `## ${escape(title)}`,
    '',
    ...(detail === undefined ? [] : [escape(detail), '']),
    ...fixes.map((fix, index) => `${String(index + 1)}. ${escape(fix)}`),
    ...(fixes.length === 0 ? [] : ['']),
    ...(problem.evidence === undefined ? [] : [`${t('Evidence')}: ${code(problem.evidence)}`, '']),
    `${t('Code')}: ${code(problem.code)}`,
    '',
  ];
}

function hopRow({ hop, subject, outcome, durationMs, facts, problem }: HopResult): string {
  const found = [
    ...(problem === undefined ? [] : [escape(describeProblem(problem).title)]),
    ...facts.map(({ name, value }) => `${escape(name)} ${code(value)}`),
  ].join('<br>');
  return `| ${marks[outcome]} | ${hopTitle(hop)} | ${code(subject)} | ${milliseconds(durationMs)} | ${found} |`;
}

function milliseconds(value: number): string {
  return t('{0} ms', value.toFixed(value < 10 ? 1 : 0));
}

/** DNS answers and server messages are data: nothing in them is markup. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]#|<>~&$]/g, '\\$&').replace(/\s+/g, ' ');
}

function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '¦');
  return plain === '' ? '' : `\`${plain}\``;
}
