import type {
  DataFederationEndpoint,
  Endpoint,
  EndpointRegistration,
  EndpointService,
  ServerlessEndpoint,
} from '../../core/endpoint';
import type { Provider } from '../../core/provider';
import { fieldsOf, mapObjects, type Schemas } from './fields';

/** `EndpointService` → core. The provider is the one that was asked for: real answers do not always repeat it. */
export function toEndpointService(value: unknown, projectId: string, provider: Provider): EndpointService {
  const from = fieldsOf<'AWSPrivateLinkConnection' | 'AzurePrivateLinkConnection' | 'GCPEndpointService'>(
    value,
    projectId,
  );
  const common = {
    id: from.text('id'),
    projectId,
    region: from.textOr('regionName', ''),
    status: from.textOr('status', ''),
    ...from.maybe('errorMessage', 'errorMessage'),
  };
  switch (provider) {
    case 'AWS':
      return {
        ...common,
        provider,
        endpointIds: from.texts('interfaceEndpoints'),
        ...from.maybe('endpointServiceName', 'endpointServiceName'),
        supportedRemoteRegions: from.texts('supportedRemoteRegions'),
      };
    case 'AZURE':
      return {
        ...common,
        provider,
        endpointIds: from.texts('privateEndpoints'),
        ...from.maybe('privateLinkServiceName', 'privateLinkServiceName'),
        ...from.maybe('privateLinkServiceResourceId', 'privateLinkServiceResourceId'),
      };
    case 'GCP':
      return {
        ...common,
        provider,
        endpointIds: from.texts('endpointGroupNames'),
        serviceAttachmentNames: from.texts('serviceAttachmentNames'),
        portMappingEnabled: from.flag('portMappingEnabled'),
      };
  }
}

/** `PrivateLinkEndpoint` → core; `endpointId` is the one that was asked for. */
export function toEndpoint(
  value: unknown,
  of: {
    readonly projectId: string;
    readonly serviceId: string;
    readonly provider: Provider;
    readonly endpointId: string;
  },
): Endpoint {
  const from = fieldsOf<'AWSInterfaceEndpoint' | 'AzurePrivateEndpoint' | 'PrivateGCPEndpointGroup'>(
    value,
    of.endpointId,
  );
  const common = {
    projectId: of.projectId,
    serviceId: of.serviceId,
    ...from.maybe('errorMessage', 'errorMessage'),
    deleteRequested: from.flag('deleteRequested'),
  };
  switch (of.provider) {
    case 'AWS':
      return {
        ...common,
        provider: 'AWS',
        id: from.textOr('interfaceEndpointId', of.endpointId),
        status: from.textOr('connectionStatus', from.textOr('status', '')),
      };
    case 'AZURE':
      return {
        ...common,
        provider: 'AZURE',
        id: from.textOr('privateEndpointResourceId', of.endpointId),
        status: from.textOr('status', ''),
        ...from.maybe('connectionName', 'privateEndpointConnectionName'),
        ...from.maybe('ipAddress', 'privateEndpointIPAddress'),
      };
    case 'GCP':
      return {
        ...common,
        provider: 'GCP',
        id: from.textOr('endpointGroupName', of.endpointId),
        status: from.textOr('status', ''),
        ...from.maybe('gcpProjectId', 'gcpProjectId'),
        addresses: mapObjects(from.list('endpoints'), (one) => {
          const address = fieldsOf<'GCPConsumerForwardingRule'>(one, of.endpointId);
          return {
            name: address.textOr('endpointName', ''),
            ipAddress: address.textOr('ipAddress', ''),
            ...address.maybe('status', 'status'),
          };
        }),
        portMappingEnabled: from.flag('portMappingEnabled'),
      };
  }
}

type EndpointBody = Schemas[`Create${'AWSEndpoint' | 'AzureEndpoint' | 'GCPEndpointGroup'}Request`];

/** What registers an endpoint, as Atlas wants it. */
export function fromRegistration(registration: EndpointRegistration): EndpointBody {
  switch (registration.provider) {
    case 'AWS':
      return { id: registration.id };
    case 'AZURE':
      return { id: registration.id, privateEndpointIPAddress: registration.ipAddress };
    case 'GCP':
      return {
        endpointGroupName: registration.endpointGroupName,
        gcpProjectId: registration.gcpProjectId,
        endpoints: registration.addresses.map(({ name, ipAddress }) => ({ endpointName: name, ipAddress })),
      };
  }
}

/** `ServerlessTenantEndpoint` → core. Without a provider in the answer, the fields tell. */
export function toServerlessEndpoint(value: unknown, projectId: string, instanceName: string): ServerlessEndpoint {
  const from = fieldsOf<'ServerlessAWSTenantEndpoint' | 'ServerlessAzureTenantEndpoint'>(value, instanceName);
  const isAzure = from.optionalText('privateLinkServiceResourceId') !== undefined;
  return {
    id: from.text('_id'),
    projectId,
    instanceName,
    provider: from.provider('providerName') ?? (isAzure ? 'AZURE' : 'AWS'),
    status: from.textOr('status', ''),
    ...from.maybe('errorMessage', 'errorMessage'),
    ...from.maybe('comment', 'comment'),
    ...from.maybe('cloudProviderEndpointId', 'cloudProviderEndpointId'),
    ...from.maybe('endpointServiceName', 'endpointServiceName'),
    ...from.maybe('privateLinkServiceResourceId', 'privateLinkServiceResourceId'),
    ...from.maybe('privateEndpointIpAddress', 'privateEndpointIpAddress'),
  };
}

/** `PrivateNetworkEndpointIdEntry` → core; described defaults where Atlas leaves a field out. */
export function toDataFederationEndpoint(value: unknown, projectId: string): DataFederationEndpoint {
  const from = fieldsOf<'PrivateNetworkEndpointIdEntry'>(value, projectId);
  return {
    id: from.text('endpointId'),
    projectId,
    provider: from.provider('provider') ?? 'AWS',
    status: from.textOr('status', ''),
    type: from.textOr('type', 'DATA_LAKE'),
    ...from.maybe('comment', 'comment'),
    ...from.maybe('region', 'region'),
    ...from.maybe('dnsName', 'customerEndpointDNSName'),
    ...from.maybe('ipAddress', 'customerEndpointIPAddress'),
    ...from.maybe('azureLinkId', 'azureLinkId'),
    ...from.maybe('errorMessage', 'errorMessage'),
  };
}
