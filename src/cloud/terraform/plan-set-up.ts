import type { CommandPlan } from '../../core/command-plan';
import type { DataFederationEndpoint, Endpoint, EndpointService } from '../../core/endpoint';
import type { Provider } from '../../core/provider';
import { toAtlasRegion, toCloudRegion } from '../../core/region';
import { importBlock, variableBlock } from './blocks';
import { awsSides, azureSide, gcpSide, type CloudSide, type ProviderUse } from './cloud-side';
import type { HclBlock, HclItem } from './hcl';
import { expression } from './hcl';
import { neverReplace } from './never-replace';
import { planTerraformFile } from './plan-terraform-file';
import type { SetUp } from './set-up';

/** Blocks of Atlas's side and of the customer's, with the providers that they need. */
interface Parts {
  readonly providers: readonly ProviderUse[];
  readonly blocks: readonly HclBlock[];
}

/**
 * A set-up that exists as Terraform, both sides of it: the provider `mongodb/mongodbatlas` for Atlas, the cloud's own
 * for the customer's side, with import blocks so that `terraform plan` takes over what is there. What cannot be looked
 * up from here, as the network of an endpoint in Azure or Google Cloud, is a variable.
 *
 * Every value that a provider cannot change in place is written as it stands there, not by reference to what may be
 * unknown in a plan: another spelling of the region alone would have Terraform replace the service. Where it would all
 * the same, the plan fails: nothing that is taken over may be destroyed.
 */
export function planSetUp(setUp: SetUp): CommandPlan {
  const { atlas } = setUp;
  const { providers, blocks } =
    atlas.kind === 'service' ? serviceParts(setUp, atlas) : federationParts(setUp, atlas.endpoints);
  return planTerraformFile('export-set-up', 'private-endpoint.tf', [
    settings(providers),
    // Its own API (the provider's documentation, "Configure MongoDB Atlas for Government").
    ...(setUp.government === true
      ? [{ block: 'provider', labels: ['mongodbatlas'], body: [['is_mongodbgov_cloud', true] as const] }]
      : []),
    ...providerBlocks(providers),
    ...blocks,
  ]);
}

const sources: Readonly<Record<'mongodbatlas' | ProviderUse['name'], readonly (readonly [string, string])[]>> = {
  // Its documentation has every argument that is written here. Older ones do not read back all of what they import, as
  // `gcp_project_id` (their pull request 4145), or take a region that is left out for another one.
  mongodbatlas: [
    ['source', 'mongodb/mongodbatlas'],
    ['version', '>= 2.17'],
  ],
  // From this version on with `service_region`.
  aws: [
    ['source', 'hashicorp/aws'],
    ['version', '>= 5.82'],
  ],
  azurerm: [
    ['source', 'hashicorp/azurerm'],
    ['version', '>= 4.0'],
  ],
  google: [
    ['source', 'hashicorp/google'],
    ['version', '>= 4.80'],
  ],
};

function settings(providers: readonly ProviderUse[]): HclBlock {
  const names = [...new Set(providers.map(({ name }) => name))];
  return {
    block: 'terraform',
    body: [
      // Import blocks with `for_each`, for Google Cloud's rules, are younger than import blocks.
      ['required_version', names.includes('google') ? '>= 1.7' : '>= 1.5'],
      {
        block: 'required_providers',
        body: [...(['mongodbatlas', ...names] as const).map((name): HclItem => [name, { map: sources[name] }])],
      },
    ],
  };
}

function providerBlocks(providers: readonly ProviderUse[]): readonly HclBlock[] {
  const distinct = new Map(providers.map((each) => [`${each.name}.${each.alias ?? ''}`, each]));
  return [...distinct.values()]
    .filter(({ alias, body }) => alias !== undefined || body.length > 0)
    .map(({ name, alias, body }) => ({
      block: 'provider',
      labels: [name],
      body: [...(alias === undefined ? [] : [['alias', alias] satisfies HclItem]), ...body],
    }));
}

/** Why an endpoint's side in the cloud is not in the file. */
function whyWithoutSide(provider: Provider, { aws }: SetUp): string {
  switch (provider) {
    case 'AWS': {
      if (aws === undefined) return 'Its side in AWS is not here: no AWS credentials are chosen on the page.';
      const unread = aws.unread.map(({ region, code }) => `${region} (${code})`).join(', ');
      return unread === ''
        ? 'Its side in AWS is not here: it was not found with the credentials that are chosen on the page.'
        : `Its side in AWS is not here: it was not found, and may be where AWS could not be asked: ${unread}.`;
    }
    case 'AZURE':
      return 'Its side in Azure is not here: Atlas does not have it under a resource ID of a private endpoint.';
    case 'GCP':
      return 'Its side in Google Cloud is not here: Atlas did not tell its project and forwarding rules.';
  }
}

