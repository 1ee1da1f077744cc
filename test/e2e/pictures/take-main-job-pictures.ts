// npm run pictures
//
// Takes the pictures of the README anew, in docs/pictures/: the main job in a window of VS Code on a sandbox.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageIfNeeded } from '../../../scripts/build-if-needed';
import { root } from '../../../scripts/root';
import { openWorkbench } from '../workbench';

/** In bytes: readers load them with the page. */
const largest = 150_000;

packageIfNeeded();
const folder = join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
const workbench = await openWorkbench({
  theme: 'light',
  size: { width: 1080, height: 720 },
  settings: { 'workbench.activityBar.location': 'default', 'editor.minimap.enabled': false },
});
const { page, sandbox } = workbench;

async function picture(name: string): Promise<void> {
  const path = join(folder, name);
  // Over the tree's last rows it points at nothing.
  await page.mouse.move(180, 600);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  if (size > largest) throw new Error(`${name} is larger than ${String(largest)} bytes`);
}

try {
  await workbench.openFile('src/app.js', { line: 3, column: 33 });
  const other = await workbench.row('Sandbox', 'acme-labs-sandbox');
  await other.locator('.monaco-tl-twistie').click();
  await workbench.row('Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
  await workbench.row('Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Endpoint services', 'AWS us-east-1', 'vpce-');
  await picture('tree.png');

  await workbench.openFile('src/app.js', { line: 3, column: 33 });
  await workbench.command('Private Endpoints: Insert Connection String');
  await workbench.pick('storefront-sandbox');
  await workbench.pick('Cluster0');
  await workbench.pick('AWS us-east-1');
  await (await workbench.question()).getByRole('option').filter({ hasText: 'DNS seedlist' }).first().waitFor();
  await picture('insert.png');
  await workbench.pick('DNS seedlist');
  await workbench.pick(sandbox.dbUsername);
  await workbench.pick(/^Connection string/);
  await workbench.saved('src/app.js', /mongodb\+srv:/);

  // The first test of a window loads what tests need: readers look at the times of the second.
  for (let count = 0; count < 2; count += 1) {
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.command('Private Endpoints: Test Connection');
    await workbench.pick(/Database user of the sandbox/);
    await workbench.notification(/Show Report/);
  }
  await (await workbench.notification(/Show Report/)).getByRole('button', { name: 'Show Report' }).click();
  await (await workbench.webview('main .path')).locator('.path .name').first().waitFor();
  await workbench.command('Notifications: Clear All Notifications');
  await picture('test-report.png');
} finally {
  await workbench.close();
}
