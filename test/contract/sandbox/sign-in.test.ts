import assert from 'node:assert/strict';
import type { AtlasUnderTest, FakeClock, Reply } from '../../builders/sandbox';
import { answerDigest, fakeClock, readReply, startAtlasUnderTest } from '../../builders/sandbox';

describe('sandbox Atlas: sign-in, versions, pages and faults', () => {
  let clock: FakeClock;
  let sandbox: AtlasUnderTest;

  beforeEach(async () => {
    clock = fakeClock();
    sandbox = await startAtlasUnderTest({ clock, projects: 1200 });
  });
  afterEach(() => sandbox.close());

  const groups = '/api/atlas/v2/groups';

  async function get(path: string, authorization?: string): Promise<Reply> {
    const headers = {
      Accept: 'application/vnd.atlas.2023-01-01+json',
      ...(authorization === undefined ? {} : { Authorization: authorization }),
    };
    return readReply('GET', path, await fetch(`${sandbox.atlas.baseUrl}${path}`, { headers }));
  }

  it('accepts the API key by digest, each count of a nonce once', async () => {
    const { publicKey, privateKey } = sandbox.world.credentials;
    const challenge = (await get(groups)).headers.get('www-authenticate') ?? '';
    assert.match(challenge, /^Digest realm=/);
    const answer = answerDigest(challenge, 'GET', groups, publicKey, privateKey);
    assert.equal((await get(groups, answer)).status, 200);
    assert.equal((await get(groups, answer)).status, 401, 'a repeated count');
    assert.equal((await get(groups, answerDigest(challenge, 'GET', groups, publicKey, privateKey, 2))).status, 200);
    assert.equal((await get(groups, answerDigest(challenge, 'GET', groups, publicKey, 'wrong', 3))).status, 401);
    assert.equal(
      (await get('/api/atlas/v2/orgs', answerDigest(challenge, 'GET', groups, publicKey, privateKey, 4))).status,
      401,
    );
    clock.advance(300_001);
    const late = await get(groups, answerDigest(challenge, 'GET', groups, publicKey, privateKey, 5));
    assert.match(late.headers.get('www-authenticate') ?? '', /stale=true/);
  });

  it('accepts a bearer token until it expires', async () => {
    assert.equal((await sandbox.call('GET', '/groups')).status, 200);
    clock.advance(3_600_000);
    const reply = await sandbox.call('GET', '/groups');
    assert.deepEqual([reply.status, reply.json.error], [401, 401]);
    const refused = await fetch(`${sandbox.atlas.baseUrl}/api/oauth/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from('some:one').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    assert.deepEqual([refused.status, ((await refused.json()) as { error: string }).error], [401, 'invalid_client']);
  });

  it('answers in the newest version that is not younger, and in none else', async () => {
    const path = `/groups/${sandbox.project('storefront-sandbox').id}/clusters`;
    for (const [accept, answered] of [
      ['2025-03-12', '2024-08-05'],
      ['2024-08-04', '2023-02-01'],
      ['2023-01-01', '2023-01-01'],
    ]) {
      const reply = await sandbox.call('GET', path, { accept: `application/vnd.atlas.${accept}+json` });
      assert.match(reply.contentType ?? '', new RegExp(`^application/vnd\\.atlas\\.${answered}\\+json`));
    }
    for (const accept of ['application/json', 'application/vnd.atlas.2022-01-01+json', 'text/html']) {
      assert.equal((await sandbox.call('GET', path, { accept })).status, 406, accept);
    }
  });

  it('pages to the end', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/groups?itemsPerPage=500';
    let calls = 0;
    while (path !== undefined) {
      const { json }: Reply = await sandbox.call('GET', path);
      assert.equal(json.totalCount, sandbox.world.atlas.projects.size);
      seen.push(...json.results.map((item) => item.id));
      const next = json.links.find((link) => link.rel === 'next')?.href;
      path = next?.slice(`${sandbox.atlas.baseUrl}/api/atlas/v2`.length);
      calls += 1;
    }
    assert.equal(calls, Math.ceil(sandbox.world.atlas.projects.size / 500));
    assert.deepEqual(seen, [...sandbox.world.atlas.projects.keys()]);
    assert.equal((await sandbox.call('GET', '/groups?includeCount=false')).json.totalCount, undefined);
    assert.equal((await sandbox.call('GET', '/groups?itemsPerPage=501')).status, 400);
    assert.equal((await sandbox.call('GET', '/groups?pageNum=0')).status, 400);
  });

  it('limits the rate when it is told to', async () => {
    sandbox.world.atlas.rateLimit = 2;
    assert.equal((await sandbox.call('GET', '/orgs')).headers.get('ratelimit-remaining'), '1');
    assert.equal((await sandbox.call('GET', '/orgs')).status, 200);
    const reply = await sandbox.call('GET', '/orgs');
    assert.deepEqual([reply.status, reply.headers.get('retry-after')], [429, '60']);
    clock.advance(60_000);
    assert.equal((await sandbox.call('GET', '/orgs')).status, 200);
  });

  it('shows each failure that is switched on', async () => {
    const { world } = sandbox;
    const { id } = sandbox.project('storefront-sandbox');
    const services = `/groups/${id}/privateEndpoint/AWS/endpointService`;
    const withFault = async (fault: string, check: () => Promise<void>): Promise<void> => {
      world.faults.set(fault, true);
      await check();
      world.faults.set(fault, false);
    };
    for (const [fault, status] of [
      ['atlas-unauthorized', 401],
      ['token-expired', 401],
      ['atlas-forbidden', 401],
      ['atlas-ip-blocked', 403],
      ['atlas-429', 429],
      ['atlas-500', 500],
      ['atlas-503', 503],
      ['proxy-401', 401],
      ['project-gone', 404],
    ] as const) {
      await withFault(fault, async () => assert.equal((await sandbox.call('GET', services)).status, status, fault));
    }
    for (const fault of ['atlas-truncated', 'atlas-reset']) {
      await withFault(fault, () => assert.rejects(sandbox.call('GET', services), fault));
    }
    for (const fault of ['atlas-html', 'atlas-not-json', 'atlas-empty']) {
      await withFault(fault, async () => assert.equal((await sandbox.call('GET', services)).json, undefined, fault));
    }
    await withFault('unknown-status', async () => {
      assert.equal((await sandbox.call('GET', services)).json[0]?.status, 'SANDBOX_UNHEARD_OF');
    });
    await withFault('unknown-field', async () => {
      assert.ok('sandboxUnheardOf' in ((await sandbox.call('GET', services)).json[0] ?? {}));
    });
    await withFault('atlas-read-only', async () => {
      assert.equal((await sandbox.call('GET', services)).status, 200);
      const refused = await sandbox.call('DELETE', `${services}/${id}`);
      assert.deepEqual([refused.status, refused.json.errorCode], [401, 'USER_UNAUTHORIZED']);
      await withFault('atlas-forbidden-403', async () => {
        assert.equal((await sandbox.call('DELETE', `${services}/${id}`)).status, 403);
      });
    });
    await withFault('clock-skew', async () => {
      const date = Date.parse((await sandbox.call('GET', services)).headers.get('date') ?? '');
      assert.ok(date > Date.now() + 500_000);
    });
    const other = sandbox.project('orders-sandbox').id;
    world.faults.set('atlas-500', true, id);
    assert.equal((await sandbox.call('GET', services)).status, 500);
    assert.equal((await sandbox.call('GET', `/groups/${other}`)).status, 200, 'limited to one project');
  });
});
