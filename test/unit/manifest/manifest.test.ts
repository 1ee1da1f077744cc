import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownLanguages } from '../../../src/workspace/settings-formats';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly icon?: string;
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string; group?: string }[]>>;
    readonly viewsContainers: Readonly<Record<string, readonly { readonly icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon?: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string; readonly when: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope: string; readonly markdownDescription: string; readonly default: unknown }>
      >;
    };
    readonly authentication: readonly { readonly id: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string }; readonly completionEvents: string[] }[];
    }[];
  };
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const { contributes } = manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join(folder, name)));
}

/** Names in the tables of the command files: what `registerCommands` registers. */
function registeredCommands(): readonly string[] {
  return readdirSync(join(root, 'src/commands')).flatMap((file) => {
    const table = /export const \w+Commands = \{\n([\s\S]*?)\n\} satisfies CommandTable;/.exec(
      read(`src/commands/${file}`),
    )?.[1];
    return [...(table ?? '').matchAll(/^ {2}(\w+): /gm)].map((match) => `atlasPrivateEndpoints.${match[1] ?? ''}`);
  });
}

const whens = [
  ...Object.values(contributes.menus)
    .flat()
    .map(({ when }) => when ?? ''),
  ...contributes.viewsWelcome.map(({ when }) => when),
  ...contributes.walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents)),
].join(' ');

describe('manifest', () => {
  it('declares exactly the commands that the code registers', () => {
    const declared = contributes.commands.map(({ command }) => command).sort();
    assert.deepEqual(declared, [...registeredCommands()].sort());
    assert.equal(new Set(declared).size, declared.length);
    assert.ok(declared.length >= 15);
  });

  it('names only declared commands in menus and welcome texts', () => {
    const declared = new Set(contributes.commands.map(({ command }) => command));
    const used = Object.values(contributes.menus)
      .flat()
      .map(({ command }) => command);
    const linked = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1] ?? ''),
    );
    const ofTheEditor = /\.focus$|^vscode\.openFolder$/;
    for (const command of [...used, ...linked.filter((one) => !ofTheEditor.test(one))]) {
      assert.ok(declared.has(command), command);
    }
  });

  it('uses exactly the context keys that the code sets', () => {
    const list = /contextKeyNames[^=]*= \[([\s\S]*?)\]/.exec(read('src/ui/context-keys.ts'))?.[1] ?? '';
    const known = [...list.matchAll(/'([\w.]+)'/g)].map((match) => match[1] ?? '');
    const settings = Object.keys(contributes.configuration.properties);
    const commands = contributes.commands.map(({ command }) => command);
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    const used = [...whens.matchAll(/atlasPrivateEndpoints\.[\w.]+/g)]
      .map(([name]) => name)
      .filter((name) => ![...settings, ...commands, ...views].includes(name));
    assert.deepEqual([...new Set(used)].sort(), [...known].sort());
    const code = [...sources('src')].join('\n');
    for (const key of known) assert.match(code, new RegExp(`setContextKey\\(\\s*'${key.replace('.', '\\.')}'`), key);
  });

  it('matches only tags in menus that the tree gives', () => {
    const look = ['tree/look', 'tree/drafts', 'workspace-strings/string-tree']
      .map((file) => read(`src/ui/${file}.ts`))
      .join('\n');
    for (const [, name = ''] of whens.matchAll(/viewItem =~ \/;(\w+)(?:=\w+)?;\//g)) {
      assert.match(look, new RegExp(`\\b${name}\\b[:,;=]`), name);
    }
  });

  it('has a text for every key, and no text without a key', () => {
    const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) assert.notEqual(text.trim(), '', key);
  });

  it('has every file that it names', () => {
    const files = [
      ...Object.values(contributes.viewsContainers)
        .flat()
        .map(({ icon }) => icon),
      ...Object.values(contributes.views)
        .flat()
        .flatMap(({ icon }) => (icon === undefined ? [] : [icon])),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
      ...(manifest.icon === undefined ? [] : [manifest.icon]),
    ];
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
  });

  it('has few settings, none secret, each documented and read by the code', () => {
    const settings = Object.entries(contributes.configuration.properties);
    assert.ok(settings.length <= 15);
    const code = read('src/ui/settings.ts');
    for (const [name, { scope, markdownDescription }] of settings) {
      assert.match(markdownDescription, /^%settings\./);
      assert.ok(['machine', 'machine-overridable', 'resource', 'application'].includes(scope), name);
      assert.ok(code.includes(`'${name.replace('atlasPrivateEndpoints.', '')}'`), name);
      assert.doesNotMatch(name, /password|secret|token/i);
    }
  });

  it('takes no address, path or route from a workspace that is not trusted', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const name of Object.keys(contributes.configuration.properties)) {
      const plain = /hopTimeoutSeconds|dotenv\.variable|\.strings\./.test(name);
      assert.equal(restricted.includes(name), !plain, name);
    }
  });

  it('shows at most two actions inline on an element', () => {
    const inline = contributes.menus['view/item/context']?.filter(({ group }) => group?.startsWith('inline') === true);
    /** The most tags that one element has, by view. */
    const elements = {
      'atlasPrivateEndpoints.tree': [
        ';type=deployment;id;refreshable;web;string;',
        ';type=branch;branch=services;id;refreshable;web;',
        ';type=branch;branch=federation;id;refreshable;web;',
        ';type=service;id;refreshable;web;string;',
        ';type=retry;',
      ],
      'atlasPrivateEndpoints.strings': [';type=string;testable;'],
    };
    for (const [view, all] of Object.entries(elements)) {
      const onView = inline?.filter(({ when }) => when?.includes(`view == ${view} `) === true) ?? [];
      const fits = ({ when = '' }: { readonly when?: string }, tags: string): boolean =>
        new RegExp(/viewItem =~ \/(.+)\//.exec(when)?.[1] ?? '$^').test(tags);
      for (const tags of all) {
        const { length } = onView.filter((item) => fits(item, tags));
        assert.ok(length > 0 && length <= 2, `${view} ${tags}`);
      }
      for (const item of onView)
        assert.ok(
          all.some((tags) => fits(item, tags)),
          `no element shows ${String(item.when)}`,
        );
    }
  });

  it('is activated by its own contributions, and by files that may hold a connection string', () => {
    const languages = manifest.activationEvents.flatMap((event) => /^onLanguage:(.+)$/.exec(event)?.[1] ?? []);
    assert.deepEqual(languages, [...knownLanguages].sort());
    const others = manifest.activationEvents.filter((event) => !event.startsWith('onLanguage:'));
    assert.deepEqual(others, ['onWebviewPanel:atlasPrivateEndpoints.page']);
    assert.equal(contributes.authentication[0]?.id, 'mongodb-atlas');
  });
});
