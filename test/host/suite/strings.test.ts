import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { problem, ProblemError, problemOf } from '../../../src/core/problem';
import type { Services } from '../../../src/services';
import { back } from '../../../src/ui/prompts/prompts';
import { answer, find, sandbox, signedIn } from './extension';

const toCluster = ['Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0'] as const;

describe('connection strings in the editor', () => {
  let services: Services;
  let user: string;
  before(async () => {
    services = await signedIn();
    user = (await sandbox()).dbUsername;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('inserts the recommended form at every cursor, in one step to undo', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content: "a('');\nb('');\n" });
    const editor = await vscode.window.showTextDocument(document);
    editor.selections = [new vscode.Selection(0, 3, 0, 3), new vscode.Selection(1, 3, 1, 3)];
    const prompts = answer(
      services,
      'storefront-sandbox',
      'Cluster0',
      /AWS/,
      'DNS seedlist',
      user,
      'Connection string',
    );
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString');
    prompts.done();
    const text = `mongodb+srv://${user}:<db_password>@cluster0-pl-0-k45tj.mongodb.net/`;
    assert.equal(document.getText(), `a('${text}');\nb('${text}');\n`);
    const forms = prompts.asked.at(-3);
    assert.equal(forms?.choices[0], 'DNS seedlist', 'the recommended form comes first');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), "a('');\nb('');\n");
  });

  it('asks less when it is called from the tree, and goes back', async () => {
    const cluster = await find(services, ...toCluster);
    const prompts = answer(services, /AWS/, back, /AWS/, 'Standard', user);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyConnectionString', cluster);
    prompts.done();
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^mongodb:\/\/[^@]+:<db_password>@pl-0-us-east-1-k45tj\.mongodb\.net:\d+,/);
  });

  it('never puts a password into what it inserts or copies', async () => {
    const { dbPassword } = await sandbox();
    const cluster = await find(services, ...toCluster);
    const prompts = answer(services, /AWS/, 'DNS seedlist', user);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyConnectionString', cluster);
    prompts.done();
    assert.ok(!(await vscode.env.clipboard.readText()).includes(dbPassword));
  });

  it('adds an entry to .env, and replaces it only when asked to', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.env');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('# kept\nOTHER=1\n'));
    const cluster = await find(services, ...toCluster);
    const first = answer(services, /AWS/, 'DNS seedlist', user, 'MONGODB_URI');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.addToDotenv', cluster);
    first.done();
    const read = async (): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const after = await read();
    assert.match(after, /^# kept\nOTHER=1\n/);
    assert.match(after, /MONGODB_URI=.*cluster0-pl-0-k45tj\.mongodb\.net/);
    const second = answer(services, /AWS/, 'Standard', user, 'MONGODB_URI', false);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.addToDotenv', cluster);
    second.done();
    assert.equal(await read(), after);
    const third = answer(services, /AWS/, 'Standard', user, 'MONGODB_URI', true);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.addToDotenv', cluster);
    third.done();
    const replaced = await read();
    assert.equal(replaced.match(/MONGODB_URI/g)?.length, 1);
    assert.match(replaced, /pl-0-us-east-1-k45tj/);
    await vscode.workspace.fs.delete(file);
  });

  it('says why the choices of a picker cannot be read, instead of closing it without a word', async () => {
    const unreadable = Promise.reject(new ProblemError(problem('EDITOR_READ_ONLY', '.env')));
    await assert.rejects(
      services.prompts.pick({ title: 'Add', placeholder: 'Which variable?', choices: unreadable }),
      (error) => problemOf(error)?.code === 'EDITOR_READ_ONLY',
    );
  });

  it('says when the button of a notification fails', async () => {
    const { showInformationMessage, showErrorMessage } = vscode.window;
    const shown = new Promise<string>((resolve) => {
      Object.assign(vscode.window, {
        showInformationMessage: () => Promise.resolve('Show Report'),
        showErrorMessage: (text: string) => {
          resolve(text);
          return Promise.resolve(undefined);
        },
      });
    });
    try {
      services.commands.notify.message('Connected', {
        title: 'Show Report',
        run: () => Promise.reject(new ProblemError(problem('REPORT_NONE', ''))),
      });
      assert.match(await shown, /^No connection was tested/);
    } finally {
      Object.assign(vscode.window, { showInformationMessage, showErrorMessage });
    }
  });

  it('changes nothing when the person gives up', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'untouched' });
    await vscode.window.showTextDocument(document);
    const prompts = answer(services, undefined);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString');
    prompts.done();
    assert.equal(document.getText(), 'untouched');
  });
});
