import type { Provider } from '../../../core/provider';
import { serviceNames } from '../../world/build';
import { deletion, isPaused, serviceOfRegion, serviceStatus } from '../../world/lifecycle';
import { findRegion } from '../../world/regions';
import { addressableTargets } from '../../world/strings';
import type { SandboxProject, SandboxService, World } from '../../world/world';
import { statusAt } from '../../world/world';
import { invalid, noPayment, Refusal } from '../refusal';
import type { AtlasRequest, AtlasRoute } from '../route';
import { bodyOf, optionalTexts, projectFaultOn, projectOf, providerOf, textOf } from '../route';

/** Most addressable targets that a region of a project may have (seed: Limitations). */
const targetLimit = 50;

/** The endpoint service of the path; `provider` too, where the path has one. */
export function serviceOf(request: AtlasRequest, project: SandboxProject): SandboxService {
  const id = request.path.endpointServiceId ?? '';
  const wanted = request.path.cloudProvider;
  const provider = wanted === undefined ? undefined : providerOf(wanted);
  const service = project.services.get(id);
  if (service !== undefined && (provider === undefined || service.provider === provider)) return service;
  throw new Refusal(
    404,
    'PRIVATE_ENDPOINT_SERVICE_NOT_FOUND',
    `No private endpoint service with ID ${id} exists in group ${project.id}.`,
    [id, project.id],
  );
}

function presentService(world: World, service: SandboxService): unknown {
  const { status, errorMessage = null } = serviceStatus(world, service);
  const common = { cloudProvider: service.provider, errorMessage, id: service.id, regionName: service.region, status };
  const ready = status !== 'INITIATING' && status !== 'FAILED';
  const ids = [...service.endpoints.keys()];
  switch (service.provider) {
    case 'AWS':
      return {
        ...common,
        endpointServiceName: ready ? service.cloudName : null,
        interfaceEndpoints: ids,
        supportedRemoteRegions: service.supportedRemoteRegions,
      };
    case 'AZURE':
      return {
        ...common,
        privateEndpoints: ids,
        privateLinkServiceName: ready ? (service.cloudName.split('/').at(-1) ?? null) : null,
        privateLinkServiceResourceId: ready ? service.cloudName : null,
      };
    case 'GCP':
      return {
        ...common,
        endpointGroupNames: ids,
        portMappingEnabled: service.portMappingEnabled,
        serviceAttachmentNames: ready ? service.serviceAttachmentNames : [],
      };
  }
}

/**
 * What stands in the way of the first endpoint of a region (seed: Limitations): paused clusters there, more than 50
 * addressable targets, and projects that hold nothing but tiers without private endpoints.
 */
export function checkRegion(world: World, project: SandboxProject, provider: Provider, region: string): void {
  const clusters = [...project.clusters.values()];
  if (clusters.length > 0 && clusters.every(({ kind }) => kind === 'shared' || kind === 'flex')) {
    throw new Refusal(
      400,
      'PRIVATE_ENDPOINTS_NOT_SUPPORTED_FOR_TIER',
      'Private endpoints are not available for M0, M2, M5 and Flex clusters.',
    );
  }
  const paused = clusters.find(
    (cluster) =>
      isPaused(world, cluster) &&
      cluster.regions.some((place) => place.provider === provider && place.region === region),
  );
  if (paused !== undefined) {
    throw new Refusal(
      409,
      'CANNOT_CREATE_PRIVATE_ENDPOINT_WITH_PAUSED_CLUSTER',
      `Cluster ${paused.name} in region ${region} is paused. Resume it before the first private endpoint of the region.`,
      [paused.name, region],
    );
  }
  const targets = addressableTargets(project, provider, region);
  if (targets > targetLimit) {
    throw new Refusal(
      409,
      'PRIVATE_ENDPOINT_ADDRESSABLE_TARGETS_EXCEEDED',
      `Region ${region} has ${targets} addressable targets; at most ${targetLimit} are possible.`,
      [region, String(targets), String(targetLimit)],
    );
  }
}

function remoteRegions(body: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const names = optionalTexts(body, 'supportedRemoteRegions');
  if (names === undefined) return undefined;
  if (names.length > 35) throw invalid('supportedRemoteRegions', 'at most 35 are possible.');
  return names.map((name) => {
    const region = findRegion('AWS', name);
    if (region === undefined) throw invalid('supportedRemoteRegions', `${name} is no region of AWS.`);
    return region.atlas;
  });
}

/** What a service is when it is made: Atlas has two words for it (seed: Available), and clients have to know both. */
const createdStatus: Readonly<Record<Provider, string>> = {
  AWS: 'AVAILABLE',
  AZURE: 'WAITING_FOR_USER',
  GCP: 'AVAILABLE',
};

function createService(request: AtlasRequest): SandboxService {
  const { world } = request;
  const project = projectOf(request);
  const body = bodyOf(request);
  const provider = providerOf(textOf(body, 'providerName'), 'providerName');
  const name = textOf(body, 'region');
  const region = findRegion(provider, name)?.atlas;
  if (region === undefined) {
    throw new Refusal(400, 'INVALID_REGION', `No region ${name} exists for provider ${provider}.`, [name, provider]);
  }
  const portMapping = body.portMappingEnabled ?? false;
  if (typeof portMapping !== 'boolean') throw invalid('portMappingEnabled', 'a boolean is expected.');
  if (portMapping && provider !== 'GCP') throw invalid('portMappingEnabled', 'only GCP has port mapping.');
  const remote = remoteRegions(body);
  if (remote !== undefined && provider !== 'AWS') throw invalid('supportedRemoteRegions', 'only AWS has them.');
  if (serviceOfRegion(project, { provider, region }) !== undefined) {
    throw new Refusal(
      409,
      'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION',
      `A private endpoint service already exists for region ${region} of ${provider}.`,
      [region],
    );
  }
  checkRegion(world, project, provider, region);
  if (projectFaultOn(world, 'payment-missing', project)) throw noPayment();
  const fails = projectFaultOn(world, 'service-creation-fails', project);
  const now = world.clock.now();
  const service: SandboxService = {
    id: world.ids.atlas(),
    provider,
    region,
    timeline: [
      { at: 0, status: 'INITIATING' },
      { at: now + world.pace.serviceCreation, status: fails ? 'FAILED' : createdStatus[provider] },
    ],
    ...serviceNames(world, provider, region, portMapping),
    portMappingEnabled: portMapping,
    supportedRemoteRegions: remote ?? [],
    endpoints: new Map(),
  };
  if (fails) service.errorMessage = 'A system failure has occurred.';
  project.services.set(service.id, service);
  return service;
}

