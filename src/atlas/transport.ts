import type { Clock } from '../core/clock';
import { delay } from '../core/clock';
import type { Logger } from '../core/logger';
import { isCancellation, problem, ProblemError, problemOf } from '../core/problem';
import { createLimiter } from './limiter';
import { isOperationGoingOn, retryAfter } from './reply-problem';
import { readReply, printable, unreadable, type Reply } from './reply';
import { discard, type AtlasRequest, type Authorize, type Send } from './send';

/**
 * Milliseconds. `request`: one attempt with its sign-in, to the end of the body. `silence`: all attempts of a call that
 * got no answer, with the waits after them; longer nobody is left without a word.
 */
export const timeouts = {
  request: 30_000,
  silence: 45_000,
  longestWait: 60_000,
  firstBackOff: 500,
  longestBackOff: 8_000,
} as const;

/** Attempts of one call in all. */
const attempts = 5;
/** Of these, attempts that end with a timeout: a network that drops packets drops the next ones, too. */
const mostTimeouts = 2;
const redirects = 3;

/** A call: what to send, and how far it may be repeated. */
export interface Call {
  readonly request: AtlasRequest;
  /** See `Operation.repeatable`. */
  readonly repeatable: boolean;
}

/** What a transport needs. */
export interface TransportOptions {
  readonly send: Send;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Requests under way at once. */
  readonly concurrency: number;
  /** Milliseconds of one attempt, at most. */
  readonly timeout: number;
  /** Between 0 and 1, for the jitter. */
  readonly random: () => number;
}

/** What came of a call; `repeated` when an earlier attempt may have done it already. */
export interface Outcome {
  readonly reply: Reply;
  readonly repeated: boolean;
}

/**
 * Sends calls: bounded in number and time, signed in, and repeated where that is safe.
 *
 * - 429 and "idempotent operation going on" did nothing, so every call is tried again, after what `Retry-After` says.
 * - 5xx, a broken connection and a timeout leave the outcome open, so only repeatable calls are tried again.
 * - A network that does not answer is given `timeouts.silence` in all, and one repetition after a timeout.
 * - Waits grow exponentially with full jitter. A `Retry-After` beyond `timeouts.longestWait` is not waited for.
 *
 * Resolves with any answer, also a refusal. Rejects with `ATLAS_TIMEOUT`, `ATLAS_UNREACHABLE` or
 * `ATLAS_REPLY_UNREADABLE`, or with the signal's reason.
 */
export function createTransport(options: TransportOptions): (call: Call) => Promise<Outcome> {
  const limiter = createLimiter(options.concurrency);
  const { clock, logger } = options;

  /** `limit` does not count the time until there is a place for the request. */
  const attempt = ({ request }: Call, limit: number): Promise<Reply> =>
    limiter(() => sendInTime(request, (bounded) => followRedirects(bounded, options), clock, limit), request.signal);

  return async (call) => {
    const { request } = call;
    const name = `${request.method} ${request.url.pathname}`;
    let since = clock.monotonic();
    let repeated = false;
    let silent = 0;
    let late = 0;
    for (let tried = 1; ; tried += 1) {
      const backOff = Math.min(timeouts.longestBackOff, timeouts.firstBackOff * 2 ** (tried - 1)) * options.random();
      let wait: number;
      let answered = false;
      try {
        const reply = await attempt(call, Math.min(options.timeout, timeouts.silence - silent));
        answered = true;
        const asked = retryAfter(reply.headers, clock.now());
        // A server that asks for no wait, or for one that is over, is not asked without any.
        wait = Math.max(backOff, (asked ?? 0) + backOff / 4);
        logger.debug(`Atlas: ${name}: ${reply.status}`);
        const again = isWithoutEffect(reply) || (reply.status >= 500 && call.repeatable);
        if (!again || tried === attempts || wait > timeouts.longestWait) return { reply, repeated };
        repeated ||= reply.status >= 500;
      } catch (error) {
        if (request.signal.aborted || isCancellation(error)) throw error;
        const code = problemOf(error)?.code;
        logger.debug(`Atlas: ${name}: ${code ?? 'failed'}`);
        const passing = code === 'ATLAS_TIMEOUT' || code === 'ATLAS_UNREACHABLE';
        if (!passing || !call.repeatable || tried === attempts) throw error;
        repeated = true;
        wait = backOff;
        // With the time in the queue: calls that waited behind silent ones need not find out anew.
        const waited = clock.monotonic() - since;
        silent = waited + wait;
        if (code === 'ATLAS_TIMEOUT') late += 1;
        if (late === mostTimeouts) throw timeoutOf(request.url.host, waited);
        if (silent >= timeouts.silence) throw error;
      }
      await delay(clock, wait, request.signal);
      if (!answered) continue;
      since = clock.monotonic();
      silent = 0;
    }
  };
}

