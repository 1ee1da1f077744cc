import { join } from 'node:path';
import { openBrowser } from '../browser/open-browser';
import { remoteAddress, serveVscode } from '../vscode/serve-vscode';
import type { HostRun } from './run';
import { root } from '../../scripts/root';

/** All tests of a window together. */
const longestRunMs = 300_000;

/**
 * Runs the tests in the extension host of VS Code's server, by opening its window in a browser. Rejects when a test
 * failed, or when there was no result in five minutes.
 */
export async function runInServedVscode(run: HostRun): Promise<void> {
  const vscode = await serveVscode({
    dataFolder: join(run.scratch, 'server-data'),
    env: run.env,
    isTrusted: run.isTrusted,
  });
  try {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const ended = new Promise<number>((resolve) => {
        void page.exposeFunction('codeAutomationExit', resolve);
      });
      await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
        if (run.verbose) console.log(`    [${type}]`, ...args);
      });
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
      if (outcome === 0) return;
      await page.screenshot({ path: join(root, 'out/host-failure.png') });
      throw new Error(
        outcome === 'timeout' ? 'no result in five minutes, see out/host-failure.png' : 'tests failed in VS Code',
      );
    } finally {
      await browser.close();
    }
  } finally {
    await vscode.close();
  }
}
