import assert from 'node:assert/strict';
import { currentStepOf, planSteps, type SetUpFacts, type SetUpStepStatus } from '../../../src/setup/steps';

const nothing: SetUpFacts = {
  hasServiceStep: true,
  blocked: false,
  service: 'none',
  cloud: 'none',
  registration: 'none',
  strings: 'none',
};
const ready: SetUpFacts = { ...nothing, service: 'ready' };

/** check, service, cloud, register, wait, use */
type Line = readonly [
  SetUpStepStatus,
  SetUpStepStatus,
  SetUpStepStatus,
  SetUpStepStatus,
  SetUpStepStatus,
  SetUpStepStatus,
];

const table: readonly (readonly [what: string, facts: SetUpFacts, statuses: Line, current: string])[] = [
  ['nothing is there', nothing, ['done', 'current', 'todo', 'todo', 'todo', 'todo'], 'service'],
  ['Atlas would refuse', { ...nothing, blocked: true }, ['blocked', 'todo', 'todo', 'todo', 'todo', 'todo'], 'check'],
  [
    'the service is created',
    { ...nothing, service: 'moving' },
    ['done', 'waiting', 'todo', 'todo', 'todo', 'todo'],
    'service',
  ],
  [
    'the service failed',
    { ...nothing, service: 'failed' },
    ['done', 'failed', 'todo', 'todo', 'todo', 'todo'],
    'service',
  ],
  [
    'the service goes',
    { ...nothing, service: 'leaving' },
    ['done', 'waiting', 'todo', 'todo', 'todo', 'todo'],
    'service',
  ],
  ['the service is there', ready, ['done', 'done', 'current', 'todo', 'todo', 'todo'], 'cloud'],
  [
    'a further endpoint would be refused',
    { ...ready, blocked: true },
    ['done', 'done', 'blocked', 'todo', 'todo', 'todo'],
    'cloud',
  ],
  [
    'the cloud has an endpoint',
    { ...ready, cloud: 'there' },
    ['done', 'done', 'done', 'current', 'todo', 'todo'],
    'register',
  ],
  [
    'it is registered',
    { ...ready, cloud: 'there', registration: 'moving' },
    ['done', 'done', 'done', 'done', 'waiting', 'todo'],
    'wait',
  ],
  [
    'it was registered elsewhere',
    { ...ready, registration: 'moving' },
    ['done', 'done', 'done', 'done', 'waiting', 'todo'],
    'wait',
  ],
  [
    'Atlas knows its id only',
    { ...ready, registration: 'unmet' },
    ['done', 'done', 'done', 'done', 'current', 'todo'],
    'wait',
  ],
  [
    'Atlas has a word for it that nobody knew',
    { ...ready, registration: 'unknown' },
    ['done', 'done', 'done', 'done', 'waiting', 'todo'],
    'wait',
  ],
  ['it failed', { ...ready, registration: 'failed' }, ['done', 'done', 'done', 'done', 'failed', 'todo'], 'wait'],
  ['it goes', { ...ready, registration: 'leaving' }, ['done', 'done', 'done', 'done', 'waiting', 'todo'], 'wait'],
  [
    'strings are to come',
    { ...ready, registration: 'available' },
    ['done', 'done', 'done', 'done', 'waiting', 'todo'],
    'wait',
  ],
  [
    'strings are there',
    { ...ready, registration: 'available', strings: 'there' },
    ['done', 'done', 'done', 'done', 'done', 'current'],
    'use',
  ],
  [
    'there is no cluster',
    { ...ready, registration: 'available', strings: 'unneeded' },
    ['done', 'done', 'done', 'done', 'done', 'current'],
    'use',
  ],
  [
    'a check fails that no longer matters',
    { ...ready, blocked: true, registration: 'available', strings: 'there' },
    ['done', 'done', 'done', 'done', 'done', 'current'],
    'use',
  ],
];

describe('steps of a set-up', () => {
  for (const [what, facts, statuses, current] of table) {
    it(`are right when ${what}`, () => {
      const steps = planSteps(facts);
      assert.deepEqual(
        steps.map(({ status }) => status),
        statuses,
      );
      assert.equal(currentStepOf(steps), current);
    });
  }

  it('leave out the service where there is none to create', () => {
    const steps = planSteps({ ...ready, hasServiceStep: false });
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['check', 'cloud', 'register', 'wait', 'use'],
    );
    assert.equal(currentStepOf(steps), 'cloud');
    assert.equal(currentStepOf(planSteps({ ...ready, hasServiceStep: false, blocked: true })), 'check');
  });

  it('have one place where the person is, whatever the facts', () => {
    const services: readonly SetUpFacts['service'][] = ['none', 'moving', 'ready', 'failed', 'leaving', 'unknown'];
    const clouds: readonly SetUpFacts['cloud'][] = ['none', 'there'];
    const registrations: readonly SetUpFacts['registration'][] = [
      'none',
      'moving',
      'unmet',
      'available',
      'failed',
      'leaving',
      'unknown',
    ];
    const stringses: readonly SetUpFacts['strings'][] = ['none', 'there', 'unneeded'];
    for (const blocked of [true, false])
      for (const service of services)
        for (const cloud of clouds)
          for (const registration of registrations)
            for (const strings of stringses) {
              const steps = planSteps({ hasServiceStep: true, blocked, service, cloud, registration, strings });
              const current = steps.findIndex(({ id }) => id === currentStepOf(steps));
              assert.ok(steps.slice(0, current).every(({ status }) => status === 'done'));
              assert.ok(steps.filter(({ status }) => status === 'current').length <= 1);
            }
  });
});