/** Endpoints per region of the project, over all providers, those being removed left out. */
export function endpointsPerRegion(world: World, project: SandboxProject): number[] {
  return [...project.services.values()]
    .map(
      (service) =>
        [...service.endpoints.values()].filter(
          (endpoint) => statusAt(endpoint.timeline, world.clock.now()) !== 'DELETING',
        ).length,
    )
    .filter((count) => count > 0);
}

function setRegionalMode(request: AtlasRequest): boolean {
  const { world } = request;
  const project = projectOf(request);
  const enabled = bodyOf(request).enabled;
  if (typeof enabled !== 'boolean') throw invalid('enabled', 'a boolean is expected.');
  if (enabled === project.regionalizedMode) return enabled;
  if (enabled) {
    const replicaSet = [...project.clusters.values()].find(
      (cluster) => cluster.kind !== 'serverless' && cluster.topology === 'REPLICASET',
    );
    if (replicaSet !== undefined) {
      throw new Refusal(
        409,
        'REGIONALIZED_PRIVATE_ENDPOINTS_REQUIRE_SHARDED_CLUSTERS',
        `Cluster ${replicaSet.name} is a replica set. Regionalized private endpoints need a project without replica sets.`,
        [replicaSet.name],
      );
    }
  } else {
    const counts = endpointsPerRegion(world, project);
    if (counts.length > 1 && counts.some((count) => count > 1)) {
      throw new Refusal(
        409,
        'CANNOT_DISABLE_REGIONALIZED_PRIVATE_ENDPOINTS',
        'The project has several private endpoints in a region and private endpoints in other regions.',
      );
    }
  }
  project.regionalizedMode = enabled;
  for (const cluster of project.clusters.values())
    cluster.stringsReadyAt = world.clock.now() + world.pace.clusterUpdate;
  return enabled;
}

const base = '/groups/{groupId}/privateEndpoint';

export const endpointServiceRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'listGroupPrivateEndpointEndpointService',
    method: 'GET',
    template: `${base}/{cloudProvider}/endpointService`,
    handle: (request) => {
      const provider = providerOf(request.path.cloudProvider);
      const services = [...projectOf(request).services.values()].filter((service) => service.provider === provider);
      return { status: 200, body: services.map((service) => presentService(request.world, service)) };
    },
  },
  {
    operationId: 'getGroupPrivateEndpointEndpointService',
    method: 'GET',
    template: `${base}/{cloudProvider}/endpointService/{endpointServiceId}`,
    handle: (request) => ({
      status: 200,
      body: presentService(request.world, serviceOf(request, projectOf(request))),
    }),
  },
  {
    operationId: 'createGroupPrivateEndpointEndpointService',
    method: 'POST',
    template: `${base}/endpointService`,
    // Described as 200; recorded answers of Atlas have 201.
    handle: (request) => ({ status: 201, body: presentService(request.world, createService(request)) }),
  },
  {
    operationId: 'updateGroupPrivateEndpointEndpointService',
    method: 'PATCH',
    template: `${base}/endpointService/{endpointServiceId}`,
    handle: (request) => {
      const body = bodyOf(request);
      if (textOf(body, 'cloudProvider') !== 'AWS') throw invalid('cloudProvider', 'only AWS has remote regions.');
      const service = serviceOf(request, projectOf(request));
      if (service.provider !== 'AWS') throw invalid('cloudProvider', 'the service is not of AWS.');
      service.supportedRemoteRegions = remoteRegions(body) ?? service.supportedRemoteRegions;
      return { status: 200, body: presentService(request.world, service) };
    },
  },
  {
    operationId: 'deleteGroupPrivateEndpointEndpointService',
    method: 'DELETE',
    template: `${base}/{cloudProvider}/endpointService/{endpointServiceId}`,
    handle: (request) => {
      const service = serviceOf(request, projectOf(request));
      if (service.endpoints.size > 0) {
        throw new Refusal(
          409,
          'PRIVATE_ENDPOINT_SERVICE_HAS_ENDPOINTS',
          `Private endpoint service ${service.id} still has private endpoints. Remove them first.`,
          [service.id],
        );
      }
      if (serviceStatus(request.world, service).status !== 'DELETING') {
        service.timeline = deletion(request.world, service.timeline);
      }
      return { status: 204 };
    },
  },
  {
    operationId: 'getGroupPrivateEndpointRegionalMode',
    method: 'GET',
    template: `${base}/regionalMode`,
    handle: (request) => ({ status: 200, body: { enabled: projectOf(request).regionalizedMode } }),
  },
  {
    operationId: 'toggleGroupPrivateEndpointRegionalMode',
    method: 'PATCH',
    template: `${base}/regionalMode`,
    // Described as 200; recorded answers of Atlas have 202.
    handle: (request) => ({ status: 202, body: { enabled: setRegionalMode(request) } }),
  },
];
