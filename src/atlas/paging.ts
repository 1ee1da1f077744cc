import type { Page } from '../core/project';
import { readElements } from './elements';
import { isObject } from './mapping/fields';
import { unreadable } from './reply';

/** Rows of a page; the description allows up to 500. */
export const pageSize = 500;

/** Pages read ahead at once. */
const readAhead = 4;
/** No list of Atlas is longer; ends a reply that claims to go on for ever. */
export const mostPages = 2000;

/** One page as it came. */
export interface WirePage {
  readonly results: readonly unknown[];
  /** An estimate, the description says of all envelopes. */
  readonly totalCount: number | undefined;
  /** Whether `links` lead to a next page; undefined when there are none, not even to the page itself. */
  readonly hasNext: boolean | undefined;
}

/** Reads the envelope of a page. Some lists are bare arrays (operation listGroupPrivateEndpointEndpointService). */
export function toWirePage(value: unknown, subject: string): WirePage {
  if (Array.isArray(value)) return { results: value as readonly unknown[], totalCount: undefined, hasNext: undefined };
  if (!isObject(value) || !Array.isArray(value.results)) throw unreadable(subject, 'shape', { field: 'results' });
  const total = value.totalCount;
  const isCount = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
  const links: readonly unknown[] = Array.isArray(value.links) ? value.links : [];
  return {
    results: value.results as readonly unknown[],
    totalCount: isCount ? total : undefined,
    hasNext: links.length === 0 ? undefined : links.some((link) => isObject(link) && link.rel === 'next'),
  };
}

/**
 * All pages in order, every element once: those with an id that an earlier page had are left out, as pages shift when
 * something is made while they are read. As many pages as the total of page one announces are asked for in parallel, a
 * few ahead; whether the list ends there, or before, is told by the pages themselves. Whoever stops reading, or a page
 * that fails, stops what was asked ahead. Throws `ATLAS_REPLY_UNREADABLE` when the pages would never end.
 *
 * @param read reads one page, from 1.
 */
export async function* readPages<T>(
  read: (page: number, signal: AbortSignal) => Promise<WirePage>,
  map: (value: unknown) => T,
  subject: string,
  signal?: AbortSignal,
): AsyncGenerator<Page<T>> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const first = await read(1, stop.signal);
    const { totalCount } = first;
    const size = first.results.length;
    const announced = Math.min(mostPages, Math.ceil((totalCount ?? 0) / Math.max(1, size)));
    const ahead: Promise<WirePage>[] = [];
    let asked = 1;
    const ask = (): Promise<WirePage> => {
      asked += 1;
      const page = read(asked, stop.signal);
      page.catch(() => undefined);
      return page;
    };
    const ids = new Set<string>();
    let count = 0;
    let current = first;
    for (let number = 1; ; number += 1) {
      const fresh = current.results.filter((value) => isNew(ids, value));
      count += current.results.length;
      const more = goesOn(current, count, number === 1 ? pageSize : size, totalCount);
      if (number === 1 || fresh.length > 0) {
        yield { ...readElements(fresh, map, subject), ...(totalCount === undefined ? {} : { total: totalCount }) };
      }
      if (!more) return;
      // A page of nothing new that leads on: the same one over and over.
      if (fresh.length === 0 || number >= mostPages) throw unreadable(subject, 'endless');
      const next = ahead.shift() ?? ask();
      while (asked < announced && ahead.length < readAhead) ahead.push(ask());
      current = await next;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop.abort();
  }
}

/**
 * Whether there is a page behind this one. A link to it says so. Without one the list goes on where the page is full
 * and nothing else says that it is the last: no links at all, or a total that is not reached.
 *
 * @param count elements on this page and those before it.
 * @param full elements on a full page.
 */
function goesOn({ results, hasNext }: WirePage, count: number, full: number, totalCount: number | undefined): boolean {
  if (results.length === 0) return false;
  if (hasNext === true) return true;
  const isShort = totalCount !== undefined && count < totalCount;
  return hasNext === undefined ? results.length >= full || isShort : results.length >= full && isShort;
}

/** Takes note of the id of an element; true for one that has none. */
function isNew(ids: Set<string>, value: unknown): boolean {
  const id = isObject(value) ? (value.id ?? value._id) : undefined;
  if (typeof id !== 'string') return true;
  if (ids.has(id)) return false;
  ids.add(id);
  return true;
}
