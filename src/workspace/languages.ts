import { blockDocuments, documentsBelow, endingWord } from './here-documents';
import {
  backslashed,
  doubled,
  last,
  opens,
  raw,
  regularExpression,
  singleQuoted,
  type Encode,
  type LiteralStyle,
  type Skipped,
} from './literals';
import { rubyLiterals, rubySkips } from './ruby-literals';

/** What inserting into the code of a language takes. One row per language. */
export interface Language {
  /** Identifiers of VS Code. */
  readonly ids: readonly string[];
  /** Files whose language VS Code may not know. */
  readonly files?: RegExp;
  readonly comments: {
    /** Where one begins that ends with its line. */
    readonly line?: RegExp;
    readonly block?: { readonly open: string; readonly close: string; readonly nests?: boolean };
    /** The line that ends the program: what is below are its data. */
    readonly end?: RegExp;
  };
  /** Text that the code stands in: what begins code there, and what ends it, also in the comment of a line. */
  readonly outside?: { readonly open: RegExp; readonly close: string };
  /** The first that matches counts. */
  readonly literals: readonly LiteralStyle[];
  /** What looks like the beginning of a literal and is none: character literals, regular expressions. */
  readonly skips?: readonly Skipped[];
  /** How a literal is written where there is none yet. */
  readonly write: { readonly open: string; readonly close: string; readonly encode: Encode };
  /** Files of it give values to names and do nothing else. */
  readonly isSettings?: true;
  /** A statement that sets the variable, for an empty line where a bare literal would mean something else. */
  readonly statement?: (name: string, literal: string) => string;
  /** Where a line of its own is none: in a list, by what opens one, and behind what continues a line. */
  readonly lists?: ListRules;
  /** Absent where there is no way to read one. */
  readonly variable?: EnvironmentVariable;
}

/** The lines of a list, or of one command. */
export interface ListRules {
  /** The text before them ends with it. */
  readonly open: RegExp;
  /** What is between two elements besides white space. */
  readonly separator: string;
  /** At the end of a line, it goes on with the next. */
  readonly continuation?: string;
}

/** Imports, and the declaration without which Terraform knows no variable. */
export type NeededLines = 'python-os' | 'go-os' | 'terraform-variable';

/** How a language reads an environment variable. */
export interface EnvironmentVariable {
  /** An expression with the value of the variable. */
  readonly read: (name: string, fileName: string) => string;
  /** The same in the middle of a literal, when the literal opens with something that `in` matches. */
  readonly inside?: { readonly in: RegExp; readonly text: (name: string, fileName: string) => string };
  /** What joins a literal and an expression, where the language has it for text. */
  readonly join?: string;
  /** What is joined is one argument in brackets only. */
  readonly groups?: true;
  /** What an expression stands in where a literal may stand bare: the attribute of an element. */
  readonly attribute?: { readonly before: RegExp; readonly open: string; readonly close: string };
  /** On a line of its own, it is given to a name of its own. */
  readonly isStated?: true;
  /** The environment's name for it, where that is another one. */
  readonly environmentName?: (name: string) => string;
  /** What the file needs for it besides. */
  readonly needs?: NeededLines;
}

/** `'a'` and its escapes, in languages where it is a character. */
const characterLiteral: Skipped = { open: /'(?:\\(?:u\{?[\da-fA-F]{1,8}\}?|x[\da-fA-F]{2}|.)|[^\\'\r\n])'/y };

