import type { TextSpan } from '../connection-string/parse';
import { lineAt, lineEndOf, type Place, type Slot } from './place';

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
export function jsonSlot({ text, start, end, fileName }: Place): Slot {
  const all = tokenize(text);
  const inside = all.find(({ kind, span, text: token }) => {
    if (kind === 'string') return start > span.start && (start < span.end || (start === span.end && !isClosed(token)));
    return (
      kind === 'comment' && start > span.start && (start < span.end || (start === span.end && token.startsWith('//')))
    );
  });
  if (inside?.kind === 'comment')
    return { kind: 'comment', span: { start, end }, content: '', write: (value) => value };
  const significant = all.filter(({ kind }) => kind !== 'comment');
  const before = significant.filter(
    ({ span }) => span.end <= start || (inside !== undefined && span.end <= inside.span.start),
  );
  const nesting = nestingOf(before);
  const key = nesting.keys.at(-1);
  const named = key === undefined ? {} : { name: key };
  if (inside !== undefined) {
    const span = { start: inside.span.start + 1, end: inside.span.end - (isClosed(inside.text) ? 1 : 0) };
    return { kind: 'value', span, content: text.slice(span.start, span.end), ...named, write: escapeJson };
  }
  const previous = before.at(-1);
  const next = significant.find(({ span }) => span.end > start);
  // Behind a value, too, but not behind an object or a list, which nothing takes the place of.
  const isBehind = previous !== undefined && previous.kind !== 'mark' && previous.span.end === start;
  if (previous?.text === ':' || (isBehind && key !== undefined)) {
    return valueSlot(text, { start, end }, named, { previous, next });
  }
  const needsComma = previous !== undefined && !['{', '[', ',', ':'].includes(previous.text);
  const also = needsComma ? [{ span: { start: previous.span.end, end: previous.span.end }, newText: ',' }] : [];
  const comma = next !== undefined && !['}', ']', ','].includes(next.text) ? ',' : '';
  const isElement = nesting.brackets.at(-1) === '[';
  const lineEnd = lineEndOf(text);
  const write = (value: string, name: string): string => {
    const literal = `"${escapeJson(value)}"`;
    if (isElement) return literal + comma;
    const property = propertyOf(literal, name, { nesting, fileName });
    return nesting.brackets.length === 0 ? `{${lineEnd}  ${property}${lineEnd}}${lineEnd}` : property + comma;
  };
  return { kind: 'entry', span: { start, end }, content: '', ...(isElement ? named : {}), write, also };
}

/** Behind a colon: where a value is missing, or is something other than a string. */
function valueSlot(
  text: string,
  cursor: TextSpan,
  named: { readonly name?: string },
  { previous, next }: { readonly previous: Token; readonly next: Token | undefined },
): Slot {
  const old = previous.text === ':' ? next : previous;
  const isOnLine = old !== undefined && old.span.start <= lineAt(text, cursor.start).end;
  const isOld =
    isOnLine && (old.kind === 'word' || old.kind === 'string') && !text.slice(old.span.end).trimStart().startsWith(':');
  const span = isOld ? old.span : cursor;
  const space = text.charAt(span.start - 1) === ':' ? ' ' : '';
  const write = (value: string): string => `${space}"${escapeJson(value)}"`;
  return { kind: 'value', span, content: text.slice(span.start, span.end), ...named, write };
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
