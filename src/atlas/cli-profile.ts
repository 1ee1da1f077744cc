import { readFile } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { parse } from 'smol-toml';
import { failed, ok, problem, type Problem, type Result } from '../core/problem';

/** A profile of the Atlas CLI with what an account needs. */
export interface CliProfile {
  /** Name of its section; `environment` for the one from variables. */
  readonly name: string;
  /** Origin of the Admin API. */
  readonly baseUrl: string;
  readonly credentials:
    | { readonly kind: 'service-account'; readonly clientId: string; readonly clientSecret: string }
    | { readonly kind: 'api-key'; readonly publicKey: string; readonly privateKey: string };
  readonly organizationId?: string;
  readonly projectId?: string;
}

/** A profile, or why it cannot be used; the problem's subject is the profile's name. */
export type CliProfileResult = Result<CliProfile>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reasons in parameter `reason` of `ATLAS_CLI_PROFILE_UNUSABLE`. */
type Reason = 'keyring' | 'user-account' | 'no-credentials' | 'syntax' | 'service' | 'unreadable';

/**
 * The Atlas CLI's configuration file: `atlascli/config.toml` in the user's configuration folder of the platform
 * (`XDG_CONFIG_HOME`, `~/Library/Application Support`, `%AppData%`); undefined when the environment does not tell.
 */
export function cliConfigFile(platform: NodeJS.Platform, env: Environment): string | undefined {
  const path = platform === 'win32' ? win32 : posix;
  const home = env.HOME;
  const underHome = (...parts: readonly string[]): string | undefined =>
    home === undefined || home === '' ? undefined : path.join(home, ...parts);
  const xdg = env.XDG_CONFIG_HOME;
  const folder =
    platform === 'win32'
      ? (env.AppData ?? env.APPDATA)
      : platform === 'darwin'
        ? underHome('Library', 'Application Support')
        : xdg !== undefined && path.isAbsolute(xdg)
          ? xdg
          : underHome('.config');
  return folder === undefined || folder === '' ? undefined : path.join(folder, 'atlascli', 'config.toml');
}

/** Reads a configuration file; no profiles when it is not there, one problem when it cannot be read. */
export async function readCliProfiles(file: string, env: Environment): Promise<readonly CliProfileResult[]> {
  try {
    return cliProfiles(await readFile(file, 'utf8'), env);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    if (code === 'ENOENT') return cliProfiles('', env);
    return [failed(unusable(file, 'unreadable', code)), ...cliProfiles('', env)];
  }
}

/**
 * The profiles in the text of a configuration file, in its order, after the one that environment variables make
 * (`MONGODB_ATLAS_…`), which the Atlas CLI prefers as well.
 */
export function cliProfiles(text: string, env: Environment): readonly CliProfileResult[] {
  const fromEnvironment = environmentProfile(env);
  let sections: Readonly<Record<string, unknown>>;
  try {
    sections = parse(text);
  } catch (error) {
    // The message quotes the file, and with it secrets; the place is enough.
    const place = error instanceof Error && 'line' in error ? `line ${String(error.line)}` : undefined;
    return [...fromEnvironment, failed(unusable('config.toml', 'syntax', place))];
  }
  const fromFile = Object.entries(sections).flatMap(([name, section]) =>
    typeof section === 'object' && section !== null && !Array.isArray(section)
      ? [toProfile(name, (key) => textOf(section as Record<string, unknown>, key))]
      : [],
  );
  return [...fromEnvironment, ...fromFile];
}

function environmentProfile(env: Environment): readonly CliProfileResult[] {
  const read = (key: string): string | undefined => env[`MONGODB_ATLAS_${key.toUpperCase()}`];
  const names = ['public_api_key', 'private_api_key', 'client_id', 'client_secret'];
  return names.some((name) => (read(name) ?? '') !== '') ? [toProfile('environment', read)] : [];
}

function toProfile(name: string, read: (key: string) => string | undefined): CliProfileResult {
  const value = (key: string): string | undefined => {
    const found = read(key);
    return found === undefined || found.trim() === '' ? undefined : found.trim();
  };
  const baseUrl = baseUrlOf(value('ops_manager_url'), value('service'));
  if (baseUrl === undefined) return failed(unusable(name, 'service'));
  const organizationId = value('org_id');
  const projectId = value('project_id');
  const rest = {
    name,
    baseUrl,
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(projectId === undefined ? {} : { projectId }),
  };
  const [clientId, clientSecret] = [value('client_id'), value('client_secret')];
  const [publicKey, privateKey] = [value('public_api_key'), value('private_api_key')];
  if (clientId !== undefined && clientSecret !== undefined) {
    return ok({ ...rest, credentials: { kind: 'service-account', clientId, clientSecret } });
  }
  if (publicKey !== undefined && privateKey !== undefined) {
    return ok({ ...rest, credentials: { kind: 'api-key', publicKey, privateKey } });
  }
  const authType = value('auth_type');
  if (clientId !== undefined || publicKey !== undefined) return failed(unusable(name, 'keyring'));
  if (authType === 'api_keys' || authType === 'service_account') return failed(unusable(name, 'keyring'));
  const isPerson = authType === 'user_account' || value('access_token') !== undefined;
  return failed(unusable(name, isPerson ? 'user-account' : 'no-credentials'));
}

/** Origin by `ops_manager_url`, else by `service`; undefined for services that are not Atlas. */
function baseUrlOf(url: string | undefined, service: string | undefined): string | undefined {
  if (service !== undefined && service !== 'cloud' && service !== 'cloudgov') return undefined;
  if (url !== undefined) return URL.canParse(url) ? new URL(url).origin : undefined;
  return service === 'cloudgov' ? 'https://cloud.mongodbgov.com' : 'https://cloud.mongodb.com';
}

function textOf(section: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const found = Object.hasOwn(section, key) ? section[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function unusable(name: string, reason: Reason, evidence?: string): Problem {
  return problem('ATLAS_CLI_PROFILE_UNUSABLE', name, { reason }, { evidence });
}
