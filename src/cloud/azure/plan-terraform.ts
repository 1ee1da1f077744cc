import type { AzureEndpointChoices } from '../../core/cloud-choices';
import type { CommandPlan } from '../../core/command-plan';
import type { Expression, HclBlock, HclItem, HclValue } from '../terraform/hcl';
import { expression } from '../terraform/hcl';
import { neverReplace } from '../terraform/never-replace';
import { planTerraformFile } from '../terraform/plan-terraform-file';
import { requestMessage, subnetResourceId } from './resource-ids';

/** The private endpoint by Terraform. */
export function planAzureTerraform(choices: AzureEndpointChoices): CommandPlan {
  return planTerraformFile('create-endpoint', 'private-endpoint.tf', [
    {
      block: 'terraform',
      body: [
        {
          block: 'required_providers',
          body: [
            [
              'azurerm',
              {
                map: [
                  ['source', 'hashicorp/azurerm'],
                  ['version', '>= 4.0'],
                ],
              },
            ],
          ],
        },
      ],
    },
    {
      block: 'provider',
      labels: ['azurerm'],
      body: [['subscription_id', choices.subscriptionId], { block: 'features', body: [] }],
    },
    azureEndpointBlock('this', {
      endpointName: choices.endpointName,
      location: choices.location,
      resourceGroup: choices.resourceGroup,
      connectionName: choices.connectionName,
      tags: choices.tags,
      subnetId: subnetResourceId(choices),
      serviceId: choices.privateLinkServiceResourceId,
    }),
    { block: 'output', labels: ['endpoint_id'], body: [['value', expression('azurerm_private_endpoint.this.id')]] },
    {
      block: 'output',
      labels: ['ip_address'],
      body: [['value', expression('azurerm_private_endpoint.this.private_service_connection[0].private_ip_address')]],
    },
  ]);
}

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
    /** It exists, and not all of it is known here: it is neither replaced nor changed in what is not. */
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
      ...(endpoint.takenOver === true ? [neverReplace(['tags', 'private_service_connection[0].request_message'])] : []),
    ],
  };
}
