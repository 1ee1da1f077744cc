import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planEndpoint } from '../../src/cloud/plan-endpoint';
import { readCloudOutput } from '../../src/cloud/read-output';
import type { EndpointChoices } from '../../src/core/cloud-choices';
import type { CommandPlan } from '../../src/core/command-plan';
import { awsChoices, awsNewGroup, azureChoices, gcpChoices, gcpPortMapped } from '../unit/cloud/choices';
import { exportedFiles } from '../unit/setup/exported-set-ups';
import type { Tool } from './tool';
import { findTool, report, run } from './tool';

const planned = {
  'AWS, with a new group': { ...awsChoices, securityGroup: awsNewGroup },
  'AWS, with groups that exist': awsChoices,
  Azure: azureChoices,
  'Google Cloud, many addresses': gcpChoices,
  'Google Cloud, port-mapped': gcpPortMapped,
};

function terraformOf(choices: EndpointChoices): CommandPlan {
  const plans = planEndpoint(choices);
  assert.ok(plans.ok);
  return plans.value.find(({ tool }) => tool === 'terraform') ?? assert.fail();
}

const files: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(Object.entries(exportedFiles).map(([name, text]) => [`export, ${name}`, text])),
  ...Object.fromEntries(
    Object.entries(planned).map(([name, choices]) => [`plan, ${name}`, () => terraformOf(choices).file?.text ?? '']),
  ),
};

