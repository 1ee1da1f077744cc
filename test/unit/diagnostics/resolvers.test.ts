import assert from 'node:assert/strict';
import type { HopResult, TestContext } from '../../../src/diagnostics/events';
import { endedBy, type Answers, type Asking } from '../../../src/diagnostics/dns/ask';
import type { ServerOutcome } from '../../../src/diagnostics/dns/query';
import { inOrder, type DnsServer } from '../../../src/diagnostics/dns/servers';
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

describe('the servers of this machine', () => {
  const answers = (...outcomes: readonly ServerOutcome[]): Answers => {
    const all = outcomes.map((outcome, index) => ({
      ...{ server: `10.0.0.${String(index)}:53`, outcome, records: [], durationMs: 1 },
    }));
    const best = all.find(({ outcome }) => outcome === 'records');
    return best === undefined ? { all } : { all, best };
  };
  const asked = (source: DnsServer['source'], count: number): Pick<Asking, 'servers'> => ({
    servers: Array.from({ length: count }, (_, index) => ({ address: `10.0.0.${String(index)}:53`, source })),
  });

  it('are the editor’s only where the operating system does not have them', () => {
    assert.deepEqual(inOrder(['10.0.0.1:53', '10.0.0.2:53'], ['127.0.0.1:53', '10.0.0.1:53']), [
      { address: '10.0.0.1:53', source: 'system' },
      { address: '10.0.0.2:53', source: 'system' },
      { address: '127.0.0.1:53', source: 'editor' },
    ]);
    assert.deepEqual(inOrder([], ['127.0.0.1:53']), [{ address: '127.0.0.1:53', source: 'editor' }]);
  });

  for (const outcome of ['nxdomain', 'no-data'] as const) {
    it(`end a lookup with ${outcome} of the first that answers`, () => {
      assert.equal(endedBy(answers(outcome, 'records'), asked('system', 2)), '10.0.0.0:53');
      assert.equal(endedBy(answers('timeout', 'servfail', outcome, 'records'), asked('system', 4)), '10.0.0.2:53');
      assert.equal(endedBy(answers('records', outcome), asked('system', 2)), undefined);
      assert.equal(endedBy(answers(outcome, outcome), asked('system', 2)), undefined, 'nobody has records');
      assert.equal(endedBy(answers(outcome, 'records'), asked('editor', 2)), '10.0.0.0:53');
      assert.equal(endedBy(answers(outcome, 'records'), asked('route', 2)), undefined, 'named for the test');
    });
  }

  it('end no lookup of which the first answer is not known, or is one that only the editor gets', () => {
    const [first, second] = asked('system', 2).servers;
    assert.ok(first && second);
    const late = answers('records');
    assert.equal(endedBy(late, { servers: [{ address: '10.0.0.9:53', source: 'system' }, first] }), undefined);
    const editor = { servers: [{ ...first, source: 'editor' as const }, second] };
    assert.equal(endedBy(answers('nxdomain', 'records'), editor), undefined);
  });
});
