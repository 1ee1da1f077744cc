import type { Shell } from '../core/command-plan';
import { shells } from '../core/command-plan';

/** A word of a command: text, or the value that an earlier command left in a variable (camel case). */
export type Word = string | { readonly variable: string };

/** What the commands of a plan do, in an order that holds for both shells. A failure ends them all. */
export type Statement =
  | { readonly kind: 'run'; readonly words: readonly Word[]; readonly input?: string }
  /** Keeps what the command prints, without the newline at its end. */
  | { readonly kind: 'capture'; readonly variable: string; readonly words: readonly Word[] }
  /** `None`, as the AWS CLI prints what a query did not find. */
  | { readonly kind: 'whenNone'; readonly variable: string; readonly then: readonly Statement[] }
  /** Only when the command prints this. Its own failure is none here: what comes next is met by the same. */
  | {
      readonly kind: 'whenPrints';
      readonly words: readonly Word[];
      readonly value: string;
      readonly then: readonly Statement[];
    }
  /** Runs `words` unless `check` succeeds: looks first, then creates. */
  | { readonly kind: 'unless'; readonly check: readonly Word[]; readonly words: readonly Word[] }
  /** Takes this text in the output of a failure for a success: what should be there is there already. */
  | { readonly kind: 'tolerate'; readonly words: readonly Word[]; readonly error: string }
  /** Fails with what a variable holds, unless that begins with one of these texts. */
  | { readonly kind: 'expect'; readonly variable: string; readonly beginnings: readonly string[] }
  /** The same statements for each row; `{ variable: parameters[i] }` stands for its values. */
  | {
      readonly kind: 'each';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly body: readonly Statement[];
    };

/** The statements as text for every shell. One plain command stays plain; several stop at the first that fails. */
export function renderStatements(statements: readonly Statement[]): Readonly<Record<Shell, string>> {
  return Object.fromEntries(shells.map((shell) => [shell, writers[shell](statements)])) as Record<Shell, string>;
}

/** A text as one word of a command line of the shell. */
export function quoteWord(shell: Shell, text: string): string {
  return shell === 'posix' ? posixWord(text) : powershellWord(text);
}

const writers: Readonly<Record<Shell, (statements: readonly Statement[]) => string>> = {
  posix: (statements) => {
    const [only] = statements;
    const settings = posixSettings(statements);
    if (isPlain(statements) && only !== undefined) return `${posixLines(only, '', settings).join('\n')}\n`;
    const lines = statements.flatMap((statement) => posixLines(statement, ''));
    const exported = settings.length === 0 ? [] : [`export ${settings.join(' ')}`];
    // A subshell: `set -e` in the terminal itself would close it at the first failure.
    return `${['(', 'set -eu', ...exported, ...lines, ')'].join('\n')}\n`;
  },
  powershell: (statements) => {
    const lines = statements.flatMap((statement) => powershellLines(statement, ''));
    const text = lines.join('\n');
    const prologue = [
      ...(text.includes('$nativeQuote') ? [nativeQuoteLine] : []),
      ...(text.includes('$cmdQuote') ? [cmdQuoteLine] : []),
    ];
    if (isPlain(statements)) return `${[...prologue, ...lines.slice(0, 1)].join('\n')}\n`;
    // Windows PowerShell makes errors of what a native command writes to standard error, hence `Continue` here and
    // exit codes looked at; a tool that is not installed has no exit code, hence `Get-Command`.
    const tools = [...new Set(statements.flatMap(commandsOf).map(([tool]) => tool))].flatMap((tool) =>
      typeof tool === 'string' ? [`Get-Command ${tool} -ErrorAction Stop | Out-Null`] : [],
    );
    return `${['& {', "$ErrorActionPreference = 'Continue'", ...tools, ...prologue, ...lines, '}'].join('\n')}\n`;
  },
};

function isPlain(statements: readonly Statement[]): boolean {
  return statements.length === 1 && statements[0]?.kind === 'run';
}

function commandsOf(statement: Statement): readonly (readonly Word[])[] {
  switch (statement.kind) {
    case 'run':
    case 'capture':
    case 'tolerate':
      return [statement.words];
    case 'unless':
      return [statement.check, statement.words];
    case 'whenPrints':
      return [statement.words, ...statement.then.flatMap(commandsOf)];
    case 'whenNone':
      return statement.then.flatMap(commandsOf);
    case 'each':
      return statement.body.flatMap(commandsOf);
    case 'expect':
      return [];
  }
}

// ---------------------------------------------------------------- POSIX

/** Characters that no POSIX shell, nor zsh, gives a meaning to in these places. */
const posixBare = /^[A-Za-z0-9_./][A-Za-z0-9_./:=@%+,-]*$|^--?[A-Za-z][A-Za-z0-9-]*$/u;

