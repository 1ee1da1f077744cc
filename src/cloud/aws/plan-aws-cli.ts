import type { AwsEndpointChoices, CloudEndpointRef } from '../../core/cloud-choices';
import { endpointPorts } from '../../core/security-group';
import { flag } from '../flag';
import type { CommandPlan } from '../../core/command-plan';
import type { Statement, Word } from '../shell';
import { renderStatements } from '../shell';
import { allTags, ownTag, securityGroupDescription } from './tags';

/**
 * The interface endpoint by the AWS CLI, version 1 or 2. Run again it makes nothing twice: the client token leads to
 * the endpoint that is there, and the security group is looked for by name and our tag first.
 */
export function planAwsCli(choices: AwsEndpointChoices): CommandPlan {
  const group: Word = { variable: 'groupId' };
  const { securityGroup } = choices;
  return {
    tool: 'aws-cli',
    title: 'create-endpoint',
    shells: renderStatements([
      ...(securityGroup.kind === 'new' ? ensureGroup(choices, securityGroup) : []),
      {
        kind: 'run',
        words: [
          ...awsEc2(choices, 'create-vpc-endpoint'),
          '--vpc-endpoint-type',
          'Interface',
          ...flag('vpc-id', choices.vpcId),
          ...flag('service-name', choices.serviceName),
          ...(choices.serviceRegion === undefined ? [] : flag('service-region', choices.serviceRegion)),
          '--subnet-ids',
          ...choices.subnets.map(({ id }) => id),
          '--security-group-ids',
          ...(securityGroup.kind === 'existing' ? securityGroup.ids : [group]),
          '--no-private-dns-enabled',
          ...flag('client-token', choices.clientToken),
          ...tagSpecifications('vpc-endpoint', allTags(choices)),
          ...flag('output', 'json'),
        ],
      },
    ]),
    printsRegistration: true,
  };
}

/** Describes an endpoint, in the form that can be pasted. */
export function planAwsCliDescribe(ref: CloudEndpointRef): CommandPlan {
  return {
    tool: 'aws-cli',
    title: 'describe-endpoint',
    shells: renderStatements([
      {
        kind: 'run',
        words: [
          ...awsEc2(ref, 'describe-vpc-endpoints'),
          ...flag('vpc-endpoint-ids', ref.endpointId),
          ...flag('output', 'json'),
        ],
      },
    ]),
    printsRegistration: true,
  };
}

/** `aws ec2 …` in the region, and as the profile if one is chosen. */
export function awsEc2(place: AwsPlace, ...command: readonly string[]): readonly string[] {
  return ['aws', 'ec2', ...command, ...awsPlace(place)];
}

interface AwsPlace {
  readonly region: string;
  readonly profile?: string;
}

/** The flags for the region, and for the profile if one is chosen. */
export function awsPlace({ region, profile }: AwsPlace): readonly string[] {
  return [...flag('region', region), ...(profile === undefined ? [] : flag('profile', profile))];
}

function ensureGroup(
  choices: AwsEndpointChoices,
  group: Extract<AwsEndpointChoices['securityGroup'], { kind: 'new' }>,
): readonly Statement[] {
  const groupId: Word = { variable: 'groupId' };
  return [
    {
      kind: 'capture',
      variable: 'groupId',
      words: [
        ...awsEc2(choices, 'describe-security-groups'),
        '--filters',
        `Name=vpc-id,Values=${choices.vpcId}`,
        `Name=group-name,Values=${shorthand(group.name)}`,
        // Another's group of this name is left alone: to make ours is refused then (`InvalidGroup.Duplicate`).
        `Name=tag-key,Values=${ownTag}`,
        ...flag('query', 'SecurityGroups[0].GroupId'),
        ...flag('output', 'text'),
      ],
    },
    {
      kind: 'whenNone',
      variable: 'groupId',
      then: [
        {
          kind: 'capture',
          variable: 'groupId',
          words: [
            ...awsEc2(choices, 'create-security-group'),
            ...flag('vpc-id', choices.vpcId),
            ...flag('group-name', group.name),
            ...flag('description', securityGroupDescription),
            ...tagSpecifications('security-group', [...Object.entries(choices.tags), [ownTag, 'true']]),
            ...flag('query', 'GroupId'),
            ...flag('output', 'text'),
          ],
        },
        { kind: 'run', words: [...awsEc2(choices, 'wait', 'security-group-exists'), '--group-ids', groupId] },
      ],
    },
    // A request for each source: AWS refuses one that holds a rule that is there already as a whole.
    ...sourcesOf(group).map((source): Statement => ({
      kind: 'tolerate',
      error: 'InvalidPermission.Duplicate',
      words: [
        ...awsEc2(choices, 'authorize-security-group-ingress'),
        '--group-id',
        groupId,
        '--ip-permissions',
        `IpProtocol=tcp,FromPort=${endpointPorts.from},ToPort=${endpointPorts.to},${source}`,
      ],
    })),
  ];
}

function sourcesOf({
  sources,
}: {
  readonly sources: { readonly cidrs: readonly string[]; readonly groupIds: readonly string[] };
}): readonly string[] {
  return [
    ...sources.cidrs.map((cidr) =>
      cidr.includes(':') ? `Ipv6Ranges=[{CidrIpv6=${cidr}}]` : `IpRanges=[{CidrIp=${cidr}}]`,
    ),
    ...sources.groupIds.map((id) => `UserIdGroupPairs=[{GroupId=${id}}]`),
  ];
}

function tagSpecifications(type: string, tags: Iterable<readonly [string, string]>): readonly string[] {
  const list = [...tags].map(([key, value]) => `{Key=${shorthand(key)},Value=${shorthand(value)}}`).join(',');
  return ['--tag-specifications', `ResourceType=${type},Tags=[${list}]`];
}

/** A value in the AWS CLI's shorthand syntax. */
export function shorthand(value: string): string {
  return /^[A-Za-z0-9._:/@+-]+$/u.test(value) ? value : `'${value.replaceAll("'", String.raw`\'`)}'`;
}
