import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { azureInterfaceOutput } from './cloud-output';
import { answer, signedIn } from './extension';
import { hurried, openPage, stringsHere } from './page-driver';
import { contentsOf, deleteInterfaceEndpoint, makeInterfaceEndpoint } from './sandbox-contents';

const project = 'start-serverless-sandbox';

describe('A serverless instance, from nothing to available and back', () => {
  let services: Services;
  before(async () => {
    services = await signedIn();
  });
  hurried(() => services);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('on AWS, done from here, with a comment that is changed', async () => {
    const page = await openPage(services, 'setUpServerless', project, 'OnAws');
    const before = await contentsOf(services, project);
    assert.deepEqual(before.atlas, []);
    await page.at('service');
    await page.fill({ comment: 'first' });
    await page.press('service');
    await page.at('cloud');
    await page.fill({ profile: 'chain' });
    await page.fill({ vpc: (await page.choices('vpc'))[0] ?? '' });
    await page.fill({ subnets: (await page.choices('subnets')).slice(0, 1) });
    await page.press('cloud');
    await page.at('register');
    await page.press('register');
    const { status } = await page.until('strings', (state) => stringsHere(state).length > 0);
    const [endpoint, ...more] = status?.endpoints ?? [];
    assert.ok(endpoint);
    assert.deepEqual(more, []);
    const there = await contentsOf(services, project);
    const made = there.aws.filter((line) => !before.aws.includes(line));
    assert.equal(made.length, 2, made.join());
    assert.deepEqual(there.atlas, [`OnAws AVAILABLE ${made[0]?.replace('us-east-1 ', '') ?? ''}`]);

    const prompts = answer(services, 'second');
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
    assert.deepEqual(await contentsOf(services, project), before);
    await page.act('start-over');
    await page.at('service');
  });

  it('on AWS, with what the AWS CLI prints, whole', async () => {
    const page = await openPage(services, 'setUpServerless', project, 'OnAws');
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
    assert.deepEqual((await contentsOf(services, project)).atlas, [`OnAws AVAILABLE ${cloudId}`]);
    await page.act('remove-endpoint', status?.endpoints[0]?.id);
    await page.confirm();
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await contentsOf(services, project)).atlas, []);
    await deleteInterfaceEndpoint(cloudId);
  });

  it('on Azure, with what az prints, whole', async () => {
    const page = await openPage(services, 'setUpServerless', project, 'OnAzure');
    assert.deepEqual((await contentsOf(services, project)).atlas, []);
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
    assert.deepEqual((await contentsOf(services, project)).atlas, [`OnAzure AVAILABLE ${id}`]);

    await page.act('show-removal-commands', endpoint.id);
    assert.ok(vscode.window.activeTextEditor?.document.getText().includes(`--ids ${id}`));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await page.act('remove-endpoint', endpoint.id);
    const { options } = await page.confirm();
    assert.deepEqual(options, []);
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await contentsOf(services, project)).atlas, []);
  });
});
