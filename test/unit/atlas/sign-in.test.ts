import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { apiKeySignIn, digestHeader, parseChallenge } from '../../../src/atlas/api-key';
import { createAtlasApi } from '../../../src/atlas/atlas-client';
import type { Authorize } from '../../../src/atlas/send';
import { serviceAccountSignIn } from '../../../src/atlas/service-account';
import { problemOf } from '../../../src/core/problem';
import { createFakeClock, sendJson, startServer, type Answer } from './loopback-server';

const group = '32b6e34b3d91647abb20e7b8';
const project = { id: 'p', name: 'n', orgId: 'o', clusterCount: 0 };

describe('sign-in at Atlas', () => {
  const close: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const one of close.splice(0)) await one();
  });
  async function start(answer: Answer) {
    const server = await startServer(answer);
    close.push(server.close);
    const fake = createFakeClock();
    const apiBy = (authorize: Authorize) =>
      createAtlasApi({ baseUrl: server.baseUrl, authorize, fetch, clock: fake.clock, random: () => 1 });
    return { ...server, ...fake, apiBy };
  }
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'resolved',
      (error: unknown) => problemOf(error)?.code,
    );

  describe('with an API key', () => {
    it('computes the example of RFC 7616 section 3.9.1', () => {
      const header = (algorithm: string): string => {
        const challenge = parseChallenge(
          `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
        );
        assert.ok(challenge);
        return digestHeader(
          { publicKey: 'Mufasa', privateKey: 'Circle of Life' },
          challenge,
          { method: 'GET', url: new URL('http://www.example.org/dir/index.html') },
          { count: 1, clientNonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
        );
      };
      assert.match(header('MD5'), /response="8ca523f5e9506fed4657c9700eebdbec"/);
      assert.match(header('SHA-256'), /response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"/);
    });

    it('prefers SHA-256, and passes over what it cannot answer', () => {
      const both = parseChallenge(
        'Digest realm="r", nonce="a", algorithm=MD5, Digest realm="r", nonce="b", algorithm=SHA-256',
      );
      assert.equal(both?.nonce, 'b');
      assert.equal(parseChallenge('Basic realm="r"'), undefined);
      assert.equal(parseChallenge('Digest realm="r", nonce="a", qop="auth-int"'), undefined);
      assert.equal(parseChallenge('Digest realm="r", nonce="a", algorithm=SHA-512-256'), undefined);
    });

    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    /** A server that knows the key `pub:priv` and takes each nonce `uses` times. */
    const digestServer = (uses: number): Answer => {
      let nonce = 0;
      let used = 0;
      return ({ headers, method }, response) => {
        const sent = headers.authorization ?? '';
        const field = (name: string): string => new RegExp(`${name}="?([^",]+)`).exec(sent)?.[1] ?? '';
        const ha1 = md5('pub:atlas:priv');
        const ha2 = md5(`${method}:${field('uri')}`);
        const expected = md5([ha1, `n${nonce}`, field('nc'), field('cnonce'), 'auth', ha2].join(':'));
        if (sent.includes(`response="${expected}"`) && used < uses && Number.parseInt(field('nc'), 16) > used) {
          used = Number.parseInt(field('nc'), 16);
          sendJson(response, project);
          return;
        }
        nonce += 1;
        used = 0;
        const challenge = `Digest realm="atlas", nonce="n${nonce}", qop="auth", stale=${sent !== ''}`;
        sendJson(response, {}, 401, { 'www-authenticate': challenge });
      };
    };

    it('uses a nonce again with a rising count, and takes a new one when it has ended', async () => {
      const { seen, apiBy } = await start(digestServer(2));
      const api = apiBy(apiKeySignIn({ publicKey: 'pub', privateKey: 'priv' }));
      await api.getProject(group);
      assert.equal(seen.length, 2);
      await api.getProject(group);
      assert.equal(seen.length, 3);
      assert.match(seen[2]!.headers.authorization ?? '', /nc=00000002/);
      await api.getProject(group);
      assert.equal(seen.length, 5);
    });

    it('asks for one challenge however many requests start at once', async () => {
      const { seen, apiBy } = await start(digestServer(100));
      const api = apiBy(apiKeySignIn({ publicKey: 'pub', privateKey: 'priv' }));
      await Promise.all([1, 2, 3, 4].map(() => api.getProject(group)));
      assert.equal(seen.filter(({ headers }) => headers.authorization === undefined).length, 1);
    });

    it('gives up on a wrong key after one try', async () => {
      const { seen, apiBy } = await start(digestServer(100));
      const api = apiBy(apiKeySignIn({ publicKey: 'pub', privateKey: 'wrong' }));
      assert.equal(await codeOf(api.getProject(group)), 'ATLAS_CLOCK_SKEW');
      assert.equal(seen.length, 2);
    });
  });

  describe('with a service account', () => {
    const tokenServer = (accepted: (token: number) => boolean): { answer: Answer; tokens: () => number } => {
      let tokens = 0;
      return {
        tokens: () => tokens,
        answer: ({ path, headers, body }, response) => {
          if (path === '/api/oauth/token') {
            assert.equal(headers.authorization, `Basic ${Buffer.from('mdb_sa_id_1:s_1').toString('base64')}`);
            assert.equal(body, 'grant_type=client_credentials');
            tokens += 1;
            sendJson(response, { access_token: `t${tokens}`, expires_in: 3600 });
          } else if (headers.authorization === `Bearer t${tokens}` && accepted(tokens)) sendJson(response, project);
          else sendJson(response, {}, 401, { date: new Date(Date.UTC(2026, 0, 1)).toUTCString() });
        },
      };
    };
    const account = { clientId: 'mdb_sa_id_1', clientSecret: 's_1', fetch };

    it('has one token made for parallel calls, tells it, and renews it before its end', async () => {
      const { answer, tokens } = tokenServer(() => true);
      const { baseUrl, clock, advance, apiBy } = await start(answer);
      const secrets: string[] = [];
      const onSecret = (secret: string) => secrets.push(secret);
      const api = apiBy(serviceAccountSignIn({ ...account, baseUrl, clock, onSecret }));
      await Promise.all([api.getProject(group), api.getProject(group), api.getProject(group)]);
      assert.equal(tokens(), 1);
      assert.ok(secrets.includes('t1'));
      advance(3_539_000);
      await api.getProject(group);
      assert.equal(tokens(), 1);
      advance(2_000);
      await api.getProject(group);
      assert.equal(tokens(), 2);
    });

    it('renews a refused token once, and no more', async () => {
      const revoked = tokenServer((token) => token > 1);
      const first = await start(revoked.answer);
      await first
        .apiBy(serviceAccountSignIn({ ...account, baseUrl: first.baseUrl, clock: first.clock }))
        .getProject(group);
      assert.equal(revoked.tokens(), 2);
      const never = tokenServer(() => false);
      const second = await start(never.answer);
      const api = second.apiBy(serviceAccountSignIn({ ...account, baseUrl: second.baseUrl, clock: second.clock }));
      assert.equal(await codeOf(api.getProject(group)), 'ATLAS_SIGN_IN_REFUSED');
      assert.equal(never.tokens(), 2);
    });

    for (const status of [429, 503]) {
      it(`asks for a token again when Atlas is busy: ${status}`, async () => {
        const { answer, tokens } = tokenServer(() => true);
        let asked = 0;
        const { baseUrl, clock, apiBy } = await start((request, response, count) => {
          if (request.path === '/api/oauth/token') asked += 1;
          if (asked < 3 && request.path === '/api/oauth/token') sendJson(response, {}, status, { 'retry-after': '0' });
          else answer(request, response, count);
        });
        const api = apiBy(serviceAccountSignIn({ ...account, baseUrl, clock }));
        await api.getProject(group);
        assert.deepEqual([asked, tokens()], [3, 1]);
      });
    }

    it('gives up on a token when Atlas stays busy, or wants a long wait', async () => {
      for (const [wait, times] of [
        ['0', 3],
        ['60', 1],
      ] as const) {
        let asked = 0;
        const { baseUrl, clock, apiBy } = await start(({ path }, response) => {
          if (path === '/api/oauth/token') asked += 1;
          sendJson(response, {}, 429, { 'retry-after': wait });
        });
        const api = apiBy(serviceAccountSignIn({ ...account, baseUrl, clock }));
        assert.equal(await codeOf(api.getProject(group)), 'ATLAS_RATE_LIMITED');
        assert.equal(asked, times);
      }
    });

    it('repeats nothing that the token endpoint says but a known error code', async () => {
      const mark = 'CANARY9f8e7d6c';
      const said = `{"access_token":"${mark}`;
      for (const [status, body, headers] of [
        [200, `${said}","expires_in":3600,}`, {}],
        [200, said, {}],
        [200, `{"access_token":["${mark}"]}`, {}],
        [200, `{"access_token":"${mark} and more"}`, {}],
        [200, `<!doctype html>${mark}`, { 'content-type': 'text/html' }],
        [400, `{"error":"${mark}","error_description":"${mark}"}`, {}],
        [401, `{"error":"invalid_client","error_description":"${mark}"}`, {}],
        [401, `<html>${mark}</html>`, { 'content-type': 'text/html' }],
        [403, `{"errorCode":"IP_ADDRESS_NOT_ON_ACCESS_LIST","detail":"203.0.113.7 ${mark}"}`, {}],
        [403, `{"errorCode":"${mark}","detail":"${mark}"}`, {}],
        [404, `{"errorCode":"${mark}","detail":"${mark}"}`, {}],
        [409, mark, {}],
        [302, '', { location: `https://${mark}.example.test/?token=${mark}` }],
        [429, `{"detail":"${mark}"}`, { 'retry-after': '60' }],
        [500, `{"errorCode":"${mark}","reason":"${mark}"}`, {}],
      ] as const) {
        const { baseUrl, clock, apiBy } = await start((_, response) => {
          response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
        });
        const api = apiBy(serviceAccountSignIn({ ...account, baseUrl, clock }));
        const found = await api.getProject(group).then(
          () => assert.fail('it resolved'),
          (error: unknown) => problemOf(error),
        );
        const everything = JSON.stringify(found);
        assert.match(everything, /ATLAS_/);
        assert.doesNotMatch(everything, /canary/iu, `${status} ${body}`);
        if (body.includes('203.0.113.7')) assert.equal(found?.parameters.address, '203.0.113.7');
      }
    });

    it('tells a secret that is not accepted', async () => {
      const { baseUrl, clock, apiBy } = await start((_, response) =>
        sendJson(response, { error: 'invalid_client' }, 400, { date: new Date(Date.UTC(2026, 0, 1)).toUTCString() }),
      );
      const api = apiBy(serviceAccountSignIn({ ...account, baseUrl, clock }));
      assert.equal(await codeOf(api.getProject(group)), 'ATLAS_SIGN_IN_REFUSED');
    });

    it('stops the renewal when the only call that waits for it is aborted', async () => {
      const abort = new AbortController();
      const { baseUrl, clock, limits, apiBy } = await start(() => abort.abort());
      const api = apiBy(serviceAccountSignIn({ ...account, baseUrl, clock }));
      await assert.rejects(api.getProject(group, abort.signal), { name: 'AbortError' });
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(limits.size, 0);
    });
  });
});
