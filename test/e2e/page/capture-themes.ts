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
import { remoteAddress, serveVscode } from '../../vscode/serve-vscode';

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
  const workspace = join(folder, 'workspace');
  mkdirSync(join(workspace, '.vscode'), { recursive: true });
  writeFileSync(join(workspace, 'README.md'), '# A webview\n');
  const settings = { 'workbench.colorTheme': theme };
  writeFileSync(join(workspace, '.vscode/settings.json'), JSON.stringify(settings));
  const vscode = await serveVscode({ dataFolder: join(folder, 'data') });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(vscode.windowUrl(workspace, [['openFile', remoteAddress(vscode, join(workspace, 'README.md'))]]));
    await page.getByText('# A webview').click();
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
    await vscode.close();
  }
}

async function webviewFrame(page: Page): Promise<Frame> {
  for (let tries = 0; tries < 20; tries++) {
    for (const frame of page.frames()) {
      const ready = await frame.evaluate(() => document.body.dataset.vscodeThemeKind !== undefined).catch(() => false);
      if (ready) return frame;
    }
    // Does nothing until the Markdown extension runs.
    await page.keyboard.press('Control+Shift+V');
    await page.waitForTimeout(3000);
  }
  await page.screenshot({ path: 'out/capture-themes.png' });
  throw new Error('No webview came up, see out/capture-themes.png.');
}
