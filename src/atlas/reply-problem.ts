import { problem, type Problem } from '../core/problem';
import { printable, unreadable, faultOf, type Reply, type ReplyFault } from './reply';
import type { SignInMethod } from './send';

/** What is known about a request when its answer is judged. */
export interface ReplyContext {
  /** What the request is about, in the person's terms. */
  readonly subject: string;
  /** Milliseconds since the epoch, to compare with the answer's `Date`. */
  readonly now: number;
  /** The role that the description names for the operation. */
  readonly role?: string | undefined;
  /** How the account signs in. */
  readonly method?: SignInMethod | undefined;
  /** The reply may hold a secret: nothing of its text is told but an error code that is known. */
  readonly confidential?: boolean;
  /** Set when the status is fine and the content is not. */
  readonly fault?: ReplyFault;
}

/** An error of the Admin API (schema `ApiError`) or of its token endpoint (RFC 6749 section 5.2), made harmless. */
export interface ApiErrorText {
  readonly errorCode: string;
  readonly detail: string;
}

/** Clocks that differ by more than this make signatures and tokens fail; milliseconds. */
const clockTolerance = 5 * 60_000;

/** The error code and detail in a reply, empty where there are none. */
export function apiErrorOf(reply: Reply): ApiErrorText {
  let body: unknown;
  try {
    body = JSON.parse(reply.text);
  } catch {
    body = undefined;
  }
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (...names: readonly string[]): string =>
    printable(names.map((name) => fields[name]).find((value): value is string => typeof value === 'string') ?? '');
  return {
    errorCode: text('errorCode', 'error').slice(0, 100),
    detail: text('detail', 'error_description', 'reason'),
  };
}

/** Error codes of a token endpoint: those of RFC 6749 section 5.2, and Atlas's own about the caller. */
const tokenErrorCodes: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'UNAUTHORIZED',
  'USER_UNAUTHORIZED',
  'IP_ADDRESS_NOT_ON_ACCESS_LIST',
  'RATE_LIMITED',
  'UNEXPECTED_ERROR',
]);

/** As {@link apiErrorOf}, with nothing that the server may have made up from what it was sent. */
function knownErrorOf(reply: Reply): ApiErrorText {
  const { errorCode, detail } = apiErrorOf(reply);
  if (!tokenErrorCodes.has(errorCode)) return { errorCode: '', detail: '' };
  return { errorCode, detail: errorCode === 'IP_ADDRESS_NOT_ON_ACCESS_LIST' ? (addressIn(detail) ?? '') : '' };
}

/**
 * Codes of a 401 about who is calling. Atlas answers a role that is missing by 401 as well (the description's example
 * of it is `NOT_ORG_GROUP_CREATOR`; `USER_UNAUTHORIZED` was answered to a read-only key), so the status alone is no word
 * on key, secret or token.
 */
const signInCode =
  /^(?:UNAUTHORIZED|INVALID_.+|invalid_.+|unauthorized_client|.*(?:TOKEN|CREDENTIAL|API_KEY|NONCE).*)$/u;
const roleCode =
  /^(?:USER_UNAUTHORIZED|NOT_(?!AUTHENTICATED).+|.*(?:ROLE|PERMISSION|_UNAUTHORIZED|NOT_AUTHORIZED|FORBIDDEN).*)$/u;

/** Ways to sign in that proxies of organizations offer and Atlas does not. */
const proxyScheme = /^\s*(?:negotiate|ntlm|kerberos)\b/iu;

/** What a 401 refuses: who is calling, what they may do, or, from something other than Atlas, a way through. */
export type Refused = 'sign-in' | 'role' | 'way';

/**
 * Tells what a 401 refuses. A code that is in neither list counts as a role unless the answer asks to sign in, as RFC
 * 9110 section 15.5.2 wants of a 401 that means it.
 */
export function refusedBy401(reply: Reply): Refused {
  const { errorCode } = apiErrorOf(reply);
  const scheme = reply.headers.get('www-authenticate');
  if (errorCode === '') return faultOf(reply) === 'html' || proxyScheme.test(scheme ?? '') ? 'way' : 'sign-in';
  if (roleCode.test(errorCode) || isAccessList(errorCode)) return 'role';
  return signInCode.test(errorCode) || scheme !== null ? 'sign-in' : 'role';
}

/** True for the refusal that passes by itself: Atlas is still at work on the same request and did nothing with this one. */
export function isOperationGoingOn(reply: Reply): boolean {
  if (reply.status !== 409 && reply.status !== 400) return false;
  const { errorCode, detail } = apiErrorOf(reply);
  return /idempotent[_ ]operation/iu.test(`${errorCode} ${detail}`);
}

