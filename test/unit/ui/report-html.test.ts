import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findingsFile } from '../../../scripts/findings-page';
import { problem } from '../../../src/core/problem';
import type { TestReport } from '../../../src/diagnostics/events';
import { findings } from '../../../src/diagnostics/verdict';
import { reportHtml, type ReportPage } from '../../../src/ui/report/report-html';
import {
  explanationOf,
  remediesOf,
  reportCommands,
  toolsOf,
  type LinkContext,
} from '../../../src/ui/report/report-links';

import type { EndpointElement } from '../../../src/ui/tree/elements';

const hostile = `</code><script>alert(1)</script><a href="command:workbench.action.quit">"'&\u202e`;

const report: TestReport = {
  context: {
    connectionString: `mongodb+srv://${hostile}/`,
    where: { hostname: hostile, kind: hostile },
    dnsServers: [hostile],
    socksProxy: hostile,
    startedAt: hostile,
  },
  hops: [
    {
      hop: 'srv',
      subject: hostile,
      outcome: 'failed',
      durationMs: 1,
      facts: [
        { name: hostile, value: hostile },
        { name: 'failure', value: hostile },
      ],
      problem: problem('SRV_NXDOMAIN', hostile),
    },
  ],
  verdict: {
    outcome: 'failed',
    failedHop: 'srv',
    problems: [problem('SRV_FOREIGN_DOMAIN', hostile, { target: hostile }, { evidence: hostile })],
  },
  durationMs: 1,
};

const context: LinkContext = {
  report: 'atlas-private-endpoints-report:/Connection%20test%201.md',
  connectionString: `mongodb+srv://${hostile}/`,
  owner: undefined,
  endpoint: undefined,
  hasSecurityGroups: true,
  onAws: true,
  awsChecked: false,
};

const endpoint: EndpointElement = {
  ...{ kind: 'endpoint', id: 'e', accountId: 'a', projectId: 'p', serviceId: 's' },
  ...{ provider: 'AWS', endpointId: 'vpce-1' },
};

describe('report as HTML', () => {
  const page: ReportPage = {
    host: hostile,
    report,
    tools: toolsOf(context),
    remedies: (found) => remediesOf(found, context),
    explanation: explanationOf,
    evidence: [{ tone: 'failed', title: hostile, id: hostile, word: hostile, explanation: hostile, message: hostile }],
    asked: { where: { hostname: hostile, kind: hostile }, at: hostile },
    missing: [{ evidence: { from: 'cloud', reason: 'forbidden', needed: hostile } }],
    language: hostile,
    nonce: 'bm9uY2U=',
  };
  const html = reportHtml(page);

  it('takes nothing of what servers said for markup', () => {
    assert.ok(!html.includes('<script'));
    assert.ok(!html.includes('\u202e'));
    const tags = [...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name]) => name);
    assert.ok(tags.includes('table') && tags.includes('article'));
    assert.ok(!tags.includes('img') && !tags.includes('script'));
  });

  it('links to commands of its own list only, with arguments that are data', () => {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href);
    assert.ok(links.length >= 5);
    for (const link of links) {
      const [, command = '', query = ''] = /^command:([\w.]+)(?:\?(.*))?$/.exec(link) ?? [];
      assert.ok(reportCommands.includes(command), link);
      if (query !== '') assert.ok(Array.isArray(JSON.parse(decodeURIComponent(query))), link);
    }
  });

  it('has for every finding a way to go on, and a part of the documentation', () => {
    const documentation = readFileSync(findingsFile, 'utf8');
    const inFull = { ...context, endpoint };
    for (const code of new Set(findings.map((finding) => finding.code))) {
      assert.ok(documentation.includes(`\n### ${code}\n`), `no documentation of ${code}`);
      assert.deepEqual(explanationOf(problem(code, '')).args, [code]);
    }
    for (const code of ['SG_OUTBOUND', 'NACL', 'VPC_DNS_OFF', 'ONE_ZONE'] as const) {
      assert.ok(remediesOf(problem(code, ''), inFull).length > 0, `nothing to do about ${code}`);
    }
    assert.deepEqual(remediesOf(problem('ONE_ZONE', ''), inFull)[0]?.args, [endpoint]);
  });

  it('never says of a cancelled test that nothing stands in the way', () => {
    const cancelled: TestReport = { ...report, verdict: { outcome: 'cancelled', problems: [] } };
    const told = reportHtml({ ...page, host: 'h', report: cancelled });
    assert.match(told, /<h1>.*The test was cancelled: h/);
    assert.match(told, /What it saw until then stands below\. Failed: SRV and TXT records\./);
    assert.doesNotMatch(told, /stands in the way/);
  });

  it('keeps percent signs of arguments, which the editor decodes twice', () => {
    const [, query = ''] = /href="command:atlasPrivateEndpoints\.copyReport\?([^"]*)"/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(decodeURIComponent(query))), [context.report]);
  });
});
