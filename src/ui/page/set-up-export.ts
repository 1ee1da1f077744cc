import { awsEndpointBlock } from '../../cloud/aws/plan-terraform';
import { expression, type HclBlock } from '../../cloud/terraform/hcl';
import { planTerraformFile } from '../../cloud/terraform/plan-terraform-file';
import type { CommandPlan } from '../../core/command-plan';
import type { Endpoint } from '../../core/endpoint';
import { toAtlasRegion } from '../../core/region';
import { textIn } from '../../setup/draft';
import { cloudRegionOf, profileName } from './choices';
import { targetOf } from './cloud-target';
import type { PageModel } from './model';

/**
 * The endpoint service of a page and its endpoints at Atlas as Terraform of the provider `mongodb/mongodbatlas`, with
 * import blocks (Terraform 1.5) so that `terraform plan` takes over what exists; on AWS with those interface endpoints
 * that were found in the account. Undefined before there is a service. Endpoints of Azure and Google Cloud whose details
 * were not read are left out: their addresses are not known.
 *
 * Every value that the providers cannot change in place is spelled in the resource as in the import: another spelling of
 * the region would have Terraform destroy the service and make a new one.
 */
export function planSetUpExport(model: PageModel): CommandPlan | undefined {
  const { subject, ref } = model;
  if (subject.kind !== 'service' || subject.service === undefined) return undefined;
  const { service, known } = subject;
  const inAws = service.provider === 'AWS' ? (model.aws?.found?.value ?? []) : [];
  const { provider, id, endpointIds } = service;
  // Hyphens part the id of an import, so `us-gov-west-1` could not stand in it: Atlas's spelling has none.
  const region = toAtlasRegion(provider, service.region);
  const exported = inAws.filter((one) => endpointIds.includes(one.id));
  const endpoint = 'mongodbatlas_privatelink_endpoint.this';
  const blocks: HclBlock[] = [
    {
      block: 'terraform',
      body: [
        ['required_version', '>= 1.5'],
        {
          block: 'required_providers',
          body: [
            ['mongodbatlas', { map: [['source', 'mongodb/mongodbatlas']] }],
            ...(exported.length === 0 ? [] : ([['aws', { map: [['source', 'hashicorp/aws']] }]] as const)),
          ],
        },
      ],
    },
    {
      block: 'import',
      body: [
        ['to', expression(endpoint)],
        ['id', `${ref.projectId}-${id}-${provider}-${region}`],
      ],
    },
    {
      block: 'resource',
      labels: ['mongodbatlas_privatelink_endpoint', 'this'],
      body: [
        ['project_id', ref.projectId],
        ['provider_name', provider],
        ['region', region],
        ...(service.provider === 'GCP' && service.portMappingEnabled
          ? ([['port_mapping_enabled', true]] as const)
          : []),
        ...(service.provider === 'AWS' && service.supportedRemoteRegions.length > 0
          ? ([['supported_remote_regions', service.supportedRemoteRegions]] as const)
          : []),
      ],
    },
  ];
  if (exported.length > 0) blocks.push(awsProvider(model));
  endpointIds.forEach((endpointId, index) => {
    const label = `endpoint_${String(index + 1)}`;
    const details = known.find((one) => one.id === endpointId);
    const found = exported.find((one) => one.id === endpointId);
    const body =
      found === undefined
        ? registrationBody(provider, endpointId, details)
        : ([['endpoint_service_id', expression(`aws_vpc_endpoint.${label}.id`)]] as const);
    if (body === undefined) return;
    if (found !== undefined) {
      blocks.push(
        {
          block: 'import',
          body: [
            ['to', expression(`aws_vpc_endpoint.${label}`)],
            ['id', endpointId],
          ],
        },
        awsEndpointBlock(label, { ...found, tags: Object.entries(found.tags) }),
      );
    }
    blocks.push(
      {
        block: 'import',
        body: [
          ['to', expression(`mongodbatlas_privatelink_endpoint_service.${label}`)],
          ['id', `${ref.projectId}--${id}--${endpointId}--${provider}`],
        ],
      },
      {
        block: 'resource',
        labels: ['mongodbatlas_privatelink_endpoint_service', label],
        body: [
          ['project_id', ref.projectId],
          ['private_link_id', expression(`${endpoint}.private_link_id`)],
          ['provider_name', provider],
          ...body,
        ],
      },
    );
  });
  return planTerraformFile('export-set-up', 'private-endpoint.tf', blocks);
}

/** The account and region that the endpoints were found in. */
function awsProvider({ subject, draft }: PageModel): HclBlock {
  const profile = profileName(textIn(draft, 'profile'));
  return {
    block: 'provider',
    labels: ['aws'],
    body: [
      ['region', cloudRegionOf(targetOf(subject, draft), draft)],
      ...(profile === undefined ? [] : ([['profile', profile]] as const)),
    ],
  };
}

function registrationBody(
  provider: string,
  endpointId: string,
  details: Endpoint | undefined,
): HclBlock['body'] | undefined {
  if (provider === 'AWS') return [['endpoint_service_id', endpointId]];
  if (details?.provider === 'AZURE' && details.ipAddress !== undefined) {
    return [
      ['endpoint_service_id', endpointId],
      ['private_endpoint_ip_address', details.ipAddress],
    ];
  }
  if (details?.provider !== 'GCP') return undefined;
  return [
    ['endpoint_service_id', endpointId],
    ...(details.gcpProjectId === undefined ? [] : ([['gcp_project_id', details.gcpProjectId]] as const)),
    ...details.addresses.map(({ name, ipAddress }) => ({
      block: 'endpoints',
      body: [['endpoint_name', name] as const, ['ip_address', ipAddress] as const],
    })),
  ];
}
