/**
 * Writes `themes/*.json`: what VS Code gives a webview in each of its default themes (the Markdown preview is one), so
 * that page tests need no VS Code. Run it by hand for a newer VS Code: node --import tsx test/e2e/page/capture-themes.ts
 */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { format } from 'prettier';
import { openBrowser } from '../../browser/open-browser';
import { startNode } from '../../vscode/child-process';
import { installVscode } from '../../vscode/install-vscode';

const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

const scratch = mkdtempSync(join(tmpdir(), 'themes-'));
try {
  for (const [name, theme] of Object.entries(themes)) {
    const captured = await capture(join(scratch, name), theme);
    const text = await format(JSON.stringify({ theme, ...captured }), { parser: 'json', printWidth: 120 });
    writeFileSync(join(import.meta.dirname, 'themes', `${name}.json`), text);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function capture(folder: string, theme: string) {
  const user = join(folder, 'user');
  const workspace = join(folder, 'workspace');
  mkdirSync(join(user, 'User'), { recursive: true });
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'README.md'), '# A webview\n');
  const settings = { 'workbench.colorTheme': theme, 'workbench.startupEditor': 'readme' };
  writeFileSync(join(user, 'User', 'settings.json'), JSON.stringify(settings));
  const vscode = installVscode();
  const server = await startNode(
    vscode.node,
    [
      vscode.codeServer,
      ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--user-data-dir', user],
      ...['--extensions-dir', join(folder, 'extensions'), '--disable-telemetry', '--disable-update-check'],
      ...['--disable-workspace-trust', '--disable-getting-started-override'],
    ],
    /listening on http:\/\/127\.0\.0\.1:(\d+)/,
  );
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.told}/?folder=${workspace}`);
    const frame = await webviewFrame(page);
    return await frame.evaluate(() => {
      const root = document.documentElement.style;
      const names = [...root].filter((property) => property.startsWith('--')).sort();
      const [body, styles] = [document.body, document.getElementById('_defaultStyles')];
      return {
        bodyClass: [...body.classList].filter((name) => /^vscode-(?!body)/.test(name)).join(' '),
        themeKind: body.dataset.vscodeThemeKind ?? '',
        defaultStyles: styles?.textContent ?? '',
        variables: Object.fromEntries(names.map((property) => [property, root.getPropertyValue(property).trim()])),
      };
    });
  } finally {
    await browser.close();
    await server.close();
  }
}

async function webviewFrame(page: Page): Promise<Frame> {
  for (let tries = 0; tries < 60; tries++) {
    for (const frame of page.frames()) {
      const ready = await frame
        .evaluate(() => document.body.dataset.vscodeThemeKind !== undefined)
        .catch(() => false);
      if (ready) return frame;
    }
    await page.waitForTimeout(1000);
  }
  await page.screenshot({ path: 'out/capture-themes.png' });
  throw new Error('No webview came up, see out/capture-themes.png.');
}
