import type { TextSpan } from '../connection-string/parse';
import { isReplaceable, lineAt, refusal, sliceOf, type Place, type Slot, type TextEdit } from './place';
import { keyColumn, lineBelow, quoteYaml, readLine, unquoteYaml, type YamlLine } from './yaml-lines';
import { dollars, scalarSlot } from './yaml-scalar';

/** A token inside of `{…}` or `[…]`. */
interface Token {
  readonly kind: 'mark' | 'string' | 'plain';
  readonly text: string;
  readonly span: TextSpan;
}

/** More lines are not looked through for the bracket that a line stands in. */
const mostLines = 1000;

/**
 * Where the outermost `{…}` or `[…]` begins that an index stands in, on its line or some lines above; undefined outside
 * of one.
 */
export function flowAround(text: string, index: number): number | undefined {
  let outermost: number | undefined;
  let end = index;
  // Of what follows the line that is looked at, up to the index: the least of brackets opened less those closed.
  let least = 0;
  for (let lines = 0; lines < mostLines; lines += 1) {
    const line = readLine(text, lineAt(text, end).start);
    const { start } = line.value;
    const first = start < end ? text.slice(start, start + 2) : '';
    if (/^[{[]/.test(first) && first !== '{{') {
      const own = depths(text.slice(start, end));
      if (own.leastBehindFirst > 0 && own.net + least > 0) outermost = start;
    }
    const whole = depths(text.slice(line.span.start, end));
    least = Math.min(whole.least, whole.net + least);
    const isTop = line.indent === 0 && !line.isBlank && !/^[\]},"']/.test(line.raw);
    if (line.span.start === 0 || isTop) return outermost;
    ({ end } = lineAt(text, line.span.start - 1));
  }
  return outermost;
}

/** How deep brackets go in a piece of a line: at its end, at least, and at least behind the first of them. */
function depths(piece: string): { readonly net: number; readonly least: number; readonly leastBehindFirst: number } {
  let net = 0;
  let least = 0;
  let leastBehindFirst = Infinity;
  for (const [token] of piece.matchAll(brackets)) {
    if (token === '{' || token === '[') net += 1;
    else if (token === '}' || token === ']') net -= 1;
    else continue;
    least = Math.min(least, net);
    leastBehindFirst = Math.min(leastBehindFirst, net);
  }
  return { net, least, leastBehindFirst: leastBehindFirst === Infinity ? 0 : leastBehindFirst };
}

const brackets = /(?<=^|[\s,:[{])(?:"(?:\\.|[^"\\])*(?:"|$)|'(?:''|[^'])*(?:'|$))|(?<=^|\s)#.*|[{}[\]]/g;

/** The tokens of the flow that begins at `start`; comments are left out. */
function tokensOf(text: string, start: number): readonly Token[] {
  const found: Token[] = [];
  let depth = 0;
  tokens.lastIndex = start;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [whole, comment, string, mark] = match;
    const span = { start: match.index, end: match.index + whole.length };
    if (comment !== undefined) continue;
    found.push({ kind: string !== undefined ? 'string' : mark !== undefined ? 'mark' : 'plain', text: whole, span });
    if (mark === '{' || mark === '[') depth += 1;
    if (mark === '}' || mark === ']') depth -= 1;
    if (depth === 0) break;
  }
  return found;
}

/** Plain texts end with their word here: words side by side are put together again. */
const tokens =
  /((?<=\s)#[^\r\n]*)|((?<=[\s,:[{])(?:"(?:\\.|[^"\\\r\n])*"?|'(?:''|[^'\r\n])*'?))|([{}[\],]|:(?=[\s,[\]{}]|$)|(?<=["']):)|[^\s,[\]{}:]+(?::(?![\s,[\]{}]|$)[^\s,[\]{}:]*)*|:(?=\S)/g;

/**
 * What a connection string does inside of `{…}` or `[…]` that begins at `flow`: the value of a key, an element, or an
 * entry of its own with the commas that it needs.
 */
export function flowSlot(place: Place, flow: number): Slot {
  const { text } = place;
  const line = readLine(text, place.start);
  // Nothing of a line stands before the white space that it begins with.
  const start = line.isBlank ? place.start : Math.max(place.start, line.span.start + line.indent);
  const end = Math.max(start, place.end);
  const cursor = { start, end };
  const all = joinWords(text, tokensOf(text, flow));
  const at = all.findIndex(({ kind, text: token, span }) =>
    kind === 'string'
      ? start > span.start && (start < span.end || (start === span.end && !isClosed(token)))
      : kind === 'plain' && start >= span.start && start <= span.end,
  );
  const before = at < 0 ? all.filter(({ span }) => span.end <= start) : all.slice(0, at);
  const { brackets: open, name } = nestingOf(before);
  if (open.length === 0) return refusal(cursor);
  const [inside, next] = [all[at], all[at < 0 ? before.length : at + 1]];
  const previous = before.at(-1);
  const isMap = open.at(-1) === '{';
  const isBehindColon = previous?.text === ':';
  if (inside !== undefined) {
    const { span, kind } = inside;
    if (isBehindColon) return scalarSlot(place, { span, name, isInFlow: true });
    if (next?.text === ':') return refusal(cursor);
    if (!isMap) return scalarSlot(place, { span, name: undefined, isItem: true, isInFlow: true });
    return kind === 'string' ? refusal(cursor) : beginningSlot(place, inside);
  }
  if (next?.text === ':' || (isBehindColon && /^[[{]$/.test(next?.text ?? ''))) return refusal(cursor);
  const space = line.isBlank
    ? missingIndent(text, line, flow, start)
    : /[:,\w"']/.test(text.charAt(start - 1))
      ? ' '
      : '';
  if (isBehindColon) {
    const isOld = next !== undefined && next.kind !== 'mark' && next.span.start <= lineAt(text, start).end;
    return scalarSlot(place, { span: isOld ? next.span : cursor, name, space: isOld ? '' : space, isInFlow: true });
  }
  const also: readonly TextEdit[] =
    previous === undefined || /^[{[,]$/.test(previous.text)
      ? []
      : [{ span: { start: previous.span.end, end: previous.span.end }, newText: ',' }];
  const comma = next === undefined || /^[}\],]$/.test(next.text) ? '' : ',';
  const write = (value: string, variable: string): string =>
    `${space}${isMap ? `${variable}: ` : ''}${quoteYaml(dollars(place)(value), '')}${comma}`;
  return { kind: isMap ? 'entry' : 'code', span: cursor, content: '', write, also };
}

/** White space that a blank line lacks to stand inside of the flow that begins at `flow`. */
function missingIndent(text: string, line: YamlLine, flow: number, cursor: number): string {
  const below = lineBelow(text, line);
  const isLast = below === undefined || /^\s*[\]}]/.test(below.raw);
  const least = flow === 0 ? 0 : keyColumn(readLine(text, flow)) + 1;
  const wanted = Math.max(least, isLast ? 0 : below.indent);
  return ' '.repeat(Math.max(0, wanted - (cursor - line.span.start)));
}

/** A word in `{…}` that is no key yet: the beginning of a string, or a key that lacks its value. */
function beginningSlot(place: Place, { text: word, span }: Token): Slot {
  const value = (one: string): string => `: ${quoteYaml(dollars(place)(one), '')}`;
  if (isReplaceable(word)) {
    return { kind: 'entry', span, content: word, write: (one, variable) => variable + value(one) };
  }
  return { kind: 'value', span: { start: span.end, end: span.end }, content: '', name: word, write: value };
}

/** Words that one plain text consists of. */
function joinWords(text: string, all: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of all) {
    const last = joined.at(-1);
    const isSame =
      last?.kind === 'plain' && token.kind === 'plain' && /^[ \t]*$/.test(text.slice(last.span.end, token.span.start));
    if (!isSame) joined.push(token);
    else {
      const span = { start: last.span.start, end: token.span.end };
      joined[joined.length - 1] = { kind: 'plain', span, text: sliceOf(text, span) };
    }
  }
  return joined;
}

/** The brackets that are open behind some tokens, and the key that a value there has. */
function nestingOf(before: readonly Token[]): { readonly brackets: readonly string[]; readonly name?: string } {
  const open: string[] = [];
  for (const { kind, text } of before) {
    if (kind !== 'mark') continue;
    if (text === '{' || text === '[') open.push(text);
    else if (text === '}' || text === ']') open.pop();
  }
  const key = before.at(-1)?.text === ':' ? before.at(-2) : undefined;
  return { brackets: open, ...(key === undefined || key.kind === 'mark' ? {} : { name: unquoteYaml(key.text) }) };
}

/** True when a token in quotes has its closing one. */
function isClosed(token: string): boolean {
  return /^(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')$/.test(token);
}
