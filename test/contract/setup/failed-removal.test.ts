import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService } from '../../../src/sandbox/world/build';
import type { PageState } from '../../../webview/protocol';
import { firstServiceOf, openMachinePage, type MachinePage } from '../../builders/open-machine-page';
import { addOurs } from '../../builders/page-kinds';

describe('a removal that goes wrong, or is cancelled, on a page whose set-up is done', () => {
  let open: MachinePage;
  let machine: MachinePage['machine'];
  let page: MachinePage['page'];
  let endpointId: string;

  beforeEach(async () => {
    open = await openMachinePage(
      {
        build: (world, project) => {
          addCluster(world, project, 'Cluster0', {});
          const service = addService(world, project, 'AWS', 'US_EAST_1');
          endpointId = addOurs(world, service.id, service.cloudName);
          addEndpoint(world, service, endpointId);
          addEndpoint(world, service, addOurs(world, service.id, service.cloudName));
          return { profile: 'chain' };
        },
        ref: firstServiceOf,
      },
      ({ status }) => status?.availability !== undefined,
    );
    ({ machine, page } = open);
  });
  afterEach(() => open.close());

  async function remove(): Promise<void> {
    await open.act('remove-endpoint', endpointId);
    await open.confirm(['cloud']);
  }

  const failure = ({ notices }: PageState) => notices.find(({ id }) => id === 'unfinished');

  it('says so above, with the focus there, until it has been done', async () => {
    machine.world.faults.set('aws-denied', true, 'ec2:DeleteVpcEndpoints');
    await remove();
    const said = failure(page.state());
    assert.equal(said?.severity, 'blocking');
    assert.equal(said.code, 'AWS_NOT_PERMITTED');
    assert.ok(said.block, 'the policy that would do can be copied');
    await page.controller.receive({ type: 'copy', what: 'command', id: said.block.id });
    assert.equal(page.copied.at(-1), said.block.text);
    assert.deepEqual(page.focused.at(-1), { kind: 'unfinished' });
    assert.ok(page.state().steps.every(({ problem }) => problem === undefined));
    machine.world.faults.set('aws-denied', false, 'ec2:DeleteVpcEndpoints');
    await remove();
    assert.deepEqual(
      page.state().notices.map(({ id }) => id),
      ['removed'],
    );
  });

  it('shows how Atlas and AWS stand then, and what was done by then, when it fails in the middle', async () => {
    machine.world.faults.set('atlas-read-only', true, '*');
    await remove();
    const before = page.state();
    assert.match(failure(before)?.detail ?? '', /Delete vpce-…[0-9a-f]{6} in the AWS account/u);
    const shown = await page.until(
      ({ status }) => status?.endpoints.find(({ id }) => id === endpointId)?.cloudStatus?.value !== 'available',
    );
    assert.ok(shown.status);
  });

  it('shows how they stand then, and what was done by then, when it is cancelled', async () => {
    const { world } = machine;
    const place = world.aws.regions.get('us-east-1');
    const done = remove();
    const look = setInterval(() => {
      const now = page.state().running?.lines ?? [];
      if (now.some(({ status }) => status === 'done')) void page.controller.receive({ type: 'cancel' });
    }, 1);
    await done;
    clearInterval(look);
    assert.ok(place);
    const said = failure(page.state());
    assert.equal(said?.severity, 'warning');
    assert.match(said.title, /cancelled/u);
    assert.match(said.detail ?? '', /Delete vpce-…[0-9a-f]{6} in the AWS account/u);
    const shown = await page.until(({ status }) =>
      (status?.endpoints ?? []).every(({ id, cloudStatus }) => id !== endpointId || cloudStatus?.value !== 'available'),
    );
    assert.ok(shown);
  });
});
