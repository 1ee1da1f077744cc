import { parseConnectionString } from '../../connection-string/parse';
import type { AtlasStore } from '../../store/atlas-store';
import { knownHost } from '../../store/known-strings';

/**
 * The hosts that a driver connects to for a well-formed string, in lower case: as it is parsed, so an `@` in an option
 * ends no password. None for a malformed one.
 */
export function hostsConnectedTo(connectionString: string): readonly string[] {
  const parsed = parseConnectionString(connectionString);
  return parsed.ok ? parsed.value.hosts.map(({ host }) => host.toLowerCase()) : [];
}

/** Every host of some strings, each once; those of no known cluster first: a list that is cut loses others. */
export function hostsToName(
  store: Pick<AtlasStore, 'elements' | 'known'>,
  connectionStrings: readonly string[],
): readonly string[] {
  const hosts = [...new Set(connectionStrings.flatMap(hostsConnectedTo))];
  const isKnown = (host: string): boolean => knownHost(store, host) !== undefined;
  return [...hosts.filter((host) => !isKnown(host)), ...hosts.filter(isKnown)];
}
