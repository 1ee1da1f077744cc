/** A role as the official description names it. */
type Role =
  | 'Organization Member'
  | 'Project Read Only'
  | 'Project Owner'
  | 'Project Network Access Manager'
  | 'Project Database Access Admin'
  | 'Project Stream Processing Owner';

/**
 * The API's names of roles that have what a role has (Atlas documentation, "Atlas User Roles"): an Organization Owner is
 * a Project Owner everywhere, every project role reads its project, every role in an organization is a member's.
 */
const holders: Readonly<Record<Role, RegExp>> = {
  'Organization Member': /^ORG_/,
  'Project Read Only': /^(?:GROUP_.*|ORG_OWNER|ORG_READ_ONLY|ORG_STREAM_PROCESSING_ADMIN)$/,
  'Project Owner': /^(?:GROUP_OWNER|ORG_OWNER)$/,
  'Project Network Access Manager': /^(?:GROUP_NETWORK_ACCESS_MANAGER|GROUP_OWNER|ORG_OWNER)$/,
  'Project Database Access Admin': /^(?:GROUP_DATABASE_ACCESS_ADMIN|GROUP_OWNER|ORG_OWNER)$/,
  'Project Stream Processing Owner':
    /^(?:GROUP_STREAM_PROCESSING_OWNER|ORG_STREAM_PROCESSING_ADMIN|GROUP_OWNER|ORG_OWNER)$/,
};

const member: readonly Role[] = ['Organization Member'];
const reader: readonly Role[] = ['Project Read Only'];
const owner: readonly Role[] = ['Project Owner'];
const network: readonly Role[] = ['Project Network Access Manager'];
const users: readonly Role[] = ['Project Database Access Admin', 'Project Stream Processing Owner'];

/**
 * The least roles for each operation, any of which will do, as the official description says (`x-rolesRequirements`).
 * Where it says nothing, whoever is signed in may ask, and is told what they may see.
 */
export const rolesOfOperations: Readonly<Record<string, readonly Role[]>> = {
  getSystemStatus: [],
  listClusterDetails: [],
  listOrgs: [],
  getOrg: member,
  getOrgGroups: member,
  listGroups: [],
  getGroup: reader,
  listGroupAccessListEntries: reader,
  createGroupAccessListEntry: network,
  getGroupAccessListEntry: reader,
  deleteGroupAccessListEntry: network,
  listGroupClusters: reader,
  getGroupCluster: reader,
  listGroupClusterOnlineArchives: reader,
  getGroupClusterOnlineArchive: reader,
  listGroupClusterProviderRegions: reader,
  listGroupContainerAll: reader,
  listGroupPeers: reader,
  listGroupDataFederation: reader,
  getGroupDataFederation: reader,
  listGroupDatabaseUsers: reader,
  createGroupDatabaseUser: users,
  getGroupDatabaseUser: reader,
  deleteGroupDatabaseUser: users,
  listGroupFlexClusters: reader,
  getGroupFlexCluster: reader,
  listGroupServerlessInstances: reader,
  getGroupServerlessInstance: reader,
  listGroupProcesses: reader,
  listGroupPrivateEndpointEndpointService: reader,
  getGroupPrivateEndpointEndpointService: reader,
  deleteGroupPrivateEndpointEndpointService: owner,
  createGroupPrivateEndpointEndpointServiceEndpoint: owner,
  getGroupPrivateEndpointEndpointServiceEndpoint: reader,
  deleteGroupPrivateEndpointEndpointServiceEndpoint: owner,
  createGroupPrivateEndpointEndpointService: owner,
  updateGroupPrivateEndpointEndpointService: owner,
  getGroupPrivateEndpointRegionalMode: reader,
  toggleGroupPrivateEndpointRegionalMode: owner,
  listGroupPrivateEndpointServerlessInstanceEndpoint: reader,
  createGroupPrivateEndpointServerlessInstanceEndpoint: owner,
  getGroupPrivateEndpointServerlessInstanceEndpoint: reader,
  updateGroupPrivateEndpointServerlessInstanceEndpoint: owner,
  deleteGroupPrivateEndpointServerlessInstanceEndpoint: owner,
  listGroupPrivateNetworkSettingEndpointIds: reader,
  createGroupPrivateNetworkSettingEndpointId: owner,
  getGroupPrivateNetworkSettingEndpointId: reader,
  deleteGroupPrivateNetworkSettingEndpointId: owner,
};

/** Whether somebody with these roles, as the API names them, has one of `wanted`. */
export function hasRole(held: readonly string[], wanted: readonly Role[]): boolean {
  return wanted.some((role) => held.some((name) => holders[role].test(name)));
}
