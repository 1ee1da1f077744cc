/**
 * Where a connection string stands in a line of text: from its scheme to what cannot be part of one. Atlas's
 * placeholders in angle brackets belong to it.
 */
const pattern = /mongodb(?:\+srv)?:\/\/(?:<[A-Za-z_]+>|[^\s"'`<>\\])+/g;

/** The connection string around `offset` in `text`, or the only one; without punctuation that ends a sentence. */
export function stringAt(text: string, offset: number): string | undefined {
  const found = [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    value: match[0].replace(/[),;.\]}]+$/, ''),
  }));
  const under = found.find(({ start, value }) => offset >= start && offset <= start + value.length);
  return under?.value ?? (found.length === 1 ? found[0]?.value : undefined);
}

const userInfoPattern = /^(mongodb(?:\+srv)?:\/\/)([^/?]*)@(.*)$/is;

/**
 * Takes a placeholder for user or password out of a string, so that it can be tested: such a string is malformed.
 * A real user or password stays in.
 */
export function withoutPlaceholders(connectionString: string): {
  readonly text: string;
  readonly username?: string;
  readonly hasPassword: boolean;
} {
  const match = userInfoPattern.exec(connectionString);
  if (match === null) return { text: connectionString, hasPassword: false };
  const [, scheme = '', user = '', rest = ''] = match;
  const colon = user.indexOf(':');
  const name = colon < 0 ? user : user.slice(0, colon);
  const password = colon < 0 ? '' : user.slice(colon + 1);
  if (isPlaceholder(name)) return { text: `${scheme}${rest}`, hasPassword: false };
  const username = decoded(name);
  if (password === '' || isPlaceholder(password)) return { text: `${scheme}${rest}`, username, hasPassword: false };
  return { text: connectionString, username, hasPassword: true };
}

function isPlaceholder(text: string): boolean {
  return /^<[^>]*>$|^%3C.*%3E$|^\$\{.*\}$/i.test(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What stands between the scheme and the last `@`, and what follows. A password that is not encoded may hold `/`, `?`
 * and `@`: everything before the last `@` counts as secret.
 */
function split(connectionString: string): { readonly user: string; readonly rest: string } {
  const body = connectionString.replace(/^\s*[a-z+]*:\/\//i, '');
  const end = body.lastIndexOf('@');
  return { user: body.slice(0, Math.max(0, end)), rest: body.slice(end + 1) };
}

/** The first host name of a string in lower case, without credentials and port; empty when there is none. */
export function hostIn(connectionString: string): string {
  return hostsIn(connectionString)[0] ?? '';
}

/** The host names of a string, as {@link hostIn} has the first. */
export function hostsIn(connectionString: string): readonly string[] {
  const [authority = ''] = split(connectionString).rest.split(/[/?]/);
  return authority.split(',').map((host) => host.replace(/:\d*$/, '').trim().toLowerCase());
}

/** The password that stands in a string, as written and decoded, for the redactor; also from malformed strings. */
export function secretsIn(connectionString: string): readonly string[] {
  const { user } = split(connectionString);
  const colon = user.indexOf(':');
  const password = colon < 0 ? '' : user.slice(colon + 1);
  return password === '' || isPlaceholder(password) ? [] : [...new Set([password, decoded(password)])];
}
