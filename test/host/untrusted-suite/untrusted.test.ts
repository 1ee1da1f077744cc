import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { customBaseUrl, dotenvFile, dotenvVariable, routeFromSettings } from '../../../src/ui/settings';
import { answer, find, sandbox, signedIn } from '../suite/extension';

const host = 'cluster0-pl-0-k45tj.mongodb.net';

describe('a workspace that is not trusted', () => {
  let services: Services;
  let user: string;
  before(async () => {
    services = await signedIn();
    user = (await sandbox()).dbUsername;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const open = async (content: string, at = content.indexOf('|')): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: content.replace('|', ''),
    });
    const editor = await vscode.window.showTextDocument(document);
    const position = document.positionAt(at);
    editor.selection = new vscode.Selection(position, position);
    return document;
  };
  /** Does what is to be refused: one problem, no question beyond the expected ones, and no test. */
  const refused = async (command: string, argument: readonly unknown[], ...replies: readonly (string | RegExp)[]) => {
    const before = services.log.lines().length;
    const prompts = answer(services, ...replies);
    await vscode.commands.executeCommand(`atlasPrivateEndpoints.${command}`, ...argument);
    prompts.done();
    const lines = services.log.lines().slice(before).join('\n');
    assert.match(lines, /^WORKSPACE_UNTRUSTED \|/m, `${command}: ${lines}`);
    assert.deepEqual(services.commands.reports.kept(), [], 'nothing was tested');
  };

  it('is what this window has open', () => assert.equal(vscode.workspace.isTrusted, false));

  it('can be browsed in', async () => {
    const path = ['Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0'] as const;
    const cluster = await find(services, ...path);
    assert.equal(cluster.kind, 'deployment');
  });

  it('gets connection strings inserted', async () => {
    const document = await open("connect('|');\n");
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
    assert.equal(document.getText(), `connect('mongodb+srv://${user}:<db_password>@${host}/');\n`);
  });

  it('has nothing tested, by whatever way', async () => {
    const text = `mongodb+srv://${host}/`;
    const document = await open(`connect('|${text}');\n`);
    await refused('testConnection', []);
    await refused('testConnection', [text]);
    await refused('testStringAt', [document.uri.toString(), 0, 9]);
    await refused('checkAllStrings', []);
    await refused('testFromAnotherMachine', [text]);
    const input = { project: 'storefront-sandbox', cluster: 'Cluster0' };
    await assert.rejects(
      async () =>
        await vscode.lm.invokeTool('atlas-private-endpoints_test_connection', {
          input,
          toolInvocationToken: undefined,
        }),
      /trusted workspace/,
    );
    assert.deepEqual(services.commands.reports.kept(), []);
  });

  it('gets no .env file, and the code stays as it is', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, 'src/app.js');
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    const before = document.getText();
    const chosen = ['storefront-sandbox', 'Cluster0', /AWS/, 'DNS seedlist', user, 'Environment variable'];
    await refused('insertConnectionString', [], ...chosen);
    assert.equal(document.getText(), before);
    const names = (await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name);
    assert.deepEqual(
      names.filter((name) => name.endsWith('.env')),
      [],
    );
  });

  it('sets neither servers of DNS, proxy, authorities, base URL nor the path of the .env file', () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    assert.equal(dotenvVariable(folder.uri), 'OF_THE_WORKSPACE', 'its settings are read');
    assert.deepEqual(routeFromSettings(), { dnsServers: [] });
    assert.equal(customBaseUrl(), undefined);
    assert.equal(dotenvFile(folder.uri), '.env');
  });

  it('has no Test above strings', async () => {
    await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    const { uri } = await open(`connect('|mongodb+srv://u:<db_password>@${host}/');\n`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
    const titles = lenses.map(({ command }) => command?.title);
    assert.equal(titles.length, 2, titles.join(' | '));
    assert.match(titles[0] ?? '', /Cluster0/);
    assert.equal(titles[1], 'Switch');
  });
});
