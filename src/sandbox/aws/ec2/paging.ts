import { createHash } from 'node:crypto';
import type { Query } from '../query';
import { integerOf, textOf } from '../query';
import { AwsRefusal, invalidValue } from '../refusal';

/** How many items an action gives at once. */
export interface PageLimits {
  readonly least: number;
  /** More than this: an error, or as many as this. */
  readonly most: number;
  readonly clamps: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * One page of a list. The token names the last item of the page before, so that what came or went in the meantime
 * makes nobody miss an item, and the request it belongs to.
 */
export function pageOf<T>(query: Query, items: readonly T[], key: (item: T) => string, limits: PageLimits): Page<T> {
  const size = sizeOf(query, limits);
  const request = fingerprint(query);
  const token = textOf(query, 'NextToken');
  const start = token === undefined ? 0 : startOf(token, request, items.map(key));
  const page = items.slice(start, size === undefined ? undefined : start + size);
  const last = page.at(-1);
  const more = last !== undefined && start + page.length < items.length;
  return {
    items: page,
    nextToken: more ? writeToken({ request, last: key(last), offset: start + page.length }) : undefined,
  };
}

function sizeOf(query: Query, { least, most, clamps }: PageLimits): number | undefined {
  const wanted = integerOf(query, 'MaxResults');
  if (wanted === undefined) return undefined;
  if (wanted < least) throw invalidValue('maxResults', String(wanted), `Expecting a value of at least ${least}.`);
  if (wanted > most && !clamps)
    throw invalidValue('maxResults', String(wanted), `Expecting a value of at most ${most}.`);
  return Math.min(wanted, most);
}

interface Token {
  readonly request: string;
  readonly last: string;
  readonly offset: number;
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify([token.request, token.last, token.offset])).toString('base64url');
}

function startOf(token: string, request: string, keys: readonly string[]): number {
  const [of, last, offset] = readToken(token);
  if (of !== request || typeof last !== 'string' || typeof offset !== 'number') {
    throw new AwsRefusal('InvalidParameterValue', 'Unable to parse pagination token');
  }
  const at = keys.indexOf(last);
  return at >= 0 ? at + 1 : Math.max(0, offset - 1);
}

function readToken(token: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** What must be the same on every page. */
function fingerprint(query: Query): string {
  const own = new Set(['NextToken', 'MaxResults', 'DryRun']);
  const text = [...query].filter(([name]) => !own.has(name)).map(([name, value]) => `${name}=${value}`);
  return createHash('sha256').update(text.sort().join('\n')).digest('hex').slice(0, 16);
}
