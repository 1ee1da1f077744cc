/**
 * What a person chose on a page and has not carried out yet. The truth is in Atlas and in the cloud account; a draft
 * only saves typing, and holds no secret: profiles, ids and names.
 */
export type Draft = Readonly<Partial<Record<DraftField, DraftValue>>>;

export type DraftValue = string | boolean | readonly string[];

export const draftFields = [
  'provider',
  'region',
  'portMapping',
  'remoteRegions',
  'profile',
  'cloudRegion',
  'vpc',
  'subnets',
  'securityGroupMode',
  'securityGroups',
  'newGroupName',
  'newGroupSources',
  'tags',
  'azureServiceId',
  'azureSubscription',
  'azureResourceGroup',
  'azureLocation',
  'azureVirtualNetwork',
  'azureNetworkGroup',
  'azureSubnet',
  'azureEndpointName',
  'gcpProject',
  'gcpNetwork',
  'gcpNetworkProject',
  'gcpSubnet',
  'gcpGroupName',
  'gcpGlobalAccess',
  'pasted',
  'endpointId',
  'endpointAddress',
  'endpointGroup',
  'endpointProject',
  'endpointAddresses',
  /** The id of the endpoint that was entered, if Atlas knew it already by then. */
  'registeredBefore',
  'comment',
  'dnsName',
  'federationProvider',
  'federationRegion',
  'serverlessEndpoint',
  'endpoint',
  /** Client tokens of AWS that have led to an endpoint already: see `unspentToken`. */
  'spentTokens',
  /** Another endpoint is wanted beside those that are there. */
  'adding',
] as const;

export type DraftField = (typeof draftFields)[number];

/** Not worth keeping over a reload: as long as a cloud's answer, or in the way the next time. */
const shortLived: ReadonlySet<DraftField> = new Set(['pasted']);

const known: ReadonlySet<string> = new Set(draftFields);

/** A text of a draft, trimmed; empty when there is none. */
export function textIn(draft: Draft, field: DraftField): string {
  const value = draft[field];
  return typeof value === 'string' ? value.trim() : '';
}

/** A list of a draft: chosen from what there is, or entered as text. */
export function listIn(draft: Draft, field: DraftField): readonly string[] {
  const value = draft[field];
  if (typeof value === 'string') return [...new Set(itemsOf(value))];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The same as a text to go on with: as it was entered, else with commas between what was chosen. */
export function listTextIn(draft: Draft, field: DraftField): string {
  return typeof draft[field] === 'string' ? textIn(draft, field) : listIn(draft, field).join(', ');
}

/** What is entered with commas, semicolons or white space between. */
export function itemsOf(text: string): readonly string[] {
  return text.split(/[\s,;]+/u).filter((item) => item !== '');
}

export function flagIn(draft: Draft, field: DraftField, fallback: boolean): boolean {
  const value = draft[field];
  return typeof value === 'boolean' ? value : fallback;
}

/** The draft less some of its fields. */
export function without(draft: Draft, ...fields: readonly DraftField[]): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([field]) => !fields.includes(field as DraftField)));
}

/** The part of a stored value that is a draft: it may be of another version, or damaged. */
export function readDraft(stored: unknown): Draft {
  if (typeof stored !== 'object' || stored === null) return {};
  const entries = Object.entries(stored).filter(([field, value]) => known.has(field) && isValue(value));
  return Object.fromEntries(entries);
}

/** What of a draft is stored. */
export function storable(draft: Draft): Draft {
  return Object.fromEntries(Object.entries(draft).filter(([field]) => !shortLived.has(field as DraftField)));
}

function isValue(value: unknown): value is DraftValue {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (Array.isArray(value) && value.every((item) => typeof item === 'string'))
  );
}

/** A draft with what has changed between two others: what was entered meanwhile stays. */
export function withChanges(now: Draft, before: Draft, after: Draft): Draft {
  const gone = Object.keys(before).filter((field) => !Object.hasOwn(after, field)) as DraftField[];
  const changed = Object.entries(after).filter(([field, value]) => before[field as DraftField] !== value);
  return { ...without(now, ...gone), ...Object.fromEntries(changed) };
}
