import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Bootstrap, PageState, ToExtension, ToPage } from '../../../webview/protocol';
import { moment } from './fixtures/parts';
import { isStill } from './page-layout';
import { readTheme, type PageServer, type ThemeName } from './serve-page';

/** What the document of the tests keeps (`serve-page.ts`). */
interface Harness {
  readonly posted: readonly ToExtension[];
  readonly kept: readonly unknown[];
  readonly violations?: readonly string[];
  /** When the first state was on the screen; milliseconds since the document was asked for. */
  readonly shownAt?: number;
}

declare global {
  interface Window {
    harness: Harness;
    /** Set by markup in texts, when it is taken for markup. */
    broken?: number;
  }
}

/** The page in a browser, with the extension's part played by the test. */
export interface OpenPage {
  readonly page: Page;
  /** What went wrong in the browser: uncaught errors, policy violations, errors in the console. */
  failures(): Promise<readonly string[]>;
  /** What the page has told the extension since the last call. */
  told(): Promise<readonly ToExtension[]>;
  tell(message: ToPage): Promise<void>;
  /** As when a person chooses another theme while the page is open. */
  setTheme(theme: ThemeName): Promise<void>;
  /** Pixels. */
  setWidth(width: number): Promise<void>;
  close(): Promise<void>;
}

const viewportHeight = 900;

export interface OpenPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly context?: BrowserContextOptions;
}

export async function openPage(
  browser: Browser,
  server: PageServer,
  bootstrap: Bootstrap,
  { theme = 'dark', width = 900, context = {} }: OpenPageOptions = {},
): Promise<OpenPage> {
  const browserContext = await browser.newContext({
    viewport: { width, height: viewportHeight },
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...context,
  });
  const page = await browserContext.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(message.text());
  });
  await page.clock.setSystemTime(moment + 60_000);
  await page.goto(server.add(bootstrap, theme));
  await page.waitForFunction(() => window.harness.shownAt !== undefined);
  await page.evaluate(() => document.fonts.ready);
  /** A page draws at first what fits into a window; busy is it until the rest stands there. */
  const isDrawn = async (): Promise<void> => {
    await page.locator('[aria-busy]:not(.loading-page)').waitFor({ state: 'detached' });
    await isStill(page);
  };
  await isDrawn();
  let seen = 0;
  return {
    page,
    failures: async () => [...failures, ...(await page.evaluate(() => window.harness.violations ?? []))],
    told: async () => {
      const posted = await page.evaluate(() => window.harness.posted);
      const news = posted.slice(seen);
      seen = posted.length;
      return news;
    },
    tell: async (message) => {
      await page.evaluate((data) => {
        window.postMessage(data, '*');
        // Messages are handled in their order, and what they change is drawn with the frame after.
        return new Promise((resolve) => {
          window.addEventListener('message', ({ data: own }) => own === 'handled' && requestAnimationFrame(resolve));
          window.postMessage('handled', '*');
        });
      }, message);
      await isDrawn();
    },
    setTheme: async (name) => {
      const { bodyClass, themeKind } = readTheme(name);
      await page.evaluate(
        async ({ sheet, ...body }) => {
          const link = document.querySelector<HTMLLinkElement>('#theme');
          if (link === null) throw new Error('The document of the tests has a theme.');
          const loaded = new Promise((resolve) => link.addEventListener('load', resolve, { once: true }));
          if (!link.href.endsWith(sheet)) {
            link.href = sheet;
            await loaded;
          }
          document.body.className = `vscode-body ${body.bodyClass}`;
          document.body.dataset.vscodeThemeKind = body.themeKind;
          await new Promise(requestAnimationFrame);
        },
        { sheet: `/${name}.css`, bodyClass, themeKind },
      );
    },
    setWidth: async (pixels) => {
      await page.setViewportSize({ width: pixels, height: viewportHeight });
      await isStill(page);
    },
    close: () => browserContext.close(),
  };
}

export function bootstrapOf(state: PageState): Bootstrap {
  return { restorable: { page: state.page }, state };
}