/** The language's own parser and formatter; to validate against schemas would take downloads of providers. */
describe('interop: Terraform reads the files', function () {
  this.timeout(120_000);
  let tool: Tool;
  let folder: string;

  before(async function () {
    tool = await findTool('terraform', ['version']);
    report('terraform', tool);
    if (tool.kind === 'missing') this.skip();
    folder = await mkdtemp(join(tmpdir(), 'terraform-files-'));
    await writeFile(join(folder, 'empty.tfrc'), '');
  });
  after(() => (tool.kind === 'missing' ? undefined : rm(folder, { recursive: true, force: true })));

  async function terraform(text: string, ...args: readonly string[]) {
    await writeFile(join(folder, 'main.tf'), text);
    return await inFolder(folder, ...args);
  }

  async function inFolder(place: string, ...args: readonly string[]) {
    // Nothing of this machine's own configuration.
    const settings = { TF_CLI_CONFIG_FILE: join(folder, 'empty.tfrc'), CHECKPOINT_DISABLE: '1' };
    return await run('terraform', [`-chdir=${place}`, ...args], { ...process.env, ...settings });
  }

  const format = (text: string) => terraform(text, 'fmt', '-check', '-diff');

  /** Reads the configuration as `init` does before it downloads anything; prints the providers that it needs. */
  const providers = (text: string) => terraform(text, 'providers', '-no-color');

  for (const [name, text] of Object.entries(files)) {
    it(`and would format them the same way: ${name}`, async () => {
      const { code, stdout, stderr } = await format(text());
      assert.equal(code, 0, `${stdout}\n${stderr}`);
    });

    it(`and finds nothing wrong before it needs providers: ${name}`, async () => {
      const { code, stdout, stderr } = await providers(text());
      assert.equal(code, 0, stderr);
      assert.doesNotMatch(`${stdout}${stderr}`, /Warning/u);
      const declared = [...text().matchAll(/(?:^ +source +[=] "|^# Needs )([\w/]+)/gmu)].map(([, source]) => source);
      const needed = [...stdout.matchAll(/provider\[registry\.terraform\.io\/([^\]]+)\]/gu)].map(
        ([, source]) => source,
      );
      assert.deepEqual([...new Set(needed)].sort(), [...new Set(declared)].sort());
    });
  }

  it('and takes those of several endpoints in one folder, beside whatever is there', async () => {
    const folderOfAll = await mkdtemp(join(tmpdir(), 'terraform-folder-'));
    try {
      const further = (choices: EndpointChoices): EndpointChoices => {
        switch (choices.provider) {
          case 'AWS':
            return { ...choices, purpose: 'token-2' };
          case 'AZURE':
            return { ...choices, endpointName: 'atlas-2' };
          case 'GCP':
            return { ...choices, groupName: 'atlas-2' };
        }
      };
      const first = [{ ...awsChoices, securityGroup: awsNewGroup }, azureChoices, gcpChoices];
      const endpoints = [...first, ...first.map(further)];
      for (const { file } of endpoints.map(terraformOf)) {
        await writeFile(join(folderOfAll, file?.name ?? ''), file?.text ?? '', { flag: 'wx' });
      }
      await writeFile(join(folderOfAll, 'main.tf'), exportedFiles['AWS, at Atlas only']?.() ?? assert.fail());
      const { code, stderr } = await inFolder(folderOfAll, 'providers', '-no-color');
      assert.equal(code, 0, stderr);
    } finally {
      await rm(folderOfAll, { recursive: true, force: true });
    }
  });

  /** The file with resources that Terraform has of its own in place of those of clouds: names and guards are the file's. */
  const standIn = (
    choices: EndpointChoices,
  ): { readonly name: string; readonly settings: string; readonly text: string } => {
    const { name = '', text = '' } = terraformOf(choices).file ?? {};
    const [, alias = ''] = /^ {2}alias +[=] "(\w+)"/mu.exec(text) ?? [];
    const settings = `provider "terraform" {\n  alias = "${alias}"\n}\n`;
    const resources = [...text.matchAll(/^resource "(\w+)" "(\w+)" \{\n(.*?)^\}/gmsu)].map(
      ([, type = '', label = '', body = '']) => {
        const [lifecycle = ''] = /^ {2}lifecycle \{.*?^ {2}\}\n/msu.exec(body) ?? [];
        return `resource "terraform_data" "${type}_${label}" {\n  provider = terraform.${alias}\n${lifecycle}}\n`;
      },
    );
    return { name, settings, text: [settings, ...resources].join('\n') };
  };

  it('and destroys nothing of one endpoint when another is made beside it, until its blocks are deleted as the file says', async () => {
    const place = await mkdtemp(join(tmpdir(), 'terraform-further-'));
    const apply = async (): Promise<string> => {
      const { stdout, stderr } = await inFolder(place, 'apply', '-auto-approve', '-no-color');
      return /Apply complete! .*/u.exec(stdout)?.[0] ?? assert.fail(stderr);
    };
    try {
      const files = [
        { ...awsChoices, securityGroup: awsNewGroup },
        azureChoices,
        { ...awsChoices, securityGroup: awsNewGroup, purpose: 'token-2' },
        { ...azureChoices, endpointName: 'atlas-2', subnet: 'other' },
      ].map(standIn);
      const counts = [5, 1, 5, 1];
      for (const [index, { name, text }] of files.entries()) {
        await writeFile(join(place, name), text);
        assert.equal(
          await apply(),
          `Apply complete! Resources: ${String(counts[index])} added, 0 changed, 0 destroyed.`,
        );
      }
      assert.match(await apply(), /0 added, 0 changed, 0 destroyed/u);
      const destroyed = await inFolder(place, 'destroy', '-auto-approve', '-no-color');
      assert.match(destroyed.stderr, /Instance cannot be destroyed/u);
      const [first] = files;
      assert.ok(first);
      await writeFile(join(place, first.name), first.settings);
      assert.match(await apply(), /0 added, 0 changed, 5 destroyed/u);
      await rm(join(place, first.name));
      assert.match(await apply(), /0 added, 0 changed, 0 destroyed/u);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  });

  /** The plan's output by Terraform itself, with values in place of what its provider would tell. */
  const outputOf = (choices: EndpointChoices, told: Readonly<Record<string, string>>): readonly [string, string] => {
    const { file, output = '' } = terraformOf(choices);
    const [block = ''] = /^output .*/msu.exec(file?.text ?? '') ?? [];
    const text = Object.entries(told).reduce((one, [from, to]) => one.replaceAll(from.replace('…', output), to), block);
    return [output, text];
  };

  it('and prints an output that the page reads, alone or among all of the folder', async () => {
    const ids = {
      aws: 'vpce-0123456789abcdef0',
      azure: `/subscriptions/${azureChoices.subscriptionId}/resourceGroups/a/providers/Microsoft.Network/privateEndpoints/atlas`,
    };
    const rules = gcpChoices.serviceAttachments.map((target, index) => [
      `atlas-${String(index)}`,
      `10.0.0.${String(index + 5)}`,
      target,
    ]);
    const hcl = (field: string, place: number): string =>
      `{ ${rules.map(([name = '', ...values]) => `"${name}" = { ${field}"${values[place] ?? ''}" ${place === 1 ? `, name = "${name}"` : ''} }`).join(', ')} }`;
    const all = [
      {
        choices: awsChoices,
        told: {
          'aws_vpc_endpoint.….id': `"${ids.aws}"`,
          'aws_vpc_endpoint.….state': '"pendingAcceptance"',
          'aws_vpc_endpoint.….service_name': `"${awsChoices.serviceName}"`,
        },
        expectation: { provider: 'AWS', registeredIds: [], serviceName: awsChoices.serviceName },
        registration: { provider: 'AWS', id: ids.aws },
      },
      {
        choices: azureChoices,
        told: {
          'azurerm_private_endpoint.….id': `"${ids.azure}"`,
          'azurerm_private_endpoint.….private_service_connection[0].private_ip_address': '"10.0.0.4"',
          'azurerm_private_endpoint.….private_service_connection[0].private_connection_resource_id': `"${azureChoices.privateLinkServiceResourceId}"`,
        },
        expectation: {
          provider: 'AZURE',
          registeredIds: [],
          privateLinkServiceResourceId: azureChoices.privateLinkServiceResourceId,
        },
        registration: { provider: 'AZURE', id: ids.azure, ipAddress: '10.0.0.4' },
      },
      {
        choices: gcpChoices,
        told: {
          'google_compute_forwarding_rule.…': hcl('target = ', 1),
          'google_compute_address.…': hcl('address = ', 0),
        },
        expectation: {
          provider: 'GCP',
          registeredIds: [],
          serviceAttachments: gcpChoices.serviceAttachments,
          portMapped: false,
        },
        registration: {
          provider: 'GCP',
          endpointGroupName: 'atlas',
          gcpProjectId: 'my-project',
          addresses: rules.map(([name, ipAddress]) => ({ name, ipAddress })),
        },
      },
    ] as const;
    const outputs = all.map(({ choices, told }) => outputOf(choices, told));
    const foreign = 'output "secret" {\n  value     = "s"\n  sensitive = true\n}\n';
    const applied = await terraform([foreign, ...outputs.map(([, text]) => text)].join('\n'), 'apply', '-auto-approve');
    assert.equal(applied.code, 0, applied.stderr);
    const { stdout: whole } = await inFolder(folder, 'output', '-json');
    for (const [index, { expectation, registration }] of all.entries()) {
      const { stdout } = await inFolder(folder, 'output', '-json', outputs[index]?.[0] ?? '');
      for (const text of [stdout, whole]) {
        const read = readCloudOutput(text, expectation);
        assert.deepEqual(read.ok ? read.value : read.problem, registration);
      }
      assert.doesNotMatch(stdout, /secret/u);
    }
  });

  it('and finds a string that is not closed', async () => {
    const { code } = await format('locals {\n  a = "b\n}\n');
    assert.notEqual(code, 0);
  });
});
