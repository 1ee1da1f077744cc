import ipaddr from 'ipaddr.js';

import { isProvider } from '../../../core/provider';
import type { SandboxDatabaseUser, SandboxProject } from '../../world/world';
import { invalid, Refusal } from '../refusal';
import type { AtlasRequest, AtlasRoute } from '../route';
import { bodyOf, optionalText, page, projectOf, textOf, timestamp } from '../route';

function presentEntry(project: SandboxProject, entry: string): unknown {
  const value = project.accessList.get(entry);
  const address = entry.startsWith('sg-')
    ? { awsSecurityGroup: entry }
    : { cidrBlock: entry, ...(entry.endsWith('/32') ? { ipAddress: entry.slice(0, -3) } : {}) };
  return {
    ...address,
    comment: value?.comment ?? '',
    ...(value?.deleteAfter === undefined ? {} : { deleteAfterDate: value.deleteAfter }),
    groupId: project.id,
    links: [],
  };
}

/** Entries whose time is over are gone. */
function currentEntries(request: AtlasRequest, project: SandboxProject): string[] {
  const now = request.world.clock.now();
  for (const [entry, { deleteAfter }] of project.accessList) {
    if (deleteAfter !== undefined && Date.parse(deleteAfter) <= now) project.accessList.delete(entry);
  }
  return [...project.accessList.keys()];
}

function entryOf(request: AtlasRequest, project: SandboxProject): string {
  const value = request.path.entryValue ?? '';
  const found = currentEntries(request, project).find((entry) => entry === value || entry === `${value}/32`);
  if (found !== undefined) return found;
  throw new Refusal(
    404,
    'ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND',
    `IP Address ${value} not on Atlas access list for group ${project.id}.`,
    [value, project.id],
  );
}

function readEntry(item: unknown): [string, { comment: string; deleteAfter?: string }] {
  if (typeof item !== 'object' || item === null) throw invalid('accessList', 'objects are expected.');
  const entry = item as Record<string, unknown>;
  const group = optionalText(entry, 'awsSecurityGroup');
  const ip = optionalText(entry, 'ipAddress');
  const cidr = optionalText(entry, 'cidrBlock') ?? (ip === undefined ? undefined : `${ip}/32`);
  if (cidr !== undefined && !ipaddr.isValidCIDR(cidr)) throw invalid('cidrBlock', `${cidr} is no range of addresses.`);
  const name = cidr ?? group;
  if (name === undefined) {
    throw new Refusal(400, 'MISSING_ATTRIBUTE', 'One of cidrBlock, ipAddress, awsSecurityGroup is required.');
  }
  const deleteAfter = dateOf(entry);
  return [name, { comment: optionalText(entry, 'comment', 80) ?? '', ...(deleteAfter && { deleteAfter }) }];
}

function dateOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const value = optionalText(body, 'deleteAfterDate');
  if (value !== undefined && Number.isNaN(Date.parse(value))) throw invalid('deleteAfterDate', 'a date is expected.');
  return value;
}

function presentUser(project: SandboxProject, user: SandboxDatabaseUser): unknown {
  const external = user.authDatabase === '$external';
  return {
    awsIAMType: external && user.username.startsWith('arn:aws:iam::') ? 'ROLE' : 'NONE',
    databaseName: user.authDatabase,
    ...(user.deleteAfter === undefined ? {} : { deleteAfterDate: user.deleteAfter }),
    groupId: project.id,
    labels: [],
    ldapAuthType: 'NONE',
    links: [],
    oidcAuthType: 'NONE',
    roles: user.roles,
    scopes: user.scopes,
    username: user.username,
    x509Type: external && !user.username.startsWith('arn:') ? 'CUSTOMER' : 'NONE',
  };
}

function userKey(request: AtlasRequest, project: SandboxProject): string {
  const { databaseName = '', username = '' } = request.path;
  const key = `${databaseName}/${username}`;
  const user = project.databaseUsers.get(key);
  const over = user?.deleteAfter !== undefined && Date.parse(user.deleteAfter) <= request.world.clock.now();
  if (user !== undefined && !over) return key;
  throw new Refusal(404, 'USER_NOT_FOUND', `No user with username ${username} exists.`, [username]);
}

