import { problem, type Problem } from '../core/problem';
import { printable, unreadable, faultOf, type Reply, type ReplyFault } from './reply';

/** What is known about a request when its answer is judged. */
export interface ReplyContext {
  /** What the request is about, in the person's terms. */
  readonly subject: string;
  /** Milliseconds since the epoch, to compare with the answer's `Date`. */
  readonly now: number;
  /** The role that the description names for the operation. */
  readonly role?: string | undefined;
  /** How the account signs in, where the caller knows. */
  readonly method?: 'apiKey' | 'serviceAccount';
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

  switch (reply.status) {
    case 401:
      return signInProblem(reply, context, withText(), evidence);
    case 402:
      return problem('ATLAS_PAYMENT_REQUIRED', subject, withText(), { evidence });
    case 403: {
      if (/ACCESS_LIST|WHITELIST/u.test(errorCode)) {
        const address = addressIn(detail);
        return problem('ATLAS_ACCESS_LIST', subject, withText(address === undefined ? {} : { address }), { evidence });
      }
      if (errorCode === '' && faultOf(reply) === 'html') break;
      return problem('ATLAS_FORBIDDEN', subject, withText(context.role === undefined ? {} : { role: context.role }), {
        evidence,
      });
    }
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
  const scheme = reply.headers.get('www-authenticate') ?? '';
  const method = context.method ?? (/^\s*digest/iu.test(scheme) ? 'apiKey' : 'serviceAccount');
  const refused = problem('ATLAS_SIGN_IN_REFUSED', context.subject, { ...text, method }, { evidence });
  if (Math.abs(difference) <= clockTolerance) return refused;
  const parameters = { difference: String(Math.round(difference / 1000)) };
  return problem('ATLAS_CLOCK_SKEW', context.subject, parameters, { evidence, cause: refused });
}

/** Milliseconds that `Retry-After` asks to wait, from seconds or a date (RFC 9110 section 10.2.3). */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/u.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function addressIn(detail: string): string | undefined {
  return (
    /\b\d{1,3}(?:\.\d{1,3}){3}\b/u.exec(detail)?.[0] ??
    /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/iu.exec(detail)?.[0]
  );
}
