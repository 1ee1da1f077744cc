import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { answer, sandbox, signedIn } from './extension';

const chosen = ['storefront-sandbox', 'Cluster0', /AWS/, 'DNS seedlist'] as const;
const host = 'cluster0-pl-0-k45tj.mongodb.net';

describe('connection strings as environment variables', () => {
  let services: Services;
  let user: string;
  let password: string;
  let folder: vscode.Uri;
  let count = 0;
  before(async () => {
    services = await signedIn();
    ({ dbUsername: user, dbPassword: password } = await sandbox());
    const first = vscode.workspace.workspaceFolders?.[0];
    assert.ok(first);
    folder = first.uri;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    for (const name of ['.env', '.gitignore', '.git', 'variables']) await remove(vscode.Uri.joinPath(folder, name));
  });

  const open = async (path: string, text: string, at = text.indexOf('|')): Promise<vscode.TextEditor> => {
    // A folder of its own each time: the editor keeps documents of deleted files for a while.
    count += 1;
    const file = vscode.Uri.joinPath(folder, 'variables', String(count), path);
    await write(file, text.replace('|', ''));
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    const position = document.positionAt(at);
    editor.selection = new vscode.Selection(position, position);
    return editor;
  };
  const insert = async (...replies: readonly (string | undefined)[]) => {
    const prompts = answer(services, ...chosen, user, 'Environment variable', ...replies);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString');
    prompts.done();
    return prompts.asked;
  };
  const entries = async () => parse(await read(vscode.Uri.joinPath(folder, '.env')));

  it('read it in the language at the cursor, set it in a new .env file, and are undone in one step', async () => {
    const { document } = await open('client.js', 'const client = new MongoClient(|);\n');
    await insert('MONGODB_URI');
    assert.equal(document.getText(), 'const client = new MongoClient(process.env.MONGODB_URI);\n');
    assert.deepEqual(await entries(), { MONGODB_URI: `mongodb+srv://${user}:<db_password>@${host}/` });
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'const client = new MongoClient();\n');
  });

  it('bring the import that they need, at all cursors at once', async () => {
    const editor = await open('client.py', 'a = MongoClient(|)\nb = MongoClient()\n');
    editor.selections = [new vscode.Selection(0, 16, 0, 16), new vscode.Selection(1, 16, 1, 16)];
    await insert('MONGODB_URI');
    const line = (name: string) => `${name} = MongoClient(os.environ["MONGODB_URI"])\n`;
    assert.equal(editor.document.getText(), `import os\n${line('a')}${line('b')}`);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'a = MongoClient()\nb = MongoClient()\n');
  });

  it('bring what they need before them at the very same place, and a declaration behind all of them', async () => {
    const empty = await open('empty.py', '|');
    await insert('MONGODB_URI');
    assert.equal(empty.document.getText(), 'import os\nos.environ["MONGODB_URI"]');
    const editor = await open('script.py', '#!/usr/bin/env python3\n|\n# note\n');
    await insert('MONGODB_URI');
    const read = 'os.environ["MONGODB_URI"]';
    assert.equal(editor.document.getText(), `#!/usr/bin/env python3\nimport os\n${read}\n# note\n`);
    const twice = await open('twice.py', '|print()\n');
    twice.selections = [new vscode.Selection(0, 6, 0, 6), new vscode.Selection(0, 0, 0, 0)];
    await insert('MONGODB_URI');
    assert.equal(twice.document.getText(), `import os\n${read}print(${read})\n`);
    const module = await open('main.tf', 'a = |\nb = ');
    module.selections = [new vscode.Selection(0, 4, 0, 4), new vscode.Selection(1, 4, 1, 4)];
    await insert('MONGODB_URI');
    assert.ok(
      module.document.getText().startsWith('a = var.mongodb_uri\nb = var.mongodb_uri\n\nvariable "mongodb_uri" {\n'),
      module.document.getText(),
    );
  });

  it('go into the nearest .env file, and leave its other lines and unsaved changes alone', async () => {
    const near = vscode.Uri.joinPath(folder, 'variables/.env');
    await write(near, '# first\nMONGODB_URI=\nLAST=1\n');
    const unsaved = await vscode.workspace.openTextDocument(near);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(near, new vscode.Position(0, 0), 'MINE=1\n');
    await vscode.workspace.applyEdit(edit);
    await open('src/client.js', 'connect(|)\n');
    await insert('MONGODB_URI');
    assert.equal(await exists(vscode.Uri.joinPath(folder, '.env')), false);
    assert.ok(unsaved.isDirty, 'what a person has not saved is not saved for them');
    const lines = unsaved.getText().split('\n');
    assert.deepEqual([lines[0], lines[1], lines[3], lines[4]], ['MINE=1', '# first', 'LAST=1', '']);
    assert.equal(parse(unsaved.getText()).MONGODB_URI, `mongodb+srv://${user}:<db_password>@${host}/`);
    await unsaved.save();
  });

  it('stand in a variable where a constant was, and are no choice where only a constant may stand', async () => {
    const { document } = await open('Settings.kt', 'const val URI = "|"\n');
    await insert('MONGODB_URI');
    assert.equal(document.getText(), 'val URI = System.getenv("MONGODB_URI")\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'const val URI = ""\n');
    const named = await open('Named.java', '@Named("|") class Named {}\n');
    const prompts = answer(services, ...chosen, user, 'Connection string');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString');
    prompts.done();
    assert.deepEqual(prompts.asked.at(-1)?.choices, ['Connection string', 'Environment variable']);
    assert.deepEqual(prompts.asked.at(-1)?.unavailable, ['Environment variable']);
    assert.equal(named.document.getText(), `@Named("mongodb+srv://${user}:<db_password>@${host}/") class Named {}\n`);
  });

  it('offer the name that a framework reads, and one that a person types', async () => {
    await write(vscode.Uri.joinPath(folder, 'variables/src/main/resources/application.properties'), 'a=b\n');
    await open('App.java', 'class App { String uri = |; }\n');
    const asked = await insert('$(edit) Another name', 'REPORTS_URI');
    assert.ok(asked.at(-2)?.choices.slice(0, 2).includes('SPRING_DATA_MONGODB_URI'), asked.at(-2)?.choices.join(' '));
    assert.deepEqual(Object.keys(await entries()), ['REPORTS_URI']);
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /System\.getenv\("REPORTS_URI"\)/);
  });

  it('offer to have git ignore the file, and only then to put the password into it', async () => {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, '.git'));
    await write(vscode.Uri.joinPath(folder, '.gitignore'), 'node_modules/');
    await open('client.js', 'connect(|)\n');
    const asked = await insert('MONGODB_URI', 'Add it to .gitignore', `The password of ${user}`);
    assert.match(asked.at(-2)?.text ?? '', /Git does not ignore \.env/);
    assert.equal(await read(vscode.Uri.joinPath(folder, '.gitignore')), 'node_modules/\n/.env\n');
    const uri = new URL((await entries()).MONGODB_URI ?? '');
    assert.equal(decodeURIComponent(uri.password), password);
    const code = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.equal(code, 'connect(process.env.MONGODB_URI)\n');
  });

  it('have the .gitignore file say it that git reads for the file: of a repository below, of one above, or the nearest', async () => {
    const variables = vscode.Uri.joinPath(folder, 'variables');
    const add = async (repository: vscode.Uri, nearest?: vscode.Uri): Promise<vscode.Uri> => {
      count += 1;
      const own = vscode.Uri.joinPath(variables, String(count));
      await write(vscode.Uri.joinPath(own, '.env'), 'A=1\n');
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(repository, '.git'));
      if (nearest !== undefined) await write(nearest, 'node_modules/');
      count -= 1;
      await open('client.js', 'connect(|)\n');
      await insert('MONGODB_URI', 'Add it to .gitignore', 'A placeholder');
      assert.equal(await exists(vscode.Uri.joinPath(folder, '.gitignore')), false, 'not that of the workspace folder');
      return own;
    };
    // Below: the repository is the folder of the program.
    const below = await add(vscode.Uri.joinPath(variables, String(count + 1)));
    assert.equal(await read(vscode.Uri.joinPath(below, '.gitignore')), '/.env\n');
    // Above the program and below the workspace, without a file so far.
    const root = await add(variables);
    assert.equal(await read(vscode.Uri.joinPath(variables, '.gitignore')), `/${String(count)}/.env\n`);
    assert.equal(await exists(vscode.Uri.joinPath(root, '.gitignore')), false);
    // The nearest that there is.
    const own = vscode.Uri.joinPath(variables, String(count + 1), '.gitignore');
    await add(variables, own);
    assert.equal(await read(own), 'node_modules/\n/.env\n');
  });

  it('have the .gitignore file of a repository say it whose root is above the workspace', async () => {
    const above = vscode.Uri.joinPath(folder, '..');
    const git = vscode.Uri.joinPath(above, '.git');
    const gitignore = vscode.Uri.joinPath(above, '.gitignore');
    await vscode.workspace.fs.createDirectory(git);
    try {
      await open('client.js', 'connect(|)\n');
      await insert('MONGODB_URI', 'Add it to .gitignore', 'A placeholder');
      assert.equal(await read(gitignore), `/${folder.path.split('/').at(-1) ?? ''}/.env\n`);
      assert.equal(await exists(vscode.Uri.joinPath(folder, '.gitignore')), false);
    } finally {
      await remove(git);
      await remove(gitignore);
    }
  });

  it('keep the placeholder in a file that git takes', async () => {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, '.git'));
    await open('client.js', 'connect(|)\n');
    await insert('MONGODB_URI', 'Leave it');
    assert.equal(await exists(vscode.Uri.joinPath(folder, '.gitignore')), false);
    assert.match((await entries()).MONGODB_URI ?? '', /:<db_password>@/);
  });

  it('change neither file when the person gives up at the last question', async () => {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, '.git'));
    const { document } = await open('client.js', 'connect(|)\n');
    await insert('MONGODB_URI', undefined);
    assert.equal(document.getText(), 'connect()\n');
    assert.equal(await exists(vscode.Uri.joinPath(folder, '.env')), false);
  });
});

async function write(file: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

async function read(file: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

async function remove(file: vscode.Uri): Promise<void> {
  if (await exists(file)) await vscode.workspace.fs.delete(file, { recursive: true });
}
