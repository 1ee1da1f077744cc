import type { Provider } from './provider';

/**
 * A private endpoint service: the Atlas side. One per provider and region of a project, with any number of
 * endpoints on it (operation `getGroupPrivateEndpointEndpointService`).
 */
export type EndpointService = AwsEndpointService | AzureEndpointService | GcpEndpointService;

interface ServiceFields {
  readonly id: string;
  readonly projectId: string;
  /** Atlas's spelling, `US_EAST_1`. */
  readonly region: string;
  /** `INITIATING`, `AVAILABLE`, `WAITING_FOR_USER`, `FAILED`, `DELETING`; a value Atlas invents later is kept. */
  readonly status: string;
  /** Atlas's own sentence, absent when all is well. */
  readonly errorMessage?: string;
  /** Ids of the endpoints registered on it, in Atlas's order. */
  readonly endpointIds: readonly string[];
}

export interface AwsEndpointService extends ServiceFields {
  readonly provider: 'AWS';
  /** `com.amazonaws.vpce.<region>.vpce-svc-…`; absent until the service is available. */
  readonly endpointServiceName?: string;
  readonly supportedRemoteRegions: readonly string[];
}

export interface AzureEndpointService extends ServiceFields {
  readonly provider: 'AZURE';
  readonly privateLinkServiceName?: string;
  readonly privateLinkServiceResourceId?: string;
}

export interface GcpEndpointService extends ServiceFields {
  readonly provider: 'GCP';
  readonly serviceAttachmentNames: readonly string[];
  /** One forwarding rule for all nodes instead of one each; cannot change later. */
  readonly portMappingEnabled: boolean;
}

/** An endpoint on the customer side, as registered at Atlas: *interface endpoint* on AWS, else *private endpoint*. */
export type Endpoint = AwsEndpoint | AzureEndpoint | GcpEndpoint;

interface EndpointFields {
  /** `vpce-…`, Azure resource id, or Google Cloud endpoint group name. */
  readonly id: string;
  readonly serviceId: string;
  readonly projectId: string;
  /** AWS: the API's `connectionStatus`; else `status`. A value Atlas invents later is kept. */
  readonly status: string;
  readonly errorMessage?: string;
  readonly deleteRequested: boolean;
}

export interface AwsEndpoint extends EndpointFields {
  readonly provider: 'AWS';
}

export interface AzureEndpoint extends EndpointFields {
  readonly provider: 'AZURE';
  readonly connectionName?: string;
  readonly ipAddress?: string;
}

export interface GcpEndpoint extends EndpointFields {
  readonly provider: 'GCP';
  readonly gcpProjectId?: string;
  readonly addresses: readonly { readonly name: string; readonly ipAddress: string; readonly status?: string }[];
  readonly portMappingEnabled: boolean;
}

/** What registers an endpoint at Atlas (operation `createGroupPrivateEndpointEndpointServiceEndpoint`). */
export type EndpointRegistration =
  | { readonly provider: 'AWS'; readonly id: string }
  | { readonly provider: 'AZURE'; readonly id: string; readonly ipAddress: string }
  | {
      readonly provider: 'GCP';
      readonly endpointGroupName: string;
      readonly gcpProjectId: string;
      readonly addresses: readonly { readonly name: string; readonly ipAddress: string }[];
    };

/** An endpoint of one serverless instance (operation `getGroupPrivateEndpointServerlessInstanceEndpoint`). */
export interface ServerlessEndpoint {
  readonly id: string;
  readonly projectId: string;
  readonly instanceName: string;
  readonly provider: Provider;
  /** `RESERVATION_REQUESTED`, `RESERVED`, `INITIATING`, `AVAILABLE`, `FAILED`, `DELETING`; unknown values are kept. */
  readonly status: string;
  readonly errorMessage?: string;
  readonly comment?: string;
  readonly cloudProviderEndpointId?: string;
  readonly endpointServiceName?: string;
  readonly privateLinkServiceResourceId?: string;
  readonly privateEndpointIpAddress?: string;
}

/** An endpoint for Data Federation and Online Archive (operation `getGroupPrivateNetworkSettingEndpointId`). */
export interface DataFederationEndpoint {
  readonly id: string;
  readonly projectId: string;
  readonly provider: Provider;
  /** `PENDING`, `OK`, `FAILED`, `DELETING`; unknown values are kept. */
  readonly status: string;
  readonly type: string;
  readonly comment?: string;
  readonly region?: string;
  readonly dnsName?: string;
  readonly ipAddress?: string;
  readonly azureLinkId?: string;
  readonly errorMessage?: string;
}
