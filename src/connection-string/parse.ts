import { isIPv4, isIPv6 } from 'node:net';
import type { StringFault, StringProblemCode } from '../core/problem-codes/connection-string';
import { failed, ok, problem, type ProblemOf, type Result } from '../core/problem';
import { optionConflict } from './option-rules';

/** A piece of a text: from `start` up to, not including, `end`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** One server that a string names. */
export interface StringHost {
  /** A name, an IPv4 address, an IPv6 address without its brackets, or the path of a Unix domain socket; decoded. */
  readonly host: string;
  readonly port?: number;
  /** Host and port. */
  readonly span: TextSpan;
}

/** One option, in the order of the string; names keep their case and may repeat. */
export interface StringOption {
  readonly name: string;
  /** Decoded. */
  readonly value: string;
  /** Name, `=` and value. */
  readonly span: TextSpan;
}

/** What a connection string says. Spans lead into the text that was parsed. */
export interface ConnectionString {
  readonly scheme: 'mongodb' | 'mongodb+srv';
  /** Decoded. */
  readonly username?: string;
  /** Decoded; a placeholder counts as a password. It is a secret: see `credentials.ts`. */
  readonly password?: string;
  /** User name and password, without the `@`. */
  readonly credentialsSpan?: TextSpan;
  readonly usernameSpan?: TextSpan;
  readonly passwordSpan?: TextSpan;
  /** One or more; exactly one for `mongodb+srv`. */
  readonly hosts: readonly StringHost[];
  /** Hosts and ports together. */
  readonly hostsSpan: TextSpan;
  /** Decoded. */
  readonly database?: string;
  readonly options: readonly StringOption[];
}

/** Refuses the text at a place. Caught by {@link parseConnectionString}, never seen outside. */
class Fault extends Error {
  constructor(
    readonly reason: StringFault,
    readonly position: number,
  ) {
    super(reason);
  }
}

/**
 * Reads a connection string as MongoDB's specifications say (connection string, URI options, initial DNS seedlist
 * discovery, load balancers, SOCKS5). Unknown and repeated options are kept, as drivers only warn about them.
 *
 * Where the specifications leave a choice it does what the Node.js driver does, so that only what connects is accepted:
 * the slash before options may be left out, Unix domain sockets and IPv6 literals are hosts, and characters that RFC
 * 3986 does not allow in user names but that have no meaning there (`<`, `{`, …) pass, so that placeholders do.
 *
 * Fails with STRING_MALFORMED: `reason` is a {@link StringFault}, `position` the index of the first character that is
 * wrong. No part of the text is in the problem. Takes time in proportion to the length of the text.
 */
export function parseConnectionString(text: string): Result<ConnectionString, ProblemOf<StringProblemCode>> {
  const scheme = schemeOf(text);
  try {
    if (scheme === undefined) throw new Fault('scheme', 0);
    return ok(parseBody(text, scheme));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const parameters = { reason: error.reason, position: String(error.position) };
    return failed(problem('STRING_MALFORMED', scheme === undefined ? '' : `${scheme}://…`, parameters));
  }
}

/**
 * The value of an option by its name in any case; the last one when it repeats, as most drivers do. Undefined when the
 * string does not have it.
 */
export function optionOf({ options }: Pick<ConnectionString, 'options'>, name: string): string | undefined {
  return options.findLast((option) => option.name.toLowerCase() === name.toLowerCase())?.value;
}

/** True when the path of a Unix domain socket stands in place of a host name: it ends in `.sock` (specification). */
export function isSocketPath(host: string): boolean {
  return host.endsWith('.sock');
}

function schemeOf(text: string): ConnectionString['scheme'] | undefined {
  if (text.startsWith('mongodb://')) return 'mongodb';
  return text.startsWith('mongodb+srv://') ? 'mongodb+srv' : undefined;
}

