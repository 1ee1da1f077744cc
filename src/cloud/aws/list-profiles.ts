import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AwsProfile } from '../../core/cloud';

/** Where the AWS CLI keeps its profiles (its documentation: Configuration and credential file settings). */
export function profileFiles(environment: Readonly<Record<string, string | undefined>>): {
  readonly config: string;
  readonly credentials: string;
} {
  const folder = join(homedir(), '.aws');
  return {
    config: environment.AWS_CONFIG_FILE ?? join(folder, 'config'),
    credentials: environment.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
  };
}

/** The profiles of the AWS configuration files, `default` first, then by name. No secret is kept of what is read. */
export async function listAwsProfiles(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<readonly AwsProfile[]> {
  const files = profileFiles(environment);
  const [config, credentials] = await Promise.all([readIfThere(files.config), readIfThere(files.credentials)]);
  return readProfiles(config, credentials);
}

/** The profiles in the texts of both files. */
export function readProfiles(config: string, credentials: string): readonly AwsProfile[] {
  const settings = new Map<string, Map<string, string>>();
  const merge = (text: string, profileOf: (section: string) => string | undefined): void => {
    for (const [section, keys] of readSections(text)) {
      const name = profileOf(section);
      if (name === undefined || name === '') continue;
      const known = settings.get(name) ?? new Map<string, string>();
      for (const [key, value] of keys) known.set(key, value);
      settings.set(name, known);
    }
  };
  merge(config, (section) => (section === 'default' ? section : /^profile\s+(.+)$/u.exec(section)?.[1]));
  merge(credentials, (section) => section);
  return [...settings]
    .map(([name, keys]): AwsProfile => {
      const region = keys.get('region');
      return { name, kind: kindOf(keys), ...(region === undefined || region === '' ? {} : { region }) };
    })
    .sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
}

function rank({ name }: AwsProfile): number {
  return name === 'default' ? 0 : 1;
}

/** What kind of sign-in it leads to, in the order in which the SDK looks. */
const kinds: readonly (readonly [key: string, kind: AwsProfile['kind']])[] = [
  ['web_identity_token_file', 'web-identity'],
  ['role_arn', 'role'],
  ['aws_access_key_id', 'keys'],
  ['credential_process', 'process'],
  ['sso_session', 'sso'],
  ['sso_start_url', 'sso'],
];

function kindOf(keys: ReadonlyMap<string, string>): AwsProfile['kind'] {
  return kinds.find(([key]) => keys.has(key))?.[1] ?? 'other';
}

/** Sections of an AWS configuration file with their keys; values are kept only where they are no secret. */
function readSections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/u)) {
    const header = /^\s*\[([^\]]*)\]/u.exec(line)?.[1]?.trim();
    if (header !== undefined) {
      const name = header.replaceAll(/["']/gu, '').trim();
      current = sections.get(name) ?? new Map<string, string>();
      sections.set(name, current);
      continue;
    }
    // Indented lines belong to the setting above them.
    const [, key, value = ''] = /^([^\s#;=][^=]*?)\s*=\s*(.*)$/u.exec(line) ?? [];
    if (key !== undefined) current?.set(key.toLowerCase(), key.toLowerCase() === 'region' ? value.trim() : '');
  }
  return sections;
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
