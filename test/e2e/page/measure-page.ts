import type { Browser } from 'playwright-core';
import type { PageState } from '../../../webview/protocol';
import { median } from '../../bench/figure';
import type { Measured } from '../../bench/page';
import { openBrowser } from '../../browser/open-browser';
import { stateNamed } from './fixtures/all';
import { bootstrapOf, openPage } from './open-page';
import { servePage, type PageServer } from './serve-page';

const times = 5;

/** Opens the page several times, each in a browser context of its own, and takes the medians. */
export async function measurePage(): Promise<Measured> {
  const server = await servePage();
  const browser = await openBrowser();
  try {
    const many = withEndpoints(50);
    // The browser's own first page is not counted.
    await show(browser, server, many);
    const ordinary = await runs(() => show(browser, server, stateNamed('cloud-aws')));
    const ofMany = await runs(() => show(browser, server, many));
    return {
      firstShow: median(ordinary.map(({ shown }) => shown)),
      firstShowOfMany: median(ofMany.map(({ shown }) => shown)),
      redraw: median(ofMany.map(({ redrawn }) => redrawn)),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Shown {
  readonly shown: number;
  readonly redrawn: number;
}

async function runs(work: () => Promise<Shown>): Promise<readonly Shown[]> {
  const all: Shown[] = [];
  for (let run = 0; run < times; run += 1) all.push(await work());
  return all;
}

async function show(browser: Browser, server: PageServer, state: PageState): Promise<Shown> {
  const open = await openPage(browser, server, bootstrapOf(state));
  const { page } = open;
  try {
    // Ready is posted when the first state stands in the document; what follows is the frame that shows it.
    const shown = await page.evaluate(() => window.harness.shownAt);
    const redrawn = await page.evaluate(async (next) => {
      const started = performance.now();
      const drawn = new Promise((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(resolve));
        }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      });
      window.postMessage({ type: 'state', state: next }, '*');
      await drawn;
      return performance.now() - started;
    }, changed(state));
    if (shown === undefined) throw new Error('The page was never shown.');
    return { shown, redrawn };
  } finally {
    await open.close();
  }
}

/** The next state, with every endpoint in another status. */
function changed(state: PageState): PageState {
  const { status } = stateNamed('failed').status?.endpoints[0] ?? {};
  if (state.status === undefined || status === undefined) return { ...state, revision: state.revision + 1 };
  const endpoints = state.status.endpoints.map((endpoint) => ({ ...endpoint, status }));
  return { ...state, revision: state.revision + 1, status: { ...state.status, endpoints } };
}

/** The page of a service with so many endpoints. */
function withEndpoints(count: number): PageState {
  const state = stateNamed('many-endpoints');
  const [endpoint] = state.status?.endpoints ?? [];
  if (state.status === undefined || endpoint === undefined) throw new Error('The fixture has endpoints.');
  const endpoints = Array.from({ length: count }, (_, index) => ({ ...endpoint, id: `vpce-${String(index)}` }));
  return { ...state, status: { ...state.status, endpoints } };
}
