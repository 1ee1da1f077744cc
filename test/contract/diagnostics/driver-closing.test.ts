import assert from 'node:assert/strict';
import { MongoClient } from 'mongodb';
import { prepareDriver } from '../../../src/diagnostics/mongo/driver';

describe('closing the driver', () => {
  const connect = Object.getOwnPropertyDescriptor(MongoClient.prototype, 'connect') ?? {};
  afterEach(() => {
    Object.defineProperty(MongoClient.prototype, 'connect', connect);
  });

  it('ends a sign-in that the client would leave pending for ever, as on Node 18', async () => {
    MongoClient.prototype.connect = () => new Promise(() => undefined);
    for (const proxy of [{}, { proxyHost: 'nobody.invalid', proxyPort: 1 }]) {
      const run = prepareDriver(
        'mongodb://127.0.0.1:1/',
        proxy,
        [],
        () => 0,
        () => undefined,
      );
      const signedIn = run.signIn(() => undefined);
      await run.close();
      assert.equal((await signedIn).failure, 'no-server');
    }
  });
});
