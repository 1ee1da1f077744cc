import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { t } from '@vscode/l10n';
import { asciiJson } from '../../cloud/ascii-json';
import { commentLines, quoteWord } from '../../cloud/shell';
import type { Shell } from '../../core/command-plan';
import type { Machine } from './machine';

/** A test that runs on another machine. */
export interface MachineTest {
  readonly machine: Machine;
  /** The helper: where it is on this machine, and what is in it. */
  readonly helper: { readonly path: string; readonly content: Buffer };
  /** Without credentials. */
  readonly connectionString: string;
  readonly signIn:
    | { readonly kind: 'skip' }
    /** The password is asked for on that machine. */
    | { readonly kind: 'password'; readonly username: string }
    /** The AWS variables of that machine. */
    | { readonly kind: 'aws' };
  /** Further arguments of the helper. */
  readonly route: readonly string[];
  /** Folder on this machine for the script, what it sends, and the report that comes back. */
  readonly folder: string;
  /** Letters and digits that nobody can guess: part of the name of a folder on the other machine. */
  readonly token: string;
}

/** A script with what stands beside it, all in the folder of the test. */
export interface MachineScript {
  readonly name: string;
  readonly text: string;
  /** The text as it stands in the file; `text` can be pasted into a terminal, which it leaves as it was. */
  readonly fileText: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Where the report is when the script has ended. */
  readonly reportFile: string;
  /** Where the {@link MachineStep} is that the script came to, which tells why there is no report. */
  readonly stepFile: string;
}

/** Steps of a script in their order: the last that it wrote down is the one that failed where there is no report. */
export const machineSteps = ['copy', 'run', 'fetch'] as const;

export type MachineStep = (typeof machineSteps)[number];

/**
 * What a PowerShell script begins with: Windows PowerShell 5.1 reads a file without it in the code page of the system (an
 * umlaut in the path of a home folder would be another letter); newer ones take it or leave it.
 */
const byteOrderMark = '\uFEFF';

/** Longest value of a parameter of a session (AWS operation StartSession: 65,535), less what surrounds the data. */
const longestPart = 60_000;

/**
 * The script that copies the helper to a machine, runs the test there in this terminal, brings the report back and
 * leaves nothing behind, however it ends. It ends with the status of the helper. No password is in it: the helper asks
 * for it there.
 */
export function machineScript(test: MachineTest, shell: Shell): MachineScript {
  const separator = shell === 'posix' ? '/' : '\\';
  const at = (name: string): string => `${test.folder}${separator}${name}`;
  const places = { reportFile: at('report.txt'), stepFile: at('step.txt') };
  const steps = stepsOf(test, separator);
  const { files } = steps;
  if (shell === 'posix') {
    const text = posixScript(test, steps, places);
    return { name: 'test.sh', text, fileText: text, files, ...places };
  }
  const text = powershellScript(test, steps, places);
  return { name: 'test.ps1', text, fileText: `${byteOrderMark}${text}exit $LASTEXITCODE\n`, files, ...places };
}

type Places = Pick<MachineScript, 'reportFile' | 'stepFile'>;

