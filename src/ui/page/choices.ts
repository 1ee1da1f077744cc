import type { FieldId } from '../../../webview/protocol';
import type { AwsVpc } from '../../core/cloud';
import type {
  AwsEndpointChoices,
  AwsRuleSources,
  AzureEndpointChoices,
  CloudField,
  EndpointChoices,
  GcpEndpointChoices,
} from '../../core/cloud-choices';
import type { EndpointRegistration } from '../../core/endpoint';
import { regionsOf, toAtlasRegion, toCloudRegion } from '../../core/region';
import { problem, ProblemError } from '../../core/problem';
import { proposedGroupName } from '../../setup/aws-endpoint';
import { flagIn, itemsOf, listIn, textIn, without, type Draft } from '../../setup/draft';
import { isEntered, securityGroupMode } from './aws-lists';
import { clientTokenFor, purposeOf } from './client-tokens';
import type { CloudTarget } from './cloud-target';
import type { AwsView } from './model';

/** Profile value for the usual chain of credentials, and prefix of those for a profile by name. */
export const usualChain = 'chain';
const profilePrefix = 'profile:';

export function profileValue(name: string): string {
  return profilePrefix + name;
}

/** The name of the profile in a field's value; undefined for the usual chain. */
export function profileName(value: string): string | undefined {
  return value.startsWith(profilePrefix) ? value.slice(profilePrefix.length) : undefined;
}

/** Where the endpoint is created, the cloud's spelling. */
export function cloudRegionOf(target: CloudTarget, draft: Draft): string {
  const own = toCloudRegion(target.provider, target.region);
  const chosen = textIn(draft, 'cloudRegion');
  const others = target.remoteRegions.map((region) => toCloudRegion('AWS', region));
  return others.includes(chosen) ? chosen : own;
}

/**
 * What the person has chosen, with our proposals for what was left open. Values are as they were entered:
 * `checkChoices` says what is wrong with them.
 */
export function choicesOf(target: CloudTarget, draft: Draft, aws: AwsView | undefined): EndpointChoices {
  switch (target.provider) {
    case 'AWS':
      return awsChoices(target, draft, aws);
    case 'AZURE':
      return azureChoices(target, draft);
    case 'GCP':
      return gcpChoices(target, draft);
  }
}

function awsChoices(target: CloudTarget, draft: Draft, aws: AwsView | undefined): AwsEndpointChoices {
  const region = cloudRegionOf(target, draft);
  const own = toCloudRegion('AWS', target.region);
  const vpcId = textIn(draft, 'vpc');
  const vpcs = aws?.vpcs?.value ?? [];
  // What is entered is for a machine with credentials of its own: it has no profile of this one.
  const profile = isEntered('vpcs', draft, aws) ? undefined : profileName(textIn(draft, 'profile'));
  const zoneOf = new Map((aws?.subnets?.value ?? []).map(({ id, zone }) => [id, zone]));
  return {
    provider: 'AWS',
    region,
    serviceName: target.serviceName ?? '',
    ...(region === own ? {} : { serviceRegion: own }),
    vpcId,
    // Where the subnets are not known a zone for each keeps the check for doubles out of the way.
    subnets: listIn(draft, 'subnets').map((id) => ({ id, zone: zoneOf.get(id) ?? id })),
    securityGroup:
      securityGroupMode(draft) === 'existing'
        ? { kind: 'existing', ids: listIn(draft, 'securityGroups') }
        : { kind: 'new', name: groupNameOf(target, draft), sources: sourcesOf(draft, vpcs) },
    tags: readTags(tagsText(draft)),
    clientToken: clientTokenFor(target, draft, aws),
    purpose: purposeOf(target, draft),
    ...(profile === undefined ? {} : { profile }),
  };
}

/**
 * A draft without the choices that the AWS account of its credentials does not have, as far as its lists are there (where
 * they are not, or are empty, ids are entered). They are not forgotten: somebody looks with other credentials, and comes
 * back to these.
 */
export function withoutMissing(draft: Draft, target: CloudTarget, aws: AwsView | undefined): Draft {
  if (aws === undefined || target.provider !== 'AWS' || aws.region !== cloudRegionOf(target, draft)) return draft;
  const { vpcs, subnets, groups } = aws;
  const has = (list: AwsView['vpcs'] | AwsView['subnets'] | AwsView['groups'], id: string): boolean =>
    list?.value === undefined || list.value.length === 0 || list.value.some((one) => one.id === id);
  if (!has(vpcs, textIn(draft, 'vpc'))) {
    return without(draft, 'vpc', 'subnets', 'securityGroups', 'newGroupSources');
  }
  const there = (field: 'subnets' | 'securityGroups', list: AwsView['subnets'] | AwsView['groups']): Draft =>
    draft[field] === undefined ? {} : { [field]: listIn(draft, field).filter((id) => has(list, id)) };
  return { ...draft, ...there('subnets', subnets), ...there('securityGroups', groups) };
}

