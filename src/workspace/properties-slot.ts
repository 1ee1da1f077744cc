import type { TextSpan } from '../connection-string/parse';
import { lineAt, lineEndOf, sliceOf, type Place, type Slot } from './place';
import { partOfValue } from './value-part';

/**
 * What a connection string does at a place in a Java properties file: the value of the line's key, or a line of its own.
 * `java.util.Properties`, "load": a line that ends in an odd number of backslashes goes on in the next.
 */
export function propertiesSlot(place: Place): Slot {
  const { text, start, end, fileName } = place;
  const line = logicalLine(text, start);
  const raw = text.slice(line.start, line.end);
  if (/^[ \t\f]*[#!]/.test(raw)) {
    if (/[#!]/.test(text.slice(line.start, start))) {
      return { kind: 'comment', span: { start, end }, content: '', write: (value) => value };
    }
    const write = (value: string, name: string): string =>
      `${propertyName(name)}=${escapeValue(value)}${lineEndOf(text)}`;
    return { kind: 'entry', span: { start, end }, content: '', write };
  }
  // The key ends at the first separator that no backslash stands before.
  const match = /^([ \t\f]*)((?:\\[^]|[^\\=: \t\f\r\n])+)([ \t\f]*[=:]?[ \t\f]*)/.exec(raw);
  if (match === null) {
    return {
      kind: 'entry',
      span: { start, end },
      content: '',
      write: (value, name) => `${propertyName(name)}=${escapeValue(value)}`,
    };
  }
  const [left, , key = '', separator = ''] = match;
  const span = { start: line.start + left.length, end: line.end };
  const name = key.replace(/\\(.)/g, '$1');
  const part = partOfValue(place, span, { name, escapes: 'backslash' });
  if (part !== undefined) {
    const content = sliceOf(text, part);
    const write = (value: string): string | undefined => (/^[ \t\f]/.test(value) ? undefined : escapeValue(value));
    return { kind: 'value', span: part, content, write, ...reading(fileName, part, '') };
  }
  const missing = /[=:]/.test(separator) || separator !== '' ? '' : '=';
  return {
    kind: 'value',
    span,
    content: text.slice(span.start, span.end),
    name,
    write: (value) => missing + escapeValue(value),
    ...reading(fileName, span, missing),
  };
}

/** Spring fills in `${NAME}` from the environment; nobody else does. */
function reading(fileName: string, span: TextSpan, before: string): Pick<Slot, 'read'> {
  return isSpring(fileName) ? { read: (name) => [{ span, newText: `${before}\${${name}}` }] } : {};
}

/** Settings of Spring Boot, Quarkus or Micronaut, which know `${NAME}`. */
export function isSpring(fileName: string): boolean {
  return /(?:^|\/)(?:application|bootstrap)(?:-[\w-]+)?\.(?:properties|ya?ml)$/.test(fileName);
}

/** Spring's key for its variable, so that a line in its settings has the form of the others; else the name as it is. */
export function propertyName(variable: string): string {
  return /^[A-Z]+(?:_[A-Z]+)*$/.test(variable) && /^(?:SPRING|QUARKUS|MICRONAUT)_/.test(variable)
    ? (propertyNames[variable] ?? variable.toLowerCase().replaceAll('_', '.'))
    : variable;
}

/** Keys whose dashes are lost in the variable. */
const propertyNames: Readonly<Record<string, string>> = {
  QUARKUS_MONGODB_CONNECTION_STRING: 'quarkus.mongodb.connection-string',
};

function logicalLine(text: string, index: number): TextSpan {
  let { start, end } = lineAt(text, index);
  while (start > 0) {
    const before = lineAt(text, start - 1);
    if (!continues(text.slice(before.start, before.end))) break;
    start = before.start;
  }
  while (end < text.length && continues(text.slice(lineAt(text, end).start, end))) {
    end = lineAt(text, text.indexOf('\n', end) + 1).end;
  }
  return { start, end };
}

function continues(line: string): boolean {
  const [slashes = ''] = /\\*$/.exec(line) ?? [];
  return slashes.length % 2 === 1 && !/^[ \t\f]*[#!]/.test(line);
}

/** Readers of such files take them for Latin-1 or UTF-8, so what is beyond ASCII is escaped. */
function escapeValue(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/^[ \t\f]/, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/[^\u0020-\u007e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
