import { parseConnectionString } from './parse';

/** Options that belong to the hosts: Atlas gives the right ones with each of its strings. Lower case. */
const hostOptions: ReadonlySet<string> = new Set([
  'authsource',
  'directconnection',
  'loadbalanced',
  'replicaset',
  'srvmaxhosts',
  'srvservicename',
  'ssl',
  'tls',
]);

interface Pieces {
  readonly credentials: string | undefined;
  readonly database: string;
  readonly options: readonly string[];
}

/**
 * Another string of Atlas in place of one that is there: scheme, hosts and their options of `atlas`; user, password (or
 * what stands for them), database and all other options of `current`, as they are written there. Also where `current`
 * is malformed, as far as that can be read.
 */
export function switchString(current: string, atlas: string): string {
  const kept = piecesOf(current);
  const next = piecesOf(atlas);
  const [, scheme = '', hosts = ''] = /^(mongodb(?:\+srv)?:\/\/)(?:[^@/]*@)?([^/?]*)/.exec(atlas) ?? [];
  const nextNames = new Set(next.options.map(nameOf));
  const options = [
    ...next.options,
    ...kept.options.filter((option) => !hostOptions.has(nameOf(option)) && !nextNames.has(nameOf(option))),
  ];
  const user = kept.credentials ?? next.credentials;
  const query = options.length === 0 ? '' : `?${options.join('&')}`;
  return `${scheme}${user === undefined ? '' : `${user}@`}${hosts}/${kept.database || next.database}${query}`;
}

function nameOf(option: string): string {
  return (option.split('=', 1)[0] ?? '').toLowerCase();
}

function piecesOf(text: string): Pieces {
  const parsed = parseConnectionString(text);
  const credentials = parsed.ok ? spanText(text, parsed.value.credentialsSpan) : looseCredentials(text);
  const after = parsed.ok ? text.slice(parsed.value.hostsSpan.end) : looseRest(text, credentials);
  const [path = '', ...query] = after.split('?');
  const options = query
    .join('?')
    .split('&')
    .filter((option) => option !== '');
  return { credentials, database: path.replace(/^\//, ''), options };
}

function spanText(text: string, span: { readonly start: number; readonly end: number } | undefined) {
  return span === undefined ? undefined : text.slice(span.start, span.end);
}

/** Up to the last `@`: a password that nobody encoded may hold anything. */
function looseCredentials(text: string): string | undefined {
  return /^[a-z+]*:\/\/(.*)@/is.exec(text)?.[1];
}

function looseRest(text: string, credentials: string | undefined): string {
  const start = credentials === undefined ? text.indexOf('://') + 3 : text.lastIndexOf('@') + 1;
  return text.slice(start).replace(/^[^/?]*/, '');
}
