import { join } from 'node:path';
import { openBrowser } from '../browser/open-browser';
import { startNode } from '../vscode/child-process';
import { installVscode } from '../vscode/install-vscode';
import type { HostRun } from './run';
import { root } from '../../scripts/root';

/** All tests together. */
const longestRunMs = 300_000;

/**
 * Runs the tests in the extension host of VS Code's server, by opening its window in a browser. Rejects when a test
 * failed, or when there was no result in five minutes.
 */
export async function runInServedVscode(run: HostRun): Promise<void> {
  const vscode = installVscode();
  const server = await startNode(
    vscode.node,
    [
      vscode.server,
      ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
      // Without this a built VS Code takes no tests to run from the address.
      '--enable-smoke-test-driver',
      '--disable-workspace-trust',
      ...['--server-data-dir', join(run.scratch, 'server-data'), '--telemetry-level', 'off'],
    ],
    /listening on (\d+)/,
    { env: { ...process.env, ...run.env } },
  );
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
      const authority = `127.0.0.1:${server.told}`;
      const remote = (path: string): string => `vscode-remote://${authority}${path}`;
      const payload = JSON.stringify([
        ['extensionDevelopmentPath', remote(run.extension)],
        ['extensionTestsPath', remote(join(run.tests, 'index.js'))],
      ]);
      const query = new URLSearchParams({ folder: run.workspace, payload });
      await page.goto(`http://${authority}/?${query.toString()}`);
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
    await server.close();
  }
}
