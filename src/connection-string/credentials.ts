import { parseConnectionString } from './parse';
import { encodeCredential } from './render';
import { holdsSecret } from './secret-options';

/** Placeholders as Atlas writes them. */
export const usernamePlaceholder = '<db_username>';
export const passwordPlaceholder = '<db_password>';

/**
 * A string with a user name (percent-encoded) and a password, or what stands for it. A string that has credentials
 * keeps them: nothing of a person's own is overwritten. Everything behind the scheme stays as it is, and so does a text
 * that is no connection string.
 */
export function withCredentials(
  connectionString: string,
  username: string = usernamePlaceholder,
  password: string = passwordPlaceholder,
): string {
  const match = /^(mongodb(?:\+srv)?:\/\/)([^/?]*)(.*)$/s.exec(connectionString);
  if (match === null) return connectionString;
  const [, scheme = '', authority = '', rest = ''] = match;
  if (authority.includes('@')) return connectionString;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return `${scheme}${encodeCredential(username)}:${encodeCredential(password)}@${authority}${path}`;
}

/**
 * What stands between the scheme and the last `@`, and what follows. A password that is not encoded may hold `/`, `?`
 * and `@`: everything before the last `@` counts as secret.
 */
function split(connectionString: string): { readonly scheme: string; readonly user: string; readonly rest: string } {
  const [scheme = ''] = /^\s*[a-z+]*:\/\//i.exec(connectionString) ?? [];
  const end = connectionString.lastIndexOf('@');
  if (end < scheme.length) return { scheme, user: '', rest: connectionString.slice(scheme.length) };
  return { scheme, user: connectionString.slice(scheme.length, end), rest: connectionString.slice(end + 1) };
}

/**
 * As {@link split}, but the credentials of a well-formed string end where drivers have them end: an `@` in an option is
 * none of theirs.
 */
function splitAsDrivers(connectionString: string): ReturnType<typeof split> {
  const parsed = parseConnectionString(connectionString);
  if (!parsed.ok) return split(connectionString);
  const { credentialsSpan, hostsSpan } = parsed.value;
  const { start, end } = credentialsSpan ?? { start: hostsSpan.start, end: hostsSpan.start };
  return {
    scheme: connectionString.slice(0, start),
    user: connectionString.slice(start, end),
    rest: connectionString.slice(hostsSpan.start),
  };
}

function passwordIn(user: string): string {
  const colon = user.indexOf(':');
  return colon < 0 ? '' : user.slice(colon + 1);
}

/**
 * Takes a placeholder for user or password out of a string, so that it can be tested: nobody signs in with it. A real
 * user name comes back decoded; a real password stays in.
 */
export function withoutPlaceholders(connectionString: string): {
  readonly text: string;
  readonly username?: string;
  readonly hasPassword: boolean;
} {
  const { scheme, user, rest } = splitAsDrivers(connectionString);
  if (user === '') return { text: connectionString, hasPassword: false };
  const password = passwordIn(user);
  const [name = ''] = user.split(':', 1);
  if (isPlaceholder(name)) return { text: `${scheme}${rest}`, hasPassword: false };
  const username = decoded(name);
  if (password === '' || isPlaceholder(password)) return { text: `${scheme}${rest}`, username, hasPassword: false };
  return { text: connectionString, username, hasPassword: true };
}

/**
 * A string without user and password, whatever they are, and the user name, decoded, when it is a real one. Options
 * that hold a secret go, too, with the user of a proxy: drivers refuse one without a password. A well-formed string
 * leads to the same hosts as before; of any other nothing is left that may be part of a password.
 */
export function withoutCredentials(connectionString: string): { readonly text: string; readonly username?: string } {
  const { scheme, user, rest } = splitAsDrivers(connectionString);
  const [name = ''] = user.split(':', 1);
  const text = `${scheme}${withoutHead(connectionString, scheme, user, rest)}`.replace(
    /(?<=[?&])([^=&]*)=[^&]*&?/g,
    (option, optionName: string) =>
      holdsSecret(optionName) || decoded(optionName).toLowerCase() === 'proxyusername' ? '' : option,
  );
  return name === '' || isPlaceholder(name) ? { text } : { text, username: decoded(name) };
}

/** A string to be shown: as it is, but for `<credentials>` where user and password stand, as {@link withoutCredentials} has it. */
export function withHiddenCredentials(connectionString: string): string {
  const { scheme, user, rest } = splitAsDrivers(connectionString);
  return `${scheme}${user === '' ? '' : '<credentials>@'}${withoutHead(connectionString, scheme, user, rest)}`;
}

/** `rest` without the head of a password, in a string that ends before its `@`. */
function withoutHead(connectionString: string, scheme: string, user: string, rest: string): string {
  const head = user === '' && !parseConnectionString(connectionString).ok ? passwordHead(scheme, rest) : '';
  return head === '' ? rest : rest.slice(0, rest.length - head.length - 1);
}

