import { passwordPlaceholder } from '../connection-string/credentials';
import { encodedCredentials } from '../connection-string/encode-credentials';
import { optionOf, parseConnectionString, type ConnectionString, type TextSpan } from '../connection-string/parse';
import type { Escapes } from './escapes';
import type { FoundString } from './find-strings';
import type { TextEdit } from './place';

/**
 * What can be done about a finding at once; `src/messages/string-fix-text.ts` has the words.
 *
 * `switch`: another string of Atlas, parameters `form` (`seedlist`, `optimized`, `standard`), `place`, `endpoint`. ·
 * `encode`: percent-encode user name and password. · `add-option`, `remove-option`: parameter `option`. ·
 * `remove-port` · `add-brackets` · `hide-password`: a placeholder in its place.
 */
export type StringFixKind =
  'switch' | 'encode' | 'add-option' | 'remove-option' | 'remove-port' | 'add-brackets' | 'hide-password';

/** A change of the file that settles a finding. */
export interface StringFix {
  readonly kind: StringFixKind;
  readonly parameters: Readonly<Record<string, string>>;
  /** In the text that the string was found in; they leave everything alone that the fix is not about. */
  readonly edits: readonly TextEdit[];
  /** True for the one that most people want. */
  readonly isPreferred: boolean;
}

/** A string in its file, for edits in terms of its value. */
export interface EditableString {
  readonly found: FoundString;
  /** The value, with what a program fills in replaced by letters; as long as the value. */
  readonly value: string;
  readonly escapes: Escapes;
  /** True when a program adds something behind it, so that nothing can be added to its end. */
  readonly goesOn: boolean;
}

