import type { TextSpan } from '../connection-string/parse';
import { regionAt, type Literal } from './code-regions';
import { listElementAt } from './code-lists';
import { withoutCalls } from './constants';
import { findStrings, stringSpanAt } from './find-strings';
import type { EnvironmentVariable, Language, NeededLines } from './languages';
import { isReplaceable, lineAt, lineEndOf, sliceOf, typedBefore, type Place, type Slot, type TextEdit } from './place';
import { holdsConnectionString } from './variable-names';

/** What a connection string does at a place in a program. */
export function codeSlot(language: Language, place: Place): Slot {
  const { text, start, end } = place;
  const region = regionAt(language, text, start);
  const { variable } = language;
  const withNeeds: WithNeeds = (name, edits) => {
    if (variable?.needs === undefined) return edits;
    const lines = neededLines(variable.needs, place, name);
    // In the order of the text: imports stand above everything, the declaration at the end.
    return variable.needs === 'terraform-variable' ? [...edits, ...lines] : [...lines, ...edits];
  };
  const withCalls = (slot: Slot, from: number = slot.span.start): Slot =>
    withoutCalls(language.ids[0] ?? '', place, from, slot);
  switch (region.kind) {
    case 'comment': {
      const string = stringSpanAt(text, { start, end });
      // `connect(mongodb://…`: what seems to begin a comment is of the string.
      if (string !== undefined && regionAt(language, text, string.start).kind === 'code') {
        return withCalls(bareSlot(language, place, withNeeds));
      }
      return { kind: 'comment', span: string ?? { start, end }, content: '', write: (value) => value };
    }
    case 'literal':
      return withCalls(literalSlot(language, place, region, withNeeds), region.span.start);
    case 'code':
      return withCalls(bareSlot(language, place, withNeeds));
  }
}

/** Where no literal is yet: one is written, or a statement with one where the line has nothing else. */
function bareSlot(language: Language, { text, start, end, fileName }: Place, withNeeds: WithNeeds): Slot {
  const { variable, statement, lists } = language;
  const typed = start === end ? typedBefore(text, start) : '';
  // Shells want no quotes.
  const span = stringSpanAt(text, { start, end }) ?? { start: start - typed.length, end };
  const line = lineAt(text, start);
  const isBare = text.slice(line.start, span.start).trim() === '' && text.slice(span.end, line.end).trim() === '';
  const element = isBare && lists !== undefined ? listElementAt(lists, text, line) : undefined;
  const isEntry = statement !== undefined && isBare && element === undefined;
  return {
    kind: isEntry ? 'entry' : 'code',
    span,
    content: sliceOf(text, span),
    ...nameBefore(text, span.start),
    write: (value, name) => {
      const written = quoted(language, value);
      if (written === undefined) return undefined;
      return isEntry ? statement(name, written) : written + (element?.after ?? '');
    },
    ...(element === undefined ? {} : { also: element.also }),
    ...(variable === undefined
      ? {}
      : {
          read: (name) => {
            const expression = variable.read(name, fileName);
            const newText =
              isEntry && variable.isStated === true ? statement(name, expression) : expression + (element?.after ?? '');
            return withNeeds(name, [...(element?.also ?? []), { span, newText }]);
          },
          ...environment(variable),
        }),
  };
}

function environment({ environmentName }: EnvironmentVariable): Pick<Slot, 'environmentName'> {
  return environmentName === undefined ? {} : { environmentName };
}

function quoted({ write: { open, close, encode } }: Language, value: string): string | undefined {
  const inside = encode(value, close);
  return inside === undefined ? undefined : open + inside + close;
}

type WithNeeds = (variable: string, edits: readonly TextEdit[]) => readonly TextEdit[];

