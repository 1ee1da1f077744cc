import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/root';

const folder = join(root, 'out/pictures');

/** Whether somebody wants to look: a picture takes longer than what the tests find out by themselves. */
export const arePicturesWanted = process.env.PAGE_PICTURES === '1';

/** With `PAGE_PICTURES=1` in the environment saves the whole page as `out/pictures/<name>.png`. */
export async function takePagePicture(page: Page, name: string): Promise<void> {
  if (!arePicturesWanted) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