// ---------------------------------------------------------------- clusters

const serviceResource = 'mongodbatlas_privatelink_endpoint.this';

function serviceParts(setUp: SetUp, atlas: Extract<SetUp['atlas'], { readonly kind: 'service' }>): Parts {
  const { projectId } = setUp;
  const { service, endpoints, regionalizedMode } = atlas;
  const { provider } = service;
  // Hyphens part the id of an import, so `us-gov-west-1` could not stand in it: Atlas's spelling has none.
  const region = toAtlasRegion(provider, service.region);
  const labelled = service.endpointIds.map((id, index) => ({ id, label: `endpoint_${String(index + 1)}` }));
  const home = toCloudRegion('AWS', service.region);
  const inAws = awsSides(setUp, provider === 'AWS' ? labelled : [], home, home);
  const parts = labelled.map(({ id, label }): Parts => {
    const details = endpoints.find((one) => one.id === id);
    const side = provider === 'AWS' ? inAws.get(id) : sideOf(setUp, label, id, service, details);
    return registered(setUp, service, { id, label, details, side });
  });
  return {
    providers: parts.flatMap(({ providers }) => providers),
    blocks: [
      importBlock(serviceResource, `${projectId}-${service.id}-${provider}-${region}`),
      {
        ...(regionalizedMode === undefined
          ? { comment: 'Whether the project is in regionalized mode could not be read: it is not in this file.' }
          : {}),
        block: 'resource',
        labels: ['mongodbatlas_privatelink_endpoint', 'this'],
        body: [
          ['project_id', projectId],
          ['provider_name', provider],
          ['region', region],
          ...(service.provider === 'GCP' && service.portMappingEnabled
            ? ([['port_mapping_enabled', true]] as const)
            : []),
          ...(service.provider === 'AWS' && service.supportedRemoteRegions.length > 0
            ? ([['supported_remote_regions', service.supportedRemoteRegions]] as const)
            : []),
          neverReplace(),
        ],
      },
      ...(regionalizedMode === true
        ? [
            importBlock('mongodbatlas_private_endpoint_regional_mode.this', projectId),
            {
              comment: 'Of the whole project: connection strings of all its clusters depend on it.',
              block: 'resource',
              labels: ['mongodbatlas_private_endpoint_regional_mode', 'this'],
              body: [['project_id', projectId], ['enabled', true], neverReplace()],
            } satisfies HclBlock,
          ]
        : []),
      ...parts.flatMap(({ blocks }) => blocks),
    ],
  };
}

function sideOf(
  setUp: SetUp,
  label: string,
  id: string,
  service: EndpointService,
  details: Endpoint | undefined,
): CloudSide | undefined {
  if (service.provider === 'AZURE') {
    const { ipAddress } = details?.provider === 'AZURE' ? details : {};
    const serviceId =
      service.privateLinkServiceResourceId ?? expression(`${serviceResource}.private_link_service_resource_id`);
    return azureSide(
      label,
      { id, ...(ipAddress === undefined ? {} : { ipAddress }) },
      { id: serviceId, region: service.region },
      setUp,
    );
  }
  return service.provider === 'GCP' && details?.provider === 'GCP'
    ? gcpSide(label, details, service, setUp)
    : undefined;
}

