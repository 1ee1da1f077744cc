import type { AtlasApi } from '../core/atlas-api';
import { isProvider } from '../core/provider';
import { toRequestRegion } from '../core/region';
import { readElements, wholeList } from './elements';
import {
  fromAccessListEntry,
  fromNewDatabaseUser,
  toAccessListEntry,
  toDatabaseProcess,
  toDatabaseUser,
  toNetworkContainer,
  toPeeringConnection,
  toRegionNames,
} from './mapping/access';
import {
  toCluster,
  toFederatedDatabase,
  toFlexCluster,
  toOnlineArchive,
  toServerlessInstance,
} from './mapping/deployment';
import {
  fromRegistration,
  toDataFederationEndpoint,
  toEndpoint,
  toEndpointService,
  toServerlessEndpoint,
} from './mapping/endpoint';
import { fieldsOf, type Schemas } from './mapping/fields';
import { toClusterNames, toOrganization, toProject, toRoles } from './mapping/project';
import { toWirePage } from './paging';
import { createRequests, type AtlasClientOptions } from './requests';

/**
 * The Atlas Administration API over `fetch`: signed in, bounded, repeated where safe (see `createTransport`), answers
 * mapped to core. Throws `ATLAS_INPUT_INVALID` at once for a base URL that must not be used.
 */
