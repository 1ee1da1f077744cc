import type { Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { Clock } from '../../core/clock';
import type { AtlasStore } from '../../store/atlas-store';

/** What tools read from: never a secret, never anything that writes. */
export interface ToolPorts {
  readonly accounts: Pick<AccountStore, 'list' | 'get'>;
  readonly store: AtlasStore;
  readonly clock: Pick<Clock, 'now'>;
}

/** What a tool says: one sentence for the person who reads along, and the data for the model. */
export interface ToolAnswer {
  readonly sentence: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Either what was looked for, or an answer that says why there is none and what there is instead. */
export type Found<T> =
  { readonly found: T; readonly answer?: never } | { readonly answer: ToolAnswer; readonly found?: never };

/** How an account shows in data. */
export function accountData(account: Account): { readonly account: string; readonly sandbox?: true } {
  return { account: account.label, ...(account.kind === 'sandbox' ? { sandbox: true } : {}) };
}

/** Longest list in an answer; what is left out is counted. */
const longestList = 200;

/** A list fit for an answer, with the number of those left out. */
export function bounded<T>(list: readonly T[]): { readonly items: readonly T[]; readonly leftOut?: number } {
  return list.length <= longestList
    ? { items: list }
    : { items: list.slice(0, longestList), leftOut: list.length - longestList };
}
