import type { Place } from '../../../src/workspace/place';

/** A place in a text: `¦` is the cursor, a second one ends the selection. */
export function placeIn(languageId: string, marked: string, fileName = 'file'): Place {
  const [before = '', ...rest] = marked.split('¦');
  const selected = rest.length > 1 ? (rest[0] ?? '') : '';
  const text = before + rest.join('');
  return { languageId, fileName, text, start: before.length, end: before.length + selected.length };
}
