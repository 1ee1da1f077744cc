import type { EC2Client, IpPermission } from '@aws-sdk/client-ec2';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2';
import type { AwsSecurityGroup } from '../../core/cloud';
import type { AwsRuleSources } from '../../core/cloud-choices';
import { delay, systemClock } from '../../core/clock';
import { problem, ProblemError, problemOf } from '../../core/problem';
import { endpointPorts, portsNotAllowed } from '../../core/security-group';
import type { Ask } from './ask';
import { toSecurityGroups, toTags } from './described';
import { ownTag, securityGroupDescription } from './tags';

interface GroupRequest {
  readonly vpcId: string;
  readonly name: string;
  readonly sources: AwsRuleSources;
  readonly tags: Readonly<Record<string, string>>;
}

interface FoundGroup {
  readonly group: AwsSecurityGroup;
  readonly isOurs: boolean;
}

/** A new group is not seen at once by every part of EC2 (its documentation: Eventual consistency). Milliseconds. */
const propagation = { attempts: 12, pause: 1000 } as const;

/**
 * The group of this name in the VPC with TCP 1024–65535 inbound from the sources; made, or completed when it is one of
 * ours. `AWS_GROUP_NAME_TAKEN` when it is somebody else's and does not let all of the sources in.
 */
export async function ensureGroup(
  ec2: EC2Client,
  ask: Ask,
  request: GroupRequest,
  signal?: AbortSignal,
): Promise<AwsSecurityGroup> {
  const present = (await findGroup(ec2, ask, request, signal)) ?? (await createGroup(ec2, ask, request, signal));
  const missing = missingPermissions(present.group, request.sources);
  if (missing.length === 0) return present.group;
  if (!present.isOurs) {
    throw new ProblemError(problem('AWS_GROUP_NAME_TAKEN', request.name, { field: 'securityGroup' }));
  }
  for (const permission of missing) await authorize(ec2, ask, present.group.id, permission, signal);
  return (await findGroup(ec2, ask, request, signal))?.group ?? present.group;
}

/**
 * Adds what is missing for the sources to a group that is there, whoever made it: the person has named it. Answers with
 * the group as it is then; `AWS_NOT_FOUND` when there is none.
 */
export async function allowInbound(
  ec2: EC2Client,
  ask: Ask,
  groupId: string,
  sources: AwsRuleSources,
  signal?: AbortSignal,
): Promise<AwsSecurityGroup> {
  const look = async (): Promise<AwsSecurityGroup> => {
    const [found] = await describe(ec2, ask, { 'group-id': groupId }, signal);
    if (found === undefined) throw new ProblemError(problem('AWS_NOT_FOUND', groupId, { field: 'securityGroup' }));
    return found.group;
  };
  const before = await look();
  const missing = missingPermissions(before, sources);
  for (const permission of missing) await authorize(ec2, ask, groupId, permission, signal);
  return missing.length === 0 ? before : await look();
}

/** Deletes a group that carries our tag; any other stays, and one that is gone is gone. */
export async function deleteOwnGroup(ec2: EC2Client, ask: Ask, groupId: string, signal?: AbortSignal): Promise<void> {
  const context = { task: 'delete-group', subject: groupId } as const;
  const [found] = await describe(ec2, ask, { 'group-id': groupId }, signal);
  if (found?.isOurs !== true) return;
  try {
    await ask({ ...context, action: 'ec2:DeleteSecurityGroup' }, signal, (abort) =>
      ec2.send(new DeleteSecurityGroupCommand({ GroupId: groupId }), abort),
    );
  } catch (error) {
    if (problemOf(error)?.code !== 'AWS_NOT_FOUND') throw error;
  }
}

/** Asks AWS without doing anything whether a group may be made. */
export async function checkGroupPermissions(
  ec2: EC2Client,
  ask: Ask,
  vpcId: string,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  const context = { task: 'create-group', action: 'ec2:CreateSecurityGroup', subject: name } as const;
  await ask(context, signal, async (abort) => {
    try {
      await ec2.send(new CreateSecurityGroupCommand({ ...creation({ vpcId, name, tags: {} }), DryRun: true }), abort);
    } catch (error) {
      // Whether there is a group of this name already is not the question.
      if (!(error instanceof Error) || !['DryRunOperation', 'InvalidGroup.Duplicate'].includes(error.name)) throw error;
    }
  });
}

