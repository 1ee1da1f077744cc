import { apiKeySignIn } from '../atlas/api-key';
import { createAtlasApi } from '../atlas/atlas-client';
import { cliConfigFile, cliProfiles, readCliProfiles, type CliProfileResult } from '../atlas/cli-profile';
import { serviceAccountSignIn } from '../atlas/service-account';
import type { AtlasApi } from '../core/atlas-api';
import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { AccountCredentials } from './account';

// Loaded when the first account is opened: everything of `src/atlas` comes in here and nowhere else.

/** The API of an account. Throws `ATLAS_INPUT_INVALID` for a base URL that must not be used. */
export function openAtlas(
  baseUrl: string,
  credentials: AccountCredentials,
  ports: { readonly clock: Clock; readonly logger: Logger; readonly onSecret: (secret: string) => void },
): AtlasApi {
  // Looked up at each call: the editor replaces the global one to honour its proxy settings.
  const fetch = (url: string, init: RequestInit): Promise<Response> => globalThis.fetch(url, init);
  const authorize =
    credentials.kind === 'api-key'
      ? apiKeySignIn(credentials)
      : serviceAccountSignIn({ ...credentials, ...ports, baseUrl, fetch });
  // Opening a project is one round of nine calls.
  return createAtlasApi({ ...ports, baseUrl, authorize, fetch, concurrency: 16 });
}

/** What the Atlas CLI on this machine is signed in with, and why profiles of it cannot be used; never rejects. */
export async function findCliProfiles(): Promise<readonly CliProfileResult[]> {
  const file = cliConfigFile(process.platform, process.env);
  return file === undefined ? cliProfiles('', process.env) : await readCliProfiles(file, process.env);
}
