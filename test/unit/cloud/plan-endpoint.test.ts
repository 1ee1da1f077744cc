import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { checkChoices } from '../../../src/cloud/check-choices';
import { planDescription, planEndpoint, planRemoval } from '../../../src/cloud/plan-endpoint';
import { hclString } from '../../../src/cloud/terraform/hcl';
import { bicepString } from '../../../src/cloud/azure/plan-bicep';
import type { EndpointChoices } from '../../../src/core/cloud-choices';
import { cloudFields } from '../../../src/core/cloud-choices';
import type { CommandPlan, Tool } from '../../../src/core/command-plan';
import { describeProblem } from '../../../src/messages/problem-text';
import { awsChoices, awsNewGroup, azureChoices, gcpChoices, gcpPortMapped } from './choices';
import { missingShell, posixShells, runPasted } from './posix-shells';
import { recordCommands, valuesOf } from './recorded-commands';
import { readTemplateStrings } from './template-syntax';
import { undocumentedArguments } from './terraform-arguments';

function plansOf(choices: EndpointChoices): readonly CommandPlan[] {
  const plans = planEndpoint(choices);
  assert.ok(plans.ok, plans.ok ? '' : describeProblem(plans.problem).title);
  return plans.value;
}

function planOf(choices: EndpointChoices, tool: Tool): CommandPlan {
  const plan = plansOf(choices).find((each) => each.tool === tool);
  assert.ok(plan);
  return plan;
}