/**
 * True for what stands in place of a user name or password, decoded or not: `<db_password>`, `${PASSWORD}`, `$PASSWORD`,
 * `{{ password }}`, `%s`, `%(password)s`, `%PASSWORD%`, `#{password}`, and passwords that are all stars.
 */
export function isPlaceholder(text: string): boolean {
  return /^<[^>]*>$|^%3C.*%3E$|^[$#]?\{.*\}$|^\$\w+$|^\$\(.*\)$|^%(?:[sdvu]|\(\w+\)[sd]|\w+%)$|^\*+$/is.test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first host name of a string in lower case, without credentials and port; empty when there is none. */
export function hostIn(connectionString: string): string {
  return hostsIn(connectionString)[0] ?? '';
}

/**
 * The host names of a string, as {@link hostIn} has the first: those that a driver connects to when it is well-formed.
 * Also of malformed strings; nothing behind a colon there that begins no port: in a string that ends too early (a quote
 * in its password, pieces that a program puts together) the head of the password stands there.
 */
export function hostsIn(connectionString: string): readonly string[] {
  const parsed = parseConnectionString(connectionString);
  if (parsed.ok) return parsed.value.hosts.map(({ host }) => host.toLowerCase());
  return hostPieces(connectionString).map((host) => host.replace(/:\d*$/, '').trim().toLowerCase());
}

function hostPieces(connectionString: string): readonly string[] {
  const { scheme, user, rest } = splitAsDrivers(connectionString);
  const [authority = ''] = rest.split(/[/?]/);
  // A seedlist has no ports.
  const isCut = user === '' && /srv:/i.test(scheme);
  return ((isCut ? seedlistHost : hostsAndPorts).exec(authority)?.[0] ?? '').split(',');
}

const seedlistHost = /^[^:]*/;
const hostsAndPorts = /^(?:\[[^\]]*\]|[^:[]|:\d{0,5}(?=,|$))*/;

/**
 * What tells apart where a string leads, in lower case: `host:port` for each node of a standard string (27017 where it
 * names none), the bare name of a seedlist. Clusters of one project share the host of their nodes behind an endpoint.
 */
export function nodesIn(connectionString: string): readonly string[] {
  const { scheme } = split(connectionString);
  if (/\+srv:/i.test(scheme)) return hostsIn(connectionString).filter((host) => host !== '');
  return hostPieces(connectionString).flatMap((node) => {
    const [, host = '', port = '27017'] = /^(.*?)(?::(\d*))?$/.exec(node.trim().toLowerCase()) ?? [];
    return host === '' ? [] : [`${host}:${port === '' ? '27017' : port}`];
  });
}

/**
 * The password that stands in a string, as written and decoded, for the redactor; also from malformed strings, and the
 * head of one where a string ends before its `@`.
 */
export function secretsIn(connectionString: string): readonly string[] {
  const { scheme, user, rest } = split(connectionString);
  const widest = user === '' ? passwordHead(scheme, rest) : passwordIn(user);
  // An `@` in an option makes more of it than it is.
  const drivers = passwordIn(splitAsDrivers(connectionString).user);
  const passwords = [widest, drivers].filter((password) => password !== '' && !isPlaceholder(password));
  return [...new Set(passwords.flatMap((password) => [password, decoded(password)]))];
}

/**
 * Those of {@link secretsIn} that are told to the redactor when the string was found somewhere: a file is full of
 * passwords that are words (`mongo`, `password`, `production`), and each would tear every text apart from then on.
 * Strings themselves lose their credentials without it.
 */
export function distinctSecretsIn(connectionString: string): readonly string[] {
  const hosts = hostsIn(connectionString);
  return secretsIn(connectionString).filter(
    (secret) =>
      secret.length >= shortestDistinct &&
      !ordinaryWord.test(secret) &&
      !hosts.some((host) => host.includes(secret.toLowerCase())),
  );
}

const shortestDistinct = 8;
const ordinaryWord = /^[a-z]{1,11}$/i;

/** What stands behind the first colon of a string without an `@`, unless that is a port or what stands for one. */
function passwordHead(scheme: string, rest: string): string {
  const [, head = '', first = ''] = /^[^:/?,[\]]+:(([^,/?]*).*)$/s.exec(rest) ?? [];
  const isPort = /^\d{1,5}$/.test(first) && !/srv:/i.test(scheme);
  return scheme === '' || isPort || isPlaceholder(first) || readersWord.test(first) ? '' : head;
}

/** `host:port`, `user:password`: words of documentation, which would tear every log line apart. */
const readersWord = /^\W*(?:[a-z_]*port\d?|[a-z_]*pass(?:word|wd)?|[a-z_]*pwd|pw|secret)?\W*$/i;
