import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../browser/open-browser';
import { axeFindings, colourRules } from './axe-findings';
import { bootstraps } from './fixtures/all';
import { openPage, type OpenPage } from './open-page';
import { arePicturesWanted, takePagePicture } from './page-picture';
import { servePage, themeNames, type PageServer } from './serve-page';

/** The theme that a page is opened in, and in which axe runs with all of its rules. */
const firstTheme = 'dark';

/** Columns that people really have: a side by side editor (which is also the whole width at 200 % zoom), and a narrow one. */
const widths = [450, 280];

describe('page in every state', () => {
  let browser: Browser;
  let server: PageServer;

  before(async function () {
    this.timeout(120_000);
    server = await servePage();
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const [name, bootstrap] of Object.entries(bootstraps)) {
    describe(name, () => {
      let open: OpenPage;

      before(async () => {
        open = await openPage(browser, server, bootstrap, { theme: firstTheme });
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
          const closed = await openPage(browser, server, bootstrap, { theme: firstTheme });
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

async function openEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const toggle of document.querySelectorAll<HTMLElement>('.step-toggle[aria-expanded=false]')) toggle.click();
  });
  await page.waitForFunction(() => document.querySelector('.step-toggle[aria-expanded=false]') === null);
  // What is in one that opens, others that open included, is made then.
  await page.waitForFunction(() => {
    const closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of closed) details.open = true;
    return (
      closed.length === 0 && [...document.querySelectorAll('details')].every(({ children }) => children.length > 1)
    );
  });
}

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

/** Elements that stick out of the page to the side and stay so: what is drawn is drawn anew for another width. */
async function tooWide(page: Page): Promise<readonly string[]> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const found = await stickingOut(page);
    if (found.length === 0 || Date.now() > deadline) return found;
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** But for what scrolls in a frame of its own. */
async function stickingOut(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const frames = 'pre, .table-frame, .visually-hidden';
    const outside = [...document.querySelectorAll('main *')].filter(
      (element) => element.closest(frames) === null && element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${String(scrollWidth)} wide`] : []),
      ...outside.map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`),
    ];
  });
}
