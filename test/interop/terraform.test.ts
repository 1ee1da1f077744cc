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
  });
  after(() => (tool.kind === 'missing' ? undefined : rm(folder, { recursive: true, force: true })));

  async function format(text: string) {
    const file = join(folder, 'main.tf');
    await writeFile(file, text);
    return await run('terraform', ['fmt', '-check', '-diff', file], { ...process.env, CHECKPOINT_DISABLE: '1' });
  }

  for (const [name, text] of Object.entries(files)) {
    it(`and would format them the same way: ${name}`, async () => {
      const { code, stdout, stderr } = await format(text());
      assert.equal(code, 0, `${stdout}\n${stderr}`);
    });
  }

  it('and finds a string that is not closed', async () => {
    const { code } = await format('locals {\n  a = "b\n}\n');
    assert.notEqual(code, 0);
  });
});
