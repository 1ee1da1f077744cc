import { execFileSync } from 'node:child_process';

/**
 * Runs a generated script with the POSIX shell of the machine and a stand-in for the tools, and returns what each was called with.
 * `answers` are lines of a shell `case` over the whole command: what the stand-in prints, or with which status it ends.
 */
export function recordCommands(script: string, answers = ''): readonly (readonly string[])[] {
  const standIns = ['aws', 'az', 'gcloud', 'terraform', 'atlas']
    .map((tool) => `${tool}() { record ${tool} "$@"; }`)
    .join('\n');
  // A record goes to descriptor 3, where no redirection of the script reaches it.
  const prelude = `record() { printf '%s\\0' "$@" >&3; printf '\\1' >&3; case "$*" in ${answers} *) ;; esac; }\n${standIns}\n`;
  const output = execFileSync('sh', ['-c', `exec 3>&1 1>/dev/null\n${prelude}${script}`], { encoding: 'utf8' });
  return output
    .split('\u0001')
    .filter((call) => call !== '')
    .map((call) => call.split('\0').slice(0, -1));
}

/** Runs a script that is one command of the Atlas CLI, and returns its words and what it is given to read. */
export function recordInput(script: string): readonly [words: readonly string[], input: string] {
  const standIn = `atlas() { printf '%s\\0' "$@"; printf '\\1'; cat; }\n`;
  const options = { encoding: 'utf8', input: '' } as const;
  const [words = '', input = ''] = execFileSync('sh', ['-c', standIn + script], options).split('\u0001');
  return [words.split('\0').slice(0, -1), input];
}

/** The values of a flag of a command, up to the next flag. */
export function valuesOf(command: readonly string[], flag: string): readonly string[] {
  const start = command.indexOf(flag);
  if (start < 0) throw new Error(`${command.join(' ')} has no ${flag}`);
  const end = command.findIndex((word, index) => index > start && word.startsWith('--'));
  return command.slice(start + 1, end < 0 ? undefined : end);
}
