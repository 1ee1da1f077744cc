import type { AccessListEntry, DatabaseProcess, DatabaseUser, NewDatabaseUser, PeeringConnection } from './access';
import type { Deployment, FederatedDatabase, OnlineArchive } from './deployment';
import type {
  DataFederationEndpoint,
  Endpoint,
  EndpointRegistration,
  EndpointService,
  ServerlessEndpoint,
} from './endpoint';
import type { AssignedRole, Organization, Page, Project } from './project';
import type { Provider } from './provider';

/**
 * The Atlas Administration API as the product needs it, in core's terms. Every call rejects with a `ProblemError`
 * that holds an `ATLAS_…` problem, or with the reason of `signal` when that is aborted. Lists are read to the end
 * unless they are given page by page. One of which some elements cannot be read is rejected with `ATLAS_LIST_INCOMPLETE`
 * (see `readable` in `partly-read.ts`); a page has that as its `problem`.
 */
export interface AtlasApi {
  /** Who is signed in: resolves when the credentials work at all; cheapest call there is. */
  checkSignIn(signal?: AbortSignal): Promise<{ readonly roles: readonly AssignedRole[] }>;
  listOrganizations(signal?: AbortSignal): Promise<readonly Organization[]>;
  getOrganization(organizationId: string, signal?: AbortSignal): Promise<Organization>;
  /** Page after page, in Atlas's order, so that a long list shows its first rows early. */
  listProjects(signal?: AbortSignal): AsyncIterable<Page<Project>>;
  listProjectsOfOrganization(organizationId: string, signal?: AbortSignal): AsyncIterable<Page<Project>>;
  getProject(projectId: string, signal?: AbortSignal): Promise<Project>;

  listClusters(projectId: string, signal?: AbortSignal): Promise<readonly Deployment[]>;
  getCluster(projectId: string, name: string, signal?: AbortSignal): Promise<Deployment>;
  listFlexClusters(projectId: string, signal?: AbortSignal): Promise<readonly Deployment[]>;
  getFlexCluster(projectId: string, name: string, signal?: AbortSignal): Promise<Deployment>;
  listServerlessInstances(projectId: string, signal?: AbortSignal): Promise<readonly Deployment[]>;
  getServerlessInstance(projectId: string, name: string, signal?: AbortSignal): Promise<Deployment>;
  listProcesses(projectId: string, signal?: AbortSignal): Promise<readonly DatabaseProcess[]>;
  /** Regions a provider offers for dedicated clusters, Atlas's spelling. */
  listRegions(projectId: string, provider: Provider, signal?: AbortSignal): Promise<readonly string[]>;

  listEndpointServices(
    projectId: string,
    provider: Provider,
    signal?: AbortSignal,
  ): Promise<readonly EndpointService[]>;
  getEndpointService(
    projectId: string,
    provider: Provider,
    serviceId: string,
    signal?: AbortSignal,
  ): Promise<EndpointService>;
  /** Not repeated on failure: look first. `portMapping` matters for Google Cloud only. */
  createEndpointService(
    projectId: string,
    request: {
      readonly provider: Provider;
      readonly region: string;
      readonly portMapping?: boolean;
      readonly supportedRemoteRegions?: readonly string[];
    },
    signal?: AbortSignal,
  ): Promise<EndpointService>;
  /** AWS only. */
  setSupportedRemoteRegions(
    projectId: string,
    serviceId: string,
    regions: readonly string[],
    signal?: AbortSignal,
  ): Promise<EndpointService>;
  deleteEndpointService(projectId: string, provider: Provider, serviceId: string, signal?: AbortSignal): Promise<void>;
  getEndpoint(
    projectId: string,
    provider: Provider,
    serviceId: string,
    endpointId: string,
    signal?: AbortSignal,
  ): Promise<Endpoint>;
  registerEndpoint(
    projectId: string,
    serviceId: string,
    registration: EndpointRegistration,
    signal?: AbortSignal,
  ): Promise<Endpoint>;
  deleteEndpoint(
    projectId: string,
    provider: Provider,
    serviceId: string,
    endpointId: string,
    signal?: AbortSignal,
  ): Promise<void>;
  getRegionalizedMode(projectId: string, signal?: AbortSignal): Promise<boolean>;
  setRegionalizedMode(projectId: string, enabled: boolean, signal?: AbortSignal): Promise<boolean>;