/** Atlas's side of an endpoint after the customer's. */
function registered(
  setUp: SetUp,
  service: EndpointService,
  {
    id,
    label,
    details,
    side,
  }: {
    readonly id: string;
    readonly label: string;
    readonly details: Endpoint | undefined;
    readonly side: CloudSide | undefined;
  },
): Parts {
  const { projectId } = setUp;
  const { provider } = service;
  const resource = `mongodbatlas_privatelink_endpoint_service.${label}`;
  const ipAddress = details?.provider === 'AZURE' ? (details.ipAddress ?? side?.ipAddress) : side?.ipAddress;
  return {
    providers: side?.providers ?? [],
    blocks: [
      ...(side?.blocks ?? []),
      importBlock(resource, `${projectId}--${service.id}--${id}--${provider}`),
      {
        ...(side === undefined ? { comment: whyWithoutSide(provider, setUp) } : {}),
        block: 'resource',
        labels: ['mongodbatlas_privatelink_endpoint_service', label],
        body: [
          ['project_id', projectId],
          ['private_link_id', expression(`${serviceResource}.private_link_id`)],
          ['provider_name', provider],
          ['endpoint_service_id', side === undefined || provider === 'GCP' ? id : side.id],
          ...(ipAddress === undefined ? [] : [['private_endpoint_ip_address', ipAddress] satisfies HclItem]),
          ...(details?.provider === 'GCP' && service.provider === 'GCP'
            ? gcpRegistration(details, service.portMappingEnabled)
            : []),
          ...(side?.dependsOn === undefined ? [] : [['depends_on', [expression(side.dependsOn)]] satisfies HclItem]),
          neverReplace(),
        ],
      },
    ],
  };
}

/** One address in the port-mapped form; else one for each rule, in Atlas's order, which must not change. */
function gcpRegistration(
  { gcpProjectId, addresses }: Extract<Endpoint, { readonly provider: 'GCP' }>,
  portMapped: boolean,
): readonly HclItem[] {
  const project: readonly HclItem[] = gcpProjectId === undefined ? [] : [['gcp_project_id', gcpProjectId]];
  const [only] = addresses;
  if (portMapped) {
    return [
      ...project,
      ...(only === undefined ? [] : [['private_endpoint_ip_address', only.ipAddress] satisfies HclItem]),
    ];
  }
  return [
    ...project,
    ...addresses.map(({ name, ipAddress }) => ({
      block: 'endpoints',
      body: [['endpoint_name', name] as const, ['ip_address', ipAddress] as const],
    })),
  ];
}

// ---------------------------------------------------------------- Data Federation and Online Archive

const federationResource = 'mongodbatlas_privatelink_endpoint_service_data_federation_online_archive';
const federationService = 'atlas_private_link_service_id';

function federationParts(setUp: SetUp, endpoints: readonly DataFederationEndpoint[]): Parts {
  const { projectId } = setUp;
  const labelled = endpoints.map((endpoint, index) => ({ ...endpoint, label: `endpoint_${String(index + 1)}` }));
  // Each region has a service of its own: an endpoint is in the region of its service.
  const inAws = awsSides(setUp, labelled, setUp.aws?.places[0]?.region ?? '');
  const parts = labelled.map((endpoint): Parts => {
    const { id, label, provider, region, comment, dnsName, ipAddress } = endpoint;
    const side =
      provider === 'AZURE'
        ? azureSide(
            label,
            { id, ...(ipAddress === undefined ? {} : { ipAddress }) },
            { id: expression(`var.${federationService}`), region: region ?? '' },
            setUp,
          )
        : inAws.get(id);
    // Not from the side in Azure: the provider takes an address that Atlas has not for that of another endpoint.
    const address = provider === 'AZURE' ? ipAddress : undefined;
    return {
      providers: side?.providers ?? [],
      blocks: [
        ...(side?.blocks ?? []),
        importBlock(`${federationResource}.${label}`, `${projectId}--${id}`),
        {
          ...(side === undefined ? { comment: whyWithoutSide(provider, setUp) } : {}),
          block: 'resource',
          labels: [federationResource, label],
          body: [
            ['project_id', projectId],
            ['endpoint_id', side?.id ?? id],
            ['provider_name', provider],
            ...(comment === undefined ? [] : [['comment', comment] satisfies HclItem]),
            // The provider takes either only with the other.
            ...(region === undefined || dnsName === undefined
              ? []
              : ([
                  ['region', region],
                  ['customer_endpoint_dns_name', dnsName],
                ] as const)),
            ...(address === undefined ? [] : [['customer_endpoint_ip_address', address] satisfies HclItem]),
            neverReplace(),
          ],
        },
      ],
    };
  });
  const needsService = labelled.some(({ provider }) => provider === 'AZURE');
  return {
    providers: parts.flatMap(({ providers }) => providers),
    blocks: [
      ...(needsService
        ? [
            variableBlock(
              federationService,
              'Resource ID of the Private Link service of Atlas for Data Federation in the region (Atlas documentation).',
            ),
          ]
        : []),
      ...parts.flatMap(({ blocks }) => blocks),
    ],
  };
}
