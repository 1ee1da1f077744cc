import { domainOf } from '../connection-string/classify';
import { hostsIn, nodesIn } from '../connection-string/credentials';
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

/** What stands in the strings of a project: nodes as {@link nodesIn} has them, and the names of their hosts. */
interface Hosts {
  readonly byNode: ReadonlyMap<string, HostEntry>;
  /** A host that several clusters have is in here with each of them. */
  readonly byHost: ReadonlyMap<string, readonly HostEntry[]>;
}

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

/**
 * What a host name, with its port or without, belongs to, by what the store knows of the projects of any account; asks
 * Atlas nothing. Undefined for a host that several clusters have when its port is none of theirs: nobody can tell then.
 */
export function knownHost(store: Source, host: string): KnownHost | undefined {
  return knownNodes(store, [host.toLowerCase()]);
}

/** What the nodes of a string belong to together, as {@link knownHost} says it of one. */
export function knownString(store: Source, connectionString: string): KnownHost | undefined {
  return knownNodes(store, nodesIn(connectionString));
}

function knownNodes(store: Source, nodes: readonly string[]): KnownHost | undefined {
  for (const { accountId, projectId, contents } of projectsOf(store)) {
    const entry = ownerIn(hostsOf(contents), nodes);
    if (entry !== undefined) return { accountId, projectId, ...entry };
  }
  return undefined;
}

/** By ports where one is that of today, else by names: the ports of a cluster may change. */
function ownerIn({ byNode, byHost }: Hosts, nodes: readonly string[]): HostEntry | undefined {
  const exact = nodes.flatMap((node) => byNode.get(node) ?? []);
  const [first, ...others] = exact.length > 0 ? exact : nodes.flatMap((node) => byHost.get(withoutPort(node)) ?? []);
  const isShared = others.some(
    (one) => one.deployment !== first?.deployment || one.federatedDatabase !== first?.federatedDatabase,
  );
  return isShared ? undefined : first;
}

/** The endpoints that the hosts of a string lead through, whichever cluster they belong to. */
export function endpointsOfHosts(store: Source, connectionString: string): readonly StringEndpoint[] {
  const hosts = hostsIn(connectionString);
  return projectsOf(store).flatMap(({ contents }) =>
    hosts.flatMap(
      (host) =>
        hostsOf(contents)
          .byHost.get(host)
          ?.flatMap(({ endpoints }) => endpoints) ?? [],
    ),
  );
}

function withoutPort(node: string): string {
  return node.replace(/:\d+$/, '');
}

/**
 * The known projects that a host name belongs to by its domain (`….ab1cd.mongodb.net`), also when no string of theirs
 * has this very host any more.
 */
export function projectsOfDomain(store: Source, host: string): readonly KnownProject[] {
  const domain = domainOf(host.toLowerCase());
  if (domain === undefined) return [];
  return projectsOf(store).filter(({ contents }) =>
    [...hostsOf(contents).byHost.keys()].some((one) => domainOf(one) === domain),
  );
}

/**
 * True when every host of a string belongs to the same account; with no account, when they are one host or have one
 * domain of Atlas. Only then may a password that is remembered for the first of them be shown to all.
 */
export function haveOneOwner(store: Source, accountId: string | undefined, hosts: readonly string[]): boolean {
  const [first = ''] = hosts;
  if (accountId === undefined) {
    const domain = domainOf(first);
    return hosts.every((host) => host === first || (domain !== undefined && domainOf(host) === domain));
  }
  return hosts.every((host) =>
    [knownHost(store, host), ...projectsOfDomain(store, host)].some((owner) => owner?.accountId === accountId),
  );
}

function hostsOfProject(contents: ProjectContents): Hosts {
  const byNode = new Map<string, HostEntry>();
  const byHost = new Map<string, HostEntry[]>();
  const add = (text: string | undefined, entry: HostEntry): void => {
    for (const node of text === undefined ? [] : nodesIn(text)) {
      if (!byNode.has(node)) byNode.set(node, entry);
      const host = withoutPort(node);
      const entries = byHost.get(host);
      if (entries === undefined) byHost.set(host, [entry]);
      else if (!entries.includes(entry)) entries.push(entry);
    }
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
  return { byNode, byHost };
}