describe('commands for an AWS interface endpoint', () => {
  it('hand the AWS CLI every choice', () => {
    const { shells } = planOf({ ...awsChoices, serviceRegion: 'us-west-2', profile: 'my profile' }, 'aws-cli');
    const [command, ...more] = recordCommands(shells.posix);
    assert.deepEqual(more, []);
    assert.ok(command);
    assert.deepEqual(command.slice(0, 3), ['aws', 'ec2', 'create-vpc-endpoint']);
    for (const [flag, ...values] of [
      ['--region', 'us-east-1'],
      ['--profile', 'my profile'],
      ['--vpc-endpoint-type', 'Interface'],
      ['--vpc-id', awsChoices.vpcId],
      ['--service-name', awsChoices.serviceName],
      ['--service-region', 'us-west-2'],
      ['--subnet-ids', 'subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      ['--security-group-ids', 'sg-0123456789abcdef0', 'sg-12345678'],
      ['--client-token', 'token-1'],
      [
        '--tag-specifications',
        "ResourceType=vpc-endpoint,Tags=[{Key=Name,Value='my endpoint'},{Key=cost:center,Value=1},{Key=atlas-private-endpoints,Value=token-1}]",
      ],
      ['--output', 'json'],
    ]) {
      assert.deepEqual(valuesOf(command, String(flag)), values, flag);
    }
    assert.ok(command.includes('--no-private-dns-enabled'), 'Atlas publishes the names');
  });

  it('make a security group unless it is there, open it to each source, and use it', () => {
    const { shells } = planOf({ ...awsChoices, securityGroup: awsNewGroup }, 'aws-cli');
    const fresh = recordCommands(
      shells.posix,
      '*describe-security-groups*) echo None ;; *create-security-group*) echo sg-new ;;',
    );
    assert.deepEqual(
      fresh.map((command) => command[2]),
      [
        'describe-security-groups',
        'create-security-group',
        'wait',
        ...Array<string>(3).fill('authorize-security-group-ingress'),
        'create-vpc-endpoint',
      ],
    );
    assert.deepEqual(valuesOf(fresh[0] ?? [], '--filters'), [
      'Name=vpc-id,Values=vpc-0123456789abcdef0',
      "Name=group-name,Values='atlas endpoint'",
      // Another's group of this name is not taken: making ours fails then.
      'Name=tag-key,Values=atlas-private-endpoints',
    ]);
    assert.deepEqual(
      fresh.slice(3, 6).map((command) => valuesOf(command, '--ip-permissions')[0]),
      [
        'IpProtocol=tcp,FromPort=1024,ToPort=65535,IpRanges=[{CidrIp=10.0.0.0/16}]',
        'IpProtocol=tcp,FromPort=1024,ToPort=65535,Ipv6Ranges=[{CidrIpv6=fd00::/8}]',
        'IpProtocol=tcp,FromPort=1024,ToPort=65535,UserIdGroupPairs=[{GroupId=sg-0123456789abcdef1}]',
      ],
    );
    assert.deepEqual(valuesOf(fresh.at(-1) ?? [], '--security-group-ids'), ['sg-new']);

    const again = recordCommands(
      shells.posix,
      "*describe-security-groups*) echo sg-old ;; *authorize*) echo 'An error occurred (InvalidPermission.Duplicate)' >&2; return 254 ;;",
    );
    assert.equal(again.length, 5);
    assert.deepEqual(valuesOf(again.at(-1) ?? [], '--security-group-ids'), ['sg-old']);
  });

  it('come as a CloudFormation template that says the same', () => {
    const plan = planOf({ ...awsChoices, securityGroup: awsNewGroup }, 'cloudformation');
    const template = parse(plan.file?.text ?? '', {
      customTags: [
        { tag: '!Ref', resolve: (text: string) => ({ Ref: text }) },
        { tag: '!GetAtt', resolve: (text: string) => ({ GetAtt: text }) },
      ],
    }) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    assert.deepEqual(template.Resources.Endpoint, {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcEndpointType: 'Interface',
        VpcId: awsChoices.vpcId,
        ServiceName: awsChoices.serviceName,
        SubnetIds: awsChoices.subnets.map(({ id }) => id),
        SecurityGroupIds: [{ GetAtt: 'EndpointSecurityGroup.GroupId' }],
        PrivateDnsEnabled: false,
        Tags: [
          { Key: 'Name', Value: 'my endpoint' },
          { Key: 'cost:center', Value: '1' },
          { Key: 'atlas-private-endpoints', Value: 'token-1' },
        ],
      },
    });
    assert.deepEqual(template.Resources.EndpointSecurityGroup?.Properties.SecurityGroupIngress, [
      { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65535, CidrIp: '10.0.0.0/16' },
      { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65535, CidrIpv6: 'fd00::/8' },
      { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65535, SourceSecurityGroupId: 'sg-0123456789abcdef1' },
    ]);
    const commands = recordCommands(plan.shells.posix);
    assert.deepEqual(
      commands.map((command) => command[2]),
      ['describe-stacks', 'deploy', 'describe-stacks'],
    );
    assert.deepEqual(valuesOf(commands[1] ?? [], '--template-file'), [plan.file?.name]);
    const names = (made: typeof commands) => new Set(made.map((command) => valuesOf(command, '--stack-name').join()));
    assert.equal(names(commands).size, 1);
    // What a failed creation left can only be deleted (ROLLBACK_COMPLETE): deploying again would fail for good.
    const after = (state: string) => recordCommands(plan.shells.posix, `*StackStatus*) echo ${state} ;;`);
    const again = after('ROLLBACK_COMPLETE');
    assert.deepEqual(
      again.map((command) => command.slice(2, 4).join(' ').replace(/ --.*/u, '')),
      ['describe-stacks', 'delete-stack', 'wait stack-delete-complete', 'deploy', 'describe-stacks'],
    );
    assert.deepEqual(names(again), names(commands));
    for (const state of ['CREATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'ROLLBACK_FAILED']) {
      assert.equal(after(state).length, 3, state);
    }
  });

  it('come as Terraform that names every choice', () => {
    const strings = readTemplateStrings(
      'terraform',
      planOf({ ...awsChoices, serviceRegion: 'us-west-2', securityGroup: awsNewGroup }, 'terraform').file?.text ?? '',
    );
    for (const value of [
      'us-east-1',
      'us-west-2',
      awsChoices.vpcId,
      awsChoices.serviceName,
      ...awsChoices.subnets.map(({ id }) => id),
      'atlas endpoint',
      '10.0.0.0/16',
      'fd00::/8',
      'sg-0123456789abcdef1',
      'my endpoint',
      'cost:center',
      'token-1',
    ]) {
      assert.ok(strings.includes(value), value);
    }
  });
});

describe('commands for an Azure private endpoint', () => {
  const subnetId = `/subscriptions/${azureChoices.subscriptionId}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/vnet1/subnets/default`;

  it('hand the Azure CLI every choice, and print what Atlas needs', () => {
    const commands = recordCommands(
      planOf(azureChoices, 'azure-cli').shells.posix,
      '*private-endpoint*show*) echo /nic/1 ;;',
    );
    assert.deepEqual(
      commands.map((command) =>
        command
          .slice(
            1,
            command.findIndex((word) => word.startsWith('--')),
          )
          .join(' '),
      ),
      ['network private-endpoint create', 'network private-endpoint show', 'network nic show'],
    );
    const [create, , nic] = commands;
    for (const [flag, ...values] of [
      ['--subscription', azureChoices.subscriptionId],
      ['--resource-group', 'app(1)'],
      ['--location', 'eastus2'],
      ['--name', 'atlas'],
      ['--subnet', subnetId],
      ['--private-connection-resource-id', azureChoices.privateLinkServiceResourceId],
      ['--connection-name', 'atlas-connection'],
      ['--manual-request', 'true'],
      ['--tags', "owner=it's ${us}", 'b c=d'],
    ]) {
      assert.deepEqual(valuesOf(create ?? [], String(flag)), values, flag);
    }
    assert.deepEqual(valuesOf(nic ?? [], '--ids'), ['/nic/1']);
    for (const command of commands) assert.ok(command.includes('--only-show-errors'));
  });

  it('come as Bicep and Terraform that name every choice', () => {
    const values = [
      'atlas',
      'eastus2',
      subnetId,
      azureChoices.privateLinkServiceResourceId,
      'atlas-connection',
      "it's ${us}",
      'b c',
    ];
    for (const tool of ['bicep', 'terraform'] as const) {
      const strings = readTemplateStrings(tool, planOf(azureChoices, tool).file?.text ?? '');
      for (const value of values) assert.ok(strings.includes(value), `${tool}: ${value}`);
    }
  });
});

describe('commands for Private Service Connect', () => {
  it('make what is missing: an address and a rule for each attachment', () => {
    const { shells } = planOf(gcpChoices, 'gcloud');
    const all = recordCommands(shells.posix, '*describe*) return 1 ;;');
    assert.equal(all.length, 4 * 50 + 1);
    const rule = all.filter((command) => command.slice(2, 4).join(' ') === 'forwarding-rules create')[49] ?? [];
    assert.deepEqual(rule.slice(4, 5), ['atlas-49']);
    for (const [flag, value] of [
      ['--project', 'my-project'],
      ['--region', 'us-central1'],
      ['--network', 'projects/host-project/global/networks/net'],
      ['--address', 'atlas-49'],
      ['--target-service-attachment', gcpChoices.serviceAttachments[49]],
    ]) {
      assert.deepEqual(valuesOf(rule, String(flag)), [value], flag);
    }
    assert.ok(rule.includes('--allow-psc-global-access'));
    const address = all.find((command) => command.slice(2, 4).join(' ') === 'addresses create') ?? [];
    assert.deepEqual(valuesOf(address, '--subnet'), ['projects/host-project/regions/us-central1/subnetworks/sub']);
    assert.match(valuesOf(all.at(-1) ?? [], '--filter').join(), /^name=\(atlas-0 atlas-1 .* atlas-49\)$/);

    const again = recordCommands(shells.posix);
    assert.equal(again.filter((command) => command.includes('create')).length, 0, 'nothing twice');
  });

  it('make one rule with the name of the group in the port-mapped form', () => {
    const commands = recordCommands(planOf(gcpPortMapped, 'gcloud').shells.posix, '*describe*) return 1 ;;');
    assert.deepEqual(
      commands.filter((command) => command.includes('create')).map((command) => command[4]),
      ['atlas', 'atlas'],
    );
    assert.ok(!planOf({ ...gcpPortMapped, globalAccess: false }, 'gcloud').shells.posix.includes('global-access'));
  });

  it('come as Terraform in both forms', () => {
    const many = planOf(gcpChoices, 'terraform').file?.text ?? '';
    const strings = readTemplateStrings('terraform', many);
    for (const [index, attachment] of gcpChoices.serviceAttachments.entries()) {
      assert.ok(strings.includes(`atlas-${index}`) && strings.includes(attachment));
    }
    assert.match(many, /load_balancing_scheme +=  *""/);
    const one = readTemplateStrings('terraform', planOf(gcpPortMapped, 'terraform').file?.text ?? '');
    assert.ok(one.includes(gcpChoices.serviceAttachments[0] ?? '') && !one.includes('atlas-0'));
  });
});

describe('every plan', () => {
  const everything: readonly EndpointChoices[] = [
    awsChoices,
    { ...awsChoices, securityGroup: awsNewGroup },
    azureChoices,
    gcpChoices,
    gcpPortMapped,
  ];

  it('has the same words in both shells', () => {
    for (const choices of everything) {
      for (const { shells, tool } of plansOf(choices)) {
        const flags = (text: string): readonly string[] => text.match(/--[a-z-]+/gu) ?? [];
        assert.deepEqual(flags(shells.posix), flags(shells.powershell), tool);
        assert.ok(shells.posix.endsWith('\n') && shells.powershell.endsWith('\n'));
      }
    }
  });

  for (const shell of posixShells) {
    it(`runs as it is, pasted into ${shell.name}`, function () {
      this.timeout(30_000);
      const missing = missingShell(shell);
      if (missing !== undefined) {
        process.stderr.write(missing);
        this.skip();
      }
      for (const choices of everything) {
        for (const { shells, tool } of plansOf(choices)) {
          // No security group of ours is there yet.
          const answers = '*describe-security-groups*) echo None ;;\n*create-security-group*) echo sg-1 ;;';
          const expected = recordCommands(shells.posix, answers);
          const { calls, status, printed } = runPasted(shell, shells.posix, answers);
          assert.equal(status, 0, `${tool}: ${printed}`);
          assert.deepEqual(calls, expected, tool);
        }
      }
    });
  }

  it('has only resources as their providers document them, of the provider that the file configures', () => {
    for (const choices of everything) {
      const text = planOf(choices, 'terraform').file?.text ?? '';
      assert.deepEqual(undocumentedArguments(text), []);
      const [, provider, alias] = /^provider "(\w+)" \{\n {2}alias +[=] "(\w+)"/mu.exec(text) ?? assert.fail(text);
      const used = [...text.matchAll(/^ {2}provider +[=] (\S+)$/gmu)].map(([, reference]) => reference);
      assert.equal(used.length, text.match(/^resource /gmu)?.length);
      assert.deepEqual([...new Set(used)], [`${provider}.${alias}`]);
    }
  });

  it('has Terraform that can stand beside that of others, prints its own output alone, and destroys nothing', () => {
    for (const choices of everything) {
      const { file, shells, output = '' } = planOf(choices, 'terraform');
      const { name, text } = file ?? assert.fail();
      // Of these blocks a folder can have one only, whatever is in it already.
      assert.doesNotMatch(text, /^(?:terraform|variable)\b/mu);
      const own = [...text.matchAll(/^(?:resource "\w+"|output|provider "\w+" \{\n {2}alias +[=]) "(\w+)"/gmu)];
      const locals = [...text.matchAll(/^locals \{\n {2}(\w+) [=]/gmu)];
      for (const [line, label = ''] of [...own, ...locals]) assert.ok(label.startsWith(output), line);
      assert.ok(own.length >= 3 && name.endsWith(`${output.replaceAll('_', '-')}.tf`), name);
      assert.match(output, /^[a-z][a-z0-9_]+_[0-9a-f]{8}$/u);
      assert.deepEqual(recordCommands(shells.posix).at(-1), ['terraform', 'output', '-json', output]);
      const resources = [...text.matchAll(/^resource "(\w+)" .*?^\}/gmsu)];
      for (const [body, type] of resources) {
        // Rules come and go with the sources that are chosen.
        assert.equal(/prevent_destroy += true/u.test(body), type !== 'aws_vpc_security_group_ingress_rule', body);
      }
      assert.match(text, /^# .*To remove the endpoint.*\n(?:# .*\n)*provider /mu);
    }
  });

  it('has the same Terraform for the same endpoint, and names of its own for every other one', () => {
    const label = (choices: EndpointChoices): string => planOf(choices, 'terraform').output ?? assert.fail();
    const others: readonly EndpointChoices[] = [
      { ...awsChoices, purpose: 'token-2' },
      { ...azureChoices, endpointName: 'atlas-2' },
      { ...azureChoices, resourceGroup: 'other' },
      { ...azureChoices, subscriptionId: azureChoices.subscriptionId.replace(/1$/u, '2') },
      { ...azureChoices, endpointName: '1' + azureChoices.endpointName },
      { ...gcpChoices, groupName: 'atlas-2' },
      { ...gcpChoices, projectId: 'other-project' },
      { ...gcpChoices, region: 'us-east1' },
    ];
    const distinct = [awsChoices, azureChoices, gcpChoices, ...others];
    assert.equal(new Set(distinct.map(label)).size, distinct.length);
    assert.equal(new Set(distinct.map((each) => planOf(each, 'terraform').file?.name)).size, distinct.length);
    // Changed choices change the endpoint, or are refused because they would replace it.
    const again = { ...awsChoices, subnets: awsChoices.subnets.slice(1), clientToken: 'token-2' };
    assert.equal(label(again), label(awsChoices));
    assert.equal(label({ ...azureChoices, subnet: 'other', resourceGroup: 'APP(1)' }), label(azureChoices));
    assert.equal(label({ ...gcpChoices, network: 'other' }), label(gcpChoices));
    for (const choices of distinct) assert.deepEqual(planOf(choices, 'terraform'), planOf({ ...choices }, 'terraform'));
  });

  it('is for the cloud of the US Government where Atlas for Government leads, or the location is in it', () => {
    const text = (choices: EndpointChoices, government: boolean): string => {
      const plans = planEndpoint(choices, { government });
      assert.ok(plans.ok);
      return plans.value.find(({ tool }) => tool === 'terraform')?.file?.text ?? assert.fail();
    };
    const environment = /^ {2}environment +[=] "usgovernment"$/mu;
    assert.match(text(azureChoices, true), environment);
    assert.match(text({ ...azureChoices, location: 'usgovvirginia' }, false), environment);
    for (const choices of everything) assert.doesNotMatch(text(choices, false), environment);
    // Their providers tell it by the region.
    assert.equal(text(awsChoices, true), text(awsChoices, false));
    assert.equal(text(gcpChoices, true), text(gcpChoices, false));
  });

  it('can be shown and removed as well', () => {
    const azureId = `/subscriptions/${azureChoices.subscriptionId}/resourceGroups/app(1)/providers/Microsoft.Network/privateEndpoints/atlas`;
    const refs = [
      { provider: 'AWS', endpointId: 'vpce-0123456789abcdef0', region: 'us-east-1' },
      { provider: 'AZURE', endpointId: azureId, region: 'eastus2' },
      {
        provider: 'GCP',
        endpointId: 'atlas',
        region: 'us-central1',
        projectId: 'my-project',
        ruleNames: ['atlas-0', 'atlas-1'],
      },
    ] as const;
    const commands = refs.map((ref) => {
      const [show, remove] = [planDescription(ref), planRemoval(ref)];
      assert.ok(show.ok && remove.ok);
      recordCommands(show.value.shells.posix, '*) echo x ;;');
      // What is printed here holds for AWS: no stack, no group, gone at once.
      return recordCommands(remove.value.shells.posix, '*"join("*|*GroupId*) ;; *) echo None ;;').map((command) =>
        command.join(' '),
      );
    });
    const [onAws, ...others] = commands;
    assert.deepEqual(
      onAws?.map((command) => command.split(' ')[2]?.replace('-vpc-endpoints', '')),
      ['describe', 'describe', 'delete', 'describe'],
    );
    assert.deepEqual(others, [
      [`az network private-endpoint delete --only-show-errors --ids ${azureId}`],
      ['atlas-0', 'atlas-1'].flatMap((name) =>
        ['forwarding-rules', 'addresses'].map(
          (kind) => `gcloud compute ${kind} delete ${name} --project my-project --region us-central1 --quiet`,
        ),
      ),
    ]);
    const wrong = planRemoval({ provider: 'AWS', endpointId: 'vpce-1; rm', region: 'us-east-1' });
    assert.ok(!wrong.ok && wrong.problem.parameters.field === 'endpointId');
  });
});

describe('choices that cannot be carried out', () => {
  const registered = `/subscriptions/${azureChoices.subscriptionId}/resourcegroups/app(1)/providers/Microsoft.Network/privateEndpoints/atlas`;
  const wrong: readonly (readonly [EndpointChoices, field: string])[] = [
    [{ ...awsChoices, region: 'us-east-1\n' }, 'region'],
    [{ ...awsChoices, region: 'US_EAST_1' }, 'region'],
    [{ ...awsChoices, serviceName: 'com.amazonaws.us-east-1.s3' }, 'serviceName'],
    [{ ...awsChoices, serviceRegion: '' }, 'serviceRegion'],
    [{ ...awsChoices, vpcId: 'vpc-xyz' }, 'vpcId'],
    [{ ...awsChoices, subnets: [] }, 'subnets'],
    [{ ...awsChoices, subnets: [{ id: 'subnet-1', zone: 'a' }] }, 'subnets'],
    [
      {
        ...awsChoices,
        subnets: [
          { id: 'subnet-12345678', zone: 'us-east-1a' },
          { id: 'subnet-12345679', zone: 'us-east-1a' },
        ],
      },
      'subnets',
    ],
    [{ ...awsChoices, securityGroup: { kind: 'existing', ids: [] } }, 'securityGroup'],
    [{ ...awsChoices, securityGroup: { kind: 'existing', ids: ['default'] } }, 'securityGroup'],
    [{ ...awsChoices, securityGroup: { ...awsNewGroup, name: 'sg-mine' } as never }, 'securityGroup'],
    [{ ...awsChoices, securityGroup: { ...awsNewGroup, name: 'a*' } as never }, 'securityGroup'],
    [{ ...awsChoices, securityGroup: { ...awsNewGroup, name: 'default' } as never }, 'securityGroup'],
    [{ ...awsChoices, securityGroup: { ...awsNewGroup, name: 'Default' } as never }, 'securityGroup'],
    [
      { ...awsChoices, securityGroup: { kind: 'new', name: 'a', sources: { cidrs: [], groupIds: [] } } },
      'securityGroup',
    ],
    [
      { ...awsChoices, securityGroup: { kind: 'new', name: 'a', sources: { cidrs: ['10.0.0.0'], groupIds: [] } } },
      'securityGroup',
    ],
    [{ ...awsChoices, tags: { 'aws:x': '1' } }, 'tags'],
    [{ ...awsChoices, tags: { 'atlas-private-endpoints': '1' } }, 'tags'],
    [{ ...awsChoices, tags: { a: '"' } }, 'tags'],
    [{ ...awsChoices, tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ''])) }, 'tags'],
    [{ ...awsChoices, clientToken: 'x'.repeat(65) }, 'clientToken'],
    [{ ...awsChoices, profile: '$(id)' }, 'profile'],
    [{ ...azureChoices, subscriptionId: 'mine' }, 'subscriptionId'],
    [{ ...azureChoices, resourceGroup: 'ends.' }, 'resourceGroup'],
    [{ ...azureChoices, networkResourceGroup: '' }, 'vnet'],
    [{ ...azureChoices, location: 'East US' }, 'location'],
    [{ ...azureChoices, vnet: '-x' }, 'vnet'],
    [{ ...azureChoices, subnet: 'a/b' }, 'subnet'],
    [{ ...azureChoices, privateLinkServiceResourceId: 'pls_1' }, 'privateLinkServiceResourceId'],
    [{ ...azureChoices, endpointName: '' }, 'endpointName'],
    // Azure: private endpoints have 2 to 64 characters; it is the name of a deployment, too, in the Bicep plan.
    [{ ...azureChoices, endpointName: 'a'.repeat(65) }, 'endpointName'],
    [{ ...azureChoices, endpointName: 'a' }, 'endpointName'],
    [{ ...azureChoices, endpointName: 'atlas-' }, 'endpointName'],
    [{ ...azureChoices, endpointName: 'atlas.' }, 'endpointName'],
    [{ ...azureChoices, endpointName: '_atlas' }, 'endpointName'],
    [{ ...azureChoices, registeredIds: [registered] }, 'endpointName'],
    [{ ...azureChoices, registeredIds: [registered], resourceGroup: 'APP(1)', endpointName: 'Atlas' }, 'endpointName'],
    [{ ...azureChoices, connectionName: 'a'.repeat(81) }, 'connectionName'],
    [{ ...azureChoices, connectionName: 'atlas-' }, 'connectionName'],
    [{ ...azureChoices, tags: { 'a=b': '' } }, 'tags'],
    [{ ...gcpChoices, projectId: 'X' }, 'projectId'],
    [{ ...gcpChoices, networkProjectId: 'X' }, 'network'],
    [{ ...gcpChoices, network: 'Net' }, 'network'],
    [{ ...gcpChoices, subnet: '' }, 'subnet'],
    [{ ...gcpChoices, region: 'CENTRAL_US' }, 'region'],
    [{ ...gcpChoices, groupName: 'a'.repeat(60) }, 'groupName'],
    [{ ...gcpChoices, registeredIds: ['other', 'atlas'] }, 'groupName'],
    [{ ...gcpChoices, serviceAttachments: [] }, 'serviceAttachments'],
    [{ ...gcpChoices, serviceAttachments: ['projects/a/b'] }, 'serviceAttachments'],
    [{ ...gcpChoices, portMapped: true }, 'serviceAttachments'],
  ];

  for (const [choices, field] of wrong) {
    it(`are refused beside ${field}: ${JSON.stringify(choices[field as 'provider']).slice(0, 60)}`, () => {
      const complaints = checkChoices(choices);
      assert.deepEqual([...new Set(complaints.map(({ parameters }) => parameters.field))], [field]);
      assert.ok(!planEndpoint(choices).ok);
      const text = describeProblem(complaints[0]!);
      assert.ok(text.title.length > 10 && text.fixes[0]!.length > 10);
      assert.ok((cloudFields as readonly string[]).includes(field));
    });
  }

  it('are address blocks in any spelling but that of the clouds', () => {
    const checked = (cidr: string): readonly string[] =>
      checkChoices({
        ...awsChoices,
        securityGroup: { kind: 'new', name: 'a', sources: { cidrs: [cidr], groupIds: [] } },
      }).map(({ parameters }) => String(parameters.form));
    for (const block of ['10.0.0.0/16', '0.0.0.0/0', '10.1.2.3/32', 'fd00::/8', '::/0', '2001:DB8::1/128']) {
      assert.deepEqual(checked(block), [], block);
    }
    // The library takes the first three for 10.0.0.0/16, 10.0.0.0/8 and 8.0.0.0/8.
    const misspelt = ['10.0/16', '0x0a000000/8', '010.0.0.0/8', '10.0.0.0/016', '10.0.0.0/33', 'fe80::1%eth0/128'];
    for (const block of [...misspelt, '10.0.0.1/16', 'fd00::1/8', '10.0.0.0', '']) {
      assert.deepEqual(checked(block), ['address-block'], block);
    }
  });

  it('are refused one by one: the examples themselves are fine', () => {
    for (const choices of [
      awsChoices,
      { ...awsChoices, securityGroup: awsNewGroup },
      azureChoices,
      gcpChoices,
      gcpPortMapped,
      // Another endpoint of the name is in the way only where this one would be.
      { ...azureChoices, registeredIds: [registered], resourceGroup: 'other' },
      { ...azureChoices, registeredIds: [registered], subscriptionId: azureChoices.subscriptionId.replace(/1$/u, '2') },
      { ...azureChoices, registeredIds: [registered], endpointName: 'atlas-2' },
      { ...gcpChoices, registeredIds: ['atlas-2'] },
    ]) {
      assert.deepEqual(checkChoices(choices), []);
    }
  });

  it('are names that are taken already before all of the place is entered', () => {
    const choices = { ...azureChoices, registeredIds: [registered], subscriptionId: '', resourceGroup: '' };
    const forms = checkChoices(choices).map(({ parameters }) => parameters.form);
    assert.ok(forms.includes('unregistered-name'));
  });
});

describe('strings of templates', () => {
  const text = fc.string({
    unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom(...Array.from('"\'\\${}%\n\r\t'))),
  });

  it('come out of HCL and Bicep as they went in', () => {
    fc.assert(
      fc.property(text, (value) => {
        assert.deepEqual(readTemplateStrings('terraform', `a = [${hclString(value)}]`), [value]);
        assert.deepEqual(readTemplateStrings('bicep', `a: { ${bicepString(value)} }`), [value]);
      }),
    );
  });
});
