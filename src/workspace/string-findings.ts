import { classify, type ConnectionStringForm, type StringNetwork } from '../connection-string/classify';
import { isPlaceholder, secretsIn } from '../connection-string/credentials';
import { firstUnencoded } from '../connection-string/encode-credentials';
import { optionOf, parseConnectionString, type ConnectionString, type TextSpan } from '../connection-string/parse';
import type { StringEndpoint } from '../core/deployment';
import { problem, type ProblemOf } from '../core/problem';
import type { StaleReason, StringFault, StringProblemCode } from '../core/problem-codes/connection-string';
import { providerNames } from '../core/provider';
import { toCloudRegion } from '../core/region';
import type { Escapes } from './escapes';
import type { FoundString } from './find-strings';
import { applyEdits } from './place';
import {
  addBracketsFix,
  addOptionFix,
  editable,
  encodeFix,
  hidePasswordFix,
  isTlsOn,
  removeOptionFix,
  removePortFix,
  switchFix,
  type EditableString,
  type StringFix,
} from './string-fixes';

/** A string that Atlas gives now, through private endpoints that work as far as it is known. */
export interface PrivateString {
  readonly form: ConnectionStringForm;
  readonly text: string;
  readonly endpoints: readonly StringEndpoint[];
}

/** What Atlas says about a string; everything is absent or empty where nothing is known. */
export interface StringKnowledge {
  /** The cluster, serverless instance or federated database that it leads to. */
  readonly owner?: string;
  readonly network?: StringNetwork;
  /** What can stand in its place, most recommended first. */
  readonly privateStrings: readonly PrivateString[];
  /** The standard string that Atlas gives now for the same network and endpoint. */
  readonly standard?: string;
  /** Why it will not lead where it did; said only when it is known for certain. */
  readonly stale?: { readonly reason: StaleReason; readonly endpointId?: string };
}

export const nothingKnown: StringKnowledge = { privateStrings: [] };

/** Where a string stands, as far as findings are about it. */
export interface StringPlace {
  readonly escapes: Escapes;
  /** For people. */
  readonly fileName: string;
  /** True when the file goes into version control: it is tracked, or would be. */
  readonly isVersioned: boolean;
}

/** Something about a connection string that somebody should know. */
export interface StringFinding {
  readonly problem: ProblemOf<StringProblemCode>;
  /** `error`: no driver connects with it. */
  readonly severity: 'error' | 'warning' | 'information';
  /** The piece of the text that it is about; never empty. */
  readonly span: TextSpan;
  /** Most likely one first. */
  readonly fixes: readonly StringFix[];
}

/** More strings are not offered in the place of one. */
const mostSwitches = 6;

/**
 * What is to be said about a string in a file, most serious first. From the text and what is known alone: nothing is
 * asked of Atlas, and nothing resolved. Of a string that a program makes from pieces only what the pieces show. Of
 * strings that do not lead to Atlas only what no driver takes: their passwords and options are nobody's business.
 */
