import assert from 'node:assert/strict';
import { planAtlasCli, type AtlasAction } from '../../../src/cloud/plan-atlas-cli';
import { operations, projectId, serviceId } from './atlas-operations';
import { recordCommands, recordInput } from './recorded-commands';

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
  [{ action: 'describe-regionalized-mode' }, 'privateEndpoints regionalModes describe'],
  [{ action: 'list-services', provider: 'GCP' }, 'privateEndpoints gcp list'],
  [{ action: 'watch-service', provider: 'AWS', serviceId }, `privateEndpoints aws watch ${serviceId}`],
  [
    { action: 'add-federation', registration: { provider: 'AWS', id: 'vpce-0a' }, comment: 'Reports' },
    'dataFederation privateEndpoints create vpce-0a --comment Reports',
  ],
  [
    { action: 'describe-federation-endpoint', endpointId: 'vpce-0a' },
    'dataFederation privateEndpoints describe vpce-0a --output json',
  ],
  [{ action: 'delete-federation-endpoint', endpointId: 'vpce-0a' }, 'dataFederation privateEndpoints delete vpce-0a'],
  [{ action: 'list-clusters' }, 'clusters list'],
  [
    { action: 'describe-strings', of: 'cluster', name: 'Cluster0' },
    'clusters connectionStrings describe Cluster0 --output json',
  ],
  [{ action: 'describe-strings', of: 'federation', name: 'db' }, 'dataFederation describe db --output json'],
];

describe('commands of the Atlas CLI', () => {
  for (const [action, command] of documented) {
    it(`are those of its reference: ${command.split(' --')[0] ?? ''}`, () => {
      const { shells } = planAtlasCli(projectId, [action]);
      assert.deepEqual(recordCommands(shells.posix), [['atlas', ...command.split(' '), '--projectId', projectId]]);
    });
  }

  for (const [action, command, body] of operations) {
    it(`or operations of the Administration API with their requests: ${command.split(' --')[0] ?? ''}`, () => {
      const { posix, powershell } = planAtlasCli(projectId, [action]).shells;
      const [words, input] = recordInput(posix);
      const [tag, operation, ...ids] = command.split(' ');
      const place = ['--version', '2023-01-01', '--groupId', projectId];
      assert.deepEqual(words, ['api', tag, operation, ...place, ...ids]);
      assert.deepEqual(input === '' ? undefined : JSON.parse(input), body);
      // Windows PowerShell would pipe anything else as a question mark.
      assert.match(powershell, /^[\t\n\x20-\x7e]*$/u);
    });
  }

  it('hold a comment together, whatever is in it', () => {
    const comment = `it's "$(touch x)" \`y\` ; & | \\ end`;
    const action = { action: 'add-federation', registration: { provider: 'AWS', id: 'vpce-0a' }, comment } as const;
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