/** No tag of JSX: `</a>`, and ` />` behind a brace or on a line of its own. */
const javaScriptExpression = regularExpression(
  /\/(?![*/=])(?:(?<=(?:[(,=:[!&|?{;+*%~^]|=>|\b(?:return|typeof|case))[ \t]{0,100}\/)|(?<=(?:^|\})[ \t]{0,100}\/)(?!>))/my,
);

const slashes = { line: /\/\//y, block: { open: '/*', close: '*/' } };
const nestingSlashes = { line: /\/\//y, block: { open: '/*', close: '*/', nests: true } };
const hashComment = { line: /#/y };

const braces = { open: '${', close: '}' };

const c = backslashed();

/** `$` begins a hole. */
const dollarEscaped = backslashed({ characters: /\$/g });

/** What begins a hole in double quotes gets a backslash. */
const php = backslashed({ characters: /\$/g, unicode: 'braces' });

/** A shell in double quotes. No backslash escapes but these, and control characters stand as they are. */
const shellDouble: Encode = (value) => (value.includes('\0') ? undefined : value.replace(/[\\"$`]/g, '\\$&'));
const shellSingle: Encode = (value) => (value.includes('\0') ? undefined : value.replaceAll("'", String.raw`'\''`));

/** The end has tabs before it only where a dash says so; a word with any kind of quotes has no holes. */
const shellDocuments = documentsBelow({
  open: '<<(-?)[ \\t]{0,100}',
  indent: { '-': '\\t*' },
  withoutHoles: ["'([^'\\r\\n]{1,100})'", '"([^"\\r\\n]{1,100})"', '\\\\(\\w{1,100})(?!\\w)'],
  withHoles: [endingWord],
  encode: (value) => value.replace(/[\\$`]/g, '\\$&'),
});

/** PowerShell takes typographic quotes for quotes. */
const powershellSingle: Encode = (value) => value.replace(/['\u2018-\u201b]/g, '$&$&');
const powershellDouble: Encode = (value) => value.replace(/[`"$\u201c-\u201e]/g, '`$&').replaceAll('\0', '`0');

/** `{` and `}` twice, in literals where they begin a hole. */
const doubledBraces = (encode: Encode): Encode => last(encode, (text) => text.replace(/[{}]/g, '$&$&'));

/** Laravel's settings files read the environment through its own function, so that they can be cached. */
const laravel = (fileName: string): boolean => /(?:^|\/)config\/\w+\.php$/.test(fileName);

/** ASP.NET Core reads connection strings of this name from its own configuration. */
const dotnetRead = (name: string): string => {
  const [, connection] = /^ConnectionStrings__(\w+)$/.exec(name) ?? [];
  return connection === undefined
    ? `System.Environment.GetEnvironmentVariable("${name}")`
    : `builder.Configuration.GetConnectionString("${connection}")`;
};

const bracketed: ListRules = { open: /[[(]$/, separator: ',' };

const terraform: Omit<Language, 'ids'> = {
  comments: { line: /#|\/\//y, block: { open: '/*', close: '*/' } },
  literals: [
    ...blockDocuments('<<-?[ \\t]*', (value) => value.replace(/[$%](?=\{)/g, '$&$&')),
    { open: /"/y, close: '"', escape: '\\', hole: braces, noHole: /\$\$\{/y, encode: hcl() },
  ],
  write: { open: '"', close: '"', encode: hcl() },
  statement: (name, literal) => `${name.toLowerCase()} = ${literal}`,
  lists: bracketed,
};

/** An apostrophe in the text of JSX stands in a word, where no literal begins but behind some keywords. */
const apostrophe = /(?:(?<![\w$])|(?<=\b(?:as|case|export|from|import|in|of|return|typeof)))'/y;

const javaScript: Omit<Language, 'ids' | 'variable'> & { readonly variable: EnvironmentVariable } = {
  comments: slashes,
  literals: [
    { open: /"/y, close: '"', escape: '\\', encode: c },
    { open: apostrophe, close: "'", escape: '\\', encode: c },
    {
      open: /`/y,
      close: '`',
      multiline: true,
      escape: '\\',
      hole: braces,
      encode: backslashed({ characters: /\$(?=\{)/g }),
    },
  ],
  skips: [javaScriptExpression],
  write: { open: '"', close: '"', encode: c },
  variable: {
    read: (name) => `process.env.${name}`,
    inside: { in: /`/, text: (name) => `\${process.env.${name}}` },
    join: ' + ',
  },
};

export const languages: readonly Language[] = [
  { ids: ['javascript', 'typescript', 'mongodb', 'mongosh'], ...javaScript },
  {
    ids: ['javascriptreact', 'typescriptreact'],
    ...javaScript,
    variable: { ...javaScript.variable, attribute: { before: /[\w-]=$/, open: '{', close: '}' } },
  },
  {
    ids: ['python'],
    comments: hashComment,
    literals: [
      ...['"""', "'''", '"', "'"].flatMap((quote): readonly LiteralStyle[] => {
        const common = { close: quote, multiline: quote.length === 3 };
        return [
          // Raw: a backslash keeps the quote from closing and stays in the value.
          {
            ...common,
            open: opens(`[bB]?[rR][bB]?${quote}`),
            escape: '\\',
            encode: raw({ ...common, forbidden: /\\$/ }),
          },
          {
            ...common,
            open: opens(`(?:[fF][rR]|[rR][fF])${quote}`),
            escape: '\\',
            encode: doubledBraces(raw({ ...common, forbidden: /\\$/ })),
          },
          { ...common, open: opens(`[fFtT]${quote}`), escape: '\\', encode: doubledBraces(c) },
          { ...common, open: new RegExp(`(?:(?<![\\w$])[bBuU])?${quote}`, 'y'), escape: '\\', encode: c },
        ];
      }),
    ],
    write: { open: '"', close: '"', encode: c },
    variable: {
      read: (name) => `os.environ["${name}"]`,
      inside: { in: /^[fF][rR]?"|^[rR][fF]"/, text: (name) => `{os.environ['${name}']}` },
      join: ' + ',
      needs: 'python-os',
    },
  },
  {
    ids: ['java'],
    comments: slashes,
    literals: [
      { open: /"""/y, close: '"""', multiline: true, lines: 'always', escape: '\\', encode: c },
      { open: /"/y, close: '"', escape: '\\', encode: c },
    ],
    skips: [characterLiteral],
    write: { open: '"', close: '"', encode: c },
    variable: { read: (name) => `System.getenv("${name}")`, join: ' + ' },
  },
  {
    ids: ['kotlin', 'kotlinscript'],
    files: /\.kts?$/,
    comments: nestingSlashes,
    literals: [
      {
        open: /"""/y,
        close: '"""',
        multiline: true,
        hole: braces,
        encode: last(raw({ multiline: true }), (text) => text.split('$').join("${'$'}")),
      },
      { open: /"/y, close: '"', escape: '\\', hole: braces, encode: dollarEscaped },
    ],
    skips: [characterLiteral],
    write: { open: '"', close: '"', encode: dollarEscaped },
    variable: {
      read: (name) => `System.getenv("${name}")`,
      inside: { in: /"/, text: (name) => `\${System.getenv("${name}")}` },
      join: ' + ',
    },
  },
  {
    ids: ['csharp'],
    comments: slashes,
    literals: [
      // Six are an empty one that is being written.
      {
        open: /"""(?="""(?!"))|"{3,}/y,
        close: ([quotes]) => quotes,
        multiline: true,
        lines: 'of several',
        encode: raw({ multiline: true }),
      },
      {
        open: /\$+"{3,}/y,
        close: ([quotes]) => quotes.replace(/\$/g, ''),
        multiline: true,
        lines: 'of several',
        encode: raw({ multiline: true, forbidden: /[{}]/ }),
      },
      {
        open: /(?:\$@|@\$)"/y,
        close: '"',
        multiline: true,
        escape: 'doubled',
        encode: doubledBraces(doubled({ multiline: true })),
      },
      { open: /@"/y, close: '"', multiline: true, escape: 'doubled', encode: doubled({ multiline: true }) },
      {
        open: /\$"/y,
        close: '"',
        escape: '\\',
        hole: { open: '{', close: '}' },
        noHole: /\{\{|\}\}/y,
        encode: doubledBraces(c),
      },
      { open: /"/y, close: '"', escape: '\\', encode: c },
    ],
    skips: [characterLiteral],
    write: { open: '"', close: '"', encode: c },
    variable: {
      read: dotnetRead,
      inside: { in: /^\$"|^(?:\$@|@\$)"/, text: (name) => `{${dotnetRead(name)}}` },
      join: ' + ',
    },
  },
  {
    ids: ['go'],
    comments: slashes,
    literals: [
      { open: /`/y, close: '`', multiline: true, encode: raw({ multiline: true, forbidden: /[\r\0]/ }) },
      { open: /"/y, close: '"', escape: '\\', encode: c },
    ],
    skips: [characterLiteral],
    write: { open: '"', close: '"', encode: c },
    variable: { read: (name) => `os.Getenv("${name}")`, join: ' + ', needs: 'go-os' },
  },
  {
    ids: ['rust'],
    comments: nestingSlashes,
    literals: [
      {
        open: opens('b?c?r(#*)"'),
        close: ([, hashes = '']) => `"${hashes}`,
        multiline: true,
        encode: raw({ multiline: true, forbidden: /\r/ }),
      },
      {
        open: /(?:(?<![\w$])[bc])?"/y,
        close: '"',
        multiline: true,
        escape: '\\',
        encode: backslashed({ unicode: 'braces' }),
      },
    ],
    skips: [characterLiteral],
    write: { open: '"', close: '"', encode: backslashed({ unicode: 'braces' }) },
    variable: { read: (name) => `std::env::var("${name}").expect("${name} is not set")` },
  },
  {
    ids: ['php'],
    comments: { line: /\/\/|#(?!\[)/y, block: { open: '/*', close: '*/' } },
    outside: { open: /<\?(?:php\b|=|(?!xml|\w))/gi, close: '?>' },
    literals: [
      ...blockDocuments('<<<[ \\t]*', php),
      { open: /'/y, close: "'", multiline: true, escape: '\\', encode: singleQuoted },
      { open: /"/y, close: '"', multiline: true, escape: '\\', encode: php },
    ],
    write: { open: "'", close: "'", encode: singleQuoted },
    variable: {
      read: (name, fileName) => (laravel(fileName) ? `env('${name}')` : `getenv('${name}')`),
      join: ' . ',
    },
  },
  {
    ids: ['ruby'],
    files: /\.(?:rb|rake|ru)$|(?:^|\/)(?:Gemfile|Rakefile)$/,
    // `#{` is a hole, of a command or an expression, unless it begins its line.
    comments: {
      line: /#(?!\{)|#(?<=^[ \t]{0,100}#)/my,
      block: { open: '\n=begin', close: '\n=end' },
      end: /^__END__(?=\r?$)/my,
    },
    literals: rubyLiterals,
    skips: rubySkips,
    write: { open: "'", close: "'", encode: singleQuoted },
    variable: {
      read: (name) => `ENV.fetch('${name}')`,
      inside: { in: /^(?:"|<<[~-]?["\w]|%[QWrx]?[^\w])/, text: (name) => `#{ENV.fetch('${name}')}` },
      join: ' + ',
    },
  },
  {
    ids: ['scala'],
    files: /\.(?:scala|sbt|sc)$/,
    comments: nestingSlashes,
    literals: [
      {
        open: opens('[a-zA-Z_]\\w*"""'),
        close: '"""',
        multiline: true,
        hole: braces,
        noHole: /\$\$/y,
        encode: last(raw({ multiline: true, forbidden: /\\/ }), (text) => text.replaceAll('$', '$$$$')),
      },
      { open: /"""/y, close: '"""', multiline: true, encode: raw({ multiline: true, forbidden: /\\u/ }) },
      {
        open: opens('[a-zA-Z_]\\w*"'),
        close: '"',
        escape: '\\',
        hole: braces,
        noHole: /\$\$/y,
        // Interpolators do not agree on how a quote is written, and `f` gives `%` a meaning.
        encode: (value, close) => {
          if (/["\\%]/.test(value)) return undefined;
          return c(value, close)?.replaceAll('$', '$$$$');
        },
      },
      { open: /"/y, close: '"', escape: '\\', encode: c },
    ],
    skips: [characterLiteral],
    write: { open: '"', close: '"', encode: c },
    variable: {
      read: (name) => `sys.env("${name}")`,
      inside: { in: /^\w+"""/, text: (name) => `\${sys.env("${name}")}` },
      join: ' + ',
    },
  },
  {
    ids: ['shellscript'],
    files: /\.(?:sh|bash|zsh|ksh)$/,
    comments: { line: /(?<=^|[\s;&|(])#/my },
    literals: [
      ...shellDocuments,
      { open: /\$'/y, close: "'", multiline: true, escape: '\\', encode: c },
      { open: /'/y, close: "'", multiline: true, encode: shellSingle },
      {
        open: /"/y,
        close: '"',
        multiline: true,
        escape: '\\',
        hole: { open: '$(', close: ')' },
        noHole: /\$\(\([^\n]{0,300}?\)\)/y,
        encode: shellDouble,
      },
    ],
    // An escaped quote, a here string and arithmetic, where `<<` shifts.
    skips: [{ open: /\\[^]|<<<|\$?\(\([^\n]{0,300}?\)\)/y }],
    write: { open: "'", close: "'", encode: shellSingle },
    statement: (name, literal) => `export ${name}=${literal}`,
    lists: { open: /=\($/, separator: '', continuation: '\\' },
    variable: {
      read: (name) => `"$${name}"`,
      inside: { in: /^"|^<<-?[ \t]*\w/, text: (name) => `\${${name}}` },
      join: '',
    },
  },
  {
    ids: ['powershell'],
    files: /\.ps[md]?1$/,
    comments: { line: /#/y, block: { open: '<#', close: '#>' } },
    literals: [
      { open: /@'[ \t]*\r?\n/y, close: "\n'@", multiline: true, encode: raw({ multiline: true }) },
      {
        open: /@"[ \t]*\r?\n/y,
        close: '\n"@',
        multiline: true,
        encode: (value) => value.replace(/[`$]/g, '`$&'),
      },
      { open: /'/y, close: "'", multiline: true, escape: 'doubled', encode: powershellSingle },
      {
        open: /"/y,
        close: '"',
        multiline: true,
        escape: '`',
        hole: { open: '$(', close: ')' },
        encode: powershellDouble,
      },
    ],
    skips: [{ open: /`[^]/y }],
    write: { open: "'", close: "'", encode: powershellSingle },
    statement: (name, literal) => `$env:${name} = ${literal}`,
    lists: { open: /[[(]$/, separator: '', continuation: '`' },
    variable: {
      read: (name) => `$env:${name}`,
      inside: { in: /"/, text: (name) => `\${env:${name}}` },
      join: ' + ',
      groups: true,
    },
  },
  {
    ids: ['terraform', 'hcl', 'opentofu'],
    files: /\.(?:tf|hcl|tofu)$/,
    ...terraform,
    variable: {
      read: (name) => `var.${name.toLowerCase()}`,
      inside: { in: /"/, text: (name) => `\${var.${name.toLowerCase()}}` },
      isStated: true,
      // "Environment Variables" of Terraform's command line.
      environmentName: (name) => `TF_VAR_${name.toLowerCase()}`,
      needs: 'terraform-variable',
    },
  },
  // Files of values hold no expressions.
  { ids: ['terraform-vars', 'opentofu-vars'], files: /\.tfvars$/, ...terraform, isSettings: true },
  {
    ids: ['toml'],
    files: /\.toml$/,
    comments: hashComment,
    literals: [
      { open: /"""/y, close: '"""', multiline: true, escape: '\\', encode: c },
      { open: /'''/y, close: "'''", multiline: true, encode: raw({ multiline: true, forbidden: controlCharacters() }) },
      { open: /"/y, close: '"', escape: '\\', encode: c },
      { open: /'/y, close: "'", encode: raw({ forbidden: controlCharacters() }) },
    ],
    write: { open: '"', close: '"', encode: c },
    statement: (name, literal) => `${name} = ${literal}`,
    lists: bracketed,
    isSettings: true,
  },
];

/** HCL: a hole is escaped by doubling its first character. */
function hcl(): Encode {
  return last(backslashed(), (text) => text.replace(/[$%](?=\{)/g, '$&$&'));
}

function controlCharacters(): RegExp {
  return /[\u0000-\u0008\u000a-\u001f\u007f]/;
}
