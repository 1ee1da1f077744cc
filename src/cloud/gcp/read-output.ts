import type { EndpointRegistration } from '../../core/endpoint';
import type { Problem, Result } from '../../core/problem';
import { failed, ok } from '../../core/problem';
import { complain, invalidInput, isUnicastAddress } from '../input-forms';
import type { JsonObject } from '../json-documents';
import { objectsIn, objectsWithOutputs, textIn } from '../json-documents';
import { nothingIn, otherService, registeredBefore, unreadable, unusableState } from '../output-problems';

interface Rule {
  readonly name: string;
  readonly ipAddress: string;
  /** Place of its service attachment in Atlas's list; absent where the output does not say. */
  readonly attachment?: number | undefined;
  readonly leadsElsewhere: boolean;
  readonly state?: string | undefined;
  readonly project?: string | undefined;
  /** Of the group that Terraform made it for; absent where the output does not say. */
  readonly group?: string | undefined;
}

interface Expectation {
  readonly registeredIds: readonly string[];
  readonly serviceAttachments: readonly string[];
  readonly portMapped: boolean;
  readonly groupName?: string;
  readonly gcpProjectId?: string;
}

type GcpRegistration = Extract<EndpointRegistration, { provider: 'GCP' }>;

/**
 * Reads the JSON of `gcloud compute forwarding-rules list` or `describe`, `gcloud compute addresses list`, the shorter
 * one that Atlas's own script writes, and `terraform output -json`. Rules that lead elsewhere are left out, and those of
 * groups that Atlas knows.
 */
export function readGcpOutput(documents: readonly unknown[], expectation: Expectation): Result<GcpRegistration> {
  const rules = documents.flatMap((document) =>
    objectsWithOutputs(document).flatMap((object) => rulesIn(object, expectation)),
  );
  const [first] = rules;
  if (first === undefined) return failed(nothingIn(documents));
  const toService = rules.filter((rule) => !rule.leadsElsewhere);
  if (toService.length === 0) return failed(otherService(first.name, expectation.serviceAttachments[0] ?? '?'));
  const { groupName: chosen, registeredIds, portMapped } = expectation;
  const registeredOf = (rule: Rule): string | undefined => registeredIds.find((id) => isOfGroup(rule, id, portMapped));
  const leading = toService.filter((rule) => registeredOf(rule) === undefined);
  if (leading.length === 0) return failed(registeredBefore(toService.map(registeredOf)[0] ?? first.name));
  const own = rulesOfOne(leading, chosen, expectation);
  if (!own.ok) return own;
  const [some = first] = own.value;
  const refused = own.value.find(({ state }) => state === 'REJECTED' || state === 'CLOSED');
  if (refused !== undefined) return failed(unusableState(refused.name, refused.state ?? '?'));
  const project = expectation.gcpProjectId ?? own.value.find((rule) => rule.project)?.project;
  if (project === undefined) return failed(unreadable('no-project'));
  const registration: GcpRegistration = {
    provider: 'GCP',
    endpointGroupName: groupOf(own.value, some, chosen, expectation),
    gcpProjectId: project,
    addresses: own.value.toSorted(byAttachment).map(({ name, ipAddress }) => ({ name, ipAddress })),
  };
  const [complaint] = checkGcpRegistration(registration, expectation, isUnicastAddress);
  return complaint === undefined ? ok(registration) : failed(complaint);
}

/** `name@address` with commas, spaces or line breaks between them, as the Atlas CLI takes them. */
export function readAddressList(text: string): Result<GcpRegistration['addresses']> {
  const parts = text.split(/[\s,;]+/u).filter((part) => part !== '');
  const addresses = parts.map((part) => {
    const [name = '', ipAddress = '', ...rest] = part.split('@');
    return { name, ipAddress: [ipAddress, ...rest].join('@') };
  });
  const wrong = parts.find((_, index) => addresses[index]?.name === '' || addresses[index]?.ipAddress === '');
  return wrong === undefined && parts.length > 0
    ? ok(addresses)
    : failed(invalidInput('addresses', 'gcp-addresses', wrong ?? ''));
}

