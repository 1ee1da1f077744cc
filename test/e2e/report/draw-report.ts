import type { Browser, Page } from 'playwright-core';
import { reportHtml, type ReportPage } from '../../../src/ui/report/report-html';
import { readTheme, type ThemeName } from '../page/serve-page';

const nonce = 'bm9uY2U=';

/** A report in a browser as a webview shows it, in the colours of one of VS Code's themes. */
export async function drawReport(
  browser: Browser,
  report: Omit<ReportPage, 'nonce' | 'language'>,
  theme: ThemeName,
  width = 1000,
): Promise<{ readonly page: Page; readonly failures: readonly string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: true });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(message.text());
  });
  page.on('pageerror', (error) => failures.push(String(error)));
  const { variables, defaultStyles, bodyClass } = readTheme(theme);
  const declarations = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  const sheet = `html { ${declarations.join(' ')} } ${defaultStyles}`;
  const html = reportHtml({ ...report, nonce, language: 'en' })
    .replace('<style nonce', `<style nonce="${nonce}">${sheet}</style><style nonce`)
    .replace('<body>', `<body class="${bodyClass}">`);
  await page.setContent(html);
  return { page, failures };
}
