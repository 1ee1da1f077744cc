import type { AzureEndpointChoices, CloudEndpointRef } from '../../core/cloud-choices';
import { flag } from '../flag';
import type { CommandPlan } from '../../core/command-plan';
import type { Statement } from '../shell';
import { renderStatements } from '../shell';
import { requestMessage, subnetResourceId } from './resource-ids';

/**
 * The private endpoint by the Azure CLI. It can be run again: Azure's creations replace what is there by the same
 * content. The network interface at the end has both values that Atlas needs, resource id and private address.
 *
 * The subnet stays as it is: network policies for private endpoints are off by default, and where they are on they hold
 * for everybody's endpoints in it (Microsoft's "Manage network policies for private endpoints").
 */
export function planAzureCli(choices: AzureEndpointChoices): CommandPlan {
  const tags = Object.entries(choices.tags).map(([key, value]) => `${key}=${value}`);
  return {
    tool: 'azure-cli',
    title: 'create-endpoint',
    shells: renderStatements([
      {
        kind: 'run',
        words: [
          ...az('network', 'private-endpoint', 'create'),
          ...flag('subscription', choices.subscriptionId),
          ...flag('resource-group', choices.resourceGroup),
          ...flag('location', choices.location),
          ...flag('name', choices.endpointName),
          ...flag('subnet', subnetResourceId(choices)),
          ...flag('private-connection-resource-id', choices.privateLinkServiceResourceId),
          ...flag('connection-name', choices.connectionName),
          ...flag('manual-request', 'true'),
          ...flag('request-message', requestMessage),
          ...(tags.length === 0 ? [] : ['--tags', ...tags]),
          ...flag('output', 'none'),
        ],
      },
      ...showInterface([
        ...flag('subscription', choices.subscriptionId),
        ...flag('resource-group', choices.resourceGroup),
        ...flag('name', choices.endpointName),
      ]),
    ]),
    printsRegistration: true,
  };
}

/** Describes a private endpoint by its network interface, in the form that can be pasted. */
export function planAzureCliDescribe(ref: CloudEndpointRef): CommandPlan {
  return {
    tool: 'azure-cli',
    title: 'describe-endpoint',
    shells: renderStatements(showInterface(flag('ids', ref.endpointId))),
    printsRegistration: true,
  };
}

/** Deletes the private endpoint. */
export function removeByAzureCli(ref: CloudEndpointRef): readonly Statement[] {
  return [{ kind: 'run', words: [...az('network', 'private-endpoint', 'delete'), ...flag('ids', ref.endpointId)] }];
}

/** Prints the network interface of the endpoint that the flags name. */
export function showInterface(endpoint: readonly string[]): readonly Statement[] {
  return [
    {
      kind: 'capture',
      variable: 'interfaceId',
      words: [
        ...az('network', 'private-endpoint', 'show'),
        ...endpoint,
        ...flag('query', 'networkInterfaces[0].id'),
        ...flag('output', 'tsv'),
      ],
    },
    {
      kind: 'run',
      words: [...az('network', 'nic', 'show'), '--ids', { variable: 'interfaceId' }, ...flag('output', 'json')],
    },
  ];
}

function az(...command: readonly string[]): readonly string[] {
  return ['az', ...command, '--only-show-errors'];
}
