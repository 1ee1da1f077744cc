import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CheckSummary } from '../../../src/ui/workspace-strings/check-all';
import type { Services } from '../../../src/services';
import { createStringTree, createWorkspaceFindings } from '../../../src/ui/workspace-strings/string-tree';
import { findStrings } from '../../../src/workspace/find-strings';
import { answer, find, sandbox, signedIn } from './extension';

const privateHost = 'cluster0-pl-0-k45tj.mongodb.net';
const publicHost = 'cluster0-k45tj.mongodb.net';
/** A cluster whose interface endpoint is in a single availability zone. */
const oneZoneHost = 'orders-pl-1.oq7aw.mongodb.net';

describe('while typing', () => {
  let services: Services;
  let folder: vscode.Uri;
  let user: string;
  let count = 0;
  before(async () => {
    services = await signedIn();
    // What the tree has shown is known.
    await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    const first = vscode.workspace.workspaceFolders?.[0];
    assert.ok(first);
    folder = first.uri;
    user = (await sandbox()).dbUsername;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(async () => {
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'typing'), { recursive: true });
  });

  const open = async (name: string, text: string): Promise<vscode.TextEditor> => {
    count += 1;
    const file = vscode.Uri.joinPath(folder, 'typing', String(count), name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text.replace('|', '')));
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    const position = editor.document.positionAt(Math.max(0, text.indexOf('|')));
    editor.selection = new vscode.Selection(position, position);
    return editor;
  };
  const complete = async ({ document, selection }: vscode.TextEditor): Promise<readonly vscode.CompletionItem[]> => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      selection.active,
    );
    return list.items.filter(({ command }) => command?.command.startsWith('atlasPrivateEndpoints.') === true);
  };

  for (const [where, name, text] of [
    ['in a string that begins mongodb', 'a.ts', "const client = new MongoClient('mongodb|');\n"],
    ['behind the name of a variable', '.env', 'MONGODB_URI=|\n'],
    ['in the value of a known key', 'appsettings.json', '{ "ConnectionStrings": { "MongoDB": "|" } }\n'],
  ] as const) {
    it(`offers strings ${where}, private endpoints first`, async () => {
      const items = await complete(await open(name, text));
      assert.ok(items.length >= 4, String(items.length));
      const texts = items.map(insertedText);
      assert.ok(texts[0]?.includes(privateHost), texts[0]);
      assert.equal(items.at(-1)?.command?.command, 'atlasPrivateEndpoints.insertConnectionString');
      assert.ok(texts.every((one) => !/:(?!<db_password>)[^@/]+@/.test(one.slice('mongodb+srv'.length + 1))));
    });
  }

  it('tells of the string that is looked at where it is usable from, and shows it whole', async () => {
    const { document, selection } = await open('looked-at.ts', "const client = new MongoClient('mongodb|');\n");
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      selection.active,
      undefined,
      1,
    );
    const [first] = items.filter(({ command }) => command?.command === 'atlasPrivateEndpoints.offerTest');
    assert.ok(first);
    const { documentation } = first;
    assert.ok(documentation instanceof vscode.MarkdownString);
    assert.ok(documentation.value.includes(insertedText(first)), documentation.value);
    assert.match(documentation.value, /recommended/i);
  });

  it('offers strings by itself as soon as mongodb is typed, and accepts the first', async () => {
    const { document } = await open('typed.ts', "const client = new MongoClient('|');\n");
    for (const text of 'mongodb') await vscode.commands.executeCommand('type', { text });
    await accepted(document);
    assert.match(document.getText(), /MongoClient\('mongodb(?:\+srv)?:\/\/[^']+:<db_password>@[^']+'\);\n$/);
  });

  it('offers the strings of what is typed of a cluster’s and a project’s name', async () => {
    await services.store.refresh('sandbox', { kind: 'directory' });
    await find(services, 'Sandbox', 'acme-sandbox', 'orders-sandbox', 'Clusters', 'Orders');
    for (const typed of ['mongodborders', 'mongodb orders-sandbox', 'mongodb+srv://orders']) {
      const items = await complete(await open('named.ts', `const client = new MongoClient('${typed}|');\n`));
      const texts = items.slice(0, -1).map(insertedText);
      assert.ok(texts.length > 1, typed);
      assert.ok(texts[0]?.includes('@orders-'), `${typed}: ${texts.join(' ')}`);
      // The domain of the project that is called so.
      const others = texts.filter((text) => !text.includes('.oq7aw.'));
      assert.deepEqual(others, [], typed);
    }
    // The editor keeps what is offered there, and replaces all that was typed.
    const { document } = await open('typed-on.ts', "const client = new MongoClient('mongodborders|');\n");
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await accepted(document);
    assert.match(document.getText(), /MongoClient\('mongodb(?:\+srv)?:\/\/[^@']+@orders-[^']+'\);\n$/);
  });

  it('offers nothing for the name of the driver’s package', async () => {
    assert.deepEqual(await complete(await open('import.ts', "import { MongoClient } from 'mongodb|';\n")), []);
    assert.deepEqual(await complete(await open('require.js', "const { MongoClient } = require('mongodb|');\n")), []);
  });

  it('offers nothing where nobody wants a connection string', async () => {
    assert.deepEqual(await complete(await open('b.ts', "const greeting = 'hello|';\n")), []);
  });

  it('stands above every string what it is, with a test and a switch', async () => {
    const { document } = await open('c.ts', `connect('mongodb+srv://u:<db_password>@${publicHost}/');\n`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const titles = lenses.map(({ command }) => command?.title);
    assert.deepEqual(titles, ['Public · Cluster0', 'Test', 'Switch']);
  });

  it('shows no lines above strings where the setting is off', async () => {
    const settings = vscode.workspace.getConfiguration('atlasPrivateEndpoints');
    await settings.update('strings.codeLens', false, vscode.ConfigurationTarget.Workspace);
    try {
      const { document } = await open('d.ts', `connect('mongodb+srv://${publicHost}/');\n`);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      assert.deepEqual(lenses, []);
    } finally {
      await settings.update('strings.codeLens', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('tells in a hover the cluster, the endpoint, its status and the hosts', async () => {
    const { document } = await open('e.py', `uri = "mongodb+srv://u:<db_password>@${privateHost}/"\n`);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 20),
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
      .join('\n');
    for (const part of ['Cluster0', 'storefront-sandbox', 'us-east-1', 'Available', 'vpce-', 'pl-0-us-east-1-k45tj'])
      assert.ok(text.includes(part.replaceAll('-', '-')), `${part} in ${text}`);
  });

  it('switches a string to the private endpoint and keeps user, database and options', async () => {
    const { document } = await open(
      'f.ts',
      `connect("mongodb+srv://me:<db_password>@${publicHost}/shop?w=majority|");\n`,
    );
    const prompts = answer(services, /AWS/, 'DNS seedlist');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.switchConnectionString');
    prompts.done();
    assert.equal(document.getText(), `connect("mongodb+srv://me:<db_password>@${privateHost}/shop?w=majority");\n`);
    await vscode.commands.executeCommand('undo');
    assert.ok(document.getText().includes(publicHost));
  });

  it('judges a string of the workspace once while nothing else is known; one with a password each time', () => {
    let asked = 0;
    const findings = createWorkspaceFindings({ findings: () => ((asked += 1), []) });
    const [bare, secret] = findStrings(`'mongodb://${publicHost}/' 'mongodb://app:s3cret-of-the-test@${publicHost}/'`);
    assert.ok(bare && secret);
    const askedFor = (found: typeof bare): number => {
      const before = asked;
      findings.of(folder, found);
      return asked - before;
    };
    assert.deepEqual([askedFor(bare), askedFor(bare)], [1, 0]);
    assert.deepEqual([askedFor(secret), askedFor(secret)], [1, 1], 'git may say another thing');
    findings.forget();
    assert.deepEqual([askedFor(bare), askedFor(bare)], [1, 0]);
  });

  it('says more of a string in the view when somebody points at it', async () => {
    await open('h.ts', `connect('mongodb+srv://${user}:<db_password>@${privateHost}/');\n`);
    const files = await services.commands.strings.files();
    files.rescan();
    await files.scanned();
    const { testResults, clock } = services.commands;
    const findings = createWorkspaceFindings({ findings: () => [] });
    const tree = createStringTree({ files, findings, store: services.store, testResults, clock });
    const file = tree.children(undefined).find(({ uri }) => uri.path.endsWith('/h.ts'));
    assert.ok(file);
    const { tooltip: path } = tree.item(file);
    assert.ok(typeof path === 'string' && path.endsWith('/h.ts'), 'the path of a file');
    const [string] = tree.children(file);
    assert.ok(string);
    const row = tree.item(string);
    assert.equal(row.tooltip, undefined);
    const { tooltip } = tree.describe(row, string);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.match(tooltip.value, /Cluster0/);
  });

  it('takes the password of a saved string out of the log, and none while it is typed or that is a word', async () => {
    const { strings, log } = services.commands;
    const files = await strings.files();
    files.rescan();
    await files.scanned();
    const logged = (text: string): string | undefined => {
      log.info(`it is ${text}`);
      return log.lines().at(-1);
    };
    const { document } = await open('typed.ts', `connect('mongodb://u:mongodbs@h.invalid/');\n`);
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) {
        await new Promise<void>((resolve) => {
          const stop = files.onDidChange(() => {
            stop.dispose();
            resolve();
          });
        });
      }
    };
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(document.getText().indexOf('@')), '-half-typed-1');
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(() => files.at(document.uri)?.strings[0]?.found.value.includes('half-typed-1') === true);
    assert.match(logged('mongodbs-half-typed-1') ?? '', /mongodbs-half-typed-1$/);
    await document.save();
    await until(() => (logged('mongodbs-half-typed-1') ?? '').endsWith('<redacted>'));
    assert.match(logged('mongodbs') ?? '', /mongodbs$/);
  });

  it('names the proxies that strings bring along in the question before all are tested', async () => {
    const file = vscode.Uri.joinPath(folder, 'proxied.ts');
    await vscode.workspace.fs.writeFile(file, Buffer.from(`'mongodb://db.invalid/?proxyHost=proxy.invalid&tls=true'`));
    try {
      const files = await services.commands.strings.files();
      files.rescan();
      await files.scanned();
      const prompts = answer(services, false);
      await vscode.commands.executeCommand('atlasPrivateEndpoints.checkAllStrings');
      prompts.done();
      assert.match(
        prompts.asked[0]?.detail ?? '',
        /\nThrough SOCKS proxies that the strings name: proxy\.invalid:1080$/,
      );
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  it('lists the strings of the workspace, and tests all of them after a question', async () => {
    await open(
      'g.ts',
      [privateHost, oneZoneHost].map((host) => `connect('mongodb+srv://${user}:<db_password>@${host}/');\n`).join(''),
    );
    const files = await services.commands.strings.files();
    files.rescan();
    await files.scanned();
    const hosts = files.all().flatMap(({ strings }) => strings.map(({ found }) => found.value));
    assert.ok(hosts.some((value) => value.includes(privateHost)));
    const prompts = answer(services, true);
    const summary = await vscode.commands.executeCommand<CheckSummary>('atlasPrivateEndpoints.checkAllStrings');
    prompts.done();
    assert.match(prompts.asked[0]?.text ?? '', /Test \d+ connection strings/);
    assert.ok(summary.connected >= 1, JSON.stringify(summary));
    assert.equal(services.commands.testResults.of(`mongodb+srv://${privateHost}`)?.report.verdict.outcome, 'connected');
    const { report } = services.commands.testResults.of(`mongodb+srv://${oneZoneHost}`) ?? {};
    // Only the AWS account tells that.
    assert.deepEqual(
      report?.verdict.problems.map(({ code }) => code),
      ['ONE_ZONE'],
    );
  });

  it('counts in the summary what came of all of them, each string once, and shows it', async () => {
    const { strings, notify } = services.commands;
    const checked = async () => {
      const files = await strings.files();
      files.rescan();
      await files.scanned();
      const told: string[] = [];
      const original = { ...notify };
      const tell = (text: string): unknown => told.push(text);
      const prompts = answer(services, true);
      Object.assign(notify, { message: tell, warning: tell });
      try {
        const summary = await vscode.commands.executeCommand<CheckSummary>('atlasPrivateEndpoints.checkAllStrings');
        return { summary, told, count: Number(/Test (\d+)/.exec(prompts.asked[0]?.text ?? '')?.[1]) };
      } finally {
        Object.assign(notify, original);
        prompts.done();
      }
    };
    const own = (name: string, host = privateHost): string => `mongodb+srv://${name}@${host}/counted`;
    await open('before.ts', `f('mongodb+srv://${user}:<db_password>@${privateHost}/before');\n`);
    const before = await checked();
    const [good, other] = [own(`${user}:<db_password>`), `${own(`${user}:<db_password>`)}?w=majority`];
    const [wrong, gone] = [own(`${user}:not-its-password`), own(user, 'cluster9-pl-0-k45tj.mongodb.net')];
    const template = 'mongodb+srv://${user}@counted.invalid/';
    await open('counted.ts', [good, good, other, wrong, gone, template].map((one) => `f('${one}');\n`).join(''));
    const after = await checked();
    assert.equal(after.count - before.count, 4);
    const added = (outcome: keyof CheckSummary): number => after.summary[outcome] - before.summary[outcome];
    assert.deepEqual(
      [added('connected'), added('reachable-not-signed-in'), added('failed'), added('cancelled')],
      [2, 0, 2, 0],
    );
    const sum = Object.values(after.summary).reduce((total, one) => total + one, 0);
    assert.equal(sum, after.count);
    const { connected, failed } = after.summary;
    assert.equal(after.told.length, 1);
    const [text = ''] = after.told;
    assert.ok(text.includes(`: ${String(connected)} connected`), text);
    assert.ok(text.includes(`${String(failed)} failed`), text);
    assert.doesNotMatch(text, /not tested/);
  });
});

function insertedText({ insertText }: vscode.CompletionItem): string {
  return typeof insertText === 'string' ? insertText : (insertText?.value ?? '');
}

/** Accepts what the editor offers, when it does: there is no event for that. */
async function accepted(document: vscode.TextDocument): Promise<void> {
  const before = document.version;
  for (const deadline = Date.now() + 10_000; document.version === before && Date.now() < deadline;) {
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
