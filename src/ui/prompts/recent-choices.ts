import type { KeyValue } from '../../accounts/account-store';

/** What was chosen last for a question, so that it comes first the next time. No secret is ever kept here. */
export interface RecentChoices {
  last(question: string): string | undefined;
  remember(question: string, choice: string): void;
  /**
   * Forgets what was chosen in Atlas, but for the places with these ids, of accounts and projects. Without a place that
   * stays everything goes.
   */
  forget(staying: readonly string[]): Promise<void>;
}

const key = 'recentChoices';

export function createRecentChoices(state: KeyValue): RecentChoices {
  const all = (): Readonly<Record<string, string>> =>
    (state.get(key) as Readonly<Record<string, string>> | undefined) ?? {};
  return {
    last: (question) => all()[question],
    remember: (question, choice) => void state.update(key, { ...all(), [question]: choice }),
    forget: async (staying) => {
      const kept = Object.entries(all()).filter(([question]) => {
        const place = /^(?:project|deployment|target|form|user) of ([^/]*)/.exec(question)?.[1];
        return place === undefined || staying.includes(place);
      });
      await state.update(key, staying.length === 0 ? undefined : Object.fromEntries(kept));
    },
  };
}

/** The list with the last choice in front. */
export function lastFirst<T>(list: readonly T[], isLast: (item: T) => boolean): readonly T[] {
  return [...list.filter(isLast), ...list.filter((item) => !isLast(item))];
}
