import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import { forwardingRulesOutput } from './cloud-output';
import { signedIn } from './extension';
import { hurried, openPage, stringsHere } from './page-driver';
import { contentsOf } from './sandbox-contents';

const project = 'start-on-google-cloud-sandbox';
const cloudProject = 'sandbox-network-project';

describe('Google Cloud, from nothing to available and back', () => {
  let services: Services;
  before(async () => {
    services = await signedIn();
  });
  hurried(() => services);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  for (const { form, portMapping, count } of [
    { form: 'port-mapped', portMapping: true, count: 1 },
    { form: 'with an address for each node', portMapping: false, count: 50 },
  ]) {
    it(`takes what gcloud prints, whole: ${form}`, async () => {
      const page = await openPage(services, 'setUpEndpoint', project);
      assert.deepEqual((await contentsOf(services, project)).atlas, []);
      await page.at('service');
      await page.fill({ portMapping });
      await page.press('service');
      await page.at('cloud');

      assert.equal(page.step('cloud').doIt, undefined, 'the extension does not sign in to Google Cloud');
      const group = `atlas-${String(count)}`;
      await page.fill({
        gcpProject: cloudProject,
        gcpGroupName: group,
        gcpNetwork: 'applications',
        gcpSubnet: 'private',
      });
      const blocks = await page.commands('cloud');
      const names = portMapping ? [group] : Array.from({ length: count }, (_, index) => `${group}-${String(index)}`);
      const cli = blocks.find(({ tool }) => tool === 'gcloud')?.text ?? '';
      const details = page.step('service').details;
      const attachments = (details.find(({ id }) => id === 'service-attachments')?.value ?? '').split('\n');
      assert.equal(attachments.length, count);
      for (const [index, name] of names.entries()) {
        assert.ok(cli.includes(`${name} ${attachments[index] ?? ''}\n`), `${name} in ${cli}`);
      }

      const rules = names.map((name, index) => ({
        name,
        address: `10.30.3.${String(index + 10)}`,
        attachment: attachments[index] ?? '',
      }));
      await page.paste('cloud', forwardingRulesOutput(cloudProject, 'us-central1', rules));
      await page.at('register');
      await page.press('register');
      const { header } = await page.until('strings', (state) => stringsHere(state).length > 0);
      assert.deepEqual(
        header.statuses.map(({ value }) => value),
        ['AVAILABLE', 'AVAILABLE'],
      );
      assert.deepEqual((await contentsOf(services, project)).atlas, ['GCP CENTRAL_US AVAILABLE', `${group} AVAILABLE`]);

      await page.act('show-removal-commands', group);
      const commands = vscode.window.activeTextEditor?.document.getText() ?? '';
      for (const name of names) assert.match(commands, new RegExp(`^ *(disconnect )?${name}\\b`, 'm'));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

      await page.act('remove-endpoint', group);
      const { typed, strings } = await page.confirm();
      assert.equal(typed?.expected, 'us-central1', 'the last endpoint takes the service along');
      assert.equal(strings.length, 1);
      await page.until('a notice that it was removed', ({ notices }) => notices.some(({ id }) => id === 'removed'));
      assert.deepEqual((await contentsOf(services, project)).atlas, []);
    });
  }
});
