import { t } from '@vscode/l10n';
import type { Clock } from '../../core/clock';
import type { Problem } from '../../core/problem';
import { describeProblem } from '../../messages/problem-text';
import type { AtlasStore } from '../../store/atlas-store';
import type { ElementRef, ElementValues, RefOf } from '../../store/element';
import { loadFresh } from '../../store/load-fresh';
import { ageWords } from '../age';

/** How long a question to the person waits for Atlas when there is an older answer, in milliseconds. */
const patience = 5_000;
/** An answer that is younger than this goes for the present one, in milliseconds. */
const presentMs = 60_000;

/** What Atlas has now; else what it had, and `stale` says so. */
export interface Loaded<T> {
  readonly value: T;
  /** How old the value is and why there is no newer one, as a sentence without a full stop. */
  readonly stale?: string;
}

/**
 * What a command offers: Atlas is asked again, also after it has failed before. When it does not answer within some
 * seconds, the last known value. Throws the problem when there is none.
 */
export async function loadNow<K extends ElementRef['kind']>(
  { store, clock }: { readonly store: AtlasStore; readonly clock: Clock },
  accountId: string,
  ref: RefOf<K>,
): Promise<Loaded<ElementValues[K]>> {
  const { value, asOf } = await loadFresh<K>(store, accountId, ref, clock, (answer) => atMost(answer, patience, clock));
  const age = asOf === undefined ? undefined : clock.now() - asOf;
  if (age === undefined || age < presentMs) return { value };
  return { value, stale: staleWords(age, store.known<K>(accountId, ref).problem) };
}

/** Resolves when `answer` does, or after `ms` milliseconds. */
async function atMost(answer: Promise<void>, ms: number, clock: Clock): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = clock.after(ms, resolve);
    void answer.then(() => {
      stop();
      resolve();
    });
  });
}

function staleWords(age: number, reason: Problem | undefined): string {
  return reason === undefined
    ? t('From {0}: Atlas has not answered yet', ageWords(age))
    : t('From {0}: {1}', ageWords(age), describeProblem(reason).title);
}
