import type { AzureEndpoint, GcpEndpoint, GcpEndpointService } from '../../core/endpoint';
import { toCloudRegion } from '../../core/region';
import { awsEndpointBlock, awsGroupBlock } from '../aws/plan-terraform';
import { ownTag } from '../aws/tags';
import { azureEndpointBlock, azureProvider } from '../azure/plan-terraform';
import { privateEndpointResourceId } from '../azure/resource-ids';
import { gcpRuleBlocks } from '../gcp/plan-terraform';
import { importBlock, variableBlock } from './blocks';
import type { Expression, HclBlock, HclItem, HclValue } from './hcl';
import { expression, hclString } from './hcl';
import type { AwsPlace, SetUp } from './set-up';

/** A provider as a file needs it: an alias for each further account, subscription or region. */
export interface ProviderUse {
  readonly name: 'aws' | 'azurerm' | 'google';
  readonly alias?: string;
  readonly body: readonly HclItem[];
}

/** The customer's side of one endpoint: what takes it over, and what Atlas's side refers to. */
export interface CloudSide {
  readonly providers: readonly ProviderUse[];
  readonly blocks: readonly HclBlock[];
  readonly id: HclValue;
  /** Azure: where Atlas did not tell it. */
  readonly ipAddress?: HclValue;
  /** What has to be there first, when nothing else refers to it. */
  readonly dependsOn?: string;
}

/**
 * The interface endpoints that were found in the account, and the groups that were made for them; by id. `home` is the
 * region of the provider without an alias.
 */
export function awsSides(
  { aws }: SetUp,
  endpoints: readonly { readonly id: string; readonly label: string }[],
  home: string,
  /** AWS's spelling; absent: each endpoint's own. */
  serviceRegion?: string,
): ReadonlyMap<string, CloudSide> {
  const labelOf = new Map<string, string>();
  const places = (aws?.places ?? []).map((place) => ({ ...place, provider: awsProvider(place, home, aws?.profile) }));
  const sides = places.flatMap((place) =>
    place.endpoints.flatMap((found): readonly [string, CloudSide][] => {
      const label = endpoints.find(({ id }) => id === found.id)?.label;
      if (label === undefined) return [];
      const { provider } = place;
      const reference = provider.alias === undefined ? undefined : expression(`aws.${provider.alias}`);
      const ours = place.groups.filter(
        ({ id, tags }) => found.securityGroupIds.includes(id) && tags?.[ownTag] !== undefined,
      );
      const groups = ours.flatMap((group): readonly HclBlock[] => {
        if (labelOf.has(group.id)) return [];
        const groupLabel = `group_${String(labelOf.size + 1)}`;
        labelOf.set(group.id, groupLabel);
        return [importBlock(`aws_security_group.${groupLabel}`, group.id), awsGroupBlock(groupLabel, group, reference)];
      });
      const securityGroupIds = found.securityGroupIds.map((id) => {
        const groupLabel = labelOf.get(id);
        return groupLabel === undefined ? id : expression(`aws_security_group.${groupLabel}.id`);
      });
      const blocks = [
        ...groups,
        importBlock(`aws_vpc_endpoint.${label}`, found.id),
        awsEndpointBlock(label, {
          ...found,
          securityGroupIds,
          tags: Object.entries(found.tags),
          ...(reference === undefined ? {} : { provider: reference }),
          ...(serviceRegion === undefined || place.region === serviceRegion ? {} : { serviceRegion }),
        }),
      ];
      return [[found.id, { providers: [provider], blocks, id: expression(`aws_vpc_endpoint.${label}.id`) }]];
    }),
  );
  return new Map(sides);
}

function awsProvider({ region }: AwsPlace, home: string, profile: string | undefined): ProviderUse {
  return {
    name: 'aws',
    ...(region === home ? {} : { alias: region.replaceAll(/\W/gu, '_') }),
    body: [['region', region], ...(profile === undefined ? [] : ([['profile', profile]] as const))],
  };
}

const azureId =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Network\/privateEndpoints\/([^/]+)$/iu;