export function groupNameOf(target: CloudTarget, draft: Draft): string {
  return textIn(draft, 'newGroupName') || proposedGroupName(target.wishId);
}

/** The address blocks of the VPC, until the person says otherwise. */
export function sourcesText(draft: Draft, vpcs: readonly AwsVpc[]): string {
  if (draft.newGroupSources !== undefined) return textIn(draft, 'newGroupSources');
  const vpc = vpcs.find(({ id }) => id === textIn(draft, 'vpc'));
  return (vpc?.cidrs ?? []).join(', ');
}

function sourcesOf(draft: Draft, vpcs: readonly AwsVpc[]): AwsRuleSources {
  const parts = itemsOf(sourcesText(draft, vpcs));
  return {
    cidrs: parts.filter((part) => !part.startsWith('sg-')),
    groupIds: parts.filter((part) => part.startsWith('sg-')),
  };
}

const proposedTags = 'Name=atlas-private-endpoint';

export function tagsText(draft: Draft): string {
  return draft.tags === undefined ? proposedTags : textIn(draft, 'tags');
}

/** AWS regions as they are entered, with commas between them, in Atlas's spelling. Throws for one that Atlas has not. */
export function readAwsRegions(text: string): readonly string[] {
  const known = new Set(regionsOf('AWS').map(({ atlas }) => atlas));
  return itemsOf(text).map((region) => {
    const atlas = toAtlasRegion('AWS', region);
    if (known.has(atlas)) return atlas;
    throw new ProblemError(problem('SETUP_CHOICE_INVALID', region, { field: 'remoteRegions', expected: 'eu-west-1' }));
  });
}

/** Tags as they are entered: `key=value` on lines of their own. */
export function readTags(text: string): Readonly<Record<string, string>> {
  const entries = text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? [line, ''] : [line.slice(0, equals).trim(), line.slice(equals + 1).trim()];
    });
  return Object.fromEntries(entries) as Record<string, string>;
}

/**
 * A name for what is created in the person's cloud, from what it is for: none that an endpoint has which Atlas knows, as
 * the commands would change that one, or find it and make nothing.
 */
function proposedName({ wishId, registeredIds, otherIds }: CloudTarget): string {
  const suffix = wishId.replaceAll(/[^a-z0-9]/gu, '').slice(-6);
  const name = suffix === '' ? 'atlas' : `atlas-${suffix}`;
  const taken = new Set([...registeredIds, ...otherIds].map((id) => id.slice(id.lastIndexOf('/') + 1).toLowerCase()));
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : `${name}-${String(number)}`;
    if (!taken.has(numbered)) return numbered;
  }
}

export function azureEndpointName(target: CloudTarget, draft: Draft): string {
  return textIn(draft, 'azureEndpointName') || proposedName(target);
}

export function azureLocation(target: CloudTarget, draft: Draft): string {
  return textIn(draft, 'azureLocation') || toCloudRegion('AZURE', target.region);
}

function azureChoices(target: CloudTarget, draft: Draft): AzureEndpointChoices {
  const endpointName = azureEndpointName(target, draft);
  const networkGroup = textIn(draft, 'azureNetworkGroup');
  return {
    provider: 'AZURE',
    subscriptionId: textIn(draft, 'azureSubscription'),
    resourceGroup: textIn(draft, 'azureResourceGroup'),
    ...(networkGroup === '' ? {} : { networkResourceGroup: networkGroup }),
    location: azureLocation(target, draft),
    vnet: textIn(draft, 'azureVirtualNetwork'),
    subnet: textIn(draft, 'azureSubnet'),
    privateLinkServiceResourceId: target.resourceId ?? '',
    endpointName,
    connectionName: `${endpointName}-connection`,
    tags: readTags(textIn(draft, 'tags')),
    registeredIds: [...target.registeredIds, ...target.otherIds],
  };
}

export function gcpGroupName(target: CloudTarget, draft: Draft): string {
  return textIn(draft, 'gcpGroupName') || proposedName(target);
}

