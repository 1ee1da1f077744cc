import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/connection-string/redact';
import { problem } from '../../../src/core/problem';
import type { TestReport } from '../../../src/diagnostics/events';
import { redactReport } from '../../../src/diagnostics/report/redact-report';
import { reportJunit } from '../../../src/diagnostics/report/report-junit';

/** A test that failed at the sign-in, with a text of the server. */
function reportOf(
  message: string,
  connectionString = 'mongodb+srv://<credentials>@test-pl-0.ab1cd.mongodb.net/',
): TestReport {
  const subject = 'test-pl-0.ab1cd.mongodb.net';
  const facts = [
    { name: 'failure', value: 'rejected' },
    { name: 'authSource', value: 'admin' },
    { name: 'error', value: 'MongoServerError' },
    { name: 'message', value: message },
  ];
  const evidence = facts.map(({ name, value }) => `${name}: ${value}`).join('; ');
  const found = problem('AUTH_AWS', subject, { message }, { evidence });
  return {
    context: {
      connectionString,
      where: { hostname: 'host', kind: 'local' },
      dnsServers: [],
      startedAt: '2026-01-01T00:00:00.000Z',
    },
    hops: [{ hop: 'sign-in', subject, outcome: 'failed', durationMs: 1, facts, problem: found }],
    verdict: { outcome: 'failed', failedHop: 'sign-in', problems: [found] },
    durationMs: 1,
  };
}

function redacted(report: TestReport, ...secrets: readonly string[]): TestReport {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.register(secret);
  return redactReport(report, redactor);
}

describe('the redaction of a report', () => {
  it('leaves words alone that are somebody’s password: hosts, names and codes', () => {
    const report = reportOf('Authentication failed.');
    const words = ['test', 'admin', 'rejected', 'error', 'mongodb', 'name', 'message', 'failure'];
    assert.deepEqual(redacted(report, ...words.filter((word) => word.length < 8)), report);
    // From eight characters on it is taken out of names, too; the string can still be tested again.
    const { context, hops } = redacted(reportOf('', 'mongodb://test-pl-0.net/?appName=test-pl-0'), 'test-pl-0');
    assert.equal(context.connectionString, 'mongodb://test-pl-0.net/?appName=<redacted>');
    assert.equal(hops[0]?.subject, '<redacted>.ab1cd.mongodb.net');
  });

  it('takes a password out of what the other side said, also in evidence and parameters', () => {
    const report = redacted(reportOf('no user test; message: test'), 'test');
    assert.doesNotMatch(JSON.stringify([report.hops[0]?.facts, report.verdict]).replaceAll('test-pl-0', ''), /test/);
    const evidence =
      'failure: rejected; authSource: admin; error: MongoServerError; message: no user <redacted>; message: <redacted>';
    assert.equal(report.verdict.problems[0]?.evidence, evidence);
  });

  it('finds a password in XML that would be written another way there', () => {
    const secret = 'a&b<"canary"';
    const junit = reportJunit(redacted(reportOf(`no ${secret} here`), secret), 'host');
    assert.doesNotMatch(junit, /canary/);
    assert.match(junit, /no &lt;redacted&gt; here/);
  });

  it('takes what looks like a secret out of every string', () => {
    const proxy = 'mongodb://h/?proxyHost=p&proxyPassword=canary';
    assert.doesNotMatch(JSON.stringify(redacted(reportOf(proxy, proxy))), /canary/);
    assert.doesNotMatch(JSON.stringify(redacted(reportOf('', 'mongodb+srv://app:canary'), 'canary')), /canary/);
  });

  it('keeps a long secret out of every value', () => {
    const secret = 'canary-S3cret';
    const leaky = JSON.parse(
      JSON.stringify(reportOf(secret)).replaceAll('rejected', secret).replaceAll('test-pl-0', secret),
    ) as TestReport;
    const { hops, verdict } = redacted(leaky, secret);
    assert.ok(JSON.stringify(leaky.verdict).includes(secret));
    assert.ok(!JSON.stringify([hops, verdict]).includes(secret));
  });
});
