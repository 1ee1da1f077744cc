import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planEndpoint } from '../../src/cloud/plan-endpoint';
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

const files: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(Object.entries(exportedFiles).map(([name, text]) => [`export, ${name}`, text])),
  ...Object.fromEntries(
    Object.entries(planned).map(([name, choices]) => [
      `plan, ${name}`,
      () => {
        const plans = planEndpoint(choices);
        assert.ok(plans.ok);
        return plans.value.find(({ tool }) => tool === 'terraform')?.file?.text ?? '';
      },
    ]),
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
    // Nothing of this machine's own configuration.
    const settings = { TF_CLI_CONFIG_FILE: join(folder, 'empty.tfrc'), CHECKPOINT_DISABLE: '1' };
    return await run('terraform', [`-chdir=${folder}`, ...args], { ...process.env, ...settings });
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
      const declared = [...text().matchAll(/^ +source +[=] "(.+)"$/gmu)].map(([, source]) => source);
      const needed = [...stdout.matchAll(/provider\[registry\.terraform\.io\/([^\]]+)\]/gu)].map(
        ([, source]) => source,
      );
      assert.deepEqual([...new Set(needed)].sort(), [...new Set(declared)].sort());
    });
  }

  it('and finds a string that is not closed', async () => {
    const { code } = await format('locals {\n  a = "b\n}\n');
    assert.notEqual(code, 0);
  });
});