function objects(body: Readonly<Record<string, unknown>>, attribute: string): readonly Record<string, unknown>[] {
  const value = body[attribute] ?? [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'object' || item === null)) {
    throw invalid(attribute, 'a list of objects is expected.');
  }
  return value as Record<string, unknown>[];
}

function createUser(request: AtlasRequest): unknown {
  const project = projectOf(request);
  const body = bodyOf(request);
  const authDatabase = optionalText(body, 'databaseName') ?? 'admin';
  if (authDatabase !== 'admin' && authDatabase !== '$external') throw invalid('databaseName', 'admin is expected.');
  const username = textOf(body, 'username');
  const password = authDatabase === 'admin' ? textOf(body, 'password') : '';
  if (authDatabase === 'admin' && password.length < 8) throw invalid('password', 'at least 8 characters are expected.');
  const roles = objects(body, 'roles').map((role) => {
    const collectionName = optionalText(role, 'collectionName');
    return {
      roleName: textOf(role, 'roleName'),
      databaseName: textOf(role, 'databaseName'),
      ...(collectionName === undefined ? {} : { collectionName }),
    };
  });
  if (roles.length === 0)
    throw new Refusal(400, 'MISSING_ATTRIBUTE', 'The required attribute roles was not specified.');
  const key = `${authDatabase}/${username}`;
  if (project.databaseUsers.has(key)) {
    throw new Refusal(409, 'USER_ALREADY_EXISTS', 'The specified user already exists.', [username]);
  }
  const deleteAfter = dateOf(body);
  const user: SandboxDatabaseUser = {
    username,
    authDatabase,
    password,
    roles,
    scopes: objects(body, 'scopes').map((scope) => ({ name: textOf(scope, 'name'), type: textOf(scope, 'type') })),
    ...(deleteAfter === undefined ? {} : { deleteAfter }),
  };
  project.databaseUsers.set(key, user);
  return presentUser(project, user);
}

/** Containers: Atlas's own network in each cloud and region that the project uses. */
function presentContainers(project: SandboxProject): unknown[] {
  const containers = new Map<string, unknown>();
  const places = [
    ...[...project.clusters.values()].filter(({ kind }) => kind === 'dedicated').flatMap(({ regions }) => regions),
    ...project.services.values(),
    ...project.peerings,
  ];
  for (const { provider, region } of places) {
    const key = provider === 'GCP' ? provider : `${provider} ${region}`;
    if (containers.has(key)) continue;
    const id = containerId(project, containers.size);
    const atlasCidrBlock = `192.168.${containers.size * 8}.0/21`;
    const common = { id, providerName: provider, provisioned: true, atlasCidrBlock };
    if (provider === 'AWS') containers.set(key, { ...common, regionName: region });
    else if (provider === 'AZURE') containers.set(key, { ...common, region });
    else containers.set(key, { ...common, regions: [region] });
  }
  return [...containers.values()];
}

function containerId(project: SandboxProject, number: number): string {
  return `${project.id.slice(2)}${number.toString(16).padStart(2, '0')}`;
}

function presentPeering(project: SandboxProject, peering: SandboxProject['peerings'][number]): unknown {
  const common = { containerId: containerId(project, 0), id: peering.id, providerName: peering.provider };
  const uuid = '00000000-0000-4000-8000-5a4db0c00002';
  switch (peering.provider) {
    case 'AWS':
      return {
        ...common,
        accepterRegionName: peering.region.toLowerCase().replaceAll('_', '-'),
        awsAccountId: '123456789012',
        connectionId: `pcx-0${peering.id.slice(0, 16)}`,
        routeTableCidrBlock: peering.cidr,
        statusName: peering.status,
        vpcId: `vpc-0${peering.id.slice(0, 16)}`,
      };
    case 'AZURE':
      return {
        ...common,
        azureDirectoryId: uuid,
        azureSubscriptionId: uuid,
        resourceGroupName: 'sandbox-network',
        status: peering.status,
        vnetName: 'sandbox-vnet',
      };
    case 'GCP':
      return {
        ...common,
        gcpProjectId: 'sandbox-network-project',
        networkName: 'sandbox-network',
        status: peering.status,
      };
  }
}

