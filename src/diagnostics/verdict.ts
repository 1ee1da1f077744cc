import { problem, type Problem, type ProblemCode } from '../core/problem';
import type { HopResult, TestEvent, TestReport, Verdict } from './events';
import type { Evidence } from './evidence';
import { hopIds, type HopId } from '../core/hop';
import { factOf, factsOf } from './facts';
import type { Finding } from './findings/finding';
import { findingsBesideThePath } from './findings/beside-the-path';
import { findingsOnTheWire } from './findings/on-the-wire';
import { hopOrder, listed, passed, seenIn, type Seen } from './findings/signs';
import { isUsable, leadsToPrimary, wantedNodes } from './usable-nodes';

/** Every finding, in the order in which to fix them: what Atlas and the cloud say is the cause of what the wire shows. */
export const findings: readonly Finding[] = [...findingsBesideThePath, ...findingsOnTheWire];

interface Match {
  readonly finding: Finding;
  readonly shown: readonly HopResult[];
}

/** A problem of a verdict, and where on the path it is. */
interface Told {
  readonly problem: Problem;
  readonly weight: Finding['weight'];
  readonly hop: HopId;
  /** The hops that show it. */
  readonly shownAt: readonly HopId[];
}

/**
 * The outcome of a test: a pure function of its events. Says nothing without evidence: a failure that no finding is
 * about is `UNKNOWN_AT_HOP` with what was seen. A test that has failed has a problem that is the reason.
 */
export function verdictOf(events: readonly TestEvent[]): Verdict {
  if (events.some(({ type }) => type === 'test-cancelled')) return { outcome: 'cancelled', problems: [] };
  const seen = seenIn(events);
  const matches = matchesIn(seen);
  const own = seen.hops.flatMap(({ problem: found, hop }) =>
    found === undefined ? [] : [{ problem: found, weight: 'error', hop, shownAt: [hop] } as const],
  );
  const found: readonly Told[] = [...own, ...matches.map((match) => toldOf(match, seen)), ...unknownIn(seen, matches)];
  const outcome = outcomeOf(seen);
  if (outcome !== 'failed') return { outcome, problems: found.map((told) => told.problem) };
  const told = found.some(({ weight }) => weight === 'error') ? found : [...found, withoutReason(seen)];
  const index = told.findIndex(({ weight }) => weight === 'error');
  const cause = told[index];
  const failedHop = failedHopOf(seen) ?? cause?.hop;
  const isThere = cause !== undefined && [cause.hop, ...cause.shownAt].some((hop) => hop === failedHop);
  return {
    outcome,
    problems: told.map((each) => each.problem),
    ...(failedHop === undefined ? {} : { failedHop }),
    headline: { index, ...(isThere && failedHop !== undefined ? { hop: failedHop } : {}) },
  };
}

/** A test judged again, from what it has seen and by other evidence of Atlas and the cloud than there was at its time. */
export function judge(seen: Omit<TestReport, 'verdict'>, evidence: Evidence, cancelled = false): TestReport {
  const at = seen.durationMs;
  const verdict = verdictOf([
    { type: 'test-started', at: 0, context: seen.context },
    ...seen.hops.map((hop) => ({ type: 'hop-finished' as const, at, ...hop })),
    { type: 'evidence', at, evidence },
    ...(cancelled ? [{ type: 'test-cancelled' as const, at }] : []),
  ]);
  return { ...seen, verdict };
}

/** Whether a problem keeps an application from working, or only may some day. */
export function weightOf(code: ProblemCode): 'error' | 'warning' {
  const weights = findings.filter((finding) => finding.code === code).map(({ weight }) => weight);
  return weights.length > 0 && weights.every((weight) => weight === 'warning') ? 'warning' : 'error';
}

