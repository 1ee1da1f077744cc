import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'yaml';
import { hasForm } from '../../../src/cloud/input-forms';
import { planEndpoint } from '../../../src/cloud/plan-endpoint';
import type { CommandPlan } from '../../../src/core/command-plan';
import type { AwsEndpointChoices, AzureEndpointChoices, EndpointChoices } from '../../../src/core/cloud-choices';
import { awsChoices, azureChoices } from './choices';
import { readBatchFileWords, readPowershellWords } from './powershell-words';
import { recordCommands, valuesOf } from './recorded-commands';
import { readTemplateStrings } from './template-syntax';

/** What the clouds allow in names and tags, and now and then whatever a shell, a template or a CLI gives a meaning to. */
const allowed = fc.string({ unit: fc.constantFrom(...Array.from('ab9 .-_:/=+@äß')), maxLength: 12 });
const hostile = fc.string({
  unit: fc.constantFrom(...Array.from('a-\'"`$\\{}[]()<>|&;#%!*?~,^\n\tö“’‘🙂')),
  maxLength: 6,
});
const text = fc.oneof({ weight: 3, arbitrary: allowed }, { weight: 2, arbitrary: hostile });
const tags = fc.dictionary(text, text, { maxKeys: 2 });

/** What is generated from choices; undefined when they are refused, which is as good. */
function plansOf(choices: EndpointChoices): ReadonlyMap<string, CommandPlan> | undefined {
  const planned = planEndpoint(choices);
  return planned.ok ? new Map(planned.value.map((plan) => [plan.tool, plan])) : undefined;
}

function plan(plans: ReadonlyMap<string, CommandPlan>, tool: string): CommandPlan {
  return plans.get(tool) ?? assert.fail(tool);
}

/** The commands of a PowerShell script that hold no variable, each as the words that it hands on. */
function powershellCommands(script: string, tool: string, cmdQuote = ''): readonly (readonly string[])[] {
  return script
    .replaceAll('`\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line.startsWith(`${tool} `) && !/\$(?!nativeQuote|cmdQuote\))\w/u.test(line.replaceAll(/'[^']*'/gu, "''")),
    )
    .map((line) => readPowershellWords(line.replace(/ \| Write-Output$/u, ''), '"', cmdQuote));
}

/** `{Key=…,Value=…}` of the AWS CLI's shorthand syntax, with its single quotes. */
function shorthandTags(value: string): readonly (readonly [string, string])[] {
  const part = String.raw`('(?:\\'|[^'])*'|[^',{}]*)`;
  const unquote = (one: string): string =>
    one.startsWith("'") ? one.slice(1, -1).replaceAll(String.raw`\'`, "'") : one;
  return [...value.matchAll(new RegExp(`\\{Key=${part},Value=${part}\\}`, 'gu'))].map(([, key = '', item = '']) => [
    unquote(key),
    unquote(item),
  ]);
}

const sorted = (entries: Iterable<readonly [string, string]>): readonly string[] =>
  [...entries].map((entry) => JSON.stringify(entry)).sort();