function isWithoutEffect(reply: Reply): boolean {
  return reply.status === 429 || isOperationGoingOn(reply);
}

/** Follows redirects of reading requests within the origin, each signed in for itself; others come back as they are. */
async function followRedirects(request: AtlasRequest, options: TransportOptions): Promise<Response> {
  let current = request;
  for (let followed = 0; ; followed += 1) {
    const response = await options.authorize(current, options.send);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null || followed === redirects) return response;
    if (request.method !== 'GET' || !URL.canParse(location, current.url.href)) return response;
    const url = new URL(location, current.url);
    if (url.origin !== request.url.origin) return response;
    await discard(response);
    current = { ...current, url };
  }
}

/** Sends one request and reads the answer to its end, within `limit` milliseconds. */
export async function sendInTime(request: AtlasRequest, send: Send, clock: Clock, limit: number): Promise<Reply> {
  request.signal.throwIfAborted();
  const abort = new AbortController();
  const onAbort = (): void => abort.abort(request.signal.reason);
  request.signal.addEventListener('abort', onAbort, { once: true });
  let late = false;
  const stop = clock.after(limit, () => {
    late = true;
    abort.abort();
  });
  const { host } = request.url;
  try {
    return await readReply(await send({ ...request, signal: abort.signal }), host);
  } catch (error) {
    if (isAborted(request.signal)) throw request.signal.reason;
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- set by the timer
    if (late) throw timeoutOf(host, limit);
    if (problemOf(error) !== undefined) throw error;
    const { reason, evidence } = reasonOf(error);
    // The words of undici, which the editor's fetch is: an answer 407 comes as an error.
    if (evidence.includes('Proxy response (407)') || isUnnamed(error)) throw unreadable(host, 'proxy', { evidence });
    throw new ProblemError(problem('ATLAS_UNREACHABLE', host, { reason }, { evidence }));
  } finally {
    stop();
    request.signal.removeEventListener('abort', onAbort);
  }
}

/** `ms`: how long was waited. */
function timeoutOf(host: string, ms: number): ProblemError {
  return new ProblemError(problem('ATLAS_TIMEOUT', host, { seconds: String(Math.round(ms / 1000)) }));
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/**
 * What undici makes of an answer 407 that is not a tunnel's: an error without a message, as the Fetch standard has it for
 * a request that nobody can be asked for a password for (HTTP-network-or-cache fetch). What fails otherwise says how.
 */
function isUnnamed(error: unknown): boolean {
  if (!(error instanceof TypeError) || !(error.cause instanceof Error)) return false;
  return error.cause.message === '' && !('code' in error.cause) && !(error.cause instanceof AggregateError);
}

/** The system's own code behind a failed `fetch`, which wraps it in causes and, for several addresses, in aggregates. */
function reasonOf(error: unknown): { readonly reason: string; readonly evidence: string } {
  const seen: string[] = [];
  let current: unknown = error;
  let reason: string | undefined;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const inner: unknown = current instanceof AggregateError ? current.errors[0] : current.cause;
    const code: unknown = 'code' in current ? current.code : undefined;
    if (typeof code === 'string') reason = code;
    seen.push(current.message);
    current = inner;
  }
  return { reason: printable(reason ?? 'UNKNOWN', 60), evidence: printable(seen.filter(Boolean).join(': '), 300) };
}
