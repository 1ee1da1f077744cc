import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { parse } from 'dotenv';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { answer, signedIn } from './extension';

const host = 'cluster0-pl-0-k45tj.mongodb.net';
const secret = `mongodb+srv://u:canary5@${host}/`;

/** What is used of VS Code's own extension. */
interface GitApi {
  openRepository(root: vscode.Uri): Promise<unknown>;
}

describe('passwords in files', () => {
  let services: Services;
  let root: vscode.Uri;
  before(async () => {
    services = await signedIn();
    const first = vscode.workspace.workspaceFolders?.[0];
    assert.ok(first);
    root = first.uri;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['.env', '.git', '.gitignore', 'passwords', 'passwords.ipynb']) {
      await vscode.workspace.fs.delete(at(name), { recursive: true }).then(undefined, () => undefined);
    }
  });

  const at = (path: string): vscode.Uri => vscode.Uri.joinPath(root, path);
  const write = async (path: string, text: string): Promise<vscode.Uri> => {
    await vscode.workspace.fs.writeFile(at(path), new TextEncoder().encode(text));
    return at(path);
  };
  const read = async (path: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(at(path)));
  const open = async (path: string, text: string): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(await write(path, text));
    await vscode.window.showTextDocument(document);
    return document;
  };
  const move = async ({ uri }: vscode.TextDocument, ...replies: readonly (string | boolean)[]) => {
    const prompts = answer(services, 'MONGODB_URI', ...replies);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.moveToEnvironment', uri.toString(), 0, 12);
    prompts.done();
    return prompts.asked.map(({ text }) => text);
  };

  it('move into a file of which nobody can say that git ignores it only when the person says so', async () => {
    const document = await open('passwords/a.js', `connect("${secret}");\n`);
    const asked = await move(document, true);
    assert.match(asked.at(-1) ?? '', /Write the password into \.env\?/);
    assert.equal(document.getText(), 'connect(process.env.MONGODB_URI);\n');
    assert.equal(parse(await read('.env')).MONGODB_URI, secret);
  });

  it('move into a file that git takes only when git ignores it from then on', async () => {
    await vscode.workspace.fs.createDirectory(at('.git'));
    const document = await open('passwords/b.js', `connect("${secret}");\n`);
    const asked = await move(document, 'Add it to .gitignore');
    assert.match(asked.at(-1) ?? '', /Git does not ignore \.env/);
    assert.equal(await read('.gitignore'), '/.env\n');
    assert.equal(parse(await read('.env')).MONGODB_URI, secret);
    assert.equal(document.getText(), 'connect(process.env.MONGODB_URI);\n');
  });

  it('stay where they are when git has the other file already: .gitignore does not change that', async function () {
    const repository = at('passwords/repository');
    const git = (...command: readonly string[]) =>
      execFileSync('git', command, { cwd: repository.fsPath, stdio: 'pipe' });
    const found = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    if (found === undefined || spawnSync('git', ['--version']).status !== 0) {
      process.stderr.write('skipped: this machine or this VS Code has no git\n');
      this.skip();
    }
    const text = `connect("${secret}");\n`;
    const document = await open('passwords/repository/c.js', text);
    await write('passwords/repository/.env', 'A=1\n');
    git('init', '--quiet');
    git('add', '.env');
    await write('passwords/repository/.gitignore', '.env\n');
    await (await found.activate()).getAPI(1).openRepository(repository);
    await move(document, 'Add it to .gitignore');
    assert.equal(document.getText(), text);
    assert.equal(await read('passwords/repository/.env'), 'A=1\n');
  });

  it('are found in a cell of a notebook that git takes, and move to the environment', async () => {
    await vscode.workspace.fs.createDirectory(at('.git'));
    await write('.gitignore', '.env\n');
    const file = await write(
      'passwords/note.ipynb',
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: { language_info: { name: 'python' } },
        cells: [
          {
            id: 'a',
            cell_type: 'code',
            metadata: {},
            outputs: [],
            execution_count: null,
            source: [`connect("${secret}")`],
          },
        ],
      }),
    );
    // The nearest one is that of the notebook's folder.
    await write('passwords/.env', 'A=1\n');
    const notebook = await vscode.workspace.openNotebookDocument(file);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    await problemIn(cell, 'STRING_PASSWORD_IN_FILE');
    await move(cell);
    assert.equal(cell.getText(), 'import os\nconnect(os.environ["MONGODB_URI"])');
    assert.deepEqual(parse(await read('passwords/.env')), { A: '1', MONGODB_URI: secret });
    await notebook.save();
  });

  it('go to no host that the question before all tests does not name', async () => {
    await open('passwords/d.js', `connect("mongodb://u:pw@${host}:27017,stranger.invalid:27017/?tls=true");\n`);
    const files = await services.commands.strings.files();
    files.rescan();
    await files.scanned();
    const prompts = answer(services, false);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.checkAllStrings');
    prompts.done();
    const [{ detail = '' } = {}] = prompts.asked;
    assert.match(detail, /From \S+ to: stranger\.invalid, /);
    assert.ok(detail.includes(host), detail);
  });

  /** Waits until a document has a problem. */
  async function problemIn({ uri }: vscode.TextDocument, code: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        const codes = vscode.languages.getDiagnostics(uri).map((one) => one.code);
        if (!codes.includes(code)) return;
        clearTimeout(timer);
        watching.dispose();
        resolve();
      };
      const watching = vscode.languages.onDidChangeDiagnostics(look);
      const timer = setTimeout(() => {
        watching.dispose();
        reject(new Error(`no ${code} in ${uri.path}`));
      }, 10_000);
      look();
    });
  }
});
