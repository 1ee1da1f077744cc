import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { AwsCloud, AwsVpcEndpoint } from '../../../src/core/cloud';
import { findRegion } from '../../../src/ui/page/endpoint-region';

const found = { id: 'vpce-1' } as AwsVpcEndpoint;

describe('looking for an interface endpoint in several regions', () => {
  it('asks the likeliest first, then all others at once, and none any longer once it is found', async () => {
    const answers = new Map<string, (endpoint: AwsVpcEndpoint | undefined) => void>();
    const signals: (AbortSignal | undefined)[] = [];
    const open = (region: string): Promise<AwsCloud> =>
      Promise.resolve({
        getEndpoint: (_: string, signal?: AbortSignal) => {
          signals.push(signal);
          return new Promise((resolve, reject) => {
            answers.set(region, resolve);
            signal?.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          });
        },
      } as Partial<AwsCloud> as AwsCloud);
    const looking = findRegion(['a', 'b', 'c', 'd'], open, found.id);
    await turn();
    assert.deepEqual([...answers.keys()], ['a']);
    answers.get('a')?.(undefined);
    await turn();
    assert.deepEqual([...answers.keys()], ['a', 'b', 'c', 'd']);
    answers.get('c')?.(found);
    assert.equal(await looking, 'c');
    assert.ok(signals.every((signal) => signal?.aborted === true));
  });
});
