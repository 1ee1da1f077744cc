import type {
  AwsEndpointChoices,
  AzureEndpointChoices,
  EndpointChoices,
  GcpEndpointChoices,
} from '../core/cloud-choices';
import type { Problem } from '../core/problem';
import { ownTag } from './aws/tags';
import { isPlaceOf } from './azure/resource-ids';
import { complain, invalidInput } from './input-forms';

/** What is wrong with the choices, each problem with the `field` it belongs to; empty when they can be carried out. */
export function checkChoices(choices: EndpointChoices): readonly Problem[] {
  switch (choices.provider) {
    case 'AWS':
      return checkAws(choices);
    case 'AZURE':
      return checkAzure(choices);
    case 'GCP':
      return checkGcp(choices);
  }
}

/** AWS's limit for the tags of one resource, less our own. */
const maximumTags = 49;

function checkAws(choices: AwsEndpointChoices): readonly Problem[] {
  const { serviceRegion, subnets, securityGroup, profile } = choices;
  const tags = Object.entries(choices.tags);
  const zones = subnets.map(({ zone }) => zone);
  const twice = zones.find((zone, index) => zones.indexOf(zone) !== index);
  return [
    ...complain('region', 'aws-region', choices.region),
    ...complain('serviceName', 'aws-service-name', choices.serviceName),
    ...(serviceRegion === undefined ? [] : complain('serviceRegion', 'aws-region', serviceRegion)),
    ...complain('vpcId', 'aws-vpc-id', choices.vpcId),
    // Without a subnet AWS makes an endpoint that has no DNS entries, and Atlas fails on it (seed).
    ...(subnets.length === 0 ? [invalidInput('subnets', 'aws-subnets-some', '')] : []),
    ...subnets.flatMap(({ id }) => complain('subnets', 'aws-subnet-id', id)),
    ...(twice === undefined ? [] : [invalidInput('subnets', 'aws-subnets-one-per-zone', twice)]),
    ...(securityGroup.kind === 'existing' ? checkGroupIds(securityGroup.ids) : checkNewGroup(securityGroup)),
    ...(tags.length > maximumTags ? [invalidInput('tags', 'aws-tags-count', String(tags.length))] : []),
    ...tags.flatMap(([key, value]) => [
      ...(key === ownTag ? [invalidInput('tags', 'aws-tag-key', key)] : complain('tags', 'aws-tag-key', key)),
      ...complain('tags', 'aws-tag-value', value),
    ]),
    ...complain('clientToken', 'aws-client-token', choices.clientToken),
    ...(profile === undefined ? [] : complain('profile', 'aws-profile', profile)),
  ];
}

function checkGroupIds(ids: readonly string[]): readonly Problem[] {
  if (ids.length === 0) return [invalidInput('securityGroup', 'aws-groups-some', '')];
  return ids.flatMap((id) => complain('securityGroup', 'aws-group-id', id));
}

function checkNewGroup(group: Extract<AwsEndpointChoices['securityGroup'], { kind: 'new' }>): readonly Problem[] {
  const { cidrs, groupIds } = group.sources;
  return [
    ...complain('securityGroup', 'aws-group-name', group.name),
    ...(cidrs.length + groupIds.length === 0 ? [invalidInput('securityGroup', 'aws-sources-some', '')] : []),
    ...cidrs.flatMap((cidr) => complain('securityGroup', 'address-block', cidr)),
    ...groupIds.flatMap((id) => complain('securityGroup', 'aws-group-id', id)),
  ];
}

function checkAzure(choices: AzureEndpointChoices): readonly Problem[] {
  const { networkResourceGroup } = choices;
  return [
    ...complain('subscriptionId', 'azure-subscription-id', choices.subscriptionId),
    ...complain('resourceGroup', 'azure-resource-group', choices.resourceGroup),
    ...(networkResourceGroup === undefined ? [] : complain('vnet', 'azure-resource-group', networkResourceGroup)),
    ...complain('location', 'azure-location', choices.location),
    ...complain('vnet', 'azure-name', choices.vnet),
    ...complain('subnet', 'azure-name', choices.subnet),
    ...complain('privateLinkServiceResourceId', 'azure-service-id', choices.privateLinkServiceResourceId),
    ...(choices.registeredIds.some((id) => isPlaceOf(id, choices))
      ? [invalidInput('endpointName', 'unregistered-name', choices.endpointName)]
      : complain('endpointName', 'azure-private-endpoint-name', choices.endpointName)),
    ...complain('connectionName', 'azure-name', choices.connectionName),
    ...Object.entries(choices.tags).flatMap(([key, value]) => [
      // A dash at the beginning would be taken for an option by the Azure CLI, which has no other way to give several.
      ...(key === '' || /^-|[/=]/u.test(key)
        ? [invalidInput('tags', 'azure-tag', key)]
        : complain('tags', 'azure-tag', key)),
      ...complain('tags', 'azure-tag', value),
    ]),
  ];
}

function checkGcp(choices: GcpEndpointChoices): readonly Problem[] {
  const { networkProjectId, serviceAttachments: attachments, portMapped } = choices;
  const form = portMapped ? 'gcp-attachments-one' : 'gcp-attachments-some';
  return [
    ...complain('projectId', 'gcp-project-id', choices.projectId),
    ...(networkProjectId === undefined ? [] : complain('network', 'gcp-project-id', networkProjectId)),
    ...complain('network', 'gcp-name', choices.network),
    ...complain('subnet', 'gcp-name', choices.subnet),
    ...complain('region', 'gcp-region', choices.region),
    ...(choices.registeredIds.includes(choices.groupName)
      ? [invalidInput('groupName', 'unregistered-name', choices.groupName)]
      : complain('groupName', 'gcp-group-name', choices.groupName)),
    ...(attachments.length === 0 || (portMapped && attachments.length > 1)
      ? [invalidInput('serviceAttachments', form, String(attachments.length))]
      : attachments.flatMap((attachment) => complain('serviceAttachments', 'gcp-attachment', attachment))),
  ];
}
