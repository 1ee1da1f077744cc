import assert from 'node:assert/strict';
import { parse as parseDotenv } from 'dotenv';
import { XMLParser } from 'fast-xml-parser';
import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import * as vscode from 'vscode';
import { parse as parseYaml } from 'yaml';
import type { Services } from '../../../src/services';
import {
  readCSharp,
  readHcl,
  readKotlin,
  readPhp,
  readPowerShell,
  readProperties,
  readRuby,
  readScala,
  type ReadLiteral,
} from '../../unit/workspace/literal-readers';
import { answer, find, sandbox, signedIn } from './extension';
import { runBash, runGo, runJava, runNode, runPython, runRust, runTerraform, type RunProgram } from './run-program';

interface Program {
  readonly file: string;
  /** `|` is the cursor. */
  readonly text: string;
  /** Prints the value. */
  readonly run: RunProgram;
}

const java = (uri: string): string =>
  `class App {\n  public static void main(String[] args) {\n    System.out.print(${uri});\n  }\n}\n`;
const go = (uri: string): string => `package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Print(${uri})\n}\n`;

/** Programs whose own language reads them back; also from an environment variable. */
const programs: readonly Program[] = [
  { file: 'client.js', text: 'process.stdout.write(|);\n', run: runNode },
  { file: 'client.mjs', text: 'process.stdout.write("|");\n', run: runNode },
  { file: 'client.cjs', text: 'process.stdout.write(`|`);\n', run: runNode },
  { file: 'client.py', text: '"""A client."""\nprint(|, end="")\n', run: runPython },
  { file: 'quoted.py', text: "import sys\nsys.stdout.write('|')\n", run: runPython },
  { file: 'App.java', text: java('|'), run: runJava },
  { file: 'App.java', text: java('"mongodb|"'), run: runJava },
  { file: 'App.java', text: java('"""\n            |\n            """.strip()'), run: runJava },
  { file: 'main.go', text: go('|'), run: runGo },
  { file: 'main.go', text: go('"|"'), run: runGo },
  { file: 'main.rs', text: 'fn main() {\n    print!("{}", |);\n}\n', run: runRust },
  { file: 'client.sh', text: 'printf %s |\n', run: runBash },
  { file: 'client.sh', text: 'uri="|"\nprintf %s "$uri"\n', run: runBash },
  { file: 'client.sh', text: 'printf %s "$(cat <<EOF\n|\nEOF\n)" # it\'s\n', run: runBash },
];