/**
 * What the tools need in their environment. Version 2 of the AWS CLI shows what it prints in a pager (user guide,
 * "client-side pager"), which nobody can copy from as a whole; version 1 does not know the variable. Git Bash makes paths
 * of Windows of arguments that begin with a slash, resource ids included (Azure CLI, `doc/use_cli_with_git_bash.md`).
 */
function posixSettings(statements: readonly Statement[]): readonly string[] {
  const commands = statements.flatMap(commandsOf);
  const hasPager = commands.some(([tool]) => tool === 'aws');
  const hasResourceIds = commands.some(
    ([tool, ...words]) => tool === 'az' || words.some((word) => typeof word === 'string' && word.startsWith('/')),
  );
  return [...(hasPager ? ['AWS_PAGER='] : []), ...(hasResourceIds ? ['MSYS_NO_PATHCONV=1'] : [])];
}

function posixWord(text: string): string {
  return posixBare.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function posixCommand(words: readonly Word[], indent: string, settings: readonly string[] = []): string {
  const texts = words.map((word) => (typeof word === 'string' ? posixWord(word) : `"$${snakeCase(word.variable)}"`));
  return foldAtFlags([...settings, ...texts], ' \\', indent);
}

function posixLines(statement: Statement, indent: string, settings: readonly string[] = []): readonly string[] {
  switch (statement.kind) {
    case 'run': {
      const command = posixCommand(statement.words, indent, settings);
      return [statement.input === undefined ? command : `printf '%s' ${posixWord(statement.input)} | ${command}`];
    }
    case 'capture':
      return [`${snakeCase(statement.variable)}=$(${posixCommand(statement.words, indent)})`];
    case 'whenNone':
      return [
        `if [ "$${snakeCase(statement.variable)}" = None ]; then`,
        ...indented(statement.then.flatMap((each) => posixLines(each, `${indent}  `))),
        'fi',
      ];
    case 'whenPrints':
      return [
        `output=$(${posixCommand(statement.words, indent)} 2>/dev/null) || output=`,
        `if [ "$output" = ${posixWord(statement.value)} ]; then`,
        ...indented(statement.then.flatMap((each) => posixLines(each, `${indent}  `))),
        'fi',
      ];
    case 'unless':
      return [
        `if ! ${posixCommand(statement.check, indent)} >/dev/null 2>&1; then`,
        ...indented([posixCommand(statement.words, `${indent}  `)]),
        'fi',
      ];
    case 'tolerate':
      return [
        `if ! output=$(${posixCommand(statement.words, indent)} 2>&1); then`,
        `  case $output in`,
        `    *${posixWord(statement.error)}*) ;;`,
        String.raw`    *) printf '%s\n' "$output" >&2; exit 1 ;;`,
        `  esac`,
        'fi',
      ];
    case 'expect': {
      const value = `"$${snakeCase(statement.variable)}"`;
      return [
        `case ${value} in`,
        `  ${statement.beginnings.map((beginning) => `${posixWord(beginning)}*`).join(' | ')}) ;;`,
        String.raw`  *) printf '%s\n' ${value} >&2; exit 1 ;;`,
        'esac',
      ];
    }
    case 'each': {
      const values = statement.parameters.map((parameter, index) => `${snakeCase(parameter)}=$${index + 1}`);
      return [
        `${snakeCase(statement.name)}() {`,
        ...indented([...values, ...statement.body.flatMap((each) => posixLines(each, `${indent}  `))]),
        '}',
        ...statement.rows.map((row) => [snakeCase(statement.name), ...row.map(posixWord)].join(' ')),
      ];
    }
  }
}

// ---------------------------------------------------------------- PowerShell

const powershellBare = /^[A-Za-z/][A-Za-z0-9_./-]*$|^--?[A-Za-z][A-Za-z0-9-]*$/u;
/** PowerShell takes the typographic ones for the straight one. */
const singleQuotes = /['\u2018\u2019\u201a\u201b]/gu;

/**
 * PowerShell before 7.3 hands a double quote to a program as it stands in the word, and the program takes it for
 * quoting; so there it needs a backslash, which newer ones would hand on.
 */
const nativeQuoteLine = `$nativeQuote = if ($PSNativeCommandArgumentPassing -in 'Standard', 'Windows') { '"' } else { '\\"' }`;

/**
 * `az` is a batch file on Windows (Azure CLI, `doc/quoting-issues-with-powershell.md`): the command prompt reads its line
 * again, and PowerShell hands a word without white space on without quotes. Those that stand in the word itself hold;
 * where it is no batch file they must not be there (`Standard`: not Windows).
 */
const cmdQuoteLine = `$cmdQuote = if ($PSNativeCommandArgumentPassing -eq 'Standard') { '' } else { '"' }`;

const batchFiles: ReadonlySet<string> = new Set(['az']);

/** A word that the command prompt would take for more than text. White space or a double quote brings quotes along. */
const needsCmdQuote = /^(?=[^()|^&<>]*[()|^&<>])[^\s"]+$/u;

function powershellCommandWord(word: Word, isBatchFile: boolean): string {
  if (typeof word !== 'string') {
    return isBatchFile ? `"$cmdQuote$${word.variable}$cmdQuote"` : `$${word.variable}`;
  }
  if (!isBatchFile || !needsCmdQuote.test(word)) return powershellWord(word);
  return `(${powershellText(`{0}${escapedPattern(word)}{0}`)} -f $cmdQuote)`;
}

function escapedPattern(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}

function powershellWord(text: string): string {
  if (powershellBare.test(text)) return text;
  if (!text.includes('"')) return powershellText(text);
  const pattern = escapedPattern(text).replaceAll('"', '{0}');
  return `(${powershellText(pattern)} -f $nativeQuote)`;
}

function powershellText(text: string): string {
  return `'${text.replaceAll(singleQuotes, '$&$&')}'`;
}

function powershellCommand(words: readonly Word[], indent: string): string {
  const [tool] = words;
  const isBatchFile = typeof tool === 'string' && batchFiles.has(tool);
  const texts = words.map((word) => powershellCommandWord(word, isBatchFile));
  return foldAtFlags(texts, ' `', indent);
}

function powershellLines(statement: Statement, indent: string): readonly string[] {
  switch (statement.kind) {
    case 'run': {
      const command = powershellCommand(statement.words, indent);
      const piped = statement.input === undefined ? command : `${powershellText(statement.input)} | ${command}`;
      return [hasPager(statement.words) ? `${piped} | Write-Output` : piped, orThrow(statement.words)];
    }
    case 'capture':
      return [`$${statement.variable} = ${powershellCommand(statement.words, indent)}`, orThrow(statement.words)];
    case 'whenNone':
      return [
        `if ($${statement.variable} -eq 'None') {`,
        ...indented(statement.then.flatMap((each) => powershellLines(each, `${indent}  `))),
        '}',
      ];
    case 'whenPrints':
      return [
        `$output = ${powershellCommand(statement.words, indent)} 2>$null`,
        `if ($LASTEXITCODE -eq 0 -and $output -eq ${powershellText(statement.value)}) {`,
        ...indented(statement.then.flatMap((each) => powershellLines(each, `${indent}  `))),
        '}',
      ];
    case 'unless':
      return [
        `${powershellCommand(statement.check, indent)} *> $null`,
        'if ($LASTEXITCODE -ne 0) {',
        ...indented([powershellCommand(statement.words, `${indent}  `), orThrow(statement.words)]),
        '}',
      ];
    case 'tolerate':
      return [
        // Not `Out-String`: it breaks lines at the width of the console, in the middle of what is looked for.
        `$output = (${powershellCommand(statement.words, indent)} 2>&1 | ForEach-Object { "$_" }) -join "\`n"`,
        `if ($LASTEXITCODE -ne 0 -and $output -notmatch ${powershellText(statement.error)}) { throw $output }`,
      ];
    case 'expect': {
      const value = `$${statement.variable}`;
      const others = statement.beginnings.map((beginning) => `${value} -notlike ${powershellText(`${beginning}*`)}`);
      return [`if (${others.join(' -and ')}) { throw "${value}" }`];
    }
    case 'each': {
      const name = `Invoke-${statement.name.charAt(0).toUpperCase()}${statement.name.slice(1)}`;
      const parameters = statement.parameters.map((parameter) => `$${parameter}`).join(', ');
      return [
        `function ${name}(${parameters}) {`,
        ...indented(statement.body.flatMap((each) => powershellLines(each, `${indent}  `))),
        '}',
        ...statement.rows.map((row) => [name, ...row.map(powershellText)].join(' ')),
      ];
    }
  }
}

/**
 * Whether the AWS CLI would show what it prints in a pager (see `posixSettings`). Before 7.5 no variable can be empty
 * (about_Environment_Variables), so what it prints goes through a pipe.
 */
function hasPager(words: readonly Word[]): boolean {
  return words[0] === 'aws' && words.includes('--output');
}

function orThrow(words: readonly Word[]): string {
  const [tool] = words;
  return `if ($LASTEXITCODE -ne 0) { throw ${powershellText(typeof tool === 'string' ? `${tool} failed` : 'failed')} }`;
}

// ---------------------------------------------------------------- layout

/** Words on one line as long as they fit, else one flag a line. */
function foldAtFlags(words: readonly string[], continuation: string, indent: string): string {
  const line = words.join(' ');
  if (line.length <= 100) return line;
  const folded: string[][] = [];
  for (const word of words) {
    const last = folded.at(-1);
    if (last === undefined || word.startsWith('--')) folded.push([word]);
    else last.push(word);
  }
  return folded.map((part) => part.join(' ')).join(`${continuation}\n${indent}  `);
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
