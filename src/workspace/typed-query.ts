import { slotAt, wantsString } from './insert-string';
import type { Place, Slot, TextEdit } from './place';

/** A place where connection strings are offered while somebody types. */
export interface TypingPlace {
  /** With spans in the text as it is, what is typed of a name included in its own. */
  readonly slot: Slot;
  /** What is typed of the name of a cluster or project; empty when nothing is. */
  readonly query: string;
  /** Where that begins when it stands beside the beginning of a string and goes with it. */
  readonly extraFrom?: number;
}

/** What is typed of a name behind the word that a connection string begins with: `mongodborders`, `mongodb orders`. */
const behindScheme = /(?<![\p{L}\p{N}_])mongodb( ?[\p{L}\p{N}][\p{L}\p{N}_. -]{0,80})$/u;
/** A word of its own. */
const ownWord = /(?<![\p{L}\p{N}_.-])([\p{L}\p{N}][\p{L}\p{N}_.-]{0,80})$/u;
/** The beginning of a string, as far as it is typed. */
const beginning = /^["'`]?(?:mongodb(?:\+(?:s(?:rv?)?)?)?:?\/{0,2}|mon(?:g(?:o(?:d)?)?)?)?/;

/**
 * What is typed at a cursor, where a connection string may be offered. `isContinued` while a list is open that was
 * offered before: then a word in code counts as the name of a cluster, which else begins something of the program.
 */
export function typingAt(place: Place, isContinued: boolean): TypingPlace | undefined {
  const slot = slotAt(place);
  const { text, start } = place;
  if (wantsString(slot)) {
    const rest = text.slice(slot.span.start, start).replace(beginning, '').trim();
    // A whole string, or one with a user, is no name.
    return { slot, query: /^[\p{L}\p{N}_. -]*$/u.test(rest) && !rest.includes('.mongodb') ? rest : '' };
  }
  const before = text.slice(Math.max(0, start - 100), start);
  const extra = [behindScheme, ownWord].map((pattern) => pattern.exec(before)?.[1]).find((one) => one !== undefined);
  if (extra === undefined) return undefined;
  const from = start - extra.length;
  const bare = slotAt({
    ...place,
    text: text.slice(0, from) + text.slice(start),
    start: from,
    end: place.end - extra.length,
  });
  if (!wantsString(bare)) return undefined;
  if (!isContinued && bare.kind !== 'literal' && bare.kind !== 'value') return undefined;
  return { slot: widened(bare, from, extra.length), query: extra.trim(), extraFrom: from };
}

/** The slot with what was taken out of the text in it. */
function widened(slot: Slot, from: number, length: number): Slot {
  const span = ({ start, end }: TextEdit['span']): TextEdit['span'] => ({
    start: start > from ? start + length : start,
    end: end >= from ? end + length : end,
  });
  // A point behind which the word stood stays one.
  const other = ({ start, end }: TextEdit['span']): TextEdit['span'] =>
    start === end && start <= from ? { start, end } : span({ start, end });
  return {
    ...slot,
    span: span(slot.span),
    ...(slot.also === undefined ? {} : { also: slot.also.map((edit) => ({ ...edit, span: other(edit.span) })) }),
  };
}
