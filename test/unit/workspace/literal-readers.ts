import { spawnSync } from 'node:child_process';
import vm from 'node:vm';

/** What programs of a language take a literal for; written from the languages' specifications, or the real thing. */
export type ReadLiteral = (literal: string) => unknown;

/** JavaScript itself. */
export const readJavaScript: ReadLiteral = (literal) => vm.runInNewContext(`(${literal})`);

interface Rules {
  /** Escapes besides those with digits: what stands behind the backslash, and what it means. */
  readonly named: Readonly<Record<string, string>>;
  /** `\u000a`, and `\u{a}`. */
  readonly u4?: boolean;
  readonly braces?: boolean;
  /** An unknown escape keeps its backslash (PHP, Ruby in single quotes) or is an error. */
  readonly keepsUnknown?: boolean;
  /** What begins a hole: an error where the value should hold it. */
  readonly hole?: RegExp;
  readonly multiline?: boolean;
}

/** Reads what stands between quotes, left to right, as the specification of the language has it. */
export function readBackslashed(inside: string, quote: string, rules: Rules): string {
  let value = '';
  for (let index = 0; index < inside.length;) {
    const rest = inside.slice(index);
    if (rest.startsWith(quote)) throw new Error(`closes at ${index}: ${inside}`);
    if (rules.multiline !== true && /^[\r\n]/.test(rest)) throw new Error('line end');
    if (rules.hole !== undefined && rest.search(rules.hole) === 0) throw new Error(`hole at ${index}: ${inside}`);
    if (!rest.startsWith('\\')) {
      value += rest.charAt(0);
      index += 1;
      continue;
    }
    const named = rules.named[rest.charAt(1)];
    const u4 = rules.u4 === true ? /^\\u([\da-fA-F]{4})/.exec(rest) : null;
    const braces = rules.braces === true ? /^\\u\{([\da-fA-F]+)\}/.exec(rest) : null;
    const digits = u4 ?? braces;
    if (digits !== null) {
      value += String.fromCodePoint(parseInt(digits[1] ?? '', 16));
      index += digits[0].length;
    } else if (named !== undefined) {
      value += named;
      index += 2;
    } else if (rules.keepsUnknown === true) {
      value += rest.charAt(0);
      index += 1;
    } else throw new Error(`escape at ${index}: ${inside}`);
  }
  return value;
}

const common = { '\\': '\\', n: '\n', r: '\r', t: '\t' };
const java = { ...common, '"': '"', "'": "'", b: '\b', f: '\f', s: ' ', '0': '\0' };

function between(literal: string, open: string, close: string = open): string {
  if (!literal.startsWith(open) || !literal.endsWith(close)) throw new Error(`not in ${open}…${close}: ${literal}`);
  return literal.slice(open.length, literal.length - close.length);
}

/** Java Language Specification 3.3: `\u` behind an even number of backslashes is replaced before anything else. */
function javaUnicode(source: string): string {
  return source.replace(/(?<!\\)((?:\\\\)*)\\u+([\da-fA-F]{4})/g, (_whole, slashes: string, digits: string) => {
    return slashes + String.fromCharCode(parseInt(digits, 16));
  });
}

export const readJava: ReadLiteral = (literal) => {
  return readBackslashed(between(javaUnicode(literal), '"'), '"', { named: java });
};

