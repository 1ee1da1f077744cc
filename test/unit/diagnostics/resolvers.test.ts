import assert from 'node:assert/strict';
import type { HopResult, TestContext } from '../../../src/diagnostics/events';
import { judge } from '../../../src/diagnostics/verdict';

const context: TestContext = {
  connectionString: 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net',
  where: { hostname: 'test', kind: 'local' },
  dnsServers: ['127.0.0.1:53', '10.0.0.2:53'],
  startedAt: '2026-01-01T00:00:00.000Z',
};

function srvAnswered(...resolvers: readonly string[]): HopResult {
  return {
    hop: 'srv',
    subject: 'cluster0-pl-0.ab1cd.mongodb.net',
    outcome: 'passed',
    durationMs: 5,
    facts: [{ name: 'answeredBy', value: '10.0.0.2:53' }, ...resolvers.map((value) => ({ name: 'resolver', value }))],
  };
}

function problemsOf(
  more: Partial<TestContext>,
  ...hops: readonly HopResult[]
): ReturnType<typeof judge>['verdict']['problems'] {
  const pinged: HopResult = { hop: 'ping', subject: '', outcome: 'passed', durationMs: 5, facts: [] };
  return judge({ context: { ...context, ...more }, hops: [...hops, pinged], durationMs: 10 }, {}).verdict.problems;
}

describe('findings about several resolvers', () => {
  it('names the resolver that does not know what another knows', () => {
    const [found, ...others] = problemsOf({}, srvAnswered('127.0.0.1:53 nxdomain 2 ms', '10.0.0.2:53 records 3 ms'));
    assert.equal(found?.code, 'RESOLVERS_DISAGREE');
    assert.deepEqual(found.parameters, { servers: '127.0.0.1:53', answeredBy: '10.0.0.2:53' });
    assert.deepEqual(others, []);
  });

  it('does not take one that is silent, or refuses, for one that disagrees', () => {
    assert.deepEqual(problemsOf({}, srvAnswered('127.0.0.1:53 timeout 2000 ms', '10.0.0.2:53 records 3 ms')), []);
    assert.deepEqual(problemsOf({}, srvAnswered('127.0.0.1:53 refused 2 ms', '10.0.0.2:53 records 3 ms')), []);
  });

  it('says that the editor’s own resolver is broken when only the system’s answers', () => {
    const hop = srvAnswered('127.0.0.1:53 unreachable (ECONNREFUSED) 1 ms', '10.0.0.2:53 records 3 ms');
    assert.deepEqual(problemsOf({}, hop), []);
    const [found] = problemsOf({ editorServers: ['127.0.0.1:53'] }, hop);
    assert.equal(found?.code, 'RESOLVER_EDITOR_BROKEN');
    assert.deepEqual(found.parameters, { servers: '127.0.0.1:53', answeredBy: '10.0.0.2:53' });
  });
});
