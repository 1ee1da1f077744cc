import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { problemOf } from '../../../src/core/problem';
import type { Services } from '../../../src/services';
import { answer, find, sandbox, signedIn } from './extension';

const host = 'cluster0-pl-0-k45tj.mongodb.net';

describe('insertion into unusual documents', () => {
  let services: Services;
  let user: string;
  let cluster: Awaited<ReturnType<typeof find>>;
  const files = memoryFiles();
  const registrations: vscode.Disposable[] = [];
  before(async () => {
    services = await signedIn();
    user = (await sandbox()).dbUsername;
    cluster = await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    registrations.push(
      vscode.workspace.registerFileSystemProvider('endpoints-memory', files, { isCaseSensitive: true }),
      vscode.workspace.registerFileSystemProvider('endpoints-readonly', files, {
        isCaseSensitive: true,
        isReadonly: true,
      }),
    );
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(() => {
    for (const one of registrations) one.dispose();
  });
  const open = async (uri: vscode.Uri, cursor: vscode.Position): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(cursor, cursor);
    return document;
  };
  const insert = async (...replies: readonly (string | RegExp)[]) => {
    const prompts = answer(services, ...replies);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString', cluster);
    prompts.done();
    return prompts.asked;
  };

  it('works in a virtual file system, and is saved there', async () => {
    files.texts.set('/app.py', 'connect("")\n');
    const document = await open(
      vscode.Uri.from({ scheme: 'endpoints-memory', path: '/app.py' }),
      new vscode.Position(0, 9),
    );
    await insert(/AWS/, 'DNS seedlist', user, 'Connection string');
    await document.save();
    assert.equal(files.texts.get('/app.py'), `connect("mongodb+srv://${user}:<db_password>@${host}/")\n`);
  });

  it('asks nothing and changes nothing where files cannot be written', async () => {
    files.texts.set('/fixed.py', 'connect("")\n');
    const document = await open(
      vscode.Uri.from({ scheme: 'endpoints-readonly', path: '/fixed.py' }),
      new vscode.Position(0, 9),
    );
    assert.deepEqual(await insert(), []);
    assert.equal(document.getText(), 'connect("")\n');
  });

  for (const [what, path, lock] of [
    ['one file of many cannot be written, before anything is asked', '/locked.py', undefined],
    ['the editor was locked', '/open.py', 'workbench.action.files.setActiveEditorReadonlyInSession'],
  ] as const) {
    it(`changes nothing and says so where ${what}`, async () => {
      files.texts.set(path, 'connect("")\n');
      const uri = vscode.Uri.from({ scheme: 'endpoints-memory', path });
      const document = await open(uri, new vscode.Position(0, 9));
      if (lock !== undefined) await vscode.commands.executeCommand(lock);
      const { notify } = services.commands;
      const original = { ...notify };
      const told: string[] = [];
      Object.assign(notify, {
        error: (error: unknown) => told.push(problemOf(error)?.code ?? String(error)),
        message: (text: string) => told.push(text),
      });
      try {
        await insert(...(lock === undefined ? [] : [/AWS/, 'DNS seedlist', user, 'Connection string']));
      } finally {
        Object.assign(notify, original);
      }
      assert.deepEqual(told, ['EDITOR_READ_ONLY']);
      assert.equal(document.getText(), 'connect("")\n');
    });
  }

  it('goes into a file with changes that are not saved, and leaves it unsaved', async () => {
    files.texts.set('/dirty.py', 'connect("")\n');
    const uri = vscode.Uri.from({ scheme: 'endpoints-memory', path: '/dirty.py' });
    const document = await open(uri, new vscode.Position(0, 9));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(1, 0), '# mine\n');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await insert(/AWS/, 'DNS seedlist', user, 'Connection string');
    assert.equal(document.getText(), `connect("mongodb+srv://${user}:<db_password>@${host}/")\n# mine\n`);
    assert.ok(document.isDirty);
    assert.equal(files.texts.get('/dirty.py'), 'connect("")\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'connect("")\n# mine\n', 'one step, and not what was typed before');
  });

  it('works in a cell of a notebook, in its language', async () => {
    const data = new vscode.NotebookData([
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'client = MongoClient()', 'python'),
    ]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const cell = notebook.cellAt(0).document;
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), cell.uri.toString(), 'the cell has the cursor');
    editor.selection = new vscode.Selection(0, 21, 0, 21);
    await insert(/AWS/, 'DNS seedlist', user, 'Connection string');
    assert.equal(cell.getText(), `client = MongoClient("mongodb+srv://${user}:<db_password>@${host}/")`);
  });
});

/** A file system without folders that lives in memory. */
function memoryFiles() {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const texts = new Map<string, string>();
  const nothing = (): never => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const textOf = ({ path }: vscode.Uri): string => {
    const text = texts.get(path);
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return text;
  };
  return {
    texts,
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri: vscode.Uri) => ({
      type: vscode.FileType.File,
      ctime: 0,
      mtime: 0,
      size: textOf(uri).length,
      ...(uri.path === '/locked.py' ? { permissions: vscode.FilePermission.Readonly } : {}),
    }),
    readFile: (uri: vscode.Uri) => new TextEncoder().encode(textOf(uri)),
    writeFile: ({ path }: vscode.Uri, content: Uint8Array) => {
      texts.set(path, new TextDecoder().decode(content));
    },
    readDirectory: nothing,
    createDirectory: nothing,
    delete: nothing,
    rename: nothing,
  } satisfies vscode.FileSystemProvider & { readonly texts: Map<string, string> };
}
