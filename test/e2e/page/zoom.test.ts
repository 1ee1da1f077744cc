import assert from 'node:assert/strict';
import { axeFindings } from './axe-findings';
import { stateNamed } from './fixtures/all';
import { bootstrapOf } from './open-page';
import { pageBrowser } from './page-browser';
import { openEverything, tooWide, unreadableTexts } from './page-layout';
import { takePagePicture } from './page-picture';

/**
 * A window of 1280 × 800 pixels as it is zoomed: so many pixels for each of the page, and so much less room. The side
 * bars of the editor are as large as everything else, and leave the page half of it.
 */
const zooms = [
  { percent: 200, width: 640, height: 400 },
  { percent: 200, width: 340, height: 400 },
  { percent: 400, width: 320, height: 200 },
];

const fixtures = [
  'check-findings',
  'cloud-aws-problems',
  'cloud-commands',
  'use',
  'confirmation',
  'many-endpoints',
  'google-cloud',
];

describe('page that is zoomed', () => {
  const openPage = pageBrowser();

  for (const fixture of fixtures) {
    for (const { percent, width, height } of zooms) {
      it(`is read without scrolling to the side: ${fixture}, ${String(percent)} %, ${String(width)} wide`, async () => {
        const open = await openPage(bootstrapOf(stateNamed(fixture)), {
          context: { viewport: { width, height }, deviceScaleFactor: percent / 100 },
        });
        const { page } = open;
        try {
          assert.equal(await page.evaluate(() => window.devicePixelRatio), percent / 100);
          for (const part of ['closed', 'open']) {
            if (part === 'open') await openEverything(page);
            await takePagePicture(page, `zoom-${fixture}-${String(percent)}-${String(width)}-${part}`);
            assert.deepEqual(await tooWide(page), [], part);
            assert.deepEqual(await unreadableTexts(page), [], part);
            assert.deepEqual(await axeFindings(page), [], part);
          }
        } finally {
          await open.close();
        }
      });
    }
  }

  it('is found to be unreadable where texts are cut off or lie over one another', async () => {
    const open = await openPage(bootstrapOf(stateNamed('cloud-aws')));
    try {
      await open.page.evaluate(() => {
        const box = document.createElement('p');
        box.style.cssText = 'width: 40px; overflow: hidden; white-space: nowrap';
        box.textContent = 'a text that is much longer than its box';
        const over = document.createElement('p');
        over.style.cssText = 'position: absolute; top: 0; left: 0; font-size: 60px';
        over.textContent = 'over the others';
        document.body.append(box, over);
      });
      const found = (await unreadableTexts(open.page)).join('\n');
      assert.match(found, /^cut off: a text that is much longer/mu);
      assert.match(found, /^over one another: .+ \| over the others/mu);
    } finally {
      await open.close();
    }
  });
});
