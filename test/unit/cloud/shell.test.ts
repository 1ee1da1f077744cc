import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { Statement } from '../../../src/cloud/shell';
import { quoteWord, renderStatements } from '../../../src/cloud/shell';
import { readPowershellWords } from './powershell-words';

/** Anything that a word can hold: no NUL, which no shell can hand to a program. */
const text = fc
  .string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom(...Array.from('\'"`$\\!~*?[]{}()<>|&;#%=@,-\n\t ‘’‚‛')),
    ),
  })
  .filter((each) => !each.includes('\0'));

function posix(script: string, shell = 'bash'): string {
  return execFileSync(shell, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('words of commands', () => {
  it('come out of a real POSIX shell as they went in', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 60 }), (words) => {
        const line = words.map((word) => quoteWord('posix', word)).join(' ');
        assert.deepEqual(posix(`printf '%s\\0' ${line}`).split('\0').slice(0, -1), words);
      }),
      { numRuns: 40 },
    );
  });

  it('come out of PowerShell as they went in, by its quoting rules', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (words) => {
        const line = words.map((word) => quoteWord('powershell', word)).join(' ');
        assert.deepEqual(readPowershellWords(line, '"'), words);
      }),
    );
  });

  it('stay bare where every shell takes them for text', () => {
    for (const word of ['us-east-1', '--region', 'subnet-0123456789abcdef0', '/subscriptions/a.b_c']) {
      assert.equal(quoteWord('posix', word), word);
      assert.equal(quoteWord('powershell', word), word);
    }
    assert.equal(quoteWord('powershell', '10.0.0.0/16'), "'10.0.0.0/16'");
    assert.equal(quoteWord('powershell', '-x.y'), "'-x.y'");
    assert.equal(quoteWord('posix', ''), "''");
    assert.equal(quoteWord('posix', '=ls'), "'=ls'", 'zsh would look for the program');
  });

  it('escape a double quote for Windows PowerShell, which would hand it on bare', () => {
    const line = renderStatements([{ kind: 'run', words: ['atlas', 'x', '{"a"}'] }]).powershell;
    assert.match(
      line,
      /^\$nativeQuote = if \(\$PSNativeCommandArgumentPassing -in 'Standard', 'Windows'\) \{ '"' \} else \{ '\\"' \}\n/,
    );
    assert.match(line, /atlas x \('\{\{\{0\}a\{0\}\}\}' -f \$nativeQuote\)\n$/);
  });
});

