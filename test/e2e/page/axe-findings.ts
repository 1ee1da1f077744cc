import axe, { type Result, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** The only rules whose answer hangs on the theme. */
export const colourRules: readonly string[] = ['color-contrast', 'link-in-text-block'];

/** What axe finds, with all of its rules when none are named, those for whole documents included; one line each. */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  const options: RunOptions = {
    resultTypes: ['violations'],
    ...(rules === undefined ? {} : { runOnly: [...rules] }),
  };
  const violations = await page.evaluate<readonly Result[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}