describe('choices with hostile texts', () => {
  let accepted = 0;
  beforeEach(() => {
    accepted = 0;
  });
  afterEach(() => assert.ok(accepted > 20, `only ${String(accepted)} were not refused`));

  it('reach AWS as they are, or are refused: commands in both shells, CloudFormation, Terraform; in another region, too', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(tags, text, fc.boolean(), fc.option(text, { nil: undefined }), (more, name, isRemote, profile) => {
        const choices: AwsEndpointChoices = {
          ...awsChoices,
          tags: more,
          ...(profile === undefined ? {} : { profile }),
          ...(isRemote ? { region: 'eu-west-1', serviceRegion: 'us-east-1' } : {}),
        };
        const plans = plansOf(choices);
        if (plans === undefined) return;
        accepted += 1;
        const { shells } = plan(plans, 'aws-cli');
        const [made = []] = recordCommands(shells.posix);
        assert.deepEqual(powershellCommands(shells.powershell, 'aws'), [made]);
        const expected = { ...more, 'atlas-private-endpoints': choices.clientToken };
        assert.deepEqual(
          sorted(shorthandTags(valuesOf(made, '--tag-specifications')[0] ?? '')),
          sorted(Object.entries(expected)),
        );
        if (profile !== undefined) assert.ok(made.includes(profile) || made.includes(`--profile=${profile}`));
        assert.equal(made.includes('--service-region'), isRemote);
        const stack = parse(plan(plans, 'cloudformation').file?.text ?? '', { logLevel: 'error' }) as {
          Resources: { Endpoint: { Properties: { ServiceRegion?: string; Tags: { Key: string; Value: string }[] } } };
        };
        const { Tags, ServiceRegion } = stack.Resources.Endpoint.Properties;
        assert.equal(ServiceRegion, isRemote ? 'us-east-1' : undefined);
        assert.deepEqual(sorted(Tags.map(({ Key, Value }) => [Key, Value] as const)), sorted(Object.entries(expected)));
        const terraform = plan(plans, 'terraform').file?.text ?? '';
        const strings = readTemplateStrings('terraform', terraform);
        for (const value of Object.values(expected)) assert.ok(strings.includes(value));
        assert.equal(/^ {2}service_region +[=] "us-east-1"$/mu.test(terraform), isRemote);
        const sources = { cidrs: ['10.0.0.0/16'], groupIds: [] };
        const withGroup = plansOf({ ...choices, securityGroup: { kind: 'new', name, sources } });
        if (withGroup === undefined) return;
        const calls = recordCommands(
          plan(withGroup, 'aws-cli').shells.posix,
          `*describe-security-groups*) echo None;;`,
        );
        const group = calls.find((words) => words.includes('create-security-group')) ?? assert.fail();
        assert.ok(group.includes(name) || group.includes(`--group-name=${name}`));
      }),
      { numRuns: 150 },
    );
  });

  it('reach Azure as they are, or are refused: commands in both shells, Bicep, Terraform', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(tags, text, text, (more, resourceGroup, endpointName) => {
        const choices: AzureEndpointChoices = {
          ...azureChoices,
          tags: more,
          ...(hasForm('azure-resource-group', resourceGroup) ? { resourceGroup } : {}),
          ...(hasForm('azure-private-endpoint-name', endpointName) ? { endpointName } : {}),
        };
        const plans = plansOf(choices);
        if (plans === undefined) return;
        accepted += 1;
        const { shells } = plan(plans, 'azure-cli');
        const calls = recordCommands(shells.posix, `*"private-endpoint show"*) echo nic;;`);
        const create = calls.find((words) => words.includes('create')) ?? assert.fail();
        assert.ok(
          create.includes(choices.resourceGroup) || create.includes(`--resource-group=${choices.resourceGroup}`),
        );
        const pairs = Object.entries(more).map(([key, value]) => `${key}=${value}`);
        for (const pair of pairs) {
          assert.ok(create.includes(pair), `${pair} is no word of ${create.join(' ')}`);
          assert.ok(!pair.startsWith('-'), 'the CLI would take it for an option');
        }
        const inPowershell = powershellCommands(shells.powershell, 'az');
        assert.ok(inPowershell.some((words) => JSON.stringify(words) === JSON.stringify(create)));
        // On Windows `az` is a batch file.
        const onWindows = powershellCommands(shells.powershell, 'az', '"').map(readBatchFileWords);
        assert.ok(onWindows.some((words) => JSON.stringify(words) === JSON.stringify(create)));
        const bicep = readTemplateStrings('bicep', plan(plans, 'bicep').file?.text ?? '');
        const terraform = readTemplateStrings('terraform', plan(plans, 'terraform').file?.text ?? '');
        for (const value of [...Object.values(more), choices.endpointName]) {
          assert.ok(bicep.includes(value));
          assert.ok(terraform.includes(value));
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** Where this machine has it. */
const powershell = 'pwsh';

describe('PowerShell itself', () => {
  it('hands on the words of a command as they are', function () {
    try {
      execFileSync(powershell, ['-NoProfile', '-Command', 'exit 0']);
    } catch {
      process.stdout.write('    NOT RUN: no pwsh here; its quoting rules are held to by a reader of words instead\n');
      this.skip();
    }
    const planned = planEndpoint({ ...awsChoices, tags: { Name: 'it (is) $HOME; & = @ a' } });
    assert.ok(planned.ok);
    const script = planned.value[0]?.shells.powershell ?? '';
    const standIn =
      'function Get-Command { }\nfunction aws { $args | ForEach-Object { [Console]::Out.Write("$_`0") } }\n';
    const printed = execFileSync(powershell, ['-NoProfile', '-Command', standIn + script], { encoding: 'utf8' });
    const [expected = []] = recordCommands(planned.value[0]?.shells.posix ?? '');
    assert.deepEqual(printed.split('\0').slice(0, -1), expected.slice(1));
  });
});
