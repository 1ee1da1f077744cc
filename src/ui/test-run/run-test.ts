import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { delay, type Clock } from '../../core/clock';
import type { NetworkRoute } from '../../core/network';
import type { HopResult, TestEvent, TestReport } from '../../diagnostics/events';
import type { Evidence } from '../../diagnostics/evidence';
import type { SignIn, TestRequest } from '../../diagnostics/test-connection';
import { setContextKey } from '../context-keys';
import type { Log } from '../log';
import { problemLine } from '../notify';
import type { TestReports } from '../report/report-documents';
import { hopTimeoutMs } from '../settings';
import type { TestResults } from './test-results';

export interface TestStringPorts {
  readonly log: Log;
  readonly clock: Clock;
  readonly testResults: TestResults;
}

export interface TestRunPorts extends TestStringPorts {
  readonly reports: TestReports;
}

export interface TestRun {
  /** Without placeholders. */
  readonly connectionString: string;
  readonly signIn: SignIn;
  readonly route: NetworkRoute;
  /** What Atlas and the cloud account say, asked while the test runs. */
  readonly evidence?: TestRequest['evidence'];
  /** What the report is called after. */
  readonly host: string;
}

export interface FinishedRun {
  readonly report: TestReport;
  /** The report as a document. */
  readonly address: vscode.Uri;
}

/** The machine that tests run on: they run where the extension does. The kind is the editor's own word for it. */
export function testMachine(): { readonly hostname: string; readonly kind: string } {
  const { remoteName = 'local' } = vscode.env;
  // A VS Code server that a browser is connected to has no word: the name is the address that it was opened by.
  return { hostname: hostname(), kind: /[.:]/.test(remoteName) ? 'server' : remoteName };
}

/** What others say, with from where they were asked: here, now. */
export async function askedHere(clock: Clock, evidence: Promise<Evidence>): Promise<Evidence> {
  return { ...(await evidence), asked: { where: testMachine(), at: new Date(clock.now()).toISOString() } };
}

/** Tests a string, writes every hop into the log, and keeps the report as a document of this window. */
export async function runTest(
  ports: TestRunPorts,
  run: TestRun,
  onEvent: (event: TestEvent) => void,
  signal: AbortSignal,
): Promise<FinishedRun> {
  let evidence: Evidence = {};
  const report = await testString(
    ports,
    run,
    (event) => {
      if (event.type === 'evidence') evidence = event.evidence;
      onEvent(event);
    },
    signal,
  );
  const address = await ports.reports.add(run.host, report, evidence);
  setContextKey('atlasPrivateEndpoints.tested', true);
  return { report, address };
}

/** Tests a string, writes every hop into the log, and keeps the result as the string's last one; no document. */
export async function testString(
  { log, clock, testResults }: TestStringPorts,
  { connectionString, signIn, route, evidence }: TestRun,
  onEvent: (event: TestEvent) => void,
  signal: AbortSignal,
): Promise<TestReport> {
  // Loaded when the first test runs: the driver is larger than the whole rest.
  const { testConnection } = await import('../../diagnostics/test-connection');
  const report = await testConnection(
    {
      ...{ connectionString, signIn, route },
      hopTimeoutMs: hopTimeoutMs(),
      where: testMachine(),
      ...(evidence === undefined
        ? {}
        : { evidence: (ended, context) => inTime(askedHere(clock, evidence(ended, context)), clock, ended) }),
    },
    { clock, logger: log },
    (event) => {
      if (event.type === 'hop-finished') log.info(hopLine(event));
      onEvent(event);
    },
    signal,
  );
  testResults.add(connectionString, report, clock.now());
  return report;
}

/** Longest that a test waits for what Atlas and the cloud account say, in milliseconds: its own hops take as long. */
const longestEvidenceMs = 5_000;

/** Rejects when the answer does not come in time: the test then says that nobody answered. */
async function inTime<T>(answer: Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  const answered = new AbortController();
  const late = delay(clock, longestEvidenceMs, AbortSignal.any([answered.signal, signal])).then(() => {
    throw new Error('no answer in time');
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    answered.abort();
    late.catch(() => undefined);
  }
}

/** One finished hop on a line of the log. */
function hopLine({ hop, subject, outcome, durationMs, facts, problem: found }: HopResult): string {
  const failures = facts.filter(({ name }) => name === 'failure').map(({ value }) => value);
  const reasons = found === undefined ? failures : [problemLine(found)];
  const reason = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
  return `Test ${hop} ${subject}: ${outcome} after ${durationMs.toFixed(0)} ms${reason}`;
}