/** The problem that an answer other than the promised one means. */
export function problemOfReply(reply: Reply, context: ReplyContext): Problem {
  const { subject } = context;
  const contentType = reply.headers.get('content-type');
  if (context.fault !== undefined) return unreadable(subject, context.fault, { contentType }).problem;
  const { errorCode, detail } = context.confidential === true ? knownErrorOf(reply) : apiErrorOf(reply);
  const evidence = printable([`HTTP ${reply.status}`, errorCode, detail].filter((part) => part !== '').join(' '), 700);
  const withText = (parameters: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    ...(errorCode === '' ? {} : { errorCode }),
    ...(detail === '' ? {} : { detail }),
    ...parameters,
  });

  const forbidden = (): Problem => {
    if (isAccessList(errorCode)) {
      const address = addressIn(detail);
      return problem('ATLAS_ACCESS_LIST', subject, withText(address === undefined ? {} : { address }), { evidence });
    }
    const role = context.role === undefined ? {} : { role: context.role };
    return problem('ATLAS_FORBIDDEN', subject, withText(role), { evidence });
  };

  switch (reply.status) {
    case 401: {
      const refused = refusedBy401(reply);
      if (refused === 'way') return unreadable(subject, wayFault(reply), { contentType, evidence }).problem;
      return refused === 'role' ? forbidden() : signInProblem(reply, context, withText(), evidence);
    }
    case 402:
      return problem('ATLAS_PAYMENT_REQUIRED', subject, withText(), { evidence });
    case 403:
      if (errorCode === '' && faultOf(reply) === 'html') break;
      return forbidden();
    case 404:
      if (errorCode === '' && faultOf(reply) === 'html') break;
      return problem('ATLAS_NOT_FOUND', subject, withText(), { evidence });
    case 409:
      return problem('ATLAS_CONFLICT', subject, withText(), { evidence });
    case 429: {
      const seconds = retryAfter(reply.headers, context.now);
      const wait = seconds === undefined ? {} : { seconds: String(Math.ceil(seconds / 1000)) };
      return problem('ATLAS_RATE_LIMITED', subject, withText(wait), { evidence });
    }
  }
  if (reply.status >= 500) {
    return problem('ATLAS_SERVER_ERROR', subject, withText({ status: String(reply.status) }), { evidence });
  }
  if (reply.status >= 300 && reply.status < 400) {
    const hop = context.confidential === true ? `HTTP ${reply.status}` : printable(redirectEvidence(reply), 300);
    return unreadable(subject, 'redirect', { contentType, evidence: hop }).problem;
  }
  if (errorCode === '' && reply.status >= 400 && faultOf(reply) === 'html') {
    return unreadable(subject, 'html', { contentType, evidence }).problem;
  }
  return problem('ATLAS_REFUSED', subject, withText({ status: String(reply.status) }), { evidence });
}

function isAccessList(errorCode: string): boolean {
  return /ACCESS_LIST|WHITELIST/u.test(errorCode);
}

function wayFault(reply: Reply): ReplyFault {
  return faultOf(reply) === 'html' ? 'html' : 'proxy';
}

function redirectEvidence(reply: Reply): string {
  const location = reply.headers.get('location') ?? '';
  // Host only: the path of a sign-in page may carry a token.
  const host = URL.canParse(location) ? new URL(location).host : '';
  return `HTTP ${reply.status}${host === '' ? '' : ` to ${host}`}`;
}

function signInProblem(
  reply: Reply,
  context: ReplyContext,
  text: Readonly<Record<string, string>>,
  evidence: string,
): Problem {
  const date = Date.parse(reply.headers.get('date') ?? '');
  const difference = Number.isNaN(date) ? 0 : context.now - date;
  const method = context.method ?? 'apiKey';
  const refused = problem('ATLAS_SIGN_IN_REFUSED', context.subject, { ...text, method }, { evidence });
  if (Math.abs(difference) <= clockTolerance) return refused;
  const parameters = { difference: String(Math.round(difference / 1000)) };
  return problem('ATLAS_CLOCK_SKEW', context.subject, parameters, { evidence, cause: refused });
}

/** Nobody is told to wait longer; milliseconds. */
const longestRetryAfter = 24 * 3_600_000;

/**
 * Milliseconds that `Retry-After` asks to wait, from seconds or a date (RFC 9110 section 10.2.3), a day at most;
 * undefined for what is neither. Fractions of a second, which the RFC does not know, are taken for what they say.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(?:\.\d+)?$/u.test(value)) return Math.min(longestRetryAfter, Math.ceil(Number(value) * 1000));
  // Date.parse makes a date of nearly anything, such as of "-1".
  const date = /^[a-z]{3,9},? .*\d/iu.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(longestRetryAfter, Math.max(0, date - now));
}

function addressIn(detail: string): string | undefined {
  return (
    /\b\d{1,3}(?:\.\d{1,3}){3}\b/u.exec(detail)?.[0] ??
    /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/iu.exec(detail)?.[0]
  );
}
