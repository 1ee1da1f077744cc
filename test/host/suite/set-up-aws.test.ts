import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { signedIn } from './extension';
import { hurried, openPage, stringsHere } from './page-driver';
import { contentsOf, deleteInterfaceEndpoint, makeInterfaceEndpoint } from './sandbox-contents';

const project = 'start-on-aws-sandbox';

describe('AWS, from nothing to available and back', () => {
  let services: Services;
  before(async () => {
    services = await signedIn();
  });
  hurried(() => services);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('does every step by a command of the palette', async () => {
    const page = await openPage(services, 'setUpEndpoint', project);
    const before = await contentsOf(services, project);
    assert.deepEqual(before.atlas, []);
    const run = (command: string): Thenable<unknown> =>
      vscode.commands.executeCommand(`atlasPrivateEndpoints.${command}`);
    await page.at('service');
    await run('setUpService');
    await page.at('cloud');
    await page.fill({ profile: 'chain' });
    await page.fill({ vpc: (await page.choices('vpc'))[0] ?? '' });
    const [subnet = ''] = await page.choices('subnets');
    await page.fill({ subnets: [subnet] });
    await run('setUpCloud');
    await page.at('register');
    await run('setUpRegister');
    const usable = await page.until('strings', (state) => stringsHere(state).length > 0);

    const endpoint = usable.status?.endpoints[0]?.id ?? '';
    const there = await contentsOf(services, project);
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
    await page.until('a notice that it was removed', ({ notices }) => notices.some(({ id }) => id === 'removed'));
    assert.deepEqual(await contentsOf(services, project), before);
    // The page is not at its end: it begins anew.
    await page.act('start-over');
    await page.at('service');
  });

  it('takes what the AWS CLI prints, whole, without credentials of AWS', async () => {
    const page = await openPage(services, 'setUpEndpoint', project);
    const before = await contentsOf(services, project);
    assert.deepEqual(before.atlas, []);
    await page.at('service');
    await page.press('service');
    await page.at('cloud');
    assert.match(page.step('cloud').doIt?.disabled ?? '', /credentials/);
    const serviceName = page.step('service').details.find(({ id }) => id === 'service-name')?.value ?? '';
    const printed = await makeInterfaceEndpoint(serviceName);
    const made = (await contentsOf(services, project)).aws.filter((line) => !before.aws.includes(line));
    const endpoint = made.join().replace('us-east-1 ', '');
    await page.paste('cloud', printed);
    await page.at('register');
    await page.press('register');
    await page.until('strings', (state) => stringsHere(state).length > 0);
    const there = await contentsOf(services, project);
    assert.deepEqual(there.atlas, ['AWS US_EAST_1 AVAILABLE', `${endpoint} AVAILABLE`]);
    assert.deepEqual(
      there.aws.filter((line) => !before.aws.includes(line)),
      made,
      'no second one was made',
    );

    await page.act('show-removal-commands', endpoint);
    const commands = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(commands, new RegExp(`aws ec2 delete-vpc-endpoints [^]*us-east-1[^]*${endpoint}`));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await page.act('remove-service');
    const { consequences, options } = await page.confirm();
    assert.deepEqual(options, [], 'nothing to choose without credentials');
    assert.match(consequences.join(' '), /in your own cloud account stays/);
    await page.until('a notice that it was removed', ({ notices }) => notices.some(({ id }) => id === 'removed'));
    assert.deepEqual((await contentsOf(services, project)).atlas, []);
    await deleteInterfaceEndpoint(endpoint);
  });
});
