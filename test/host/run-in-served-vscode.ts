import { join } from 'node:path';
import { openBrowser } from '../browser/open-browser';
import { storedInBrowser } from '../browser/stored-in-browser';
import { remoteAddress, serveVscode } from '../vscode/serve-vscode';
import type { HostRun } from './run';
import { root } from '../../scripts/root';

/** Runs in the page, before VS Code does. */
const followTitle = `addEventListener('DOMContentLoaded', () => {
  const tell = () => void titleSeen(document.title);
  new MutationObserver(tell).observe(document.head, { subtree: true, childList: true, characterData: true });
  tell();
});`;

/** All tests of a window together. */
const longestRunMs = 600_000;

/**
 * Runs the tests in the extension host of VS Code's server, by opening its window in a browser. Rejects when a test
 * failed, or when there was no result in ten minutes. `onText` hears everything that the browser has of it beside the
 * drawn page: each title of the window, what tests and VS Code print, and what is stored at the end.
 */
export async function runInServedVscode(run: HostRun, onText: (text: string) => void = () => undefined): Promise<void> {
  const vscode = await serveVscode({
    dataFolder: join(run.scratch, 'server-data'),
    env: run.env,
    isTrusted: run.isTrusted,
    ...(run.served === undefined ? {} : { version: run.served }),
  });
  try {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const ended = new Promise<number>((resolve) => {
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
        onText(args.join(' '));
        if (run.verbose) console.log(`    [${type}]`, ...args);
      });
      page.on('console', (message) => onText(message.text()));
      await page.exposeFunction('titleSeen', onText);
      await page.addInitScript(followTitle);
      await page.goto(
        vscode.windowUrl(run.workspace, [
          ['extensionDevelopmentPath', remoteAddress(vscode, run.extension)],
          ['extensionTestsPath', remoteAddress(vscode, join(run.tests, 'index.js'))],
        ]),
      );
      const timer = new Promise<'timeout'>((resolve) => {
        setTimeout(() => resolve('timeout'), longestRunMs).unref();
      });
      const outcome = await Promise.race([ended, timer]);
      for (const text of await storedInBrowser(page)) onText(text);
      if (outcome === 0) return;
      await page.screenshot({ path: join(root, 'out/host-failure.png') });
      throw new Error(
        outcome === 'timeout' ? 'no result in ten minutes, see out/host-failure.png' : 'tests failed in VS Code',
      );
    } finally {
      await browser.close();
    }
  } finally {
    await vscode.close();
  }
}
