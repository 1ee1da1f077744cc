import assert from 'node:assert/strict';
import { cliConfigFile, cliProfiles } from '../../../src/atlas/cli-profile';

describe('Atlas CLI profiles', () => {
  it('are found in the configuration folder of the platform', () => {
    assert.equal(cliConfigFile('linux', { HOME: '/h' }), '/h/.config/atlascli/config.toml');
    assert.equal(cliConfigFile('linux', { HOME: '/h', XDG_CONFIG_HOME: '/x' }), '/x/atlascli/config.toml');
    assert.equal(cliConfigFile('darwin', { HOME: '/h' }), '/h/Library/Application Support/atlascli/config.toml');
    assert.equal(cliConfigFile('win32', { APPDATA: 'C:\\A' }), 'C:\\A\\atlascli\\config.toml');
    assert.equal(cliConfigFile('linux', {}), undefined);
  });

  it('give an API key, a service account, and the government installation', () => {
    const results = cliProfiles(
      `version = 2\n[default]\npublic_api_key = "pub"\nprivate_api_key = "priv"\nproject_id = "p"\n` +
        `[gov]\nservice = "cloudgov"\nclient_id = "mdb_sa_id_1"\nclient_secret = "s"\n` +
        `[own]\nops_manager_url = "https://cloud-dev.example.test/"\npublic_api_key = "a"\nprivate_api_key = "b"\n`,
      {},
    );
    const profiles = results.map((result) => (result.ok ? result.value : assert.fail()));
    assert.deepEqual(profiles[0], {
      name: 'default',
      baseUrl: 'https://cloud.mongodb.com',
      projectId: 'p',
      credentials: { kind: 'api-key', publicKey: 'pub', privateKey: 'priv' },
    });
    assert.equal(profiles[1]?.baseUrl, 'https://cloud.mongodbgov.com');
    assert.equal(profiles[1].credentials.kind, 'service-account');
    assert.equal(profiles[2]?.baseUrl, 'https://cloud-dev.example.test');
  });

  it('tell why they cannot be used, without a secret in it', () => {
    const reasons = (text: string) =>
      cliProfiles(text, {}).map((result) => (result.ok ? 'ok' : result.problem.parameters.reason));
    assert.deepEqual(reasons('[a]\npublic_api_key = "x"\n[b]\nauth_type = "user_account"\n[c]\n[d]\nservice = "ops"'), [
      'keyring',
      'user-account',
      'no-credentials',
      'service',
    ]);
    assert.deepEqual(reasons('[a]\nprivate_api_key = "hush'), ['syntax']);
    assert.doesNotMatch(JSON.stringify(cliProfiles('[a]\nprivate_api_key = "hush', {})), /hush/);
  });

  it('come from the environment too, first', () => {
    const [first] = cliProfiles('', { MONGODB_ATLAS_CLIENT_ID: 'i', MONGODB_ATLAS_CLIENT_SECRET: 's' });
    assert.ok(first?.ok);
    assert.equal(first.value.name, 'environment');
  });
});
