import type { AtlasApi } from '../core/atlas-api';
import type { Deployment, OnlineArchive } from '../core/deployment';
import type { Endpoint, EndpointService, ServerlessEndpoint } from '../core/endpoint';
import { joinReadable, readable, type Readable } from '../core/partly-read';
import { isCancellation, problem, problemOf, type Problem } from '../core/problem';
import type { Organization, Project } from '../core/project';
import { emptyProject, type Directory, type ProjectContents, type ProjectPart, type ServiceContents } from './element';

/** What an element is now, and why that is not all of it. */
export interface Loaded<T> {
  readonly value: T;
  readonly problem?: Problem;
}

/** The problem that an Atlas call was rejected with. Cancellation is thrown on: it is none. */
export function problemFrom(error: unknown, subject: string): Problem {
  if (isCancellation(error)) throw error;
  return problemOf(error) ?? problem('UNEXPECTED', subject, {}, { evidence: nameOf(error) });
}

/** The kind of an unforeseen error. Its message stays out: nobody has vouched that it holds no secret. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/**
 * Organizations and projects. Organizations and the first page of projects are asked for at the same time;
 * `onPage` gets what is there after every page. An account whose roles are limited to projects may not list
 * organizations: they are then named by their ids. A refusal of that list is none of the sign-in where projects come.
 */
export async function loadDirectory(
  api: AtlasApi,
  onPage: (directory: Directory) => void,
  signal: AbortSignal,
): Promise<Loaded<Directory>> {
  const organizations = readable(api.listOrganizations(signal)).then(
    (list) => ({ list }),
    (error: unknown) => ({ error }),
  );
  const pages: Readable<Project>[] = [];
  let total: number | undefined;
  const soFar = async (complete: boolean): Promise<Directory> => {
    const known = await organizations;
    if ('error' in known && !isRefusal(known.error)) throw known.error;
    const { items: projects } = joinReadable(pages);
    return {
      organizations: completeOrganizations('list' in known ? known.list.items : [], projects),
      projects,
      complete,
      ...(total === undefined ? {} : { total }),
    };
  };
  for await (const page of api.listProjects(signal)) {
    pages.push(page);
    total = page.total ?? total;
    onPage(await soFar(false));
  }
  const value = await soFar(true);
  const known = await organizations;
  return { value, ...problemIn(joinReadable<unknown>([...('list' in known ? [known.list] : []), ...pages])) };
}

function problemIn({ problem: reason }: Readable<unknown>): { readonly problem?: Problem } {
  return reason === undefined ? {} : { problem: reason };
}

function isRefusal(error: unknown): boolean {
  const code = problemOf(error)?.code;
  return code === 'ATLAS_FORBIDDEN' || code === 'ATLAS_SIGN_IN_REFUSED';
}

function completeOrganizations(listed: readonly Organization[], projects: readonly Project[]): Organization[] {
  const byId = new Map(listed.map((organization) => [organization.id, organization]));
  for (const { organizationId: id } of projects) if (!byId.has(id)) byId.set(id, { id, name: id });
  return [...byId.values()];
}

/**
 * Everything in a project in one round of parallel calls. A part that fails keeps what `previous` had and is named in
 * `missing`, as is one of which not every element can be read; rejects only when every part failed, with the first
 * part's error.
 */
export async function loadProject(
  api: AtlasApi,
  projectId: string,
  previous: ProjectContents | undefined,
  signal: AbortSignal,
): Promise<ProjectContents> {
  const missing: { part: ProjectPart; problem: Problem }[] = [];
  const failures: { part: ProjectPart; problem: Problem; error: unknown }[] = [];
  const before = previous ?? emptyProject;
  const part = async <T>(name: ProjectPart, call: Promise<T>, fallback: T, whenEnded?: T): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      const reason = problemFrom(error, projectId);
      if (whenEnded !== undefined && isEnded(reason)) return whenEnded;
      failures.push({ part: name, problem: reason, error });
      missing.push({ part: name, problem: reason });
      return fallback;
    }
  };
  const list = <T>(
    name: ProjectPart,
    call: Promise<readonly T[]>,
    fallback: readonly T[],
    whenEnded?: readonly T[],
  ): Promise<readonly T[]> => {
    const items = readable(call).then(({ items: read, problem: reason }) => {
      if (reason === undefined) return read;
      missing.push({ part: name, problem: reason });
      // Atlas may have begun to write all of them in another way.
      return read.length === 0 ? fallback : read;
    });
    return part(name, items, fallback, whenEnded);
  };
  const [clusters, flexClusters, serverlessInstances, aws, azure, gcp, regionalizedMode, databases, endpoints] =
    await Promise.all([
      list('clusters', api.listClusters(projectId, signal), before.clusters),
      list('flexClusters', api.listFlexClusters(projectId, signal), before.flexClusters, []),
      list('serverlessInstances', api.listServerlessInstances(projectId, signal), before.serverlessInstances, []),
      list('AWS', api.listEndpointServices(projectId, 'AWS', signal), before.services.AWS),
      list('AZURE', api.listEndpointServices(projectId, 'AZURE', signal), before.services.AZURE),
      list('GCP', api.listEndpointServices(projectId, 'GCP', signal), before.services.GCP),
      part('regionalizedMode', api.getRegionalizedMode(projectId, signal), before.regionalizedMode),
      list('federatedDatabases', api.listFederatedDatabases(projectId, signal), before.federatedDatabases),
      list(
        'dataFederationEndpoints',
        api.listDataFederationEndpoints(projectId, signal),
        before.dataFederationEndpoints,
      ),
    ]);
  const gone = failures.find(({ part: name, problem: why }) => name === 'clusters' && why.code === 'ATLAS_NOT_FOUND');
  if (failures.length === partCount || gone !== undefined) throw (gone ?? failures[0])?.error;
  return {
    ...onceEach(clusters, flexClusters, serverlessInstances),
    services: { AWS: aws, AZURE: azure, GCP: gcp },
    ...(regionalizedMode === undefined ? {} : { regionalizedMode }),
    federatedDatabases: databases,
    dataFederationEndpoints: endpoints,
    missing,
  };
}