export function createAtlasApi(options: AtlasClientOptions): AtlasApi {
  const { call, pages, all } = createRequests(options);
  const host = new URL(options.baseUrl).host;
  /** A list that has no pages. */
  const list = <T>(answer: unknown, subject: string, map: (value: unknown) => T): readonly T[] =>
    wholeList(readElements(toWirePage(answer, subject).results, map, subject));

  return {
    checkSignIn: async (signal) => ({ roles: toRoles(await call('getSystemStatus', { signal }), host) }),
    listOrganizations: (signal) => all('listOrgs', { signal }, (one) => toOrganization(one, host)),
    getOrganization: async (orgId, signal) => toOrganization(await call('getOrg', { path: { orgId }, signal }), orgId),
    listProjects: (signal) => pages('listGroups', { signal }, (one) => toProject(one, host)),
    listProjectsOfOrganization: (orgId, signal) =>
      pages('getOrgGroups', { path: { orgId }, signal }, (one) => toProject(one, orgId)),
    getProject: async (groupId, signal) => toProject(await call('getGroup', { path: { groupId }, signal }), groupId),
    listAllClusters: (signal) => pages('listClusterDetails', { signal }, (one) => toClusterNames(one, host)),

    listClusters: (groupId, signal) =>
      all('listGroupClusters', { path: { groupId }, signal }, (one) => toCluster(one, groupId)),
    getCluster: async (groupId, clusterName, signal) =>
      toCluster(await call('getGroupCluster', { path: { groupId, clusterName }, signal }), groupId),
    listFlexClusters: (groupId, signal) =>
      all('listGroupFlexClusters', { path: { groupId }, signal }, (one) => toFlexCluster(one, groupId)),
    getFlexCluster: async (groupId, name, signal) =>
      toFlexCluster(await call('getGroupFlexCluster', { path: { groupId, name }, signal }), groupId),
    listServerlessInstances: (groupId, signal) =>
      all('listGroupServerlessInstances', { path: { groupId }, signal }, (one) => toServerlessInstance(one, groupId)),
    getServerlessInstance: async (groupId, name, signal) =>
      toServerlessInstance(await call('getGroupServerlessInstance', { path: { groupId, name }, signal }), groupId),
    listProcesses: (groupId, signal) =>
      all('listGroupProcesses', { path: { groupId }, signal }, (one) => toDatabaseProcess(one, groupId)),
    listRegions: async (groupId, provider, signal) => {
      const parts = { path: { groupId }, query: { providers: provider }, signal };
      return toRegionNames(await all('listGroupClusterProviderRegions', parts, (one) => one), groupId);
    },

    listEndpointServices: async (groupId, cloudProvider, signal) => {
      const path = { groupId, cloudProvider };
      const answer = await call('listGroupPrivateEndpointEndpointService', { path, signal });
      return list(answer, groupId, (one) => toEndpointService(one, groupId, cloudProvider));
    },
    getEndpointService: async (groupId, cloudProvider, endpointServiceId, signal) => {
      const path = { groupId, cloudProvider, endpointServiceId };
      const answer = await call('getGroupPrivateEndpointEndpointService', { path, signal });
      return toEndpointService(answer, groupId, cloudProvider);
    },
    createEndpointService: async (groupId, request, signal) => {
      const { provider, portMapping, supportedRemoteRegions } = request;
      const body: RequestBody<'CloudProviderEndpointServiceRequest'> = {
        providerName: provider,
        region: toRequestRegion(provider, request.region),
        ...(portMapping === undefined ? {} : { portMappingEnabled: portMapping }),
        ...(supportedRemoteRegions === undefined
          ? {}
          : { supportedRemoteRegions: supportedRemoteRegions.map((region) => toRequestRegion(provider, region)) }),
      };
      const answer = await call('createGroupPrivateEndpointEndpointService', { path: { groupId }, body, signal });
      return toEndpointService(answer, groupId, provider);
    },
    setSupportedRemoteRegions: async (groupId, endpointServiceId, regions, signal) => {
      const body: RequestBody<'ApiAtlasModifyEndpointServiceRequestView'> = {
        cloudProvider: 'AWS',
        supportedRemoteRegions: regions.map((region) => toRequestRegion('AWS', region)),
      };
      const path = { groupId, endpointServiceId };
      const answer = await call('updateGroupPrivateEndpointEndpointService', { path, body, signal });
      return toEndpointService(answer, groupId, 'AWS');
    },
    deleteEndpointService: async (groupId, cloudProvider, endpointServiceId, signal) => {
      const path = { groupId, cloudProvider, endpointServiceId };
      await call('deleteGroupPrivateEndpointEndpointService', { path, signal });
    },
    getEndpoint: async (groupId, cloudProvider, endpointServiceId, endpointId, signal) => {
      const path = { groupId, cloudProvider, endpointServiceId, endpointId };
      const answer = await call('getGroupPrivateEndpointEndpointServiceEndpoint', { path, signal });
      return toEndpoint(answer, {
        projectId: groupId,
        serviceId: endpointServiceId,
        provider: cloudProvider,
        endpointId,
      });
    },
    registerEndpoint: async (groupId, endpointServiceId, registration, signal) => {
      const { provider } = registration;
      const endpointId = provider === 'GCP' ? registration.endpointGroupName : registration.id;
      const path = { groupId, cloudProvider: provider, endpointServiceId };
      const body = fromRegistration(registration);
      const answer = await call('createGroupPrivateEndpointEndpointServiceEndpoint', { path, body, signal });
      return toEndpoint(answer, { projectId: groupId, serviceId: endpointServiceId, provider, endpointId });
    },
    deleteEndpoint: async (groupId, cloudProvider, endpointServiceId, endpointId, signal) => {
      const path = { groupId, cloudProvider, endpointServiceId, endpointId };
      await call('deleteGroupPrivateEndpointEndpointServiceEndpoint', { path, signal });
    },
    getRegionalizedMode: async (groupId, signal) => {
      const answer = await call('getGroupPrivateEndpointRegionalMode', { path: { groupId }, signal });
      return fieldsOf<'ProjectSettingItemView'>(answer, groupId).flag('enabled');
    },
    setRegionalizedMode: async (groupId, enabled, signal) => {
      const body: RequestBody<'ProjectSettingItemView'> = { enabled };
      const answer = await call('toggleGroupPrivateEndpointRegionalMode', { path: { groupId }, body, signal });
      // Answered with 202 while Atlas is at work, with or without a body.
      return answer === undefined ? enabled : fieldsOf<'ProjectSettingItemView'>(answer, groupId).flag('enabled');
    },

    listServerlessEndpoints: async (groupId, instanceName, signal) => {
      const path = { groupId, instanceName };
      const answer = await call('listGroupPrivateEndpointServerlessInstanceEndpoint', { path, signal });
      return list(answer, instanceName, (one) => toServerlessEndpoint(one, groupId, instanceName));
    },
    getServerlessEndpoint: async (groupId, instanceName, endpointId, signal) => {
      const path = { groupId, instanceName, endpointId };
      const answer = await call('getGroupPrivateEndpointServerlessInstanceEndpoint', { path, signal });
      return toServerlessEndpoint(answer, groupId, instanceName);
    },
    createServerlessEndpoint: async (groupId, instanceName, comment, signal) => {
      const body: RequestBody<'ServerlessTenantCreateRequest'> = comment === undefined ? {} : { comment };
      const path = { groupId, instanceName };
      const answer = await call('createGroupPrivateEndpointServerlessInstanceEndpoint', { path, body, signal });
      return toServerlessEndpoint(answer, groupId, instanceName);
    },
    updateServerlessEndpoint: async (groupId, instanceName, endpointId, { provider, ...rest }, signal) => {
      const body: RequestBody<'ServerlessAzureTenantEndpointUpdate'> = { providerName: provider, ...rest };
      const path = { groupId, instanceName, endpointId };
      const answer = await call('updateGroupPrivateEndpointServerlessInstanceEndpoint', { path, body, signal });
      return toServerlessEndpoint(answer, groupId, instanceName);
    },
    deleteServerlessEndpoint: async (groupId, instanceName, endpointId, signal) => {
      const path = { groupId, instanceName, endpointId };
      await call('deleteGroupPrivateEndpointServerlessInstanceEndpoint', { path, signal });
    },

    listFederatedDatabases: async (groupId, signal) => {
      // Without a type Atlas leaves out the databases behind Online Archives.
      const answers = await Promise.all(
        ['USER', 'ONLINE_ARCHIVE'].map((type) =>
          call('listGroupDataFederation', { path: { groupId }, query: { type }, signal }),
        ),
      );
      const results = answers.flatMap((answer) => toWirePage(answer, groupId).results);
      const found = readElements(results, (one) => toFederatedDatabase(one, groupId), groupId);
      return wholeList({ ...found, items: [...new Map(found.items.map((one) => [one.name, one])).values()] });
    },
    getFederatedDatabase: async (groupId, tenantName, signal) =>
      toFederatedDatabase(await call('getGroupDataFederation', { path: { groupId, tenantName }, signal }), groupId),
    listOnlineArchives: (groupId, clusterName, signal) =>
      all('listGroupClusterOnlineArchives', { path: { groupId, clusterName }, signal }, (one) =>
        toOnlineArchive(one, groupId, clusterName),
      ),
    getOnlineArchive: async (groupId, clusterName, archiveId, signal) => {
      const path = { groupId, clusterName, archiveId };
      return toOnlineArchive(await call('getGroupClusterOnlineArchive', { path, signal }), groupId, clusterName);
    },
    listDataFederationEndpoints: (groupId, signal) =>
      all('listGroupPrivateNetworkSettingEndpointIds', { path: { groupId }, signal }, (one) =>
        toDataFederationEndpoint(one, groupId),
      ),
    getDataFederationEndpoint: async (groupId, endpointId, signal) => {
      const path = { groupId, endpointId };
      const answer = await call('getGroupPrivateNetworkSettingEndpointId', { path, signal });
      return toDataFederationEndpoint(answer, groupId);
    },
    putDataFederationEndpoint: async (groupId, { id, provider, region, comment, dnsName, ipAddress }, signal) => {
      const body: RequestBody<'PrivateNetworkEndpointIdEntry'> = {
        endpointId: id,
        provider,
        type: 'DATA_LAKE',
        ...(region === undefined ? {} : { region }),
        ...(comment === undefined ? {} : { comment }),
        ...(dnsName === undefined ? {} : { customerEndpointDNSName: dnsName }),
        ...(ipAddress === undefined ? {} : { customerEndpointIPAddress: ipAddress }),
      };
      const answer = await call('createGroupPrivateNetworkSettingEndpointId', { path: { groupId }, body, signal });
      return list(answer, groupId, (one) => toDataFederationEndpoint(one, groupId));
    },
    deleteDataFederationEndpoint: async (groupId, endpointId, signal) => {
      await call('deleteGroupPrivateNetworkSettingEndpointId', { path: { groupId, endpointId }, signal });
    },

    listDatabaseUsers: (groupId, signal) =>
      all('listGroupDatabaseUsers', { path: { groupId }, signal }, (one) => toDatabaseUser(one, groupId)),
    getDatabaseUser: async (groupId, databaseName, username, signal) => {
      const path = { groupId, databaseName, username };
      return toDatabaseUser(await call('getGroupDatabaseUser', { path, signal }), username);
    },
    createDatabaseUser: async (groupId, user, signal) => {
      options.onSecret?.(user.password);
      const body = fromNewDatabaseUser(groupId, user);
      return toDatabaseUser(await call('createGroupDatabaseUser', { path: { groupId }, body, signal }), user.username);
    },
    deleteDatabaseUser: async (groupId, databaseName, username, signal) => {
      await call('deleteGroupDatabaseUser', { path: { groupId, databaseName, username }, signal });
    },
    listAccessList: (groupId, signal) =>
      all('listGroupAccessListEntries', { path: { groupId }, signal }, (one) => toAccessListEntry(one, groupId)),
    getAccessListEntry: async (groupId, entryValue, signal) => {
      const path = { groupId, entryValue };
      return toAccessListEntry(await call('getGroupAccessListEntry', { path, signal }), entryValue);
    },
    addAccessListEntry: async (groupId, entry, signal) => {
      const body = [fromAccessListEntry(entry)];
      await call('createGroupAccessListEntry', { path: { groupId }, body, signal });
    },
    deleteAccessListEntry: async (groupId, entryValue, signal) => {
      await call('deleteGroupAccessListEntry', { path: { groupId, entryValue }, signal });
    },
    listPeeringConnections: async (groupId, provider, signal) => {
      const parts = { path: { groupId }, query: { providerName: provider }, signal };
      const found = await all('listGroupPeers', parts, (one) => toPeeringConnection(one, groupId));
      return found.map((one) => (isProvider(one.provider) ? one : { ...one, provider }));
    },
    listNetworkContainers: (groupId, signal) =>
      all('listGroupContainerAll', { path: { groupId }, signal }, (one) => toNetworkContainer(one, groupId)),
  };
}

type RequestBody<S extends keyof Schemas> = Schemas[S];
