import { problem, ProblemError } from '../core/problem';

/** An answer that was read to its end. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Bytes of an answer that are accepted: 500 clusters take about 5 MB. */
export const replyLimit = 64 * 1024 * 1024;

/** What makes a reply unreadable: parameter `fault` of `ATLAS_REPLY_UNREADABLE`. */
export type ReplyFault = 'html' | 'not-json' | 'truncated' | 'too-large' | 'redirect' | 'proxy' | 'shape' | 'endless';

/** The error for a reply that is not what the API promises; `field` names what is wrong with the shape. */
export function unreadable(
  subject: string,
  fault: ReplyFault,
  more: { readonly contentType?: string | null; readonly field?: string; readonly evidence?: string } = {},
): ProblemError {
  const parameters = {
    fault,
    contentType: printable(more.contentType ?? '', 100),
    ...(more.field === undefined ? {} : { field: more.field }),
  };
  return new ProblemError(problem('ATLAS_REPLY_UNREADABLE', subject, parameters, { evidence: more.evidence }));
}

/** Reads an answer to its end, up to {@link replyLimit}; a broken-off body rejects as `fetch` does. */
export async function readReply(response: Response, subject: string, limit = replyLimit): Promise<Reply> {
  const { status, headers, body } = response;
  if (body === null) return { status, headers, text: '' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
    if (done || value === undefined) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw unreadable(subject, 'too-large', { contentType: headers.get('content-type') });
    }
    chunks.push(value);
  }
  return { status, headers, text: Buffer.concat(chunks).toString('utf8') };
}

/**
 * The JSON value in a reply; throws `ATLAS_REPLY_UNREADABLE` when there is none, with the reply's beginning as evidence
 * unless it is `confidential`: half a token is not known to the redactor.
 */
export function readJson(
  reply: Reply,
  subject: string,
  { confidential = false }: { readonly confidential?: boolean } = {},
): unknown {
  const contentType = reply.headers.get('content-type');
  try {
    return JSON.parse(reply.text) as unknown;
  } catch {
    const evidence = confidential ? {} : { evidence: printable(reply.text, 200) };
    throw unreadable(subject, faultOf(reply), { contentType, ...evidence });
  }
}

/** What is wrong with a reply that is no JSON. */
export function faultOf(reply: Reply): ReplyFault {
  if (/^\s*<(?:!doctype|html|\?xml)/iu.test(reply.text) || isHtml(reply)) return 'html';
  return /^\s*[[{]/u.test(reply.text) ? 'truncated' : 'not-json';
}

function isHtml(reply: Reply): boolean {
  return (reply.headers.get('content-type') ?? '').includes('html');
}

/** Text from the network, fit to be shown: control and direction characters replaced, length bounded. */
export function printable(text: string, length = 500): string {
  const clean = text
    .slice(0, length * 2)

    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu, ' ')
    .trim();
  return clean.length > length ? `${clean.slice(0, length)}…` : clean;
}
