// npm run l10n
//
// Writes l10n/bundle.l10n.json: every sentence of the code, for translators. A test holds it to the code.
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root';

/** Where translations lie, by the manifest's own field. */
export const bundleFile = join(root, 'l10n/bundle.l10n.json');

/** A call of the short name that is imported from @vscode/l10n, or taken out of the editor's own. */
const shortCall = /(?<![\w$.])t\((?=\s*(\S))/g;

/**
 * Every text that the code gives to `t`, as the tools for translators read it. Throws for a call with anything else
 * than a literal: its text would never be translated.
 */
export async function bundleOfSource(): Promise<string> {
  const folder = join(root, 'src');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const contents = names.sort().map((name) => ({ extension: '.ts', contents: longCalls(name) }));
  const texts: l10nJsonFormat = await getL10nJson(contents.filter((file) => file.contents.includes('l10n')));
  const sorted = Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n`;
}

/** The tool finds calls of `l10n.t` only. */
function longCalls(name: string): string {
  const text = readFileSync(join(root, 'src', name), 'utf8');
  const shortImport = /^import \{ (?:config, )?t \} from '@vscode\/l10n';$/m;
  if (!shortImport.test(text) && !text.includes('const { t } = vscode.l10n;')) return text;
  return text.replace(shortImport, "import * as l10n from '@vscode/l10n';").replace(shortCall, (_, first: string) => {
    if (!/['"{]/.test(first)) throw new Error(`src/${name}: t(${first}… is no literal, so nobody can translate it.`);
    return 'l10n.t(';
  });
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(join(root, 'l10n'), { recursive: true });
  writeFileSync(bundleFile, await bundleOfSource());
}
