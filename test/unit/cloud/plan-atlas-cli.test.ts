import assert from 'node:assert/strict';
import { planAtlasCli, type AtlasAction } from '../../../src/cloud/plan-atlas-cli';
import { recordCommands } from './recorded-commands';

const projectId = '0123456789abcdef01234567';
const serviceId = '89abcdef0123456789abcdef';

/** Each action as the reference of the Atlas CLI has it (`atlas privateEndpoints …`), without the project. */
const documented: readonly (readonly [action: AtlasAction, command: string])[] = [
  [
    { action: 'create-service', provider: 'AWS', region: 'US_EAST_1' },
    'privateEndpoints aws create --region us-east-1',
  ],
  [{ action: 'create-service', provider: 'AZURE', region: 'US_EAST' }, 'privateEndpoints azure create --region eastus'],
  [
    { action: 'create-service', provider: 'GCP', region: 'CENTRAL_US' },
    'privateEndpoints gcp create --region CENTRAL_US',
  ],
  [
    { action: 'describe-service', provider: 'AWS', serviceId },
    `privateEndpoints aws describe ${serviceId} --output json`,
  ],
  [{ action: 'delete-service', provider: 'AZURE', serviceId }, `privateEndpoints azure delete ${serviceId}`],
  [
    { action: 'register', serviceId, registration: { provider: 'AWS', id: 'vpce-0a' } },
    `privateEndpoints aws interfaces create ${serviceId} --privateEndpointId vpce-0a`,
  ],
  [
    {
      action: 'register',
      serviceId,
      registration: { provider: 'AZURE', id: '/subscriptions/s', ipAddress: '10.0.0.4' },
    },
    `privateEndpoints azure interfaces create ${serviceId} --privateEndpointId /subscriptions/s --privateEndpointIpAddress 10.0.0.4`,
  ],
  [
    {
      action: 'register',
      serviceId,
      registration: {
        provider: 'GCP',
        endpointGroupName: 'group',
        gcpProjectId: 'sandbox-network-project',
        addresses: [
          { name: 'rule-0', ipAddress: '10.0.0.2' },
          { name: 'rule-1', ipAddress: '10.0.0.3' },
        ],
      },
    },
    `privateEndpoints gcp interfaces create group --endpointServiceId ${serviceId} --gcpProjectId sandbox-network-project --endpoint rule-0@10.0.0.2,rule-1@10.0.0.3`,
  ],
  [
    { action: 'delete-endpoint', provider: 'AWS', serviceId, endpointId: 'vpce-0a' },
    `privateEndpoints aws interfaces delete vpce-0a --endpointServiceId ${serviceId}`,
  ],
  [{ action: 'regionalized-mode', enable: true }, 'privateEndpoints regionalModes enable'],
  [{ action: 'regionalized-mode', enable: false }, 'privateEndpoints regionalModes disable'],
  [
    { action: 'add-federation', endpointId: 'vpce-0a', comment: 'Reports' },
    'dataFederation privateEndpoints create vpce-0a --comment Reports',
  ],
];

describe('commands of the Atlas CLI', () => {
  for (const [action, command] of documented) {
    it(`are those of its reference: ${command.split(' --')[0] ?? ''}`, () => {
      const { shells } = planAtlasCli(projectId, [action]);
      assert.deepEqual(recordCommands(shells.posix), [['atlas', ...command.split(' '), '--projectId', projectId]]);
    });
  }

  it('hold a comment together, whatever is in it', () => {
    const comment = `it's "$(touch x)" \`y\` ; & | \\ end`;
    const action = { action: 'add-federation', endpointId: 'vpce-0a', comment } as const;
    const [command] = recordCommands(planAtlasCli(projectId, [action]).shells.posix);
    assert.equal(command?.[command.indexOf('--comment') + 1], comment);
  });

  it('come in the order they were asked for', () => {
    const actions: readonly AtlasAction[] = [
      { action: 'delete-endpoint', provider: 'AWS', serviceId, endpointId: 'vpce-0a' },
      { action: 'delete-service', provider: 'AWS', serviceId },
    ];
    const commands = recordCommands(planAtlasCli(projectId, actions).shells.posix);
    assert.deepEqual(
      commands.map((words) => words[words.indexOf('delete') - 1]),
      ['interfaces', 'aws'],
    );
  });
});
