import type { AwsEndpointChoices, AzureEndpointChoices, GcpEndpointChoices } from '../../../src/core/cloud-choices';

export const awsChoices: AwsEndpointChoices = {
  provider: 'AWS',
  region: 'us-east-1',
  serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-02863655456245e5c',
  vpcId: 'vpc-0123456789abcdef0',
  subnets: [
    { id: 'subnet-0123456789abcdef0', zone: 'us-east-1a' },
    { id: 'subnet-0123456789abcdef1', zone: 'us-east-1b' },
  ],
  securityGroup: { kind: 'existing', ids: ['sg-0123456789abcdef0', 'sg-12345678'] },
  tags: { Name: 'my endpoint', 'cost:center': '1' },
  clientToken: 'token-1',
  purpose: 'token-0',
};

export const awsNewGroup: AwsEndpointChoices['securityGroup'] = {
  kind: 'new',
  name: 'atlas endpoint',
  sources: { cidrs: ['10.0.0.0/16', 'fd00::/8'], groupIds: ['sg-0123456789abcdef1'] },
};

export const azureChoices: AzureEndpointChoices = {
  provider: 'AZURE',
  subscriptionId: '00000000-0000-4000-8000-000000000001',
  resourceGroup: 'app(1)',
  networkResourceGroup: 'network',
  location: 'eastus2',
  vnet: 'vnet1',
  subnet: 'default',
  privateLinkServiceResourceId:
    '/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/rg_a/providers/Microsoft.Network/privateLinkServices/pls_1',
  endpointName: 'atlas',
  connectionName: 'atlas-connection',
  tags: { owner: "it's ${us}", 'b c': 'd' },
  registeredIds: [],
};

export const gcpChoices: GcpEndpointChoices = {
  provider: 'GCP',
  projectId: 'my-project',
  networkProjectId: 'host-project',
  network: 'net',
  subnet: 'sub',
  region: 'us-central1',
  serviceAttachments: Array.from(
    { length: 50 },
    (_, index) =>
      `projects/p-0123456789abcdef01234567/regions/us-central1/serviceAttachments/sa-us-central1-0-${index}`,
  ),
  portMapped: false,
  groupName: 'atlas',
  globalAccess: true,
  registeredIds: [],
};

export const gcpPortMapped: GcpEndpointChoices = {
  ...gcpChoices,
  portMapped: true,
  serviceAttachments: gcpChoices.serviceAttachments.slice(0, 1),
};
