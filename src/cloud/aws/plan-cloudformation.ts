import type { AwsEndpointChoices, AwsRuleSources } from '../../core/cloud-choices';
import { endpointPorts } from '../../core/security-group';
import { flag } from '../flag';
import type { CommandPlan } from '../../core/command-plan';
import { renderStatements } from '../shell';
import { allTags, securityGroupDescription } from './tags';

const fileName = 'interface-endpoint.yaml';

/** What the names of our stacks begin with; nothing but an endpoint and its security group is in them. */
export const ownStackBeginning = 'atlas-endpoint-';

/**
 * The interface endpoint as a CloudFormation template, and the commands that deploy it and print its id. Deploying
 * again changes what differs and makes nothing twice: the stack is named after the client token. A stack whose creation
 * failed is deleted first: nothing is in it any more, and it can only be deleted (CloudFormation's documentation, Stack
 * status codes: `ROLLBACK_COMPLETE`).
 */
export function planCloudFormation(choices: AwsEndpointChoices): CommandPlan {
  const stack = `${ownStackBeginning}${choices.clientToken.replaceAll(/[^A-Za-z0-9]+/gu, '-')}`.slice(0, 128);
  const place = [
    ...flag('region', choices.region),
    ...(choices.profile === undefined ? [] : flag('profile', choices.profile)),
    ...flag('stack-name', stack),
  ];
  const cloudFormation = (...command: readonly string[]): readonly string[] => [
    'aws',
    'cloudformation',
    ...command,
    ...place,
  ];
  return {
    tool: 'cloudformation',
    title: 'create-endpoint',
    file: { name: fileName, language: 'yaml', text: template(choices) },
    shells: renderStatements([
      {
        kind: 'whenPrints',
        words: [
          ...cloudFormation('describe-stacks'),
          ...flag('query', 'Stacks[0].StackStatus'),
          ...flag('output', 'text'),
        ],
        value: 'ROLLBACK_COMPLETE',
        then: [
          { kind: 'run', words: cloudFormation('delete-stack') },
          { kind: 'run', words: cloudFormation('wait', 'stack-delete-complete') },
        ],
      },
      {
        kind: 'run',
        words: [...cloudFormation('deploy'), ...flag('template-file', fileName), '--no-fail-on-empty-changeset'],
      },
      { kind: 'run', words: [...cloudFormation('describe-stacks'), ...flag('output', 'json')] },
    ]),
    printsRegistration: true,
  };
}

function template(choices: AwsEndpointChoices): string {
  const { securityGroup } = choices;
  const tags = [...allTags(choices)].flatMap(([key, value]) => [
    `        - Key: ${scalar(key)}`,
    `          Value: ${scalar(value)}`,
  ]);
  const lines = [
    'AWSTemplateFormatVersion: "2010-09-09"',
    'Resources:',
    ...(securityGroup.kind === 'new'
      ? [
          '  EndpointSecurityGroup:',
          '    Type: AWS::EC2::SecurityGroup',
          '    Properties:',
          `      GroupName: ${scalar(securityGroup.name)}`,
          `      GroupDescription: ${scalar(securityGroupDescription)}`,
          `      VpcId: ${scalar(choices.vpcId)}`,
          '      SecurityGroupIngress:',
          ...ingress(securityGroup.sources),
          '      Tags:',
          ...tags,
        ]
      : []),
    '  Endpoint:',
    '    Type: AWS::EC2::VPCEndpoint',
    '    Properties:',
    '      VpcEndpointType: Interface',
    `      VpcId: ${scalar(choices.vpcId)}`,
    `      ServiceName: ${scalar(choices.serviceName)}`,
    ...(choices.serviceRegion === undefined ? [] : [`      ServiceRegion: ${scalar(choices.serviceRegion)}`]),
    '      SubnetIds:',
    ...choices.subnets.map(({ id }) => `        - ${scalar(id)}`),
    '      SecurityGroupIds:',
    ...(securityGroup.kind === 'existing'
      ? securityGroup.ids.map((id) => `        - ${scalar(id)}`)
      : ['        - !GetAtt EndpointSecurityGroup.GroupId']),
    '      PrivateDnsEnabled: false',
    '      Tags:',
    ...tags,
    'Outputs:',
    '  EndpointId:',
    '    Value: !Ref Endpoint',
  ];
  return `${lines.join('\n')}\n`;
}

function ingress({ cidrs, groupIds }: AwsRuleSources): readonly string[] {
  const rule = (name: string, value: string): readonly string[] => [
    '        - IpProtocol: tcp',
    `          FromPort: ${endpointPorts.from}`,
    `          ToPort: ${endpointPorts.to}`,
    `          ${name}: ${scalar(value)}`,
  ];
  return [
    ...cidrs.flatMap((cidr) => rule(cidr.includes(':') ? 'CidrIpv6' : 'CidrIp', cidr)),
    ...groupIds.flatMap((id) => rule('SourceSecurityGroupId', id)),
  ];
}

/** A YAML scalar that no reader takes for anything but text: JSON's strings are YAML's double-quoted ones. */
function scalar(text: string): string {
  return JSON.stringify(text);
}
