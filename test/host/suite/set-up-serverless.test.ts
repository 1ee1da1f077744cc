import assert from 'node:assert/strict';
import { azureInterfaceOutput } from './cloud-output';
import { answer } from './extension';
import { chooseNetwork, removalCommands, setUpWindow, stringsHere } from './page-driver';
import { deleteInterfaceEndpoint, makeInterfaceEndpoint } from './sandbox-contents';

const project = 'start-serverless-sandbox';

describe('A serverless instance, from nothing to available and back', () => {
  const window = setUpWindow();

  it('on AWS, done from here, with a comment that is changed', async () => {
    const { page, before } = await window.begin('setUpServerless', project, 'OnAws');
    await page.at('service');
    await page.fill({ comment: 'first' });
    await page.press('service');
    await page.at('cloud');
    await chooseNetwork(page);
    await page.press('cloud');
    await page.at('register');
    await page.press('register');
    const { status } = await page.until('strings', (state) => stringsHere(state).length > 0);
    const [endpoint, ...more] = status?.endpoints ?? [];
    assert.ok(endpoint);
    assert.deepEqual(more, []);
    const there = await window.contents(project);
    const made = there.aws.filter((line) => !before.aws.includes(line));
    assert.equal(made.length, 2, made.join());
    assert.deepEqual(there.atlas, [`OnAws AVAILABLE ${made[0]?.replace('us-east-1 ', '') ?? ''}`]);

    const prompts = answer(window.services(), 'second');
    await page.act('edit-comment', endpoint.id);
    prompts.done();
    await page.until('the new comment', (state) =>
      (state.status?.endpoints[0]?.details ?? []).some(({ value }) => value === 'second'),
    );

    await page.act('remove-endpoint', endpoint.id);
    const { typed, strings } = await page.confirm({ cloud: true });
    assert.ok(typed, 'a text has to be typed for an endpoint in use');
    assert.equal(strings.length, 1);
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual(await window.contents(project), before);
    await page.act('start-over');
    await page.at('service');
  });

  it('on AWS, with what the AWS CLI prints, whole', async () => {
    const { page } = await window.begin('setUpServerless', project, 'OnAws');
    await page.at('service');
    await page.press('service');
    await page.at('cloud');
    const serviceName = page.step('service').details.find(({ id }) => id === 'service-name')?.value ?? '';
    const printed = await makeInterfaceEndpoint(serviceName);
    await page.paste('cloud', printed);
    await page.at('register');
    await page.press('register');
    const { status } = await page.until('strings', (state) => stringsHere(state).length > 0);
    const { VpcEndpoint } = JSON.parse(printed) as { VpcEndpoint: { VpcEndpointId: string } };
    const cloudId = VpcEndpoint.VpcEndpointId;
    assert.deepEqual((await window.contents(project)).atlas, [`OnAws AVAILABLE ${cloudId}`]);
    await page.act('remove-endpoint', status?.endpoints[0]?.id);
    await page.confirm();
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await window.contents(project)).atlas, []);
    await deleteInterfaceEndpoint(cloudId);
  });

  it('on Azure, with what az prints, whole', async () => {
    const { page } = await window.begin('setUpServerless', project, 'OnAzure');
    await page.at('service');
    await page.press('service');
    await page.at('cloud');
    const group = '/subscriptions/00000000-0000-4000-8000-5a4db0c00002/resourceGroups/sandbox-network';
    const id = `${group}/providers/Microsoft.Network/privateEndpoints/atlas-serverless`;
    await page.paste('cloud', azureInterfaceOutput(id, '10.20.1.19'));
    await page.at('register');
    await page.press('register');
    const { status } = await page.until('strings', (state) => stringsHere(state).length > 0);
    const [endpoint] = status?.endpoints ?? [];
    assert.ok(endpoint);
    assert.deepEqual((await window.contents(project)).atlas, [`OnAzure AVAILABLE ${id}`]);

    assert.ok((await removalCommands(page, endpoint.id)).includes(`--ids ${id}`));
    await page.act('remove-endpoint', endpoint.id);
    const { options } = await page.confirm();
    assert.deepEqual(options, []);
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await window.contents(project)).atlas, []);
  });
});
