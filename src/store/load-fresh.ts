import type { Clock } from '../core/clock';
import { problem, ProblemError } from '../core/problem';
import type { AtlasStore } from './atlas-store';
import { refKey, type ElementRef, type ElementValues, type RefOf } from './element';

/** An answer that is younger than this is not asked for again. */
const freshMs = 15_000;

/**
 * An element as Atlas has it now, or had it some seconds ago, and whole: not a first page. A failed question leaves
 * the last known value, with its age in `asOf`. Throws the problem when nothing is known at all.
 *
 * `patience` decides how long an answer is waited for when an older value is known; the question goes on.
 */
export async function loadFresh<K extends ElementRef['kind']>(
  store: AtlasStore,
  accountId: string,
  ref: RefOf<K>,
  clock: Pick<Clock, 'now'>,
  patience = (answer: Promise<void>): Promise<void> => answer,
): Promise<{ readonly value: ElementValues[K]; readonly asOf: number | undefined }> {
  const atFirst = store.known<K>(accountId, ref);
  await store.ensure(accountId, ref);
  const before = store.known<K>(accountId, ref);
  const old = before.asOf === undefined || clock.now() - before.asOf > freshMs;
  // What `ensure` has just asked for in vain is not asked for twice.
  const justFailed = atFirst.problem === undefined && before.problem !== undefined && before.value === undefined;
  if (before.loading || (old && !justFailed)) {
    const answer = store.refresh(accountId, ref);
    const isWhole = before.value !== undefined && !isFirstPage(before.value);
    await (isWhole ? patience(answer) : answer);
  }
  const { value, asOf, problem: reason } = store.known<K>(accountId, ref);
  if (value !== undefined) return { value, asOf };
  throw new ProblemError(reason ?? problem('UNEXPECTED', refKey(ref)));
}

function isFirstPage(value: ElementValues[ElementRef['kind']]): boolean {
  return 'complete' in value && !value.complete;
}