interface Steps {
  /** Makes the folder there. Absent where the first of `copy` does. */
  readonly make?: readonly string[];
  /** Each gets the helper as standard input where `pipes` is set. */
  readonly copy: readonly (readonly string[])[];
  readonly run: readonly string[];
  /** Prints the report and removes the folder. */
  readonly fetch: readonly string[];
  /** Removes the folder where `fetch` did not come to it. */
  readonly clean: readonly string[];
  readonly pipes: boolean;
  /** The status of the helper comes back behind the report, not as that of `run`. */
  readonly statusInReport: boolean;
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

function folderThere({ token }: MachineTest): string {
  return `/tmp/private-endpoint-test-${token}`;
}

function stepsOf(test: MachineTest, separator: string): Steps {
  const { machine } = test;
  const there = folderThere(test);
  // Fails when the folder is there already: nobody else can have prepared it.
  const make = `umask 077 && mkdir ${there}`;
  const receive = `umask 077 && cat > ${there}/helper.js`;
  const start = helperCommand(test, there);
  const run = `${needNode()}; ${start}`;
  const clean = `rm -rf ${there}`;
  const fetch = `cat ${there}/report; ${clean}`;
  const piped = (at: (command: string, ...options: readonly string[]) => readonly string[]): Steps => ({
    make: at(make, '-i'),
    copy: [at(receive, '-i')],
    run: at(run, '-it'),
    fetch: at(fetch, '-i'),
    clean: at(clean, '-i'),
    pipes: true,
    statusInReport: false,
    files: [],
  });
  switch (machine.kind) {
    case 'ssh': {
      // One word for the login shell of that machine; -l for the PATH that a person there has.
      const at = (command: string, ...options: readonly string[]): readonly string[] => [
        'ssh',
        ...options,
        machine.destination,
        `sh -lc ${quoteWord('posix', command)}`,
      ];
      return {
        make: at(make),
        copy: [at(receive)],
        run: at(run, '-t'),
        fetch: at(fetch),
        // Nobody is asked for a password just for this, or waits long for a machine that is gone.
        clean: at(clean, '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15'),
        pipes: true,
        statusInReport: false,
        files: [],
      };
    }
    case 'docker':
      return piped((command, ...options) => [
        ...['docker', 'exec', ...options, machine.container],
        ...['sh', '-c', command],
      ]);
    case 'kubernetes': {
      const { pod, namespace, container } = machine;
      return piped((command, ...options) => [
        ...['kubectl', 'exec', ...options, pod],
        ...(namespace === undefined ? [] : ['--namespace', namespace]),
        ...(container === undefined ? [] : ['--container', container]),
        ...['--', 'sh', '-c', command],
      ]);
    }
    case 'ssm':
      return sessionSteps(test, machine, there, separator, { make, start, fetch, clean });
  }
}

const statusMark = 'Status of the helper:';

/**
 * Sessions of Systems Manager have no standard input of their own: the helper goes there in parts, as parameters. The AWS
 * CLI ends with 0 whatever became of a session (aws/session-manager-plugin#59), so the status of the helper is written
 * down there.
 */
function sessionSteps(
  { helper, folder }: MachineTest,
  { instanceId, region, profile }: Extract<Machine, { readonly kind: 'ssm' }>,
  there: string,
  separator: string,
  commands: Readonly<Record<'make' | 'start' | 'fetch' | 'clean', string>>,
): Steps {
  // The best quality is a tenth smaller and holds the editor up for seconds.
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const packed = brotliCompressSync(helper.content, quality).toString('base64');
  const parts = packed.match(new RegExp(`.{1,${longestPart}}`, 'g')) ?? [];
  const hash = createHash('sha256').update(helper.content).digest('hex');
  const unpack = [
    `const fs = require('fs')`,
    `const js = require('zlib').brotliDecompressSync(Buffer.from(fs.readFileSync('${there}/packed', 'latin1'), 'base64'))`,
    `if (require('crypto').createHash('sha256').update(js).digest('hex') !== '${hash}') throw new Error('incomplete')`,
    `fs.writeFileSync('${there}/helper.js', js)`,
  ].join('; ');
  const test = `${needNode()}; node -e ${quoteWord('posix', unpack)} && ${commands.start}`;
  const statusFile = `${there}/status`;
  const texts: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      parts.map((part, index) => [
        `copy-${String(index + 1)}`,
        `${index === 0 ? `${commands.make} && ` : ''}printf %s ${part} >> ${there}/packed`,
      ]),
    ),
    run: `(${test}); echo ${statusMark} $? > ${statusFile}`,
    fetch: `cat ${statusFile}; ${commands.fetch}`,
    clean: commands.clean,
  };
  const at = (name: string): readonly string[] => [
    ...['aws', 'ssm', 'start-session', '--target', instanceId, '--region', region],
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...['--document-name', 'AWS-StartInteractiveCommand'],
    ...['--parameters', `file://${folder}${separator}${name}.json`],
  ];
  return {
    copy: parts.map((_, index) => at(`copy-${String(index + 1)}`)),
    run: at('run'),
    fetch: at('fetch'),
    clean: at('clean'),
    pipes: false,
    statusInReport: true,
    files: Object.entries(texts).map(([name, command]) => ({
      name: `${name}.json`,
      text: asciiJson({ command: [command] }),
    })),
  };
}

/** Ends there with 127 and says why when there is no Node.js that the helper runs on. Older ones read this line, too. */
function needNode(): string {
  const isOld = 'process.exit(+(parseInt(process.versions.node) < 18))';
  const message = t('Node.js 18 or newer is needed on this machine, in the PATH that sh has there. Found:');
  const found = '$(command -v node && node --version)';
  return `node -e ${quoteWord('posix', isOld)} 2> /dev/null || { echo ${quoteWord('posix', message)} ${found}; exit 127; }`;
}

function helperCommand({ connectionString, signIn, route, machine }: MachineTest, there: string): string {
  const words = [
    'test',
    // A quote has no place in a string, and several shells in a row would each have a meaning for it.
    connectionString.replaceAll('"', '%22').replaceAll("'", '%27'),
    ...signInWords(signIn),
    ...route,
    ...['--report', `${there}/report`],
    ...['--where', machine.kind],
  ];
  return ['node', `${there}/helper.js`, ...words.map((word) => quoteWord('posix', word))].join(' ');
}

function signInWords(signIn: MachineTest['signIn']): readonly string[] {
  switch (signIn.kind) {
    case 'skip':
      return ['--no-sign-in'];
    case 'password':
      // With the equals sign a name that begins with a dash is no option.
      return signIn.username.startsWith('-')
        ? [`--username=${signIn.username}`, '--password-prompt']
        : ['--username', signIn.username, '--password-prompt'];
    case 'aws':
      return ['--aws'];
  }
}

// ---------------------------------------------------------------- the script on this machine

