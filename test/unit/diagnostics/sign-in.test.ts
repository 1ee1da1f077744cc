import assert from 'node:assert/strict';
import { createSecureContext } from 'node:tls';
import { parseConnectionString } from '../../../src/connection-string/parse';
import { driverStart } from '../../../src/diagnostics/mongo/sign-in';

/** The string that the driver gets for a seedlist whose TXT record says `authSource=admin`. */
async function startOf(connectionString: string): Promise<URLSearchParams> {
  const string = parseConnectionString(connectionString);
  assert.ok(string.ok);
  const start = await driverStart({
    string: string.value,
    targets: [{ host: 'pl-0.example.net', port: 1024 }],
    seedOptions: { authSource: 'admin' },
    signIn: { kind: 'from-string' },
    context: createSecureContext(),
    authorities: undefined,
    lookup: () => undefined,
    proxy: undefined,
    timeoutMs: 1000,
  });
  return new URL(start.connectionString).searchParams;
}

describe('what the driver is started with', () => {
  for (const mechanism of ['MONGODB-AWS', 'MONGODB-X509', 'MONGODB-OIDC', 'GSSAPI', 'mongodb-aws']) {
    it(`has no authSource of the seedlist for ${mechanism}, whose users are in no database`, async () => {
      const options = await startOf(`mongodb+srv://c.example.net/?authMechanism=${mechanism}`);
      assert.equal(options.get('authSource'), null);
    });
  }

  it('has the authSource of the seedlist for every other user', async () => {
    for (const more of ['', '/?authMechanism=SCRAM-SHA-256', '/?authMechanism=PLAIN']) {
      assert.equal((await startOf(`mongodb+srv://u:p@c.example.net${more}`)).get('authSource'), 'admin');
    }
  });
});
