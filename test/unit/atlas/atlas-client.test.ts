import assert from 'node:assert/strict';
import { createAtlasApi } from '../../../src/atlas/atlas-client';
import { mostPages, readPages } from '../../../src/atlas/paging';
import { anonymous } from '../../../src/atlas/send';
import type { AtlasClientOptions } from '../../../src/atlas/requests';
import type { AtlasApi } from '../../../src/core/atlas-api';
import { readable } from '../../../src/core/partly-read';
import { problemOf, type Problem } from '../../../src/core/problem';
import { describeProblem } from '../../../src/messages/problem-text';
import { createFakeClock, sendJson, startServer, type Answer } from './loopback-server';

const group = '32b6e34b3d91647abb20e7b8';
const project = (number: number) => ({ id: `p${number}`, name: `project ${number}`, orgId: 'o', clusterCount: 1 });

describe('the Atlas Admin API client', () => {
  const close: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const one of close.splice(0)) await one();
  });

  async function start(answer: Answer, more: Partial<AtlasClientOptions> = {}) {
    const server = await startServer(answer);
    close.push(server.close);
    const fake = createFakeClock();
    const api = createAtlasApi({
      baseUrl: server.baseUrl,
      authorize: anonymous,
      fetch,
      clock: fake.clock,
      random: () => 1,
      ...more,
    });
    return { ...server, ...fake, api };
  }

  async function problemFrom(promise: Promise<unknown>): Promise<Problem> {
    const error: unknown = await promise.then(
      () => assert.fail('it resolved'),
      (reason: unknown) => reason,
    );
    const found = problemOf(error);
    assert.ok(found, String(error));
    const text = describeProblem(found);
    assert.notEqual(text.title, '');
    assert.notDeepEqual(text.fixes, []);
    return found;
  }

  const names = async (pages: ReturnType<AtlasApi['listProjects']>): Promise<string[]> => {
    const found: string[] = [];
    for await (const page of pages) found.push(...page.items.map(({ id }) => id));
    return found;
  };

  describe('lists with elements that cannot be read', () => {
    const broken = [null, 7, [], {}, { id: '' }, { name: 'no id\u202e\n' }, { id: 'x', name: 5 }];

    it('reject with what can be read, how many cannot, and the first of them', async () => {
      const { api } = await start((_, response) =>
        sendJson(response, { results: [{ name: 'Cluster0' }, ...broken, { name: 'Cluster1' }] }),
      );
      const { items, problem } = await readable(api.listClusters(group));
      assert.deepEqual(
        items.map(({ name }) => name),
        ['Cluster0', 'no id', 'Cluster1'].map((name) => (name === 'no id' ? 'no id\u202e\n' : name)),
      );
      assert.deepEqual(problem?.parameters, { count: '6', field: 'name' });
      assert.equal(problem.evidence, '#2: no object; #3: no object; #4: no object; …');
      const thrown = await problemFrom(api.listClusters(group));
      assert.equal(thrown.code, 'ATLAS_LIST_INCOMPLETE');
    });

    it('count them over all pages, and name a few of ten thousand', async () => {
      const { api } = await start(({ path }, response) => {
        const page = Number(new URL(path, 'http://x').searchParams.get('pageNum'));
        const results = Array.from({ length: 500 }, (_, index) =>
          index === 0 ? project(page) : { id: `${page}-${index}` },
        );
        sendJson(response, { results, totalCount: 10_000, links: [{ rel: page < 20 ? 'next' : 'self', href: 'x' }] });
      });
      let count = 0;
      for await (const page of api.listProjects()) {
        assert.equal(page.items.length, 1);
        count += Number(page.problem?.parameters.count);
        assert.ok((page.problem?.evidence ?? '').length < 200);
      }
      assert.equal(count, 20 * 499);
    });

    it('stay unreadable as a whole where they are no list, or Atlas says no', async () => {
      const { api } = await start((_, response, number) =>
        number === 1 ? sendJson(response, { results: {} }) : sendJson(response, { errorCode: 'X' }, 404),
      );
      await assert.rejects(readable(api.listClusters(group)), /ATLAS_REPLY_UNREADABLE/u);
      await assert.rejects(readable(api.listClusters(group)), /ATLAS_NOT_FOUND/u);
    });
  });

  describe('paging', () => {
    const pageOf = (path: string): number => Number(new URL(path, 'http://x').searchParams.get('pageNum'));
    const rows = (page: number, count: number) =>
      Array.from({ length: count }, (_, index) => project((page - 1) * 500 + index));

    it('reads the rest in parallel and keeps the order', async () => {
      const held: (() => void)[] = [];
      const { api, seen } = await start(({ path }, response) => {
        const page = pageOf(path);
        const answer = (): void => sendJson(response, { results: rows(page, page === 3 ? 7 : 500), totalCount: 1007 });
        if (page === 1) answer();
        else held.push(answer);
        // Pages two and three are both under way before either is answered, the last one first.
        if (held.length === 2) held.reverse().forEach((one) => one());
      });
      const found = await names(api.listProjects());
      assert.equal(found.length, 1007);
      assert.deepEqual(
        found,
        Array.from({ length: 1007 }, (_, index) => `p${index}`),
      );
      assert.equal(seen.length, 3);
    });

    it('reads on until a page is not full when there is no total', async () => {
      const { api, seen } = await start(({ path }, response) => {
        sendJson(response, { results: rows(pageOf(path), pageOf(path) === 1 ? 500 : 3) });
      });
      assert.equal((await names(api.listProjects())).length, 503);
      assert.equal(seen.length, 2);
    });

    const ofMany = (count: number, size: number, more: object): Answer => {
      return ({ path }, response) => {
        const page = pageOf(path);
        const results = Array.from({ length: count }, (_, index) => project(index)).slice(
          (page - 1) * size,
          page * size,
        );
        const self = { rel: 'self', href: path };
        const next = { rel: 'next', href: path };
        sendJson(response, { results, links: page * size < count ? [self, next] : [self], ...more });
      };
    };
    const totals: Record<string, [count: number, size: number, total: number | undefined, requests: number]> = {
      'of exactly as many': [1000, 500, 1000, 2],
      'of none': [1001, 500, undefined, 3],
      'of nothing': [1001, 500, 0, 3],
      'that is one too low': [1001, 500, 1000, 3],
      'that is far too low': [2600, 500, 700, 6],
      'and a page smaller than what was asked for': [1001, 100, 1001, 11],
      'of none and a page smaller than what was asked for': [1001, 100, undefined, 11],
    };
    for (const [name, [count, size, totalCount, requests]] of Object.entries(totals)) {
      it(`follows the links to the end with a total ${name}, and asks for nothing behind it`, async () => {
        const { api, seen } = await start(ofMany(count, size, { totalCount }));
        assert.deepEqual(
          await names(api.listProjects()),
          Array.from({ length: count }, (_, index) => `p${index}`),
        );
        assert.equal(seen.length, requests);
      });
    }

    it('ends with a total that is too high', async () => {
      const { api } = await start(ofMany(600, 500, { totalCount: 1900 }));
      assert.equal((await names(api.listProjects())).length, 600);
    });

    it('ends without links where a page is not full, whatever the total says', async () => {
      for (const [count, totalCount] of [
        [1001, 1000],
        [1000, 1000],
        [1001, 1300],
      ] as const) {
        const { api } = await start(ofMany(count, 500, { totalCount, links: undefined }));
        assert.equal((await names(api.listProjects())).length, count, `${count} of ${totalCount}`);
      }
    });

    it('gives what was on two pages once', async () => {
      const { api } = await start(({ path }, response) => {
        const page = pageOf(path);
        sendJson(response, { results: page === 1 ? rows(1, 500) : [project(499), project(500)], totalCount: 501 });
      });
      const found = await names(api.listProjects());
      assert.deepEqual(found.slice(-2), ['p499', 'p500']);
      assert.equal(found.length, 501);
    });

    it('says so when the pages never end: the same one each time, or always another', async () => {
      const again = await start(ofMany(500, 500, { links: [{ rel: 'next', href: 'x' }] }));
      // Page two is empty here.
      assert.equal((await names(again.api.listProjects())).length, 500);
      const same = await start((_, response) =>
        sendJson(response, { results: rows(1, 500), links: [{ rel: 'next', href: 'x' }] }),
      );
      const found = await problemFrom(names(same.api.listProjects()));
      assert.deepEqual([found.code, found.parameters.fault], ['ATLAS_REPLY_UNREADABLE', 'endless']);
      assert.equal(same.seen.length, 2);
      let read = 0;
      const other = readPages(
        (page) => {
          read += 1;
          return Promise.resolve({ results: [{ id: String(page) }], totalCount: undefined, hasNext: true });
        },
        (value) => value,
        'host',
      );
      await assert.rejects(async () => {
        for await (const { items } of other) assert.equal(items.length, 1);
      }, /ATLAS_REPLY_UNREADABLE/u);
      assert.equal(read, mostPages);
    });

    it('gives the first page before the others are asked for', async () => {
      const { api, seen } = await start((_, response) =>
        sendJson(response, { results: rows(1, 500), totalCount: 600 }),
      );
      for await (const page of api.listProjects()) {
        assert.equal(page.total, 600);
        break;
      }
      assert.equal(seen.length, 1);
    });
  });

  describe('repetition', () => {
    it('waits as long as Retry-After says, in seconds or until a date', async () => {
      const { api, waits } = await start((_, response, number) => {
        if (number === 1) sendJson(response, { error: 429, errorCode: 'X' }, 429, { 'retry-after': '7' });
        else if (number === 2) {
          sendJson(response, {}, 429, { 'retry-after': new Date(Date.UTC(2026, 0, 1) + 17_000).toUTCString() });
        } else sendJson(response, project(1));
      });
      await api.getProject(group);
      assert.equal(waits.length, 2);
      assert.ok(waits[0]! >= 7000 && waits[1]! >= 9000, String(waits));
    });

    it('takes from Retry-After what can be waited for, and never less than its own wait', async () => {
      const first = async (value: string): Promise<number> => {
        const { api, waits } = await start((_, response, number) => {
          if (number === 1) sendJson(response, {}, 429, { 'retry-after': value });
          else sendJson(response, project(1));
        });
        await api.getProject(group);
        return waits[0] ?? assert.fail('no wait');
      };
      assert.equal(await first('1.5'), 1625);
      for (const value of ['0', '-1', 'soon', '1e9', '12 parsecs', 'June -1', 'Mon, 01 Jan 2001 00:00:00 GMT']) {
        assert.equal(await first(value), 500, value);
      }
      for (const value of ['9'.repeat(40), 'Fri, 01 Jan 9999 00:00:00 GMT']) {
        const { api, waits } = await start((_, response) => sendJson(response, {}, 429, { 'retry-after': value }));
        assert.equal((await problemFrom(api.getProject(group))).parameters.seconds, '86400', value);
        assert.deepEqual(waits, []);
      }
    });

    it('gives up on 429 after all tries, or at once when the wait would be long', async () => {
      const limited = await start((_, response) => sendJson(response, {}, 429));
      assert.equal((await problemFrom(limited.api.getProject(group))).code, 'ATLAS_RATE_LIMITED');
      assert.equal(limited.seen.length, 5);
      const long = await start((_, response) => sendJson(response, {}, 429, { 'retry-after': '3600' }));
      assert.equal((await problemFrom(long.api.getProject(group))).parameters.seconds, '3600');
      assert.equal(long.seen.length, 1);
    });

    it('repeats a reading call after 5xx and a reset, and backs off further each time', async () => {
      const { api, waits } = await start((_, response, number) => {
        if (number === 1) sendJson(response, {}, 500);
        else if (number === 2) response.destroy();
        else sendJson(response, project(1));
      });
      await api.getProject(group);
      assert.deepEqual(waits, [500, 1000]);
    });

    it('never repeats a creating call whose outcome is open', async () => {
      const request = { provider: 'AWS', region: 'US_EAST_1' } as const;
      const failing = await start((_, response) => sendJson(response, {}, 503));
      assert.equal((await problemFrom(failing.api.createEndpointService(group, request))).code, 'ATLAS_SERVER_ERROR');
      assert.equal(failing.seen.length, 1);
      const resetting = await start((_, response) => response.destroy());
      assert.equal((await problemFrom(resetting.api.createEndpointService(group, request))).code, 'ATLAS_UNREACHABLE');
      assert.equal(resetting.seen.length, 1);
    });

    it('repeats a creating call that did nothing: 429 and an idempotent operation going on', async () => {
      const { api, seen } = await start((_, response, number) => {
        if (number === 1) sendJson(response, {}, 429);
        else if (number === 2) {
          sendJson(response, { error: 409, errorCode: 'BUSY', detail: 'Idempotent operation going on.' }, 409);
        } else sendJson(response, { interfaceEndpointId: 'vpce-1', connectionStatus: 'NONE' }, 201);
      });
      const endpoint = await api.registerEndpoint(group, 's', { provider: 'AWS', id: 'vpce-1' });
      assert.equal(endpoint.status, 'NONE');
      assert.equal(seen.length, 3);
    });

    it('takes 404 for done when an earlier removal lost its answer', async () => {
      const { api } = await start((_, response, number) =>
        number === 1 ? response.destroy() : sendJson(response, { errorCode: 'GONE' }, 404),
      );
      await api.deleteEndpointService(group, 'AWS', 's');
    });
  });

  describe('answers that are none', () => {
    const cases: Record<string, [Answer, string]> = {
      'HTML of a proxy': [(_, response) => response.setHeader('content-type', 'text/html').end('<html>'), 'html'],
      'a truncated value': [(_, response) => sendJsonText(response, '{"id": "x'), 'truncated'],
      'no JSON': [(_, response) => sendJsonText(response, 'hello'), 'not-json'],
      'another shape': [(_, response) => sendJson(response, [1]), 'shape'],
      'a missing field': [(_, response) => sendJson(response, { name: 'x' }), 'shape'],
      'a redirect to another origin': [
        (_, response) => response.writeHead(302, { location: 'http://localhost:9/login?token=t' }).end(),
        'redirect',
      ],
    };
    for (const [name, [answer, fault]] of Object.entries(cases)) {
      it(name, async () => {
        const { api } = await start(answer);
        const found = await problemFrom(api.getProject(group));
        assert.equal(found.code, 'ATLAS_REPLY_UNREADABLE');
        assert.equal(found.parameters.fault, fault);
        assert.doesNotMatch(JSON.stringify(found), /token=t/);
      });
    }

    it('follows a redirect within the origin', async () => {
      const { api } = await start(({ path }, response) =>
        path === '/moved' ? sendJson(response, project(4)) : response.writeHead(307, { location: '/moved' }).end(),
      );
      assert.equal((await api.getProject(group)).id, 'p4');
    });

    it('a body that breaks off', async () => {
      const { api } = await start((_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"id":', () => response.destroy());
      });
      assert.equal((await problemFrom(api.getProject(group))).code, 'ATLAS_UNREACHABLE');
    });

    it('a proxy that wants its own sign-in before there is a tunnel', async () => {
      const cause = new Error('Proxy response (407) !== 200 when HTTP Tunneling');
      const { api } = await start(() => undefined, {
        fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
      });
      const found = await problemFrom(api.getProject(group));
      assert.equal(found.code, 'ATLAS_REPLY_UNREADABLE');
      assert.match(describeProblem(found).detail ?? '', /^Something other than Atlas answered: a proxy/);
    });

    it('a proxy that wants its own sign-in in the place of Atlas', async () => {
      const { api } = await start((_, response) => {
        response.writeHead(407, { 'proxy-authenticate': 'Basic realm="Sandbox"' }).end();
      });
      const found = await problemFrom(api.getProject(group));
      assert.equal(found.code, 'ATLAS_REPLY_UNREADABLE');
      assert.match(describeProblem(found).detail ?? '', /^Something other than Atlas answered: a proxy/);
    });

    it('silence', async () => {
      const { api, expire } = await start(() => expire(), {});
      assert.equal((await problemFrom(api.getProject(group))).code, 'ATLAS_TIMEOUT');
    });
  });

  describe('refusals', () => {
    const refusal = async (status: number, body: unknown, headers: Record<string, string> = {}) => {
      const { api } = await start((_, response) => sendJson(response, body, status, headers));
      return problemFrom(api.createEndpointService(group, { provider: 'AWS', region: 'us-east-1' }));
    };

    it('names the role, the address, the existing service', async () => {
      assert.equal((await refusal(403, { errorCode: 'USER_UNAUTHORIZED' })).parameters.role, 'Project Owner');
      const detail = 'IP address 203.0.113.7 is not allowed to access this resource.';
      const list = await refusal(403, { errorCode: 'IP_ADDRESS_NOT_ON_ACCESS_LIST', detail });
      assert.equal(list.code, 'ATLAS_ACCESS_LIST');
      assert.equal(list.parameters.address, '203.0.113.7');
      const exists = await refusal(409, { errorCode: 'PRIVATE_ENDPOINT_SERVICE_ALREADY_EXISTS_FOR_REGION' });
      assert.match(describeProblem(exists).fixes[0]!, /existing service/);
      assert.equal((await refusal(404, { errorCode: 'GROUP_NOT_FOUND' })).code, 'ATLAS_NOT_FOUND');
      assert.equal((await refusal(402, {})).code, 'ATLAS_PAYMENT_REQUIRED');
      assert.equal((await refusal(400, { errorCode: 'INVALID', detail: 'no' })).code, 'ATLAS_REFUSED');
    });

    it('tells by its code what a 401 refuses, and by its challenge where the code is unknown', async () => {
      const digest = { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth"' };
      for (const [errorCode, headers, code] of [
        ['NOT_ORG_GROUP_CREATOR', {}, 'ATLAS_FORBIDDEN'],
        ['USER_UNAUTHORIZED', {}, 'ATLAS_FORBIDDEN'],
        ['USER_UNAUTHORIZED', digest, 'ATLAS_FORBIDDEN'],
        ['NOT_IN_GROUP', {}, 'ATLAS_FORBIDDEN'],
        ['NEVER_HEARD_OF', {}, 'ATLAS_FORBIDDEN'],
        ['NEVER_HEARD_OF', digest, 'ATLAS_SIGN_IN_REFUSED'],
        ['UNAUTHORIZED', {}, 'ATLAS_SIGN_IN_REFUSED'],
        ['INVALID_API_KEY', {}, 'ATLAS_SIGN_IN_REFUSED'],
        ['NOT_AUTHENTICATED', digest, 'ATLAS_SIGN_IN_REFUSED'],
        ['IP_ADDRESS_NOT_ON_ACCESS_LIST', {}, 'ATLAS_ACCESS_LIST'],
        [undefined, {}, 'ATLAS_SIGN_IN_REFUSED'],
        [undefined, { 'www-authenticate': 'Negotiate' }, 'ATLAS_REPLY_UNREADABLE'],
      ] as const) {
        const date = new Date(Date.UTC(2026, 0, 1)).toUTCString();
        const found = await refusal(401, { error: 401, errorCode }, { date, ...headers });
        assert.equal(found.code, code, `${errorCode} ${JSON.stringify(headers)}`);
        if (code === 'ATLAS_FORBIDDEN') assert.equal(found.parameters.role, 'Project Owner');
      }
    });

    it('tells a wrong clock from a wrong key', async () => {
      const date = (ms: number) => ({ date: new Date(Date.UTC(2026, 0, 1) + ms).toUTCString() });
      assert.equal((await refusal(401, {}, date(1000))).code, 'ATLAS_SIGN_IN_REFUSED');
      const skewed = await refusal(401, {}, date(-3_600_000));
      assert.equal(skewed.code, 'ATLAS_CLOCK_SKEW');
      assert.equal(skewed.parameters.difference, '3600');
    });

    it('makes hostile text harmless', async () => {
      const found = await refusal(400, { errorCode: 'X', detail: `a\u001b[31m\u202eb${'y'.repeat(5000)}` });
      assert.doesNotMatch(found.evidence ?? '', /[\u001b\u202e]/);
      assert.ok((found.evidence ?? '').length < 800);
    });
  });

  it('asks no more at once than allowed, and an aborted wait leaves the queue', async () => {
    let open = 0;
    let most = 0;
    const held: (() => void)[] = [];
    let arrived: () => void = () => undefined;
    const full = new Promise<void>((resolve) => (arrived = resolve));
    const { api, seen } = await start(
      (_, response) => {
        open += 1;
        most = Math.max(most, open);
        const answer = (): void => {
          open -= 1;
          sendJson(response, project(1));
        };
        if (seen.length <= 2) held.push(answer);
        else answer();
        if (held.length === 2) arrived();
      },
      { concurrency: 2 },
    );
    const first = [api.getProject(group), api.getProject(group)];
    const abort = new AbortController();
    // As many as there are places: a place handed to one of them would be lost.
    const aborted = [api.getProject(group, abort.signal), api.getProject(group, abort.signal)];
    const last = api.getProject(group);
    await full;
    abort.abort();
    for (const one of aborted) await assert.rejects(one, { name: 'AbortError' });
    held.forEach((answer) => answer());
    await Promise.all([...first, last]);
    assert.equal(seen.length, 3);
    assert.equal(most, 2);
  });

  it('ends a request under way when it is aborted, without a timer left', async () => {
    const abort = new AbortController();
    const { api, limits } = await start(() => abort.abort());
    await assert.rejects(api.getProject(group, abort.signal), { name: 'AbortError' });
    assert.equal(limits.size, 0);
  });

  it('encodes what it puts into a path, and refuses steps up', async () => {
    const { api, seen } = await start((_, response) => sendJson(response, { status: 'AVAILABLE' }));
    await api.getEndpoint(group, 'AZURE', 's', '/subscriptions/a/b');
    assert.ok(seen[0]!.path.endsWith('/endpoint/%2Fsubscriptions%2Fa%2Fb'));
    assert.equal((await problemFrom(api.getProject('..'))).code, 'ATLAS_INPUT_INVALID');
  });

  it('refuses a base URL that would send credentials in the clear', () => {
    const build = (baseUrl: string) => () =>
      createAtlasApi({ baseUrl, authorize: anonymous, fetch, clock: createFakeClock().clock });
    for (const url of [
      'http://cloud.mongodb.com',
      'ftp://x',
      'nonsense',
      'https://u:p@x',
      'http://127.0.0.1.evil.test',
    ])
      assert.throws(build(url), /ATLAS_INPUT_INVALID/, url);
    assert.ok(build('https://cloud.mongodb.com/')());
  });
});

function sendJsonText(response: Parameters<Answer>[1], text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}