function matchesIn(seen: Seen): readonly Match[] {
  const matches = findings.flatMap((finding): readonly Match[] => {
    // Most findings end at their first sign, and this stands at the end of every test: nothing is looked at in vain.
    const [first, ...others] = finding.must;
    const shown = first(seen);
    if (shown.length === 0 || others.some((sign) => sign(seen).length === 0)) return [];
    if (finding.mustNot?.some((sign) => sign(seen).length > 0) === true) return [];
    return [{ finding, shown }];
  });
  const explained = new Set(matches.flatMap(({ finding }) => finding.explains ?? []));
  return matches.filter(({ finding }) => !explained.has(finding.code));
}

function toldOf({ finding, shown }: Match, seen: Seen): Told {
  const subject = listed(
    shown.map((result) => result.subject),
    3,
  );
  const parameters = finding.parameters?.(shown, seen) ?? {};
  return {
    problem: problem(finding.code, subject, parameters, { evidence: evidenceOf(shown) }),
    weight: finding.weight,
    hop: finding.hop,
    shownAt: shown.map(({ hop }) => hop),
  };
}

/** The raw facts behind a problem, of the first result that shows it. */
function evidenceOf(shown: readonly HopResult[]): string | undefined {
  const [first] = shown;
  if (first === undefined || first.facts.length === 0) return undefined;
  return first.facts
    .filter(({ name }) => name !== 'node')
    .map(({ name, value }) => `${name}: ${value}`)
    .join('; ');
}

/** A hop that failed and that no finding speaks of, unless an earlier hop is the reason. */
function unknownIn(seen: Seen, matches: readonly Match[]): readonly Told[] {
  const unexplained = seen.hops.filter(
    (result) =>
      result.outcome === 'failed' &&
      result.problem === undefined &&
      !matches.some(
        ({ finding, shown }) =>
          shown.includes(result) || (finding.weight === 'error' && hopOrder(finding.hop) <= hopOrder(result.hop)),
      ),
  );
  const [first] = [...unexplained].sort((one, other) => hopOrder(one.hop) - hopOrder(other.hop));
  return first === undefined ? [] : [unknownAt(first, factsOf(first, 'failure').join(', '))];
}

/** Nothing has failed, nothing has been reached, and no finding is about it: the last thing that was seen. */
function withoutReason({ hops }: Seen): Told {
  const [last] = [...hops].sort((one, other) => hopOrder(other.hop) - hopOrder(one.hop));
  if (last !== undefined) return unknownAt(last, evidenceOf([last]) ?? '');
  return { problem: problem('UNKNOWN_AT_HOP', ''), weight: 'error', hop: 'string', shownAt: [] };
}

function unknownAt(result: HopResult, failure: string): Told {
  const { hop, subject } = result;
  const found = problem('UNKNOWN_AT_HOP', subject, { hop, failure }, { evidence: evidenceOf([result]) });
  return { problem: found, weight: 'error', hop, shownAt: [hop] };
}

function outcomeOf(seen: Seen): Exclude<Verdict['outcome'], 'cancelled'> {
  if (passed('ping')(seen).length > 0) return 'connected';
  const skipped = seen.hops.some(({ hop, outcome }) => hop === 'sign-in' && outcome === 'skipped');
  const string = seen.hops.find(({ hop }) => hop === 'string');
  const wanted = wantedNodes((name) => (string === undefined ? undefined : factOf(string, name)));
  const usable = seen.hops.some(
    (result) => result.hop === 'hello' && result.outcome === 'passed' && isUsable(factOf(result, 'role'), wanted),
  );
  return skipped && (usable || leadsToPrimary(seen.hops)) ? 'reachable-not-signed-in' : 'failed';
}

/** The first hop that failed and that nobody got past; else the first at which something failed. */
function failedHopOf({ hops }: Seen): HopId | undefined {
  const failedAt = hopIds.filter((hop) => hops.some((result) => result.hop === hop && result.outcome === 'failed'));
  const got = (hop: HopId): boolean =>
    hops.some((result) => result.hop === hop && (result.outcome === 'passed' || result.outcome === 'warned'));
  return failedAt.find((hop) => !got(hop)) ?? failedAt[0];
}
