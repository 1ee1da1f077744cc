import { originOfBaseUrl } from '../core/base-url';
import type { Clock } from '../core/clock';
import { silentLogger, type Logger } from '../core/logger';
import { problem, ProblemError } from '../core/problem';
import { joinReadable } from '../core/partly-read';
import type { Page } from '../core/project';
import { wholeList } from './elements';
import { mediaTypeOf, operations, type Operation, type OperationId } from './operations';
import { pageSize, readPages, toWirePage, type WirePage } from './paging';
import { isOperationGoingOn, problemOfReply } from './reply-problem';
import { readJson } from './reply';
import { sendBy, type Authorize, type Fetch } from './send';
import { createTransport, timeouts } from './transport';

/** What a client of the Admin API needs. */
export interface AtlasClientOptions {
  /** Origin of the Admin API, `https://cloud.mongodb.com`; plain `http` only on loopback. */
  readonly baseUrl: string;
  readonly authorize: Authorize;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly logger?: Logger;
  /** Told every secret that the client makes or passes on, for the redactor. */
  readonly onSecret?: (secret: string) => void;
  /** Requests under way at once; 8 when absent. */
  readonly concurrency?: number;
  /** Milliseconds that one attempt may take; 30 000 when absent. */
  readonly timeout?: number;
  /** Between 0 and 1, for the jitter of repetitions; tests fix it. */
  readonly random?: () => number;
}

/** The variable parts of a request. */
export interface RequestParts {
  /** Values of the path's parameters. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Sends operations by their id. */
export interface Requests {
  /** The JSON value of the answer; undefined where there is none. */
  readonly call: (id: OperationId, parts: RequestParts) => Promise<unknown>;
  readonly pages: <T>(id: OperationId, parts: RequestParts, map: (value: unknown) => T) => AsyncIterable<Page<T>>;
  /** All pages as one list; rejects with a `PartlyReadError` where elements are not what `map` expects. */
  readonly all: <T>(id: OperationId, parts: RequestParts, map: (value: unknown) => T) => Promise<readonly T[]>;
}

/**
 * The origin in a base URL, with whatever path behind it ignored. Throws `ATLAS_INPUT_INVALID` unless it is `https`,
 * or `http` on this machine, without credentials in it.
 */
export function checkBaseUrl(baseUrl: string): URL {
  const origin = originOfBaseUrl(baseUrl);
  if (origin === undefined) {
    const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
    throw new ProblemError(problem('ATLAS_INPUT_INVALID', host, { field: 'baseUrl' }));
  }
  return origin;
}

/** Builds {@link Requests}. Throws `ATLAS_INPUT_INVALID` for a base URL that must not be used. */
export function createRequests(options: AtlasClientOptions): Requests {
  const origin = checkBaseUrl(options.baseUrl);
  const { clock } = options;
  const transport = createTransport({
    send: sendBy(options.fetch),
    authorize: options.authorize,
    clock,
    logger: options.logger ?? silentLogger,
    concurrency: options.concurrency ?? 8,
    timeout: options.timeout ?? timeouts.request,
    random: options.random ?? Math.random,
  });

  const call: Requests['call'] = async (id, parts) => {
    const operation: Operation = operations[id];
    const url = new URL(fillPath(operation.path, parts.path ?? {}), origin);
    for (const [name, value] of Object.entries(parts.query ?? {})) url.searchParams.set(name, value);
    const type = mediaTypeOf(operation);
    const hasBody = parts.body !== undefined;
    const outcome = await transport({
      request: {
        method: operation.method,
        url,
        headers: { accept: type, ...(hasBody ? { 'content-type': type } : {}) },
        ...(hasBody ? { body: JSON.stringify(parts.body) } : {}),
        signal: parts.signal ?? new AbortController().signal,
      },
      repeatable: operation.repeatable,
    });
    const { reply } = outcome;
    const subject = Object.values(parts.path ?? {}).at(-1) ?? origin.host;
    if (reply.status >= 200 && reply.status < 300) {
      // Some removals answer with an empty object or text; nobody reads it.
      if (operation.method === 'DELETE' || reply.text.trim() === '') return undefined;
      return readJson(reply, subject);
    }
    // An earlier attempt, whose answer was lost, has removed it.
    if (operation.method === 'DELETE' && reply.status === 404 && outcome.repeated) return undefined;
    const status = isOperationGoingOn(reply) ? 409 : reply.status;
    const context = { subject, now: clock.now(), role: operation.role, method: options.authorize.method };
    throw new ProblemError(problemOfReply({ ...reply, status }, context));
  };

  const pages: Requests['pages'] = (id, parts, map) => {
    const subject = Object.values(parts.path ?? {}).at(-1) ?? origin.host;
    const read = async (page: number, signal: AbortSignal): Promise<WirePage> => {
      const query = { ...parts.query, pageNum: String(page), itemsPerPage: String(pageSize), includeCount: 'true' };
      return toWirePage(await call(id, { ...parts, query, signal }), subject);
    };
    return readPages(read, map, subject, parts.signal);
  };

  return {
    call,
    pages,
    all: async <T>(id: OperationId, parts: RequestParts, map: (value: unknown) => T): Promise<readonly T[]> => {
      const read: Page<T>[] = [];
      for await (const page of pages(id, parts, map)) read.push(page);
      return wholeList(joinReadable(read));
    },
  };
}

/** The path with its parameters filled in, each encoded: ids of Azure endpoints and access list blocks hold slashes. */
function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const value = values[name] ?? '';
    // Dots alone would be taken as steps up the path, encoded or not.
    if (value === '' || value === '.' || value === '..') {
      throw new ProblemError(problem('ATLAS_INPUT_INVALID', value, { field: name }));
    }
    return encodeURIComponent(value);
  });
}