describe('statements in a real POSIX shell', () => {
  const run = (statements: readonly Statement[], setUp = ''): string =>
    posix(`${setUp}\n${renderStatements(statements).posix}`);

  it('leave one command plain, and fold a long one', () => {
    assert.equal(renderStatements([{ kind: 'run', words: ['echo', 'a b'] }]).posix, "echo 'a b'\n");
    const long = 'x'.repeat(90);
    const folded = renderStatements([{ kind: 'run', words: ['echo', '--first', long, '--second', "it's"] }]).posix;
    assert.equal(folded.split('\n').length, 4);
    assert.equal(posix(folded), `--first ${long} --second it's\n`);
  });

  it('stop at the first failure without closing the terminal', () => {
    const script = renderStatements([
      { kind: 'run', words: ['false'] },
      { kind: 'run', words: ['echo', 'reached'] },
    ]).posix;
    assert.equal(posix(`${script}echo "still here: $?"`), 'still here: 1\n');
  });

  it('keep what a command printed, and act when it was None', () => {
    const statements = (value: string): readonly Statement[] => [
      { kind: 'capture', variable: 'groupId', words: ['echo', value] },
      {
        kind: 'whenNone',
        variable: 'groupId',
        then: [{ kind: 'capture', variable: 'groupId', words: ['echo', 'made'] }],
      },
      { kind: 'run', words: ['echo', { variable: 'groupId' }] },
    ];
    assert.equal(run(statements('None')), 'made\n');
    assert.equal(run(statements('sg 1')), 'sg 1\n');
  });

  it('act when a command prints a value; a failure of it is not theirs', () => {
    const statements: readonly Statement[] = [
      {
        kind: 'whenPrints',
        words: ['tool', 'state'],
        value: 'BROKEN DOWN',
        then: [{ kind: 'run', words: ['echo', 'mended'] }],
      },
      { kind: 'run', words: ['echo', 'end'] },
    ];
    assert.equal(run(statements, "tool() { echo warning >&2; echo 'BROKEN DOWN'; }"), 'mended\nend\n');
    assert.equal(run(statements, 'tool() { echo FINE; }'), 'end\n');
    assert.equal(run(statements, "tool() { echo 'BROKEN DOWN'; return 1; }"), 'end\n');
  });

  it('run unless a check succeeds', () => {
    const statements = (check: string): readonly Statement[] => [
      { kind: 'unless', check: [check], words: ['echo', 'made'] },
      { kind: 'run', words: ['echo', 'end'] },
    ];
    assert.equal(run(statements('false')), 'made\nend\n');
    assert.equal(run(statements('true')), 'end\n');
  });

  it('tolerate the one failure that is none, and no other', () => {
    const statements: readonly Statement[] = [
      { kind: 'tolerate', words: ['tool', 'x'], error: 'was not found' },
      { kind: 'run', words: ['echo', 'end'] },
    ];
    assert.equal(run(statements, "tool() { echo 'the rule was not found' >&2; return 1; }"), 'end\n');
    assert.throws(() => run(statements, "tool() { echo 'forbidden' >&2; return 1; }"), /forbidden/);
  });

  it('fail with what a command kept, unless that is one of the values that are well', () => {
    const statements = (value: string): readonly Statement[] => [
      { kind: 'capture', variable: 'theRefusal', words: ['echo', value] },
      { kind: 'expect', variable: 'theRefusal', beginnings: ['None', 'Gone.NotFound'] },
      { kind: 'run', words: ['echo', 'end'] },
    ];
    assert.equal(run(statements('None')), 'end\n');
    assert.equal(run(statements('Gone.NotFound\tit is not there')), 'end\n');
    assert.throws(() => run(statements('InUse\tit is used')), /InUse\tit is used/);
    assert.throws(() => run(statements('')), /Command failed/);
  });

  it('repeat for each row', () => {
    const body: readonly Statement[] = [
      { kind: 'run', words: ['echo', { variable: 'theName' }, { variable: 'value' }] },
    ];
    const rows = [
      ['a', '1 2'],
      ["b's", '$HOME'],
    ];
    assert.equal(
      run([{ kind: 'each', name: 'showIt', parameters: ['theName', 'value'], rows, body }]),
      "a 1 2\nb's $HOME\n",
    );
  });

  it('keep the AWS CLI from its pager, and Git Bash from making paths of resource ids', () => {
    const tools = ['aws', 'az', 'atlas'].map(
      (tool) => `${tool}() { sh -c 'echo "\${AWS_PAGER-unset} $MSYS_NO_PATHCONV"'; }`,
    );
    const plain = (...words: readonly string[]): string => run([{ kind: 'run', words }], tools.join('\n'));
    assert.equal(plain('aws', 'ec2', '--output', 'json'), ' \n');
    assert.equal(plain('az', 'show'), 'unset 1\n');
    assert.equal(plain('atlas', '--id', '/subscriptions/a'), 'unset 1\n');
    assert.equal(plain('atlas', '--id', 'a'), 'unset \n');
    const several: readonly Statement[] = [
      { kind: 'capture', variable: 'id', words: ['az', 'show'] },
      { kind: 'run', words: ['aws', 'ec2'] },
    ];
    assert.equal(run(several, tools.join('\n')), ' 1\n');
    assert.equal(renderStatements([{ kind: 'run', words: ['atlas', 'a'] }]).posix, 'atlas a\n');
  });

  it('take the first case that begins as a value does, and fail with a sentence', () => {
    const statements = (value: string): readonly Statement[] => [
      { kind: 'capture', variable: 'theStack', words: ['echo', value] },
      {
        kind: 'cases',
        variable: 'theStack',
        cases: [
          { beginning: 'None', then: [] },
          { beginning: "it's", then: [{ kind: 'run', words: ['echo', { prefix: 'Name=', variable: 'theStack' }] }] },
          { beginning: '', then: [{ kind: 'fail', text: "It isn't ours: 100 %s", variable: 'theStack' }] },
        ],
      },
      { kind: 'run', words: ['echo', 'end'] },
    ];
    assert.equal(run(statements('None')), 'end\n');
    assert.equal(run(statements("it's * mine")), "Name=it's * mine\nend\n");
    assert.throws(() => run(statements('other')), /It isn't ours: 100 %s other/);
  });

  it('hold a comment and what is only shown, whatever is in them, and do nothing about it', () => {
    const statements: readonly Statement[] = [
      { kind: 'comment', text: "it's $(echo run) `echo run` !! # \\\necho run\r\necho run" },
      { kind: 'shown', statements: [{ kind: 'run', words: ['echo', 'run'], input: "it's\n" }] },
      { kind: 'shown', statements: [{ kind: 'comment', text: 'nothing' }] },
      { kind: 'run', words: ['echo', 'end'] },
    ];
    assert.equal(run(statements), 'end\n');
    const { powershell } = renderStatements(statements);
    assert.match(powershell, /^# it's .*\n# echo run\n# echo run\nif \(\$false\) \{\n/m);
  });

  it('hand text to standard input', () => {
    assert.equal(run([{ kind: 'run', words: ['cat'], input: `{"a": "it's %s \\n"}` }]), `{"a": "it's %s \\n"}`);
  });
});

describe('statements in PowerShell', () => {
  it('wait, try again, and take the words of a value one by one', () => {
    const patience = { seconds: 10, times: 3 };
    const text = renderStatements([
      { kind: 'capture', variable: 'ids', words: ['aws', 'x'] },
      {
        kind: 'cases',
        variable: 'ids',
        cases: [
          { beginning: 'None', then: [{ kind: 'run', words: ['aws', 'y'] }] },
          { beginning: '', then: [{ kind: 'fail', text: "It isn't {ours}:", variable: 'ids' }] },
        ],
      },
      { kind: 'waitUntil', words: ['aws', 'state'], values: ['None', 'gone'], otherwise: "It's there.", ...patience },
      {
        kind: 'eachWord',
        list: 'ids',
        variable: 'id',
        body: [
          {
            kind: 'unlessBusy',
            words: ['aws', 'z', { prefix: 'Id=', variable: 'id' }],
            busy: 'InUse',
            done: 'NotFound',
            ...patience,
          },
        ],
      },
    ]).powershell;
    assert.deepEqual(text.split('\n').slice(3), [
      '$ids = aws x',
      "if ($LASTEXITCODE -ne 0) { throw 'aws failed' }",
      "if ($ids -like 'None*') {",
      '  aws y',
      "  if ($LASTEXITCODE -ne 0) { throw 'aws failed' }",
      '} else {',
      "  throw ('It isn''t {{ours}}: {0}' -f $ids)",
      '}',
      'for ($tries = 3; ; $tries -= 1) {',
      '  $output = aws state',
      "  if ($LASTEXITCODE -ne 0) { throw 'aws failed' }",
      "  if ($output -eq 'None' -or $output -eq 'gone') { break }",
      "  if ($tries -le 1) { throw 'It''s there.' }",
      '  Start-Sleep -Seconds 10',
      '}',
      'foreach ($id in (-split "$ids" | Where-Object { $_ })) {',
      '  for ($tries = 3; ; $tries -= 1) {',
      '    $output = (aws z "Id=$id" 2>&1 | ForEach-Object { "$_" }) -join "`n"',
      "    if ($LASTEXITCODE -eq 0 -or $output -match 'NotFound') { break }",
      "    if ($output -notmatch 'InUse') { throw $output }",
      '    if ($tries -le 1) { Write-Host $output; break }',
      '    Start-Sleep -Seconds 10',
      '  }',
      '}',
      '}',
      '',
    ]);
  });

  it('keep the AWS CLI from its pager by a pipe', () => {
    const printed = renderStatements([{ kind: 'run', words: ['aws', 'ec2', '--output', 'json'] }]).powershell;
    assert.equal(printed, 'aws ec2 --output json | Write-Output\n');
    assert.equal(renderStatements([{ kind: 'run', words: ['aws', 'ec2', 'wait'] }]).powershell, 'aws ec2 wait\n');
  });

  it('keep the command prompt, which reads the line of a batch file again, from reading more than text', () => {
    const plain = renderStatements([{ kind: 'run', words: ['az', '--name', 'a{1}(b)', 'k=a|calc', 'a (b)'] }]);
    assert.equal(
      plain.powershell,
      [
        `$cmdQuote = if ($PSNativeCommandArgumentPassing -eq 'Standard') { '' } else { '"' }`,
        "az --name ('{0}a{{1}}(b){0}' -f $cmdQuote) ('{0}k=a|calc{0}' -f $cmdQuote) 'a (b)'",
        '',
      ].join('\n'),
    );
    assert.equal(renderStatements([{ kind: 'run', words: ['aws', 'a(b)'] }]).powershell, "aws 'a(b)'\n");
  });

  it('look at the exit code of every program, and at its presence', () => {
    const text = renderStatements([
      { kind: 'capture', variable: 'id', words: ['aws', 'x'] },
      { kind: 'whenNone', variable: 'id', then: [{ kind: 'run', words: ['aws', 'y', { variable: 'id' }] }] },
      { kind: 'unless', check: ['az', 'a'], words: ['az', 'b'] },
      { kind: 'whenPrints', words: ['aws', 'w'], value: 'B', then: [{ kind: 'run', words: ['aws', 'v'] }] },
      { kind: 'tolerate', words: ['aws', 'z'], error: 'Duplicate' },
      { kind: 'expect', variable: 'id', beginnings: ['None', 'a'] },
      {
        kind: 'each',
        name: 'showIt',
        parameters: ['a'],
        rows: [['it’s']],
        body: [{ kind: 'run', words: ['az', { variable: 'a' }] }],
      },
    ]).powershell;
    assert.equal(
      text,
      [
        '& {',
        "$ErrorActionPreference = 'Continue'",
        'Get-Command aws -ErrorAction Stop | Out-Null',
        'Get-Command az -ErrorAction Stop | Out-Null',
        `$cmdQuote = if ($PSNativeCommandArgumentPassing -eq 'Standard') { '' } else { '"' }`,
        '$id = aws x',
        "if ($LASTEXITCODE -ne 0) { throw 'aws failed' }",
        "if ($id -eq 'None') {",
        '  aws y $id',
        "  if ($LASTEXITCODE -ne 0) { throw 'aws failed' }",
        '}',
        'az a *> $null',
        'if ($LASTEXITCODE -ne 0) {',
        '  az b',
        "  if ($LASTEXITCODE -ne 0) { throw 'az failed' }",
        '}',
        '$output = aws w 2>$null',
        "if ($LASTEXITCODE -eq 0 -and $output -eq 'B') {",
        '  aws v',
        "  if ($LASTEXITCODE -ne 0) { throw 'aws failed' }",
        '}',
        '$output = (aws z 2>&1 | ForEach-Object { "$_" }) -join "`n"',
        "if ($LASTEXITCODE -ne 0 -and $output -notmatch 'Duplicate') { throw $output }",
        `if ($id -notlike 'None*' -and $id -notlike 'a*') { throw "$id" }`,
        'function Invoke-ShowIt($a) {',
        '  az "$cmdQuote$a$cmdQuote"',
        "  if ($LASTEXITCODE -ne 0) { throw 'az failed' }",
        '}',
        "Invoke-ShowIt 'it’’s'",
        '}',
        '',
      ].join('\n'),
    );
  });
});
