import { t } from '@vscode/l10n';
import { classify, type ConnectionStringForm, type StringNetwork } from '../../connection-string/classify';
import { hostsIn } from '../../connection-string/credentials';
import { parseConnectionString, type ConnectionString } from '../../connection-string/parse';
import { providerNames } from '../../core/provider';
import { regionLabel, toCloudRegion } from '../../core/region';
import type { AtlasStore } from '../../store/atlas-store';
import { knownString, type KnownHost } from '../../store/known-strings';

/** What is known about a connection string without asking anybody. */
export interface StringFacts {
  /** As a program reads it. */
  readonly value: string;
  /** Absent when it is malformed, or made from pieces. */
  readonly parsed?: ConnectionString;
  readonly hosts: readonly string[];
  readonly network: StringNetwork;
  readonly form: ConnectionStringForm;
  /** What Atlas says about its first host that it knows. */
  readonly known?: KnownHost;
}

/** Works out what kind of string it is, and whose. */
export function factsOf(store: Pick<AtlasStore, 'elements' | 'known'>, value: string): StringFacts {
  const result = parseConnectionString(value);
  const hosts = hostsShown(value, result.ok ? result.value : undefined);
  const known = knownString(store, value);
  const scheme = /^mongodb\+srv:/i.test(value) ? 'mongodb+srv' : 'mongodb';
  const shape = classify(
    result.ok ? result.value : { scheme, hosts: hosts.map((host) => ({ host, span: { start: 0, end: 0 } })) },
  );
  return {
    value,
    ...(result.ok ? { parsed: result.value } : {}),
    hosts,
    // What Atlas says counts more than what a name looks like.
    network: known?.network ?? shape.network,
    form: shape.form,
    ...(known === undefined ? {} : { known }),
  };
}

/**
 * Its host names in lower case. A string may end too early, in a password with an `@` in it: then the rest of that
 * password stands in the place of a host. A single word behind user and password is taken for it where a host has a
 * domain, in a seedlist, and where the string is malformed anyway.
 */
function hostsShown(value: string, parsed: ConnectionString | undefined): readonly string[] {
  const hosts = parsed?.hosts.map(({ host }) => host.toLowerCase()) ?? hostsIn(value).filter(Boolean);
  const isSure = parsed === undefined ? !value.includes('@') : parsed.scheme === 'mongodb' || !parsed.username;
  return isSure ? hosts : hosts.filter((host) => host === 'localhost' || host.includes('.'));
}

/** The network that a string is for, in a word or two. */
export function networkWord(network: StringNetwork): string {
  switch (network) {
    case 'private-endpoint':
      return t('Private endpoint');
    case 'peering':
      return t('Network peering');
    case 'public':
      return t('Public');
    case 'data-federation':
      return t('Data Federation');
    case 'not-atlas':
      return t('Not Atlas');
  }
}

export function formWord(form: ConnectionStringForm): string {
  switch (form) {
    case 'seedlist':
      return t('DNS seedlist');
    case 'optimized':
      return t('Optimized DNS seedlist');
    case 'standard':
      return t('Standard');
  }
}

/** What a string is, on one line: network, place, cluster. */
export function factsLine({ network, known, hosts }: StringFacts): string {
  const places = (known?.endpoints ?? []).map(({ provider, region }) => {
    return `${providerNames[provider].cloud} ${toCloudRegion(provider, region)}`;
  });
  const owner = known?.deployment?.name ?? known?.federatedDatabase?.name ?? hosts[0];
  return [networkWord(network), ...new Set(places), ...(owner === undefined ? [] : [owner])].join(' · ');
}

/** The endpoints of a string for people: provider, region, id. */
export function endpointLines({ known }: StringFacts): readonly string[] {
  return (known?.endpoints ?? []).map(({ provider, region, endpointId }) => {
    const id = endpointId.split('/').at(-1) ?? endpointId;
    return `${providerNames[provider].feature}, ${regionLabel(provider, region)}: ${id}`;
  });
}
