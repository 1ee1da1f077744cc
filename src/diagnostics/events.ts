import type { HopId, HopOutcome } from '../core/hop';
import type { Problem } from '../core/problem';
import type { Evidence } from './evidence';

/**
 * One observation: a raw value that was seen, fit to be shown; names may repeat. `name` is a key that `src/messages` has
 * a word for; the facts named `failure` hold a `FailureKind` each and say why a hop failed.
 */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What became of one hop for one subject (a name, a host, an `address:port`). */
export interface HopResult {
  readonly hop: HopId;
  readonly subject: string;
  readonly outcome: HopOutcome;
  readonly durationMs: number;
  readonly facts: readonly Fact[];
  readonly problem?: Problem;
}

/**
 * What a running test tells, in order. Progress message, page, log, report and helper are all made from these and
 * from nothing else. Times are milliseconds since the test started.
 */
export type TestEvent =
  | { readonly type: 'test-started'; readonly at: number; readonly context: TestContext }
  | { readonly type: 'hop-started'; readonly at: number; readonly hop: HopId; readonly subject: string }
  | ({ readonly type: 'hop-finished'; readonly at: number } & HopResult)
  /** What Atlas and the cloud account say about the path, where somebody could be asked. */
  | { readonly type: 'evidence'; readonly at: number; readonly evidence: Evidence }
  /** Somebody ended it early. */
  | { readonly type: 'test-cancelled'; readonly at: number }
  | { readonly type: 'test-finished'; readonly at: number; readonly verdict: Verdict };

/** What was tested and from where; first in every report. Holds no secret: the string is redacted. */
export interface TestContext {
  readonly connectionString: string;
  /** Where it ran: host name, and `local`, `ssh-remote`, `wsl`, `dev-container`, … in the editor's own terms. */
  readonly where: { readonly hostname: string; readonly kind: string };
  /** The DNS servers that are asked, each `host:port`. */
  readonly dnsServers: readonly string[];
  /** Those among them that only the editor's own resolver (Node's) has; absent when there are none. */
  readonly editorServers?: readonly string[];
  /** Host and port of the SOCKS5 proxy, without credentials. */
  readonly socksProxy?: string;
  /**
   * Addresses that connections come from, each with the length of its network's prefix: this machine's own, or those
   * that are known beyond a proxy. Absent when nobody knows.
   */
  readonly clientAddresses?: readonly string[];
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The outcome of a test: a pure function of its events (`verdict.ts`). */
export interface Verdict {
  readonly outcome: 'connected' | 'reachable-not-signed-in' | 'failed' | 'cancelled';
  /** The first hop, in dependency order, that failed; where none did, the one that the reason is about. */
  readonly failedHop?: HopId;
  /**
   * What a failed test is told by in one sentence: the first problem, by its index, that keeps an application from
   * working; with the failed hop where it is about that one.
   */
  readonly headline?: { readonly index: number; readonly hop?: HopId };
  /** All findings, in the order to fix them; empty when all is well. */
  readonly problems: readonly Problem[];
}

/** A finished test. */
export interface TestReport {
  readonly context: TestContext;
  readonly hops: readonly HopResult[];
  readonly verdict: Verdict;
  readonly durationMs: number;
}