function literalSlot(language: Language, place: Place, literal: Literal, withNeeds: WithNeeds): Slot {
  const { text, fileName } = place;
  const { span: whole, style, open, close } = literal;
  const name = nameBefore(text, whole.start);
  const isNamed = name.name !== undefined && holdsConnectionString(name.name);
  const { span, isAll } = replacedIn(literal, place, isNamed);
  const inLines = linesAround(literal, text, span);
  const write = (value: string): string | undefined => {
    const written = style.encode(value, close);
    return written === undefined ? undefined : inLines(written);
  };
  const { variable } = language;
  const read = (variableName: string): readonly TextEdit[] | undefined => {
    if (variable === undefined) return undefined;
    const expression = variable.read(variableName, fileName);
    // What begins below a line cannot give way to an expression.
    if (isAll && style.isBelow === undefined) {
      const { attribute } = variable;
      const isIn = attribute?.before.test(text.slice(Math.max(0, whole.start - 10), whole.start)) === true;
      const newText = isIn ? attribute.open + expression + attribute.close : expression;
      return withNeeds(variableName, [{ span: whole, newText }]);
    }
    if (variable.inside?.in.test(open) === true) {
      return withNeeds(variableName, [{ span, newText: inLines(variable.inside.text(variableName, fileName)) }]);
    }
    if (variable.join === undefined || close === '' || isOfLines(literal, text)) return undefined;
    return withNeeds(variableName, joined(literal, text, span, { ...variable, join: variable.join, expression }));
  };
  return {
    kind: 'literal',
    span,
    content: sliceOf(text, isAll ? literal.content : span),
    ...name,
    write,
    ...(variable === undefined ? {} : { read, ...environment(variable) }),
  };
}

/**
 * What a string takes the place of: all of a literal that is for nothing else, but for its lines and their indentation;
 * of other text only the string that stands at the place, or the beginning of one.
 */
function replacedIn(
  { content, close }: Literal,
  { text, ...place }: Place,
  isNamed: boolean,
): { readonly span: TextSpan; readonly isAll: boolean } {
  const inside = sliceOf(text, content);
  // A selection that leaves the literal ends with it.
  const start = Math.min(Math.max(place.start, content.start), content.end);
  const selected = { start, end: Math.min(Math.max(start, place.end), content.end) };
  const first = content.start + inside.length - inside.trimStart().length;
  const bare = { start: first, end: first + inside.trim().length };
  const all = (span: TextSpan): { readonly span: TextSpan; readonly isAll: true } => ({
    span: close === '' || /[\r\n]/.test(inside) ? span : content,
    isAll: true,
  });
  if (inside.trim() === '') return all(selected);
  // With the quotes around it, which tell where a string ends.
  const from = Math.max(0, content.start - 1);
  const strings = findStrings(text.slice(from, content.end + 1)).map(({ span }) => ({
    start: from + span.start,
    end: Math.min(from + span.end, content.end),
  }));
  const isOnly = strings.some((one) => one.start === bare.start && one.end === bare.end);
  // A literal with holes is more than the word that waits for a string.
  const isWaiting = isReplaceable(inside) || (isNamed && !/[${}]/.test(inside));
  if (isOnly || (strings.length === 0 && isWaiting)) return all(bare);
  const there = strings.find((one) => one.start <= selected.start && selected.end <= one.end);
  if (there !== undefined) return { span: there, isAll: false };
  const typed = selected.start === selected.end ? typedBefore(sliceOf(text, content), start - content.start) : '';
  return { span: { start: start - typed.length, end: selected.end }, isAll: false };
}

/** True for a literal whose lines are counted: no other text can take the place of its first line or its last. */
function isOfLines({ style: { lines }, content }: Literal, text: string): boolean {
  return lines === 'always' || (lines === 'of several' && /[\r\n]/.test(sliceOf(text, content)));
}

/** Adds the line ends and the indentation that a literal wants around what is written into it. */
function linesAround(literal: Literal, text: string, span: TextSpan): (written: string) => string {
  if (!isOfLines(literal, text)) return (written) => written;
  const { content, style } = literal;
  const before = text.slice(content.start, span.start);
  const after = text.slice(span.end, content.end);
  // That of what closes it, when that has a line of its own: no line may have less.
  const indent = /^[ \t]*/.exec(text.slice(lineAt(text, content.end).start))?.[0] ?? '';
  const own = /^[ \t]*$/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0];
  const first = before.includes('\n')
    ? own === undefined || !indent.startsWith(own)
      ? ''
      : indent.slice(own.length)
    : lineEndOf(text) + indent;
  const last = style.lines === 'of several' && !after.includes('\n') ? lineEndOf(text) + indent : '';
  return (written) => first + written + last;
}

/**
 * Puts an expression into a literal: closes it before and opens it again behind, unless nothing is there. In brackets
 * where what follows would get only the last piece.
 */
