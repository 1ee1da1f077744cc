import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../../scripts/root';
import { openBrowser } from '../../browser/open-browser';
import { bootstraps } from './fixtures/all';
import { openPage } from './open-page';
import { servePage, themeNames, type PageServer } from './serve-page';

const pictures = join(root, 'out/pictures');

/** Columns that people really have: a side by side editor, a narrow one, and the first at 200 % zoom. */
const widths = [900, 450, 300];

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
    for (const theme of themeNames) {
      it(`${name}, ${theme}: nothing for axe to find, no error, nothing that the policy forbids`, async () => {
        const { page, failures, close } = await openPage(browser, server, bootstrap, { theme });
        try {
          await page.screenshot({ path: join(pictures, `${name}-${theme}.png`), fullPage: true });
          assert.deepEqual(await findings(page), []);
          // What is closed has to be well, too.
          await page.evaluate(() => {
            for (const details of document.querySelectorAll('details')) details.open = true;
            for (const toggle of document.querySelectorAll<HTMLElement>('.step-toggle[aria-expanded=false]'))
              toggle.click();
          });
          assert.deepEqual(await findings(page), []);
          assert.deepEqual(await failures(), []);
          assert.equal(await page.evaluate(() => window.broken), undefined);
        } finally {
          await close();
        }
      });
    }

    it(`${name}: fits into columns of ${widths.join(', ')} pixels`, async () => {
      for (const width of widths) {
        const { page, close } = await openPage(browser, server, bootstrap, { width });
        try {
          await page.screenshot({ path: join(pictures, `${name}-${String(width)}.png`), fullPage: true });
          assert.deepEqual(await tooWide(page), [], `${String(width)} pixels`);
        } finally {
          await close();
        }
      }
    });
  }
});

/** What axe finds with all of its rules, those for whole documents included; one line each. */
async function findings(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { readonly axe: typeof axe };
    const { violations } = await inPage.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
    );
  });
}

/** Elements that stick out of the page to the side, but for what scrolls in a frame of its own. */
async function tooWide(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const frames = 'pre, .table-frame, .visually-hidden';
    const outside = [...document.querySelectorAll('main *')].filter(
      (element) => element.closest(frames) === null && element.getBoundingClientRect().right > clientWidth + 1,
    );
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${String(scrollWidth)} wide`] : []),
      ...outside.map((element) => `${element.tagName} ${element.className.toString()}`),
    ];
  });
}
