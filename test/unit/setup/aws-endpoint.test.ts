import assert from 'node:assert/strict';
import type { AwsCloud, AwsVpcEndpoint } from '../../../src/core/cloud';
import type { AwsEndpointChoices } from '../../../src/core/cloud-choices';
import { checkUsable, ensureInterfaceEndpoint } from '../../../src/setup/aws-endpoint';

const choices = { serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-1', vpcId: 'vpc-1' } as AwsEndpointChoices;
const wish = { serviceId: 'service', registeredIds: [], shared: false };

/** An account that answers each creation with the next of these states; the last one again and again. */
function accountThatAnswers(answers: readonly { readonly state: string; readonly created: boolean }[]) {
  const tokens = new Set<string>();
  const cloud: Pick<AwsCloud, 'findEndpoints' | 'ensureEndpoint'> = {
    findEndpoints: () => Promise.resolve([]),
    ensureEndpoint: ({ clientToken }) => {
      tokens.add(clientToken);
      const answer = answers[Math.min(tokens.size, answers.length) - 1];
      assert.ok(answer);
      const endpoint = { id: `vpce-${String(tokens.size)}`, state: answer.state, vpcId: 'vpc-1', tags: {} };
      return Promise.resolve({ endpoint: endpoint as AwsVpcEndpoint, created: answer.created });
    },
  };
  return { cloud: cloud as AwsCloud, tokens };
}

describe('an interface endpoint that AWS answers with', () => {
  for (const state of ['pendingAcceptance', 'provisioning', '']) {
    it(`is the one that was asked for in the state "${state}", also where that is not known here`, async () => {
      const { cloud, tokens } = accountThatAnswers([{ state, created: true }]);
      const { endpoint } = await ensureInterfaceEndpoint(cloud, choices, wish);
      assert.equal(tokens.size, 1);
      checkUsable(endpoint);
    });
  }

  for (const state of ['deleting', 'deleted', 'failed', 'rejected', 'expired']) {
    it(`is an earlier one that is ${state}, and another one is asked for`, async () => {
      const { cloud, tokens } = accountThatAnswers([
        { state, created: false },
        { state: 'pending', created: true },
      ]);
      const { endpoint } = await ensureInterfaceEndpoint(cloud, choices, wish);
      assert.equal(endpoint.id, 'vpce-2');
      assert.equal(tokens.size, 2);
    });
  }

  it('has failed, and no more are made by the same click', async () => {
    const { cloud, tokens } = accountThatAnswers([{ state: 'failed', created: true }]);
    const { endpoint } = await ensureInterfaceEndpoint(cloud, choices, wish);
    assert.equal(tokens.size, 1);
    assert.throws(() => {
      checkUsable(endpoint);
    }, /SETUP_ENDPOINT_FAILED/u);
  });
});