/** What programs fill in; each becomes as many letters, so that places in the text stay. */
const holes =
  /[$#]?\{\{?[^{}\r\n]{0,200}\}\}?|\$\([^()\r\n]{0,200}\)|<%[^%\r\n]{0,200}%>|\$\w+|(?<=[/:@,=])%(?:[sdvu]|\(\w+\)[sd])/g;

/** A found string with its holes filled. */
export function editable(found: FoundString, escapes: Escapes): EditableString {
  if (!found.isTemplate) return { found, value: found.value, escapes, goesOn: false };
  const value = found.value.replace(holes, (hole) => 'x'.repeat(hole.length));
  return { found, value, escapes, goesOn: value === found.value };
}

/** An edit of a piece of the value. `newText` holds only characters that stand for themselves in every format but XML. */
function edit({ found, escapes }: EditableString, { start, end }: TextSpan, newText: string): TextEdit {
  return { span: { start: found.toText(start), end: found.toText(end) }, newText: escaped(newText, escapes) };
}

function escaped(text: string, escapes: Escapes): string {
  if (escapes !== 'xml') return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Another string of Atlas in the place of one: its hosts and what they need; the rest stays, credentials above all. */
export function switchFix(
  string: EditableString,
  current: ConnectionString,
  target: string,
  parameters: StringFix['parameters'],
  isPreferred: boolean,
): StringFix | undefined {
  const parsed = parseConnectionString(target);
  if (!parsed.ok) return undefined;
  const { scheme, hostsSpan, options } = parsed.value;
  const isSrv = scheme === 'mongodb+srv';
  const wanted = new Map(options.map(({ name, value }) => [sameOption(name), `${name}=${value}`]));
  const kept = optionsIn(string.value).filter(({ name, value }) => {
    const key = sameOption(name);
    // DNS says these to who looks up a seedlist.
    if (isSrv && (key === 'tls' || key === 'replicaset' || (key === 'authsource' && value === 'admin'))) return false;
    // A sharded cluster has none, and the "srv" options go with a seedlist only.
    if (!isSrv && (key.startsWith('srv') || key === 'loadbalanced')) return false;
    if (key === 'replicaset') return wanted.has(key) && wanted.get(key)?.endsWith(`=${value}`) === true;
    return key !== 'tls' || value === 'true';
  });
  const there = new Set(kept.map(({ name }) => sameOption(name)));
  const added = [...wanted].flatMap(([key, text]) => (there.has(key) ? [] : [text]));
  const rest = withOptions(string, kept, added);
  if (rest === undefined) return undefined;
  const edits = [
    ...(scheme === current.scheme ? [] : [edit(string, { start: 0, end: current.scheme.length }, scheme)]),
    edit(string, current.hostsSpan, target.slice(hostsSpan.start, hostsSpan.end)),
    ...rest,
  ];
  return { kind: 'switch', parameters, edits, isPreferred };
}

export function encodeFix(string: EditableString): StringFix | undefined {
  const encoded = encodedCredentials(string.value);
  if (encoded === undefined) return undefined;
  return { kind: 'encode', parameters: {}, edits: [edit(string, encoded.span, encoded.newText)], isPreferred: true };
}

/** Adds an option, or sets it when it is there with another value. */
export function addOptionFix(string: EditableString, name: string, value: string): StringFix | undefined {
  const key = sameOption(name);
  const kept = optionsIn(string.value).filter((option) => sameOption(option.name) !== key);
  const edits = withOptions(string, kept, [`${name}=${value}`]);
  if (edits === undefined) return undefined;
  return { kind: 'add-option', parameters: { option: `${name}=${value}` }, edits, isPreferred: true };
}

/** Takes out the option that begins at an index of the value. */
export function removeOptionFix(string: EditableString, position: number): StringFix | undefined {
  const options = optionsIn(string.value);
  const gone = options.find(({ span }) => span.start === position);
  const edits = withOptions(
    string,
    options.filter((option) => option !== gone),
    [],
  );
  if (gone === undefined || edits === undefined) return undefined;
  const parameters = { option: gone.name };
  return { kind: 'remove-option', parameters, edits, isPreferred: true };
}

/** Takes out the `:27017` that begins at an index. */
export function removePortFix(string: EditableString, colon: number): StringFix | undefined {
  const port = /^:\d*/.exec(string.value.slice(colon))?.[0];
  if (port === undefined) return undefined;
  const edits = [edit(string, { start: colon, end: colon + port.length }, '')];
  return { kind: 'remove-port', parameters: {}, edits, isPreferred: true };
}

/** Puts the IPv6 address at an index into brackets. */
export function addBracketsFix(string: EditableString, start: number): StringFix | undefined {
  const address = /^[\da-f:.]+/i.exec(string.value.slice(start))?.[0];
  if (address === undefined) return undefined;
  const edits = [edit(string, { start, end: start + address.length }, `[${address}]`)];
  return { kind: 'add-brackets', parameters: {}, edits, isPreferred: true };
}

/** A placeholder in the place of the password. */
export function hidePasswordFix(string: EditableString, password: TextSpan): StringFix {
  const edits = [edit(string, password, passwordPlaceholder)];
  return { kind: 'hide-password', parameters: {}, edits, isPreferred: false };
}

interface RawOption {
  readonly name: string;
  /** As it stands there. */
  readonly value: string;
  readonly span: TextSpan;
}

function optionsStart(value: string): number {
  const start = value.indexOf('://') + '://'.length;
  const mark = value.indexOf('?', start);
  return mark < 0 ? value.length : mark + 1;
}

/** The options of a string, also of one that breaks a rule about options. */
function optionsIn(value: string): readonly RawOption[] {
  const options: RawOption[] = [];
  let from = optionsStart(value);
  for (const pair of value.slice(from).split('&')) {
    const span = { start: from, end: from + pair.length };
    from = span.end + 1;
    const [name = '', ...rest] = pair.split('=');
    if (pair !== '') options.push({ name, value: rest.join('='), span });
  }
  return options;
}

/** One name for the two that an option may have. */
function sameOption(name: string): string {
  const key = name.toLowerCase();
  return key === 'ssl' ? 'tls' : key;
}

/**
 * The edits that leave these options and put others behind them; what stays is left as the file has it. Undefined when
 * something has to be added and the program puts more behind the string.
 */
function withOptions(
  string: EditableString,
  kept: readonly RawOption[],
  added: readonly string[],
): readonly TextEdit[] | undefined {
  const { value, goesOn } = string;
  const before = optionsIn(value);
  if (kept.length === before.length && added.length === 0) return [];
  if (goesOn) return undefined;
  const [last] = kept.slice(-1);
  if (kept.length === before.length) {
    return [edit(string, { start: value.length, end: value.length }, joint(value) + added.join('&'))];
  }
  if (last === undefined) {
    const start = optionsStart(value);
    const all = added.join('&');
    // Without options there is no question mark.
    return [edit(string, { start: start - (all === '' ? 1 : 0), end: value.length }, all)];
  }
  // From the end of each option that stays to the beginning of the next one that stays.
  const edits: TextEdit[] = [];
  let end = optionsStart(value);
  for (const [index, { span }] of kept.entries()) {
    const between = index === 0 ? '' : '&';
    if (value.slice(end, span.start) !== between) edits.push(edit(string, { start: end, end: span.start }, between));
    end = span.end;
  }
  const tail = added.length === 0 ? '' : `&${added.join('&')}`;
  if (end < value.length || tail !== '') edits.push(edit(string, { start: end, end: value.length }, tail));
  return edits;
}

/** What stands between a string and the first option that is put behind it. */
function joint(value: string): string {
  const start = value.indexOf('://') + '://'.length;
  if (value.includes('?', start)) return /[?&]$/.test(value) ? '' : '&';
  return value.includes('/', start) ? '?' : '/?';
}

/** True when TLS is on: by itself in a seedlist, else by an option. */
export function isTlsOn(string: ConnectionString): boolean {
  const option = optionOf(string, 'tls') ?? optionOf(string, 'ssl');
  return option === undefined ? string.scheme === 'mongodb+srv' : option === 'true';
}
