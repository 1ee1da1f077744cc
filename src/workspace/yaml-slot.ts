import type { TextSpan } from '../connection-string/parse';
import { lineAt, type Place, type Slot, type TextEdit } from './place';
import { isSpring, propertyName } from './properties-slot';
import { isCompose } from './settings-formats';

/** One line of YAML, as far as it matters here. */
interface Line {
  readonly span: TextSpan;
  readonly indent: string;
  /** `- ` as often as it stands there. */
  readonly dashes: string;
  readonly key?: string;
  /** Between `key:` or the dashes, and the value. */
  readonly gap: string;
  /** Without a tag or anchor before it and a comment behind it. */
  readonly value: TextSpan;
}

/**
 * What a connection string does at a place in YAML: the value of a key, an item of a list (`- NAME=value` in the
 * environment of a compose file), a line of a block of text, or an entry of its own. In compose files `$` is doubled,
 * because compose fills in variables.
 */
export function yamlSlot(place: Place): Slot {
  const { text, start, end } = place;
  const cursor = { start, end };
  const line = readLine(text, start);
  const raw = text.slice(line.span.start, line.span.end);
  const doubled = (value: string): string => (isDoubling(place) ? value.replaceAll('$', '$$$$') : value);
  if (isInBlock(text, line)) {
    return {
      kind: 'text',
      span: cursor,
      content: raw.trim(),
      write: (value) => (/[\r\n]/.test(value) ? undefined : doubled(value)),
    };
  }
  const hash = commentStart(raw, 0);
  if (hash >= 0 && start > line.span.start + hash) {
    return { kind: 'comment', span: cursor, content: '', write: (value) => value };
  }
  if (raw.trim() === '' || (line.key === undefined && line.dashes === '')) return entrySlot(place, line, doubled);
  const content = text.slice(line.value.start, line.value.end);
  if (/^[{[]/.test(content)) return flowSlot(text, cursor, line.value, doubled);
  const variable = /^(["']?)([A-Za-z_]\w*)=/.exec(content);
  const space = line.gap === '' ? ' ' : '';
  if (line.key === undefined && variable !== null) {
    const [, mark = '', name = ''] = variable;
    const inside = content.slice(variable[0].length, mark !== '' && content.endsWith(mark) ? -1 : undefined);
    const write = (value: string): string => quote(`${name}=${doubled(value)}`, mark);
    const read = (other: string): readonly TextEdit[] => [{ span: line.value, newText: `${name}=\${${other}}` }];
    return {
      kind: 'value',
      span: line.value,
      content: inside,
      name,
      write,
      ...(isCompose(place.fileName) ? { read } : {}),
    };
  }
  const [mark = ''] = /^["']/.exec(content) ?? [];
  const write = (value: string): string => space + quote(doubled(value), mark);
  const reference = referenceOf(place);
  return {
    kind: 'value',
    span: line.value,
    content: unquote(content),
    ...(line.key === undefined ? {} : { name: line.key }),
    write,
    ...(reference === undefined
      ? {}
      : { read: (name: string) => [{ span: line.value, newText: space + reference(name) }] }),
  };
}

/** How a file of this name reads the environment, if it does. */
function referenceOf({ fileName }: Place): ((name: string) => string) | undefined {
  if (isCompose(fileName) || isSpring(fileName)) return (name) => `\${${name}}`;
  // Rails runs these through ERB.
  return /(?:^|\/)(?:mongoid|database)\.yml$/.test(fileName) ? (name) => `<%= ENV.fetch('${name}') %>` : undefined;
}

function isDoubling({ fileName, languageId }: Place): boolean {
  return isCompose(fileName) || languageId === 'dockercompose';
}

function readLine(text: string, index: number): Line {
  const span = lineAt(text, index);
  const raw = text.slice(span.start, span.end);
  const [, indent = '', dashes = ''] = /^([ \t]*)((?:-(?:[ \t]+|$))*)/.exec(raw) ?? [];
  const from = indent.length + dashes.length;
  const [left = '', key, gap = ''] =
    /^((?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s#'"{[&!*|>%@`-][^:#\r\n]*|-[^\s:#][^:#\r\n]*))[ \t]*:(?=[ \t]|$)([ \t]*)/.exec(
      raw.slice(from),
    ) ?? [];
  const valueFrom = from + left.length;
  const [properties = ''] = /^(?:[!&][^\s]*[ \t]+)*/.exec(raw.slice(valueFrom)) ?? [];
  const start = valueFrom + properties.length;
  const comment = commentStart(raw, start);
  const end = raw.slice(0, comment < 0 ? undefined : comment).trimEnd().length;
  return {
    span,
    indent,
    dashes,
    ...(key === undefined ? {} : { key: unquote(key.trimEnd()) }),
    gap: key === undefined ? (dashes === '' ? ' ' : dashes.slice(-1)) : gap,
    value: { start: span.start + start, end: span.start + Math.max(start, end) },
  };
}

/** Where a comment begins: a `#` behind white space and outside of quotes; -1 when there is none. */
function commentStart(raw: string, from: number): number {
  let index = from;
  const [quotes = ''] = /^(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')/.exec(raw.slice(from)) ?? [];
  index += quotes.length;
  for (; index < raw.length; index += 1) {
    if (raw.charAt(index) === '#' && (index === 0 || /\s/.test(raw.charAt(index - 1)))) return index;
  }
  return -1;
}

/** True for a line of the text that `key: |` or `key: >` begins: it is indented more than the key. */
function isInBlock(text: string, line: Line): boolean {
  const raw = text.slice(line.span.start, line.span.end);
  let indent = raw.trim() === '' ? Infinity : line.indent.length;
  let start = line.span.start;
  while (start > 0 && indent > 0) {
    const above = lineAt(text, start - 1);
    const content = text.slice(above.start, above.end);
    const width = content.length - content.trimStart().length;
    start = above.start;
    if (content.trim() === '' || width >= indent) continue;
    if (/(?:^|[\s:-])[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$/.test(content)) return true;
    indent = width;
  }
  return false;
}

/** A blank line, or one that says nothing yet: an entry in the manner of the line above. */
function entrySlot(place: Place, line: Line, doubled: (value: string) => string): Slot {
  const { text, fileName } = place;
  const isBlank = text.slice(line.span.start, line.span.end).trim() === '';
  const span = isBlank ? { start: place.start, end: place.end } : line.value;
  const above = lineAbove(text, line.span.start);
  const isList = above !== undefined && /^\s*-\s+["']?[A-Za-z_]\w*=/.test(above);
  const write = (value: string, name: string): string => {
    if (isList) return `- ${quote(`${name}=${doubled(value)}`, '')}`;
    return `${isSpring(fileName) ? propertyName(name) : name}: ${quote(doubled(value), '')}`;
  };
  const content = text.slice(span.start, span.end);
  return { kind: 'entry', span, content, write };
}

function lineAbove(text: string, start: number): string | undefined {
  let index = start;
  while (index > 0) {
    const { start: from, end } = lineAt(text, index - 1);
    const content = text.slice(from, end);
    if (content.trim() !== '') return content;
    index = from;
  }
  return undefined;
}

/** Inside of `{…}` or `[…]` on one line: a value in quotes, or a place for one. */
function flowSlot(text: string, cursor: TextSpan, flow: TextSpan, doubled: (value: string) => string): Slot {
  const raw = text.slice(flow.start, flow.end);
  for (const { 0: literal, index } of raw.matchAll(/"(?:\\.|[^"\\])*"|'(?:''|[^'])*'/g)) {
    const span = { start: flow.start + index, end: flow.start + index + literal.length };
    if (cursor.start <= span.start || cursor.start >= span.end) continue;
    const [, name] = /([\w.-]+)["']?\s*:\s*$/.exec(raw.slice(Math.max(0, index - 200), index)) ?? [];
    const write = (value: string): string => quote(doubled(value), literal.charAt(0));
    return { kind: 'value', span, content: unquote(literal), ...(name === undefined ? {} : { name }), write };
  }
  return { kind: 'code', span: cursor, content: '', write: (value) => quote(doubled(value), '') };
}

/** Quoted always: what is plain today may hold a `: ` or ` #` tomorrow. The kind of quotes is kept. */
function quote(value: string, mark: string): string {
  if (mark !== '"' && !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  const escaped = JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped;
}

function unquote(raw: string): string {
  if (/^'.*'$/s.test(raw)) return raw.slice(1, -1).replaceAll("''", "'");
  return /^".*"$/s.test(raw) ? raw.slice(1, -1) : raw;
}
