import { isPlaceholder } from './credentials';
import { parseConnectionString, type ConnectionString, type TextSpan } from './parse';
import { percentEncode } from './render';

/** More `@` are not tried: what has them is no connection string. */
const mostAts = 8;

/**
 * The credentials of a string that drivers refuse because of them, and how they are written so that drivers accept the
 * string: every character percent-encoded that has to be. What is percent-encoded already stays as it is, and
 * placeholders do. The password may hold anything, `@`, `/` and `:` too; the user name ends at the first `:`.
 *
 * Undefined when nothing has to be encoded, or when the string would be refused all the same.
 */
export function encodedCredentials(text: string): { readonly span: TextSpan; readonly newText: string } | undefined {
  const start = text.indexOf('://') + '://'.length;
  if (start < '://'.length) return undefined;
  const parsed = parseConnectionString(text);
  for (const end of parsed.ok ? [parsed.value.credentialsSpan?.end ?? -1] : endsOfCredentials(text, start)) {
    const newText = encodePair(text.slice(start, Math.max(start, end)));
    if (end >= start && parseConnectionString(text.slice(0, start) + newText + text.slice(end)).ok) {
      return newText === text.slice(start, end) ? undefined : { span: { start, end }, newText };
    }
  }
  return undefined;
}

/**
 * Where the credentials of a string that drivers refuse may end: at an `@`, the last one first, those in the value of an
 * option behind a host last.
 */
function endsOfCredentials(text: string, start: number): readonly number[] {
  const ends: number[] = [];
  for (let end = text.lastIndexOf('@'); ends.length < mostAts && end >= start; end = text.lastIndexOf('@', end - 1)) {
    ends.push(end);
  }
  const host = text.search(hostAndOption);
  if (host < 0) return ends;
  return [...ends.filter((end) => end <= host), ...ends.filter((end) => end > host)];
}

/** `@host.name/db?appName=me@`: a host with a domain, and an option with an `@` in its value. */
const hostAndOption = /@[\w,:[\]-]*\.[\w.,:[\]-]*(?:\/[^/?@]*)?\?(?:[A-Za-z]+=[^?&@]*&)*[A-Za-z]+=[^?&@]*@/;

/**
 * The index of the first character of user name or password that drivers may refuse unless it is percent-encoded,
 * undefined when there is none. MongoDB's manual lists `$ : / ? # [ ] @`; beyond that RFC 3986 has no place in
 * credentials for characters outside of ASCII, for white space and for `" < > \ ^ { | }` and the backtick.
 */
export function firstUnencoded(
  text: string,
  { usernameSpan, passwordSpan }: Pick<ConnectionString, 'usernameSpan' | 'passwordSpan'>,
): number | undefined {
  for (const span of [usernameSpan, passwordSpan]) {
    const raw = text.slice(span?.start, span?.end);
    if (span === undefined || isPlaceholder(raw)) continue;
    const index = raw.search(/[^\w.~!&'()*+,;=%-]/);
    if (index >= 0) return span.start + index;
  }
  return undefined;
}

function encodePair(raw: string): string {
  const colon = raw.indexOf(':');
  return colon < 0 ? encodeRaw(raw) : `${encodeRaw(raw.slice(0, colon))}:${encodeRaw(raw.slice(colon + 1))}`;
}

/** Percent-encodes what is not encoded yet. */
function encodeRaw(raw: string): string {
  if (isPlaceholder(raw)) return raw;
  if (!isDecodable(raw)) return percentEncode(raw);
  return raw
    .split(/(%[\da-f]{2})/i)
    .map((piece, index) => (index % 2 === 1 ? piece : percentEncode(piece)))
    .join('');
}

/** False for a `%` that begins nothing, or bytes that are no UTF-8: then no `%` is meant as the beginning of a code. */
function isDecodable(raw: string): boolean {
  try {
    decodeURIComponent(raw);
    return true;
  } catch {
    return false;
  }
}
