import { hostsIn } from '../../connection-string/credentials';
import type { AtlasStore } from '../../store/atlas-store';
import { knownHost } from '../../store/known-strings';

/** Every host of some strings, each once; those of no known cluster first: a list that is cut loses others. */
export function hostsToName(
  store: Pick<AtlasStore, 'elements' | 'known'>,
  connectionStrings: readonly string[],
): readonly string[] {
  const hosts = [...new Set(connectionStrings.flatMap(hostsIn))];
  const isKnown = (host: string): boolean => knownHost(store, host) !== undefined;
  return [...hosts.filter((host) => !isKnown(host)), ...hosts.filter(isKnown)];
}
