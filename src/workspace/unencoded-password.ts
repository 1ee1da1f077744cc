import { isPlaceholder } from '../connection-string/credentials';

/** Where a connection string begins in a text, and behind what. */
export interface Opening {
  /** The index of its scheme. */
  readonly start: number;
  /** The index behind `://`. */
  readonly begin: number;
  readonly quote: '"' | "'" | '`' | 'none';
}

/** As far as passwords reach, in characters. */
const longestPassword = 100;
/** User name and password. */
const longestCredentials = 200;
/** How much of the line before a string is looked at. */
const longestName = 120;

/**
 * How many characters at `index`, where a connection string would end, belong to a password that nobody encoded: a
 * space, an angle bracket, a backslash or a quote, with an `@` behind it. 0 where they end the string. If they were not
 * told from its end, what is left would be the head of the password, in the place of a host.
 *
 * Takes the same time for every text.
 */
export function insidePassword(text: string, index: number, opening: Opening): number {
  const rest = text.slice(index, index + longestPassword);
  if (/^[\r\n]?$/.test(rest.slice(0, 1))) return 0;
  return opening.quote === 'none' ? insideBare(text, index, opening, rest) : insideQuotes(text, index, opening, rest);
}

type Quoted = Exclude<Opening['quote'], 'none'>;

/** An `@` comes before the quotes close. In quotes that are escaped themselves an escaped one closes. */
const atInQuotes: Readonly<Record<Quoted, { readonly plain: RegExp; readonly nested: RegExp }>> = {
  '"': { plain: /^(?:[^"\\\r\n@]|\\(?:[^\r\n@]|(?=@)))*@/, nested: /^(?:[^"\\\r\n@]|\\(?:[^"\r\n@]|(?=@)))*@/ },
  "'": { plain: /^(?:[^'\\\r\n@]|\\(?:[^\r\n@]|(?=@)))*@/, nested: /^(?:[^'\\\r\n@]|\\(?:[^'\r\n@]|(?=@)))*@/ },
  '`': { plain: /^(?:[^`\\\r\n@]|\\(?:[^\r\n@]|(?=@)))*@/, nested: /^(?:[^`\\\r\n@]|\\(?:[^`\r\n@]|(?=@)))*@/ },
};

function insideQuotes(text: string, index: number, { start, begin, quote }: Opening, rest: string): number {
  if (quote === 'none') return 0;
  const isNested = text.charAt(start - 2) === '\\';
  if (rest.startsWith(quote)) {
    // The program would not take this quote, either; it closes unless a password and its `@` go on at once.
    const goesOn = closesTooEarly.test(rest.slice(1)) && (isOpen(text, begin, index) || isCut(text, begin, index));
    return !isNested && goesOn ? 1 : 0;
  }
  if (!atInQuotes[quote][isNested ? 'nested' : 'plain'].test(rest)) return 0;
  // A line that ends in the quotes, unless the password has to go on.
  if (/^\\[nr]/.test(rest) && !isOpen(text, begin, index)) return 0;
  return rest.startsWith('\\') ? 2 : 1;
}

/** No punctuation that follows a text in code, nor a variable that a shell puts there. */
const closesTooEarly = /^[^\s"'`,;)\]}$+.&|@][^\s"'`@]*@[\w-]+\.\w/;

/** `host.name`, `localhost` or a name with a port. */
const hostBehindAt = /@(?:[\w-]+(?:\.[\w-]+)+|localhost\b|[\w-]+:\d)/;

function insideBare(text: string, index: number, { start, begin }: Opening, rest: string): number {
  const line = /^[^\r\n]*/.exec(rest)?.[0] ?? '';
  const at = hostBehindAt.exec(line)?.index;
  if (at === undefined || /^<\/|\s#|:\/\//.test(line.slice(0, at))) return 0;
  const isWord = !/\s/.test(line.slice(0, at));
  if (isOpen(text, begin, index)) return isWord || isValueOfLine(text, start) ? 1 : 0;
  if (!isCut(text, begin, index)) return 0;
  return isWord || (isValueOfLine(text, start) && /@[^\s@]+[ \t]*$/.test(line)) ? 1 : 0;
}

/** True when a user name and the head of a password end at `index`: a colon with no port behind it, and no `@`. */
function isOpen(text: string, begin: number, index: number): boolean {
  if (index - begin > longestCredentials) return false;
  const head = /^[^\s:/?@[\]]+:(?!\d{1,5}(?:[,/?]|$))([^@]*)$/.exec(text.slice(begin, index))?.[1];
  return head !== undefined && !isPlaceholder(head);
}

/** True when what stands behind the first `@` may be more of the password: no name with a domain, port or path. */
function isCut(text: string, begin: number, index: number): boolean {
  if (index - begin > longestCredentials) return false;
  return /^[^\s:/?@[\]]+:[^\s@]*@(?!localhost$)[^\s@.:/?,]+$/.test(text.slice(begin, index));
}

/** `MONGODB_URI=`, `export NAME=`, `- name: `: the string is the value of its whole line. */
function isValueOfLine(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - longestName), start);
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  return /^\s*(?:(?:export|set|ENV|-)[ \t]+)?(?:["']?[\w.-]+["']?[ \t]*[:=][ \t]*)+$/.test(line);
}
