import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../../scripts/root';
import { openBrowser } from '../../browser/open-browser';
import { bootstraps } from './fixtures/all';
import { openPage, type OpenPage } from './open-page';
import { servePage, themeNames, type PageServer } from './serve-page';

const pictures = join(root, 'out/pictures');

/** Columns that people really have: a side by side editor (which is also the whole width at 200 % zoom), and a narrow one. */
const widths = [450, 280];

describe('page in every state', () => {
  let browser: Browser;
  let server: PageServer;

  before(async function () {
    this.timeout(120_000);
    mkdirSync(pictures, { recursive: true });
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
        open = await openPage(browser, server, bootstrap);
      });

      after(() => open.close());

      const picture = (of: string): Promise<unknown> =>
        open.page.screenshot({ path: join(pictures, `${name}-${of}.png`), fullPage: true });

      it('gives axe nothing to find', async () => {
        assert.deepEqual(await findings(open.page), []);
      });

      it(`fits into columns of ${widths.join(' and ')} pixels`, async () => {
        for (const width of widths) {
          await open.setWidth(width);
          await picture(String(width));
          assert.deepEqual(await tooWide(open.page), [], `${String(width)} pixels`);
        }
        await open.setWidth(900);
      });

      it('can be read in every theme', async () => {
        for (const theme of themeNames) {
          await open.setTheme(theme);
          await picture(theme);
          assert.deepEqual(await findings(open.page, colourRules), [], theme);
        }
      });

      it('is as well when everything is open', async () => {
        await openEverything(open.page);
        assert.deepEqual(await findings(open.page), []);
        for (const theme of themeNames) {
          await open.setTheme(theme);
          assert.deepEqual(await findings(open.page, colourRules), [], theme);
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

/** The only rules whose answer hangs on the theme. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** What axe finds, with all of its rules when none are named, those for whole documents included; one line each. */
async function findings(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return await page.evaluate(async (only) => {
    const { axe: inPage } = window as unknown as { readonly axe: typeof axe };
    const { violations } = await inPage.run(document, {
      resultTypes: ['violations'],
      ...(only === undefined ? {} : { runOnly: [...only] }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  }, rules);
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
