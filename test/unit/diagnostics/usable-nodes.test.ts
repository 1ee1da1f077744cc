import assert from 'node:assert/strict';
import { judge } from '../../../src/diagnostics/verdict';
import { fails, host, passes, row, stringOf } from './what-is-seen';

type Facts = Parameters<typeof passes>[2][];

/** What comes of a test that was not to sign in, by what its only node has said. */
function outcomeOf(
  hello: Facts,
  { string = [], hops = [] }: { readonly string?: Facts; readonly hops?: readonly ReturnType<typeof passes>[] } = {},
): string {
  const skipped = { ...passes('sign-in', host), outcome: 'skipped' as const };
  const greeted = passes('hello', '10.0.30.194:1025', ['node', `${host}:1025`], ...hello);
  const seen = row('', [], {
    string: stringOf('private-endpoint', 'mongodb', ...string),
    hops: [...hops, greeted, skipped],
  });
  return judge({ context: seen.context, hops: seen.hops, durationMs: 1 }, {}).verdict.outcome;
}

describe('nodes that a sign-in can begin with', () => {
  const namesPrimary = ['primary', `${host.toUpperCase()}:1024`] as const;
  const direct: Facts = [['directConnection', 'true']];
  for (const [says, outcome, hello, more] of [
    ['a primary', 'reachable', [['role', 'primary']], {}],
    ['a secondary', 'failed', [['role', 'secondary']], {}],
    ['a secondary that names a primary', 'reachable', [['role', 'secondary'], namesPrimary], {}],
    ['a node that recovers and names a primary', 'reachable', [['role', 'other'], namesPrimary], {}],
    [
      'a secondary whose primary is silent',
      'failed',
      [['role', 'secondary'], namesPrimary],
      { hops: [fails('tcp', '10.0.30.194:1024', 'timeout', ['node', `${host}:1024`])] },
    ],
    [
      'a secondary whose primary has no address',
      'failed',
      [['role', 'secondary'], namesPrimary],
      { hops: [fails('addresses', host, 'nxdomain')] },
    ],
    ['a secondary, connected to directly', 'reachable', [['role', 'secondary']], { string: direct }],
    ['an arbiter, connected to directly', 'reachable', [['role', 'arbiter']], { string: direct }],
    ['a secondary for reading', 'reachable', [['role', 'secondary']], { string: [['readPreference', 'nearest']] }],
    ['a node that recovers, for reading', 'failed', [['role', 'other']], { string: [['readPreference', 'nearest']] }],
    ['a secondary for the primary', 'failed', [['role', 'secondary']], { string: [['readPreference', 'primary']] }],
  ] as readonly (readonly [string, string, Facts, Parameters<typeof outcomeOf>[1]])[]) {
    it(`${says}: ${outcome}`, () => {
      assert.equal(outcomeOf(hello, more), outcome === 'failed' ? 'failed' : 'reachable-not-signed-in');
    });
  }
});
