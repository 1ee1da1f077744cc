import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { answer, find, signedIn, switchFault } from './extension';

const privateHost = 'cluster0-pl-0-k45tj.mongodb.net';
const standardHosts = 'pl-0-us-east-1-k45tj.mongodb.net:1024';
const publicHost = 'cluster0-k45tj.mongodb.net';

interface Case {
  readonly what: string;
  readonly code: string;
  readonly file: string;
  readonly text: string;
  /** Title of the quick fix. */
  readonly fix: RegExp;
  readonly fixed: string | RegExp;
}

const cases: readonly Case[] = [
  {
    what: 'a public string although the cluster has an endpoint',
    code: 'STRING_PUBLIC',
    file: 'a.ts',
    text: `connect("mongodb+srv://u:<db_password>@${publicHost}/shop?w=1");\n`,
    fix: /^Switch to the DNS seedlist string/,
    fixed: `connect("mongodb+srv://u:<db_password>@${privateHost}/shop?w=1");\n`,
  },
  {
    what: 'a standard string with pinned ports',
    code: 'STRING_PORTS_PINNED',
    file: '.env',
    text: 'MONGODB_URI=mongodb://u:<db_password>@pl-0-us-east-1-k45tj.mongodb.net:1024/?ssl=true&authSource=admin\n',
    fix: /^Switch to the DNS seedlist string/,
    fixed: new RegExp(`^MONGODB_URI=mongodb\\+srv://u:<db_password>@${privateHost}/`),
  },
  {
    what: 'a string of an endpoint that is gone, or that changed with regionalized mode',
    code: 'STRING_STALE',
    file: 'a.py',
    text: `uri = "mongodb+srv://u:<db_password>@cluster0-pl-7-k45tj.mongodb.net/"\n`,
    fix: /^Switch to the DNS seedlist string/,
    fixed: `uri = "mongodb+srv://u:<db_password>@${privateHost}/"\n`,
  },
  {
    what: 'a string for network peering although the cluster has an endpoint',
    code: 'STRING_PEERING',
    file: 'a.go',
    text: `uri := "mongodb+srv://u:<db_password>@cluster0-pri-k45tj.mongodb.net/"\n`,
    fix: /^Switch to the DNS seedlist string/,
    fixed: `uri := "mongodb+srv://u:<db_password>@${privateHost}/"\n`,
  },
  {
    what: 'a user who would be looked for in the database of the string',
    code: 'STRING_OPTION_MISSING',
    file: 'a.toml',
    text: `uri = "mongodb://u:<db_password>@${standardHosts}/shop?tls=true&replicaSet=Cluster0-shard-0-shard-0"\n`,
    fix: /^Add "authSource=admin"/,
    fixed: /\/shop\?tls=true&replicaSet=Cluster0-shard-0-shard-0&authSource=admin"\n$/,
  },
  {
    what: 'a string that does not name the replica set',
    code: 'STRING_OPTION_MISSING',
    file: 'a.rb',
    text: `uri = "mongodb://${standardHosts}/?tls=true"\n`,
    fix: /^Add "replicaSet=Cluster0-shard-0-shard-0"/,
    fixed: /\/\?tls=true&replicaSet=Cluster0-shard-0-shard-0"\n$/,
  },
  {
    what: 'a string with TLS off',
    code: 'STRING_OPTION_MISSING',
    file: 'a.php',
    text: `$uri = 'mongodb+srv://u:<db_password>@${privateHost}/?tls=false';\n`,
    fix: /^Add "tls=true"/,
    fixed: `$uri = 'mongodb+srv://u:<db_password>@${privateHost}/?tls=true';\n`,
  },
  {
    what: 'an option without a value',
    code: 'STRING_MALFORMED',
    file: 'a.rs',
    text: `let uri = "mongodb+srv://${privateHost}/?w=1&journal";\n`,
    fix: /^Take out/,
    fixed: `let uri = "mongodb+srv://${privateHost}/?w=1";\n`,
  },
  {
    what: 'an IPv6 address without brackets',
    code: 'STRING_MALFORMED',
    file: 'a.js',
    text: 'connect("mongodb://2001:db8::1/");\n',
    fix: /brackets/,
    fixed: 'connect("mongodb://[2001:db8::1]/");\n',
  },
  {
    what: 'characters that need percent-encoding',
    code: 'STRING_MALFORMED',
    file: 'a.yaml',
    text: `uri: "mongodb+srv://u:p@ss/word@${privateHost}/"\n`,
    fix: /^Percent-encode/,
    fixed: `uri: "mongodb+srv://u:p%40ss%2Fword@${privateHost}/"\n`,
  },
  {
    what: 'a character of the password that drivers take, and other readers do not',
    code: 'STRING_ENCODING',
    file: 'b.kt',
    text: `val uri = """mongodb+srv://u:p$ss@${privateHost}/"""\n`,
    fix: /^Percent-encode/,
    fixed: `val uri = """mongodb+srv://u:p%24ss@${privateHost}/"""\n`,
  },
  {
    what: 'an option that Atlas strings need',
    code: 'STRING_OPTION_MISSING',
    file: 'a.properties',
    text: 'uri=mongodb://u:<db_password>@pl-0-us-east-1-k45tj.mongodb.net:1024/?replicaSet=Cluster0-shard-0-shard-0\n',
    fix: /^Add "tls=true"/,
    fixed: /^uri=mongodb:\/\/u:<db_password>@.*\/\?replicaSet=Cluster0-shard-0-shard-0&tls=true\n$/,
  },
  {
    what: 'a port in a DNS seedlist string',
    code: 'STRING_MALFORMED',
    file: 'a.json',
    text: `{ "uri": "mongodb+srv://${privateHost}:27017/" }\n`,
    fix: /^Take out the port/,
    fixed: `{ "uri": "mongodb+srv://${privateHost}/" }\n`,
  },
];

