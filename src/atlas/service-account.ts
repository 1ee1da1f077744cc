import { delay, type Clock } from '../core/clock';
import { ProblemError } from '../core/problem';
import { waitFor } from './api-key';
import { judge } from './unauthorized';
import { readJson, type Reply } from './reply';
import { problemOfReply, retryAfter, type ReplyContext } from './reply-problem';
import { sendBy, withHeader, type AtlasRequest, type Authorize, type Fetch } from './send';
import { sendInTime, timeouts } from './transport';

interface Token {
  readonly value: string;
  /** Milliseconds of the clock's `monotonic`. */
  readonly renewAt: number;
}

/** Renewed this long before its end, or after half of its life when that is shorter; milliseconds. */
const renewalMargin = 60_000;
/** How often a token is asked for, and how long is waited between: all calls wait with it, each in its own time. */
const attempts = 3;
const longestWait = 5_000;

/**
 * Signs in with a service account: OAuth 2 client credentials (RFC 6749 section 4.4) for a bearer token that serves
 * until shortly before its end. However many calls wait, one renewal is under way. A refused token is renewed once, a
 * refused role leaves it as it is.
 * Id and secret go into Basic as they are: Atlas's ids hold `_`, which must not be percent-encoded.
 *
 * @param account.onSecret is told the secret and every token, for the redactor, before they are used.
 */
export function serviceAccountSignIn(account: {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly onSecret?: (secret: string) => void;
}): Authorize {
  const basic = Buffer.from(`${account.clientId}:${account.clientSecret}`, 'utf8').toString('base64');
  account.onSecret?.(account.clientSecret);
  account.onSecret?.(basic);
  let token: Token | undefined;
  let renewal: { readonly promise: Promise<Token>; readonly abort: AbortController; waiting: number } | undefined;

  /** Asking for a token changes nothing, so it is done again where Atlas is only busy. */
  const ask = async (request: AtlasRequest): Promise<{ readonly reply: Reply; readonly started: number }> => {
    const { clock } = account;
    for (let tried = 1; ; tried += 1) {
      const started = clock.monotonic();
      const reply = await sendInTime(request, sendBy(account.fetch), clock, timeouts.request);
      const isBusy = reply.status === 429 || reply.status >= 500;
      const backOff = timeouts.firstBackOff * 2 ** (tried - 1);
      const wait = Math.max(backOff, retryAfter(reply.headers, clock.now()) ?? 0);
      if (!isBusy || tried === attempts || wait > longestWait) return { reply, started };
      await delay(clock, wait, request.signal);
    }
  };

  const renew = async (signal: AbortSignal): Promise<Token> => {
    const request: AtlasRequest = {
      method: 'POST',
      url: new URL('/api/oauth/token', account.baseUrl),
      headers: {
        authorization: `Basic ${basic}`,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      signal,
    };
    const { reply, started } = await ask(request);
    const context: ReplyContext = {
      subject: account.clientId,
      now: account.clock.now(),
      method: 'serviceAccount',
      confidential: true,
    };
    if (reply.status !== 200) {
      // The token endpoint answers 400 or 401 to credentials it does not know (RFC 6749 section 5.2).
      const status = reply.status === 400 ? 401 : reply.status;
      throw new ProblemError(problemOfReply({ ...reply, status }, context));
    }
    const body = readJson(reply, account.clientId, { confidential: true }) as {
      access_token?: unknown;
      expires_in?: unknown;
    } | null;
    const value = body?.access_token;
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/u.test(value)) {
      throw new ProblemError(problemOfReply(reply, { ...context, fault: 'shape' }));
    }
    account.onSecret?.(value);
    const life = typeof body?.expires_in === 'number' && body.expires_in > 0 ? body.expires_in * 1000 : 3_600_000;
    token = { value, renewAt: started + Math.max(life / 2, life - renewalMargin) };
    return token;
  };

  const current = async (signal: AbortSignal): Promise<Token> => {
    if (token !== undefined && account.clock.monotonic() < token.renewAt) return token;
    if (renewal === undefined) {
      const abort = new AbortController();
      const started = {
        abort,
        waiting: 0,
        promise: renew(abort.signal).finally(() => {
          if (renewal === started) renewal = undefined;
        }),
      };
      started.promise.catch(() => undefined);
      renewal = started;
    }
    const joined = renewal;
    joined.waiting += 1;
    try {
      return await waitFor(joined.promise, signal);
    } finally {
      joined.waiting -= 1;
      // The last call that wanted it has gone: nothing stays behind.
      if (joined.waiting === 0 && signal.aborted) {
        joined.abort.abort(signal.reason);
        if (renewal === joined) renewal = undefined;
      }
    }
  };

  const bearer = (request: AtlasRequest, used: Token): AtlasRequest =>
    withHeader(request, 'authorization', `Bearer ${used.value}`);

  const authorize: Authorize = async (request, send) => {
    const used = await current(request.signal);
    const { response, refused } = await judge(await send(bearer(request, used)), request.url.host);
    if (refused !== 'sign-in') return response;
    if (token === used) token = undefined;
    return send(bearer(request, await current(request.signal)));
  };
  return Object.assign(authorize, { method: 'serviceAccount' } as const);
}
