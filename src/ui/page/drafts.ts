import type { KeyValue } from '../../accounts/account-store';
import type { Clock } from '../../core/clock';
import { readDraft, storable, type Draft } from '../../setup/draft';

/** Drafts of pages, kept over reloads. Never a secret: see {@link Draft}. */
export interface Drafts {
  get(key: string): Draft;
  set(key: string, draft: Draft): void;
  delete(key: string): void;
  /** Drops those of an account that has signed out. */
  forget(accountId: string): void;
}

const stateKey = 'setUpDrafts';
/** The ones that were changed longest ago go first. */
const keptDrafts = 50;

interface Stored {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly draft: Draft;
}

/** Drafts in the editor's own storage, which its windows share. */
export function createDrafts(state: KeyValue, clock: Clock): Drafts {
  const read = (): Map<string, Stored> => {
    const stored = state.get(stateKey);
    if (typeof stored !== 'object' || stored === null) return new Map();
    return new Map(
      Object.entries(stored).map(([key, value]) => {
        const { at, draft } = (value ?? {}) as { readonly at?: unknown; readonly draft?: unknown };
        return [key, { at: typeof at === 'number' ? at : 0, draft: readDraft(draft) }];
      }),
    );
  };
  const write = (drafts: Map<string, Stored>): void => {
    const newest = [...drafts].sort(([, a], [, b]) => b.at - a.at).slice(0, keptDrafts);
    void state.update(stateKey, newest.length === 0 ? undefined : Object.fromEntries(newest));
  };
  return {
    get: (key) => read().get(key)?.draft ?? {},
    set: (key, draft) => write(read().set(key, { at: clock.now(), draft: storable(draft) })),
    delete: (key) => {
      const drafts = read();
      if (drafts.delete(key)) write(drafts);
    },
    forget: (accountId) => {
      const drafts = read();
      for (const key of drafts.keys()) if (key.startsWith(`${accountId}/`)) drafts.delete(key);
      write(drafts);
    },
  };
}
