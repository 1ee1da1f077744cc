/** What is done in an AWS account, each with all that it needs: whoever lacks one permission is told of the others too. */
export const tasks = {
  'who-am-i': [],
  look: ['ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'ec2:DescribeVpcEndpoints'],
  'create-endpoint': ['ec2:DescribeVpcEndpoints', 'ec2:CreateVpcEndpoint', 'ec2:CreateTags'],
  'create-group': [
    'ec2:DescribeSecurityGroups',
    'ec2:CreateSecurityGroup',
    'ec2:AuthorizeSecurityGroupIngress',
    'ec2:CreateTags',
  ],
  'modify-endpoint': ['ec2:DescribeVpcEndpoints', 'ec2:ModifyVpcEndpoint'],
  'delete-endpoint': ['ec2:DescribeVpcEndpoints', 'ec2:DeleteVpcEndpoints'],
  'delete-group': ['ec2:DescribeSecurityGroups', 'ec2:DeleteSecurityGroup'],
  diagnose: [
    'ec2:DescribeVpcEndpoints',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeRouteTables',
    'ec2:DescribeVpcs',
    'ec2:DescribeVpcAttribute',
  ],
} as const satisfies Record<string, readonly string[]>;

export type Task = keyof typeof tasks;

/**
 * The smallest policy that lets a task be done, as JSON on one line. Tagging is allowed at creation only (condition key
 * `ec2:CreateAction`). Actions that only describe cannot be limited to resources, and the others name theirs themselves.
 */
export function policyFor(task: Task, missing: string): string {
  const actions = [...new Set([...tasks[task], missing])].filter((action) => action !== 'ec2:CreateTags');
  const creations = actions
    .filter((action) => action.startsWith('ec2:Create'))
    .map((action) => action.slice('ec2:'.length));
  const tagging = (tasks[task] as readonly string[]).includes('ec2:CreateTags') || missing === 'ec2:CreateTags';
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: actions, Resource: '*' },
      ...(tagging
        ? [
            {
              Effect: 'Allow',
              Action: 'ec2:CreateTags',
              Resource: '*',
              Condition: { StringEquals: { 'ec2:CreateAction': creations } },
            },
          ]
        : []),
    ].filter(({ Action }) => Action.length > 0),
  });
}
