import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService } from '../../../src/sandbox/world/build';
import type { PageState } from '../../../webview/protocol';
import { firstServiceOf, openMachinePage, type MachinePage } from '../../builders/open-machine-page';
import { addOurs } from '../../builders/page-kinds';

const foreignId = 'vpce-0fedcba9876543210';

describe('an endpoint that Atlas knows and that may be in another AWS account, on the page', () => {
  let opened: MachinePage;
  let machine: MachinePage['machine'];
  let page: MachinePage['page'];
  let endpointId: string;
  afterEach(() => opened.close());

  async function open(kind: 'here' | 'elsewhere', ...remoteRegions: readonly string[]): Promise<void> {
    opened = await openMachinePage(
      {
        build: (world, project) => {
          addCluster(world, project, 'Cluster0', {});
          const service = addService(world, project, 'AWS', 'US_EAST_1');
          service.supportedRemoteRegions = [...remoteRegions];
          endpointId = kind === 'here' ? addOurs(world, service.id, service.cloudName, 'us-east-1') : foreignId;
          addEndpoint(world, service, endpointId);
          return { profile: 'chain' };
        },
        ref: firstServiceOf,
      },
      ({ status }) => status !== undefined,
    );
    ({ machine, page } = opened);
  }

  async function remove(action: 'remove-endpoint' | 'remove-service'): Promise<void> {
    await opened.act(action, action === 'remove-endpoint' ? endpointId : undefined);
    await opened.confirm(['cloud']);
    await page.until(({ running, header }) => running === undefined && !header.loading);
  }

  const notices = ({ notices: all }: PageState): readonly unknown[] =>
    all.map(({ severity, title, detail }) => [severity, title, detail]);
  const linesOf = (): readonly string[] =>
    (page.progress.at(-1) ?? []).map(({ text, statusText }) => `${statusText}: ${text}`);

  for (const [action, title] of [
    ['remove-endpoint', 'The endpoint was removed at Atlas only: vpce-…543210'],
    ['remove-service', 'The endpoint service was removed: AWS us-east-1'],
  ] as const) {
    it(`is removed at Atlas, and is not said to be deleted in an account that does not have it: ${action}`, async () => {
      await open('elsewhere', 'EU_WEST_1');
      await remove(action);
      const { accountId } = machine.world.aws;
      const detail = `Not found in AWS account ${accountId}, us-east-1, eu-west-1: ${foreignId}. If it is in another account, delete it there.`;
      assert.deepEqual(notices(page.state()), [['warning', title, detail]]);
      const [first] = linesOf();
      assert.match(first ?? '', /^Not found: Delete .* in the AWS account$/);
      assert.ok(linesOf().some((line) => line.startsWith('Done: Remove')));
    });
  }

  it('has been deleted where the page has seen it in the account', async () => {
    await open('here');
    await page.until(({ status }) => status?.availability !== undefined);
    for (const { vpcEndpoints } of machine.world.aws.regions.values()) vpcEndpoints.delete(endpointId);
    await remove('remove-endpoint');
    const [notice] = page.state().notices;
    assert.deepEqual([notice?.severity, notice?.severityText, notice?.detail], ['passed', 'Done', undefined]);
    assert.match(linesOf()[0] ?? '', /^Done: Delete/);
  });

  const cloudSays = ({ status }: PageState): readonly (readonly string[])[] =>
    (status?.cloud ?? []).map(({ severity, title }) => [severity, title]);

  it('is not said to be missing where the credentials may not look for it', async () => {
    await open('here');
    await page.until(({ status }) => status?.availability !== undefined);
    machine.world.faults.set('aws-denied', true, 'ec2:DescribeVpcEndpoints');
    await page.controller.receive({ type: 'action', action: 'refresh' });
    const unknown = await page.until((state) => cloudSays(state).some(([, title]) => title?.startsWith('Whether')));
    assert.deepEqual(cloudSays(unknown), [
      ['advice', 'Whether the interface endpoint is in this AWS account is not known.'],
    ]);
    assert.match(unknown.status?.cloud[0]?.detail ?? '', /ec2:DescribeVpcEndpoints/);
  });

  it('is said to be missing where the account was asked and has none', async () => {
    await open('elsewhere');
    const missing = await page.until((state) => cloudSays(state).length > 0);
    assert.deepEqual(cloudSays(missing), [
      ['warning', 'The interface endpoint is not in this AWS account and region.'],
    ]);
  });
});
