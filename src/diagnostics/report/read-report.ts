import { hopIds, type HopId, type HopOutcome } from '../../core/hop';
import { failed, ok, problem, type Problem, type Result } from '../../core/problem';
import { isProblemCode } from '../../messages/problem-text';
import type { Fact, HopResult, TestReport } from '../events';
import { judge } from '../verdict';
import { readReportBlock } from './report-block';

/** More than any test has; whoever sends more does not send a report. */
const limits = { hops: 20_000, facts: 500, addresses: 20, text: 4_000 } as const;

/**
 * A report that another machine has written: the block of `writeReportBlock` somewhere in a text, or the JSON of
 * `--json`. Nothing in it is trusted: unknown hops and codes are left out, texts are cut, and the verdict is worked out
 * again from what was seen there. Fails with `REPORT_UNREADABLE`.
 */
export function readReport(text: string): Result<TestReport> {
  const json = readReportBlock(text);
  if (json === undefined) return failed(problem('REPORT_UNREADABLE', '', { reason: 'no-block' }));
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return failed(problem('REPORT_UNREADABLE', '', { reason: 'no-json' }));
  }
  const report = objectOf(value);
  if (report.schema !== 1) return failed(problem('REPORT_UNREADABLE', '', { reason: 'version' }));
  const { context, hops, problems, durationMs, outcome } = report;
  if (!Array.isArray(hops) || hops.length > limits.hops) {
    return failed(problem('REPORT_UNREADABLE', '', { reason: 'no-json' }));
  }
  const told = listOf(problems).flatMap(problemOf);
  return ok(
    judge(
      {
        context: contextOf(objectOf(context)),
        hops: hops.flatMap((hop) => hopOf(objectOf(hop), told)),
        durationMs: numberOf(durationMs),
      },
      {},
      outcome === 'cancelled',
    ),
  );
}

function contextOf(context: Readonly<Record<string, unknown>>): TestReport['context'] {
  const { hostname, kind } = objectOf(context.where);
  const { socksProxy } = context;
  const editorServers = listOf(context.editorServers).map(textOf);
  const clientAddresses = listOf(context.clientAddresses).slice(0, limits.addresses).map(textOf);
  return {
    connectionString: textOf(context.connectionString),
    where: { hostname: textOf(hostname), kind: textOf(kind) },
    dnsServers: listOf(context.dnsServers).map(textOf),
    ...(editorServers.length === 0 ? {} : { editorServers }),
    ...(typeof socksProxy === 'string' ? { socksProxy: textOf(socksProxy) } : {}),
    ...(clientAddresses.length === 0 ? {} : { clientAddresses }),
    startedAt: textOf(context.startedAt),
  };
}

const outcomes: readonly HopOutcome[] = ['passed', 'warned', 'failed', 'skipped'];

function hopOf(value: Readonly<Record<string, unknown>>, told: readonly Problem[]): readonly HopResult[] {
  const hop = hopIds.find((id): id is HopId => id === value.hop);
  const outcome = outcomes.find((one) => one === value.outcome);
  if (hop === undefined || outcome === undefined) return [];
  const found = told.find(({ code }) => code === value.problem);
  return [
    {
      hop,
      subject: textOf(value.subject),
      outcome,
      durationMs: numberOf(value.durationMs),
      facts: listOf(value.facts).slice(0, limits.facts).map(factOf),
      ...(found === undefined ? {} : { problem: found }),
    },
  ];
}

function factOf(value: unknown): Fact {
  const fact = objectOf(value);
  return { name: textOf(fact.name), value: textOf(fact.value) };
}

function problemOf(value: unknown): readonly Problem[] {
  const { code, subject, parameters, evidence } = objectOf(value);
  if (typeof code !== 'string' || !isProblemCode(code)) return [];
  const named = Object.entries(objectOf(parameters)).map(([name, one]) => [name, textOf(one)] as const);
  const more = typeof evidence === 'string' ? { evidence: textOf(evidence) } : {};
  return [problem(code, textOf(subject), Object.fromEntries(named), more)];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, limits.text) : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
}
