import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from './find-browser';

/** Opens a browser without a window that fetches nothing by itself. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = findBrowser();
  return await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: [
      // Root has no sandbox of the browser's. It opens pages of this machine only.
      ...(process.getuid?.() === 0 ? ['--no-sandbox', '--no-zygote'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
