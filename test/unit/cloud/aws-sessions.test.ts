import assert from 'node:assert/strict';
import { createAwsSession } from '../../../src/cloud/aws/sessions';

const minute = 60_000;

describe('the AWS session of a profile', () => {
  let now = 0;
  let asked = 0;
  const keys = { accessKeyId: 'id', secretAccessKey: 'secret' };
  const resolve = (expiration?: number) => () => {
    asked += 1;
    return Promise.resolve(expiration === undefined ? keys : { ...keys, expiration: new Date(expiration) });
  };
  beforeEach(() => {
    now = 0;
    asked = 0;
  });

  it('keeps what expires until five minutes before', async () => {
    const session = createAwsSession(() => now);
    await session.credentials(resolve(60 * minute));
    now = 54 * minute;
    const kept = await session.credentials(resolve());
    assert.deepEqual([asked, kept.expiration], [1, new Date(60 * minute)]);
    now = 55 * minute;
    await session.credentials(resolve(120 * minute));
    assert.equal(asked, 2);
    await session.credentials(resolve());
    assert.equal(asked, 2);
  });

  it('keeps no keys that never expire: they may be others in the file meanwhile', async () => {
    const session = createAwsSession(() => now);
    await session.credentials(resolve());
    await session.credentials(resolve());
    assert.equal(asked, 2);
  });

  it('resolves once for all who want it at that moment, and anew after a failure', async () => {
    const session = createAwsSession(() => now);
    const fail = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new Error('no'));
    };
    await Promise.all([1, 2, 3].map(() => assert.rejects(session.credentials(fail), /no/)));
    assert.equal(asked, 1);
    await Promise.all([1, 2, 3].map(() => session.credentials(resolve(60 * minute))));
    assert.equal(asked, 2);
  });

  it('keeps nothing that it was told to forget while it was resolved', async () => {
    const session = createAwsSession(() => now);
    const resolving = session.credentials(resolve(60 * minute));
    session.forget();
    await resolving;
    await session.credentials(resolve(60 * minute));
    assert.equal(asked, 2);
  });
});