  listServerlessEndpoints(
    projectId: string,
    instanceName: string,
    signal?: AbortSignal,
  ): Promise<readonly ServerlessEndpoint[]>;
  getServerlessEndpoint(
    projectId: string,
    instanceName: string,
    endpointId: string,
    signal?: AbortSignal,
  ): Promise<ServerlessEndpoint>;
  createServerlessEndpoint(
    projectId: string,
    instanceName: string,
    comment: string | undefined,
    signal?: AbortSignal,
  ): Promise<ServerlessEndpoint>;
  updateServerlessEndpoint(
    projectId: string,
    instanceName: string,
    endpointId: string,
    update: {
      readonly provider: 'AWS' | 'AZURE';
      readonly cloudProviderEndpointId?: string;
      readonly privateEndpointIpAddress?: string;
      readonly comment?: string;
    },
    signal?: AbortSignal,
  ): Promise<ServerlessEndpoint>;
  deleteServerlessEndpoint(
    projectId: string,
    instanceName: string,
    endpointId: string,
    signal?: AbortSignal,
  ): Promise<void>;

  listFederatedDatabases(projectId: string, signal?: AbortSignal): Promise<readonly FederatedDatabase[]>;
  getFederatedDatabase(projectId: string, name: string, signal?: AbortSignal): Promise<FederatedDatabase>;
  listOnlineArchives(projectId: string, clusterName: string, signal?: AbortSignal): Promise<readonly OnlineArchive[]>;
  getOnlineArchive(
    projectId: string,
    clusterName: string,
    archiveId: string,
    signal?: AbortSignal,
  ): Promise<OnlineArchive>;
  listDataFederationEndpoints(projectId: string, signal?: AbortSignal): Promise<readonly DataFederationEndpoint[]>;
  getDataFederationEndpoint(
    projectId: string,
    endpointId: string,
    signal?: AbortSignal,
  ): Promise<DataFederationEndpoint>;
  /** Creates it, or changes the comment of the one that exists; safe to repeat. Answers with the whole list. */
  putDataFederationEndpoint(
    projectId: string,
    endpoint: {
      readonly id: string;
      readonly provider: 'AWS' | 'AZURE';
      readonly region?: string;
      readonly comment?: string;
      readonly dnsName?: string;
      readonly ipAddress?: string;
    },
    signal?: AbortSignal,
  ): Promise<readonly DataFederationEndpoint[]>;
  deleteDataFederationEndpoint(projectId: string, endpointId: string, signal?: AbortSignal): Promise<void>;

  listDatabaseUsers(projectId: string, signal?: AbortSignal): Promise<readonly DatabaseUser[]>;
  getDatabaseUser(
    projectId: string,
    authDatabase: string,
    username: string,
    signal?: AbortSignal,
  ): Promise<DatabaseUser>;
  createDatabaseUser(projectId: string, user: NewDatabaseUser, signal?: AbortSignal): Promise<DatabaseUser>;
  deleteDatabaseUser(projectId: string, authDatabase: string, username: string, signal?: AbortSignal): Promise<void>;
  listAccessList(projectId: string, signal?: AbortSignal): Promise<readonly AccessListEntry[]>;
  getAccessListEntry(projectId: string, entry: string, signal?: AbortSignal): Promise<AccessListEntry>;
  addAccessListEntry(projectId: string, entry: AccessListEntry, signal?: AbortSignal): Promise<void>;
  deleteAccessListEntry(projectId: string, entry: string, signal?: AbortSignal): Promise<void>;
  listPeeringConnections(
    projectId: string,
    provider: Provider,
    signal?: AbortSignal,
  ): Promise<readonly PeeringConnection[]>;
  /** Network containers: the address blocks of Atlas's own VPCs in the project. */
  listNetworkContainers(
    projectId: string,
    signal?: AbortSignal,
  ): Promise<readonly { readonly id: string; readonly provider?: string; readonly provisioned: boolean }[]>;
  /** Every cluster that the credentials can see, over all projects, in few requests; names and states only. */
  listAllClusters(signal?: AbortSignal): AsyncIterable<
    Page<{
      readonly projectId: string;
      readonly projectName: string;
      readonly clusters: readonly { readonly id: string; readonly name: string; readonly type: string }[];
    }>
  >;
}
