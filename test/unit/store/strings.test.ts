import assert from 'node:assert/strict';
import { askInSeries, back, type Answer } from '../../../src/ui/prompts/prompts';
import { describeTarget, reachOf, stringTargets, whyNoPrivateString } from '../../../src/ui/strings/string-targets';
import { cluster } from './fake-atlas';

describe('strings of a deployment', () => {
  const sharded = cluster('Sharded', {
    topology: 'SHARDED',
    strings: {
      standardSrv: 'mongodb+srv://sharded.example.net',
      peeringSrv: 'mongodb+srv://sharded-pri.example.net',
      privateEndpoint: [
        {
          type: 'MONGOS',
          endpoints: [{ endpointId: 'vpce-2', provider: 'AWS', region: 'EU_WEST_1' }],
          standard: 'mongodb://pl-1.example.net:1024',
          srv: 'mongodb+srv://sharded-pl-1.example.net',
          srvShardOptimized: 'mongodb+srv://sharded-pl-1-lb.example.net',
        },
        {
          type: 'MONGOS',
          endpoints: [{ endpointId: 'vpce-1', provider: 'AWS', region: 'US_EAST_1' }],
          srv: 'mongodb+srv://sharded-pl-0.example.net',
        },
      ],
    },
  });

  it('come by endpoint, private ones first, the seedlist first of their forms', () => {
    const targets = stringTargets(sharded);
    assert.deepEqual(
      targets.map(({ id }) => id),
      ['AWS/vpce-2', 'AWS/vpce-1', 'peering', 'public'],
    );
    assert.deepEqual(
      targets[0]?.strings.map(({ form }) => form),
      ['srv', 'srvShardOptimized', 'standard'],
    );
    const [first] = targets;
    assert.ok(first);
    assert.equal(describeTarget(first).label, 'AWS eu-west-1');
    assert.match(describeTarget(first).detail, /the VPC of/);
    assert.match(reachOf(['AZURE', 'AZURE']), /the virtual network of/);
    assert.match(reachOf(['GCP']), /the VPC network of/);
    assert.match(reachOf(['AWS', 'AZURE']), /the networks of the endpoints/);
  });

  it('have a reason when there is none', () => {
    const reasons = [
      whyNoPrivateString(cluster('a', { kind: 'shared', tier: 'M0' })),
      whyNoPrivateString(cluster('b', { paused: true })),
      whyNoPrivateString(cluster('c', { state: 'UPDATING' })),
      whyNoPrivateString(
        cluster('d', {
          regions: [
            { provider: 'AWS', region: 'US_EAST_1', nodeCount: 3 },
            { provider: 'AWS', region: 'EU_WEST_1', nodeCount: 2 },
          ],
        }),
      ),
      whyNoPrivateString(cluster('e')),
    ];
    assert.equal(new Set(reasons).size, reasons.length);
    assert.match(reasons[3] ?? '', /US_EAST_1, EU_WEST_1/);
  });
});

describe('questions in a series', () => {
  interface State {
    readonly a?: string;
    readonly b?: string;
    readonly c?: string;
  }
  const series = async (...replies: readonly (string | typeof back | undefined)[]) => {
    const asked: string[] = [];
    const left = [...replies];
    const ask =
      (name: keyof State) =>
      (state: State, at: { canGoBack?: boolean }): Promise<Answer<State>> => {
        asked.push(`${name}${at.canGoBack === true ? '<' : ''}`);
        const reply = left.shift();
        if (reply === undefined) return Promise.resolve(undefined);
        return Promise.resolve(reply === back ? back : { ...state, [name]: reply });
      };
    const nothing = (state: State): Promise<Answer<State>> => Promise.resolve(state);
    const result = await askInSeries<State>({}, [ask('a'), nothing, ask('b'), ask('c')]);
    return { asked, result };
  };

  it('go on, and back past what needed no question', async () => {
    const { asked, result } = await series('1', back, '2', '3', back, '4', '5');
    assert.deepEqual(asked, ['a', 'b<', 'a', 'b<', 'c<', 'b<', 'c<']);
    assert.deepEqual(result, { a: '2', b: '4', c: '5' });
  });

  it('end when one is dismissed', async () => {
    assert.equal((await series('1', undefined)).result, undefined);
  });
});
