import { clusterIn, networkOfHost } from '../connection-string/classify';
import { hostsIn } from '../connection-string/credentials';
import type { StringEndpoint } from '../core/deployment';
import { endpointStatus, serviceStatus } from '../core/status';
import { nothingKnown, type PrivateString, type StringKnowledge } from '../workspace/string-findings';
import type { AtlasStore } from './atlas-store';
import { deploymentsOf, servicesOf, type ProjectContents } from './element';
import { knownString, projectsOfDomain, type KnownHost } from './known-strings';

type Source = Pick<AtlasStore, 'elements' | 'known'>;

/**
 * What the store knows that findings about a string rest on (see `src/workspace/string-findings.ts`). Asks Atlas
 * nothing. Says that a string is stale only where everything that could contradict is known: the clusters and services
 * of the project were read, and no cluster is being changed.
 */
export function stringKnowledge(store: Source, connectionString: string): StringKnowledge {
  const hosts = hostsIn(connectionString).filter((host) => host !== '');
  const known = knownString(store, connectionString);
  return known === undefined ? unknownHost(store, hosts[0] ?? '') : ownerKnowledge(store, known, hosts);
}

function ownerKnowledge(store: Source, known: KnownHost, hosts: readonly string[]): StringKnowledge {
  const { accountId, projectId, deployment, federatedDatabase, network } = known;
  const contents = store.known<'project'>(accountId, { kind: 'project', projectId }).value;
  const owner = deployment?.name ?? federatedDatabase?.name;
  const source: EndpointSource = { store, accountId, contents, isServerless: deployment?.kind === 'serverless' };
  const standard = standardOf(known, hosts);
  const stale =
    deployment === undefined
      ? undefined
      : known.endpoints
          .map((endpoint) => ({ endpointId: endpoint.endpointId, state: endpointState(source, endpoint) }))
          .find(({ state }) => state !== 'fine');
  return {
    ...(owner === undefined ? {} : { owner }),
    network,
    privateStrings: privateStringsOf(known, source),
    ...(standard === undefined ? {} : { standard }),
    ...(stale === undefined
      ? {}
      : {
          stale: {
            reason: stale.state === 'gone' ? 'endpoint-gone' : 'endpoint-failing',
            endpointId: stale.endpointId,
          },
        }),
  };
}

/** A host that no string has: gone, when the project that it was of is known well enough. */
function unknownHost(store: Source, host: string): StringKnowledge {
  const network = networkOfHost(host);
  if (network !== 'private-endpoint' && network !== 'public') return nothingKnown;
  // Two accounts may see one project; each may have read it at another time.
  const views = projectsOfDomain(store, host);
  const projectIds = new Set(views.map(({ projectId }) => projectId));
  if (projectIds.size !== 1 || !views.every(({ contents }) => isSettled(contents))) return nothingKnown;
  const name = clusterIn(host);
  const found =
    name === undefined
      ? []
      : views.flatMap((view) =>
          deploymentsOf(view.contents)
            .filter(({ strings }) => {
              const own = [strings.standardSrv, ...strings.privateEndpoint.map(({ srv }) => srv)];
              return own.some((one) => one !== undefined && clusterIn(hostsIn(one)[0] ?? '') === name);
            })
            .map((deployment) => ({ ...view, deployment })),
        );
  const [owner] = found;
  if (owner === undefined) {
    // Hosts of standard strings do not name their cluster, and one that is hidden may have no string at all.
    if (name === undefined) return nothingKnown;
    return { network, privateStrings: [], stale: { reason: 'cluster-gone' } };
  }
  if (network === 'public') return nothingKnown;
  const { accountId, projectId, contents, deployment } = owner;
  const known: KnownHost = { accountId, projectId, deployment, network: 'private-endpoint', endpoints: [] };
  const privateStrings = privateStringsOf(known, {
    store,
    accountId,
    contents,
    isServerless: deployment.kind === 'serverless',
  });
  const reason = deployment.strings.privateEndpoint.length === 0 ? 'endpoint-gone' : 'changed';
  return { owner: deployment.name, network, privateStrings, stale: { reason } };
}

/** True when every cluster was read and none is being changed: only then the strings of Atlas are all there are. */
function isSettled(contents: ProjectContents): boolean {
  return (
    contents.missing.length === 0 && deploymentsOf(contents).every(({ state, paused }) => state === 'IDLE' && !paused)
  );
}

interface EndpointSource {
  readonly store: Source;
  readonly accountId: string;
  readonly contents: ProjectContents | undefined;
  /** Endpoints of serverless instances are in no service. */
  readonly isServerless: boolean;
}

function endpointState(
  { store, accountId, contents, isServerless }: EndpointSource,
  { endpointId, provider }: StringEndpoint,
): 'fine' | 'failing' | 'gone' {
  if (contents === undefined || isServerless) return 'fine';
  const service = servicesOf(contents).find(({ endpointIds }) => endpointIds.includes(endpointId));
  if (service === undefined) return contents.missing.some(({ part }) => part === provider) ? 'fine' : 'gone';
  const ref = { kind: 'service', projectId: service.projectId, provider, serviceId: service.id } as const;
  const endpoint = store.known<'service'>(accountId, ref).value?.endpoints.find(({ id }) => id === endpointId);
  const kinds = [
    serviceStatus(service.status).kind,
    ...(endpoint === undefined ? [] : [endpointStatus(provider, endpoint.status).kind]),
  ];
  return kinds.some((kind) => kind === 'failed' || kind === 'leaving') ? 'failing' : 'fine';
}

/** The strings of the owner that lead through endpoints that work, each endpoint's recommended form first. */
function privateStringsOf({ deployment, federatedDatabase }: KnownHost, source: EndpointSource): PrivateString[] {
  const found: PrivateString[] = [];
  for (const { endpoints, srv, srvShardOptimized, standard } of deployment?.strings.privateEndpoint ?? []) {
    if (endpoints.some((endpoint) => endpointState(source, endpoint) !== 'fine')) continue;
    if (srv !== undefined) found.push({ form: 'seedlist', text: srv, endpoints });
    if (srvShardOptimized !== undefined) found.push({ form: 'optimized', text: srvShardOptimized, endpoints });
    if (standard !== undefined) found.push({ form: 'standard', text: standard, endpoints });
  }
  for (const { hostname, endpointId } of federatedDatabase?.privateEndpointHostnames ?? []) {
    const endpoint = source.contents?.dataFederationEndpoints.find(({ id }) => id === endpointId);
    const { provider, region } = endpoint ?? {};
    const endpoints = provider === undefined || region === undefined ? [] : [{ endpointId, provider, region }];
    found.push({ form: 'standard', text: `mongodb://${hostname}/?ssl=true&authSource=admin`, endpoints });
  }
  return found;
}

/** The standard string of today for the network and endpoint that the hosts are of. */
function standardOf({ deployment, network }: KnownHost, hosts: readonly string[]): string | undefined {
  if (deployment === undefined) return undefined;
  const { strings } = deployment;
  switch (network) {
    case 'private-endpoint':
      return strings.privateEndpoint.find(({ srv, srvShardOptimized, standard }) =>
        [srv, srvShardOptimized, standard].some(
          (one) => one !== undefined && hostsIn(one).some((host) => hosts.includes(host)),
        ),
      )?.standard;
    case 'peering':
      return strings.peering;
    case 'public':
      return strings.standard;
    case 'data-federation':
      return undefined;
  }
}