/** What is wrong with a registration; `isAddress` says which addresses will do. */
export function checkGcpRegistration(
  registration: GcpRegistration,
  expectation: { readonly serviceAttachments: readonly string[]; readonly portMapped: boolean },
  isAddress: (address: string) => boolean,
): readonly Problem[] {
  const { addresses, gcpProjectId, endpointGroupName } = registration;
  const wanted = expectation.portMapped ? 1 : expectation.serviceAttachments.length;
  const countForm = expectation.portMapped ? 'gcp-addresses-one' : 'gcp-addresses-all';
  const isTwice = (['name', 'ipAddress'] as const).some(
    (field) => new Set(addresses.map((each) => each[field])).size < addresses.length,
  );
  return [
    ...complain('gcpProjectId', 'gcp-project-id', gcpProjectId),
    ...complain('endpointGroupName', 'gcp-name', endpointGroupName),
    ...addresses.flatMap(({ name, ipAddress }) => [
      ...complain('addresses', 'gcp-name', name),
      ...(isAddress(ipAddress) ? [] : [invalidInput('addresses', 'private-address', ipAddress)]),
    ]),
    ...(isTwice ? [invalidInput('addresses', 'gcp-addresses-twice', '')] : []),
    ...(addresses.length === wanted ? [] : [invalidInput('addresses', countForm, `${addresses.length} / ${wanted}`)]),
  ];
}

function rulesIn(object: JsonObject, expectation: Expectation): readonly Rule[] {
  const group = textIn(object, 'endpoint_group_name');
  if (group !== undefined) {
    const project = textIn(object, 'project_id');
    const rules = objectsIn(object.endpoints).flatMap((each) => ruleIn(each, expectation));
    return rules.map((rule) => ({ ...rule, group, project }));
  }
  return ruleIn(object, expectation);
}

function ruleIn(object: JsonObject, expectation: Expectation): readonly Rule[] {
  const name = textIn(object, 'name');
  const ipAddress = textIn(object, 'IPAddress', 'ip_address', 'address');
  if (name === undefined || ipAddress === undefined) return [];
  const target = textIn(object, 'target');
  const place =
    target === undefined ? -1 : expectation.serviceAttachments.findIndex((each) => isSameResource(target, each));
  return [
    {
      name,
      ipAddress,
      attachment: place < 0 ? undefined : place,
      leadsElsewhere: target !== undefined && place < 0,
      state: textIn(object, 'pscConnectionStatus'),
      project: /\/projects\/([^/]+)\//u.exec(textIn(object, 'selfLink') ?? '')?.[1],
    },
  ];
}

/** A link may begin with `https://www.googleapis.com/compute/v1/`. */
function isSameResource(link: string, path: string): boolean {
  return link === path || link.endsWith(`/${path}`);
}

/**
 * The rules of one endpoint: those with the name of the group that was chosen; where none has it, those that lead to the
 * service, if they can be of one. Several endpoints to one service are usual: one in each network.
 */
function rulesOfOne(
  leading: readonly Rule[],
  chosen: string | undefined,
  { portMapped, serviceAttachments }: Expectation,
): Result<readonly Rule[]> {
  const known = leading.filter(({ attachment }) => attachment !== undefined);
  // One rule for each attachment is one endpoint, whatever their names are.
  const isWhole = new Set(known.map(({ attachment }) => attachment)).size === known.length;
  if (!portMapped && isWhole && known.length === serviceAttachments.length) return ok(known);
  const named = chosen === undefined ? [] : leading.filter((rule) => isOfGroup(rule, chosen, portMapped));
  if (named.length > 0) return ok(named);
  const rules = known.length > 0 ? known : leading;
  const groups = namesOf(rules, portMapped);
  return groups.length > 1 ? failed(unreadable('several-endpoints', groups.slice(0, 5).join(', '))) : ok(rules);
}

/** Atlas takes the rule's name for the group's in the port-mapped form; in the older one the group has any name. */
function groupOf(
  own: readonly Rule[],
  { name }: Rule,
  chosen: string | undefined,
  { portMapped }: Expectation,
): string {
  if (portMapped) return name;
  const [group = name, ...others] = namesOf(own, portMapped);
  return others.length > 0 ? (chosen ?? group) : group;
}

/** The names of the groups that the rules are of, by their own names. */
function namesOf(rules: readonly Rule[], portMapped: boolean): readonly string[] {
  return [...new Set(rules.map(({ name, group = portMapped ? name : name.replace(/-?\d+$/u, '') }) => group))];
}

function isOfGroup({ name, group: told }: Rule, group: string, portMapped: boolean): boolean {
  if (told !== undefined) return told === group;
  if (portMapped) return name === group;
  return name.startsWith(group) && /^-?\d+$/u.test(name.slice(group.length));
}

function byAttachment(one: Rule, other: Rule): number {
  const place = ({ name, attachment }: Rule): number => attachment ?? Number(/\d+$/u.exec(name)?.[0] ?? 0);
  return place(one) - place(other);
}
