/** One operation of the Atlas Admin API, as much of it as a request needs. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Date of the resource version: the newest one that the client understands. */
  readonly version: string;
  /** Doing it twice is the same as doing it once, so a failure whose outcome is unknown may be tried again. */
  readonly repeatable: boolean;
  /** The least role that allows it, in Atlas's own words; of several the first. Absent: the description names none. */
  readonly role?: string;
}

/**
 * Every operation that the client uses, by the operation id of the official description: method, path, newest version
 * and role are from there. Adding an address to the access list and a Data Federation endpoint is repeatable although
 * it is a POST, because Atlas replaces an entry that is there.
 */
export const operations = {
  getSystemStatus: { method: 'GET', path: '/api/atlas/v2', version: '2023-01-01', repeatable: true },
  listClusterDetails: { method: 'GET', path: '/api/atlas/v2/clusters', version: '2023-01-01', repeatable: true },
  listOrgs: { method: 'GET', path: '/api/atlas/v2/orgs', version: '2023-01-01', repeatable: true },
  getOrg: {
    method: 'GET',
    path: '/api/atlas/v2/orgs/{orgId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Organization Member',
  },
  getOrgGroups: {
    method: 'GET',
    path: '/api/atlas/v2/orgs/{orgId}/groups',
    version: '2023-01-01',
    repeatable: true,
    role: 'Organization Member',
  },
  listGroups: { method: 'GET', path: '/api/atlas/v2/groups', version: '2023-01-01', repeatable: true },
  getGroup: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupAccessListEntries: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/accessList',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  createGroupAccessListEntry: {
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/accessList',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Network Access Manager',
  },
  getGroupAccessListEntry: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/accessList/{entryValue}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  deleteGroupAccessListEntry: {
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/accessList/{entryValue}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Network Access Manager',
  },
  listGroupClusters: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters',
    version: '2024-08-05',
    repeatable: true,
    role: 'Project Read Only',
  },
  getGroupCluster: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}',
    version: '2024-08-05',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupClusterOnlineArchives: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/onlineArchives',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  getGroupClusterOnlineArchive: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/onlineArchives/{archiveId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupClusterProviderRegions: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/provider/regions',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupContainerAll: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/containers/all',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupPeers: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/peers',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupDataFederation: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/dataFederation',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  getGroupDataFederation: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/dataFederation/{tenantName}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupDatabaseUsers: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/databaseUsers',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  createGroupDatabaseUser: {
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/databaseUsers',
    version: '2023-01-01',
    repeatable: false,
    role: 'Project Database Access Admin',
  },
  getGroupDatabaseUser: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/databaseUsers/{databaseName}/{username}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  deleteGroupDatabaseUser: {
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/databaseUsers/{databaseName}/{username}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Database Access Admin',
  },
  listGroupFlexClusters: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/flexClusters',
    version: '2024-11-13',
    repeatable: true,
    role: 'Project Read Only',
  },
  getGroupFlexCluster: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/flexClusters/{name}',
    version: '2024-11-13',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupServerlessInstances: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/serverless',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  getGroupServerlessInstance: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/serverless/{name}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupProcesses: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/processes',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  listGroupPrivateEndpointEndpointService: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  getGroupPrivateEndpointEndpointService: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  deleteGroupPrivateEndpointEndpointService: {
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  createGroupPrivateEndpointEndpointServiceEndpoint: {
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}/endpoint',
    version: '2023-01-01',
    repeatable: false,
    role: 'Project Owner',
  },
  getGroupPrivateEndpointEndpointServiceEndpoint: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}/endpoint/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  deleteGroupPrivateEndpointEndpointServiceEndpoint: {
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}/endpoint/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  createGroupPrivateEndpointEndpointService: {
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/endpointService',
    version: '2023-01-01',
    repeatable: false,
    role: 'Project Owner',
  },
  updateGroupPrivateEndpointEndpointService: {
    method: 'PATCH',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/endpointService/{endpointServiceId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  getGroupPrivateEndpointRegionalMode: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/regionalMode',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  toggleGroupPrivateEndpointRegionalMode: {
    method: 'PATCH',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/regionalMode',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  listGroupPrivateEndpointServerlessInstanceEndpoint: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/serverless/instance/{instanceName}/endpoint',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  createGroupPrivateEndpointServerlessInstanceEndpoint: {
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/serverless/instance/{instanceName}/endpoint',
    version: '2023-01-01',
    repeatable: false,
    role: 'Project Owner',
  },
  getGroupPrivateEndpointServerlessInstanceEndpoint: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/serverless/instance/{instanceName}/endpoint/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  updateGroupPrivateEndpointServerlessInstanceEndpoint: {
    method: 'PATCH',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/serverless/instance/{instanceName}/endpoint/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  deleteGroupPrivateEndpointServerlessInstanceEndpoint: {
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/privateEndpoint/serverless/instance/{instanceName}/endpoint/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  listGroupPrivateNetworkSettingEndpointIds: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateNetworkSettings/endpointIds',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  createGroupPrivateNetworkSettingEndpointId: {
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/privateNetworkSettings/endpointIds',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
  getGroupPrivateNetworkSettingEndpointId: {
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/privateNetworkSettings/endpointIds/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Read Only',
  },
  deleteGroupPrivateNetworkSettingEndpointId: {
    method: 'DELETE',
    path: '/api/atlas/v2/groups/{groupId}/privateNetworkSettings/endpointIds/{endpointId}',
    version: '2023-01-01',
    repeatable: true,
    role: 'Project Owner',
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;

/** The dated media type of a resource version, for `Accept` and `Content-Type` alike. */
export function mediaTypeOf(operation: Operation): string {
  return `application/vnd.atlas.${operation.version}+json`;
}
