import type { GcpEndpointChoices } from '../../core/cloud-choices';
import type { CommandPlan } from '../../core/command-plan';
import type { HclBlock, HclItem, HclValue } from '../terraform/hcl';
import { expression } from '../terraform/hcl';
import { neverReplace } from '../terraform/never-replace';
import { planTerraformFile } from '../terraform/plan-terraform-file';
import { networkPath, rulesOf, subnetPath } from './rule-names';

/** Addresses and forwarding rules by Terraform, in either form. */
export function planGcpTerraform(choices: GcpEndpointChoices): CommandPlan {
  return planTerraformFile('create-endpoint', 'private-service-connect.tf', [
    {
      block: 'terraform',
      body: [
        {
          block: 'required_providers',
          body: [
            [
              'google',
              {
                map: [
                  ['source', 'hashicorp/google'],
                  ['version', '>= 4.80'],
                ],
              },
            ],
          ],
        },
      ],
    },
    {
      block: 'provider',
      labels: ['google'],
      body: [
        ['project', choices.projectId],
        ['region', choices.region],
      ],
    },
    {
      block: 'locals',
      body: [['attachments', { map: rulesOf(choices).map((rule) => [rule.name, rule.attachment] as const) }]],
    },
    ...gcpRuleBlocks('this', {
      rules: expression('local.attachments'),
      projectId: choices.projectId,
      region: choices.region,
      network: networkPath(choices),
      subnetwork: subnetPath(choices),
      globalAccess: choices.globalAccess,
    }),
    {
      block: 'output',
      labels: ['endpoints'],
      body: [
        [
          'value',
          expression(
            '[for name, address in google_compute_address.this : { name = name, ip_address = address.address }]',
          ),
        ],
      ],
    },
    { block: 'output', labels: ['project_id'], body: [['value', choices.projectId]] },
    { block: 'output', labels: ['endpoint_group_name'], body: [['value', choices.groupName]] },
  ]);
}

/**
 * An address and a forwarding rule for each entry of a map from their name to the service attachment, or of those that
 * exist to `{ ip_address, target }`.
 */
export function gcpRuleBlocks(
  label: string,
  group: {
    readonly rules: HclValue;
    readonly projectId: HclValue;
    readonly region: string;
    readonly network: HclValue;
    readonly subnetwork: HclValue;
    readonly globalAccess: boolean;
    /** They exist, and not all of them is known here: neither replaced, nor changed in what is not. */
    readonly takenOver?: boolean;
  },
): readonly HclBlock[] {
  const { takenOver = false } = group;
  const place: readonly HclItem[] = [
    ['project', group.projectId],
    ['region', group.region],
  ];
  return [
    {
      block: 'resource',
      labels: ['google_compute_address', label],
      body: [
        ['for_each', group.rules],
        ['name', expression('each.key')],
        ...place,
        ['address_type', 'INTERNAL'],
        ...(takenOver ? [['address', expression('each.value.ip_address')] satisfies HclItem] : []),
        ['subnetwork', group.subnetwork],
        ...(takenOver ? [neverReplace(['description', 'labels'])] : []),
      ],
    },
    {
      block: 'resource',
      labels: ['google_compute_forwarding_rule', label],
      body: [
        ['for_each', group.rules],
        ['name', expression('each.key')],
        ...place,
        ['network', group.network],
        ['ip_address', expression(`google_compute_address.${label}[each.key].id`)],
        ['target', expression(takenOver ? 'each.value.target' : 'each.value')],
        ['load_balancing_scheme', ''],
        ...(group.globalAccess ? [['allow_psc_global_access', true] satisfies HclItem] : []),
        ...(takenOver ? [neverReplace(['allow_psc_global_access', 'description', 'labels'])] : []),
      ],
    },
  ];
}
