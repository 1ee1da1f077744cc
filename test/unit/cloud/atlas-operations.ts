import type { AtlasAction } from '../../../src/cloud/plan-atlas-cli';

export const projectId = '0123456789abcdef01234567';
export const serviceId = '89abcdef0123456789abcdef';
const azureId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/e';
const endpointId = 'fedcba9876543210fedcba98';
const instanceName = 'Instance0';

/** Each action that the CLI's own commands cannot do in full, as its reference has the operation, with the request. */
export const operations: readonly (readonly [action: AtlasAction, command: string, body?: object])[] = [
  [
    { action: 'create-service', provider: 'GCP', region: 'CENTRAL_US', portMapping: true },
    'privateEndpointServices createPrivateEndpointService',
    { providerName: 'GCP', region: 'CENTRAL_US', portMappingEnabled: true },
  ],
  [
    { action: 'create-service', provider: 'AWS', region: 'EU_WEST_1', supportedRemoteRegions: ['US_EAST_1'] },
    'privateEndpointServices createPrivateEndpointService',
    { providerName: 'AWS', region: 'eu-west-1', supportedRemoteRegions: ['us-east-1'] },
  ],
  [
    { action: 'set-remote-regions', serviceId, supportedRemoteRegions: ['us-west-2'] },
    `privateEndpointServices updatePrivateEndpointService --endpointServiceId ${serviceId}`,
    { cloudProvider: 'AWS', supportedRemoteRegions: ['us-west-2'] },
  ],
  [
    { action: 'reserve-serverless', instanceName },
    `serverlessPrivateEndpoints createServerlessPrivateEndpoint --instanceName ${instanceName}`,
    {},
  ],
  [
    { action: 'reserve-serverless', instanceName, comment: 'Ünïcode “quotes” 🙂 \u0085' },
    `serverlessPrivateEndpoints createServerlessPrivateEndpoint --instanceName ${instanceName}`,
    { comment: 'Ünïcode “quotes” 🙂 \u0085' },
  ],
  [
    {
      action: 'supply-serverless',
      instanceName,
      endpointId,
      registration: { provider: 'AWS', id: 'vpce-0123456789abcdef0' },
    },
    `serverlessPrivateEndpoints updateServerlessPrivateEndpoint --instanceName ${instanceName} --endpointId ${endpointId}`,
    { providerName: 'AWS', cloudProviderEndpointId: 'vpce-0123456789abcdef0' },
  ],
  [
    {
      action: 'supply-serverless',
      instanceName,
      endpointId,
      registration: { provider: 'AZURE', id: azureId, ipAddress: '10.0.0.4' },
    },
    `serverlessPrivateEndpoints updateServerlessPrivateEndpoint --instanceName ${instanceName} --endpointId ${endpointId}`,
    { providerName: 'AZURE', cloudProviderEndpointId: azureId, privateEndpointIpAddress: '10.0.0.4' },
  ],
  [
    { action: 'describe-serverless-endpoint', instanceName, endpointId },
    `serverlessPrivateEndpoints getServerlessPrivateEndpoint --instanceName ${instanceName} --endpointId ${endpointId}`,
  ],
  [
    { action: 'delete-serverless-endpoint', instanceName, endpointId },
    `serverlessPrivateEndpoints deleteServerlessPrivateEndpoint --instanceName ${instanceName} --endpointId ${endpointId}`,
  ],
  [
    { action: 'describe-strings', of: 'serverless', name: instanceName },
    `serverlessInstances getServerlessInstance --name ${instanceName}`,
  ],
  [
    {
      action: 'add-federation',
      registration: { provider: 'AZURE', id: azureId, ipAddress: '10.0.0.4' },
      comment: 'Reports',
    },
    'dataFederation createPrivateEndpointId',
    {
      endpointId: azureId,
      provider: 'AZURE',
      type: 'DATA_LAKE',
      comment: 'Reports',
      customerEndpointIPAddress: '10.0.0.4',
    },
  ],
  [
    {
      action: 'add-federation',
      registration: { provider: 'AWS', id: 'vpce-0123456789abcdef0' },
      region: 'us-east-1',
      dnsName: 'vpce-0123456789abcdef0-x.vpce-svc-0.us-east-1.vpce.amazonaws.com',
    },
    'dataFederation createPrivateEndpointId',
    {
      endpointId: 'vpce-0123456789abcdef0',
      provider: 'AWS',
      type: 'DATA_LAKE',
      region: 'US_EAST_1',
      customerEndpointDNSName: 'vpce-0123456789abcdef0-x.vpce-svc-0.us-east-1.vpce.amazonaws.com',
    },
  ],
];
