import assert from 'node:assert/strict';
import type { FieldOption, PageState } from '../../../webview/protocol';
import { startPages, type PagesUnderTest } from '../../builders/page';

describe('a permission that the AWS credentials lack, on the page', () => {
  let pages: PagesUnderTest;
  before(async () => {
    pages = await startPages();
  });
  after(async () => {
    await pages.close();
  });

  it('comes with the policy that would do, on lines to read, to copy and to open', async function () {
    this.timeout(60_000);
    const page = await pages.open({ kind: 'new-service', projectId: pages.project('start-on-aws-sandbox').id });
    const current = (id: string) => (state: PageState) => state.currentStep === id && state.running === undefined;
    await page.until(current('service'));
    await page.controller.receive({ type: 'do', step: 'service' });
    await page.until(current('cloud'));
    await page.set({ profile: 'chain' });
    for (const field of ['vpc', 'subnets'] as const) {
      const state = await page.until((now) => optionsOf(now, field).length > 0);
      const chosen = optionsOf(state, field)[0]?.value ?? '';
      await page.set({ [field]: field === 'vpc' ? chosen : [chosen] });
    }
    pages.sandbox.world.faults.set('aws-denied', true, 'ec2:CreateVpcEndpoint');
    await page.controller.receive({ type: 'do', step: 'cloud' });
    const { problem } = page.step('cloud');
    assert.match(problem?.title ?? '', /ec2:CreateVpcEndpoint/);
    const { block, fixes = [] } = problem ?? {};
    assert.ok(block);
    assert.doesNotMatch([problem?.title, problem?.detail, ...fixes].join('\n'), /"Statement"/);
    assert.ok(block.text.split('\n').length > 10, block.text);
    const policy = JSON.parse(block.text) as { readonly Statement: readonly { readonly Action: unknown }[] };
    assert.deepEqual(policy.Statement[0]?.Action, ['ec2:DescribeVpcEndpoints', 'ec2:CreateVpcEndpoint']);

    await page.controller.receive({ type: 'copy', what: 'command', id: block.id });
    assert.deepEqual(page.copied, [block.text]);
    await page.controller.receive({ type: 'open-command', id: block.id });
    assert.deepEqual(page.opened, [{ language: 'json', text: block.text }]);
  });
});

function optionsOf({ steps }: PageState, id: string): readonly FieldOption[] {
  const fields = steps.flatMap(({ fieldGroups }) => fieldGroups.flatMap((group) => group.fields));
  const field = fields.find((one) => one.id === id);
  return field !== undefined && 'options' in field ? field.options.filter(({ value }) => value !== '') : [];
}
