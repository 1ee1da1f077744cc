import { foldAtFlags, indented, linesOf } from './layout';
import { commandsOf, isPlain, type Statement, type Word } from './statement';

/** The statements for sh, dash, bash and zsh, the last as somebody types into it, too. */
export function posixText(statements: readonly Statement[]): string {
  const [only] = statements;
  const settings = posixSettings(statements);
  if (isPlain(statements) && only !== undefined) return `${posixLines(only, '', settings).join('\n')}\n`;
  const lines = statements.flatMap((statement) => posixLines(statement, ''));
  const exported = settings.length === 0 ? [] : [`export ${settings.join(' ')}`];
  // A subshell: `set -e` in the terminal itself would close it at the first failure.
  return `${['(', 'set -eu', ...exported, ...lines, ')'].join('\n')}\n`;
}

/**
 * A text that does nothing, a line for each of its own. A zsh that somebody types into knows no comments
 * (INTERACTIVE_COMMENTS is off by default): it would run what stands behind a `#`.
 */
export function posixComment(text: string): readonly string[] {
  return linesOf(text).map((line) => `: ${quoted(line)}`);
}

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

/** A text as one word. */
export function posixWord(text: string): string {
  return posixBare.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function posixCommand(words: readonly Word[], indent: string, settings: readonly string[] = []): string {
  const texts = words.map((word) =>
    typeof word === 'string' ? posixWord(word) : `"${word.prefix ?? ''}$${snakeCase(word.variable)}"`,
  );
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
      return [`if [ "$${snakeCase(statement.variable)}" = None ]; then`, ...nested(statement.then, indent), 'fi'];
    case 'whenPrints':
      return [
        `output=$(${posixCommand(statement.words, indent)} 2>/dev/null) || output=`,
        `if [ "$output" = ${posixWord(statement.value)} ]; then`,
        ...nested(statement.then, indent),
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
    case 'cases':
      return [
        `case "$${snakeCase(statement.variable)}" in`,
        ...indented(
          statement.cases.flatMap(({ beginning, then }) => [
            `${beginning === '' ? '' : posixWord(beginning)}*)`,
            ...nested(then, `${indent}  `),
            '  ;;',
          ]),
        ),
        'esac',
      ];
    case 'fail':
      return [`printf '%s %s\\n' ${posixWord(statement.text)} "$${snakeCase(statement.variable)}" >&2`, 'exit 1'];
    case 'waitUntil':
      return [
        `tries=${String(statement.times)}`,
        'while :; do',
        `  output=$(${posixCommand(statement.words, `${indent}  `)})`,
        `  case $output in ${statement.values.map(posixWord).join(' | ')}) break ;; esac`,
        '  tries=$((tries - 1))',
        `  if [ "$tries" -le 0 ]; then printf '%s\\n' ${posixWord(statement.otherwise)} >&2; exit 1; fi`,
        `  sleep ${String(statement.seconds)}`,
        'done',
      ];
    case 'unlessBusy':
      return [
        `tries=${String(statement.times)}`,
        `until output=$(${posixCommand(statement.words, indent)} 2>&1); do`,
        '  case $output in',
        `    *${posixWord(statement.done)}*) break ;;`,
        `    *${posixWord(statement.busy)}*) ;;`,
        String.raw`    *) printf '%s\n' "$output" >&2; exit 1 ;;`,
        '  esac',
        '  tries=$((tries - 1))',
        String.raw`  if [ "$tries" -le 0 ]; then printf '%s\n' "$output" >&2; break; fi`,
        `  sleep ${String(statement.seconds)}`,
        'done',
      ];
    case 'eachWord':
      return [
        // zsh makes words of what a command prints, and leaves a variable whole.
        `for ${snakeCase(statement.variable)} in $(printf '%s' "$${snakeCase(statement.list)}"); do`,
        ...nested(statement.body, indent),
        'done',
      ];
    case 'comment':
      return posixComment(statement.text);
    case 'shown':
      return ['if false; then', ...nested(statement.statements, indent), 'fi'];
    case 'each': {
      const values = statement.parameters.map((parameter, index) => `${snakeCase(parameter)}=$${index + 1}`);
      return [
        `${snakeCase(statement.name)}() {`,
        ...indented(values),
        ...nested(statement.body, indent),
        '}',
        ...statement.rows.map((row) => [snakeCase(statement.name), ...row.map(posixWord)].join(' ')),
      ];
    }
  }
}

function nested(statements: readonly Statement[], indent: string): readonly string[] {
  return indented(statements.flatMap((each) => posixLines(each, `${indent}  `)));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
}
