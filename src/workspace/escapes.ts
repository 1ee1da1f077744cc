/**
 * How a format writes what it cannot hold as it is: `backslash` in most (`\\`, `\"`, `\/`, `\u0026`), `xml` entities,
 * `compose` doubles `$`, `none` means as it is.
 */
export type Escapes = 'backslash' | 'xml' | 'compose' | 'none';

/** A text without its escapes, and where each of its characters came from. */
export interface Decoded {
  readonly value: string;
  /** The index in the text with escapes of an index in `value`. */
  readonly toRaw: (index: number) => number;
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const patterns: Readonly<Record<Escapes, RegExp | undefined>> = {
  backslash: /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|u\{([\da-fA-F]{1,6})\}|([^\w\s]))/g,
  xml: /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g,
  compose: /\$\$/g,
  none: undefined,
};

function meaning(escapes: Escapes, [whole, first, second, third, fourth]: RegExpExecArray): string {
  switch (escapes) {
    case 'backslash':
      return fourth ?? character(parseInt(first ?? second ?? third ?? '', 16), whole);
    case 'xml':
      if (third !== undefined) return namedEntities[third] ?? whole;
      return character(first === undefined ? parseInt(second ?? '', 10) : parseInt(first, 16), whole);
    case 'compose':
      return '$';
    case 'none':
      return whole;
  }
}

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

/** Undoes the escapes of a format. What is no escape stays. Takes time that grows with the text. */
export function decodeEscapes(raw: string, escapes: Escapes): Decoded {
  const pattern = patterns[escapes];
  const pieces: string[] = [];
  /** Index in `value` and in `raw` behind each escape. */
  const marks: { readonly value: number; readonly raw: number }[] = [];
  let length = 0;
  let done = 0;
  for (const match of pattern === undefined ? [] : raw.matchAll(pattern)) {
    const written = meaning(escapes, match);
    pieces.push(raw.slice(done, match.index), written);
    length += match.index - done + written.length;
    done = match.index + match[0].length;
    marks.push({ value: length, raw: done });
  }
  if (marks.length === 0) return { value: raw, toRaw: (index) => index };
  pieces.push(raw.slice(done));
  const toRaw = (index: number): number => {
    const mark = marks.findLast(({ value }) => value <= index) ?? { value: 0, raw: 0 };
    const next = marks[marks.indexOf(mark) + 1];
    const there = mark.raw + index - mark.value;
    return next === undefined ? there : Math.min(there, next.raw);
  };
  return { value: pieces.join(''), toRaw };
}
