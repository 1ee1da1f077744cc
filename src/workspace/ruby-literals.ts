import { documentsBelow, endingWord } from './here-documents';
import { backslashed, regularExpression, singleQuoted, type Encode, type LiteralStyle, type Skipped } from './literals';

const hole = { open: '#{', close: '}' };

/** In double quotes, what begins a hole gets a backslash. */
const withHoles = backslashed({ characters: /#(?=[{$@])/g });

const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** The second of a pair of brackets, or the same character again. */
const closing = ([open]: RegExpExecArray): string => brackets[open.slice(-1)] ?? open.slice(-1);

/** Between percent and bracket, both brackets are escaped; a list of words has a word for each white space. */
const between =
  (holes: boolean): Encode =>
  (value, close) => {
    if (/[\s\0]/.test(value)) return undefined;
    const open = Object.entries(brackets).find(([, second]) => second === close)?.[0] ?? close;
    const escaped = value.replace(holes ? /\\|#(?=[{$@])/g : /\\/g, '\\$&').replaceAll(close, `\\${close}`);
    return open === close ? escaped : escaped.replaceAll(open, `\\${open}`);
  };

/** Literals that begin with `%`. One without a letter is told from a remainder by what is before it. */
function percents(open: string, holes: boolean): LiteralStyle {
  return {
    open: new RegExp(open, 'y'),
    close: closing,
    nests: true,
    multiline: true,
    escape: '\\',
    ...(holes ? { hole } : {}),
    encode: between(holes),
  };
}

export const rubyLiterals: readonly LiteralStyle[] = [
  // `list << item`, `class << self` and `list<<ITEM` are none; words without a sign before them are in capitals.
  ...documentsBelow({
    open: '(?<![\\w)\\]}<])<<(?:([~-])|(?=["\']?[A-Z_]))',
    indent: { '~': '[ \\t]*', '-': '[ \\t]*' },
    withoutHoles: [`'${endingWord}'`],
    withHoles: [`"${endingWord}"`, endingWord],
    encode: withHoles,
  }),
  { open: /"/y, close: '"', multiline: true, escape: '\\', hole, encode: withHoles },
  { open: /'/y, close: "'", multiline: true, escape: '\\', encode: singleQuoted },
  percents('(?<![\\w)\\]}$])%[qwis][^\\w\\s=]', false),
  percents('(?<![\\w)\\]}$])%[QWIrx][^\\w\\s=]', true),
  percents('(?<![\\w)\\]}"\'])(?<![\\d)\\]}"\'][ \\t])%[([{|]', true),
];

/** Expressions, also as an argument without brackets; variables; characters: `?'` where a value can begin. */
export const rubySkips: readonly Skipped[] = [
  regularExpression(
    /\/(?<=(?:^|[(,=:[!&|?{};+*%>~^]|\b(?:return|case|if|unless|when|and|or|not))[ \t]{0,100}\/)(?![*/=])/my,
  ),
  {
    // Over several lines, as `x` behind it is for; behind `}` a division is likelier.
    open: /\/(?<=(?:^|[(,=:[!&|?{;+*%>~^]|\b(?:return|case|if|unless|when|and|or|not))[ \t]{0,100}\/)(?![*/=])/my,
    rest: /^(?:\\[^]|[^/\\#]|#(?!\{[^{}]{0,200}\})|#\{[^{}]{0,200}\})+\//,
  },
  regularExpression(/(?<=[A-Za-z_?!][ \t])\/(?![*/= \t])/y),
  { open: /\$['"`]/y },
  { open: /(?<=[(,=[|&<>][ \t]?|\b(?:when|then|return|in)[ \t])\?["'#`](?![^\s),.;\]])/y },
];
