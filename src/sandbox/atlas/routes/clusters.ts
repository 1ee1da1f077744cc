import { isProvider } from '../../../core/provider';
import { sandboxRegions } from '../../world/regions';
import type { SandboxCluster, SandboxOnlineArchive, SandboxProject } from '../../world/world';
import { presentCluster, presentFlex, presentProcesses, presentServerless } from '../cluster-views';
import { Refusal } from '../refusal';
import type { AtlasRequest, AtlasRoute } from '../route';
import { page, projectOf } from '../route';

type Kind = SandboxCluster['kind'];

function clustersOf(project: SandboxProject, ...kinds: readonly Kind[]): SandboxCluster[] {
  return [...project.clusters.values()].filter((cluster) => kinds.includes(cluster.kind));
}

function notFound(name: string, project: SandboxProject): Refusal {
  return new Refusal(404, 'CLUSTER_NOT_FOUND', `No cluster named ${name} exists in group ${project.id}.`, [
    name,
    project.id,
  ]);
}

/**
 * A dedicated or shared cluster of the path; Flex clusters have an API of their own, unless they were made by this one
 * (description of `getGroupCluster`).
 */
export function clusterOf(request: AtlasRequest, project: SandboxProject): SandboxCluster {
  const name = request.path.clusterName ?? '';
  const found = project.clusters.get(name);
  if (found?.kind === 'flex' && found.askedFor === undefined) {
    throw new Refusal(
      400,
      'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API',
      `Flex cluster ${name} cannot be used in the Cluster API. Please use the Flex API.`,
      [name],
    );
  }
  if (found === undefined || found.kind === 'serverless') throw notFound(name, project);
  return found;
}

/** A serverless instance of the path. */
export function instanceOf(request: AtlasRequest, project: SandboxProject, parameter: string): SandboxCluster {
  const name = request.path[parameter] ?? '';
  const found = project.clusters.get(name);
  if (found?.kind === 'serverless') return found;
  if (found !== undefined) {
    throw new Refusal(400, 'CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API', `${name} is no serverless instance.`, [
      name,
    ]);
  }
  throw new Refusal(
    404,
    'SERVERLESS_INSTANCE_NOT_FOUND',
    `No serverless instance named ${name} exists in group ${project.id}.`,
    [name, project.id],
  );
}

function flexOf(request: AtlasRequest, project: SandboxProject): SandboxCluster {
  const name = request.path.name ?? '';
  const found = project.clusters.get(name);
  if (found?.kind === 'flex') return found;
  if (found === undefined) throw notFound(name, project);
  throw new Refusal(
    400,
    'CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API',
    `Cluster ${name} cannot be used in the Flex API. Please use the Cluster API.`,
    [name],
  );
}

function presentArchive(project: SandboxProject, cluster: SandboxCluster, archive: SandboxOnlineArchive): unknown {
  return {
    _id: archive.id,
    clusterName: cluster.name,
    collName: archive.collection,
    collectionType: 'STANDARD',
    criteria: { dateField: 'created', dateFormat: 'ISODATE', expireAfterDays: 90, type: 'DATE' },
    dataProcessRegion: { cloudProvider: archive.provider, region: archive.region },
    dbName: archive.database,
    groupId: project.id,
    partitionFields: [{ fieldName: 'created', fieldType: 'date', order: 0 }],
    paused: archive.state === 'PAUSED',
    schedule: { type: 'DEFAULT' },
    state: archive.state,
  };
}

const clusterVersions = ['2023-01-01', '2023-02-01', '2024-08-05'];
const flexVersions = ['2024-11-13'];

