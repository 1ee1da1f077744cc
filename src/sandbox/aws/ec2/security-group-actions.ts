import type { AwsSecurityGroup, AwsVpc } from '../../world/world';
import { isShutIn } from '../../network/client';
import type { ActionContext, AwsAction } from '../action';
import { requiredText, textOf, valuesOf } from '../query';
import { AwsRefusal } from '../refusal';
import { listing, usualPaging } from './listing';
import { findGroup, findVpc, groupNotFound } from './lookup';
import type { Direction, SingleRule } from './security-group-rules';
import {
  nameRule,
  readRules,
  rulesOf,
  singleRules,
  toWorldRule,
  viewPermissions,
  viewRule,
} from './security-group-rules';
import { readTagSpecification, taggingPermission, tagSet } from './tags';
import { endpointState } from './vpc-endpoint';

/** Rules of a security group in each direction (Amazon VPC quotas). */
const ruleQuota = 60;

function defaultVpc({ region }: ActionContext): AwsVpc {
  const found = [...region.vpcs.values()].find(({ isDefault }) => isDefault);
  if (found === undefined) throw new AwsRefusal('VPCIdNotSpecified', 'No default VPC for this user');
  return found;
}

/** The group that `GroupId` names, or `GroupName` in the default VPC. */
function groupOf(context: ActionContext): AwsSecurityGroup {
  const id = textOf(context.query, 'GroupId');
  if (id !== undefined) return findGroup(context, id);
  const name = textOf(context.query, 'GroupName');
  if (name === undefined) throw new AwsRefusal('MissingParameter', 'Missing parameter, you need groupName or groupId');
  const vpc = defaultVpc(context);
  const found = [...context.region.securityGroups.values()].find(
    (group) => group.vpcId === vpc.id && group.name === name,
  );
  if (found === undefined) throw groupNotFound(name);
  return found;
}

const allowed = /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/;

function checkText(parameter: string, value: string): void {
  if (allowed.test(value)) return;
  throw new AwsRefusal(
    'InvalidParameterValue',
    `Invalid value for ${parameter}. Character sets beyond a-zA-Z0-9. _-:/()#,@[]+=&;{}!$* are not supported, and it is at most 255 characters long.`,
  );
}

const createSecurityGroup: AwsAction = {
  name: 'CreateSecurityGroup',
  resource: 'security-group',
  alsoNeeds: taggingPermission,
  parameters: ['GroupDescription', 'GroupName', 'TagSpecification', 'VpcId'],
  prepare: (context) => {
    const { world, region, query } = context;
    const name = requiredText(query, 'GroupName');
    const description = requiredText(query, 'GroupDescription');
    checkText('groupName', name);
    checkText('groupDescription', description);
    if (name.startsWith('sg-') || name === 'default') {
      const why = name === 'default' ? 'is reserved' : 'may not start with sg-';
      throw new AwsRefusal('InvalidParameterValue', `Value (${name}) for parameter GroupName is invalid. It ${why}.`);
    }
    const vpcId = textOf(query, 'VpcId');
    const vpc = vpcId === undefined ? defaultVpc(context) : findVpc(context, vpcId, 'ID');
    if ([...region.securityGroups.values()].some((group) => group.vpcId === vpc.id && group.name === name)) {
      throw new AwsRefusal('InvalidGroup.Duplicate', `The security group '${name}' already exists for VPC '${vpc.id}'`);
    }
    const tags = readTagSpecification(query, 'security-group');
    return () => {
      const group: AwsSecurityGroup = {
        id: world.ids.aws('sg'),
        vpcId: vpc.id,
        name,
        description,
        tags,
        inbound: [],
        outbound: [{ protocol: '-1', fromPort: -1, toPort: -1, cidrs: ['0.0.0.0/0'], groupIds: [] }],
      };
      region.securityGroups.set(group.id, group);
      return {
        return: true,
        groupId: group.id,
        securityGroupArn: `arn:aws:ec2:${region.name}:${world.aws.accountId}:security-group/${group.id}`,
        tagSet: tagSet(tags),
      };
    };
  },
};

const deleteSecurityGroup: AwsAction = {
  name: 'DeleteSecurityGroup',
  resource: 'security-group',
  parameters: ['GroupId', 'GroupName'],
  prepare: (context) => {
    const { world, region } = context;
    const group = groupOf(context);
    if (group.name === 'default') {
      throw new AwsRefusal(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      );
    }
    const attached = [...region.vpcEndpoints.values()].some(
      (endpoint) => endpoint.securityGroupIds.includes(group.id) && endpointState(world, endpoint) !== 'deleted',
    );
    const named = [...region.securityGroups.values()].some(
      (other) =>
        other !== group && singleRules(other).some(({ peer }) => 'groupId' in peer && peer.groupId === group.id),
    );
    if (attached || named) {
      throw new AwsRefusal('DependencyViolation', `resource ${group.id} has a dependent object`);
    }
    return () => {
      region.securityGroups.delete(group.id);
      return { return: true, groupId: group.id };
    };
  },
};

const ruleParameters = ['CidrIp', 'FromPort', 'GroupId', 'GroupName', 'IpPermissions', 'IpProtocol', 'ToPort'];

