import assert from 'node:assert/strict';
import type { TestReport } from '../../../src/diagnostics/events';
import { createTestResults, keyOf } from '../../../src/ui/test-run/test-results';

const report = (outcome: TestReport['verdict']['outcome']): TestReport => ({
  context: {
    connectionString: '',
    where: { hostname: 'h', kind: 'local' },
    dnsServers: [],
    startedAt: '2026-01-05T00:00:00.000Z',
  },
  hops: [],
  verdict: { outcome, problems: [] },
  durationMs: 1,
});

describe('results of tests', () => {
  it('belong to the same hosts, whoever signs in', () => {
    const results = createTestResults();
    let told = 0;
    results.onDidChange(() => {
      told += 1;
    });
    results.add('mongodb+srv://a:b@H.example/?x=1', report('connected'), 5);
    assert.equal(results.of('mongodb+srv://<db_username>:<db_password>@h.example')?.at, 5);
    assert.equal(results.of('mongodb://h.example/'), undefined);
    assert.equal(told, 1);
  });

  it('tell ports and lists of hosts apart, and nothing of credentials', () => {
    const one = keyOf('mongodb://u:p:1@h.example:1024,i.example:1025/?a=b:9');
    assert.equal(one, keyOf('mongodb://h.example:1024,i.example:1025'));
    assert.notEqual(one, keyOf('mongodb://h.example:1024,i.example:1026'));
    assert.ok(!keyOf('mongodb://user:canary@h.example').includes('canary'));
  });

  it('are the last ones, and a test that was cancelled is none', () => {
    const results = createTestResults();
    results.add('mongodb://h', report('failed'), 1);
    results.add('mongodb://h', report('cancelled'), 2);
    assert.equal(results.of('mongodb://h')?.report.verdict.outcome, 'failed');
    for (let index = 0; index < 1100; index += 1) results.add(`mongodb://h${index}`, report('connected'), index);
    assert.equal(results.of('mongodb://h'), undefined);
    assert.equal(results.of('mongodb://h1099')?.at, 1099);
  });
});
