/**
 * Where the published description and what Atlas really answers differ (recorded answers of the Atlas CLI's end-to-end
 * tests). Validation accepts both, so that neither the client nor the sandbox is held to a mistake of the description.
 */

/** Success statuses that Atlas really answers with, beside the described one. */
export const additionalSuccessStatus: Readonly<
  Record<string, { readonly actual: string; readonly described: string }>
> = {
  createGroupPrivateEndpointEndpointService: { actual: '201', described: '200' },
  createGroupPrivateEndpointEndpointServiceEndpoint: { actual: '201', described: '200' },
  createGroupAccessListEntry: { actual: '201', described: '200' },
  toggleGroupPrivateEndpointRegionalMode: { actual: '202', described: '200' },
  deleteGroupPrivateEndpointEndpointService: { actual: '202', described: '204' },
  deleteGroupPrivateEndpointEndpointServiceEndpoint: { actual: '202', described: '204' },
};

/** `Schema.property` whose described pattern or enumeration Atlas does not keep to: only the type is checked. */
export const looseProperties: ReadonlySet<string> = new Set([
  // Described as 24 hexadecimal digits; really `vpce-…`.
  'AWSPrivateLinkConnection.interfaceEndpoints',
  // `NONE` is answered and not described.
  'AWSInterfaceEndpoint.connectionStatus',
  // Described by Atlas's own Google Cloud project ids; customers' look otherwise.
  'CreateGCPEndpointGroupRequest.gcpProjectId',
  'PrivateGCPEndpointGroup.gcpProjectId',
  // Described as URLs; really `projects/…/regions/…/serviceAttachments/…`.
  'GCPEndpointService.serviceAttachmentNames',
  // The described pattern has no hyphens or digits in labels.
  'ApiHostView_Atlas.hostname',
  'ApiHostView_Atlas.id',
  // The described pattern knows only resource groups named `privatelink`.
  'CreateAzureEndpointRequest.id',
  'AzurePrivateEndpoint.privateEndpointResourceId',
  'ServerlessAzureTenantEndpoint.cloudProviderEndpointId',
  'ServerlessAzureTenantEndpointUpdate.cloudProviderEndpointId',
  // Described as objects; really the values that `detail` names, as strings.
  'ApiError.parameters',
  // The oldest version of clusters describes 0, 3, 5, 7; regions with 1 and 2 nodes are answered there too.
  'RegionSpec.electableNodes',
  // Described as one address; really a range.
  'AwsNetworkPeeringConnectionSettings.routeTableCidrBlock',
  // `<a custom role name>` stands for any name.
  'DatabaseUserRole.roleName',
]);

/** Properties that Atlas answers with `null` although they are not described as nullable. */
export const nullProperties: ReadonlySet<string> = new Set([
  'errorMessage',
  'endpointServiceName',
  'privateLinkServiceName',
  'privateLinkServiceResourceId',
  'cloudProviderEndpointId',
  'privateEndpointIpAddress',
  'comment',
]);
