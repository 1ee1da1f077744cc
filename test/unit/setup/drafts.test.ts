import assert from 'node:assert/strict';
import type { KeyValue } from '../../../src/accounts/account-store';
import { createDrafts } from '../../../src/ui/page/drafts';

/** The editor's storage, which tells what was written once more, a while after it was written. */
function echoingStorage() {
  let value: Record<string, unknown> = {};
  const echoes: Record<string, unknown>[] = [];
  const state: KeyValue = {
    get: (key) => value[key],
    update: (key, text) => {
      value = { ...value, [key]: text };
      echoes.push(value);
      return Promise.resolve();
    },
  };
  return {
    state,
    /** The oldest change that was not told yet is told. */
    echo: () => {
      value = echoes.shift() ?? assert.fail('nothing was written');
    },
  };
}

function clockAt(time: { now: number }) {
  return { now: () => time.now, monotonic: () => time.now, after: () => () => undefined };
}

describe('the drafts of pages', () => {
  it('outlast the echo of an earlier change, and what was deleted stays so', () => {
    const { state, echo } = echoingStorage();
    const drafts = createDrafts(state, clockAt({ now: 1000 }));
    drafts.set('a/new-service', { region: 'US_EAST_1' });
    drafts.delete('a/new-service');
    echo();
    drafts.set('a/service', { vpc: 'vpc-1' });
    assert.deepEqual(drafts.get('a/new-service'), {});
    echo();
    assert.deepEqual(drafts.get('a/service'), { vpc: 'vpc-1' });
    echo();
    const reloaded = createDrafts(state, clockAt({ now: 1000 }));
    assert.deepEqual([reloaded.get('a/new-service'), reloaded.get('a/service')], [{}, { vpc: 'vpc-1' }]);
  });

  it('are what another window has written later, and what it has written at all after a while', () => {
    const time = { now: 1000 };
    const { state } = echoingStorage();
    const [here, there] = [createDrafts(state, clockAt(time)), createDrafts(state, clockAt(time))];
    here.set('a/service', { vpc: 'vpc-1' });
    time.now += 1;
    there.set('a/service', { vpc: 'vpc-2' });
    assert.deepEqual(here.get('a/service'), { vpc: 'vpc-2' });
    time.now += 20_000;
    there.delete('a/service');
    assert.deepEqual(here.get('a/service'), {});
  });

  it('of an account that has signed out are gone, echo or not', () => {
    const { state, echo } = echoingStorage();
    const drafts = createDrafts(state, clockAt({ now: 1000 }));
    drafts.set('a/service', { vpc: 'vpc-1' });
    drafts.set('b/service', { vpc: 'vpc-2' });
    drafts.forget('a');
    echo();
    echo();
    drafts.set('b/other', {});
    assert.deepEqual([drafts.get('a/service'), drafts.get('b/service')], [{}, { vpc: 'vpc-2' }]);
  });
});
