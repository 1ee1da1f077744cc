// npm run pictures -- [--theme light|dark|…] [--out FOLDER]
//
// Takes the README's pictures of a person's path, in the packaged extension in a served VS Code on a sandbox: type
// `mongodb`, accept a string, test it. Fails when the path does.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageIfNeeded } from '../../../scripts/build-if-needed';
import { root } from '../../../scripts/root';
import { openWorkbench, themes, type Theme, type Workbench } from '../workbench';

const { values: flags } = parseArgs({
  options: {
    theme: { type: 'string', default: 'light' },
    out: { type: 'string', default: join(root, 'docs/pictures') },
  },
});

/** Only what the pictures are about. */
const settings = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  'editor.suggest.showStatusBar': false,
  'editor.wordWrap': 'on',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
};

/** Between the quotes in src/app.js. */
const betweenQuotes = { line: 3, column: 33 };

async function takeSteps(workbench: Workbench): Promise<void> {
  const { page, sandbox } = workbench;
  const shot = async (name: string): Promise<void> => {
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    copyFileSync(await workbench.picture(name), join(flags.out, `${name}.png`));
  };
  // What was chosen before is known, and comes first: completions ask Atlas nothing.
  await workbench.command('Private Endpoints: Copy Connection String');
  for (const choice of ['storefront-sandbox', 'Cluster0', 'AWS us-east-1', 'DNS seedlist', sandbox.dbUsername]) {
    await workbench.pick(choice);
  }
  await workbench.openFile('src/app.js', betweenQuotes);
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });

  // The VS Code of the registry comes without the server of its TypeScript, and says so.
  await workbench.notification('tsserver');
  await workbench.command('Notifications: Clear All Notifications');
  await page.setViewportSize({ width: 1000, height: 440 });
  await page.keyboard.type('mongodb', { delay: 60 });
  const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
  await suggestions.filter({ hasText: 'Cluster0' }).first().waitFor();
  await shot('typing-1-complete');

  await page.keyboard.press('Enter');
  await page.locator('.codelens-decoration', { hasText: 'Switch' }).waitFor();
  const offer = await workbench.notification('Inserted a connection string');
  await shot('typing-2-lens');

  await offer.getByRole('button', { name: 'Test Connection' }).click();
  await workbench.pick(/Database user of the sandbox/);
  await page.locator('.codelens-decoration', { hasText: 'connected' }).waitFor();
  await workbench.notification('Connected: ');
  await shot('typing-3-test');
}

async function main(): Promise<void> {
  if (!Object.hasOwn(themes, flags.theme)) throw new Error(`--theme is one of ${Object.keys(themes).join(', ')}`);
  packageIfNeeded();
  mkdirSync(flags.out, { recursive: true });
  const workbench = await openWorkbench({
    theme: flags.theme as Theme,
    settings,
    size: { width: 1000, height: 900 },
  });
  try {
    await takeSteps(workbench);
  } catch (error) {
    await workbench.picture('failed-typing');
    throw error;
  } finally {
    await workbench.close();
  }
}

await main();