function authorize(direction: Direction): AwsAction {
  return {
    name: direction === 'inbound' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress',
    resource: 'security-group',
    parameters: ruleParameters,
    prepare: (context) => {
      const group = groupOf(context);
      const present = rulesOf(group, direction);
      const added = readRules(context, group, direction);
      const seen = new Set(present.map(({ id }) => id));
      for (const rule of added) {
        if (seen.has(rule.id)) {
          throw new AwsRefusal('InvalidPermission.Duplicate', `the specified rule "${nameRule(rule)}" already exists`);
        }
        seen.add(rule.id);
      }
      if (seen.size > ruleQuota) {
        throw new AwsRefusal(
          'RulesPerSecurityGroupLimitExceeded',
          'The maximum number of rules per security group has been reached.',
        );
      }
      return () => {
        group[direction] = [...group[direction], ...added.map(toWorldRule)];
        const accountId = context.world.aws.accountId;
        return { return: true, securityGroupRuleSet: added.map((rule) => viewRule(rule, accountId)) };
      };
    },
  };
}

/** Takes away the rules that ids or `IpPermissions` name. */
function revoke(direction: Direction): AwsAction {
  return {
    name: direction === 'inbound' ? 'RevokeSecurityGroupIngress' : 'RevokeSecurityGroupEgress',
    resource: 'security-group',
    parameters: [...ruleParameters, 'SecurityGroupRuleId'],
    prepare: (context) => {
      const group = groupOf(context);
      const present = rulesOf(group, direction);
      const ids = valuesOf(context.query, 'SecurityGroupRuleId');
      const gone = ids.length > 0 ? ids : readRules(context, group, direction).map(({ id }) => id);
      const absent = gone.find((id) => !present.some((rule) => rule.id === id));
      if (absent !== undefined) {
        throw ids.length > 0
          ? ruleNotFound(absent)
          : new AwsRefusal('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
      }
      return () => {
        group[direction] = present.filter(({ id }) => !gone.includes(id)).map(toWorldRule);
        return { return: true, unknownIpPermissionSet: [] };
      };
    },
  };
}

function ruleNotFound(id: string): AwsRefusal {
  return new AwsRefusal('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
}

const peerCidr = ({ peer }: SingleRule): string[] => ('cidr' in peer ? [peer.cidr] : []);
const peerGroup = ({ peer }: SingleRule): string[] => ('groupId' in peer ? [peer.groupId] : []);

/** Filters on the rules of a group, `prefix` before their names. */
function ruleFilters(
  prefix: string,
  direction: Direction,
): Readonly<Record<string, (group: AwsSecurityGroup) => readonly string[]>> {
  const of =
    (read: (rule: SingleRule) => readonly string[]) =>
    (group: AwsSecurityGroup): string[] =>
      rulesOf(group, direction).flatMap(read);
  return {
    [`${prefix}.cidr`]: of(peerCidr),
    [`${prefix}.group-id`]: of(peerGroup),
    [`${prefix}.from-port`]: of(({ fromPort }) => [String(fromPort)]),
    [`${prefix}.to-port`]: of(({ toPort }) => [String(toPort)]),
    [`${prefix}.protocol`]: of(({ protocol }) => [protocol]),
  };
}

/** Security groups and their rules, in both directions. */
export const securityGroupActions: readonly AwsAction[] = [
  createSecurityGroup,
  deleteSecurityGroup,
  authorize('inbound'),
  authorize('outbound'),
  revoke('inbound'),
  revoke('outbound'),
  listing<AwsSecurityGroup>({
    action: 'DescribeSecurityGroups',
    set: 'securityGroupInfo',
    items: (context) => {
      const all = [...context.region.securityGroups.values()];
      const names = valuesOf(context.query, 'GroupName');
      if (names.length === 0) return all;
      const { id } = defaultVpc(context);
      return names.map((name) => {
        const found = all.find((group) => group.vpcId === id && group.name === name);
        if (found === undefined) throw groupNotFound(name);
        return found;
      });
    },
    key: ({ id }) => id,
    ids: { parameter: 'GroupId', notFound: groupNotFound },
    filters: ({ world }) => ({
      'group-id': ({ id }) => [id],
      'group-name': ({ name }) => [name],
      'vpc-id': ({ vpcId }) => [vpcId],
      description: ({ description }) => [description],
      'owner-id': () => [world.aws.accountId],
      ...ruleFilters('ip-permission', 'inbound'),
      ...ruleFilters('egress.ip-permission', 'outbound'),
    }),
    tags: ({ tags }) => tags,
    view: (group, { region, world }) => ({
      groupId: group.id,
      groupName: group.name,
      groupDescription: group.description,
      ownerId: world.aws.accountId,
      securityGroupArn: `arn:aws:ec2:${region.name}:${world.aws.accountId}:security-group/${group.id}`,
      vpcId: group.vpcId,
      ipPermissions: viewPermissions(rulesOf(group, 'inbound'), world.aws.accountId),
      ipPermissionsEgress: isShutIn(world, region, group)
        ? []
        : viewPermissions(rulesOf(group, 'outbound'), world.aws.accountId),
      tagSet: tagSet(group.tags),
    }),
    paging: usualPaging,
    parameters: ['GroupName'],
  }),
  listing<SingleRule>({
    action: 'DescribeSecurityGroupRules',
    set: 'securityGroupRuleSet',
    items: ({ region }) => [...region.securityGroups.values()].flatMap(singleRules),
    key: ({ id }) => id,
    ids: { parameter: 'SecurityGroupRuleId', notFound: ruleNotFound },
    filters: () => ({
      'group-id': ({ groupId }) => [groupId],
      'security-group-rule-id': ({ id }) => [id],
    }),
    tags: () => new Map(),
    view: (rule, { world }) => viewRule(rule, world.aws.accountId),
    paging: usualPaging,
  }),
];