function gcpChoices(target: CloudTarget, draft: Draft): GcpEndpointChoices {
  const networkProjectId = textIn(draft, 'gcpNetworkProject');
  return {
    provider: 'GCP',
    projectId: textIn(draft, 'gcpProject'),
    ...(networkProjectId === '' ? {} : { networkProjectId }),
    network: textIn(draft, 'gcpNetwork'),
    subnet: textIn(draft, 'gcpSubnet'),
    region: toCloudRegion('GCP', target.region),
    serviceAttachments: target.attachments,
    portMapped: target.portMapped,
    groupName: gcpGroupName(target, draft),
    globalAccess: flagIn(draft, 'gcpGlobalAccess', false),
    registeredIds: [...target.registeredIds, ...target.otherIds],
  };
}

/** The registration that was entered; undefined while its id is missing. */
export function registrationOf(target: CloudTarget, draft: Draft): EndpointRegistration | undefined {
  switch (target.provider) {
    case 'AWS': {
      const id = textIn(draft, 'endpointId');
      return id === '' ? undefined : { provider: 'AWS', id };
    }
    case 'AZURE': {
      const id = textIn(draft, 'endpointId');
      return id === '' ? undefined : { provider: 'AZURE', id, ipAddress: textIn(draft, 'endpointAddress') };
    }
    case 'GCP': {
      const endpointGroupName = textIn(draft, 'endpointGroup');
      if (endpointGroupName === '') return undefined;
      const gcpProjectId = textIn(draft, 'endpointProject');
      return {
        provider: 'GCP',
        endpointGroupName,
        gcpProjectId,
        addresses: readAddresses(textIn(draft, 'endpointAddresses')),
      };
    }
  }
}

/** The draft with the values of a registration in its fields. */
export function withRegistration(draft: Draft, registration: EndpointRegistration): Draft {
  const rest = without(draft, 'pasted', 'registeredBefore');
  switch (registration.provider) {
    case 'AWS':
      return { ...rest, endpointId: registration.id };
    case 'AZURE':
      return { ...rest, endpointId: registration.id, endpointAddress: registration.ipAddress };
    case 'GCP':
      return {
        ...rest,
        endpointGroup: registration.endpointGroupName,
        endpointProject: registration.gcpProjectId,
        endpointAddresses: registration.addresses.map(({ name, ipAddress }) => `${name}@${ipAddress}`).join('\n'),
      };
  }
}

/** `name@address`, with commas or line breaks between them, as the Atlas CLI takes them. */
function readAddresses(text: string): readonly { readonly name: string; readonly ipAddress: string }[] {
  return itemsOf(text).map((part) => {
    const at = part.indexOf('@');
    return at < 0 ? { name: '', ipAddress: part } : { name: part.slice(0, at), ipAddress: part.slice(at + 1) };
  });
}

/** What is left of a draft when its endpoint is registered: choices worth keeping for the next one. */
export function afterRegistration(draft: Draft): Draft {
  return without(
    draft,
    'pasted',
    'endpointId',
    'endpointAddress',
    'endpointGroup',
    'endpointAddresses',
    'registeredBefore',
    'azureEndpointName',
    'gcpGroupName',
  );
}

/** What is left of a draft when its endpoint service is there. */
export function withoutService(draft: Draft): Draft {
  return without(draft, 'provider', 'region', 'portMapping', 'remoteRegions');
}

/** Which field of the page a complaint of the cloud's rooms belongs to. */
export const fieldOfCloud: Readonly<Record<CloudField, FieldId | undefined>> = {
  profile: 'profile',
  mfaCode: 'profile',
  region: 'cloudRegion',
  serviceName: undefined,
  serviceRegion: 'cloudRegion',
  vpcId: 'vpc',
  subnets: 'subnets',
  securityGroup: 'securityGroups',
  tags: 'tags',
  clientToken: undefined,
  subscriptionId: 'azureSubscription',
  resourceGroup: 'azureResourceGroup',
  location: 'azureLocation',
  vnet: 'azureVirtualNetwork',
  subnet: 'azureSubnet',
  privateLinkServiceResourceId: 'azureServiceId',
  endpointName: 'azureEndpointName',
  connectionName: 'azureEndpointName',
  projectId: 'gcpProject',
  network: 'gcpNetwork',
  serviceAttachments: undefined,
  groupName: 'gcpGroupName',
  endpointId: 'endpointId',
  ipAddress: 'endpointAddress',
  gcpProjectId: 'endpointProject',
  endpointGroupName: 'endpointGroup',
  addresses: 'endpointAddresses',
  output: 'pasted',
};
