import assert from 'node:assert/strict';
import { azureInterfaceOutput } from './cloud-output';
import { chooseNetwork, setUpWindow, stringsHere } from './page-driver';
import { deleteInterfaceEndpoint, makeInterfaceEndpoint } from './sandbox-contents';

describe('Data Federation and Online Archive, from nothing to available and back', () => {
  const window = setUpWindow();

  for (const { name, project, database } of [
    { name: 'Data Federation', project: 'start-data-federation-sandbox', database: 'onaws-' },
    {
      name: 'an Online Archive on its own',
      project: 'start-online-archive-sandbox',
      database: 'atlas-online-archive-',
    },
  ]) {
    it(`${name} on AWS, done from here`, async () => {
      const { page, before } = await window.begin('setUpFederation', project);
      await page.at('cloud');
      // What was chosen before in this window is proposed.
      await page.fill({ federationProvider: 'AWS' });
      await chooseNetwork(page);
      await page.press('cloud');
      await page.at('register');
      await page.fill({ comment: 'reports' });
      await page.press('register');
      const usable = await page.until('strings', (state) => stringsHere(state).length > 0);
      const [endpoint, ...more] = usable.status?.endpoints ?? [];
      assert.ok(endpoint);
      assert.deepEqual(more, []);
      assert.equal(endpoint.status.value, 'OK');
      assert.deepEqual(stringsHere(usable).length, 1);
      assert.ok(stringsHere(usable)[0]?.includes(`${endpoint.id}-${database}`), stringsHere(usable).join());
      const there = await window.contents(project);
      assert.deepEqual(there.atlas, [`${endpoint.id} OK`]);
      const made = there.aws.filter((line) => !before.aws.includes(line));
      assert.equal(made.length, 2, made.join());
      assert.equal(made[0], `us-east-1 ${endpoint.id}`);

      await page.act('remove-endpoint', endpoint.id);
      const { typed, strings } = await page.confirm({ cloud: true });
      assert.ok(typed);
      assert.equal(strings.length, 1);
      await page.until('nothing', (state) => state.status === undefined);
      assert.deepEqual(await window.contents(project), before);
      await page.act('start-over');
      await page.at('cloud');
    });
  }

  it('Data Federation on AWS, with what the AWS CLI prints, whole', async () => {
    const project = 'start-data-federation-sandbox';
    const { page } = await window.begin('setUpFederation', project);
    await page.at('cloud');
    await page.fill({ federationProvider: 'AWS' });
    const printed = await makeInterfaceEndpoint('com.amazonaws.vpce.us-east-1.vpce-svc-00e311695874992b4');
    await page.paste('cloud', printed);
    await page.at('register');
    await page.press('register');
    await page.until('strings', (state) => stringsHere(state).length > 0);
    const { VpcEndpoint } = JSON.parse(printed) as { VpcEndpoint: { VpcEndpointId: string } };
    const id = VpcEndpoint.VpcEndpointId;
    assert.deepEqual((await window.contents(project)).atlas, [`${id} OK`]);
    await page.act('remove-endpoint', id);
    await page.confirm();
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await window.contents(project)).atlas, []);
    await deleteInterfaceEndpoint(id);
  });

  it('Data Federation on Azure, with what az prints, whole', async () => {
    const project = 'start-data-federation-sandbox';
    const { page } = await window.begin('setUpFederation', project);
    await page.at('cloud');
    await page.fill({ federationProvider: 'AZURE' });
    await page.fill({ federationRegion: 'US_EAST_2' });
    const group = '/subscriptions/00000000-0000-4000-8000-5a4db0c00002/resourceGroups/sandbox-network';
    const id = `${group}/providers/Microsoft.Network/privateEndpoints/atlas-federation`;
    const service =
      '/subscriptions/00000000-0000-4000-8000-5a4db0c00001/resourceGroups/rg_sandbox/providers/Microsoft.Network/privateLinkServices/pls_federation';
    await page.fill({
      azureServiceId: service,
      azureSubscription: '00000000-0000-4000-8000-5a4db0c00002',
      azureResourceGroup: 'sandbox-network',
      azureEndpointName: 'atlas-federation',
      azureVirtualNetwork: 'applications',
      azureSubnet: 'private',
    });
    const cli = (await page.commands('cloud')).find(({ tool }) => tool === 'Azure CLI')?.text ?? '';
    assert.ok(cli.includes(`--private-connection-resource-id ${service}`), cli);
    await page.paste('cloud', azureInterfaceOutput(id, '10.20.1.29'));
    await page.at('register');
    await page.press('register');
    const usable = await page.until('strings', (state) => stringsHere(state).length > 0);
    assert.deepEqual((await window.contents(project)).atlas, [`${id} OK`]);
    assert.ok(stringsHere(usable)[0]?.includes('-onazure-'), stringsHere(usable).join());
    await page.act('remove-endpoint', id);
    await page.confirm();
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await window.contents(project)).atlas, []);
  });
});
