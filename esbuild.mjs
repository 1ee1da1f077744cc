// Builds dist/: node esbuild.mjs [--minify] [--notices] [--meta]
//   --minify   as it is packaged
//   --notices  also writes ThirdPartyNotices.txt: the licences of the packages that are in the bundles
//   --meta     also writes out/meta-<bundle>.json, for a look at what a bundle is made of
import { build, transform } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({
  options: {
    minify: { type: 'boolean', default: false },
    notices: { type: 'boolean', default: false },
    meta: { type: 'boolean', default: false },
  },
});
const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
process.chdir(root);

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: flags.minify,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  // Bundles are kept in memory until all of them are built: a failed build leaves the last good one.
  write: false,
  outdir: 'dist',
};

/** @type {import('esbuild').BuildOptions} */
const forNode = {
  ...common,
  platform: 'node',
  format: 'cjs',
  // The module builds of the AWS packages are half the size of their CommonJS builds.
  mainFields: ['module', 'main'],
  // Node's own URL reads connection strings like the 240 KB of whatwg-url do: test/unit/build compares the two.
  // The driver requires `bson`, the connection test imports it: without this they get two different copies of it.
  alias: { 'whatwg-url': 'node:url', bson: join(root, 'node_modules/bson/lib/bson.cjs') },
  // Parts of the driver that are optional and not used here.
  external: ['@mongodb-js/zstd', 'gcp-metadata', 'kerberos', 'mongodb-client-encryption', 'snappy'],
  plugins: [driverWithoutAws()],
};

/**
 * The driver refuses to sign in with AWS credentials, even with given ones, when it cannot load the AWS package. We
 * give it the credentials, so an empty package does.
 * @returns {import('esbuild').Plugin}
 */
function driverWithoutAws() {
  return {
    name: 'driver-without-aws',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@aws-sdk\/credential-providers$/ }, ({ importer, path }) =>
        /[\\/]node_modules[\\/]mongodb[\\/]/.test(importer) ? { path, namespace: 'given-credentials' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'given-credentials' }, () => ({
        contents: `exports.fromNodeProviderChain = () => { throw new Error('AWS credentials must be given'); };`,
      }));
    },
  };
}

/**
 * The extension: `dist/extension.js` with everything that activation needs and, for everything that `import()` loads, a
 * file of its own in `dist/lazy/`. A module that several of them use is in a shared file, so there is one copy of it
 * while the extension runs.
 *
 * esbuild splits ES modules only, and the editor loads CommonJS: so each split file is turned into CommonJS afterwards,
 * where `import()` becomes a `require` when it is called.
 */
