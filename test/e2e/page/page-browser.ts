import type { Browser } from 'playwright-core';
import type { Bootstrap } from '../../../webview/protocol';
import { openBrowser } from '../../browser/open-browser';
import { openPage, type OpenPage, type OpenPageOptions } from './open-page';
import { servePage, type PageServer } from './serve-page';

/**
 * The beginning of a `describe` about the page: a browser, and the page served to it, for all of its tests. Gives what
 * opens a page, which the test closes.
 */
export function pageBrowser(): (bootstrap: Bootstrap, options?: OpenPageOptions) => Promise<OpenPage> {
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

  return (bootstrap, options) => openPage(browser, server, bootstrap, options);
}
