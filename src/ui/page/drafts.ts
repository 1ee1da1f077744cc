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
/**
 * So long what was written here stands against what the editor's storage says; milliseconds. It tells every window all
 * that is written, also the one that wrote it, which hears of a change after it has made the next one: for a moment the
 * storage is what it was before (VS Code, `ExtHostStorage.$acceptValue`), and to write then would bring that back.
 */
const echoes = 10_000;

interface Stored {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly draft: Draft;
}

/** Drafts in the editor's own storage, which its windows share. */
export function createDrafts(state: KeyValue, clock: Clock): Drafts {
  /** What was written here just now; undefined: deleted. */
  const written = new Map<string, { readonly at: number; readonly draft: Draft | undefined }>();
  const read = (): Map<string, Stored> => {
    const drafts = readStored(state.get(stateKey));
    for (const [key, { at, draft }] of written) {
      if (clock.now() - at > echoes) written.delete(key);
      else if ((drafts.get(key)?.at ?? 0) > at) continue;
      else if (draft === undefined) drafts.delete(key);
      else drafts.set(key, { at, draft });
    }
    return drafts;
  };
  const write = (drafts: Map<string, Stored>): void => {
    const newest = [...drafts].sort(([, a], [, b]) => b.at - a.at).slice(0, keptDrafts);
    void state.update(stateKey, newest.length === 0 ? undefined : Object.fromEntries(newest));
  };
  return {
    get: (key) => read().get(key)?.draft ?? {},
    set: (key, draft) => {
      const stored = { at: clock.now(), draft: storable(draft) };
      const drafts = read().set(key, stored);
      written.set(key, stored);
      write(drafts);
    },
    delete: (key) => {
      const drafts = read();
      written.set(key, { at: clock.now(), draft: undefined });
      if (drafts.delete(key)) write(drafts);
    },
    forget: (accountId) => {
      const drafts = read();
      for (const key of [...drafts.keys()]) {
        if (!key.startsWith(`${accountId}/`)) continue;
        drafts.delete(key);
        written.set(key, { at: clock.now(), draft: undefined });
      }
      write(drafts);
    },
  };
}

function readStored(stored: unknown): Map<string, Stored> {
  if (typeof stored !== 'object' || stored === null) return new Map();
  return new Map(
    Object.entries(stored).map(([key, value]) => {
      const { at, draft } = (value ?? {}) as { readonly at?: unknown; readonly draft?: unknown };
      return [key, { at: typeof at === 'number' ? at : 0, draft: readDraft(draft) }];
    }),
  );
}
