import type { AzureEndpointChoices } from '../../core/cloud-choices';
import type { CommandPlan } from '../../core/command-plan';
import type { Expression, HclBlock, HclItem, HclValue } from '../terraform/hcl';
import { expression } from '../terraform/hcl';
import { neverReplace } from '../terraform/never-replace';
import { endpointLabel, planEndpointFile } from '../terraform/plan-endpoint-file';
import type { AtlasPlace } from '../terraform/set-up';
import { privateEndpointResourceId, requestMessage, subnetResourceId } from './resource-ids';

/** The private endpoint by Terraform. It is named after its place in Azure, where its name is its own. */
export function planAzureTerraform(choices: AzureEndpointChoices, place: AtlasPlace): CommandPlan {
  const label = endpointLabel(choices.endpointName, [privateEndpointResourceId(choices).toLowerCase()]);
  const resource = `azurerm_private_endpoint.${label}`;
  return planEndpointFile({
    kind: 'private-endpoint',
    label,
    provider: { name: 'azurerm', version: '4.0', body: azureProvider(choices.subscriptionId, choices.location, place) },
    blocks: [
      azureEndpointBlock(label, {
        provider: expression(`azurerm.${label}`),
        endpointName: choices.endpointName,
        location: choices.location,
        resourceGroup: choices.resourceGroup,
        connectionName: choices.connectionName,
        tags: choices.tags,
        subnetId: subnetResourceId(choices),
        serviceId: choices.privateLinkServiceResourceId,
      }),
    ],
    output: {
      map: [
        ['endpoint_id', expression(`${resource}.id`)],
        ['ip_address', expression(`${resource}.private_service_connection[0].private_ip_address`)],
        ['service_id', expression(`${resource}.private_service_connection[0].private_connection_resource_id`)],
      ],
    },
  });
}

/**
 * Configuration of the provider for a subscription. The cloud of the US Government is another one than the public one
 * (argument `environment`), with regions of its own; Atlas for Government leads into it.
 */
export function azureProvider(
  subscriptionId: string,
  location: string,
  { government = false }: AtlasPlace,
): readonly HclItem[] {
  return [
    ...(government || /^us(?:gov|dod)/u.test(location) ? ([['environment', 'usgovernment']] as const) : []),
    ['subscription_id', subscriptionId],
    { block: 'features', body: [] },
  ];
}

/**
 * What of an endpoint that exists is not known here. Of these the provider removes what a file does not have (the private
 * DNS zone group, by which names resolve), or wants to make the endpoint anew (name of the network interface and static
 * addresses, which Azure's portal asks for): arguments of `azurerm_private_endpoint` in azurerm 4.
 */
const unknownOfEndpoint = [
  'tags',
  'private_service_connection[0].request_message',
  'private_dns_zone_group',
  'custom_network_interface_name',
  'ip_configuration',
] as const;

/** Resource `azurerm_private_endpoint` for a private link service of Atlas. */
export function azureEndpointBlock(
  label: string,
  endpoint: {
    /** A reference such as `azurerm.alias`; absent for the configuration without an alias. */
    readonly provider?: Expression;
    readonly endpointName: string;
    readonly location: HclValue;
    readonly resourceGroup: string;
    readonly subnetId: HclValue;
    readonly connectionName: HclValue;
    readonly serviceId: HclValue;
    readonly tags: Readonly<Record<string, string>>;
    /** It exists, and not all of it is known here: what is not stays as it is, as far as the provider has a name for it. */
    readonly takenOver?: boolean;
  },
): HclBlock {
  const tags = Object.entries(endpoint.tags);
  return {
    block: 'resource',
    labels: ['azurerm_private_endpoint', label],
    body: [
      ...(endpoint.provider === undefined ? [] : [['provider', endpoint.provider] satisfies HclItem]),
      ['name', endpoint.endpointName],
      ['location', endpoint.location],
      ['resource_group_name', endpoint.resourceGroup],
      ['subnet_id', endpoint.subnetId],
      {
        block: 'private_service_connection',
        body: [
          ['name', endpoint.connectionName],
          ['private_connection_resource_id', endpoint.serviceId],
          ['is_manual_connection', true],
          ['request_message', requestMessage],
        ],
      },
      ...(tags.length === 0 ? [] : [['tags', { map: tags }] satisfies HclItem]),
      neverReplace(endpoint.takenOver === true ? unknownOfEndpoint : []),
    ],
  };
}
