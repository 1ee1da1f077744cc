import type { Shell } from '../core/command-plan';
import { shells } from '../core/command-plan';
import { posixComment, posixText, posixWord } from './shell/posix';
import { powershellComment, powershellText, powershellWord } from './shell/powershell';
import type { Statement } from './shell/statement';

export type { Statement, Word } from './shell/statement';

/** The statements as text for every shell. One plain command stays plain; several stop at the first that fails. */
export function renderStatements(statements: readonly Statement[]): Readonly<Record<Shell, string>> {
  return Object.fromEntries(shells.map((shell) => [shell, writers[shell](statements)])) as Record<Shell, string>;
}

const writers: Readonly<Record<Shell, (statements: readonly Statement[]) => string>> = {
  posix: posixText,
  powershell: powershellText,
};

/** A text as one word of a command line of the shell. */
export function quoteWord(shell: Shell, text: string): string {
  return shell === 'posix' ? posixWord(text) : powershellWord(text);
}

/** A text for whoever reads a script, as lines that do nothing in it: the one way to write a comment. */
export function commentLines(shell: Shell, text: string): readonly string[] {
  return shell === 'posix' ? posixComment(text) : powershellComment(text);
}
