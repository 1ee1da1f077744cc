import { createHash } from 'node:crypto';
import type { CommandPlan } from '../../core/command-plan';
import type { HclBlock, HclItem, HclValue } from './hcl';
import { planTerraformFile } from './plan-terraform-file';

/**
 * What everything in the Terraform of one endpoint is named after: the same for the same endpoint, and another for every
 * other one. `name` is for people, `identity` is what tells the endpoint from all others.
 */
export function endpointLabel(name: string, identity: readonly string[]): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/gu) ?? [];
  const readable = words.join('_').slice(0, 40);
  const hash = createHash('sha256').update(identity.join('\n')).digest('hex').slice(0, 8);
  return `${/^[a-z]/u.test(readable) ? readable : `endpoint_${readable}`}_${hash}`;
}

/**
 * The Terraform of one endpoint on the customer's side, as a file that can stand in a folder with others and with
 * whatever is there: its resources, its provider and its output have the names of the endpoint, and it has no settings of
 * Terraform, of which a folder takes one block for each provider only.
 */
export function planEndpointFile({
  kind,
  label,
  provider,
  blocks,
  output,
}: {
  /** What it makes: the beginning of the file's name. */
  readonly kind: string;
  readonly label: string;
  readonly provider: {
    readonly name: 'aws' | 'azurerm' | 'google';
    /** From which version on it has all arguments that are written. */
    readonly version: string;
    readonly body: readonly HclItem[];
  };
  readonly blocks: readonly HclBlock[];
  /** What `readCloudOutput` reads. */
  readonly output: HclValue;
}): CommandPlan {
  const settings: HclBlock = {
    comment: [
      `Needs hashicorp/${provider.name} ${provider.version} or newer.`,
      'All names are of this endpoint alone: files of others can stand beside this one.',
      '',
      'While its resources stand here, Terraform refuses to destroy them. To remove the endpoint, delete every block',
      'here but this one, run "terraform apply", remove the endpoint at Atlas, and delete the file.',
    ].join('\n'),
    block: 'provider',
    labels: [provider.name],
    body: [['alias', label], ...provider.body],
  };
  return planTerraformFile(
    'create-endpoint',
    `${kind}-${label.replaceAll('_', '-')}.tf`,
    [settings, ...blocks, { block: 'output', labels: [label], body: [['value', output]] }],
    label,
  );
}
