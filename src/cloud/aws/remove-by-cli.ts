import type { CloudEndpointRef } from '../../core/cloud-choices';
import { removalTexts } from '../../messages/plan-text';
import { flag } from '../flag';
import { hasForm } from '../input-forms';
import type { Statement, Word } from '../shell';
import { awsEc2, awsPlace, shorthand } from './plan-aws-cli';
import { ownStackBeginning } from './plan-cloudformation';
import { ownTag } from './tags';

/** How long an endpoint may take to be gone, and a network interface of it to leave its group. */
const untilGone = { seconds: 10, times: 60 } as const;
const untilFree = { seconds: 10, times: 6 } as const;

/**
 * Deletes an interface endpoint by the AWS CLI, waits until it is gone, then deletes the security groups that were made
 * for it: those of its groups that have our tag. One that came from a stack of ours goes with that stack; one from
 * somebody else's stops the script, as the stack would miss it. Safe to repeat: the groups of an endpoint that is gone
 * are found by the name that is given.
 */
export function removeByAwsCli(ref: CloudEndpointRef): readonly Statement[] {
  const texts = removalTexts();
  const stack: Word = { variable: 'stack' };
  const cloudFormation = (...command: readonly string[]): readonly Word[] => [
    ...['aws', 'cloudformation', ...command, ...awsPlace(ref), '--stack-name'],
    stack,
  ];
  return [
    // Who knows a Terraform resource by its tags only is not certain: a comment is all that can be done.
    ...(ref.byTerraform === true ? [{ kind: 'comment', text: texts.terraform } as const] : []),
    {
      kind: 'capture',
      variable: 'stack',
      words: describeEndpoint(ref, "VpcEndpoints[0].Tags[?Key=='aws:cloudformation:stack-name'].Value | [0]"),
    },
    {
      kind: 'cases',
      variable: 'stack',
      cases: [
        { beginning: 'None', then: [...deleteEndpoint(ref), ...deleteOwnGroups(ref)] },
        {
          beginning: ownStackBeginning,
          then: [
            { kind: 'comment', text: texts.stack },
            { kind: 'run', words: cloudFormation('delete-stack') },
            { kind: 'run', words: cloudFormation('wait', 'stack-delete-complete') },
          ],
        },
        { beginning: '', then: [{ kind: 'fail', text: texts.otherStack, variable: 'stack' }] },
      ],
    },
  ];
}

/**
 * EC2 answers 200 also for an endpoint that it did not delete, and says so in `Unsuccessful` only (its operation
 * DeleteVpcEndpoints).
 */
function deleteEndpoint(ref: CloudEndpointRef): readonly Statement[] {
  return [
    // While it is there to be asked.
    {
      kind: 'capture',
      variable: 'groupIds',
      words: describeEndpoint(ref, "join(',', VpcEndpoints[].Groups[].GroupId)"),
    },
    {
      kind: 'capture',
      variable: 'refusal',
      words: [
        ...awsEc2(ref, 'delete-vpc-endpoints'),
        ...flag('vpc-endpoint-ids', ref.endpointId),
        ...flag('query', 'Unsuccessful[0].Error.[Code,Message]'),
        ...flag('output', 'text'),
      ],
    },
    {
      kind: 'expect',
      variable: 'refusal',
      beginnings: ['None', 'InvalidVpcEndpoint.NotFound', 'InvalidVpcEndpointId.NotFound'],
    },
    {
      kind: 'waitUntil',
      words: describeEndpoint(ref, 'VpcEndpoints[0].State'),
      // AWS writes states in either case.
      values: ['None', 'deleted', 'Deleted'],
      otherwise: removalTexts().stillThere((untilGone.seconds * untilGone.times) / 60),
      ...untilGone,
    },
  ];
}

function deleteOwnGroups(ref: CloudEndpointRef): readonly Statement[] {
  const { groupName } = ref;
  const capture = (filter: Word): Statement => ({
    kind: 'capture',
    variable: 'groupIds',
    words: [
      ...awsEc2(ref, 'describe-security-groups'),
      ...['--filters', `Name=tag-key,Values=${ownTag}`],
      filter,
      ...flag('query', 'SecurityGroups[].GroupId'),
      ...flag('output', 'text'),
    ],
  });
  const isNamed = groupName !== undefined && hasForm('aws-group-name', groupName);
  return [
    {
      kind: 'cases',
      variable: 'groupIds',
      cases: [
        { beginning: 'sg-', then: [capture({ prefix: 'Name=group-id,Values=', variable: 'groupIds' })] },
        ...(isNamed ? [{ beginning: '', then: [capture(`Name=group-name,Values=${shorthand(groupName)}`)] }] : []),
      ],
    },
    {
      kind: 'eachWord',
      list: 'groupIds',
      variable: 'groupId',
      body: [
        {
          kind: 'unlessBusy',
          words: [...awsEc2(ref, 'delete-security-group'), '--group-id', { variable: 'groupId' }],
          busy: 'DependencyViolation',
          done: 'InvalidGroup.NotFound',
          ...untilFree,
        },
      ],
    },
  ];
}

/** Prints a part of the endpoint; `None` where there is none, and no failure. */
function describeEndpoint(ref: CloudEndpointRef, query: string): readonly string[] {
  return [
    ...awsEc2(ref, 'describe-vpc-endpoints'),
    ...['--filters', `Name=vpc-endpoint-id,Values=${ref.endpointId}`],
    ...flag('query', query),
    ...flag('output', 'text'),
  ];
}
