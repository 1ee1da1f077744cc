import { foldAtFlags, indented, linesOf } from './layout';
import { commandsOf, isPlain, type Statement, type Word } from './statement';

/** The statements for PowerShell 5.1 and newer. */
export function powershellText(statements: readonly Statement[]): string {
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
}

/** A text that does nothing, a line for each of its own. */
export function powershellComment(text: string): readonly string[] {
  return linesOf(text).map((line) => `# ${line}`);
}

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
    const { variable, prefix } = word;
    if (isBatchFile) return `"$cmdQuote${prefix ?? ''}$${variable}$cmdQuote"`;
    return prefix === undefined ? `$${variable}` : `"${prefix}$${variable}"`;
  }
  if (!isBatchFile || !needsCmdQuote.test(word)) return powershellWord(word);
  return `(${quoted(`{0}${escapedPattern(word)}{0}`)} -f $cmdQuote)`;
}

function escapedPattern(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}

/** A text as one word. */
export function powershellWord(text: string): string {
  if (powershellBare.test(text)) return text;
  if (!text.includes('"')) return quoted(text);
  const pattern = escapedPattern(text).replaceAll('"', '{0}');
  return `(${quoted(pattern)} -f $nativeQuote)`;
}

function quoted(text: string): string {
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
      const piped = statement.input === undefined ? command : `${quoted(statement.input)} | ${command}`;
      return [hasPager(statement.words) ? `${piped} | Write-Output` : piped, orThrow(statement.words)];
    }
    case 'capture':
      return [`$${statement.variable} = ${powershellCommand(statement.words, indent)}`, orThrow(statement.words)];
    case 'whenNone':
      return [`if ($${statement.variable} -eq 'None') {`, ...nested(statement.then, indent), '}'];
    case 'whenPrints':
      return [
        `$output = ${powershellCommand(statement.words, indent)} 2>$null`,
        `if ($LASTEXITCODE -eq 0 -and $output -eq ${quoted(statement.value)}) {`,
        ...nested(statement.then, indent),
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
        `if ($LASTEXITCODE -ne 0 -and $output -notmatch ${quoted(statement.error)}) { throw $output }`,
      ];
    case 'expect': {
      const value = `$${statement.variable}`;
      const others = statement.beginnings.map((beginning) => `${value} -notlike ${quoted(`${beginning}*`)}`);
      return [`if (${others.join(' -and ')}) { throw "${value}" }`];
    }
    case 'cases':
      return [
        ...statement.cases.flatMap(({ beginning, then }, index) => {
          const test = `if ($${statement.variable} -like ${quoted(`${beginning}*`)}) {`;
          const opened = index === 0 ? test : `} else${beginning === '' ? ' {' : test}`;
          return [opened, ...nested(then, indent)];
        }),
        '}',
      ];
    case 'fail':
      return [`throw (${quoted(`${escapedPattern(statement.text)} {0}`)} -f $${statement.variable})`];
    case 'waitUntil':
      return [
        `for ($tries = ${String(statement.times)}; ; $tries -= 1) {`,
        `  $output = ${powershellCommand(statement.words, `${indent}  `)}`,
        `  ${orThrow(statement.words)}`,
        `  if (${statement.values.map((value) => `$output -eq ${quoted(value)}`).join(' -or ')}) { break }`,
        `  if ($tries -le 1) { throw ${quoted(statement.otherwise)} }`,
        `  Start-Sleep -Seconds ${String(statement.seconds)}`,
        '}',
      ];
    case 'unlessBusy':
      return [
        `for ($tries = ${String(statement.times)}; ; $tries -= 1) {`,
        `  $output = (${powershellCommand(statement.words, `${indent}  `)} 2>&1 | ForEach-Object { "$_" }) -join "\`n"`,
        `  if ($LASTEXITCODE -eq 0 -or $output -match ${quoted(statement.done)}) { break }`,
        `  if ($output -notmatch ${quoted(statement.busy)}) { throw $output }`,
        '  if ($tries -le 1) { Write-Host $output; break }',
        `  Start-Sleep -Seconds ${String(statement.seconds)}`,
        '}',
      ];
    case 'eachWord':
      return [
        `foreach ($${statement.variable} in (-split "$${statement.list}" | Where-Object { $_ })) {`,
        ...nested(statement.body, indent),
        '}',
      ];
    case 'comment':
      return powershellComment(statement.text);
    case 'shown':
      return ['if ($false) {', ...nested(statement.statements, indent), '}'];
    case 'each': {
      const name = `Invoke-${statement.name.charAt(0).toUpperCase()}${statement.name.slice(1)}`;
      const parameters = statement.parameters.map((parameter) => `$${parameter}`).join(', ');
      return [
        `function ${name}(${parameters}) {`,
        ...nested(statement.body, indent),
        '}',
        ...statement.rows.map((row) => [name, ...row.map(quoted)].join(' ')),
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
  return `if ($LASTEXITCODE -ne 0) { throw ${quoted(typeof tool === 'string' ? `${tool} failed` : 'failed')} }`;
}

function nested(statements: readonly Statement[], indent: string): readonly string[] {
  return indented(statements.flatMap((each) => powershellLines(each, `${indent}  `)));
}