async function findGroup(
  ec2: EC2Client,
  ask: Ask,
  { vpcId, name }: Pick<GroupRequest, 'vpcId' | 'name'>,
  signal?: AbortSignal,
): Promise<FoundGroup | undefined> {
  const found = await describe(ec2, ask, { 'vpc-id': vpcId, 'group-name': name }, signal);
  return found.find(({ group }) => group.name === name);
}

function describe(
  ec2: EC2Client,
  ask: Ask,
  filters: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<readonly FoundGroup[]> {
  const Filters = Object.entries(filters).map(([Name, value]) => ({ Name, Values: [value] }));
  const context = {
    task: 'create-group',
    action: 'ec2:DescribeSecurityGroups',
    subject: Object.values(filters).join(' '),
  } as const;
  return ask.pages(context, signal, async (NextToken, abort) => {
    const page = await ec2.send(new DescribeSecurityGroupsCommand({ Filters, NextToken }), abort);
    const items = (page.SecurityGroups ?? []).flatMap((raw) =>
      toSecurityGroups([raw]).map((group) => ({ group, isOurs: Object.hasOwn(toTags(raw.Tags), ownTag) })),
    );
    return { items, next: page.NextToken };
  });
}

async function createGroup(ec2: EC2Client, ask: Ask, request: GroupRequest, signal?: AbortSignal): Promise<FoundGroup> {
  const context = { task: 'create-group', action: 'ec2:CreateSecurityGroup', subject: request.name } as const;
  try {
    await ask(context, signal, (abort) => ec2.send(new CreateSecurityGroupCommand(creation(request)), abort));
  } catch (error) {
    // Another window, or an attempt whose answer was lost, was faster.
    if (problemOf(error)?.code !== 'AWS_GROUP_NAME_TAKEN') throw error;
  }
  for (let attempt = 1; ; attempt += 1) {
    const found = await findGroup(ec2, ask, request, signal);
    if (found !== undefined) return found;
    if (attempt === propagation.attempts) {
      throw new ProblemError(problem('AWS_NOT_FOUND', request.name, { field: 'securityGroup' }));
    }
    await delay(systemClock, propagation.pause, signal);
  }
}

function creation({ vpcId, name, tags }: Omit<GroupRequest, 'sources'>): CreateSecurityGroupCommand['input'] {
  const all = Object.entries({ ...tags, [ownTag]: 'true' });
  return {
    VpcId: vpcId,
    GroupName: name,
    Description: securityGroupDescription,
    TagSpecifications: [{ ResourceType: 'security-group', Tags: all.map(([Key, Value]) => ({ Key, Value })) }],
  };
}

/** A permission for each source that may not connect on the whole range yet. */
function missingPermissions(group: AwsSecurityGroup, { cidrs, groupIds }: AwsRuleSources): readonly IpPermission[] {
  const ports = { IpProtocol: 'tcp', FromPort: endpointPorts.from, ToPort: endpointPorts.to };
  return [
    ...cidrs
      .filter((cidr) => portsNotAllowed(group.inbound, { cidr }).length > 0)
      .map((cidr) =>
        cidr.includes(':')
          ? { ...ports, Ipv6Ranges: [{ CidrIpv6: cidr }] }
          : { ...ports, IpRanges: [{ CidrIp: cidr }] },
      ),
    ...groupIds
      .filter((id) => portsNotAllowed(group.inbound, { groupIds: [id] }).length > 0)
      .map((GroupId) => ({ ...ports, UserIdGroupPairs: [{ GroupId }] })),
  ];
}

/** One permission a request: AWS refuses one that holds a rule that is there already as a whole. */
async function authorize(
  ec2: EC2Client,
  ask: Ask,
  groupId: string,
  permission: IpPermission,
  signal?: AbortSignal,
): Promise<void> {
  const context = { task: 'create-group', action: 'ec2:AuthorizeSecurityGroupIngress', subject: groupId } as const;
  await ask(context, signal, async (abort) => {
    try {
      await ec2.send(
        new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [permission] }),
        abort,
      );
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'InvalidPermission.Duplicate') throw error;
    }
  });
}
