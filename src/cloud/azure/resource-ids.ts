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

/**
 * Whether a private endpoint with this resource id is where the chosen one would be. What is not chosen yet may be so;
 * Azure's names are the same in any case.
 */
export function isPlaceOf(
  id: string,
  choices: Pick<AzureEndpointChoices, 'subscriptionId' | 'resourceGroup' | 'endpointName'>,
): boolean {
  const parts = id.split('/');
  const isSame = (part: string | undefined, chosen: string): boolean => part?.toLowerCase() === chosen.toLowerCase();
  const mayBe = (part: string | undefined, chosen: string): boolean => chosen === '' || isSame(part, chosen);
  return (
    isSame(parts.at(-1), choices.endpointName) &&
    mayBe(parts[2], choices.subscriptionId) &&
    mayBe(parts[4], choices.resourceGroup)
  );
}