export const readKotlin: ReadLiteral = (literal) =>
  literal.startsWith('"""')
    ? rawKotlin(between(literal, '"""'))
    : readBackslashed(between(literal, '"'), '"', {
        named: { ...common, '"': '"', "'": "'", b: '\b', $: '$' },
        u4: true,
        hole: /\$(?:\{|\w)/,
      });

function rawKotlin(inside: string): string {
  const pieces = inside.split("${'$'}");
  if (pieces.some((piece) => piece.includes('$'))) throw new Error('hole');
  return pieces.join('$');
}

export const readCSharp: ReadLiteral = (literal) => {
  const named = { ...common, '"': '"', "'": "'", '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v' };
  const [, prefix = '', quotes = ''] = /^([$@]*)("+)/.exec(literal) ?? [];
  if (quotes.length >= 3 && !prefix.includes('@')) return between(literal, quotes);
  const inside = between(literal, `${prefix}"`, '"');
  const holes = (text: string): string => {
    if (!prefix.includes('$')) return text;
    if (/[{}]/.test(text.replace(/\{\{|\}\}/g, ''))) throw new Error('hole');
    return text.replace(/\{\{/g, '{').replace(/\}\}/g, '}');
  };
  if (prefix.includes('@')) {
    if (inside.replaceAll('""', '').includes('"')) throw new Error('closes');
    return holes(inside.replaceAll('""', '"'));
  }
  return readBackslashed(holes(inside), '"', { named, u4: true });
};

export const readGo: ReadLiteral = (literal) =>
  literal.startsWith('`')
    ? readRaw(literal, '`')
    : readBackslashed(between(literal, '"'), '"', { named: { ...common, '"': '"' }, u4: true });

export const readRust: ReadLiteral = (literal) => {
  const [, hashes] = /^r(#*)"/.exec(literal) ?? [];
  if (hashes !== undefined) return readRaw(literal, `r${hashes}"`, `"${hashes}`);
  return readBackslashed(between(literal, '"'), '"', {
    named: { ...common, '"': '"', "'": "'", '0': '\0' },
    braces: true,
    multiline: true,
  });
};

function readRaw(literal: string, open: string, close: string = open): string {
  const inside = between(literal, open, close);
  if (inside.includes(close)) throw new Error(`closes: ${literal}`);
  return inside;
}

const phpOrRubySingle = { named: { '\\': '\\', "'": "'" }, keepsUnknown: true, multiline: true };

export const readPhp: ReadLiteral = (literal) =>
  literal.startsWith("'")
    ? readBackslashed(between(literal, "'"), "'", phpOrRubySingle)
    : readBackslashed(between(literal, '"'), '"', {
        named: { ...common, '"': '"', $: '$', v: '\v', e: '\x1b', f: '\f' },
        braces: true,
        keepsUnknown: true,
        multiline: true,
        hole: /\$[{a-zA-Z_\x80-\uffff]|\{\$/,
      });

export const readRuby: ReadLiteral = (literal) =>
  literal.startsWith('%')
    ? rubyPercent(literal)
    : literal.startsWith("'")
      ? readBackslashed(between(literal, "'"), "'", phpOrRubySingle)
      : readBackslashed(between(literal, '"'), '"', {
          named: { ...common, '"': '"', '#': '#' },
          u4: true,
          multiline: true,
          hole: /#[{$@]/,
        });

/** "Percent Literals": the delimiters are escaped or in pairs, which is not looked into here. */
function rubyPercent(literal: string): string {
  const [open = '', letter = ''] = /^%([qQ]?)[^\w]/.exec(literal) ?? [];
  const close = literal.slice(-1);
  const delimiters = { [open.slice(-1)]: open.slice(-1), [close]: close };
  const inside = between(literal, open, close);
  if (inside.replace(/\\[^]/g, '').includes(open.slice(-1))) throw new Error(`opens again: ${literal}`);
  return readBackslashed(inside, close, {
    named: { '\\': '\\', '#': '#', ...delimiters },
    keepsUnknown: letter === 'q',
    ...(letter === 'q' ? {} : { hole: /#[{$@]/ }),
    multiline: true,
  });
}

export const readScala: ReadLiteral = (literal) => {
  const [, interpolator, quotes] = /^(\w*)("""|")/.exec(literal) ?? [];
  if (interpolator === undefined || quotes === undefined) throw new Error(literal);
  const inside = between(literal, interpolator + quotes, quotes);
  const dollars = (text: string): string => {
    if (interpolator === '') return text;
    if (text.replaceAll('$$', '').includes('$')) throw new Error('hole');
    return text.replaceAll('$$', '$');
  };
  if (quotes === '"""') return dollars(inside);
  const named = { ...common, '"': '"', "'": "'", b: '\b', f: '\f' };
  return dollars(readBackslashed(inside, '"', { named, u4: true }));
};

/** About_Quoting_Rules: typographic quotes count as quotes. */
export const readPowerShell: ReadLiteral = (literal) => {
  if (literal.startsWith("'")) {
    const inside = between(literal, "'");
    if (/['\u2018-\u201b]/.test(inside.replace(/(['\u2018-\u201b])\1/g, ''))) throw new Error('closes');
    return inside.replace(/(['\u2018-\u201b])\1/g, '$1');
  }
  const inside = between(literal, '"');
  let value = '';
  for (let index = 0; index < inside.length; index += 1) {
    if (inside.charAt(index) === '`') {
      index += 1;
      value += inside.charAt(index);
    } else if (/["$\u201c-\u201e]/.test(inside.charAt(index))) throw new Error(`closes or hole: ${inside}`);
    else value += inside.charAt(index);
  }
  return value;
};

/** HCL native syntax specification, "Template Expressions". */
export const readHcl: ReadLiteral = (literal) => {
  const marked = between(literal, '"')
    .replace(/\$\$\{/g, '\u{e000}')
    .replace(/%%\{/g, '\u{e001}');
  const value = readBackslashed(marked, '"', { named: { ...common, '"': '"' }, u4: true, hole: /[$%]\{/ });
  return value.replaceAll('\u{e000}', '${').replaceAll('\u{e001}', '%{');
};

/** `java.util.Properties`, "load": the first key's value. */
export function readProperties(text: string): Record<string, string> {
  const result: Record<string, string> = {};
  const logical = text.replace(/(?<!\\)((?:\\\\)*)\\\r?\n[ \t\f]*/g, '$1');
  const unescape = (piece: string): string =>
    piece.replace(/\\(?:u([\da-fA-F]{4})|([^]))/g, (_whole, digits: string | undefined, one: string) => {
      if (digits !== undefined) return String.fromCharCode(parseInt(digits, 16));
      return ({ n: '\n', r: '\r', t: '\t', f: '\f' } as Record<string, string>)[one] ?? one;
    });
  for (const line of logical.split(/\r?\n/)) {
    const match = /^[ \t\f]*(?![#!])((?:\\.|[^\\=: \t\f])+)[ \t\f]*[=:]?[ \t\f]*(.*)$/s.exec(line);
    if (match !== null) result[unescape(match[1] ?? '')] = unescape(match[2] ?? '');
  }
  return result;
}

/** Reads many literals in one run of the real interpreter; undefined where the machine has none. */
export function readPython(literals: readonly string[]): readonly unknown[] | undefined {
  // `eval` because f-strings are no literals to `ast`; there is nothing in them to run.
  const program = 'import json,sys\nprint(json.dumps([eval(x, {}) for x in json.load(sys.stdin)]))';
  const run = spawnSync('python3', ['-c', program], { input: JSON.stringify(literals), encoding: 'utf8' });
  if (run.error !== undefined) return undefined;
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as unknown[];
}

/** The same with bash: what a word is expanded to. */
export function readBash(words: readonly string[]): readonly string[] | undefined {
  const script = words.map((word) => `printf '%s\\0' ${word}`).join('\n');
  const run = spawnSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (run.error !== undefined) return undefined;
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.split('\0').slice(0, -1);
}
