import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { hostIn } from '../../../src/connection-string/credentials';
import type { ReportPage } from '../../../src/ui/report/report-html';
import {
  checkAwsLink,
  explanationOf,
  remediesOf,
  toolsOf,
  type LinkContext,
} from '../../../src/ui/report/report-links';
import { openLab, type Lab } from '../../contract/diagnostics/diagnose';
import { openBrowser } from '../../browser/open-browser';
import { axeFindings, colourRules } from '../page/axe-findings';
import { takePagePicture } from '../page/page-picture';
import { themeNames } from '../page/serve-page';
import { drawReport } from './draw-report';

const well = 'well';

/** One failure for each part of the path, and a test in which nothing failed. */
const cases = {
  [well]: 'connected',
  RESOLVER_NO_SRV: 'failed',
  TCP_TIMEOUT_SOME_PORTS: 'connected',
  TCP_TIMEOUT_ALL: 'failed',
  TLS_INTERCEPTED: 'failed',
  AUTH_FAILED: 'failed',
} as const;

describe('report of a test, drawn', function () {
  this.timeout(60_000);
  let browser: Browser;
  let broken: Lab;
  let healthy: Lab;

  before(async () => {
    [broken, healthy, browser] = await Promise.all([openLab({ scenario: 'broken' }), openLab(), openBrowser()]);
  });
  after(async () => {
    await Promise.all([browser.close(), broken.close(), healthy.close()]);
  });

  for (const [code, outcome] of Object.entries(cases)) {
    it(`${code}: gives axe nothing to find, in every theme and in a narrow column`, async () => {
      const page = await pageOf(code);
      assert.equal(page.report.verdict.outcome, outcome);
      if (code !== well) assert.ok(page.report.verdict.problems.some((problem) => problem.code === code));
      for (const [index, theme] of themeNames.entries()) {
        const drawn = await drawReport(browser, page, theme);
        await takePagePicture(drawn.page, `report-${code}-${theme}`);
        // It is the same document in another sheet: only colours can differ.
        assert.deepEqual(await axeFindings(drawn.page, index === 0 ? undefined : colourRules), [], theme);
        assert.deepEqual(drawn.failures, [], theme);
        await drawn.page.close();
      }
      const narrow = await drawReport(browser, page, 'dark', 320);
      await takePagePicture(narrow.page, `report-${code}-narrow`);
      const overflow = await narrow.page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(overflow, 0);
      await narrow.page.close();
    });
  }

  it('says first where the test ran, then what it found, and every link can be reached by Tab', async () => {
    const { page } = await drawReport(browser, await pageOf('TCP_TIMEOUT_ALL'), 'dark');
    const lines = (await page.innerText('main')).split('\n').filter((line) => line.trim() !== '');
    assert.match(lines[0] ?? '', /^Ran on this machine test$/);
    assert.match(lines[1] ?? '', /^TCP connection: /);
    const links = await page.locator('a').allInnerTexts();
    const reached: string[] = [];
    for (let count = 0; count < links.length + 5; count += 1) {
      await page.keyboard.press('Tab');
      const text = await page.locator('a:focus').allInnerTexts();
      reached.push(...text);
    }
    assert.deepEqual([...new Set(reached)].sort(), [...new Set(links)].sort());
    assert.ok(links.includes('Copy Report') && links.includes('Test from Another Machine…'));
    await page.close();
  });

  async function pageOf(code: string): Promise<Omit<ReportPage, 'nonce' | 'language'>> {
    const lab = code === well ? healthy : broken;
    const connectionString = lab.seedlist(code === well ? 'storefront-sandbox' : `${code}-sandbox`);
    // A silence is waited for to its end; all else ends by itself.
    const { report } = await lab.diagnose(
      connectionString,
      code.startsWith('TCP_TIMEOUT') ? { hopTimeoutMs: 4000 } : {},
    );
    const context: LinkContext = {
      report: 'atlas-private-endpoints-report:/1',
      connectionString,
      owner: undefined,
      endpoint: undefined,
      hasSecurityGroups: true,
      onAws: true,
      awsChecked: false,
    };
    return {
      host: hostIn(connectionString),
      report,
      tools: toolsOf(context),
      remedies: (problem) => remediesOf(problem, context),
      explanation: explanationOf,
      evidence: [
        { tone: 'passed', title: 'Cluster Cluster0', word: 'IDLE' },
        {
          tone: 'warned',
          title: 'Interface endpoint at Atlas',
          id: 'vpce-024f5b57108c8d3ed',
          word: 'Pending',
          explanation: 'AWS is connecting your interface endpoint with the Atlas endpoint service.',
        },
        { tone: 'failed', title: 'Security group', id: 'sg-0', word: 'lets nobody in', message: 'as it was received' },
      ],
      asked: { where: { hostname: 'test', kind: 'ssh-remote' }, at: '2030-01-01T00:00:00.000Z' },
      missing: [{ evidence: { from: 'cloud', reason: 'not-signed-in' }, link: checkAwsLink(context) }],
    };
  }
});