function parseBody(text: string, scheme: ConnectionString['scheme']): ConnectionString {
  const start = scheme.length + '://'.length;
  const forbidden = controlCharacter.exec(text);
  if (forbidden !== null) throw new Fault('character', forbidden.index);
  const authorityEnd = indexOr(text, /[/?]/g, start, text.length);
  // An unencoded `/` or `?` in a password ends the authority too early: what is wrong then is the password.
  const strayAt = text.includes('@', authorityEnd);
  try {
    const at = text.lastIndexOf('@', authorityEnd - 1);
    const credentials = at < start ? {} : parseCredentials(text, { start, end: at });
    const hostsSpan = { start: at < start ? start : at + 1, end: authorityEnd };
    const hosts = parseHosts(text, hostsSpan, scheme);
    const optionsStart = indexOr(text, /\?/g, authorityEnd, text.length);
    const database = parseDatabase(text, { start: authorityEnd, end: optionsStart });
    const options = parseOptions(text, { start: optionsStart + 1, end: text.length });
    // Nor does the name of an option hold an `@`.
    const hasStrayName = options.some(({ span }) =>
      text.slice(span.start, text.indexOf('=', span.start)).includes('@'),
    );
    if (strayAt && (hasStrayName || text.slice(authorityEnd, optionsStart).includes('@'))) {
      throw new Fault('credentials-reserved', authorityEnd);
    }
    const conflict = optionConflict({ scheme, hosts, options });
    if (conflict !== undefined) throw new Fault(conflict.reason, conflict.position);
    return { scheme, ...credentials, hosts, hostsSpan, ...(database === '' ? {} : { database }), options };
  } catch (error) {
    if (!strayAt || !(error instanceof Fault) || !shapeFaults.has(error.reason)) throw error;
    throw new Fault('credentials-reserved', firstReserved(text, { start, end: text.lastIndexOf('@') }));
  }
}

/** What a text fails with when an unencoded password was cut at its `/` or `?`. */
const shapeFaults: ReadonlySet<StringFault> = new Set([
  'credentials-reserved',
  'username-empty',
  'host-missing',
  'host-invalid',
  'ipv6-brackets',
  'port',
  'srv-port',
  'database',
  'option-incomplete',
]);

