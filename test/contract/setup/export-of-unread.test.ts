import assert from 'node:assert/strict';
import { problemOf } from '../../../src/core/problem';
import { addCluster, addEndpoint, addService, azureEndpointId } from '../../../src/sandbox/world/build';
import { firstServiceOf, openMachinePage, type MachinePage } from '../../builders/open-machine-page';
import type { RefUnderTest } from '../../builders/page-window';

const details = 'getGroupPrivateEndpointEndpointServiceEndpoint';
const mode = 'getGroupPrivateEndpointRegionalMode';

/** A file without what could not be read would have Terraform believe that it is not there. */
describe('the export of a set-up of which a part cannot be read', () => {
  let open: MachinePage;
  afterEach(() => open.close());

  async function openFor(
    provider: 'AWS' | 'AZURE',
    ids: readonly string[],
    { ref, unread }: { ref?: RefUnderTest['kind']; unread?: string } = {},
  ): Promise<void> {
    open = await openMachinePage(
      {
        build: (world, project) => {
          if (unread !== undefined) world.faults.set('atlas-500', true, unread);
          if (ids.length === 0) return undefined;
          addCluster(world, project, 'Cluster0', {});
          const service = addService(world, project, provider, provider === 'AWS' ? 'US_EAST_1' : 'US_EAST_2');
          for (const id of ids) addEndpoint(world, service, id, { addresses: [] });
          return undefined;
        },
        ref: (project) =>
          ref === undefined ? firstServiceOf(project) : ({ kind: ref, projectId: project.id } as RefUnderTest),
      },
      ({ steps }) => steps.length > 0,
    );
  }

  it('is refused where details of an endpoint in Azure are not told, and comes when they are', async () => {
    const ids = ['one', 'two'].map((name) => azureEndpointId(name));
    await openFor('AZURE', ids);
    const { faults } = open.machine.world;
    faults.set('atlas-forbidden-403', true);
    faults.set('atlas-forbidden', true, details);
    await open.act('export-terraform');
    assert.equal(open.page.opened.length, 0);
    assert.deepEqual(
      open.page.problems.map((error) => problemOf(error)?.code),
      ['ATLAS_FORBIDDEN'],
    );
    faults.set('atlas-forbidden', false, details);
    await open.act('export-terraform');
    assert.equal(open.page.opened[0]?.text.match(/^resource "azurerm_private_endpoint"/gmu)?.length, 2);
  });

  it('asks Atlas for no details of endpoints in AWS, of which nothing is written', async () => {
    await openFor('AWS', ['vpce-0123456789abcdef0', 'vpce-0123456789abcdef1']);
    const before = open.page.requests.length;
    await open.act('export-terraform');
    assert.ok(!open.page.requests.slice(before).includes('getEndpoint'));
    assert.match(open.page.opened[0]?.text ?? '', /no AWS credentials are chosen on the page\.$/mu);
  });

  it('says which region of AWS could not be asked, and that regionalized mode is not known', async () => {
    await openFor('AWS', ['vpce-0123456789abcdef0'], { unread: mode });
    open.machine.world.faults.set('aws-denied', true, 'ec2:DescribeVpcEndpoints');
    await open.page.set({ profile: 'default' });
    await open.act('export-terraform');
    const text = open.page.opened[0]?.text ?? '';
    assert.match(text, /could not be asked: us-east-1 \(AWS_NOT_PERMITTED\)\.$/mu);
    assert.match(text, /^# Whether the project is in regionalized mode could not be read/mu);
  });

  it('is refused in words where there is nothing to export: the command comes past the button', async () => {
    await openFor('AWS', [], { ref: 'new-service' });
    await open.act('export-terraform');
    assert.equal(open.page.announced.at(-1), 'There is no endpoint service to export yet.');
    assert.equal(open.page.opened.length, 0);
  });

  it('leaves regionalized mode alone, in words, while Atlas has not told it', async () => {
    await openFor('AWS', [], { ref: 'new-service', unread: mode });
    assert.equal(open.page.state().status, undefined);
    await open.act('enable-regionalized');
    assert.match(open.page.announced.at(-1) ?? '', /^Atlas has not told whether regionalized mode is on\./);
    assert.equal(open.page.state().confirmation, undefined);
    open.machine.world.faults.set('atlas-500', false, mode);
    await open.act('refresh');
    // Before there is any service, too: it may have to be on for the first one.
    assert.equal(open.page.state().status?.regionalized?.enabled, false);
    await open.act('enable-regionalized');
    await open.confirm();
    assert.equal(open.machine.project.regionalizedMode, true);
  });
});
