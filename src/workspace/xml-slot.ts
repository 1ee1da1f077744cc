import type { TextSpan } from '../connection-string/parse';
import { refusal, sliceOf, typedBefore, type Place, type Slot } from './place';
import { partOfValue } from './value-part';

/** Tags, comments and CDATA, with one part that never has two ways to match. */
const pieces = /<!--[^]*?(?:-->|$)|<!\[CDATA\[[^]*?(?:\]\]>|$)|<(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^>"'])*(?:>|$)/g;

/**
 * What a connection string does at a place in an XML file: the value of an attribute, the text of an element, or an
 * element of its own where .NET keeps its settings.
 */
export function xmlSlot(place: Place): Slot {
  const { text, start, end } = place;
  const open: string[] = [];
  let done = 0;
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (index >= start) break;
    const pieceEnd = index + piece.length;
    if (start < pieceEnd || (start === pieceEnd && !piece.endsWith('>'))) return inPiece(place, piece, index);
    done = pieceEnd;
    const [, slash = '', name = ''] = /^<(\/?)([\w.:-]+)/.exec(piece) ?? [];
    if (name === '') continue;
    if (slash === '/') open.pop();
    else if (!piece.endsWith('/>')) open.push(name);
  }
  const next = text.indexOf('<', start);
  const textSpan = { start: done, end: next < 0 ? text.length : next };
  const parent = open.at(-1);
  const entry = parent === undefined ? undefined : entries[parent];
  const typed = { start: start - (start === end ? typedBefore(text, start).length : 0), end };
  if (entry !== undefined) {
    const write = (value: string, name: string): string => entry(nameOfConnection(name), escapeXml(value));
    return { kind: 'entry', span: typed, content: sliceOf(text, typed), write };
  }
  // Around the outermost element nothing stands.
  if (parent === undefined && text.includes('<')) return refusal({ start, end });
  if (parent === undefined || !text.startsWith(`</${parent}`, textSpan.end)) {
    return { kind: 'text', span: typed, content: sliceOf(text, typed), write: escapeXml };
  }
  return valueSlot(place, textSpan, parent);
}

/** The text of an element or the value of an attribute, or the string in it where it says more. */
function valueSlot(place: Place, span: TextSpan, name: string): Slot {
  const part = partOfValue(place, span, { name, escapes: 'xml' });
  const content = sliceOf(place.text, part ?? span).trim();
  return { kind: 'value', span: part ?? span, content, ...(part === undefined ? { name } : {}), write: escapeXml };
}

/** Elements of .NET settings, by the element that they stand in. */
const entries: Readonly<Record<string, (name: string, value: string) => string>> = {
  connectionStrings: (name, value) => `<add name="${name}" connectionString="${value}" />`,
  appSettings: (name, value) => `<add key="${name}" value="${value}" />`,
};

/** ASP.NET's variable names the connection behind two underscores. */
function nameOfConnection(variable: string): string {
  return variable.replace(/^ConnectionStrings__/, '');
}

function inPiece(place: Place, piece: string, index: number): Slot {
  const { text, start, end } = place;
  if (piece.startsWith('<!--')) {
    const last = index + piece.length - (piece.endsWith('-->') ? '-->'.length : 0);
    const isInside = start >= index + '<!--'.length && start <= last;
    return isInside
      ? { kind: 'comment', span: { start, end }, content: '', write: commentSafe }
      : refusal({ start, end });
  }
  if (piece.startsWith('<![CDATA[')) {
    const span = { start: index + '<![CDATA['.length, end: index + piece.replace(/\]\]>$/, '').length };
    if (start < span.start || start > span.end) return refusal({ start, end });
    const part = partOfValue(place, span, { name: undefined, escapes: 'none' }) ?? span;
    const write = (value: string): string | undefined => (value.includes(']]>') ? undefined : value);
    return { kind: 'value', span: part, content: sliceOf(text, part), write };
  }
  if (/^<[?!/]/.test(piece)) return refusal({ start, end });
  const attribute = attributeAt(piece, start - index);
  if (attribute === undefined) {
    const isMissing = /[\w.:-]\s{0,20}=\s{0,20}$/.test(piece.slice(0, start - index));
    if (!isMissing || /^\s*["']/.test(text.slice(start))) return refusal({ start, end });
    return { kind: 'code', span: { start, end }, content: '', write: (value) => `"${escapeXml(value)}"` };
  }
  const span = { start: index + attribute.span.start, end: index + attribute.span.end };
  return valueSlot(place, span, settingName(piece) ?? attribute.name);
}

/** The attribute whose value an index of a tag lies in. */
function attributeAt(tag: string, index: number): { readonly name: string; readonly span: TextSpan } | undefined {
  for (const match of tag.matchAll(/(?<![\w.:-])([\w.:-]{1,100})\s*=\s*(["'])/g)) {
    const start = match.index + match[0].length;
    const close = tag.indexOf(match[2] ?? '"', start);
    const span = { start, end: close < 0 ? tag.replace(/[\s/>]+$/, '').length : close };
    if (index >= span.start && index <= Math.max(span.start, span.end)) return { name: match[1] ?? '', span };
  }
  return undefined;
}

/** The name that a .NET or Java setting gives in another attribute: `<add key="MONGODB_URI" value="…" />`. */
function settingName(tag: string): string | undefined {
  return /\s(?:key|name)\s*=\s*["']([^"'<>]{1,200})["']/.exec(tag)?.[1];
}

function escapeXml(value: string): string {
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return value
    .replace(/[&<>"']/g, (character) => named[character] ?? character)
    .replace(/[\t\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Two dashes end a comment too early. */
function commentSafe(value: string): string | undefined {
  return value.includes('--') ? undefined : value;
}
