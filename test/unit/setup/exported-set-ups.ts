import assert from 'node:assert/strict';
import { atlasBaseUrls } from '../../../src/accounts/account';
import { ownTag } from '../../../src/cloud/aws/tags';
import type { AwsPlace, UnreadPlace } from '../../../src/cloud/terraform/set-up';
import type { AwsSecurityGroup, AwsVpcEndpoint } from '../../../src/core/cloud';
import type { DataFederationEndpoint, Endpoint, EndpointService } from '../../../src/core/endpoint';
import type { Draft } from '../../../src/setup/draft';
import type { ProjectContents } from '../../../src/store/element';
import { planSetUpExport } from '../../../src/ui/page/set-up-export';
import { serviceWith } from '../core/project-facts';
import { pageModel } from './page-model';

/** Ends strings, opens interpolations and directives, and breaks lines, where it is not quoted. */
export const hostile = 'a "quoted" ${path.root} %{ if true } \\ back\nline';

export const foundInAws: AwsVpcEndpoint = {
  id: 'endpoint-0',
  vpcId: 'vpc-0a',
  serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a',
  state: 'available',
  subnetIds: ['subnet-0a', 'subnet-0b'],
  securityGroupIds: ['sg-0a'],
  networkInterfaceIds: [],
  dnsNames: [],
  privateDnsEnabled: false,
  tags: { Name: hostile, 'aws:cloudformation:stack-name': 'reserved' },
};

const rule = { protocol: 'tcp', fromPort: 1024, toPort: 65_535, cidrs: [], groupIds: [], prefixListIds: [] };

const foreignGroup: AwsSecurityGroup = { id: 'sg-0a', name: 'theirs', vpcId: 'vpc-0a', inbound: [rule], outbound: [] };

/** A group that was made for an endpoint, with a rule of each kind. */
export const ownGroup: AwsSecurityGroup = {
  id: 'sg-0b',
  name: hostile,
  description: 'Clients of a MongoDB Atlas private endpoint',
  tags: { [ownTag]: 'true', team: hostile },
  vpcId: 'vpc-0b',
  inbound: [{ ...rule, cidrs: ['10.0.0.0/16', 'fd00::/8'], groupIds: ['sg-clients', 'sg-0b'] }],
  outbound: [{ protocol: '-1', cidrs: ['0.0.0.0/0'], groupIds: [], prefixListIds: ['pl-0a'] }],
};

/** Two regions of an account: the endpoint in the second is to the service in the first. */
export const places: readonly AwsPlace[] = [
  { region: 'us-east-1', endpoints: [foundInAws], groups: [foreignGroup] },
  {
    region: 'eu-west-1',
    endpoints: [{ ...foundInAws, id: 'endpoint-1', vpcId: 'vpc-0b', securityGroupIds: ['sg-0b', 'sg-0c'] }],
    groups: [ownGroup],
  },
];

/** The file that a service and what is known of its endpoints become. */
export function exported(
  service: EndpointService,
  known: readonly Endpoint[] = [],
  {
    at,
    unread = [],
    draft = {},
    contents = {},
    baseUrl = atlasBaseUrls.commercial,
  }: {
    at?: readonly AwsPlace[];
    unread?: readonly UnreadPlace[];
    draft?: Draft;
    contents?: Partial<ProjectContents>;
    baseUrl?: string;
  } = {},
): string {
  const { provider, region } = service;
  const subject = { kind: 'service', provider, region, service, known } as const;
  const look = at === undefined ? undefined : { places: at, unread };
  const account = { id: 'a', label: 'Work', kind: 'api-key', baseUrl } as const;
  const plan = planSetUpExport(pageModel(contents, subject, { draft, account }), look);
  return plan?.file?.text ?? assert.fail('nothing is exported');
}

export function exportedFederation(
  endpoints: readonly DataFederationEndpoint[],
  at?: readonly AwsPlace[],
  draft: Draft = {},
): string {
  const ref = { kind: 'federation', accountId: 'a', projectId: '0123456789abcdef01234567' } as const;
  const plan = planSetUpExport(
    pageModel({}, { kind: 'federation', projectId: ref.projectId, endpoints, places: [] }, { ref, draft }),
    at === undefined ? undefined : { places: at, unread: [] },
  );
  return plan?.file?.text ?? assert.fail('nothing is exported');
}