export const clusterRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'listGroupClusters',
    method: 'GET',
    template: '/groups/{groupId}/clusters',
    versions: clusterVersions,
    handle: (request) => {
      const project = projectOf(request);
      const listed = clustersOf(project, 'dedicated', 'shared', 'flex').filter(
        ({ kind, askedFor }) => kind !== 'flex' || askedFor !== undefined,
      );
      return page(request, listed, (item) => presentCluster(request, project, item));
    },
  },
  {
    operationId: 'getGroupCluster',
    method: 'GET',
    template: '/groups/{groupId}/clusters/{clusterName}',
    versions: clusterVersions,
    handle: (request) => {
      const project = projectOf(request);
      return { status: 200, body: presentCluster(request, project, clusterOf(request, project)) };
    },
  },
  {
    operationId: 'listGroupClusterProviderRegions',
    method: 'GET',
    template: '/groups/{groupId}/clusters/provider/regions',
    handle: (request) => {
      projectOf(request);
      const wanted = request.query.getAll('providers').flatMap((value) => value.split(','));
      const tier = request.query.get('tier') ?? 'M10';
      const names = [...new Set(sandboxRegions.map(({ provider }) => provider))].filter(
        (name) => wanted.length === 0 || wanted.includes(name),
      );
      return page(request, names.filter(isProvider), (provider) => ({
        instanceSizes: [
          {
            availableRegions: sandboxRegions
              .filter((region) => region.provider === provider)
              .map((region, index) => ({ default: index === 0, name: region.atlas })),
            name: tier,
          },
        ],
        provider,
      }));
    },
  },
  {
    operationId: 'listGroupClusterOnlineArchives',
    method: 'GET',
    template: '/groups/{groupId}/clusters/{clusterName}/onlineArchives',
    handle: (request) => {
      const project = projectOf(request);
      const cluster = clusterOf(request, project);
      return page(request, cluster.archives, (item) => presentArchive(project, cluster, item));
    },
  },
  {
    operationId: 'getGroupClusterOnlineArchive',
    method: 'GET',
    template: '/groups/{groupId}/clusters/{clusterName}/onlineArchives/{archiveId}',
    handle: (request) => {
      const project = projectOf(request);
      const cluster = clusterOf(request, project);
      const id = request.path.archiveId ?? '';
      const archive = cluster.archives.find((item) => item.id === id);
      if (archive === undefined) {
        throw new Refusal(404, 'ONLINE_ARCHIVE_DOES_NOT_EXIST', `No online archive with ID ${id} exists.`, [id]);
      }
      return { status: 200, body: presentArchive(project, cluster, archive) };
    },
  },
  {
    operationId: 'listGroupFlexClusters',
    method: 'GET',
    template: '/groups/{groupId}/flexClusters',
    versions: flexVersions,
    handle: (request) => {
      const project = projectOf(request);
      return page(request, clustersOf(project, 'flex'), (item) => presentFlex(request, project, item));
    },
  },
  {
    operationId: 'getGroupFlexCluster',
    method: 'GET',
    template: '/groups/{groupId}/flexClusters/{name}',
    versions: flexVersions,
    handle: (request) => {
      const project = projectOf(request);
      return { status: 200, body: presentFlex(request, project, flexOf(request, project)) };
    },
  },
  {
    operationId: 'listGroupServerlessInstances',
    method: 'GET',
    template: '/groups/{groupId}/serverless',
    handle: (request) => {
      const project = projectOf(request);
      if (request.world.faults.isOn('serverless-ended')) {
        throw new Refusal(410, 'RESOURCE_GONE', 'Serverless instances are not supported any more.');
      }
      return page(request, clustersOf(project, 'serverless'), (item) => presentServerless(request, project, item));
    },
  },
  {
    operationId: 'getGroupServerlessInstance',
    method: 'GET',
    template: '/groups/{groupId}/serverless/{name}',
    handle: (request) => {
      const project = projectOf(request);
      return { status: 200, body: presentServerless(request, project, instanceOf(request, project, 'name')) };
    },
  },
  {
    operationId: 'listGroupProcesses',
    method: 'GET',
    template: '/groups/{groupId}/processes',
    handle: (request) => {
      const project = projectOf(request);
      const all = clustersOf(project, 'dedicated').flatMap((cluster) => presentProcesses(request, project, cluster));
      return page(request, all, (item) => item);
    },
  },
];