function joined(
  { span: whole, content, open, close }: Literal,
  text: string,
  at: TextSpan,
  { expression, join, groups }: { readonly expression: string; readonly join: string; readonly groups?: true },
): readonly TextEdit[] {
  const before = at.start === content.start;
  const after = at.end === content.end;
  const isGrouped = groups === true || /^\s*(?:\.[A-Za-z_]|%|\[)/.test(text.slice(whole.end, whole.end + 20));
  const brackets = join !== '' && isGrouped ? { open: '(', close: ')' } : { open: '', close: '' };
  return [
    ...(before || brackets.open === ''
      ? []
      : [{ span: { start: whole.start, end: whole.start }, newText: brackets.open }]),
    {
      span: { start: before ? whole.start : at.start, end: after ? whole.end : at.end },
      newText: [before ? brackets.open : close + join, expression, after ? brackets.close : join + open].join(''),
    },
    ...(after || brackets.close === ''
      ? []
      : [{ span: { start: whole.end, end: whole.end }, newText: brackets.close }]),
  ];
}

/** The variable, property or key that a literal is given to: `const uri =`, `MONGODB_URI:`, `["MONGODB_URI"] =>`. */
function nameBefore(text: string, index: number): { readonly name?: string } {
  const line = text.slice(Math.max(lineAt(text, index).start, index - 200), index);
  const [, name] =
    /([A-Za-z_][\w.-]*)["'\]]*[ \t]*(?::[ \t]*[&A-Za-z][\w<>?|.&' ]*|[ \t]string[ \t]*)?(?::=|=>|=|:)[ \t]*$/.exec(
      line,
    ) ?? [];
  return name === undefined ? {} : { name };
}

/** The lines that reading the environment needs in a file, when they are not there. */
function neededLines(
  needs: NeededLines,
  { text, start, fileName, siblings = '' }: Place,
  variable: string,
): readonly TextEdit[] {
  const lineEnd = lineEndOf(text);
  if (needs === 'terraform-variable') {
    // Of Terragrunt and others: no files of a module.
    if (fileName.endsWith('.hcl')) return [];
    const name = variable.toLowerCase();
    const declaration = new RegExp(String.raw`^[ \t]*variable[ \t]+"?${name}"?[ \t]*\{`, 'm');
    if (declaration.test(text) || declaration.test(siblings)) return [];
    const lines = ['', `variable "${name}" {`, '  type      = string', '  sensitive = true', '}', ''];
    const before = text === '' || text.endsWith('\n') ? '' : lineEnd;
    return [{ span: at(text.length), newText: before + lines.join(lineEnd) }];
  }
  if (needs === 'python-os') {
    if (/^import[ \t]+(?:[\w., \t]+,[ \t]*)?os[ \t]*(?:,|#|$)/m.test(text)) return [];
    // Above the place, too.
    return [{ span: at(afterPreamble(text.slice(0, lineAt(text, start).start))), newText: `import os${lineEnd}` }];
  }
  if (/^import[ \t]+"os"|^import[ \t]*\([^)]*"os"/m.test(text)) return [];
  const group = /^import[ \t]*\([ \t]*\r?\n/m.exec(text);
  if (group !== null) return [{ span: at(group.index + group[0].length), newText: `\t"os"${lineEnd}` }];
  const clause = /^package[ \t]+\w+[^\r\n]*(?:\r?\n|$)/m.exec(text);
  // A piece of a program has no place for it.
  if (clause === null) return [];
  return [{ span: at(clause.index + clause[0].length), newText: `${lineEnd}import "os"${lineEnd}` }];
}

function at(index: number): { readonly start: number; readonly end: number } {
  return { start: index, end: index };
}

/** Behind comments, the module's docstring and imports from `__future__`, which must come first in Python. */
function afterPreamble(text: string): number {
  let index = 0;
  for (;;) {
    preamble.lastIndex = index;
    const match = preamble.exec(text);
    if (match === null || match[0] === '') return index;
    index = preamble.lastIndex;
  }
}

const preamble =
  /(?:[ \t]*#[^\n]*(?:\n|$)|[ \t]*\r?\n|from[ \t]+__future__[^\n]*(?:\n|$)|[rRuU]?"""[^]*?"""[ \t]*(?:\r?\n|$)|[rRuU]?'''[^]*?'''[ \t]*(?:\r?\n|$))/y;