const controlCharacter =
  /[\u0000-\u001f\u007f\u0085\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function indexOr(text: string, pattern: RegExp, from: number, otherwise: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? otherwise;
}

/** The first character of credentials that has to be percent-encoded. */
function firstReserved(text: string, { start, end }: TextSpan): number {
  let colons = 0;
  for (let index = start; index < end; index += 1) {
    const character = text.charAt(index);
    if (character === ':') colons += 1;
    if ('@/?#[]'.includes(character) || colons > 1) return index;
  }
  return end;
}

type Credentials = Pick<
  ConnectionString,
  'username' | 'password' | 'credentialsSpan' | 'usernameSpan' | 'passwordSpan'
>;

function parseCredentials(text: string, span: TextSpan): Credentials {
  const reserved = firstReserved(text, span);
  if (reserved < span.end) throw new Fault('credentials-reserved', reserved);
  const space = indexOr(text, /\s/g, span.start, span.end);
  if (space < span.end) throw new Fault('character', space);
  const colon = text.indexOf(':', span.start);
  const usernameSpan = { start: span.start, end: colon < 0 || colon > span.end ? span.end : colon };
  if (usernameSpan.end === usernameSpan.start) throw new Fault('username-empty', span.start);
  const username = decode(text, usernameSpan);
  if (usernameSpan.end === span.end) return { username, credentialsSpan: span, usernameSpan };
  const passwordSpan = { start: usernameSpan.end + 1, end: span.end };
  return { username, password: decode(text, passwordSpan), credentialsSpan: span, usernameSpan, passwordSpan };
}

/** Decodes, or refuses at the `%` that begins no character. */
function decode(text: string, { start, end }: TextSpan): string {
  const raw = text.slice(start, end);
  try {
    return decodeURIComponent(raw);
  } catch {
    throw new Fault('credentials-percent', start + badPercent(raw));
  }
}

/** Index of the first `%` of a run of percent-encoded bytes that is no UTF-8, or that is not followed by two digits. */
function badPercent(raw: string): number {
  const loose = /%(?![\da-f]{2})/i.exec(raw)?.index ?? raw.length;
  for (const { 0: run, index } of raw.matchAll(/(?:%[\da-f]{2})+/gi)) {
    if (index > loose) break;
    try {
      decodeURIComponent(run);
    } catch {
      return index;
    }
  }
  return loose;
}

function parseHosts(text: string, span: TextSpan, scheme: ConnectionString['scheme']): readonly StringHost[] {
  const hosts: StringHost[] = [];
  let start = span.start;
  for (const piece of text.slice(span.start, span.end).split(',')) {
    hosts.push(parseHost(piece, start));
    start += piece.length + 1;
  }
  if (scheme === 'mongodb') return hosts;
  const [first, second] = hosts;
  if (second !== undefined) throw new Fault('srv-several-hosts', second.span.start);
  if (first?.port !== undefined) throw new Fault('srv-port', text.indexOf(':', span.start));
  if (first !== undefined && (isSocketPath(first.host) || isIPv4(first.host) || isIPv6(first.host))) {
    throw new Fault('srv-no-name', span.start);
  }
  return hosts;
}

function parseHost(piece: string, start: number): StringHost {
  const span = { start, end: start + piece.length };
  if (piece === '') throw new Fault('host-missing', start);
  const bracket = piece.startsWith('[') ? piece.indexOf(']') : -1;
  if (bracket < 0 && isIPv6(piece)) throw new Fault('ipv6-brackets', start);
  const colon = piece.indexOf(':', Math.max(0, bracket));
  const raw = colon < 0 ? piece : piece.slice(0, colon);
  const host = bracket < 0 ? hostName(raw, start) : ipLiteral(raw, start);
  if (colon < 0) return { host, span };
  const digits = piece.slice(colon + 1);
  const port = Number(digits);
  if (!/^\d{1,5}$/.test(digits) || port < 1 || port > 65535) throw new Fault('port', start + colon + 1);
  if (isSocketPath(host)) throw new Fault('port', start + colon);
  return { host, port, span };
}

function ipLiteral(raw: string, start: number): string {
  const address = raw.slice(1, -1).replace(/%25/, '%');
  if (!raw.endsWith(']') || !isIPv6(address)) throw new Fault('host-invalid', start);
  return address;
}

/** RFC 3986 `reg-name`, with characters beyond ASCII (specification, questions and answers), or a socket's path. */
function hostName(raw: string, start: number): string {
  if (raw === '') throw new Fault('host-missing', start);
  const wrong = /[^\w.~!$&'()*+;=%\u0080-\uffff-]/.exec(raw);
  if (wrong !== null) throw new Fault('host-invalid', start + wrong.index);
  let host: string;
  try {
    host = decodeURIComponent(raw);
  } catch {
    throw new Fault('host-invalid', start + badPercent(raw));
  }
  // Only a socket's path holds what names cannot: a decoded `:` or `,` would change the meaning when written again.
  if (!isSocketPath(host) && /[\s/:,@[\]?#%]/.test(host)) throw new Fault('host-invalid', start);
  return host;
}

/** From the `/` on; empty when there is none. */
function parseDatabase(text: string, { start, end }: TextSpan): string {
  if (start >= end) return '';
  const raw = text.slice(start + 1, end);
  let database: string;
  try {
    database = decodeURIComponent(raw);
  } catch {
    throw new Fault('database', start + 1 + badPercent(raw));
  }
  // The index is exact where the character stands as it is, and the beginning where it is encoded.
  if (/[/\\ "$]/.test(database)) throw new Fault('database', start + 1 + Math.max(0, raw.search(/[/\\ "$]/)));
  return database;
}

function parseOptions(text: string, { start, end }: TextSpan): readonly StringOption[] {
  const options: StringOption[] = [];
  let from = start;
  for (const pair of text.slice(start, end).split('&')) {
    const span = { start: from, end: from + pair.length };
    from = span.end + 1;
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    if (equals < 1) throw new Fault('option-incomplete', span.start);
    options.push({ name: lenient(pair.slice(0, equals)), value: lenient(pair.slice(equals + 1)), span });
  }
  return options;
}

/** Drivers ignore values that they cannot read, so a loose `%` is no reason to refuse the whole string. */
function lenient(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
