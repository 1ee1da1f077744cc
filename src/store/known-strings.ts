import { hostsIn } from '../connection-string/credentials';
import type { Deployment, FederatedDatabase, StringEndpoint } from '../core/deployment';
import type { AtlasStore } from './atlas-store';
import { deploymentsOf, type ProjectContents } from './element';

/** What a host name of a connection string is in Atlas, as far as it is known. */
export interface KnownHost {
  readonly accountId: string;
  readonly projectId: string;
  /** Absent for a federated database. */
  readonly deployment?: Deployment;
  readonly federatedDatabase?: FederatedDatabase;
  readonly network: 'private-endpoint' | 'peering' | 'public' | 'data-federation';
  /** The endpoints that it leads through; empty unless the network is `private-endpoint`. */
  readonly endpoints: readonly StringEndpoint[];
}

type HostEntry = Omit<KnownHost, 'accountId' | 'projectId'>;
type Hosts = ReadonlyMap<string, HostEntry>;

/** Host names of a project, worked out once for each answer of Atlas. */
const cache = new WeakMap<ProjectContents, Hosts>();

function hostsOf(contents: ProjectContents): Hosts {
  const cached = cache.get(contents);
  if (cached !== undefined) return cached;
  const hosts = hostsOfProject(contents);
  cache.set(contents, hosts);
  return hosts;
}

type Source = Pick<AtlasStore, 'elements' | 'known'>;

interface KnownProject {
  readonly accountId: string;
  readonly projectId: string;
  readonly contents: ProjectContents;
}

function projectsOf(store: Source): readonly KnownProject[] {
  return store.elements().flatMap(({ accountId, ref }) => {
    if (ref.kind !== 'project') return [];
    const contents = store.known<'project'>(accountId, ref).value;
    return contents === undefined ? [] : [{ accountId, projectId: ref.projectId, contents }];
  });
}

/** What a host name belongs to, by what the store knows of the projects of any account; asks Atlas nothing. */
export function knownHost(store: Source, host: string): KnownHost | undefined {
  const wanted = host.toLowerCase();
  for (const { accountId, projectId, contents } of projectsOf(store)) {
    const entry = hostsOf(contents).get(wanted);
    if (entry !== undefined) return { accountId, projectId, ...entry };
  }
  return undefined;
}

/**
 * The known projects that a host name belongs to by its domain (`….ab1cd.mongodb.net`), also when no string of theirs
 * has this very host any more.
 */
export function projectsOfDomain(store: Source, host: string): readonly KnownProject[] {
  const domain = domainOf(host.toLowerCase());
  if (domain === undefined) return [];
  return projectsOf(store).filter(({ contents }) =>
    [...hostsOf(contents).keys()].some((one) => domainOf(one) === domain),
  );
}

/**
 * The part of an Atlas host name that is the same for a whole project: `ab1cd.mongodb.net`, also where older clusters
 * have a dash before it. Undefined for names that are not Atlas's.
 */
export function domainOf(host: string): string | undefined {
  return /(?:^|[.-])([a-z0-9]+\.mongodb(?:gov)?\.net)\.?$/.exec(host)?.[1];
}

function hostsOfProject(contents: ProjectContents): Hosts {
  const hosts = new Map<string, HostEntry>();
  const add = (text: string | undefined, entry: HostEntry): void => {
    // The first one stays: a private endpoint's own host is in no other string.
    for (const host of text === undefined ? [] : hostsIn(text)) if (!hosts.has(host)) hosts.set(host, entry);
  };
  for (const deployment of deploymentsOf(contents)) {
    const { privateEndpoint, standard, standardSrv, peering, peeringSrv } = deployment.strings;
    for (const { endpoints, srv, srvShardOptimized, standard: privateStandard } of privateEndpoint) {
      const entry: HostEntry = { deployment, network: 'private-endpoint', endpoints };
      for (const text of [srv, srvShardOptimized, privateStandard]) add(text, entry);
    }
    for (const text of [peering, peeringSrv]) add(text, { deployment, network: 'peering', endpoints: [] });
    for (const text of [standard, standardSrv]) add(text, { deployment, network: 'public', endpoints: [] });
  }
  for (const federatedDatabase of contents.federatedDatabases) {
    const { hostnames, privateEndpointHostnames } = federatedDatabase;
    for (const { hostname } of privateEndpointHostnames) {
      add(`mongodb://${hostname}`, { federatedDatabase, network: 'private-endpoint', endpoints: [] });
    }
    for (const host of hostnames) {
      add(`mongodb://${host}`, { federatedDatabase, network: 'data-federation', endpoints: [] });
    }
  }
  return hosts;
}
