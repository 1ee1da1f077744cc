import assert from 'node:assert/strict';
import type { TestReport, Verdict } from '../../../src/diagnostics/events';
import { finishedFirst } from '../../../src/ui/report/finished-first';

describe('the last test', () => {
  it('is the last one that came to its end: a cancelled one only where there is no other', () => {
    const kept = (name: string, outcome: Verdict['outcome']) => ({
      name,
      report: { verdict: { outcome, problems: [] } } as unknown as TestReport,
    });
    const names = finishedFirst([
      kept('cancelled now', 'cancelled'),
      kept('failed', 'failed'),
      kept('cancelled before', 'cancelled'),
      kept('connected', 'connected'),
    ]).map(({ name }) => name);
    assert.deepEqual(names, ['failed', 'connected', 'cancelled now', 'cancelled before']);
  });
});