export function findingsOf(
  found: FoundString,
  { escapes, fileName, isVersioned }: StringPlace,
  knowledge: StringKnowledge = nothingKnown,
): readonly StringFinding[] {
  const string = editable(found, escapes);
  const parsed = parseConnectionString(string.value);
  if (!parsed.ok) {
    if (!isForReaders(found)) return malformed(string, parsed.problem);
    return isVersioned ? headFindings(string, fileName) : [];
  }
  const about: About = { string, parsed: parsed.value, knowledge };
  const network = knowledge.network ?? classify(parsed.value).network;
  const encoding = found.isTemplate ? [] : encodingFindings(about);
  if (network === 'not-atlas') return encoding;
  return [
    ...staleFindings(about),
    ...optionFindings(about),
    ...(network === 'private-endpoint' ? portFindings(about) : []),
    ...(isVersioned ? passwordFindings(about, fileName) : []),
    ...encoding,
    ...networkFindings(about, network),
  ].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

const severities = ['error', 'warning', 'information'];

interface About {
  readonly string: EditableString;
  readonly parsed: ConnectionString;
  readonly knowledge: StringKnowledge;
}

function spanOf({ found, value }: EditableString, span: TextSpan): TextSpan {
  const start = Math.min(span.start, Math.max(0, value.length - 1));
  const end = Math.min(value.length, Math.max(span.end, start + 1));
  return { start: found.toText(start), end: found.toText(end) };
}

/** Shapes that are written for readers or looked for by programs: `mongodb://`, `mongodb://…`, `mongodb://<host>/`. */
function isForReaders({ value, isTemplate }: FoundString): boolean {
  const rest = value.slice(value.indexOf('://') + '://'.length);
  if (isTemplate || !/[a-z\d]/i.test(rest) || /\.\.\.|\u2026/.test(rest)) return true;
  // The manual's own notation, and names where a host or a port has to be filled in: `<host>:<port>`, `HOST:PORT`.
  if (/\[(?:username:password@|:port\d*)\]/i.test(rest)) return true;
  const filled = value.replace(/:(?:<[\w -]+>|[A-Za-z_]*port[\w]*)(?=[,/?]|$)/gi, ':1').replace(/<[\w -]+>/g, 'x');
  return parseConnectionString(filled).ok;
}

function malformed(string: EditableString, reason: StringFinding['problem']): readonly StringFinding[] {
  const position = Number(reason.parameters.position);
  const span = spanOf(string, { start: position, end: position + 1 });
  const fix = malformedFix(string, reason.parameters.reason as StringFault, position);
  return [{ problem: reason, severity: 'error', span, fixes: fix === undefined ? [] : [fix] }];
}

/** A password with `@` makes its rest look like hosts and options that are wrong: what mends those would mend nothing. */
function malformedFix(string: EditableString, reason: StringFault, position: number): StringFix | undefined {
  const specific = specificFix(string, reason, position);
  return specific !== undefined && mends(string, specific) ? specific : (encodeFix(string) ?? specific);
}

function mends({ found }: EditableString, { edits }: StringFix): boolean {
  const { raw, span } = found;
  const inRaw = edits.map((edit) => ({
    ...edit,
    span: { start: edit.span.start - span.start, end: edit.span.end - span.start },
  }));
  return parseConnectionString(applyEdits(raw, inRaw)).ok;
}

function specificFix(string: EditableString, reason: StringFault, position: number): StringFix | undefined {
  switch (reason) {
    case 'srv-port':
      return removePortFix(string, position);
    case 'ipv6-brackets':
      return addBracketsFix(string, position);
    case 'option-incomplete':
    case 'direct-several-hosts':
    case 'direct-srv':
    case 'balanced-direct':
    case 'srv-option':
    case 'tls-conflict':
    case 'proxy-repeated':
      return removeOptionFix(string, position);
    default:
      return undefined;
  }
}

function encodingFindings({ string, parsed }: About): readonly StringFinding[] {
  const position = firstUnencoded(string.value, parsed);
  if (position === undefined) return [];
  const fix = encodeFix(string);
  return [
    {
      problem: problem('STRING_ENCODING', hostsOf(parsed), { position: String(position) }),
      severity: 'warning',
      span: spanOf(string, { start: position, end: position + 1 }),
      fixes: fix === undefined ? [] : [fix],
    },
  ];
}

function staleFindings(about: About): readonly StringFinding[] {
  const { string, parsed, knowledge } = about;
  const { stale, owner } = knowledge;
  if (stale === undefined) return [];
  const parameters = {
    reason: stale.reason,
    ...(owner === undefined ? {} : { cluster: owner }),
    ...(stale.endpointId === undefined ? {} : { endpoint: shortId(stale.endpointId) }),
  };
  return [
    {
      problem: problem('STRING_STALE', hostsOf(parsed), parameters),
      severity: 'warning',
      span: spanOf(string, parsed.hostsSpan),
      fixes: switchFixes(about),
    },
  ];
}

/** A cluster with private endpoints, and a string that uses none. */
function networkFindings(about: About, network: StringNetwork): readonly StringFinding[] {
  const { string, parsed, knowledge } = about;
  const isOther = network === 'public' || network === 'peering' || network === 'data-federation';
  if (!isOther || knowledge.stale !== undefined || knowledge.privateStrings.length === 0) return [];
  const code = network === 'peering' ? 'STRING_PEERING' : 'STRING_PUBLIC';
  const parameters = knowledge.owner === undefined ? {} : { cluster: knowledge.owner };
  return [
    {
      problem: problem(code, hostsOf(parsed), parameters),
      severity: 'information',
      span: spanOf(string, parsed.hostsSpan),
      fixes: switchFixes(about),
    },
  ];
}

/** Ports of a private endpoint may change with the cluster (seed: Port Ranges Used for Private Endpoints). */
function portFindings(about: About): readonly StringFinding[] {
  const { string, parsed, knowledge } = about;
  if (parsed.scheme !== 'mongodb' || parsed.hosts.every(({ port }) => port === undefined)) return [];
  const now = knowledge.standard === undefined ? undefined : hostsIn(knowledge.standard);
  const there = new Set(parsed.hosts.map(hostAndPort));
  const haveChanged = now !== undefined && (now.length !== there.size || now.some((one) => !there.has(one)));
  const parameters = {
    ports: portsOf(parsed.hosts.map(hostAndPort)),
    ...(now !== undefined && haveChanged ? { now: portsOf(now) } : {}),
  };
  return [
    {
      problem: problem('STRING_PORTS_PINNED', hostsOf(parsed), parameters),
      severity: haveChanged ? 'warning' : 'information',
      span: spanOf(string, parsed.hostsSpan),
      fixes: switchFixes(about, haveChanged ? knowledge.standard : undefined),
    },
  ];
}

/** What a standard string needs and a seedlist gets from DNS: TLS, the database of the users, the replica set's name. */
function optionFindings({ string, parsed, knowledge }: About): readonly StringFinding[] {
  if (string.goesOn) return [];
  const missing: StringFinding[] = [];
  const add = (name: string, value: string, severity: StringFinding['severity']): void => {
    const fix = addOptionFix(string, name, value);
    missing.push({
      problem: problem('STRING_OPTION_MISSING', hostsOf(parsed), { option: name, value }),
      severity,
      span: spanOf(string, parsed.options[0] === undefined ? parsed.hostsSpan : spanOfOptions(parsed)),
      fixes: fix === undefined ? [] : [fix],
    });
  };
  if (!isTlsOn(parsed)) add('tls', 'true', 'error');
  if (parsed.scheme === 'mongodb+srv') return missing;
  // Without `authSource` drivers look for the user in the database of the string, and in `admin` where it has none.
  const { username, database = 'admin' } = parsed;
  const mechanism = optionOf(parsed, 'authMechanism') ?? '';
  const isExternal = /^(?:MONGODB-(?:X509|AWS|OIDC)|GSSAPI|PLAIN)$/i.test(mechanism);
  if (username !== undefined && database !== 'admin' && !isExternal && optionOf(parsed, 'authSource') === undefined) {
    add('authSource', 'admin', 'error');
  }
  const replicaSet = optionIn(knowledge.standard, 'replicaSet');
  const isDirect = optionOf(parsed, 'directConnection') === 'true';
  if (replicaSet !== undefined && !isDirect && optionOf(parsed, 'replicaSet') === undefined) {
    add('replicaSet', replicaSet, 'information');
  }
  return missing;
}

function passwordFindings({ string, parsed }: About, fileName: string): readonly StringFinding[] {
  const { passwordSpan } = parsed;
  if (passwordSpan === undefined || passwordSpan.start === passwordSpan.end) return [];
  // The file's own text: a hole is filled with letters in `value`.
  const raw = string.found.value.slice(passwordSpan.start, passwordSpan.end);
  if (isPlaceholder(raw) || string.value.slice(passwordSpan.start, passwordSpan.end) !== raw) return [];
  return [
    {
      problem: problem('STRING_PASSWORD_IN_FILE', hostsOf(parsed), { file: fileName }),
      severity: 'warning',
      span: spanOf(string, passwordSpan),
      fixes: [hidePasswordFix(string, passwordSpan)],
    },
  ];
}

/** `"mongodb+srv://app:password" + "@host"`: no host says that it leads to Atlas, but most seedlists do. */
function headFindings(string: EditableString, fileName: string): readonly StringFinding[] {
  const { value } = string.found;
  const [head = ''] = secretsIn(value);
  const span = { start: value.length - head.length, end: value.length };
  const isHead = value.startsWith('mongodb+srv:') && !value.includes('@') && head !== '';
  if (!isHead || string.value.slice(span.start) !== head) return [];
  return [
    {
      problem: problem('STRING_PASSWORD_IN_FILE', 'mongodb+srv://…', { file: fileName }),
      severity: 'warning',
      span: spanOf(string, span),
      fixes: [hidePasswordFix(string, span)],
    },
  ];
}

/** Every string that can stand in its place; `renewed` is the string itself with the ports of today. */
function switchFixes({ string, parsed, knowledge }: About, renewed?: string): readonly StringFix[] {
  const hosts = parsed.hosts.map(({ host }) => host.toLowerCase());
  const through = knowledge.privateStrings.find(({ text }) => hostNames(text).some((name) => hosts.includes(name)));
  const sameEndpoint = (one: PrivateString): boolean => one.endpoints === through?.endpoints;
  // A standard string where there is no other (federated databases), or to have the ports of today.
  const others = knowledge.privateStrings.filter(
    ({ form, text, endpoints }) =>
      text !== renewed &&
      (form !== 'standard' ||
        knowledge.privateStrings.every((one) => one.form === 'standard' || one.endpoints !== endpoints)),
  );
  const ordered = [...others.filter(sameEndpoint), ...others.filter((one) => !sameEndpoint(one))];
  const own = knowledge.privateStrings.filter(({ text }) => text === renewed);
  return [...ordered, ...own].slice(0, mostSwitches).flatMap(({ form, text, endpoints }, index) => {
    const fix = switchFix(string, parsed, text, { form, ...wordsFor(endpoints) }, index === 0);
    return fix === undefined ? [] : [fix];
  });
}

/** Where endpoints are, and which they are, in proper names alone. */
function wordsFor(endpoints: readonly StringEndpoint[]): { readonly place: string; readonly endpoint: string } {
  const places = endpoints.map(({ provider, region }) => {
    return `${providerNames[provider].cloud} ${toCloudRegion(provider, region)}`;
  });
  return {
    place: [...new Set(places)].join(' + '),
    endpoint: endpoints.map(({ endpointId }) => shortId(endpointId)).join(', '),
  };
}

/** The last part of a resource id of Azure; others are short. */
function shortId(endpointId: string): string {
  return endpointId.split('/').at(-1) ?? endpointId;
}

function hostAndPort({ host, port }: { readonly host: string; readonly port?: number }): string {
  return `${host.toLowerCase()}:${String(port ?? 27017)}`;
}

function hostsIn(text: string): readonly string[] | undefined {
  const parsed = parseConnectionString(text);
  return parsed.ok ? parsed.value.hosts.map(hostAndPort) : undefined;
}

function hostNames(text: string): readonly string[] {
  const parsed = parseConnectionString(text);
  return parsed.ok ? parsed.value.hosts.map(({ host }) => host.toLowerCase()) : [];
}

function optionIn(text: string | undefined, name: string): string | undefined {
  if (text === undefined) return undefined;
  const parsed = parseConnectionString(text);
  return parsed.ok ? optionOf(parsed.value, name) : undefined;
}

/** `1024, 1025` of `host:1024`, `host:1025`. */
function portsOf(hosts: readonly string[]): string {
  return [...new Set(hosts.map((one) => one.slice(one.lastIndexOf(':') + 1)))].join(', ');
}

/** The host names of a string for people, at most three. */
function hostsOf({ hosts }: ConnectionString): string {
  const names = [...new Set(hosts.map(({ host }) => host.toLowerCase()))];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
}

function spanOfOptions({ options }: ConnectionString): TextSpan {
  return { start: options[0]?.span.start ?? 0, end: options.at(-1)?.span.end ?? 0 };
}
