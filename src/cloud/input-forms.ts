import ipaddr from 'ipaddr.js';
import type { CloudField } from '../core/cloud-choices';
import type { InputForm } from '../core/problem-codes/cloud';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';

const azureName = '[A-Za-z0-9_][A-Za-z0-9_.-]*';
const azureGroup = '[A-Za-z0-9_().-]*[A-Za-z0-9_()-]';
const azureNetwork = String.raw`/subscriptions/[0-9A-Fa-f-]{36}/resourceGroups/${azureGroup}/providers/Microsoft\.Network`;
const hex = '[0-9a-f]{8}(?:[0-9a-f]{9})?';

/**
 * Values as the clouds write them. No form allows a character that a shell, a template or an editor would take for
 * more than text, except where a cloud itself allows it in a name.
 */
const patterns: Readonly<Partial<Record<InputForm, RegExp>>> = {
  'aws-region': /^[a-z]{2}(?:-[a-z]{1,20}){1,3}-\d{1,2}$/u,
  'aws-service-name': /^com\.amazonaws\.vpce\.[a-z0-9-]{6,30}\.vpce-svc-[0-9a-f]{8}(?:[0-9a-f]{9})?$/u,
  'aws-vpc-id': new RegExp(`^vpc-${hex}$`, 'u'),
  'aws-subnet-id': new RegExp(`^subnet-${hex}$`, 'u'),
  'aws-group-id': new RegExp(`^sg-${hex}$`, 'u'),
  'aws-endpoint-id': new RegExp(`^vpce-${hex}$`, 'u'),
  // AWS allows more, but also reads `*` and `?` in a filter as placeholders, and refuses `sg-` at the beginning and the
  // name of the group that each VPC has from AWS. Names are the same in any case (EC2's CreateSecurityGroup).
  'aws-group-name': /^(?!sg-|default$)[a-z0-9][a-z0-9 ._-]{0,253}[a-z0-9._-]?$/iu,
  'aws-profile': /^[^\p{C}"'`$[\]]{1,128}$/u,
  'aws-tag-key': /^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu,
  'aws-tag-value': /^[\p{L}\p{N} _.:/=+@-]{0,256}$/u,
  'aws-client-token': /^[A-Za-z0-9-]{1,64}$/u,
  'azure-subscription-id': /^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/u,
  'azure-resource-group': new RegExp(`^(?=.{1,90}$)${azureGroup}$`, 'u'),
  'azure-location': /^[a-z0-9]{2,40}$/u,
  // Microsoft's "Naming rules and restrictions for Azure resources": subnets and connections; virtual networks have 64.
  'azure-name': /^(?=.{1,80}$)\w(?:[\w.-]*\w)?$/u,
  'azure-private-endpoint-name': /^(?=.{2,64}$)[A-Za-z0-9][\w.-]*\w$/u,
  'azure-service-id': new RegExp(`^(?=.{1,400}$)${azureNetwork}/privateLinkServices/${azureName}$`, 'iu'),
  'azure-endpoint-id': new RegExp(`^(?=.{1,400}$)${azureNetwork}/privateEndpoints/${azureName}$`, 'iu'),
  'azure-tag': /^[^\p{C}"<>%&\\?]{0,256}$/u,
  // A project of an organization that came with its own domain has that before a colon.
  'gcp-project-id': /^(?:[a-z0-9.-]{1,80}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/u,
  'gcp-name': /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/u,
  // Room for `-149` in the 63 characters of a name.
  'gcp-group-name': /^[a-z](?:[a-z0-9-]{0,57}[a-z0-9])?$/u,
  'gcp-region': /^[a-z]{2,20}-[a-z]{2,20}\d{1,2}$/u,
  'gcp-attachment': /^projects\/[a-z0-9.:-]{1,120}\/regions\/[a-z0-9-]{1,40}\/serviceAttachments\/[a-z0-9-]{1,63}$/u,
  'plain-text': /^[^\p{C}]*$/u,
};

/** Whether a value has the form. */
export function hasForm(form: InputForm, value: string): boolean {
  switch (form) {
    case 'private-address':
      return isPrivateAddress(value);
    case 'address-block':
      return isAddressBlock(value);
    default:
      return patterns[form]?.test(value) === true;
  }
}

/** The complaint about a value, in an array of none or one. */
export function complain(field: CloudField, form: InputForm, value: string): readonly Problem[] {
  return hasForm(form, value) ? [] : [invalidInput(field, form, value)];
}

/** What is wrong with a value; a long one is cut, control characters are left out. */
export function invalidInput(field: CloudField, form: InputForm, value: string): Problem {
  const shown = value.replaceAll(/\p{C}+/gu, ' ').trim();
  return problem('CLOUD_INPUT_INVALID', shown.length > 120 ? `${shown.slice(0, 119)}…` : shown, { field, form });
}

/** A block as the clouds read it: no short, octal or hexadecimal spelling, and none that begins in its middle. */
function isAddressBlock(value: string): boolean {
  const [address = '', length = '', ...rest] = value.split('/');
  const isSpelt = ipaddr.IPv4.isValidFourPartDecimal(address) || /^[\da-f.]*:[\da-f.:]*$/iu.test(address);
  if (!isSpelt || !/^(?:0|[1-9]\d*)$/u.test(length) || rest.length > 0 || !ipaddr.isValidCIDR(value)) return false;
  const [first] = ipaddr.parseCIDR(value);
  const block = first.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return first.toString() === block.networkAddressFromCIDR(value).toString();
}

/** An IPv4 address that cannot be a public one. Carrier-grade NAT's block is used inside clouds as well. */
export function isPrivateAddress(value: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(value)) return false;
  return ['private', 'carrierGradeNat'].includes(ipaddr.IPv4.parse(value).range());
}

/** An IPv4 address that a machine in a network can have, public ones that are used inside included. */
export function isUnicastAddress(value: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(value)) return false;
  return ['private', 'carrierGradeNat', 'unicast', 'reserved', 'benchmarking'].includes(
    ipaddr.IPv4.parse(value).range(),
  );
}
