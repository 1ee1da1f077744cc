import type { TextSpan } from '../connection-string/parse';
import { findStrings } from './find-strings';
import { isReplaceable, lineEndOf, refusal, sliceOf, typedBefore, type Place, type Slot } from './place';
import { isSpring, propertyName } from './properties-slot';
import { escapesOf, isCompose } from './settings-formats';
import { holdsConnectionString } from './variable-names';
import { flowAround, flowSlot } from './yaml-flow';
import {
  blockAround,
  blockBegunBy,
  commentStart,
  keyColumn,
  keysAbove,
  lineAbove,
  lineBelow,
  lineWithin,
  longValue,
  ownColumn,
  quoteYaml,
  readLine,
  type YamlBlock,
  type YamlLine,
} from './yaml-lines';
import { dollars, plainText, referenceOf, scalarSlot } from './yaml-scalar';
import { scriptSlot } from './yaml-shell';

/**
 * What a connection string does at a place in YAML: the value of a key, an item of a list (`- NAME=value` in the
 * environment of a compose file), a line of a block of text, or an entry of its own. In compose files `$` is doubled,
 * because compose fills in variables. Nothing stands where a Kubernetes Secret wants Base64.
 */
export function yamlSlot(place: Place): Slot {
  const { text, start, end } = place;
  const cursor = { start, end };
  const line = readLine(text, start);
  const around = blockAround(text, line, start);
  if (around !== undefined) return blockSlot(place, line, around);
  const hash = commentStart(line.raw, line.value.start - line.span.start);
  if (hash >= 0 && start > line.span.start + hash) {
    return { kind: 'comment', span: cursor, content: '', write: (value) => value };
  }
  if (isEncoded(text, line, start)) return refusal(cursor);
  const flow = flowAround(text, start);
  if (flow !== undefined) return flowSlot(place, flow);
  const begun = blockBegunBy(text, line);
  if (begun !== undefined) return headerSlot(place, line, begun);
  const content = sliceOf(text, line.value);
  if (isBare(line)) {
    return content === '' ? blankSlot(place, line) : bareSlot(place, line, content);
  }
  // Before or behind a `{…}` or `[…]`.
  if (/^(?:\[|\{(?!\{))/.test(content) || flowAround(text, line.value.start) !== undefined) return refusal(cursor);
  const within = lineWithin(text, line);
  if (within !== undefined) return content === '' ? aboveSlot(place, line, within) : longSlot(place, line);
  if (line.key === undefined) return itemSlot(place, line, content);
  return scalarSlot(place, { span: line.value, name: nameOf(text, line), space: spaceBefore(text, line) });
}

/** A space that is missing between a key, a dash or a tag, and the value. */
function spaceBefore(text: string, { span, value }: YamlLine): string {
  return value.start > span.start && !/\s/.test(text.charAt(value.start - 1)) ? ' ' : '';
}

/** The name that a value goes by: that of its key, with the keys above where they say more, or the `name:` beside `value:`. */
function nameOf(text: string, line: YamlLine): string {
  const { key = '' } = line;
  if (key === 'value') {
    const named = [lineAbove(text, line), lineBelow(text, line)].find(
      (one) => one?.key === 'name' && keyColumn(one) === keyColumn(line),
    );
    return named === undefined ? key : sliceOf(text, named.value).replace(/^(["'])(.*)\1$/, '$2');
  }
  if (holdsConnectionString(key)) return key;
  const keys = [...keysAbove(text, line, keyColumn(line)), key];
  const path = keys.map((_, index) => keys.slice(index).join('.')).find(holdsConnectionString);
  return path ?? key;
}

/** A value of `data:` in a Kubernetes Secret, which is Base64; `stringData:` takes texts. */
function isEncoded(text: string, line: YamlLine, cursor: number): boolean {
  const from = line.isBlank ? cursor - line.span.start : keyColumn(line);
  if (from === 0) return false;
  const before = text.lastIndexOf('\n---', line.span.start);
  const after = text.indexOf('\n---', line.span.start);
  const document = text.slice(before < 0 ? 0 : before, after < 0 ? undefined : after);
  return /^kind:[ \t]*["']?Secret\b/m.test(document) && keysAbove(text, line, from).join('.') === 'data';
}

/** On a line of a block: the whole text of the block where that is one string or nothing, else a piece of its text. */
function blockSlot(place: Place, line: YamlLine, block: YamlBlock): Slot {
  const { text, start, end } = place;
  const { header, content } = block;
  const old = sliceOf(text, content);
  const script = scriptSlot(place, block);
  if (script !== undefined) return inScript(place, line, block, script);
  // A blank line often lacks the white space of the others.
  const missing = missingIn(place, line, block);
  const write = (value: string): string | undefined =>
    /[\r\n]/.test(value) ? undefined : missing + dollars(place)(value);
  const reference = referenceOf(place);
  const reading = (span: TextSpan): Pick<Slot, 'read'> =>
    reference === undefined ? {} : { read: (name) => [{ span, newText: missing + reference(name) }] };
  if (isReplaceable(old) && !/\s/.test(old)) {
    const span = old === '' ? { start, end } : content;
    const name = header.key === undefined ? {} : { name: nameOf(text, header) };
    return { kind: 'value', span, content: old, ...name, write, ...reading(span) };
  }
  const span = spanInText(place, line.span);
  return { kind: 'text', span, content: sliceOf(text, span), write, ...reading(span) };
}

/** The white space that a blank line lacks before the cursor. */
function missingIn({ start }: Place, line: YamlLine, { indent = 0 }: YamlBlock): string {
  return line.isBlank ? ' '.repeat(Math.max(0, indent - (start - line.span.start))) : '';
}

/** In a script, the quotes are the shell's; what compose fills in is written as in its other values. */
function inScript(place: Place, line: YamlLine, block: YamlBlock, script: Slot): Slot {
  const missing = missingIn(place, line, block);
  const { read, ...rest } = script;
  return {
    ...rest,
    // A comment of the script is no comment of the file.
    kind: script.kind === 'comment' ? 'text' : script.kind,
    write: (value, name) => {
      const written = script.write(value, name);
      return written === undefined ? undefined : missing + dollars(place)(written);
    },
    // Elsewhere no file sets the variables of a script.
    ...(referenceOf(place) === undefined || read === undefined
      ? {}
      : { read: (name) => read(name)?.map((edit) => ({ ...edit, newText: missing + edit.newText })) }),
  };
}

/** The string that a cursor in a line of text stands in, else the cursor with what was typed of one before it. */
function spanInText(place: Place, line: TextSpan): TextSpan {
  const { text } = place;
  // Nothing of a line stands before the white space that it begins with.
  const start = Math.max(place.start, line.start + (/\S/.exec(sliceOf(text, line))?.index ?? 0));
  const end = Math.max(start, place.end);
  const found = findStrings(sliceOf(text, line), escapesOf(place)).find(
    ({ span }) => start >= line.start + span.start && start <= line.start + span.end,
  );
  if (found !== undefined) return { start: line.start + found.span.start, end: line.start + found.span.end };
  return { start: start - (start === end ? typedBefore(text, start).length : 0), end };
}

/** On the line `key: |`: the block with its text, where that is one string or nothing. */
function headerSlot(place: Place, line: YamlLine, { content }: YamlBlock): Slot {
  const old = sliceOf(place.text, content);
  if (!isReplaceable(old) || /\s/.test(old)) return refusal({ start: place.start, end: place.end });
  const { start } = line.value;
  const end = old === '' ? line.value.end : content.end;
  const name = line.key === undefined ? undefined : nameOf(place.text, line);
  const whole = scalarSlot(place, { span: { start, end }, name, space: spaceBefore(place.text, line), isWhole: true });
  return { ...whole, content: old };
}

/** On a line whose value stands below: that value, where it is one string; what is more has no place for one. */
function aboveSlot(place: Place, line: YamlLine, within: YamlLine): Slot {
  const { text, start, end } = place;
  const old = sliceOf(text, within.value);
  if (!isBare(within) || !hasScheme.test(old) || line.key === undefined) return refusal({ start, end });
  return scalarSlot(place, { span: within.value, name: nameOf(text, line), isWhole: true });
}

/** On the first line of a text that goes on below. */
function longSlot(place: Place, line: YamlLine): Slot {
  const { text, start, end } = place;
  const isQuoted = /^["']/.test(sliceOf(text, line.value));
  const span = longValue(text, line);
  return isQuoted ? refusal({ start, end }) : textSlot(place, span);
}

/** Within words that are no block, at the cursor. */
function textSlot(place: Place, around: TextSpan): Slot {
  const span = spanInText(place, around);
  const write = (value: string): string | undefined => plainText(dollars(place)(value));
  return { kind: 'text', span, content: sliceOf(place.text, span), write };
}

/** The beginning of a string, in quotes or not. */
const hasScheme = /^["']?mongodb(?:\+srv)?:\/\//;

/** How the items of a list around a place are written. */
type ItemForm = 'variable' | 'named' | 'plain';

/** The form of the nearest item in a column above a line, else below it; undefined when no list is there. */
function itemForm({ text, fileName }: Place, line: YamlLine, column: number): ItemForm | undefined {
  if (line.dashes !== '') {
    if (isCompose(fileName) && isInEnvironment(text, line)) return 'variable';
    if (
      keysAbove(text, line, column + 1)
        .slice(-2)
        .join('.') === 'containers.env'
    )
      return 'named';
  }
  const item = [lineAbove, lineBelow]
    .map((next) => itemBeside(text, line, column, next))
    .find((one) => one !== undefined && one.dashes !== '');
  if (item === undefined) return undefined;
  if (item.key === 'name' && /^value(?:From)?$/.test(lineBelow(text, item)?.key ?? '')) return 'named';
  return item.key === undefined && /^["']?[A-Za-z_]\w*=/.test(sliceOf(text, item.value)) ? 'variable' : 'plain';
}

function isInEnvironment(text: string, line: YamlLine): boolean {
  return keysAbove(text, line, line.indent + 1).at(-1) === 'environment';
}

/** Lines of one item are not looked through further. */
const mostItemLines = 30;

function itemBeside(text: string, line: YamlLine, column: number, next: typeof lineAbove): YamlLine | undefined {
  let beside = next(text, line);
  for (let count = 0; beside !== undefined && beside.indent > column && count < mostItemLines; count += 1) {
    beside = next(text, beside);
  }
  return beside?.indent === column ? beside : undefined;
}

/** An item that is no mapping: `- NAME=value` where the others are, `- name:` and `value:` where the others have them. */
function itemSlot(place: Place, line: YamlLine, content: string): Slot {
  const { text } = place;
  const form = line.dashes.trimEnd() === '-' ? itemForm(place, line, line.indent) : undefined;
  const space = spaceBefore(text, line);
  if (isReplaceable(content) && !content.includes('://') && (form === 'variable' || form === 'named')) {
    const behind = text.charAt(line.value.end) === '#' ? ' ' : '';
    const write = (value: string, name: string): string =>
      space + itemText(place, form, line.indent, name, value) + behind;
    return { kind: 'entry', span: line.value, content, write };
  }
  if (isCompose(place.fileName) && isInEnvironment(text, line) && /^[A-Z][A-Z\d_]*$/.test(content)) {
    // Compose takes a bare name from its own environment.
    const write = (value: string): string => quoteYaml(`${content}=${dollars(place)(value)}`, '');
    const read = (name: string) => [{ span: line.value, newText: `${content}=\${${name}}` }];
    return { kind: 'value', span: line.value, content: '', name: content, write, read };
  }
  return scalarSlot(place, { span: line.value, name: undefined, space, isItem: true });
}

/** What stands behind the dash of an item. */
function itemText(place: Place, form: ItemForm, indent: number, name: string, value: string): string {
  const written = dollars(place)(value);
  if (form === 'variable') return quoteYaml(`${name}=${written}`, '');
  if (form === 'plain') return quoteYaml(written, '');
  return `name: ${name}${lineEndOf(place.text)}${' '.repeat(indent + 2)}value: ${quoteYaml(written, '')}`;
}

/** On a line without a key: an entry, unless it would end a value above it, or stand deeper than that allows. */
function blankSlot(place: Place, line: YamlLine): Slot {
  const { text, start, end } = place;
  const above = lineAbove(text, line);
  const opener = above !== undefined && isBare(above) ? beginningOf(text, line) : above;
  const isFull = opener !== undefined && (opener !== above || opener.value.end > opener.value.start);
  const column = Math.max(start - line.span.start, lineBelow(text, line)?.indent ?? 0);
  if (isFull && column > ownColumn(opener)) return refusal({ start, end });
  return entrySlot(place, line, { start, end });
}

/** Neither a key nor an item. */
function isBare({ key, dashes }: YamlLine): boolean {
  return key === undefined && dashes === '';
}

/** An entry in the manner of the lines around it, in place of `span`. */
function entrySlot(place: Place, line: YamlLine, span: TextSpan): Slot {
  const { text, fileName } = place;
  const below = lineBelow(text, line)?.indent ?? 0;
  const own = span.start - line.span.start;
  // A blank line often lacks the white space of those around it: nothing can stand before what belongs to a line above.
  const column = Math.max(own, below);
  const missing = ' '.repeat(column - own);
  const form = itemForm(place, line, column);
  const above = isSpring(fileName) ? keysAbove(text, line, column).join('.') : '';
  const behind = text.charAt(span.end) === '#' ? ' ' : '';
  const write = (value: string, name: string): string => {
    if (form !== undefined) return `${missing}- ${itemText(place, form, column, name, value)}${behind}`;
    const key = isSpring(fileName) ? propertyName(name) : name;
    const rest = above !== '' && key.startsWith(`${above}.`) ? key.slice(above.length + 1) : key;
    return `${missing}${rest}: ${quoteYaml(dollars(place)(value), '')}${behind}`;
  };
  return { kind: 'entry', span, content: sliceOf(text, span), write };
}

/** A line with neither a key nor a dash: a value below its key, a text that goes on, or the beginning of an entry. */
function bareSlot(place: Place, line: YamlLine, content: string): Slot {
  const { text, start, end } = place;
  if (/^(?:---|\.\.\.|[%{}[\]])/.test(content)) return refusal({ start, end });
  const above = lineAbove(text, line);
  const isDeeper = above !== undefined && above.indent < line.indent;
  const valueAbove = above === undefined ? '' : sliceOf(text, above.value);
  const isBelowKey = isDeeper && valueAbove === '' && !isBare(above);
  if (isBelowKey && hasScheme.test(content)) {
    const name = above.key === undefined ? undefined : nameOf(text, above);
    return scalarSlot(place, { span: line.value, name, isItem: above.key === undefined });
  }
  const isText = above !== undefined && isBare(above) && !valueAbove.startsWith('---');
  const goesOn = valueAbove !== '' && (isText || (isDeeper && !/^(?:["'].*["']|[[{].*)$/.test(valueAbove)));
  if (!goesOn && isReplaceable(content)) return entrySlot(place, line, line.value);
  if (!goesOn && /^(?:[\w.-]+|"[^"]*"|'[^']*')$/.test(content)) {
    const span = { start: line.value.end, end: line.value.end };
    const write = (value: string): string => `: ${quoteYaml(dollars(place)(value), '')}`;
    return { kind: 'value', span, content: '', name: content.replace(/^(["'])(.*)\1$/, '$2'), write };
  }
  const opener = beginningOf(text, line);
  // In quotes over several lines.
  if (opener !== undefined && /^["']/.test(sliceOf(text, opener.value))) return refusal({ start, end });
  return textSlot(place, line.span);
}

/** The line with the key or dash that a text of several lines belongs to. */
function beginningOf(text: string, line: YamlLine): YamlLine | undefined {
  let above = lineAbove(text, line);
  while (above !== undefined && isBare(above)) above = lineAbove(text, above);
  return above;
}
