import { isIPv6 } from 'node:net';
import { isSocketPath, type ConnectionString } from './parse';

/** What {@link renderConnectionString} writes: spans are of no interest to it. */
export type StringParts = Pick<ConnectionString, 'scheme' | 'username' | 'password' | 'database'> & {
  readonly hosts: readonly { readonly host: string; readonly port?: number }[];
  readonly options: readonly { readonly name: string; readonly value: string }[];
};

/**
 * Writes a connection string that says what `parts` say: parsing it gives them back. Everything that could be
 * misread is percent-encoded; placeholders in angle brackets stay as they are.
 */
export function renderConnectionString(parts: StringParts): string {
  const { scheme, username, password, hosts, database = '', options } = parts;
  const secret = password === undefined ? '' : `:${encodeCredential(password)}`;
  const user = username === undefined ? '' : `${encodeCredential(username)}${secret}@`;
  const list = hosts.map(({ host, port }) => `${encodeHost(host)}${port === undefined ? '' : `:${port}`}`).join(',');
  const query = options.map(({ name, value }) => `${encodeOption(name)}=${encodeOption(value)}`).join('&');
  return `${scheme}://${user}${list}/${percentEncode(database)}${query === '' ? '' : `?${query}`}`;
}

/** Percent-encodes all but RFC 3986's unreserved characters. Half of a surrogate pair becomes U+FFFD. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** True for a placeholder in angle brackets as Atlas writes them, `<db_password>`. */
export function isAnglePlaceholder(text: string): boolean {
  return /^<[A-Za-z_][\w-]*>$/.test(text);
}

/** A user name or password as it stands in a string. */
export function encodeCredential(text: string): string {
  return isAnglePlaceholder(text) ? text : percentEncode(text);
}

function encodeHost(host: string): string {
  if (isIPv6(host)) return `[${host.replace('%', '%25')}]`;
  return isSocketPath(host) ? percentEncode(host) : host;
}

/** Lists and addresses stay readable: `:`, `/` and `,` have no meaning in options. */
function encodeOption(text: string): string {
  return percentEncode(text).replace(/%(?:3A|2F|2C)/g, decodeURIComponent);
}
