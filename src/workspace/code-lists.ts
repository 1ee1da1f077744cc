import type { TextSpan } from '../connection-string/parse';
import type { ListRules } from './languages';
import type { TextEdit } from './place';

/** As far as a list's beginning is looked for. */
const longestList = 5000;

/** An element on a line of its own. */
export interface ListElement {
  /** What has to change before it: the separator behind the element above. */
  readonly also: readonly TextEdit[];
  /** What it needs behind it. */
  readonly after: string;
}

/**
 * What a value on a line of its own needs as an element of the list around it, or as a part of the command that the line
 * belongs to; undefined where the line is neither. Brackets are taken as they stand, also in literals.
 */
export function listElementAt(rules: ListRules, text: string, line: TextSpan): ListElement | undefined {
  const { separator, continuation } = rules;
  const before = text.slice(Math.max(0, line.start - longestList), line.start).trimEnd();
  const end = text.slice(0, line.start).trimEnd().length;
  if (continuation !== undefined && before.endsWith(continuation) && !/\n.*\n/.test(text.slice(end, line.start))) {
    return { also: [], after: '' };
  }
  if (!isOpen(rules, before)) return undefined;
  const isFirst = /[[({,]$/.test(before);
  const next = text.slice(line.end, line.end + longestList).trimStart();
  return {
    also: separator === '' || isFirst ? [] : [{ span: { start: end, end }, newText: separator }],
    after: next === '' || /^[\])},#]/.test(next) ? '' : separator,
  };
}

/** True when the last bracket that nothing closes opens a list. */
function isOpen({ open }: ListRules, before: string): boolean {
  let closed = 0;
  for (let index = before.length - 1; index >= 0; index -= 1) {
    const character = before.charAt(index);
    if (')]}'.includes(character)) closed += 1;
    else if ('([{'.includes(character)) {
      if (closed === 0) return open.test(before.slice(Math.max(0, index - 10), index + 1));
      closed -= 1;
    }
  }
  return false;
}
