import type { TextSpan } from '../connection-string/parse';
import { sliceOf, type Place, type Slot } from './place';
import { isSpring } from './properties-slot';
import { escapesOf, isCompose } from './settings-formats';
import { partOfValue } from './value-part';
import { shellWriter } from './yaml-shell';
import { quoteYaml, unquoteYaml } from './yaml-lines';

/** Where a value stands in YAML. */
export interface ScalarPlace {
  /** With its quotes. */
  readonly span: TextSpan;
  /** The key that it belongs to. */
  readonly name: string | undefined;
  /** What has to be written before a value, such as a space that is missing. */
  readonly space?: string;
  /** In a list, where it may be `NAME=value`. */
  readonly isItem?: boolean;
  /** Inside of `{…}` or `[…]`, where commas and braces mean something. */
  readonly isInFlow?: boolean;
  /** Replaced as a whole, whatever it says. */
  readonly isWhole?: boolean;
}

/** What a connection string does where a value stands in YAML, or where one is missing. */
export function scalarSlot(
  place: Place,
  { span, name, space = '', isItem = false, isInFlow = false, isWhole = false }: ScalarPlace,
): Slot {
  const { text } = place;
  const old = sliceOf(text, span);
  const [mark = ''] = /^["']/.exec(old) ?? [];
  const [variable = '', , key] = isItem ? (/^(["']?)([A-Za-z_]\w*)=/.exec(old) ?? []) : [];
  const holder = key ?? name;
  const inside = {
    start: span.start + (key === undefined ? mark.length : variable.length),
    end: span.end - (mark !== '' && old.length > 1 && old.endsWith(mark) ? 1 : 0),
  };
  const reference = referenceOf(place);
  // A template of Helm is one value.
  const part =
    isWhole || old.startsWith('{{')
      ? undefined
      : partOfValue(place, inside, { name: holder, escapes: escapesOf(place) });
  if (part !== undefined) {
    const read = reference === undefined ? {} : { read: (one: string) => [{ span: part, newText: reference(one) }] };
    // What a shell runs has the shell's quotes around it. At the beginning they would be those of YAML.
    const isFirst = mark === '' && part.start === span.start;
    const quoted = isFirst ? undefined : shellWriter(holder ?? '', sliceOf(text, inside), part.start - inside.start);
    const write = (value: string): string | undefined => {
      const written = quoted === undefined ? value : quoted(value);
      return written === undefined ? undefined : partly(dollars(place)(written), mark, isInFlow);
    };
    return { kind: 'value', span: part, content: sliceOf(text, part), write, ...read };
  }
  // A comment that followed the gap at once would become a part of the value.
  const behind = text.charAt(span.end) === '#' ? ' ' : '';
  const whole = (written: string): string => space + written + behind;
  const prefix = key === undefined ? '' : `${key}=`;
  const quotedRead = (value: string): string => (isInFlow ? quoteYaml(value, mark === '' ? '"' : mark) : value);
  return {
    kind: 'value',
    span,
    content: key === undefined ? unquoteYaml(old) : sliceOf(text, inside),
    ...(holder === undefined ? {} : { name: holder }),
    write: (value) => whole(quoteYaml(prefix + dollars(place)(value), mark)),
    ...(reference === undefined || (key !== undefined && !isCompose(place.fileName))
      ? {}
      : { read: (one) => [{ span, newText: whole(quotedRead(prefix + reference(one))) }] }),
  };
}

/** Compose fills in variables: a `$` of its own is doubled there. */
export function dollars({ fileName, languageId }: Place): (value: string) => string {
  const isDoubling = isCompose(fileName) || languageId === 'dockercompose';
  return (value) => (isDoubling ? value.replaceAll('$', '$$$$') : value);
}

/** How a file of this name reads the environment, if it does. */
export function referenceOf({ fileName }: Place): ((name: string) => string) | undefined {
  if (isCompose(fileName) || isSpring(fileName)) return (name) => `\${${name}}`;
  // Rails runs these through ERB.
  return /(?:^|\/)(?:mongoid|database)\.yml$/.test(fileName) ? (name) => `<%= ENV.fetch('${name}') %>` : undefined;
}

/** A piece of a value; undefined when it would end the value or mean something there. */
function partly(value: string, mark: string, isInFlow: boolean): string | undefined {
  const written = quoteYaml(value, mark);
  if (mark !== '') return written.startsWith(mark) ? written.slice(1, -1) : undefined;
  return plainText(value, isInFlow);
}

/** A value as a piece of plain text; undefined when it means something there. */
export function plainText(value: string, isInFlow = false): string | undefined {
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|:(?:\s|$)|(?:^|\s)#|^\s|\s$/.test(value)) return undefined;
  return isInFlow && /[,[\]{}]/.test(value) ? undefined : value;
}
