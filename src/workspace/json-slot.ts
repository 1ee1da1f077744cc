import type { TextSpan } from '../connection-string/parse';
import { lineAt, lineEndOf, refusal, sliceOf, type Place, type Slot } from './place';
import { partOfValue } from './value-part';

/** A token of JSON with comments. */
interface Token {
  readonly kind: 'comment' | 'string' | 'word' | 'mark';
  readonly text: string;
  readonly span: TextSpan;
}

const tokens = /(\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$))|("(?:\\[^\r\n]|[^"\\\r\n])*"?)|([^\s"{}[\],:/]+)|([{}[\],:/])/g;

function tokenize(text: string): readonly Token[] {
  return [...text.matchAll(tokens)].map(([whole, comment, string, word], index, all) => ({
    kind: comment !== undefined ? 'comment' : string !== undefined ? 'string' : word !== undefined ? 'word' : 'mark',
    text: whole,
    span: { start: all[index]?.index ?? 0, end: (all[index]?.index ?? 0) + whole.length },
  }));
}

/** The objects and arrays around a place, and the keys that lead there. */
interface Nesting {
  readonly brackets: readonly string[];
  readonly keys: readonly (string | undefined)[];
}

/**
 * What a connection string does at a place in JSON, with or without comments: the value of a property, an element of an
 * array, or a property of its own, with the commas that it needs.
 */
export function jsonSlot(place: Place): Slot {
  const { text, start, end, fileName } = place;
  const cursor = { start, end };
  const all = tokenize(text);
  const comment = all.find(
    ({ kind, span, text: token }) =>
      kind === 'comment' && start > span.start && (start < span.end || (start === span.end && token.startsWith('//'))),
  );
  if (comment !== undefined) {
    return start === comment.span.start + 1
      ? refusal(cursor)
      : { kind: 'comment', span: cursor, content: '', write: (value) => value };
  }
  const significant = all.filter(({ kind }) => kind !== 'comment');
  const at = significant.findIndex((token) => isAround(token, start));
  const before = at < 0 ? significant.filter(({ span }) => span.end <= start) : significant.slice(0, at);
  const here = significant[at];
  const next = significant[before.length + (at < 0 ? 0 : 1)];
  const previous = before.at(-1);
  const key = here ?? (previous?.kind === 'string' ? previous : undefined);
  if (key !== undefined && next?.text === ':') {
    return keyedSlot(place, key, significant[significant.indexOf(next) + 1]);
  }
  const nesting = nestingOf(before);
  const name = nesting.keys.at(-1);
  if (here !== undefined) return valueSlot(place, here, name);
  if (previous?.text === ':') {
    const isOnLine = next !== undefined && next.span.start <= lineAt(text, start).end;
    if (isOnLine && next.kind !== 'mark' && !isKey(significant, next)) return valueSlot(place, next, name);
    return isOnLine && /^[[{]$/.test(next.text) ? refusal(cursor) : missingSlot(place, cursor, name);
  }
  const isOutside = nesting.brackets.length === 0;
  if (isOutside && significant.length > 0) return refusal(cursor);
  const needsComma = previous !== undefined && !['{', '[', ',', ':'].includes(previous.text);
  const also = needsComma ? [{ span: { start: previous.span.end, end: previous.span.end }, newText: ',' }] : [];
  const comma = next !== undefined && !['}', ']', ','].includes(next.text) ? ',' : '';
  const isElement = nesting.brackets.at(-1) === '[';
  const lineEnd = lineEndOf(text);
  const write = (value: string, variable: string): string => {
    const literal = `"${escapeJson(value)}"`;
    if (isElement) return literal + comma;
    const property = propertyOf(literal, variable, { nesting, fileName });
    return isOutside ? `{${lineEnd}  ${property}${lineEnd}}${lineEnd}` : property + comma;
  };
  return { kind: 'entry', span: cursor, content: '', ...(isElement ? named(name) : {}), write, also };
}

/** True for a text that an index lies in, also at its end while that is open, and for a word also at its ends. */
function isAround({ kind, span, text }: Token, index: number): boolean {
  if (kind === 'word') return index >= span.start && index <= span.end;
  return kind === 'string' && index > span.start && (index < span.end || (index === span.end && !isClosed(text)));
}

/** True when a colon follows. */
function isKey(all: readonly Token[], token: Token): boolean {
  return all[all.indexOf(token) + 1]?.text === ':';
}

function named(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

/** The value of a key that the cursor stands in or behind; one that is no text has no place for a string. */
function keyedSlot(place: Place, key: Token, value: Token | undefined): Slot {
  if (value === undefined || value.kind === 'mark') return refusal({ start: place.start, end: place.end });
  return valueSlot(place, value, keyOf(key));
}

/** A text, or something else that stands for a value: all of it, or the string in a text that says more. */
function valueSlot(place: Place, { kind, text: old, span }: Token, name: string | undefined): Slot {
  const { text } = place;
  if (kind !== 'string') return missingSlot(place, span, name);
  const inside = { start: span.start + 1, end: span.end - (isClosed(old) ? 1 : 0) };
  const part = partOfValue(place, inside, { name, escapes: 'backslash' });
  const content = sliceOf(text, part ?? inside);
  return {
    kind: 'value',
    span: part ?? inside,
    content,
    ...(part === undefined ? named(name) : {}),
    write: escapeJson,
  };
}

/** A whole value, with quotes. */
function missingSlot({ text }: Place, span: TextSpan, name: string | undefined): Slot {
  const space = text.charAt(span.start - 1) === ':' ? ' ' : '';
  const write = (value: string): string => `${space}"${escapeJson(value)}"`;
  return { kind: 'value', span, content: sliceOf(text, span), ...named(name), write };
}

/** ASP.NET keeps connection strings in an object of their own. */
function propertyOf(
  literal: string,
  variable: string,
  { nesting, fileName }: { readonly nesting: Nesting; readonly fileName: string },
): string {
  const name = variable.replace(/^ConnectionStrings__/, '');
  const isTop = nesting.brackets.length <= 1;
  const property = `${JSON.stringify(name)}: ${literal}`;
  return name !== variable && isTop && /appsettings(?:\.\w+)?\.json$/.test(fileName)
    ? `"ConnectionStrings": { ${property} }`
    : property;
}

function nestingOf(before: readonly Token[]): Nesting {
  const brackets: string[] = [];
  const keys: (string | undefined)[] = [undefined];
  before.forEach(({ kind, text }, index) => {
    if (kind !== 'mark') return;
    if (text === '{' || text === '[') {
      brackets.push(text);
      keys.push(undefined);
    } else if (text === '}' || text === ']') {
      brackets.pop();
      keys.pop();
    } else if (text === ':') keys[keys.length - 1] = keyOf(before[index - 1]);
    else if (text === ',') keys[keys.length - 1] = undefined;
  });
  return { brackets, keys };
}

function keyOf(token: Token | undefined): string | undefined {
  if (token?.kind !== 'string') return undefined;
  try {
    return JSON.parse(token.text) as string;
  } catch {
    return undefined;
  }
}

/** True when a string token has its closing quote. */
function isClosed(token: string): boolean {
  return /^"(?:\\.|[^"\\])*"$/.test(token);
}

function escapeJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
