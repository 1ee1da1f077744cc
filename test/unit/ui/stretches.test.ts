import assert from 'node:assert/strict';
import { createStretches } from '../../../src/ui/stretches';

describe('work in stretches', () => {
  it('lets others run between them, also when many pieces of work have waited together', async () => {
    let now = 0;
    let inStretch = 0;
    let longest = 0;
    const stretches = createStretches(4, {
      now: () => now,
      pause: async () => {
        inStretch = 0;
        await Promise.resolve();
      },
    });
    const work = async (): Promise<void> => {
      while (stretches.isTired()) await stretches.rest();
      now += 3;
      inStretch += 3;
      longest = Math.max(longest, inStretch);
    };
    await Promise.all(Array.from({ length: 40 }, work));
    assert.equal(now, 120, 'all of it is done');
    assert.equal(longest, 6, 'the piece that crosses the limit is the last of its stretch');
  });
});
