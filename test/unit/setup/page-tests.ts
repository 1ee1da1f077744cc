import type { HopId, HopOutcome } from '../../../src/core/hop';
import type { Problem } from '../../../src/core/problem';
import type { HopResult, TestReport, Verdict } from '../../../src/diagnostics/events';
import type { PageModel } from '../../../src/ui/page/model';

/** One hop; a node by its `host:port`, where there is one. */
export function hop(
  name: HopId,
  subject: string,
  outcome: HopOutcome,
  facts: Readonly<Record<string, string>> = {},
): HopResult {
  const list = Object.entries(facts).map(([key, value]) => ({ name: key, value }));
  return { hop: name, subject, outcome, durationMs: 1, facts: list };
}

/** A report that a window keeps. */
export function keptTest(
  connectionString: string,
  outcome: Verdict['outcome'],
  hops: readonly HopResult[],
  more: { readonly problems?: readonly Problem[]; readonly where?: TestReport['context']['where'] } = {},
): PageModel['reports'][number] {
  const { problems = [], where = { hostname: 'laptop', kind: 'local' } } = more;
  const context = { connectionString, where, dnsServers: [], startedAt: '2030-01-01T00:00:00.000Z' };
  const report: TestReport = { context, hops, verdict: { outcome, problems }, durationMs: 1 };
  const address = { toString: () => `report:${connectionString}` };
  return { title: 'host', address, report, evidence: {} } as unknown as PageModel['reports'][number];
}
