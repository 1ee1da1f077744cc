import type { TextSpan } from '../connection-string/parse';

/** Where something is to be inserted. */
export interface Place {
  /** Identifier of VS Code: `typescript`, `dotenv`, `yaml`, … */
  readonly languageId: string;
  /** The file's path with `/`, as much of it as is known; its end decides about formats that have no language. */
  readonly fileName: string;
  readonly text: string;
  /** The cursor, or the beginning of the selection, as an index in `text`. */
  readonly start: number;
  /** The end of the selection; equal to `start` when nothing is selected. */
  readonly end: number;
  /** The text of the other files of a Terraform module: what they declare is not declared again. */
  readonly siblings?: string;
}

/**
 * A change of a text. Several of one answer do not overlap; their spans are those before any of them, and of two that
 * insert at one point the first comes first.
 */
export interface TextEdit {
  readonly span: TextSpan;
  readonly newText: string;
}

/** The text after the edits. As in VS Code, what is inserted at one point comes in the order of the edits. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .reverse()
    .sort((a, b) => b.span.end - a.span.end || b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

/**
 * What a place is: inside of a text literal; the value of a setting; a line where a whole entry (name and value) can
 * stand; code where a literal can stand; a comment; text of no known format.
 */
export type SlotKind = 'literal' | 'value' | 'entry' | 'code' | 'comment' | 'text';

/** What an insertion at a place replaces, and how a value is written there. */
export interface Slot {
  readonly kind: SlotKind;
  /** What a value replaces; empty at a bare cursor. */
  readonly span: TextSpan;
  /** What stands around the place now: the whole content of the literal, or the whole value. */
  readonly content: string;
  /** The variable or key that the place belongs to. */
  readonly name?: string;
  /**
   * The text for a value, escaped and quoted as the format wants it; undefined when the format cannot hold the value
   * here. `name` is used where the slot is an `entry`.
   */
  readonly write: (value: string, name: string) => string | undefined;
  /** What has to change before it, such as a comma behind the entry before. */
  readonly also?: readonly TextEdit[];
  /** The edits that make the place read an environment variable; undefined where there is no way to. */
  readonly read?: (variable: string) => readonly TextEdit[] | undefined;
  /** True where the language wants a value that is known when the program is compiled, and so none of the environment. */
  readonly isConstant?: true;
  /** What the environment calls a variable that is read here, where that is another name. */
  readonly environmentName?: (variable: string) => string;
}

/** A place where nothing can be put. */
export function refusal(span: TextSpan): Slot {
  return { kind: 'code', span, content: '', write: () => undefined };
}

/** The line around an index, without its line end. */
export function lineAt(text: string, index: number): TextSpan {
  // A negative position would be taken for 0.
  const start = index <= 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
  const end = text.indexOf('\n', index);
  const last = end < 0 ? text.length : end;
  return { start, end: last > start && text.charAt(last - 1) === '\r' ? Math.max(start, last - 1) : last };
}

export function sliceOf(text: string, { start, end }: TextSpan): string {
  return text.slice(start, end);
}

/** The line end that a text uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

const schemes = ['mongodb+srv://', 'mongodb://'];

/** True for what a connection string takes the place of: nothing, one that is there, or the beginning of one. */
export function isReplaceable(content: string): boolean {
  const trimmed = content.trim();
  return schemes.some((scheme) => scheme.startsWith(trimmed) || trimmed.startsWith(scheme));
}

/** The beginning of a connection string that was typed before an index: `mon`, `mongodb+s`; empty when there is none. */
export function typedBefore(text: string, index: number): string {
  const [word = ''] = /[\w+:/]{0,20}$/.exec(text.slice(Math.max(0, index - 20), index)) ?? [];
  return word.length >= 3 && schemes.some((scheme) => scheme.startsWith(word)) ? word : '';
}