async function buildExtension() {
  const { outputFiles, metafile } = await build({
    ...forNode,
    entryPoints: { extension: 'src/extension.ts' },
    target: 'node20',
    format: 'esm',
    splitting: true,
    chunkNames: 'lazy/[name]-[hash]',
    external: [...(forNode.external ?? []), 'vscode'],
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const atActivation = staticImports('extension.js', outputs);
  const split = withOneEditor(new Map(outputFiles.map(({ path, text }) => [basename(path), text])));
  atActivation.add('vscode.js');

  const lazy = [...outputs].filter(([file]) => file !== 'extension.js' && !atActivation.has(file));
  let shared = 0;
  const names = new Map(
    lazy.map(([file, { entryPoint }]) => [
      file,
      entryPoint === undefined ? `shared-${++shared}.js` : `${lazyName(entryPoint)}.js`,
    ]),
  );
  if (new Set(names.values()).size !== names.size) throw new Error('Two lazily loaded files have the same name.');
  /** @param {string} code  @param {string} folder of the lazily loaded files, seen from this one */
  const named = (code, folder) =>
    code.replace(/\brequire\("\.[./]*\/(?:lazy\/)?([\w-]+\.js)"\)/g, (whole, file) => {
      if (atActivation.has(file)) return `require("../extension.js").${nameInEntry(file)}`;
      return names.has(file) ? `require("${folder}${names.get(file)}")` : whole;
    });

  const entry = { path: join(dist, 'extension.js'), text: named(await joinEntry(split, atActivation), './lazy/') };
  const lazyFiles = [...names].map(async ([file, name]) => {
    const { code } = await transform(split.get(file) ?? '', { ...toCommonJs, minify: flags.minify });
    return { path: join(dist, 'lazy', name), text: named(code, './') };
  });
  return { outputFiles: [entry, ...(await Promise.all(lazyFiles))], metafile };
}

/** @type {import('esbuild').CommonOptions & { format: 'cjs' }} */
const toCommonJs = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  supported: { 'dynamic-import': false },
  legalComments: 'none',
};

/**
 * The files that are loaded with this one.
 * @param {string} file
 * @param {ReadonlyMap<string, import('esbuild').Metafile['outputs'][string]>} outputs
 * @param {Set<string>} found
 */
function staticImports(file, outputs, found = new Set()) {
  for (const { path, kind, external } of outputs.get(file)?.imports ?? []) {
    const imported = basename(path);
    if (kind !== 'import-statement' || external || found.has(imported)) continue;
    found.add(imported);
    staticImports(imported, outputs, found);
  }
  return found;
}

/**
 * Has all files take the editor's API from one more file, `vscode.js`. Each module that imports it would get a copy of
 * its own otherwise, with some 500 getters: a fifth of a millisecond for each of the many modules.
 * @param {ReadonlyMap<string, string>} files
 * @returns {ReadonlyMap<string, string>}
 */
function withOneEditor(files) {
  const imports = /\bimport\s*\*\s*as ([\w$]+) from\s*"vscode";/g;
  const texts = [...files].map(([file, text]) => [
    file,
    text.replace(imports, 'import { api as $1 } from "./vscode.js";'),
  ]);
  return new Map([...texts, ['vscode.js', `export const api = require('vscode');`]]);
}

/**
 * The entry with the split files that are loaded with it in one: each file costs the editor a millisecond or more to
 * find, read and wrap. What is in them is exported under a name for each, for the lazily loaded files.
 * @param {ReadonlyMap<string, string>} split  @param {ReadonlySet<string>} joined
 */
async function joinEntry(split, joined) {
  const exported = [...joined].map((file) => `export * as ${nameInEntry(file)} from './${file}';`);
  const { outputFiles } = await build({
    ...toCommonJs,
    bundle: true,
    minify: flags.minify,
    write: false,
    stdin: { contents: [`export { activate, deactivate } from './extension.js';`, ...exported].join('\n') },
    plugins: [
      {
        name: 'split-files',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path }) => {
            const file = basename(path);
            const isJoined = file === 'extension.js' || joined.has(file);
            return isJoined ? { path: file, namespace: 'split' } : { path, external: true };
          });
          onLoad({ filter: /./, namespace: 'split' }, ({ path }) => ({ contents: split.get(path) ?? '' }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}

/** `chunk-A1B2.js` → `chunk_A1B2`. @param {string} file */
function nameInEntry(file) {
  return file.replace(/\.js$/, '').replaceAll('-', '_');
}

/** `src/cloud/aws/credentials.ts` → `cloud-aws-credentials`. @param {string} entry */
function lazyName(entry) {
  return entry
    .replace(/^(.*\bnode_modules|src)\//, '')
    .replace(/\/(dist-es|lib|dist)\//, '/')
    .replace(/(\/index)?\.[cm]?[jt]s$/, '')
    .replace(/[^a-z0-9]+/gi, '-')
    .replace(/^-/, '');
}

/** The page in a webview: a script, a style sheet and the icons' font. */
const page = {
  ...common,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  entryPoints: { page: 'webview/page/main.tsx' },
  outdir: 'dist/webview',
  assetNames: '[name]',
  loader: { '.ttf': 'file' },
};

/** @type {Record<string, Promise<{ outputFiles: { path: string }[], metafile: object }>>} */
const bundles = {
  extension: buildExtension(),
  sandbox: build({ ...forNode, entryPoints: { sandbox: 'src/sandbox/main.ts' }, target: 'node20' }),
  // Copied to machines inside a VPC and run there by whatever Node they have. It does not know the editor: a module
  // that imports `vscode` fails this build.
  ...(existsSync('src/helper/main.ts')
    ? {
        helper: build({
          ...forNode,
          entryPoints: { helper: 'src/helper/main.ts' },
          target: 'node18',
          banner: { js: '#!/usr/bin/env node' },
        }),
      }
    : {}),
  page: build(page),
};

const built = await Promise.all(Object.entries(bundles).map(async ([name, bundle]) => ({ name, ...(await bundle) })));
const written = new Set();
for (const { name, outputFiles, metafile } of built) {
  for (const { path, contents, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    // Whoever runs the last build goes on with whole files.
    await writeFile(`${path}.new`, contents ?? text, { mode: name === 'helper' ? 0o755 : 0o644 });
    await rename(`${path}.new`, path);
    written.add(path);
  }
  if (flags.meta) {
    await mkdir(join(root, 'out'), { recursive: true });
    await writeFile(join(root, 'out', `meta-${name}.json`), JSON.stringify(metafile));
  }
}
for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !written.has(path)) await rm(path, { force: true });
}
if (flags.notices) await writeFile('ThirdPartyNotices.txt', await notices());

/** The licence of every package that a bundle has code of. */
async function notices() {
  const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = inputs.flatMap((path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((one) => /^(licen[cs]e|copying)/i.test(one));
    const text = file === undefined ? `Licence: ${license}` : await readFile(join(folder, file), 'utf8');
    return { title: `${name} ${version} (${license})`, text: text.trim() };
  });
  // Many packages have the same text: it is there once, below all that have it.
  const groups = new Map();
  for (const { title, text } of await Promise.all(texts)) groups.set(text, [...(groups.get(text) ?? []), title]);
  const parts = [...groups].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  return `The bundles of this extension hold code of these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}
