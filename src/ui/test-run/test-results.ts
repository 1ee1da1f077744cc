import { hostsIn } from '../../connection-string/credentials';
import { createEmitter, type Stop } from '../../core/emitter';
import type { TestReport } from '../../diagnostics/events';

/** What became of the last test of a string in this window. */
export interface TestResult {
  /** When it ended, milliseconds since the epoch. */
  readonly at: number;
  readonly report: TestReport;
}

/** The last test of every string, whoever signed in. */
export interface TestResults {
  readonly onDidChange: (listener: () => void) => Stop;
  /** Keeps the result of a test of the string; a cancelled one is none. */
  add(connectionString: string, report: TestReport, at: number): void;
  of(connectionString: string): TestResult | undefined;
}

/** Those that were kept longest go first. */
const keptResults = 1000;

export function createTestResults(): TestResults {
  const changes = createEmitter<undefined>();
  const results = new Map<string, TestResult>();
  return {
    onDidChange: (listener) => changes.event(listener),
    add: (connectionString, report, at) => {
      if (report.verdict.outcome === 'cancelled') return;
      const key = keyOf(connectionString);
      results.delete(key);
      results.set(key, { at, report });
      const oldest = results.keys().next().value;
      if (results.size > keptResults && oldest !== undefined) results.delete(oldest);
      changes.fire(undefined);
    },
    of: (connectionString) => results.get(keyOf(connectionString)),
  };
}

/** Equal for strings that lead to the same hosts the same way: no credentials and no options in it. */
export function keyOf(connectionString: string): string {
  const scheme = /^mongodb\+srv:/i.test(connectionString) ? 'srv' : 'standard';
  const ports = /^[^?]*/.exec(connectionString)?.[0].match(/:\d+(?=[,/?]|$)/g) ?? [];
  return [scheme, ...hostsIn(connectionString), ...ports].join(' ');
}
