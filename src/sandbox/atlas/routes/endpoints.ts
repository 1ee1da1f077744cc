import { isIPv4 } from 'node:net';

import {
  deletion,
  endpointStatus,
  findVpcEndpoint,
  registerAwsEndpoint,
  releaseVpcEndpoint,
  serviceStatus,
} from '../../world/lifecycle';
import type { SandboxEndpoint, SandboxProject, SandboxService, Timeline, World } from '../../world/world';
import { invalid, noPayment, Refusal } from '../refusal';
import type { AtlasRequest, AtlasRoute } from '../route';
import { bodyOf, projectFaultOn, projectOf, textOf } from '../route';
import { checkRegion, endpointsPerRegion, serviceOf } from './endpoint-services';

const azureEndpoint =
  /^\/subscriptions\/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\/resource[gG]roups\/[-\w._()]+\/providers\/Microsoft\.Network\/privateEndpoints\/[-\w._()]+$/i;

function endpointOf(request: AtlasRequest, service: SandboxService): SandboxEndpoint {
  const id = request.path.endpointId ?? '';
  const found = service.endpoints.get(id);
  if (found !== undefined) return found;
  throw new Refusal(404, 'PRIVATE_ENDPOINT_NOT_FOUND', `No private endpoint with ID ${id} exists.`, [id]);
}

function presentEndpoint(world: World, service: SandboxService, endpoint: SandboxEndpoint): unknown {
  const { status, errorMessage = null } = endpointStatus(world, service, endpoint);
  const common = { cloudProvider: service.provider, deleteRequested: endpoint.deleteRequested, errorMessage };
  switch (service.provider) {
    case 'AWS':
      return { ...common, connectionStatus: status, interfaceEndpointId: endpoint.id };
    case 'AZURE': {
      const name = endpoint.id.split('/').at(-1) ?? '';
      const subscription = endpoint.id.split('/')[2] ?? '';
      return {
        ...common,
        privateEndpointConnectionName: `${subscription}%2Fsandbox-network%2F${name}.${service.id}`,
        privateEndpointIPAddress: endpoint.addresses[0]?.ipAddress ?? '',
        privateEndpointResourceId: endpoint.id,
        status,
      };
    }
    case 'GCP':
      return {
        ...common,
        endpointGroupName: endpoint.id,
        endpoints: endpoint.addresses.map(({ name, ipAddress }) => ({
          endpointName: name,
          ipAddress,
          // The addresses know no VERIFIED.
          status: status === 'VERIFIED' ? 'INITIATING' : status,
        })),
        gcpProjectId: endpoint.gcpProjectId ?? '',
        portMappingEnabled: service.portMappingEnabled,
        status,
      };
  }
}

function address(body: Readonly<Record<string, unknown>>, attribute: string): string {
  const value = textOf(body, attribute);
  if (!isIPv4(value)) throw invalid(attribute, 'an IPv4 address is expected.');
  return value;
}

function googleAddresses(
  body: Readonly<Record<string, unknown>>,
  service: SandboxService,
): SandboxEndpoint['addresses'] {
  const list = body.endpoints;
  const expected = service.serviceAttachmentNames.length;
  if (!Array.isArray(list) || list.length !== expected) {
    throw invalid(
      'endpoints',
      service.portMappingEnabled
        ? 'with port mapping exactly one endpoint is expected.'
        : `exactly ${expected} endpoints are expected, one per service attachment.`,
    );
  }
  return list.map((item: unknown) => {
    if (typeof item !== 'object' || item === null) throw invalid('endpoints', 'objects are expected.');
    const entry = item as Record<string, unknown>;
    return { name: textOf(entry, 'endpointName'), ipAddress: address(entry, 'ipAddress') };
  });
}

