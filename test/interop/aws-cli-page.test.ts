import assert from 'node:assert/strict';
import { devNull } from 'node:os';
import type { FieldId, PageState } from '../../webview/protocol';
import { startPages, type PagesUnderTest, type PageUnderTest } from '../builders/page';
import type { Outcome, ProgramFolder, Tool } from './tool';
import { findTool, report, run, wrapProgram } from './tool';

const isAt =
  (step: PageState['currentStep']) =>
  (state: PageState): boolean =>
    state.currentStep === step && state.running === undefined;

/** Values of a choice on the step about the cloud; empty while it is not read. */
function optionsOf(state: PageState, id: FieldId): readonly string[] {
  const fields = state.steps.flatMap(({ fieldGroups }) => fieldGroups.flatMap((group) => group.fields));
  const field = fields.find((one) => one.id === id);
  return field !== undefined && 'options' in field ? field.options.map(({ value }) => value).filter(Boolean) : [];
}

describe('interop: a page and the AWS CLI', function () {
  this.timeout(300_000);
  let tool: Tool;
  let pages: PagesUnderTest | undefined;
  let programs: ProgramFolder | undefined;

  before(async function () {
    tool = await findTool('aws', ['--version']);
    report('aws', tool);
    if (tool.kind === 'missing') this.skip();
  });
  afterEach(async () => {
    await programs?.remove();
    programs = undefined;
    await pages?.close();
  });

  async function pageAtCloudStep(under: PagesUnderTest): Promise<PageUnderTest> {
    const page = await under.open({
      kind: 'new-service',
      projectId: under.project('start-on-aws-sandbox').id,
    } as never);
    await page.until(isAt('service'));
    await page.controller.receive({ type: 'do', step: 'service' });
    await page.until(isAt('cloud'));
    await page.set({ profile: 'chain' });
    const withVpcs = await page.until((state) => optionsOf(state, 'vpc').length > 0);
    await page.set({ vpc: optionsOf(withVpcs, 'vpc').find((id) => !id.includes('default')) ?? '' });
    const withSubnets = await page.until((state) => optionsOf(state, 'subnets').length > 0);
    await page.set({ subnets: optionsOf(withSubnets, 'subnets').slice(0, 1) });
    return page;
  }

  /** Runs commands as somebody who is signed in to the account elsewhere. */
  async function runElsewhere({ sandbox }: PagesUnderTest, commands: string): Promise<Outcome> {
    const { ec2Endpoint, awsAccessKeyId, awsSecretAccessKey } = sandbox.description;
    programs ??= await wrapProgram('aws', ['--endpoint-url', ec2Endpoint]);
    return run('/bin/sh', ['-c', commands], {
      PATH: programs.path,
      HOME: devNull,
      PYENV_ROOT: process.env.PYENV_ROOT,
      PYENV_VERSION: process.env.PYENV_VERSION,
      LANG: 'C.UTF-8',
      AWS_ACCESS_KEY_ID: awsAccessKeyId,
      AWS_SECRET_ACCESS_KEY: awsSecretAccessKey,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      NO_PROXY: '127.0.0.1',
    });
  }

  /** The same, and answers with what they print. */
  async function ranBy(under: PagesUnderTest, commands: string): Promise<string> {
    const { code, stdout, stderr } = await runElsewhere(under, commands);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  it('runs the commands of the page unchanged; the page finds what they made, registers it, and exports it', async () => {
    pages = await startPages();
    const page = await pageAtCloudStep(pages);
    await page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
    const { commands } = page.step('cloud');
    const block = commands?.blocks.find((each) => each.tool === 'AWS CLI') ?? assert.fail(commands?.missing);
    await ranBy(pages, block.text);
    await page.controller.receive({ type: 'action', action: 'refresh' });
    await page.until(isAt('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(isAt('use'));
    await page.controller.receive({ type: 'action', action: 'export-terraform' });
    const text = page.opened.at(-1)?.text ?? assert.fail('nothing was exported');
    const places = [...pages.sandbox.world.aws.regions.values()];
    const groups = places.flatMap(({ securityGroups }) => [...securityGroups.values()]);
    const made = groups.find(({ tags }) => tags.has('atlas-private-endpoints')) ?? assert.fail('no group was made');
    assert.ok(text.includes(`to = aws_security_group.group_1\n  id = "${made.id}"`), text);
    assert.match(text, /security_group_ids +[=] \[aws_security_group\.group_1\.id\]/u);
    assert.match(text, /endpoint_service_id = aws_vpc_endpoint\.endpoint_1\.id/u);
  });

  /** A page at the step of the interface endpoint, with ids entered and its commands open. */
  async function pageWithIds(under: PagesUnderTest) {
    const place = under.sandbox.world.aws.regions.get('us-east-1');
    const vpc = [...(place?.vpcs.values() ?? [])].find(({ isDefault }) => !isDefault);
    assert.ok(place && vpc);
    const subnets = [...place.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id).map(({ id }) => id);
    const page = await under.open({
      kind: 'new-service',
      projectId: under.project('start-on-aws-sandbox').id,
    } as never);
    await page.until(isAt('service'));
    await page.controller.receive({ type: 'do', step: 'service' });
    await page.until(isAt('cloud'));
    await page.set({ vpc: vpc.id, subnets: subnets.slice(0, 2).join(', '), newGroupSources: '10.0.0.0/16' });
    for (const type of ['show-commands', 'show-elsewhere'] as const) {
      await page.controller.receive({ type, step: 'cloud', open: true });
    }
    const cli = (): string => {
      const { commands } = page.step('cloud');
      return commands?.blocks.find((each) => each.tool === 'AWS CLI')?.text ?? assert.fail(commands?.missing);
    };
    return { page, place, subnets, cli };
  }

  async function registers(page: PageUnderTest): Promise<void> {
    await page.until(isAt('register'));
    await page.controller.receive({ type: 'do', step: 'register' });
    await page.until(isAt('use'));
  }

  it('runs the commands of a page without credentials unchanged, twice; the page takes what they print', async () => {
    pages = await startPages();
    const { page, place, subnets, cli } = await pageWithIds(pages);
    const before = place.vpcEndpoints.size;
    await ranBy(pages, cli());
    const printed = await ranBy(pages, cli());
    assert.equal(place.vpcEndpoints.size, before + 1);
    await page.set({ pasted: printed });
    await registers(page);
    const [made] = [...place.vpcEndpoints.values()].slice(-1);
    assert.deepEqual(made?.subnetIds, subnets.slice(0, 2));
    assert.equal(page.state().status?.endpoints[0]?.id, made.id);
  });

  it('has commands for another endpoint once it is told what the CLI says of one that was deleted', async () => {
    pages = await startPages();
    const { page, place, subnets, cli } = await pageWithIds(pages);
    const deleteLast = (): void => {
      const [last] = [...place.vpcEndpoints.values()].slice(-1);
      assert.ok(last);
      // For as long as AWS remembers the token.
      last.timeline = [{ at: 0, status: 'deleting' }];
    };
    await ranBy(pages, cli());
    deleteLast();
    const before = place.vpcEndpoints.size;
    await page.set({ pasted: await ranBy(pages, cli()) });
    assert.equal(place.vpcEndpoints.size, before, 'AWS answers with the deleted one');
    await ranBy(pages, cli());
    assert.equal(place.vpcEndpoints.size, before + 1);
    deleteLast();
    await page.set({ subnets: subnets.slice(0, 1).join() });
    const { code, stdout, stderr } = await runElsewhere(pages, cli());
    assert.notEqual(code, 0);
    await page.set({ pasted: `${stdout}${stderr}` });
    await page.set({ pasted: await ranBy(pages, cli()) });
    await registers(page);
    assert.equal(place.vpcEndpoints.size, before + 2);
    assert.deepEqual([...place.vpcEndpoints.values()].at(-1)?.subnetIds, subnets.slice(0, 1));
  });
});