const partCount = 9;

/**
 * Whether a resource is not there any more, or nowhere in this cloud: then there is none of it. That of serverless
 * instances is announced to end (description of its operations), not what Atlas answers from then on.
 */
function isEnded({ code, parameters: { status, errorCode = '' } }: Problem): boolean {
  if (code === 'ATLAS_NOT_FOUND') return true;
  if (code !== 'ATLAS_REFUSED') return false;
  return status === '410' || (status === '400' && /SERVERLESS|FLEX/u.test(errorCode));
}

/**
 * The three lists without those that the list of Flex clusters has too: the one of clusters also tells of Flex clusters
 * that Create Cluster made or that were M2 or M5 once, the one of serverless instances of those that were such
 * (description of `listGroupClusters` and `listGroupServerlessInstances`). A name is unique in its project.
 */
function onceEach(
  clusters: readonly Deployment[],
  flexClusters: readonly Deployment[],
  serverlessInstances: readonly Deployment[],
): Pick<ProjectContents, 'clusters' | 'flexClusters' | 'serverlessInstances'> {
  const flex = new Set(flexClusters.map(({ name }) => name));
  return {
    // One that was upgraded between the answers is what its own list says.
    clusters: clusters.filter(({ kind, name }) => kind === 'dedicated' || !flex.has(name)),
    flexClusters,
    serverlessInstances: serverlessInstances.filter(({ name }) => !flex.has(name)),
  };
}

/** Asks for one deployment, whatever its kind. */
export async function loadDeployment(
  api: AtlasApi,
  { kind, projectId, name }: Deployment,
  signal: AbortSignal,
): Promise<Deployment> {
  switch (kind) {
    case 'dedicated':
    case 'shared':
      return await api.getCluster(projectId, name, signal);
    case 'flex':
      return await api.getFlexCluster(projectId, name, signal);
    case 'serverless':
      return await api.getServerlessInstance(projectId, name, signal);
  }
}

/** The endpoints on a service, one call each, all at once. Rejects only when every call failed. */
export async function loadEndpoints(
  api: AtlasApi,
  service: Pick<EndpointService, 'projectId' | 'provider' | 'id' | 'endpointIds'>,
  previous: ServiceContents | undefined,
  signal: AbortSignal,
): Promise<ServiceContents> {
  const missing: { endpointId: string; problem: Problem }[] = [];
  const errors: unknown[] = [];
  const loaded = await Promise.all(
    service.endpointIds.map(async (id): Promise<Endpoint | undefined> => {
      try {
        return await api.getEndpoint(service.projectId, service.provider, service.id, id, signal);
      } catch (error) {
        const reason = problemFrom(error, id);
        if (reason.code === 'ATLAS_NOT_FOUND') return undefined;
        errors.push(error);
        missing.push({ endpointId: id, problem: reason });
        return previous?.endpoints.find((endpoint) => endpoint.id === id);
      }
    }),
  );
  if (errors.length > 0 && errors.length === service.endpointIds.length) throw errors[0];
  return { endpoints: loaded.filter((endpoint) => endpoint !== undefined), missing };
}

export async function loadServerlessEndpoints(
  api: AtlasApi,
  projectId: string,
  instanceName: string,
  signal: AbortSignal,
): Promise<Loaded<readonly ServerlessEndpoint[]>> {
  const list = await readable(api.listServerlessEndpoints(projectId, instanceName, signal));
  return { value: list.items, ...problemIn(list) };
}

/** The Online Archives of the dedicated clusters named, all at once. */
export async function loadArchives(
  api: AtlasApi,
  projectId: string,
  clusterNames: readonly string[],
  signal: AbortSignal,
): Promise<Loaded<readonly OnlineArchive[]>> {
  const lists = clusterNames.map((name) => readable(api.listOnlineArchives(projectId, name, signal)));
  const all = joinReadable(await Promise.all(lists));
  return { value: all.items, ...problemIn(all) };
}