describe('problems of connection strings', () => {
  let services: Services;
  let root: vscode.Uri;
  let count = 0;
  before(async () => {
    services = await signedIn();
    await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    const first = vscode.workspace.workspaceFolders?.[0];
    assert.ok(first);
    root = first.uri;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(async () => {
    for (const name of ['problems', '.git', '.gitignore', '.env']) {
      await vscode.workspace.fs
        .delete(vscode.Uri.joinPath(root, name), { recursive: true })
        .then(undefined, () => undefined);
    }
  });

  const open = async (name: string, text: string): Promise<vscode.TextDocument> => {
    count += 1;
    const file = vscode.Uri.joinPath(root, 'problems', String(count), name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    return document;
  };
  const own = ({ uri }: vscode.TextDocument) =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Private Endpoints');
  const actionsAt = async (document: vscode.TextDocument, range: vscode.Range) =>
    await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );

  for (const { what, code, file, text, fix, fixed } of cases) {
    it(`are shown for ${what}, and the fix settles it`, async () => {
      const document = await open(file, text);
      const [diagnostic] = await until(document, (all) => all.filter((one) => one.code === code));
      assert.ok(diagnostic);
      const actions = await actionsAt(document, diagnostic.range);
      const action = actions.find(({ title }) => fix.test(title));
      assert.ok(action?.edit, actions.map(({ title }) => title).join(' | '));
      assert.equal(await vscode.workspace.applyEdit(action.edit), true);
      if (typeof fixed === 'string') assert.equal(document.getText(), fixed);
      else assert.match(document.getText(), fixed);
      await until(document, (all) => (all.some((one) => one.code === code) ? [] : ['settled']));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
      await until(document, (all) => all.filter((one) => one.code === code));
    });
  }

  it('are shown for a string whose endpoint fails, until it works again', async () => {
    const service = await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Endpoint services', /AWS/);
    const [endpoint] = await services.tree.getChildren(service);
    assert.ok(service.kind === 'service' && endpoint?.kind === 'endpoint');
    const refresh = () => vscode.commands.executeCommand('atlasPrivateEndpoints.refresh', service);
    const document = await open('failing.ts', `connect("mongodb+srv://u@${privateHost}/");\n`);
    await switchFault('endpoint-failed', true, endpoint.endpointId);
    try {
      await refresh();
      const [diagnostic] = await until(document, (all) => all.filter(({ code }) => code === 'STRING_STALE'));
      assert.ok(diagnostic);
      // No other endpoint leads to the cluster: there is nothing to switch to.
      assert.deepEqual(
        (await actionsAt(document, diagnostic.range)).filter(({ edit }) => edit !== undefined),
        [],
      );
    } finally {
      await switchFault('endpoint-failed', false, endpoint.endpointId);
      await refresh();
    }
    await until(document, (all) => (all.length === 0 ? ['settled'] : []));
  });

  it('are shown for the strings that changed when regionalized mode was switched off, and for no other', async () => {
    const path = ['Sandbox', 'acme-sandbox', 'regionalized-sandbox'] as const;
    await find(services, ...path, 'Clusters', 'Worldwide');
    const project = await find(services, ...path);
    assert.ok(project.kind === 'project');
    const { accountId, projectId } = project;
    const contents = () => services.store.known<'project'>(accountId, { kind: 'project', projectId }).value;
    const seedlists = (): readonly string[] =>
      (contents()?.clusters.find(({ name }) => name === 'Worldwide')?.strings.privateEndpoint ?? []).map(
        ({ srv }) => srv ?? '',
      );
    const before = seedlists();
    assert.equal(before.length, 3);
    const document = await open('worldwide.ts', before.map((uri) => `connect("${uri}/");\n`).join(''));
    const marked = await open('marked.ts', 'connect("mongodb+srv://a.b.c:1/");\n');
    await until(marked, (all) => all);
    assert.deepEqual(own(document), []);

    // What moves is looked at again only while the view is there.
    await vscode.commands.executeCommand('atlasPrivateEndpoints.tree.focus');
    const api = await services.commands.apiOf(accountId);
    const [service] = (contents()?.services.AWS ?? []).filter(({ endpointIds }) => endpointIds.length > 1);
    assert.ok(service);
    await api.deleteEndpoint(projectId, 'AWS', service.id, service.endpointIds[0] ?? '');
    await api.setRegionalizedMode(projectId, false);
    // The clusters are updated before they have strings again.
    await new Promise<void>((resolve) => {
      const stop = services.store.onDidChange(() => {
        if (seedlists().length !== 1) return;
        stop();
        resolve();
      });
      void vscode.commands.executeCommand('atlasPrivateEndpoints.refresh', project);
    });
    const now = seedlists();
    const changed = before.filter((uri) => !now.includes(uri));
    assert.ok(changed.length > 0 && changed.length < before.length, now.join());
    const stale = await until(document, (all) => all.filter(({ code }) => code === 'STRING_STALE'));
    assert.deepEqual(
      stale.map(({ range }) => range.start.line),
      changed.map((uri) => before.indexOf(uri)),
    );
    const [diagnostic] = stale;
    assert.ok(diagnostic);
    const action = (await actionsAt(document, diagnostic.range)).find(({ title }) =>
      title.startsWith('Switch to the DNS'),
    );
    assert.ok(action?.edit);
    assert.equal(await vscode.workspace.applyEdit(action.edit), true);
    assert.ok(now[0] !== undefined && document.lineAt(diagnostic.range.start.line).text.includes(now[0]));
    await until(document, (all) => (all.length === stale.length - 1 ? ['settled'] : []));
  });

  it('are not shown for the string that Atlas gives now', async () => {
    const good = await open('good.ts', `connect("mongodb+srv://u:<db_password>@${privateHost}/?retryWrites=true");\n`);
    // Another document that has one: when it is shown, both were looked at.
    const bad = await open('bad.ts', 'connect("mongodb+srv://");\nconnect("mongodb+srv://a.b.c:1/");\n');
    await until(bad, (all) => all);
    assert.deepEqual(own(good), []);
  });

  it('are not shown where the setting is off, and shown again when it is on', async () => {
    const settings = vscode.workspace.getConfiguration('atlasPrivateEndpoints');
    const document = await open('off.ts', `connect("mongodb+srv://u@${publicHost}/");\n`);
    await until(document, (all) => all);
    await settings.update('strings.diagnostics', false, vscode.ConfigurationTarget.Workspace);
    try {
      await until(document, (all) => (all.length === 0 ? ['none'] : []));
    } finally {
      await settings.update('strings.diagnostics', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until(document, (all) => all);
  });

  it('are shown for a password in a repository above the workspace; the string stays where git takes the other file', async () => {
    const text = `connect("mongodb+srv://u:canary4@${privateHost}/");\n`;
    const move = async (document: vscode.TextDocument, reply: string | boolean) => {
      const prompts = answer(services, 'MONGODB_URI', reply);
      await vscode.commands.executeCommand('atlasPrivateEndpoints.moveToEnvironment', document.uri.toString(), 0, 12);
      prompts.done();
      assert.equal(document.getText(), text);
      await assert.rejects(async () => await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, '.env')));
    };
    // In no repository: a question, because nobody can say.
    await move(await open('nowhere.js', text), false);
    const above = vscode.Uri.joinPath(root, '..', '.git');
    await vscode.workspace.fs.createDirectory(above);
    try {
      const document = await open('above.js', text);
      await until(document, (all) => all.filter(({ code }) => code === 'STRING_PASSWORD_IN_FILE'));
      await move(document, 'Leave it');
    } finally {
      await vscode.workspace.fs.delete(above, { recursive: true });
    }
  });

  it('are shown for a password in a file that git takes; the string can move to the environment', async () => {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(root, '.git'));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root, '.gitignore'), new TextEncoder().encode('.env\n'));
    const value = `mongodb+srv://u:canary1@${privateHost}/`;
    const text = `connect("${value}");\n`;
    const document = await open('secret.js', text);
    const [diagnostic] = await until(document, (all) => all.filter(({ code }) => code === 'STRING_PASSWORD_IN_FILE'));
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), 'canary1');
    assert.ok(!diagnostic.message.includes('canary1'));
    const actions = await actionsAt(document, diagnostic.range);
    const move = actions.find(({ command }) => command?.command === 'atlasPrivateEndpoints.moveToEnvironment');
    assert.ok(move?.command);
    const prompts = answer(services, 'MONGODB_URI');
    const { pick } = services.prompts;
    // The question stays open while somebody types above the string.
    Object.assign(services.prompts, {
      pick: async (...question: Parameters<typeof pick>) => {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), '// typed meanwhile\n\n');
        await vscode.workspace.applyEdit(edit);
        return await pick(...question);
      },
    });
    await vscode.commands.executeCommand(move.command.command, ...(move.command.arguments as unknown[]));
    prompts.done();
    assert.equal(document.getText(), '// typed meanwhile\n\nconnect(process.env.MONGODB_URI);\n');
    const dotenv = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(root, '.env'));
    assert.equal(parse(new TextDecoder().decode(dotenv)).MONGODB_URI, value);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), `// typed meanwhile\n\n${text}`);
  });

  it('are shown for a password in a file that git takes; a placeholder can stand in its place', async () => {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(root, '.git'));
    const text = `connect("mongodb+srv://u:canary1@${privateHost}/");\n`;
    const document = await open('shown.js', text);
    const shown = (all: readonly vscode.Diagnostic[]) => all.filter(({ code }) => code === 'STRING_PASSWORD_IN_FILE');
    const [diagnostic] = await until(document, shown);
    assert.ok(diagnostic);
    const actions = await actionsAt(document, diagnostic.range);
    const hide = actions.find(({ title }) => title.startsWith('Put a placeholder in place of the password'));
    assert.ok(hide?.edit, actions.map(({ title }) => title).join(' | '));
    assert.equal(await vscode.workspace.applyEdit(hide.edit), true);
    assert.equal(document.getText(), text.replace('canary1', '<db_password>'));
    await until(document, (all) => (shown(all).length > 0 ? [] : ['settled']));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await until(document, shown);
  });

  it('are shown for ports that have changed; those of today can take their place', async () => {
    const today = [1024, 1025, 1026].map((port) => `pl-0-us-east-1-k45tj.mongodb.net:${String(port)}`).join();
    const rest = '/?ssl=true&authSource=admin&replicaSet=atlas-x3r5wm-shard-0';
    const text = `connect("mongodb://u:<db_password>@${today.replace('1025', '1035')}${rest}");\n`;
    const document = await open('ports.js', text);
    const changed = (all: readonly vscode.Diagnostic[]) =>
      all.filter(
        ({ code, severity }) => code === 'STRING_PORTS_PINNED' && severity === vscode.DiagnosticSeverity.Warning,
      );
    const [diagnostic] = await until(document, changed);
    assert.ok(diagnostic);
    const actions = await actionsAt(document, diagnostic.range);
    const renew = actions.find(({ title }) => /^Switch to the standard string .* as it is now/.test(title));
    assert.ok(renew?.edit, actions.map(({ title }) => title).join(' | '));
    assert.equal(await vscode.workspace.applyEdit(renew.edit), true);
    assert.ok(document.getText().includes(`@${today}/`), document.getText());
    // That ports may change goes on being said, no more than that.
    await until(document, (all) => (changed(all).length > 0 ? [] : ['settled']));
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), text);
    await until(document, changed);
  });

  it('are not shown for a password in a file that git ignores', async () => {
    const ignored = await open('.env', `MONGODB_URI=mongodb+srv://u:canary2@${privateHost}/\n`);
    const taken = await open('taken.js', `connect("mongodb+srv://u:canary3@${privateHost}/");\n`);
    await until(taken, (all) => all.filter(({ code }) => code === 'STRING_PASSWORD_IN_FILE'));
    assert.deepEqual(own(ignored), []);
  });

  /** Waits for what `wanted` picks from the problems of a document. */
  async function until<T>(
    document: vscode.TextDocument,
    wanted: (all: readonly vscode.Diagnostic[]) => readonly T[],
  ): Promise<readonly T[]> {
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        const found = wanted(own(document));
        if (found.length === 0) return;
        clearTimeout(timer);
        watching.dispose();
        resolve(found);
      };
      const watching = vscode.languages.onDidChangeDiagnostics(look);
      const timer = setTimeout(() => {
        watching.dispose();
        const seen = own(document).map(({ code, message }) => `${typeof code === 'string' ? code : ''} ${message}`);
        reject(new Error(`other problems: ${seen.join(' | ')}`));
      }, 10_000);
      look();
    });
  }
});
