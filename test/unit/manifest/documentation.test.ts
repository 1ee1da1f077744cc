import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { usage } from '../../../src/helper/arguments';
import { languages } from '../../../src/workspace/languages';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly version: string;
  readonly engines: { readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
    readonly languageModelTools: readonly { readonly toolReferenceName: string }[];
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const readme = read('README.md');

/** The first cells of the table below a heading. */
function tableBelow(heading: string): readonly string[] {
  const section = readme.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (.+?) +\|/gm)].map((match) => match[1] ?? '').slice(1);
}

describe('the documentation', () => {
  it('names every command by its title, and no other', () => {
    const titles = manifest.contributes.commands.map(({ title }) => texts[title.replaceAll('%', '')] ?? title);
    const rows = tableBelow('Commands').filter((row) => !row.startsWith('--'));
    assert.deepEqual([...rows].sort(), titles.sort(), 'the table "Commands" of README.md has a row for each command');
  });

  it('names every setting, and no other', () => {
    const rows = tableBelow('Settings').filter((row) => !row.startsWith('--'));
    const settings = Object.keys(manifest.contributes.configuration.properties).map((name) => `\`${name}\``);
    assert.deepEqual([...rows].sort(), settings.sort(), 'the table "Settings" of README.md has a row for each setting');
  });

  it('names every tool for agents, and no other', () => {
    const named = [...readme.matchAll(/`#(\w+)`/g)].map((match) => match[1]);
    const tools = manifest.contributes.languageModelTools.map(({ toolReferenceName }) => toolReferenceName);
    assert.deepEqual(named.sort(), tools.sort());
  });

  it('runs scripts that exist', () => {
    for (const document of documents) {
      for (const [, script = ''] of read(document).matchAll(/npm run ([\w:]+)/g)) {
        assert.ok(script in manifest.scripts, `${document}: npm run ${script}`);
      }
    }
  });

  it('leads to files that exist', () => {
    for (const document of documents) {
      const text = read(document);
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
      // Paths in code: with a folder of ours in front.
      const paths = [...text.matchAll(/`((?:src|test|scripts|webview)\/[\w./-]+)`/g)].map((match) => match[1] ?? '');
      assert.ok(links.length + paths.length > 0 || document === 'CHANGELOG.md');
      for (const path of [...links, ...paths]) {
        assert.ok(existsSync(join(root, dirname(document), path)), `${document} leads to ${path}`);
      }
    }
  });

  it('says of the helper what the helper says of itself', () => {
    const section = readme.split(/^## /m).find((one) => one.startsWith('In a pipeline')) ?? '';
    const options = [...section.matchAll(/(?<![\w-])(--[a-z-]+)/g)].map((match) => match[1] ?? '');
    assert.ok(options.length >= 4);
    for (const option of options) assert.ok(usage.includes(option), option);
  });

  it('names the oldest VS Code, and every language that strings are inserted into', () => {
    const [, oldest = '?'] = /^\^(\d+\.\d+)\.\d+$/.exec(manifest.engines.vscode) ?? [];
    assert.match(readme, new RegExp(`VS Code ${oldest.replace('.', '\\.')} `));
    const words: Readonly<Record<string, string>> = {
      csharp: 'C#',
      javascriptreact: 'JavaScript',
      shellscript: 'shell',
      'terraform-vars': 'Terraform',
    };
    for (const { ids } of languages) {
      const word = words[ids[0] ?? ''] ?? ids[0] ?? '';
      assert.ok(readme.toLowerCase().includes(word.toLowerCase()), word);
    }
  });

  it('has an entry for this version', () => {
    assert.match(read('CHANGELOG.md'), new RegExp(`^## ${manifest.version.replaceAll('.', '\\.')}$`, 'm'));
  });

  it('names no place of one machine and no registry', () => {
    for (const document of documents) {
      assert.doesNotMatch(read(document), /\/(?:home|root|tmp|work|Users)\/|registry\.|https?:\/\/(?:localhost|127\.)/);
    }
  });
});
