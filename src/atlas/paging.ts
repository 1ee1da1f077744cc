import type { Page } from '../core/project';
import { isObject } from './mapping/fields';
import { unreadable } from './reply';

/** Rows of a page; the description allows up to 500. */
export const pageSize = 500;

/** Pages read ahead at once. */
const readAhead = 4;
/** No list of Atlas is longer; ends a reply that claims to go on for ever. */
const mostPages = 2000;

/** One page as it came. */
export interface WirePage {
  readonly results: readonly unknown[];
  readonly totalCount: number | undefined;
}

/** Reads the envelope of a page. Some lists are bare arrays (operation listGroupPrivateEndpointEndpointService). */
export function toWirePage(value: unknown, subject: string): WirePage {
  if (Array.isArray(value)) return { results: value as readonly unknown[], totalCount: undefined };
  if (!isObject(value) || !Array.isArray(value.results)) throw unreadable(subject, 'shape', { field: 'results' });
  const total = value.totalCount;
  const isCount = typeof total === 'number' && Number.isSafeInteger(total) && total >= 0;
  return { results: value.results as readonly unknown[], totalCount: isCount ? total : undefined };
}

/**
 * All pages in order. With the total of page one the rest is asked for in parallel, a few ahead; without it page by
 * page, until one is not full. Whoever stops reading, or a page that fails, stops what was asked ahead.
 *
 * @param read reads one page, from 1.
 */
export async function* readPages<T>(
  read: (page: number, signal: AbortSignal) => Promise<WirePage>,
  map: (value: unknown) => T,
  signal?: AbortSignal,
): AsyncGenerator<Page<T>> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const first = await read(1, stop.signal);
    const { totalCount } = first;
    const toPage = (page: WirePage): Page<T> => ({
      items: page.results.map(map),
      ...(totalCount === undefined ? {} : { total: totalCount }),
    });
    yield toPage(first);
    if (totalCount === undefined) {
      let last = first;
      for (let number = 2; last.results.length >= pageSize && number <= mostPages; number += 1) {
        last = await read(number, stop.signal);
        if (last.results.length > 0) yield toPage(last);
      }
      return;
    }
    const pages = Math.min(mostPages, first.results.length === 0 ? 1 : Math.ceil(totalCount / pageSize));
    const ahead: Promise<WirePage>[] = [];
    let next = 2;
    const fill = (): void => {
      for (; next <= pages && ahead.length < readAhead; next += 1) {
        const page = read(next, stop.signal);
        page.catch(() => undefined);
        ahead.push(page);
      }
    };
    fill();
    for (let page = ahead.shift(); page !== undefined; page = ahead.shift()) {
      fill();
      yield toPage(await page);
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop.abort();
  }
}