/** The private endpoint that Atlas knows by its resource id; undefined when that is none of Azure's. */
export function azureSide(
  label: string,
  { id, ipAddress }: Pick<AzureEndpoint, 'id' | 'ipAddress'>,
  service: { readonly id: HclValue; readonly region: string },
  setUp: SetUp,
): CloudSide | undefined {
  const { entered } = setUp;
  const [, subscription, resourceGroup, name] = azureId.exec(id) ?? [];
  if (subscription === undefined || resourceGroup === undefined || name === undefined) return undefined;
  // Azure's ids are the same in any case, but the provider reads only this one.
  const canonical = privateEndpointResourceId({ subscriptionId: subscription, resourceGroup, endpointName: name });
  const resource = `azurerm_private_endpoint.${label}`;
  const alias = `subscription_${subscription.replaceAll(/\W/gu, '_')}`;
  const own = entered?.endpointId === id ? entered : undefined;
  const place = own?.location ?? toCloudRegion('AZURE', service.region);
  return {
    providers: [{ name: 'azurerm', alias, body: azureProvider(subscription, place, setUp) }],
    blocks: [
      variableBlock(`${label}_location`, 'Region of the virtual network of the private endpoint.', place),
      variableBlock(`${label}_subnet_id`, 'Resource ID of the subnet of the private endpoint.', own?.subnetId),
      variableBlock(
        `${label}_connection_name`,
        'Name of the manual connection of the private endpoint, as Azure shows it beside the endpoint.',
        `${name}-connection`,
      ),
      importBlock(resource, canonical),
      azureEndpointBlock(label, {
        provider: expression(`azurerm.${alias}`),
        endpointName: name,
        location: expression(`var.${label}_location`),
        resourceGroup,
        subnetId: expression(`var.${label}_subnet_id`),
        connectionName: expression(`var.${label}_connection_name`),
        serviceId: service.id,
        tags: {},
        takenOver: true,
      }),
    ],
    // Atlas would replace the endpoint for another spelling.
    id: canonical === id ? expression(`${resource}.id`) : id,
    ipAddress: ipAddress ?? expression(`${resource}.private_service_connection[0].private_ip_address`),
  };
}

/** Addresses and forwarding rules that Atlas knows by name; undefined where it does not tell their project. */
export function gcpSide(
  label: string,
  { id, gcpProjectId, addresses }: GcpEndpoint,
  service: GcpEndpointService,
  { entered }: SetUp,
): CloudSide | undefined {
  if (gcpProjectId === undefined || addresses.length === 0) return undefined;
  const own = entered?.endpointId === id ? entered : undefined;
  const region = toCloudRegion('GCP', service.region);
  const rules = `local.${label}_rules`;
  const idOf = (kind: 'addresses' | 'forwardingRules'): Expression =>
    expression(`format("%s/%s", ${hclString(`projects/${gcpProjectId}/regions/${region}/${kind}`)}, each.key)`);
  const imported = (resource: string, kind: 'addresses' | 'forwardingRules'): HclBlock =>
    importBlock(`${resource}.${label}[each.key]`, idOf(kind), expression(rules));
  return {
    providers: [{ name: 'google', body: [] }],
    blocks: [
      {
        comment:
          'Names and addresses are those that Atlas has. A rule and its address are taken to have the same name.',
        block: 'locals',
        body: [
          [
            `${label}_rules`,
            {
              map: addresses.map(({ name, ipAddress }, index): readonly [string, HclValue] => [
                name,
                {
                  map: [
                    ['ip_address', ipAddress],
                    ['target', attachmentOf(name, index, service)],
                  ],
                },
              ]),
            },
          ],
        ],
      },
      variableBlock(
        `${label}_network`,
        'Network of the forwarding rules: projects/PROJECT/global/networks/NAME.',
        own?.network,
      ),
      variableBlock(
        `${label}_subnetwork`,
        'Subnet of the addresses: projects/PROJECT/regions/REGION/subnetworks/NAME.',
        own?.subnetwork,
      ),
      imported('google_compute_address', 'addresses'),
      imported('google_compute_forwarding_rule', 'forwardingRules'),
      ...gcpRuleBlocks(label, {
        rules: expression(rules),
        projectId: gcpProjectId,
        region,
        network: expression(`var.${label}_network`),
        subnetwork: expression(`var.${label}_subnetwork`),
        globalAccess: false,
        takenOver: true,
      }),
    ],
    id: '',
    dependsOn: `google_compute_forwarding_rule.${label}`,
  };
}

/** Rules are numbered like Atlas's attachments, by this product and by Atlas's own script; others are in its order. */
function attachmentOf(name: string, index: number, { serviceAttachmentNames: names }: GcpEndpointService): HclValue {
  const number = Number(/-(\d+)$/u.exec(name)?.[1] ?? Number.NaN);
  const place = names.length > 1 && Number.isInteger(number) && number < names.length ? number : index;
  return (
    names[place] ?? expression(`mongodbatlas_privatelink_endpoint.this.service_attachment_names[${String(place)}]`)
  );
}
