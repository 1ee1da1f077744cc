import { expression, type HclBlock } from '../../cloud/terraform/hcl';
import { planTerraformFile } from '../../cloud/terraform/plan-terraform-file';
import type { CommandPlan } from '../../core/command-plan';
import type { Endpoint } from '../../core/endpoint';
import { toCloudRegion } from '../../core/region';
import type { PageModel } from './model';

/**
 * The endpoint service of a page and its endpoints at Atlas as Terraform of the provider `mongodb/mongodbatlas`, with
 * import blocks (Terraform 1.5) so that `terraform plan` takes over what exists. Undefined before there is a service.
 * Endpoints of Azure and Google Cloud whose details were not read are left out: their addresses are not known.
 */
export function planSetUpExport({ subject, ref }: PageModel): CommandPlan | undefined {
  if (subject.kind !== 'service' || subject.service === undefined) return undefined;
  const { service, known } = subject;
  const { provider, region, id, endpointIds } = service;
  const endpoint = 'mongodbatlas_privatelink_endpoint.this';
  const blocks: HclBlock[] = [
    {
      block: 'terraform',
      body: [
        ['required_version', '>= 1.5'],
        {
          block: 'required_providers',
          body: [['mongodbatlas', { map: [['source', 'mongodb/mongodbatlas']] }]],
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
        ['region', provider === 'AWS' ? toCloudRegion(provider, region) : region],
        ...(service.provider === 'GCP' && service.portMappingEnabled
          ? ([['port_mapping_enabled', true]] as const)
          : []),
        ...(service.provider === 'AWS' && service.supportedRemoteRegions.length > 0
          ? ([['supported_remote_regions', service.supportedRemoteRegions]] as const)
          : []),
      ],
    },
  ];
  endpointIds.forEach((endpointId, index) => {
    const label = `endpoint_${String(index + 1)}`;
    const details = known.find((one) => one.id === endpointId);
    const body = registrationBody(provider, endpointId, details);
    if (body === undefined) return;
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