/** Reads the registration of the service's provider; its timeline starts now. */
function readRegistration(
  world: World,
  service: SandboxService,
  body: Readonly<Record<string, unknown>>,
): Omit<SandboxEndpoint, 'timeline' | 'deleteRequested'> & { readonly timeline: () => Timeline<string> } {
  const start = world.clock.now();
  const { endpointAcceptance, endpointConnection } = world.pace;
  const connected = start + endpointAcceptance + endpointConnection;
  switch (service.provider) {
    case 'AWS': {
      const id = textOf(body, 'id', /^vpce-[0-9a-f]{17}$/);
      return { id, addresses: [], timeline: () => registerAwsEndpoint(world, service, id) };
    }
    case 'AZURE': {
      const id = textOf(body, 'id', azureEndpoint);
      const ipAddress = address(body, 'privateEndpointIPAddress');
      return {
        id,
        addresses: [{ name: id.split('/').at(-1) ?? '', ipAddress }],
        timeline: () => [
          { at: 0, status: 'INITIATING' },
          { at: connected, status: 'AVAILABLE' },
        ],
      };
    }
    case 'GCP':
      return {
        id: textOf(body, 'endpointGroupName', /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/),
        gcpProjectId: textOf(body, 'gcpProjectId'),
        addresses: googleAddresses(body, service),
        timeline: () => [
          { at: 0, status: 'INITIATING' },
          { at: start + endpointAcceptance, status: 'VERIFIED' },
          { at: connected, status: 'AVAILABLE' },
        ],
      };
  }
}

/** One endpoint per region, or several in a single one, over all providers (seed: Limitations). */
function checkDistribution(world: World, project: SandboxProject, service: SandboxService): void {
  if (project.regionalizedMode) return;
  const counts = endpointsPerRegion(world, project);
  const regions = service.endpoints.size === 0 ? counts.length + 1 : counts.length;
  const most = Math.max(...counts, service.endpoints.size + 1);
  if (regions > 1 && most > 1) {
    throw new Refusal(
      409,
      'MULTIPLE_PRIVATE_ENDPOINTS_ACROSS_REGIONS',
      'A project can have several private endpoints in one region, or one private endpoint in each of several regions. Enable regionalized private endpoints for more.',
      [service.region],
    );
  }
}

function registerEndpoint(request: AtlasRequest): unknown {
  const { world } = request;
  const project = projectOf(request);
  const service = serviceOf(request, project);
  if (projectFaultOn(world, 'payment-missing', project)) throw noPayment();
  if (projectFaultOn(world, 'atlas-busy', project)) {
    throw new Refusal(409, 'IDEMPOTENT_OPERATION_IN_PROGRESS', 'There is an idempotent operation going on. Try again.');
  }
  const { status } = serviceStatus(world, service);
  if (status !== 'AVAILABLE' && status !== 'WAITING_FOR_USER') {
    throw new Refusal(
      409,
      'PRIVATE_ENDPOINT_SERVICE_NOT_AVAILABLE',
      `Private endpoint service ${service.id} is ${status}.`,
      [service.id, status],
    );
  }
  const { timeline, ...registration } = readRegistration(world, service, bodyOf(request));
  if (service.endpoints.has(registration.id)) {
    throw new Refusal(409, 'PRIVATE_ENDPOINT_ALREADY_EXISTS', `Private endpoint ${registration.id} already exists.`, [
      registration.id,
    ]);
  }
  if (service.endpoints.size === 0) checkRegion(world, project, service.provider, service.region);
  checkDistribution(world, project, service);
  if (status === 'WAITING_FOR_USER') service.timeline = [{ at: 0, status: 'AVAILABLE' }];
  const endpoint: SandboxEndpoint = { ...registration, timeline: timeline(), deleteRequested: false };
  service.endpoints.set(endpoint.id, endpoint);
  return presentEndpoint(world, service, endpoint);
}

const base = '/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}/endpoint';

export const endpointRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'createGroupPrivateEndpointEndpointServiceEndpoint',
    method: 'POST',
    template: base,
    // Described as 200; recorded answers of Atlas have 201.
    handle: (request) => ({ status: 201, body: registerEndpoint(request) }),
  },
  {
    operationId: 'getGroupPrivateEndpointEndpointServiceEndpoint',
    method: 'GET',
    template: `${base}/{endpointId}`,
    handle: (request) => {
      const service = serviceOf(request, projectOf(request));
      return { status: 200, body: presentEndpoint(request.world, service, endpointOf(request, service)) };
    },
  },
  {
    operationId: 'deleteGroupPrivateEndpointEndpointServiceEndpoint',
    method: 'DELETE',
    template: `${base}/{endpointId}`,
    handle: (request) => {
      const service = serviceOf(request, projectOf(request));
      const endpoint = endpointOf(request, service);
      if (!endpoint.deleteRequested) {
        endpoint.deleteRequested = true;
        if (findVpcEndpoint(request.world, endpoint.id)?.serviceName === service.cloudName) {
          releaseVpcEndpoint(request.world, endpoint.id);
        }
        endpoint.timeline = deletion(request.world, endpoint.timeline);
      }
      return { status: 204 };
    },
  },
];
