import { acceptVpcEndpoint, deletion, findVpcEndpoint } from '../../world/lifecycle';
import { federatedName, federatedPrivateName } from '../../world/names';
import { findRegion } from '../../world/regions';
import type { SandboxDataFederationEndpoint, SandboxFederatedDatabase, SandboxProject, World } from '../../world/world';
import { statusAt } from '../../world/world';
import { invalid, Refusal } from '../refusal';
import type { AtlasRequest, AtlasRoute } from '../route';
import { bodyOf, optionalText, page, projectOf, textOf } from '../route';

function presentDatabase(world: World, project: SandboxProject, database: SandboxFederatedDatabase): unknown {
  const reachable = [...project.dataFederationEndpoints.values()].filter(
    ({ provider, timeline }) => provider === database.provider && statusAt(timeline, world.clock.now()) === 'OK',
  );
  return {
    dataProcessRegion: { cloudProvider: database.provider, region: database.region },
    groupId: project.id,
    hostnames: [federatedName(project, database.name)],
    name: database.name,
    privateEndpointHostnames: reachable.map(({ id }) => ({
      hostname: federatedPrivateName(project, database.name, id),
      privateEndpoint: id,
    })),
    state: 'ACTIVE',
    storage: { databases: [], stores: [] },
  };
}

function presentEndpoint(world: World, endpoint: SandboxDataFederationEndpoint): unknown {
  const status = statusAt(endpoint.timeline, world.clock.now());
  return {
    comment: endpoint.comment,
    endpointId: endpoint.id,
    ...(endpoint.dnsName === undefined ? {} : { customerEndpointDNSName: endpoint.dnsName }),
    ...(endpoint.ipAddress === undefined ? {} : { customerEndpointIPAddress: endpoint.ipAddress }),
    ...(endpoint.errorMessage === undefined || status !== 'FAILED' ? {} : { errorMessage: endpoint.errorMessage }),
    provider: endpoint.provider,
    ...(endpoint.region === undefined ? {} : { region: endpoint.region }),
    status,
    type: 'DATA_LAKE',
  };
}

function listEndpoints(request: AtlasRequest, project: SandboxProject, status: number): ReturnType<typeof page> {
  const all = [...project.dataFederationEndpoints.values()];
  return page(request, all, (endpoint) => presentEndpoint(request.world, endpoint), status);
}

function endpointOf(request: AtlasRequest): SandboxDataFederationEndpoint {
  const id = request.path.endpointId ?? '';
  const found = projectOf(request).dataFederationEndpoints.get(id);
  if (found !== undefined) return found;
  throw new Refusal(404, 'DATA_FEDERATION_ENDPOINT_NOT_FOUND', `No private endpoint with ID ${id} exists.`, [id]);
}

/** Adds an endpoint; one that is there only gets the comment (operation `createGroupPrivateNetworkSettingEndpointId`). */
function putEndpoint(request: AtlasRequest, project: SandboxProject): void {
  const { world } = request;
  const body = bodyOf(request);
  const provider = optionalText(body, 'provider') ?? 'AWS';
  if (provider !== 'AWS' && provider !== 'AZURE') throw invalid('provider', 'it is none of AWS, AZURE.');
  const id = textOf(body, 'endpointId', provider === 'AWS' ? /^vpce-[0-9a-f]{17}$/ : /^\/subscriptions\/.+$/);
  const type = optionalText(body, 'type') ?? 'DATA_LAKE';
  if (type !== 'DATA_LAKE') throw invalid('type', 'only DATA_LAKE is possible.');
  const comment = optionalText(body, 'comment', 80);
  const known = project.dataFederationEndpoints.get(id);
  if (known !== undefined) {
    if (comment !== undefined) known.comment = comment;
    return;
  }
  const region = optionalText(body, 'region');
  if (region !== undefined && findRegion(provider, region) === undefined) {
    throw invalid('region', `${region} is no region of ${provider}.`);
  }
  const dnsName = optionalText(body, 'customerEndpointDNSName');
  if (provider === 'AWS' && (region === undefined) !== (dnsName === undefined)) {
    throw invalid('customerEndpointDNSName', 'it and region are given together, or neither.');
  }
  const ipAddress = optionalText(body, 'customerEndpointIPAddress');
  const now = world.clock.now();
  const vpcEndpoint = provider === 'AWS' ? findVpcEndpoint(world, id) : undefined;
  const fails = provider === 'AWS' && vpcEndpoint === undefined;
  if (vpcEndpoint !== undefined) acceptVpcEndpoint(world, vpcEndpoint);
  project.dataFederationEndpoints.set(id, {
    id,
    provider,
    comment: comment ?? '',
    timeline: [
      { at: 0, status: 'PENDING' },
      { at: now + world.pace.endpointAcceptance + world.pace.endpointConnection, status: fails ? 'FAILED' : 'OK' },
    ],
    ...(fails ? { errorMessage: `Interface endpoint ${id} was not found.` } : {}),
    ...(region === undefined ? {} : { region }),
    ...(dnsName === undefined ? {} : { dnsName }),
    ...(ipAddress === undefined ? {} : { ipAddress }),
  });
}

const settings = '/groups/{groupId}/privateNetworkSettings/endpointIds';

export const dataFederationRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'listGroupDataFederation',
    method: 'GET',
    template: '/groups/{groupId}/dataFederation',
    handle: (request) => {
      const project = projectOf(request);
      const wanted = request.query.get('type') ?? 'USER';
      const databases = [...project.federatedDatabases.values()].filter(({ type }) => type === wanted);
      return { status: 200, body: databases.map((item) => presentDatabase(request.world, project, item)) };
    },
  },
  {
    operationId: 'getGroupDataFederation',
    method: 'GET',
    template: '/groups/{groupId}/dataFederation/{tenantName}',
    handle: (request) => {
      const project = projectOf(request);
      const name = request.path.tenantName ?? '';
      const database = project.federatedDatabases.get(name);
      if (database === undefined) {
        throw new Refusal(
          404,
          'DATA_FEDERATION_TENANT_NOT_FOUND_FOR_NAME',
          `No data federation instance named ${name} exists in group ${project.id}.`,
          [name],
        );
      }
      return { status: 200, body: presentDatabase(request.world, project, database) };
    },
  },
  {
    operationId: 'listGroupPrivateNetworkSettingEndpointIds',
    method: 'GET',
    template: settings,
    handle: (request) => listEndpoints(request, projectOf(request), 200),
  },
  {
    operationId: 'createGroupPrivateNetworkSettingEndpointId',
    method: 'POST',
    template: settings,
    handle: (request) => {
      const project = projectOf(request);
      putEndpoint(request, project);
      return listEndpoints(request, project, 201);
    },
  },
  {
    operationId: 'getGroupPrivateNetworkSettingEndpointId',
    method: 'GET',
    template: `${settings}/{endpointId}`,
    handle: (request) => ({ status: 200, body: presentEndpoint(request.world, endpointOf(request)) }),
  },
  {
    operationId: 'deleteGroupPrivateNetworkSettingEndpointId',
    method: 'DELETE',
    template: `${settings}/{endpointId}`,
    handle: (request) => {
      const endpoint = endpointOf(request);
      if (statusAt(endpoint.timeline, request.world.clock.now()) !== 'DELETING') {
        endpoint.timeline = deletion(request.world, endpoint.timeline);
      }
      return { status: 204 };
    },
  },
];
