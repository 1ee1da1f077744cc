import type { TextSpan } from '../connection-string/parse';
import type { Escapes } from './escapes';
import { findStrings } from './find-strings';
import { sliceOf, typedBefore, type Place } from './place';
import { holdsConnectionString } from './variable-names';

/**
 * What a connection string takes the place of in a value that says more than one string (`mongosh mongodb://… --quiet`):
 * the string around the cursor, or the cursor itself, with what was typed of a string before it, between words.
 * Undefined when it takes the place of the whole value.
 */
export function partOfValue(
  place: Place,
  value: TextSpan,
  { name, escapes }: { readonly name: string | undefined; readonly escapes: Escapes },
): TextSpan | undefined {
  const { text, end } = place;
  const content = sliceOf(text, value);
  // Not between a backslash and what it stands before.
  const [slashes = ''] =
    escapes === 'backslash'
      ? (/\\*$/.exec(text.slice(Math.max(value.start, place.start - 100), place.start)) ?? [])
      : [];
  const start = place.start + (slashes.length % 2);
  const found = findStrings(content, escapes)
    .map(({ span }) => ({ start: value.start + span.start, end: value.start + span.end }))
    .find((span) => start >= span.start && start <= span.end);
  if (found !== undefined) {
    const before = text.slice(value.start, found.start).trimStart();
    const isPart = before === '' ? /^\s+\S/.test(text.slice(found.end, value.end)) : /[\s"'=(]$/.test(before);
    return isPart ? found : undefined;
  }
  const isNamed = name !== undefined && holdsConnectionString(name);
  if (isNamed || start < value.start || start > value.end || !/\S[ \t]+\S/.test(content)) return undefined;
  const typed = place.start === end ? typedBefore(text, start) : '';
  return { start: start - typed.length, end: Math.max(start, Math.min(end, value.end)) };
}
