import assert from 'node:assert/strict';
import { azureInterfaceOutput } from './cloud-output';
import { isRemoved, removalCommands, setUpWindow, stringsHere } from './page-driver';

const project = 'start-on-azure-sandbox';
const subscription = '00000000-0000-4000-8000-5a4db0c00002';

describe('Azure, from nothing to available and back', () => {
  const window = setUpWindow();

  it('takes what az prints, whole', async () => {
    const { page } = await window.begin('setUpEndpoint', project);
    await page.at('service');
    await page.press('service');
    await page.at('cloud');

    assert.equal(page.step('cloud').doIt, undefined, 'the extension does not sign in to Azure');
    await page.fill({
      azureSubscription: subscription,
      azureResourceGroup: 'sandbox-network',
      azureEndpointName: 'atlas-set-up',
      azureVirtualNetwork: 'applications',
      azureSubnet: 'private',
    });
    const blocks = await page.commands('cloud');
    const service = page.step('service').details.find(({ id }) => id === 'service-resource')?.value ?? '';
    assert.match(service, /\/privateLinkServices\/pls_/);
    const cli = blocks.find(({ tool }) => tool === 'Azure CLI')?.text ?? '';
    assert.ok(cli.includes(`--private-connection-resource-id ${service}`), cli);

    const id = `/subscriptions/${subscription}/resourceGroups/sandbox-network/providers/Microsoft.Network/privateEndpoints/atlas-set-up`;
    await page.paste('cloud', azureInterfaceOutput(id, '10.20.1.9'));
    await page.at('register');
    await page.press('register');
    const { header } = await page.until('strings', (state) => stringsHere(state).length > 0);
    assert.deepEqual(
      header.statuses.map(({ value }) => value),
      ['AVAILABLE', 'AVAILABLE'],
    );
    assert.deepEqual((await window.contents(project)).atlas, ['AZURE US_EAST_2 AVAILABLE', `${id} AVAILABLE`]);

    assert.match(await removalCommands(page, id), /az network private-endpoint delete [^]*atlas-set-up/);

    await page.act('remove-service');
    const { typed, strings, consequences } = await page.confirm();
    assert.equal(typed?.expected, 'eastus2');
    assert.deepEqual(strings.length, 1);
    assert.match(consequences.join(' '), /stays/);
    await isRemoved(page);
    assert.deepEqual((await window.contents(project)).atlas, []);
  });
});
