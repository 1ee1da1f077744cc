import type { AwsRule, AwsSecurityGroup } from '../../core/cloud';
import type { AwsEndpointChoices } from '../../core/cloud-choices';
import { endpointPorts } from '../../core/security-group';
import type { CommandPlan } from '../../core/command-plan';
import { neverReplace } from '../terraform/never-replace';
import { endpointLabel, planEndpointFile } from '../terraform/plan-endpoint-file';
import type { Expression, HclBlock, HclItem, HclValue } from '../terraform/hcl';
import { expression } from '../terraform/hcl';
import { allTags, securityGroupDescription } from './tags';

/**
 * The interface endpoint by Terraform, with the security group if a new one is chosen. It is named after what it is wanted
 * for: one that was deleted since is made anew from the same file, which the next client token would not be in.
 */
export function planAwsTerraform(choices: AwsEndpointChoices): CommandPlan {
  const { securityGroup } = choices;
  const label = endpointLabel('atlas', [choices.purpose]);
  const resource = `aws_vpc_endpoint.${label}`;
  return planEndpointFile({
    kind: 'interface-endpoint',
    label,
    provider: {
      name: 'aws',
      // From this version on with `service_region`.
      version: '5.82',
      body: [
        ['region', choices.region],
        ...(choices.profile === undefined ? [] : ([['profile', choices.profile]] as const)),
      ],
    },
    blocks: [
      ...(securityGroup.kind === 'new' ? securityGroupBlocks(label, choices, securityGroup) : []),
      awsEndpointBlock(label, {
        provider: expression(`aws.${label}`),
        vpcId: choices.vpcId,
        serviceName: choices.serviceName,
        ...(choices.serviceRegion === undefined ? {} : { serviceRegion: choices.serviceRegion }),
        subnetIds: choices.subnets.map(({ id }) => id),
        securityGroupIds:
          securityGroup.kind === 'existing' ? securityGroup.ids : [expression(`aws_security_group.${label}.id`)],
        tags: allTags(choices),
      }),
    ],
    output: {
      map: [
        ['endpoint_id', expression(`${resource}.id`)],
        ['service_name', expression(`${resource}.service_name`)],
        ['state', expression(`${resource}.state`)],
      ],
    },
  });
}

/** Resource `aws_vpc_endpoint` for a service of Atlas. */
export function awsEndpointBlock(
  label: string,
  endpoint: {
    /** A reference such as `aws.alias`; absent for the configuration without an alias. */
    readonly provider?: Expression;
    readonly vpcId: string;
    readonly serviceName: HclValue;
    readonly serviceRegion?: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly HclValue[];
    readonly tags: Iterable<readonly [string, string]>;
  },
): HclBlock {
  const tags = [...endpoint.tags].filter(([key]) => !key.startsWith('aws:'));
  return {
    block: 'resource',
    labels: ['aws_vpc_endpoint', label],
    body: [
      ...(endpoint.provider === undefined ? [] : [['provider', endpoint.provider] satisfies HclItem]),
      ['vpc_id', endpoint.vpcId],
      ['service_name', endpoint.serviceName],
      ...(endpoint.serviceRegion === undefined ? [] : [['service_region', endpoint.serviceRegion] satisfies HclItem]),
      ['vpc_endpoint_type', 'Interface'],
      ['subnet_ids', endpoint.subnetIds],
      ['security_group_ids', endpoint.securityGroupIds],
      ['private_dns_enabled', false],
      ...(tags.length === 0 ? [] : [['tags', { map: tags }] satisfies HclItem]),
      neverReplace(),
    ],
  };
}

