import type { Clock } from '../core/clock';
import { problem, ProblemError } from '../core/problem';
import type { AtlasStore } from './atlas-store';
import { refKey, type ElementRef, type ElementValues, type RefOf } from './element';

/** An answer that is younger than this is not asked for again. */
const freshMs = 15_000;

/**
 * An element as Atlas has it now, or had it some seconds ago, and whole: not a first page. A failed question leaves
 * the last known value, with its age in `asOf`. Throws the problem when nothing is known at all.
 */
export async function loadFresh<K extends ElementRef['kind']>(
  store: AtlasStore,
  accountId: string,
  ref: RefOf<K>,
  clock: Pick<Clock, 'now'>,
): Promise<{ readonly value: ElementValues[K]; readonly asOf: number | undefined }> {
  await store.ensure(accountId, ref);
  const before = store.known<K>(accountId, ref);
  const old = before.asOf === undefined || clock.now() - before.asOf > freshMs;
  if (before.loading || old) await store.refresh(accountId, ref);
  const { value, asOf, problem: reason } = store.known<K>(accountId, ref);
  if (value !== undefined) return { value, asOf };
  throw new ProblemError(reason ?? problem('UNEXPECTED', refKey(ref)));
}
