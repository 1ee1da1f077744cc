import assert from 'node:assert/strict';
import { withChanges } from '../../../src/setup/draft';

describe('a draft of a set-up', () => {
  it('takes what a step changed, and keeps what was entered while it ran', () => {
    const before = { region: 'US_EAST_1', pasted: '{}', comment: 'old' };
    const now = { ...before, comment: 'typed meanwhile', vpc: 'vpc-1' };
    const after = { region: 'US_EAST_1', comment: 'old', endpointId: 'vpce-1' };
    assert.deepEqual(withChanges(now, before, after), {
      region: 'US_EAST_1',
      comment: 'typed meanwhile',
      vpc: 'vpc-1',
      endpointId: 'vpce-1',
    });
  });
});
