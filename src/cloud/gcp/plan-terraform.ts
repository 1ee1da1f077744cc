import type { GcpEndpointChoices } from '../../core/cloud-choices';
import type { CommandPlan } from '../../core/command-plan';
import type { Expression, HclBlock, HclItem, HclValue } from '../terraform/hcl';
import { expression } from '../terraform/hcl';
import { neverReplace } from '../terraform/never-replace';
import { endpointLabel, planEndpointFile } from '../terraform/plan-endpoint-file';
import { networkPath, rulesOf, subnetPath } from './rule-names';

/**
 * Addresses and forwarding rules by Terraform, in either form. They are named after their place in Google Cloud, where the
 * group's name is their own.
 */
export function planGcpTerraform(choices: GcpEndpointChoices): CommandPlan {
  const { projectId, region, groupName } = choices;
  const label = endpointLabel(groupName, [projectId, region, groupName]);
  const [addresses, rules] = [`google_compute_address.${label}`, `google_compute_forwarding_rule.${label}`];
  return planEndpointFile({
    kind: 'private-service-connect',
    label,
    provider: {
      name: 'google',
      version: '4.80',
      body: [
        ['project', projectId],
        ['region', region],
      ],
    },
    blocks: [
      {
        block: 'locals',
        body: [[label, { map: rulesOf(choices).map((rule) => [rule.name, rule.attachment] as const) }]],
      },
      ...gcpRuleBlocks(label, {
        provider: expression(`google.${label}`),
        rules: expression(`local.${label}`),
        projectId,
        region,
        network: networkPath(choices),
        subnetwork: subnetPath(choices),
        globalAccess: choices.globalAccess,
      }),
    ],
    output: {
      map: [
        ['endpoint_group_name', groupName],
        ['project_id', projectId],
        [
          'endpoints',
          expression(
            `[for name, rule in ${rules} : { name = name, ip_address = ${addresses}[name].address, target = rule.target }]`,
          ),
        ],
      ],
    },
  });
}

/**
 * An address and a forwarding rule for each entry of a map from their name to the service attachment, or of those that
 * exist to `{ ip_address, target }`.
 */
export function gcpRuleBlocks(
  label: string,
  group: {
    /** A reference such as `google.alias`; absent for the configuration without an alias. */
    readonly provider?: Expression;
    readonly rules: HclValue;
    readonly projectId: HclValue;
    readonly region: string;
    readonly network: HclValue;
    readonly subnetwork: HclValue;
    readonly globalAccess: boolean;
    /** They exist, and not all of them is known here: what is not stays as it is. */
    readonly takenOver?: boolean;
  },
): readonly HclBlock[] {
  const { takenOver = false } = group;
  const every: readonly HclItem[] = [
    ...(group.provider === undefined ? [] : [['provider', group.provider] satisfies HclItem]),
    ['for_each', group.rules],
  ];
  const place: readonly HclItem[] = [
    ['project', group.projectId],
    ['region', group.region],
  ];
  return [
    {
      block: 'resource',
      labels: ['google_compute_address', label],
      body: [
        ...every,
        ['name', expression('each.key')],
        ...place,
        ['address_type', 'INTERNAL'],
        ...(takenOver ? [['address', expression('each.value.ip_address')] satisfies HclItem] : []),
        ['subnetwork', group.subnetwork],
        neverReplace(takenOver ? ['description', 'labels'] : []),
      ],
    },
    {
      block: 'resource',
      labels: ['google_compute_forwarding_rule', label],
      body: [
        ...every,
        ['name', expression('each.key')],
        ...place,
        ['network', group.network],
        ['ip_address', expression(`google_compute_address.${label}[each.key].id`)],
        ['target', expression(takenOver ? 'each.value.target' : 'each.value')],
        ['load_balancing_scheme', ''],
        ...(group.globalAccess ? [['allow_psc_global_access', true] satisfies HclItem] : []),
        neverReplace(takenOver ? ['allow_psc_global_access', 'description', 'labels'] : []),
      ],
    },
  ];
}