/** A security group that exists, with its rules in it: one import takes over all of it. */
export function awsGroupBlock(label: string, group: AwsSecurityGroup, provider?: Expression): HclBlock {
  const tags = Object.entries(group.tags ?? {}).filter(([key]) => !key.startsWith('aws:'));
  const rules = (name: 'ingress' | 'egress', list: readonly AwsRule[]): readonly HclBlock[] =>
    list.flatMap(byDescription).map((rule) => ({ block: name, body: ruleBody(rule, group.id) }));
  return {
    block: 'resource',
    labels: ['aws_security_group', label],
    body: [
      ...(provider === undefined ? [] : [['provider', provider] satisfies HclItem]),
      ['name', group.name],
      ...(group.description === undefined ? [] : [['description', group.description] satisfies HclItem]),
      ['vpc_id', group.vpcId],
      ...(tags.length === 0 ? [] : [['tags', { map: tags }] satisfies HclItem]),
      ...rules('ingress', group.inbound),
      ...rules('egress', group.outbound),
      neverReplace(),
    ],
  };
}

/**
 * A rule for each description, with the sources that have it. The provider reads them so, and takes a source with
 * another description for one to revoke and authorize anew.
 */
function byDescription(rule: AwsRule): readonly (AwsRule & { readonly description: string })[] {
  const { cidrs, groupIds, prefixListIds, descriptions = {} } = rule;
  const of = (source: string): string => descriptions[source] ?? '';
  const all = new Set([...cidrs, ...groupIds, ...prefixListIds].map(of));
  return [...all].map((description) => {
    const has = (source: string): boolean => of(source) === description;
    return {
      ...rule,
      description,
      cidrs: cidrs.filter(has),
      groupIds: groupIds.filter(has),
      prefixListIds: prefixListIds.filter(has),
    };
  });
}

function ruleBody(
  { description, protocol, fromPort, toPort, cidrs, groupIds, prefixListIds }: ReturnType<typeof byDescription>[number],
  own: string,
): readonly HclItem[] {
  const list = (name: string, values: readonly string[]): readonly HclItem[] =>
    values.length === 0 ? [] : [[name, values]];
  return [
    ...(description === '' ? [] : [['description', description] satisfies HclItem]),
    ['protocol', protocol],
    // The provider writes 0 for all ports.
    ['from_port', fromPort ?? 0],
    ['to_port', toPort ?? 0],
    ...list(
      'cidr_blocks',
      cidrs.filter((cidr) => !cidr.includes(':')),
    ),
    ...list(
      'ipv6_cidr_blocks',
      cidrs.filter((cidr) => cidr.includes(':')),
    ),
    ...list('prefix_list_ids', prefixListIds),
    ...list(
      'security_groups',
      groupIds.filter((id) => id !== own),
    ),
    // A rule about the group itself has a name of its own there.
    ...(groupIds.includes(own) ? [['self', true] satisfies HclItem] : []),
  ];
}

function securityGroupBlocks(
  label: string,
  choices: AwsEndpointChoices,
  group: Extract<AwsEndpointChoices['securityGroup'], { kind: 'new' }>,
): readonly HclBlock[] {
  const provider: HclItem = ['provider', expression(`aws.${label}`)];
  const rule = (name: string, source: readonly [name: string, value: string]): HclBlock => ({
    block: 'resource',
    labels: ['aws_vpc_security_group_ingress_rule', `${label}_${name}`],
    body: [
      provider,
      ['security_group_id', expression(`aws_security_group.${label}.id`)],
      ['ip_protocol', 'tcp'],
      ['from_port', endpointPorts.from],
      ['to_port', endpointPorts.to],
      source,
    ],
  });
  return [
    {
      block: 'resource',
      labels: ['aws_security_group', label],
      body: [
        provider,
        ['name', group.name],
        ['description', securityGroupDescription],
        ['vpc_id', choices.vpcId],
        ['tags', { map: allTags(choices) }],
        neverReplace(),
      ],
    },
    ...group.sources.cidrs.map((cidr, index) =>
      rule(`block_${index + 1}`, [cidr.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4', cidr]),
    ),
    ...group.sources.groupIds.map((id, index) => rule(`group_${index + 1}`, ['referenced_security_group_id', id])),
  ];
}