const fields = { serviceId: 'service', projectId: 'project', status: 'AVAILABLE', deleteRequested: false };
export const azureId =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/app(1)/providers/Microsoft.Network/privateEndpoints/atlas';
const oddAzureId = '/subscriptions/s/resourcegroups/g/providers/microsoft.network/privateendpoints/e${x}"';

const attachments = Array.from(
  { length: 50 },
  (_, index) => `projects/p/regions/r/serviceAttachments/sa-${String(index)}`,
);

export function gcpService(portMapped: boolean): EndpointService {
  return {
    ...serviceWith('GCP', 'CENTRAL_US', 1),
    provider: 'GCP',
    serviceAttachmentNames: portMapped ? attachments.slice(0, 1) : attachments,
    portMappingEnabled: portMapped,
  };
}

export function gcpEndpoint(portMapped: boolean): Endpoint {
  const names = portMapped ? ['endpoint-0'] : attachments.map((_, index) => `endpoint-0-${String(index)}`).reverse();
  return {
    ...fields,
    provider: 'GCP',
    id: 'endpoint-0',
    gcpProjectId: 'my-project',
    addresses: names.map((name, index) => ({ name, ipAddress: `10.0.0.${String(index + 5)}` })),
    portMappingEnabled: portMapped,
  };
}

export const inFederation = { projectId: 'project', status: 'OK', type: 'DATA_LAKE' } as const;

/** A file of each kind, with hostile values where there can be any. */
export const exportedFiles: Readonly<Record<string, () => string>> = {
  'AWS, with what is in the account, in two regions': () =>
    exported({ ...serviceWith('AWS', 'US_EAST_1', 3), provider: 'AWS', supportedRemoteRegions: ['EU_WEST_1'] }, [], {
      at: places,
      draft: { profile: `profile:${hostile}` },
      contents: { regionalizedMode: true },
    }),
  'AWS, at Atlas only': () => exported(serviceWith('AWS', 'us-gov-west-1', 1)),
  Azure: () =>
    exported(
      { ...serviceWith('AZURE', 'US_EAST_2', 0), endpointIds: [azureId, oddAzureId, hostile] },
      [
        { ...fields, provider: 'AZURE', id: azureId, ipAddress: '10.0.0.4' },
        { ...fields, provider: 'AZURE', id: hostile, ipAddress: '10.0.0.5' },
      ],
      {
        draft: {
          azureSubscription: '00000000-0000-4000-8000-000000000001',
          azureResourceGroup: 'APP(1)',
          azureEndpointName: 'atlas',
          azureNetworkGroup: hostile,
          azureVirtualNetwork: 'v',
          azureSubnet: 'n',
          azureLocation: 'westeurope',
        },
      },
    ),
  'Azure, of the US Government': () =>
    exported({ ...serviceWith('AZURE', 'US_GOV_VIRGINIA', 0), endpointIds: [azureId] }, [], {
      baseUrl: `${atlasBaseUrls.government}/`,
    }),
  'Google Cloud, many addresses': () => exported(gcpService(false), [gcpEndpoint(false)]),
  'Google Cloud, port-mapped': () =>
    exported(gcpService(true), [gcpEndpoint(true)], {
      draft: { gcpProject: 'my-project', gcpNetwork: hostile, gcpNetworkProject: 'host', gcpSubnet: 'sub' },
    }),
  'Google Cloud, not read': () => exported(gcpService(true)),
  'Data Federation': () =>
    exportedFederation(
      [
        { ...inFederation, id: 'endpoint-0', provider: 'AWS', region: 'US_EAST_1', dnsName: 'a.b', comment: hostile },
        { ...inFederation, id: azureId, provider: 'AZURE', ipAddress: '10.0.0.4' },
        { ...inFederation, id: 'vpce-elsewhere', provider: 'AWS' },
      ],
      places.slice(0, 1),
    ),
};
