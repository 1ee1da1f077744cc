import type { TextSpan } from '../connection-string/parse';
import { lineAt, lineEndOf, sliceOf, type Place, type Slot, type TextEdit } from './place';

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
export function dotenvSlot({ text, start, end }: Place): Slot {
  const entry = dotenvEntries(text).find(({ span }) => start >= span.start && start <= span.end);
  if (entry !== undefined) {
    return {
      kind: 'value',
      span: entry.valueSpan,
      content: entry.value,
      name: entry.name,
      write: (value) => quote(value) + gapBehind(text, entry),
    };
  }
  if (/^[ \t]*#/.test(sliceOf(text, lineAt(text, start))))
    return { kind: 'comment', span: { start, end }, content: '', write: (value) => value };
  return { kind: 'entry', span: { start, end }, content: '', write: (value, name) => `${name}=${quote(value)}` };
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
