import type { TextSpan } from '../connection-string/parse';
import { lineAt } from './place';

/** One line of YAML, as far as it matters here. */
export interface YamlLine {
  readonly span: TextSpan;
  readonly raw: string;
  readonly isBlank: boolean;
  /** Width of the white space that it begins with. */
  readonly indent: number;
  /** `- ` as often as it stands there. */
  readonly dashes: string;
  readonly key?: string;
  /** Without a tag or anchor before it and a comment behind it. */
  readonly value: TextSpan;
}

/** The line around an index. */
export function readLine(text: string, index: number): YamlLine {
  const span = lineAt(text, index);
  const raw = text.slice(span.start, span.end);
  const [, indent = '', dashes = ''] = /^([ \t]*)((?:-(?:[ \t]+|$))*)/.exec(raw) ?? [];
  const from = indent.length + dashes.length;
  const [left = '', key] =
    /^((?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s#'"{[&!*|>%@`-](?:[^:#\r\n]|:(?=\S)){0,300}|-[^\s:#](?:[^:#\r\n]|:(?=\S)){0,300}))[ \t]{0,100}:(?=[ \t]|$)[ \t]*/.exec(
      raw.slice(from),
    ) ?? [];
  const valueFrom = from + left.length;
  const [properties = ''] = /^(?:[!&]\S*(?:[ \t]+|$))*/.exec(raw.slice(valueFrom)) ?? [];
  const start = valueFrom + properties.length;
  const comment = commentStart(raw, start);
  const end = raw.slice(0, comment < 0 ? undefined : comment).trimEnd().length;
  return {
    span,
    raw,
    isBlank: raw.trim() === '',
    indent: indent.length,
    dashes,
    ...(key === undefined ? {} : { key: unquoteYaml(key.trimEnd()) }),
    value: { start: span.start + start, end: span.start + Math.max(start, end) },
  };
}

/** Where a comment begins: a `#` behind white space and outside of quotes; -1 when there is none. */
export function commentStart(raw: string, from: number): number {
  let index = from;
  const [quotes = ''] = /^(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')/.exec(raw.slice(from)) ?? [];
  index += quotes.length;
  for (; index < raw.length; index += 1) {
    if (raw.charAt(index) === '#' && (index === 0 || /\s/.test(raw.charAt(index - 1)))) return index;
  }
  return -1;
}

/** Lines that say something: all that are not blank, or (outside of blocks) those that are no comments either. */
const saying = { inBlocks: /\S/, elsewhere: /^\s*[^\s#]/ } as const;

/** The nearest line above that says something. */
export function lineAbove(
  text: string,
  { span }: Pick<YamlLine, 'span'>,
  where: keyof typeof saying = 'elsewhere',
): YamlLine | undefined {
  let { start } = span;
  while (start > 0) {
    const above = lineAt(text, start - 1);
    if (saying[where].test(text.slice(above.start, above.end))) return readLine(text, above.start);
    ({ start } = above);
  }
  return undefined;
}

/** The nearest line below that says something. */
export function lineBelow(
  text: string,
  { span }: Pick<YamlLine, 'span'>,
  where: keyof typeof saying = 'elsewhere',
): YamlLine | undefined {
  let next = text.indexOf('\n', span.end) + 1;
  while (next > 0) {
    const below = lineAt(text, next);
    if (saying[where].test(text.slice(below.start, below.end))) return readLine(text, below.start);
    next = text.indexOf('\n', next) + 1;
  }
  return undefined;
}

/** The value of a line with those below on which a text goes on. */
export function longValue(text: string, line: YamlLine): TextSpan {
  const own = ownColumn(line);
  let { end } = line.value;
  for (let next = lineBelow(text, line); next !== undefined && next.indent > own; next = lineBelow(text, next)) {
    ({ end } = next.span);
  }
  return { start: line.value.start, end };
}

/** The column that what belongs to the line's key, or to its last dash, has to stand behind. */
export function ownColumn({ indent, dashes, key }: YamlLine): number {
  return indent + (key === undefined ? Math.max(0, dashes.lastIndexOf('-')) : dashes.length);
}

/**
 * The keys above a column of a line, the outermost first. A list may stand in the same column as the key that it
 * belongs to.
 */
export function keysAbove(text: string, line: YamlLine, from: number): readonly string[] {
  const keys: string[] = [];
  let column = line.dashes !== '' && from > line.indent ? line.indent + 1 : from;
  let { start } = line.span;
  while (start > 0 && column > 0) {
    const above = lineAt(text, start - 1);
    ({ start } = above);
    const width = /[^ \t]/.exec(text.slice(above.start, above.end))?.index;
    if (width === undefined || width >= column || text.charAt(above.start + width) === '#') continue;
    const one = readLine(text, start);
    if (one.key === undefined) {
      if (one.dashes === '') continue;
    } else if (ownColumn(one) < column) keys.unshift(one.key);
    column = one.dashes === '' ? one.indent : one.indent + 1;
  }
  return keys;
}

/** The line below that belongs to the key or the last dash of a line. */
export function lineWithin(text: string, line: YamlLine): YamlLine | undefined {
  const below = lineBelow(text, line);
  const own = ownColumn(line);
  const belongs =
    below !== undefined &&
    (below.indent > own || (below.indent === own && line.key !== undefined && below.dashes !== ''));
  return belongs ? below : undefined;
}

/** The column of the key of a line, or of what stands in place of one. */
export function keyColumn({ indent, dashes }: YamlLine): number {
  return indent + dashes.length;
}

/** The text that `key: |` or `key: >` begins. */
export interface YamlBlock {
  readonly header: YamlLine;
  /** From the first character of its first line that is not blank to the end of the last; empty when there is none. */
  readonly content: TextSpan;
  /** The column of its first line; undefined while it has none. */
  readonly indent?: number;
}

/** The block that a line begins, if it begins one. */
export function blockBegunBy(text: string, header: YamlLine): YamlBlock | undefined {
  if (!isHeader(text, header)) return undefined;
  const own = ownColumn(header);
  const first = lineBelow(text, header, 'inBlocks');
  if (first === undefined || first.indent <= own) {
    return { header, content: { start: header.span.end, end: header.span.end } };
  }
  let last = first.span;
  for (let next = text.indexOf('\n', last.end) + 1; next > 0; next = text.indexOf('\n', next) + 1) {
    const span = lineAt(text, next);
    const raw = text.slice(span.start, span.end);
    const width = /[^ \t]/.exec(raw)?.index;
    if (width === undefined) continue;
    if (width <= own) break;
    last = span;
  }
  const end = last.start + text.slice(last.start, last.end).trimEnd().length;
  return { header, content: { start: first.span.start + first.indent, end }, indent: first.indent };
}

function isHeader(text: string, { value }: YamlLine): boolean {
  return /^[|>](?:[+-]?\d?|\d[+-])$/.test(text.slice(value.start, value.end));
}

/**
 * The block that a cursor stands in the text of: on a line that is indented more than what the block belongs to, or on a
 * blank one that is, or behind which the text goes on.
 */
export function blockAround(text: string, line: YamlLine, cursor: number): YamlBlock | undefined {
  if (!line.isBlank) return nearestBlock(text, line, line.indent, () => true);
  const above = lineAbove(text, line, 'inBlocks');
  if (above === undefined) return undefined;
  const column = cursor - line.span.start;
  const below = lineBelow(text, line, 'inBlocks')?.indent ?? 0;
  const holds = (header: YamlLine): boolean => column > ownColumn(header) || below > ownColumn(header);
  if (isHeader(text, above) && holds(above)) return blockBegunBy(text, above);
  return nearestBlock(text, above, above.indent, holds);
}

function nearestBlock(
  text: string,
  { span }: YamlLine,
  from: number,
  holds: (header: YamlLine) => boolean,
): YamlBlock | undefined {
  let { start } = span;
  let indent = from;
  while (start > 0 && indent > 0) {
    const above = lineAt(text, start - 1);
    ({ start } = above);
    const raw = text.slice(above.start, above.end);
    const width = /[^ \t]/.exec(raw)?.index;
    if (width === undefined || width >= indent) continue;
    if (/[|>][-+\d]{0,2}[ \t]*(?:#|$)/.test(raw)) {
      const header = readLine(text, start);
      if (isHeader(text, header) && ownColumn(header) < indent && holds(header)) return blockBegunBy(text, header);
    }
    indent = width;
  }
  return undefined;
}

/** Quoted always: what is plain today may hold a `: ` or ` #` tomorrow. The kind of quotes is kept. */
export function quoteYaml(value: string, mark: string): string {
  if (mark !== '"' && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function unquoteYaml(raw: string): string {
  if (/^'.*'$/s.test(raw)) return raw.slice(1, -1).replaceAll("''", "'");
  return /^".*"$/s.test(raw) ? raw.slice(1, -1) : raw;
}
