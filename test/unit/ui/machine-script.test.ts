import assert from 'node:assert/strict';
import { machineScript, type MachineScript } from '../../../src/ui/elsewhere/machine-script';
import type { Shell } from '../../../src/core/command-plan';

const home = String.raw`C:\Users\Zoë Müller`;

function scriptFor(shell: Shell): MachineScript {
  return machineScript(
    {
      machine: { kind: 'docker', container: 'app' },
      helper: { path: String.raw`${home}\helper.js`, content: Buffer.from('0') },
      connectionString: 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net',
      signIn: { kind: 'skip' },
      route: [],
      folder: home,
      token: 'token',
    },
    shell,
  );
}

/** As Windows PowerShell 5.1 reads a script: by its byte order mark, else in the code page of the system. */
function readByWindowsPowerShell(bytes: Buffer): string {
  const marked = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return new TextDecoder(marked ? 'utf-8' : 'windows-1252').decode(bytes);
}

describe('the script of a test on another machine', () => {
  it('for PowerShell is read the same by Windows PowerShell, with letters that are not ASCII', () => {
    const { fileText, text } = scriptFor('powershell');
    // A file may end its window, what is pasted into one must not.
    assert.equal(readByWindowsPowerShell(Buffer.from(fileText)), `${text}exit $LASTEXITCODE\n`);
    assert.ok(text.includes(`'${home}\\helper.js'`) && text.includes(`'${home}\\report.txt'`));
  });

  it('shows no byte order mark to a person, and has none for sh, which would take it for a command', () => {
    assert.ok(scriptFor('powershell').text.startsWith('& {\n'));
    const { fileText, text } = scriptFor('posix');
    assert.ok(fileText.startsWith('(\n'));
    assert.equal(fileText, text);
  });

  it('for PowerShell removes the folder there in every way out, and says which step it came to', () => {
    const lines = scriptFor('powershell')
      .text.split('\n')
      .map((line) => line.trim());
    const place = (beginning: string): number => {
      const index = lines.findIndex((line) => line.startsWith(beginning));
      assert.notEqual(index, -1, beginning);
      return index;
    };
    const order = [
      'try {',
      'Set-Content -Encoding Ascii -LiteralPath ',
      '$made = $true',
      "docker exec -i app sh -c 'umask 077",
      'if ($LASTEXITCODE -ne 0) { $made = $false; return }',
      'Get-Content ',
      'if ($LASTEXITCODE -ne 0) { return }',
      'docker exec -it app ',
      '$status = $LASTEXITCODE',
      '} finally {',
      'if ($made) {',
      "docker exec -i app sh -c 'rm -rf ",
      '$global:LASTEXITCODE = $status',
    ].map(place);
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    const steps = lines.flatMap((line) => /^Set-Content .*\\step\.txt' (\w+)$/u.exec(line)?.[1] ?? []);
    assert.deepEqual(steps, ['copy', 'run', 'fetch']);
  });
});
