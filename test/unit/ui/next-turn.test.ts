import assert from 'node:assert/strict';
import { readFile } from 'node:fs';
import { nextTurn } from '../../../src/ui/next-turn';

describe('the next turn', () => {
  it('comes after timers that are due, also for work on something that came in', async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      // Called when something has come in: what is put off there comes before timers.
      readFile(__filename, () => {
        setTimeout(() => order.push('timer'), 1);
        const start = performance.now();
        while (performance.now() - start < 5);
        void nextTurn().then(() => {
          order.push('next turn');
          resolve();
        });
      });
    });
    assert.deepEqual(order, ['timer', 'next turn']);
  });
});
