import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chooseNetwork, isRemoved, removalCommands, setUpWindow, stringsHere } from './page-driver';
import { deleteInterfaceEndpoint, makeInterfaceEndpoint } from './sandbox-contents';

const project = 'start-on-aws-sandbox';

describe('AWS, from nothing to available and back', () => {
  const window = setUpWindow();

  it('does every step by a command of the palette', async () => {
    const { page, before } = await window.begin('setUpEndpoint', project);
    const run = (command: string): Thenable<unknown> =>
      vscode.commands.executeCommand(`atlasPrivateEndpoints.${command}`);
    await page.at('service');
    await run('setUpService');
    await page.at('cloud');
    await chooseNetwork(page);
    await run('setUpCloud');
    await page.at('register');
    await run('setUpRegister');
    const usable = await page.until('strings', (state) => stringsHere(state).length > 0);

    const endpoint = usable.status?.endpoints[0]?.id ?? '';
    const there = await window.contents(project);
    assert.deepEqual(there.atlas, ['AWS US_EAST_1 AVAILABLE', `${endpoint} AVAILABLE`]);
    const made = there.aws.filter((line) => !before.aws.includes(line));
    assert.equal(made.length, 2, made.join());
    assert.equal(made[0], `us-east-1 ${endpoint}`);
    assert.match(made[1] ?? '', /^us-east-1 atlas-private-endpoint-/, 'its security group');

    const strings = usable.steps
      .at(-1)
      ?.strings?.flatMap(({ targets }) => targets)
      .find(({ here }) => here)?.strings;
    assert.ok(strings?.[0]);
    await page.open.controller.receive({ type: 'copy', what: 'string', id: strings[0].id });
    assert.equal(await vscode.env.clipboard.readText(), strings[0].text);
    await run('exportSetUp');
    const exported = vscode.window.activeTextEditor?.document;
    assert.match(exported?.getText() ?? '', /resource "mongodbatlas_privatelink_endpoint_service"/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

    await run('removeService');
    const confirmation = await page.confirm({ cloud: true });
    assert.equal(confirmation.typed?.expected, 'us-east-1');
    assert.ok(confirmation.strings.some(({ text }) => text === strings[0]?.text));
    await isRemoved(page);
    assert.deepEqual(await window.contents(project), before);
    // The page is not at its end: it begins anew.
    await page.act('start-over');
    await page.at('service');
  });

  it('takes what the AWS CLI prints, whole, without credentials of AWS', async () => {
    const { page, before } = await window.begin('setUpEndpoint', project);
    await page.at('service');
    await page.press('service');
    await page.at('cloud');
    assert.match(page.step('cloud').doIt?.disabled ?? '', /credentials/);
    const serviceName = page.step('service').details.find(({ id }) => id === 'service-name')?.value ?? '';
    const printed = await makeInterfaceEndpoint(serviceName);
    const made = (await window.contents(project)).aws.filter((line) => !before.aws.includes(line));
    const endpoint = made.join().replace('us-east-1 ', '');
    await page.paste('cloud', printed);
    await page.at('register');
    await page.press('register');
    await page.until('strings', (state) => stringsHere(state).length > 0);
    const there = await window.contents(project);
    assert.deepEqual(there.atlas, ['AWS US_EAST_1 AVAILABLE', `${endpoint} AVAILABLE`]);
    assert.deepEqual(
      there.aws.filter((line) => !before.aws.includes(line)),
      made,
      'no second one was made',
    );

    assert.match(
      await removalCommands(page, endpoint),
      new RegExp(`aws ec2 delete-vpc-endpoints [^]*us-east-1[^]*${endpoint}`),
    );
    await page.act('remove-service');
    const { consequences, options } = await page.confirm();
    assert.deepEqual(options, [], 'nothing to choose without credentials');
    assert.match(consequences.join(' '), /in your own cloud account stays/);
    await isRemoved(page);
    assert.deepEqual((await window.contents(project)).atlas, []);
    await deleteInterfaceEndpoint(endpoint);
  });
});
