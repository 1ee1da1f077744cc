import assert from 'node:assert/strict';
import { problem } from '../../../src/core/problem';
import type { TestReport } from '../../../src/diagnostics/events';
import { reportMarkdown } from '../../../src/diagnostics/report/report-markdown';
import { evidenceMarkdown } from '../../../src/ui/report/evidence-markdown';
import { cancelledText, verdictSentence } from '../../../src/messages/test-text';

const found = problem('ATLAS_UNREACHABLE', 'pl-0.example.net:1024', { reason: 'ETIMEDOUT' }, { evidence: 'ETIMEDOUT' });
const client = {
  ...{ region: 'us-east-1', interfaceIds: ['eni-1'], vpcId: 'vpc-1' },
  ...{ securityGroups: [], endpointIds: [], routes: [], notPermitted: [] },
};
const report: TestReport = {
  context: {
    connectionString: 'mongodb+srv://<credentials>@c-pl-0.example.net',
    where: { hostname: 'laptop', kind: 'ssh-remote' },
    dnsServers: ['127.0.0.1:53'],
    startedAt: '2026-01-01T00:00:00.000Z',
  },
  hops: [
    {
      hop: 'srv',
      subject: 'c-pl-0.example.net',
      outcome: 'passed',
      durationMs: 3.21,
      facts: [{ name: 'host', value: 'a|b`c' }],
    },
    { hop: 'tcp', subject: '10.0.0.1:1024', outcome: 'failed', durationMs: 5000, facts: [], problem: found },
  ],
  verdict: { outcome: 'failed', failedHop: 'tcp', problems: [found] },
  durationMs: 5100,
};

describe('report of a test', () => {
  it('begins with the verdict and says where it ran, what failed and with which evidence', () => {
    const text = reportMarkdown(report, 'c-pl-0.example.net');
    assert.match(text.split('\n')[0] ?? '', /^# TCP connection/);
    for (const part of [
      'laptop',
      'the SSH host of this window',
      '127.0.0.1:53',
      'ETIMEDOUT',
      'ATLAS_UNREACHABLE',
      '3.2 ms',
      '5000 ms',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('keeps its table whatever a server answered', () => {
    const rows = reportMarkdown(report, 'h')
      .split('\n')
      .filter((line) => line.startsWith('| ✅') || line.startsWith('| ❌'));
    assert.equal(rows.length, 2);
    for (const row of rows) assert.equal(row.replaceAll('\\|', '').split('|').length, 7, row);
  });

  it('reads as it is written: what turns a line around in a server’s answer is seen, as in the HTML', () => {
    const facts = [{ name: 'cname', value: 'a\u202etxt.\u0007b\u061c' }];
    const hostile: TestReport = {
      ...report,
      hops: [{ hop: 'cname', subject: 'x\u2066y', outcome: 'passed', durationMs: 1, facts }],
      verdict: { outcome: 'failed', failedHop: 'tcp', problems: [{ ...found, subject: 'n\u200fm' }] },
    };
    const text = reportMarkdown(hostile, 'h\u202a') + evidenceMarkdown({}, hostile);
    assert.doesNotMatch(text, /[\u0007\p{Bidi_Control}]/u);
    for (const part of ['`a\ufffdtxt.\ufffdb\ufffd`', '`x\ufffdy`']) assert.ok(text.includes(part), part);
    const asked = { where: { hostname: 'm\u202e', kind: 'local' }, at: '2030' };
    const cloud = { client: { ...client, address: '10.0.0.1\u202e' } };
    assert.match(evidenceMarkdown({ asked, cloud }, report), /m\ufffd[^]*10\.0\.0\.1\ufffd/u);
  });

  it('tells of a cancelled test that it was cancelled and what had failed by then', () => {
    const cancelled: TestReport = { ...report, verdict: { outcome: 'cancelled', problems: [] } };
    const head = reportMarkdown(cancelled, 'h').split('\n').slice(0, 5).join('\n');
    assert.match(head, /^# The test was cancelled: h\n/);
    assert.match(head, /\nWhat it saw until then stands below\. Failed: TCP connection\.$/);
    assert.doesNotMatch(reportMarkdown(report, 'h'), /until then/);
    assert.match(cancelledText(report.hops.slice(0, 1)), /nothing had failed/);
    assert.match(cancelledText([{ hop: 'srv', outcome: 'skipped' }]), /^Nothing was seen/);
  });

  it('has a sentence for every outcome', () => {
    const outcomes = ['connected', 'reachable-not-signed-in', 'failed', 'cancelled'] as const;
    const sentences = outcomes.map((outcome) => verdictSentence({ outcome, problems: [] }, 'h'));
    assert.equal(new Set(sentences).size, 4);
  });
});
