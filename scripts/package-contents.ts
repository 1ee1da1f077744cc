import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the package is made of. One file for each name without a star, at least one for each with. */
const expected = [
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/ThirdPartyNotices.txt',
  'extension/docs/findings.md',
  'extension/dist/extension.js',
  'extension/dist/helper.js',
  'extension/dist/lazy/*.js',
  'extension/dist/sandbox.js',
  'extension/dist/webview/codicon.ttf',
  'extension/dist/webview/page.css',
  'extension/dist/webview/page.js',
  'extension/media/view-container-dark.svg',
  'extension/media/view-container.svg',
  'extension/media/walkthrough/*.md',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/readme.md',
  'extension.vsixmanifest',
  '[Content_Types].xml',
];

/** A larger package, activation entry or script of the service page needs a reason here, in words. In bytes. */
export const limits = { package: 1_500_000, activation: 150_000, page: 350_000 };

/** The names of the files in a package. Throws when the file is no zip archive. */
export function filesInPackage(file: string): string[] {
  return [...sizesInPackage(file).keys()];
}

/** The files in a package with their sizes in bytes once they are unpacked. Throws when the file is no zip archive. */
export function sizesInPackage(file: string): ReadonlyMap<string, number> {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < 0) throw new Error(`${file} is no zip archive.`);
  const count = zip.readUInt16LE(end + 10);
  const sizes = new Map<string, number>();
  // One record of the archive's directory per file (APPNOTE 4.3.12).
  for (let at = zip.readUInt32LE(end + 16), index = 0; index < count; index++) {
    const nameLength = zip.readUInt16LE(at + 28);
    sizes.set(zip.toString('utf8', at + 46, at + 46 + nameLength), zip.readUInt32LE(at + 24));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return sizes;
}

/** What is missing in a list of files, and what should not be there. */
export function unexpectedContents(names: readonly string[]): string[] {
  const patterns = expected.map((pattern) => ({ pattern, matches: matcher(pattern) }));
  return [
    ...patterns.filter(({ matches }) => !names.some(matches)).map(({ pattern }) => `missing: ${pattern}`),
    ...names.filter((name) => !patterns.some(({ matches }) => matches(name))).map((name) => `not expected: ${name}`),
  ];
}

function matcher(pattern: string): (name: string) => boolean {
  const source = pattern.replace(/[.[\]]/g, '\\$&').replace('*', '[\\w.-]+');
  const expression = new RegExp(`^${source}$`);
  return (name) => expression.test(name);
}

/** The files that are read when the editor requires the extension's entry, each with its size in bytes. */
export function filesAtActivation(distFolder: string): { readonly file: string; readonly size: number }[] {
  const script = `
    const Module = require('node:module');
    const load = Module._load;
    const editor = new Proxy(function () {}, { get: () => undefined });
    Module._load = function (name, ...rest) { return name === 'vscode' ? editor : load.call(this, name, ...rest); };
    require(${JSON.stringify(join(distFolder, 'extension.js'))});
    console.log(JSON.stringify(Object.keys(require.cache)));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`dist/extension.js does not load: ${stderr}`);
  return (JSON.parse(stdout) as string[]).map((file) => ({
    file: relative(distFolder, file),
    size: statSync(file).size,
  }));
}