/** In a subshell: what ends it, and what it sets, is nothing to a terminal that it is pasted into. */
function posixScript(test: MachineTest, steps: Steps, { reportFile, stepFile }: Places): string {
  const { machine, helper } = test;
  const word = (text: string): string => quoteWord('posix', text);
  const isSsh = machine.kind === 'ssh';
  const command = (words: readonly string[]): string => {
    const [tool, ...rest] = words.map(word);
    return [tool, ...(isSsh ? ['"$@"'] : []), ...rest].join(' ');
  };
  const input = steps.pipes ? ` < ${word(helper.path)}` : '';
  const report = word(reportFile);
  const at = (step: MachineStep): string => `echo ${step} > ${word(stepFile)}`;
  return `${[
    '(',
    'set -u',
    'umask 077',
    ...(isSsh
      ? [
          ...commentLines('posix', t('One sign-in for all steps')),
          `host=${word(machine.destination)}`,
          'control=$(mktemp -d) || exit 1',
          'set -- -o ControlMaster=auto -o ControlPersist=60 -o "ControlPath=$control/c"',
        ]
      : []),
    'made=',
    'leave() {',
    '  if [ -n "$made" ]; then',
    `    ${command(steps.clean)} < /dev/null > /dev/null 2>&1 || echo ${word(leftSentence(test))}`,
    '  fi',
    ...(isSsh ? ['  ssh "$@" -O exit "$host" 2> /dev/null', '  rm -rf "$control"'] : []),
    '}',
    `trap 'leave "$@"' EXIT`,
    // A signal alone ends some shells without what is for the end.
    ...[
      ['HUP', 129],
      ['INT', 130],
      ['TERM', 143],
    ].map(([signal, status]) => `trap 'exit ${String(status)}' ${String(signal)}`),
    at('copy'),
    `echo ${word(t('Copying the helper …'))}`,
    // Before it is: whatever interrupts it may come right after.
    'made=yes',
    ...(steps.make === undefined ? [] : [`${command(steps.make)} || { made=; exit 1; }`]),
    ...steps.copy.map((words) => `${command(words)}${input} || exit 1`),
    at('run'),
    command(steps.run),
    ...(steps.statusInReport ? [] : ['result=$?']),
    `echo ${word(t('Fetching the report …'))}`,
    `if ${command(steps.fetch)} > ${report}; then`,
    ...(steps.statusInReport
      ? [
          `  result=$(sed -n 's/^${statusMark} \\([0-9]*\\).*/\\1/p' ${report})`,
          '  if [ -n "$result" ]; then made=; fi',
        ]
      : ['  made=']),
    'else',
    `  ${at('fetch')}`,
    // Without a report it did not go well, whatever the helper has seen.
    ...(steps.statusInReport ? [] : ['  if [ "$result" -eq 0 ]; then result=1; fi']),
    'fi',
    'exit "${result:-1}"',
    ')',
  ].join('\n')}\n`;
}

function leftSentence(test: MachineTest): string {
  return t('This folder may be left on the other machine: {0}', folderThere(test));
}

/**
 * In a block of its own, for the same reason; the status is in `$LASTEXITCODE` at its end, as after a program.
 */
function powershellScript(test: MachineTest, steps: Steps, { reportFile, stepFile }: Places): string {
  const word = (text: string): string => quoteWord('powershell', text);
  const command = (words: readonly string[]): string => words.map(word).join(' ');
  const input = steps.pipes ? `Get-Content -Raw -Encoding Ascii -LiteralPath ${word(test.helper.path)} | ` : '';
  const at = (step: MachineStep): string => `Set-Content -Encoding Ascii -LiteralPath ${word(stepFile)} ${step}`;
  return `${[
    '& {',
    "$ErrorActionPreference = 'Continue'",
    '$OutputEncoding = [Text.Encoding]::ASCII',
    '$status = 1',
    '$made = $false',
    'try {',
    at('copy'),
    `Write-Host ${word(t('Copying the helper …'))}`,
    '$made = $true',
    ...(steps.make === undefined ? [] : [command(steps.make), 'if ($LASTEXITCODE -ne 0) { $made = $false; return }']),
    ...steps.copy.flatMap((words) => [`${input}${command(words)}`, 'if ($LASTEXITCODE -ne 0) { return }']),
    at('run'),
    command(steps.run),
    ...(steps.statusInReport ? [] : ['$status = $LASTEXITCODE']),
    `Write-Host ${word(t('Fetching the report …'))}`,
    `${command(steps.fetch)} | Set-Content -Encoding Ascii -LiteralPath ${word(reportFile)}`,
    'if ($LASTEXITCODE -ne 0) {',
    `  ${at('fetch')}`,
    '  if ($status -eq 0) { $status = 1 }',
    '} else {',
    ...(steps.statusInReport
      ? [
          `  $found = Select-String -Pattern '^${statusMark} (\\d+)' -LiteralPath ${word(reportFile)}`,
          '  if ($found) { $status = [int]$found.Matches[0].Groups[1].Value; $made = $false }',
        ]
      : ['  $made = $false']),
    '}',
    '} finally {',
    'if ($made) {',
    `  ${command(steps.clean)} | Out-Null`,
    `  if ($LASTEXITCODE -ne 0) { Write-Host ${word(leftSentence(test))} }`,
    '}',
    '$global:LASTEXITCODE = $status',
    '}',
    '}',
  ].join('\n')}\n`;
}
