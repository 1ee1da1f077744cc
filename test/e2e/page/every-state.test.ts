import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { axeFindings, colourRules } from './axe-findings';
import { bootstraps } from './fixtures/all';
import { type OpenPage } from './open-page';
import { pageBrowser } from './page-browser';
import { openEverything, tooWide } from './page-layout';
import { arePicturesWanted, takePagePicture } from './page-picture';
import { themeNames } from './serve-page';

/** The theme that a page is opened in, and in which axe runs with all of its rules. */
const firstTheme = 'dark';

/** Columns that people really have: a side by side editor, and a narrow one. */
const widths = [450, 280];

describe('page in every state', () => {
  const openPage = pageBrowser();

  for (const [name, bootstrap] of Object.entries(bootstraps)) {
    describe(name, () => {
      let open: OpenPage;

      before(async () => {
        open = await openPage(bootstrap, { theme: firstTheme });
      });

      after(() => open.close());

      const picture = (of: string): Promise<void> => takePagePicture(open.page, `${name}-${of}`);

      it('gives axe nothing to find', async () => {
        assert.deepEqual(await axeFindings(open.page), []);
      });

      it(`fits into columns of ${widths.join(' and ')} pixels`, async () => {
        for (const width of widths) {
          await open.setWidth(width);
          await picture(String(width));
          assert.deepEqual(await tooWide(open.page), [], `${String(width)} pixels`);
        }
        await open.setWidth(900);
      });

      it('is as well when everything is open, and can be read in every theme', async () => {
        const whenClosed = await shownElements(open.page);
        for (const theme of arePicturesWanted ? themeNames : []) {
          await open.setTheme(theme);
          await picture(theme);
        }
        await open.setTheme(firstTheme);
        await openEverything(open.page);
        assert.deepEqual(await axeFindings(open.page), []);
        await expectReadable(open);
        // Nearly everything that a closed page shows is on an open one; where it is not, it is looked at by itself.
        const whenOpen = new Set(await shownElements(open.page));
        if (whenClosed.some((element) => !whenOpen.has(element))) {
          const closed = await openPage(bootstrap, { theme: firstTheme });
          await expectReadable(closed);
          await closed.close();
        }
        await open.setWidth(280);
        assert.deepEqual(await tooWide(open.page), []);
      });

      it('does nothing that fails, or that the policy forbids', async () => {
        assert.deepEqual(await open.failures(), []);
        assert.equal(await open.page.evaluate(() => window.broken), undefined);
      });
    });
  }
});

/** In every theme but that in which axe runs with all of its rules. */
async function expectReadable(open: OpenPage): Promise<void> {
  for (const theme of themeNames.filter((one) => one !== firstTheme)) {
    await open.setTheme(theme);
    assert.deepEqual(await axeFindings(open.page, colourRules), [], theme);
  }
}

/** What has text in sight, by tag and classes: what decides of its colours. */
async function shownElements(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const found = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const { parentElement: element } = text;
      if (element === null || text.textContent?.trim() === '') continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      found.add(`${element.tagName} ${element.getAttribute('class') ?? ''}`);
    }
    return [...found];
  });
}
