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
});
