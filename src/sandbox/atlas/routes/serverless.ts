import { isIPv4 } from 'node:net';

import { serviceNames } from '../../world/build';
import { acceptVpcEndpoint, deletion, findVpcEndpoint, releaseVpcEndpoint } from '../../world/lifecycle';
import type { SandboxCluster, SandboxServerlessEndpoint, World } from '../../world/world';
import { statusAt } from '../../world/world';
import { invalid, Refusal } from '../refusal';
import type { AtlasRequest, AtlasRoute } from '../route';
import { bodyOf, optionalText, projectOf, providerOf, textOf } from '../route';
import { instanceOf } from './clusters';

function endpointOf(request: AtlasRequest, instance: SandboxCluster): SandboxServerlessEndpoint {
  const id = request.path.endpointId ?? '';
  const found = instance.serverlessEndpoints.get(id);
  if (found !== undefined) return found;
  throw new Refusal(404, 'TENANT_ENDPOINT_NOT_FOUND', `No private endpoint with ID ${id} exists.`, [id]);
}

function present(world: World, endpoint: SandboxServerlessEndpoint): unknown {
  const status = statusAt(endpoint.timeline, world.clock.now());
  const reserved = status !== 'RESERVATION_REQUESTED';
  const common = {
    _id: endpoint.id,
    cloudProviderEndpointId: endpoint.cloudProviderEndpointId ?? null,
    comment: endpoint.comment,
    errorMessage: endpoint.errorMessage ?? null,
    providerName: endpoint.provider,
    status,
  };
  if (endpoint.provider === 'AWS') return { ...common, endpointServiceName: reserved ? endpoint.cloudName : null };
  return {
    ...common,
    endpointServiceName: reserved ? (endpoint.cloudName.split('/').at(-1) ?? null) : null,
    privateEndpointIpAddress: endpoint.privateEndpointIpAddress ?? null,
    privateLinkServiceResourceId: reserved ? endpoint.cloudName : null,
  };
}

function create(request: AtlasRequest): unknown {
  const { world } = request;
  const instance = instanceOf(request, projectOf(request), 'instanceName');
  const place = instance.regions[0];
  if (place === undefined) throw new Error('a serverless instance has a region');
  const comment = request.body === undefined ? '' : (optionalText(bodyOf(request), 'comment', 80) ?? '');
  // An object id begins with the second in which it was made; of the same second, any may be first.
  const second = Math.floor(world.clock.now() / 1_000);
  const endpoint: SandboxServerlessEndpoint = {
    id: second.toString(16).padStart(8, '0') + world.ids.atlas().slice(8),
    provider: place.provider,
    timeline: [
      { at: 0, status: 'RESERVATION_REQUESTED' },
      { at: world.clock.now() + world.pace.serviceCreation, status: 'RESERVED' },
    ],
    comment,
    cloudName: serviceNames(world, place.provider, place.region, false).cloudName,
  };
  instance.serverlessEndpoints.set(endpoint.id, endpoint);
  return present(world, endpoint);
}

function connect(world: World, endpoint: SandboxServerlessEndpoint, cloudId: string): void {
  const now = world.clock.now();
  const connected = now + world.pace.endpointAcceptance + world.pace.endpointConnection;
  let outcome = 'AVAILABLE';
  delete endpoint.errorMessage;
  if (endpoint.provider === 'AWS') {
    const vpcEndpoint = findVpcEndpoint(world, cloudId);
    if (vpcEndpoint?.serviceName !== endpoint.cloudName) {
      outcome = 'FAILED';
      endpoint.errorMessage = `Interface endpoint ${cloudId} was not found on the endpoint service.`;
    } else acceptVpcEndpoint(world, vpcEndpoint);
  }
  endpoint.cloudProviderEndpointId = cloudId;
  endpoint.timeline = [
    { at: 0, status: 'INITIATING' },
    { at: connected, status: outcome },
  ];
}

function update(request: AtlasRequest): unknown {
  const { world } = request;
  const endpoint = endpointOf(request, instanceOf(request, projectOf(request), 'instanceName'));
  const body = bodyOf(request);
  const provider = providerOf(textOf(body, 'providerName'), 'providerName');
  if (provider !== endpoint.provider) throw invalid('providerName', `the instance is on ${endpoint.provider}.`);
  const comment = optionalText(body, 'comment', 80);
  if (comment !== undefined) endpoint.comment = comment;
  if (body.cloudProviderEndpointId === undefined) return present(world, endpoint);

  const status = statusAt(endpoint.timeline, world.clock.now());
  if (status !== 'RESERVED' && status !== 'FAILED') {
    throw new Refusal(409, 'TENANT_ENDPOINT_NOT_RESERVED', `Private endpoint ${endpoint.id} is ${status}.`, [
      endpoint.id,
      status,
    ]);
  }
  const pattern = provider === 'AWS' ? /^vpce-[0-9a-f]{17}$/ : /^\/subscriptions\/.+\/privateEndpoints\/[-\w._()]+$/;
  const cloudId = textOf(body, 'cloudProviderEndpointId', pattern);
  if (provider === 'AZURE') {
    const ipAddress = textOf(body, 'privateEndpointIpAddress');
    if (!isIPv4(ipAddress)) throw invalid('privateEndpointIpAddress', 'an IPv4 address is expected.');
    endpoint.privateEndpointIpAddress = ipAddress;
  }
  connect(world, endpoint, cloudId);
  return present(world, endpoint);
}

const base = '/groups/{groupId}/privateEndpoint/serverless/instance/{instanceName}/endpoint';

export const serverlessRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'listGroupPrivateEndpointServerlessInstanceEndpoint',
    method: 'GET',
    template: base,
    handle: (request) => {
      const instance = instanceOf(request, projectOf(request), 'instanceName');
      const endpoints = [...instance.serverlessEndpoints.values()];
      return { status: 200, body: endpoints.map((endpoint) => present(request.world, endpoint)) };
    },
  },
  {
    operationId: 'createGroupPrivateEndpointServerlessInstanceEndpoint',
    method: 'POST',
    template: base,
    handle: (request) => ({ status: 201, body: create(request) }),
  },
  {
    operationId: 'getGroupPrivateEndpointServerlessInstanceEndpoint',
    method: 'GET',
    template: `${base}/{endpointId}`,
    handle: (request) => {
      const instance = instanceOf(request, projectOf(request), 'instanceName');
      return { status: 200, body: present(request.world, endpointOf(request, instance)) };
    },
  },
  {
    operationId: 'updateGroupPrivateEndpointServerlessInstanceEndpoint',
    method: 'PATCH',
    template: `${base}/{endpointId}`,
    handle: (request) => ({ status: 200, body: update(request) }),
  },
  {
    operationId: 'deleteGroupPrivateEndpointServerlessInstanceEndpoint',
    method: 'DELETE',
    template: `${base}/{endpointId}`,
    handle: (request) => {
      const endpoint = endpointOf(request, instanceOf(request, projectOf(request), 'instanceName'));
      if (statusAt(endpoint.timeline, request.world.clock.now()) !== 'DELETING') {
        endpoint.timeline = deletion(request.world, endpoint.timeline);
        const cloudId = endpoint.cloudProviderEndpointId ?? '';
        if (findVpcEndpoint(request.world, cloudId)?.serviceName === endpoint.cloudName) {
          releaseVpcEndpoint(request.world, cloudId);
        }
      }
      return { status: 204 };
    },
  },
];