const users = '/groups/{groupId}/databaseUsers';
const accessList = '/groups/{groupId}/accessList';

export const accessRoutes: readonly AtlasRoute[] = [
  {
    operationId: 'listGroupAccessListEntries',
    method: 'GET',
    template: accessList,
    handle: (request) => {
      const project = projectOf(request);
      return page(request, currentEntries(request, project), (entry) => presentEntry(project, entry));
    },
  },
  {
    operationId: 'createGroupAccessListEntry',
    method: 'POST',
    template: accessList,
    handle: (request) => {
      const project = projectOf(request);
      if (!Array.isArray(request.body) || request.body.length === 0) {
        throw new Refusal(400, 'INVALID_JSON', 'Received JSON is malformed: a list of entries is expected.');
      }
      for (const [entry, value] of request.body.map(readEntry)) project.accessList.set(entry, value);
      // Described as 200; recorded answers of Atlas have 201.
      return page(request, currentEntries(request, project), (entry) => presentEntry(project, entry), 201);
    },
  },
  {
    operationId: 'getGroupAccessListEntry',
    method: 'GET',
    template: `${accessList}/{entryValue}`,
    handle: (request) => {
      const project = projectOf(request);
      return { status: 200, body: presentEntry(project, entryOf(request, project)) };
    },
  },
  {
    operationId: 'deleteGroupAccessListEntry',
    method: 'DELETE',
    template: `${accessList}/{entryValue}`,
    handle: (request) => {
      const project = projectOf(request);
      project.accessList.delete(entryOf(request, project));
      return { status: 204 };
    },
  },
  {
    operationId: 'listGroupDatabaseUsers',
    method: 'GET',
    template: users,
    handle: (request) => {
      const project = projectOf(request);
      const now = timestamp(request.world.clock.now());
      const current = [...project.databaseUsers.values()].filter(
        ({ deleteAfter }) => deleteAfter === undefined || Date.parse(deleteAfter) > Date.parse(now),
      );
      return page(request, current, (user) => presentUser(project, user));
    },
  },
  {
    operationId: 'createGroupDatabaseUser',
    method: 'POST',
    template: users,
    handle: (request) => ({ status: 201, body: createUser(request) }),
  },
  {
    operationId: 'getGroupDatabaseUser',
    method: 'GET',
    template: `${users}/{databaseName}/{username}`,
    handle: (request) => {
      const project = projectOf(request);
      const user = project.databaseUsers.get(userKey(request, project));
      return { status: 200, body: user === undefined ? {} : presentUser(project, user) };
    },
  },
  {
    operationId: 'deleteGroupDatabaseUser',
    method: 'DELETE',
    template: `${users}/{databaseName}/{username}`,
    handle: (request) => {
      const project = projectOf(request);
      project.databaseUsers.delete(userKey(request, project));
      return { status: 204 };
    },
  },
  {
    operationId: 'listGroupContainerAll',
    method: 'GET',
    template: '/groups/{groupId}/containers/all',
    handle: (request) => page(request, presentContainers(projectOf(request)), (item) => item),
  },
  {
    operationId: 'listGroupPeers',
    method: 'GET',
    template: '/groups/{groupId}/peers',
    handle: (request) => {
      const project = projectOf(request);
      const wanted = request.query.get('providerName') ?? 'AWS';
      if (!isProvider(wanted)) throw invalid('providerName', `${wanted} is none of AWS, AZURE, GCP.`);
      const peerings = project.peerings.filter(({ provider }) => provider === wanted);
      return page(request, peerings, (item) => presentPeering(project, item));
    },
  },
];
