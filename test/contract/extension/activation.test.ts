import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildIfNeeded } from '../../../scripts/build-if-needed';
import { root } from '../../../scripts/root';
import type { Recorded } from './record-activation';

describe('activation, in a process of its own', () => {
  let folder: string;
  before(async function () {
    this.timeout(60_000);
    buildIfNeeded();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'activation-')));
    await build({
      entryPoints: [join(import.meta.dirname, 'record-activation.ts')],
      outdir: folder,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      logLevel: 'warning',
    });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function record(file: string): Recorded {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'record-activation.js'), file], {
      encoding: 'utf8',
      timeout: 15_000,
      // A sandbox that was handed over is something to read of, too.
      env: { ...process.env, ATLAS_PRIVATE_ENDPOINTS_SANDBOX_FILE: join(folder, 'sandbox.json') },
    });
    assert.equal(status, 0, stderr || 'it did not come to an end');
    return JSON.parse(stdout) as Recorded;
  }

  it('reads its own code and nothing else, opens no socket, asks nobody and starts no process', () => {
    const entry = realpathSync(join(root, 'dist/extension.js'));
    const { resources, waitingCalls, editorCalls } = record(entry);
    assert.deepEqual(resources, []);
    assert.deepEqual([...new Set(waitingCalls)].sort(), [`readFileSync ${entry}`, `realpathSync ${entry}`]);
    // Through the editor, neither: it announces what the extension offers, and listens.
    const announced = /(^|\.)(register\w+|create\w+|on[A-Z]\w+|from|fire|joinPath|executeCommand)$/;
    assert.deepEqual([...new Set(editorCalls)].filter((call) => !announced.test(call)).sort(), []);
    assert.ok(editorCalls.includes('window.createTreeView'), 'it was activated');
  });

  const does: Readonly<Record<string, { readonly code: string; readonly shows: RegExp }>> = {
    'reads a file': { code: `require('node:fs').readFile(__filename, () => {})`, shows: /"FSREQCALLBACK"/ },
    'reads a file with a promise': {
      code: `require('node:fs/promises').readFile(__filename)`,
      shows: /"FSREQPROMISE"/,
    },
    'reads a file and waits': {
      code: `require('node:fs').readFileSync('/dev/null')`,
      shows: /"readFileSync \/dev\/null"/,
    },
    'reads a file later': {
      code: `setTimeout(() => require('node:fs').readFile(__filename, () => {}), 600)`,
      shows: /"FSREQCALLBACK"/,
    },
    'reads a file through the editor': {
      code: `require('vscode').workspace.fs.readFile('file')`,
      shows: /"workspace.fs.readFile"/,
    },
    'reads a secret': { code: `context.secrets.get('account')`, shows: /"context.secrets.get"/ },
    'loads more code': { code: `require('./more.js')`, shows: /"readFileSync [^"]+more\.js"/ },
    'opens a socket': {
      code: `require('node:net').connect({ host: '127.0.0.1', port: 9 }).on('error', () => {})`,
      shows: /"TCPWRAP"/,
    },
    'opens a socket for datagrams': { code: `require('node:dgram').createSocket('udp4').close()`, shows: /"UDPWRAP"/ },
    'sends a request': { code: `fetch('http://127.0.0.1:65535').catch(() => {})`, shows: /"TCPWRAP"/ },
    'asks for an address': { code: `require('node:dns').lookup('localhost', () => {})`, shows: /"GETADDRINFOREQWRAP"/ },
    'asks a name server': {
      code: `const r = new (require('node:dns').Resolver)(); r.setServers(['127.0.0.1:9']); r.resolve4('a.test', () => {}); r.cancel()`,
      shows: /"QUERYWRAP"/,
    },
    'starts a process': {
      code: `require('node:child_process').spawn(process.execPath, ['-v'])`,
      shows: /"PROCESSWRAP"/,
    },
    'starts a process and waits': {
      code: `require('node:child_process').spawnSync(process.execPath, ['-v'])`,
      shows: /"spawnSync /,
    },
  };
  for (const [what, { code, shows }] of Object.entries(does)) {
    it(`would be seen when it ${what}`, () => {
      const file = join(folder, 'does.js');
      writeFileSync(join(folder, 'more.js'), '');
      writeFileSync(file, `exports.activate = (context) => { ${code} };`);
      assert.match(JSON.stringify(record(file)), shows);
    });
  }
});
