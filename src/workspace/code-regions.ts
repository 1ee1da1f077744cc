import type { TextSpan } from '../connection-string/parse';
import type { Language } from './languages';
import type { LiteralStyle, Skipped } from './literals';
import { lineAt } from './place';

/** A literal in code. */
export interface Literal {
  readonly kind: 'literal';
  readonly style: LiteralStyle;
  /** With its prefix and delimiters, and what is between its beginning and its content when that is below. */
  readonly span: TextSpan;
  /** Between the delimiters. */
  readonly content: TextSpan;
  /** What opened it, with the prefix. */
  readonly open: string;
  /** What closes it; empty when it is a line of its own. */
  readonly close: string;
}

/** What the code is at some place. */
export type Region = Literal | { readonly kind: 'comment' } | { readonly kind: 'code' };

const code: Region = { kind: 'code' };
const comment: Region = { kind: 'comment' };

/** Where a language's comments and literals can begin, found by one pattern. */
const finders = new WeakMap<Language, { readonly outside: RegExp; readonly inHole: RegExp }>();

function finderOf(language: Language): { readonly outside: RegExp; readonly inHole: RegExp } {
  const known = finders.get(language);
  if (known !== undefined) return known;
  const { comments, literals, skips = [], outside } = language;
  const texts = [comments.block?.open, outside?.close].flatMap((one) => (one === undefined ? [] : [literally(one)]));
  const patterns = [comments.line, comments.end, ...[...literals, ...skips].map(({ open }) => open)].flatMap((one) =>
    one === undefined ? [] : [one.source],
  );
  const source = [...texts, ...patterns].map((one) => `(?:${one})`).join('|');
  const finder = { outside: new RegExp(source, 'gm'), inHole: new RegExp(`${source}|[{}()]`, 'gm') };
  finders.set(language, finder);
  return finder;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Holes in literals in holes are followed this deep. */
const deepest = 20;

/**
 * What an index of a program's text lies in. Knows the language only by its table, so a text that is no valid program
 * gives an answer, too: a literal that may not hold a line end ends with its line. Time grows with what is before.
 */
export function regionAt(language: Language, text: string, offset: number): Region {
  const begin = beginOfCode(language, text);
  if (offset < begin) return comment;
  const found = scanCode({ language, text, offset, line: { end: -1 } }, begin, undefined, 0);
  return typeof found === 'number' ? code : found;
}

/** Where code begins in a text around it; a text without any code is a piece of a program. */
function beginOfCode({ outside }: Language, text: string): number {
  if (outside === undefined) return 0;
  const end = endOfOutside(outside, text, 0);
  return end === text.length ? 0 : end;
}

/** Where code begins again in the text around it. */
function endOfOutside({ open }: NonNullable<Language['outside']>, text: string, start: number): number {
  const found = matchAt(open, text, start);
  return found === null ? text.length : found.index + found[0].length;
}

interface Scan {
  readonly language: Language;
  readonly text: string;
  readonly offset: number;
  /** The last line end that was looked for: a long line is not searched again for each literal. */
  readonly line: { end: number };
}

/** Where the line of an index ends; indexes come in order. */
function lineEnd({ text, line }: Scan, index: number): number {
  if (line.end < index) line.end = lineAt(text, index).end;
  return line.end;
}

/** Literals whose content begins below the line that is gone through, in their order. */
interface Below {
  readonly literals: { readonly style: LiteralStyle; readonly match: RegExpExecArray }[];
  /** Where the first of them begins. */
  start: number;
}

/** Goes through code up to the offset, or up to what closes a hole; gives the region, or where the code ended. */
function scanCode(scan: Scan, from: number, hole: LiteralStyle['hole'], depth: number): Region | number {
  const { language, text, offset } = scan;
  const finder = hole === undefined ? finderOf(language).outside : finderOf(language).inHole;
  const opening = hole?.open.at(-1);
  const below: Below = { literals: [], start: Infinity };
  let nested = 0;
  let index = from;
  for (;;) {
    finder.lastIndex = index;
    const found = finder.exec(text);
    const start = found?.index ?? Infinity;
    if (below.literals.length > 0 && below.start <= Math.min(start, offset)) {
      const end = scanBelow(scan, below, index, depth);
      if (typeof end !== 'number') return end;
      index = end;
      continue;
    }
    if (found === null || start >= offset) return code;
    const bracket = hole === undefined || found[0].length > 1 ? '' : found[0];
    if (bracket !== '' && '{}()'.includes(bracket)) {
      if (bracket === opening) nested += 1;
      if (bracket === hole?.close) nested -= 1;
      if (nested < 0) return start;
      index = start + 1;
      continue;
    }
    const next = scanRegion(scan, start, depth, below);
    if (typeof next !== 'number') return next;
    index = Math.max(next, start + 1);
  }
}

/** What begins at an index: itself when the offset is in it, else its end. Adds to what begins below its line. */
function scanRegion(scan: Scan, start: number, depth: number, below: Below): Region | number {
  const { language, text, offset } = scan;
  const { comments, literals, skips = [], outside } = language;
  if (outside !== undefined && text.startsWith(outside.close, start)) {
    const end = endOfOutside(outside, text, start);
    return offset >= start + outside.close.length && offset < end ? comment : end;
  }
  if (comments.block !== undefined && text.startsWith(comments.block.open, start)) {
    const end = endOfBlock(text, start, comments.block);
    return offset < end ? comment : end;
  }
  if (comments.end !== undefined && matchAt(comments.end, text, start) !== null) {
    return offset > start ? comment : text.length;
  }
  if (comments.line !== undefined && matchAt(comments.line, text, start) !== null) {
    const line = lineEnd(scan, start);
    const close = outside === undefined ? -1 : text.slice(start, line).indexOf(outside.close);
    const end = close < 0 ? line : start + close;
    return offset <= end ? comment : end;
  }
  for (const style of literals) {
    const match = matchAt(style.open, text, start);
    if (match === null) continue;
    const end = start + match[0].length;
    if (style.isBelow === undefined) return scanLiteral(scan, style, { match, from: end }, depth);
    const next = text.indexOf('\n', end) + 1;
    if (next > 0) {
      below.literals.push({ style, match });
      below.start = Math.min(below.start, next);
    }
    return end;
  }
  return Math.max(start + 1, ...skips.map((skip) => endOfSkipped(skip, text, start)));
}

/** Goes through what begins below a line, when that is over. */
function scanBelow(scan: Scan, below: Below, index: number, depth: number): Region | number {
  let from = Math.max(index, below.start);
  for (const { style, match } of below.literals.splice(0)) {
    const end = scanLiteral(scan, style, { match, from }, depth);
    if (typeof end !== 'number') return end;
    // The next one begins below the line that ends this one.
    const line = scan.text.indexOf('\n', end);
    from = line < 0 ? scan.text.length : line + 1;
  }
  below.start = Infinity;
  return from;
}

/** Where the code ends that is passed over; its beginning when it is none. */
function endOfSkipped({ open, rest }: Skipped, text: string, start: number): number {
  const opened = matchAt(open, text, start);
  if (opened === null) return start;
  const end = start + opened[0].length;
  if (rest === undefined) return end;
  const following = rest.exec(text.slice(end, end + longestSkipped));
  return following === null ? start : end + following[0].length;
}

/** Longer than the regular expressions that people write, also over several lines. */
const longestSkipped = 2000;

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function endOfBlock(
  text: string,
  start: number,
  { open, close, nests = false }: NonNullable<Language['comments']['block']>,
): number {
  let depth = 1;
  let index = start + open.length;
  for (;;) {
    const end = text.indexOf(close, index);
    if (end < 0) return text.length;
    const inner = nests ? text.indexOf(open, index) : -1;
    if (inner >= 0 && inner < end) {
      depth += 1;
      index = inner + open.length;
    } else {
      depth -= 1;
      index = end + close.length;
      if (depth === 0) return index;
    }
  }
}

/** What opened a literal, and where its content begins. */
interface Opened {
  readonly match: RegExpExecArray;
  readonly from: number;
}

function scanLiteral(
  scan: Scan,
  style: LiteralStyle,
  { match, from: contentStart }: Opened,
  depth: number,
): Region | number {
  const { text, offset } = scan;
  const { index: start, 0: open } = match;
  const close = typeof style.close === 'string' ? style.close : style.close(match);
  const closeText = typeof close === 'string' ? close : '';
  const limit = style.multiline === true ? text.length : lineEnd(scan, contentStart);
  const literal = (contentEnd: number, end: number): Literal => ({
    kind: 'literal',
    style,
    span: { start, end },
    content: { start: contentStart, end: contentEnd },
    open,
    close: closeText,
  });
  const finish = (contentEnd: number, end: number): Literal | number => (offset < end ? literal(contentEnd, end) : end);
  if (typeof close !== 'string') {
    close.lastIndex = contentStart - 1;
    const end = close.exec(text);
    const contentEnd = Math.max(contentStart, end?.index ?? text.length);
    return end === null && offset >= contentStart
      ? literal(contentEnd, contentEnd)
      : finish(contentEnd, contentEnd + (end?.[0].length ?? 0));
  }
  let index = contentStart;
  let nested = 0;
  while (index < limit) {
    const bracket = style.nests === undefined ? '' : text.charAt(index);
    const noHole = style.noHole === undefined ? null : matchAt(style.noHole, text, index);
    if (noHole !== null) index += noHole[0].length;
    else if (style.escape === 'doubled' && text.startsWith(close + close, index)) index += 2 * close.length;
    else if (nested > 0 && bracket === close) {
      nested -= 1;
      index += 1;
    } else if (text.startsWith(close, index))
      return finish(endOfClose(text, index, close), endOfClose(text, index, close) + close.length);
    else if (style.escape !== undefined && text.charAt(index) === style.escape) index += 2;
    else if (style.hole !== undefined && depth < deepest && text.startsWith(style.hole.open, index)) {
      const from = index + style.hole.open.length;
      // Beyond the offset only the end of the hole is of interest.
      const isBeyond = from > offset;
      const inner = scanCode(isBeyond ? { ...scan, offset: Infinity } : scan, from, style.hole, depth + 1);
      if (typeof inner !== 'number') return isBeyond ? literal(limit, limit) : inner;
      index = inner + style.hole.close.length;
    } else {
      // An opening bracket that is its own closing one is found above.
      if (bracket !== '' && bracket === open.at(-1)) nested += 1;
      index += 1;
    }
  }
  return offset <= limit ? literal(limit, limit) : limit;
}

/** Of more quotes than close a literal of three, the last three do. */
function endOfClose(text: string, index: number, close: string): number {
  let end = index;
  while (close.length > 1 && text.startsWith(close, end + 1)) end += 1;
  return end;
}
