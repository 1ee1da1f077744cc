import assert from 'node:assert/strict';
import { createRecentChoices } from '../../../src/ui/prompts/recent-choices';

describe('remembered choices', () => {
  const filled = () => {
    const state = new Map<string, unknown>();
    const recent = createRecentChoices({
      get: (key) => state.get(key),
      update: (key, value) => {
        state.set(key, value);
        return Promise.resolve();
      },
    });
    for (const question of ['project of a', 'deployment of p1', 'target of p1/C', 'user of p1', 'project of b']) {
      recent.remember(question, 'gone');
    }
    for (const question of ['deployment of p2', 'form of p2/C', 'variable of file:///folder/a', 'machine']) {
      recent.remember(question, 'there');
    }
    return { state, recent };
  };

  it('of an account go with it; those of others, of folders and machines stay', async () => {
    const { recent } = filled();
    recent.remember('project of b', 'p2');
    await recent.forget(['b', 'p2']);
    for (const question of ['project of a', 'deployment of p1', 'target of p1/C', 'user of p1']) {
      assert.equal(recent.last(question), undefined, question);
    }
    assert.equal(recent.last('project of b'), 'p2');
    for (const question of ['deployment of p2', 'form of p2/C', 'variable of file:///folder/a', 'machine']) {
      assert.equal(recent.last(question), 'there', question);
    }
  });

  it('all go with the last account', async () => {
    const { state, recent } = filled();
    await recent.forget([]);
    assert.deepEqual([...state.values()], [undefined]);
  });
});
