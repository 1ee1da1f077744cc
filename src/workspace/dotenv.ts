import type { TextSpan } from '../connection-string/parse';
import { isReplaceable, lineAt, lineEndOf, refusal, sliceOf, type Place, type Slot, type TextEdit } from './place';
import { partOfValue } from './value-part';

/** One variable that a dotenv file sets. */
export interface DotenvEntry {
  readonly name: string;
  /** The value as readers of such files see it. */
  readonly value: string;
  /** The value with its quotes; without a comment behind it. */
  readonly valueSpan: TextSpan;
  /** From the beginning of its line to the end of the value. */
  readonly span: TextSpan;
}

/** `NAME=`, also `export NAME=`; commented lines do not match. */
const beginning = /^\ufeff?[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/gm;

/** A value in quotes, over several lines if need be, or up to a comment or the end of the line. */
const values = /"(?:\\[^]|[^"\\])*"|'[^']*'|`[^`]*`|(?:[^\r\n#]|(?<=[^\s=])#)*/y;

/** The variables of a dotenv file in their order; a name may repeat, and then the last one counts. */
export function dotenvEntries(text: string): readonly DotenvEntry[] {
  const entries: DotenvEntry[] = [];
  let done = 0;
  for (const { 0: left, 1: name = '', index } of text.matchAll(beginning)) {
    // A line of a value in quotes is no entry.
    if (index < done) continue;
    const start = index + left.length;
    values.lastIndex = start;
    const raw = (values.exec(text)?.[0] ?? '').trimEnd();
    done = start + raw.length;
    const valueSpan = { start, end: done };
    entries.push({ name, value: unquote(raw), valueSpan, span: { start: index, end: done } });
  }
  return entries;
}

/** True when a dotenv file sets the variable; commented lines do not count. */
export function hasVariable(text: string, name: string): boolean {
  return dotenvEntries(text).some((entry) => entry.name === name);
}

/**
 * The edit that sets a variable in a dotenv file: its value replaced where it stands (the last one, where it repeats:
 * that is the one that readers take), else a line added at the end. Everything else stays as it is, line ends and
 * comments too. `name` consists of letters, digits and underscores.
 */
export function variableEdit(text: string, name: string, value: string): TextEdit {
  const quoted = quote(value);
  const entry = dotenvEntries(text).findLast((one) => one.name === name);
  if (entry !== undefined) return { span: entry.valueSpan, newText: quoted + gapBehind(text, entry) };
  const lineEnd = lineEndOf(text);
  const separator = text === '' || text.endsWith('\n') ? '' : lineEnd;
  return { span: { start: text.length, end: text.length }, newText: `${separator}${name}=${quoted}${lineEnd}` };
}

/** The text of a dotenv file after {@link variableEdit}. */
export function setVariable(text: string, name: string, value: string): string {
  const { span, newText } = variableEdit(text, name, value);
  return text.slice(0, span.start) + newText + text.slice(span.end);
}

/** What a connection string does at a place in a dotenv file: the value of the line's variable, or a line of its own. */
export function dotenvSlot(place: Place): Slot {
  const { text, start, end } = place;
  const line = lineAt(text, start);
  const entries = dotenvEntries(text);
  const entry = entries.find(({ span }) => start >= span.start && start <= span.end);
  if (entry !== undefined) return entrySlot(place, entry);
  const before = entries.findLast(({ span }) => span.end >= line.start && span.end < start);
  const isComment = /^\ufeff?[ \t]*#/.test(text.slice(before?.span.end ?? line.start, line.end));
  if (isComment && text.slice(before?.span.end ?? line.start, start).includes('#')) return commentSlot(place);
  if (before !== undefined) return entrySlot(place, before);
  const raw = sliceOf(text, line);
  const [whole = '', left = '', word = ''] = /^(\ufeff?[ \t]*(?:export[ \t]+)?)([^\s=#]+)[ \t]*$/.exec(raw) ?? [];
  const written = { start: line.start + left.length, end: line.start + whole.length };
  const write = (value: string, name: string): string => `${name}=${quote(value)}`;
  if (isReplaceable(word) && word !== '') return { kind: 'entry', span: written, content: word, write };
  if (/^[\w.-]+$/.test(word)) {
    const span = { start: written.start + word.length, end: written.end };
    return { kind: 'value', span, content: '', name: word, write: (value) => `=${quote(value)}` };
  }
  if (raw.replace('\ufeff', '').trim() === '') return { kind: 'entry', span: { start, end }, content: '', write };
  // What no reader takes for a variable.
  if (!isComment) return refusal({ start, end });
  const above = (value: string, name: string): string => write(value, name) + lineEndOf(text);
  return { kind: 'entry', span: { start, end }, content: '', write: above };
}

function commentSlot({ start, end }: Place): Slot {
  return { kind: 'comment', span: { start, end }, content: '', write: (value) => value };
}

/** The value of a variable, or the string in it where it says more. */
function entrySlot(place: Place, entry: DotenvEntry): Slot {
  const { text } = place;
  const { name, value: content, valueSpan } = entry;
  const [mark = ''] = /^["'`]/.exec(sliceOf(text, valueSpan)) ?? [];
  const inside = { start: valueSpan.start + mark.length, end: valueSpan.end - mark.length };
  const part = partOfValue(place, inside, { name, escapes: 'none' });
  if (part === undefined) {
    const write = (value: string): string => quote(value) + gapBehind(text, entry);
    return { kind: 'value', span: valueSpan, content, name, write };
  }
  const special = mark === '' ? /[\s#"'`\\$]/ : mark === '"' ? /["\\$`\r\n]/ : new RegExp(`[${mark}\r\n]`);
  const write = (value: string): string | undefined => (special.test(value) ? undefined : value);
  return { kind: 'value', span: part, content: sliceOf(text, part), write };
}

/** Behind a value that was empty a comment follows at once, which shells take for a part of the value then. */
function gapBehind(text: string, { valueSpan }: DotenvEntry): string {
  return text.charAt(valueSpan.end) === '#' ? ' ' : '';
}

/**
 * Single quotes keep `$`, `#` and backslashes as they are in every reader, `docker compose` and shells among them.
 * Readers do not agree on a quote inside of quotes: another kind of quotes where there is one that the value lacks.
 */
function quote(value: string): string {
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  if (!/["\\$`\r\n]/.test(value)) return `"${value}"`;
  if (!/[`\r\n]/.test(value)) return `\`${value}\``;
  return `"${value
    .replace(/["\\$`]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')}"`;
}

function unquote(raw: string): string {
  const [, mark, inside = ''] = /^(["'`])([^]*)\1$/.exec(raw) ?? [];
  if (mark === undefined) return raw;
  return mark === '"' ? inside.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : inside;
}
