import type { Escapes } from './escapes';
import { languages } from './languages';
import type { Place } from './place';

/** The formats of settings files; `insert-string.ts` has how each takes a connection string. */
export type SettingsFormatName = 'dotenv' | 'json' | 'yaml' | 'properties' | 'xml';

/** How a settings file is known and what stands in it. Programs are in {@link languages}. */
export interface SettingsFormat {
  readonly name: SettingsFormatName;
  /** Identifiers of VS Code. */
  readonly ids: readonly string[];
  readonly files: RegExp;
  readonly escapes: Escapes;
}

const settingsFormats: readonly SettingsFormat[] = [
  {
    name: 'dotenv',
    ids: ['dotenv', 'env'],
    files: /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env)$/,
    escapes: 'none',
  },
  {
    name: 'json',
    ids: ['json', 'jsonc', 'json5'],
    files: /\.(?:jsonc?|json5|code-workspace)$/,
    escapes: 'backslash',
  },
  {
    name: 'yaml',
    ids: ['yaml', 'dockercompose', 'helm', 'home-assistant', 'github-actions-workflow'],
    files: /\.ya?ml$/,
    escapes: 'backslash',
  },
  {
    name: 'properties',
    ids: ['properties', 'java-properties', 'spring-boot-properties'],
    files: /\.properties$/,
    escapes: 'backslash',
  },
  {
    name: 'xml',
    ids: ['xml', 'xsl'],
    files: /\.(?:xml|config|csproj|props|targets)$/,
    escapes: 'xml',
  },
];

/** Identifiers of the languages and formats that are known. `package.json` has the extension started by each of them. */
export const knownLanguages: readonly string[] = [...languages, ...settingsFormats].flatMap(({ ids }) => ids);

/**
 * The settings format of a file; undefined for programs and for what is not known. The language counts before the
 * file's name, except that a `.env` file is one whatever the editor calls it.
 */
export function settingsFormatOf({
  languageId,
  fileName,
}: Pick<Place, 'languageId' | 'fileName'>): SettingsFormat | undefined {
  const byFile = settingsFormats.find(({ files }) => files.test(fileName));
  // VS Code knows `.env` as `properties` or `ini`, and compose files by more names than one.
  if (byFile?.name === 'dotenv') return byFile;
  const byLanguage = settingsFormats.find(({ ids }) => ids.includes(languageId));
  if (byLanguage !== undefined) return byLanguage;
  return languages.some(({ ids }) => ids.includes(languageId)) ? undefined : byFile;
}

/** Compose files: `compose.yaml`, `docker-compose.prod.yml`. */
export function isCompose(fileName: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(fileName);
}

/** Which escapes connection strings in a file may have; see `findStrings`. */
export function escapesOf(file: Pick<Place, 'languageId' | 'fileName'>): Escapes {
  const format = settingsFormatOf(file);
  if (format?.name === 'yaml' && (isCompose(file.fileName) || file.languageId === 'dockercompose')) return 'compose';
  return format?.escapes ?? 'backslash';
}
