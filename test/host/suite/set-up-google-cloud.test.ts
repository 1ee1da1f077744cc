import assert from 'node:assert/strict';
import { forwardingRulesOutput } from './cloud-output';
import { isRemoved, removalCommands, setUpWindow, stringsHere } from './page-driver';

const project = 'start-on-google-cloud-sandbox';
const cloudProject = 'sandbox-network-project';

describe('Google Cloud, from nothing to available and back', () => {
  const window = setUpWindow();

  for (const { form, portMapping, count } of [
    { form: 'port-mapped', portMapping: true, count: 1 },
    { form: 'with an address for each node', portMapping: false, count: 50 },
  ]) {
    it(`takes what gcloud prints, whole: ${form}`, async () => {
      const { page } = await window.begin('setUpEndpoint', project);
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
      assert.deepEqual((await window.contents(project)).atlas, ['GCP CENTRAL_US AVAILABLE', `${group} AVAILABLE`]);

      const commands = await removalCommands(page, group);
      for (const name of names) assert.match(commands, new RegExp(`^ *(disconnect )?${name}\\b`, 'm'));

      await page.act('remove-endpoint', group);
      const { typed, strings } = await page.confirm();
      assert.equal(typed?.expected, 'us-central1', 'the last endpoint takes the service along');
      assert.equal(strings.length, 1);
      await isRemoved(page);
      assert.deepEqual((await window.contents(project)).atlas, []);
    });
  }
});
