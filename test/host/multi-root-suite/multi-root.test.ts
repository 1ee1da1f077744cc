import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { createStringChecks } from '../../../src/ui/editor/string-checks';
import { createStringTree, createWorkspaceFindings } from '../../../src/ui/workspace-strings/string-tree';
import { answer, find, sandbox, signedIn } from '../suite/extension';

const host = 'cluster0-pl-0-k45tj.mongodb.net';

describe('a workspace of two folders', () => {
  let services: Services;
  let user: string;
  let folders: readonly vscode.WorkspaceFolder[];
  before(async () => {
    services = await signedIn();
    user = (await sandbox()).dbUsername;
    await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    folders = await foldersUntil((now) => now.length === 2);
    assert.deepEqual(
      folders.map(({ name }) => name),
      ['shop', 'reports'],
    );
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const fileIn = (index: number, ...path: readonly string[]): vscode.Uri => {
    const folder = folders[index];
    assert.ok(folder);
    return vscode.Uri.joinPath(folder.uri, ...path);
  };

  for (const [index, other, name] of [
    [0, 1, 'the first'],
    [1, 0, 'the second'],
  ] as const) {
    it(`has the variable of a file in ${name} folder set in the .env file of that folder, without a question`, async () => {
      const document = await vscode.workspace.openTextDocument(
        await write(fileIn(index, 'src', 'client.js'), 'connect();\n'),
      );
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(0, 8, 0, 8);
      const chosen = ['storefront-sandbox', 'Cluster0', /AWS/, 'DNS seedlist', user];
      const prompts = answer(services, ...chosen, 'Environment variable', 'MONGODB_URI');
      await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString');
      prompts.done();
      try {
        assert.equal(document.getText(), 'connect(process.env.MONGODB_URI);\n');
        assert.deepEqual(parse((await read(fileIn(index, '.env'))) ?? ''), {
          MONGODB_URI: `mongodb+srv://${user}:<db_password>@${host}/`,
        });
        assert.equal(await read(fileIn(other, '.env')), undefined, 'the other folder is left alone');
      } finally {
        for (const { uri } of folders) await remove(vscode.Uri.joinPath(uri, '.env'));
      }
    });
  }

  it('takes file and variable from the settings of the folder', async () => {
    const folder = folders[1];
    assert.ok(folder);
    const settings = vscode.workspace.getConfiguration('atlasPrivateEndpoints.dotenv', folder.uri);
    const set = async (file: string | undefined, variable: string | undefined): Promise<void> => {
      await settings.update('file', file, vscode.ConfigurationTarget.WorkspaceFolder);
      await settings.update('variable', variable, vscode.ConfigurationTarget.WorkspaceFolder);
    };
    await set('.env.local', 'REPORTS_URI');
    const chosen = ['storefront-sandbox', 'Cluster0', /AWS/, 'DNS seedlist', user];
    const prompts = answer(services, 'reports', ...chosen, 'REPORTS_URI');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.addToDotenv');
    prompts.done();
    const [written, usual] = [await read(fileIn(1, '.env.local')), await read(fileIn(1, '.env'))];
    await set(undefined, undefined);
    await remove(fileIn(1, '.env.local'));
    assert.match(written ?? '', /^REPORTS_URI=/);
    assert.equal(usual, undefined);
  });

  it('asks for the folder where the file is in neither', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content: 'connect();\n' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 8, 0, 8);
    const chosen = ['storefront-sandbox', 'Cluster0', /AWS/, 'DNS seedlist', user];
    const prompts = answer(services, ...chosen, 'Environment variable', 'reports', 'MONGODB_URI');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString');
    prompts.done();
    assert.deepEqual(prompts.asked.at(-2)?.choices, ['shop', 'reports']);
    const [first, second] = [await read(fileIn(0, '.env')), await read(fileIn(1, '.env'))];
    await remove(fileIn(1, '.env'));
    assert.equal(first, undefined);
    assert.match(second ?? '', /^MONGODB_URI=/);
  });

  it('has the strings of both folders in Strings in Workspace, each file with its folder, and of one added later', async () => {
    const text = `connect('mongodb+srv://u:<db_password>@${host}/');\n`;
    for (const index of [0, 1]) await write(fileIn(index, 'src', 'listed.js'), text);
    const files = await services.commands.strings.files();
    const { store, clock, testResults } = services.commands;
    const checks = createStringChecks({ store, clock });
    const tree = createStringTree({ files, findings: createWorkspaceFindings(checks), store, testResults, clock });
    const listed = (): readonly string[] =>
      tree
        .children(undefined)
        .map((row) => [row, tree.item(row)] as const)
        .filter(([row]) => row.uri.path.endsWith('/listed.js'))
        .map(([row, item]) => `${String(item.description)}: ${String(tree.children(row).length)}`)
        .sort();
    const added = vscode.Uri.joinPath(fileIn(0), '..', 'later');
    await write(vscode.Uri.joinPath(added, 'listed.js'), text);
    try {
      files.rescan();
      await files.scanned();
      assert.deepEqual(listed(), ['reports/src: 1', 'shop/src: 1']);

      const found = new Promise<void>((resolve) => {
        const watch = files.onDidChange(() => {
          if (listed().length < 3) return;
          watch.dispose();
          resolve();
        });
      });
      assert.ok(vscode.workspace.updateWorkspaceFolders(2, 0, { uri: added }));
      await found;
      assert.deepEqual(listed(), ['later: 1', 'reports/src: 1', 'shop/src: 1']);
    } finally {
      checks.dispose();
    }
  });
});

/** A remote window reads its .code-workspace file while the extension starts, and tells the folders then. */
async function foldersUntil(
  wanted: (folders: readonly vscode.WorkspaceFolder[]) => boolean,
): Promise<readonly vscode.WorkspaceFolder[]> {
  const folders = (): readonly vscode.WorkspaceFolder[] => vscode.workspace.workspaceFolders ?? [];
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!wanted(folders())) return;
      watch.dispose();
      resolve();
    };
    const watch = vscode.workspace.onDidChangeWorkspaceFolders(look);
    look();
  });
  return folders();
}

async function write(file: vscode.Uri, text: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file;
}

/** Undefined when there is no such file. */
async function read(file: vscode.Uri): Promise<string | undefined> {
  return await vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}

async function remove(file: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.delete(file).then(undefined, () => undefined);
}
