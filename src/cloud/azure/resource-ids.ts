import type { AzureEndpointChoices } from '../../core/cloud-choices';

/** What the owner of the private link service, Atlas, sees beside the request. */
export const requestMessage = 'MongoDB Atlas private endpoint';

export function subnetResourceId(choices: AzureEndpointChoices): string {
  const group = choices.networkResourceGroup ?? choices.resourceGroup;
  const network = `/subscriptions/${choices.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network`;
  return `${network}/virtualNetworks/${choices.vnet}/subnets/${choices.subnet}`;
}

/** Resource id of the private endpoint that is chosen. */
export function privateEndpointResourceId({
  subscriptionId,
  resourceGroup,
  endpointName,
}: Pick<AzureEndpointChoices, 'subscriptionId' | 'resourceGroup' | 'endpointName'>): string {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return `${group}/providers/Microsoft.Network/privateEndpoints/${endpointName}`;
}
