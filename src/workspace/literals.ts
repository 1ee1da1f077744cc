/**
 * The text between the delimiters of a literal that has this value, or undefined when the literal cannot have it.
 * `close` is what ends the literal; empty when that is a line of its own.
 */
export type Encode = (value: string, close: string) => string | undefined;

/** One way in which a language writes text. */
export interface LiteralStyle {
  /** Where it begins, with its prefix; matched at a place, so without `^`. */
  readonly open: RegExp;
  /** What ends it; may depend on what opened it. A pattern (with the flag `g`) where it is more than a text. */
  readonly close: string | ((match: RegExpExecArray) => string | RegExp);
  /** May hold line ends. One that may not ends with its line at the latest. */
  readonly multiline?: boolean;
  /**
   * A line end must stand behind what opens it: `always`, or where it is `of several` lines. Then also before what
   * closes it, and no line may be indented less than that.
   */
  readonly lines?: 'always' | 'of several';
  /** How the end is written inside: behind this character, or (`doubled`) twice. */
  readonly escape?: '\\' | '`' | 'doubled';
  /** Code inside of it, from `open` to its matching `close`. */
  readonly hole?: { readonly open: string; readonly close: string };
  /** What looks like the beginning of a hole and is none; matched at a place. */
  readonly noHole?: RegExp;
  /** The bracket that opened it may stand in it, with one that closes it again. */
  readonly nests?: true;
  /** It begins below the line of its `open`, whose code goes on: a here document. */
  readonly isBelow?: true;
  readonly encode: Encode;
}

/** Code that is passed over in one piece: it looks like the beginning of a literal and is none. */
export interface Skipped {
  readonly open: RegExp;
  /**
   * What must follow, from `^` on. It is looked for in the next few hundred characters only: a line full of beginnings
   * would be searched to its end for each of them.
   */
  readonly rest?: RegExp;
}

/** Between slashes on one line; what begins one is told from a division by what comes before it. */
export function regularExpression(open: RegExp): Skipped {
  return { open, rest: /^(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\\r\n[])+\// };
}

/** A pattern for `open`: sticky, and not in the middle of a word. */
export function opens(pattern: string): RegExp {
  return new RegExp(`(?<![\\w$])(?:${pattern})`, 'y');
}

const controls = /[\u0000-\u001f\u007f\u2028\u2029]/g;

/** How a language writes a character that cannot stand in a literal: `\u000a` or `\u{a}`. */
type UnicodeEscape = 'u4' | 'braces';

function control(character: string, style: UnicodeEscape): string {
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const code = character.charCodeAt(0).toString(16);
  return named[character] ?? (style === 'u4' ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`);
}

/** Escapes with backslashes: itself, the closing quote, `more`, and control characters. */
export function backslashed(more: { readonly characters?: RegExp; readonly unicode?: UnicodeEscape } = {}): Encode {
  return (value, close) => {
    const quote = close.charAt(0);
    const escaped = value.replace(/\\/g, '\\\\').replace(more.characters ?? never, '\\$&');
    return (quote === '' ? escaped : escaped.replaceAll(quote, `\\${quote}`)).replace(controls, (character) =>
      control(character, more.unicode ?? 'u4'),
    );
  };
}

const never = /(?!)/g;

/** Escapes backslash and quote only, as PHP and Ruby do in single quotes; line ends stand as they are. */
export const singleQuoted: Encode = (value, close) => value.replace(/\\/g, '\\\\').replaceAll(close, `\\${close}`);

/** No escapes: whatever is not the end, on one line where the literal must be on one. */
export function raw({
  multiline = false,
  forbidden = never,
}: { multiline?: boolean; forbidden?: RegExp } = {}): Encode {
  return (value, close) => {
    const quote = close.charAt(0);
    if (close !== '' && (value.includes(close) || value.endsWith(quote))) return undefined;
    if (close.length > 1 && value.startsWith(quote)) return undefined;
    if (value.search(forbidden) >= 0) return undefined;
    return multiline || !/[\r\n]/.test(value) ? value : undefined;
  };
}

/** The end is written twice, and so are the characters of `more`. */
export function doubled({ multiline = false, more = never }: { multiline?: boolean; more?: RegExp } = {}): Encode {
  return (value, close) => {
    if (!multiline && /[\r\n]/.test(value)) return undefined;
    return value.replaceAll(close, close + close).replace(more, '$&$&');
  };
}

/** Applies an encoding, and then something to its result. */
export function last(encode: Encode, replace: (text: string) => string): Encode {
  return (value, close) => {
    const text = encode(value, close);
    return text === undefined ? undefined : replace(text);
  };
}
