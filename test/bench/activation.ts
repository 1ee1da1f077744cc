import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { packageFile } from '../../scripts/build-if-needed';
import { root } from '../../scripts/root';
import { openBrowser } from '../browser/open-browser';
import { serveVscode } from '../vscode/serve-vscode';
import type { Bench } from './figure';

/**
 * In turns, as the machine is now faster, now slower; the least of each counts. Those amid a start have no limit, so
 * the first one is of them: VS Code reads everything for the first time then.
 */
const windows = ['amid start', 'at rest', 'amid start', 'at rest'] as const;

/** What *Running Extensions* says of the installed package, in new windows of VS Code. */
export const bench: Bench = {
  title: 'Activation in VS Code',
  run: async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
    const workspace = join(scratch, 'workspace');
    cpSync(join(root, 'test/vscode/workspace'), workspace, { recursive: true });
    const vscode = await serveVscode({ dataFolder: join(scratch, 'server-data'), packages: [packageFile()] });
    const browser = await openBrowser();
    try {
      const times = { 'at rest': [] as number[], 'amid start': [] as number[] };
      for (const when of windows) {
        const page = await browser.newPage();
        await page.goto(vscode.windowUrl(workspace));
        times[when].push(await activationTime(page, when === 'at rest'));
        await page.close();
      }
      const figure = (name: string, all: readonly number[]) => {
        return { name, value: Math.min(...all), unit: 'ms', note: `least of ${all.join(', ')}` } as const;
      };
      return [
        { ...figure('activation, as Running Extensions reports it', times['at rest']), limit: 50 },
        // The editor counts from when it is our turn to when we are through, with what others do meanwhile.
        figure('the same while other extensions start', times['amid start']),
      ];
    } finally {
      await browser.close();
      await vscode.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/** Opens the view, which activates the extension, and reads how long that took from the editor that tells. */
async function activationTime(page: Page, isAtRest: boolean): Promise<number> {
  const icon = page.locator('.activitybar [aria-label^="Private Endpoints"]').first();
  await icon.waitFor({ timeout: 60_000 });
  const rows = page.locator('.runtime-extensions-editor .extension');
  if (isAtRest) {
    await showRunningExtensions(page);
    await rows.first().waitFor();
    await unchanged(async () => (await rows.allInnerTexts()).join('\n'));
    // The editor lies above all else.
    await page.keyboard.press('Escape');
    await rows.first().waitFor({ state: 'detached' });
  }
  await icon.click();
  await showRunningExtensions(page);
  // "Activation: 12ms", also "Startup Activation: …".
  const row = rows.filter({ hasText: 'Private Endpoints' }).filter({ hasText: /Activation: \d+ms/ });
  await row.waitFor();
  const text = await row.innerText();
  const [, ms] = /Activation: (\d+)ms/.exec(text) ?? [];
  if (ms === undefined) throw new Error(`Running Extensions says: ${text}`);
  return Number(ms);
}

async function showRunningExtensions(page: Page): Promise<void> {
  await page.keyboard.press('F1');
  const palette = page.locator('.quick-input-widget input');
  await palette.waitFor();
  await palette.fill('>Developer: Show Running Extensions');
  await page.locator('.quick-input-list [role="option"]').first().waitFor();
  await palette.press('Enter');
}

/** Waits until a text has been the same for some seconds. */
async function unchanged(read: () => Promise<string>): Promise<void> {
  let seen = await read();
  for (let times = 0; times < 12; times += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await read();
    if (now !== seen) times = 0;
    seen = now;
  }
}