/** Literals that are read back as their language's specification says, and how a variable is read there. */
const literals: readonly {
  readonly file: string;
  readonly text: string;
  readonly read: ReadLiteral;
  readonly variable: RegExp;
}[] = [
  {
    file: 'client.ts',
    text: 'connect(|);',
    read: (text) => JSON.parse(text) as unknown,
    variable: /process\.env\.MONGODB_URI/,
  },
  { file: 'App.kt', text: 'connect(|)', read: readKotlin, variable: /System\.getenv\("MONGODB_URI"\)/ },
  {
    file: 'App.cs',
    text: 'connect(|);',
    read: readCSharp,
    variable: /Environment\.GetEnvironmentVariable\("MONGODB_URI"\)/,
  },
  { file: 'client.php', text: '<?php connect(|);', read: readPhp, variable: /getenv\('MONGODB_URI'\)/ },
  { file: 'client.rb', text: 'connect(|)', read: readRuby, variable: /ENV\.fetch\(['"]MONGODB_URI['"]\)/ },
  { file: 'Client.scala', text: 'connect(|)', read: readScala, variable: /sys\.env\("MONGODB_URI"\)/ },
  { file: 'client.ps1', text: 'mongosh |', read: readPowerShell, variable: /\$env:MONGODB_URI/ },
  { file: 'main.tf', text: 'uri = |', read: readHcl, variable: /var\.mongodb_uri/ },
];

type ReadFile = (text: string) => unknown;
const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', trimValues: true });

/** Settings files, read back by a real parser of the format. */
const settings: readonly {
  readonly file: string;
  readonly text: string;
  readonly read: ReadFile;
  readonly path: readonly (string | number)[];
  /** The format can read the environment, so it is asked which way. */
  readonly reads?: boolean;
}[] = [
  { file: '.env', text: 'A=1\n|\nB=2\n', read: parseDotenv, path: ['MONGODB_URI'] },
  { file: '.env.local', text: 'MONGODB_URI="|"\n', read: parseDotenv, path: ['MONGODB_URI'] },
  { file: 'settings.json', text: '{\n  "uri": "|"\n}\n', read: JSON.parse, path: ['uri'] },
  { file: 'other.json', text: '{\n  "a": 1\n  |\n}\n', read: JSON.parse, path: ['MONGODB_URI'] },
  { file: 'hosts.json', text: '{"hosts": ["x"|]}\n', read: JSON.parse, path: ['hosts', 1] },
  {
    file: 'tsconfig.json',
    text: '{\n  // note\n  "uri": |,\n}\n',
    read: (text) => parseJsonc(text) as unknown,
    path: ['uri'],
  },
  { file: 'a.yaml', text: 'db:\n  uri: |\n', read: parseYaml, path: ['db', 'uri'] },
  {
    file: 'compose.yaml',
    text: 'services:\n  app:\n    environment:\n      MONGODB_URI: |\n',
    read: parseYaml,
    path: ['services', 'app', 'environment', 'MONGODB_URI'],
    reads: true,
  },
  {
    file: 'docker-compose.yml',
    text: 'services:\n  app:\n    environment:\n      - MONGODB_URI=|\n',
    read: (text) =>
      parseDotenv(
        (parseYaml(text) as { services: { app: { environment: string[] } } }).services.app.environment[0] ?? '',
      ),
    path: ['MONGODB_URI'],
    reads: true,
  },
  {
    file: 'application.properties',
    text: 'spring.data.mongodb.uri=|\n',
    read: readProperties,
    path: ['spring.data.mongodb.uri'],
    reads: true,
  },
  { file: 'settings.toml', text: '[db]\nuri = |\n', read: parseToml, path: ['db', 'uri'] },
  {
    file: 'web.config',
    text: '<configuration><connectionStrings><add name="MongoDB" connectionString="|"/></connectionStrings></configuration>\n',
    read: (text) => xml.parse(text) as unknown,
    path: ['configuration', 'connectionStrings', 'add', 'connectionString'],
  },
  {
    file: 'beans.xml',
    text: '<db><uri>|</uri></db>\n',
    read: (text) => xml.parse(text) as unknown,
    path: ['db', 'uri'],
  },
  {
    file: 'terraform.tfvars',
    text: 'uri = "|"\n',
    read: (text) => ({ uri: readHcl(text.slice('uri = '.length).trimEnd()) }),
    path: ['uri'],
  },
];

describe('insertion, read back', () => {
  let services: Services;
  let user: string;
  let folder: vscode.Uri;
  let cluster: Awaited<ReturnType<typeof find>>;
  /** What is inserted: with ports, `&` and `,` in it. */
  let value: string;
  let count = 0;

  before(async () => {
    services = await signedIn();
    user = (await sandbox()).dbUsername;
    const first = vscode.workspace.workspaceFolders?.[0];
    assert.ok(first);
    folder = vscode.Uri.joinPath(first.uri, 'forms');
    cluster = await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    const prompts = answer(services, /AWS/, 'Standard', user);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyConnectionString', cluster);
    prompts.done();
    value = await vscode.env.clipboard.readText();
    assert.match(value, /^mongodb:\/\/[^@]+:<db_password>@[^/]+:\d+,[^/]+\/\?.*&/);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
  after(async () => {
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  /** Inserts at the mark of a file and saves; the document with what is on the disk. */
  const insert = async (name: string, text: string, ...way: readonly string[]) => {
    count += 1;
    const file = vscode.Uri.joinPath(folder, String(count), name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text.replace('|', '')));
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    const position = document.positionAt(text.indexOf('|'));
    editor.selection = new vscode.Selection(position, position);
    const prompts = answer(services, /AWS/, 'Standard', user, ...way);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.insertConnectionString', cluster);
    prompts.done();
    await document.save();
    return document;
  };
  const between = (document: vscode.TextDocument, text: string): string => {
    const [before = '', after = ''] = text.split('|');
    const now = document.getText();
    assert.ok(now.startsWith(before) && now.endsWith(after), now);
    return now.slice(before.length, now.length - after.length);
  };

  for (const { file, text, run } of programs) {
    const where =
      text
        .split('\n')
        .find((line) => line.includes('|'))
        ?.trim() ?? '';
    it(`${file}: ${where}`, async function () {
      this.timeout(120_000);
      const document = await insert(file, text, 'Connection string');
      const printed = run(document.uri.fsPath);
      if (printed === undefined) {
        assert.ok(document.getText().includes('mongodb://'), 'no tool to read it with');
        return;
      }
      assert.equal(printed, value, document.getText());
    });

    it(`${file}: ${where}, from the environment`, async function () {
      this.timeout(120_000);
      const document = await insert(file, text, 'Environment variable', 'MONGODB_URI');
      const dotenv = vscode.Uri.joinPath(folder, '..', '.env');
      try {
        const variables = parseDotenv(new TextDecoder().decode(await vscode.workspace.fs.readFile(dotenv)));
        assert.deepEqual(variables, { MONGODB_URI: value });
        assert.ok(!document.getText().includes('mongodb://'), document.getText());
        const printed = run(document.uri.fsPath, variables);
        if (printed !== undefined) assert.equal(printed, value, document.getText());
      } finally {
        await vscode.workspace.fs.delete(dotenv);
      }
    });
  }

  for (const { file, text, read, variable } of literals) {
    it(`${file}: ${text}`, async () => {
      const document = await insert(file, text, 'Connection string');
      assert.equal(read(between(document, text)), value);
    });

    it(`${file}: ${text}, from the environment`, async () => {
      const document = await insert(file, text, 'Environment variable', 'MONGODB_URI');
      const dotenv = vscode.Uri.joinPath(folder, '..', '.env');
      const entry = new TextDecoder().decode(await vscode.workspace.fs.readFile(dotenv));
      await vscode.workspace.fs.delete(dotenv);
      assert.match(between(document, text), variable);
      const name = file.endsWith('.tf') ? 'TF_VAR_mongodb_uri' : 'MONGODB_URI';
      assert.deepEqual(parseDotenv(entry), { [name]: value });
    });
  }

  for (const [declared, name] of [
    [true, 'variables.tf'],
    [true, 'variables.tofu'],
    [false, 'variables.txt'],
  ] as const) {
    it(`main.tf: declares the variable it reads, ${declared ? 'not again' : 'where no file of the module does'}: ${name}`, async () => {
      const beside = vscode.Uri.joinPath(folder, String(count + 1), name);
      await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode('variable "mongodb_uri" {}\n'));
      const document = await insert('main.tf', 'uri = |\n', 'Environment variable', 'MONGODB_URI');
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, '..', '.env'));
      assert.equal(document.getText().includes('variable "mongodb_uri" {'), !declared, document.getText());
      assert.ok(document.getText().startsWith('uri = var.mongodb_uri\n'));
    });
  }

  it('terraform.tfvars: as Terraform itself reads it', async function () {
    this.timeout(120_000);
    const document = await insert('terraform.tfvars', 'uri = |\n');
    const main = vscode.Uri.joinPath(document.uri, '../main.tf');
    await vscode.workspace.fs.writeFile(main, new TextEncoder().encode('variable "uri" {}\n'));
    const read = runTerraform(document.uri.fsPath);
    assert.equal(read ?? readHcl(document.getText().slice('uri = '.length).trimEnd()), value);
  });

  for (const { file, text, read, path, reads } of settings) {
    const where =
      text
        .split('\n')
        .find((line) => line.includes('|'))
        ?.trim() ?? '';
    it(`${file}: ${where}`, async () => {
      const document = await insert(file, text, ...(reads === true ? ['Connection string'] : []));
      const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(document.uri));
      const found = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], read(saved));
      assert.equal(found, value, saved);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text.replace('|', ''), 'undone in one step');
      await document.save();
    });
  }
});
