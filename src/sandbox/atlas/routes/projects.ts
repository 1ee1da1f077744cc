import { isPaused } from '../../world/lifecycle';
import { isSharded, targetsIn } from '../../world/strings';
import type { SandboxOrganization, SandboxProject } from '../../world/world';
import { Refusal } from '../refusal';
import { hasRole } from '../roles';
import type { AtlasRequest, AtlasRoute } from '../route';
import { page, projectOf, selfLink, timestamp } from '../route';

const api = '/api/atlas/v2';

function presentOrganization(request: AtlasRequest, organization: SandboxOrganization): unknown {
  return {
    id: organization.id,
    isDeleted: false,
    links: selfLink(request, `${api}/orgs/${organization.id}`),
    name: organization.name,
    skipDefaultAlertsSettings: false,
  };
}

function presentProject(request: AtlasRequest, project: SandboxProject): unknown {
  return {
    clusterCount: project.clusterCount,
    created: timestamp(project.created),
    id: project.id,
    links: selfLink(request, `${api}/groups/${project.id}`),
    name: project.name,
    orgId: project.organizationId,
    tags: [],
    withDefaultAlertsSettings: true,
  };
}

function organizationOf(request: AtlasRequest): SandboxOrganization {
  const id = request.path.orgId ?? '';
  const found = request.world.atlas.organizations.get(id);
  if (found !== undefined) return found;
  throw new Refusal(404, 'ORG_NOT_FOUND', `No organization with ID ${id} exists.`, [id]);
}

function visibleOrganizations({ world: { faults, atlas } }: AtlasRequest): readonly SandboxOrganization[] {
  const isSeen = hasRole(atlas.roles.organization, ['Organization Member']) && !faults.isOn('nothing-visible');
  return isSeen ? [...atlas.organizations.values()] : [];
}

/** Projects that can be seen: the one of the fault `project-gone` cannot. */
function visibleProjects(request: AtlasRequest): SandboxProject[] {
  const { faults, atlas } = request.world;
  const held = [...atlas.roles.organization, ...atlas.roles.project];
  if (faults.isOn('nothing-visible') || !hasRole(held, ['Project Read Only'])) return [];
  return [...atlas.projects.values()].filter(
    (project) => !faults.isOn('project-gone', project.id) && !faults.isOn('project-gone', project.name),
  );
}

/** `name` of a list: the beginning of the name, in any case (operation `listOrgs`). */
function named<T extends { readonly name: string }>(request: AtlasRequest, items: readonly T[]): readonly T[] {
  const wanted = request.query.get('name')?.toLowerCase();
  return wanted === undefined ? items : items.filter((item) => item.name.toLowerCase().startsWith(wanted));
}

function presentProjectClusters(request: AtlasRequest, project: SandboxProject): unknown {
  const organization = request.world.atlas.organizations.get(project.organizationId);
  return {
    clusters: [...project.clusters.values()].map((cluster) => ({
      alertCount: 0,
      authEnabled: true,
      availability: isPaused(request.world, cluster) ? 'unavailable' : 'available',
      backupEnabled: false,
      clusterId: cluster.id,
      dataSizeBytes: 1_048_576,
      name: cluster.name,
      nodeCount: cluster.regions.reduce((sum, region) => sum + targetsIn(cluster, region), 0),
      sslEnabled: true,
      type: isSharded(cluster) ? 'SHARDED_CLUSTER' : 'REPLICA_SET',
      versions: [cluster.mongoDBVersion],
    })),
    groupId: project.id,
    groupName: project.name,
    orgId: project.organizationId,
    orgName: organization?.name ?? '',
    planType: 'Atlas',
    tags: [],
  };
}

export const projectRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'getSystemStatus',
    method: 'GET',
    template: '',
    handle: ({ world }) => {
      const organization = [...world.atlas.organizations.keys()][0] ?? '0'.repeat(24);
      return {
        status: 200,
        body: {
          apiKey: {
            accessList: [],
            id: organization.split('').reverse().join(''),
            publicKey: world.credentials.publicKey,
            roles: [
              ...world.atlas.roles.organization.map((roleName) => ({ orgId: organization, roleName })),
              ...[...world.atlas.projects.keys()].flatMap((groupId) =>
                world.atlas.roles.project.map((roleName) => ({ groupId, roleName })),
              ),
            ],
          },
          appName: 'MongoDB Atlas',
          build: 'sandbox',
          links: [],
          throttling: false,
        },
      };
    },
  },
  {
    operationId: 'listOrgs',
    method: 'GET',
    template: '/orgs',
    handle: (request) =>
      page(request, named(request, visibleOrganizations(request)), (item) => presentOrganization(request, item)),
  },
  {
    operationId: 'getOrg',
    method: 'GET',
    template: '/orgs/{orgId}',
    handle: (request) => ({ status: 200, body: presentOrganization(request, organizationOf(request)) }),
  },
  {
    operationId: 'getOrgGroups',
    method: 'GET',
    template: '/orgs/{orgId}/groups',
    handle: (request) => {
      const { id } = organizationOf(request);
      const projects = visibleProjects(request).filter((project) => project.organizationId === id);
      return page(request, named(request, projects), (item) => presentProject(request, item));
    },
  },
  {
    operationId: 'listGroups',
    method: 'GET',
    template: '/groups',
    handle: (request) => page(request, visibleProjects(request), (item) => presentProject(request, item)),
  },
  {
    operationId: 'getGroup',
    method: 'GET',
    template: '/groups/{groupId}',
    handle: (request) => ({ status: 200, body: presentProject(request, projectOf(request)) }),
  },
  {
    operationId: 'listClusterDetails',
    method: 'GET',
    template: '/clusters',
    handle: (request) => {
      const withClusters = visibleProjects(request).filter((project) => project.clusterCount > 0);
      return page(request, withClusters, (item) => presentProjectClusters(request, item));
    },
  },
];
