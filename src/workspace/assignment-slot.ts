import type { TextSpan } from '../connection-string/parse';
import { regionAt } from './code-regions';
import { codeSlot } from './code-slot';
import type { Language } from './languages';
import { isReplaceable, lineAt, lineEndOf, refusal, sliceOf, type Place, type Slot } from './place';

/**
 * What a connection string does at a place in a file that only gives values to names (TOML, Terraform's `.tfvars`):
 * outside of its texts and comments, it takes the place of the value of the line's name.
 */
export function assignmentSlot(language: Language, place: Place): Slot {
  const { text, start, end } = place;
  const line = lineAt(text, start);
  const raw = sliceOf(text, line);
  const isCode = (index: number): boolean => regionAt(language, text, index).kind === 'code';
  if (raw.trim() === '' || !isCode(start)) return codeSlot(language, place);
  // Behind a text of several lines.
  if (!isCode(line.start)) return refusal({ start, end });
  const written = (value: string): string | undefined => {
    const { open, close, encode } = language.write;
    const inside = encode(value, close);
    return inside === undefined ? undefined : open + inside + close;
  };
  const [left, key = ''] = assignment.exec(raw) ?? [];
  if (left !== undefined) {
    const name = key.replace(/^.*\.|["']/g, '');
    const span = valueAt(language, text, { start: line.start + left.length, end: line.end });
    if (span === undefined) return between(language, place, line.start + left.length);
    return { kind: 'value', span, content: sliceOf(text, span), name, write: written };
  }
  if (/^[ \t]*(?:#|\/\/)/.test(raw)) {
    const write = (value: string, name: string): string | undefined => {
      const literal = written(value);
      const entry = literal === undefined ? undefined : language.statement?.(name, literal);
      return entry === undefined ? undefined : entry + lineEndOf(text);
    };
    return { kind: 'entry', span: { start, end }, content: '', write };
  }
  const [, word = ''] = /^[ \t]*([\w.-]+)[ \t]*$/.exec(raw) ?? [];
  if (word === '' || isReplaceable(word)) return between(language, place, line.start);
  const span = { start: line.start + raw.trimEnd().length, end: line.end };
  const write = (value: string): string | undefined => {
    const literal = written(value);
    return literal === undefined ? undefined : ` = ${literal}`;
  };
  return { kind: 'value', span, content: '', name: word, write };
}

const assignment =
  /^[ \t]*((?:[\w-]+|"[^"]*"|'[^']*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"]*"|'[^']*')){0,20})[ \t]*=(?![=>])[ \t]*/;

/** The text or word that begins a rest of a line; undefined when it is a list, a table, over several lines, or none. */
function valueAt(language: Language, text: string, rest: TextSpan): TextSpan | undefined {
  const literal = regionAt(language, text, rest.start + 1);
  if (literal.kind === 'literal' && literal.span.start === rest.start) {
    return literal.span.end <= rest.end ? literal.span : undefined;
  }
  const [word = ''] = /^[^\s#,[\]{}"']+/.exec(sliceOf(text, rest)) ?? [];
  return word === '' ? undefined : { start: rest.start, end: rest.start + word.length };
}

/** Where no value is that could give way: behind `=`, or in a list or table between what belongs to it. */
function between(language: Language, place: Place, from: number): Slot {
  const { text, start, end } = place;
  const rest = text.slice(end, lineAt(text, end).end);
  const before = text.slice(from, start);
  const isMissing = start >= from && before.trim() === '' && /^\s*(?:#|$)/.test(rest);
  const isTyped = /^[ \t]*[\w+:/]*$/.test(before) && rest.trim() === '';
  const isBetween =
    /[[,{=]\s*$/.test(text.slice(Math.max(0, start - 200), start)) && /^\s*[\],}]/.test(text.slice(end));
  return isMissing || isTyped || (isBetween && start > from) ? codeSlot(language, place) : refusal({ start, end });
}
