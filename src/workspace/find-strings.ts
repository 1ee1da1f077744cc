import type { TextSpan } from '../connection-string/parse';
import { decodeEscapes, type Decoded, type Escapes } from './escapes';
import { lineAt } from './place';
import { insidePassword, type Opening } from './unencoded-password';

/** A connection string as it stands in a text. */
export interface FoundString {
  /** Where it stands, without quotes. */
  readonly span: TextSpan;
  /** As it stands there. */
  readonly raw: string;
  /** Without the escapes of the file's format: what a program would read. */
  readonly value: string;
  /** The quote that it begins behind, or `none` when something else comes before it. */
  readonly quote: '"' | "'" | '`' | 'none';
  /**
   * True when the program makes the string from pieces (`${user}`, `{}`, `%s`, `" + host`): what stands here is not
   * all of it.
   */
  readonly isTemplate: boolean;
  /** The index in the text of an index in `value`. */
  readonly toText: (index: number) => number;
}

/** More are not looked at: a file that holds more is data. */
const mostStrings = 1000;
/** Longer ones are cut. Fifty hosts have about 3,000 characters. */
const longestString = 16_384;

/** The scheme, also with the escapes that JSON (`\/`) and Java properties (`\:`) may have there. */
const scheme = /mongodb(?:\+srv)?\\?:\\?\/\\?\//g;

/**
 * The connection strings in a text, in order. Also in comments and in the middle of a line; what ends a sentence is not
 * part of them. `escapes` says which escapes the format of the file has.
 *
 * One pass in time that grows with the text, so an editor may look at a whole file after each edit; at most
 * {@link mostStrings} of at most {@link longestString} characters.
 */
export function findStrings(text: string, escapes: Escapes = 'backslash'): readonly FoundString[] {
  const found: FoundString[] = [];
  let done = 0;
  for (const { 0: start, index } of text.matchAll(scheme)) {
    if (index < done) continue;
    const before = text.charAt(index - 1);
    // `xmongodb://` is something else; a `_` or a digit before it, too.
    if (/\w/.test(before)) continue;
    // `/^mongodb:\/\//`, a regular expression; texts in JSON have their quote before the scheme.
    if (start.includes('\\/') && before !== '"') continue;
    const one = readString(text, { index, begin: index + start.length, before }, escapes);
    found.push(one);
    done = one.span.end;
    if (found.length === mostStrings) break;
  }
  return found;
}

/** The connection string around `offset` in `text`, or the only one. */
export function stringAt(text: string, offset: number): string | undefined {
  const found = findStrings(text);
  const under = found.find(({ span }) => offset >= span.start && offset <= span.end);
  return under?.value ?? (found.length === 1 ? found[0]?.value : undefined);
}

/** Where the connection string stands that the cursor or selection is in, within its line; undefined where there is none. */
export function stringSpanAt(text: string, { start, end }: TextSpan): TextSpan | undefined {
  const line = lineAt(text, start);
  if (end > line.end) return undefined;
  const from = Math.max(line.start, start - longestString);
  return findStrings(text.slice(from, Math.min(line.end, end + longestString)))
    .map(({ span }) => ({ start: from + span.start, end: from + span.end }))
    .find((span) => span.start <= start && end <= span.end);
}

function readString(
  text: string,
  { index, begin, before }: { readonly index: number; readonly begin: number; readonly before: string },
  escapes: Escapes,
): FoundString {
  const quote = before === '"' || before === "'" || before === '`' ? before : 'none';
  const end = endOf(text, { start: index, begin, quote });
  const raw = text.slice(index, end);
  const decoded: Decoded = decodeEscapes(raw, escapes);
  const { value } = decoded;
  return {
    span: { start: index, end },
    raw,
    value,
    quote,
    isTemplate: hasHole.test(value) || isContinued(text.slice(end, end + 40), quote),
    toText: (at) => index + decoded.toRaw(at),
  };
}

/**
 * What programs fill in. Atlas's `<placeholders>` are for people and no template. `$name`, `%s` and `%(name)s` count only
 * where they are a whole user name, password, host, port or value: a password may hold a `$`.
 */
const hasHole = /[$#]\{|\{\{|\{[\w.:[\]()"' ]*\}|\$\(|<%|[/:@,=](?:\$\w+|%[sdvu]|%\(\w+\)[sd])(?=[:@/?,&]|$)/;

/** True when a program goes on with another piece behind the closing quote. */
function isContinued(after: string, quote: FoundString['quote']): boolean {
  if (quote === 'none' || !after.startsWith(quote)) return false;
  // Texts side by side are one text in Python and C.
  return /^\s*(?:\+|\.{1,2}\s*[$\w]|%|<>|&\s*\w|["'][^\s"']*@)/.test(after.slice(1));
}

/** Matches what may stand in a string outside of its holes: to white space, a quote, or an angle bracket. */
const plain = /[^\s"'`<>\\${#]+/y;
const placeholder = /<[A-Za-z_][\w-]*>|<[A-Za-z_][\w-]*(?: [\w-]+)+>(?=[@:/?,])/y;
/** A hole with quotes and spaces inside of it, `${encodeURIComponent(user)}`. */
const hole = /(?:[$#]?\{\{?[^{}\r\n]{0,200}\}\}?|\$\([^()\r\n]{0,200}\)|<%[^%\r\n]{0,200}%>)/y;
const escape = /\\(?:u[\da-fA-F]{4}|[^\s\w"'`])/y;

function endOf(text: string, opening: Opening): number {
  const { begin, quote } = opening;
  const limit = Math.min(text.length, begin + longestString);
  let index = begin;
  while (index < limit) {
    const next = [plain, placeholder, hole, escape].map((pattern) => endOfMatch(pattern, text, index)).find(Boolean);
    if (next !== undefined) {
      index = next;
    } else if (/[${#]/.test(text.charAt(index)) || (quote !== 'none' && isOtherQuote(text.charAt(index), quote))) {
      index += 1;
    } else {
      const more = insidePassword(text, index, opening);
      if (more === 0) break;
      index += more;
    }
  }
  index = Math.min(index, limit);
  while (quote === 'none' && index > begin && '),;.]}:!|*_'.includes(text.charAt(index - 1))) index -= 1;
  return index;
}

function endOfMatch(pattern: RegExp, text: string, index: number): number | undefined {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function isOtherQuote(character: string, quote: string): boolean {
  return character !== quote && '"\'`'.includes(character) && character !== '';
}
