import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { Problem } from '../core/problem';
import type { Fact, HopResult, TestContext, TestEvent } from './events';
import type { HopId, HopOutcome } from '../core/hop';
import type { FailureKind } from '../core/hop';

/** How a hop ended, told by whoever ran it. */
export interface HopEnd {
  readonly facts: readonly Fact[];
  /** The hop failed, or with `tolerable` it passed with a remark. */
  readonly failure?: FailureKind | undefined;
  readonly tolerable?: boolean;
  readonly further?: readonly FailureKind[];
  /** Known without looking at other hops. */
  readonly problem?: Problem | undefined;
  /** Milliseconds, where it began before it was the hop's turn. */
  readonly tookMs?: number;
  /** It was not run; the facts say why. */
  readonly skipped?: boolean;
}

/** Turns what happens in a test into its events, in order. */
export interface Recorder {
  readonly events: readonly TestEvent[];
  readonly hops: readonly HopResult[];
  elapsed(): number;
  begin(context: TestContext): void;
  /** Runs one hop for one subject. When the test is cancelled meanwhile, the hop counts as skipped. */
  hop<T extends HopEnd>(hop: HopId, subject: string, run: () => Promise<T> | T): Promise<T>;
  emit(event: TestEvent): void;
}

export function createRecorder(
  clock: Clock,
  logger: Logger,
  onEvent: (event: TestEvent) => void,
  signal: AbortSignal,
): Recorder {
  const started = clock.monotonic();
  const events: TestEvent[] = [];
  const hops: HopResult[] = [];
  const elapsed = (): number => clock.monotonic() - started;
  const emit = (event: TestEvent): void => {
    events.push(event);
    if (event.type === 'hop-finished') hops.push(event);
    try {
      onEvent(event);
    } catch (error) {
      // Whoever listens cannot break the test.
      logger.error(`Test event was not taken: ${error instanceof Error ? error.name : 'error'}`);
    }
  };
  return {
    events,
    hops,
    elapsed,
    emit,
    begin: (context) => {
      emit({ type: 'test-started', at: elapsed(), context });
    },
    hop: async (hop, subject, run) => {
      const at = elapsed();
      emit({ type: 'hop-started', at, hop, subject });
      const end = await run();
      const now = elapsed();
      const outcome = signal.aborted ? 'skipped' : outcomeOf(end);
      const reasons = signal.aborted
        ? []
        : [...(end.failure === undefined ? [] : [end.failure]), ...(end.further ?? [])].map((value) => ({
            name: 'failure',
            value,
          }));
      emit({
        type: 'hop-finished',
        at: now,
        hop,
        subject,
        outcome,
        durationMs: end.tookMs ?? now - at,
        facts: signal.aborted ? [] : [...reasons, ...end.facts],
        ...(signal.aborted || end.problem === undefined ? {} : { problem: end.problem }),
      });
      return end;
    },
  };
}

function outcomeOf({ failure, tolerable, skipped }: HopEnd): HopOutcome {
  if (skipped === true) return 'skipped';
  if (failure === undefined) return 'passed';
  return tolerable === true ? 'warned' : 'failed';
}
