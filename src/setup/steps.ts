/** The steps of a set-up, in order. */
export const stepIds = ['check', 'service', 'cloud', 'register', 'wait', 'use'] as const;

export type SetUpStepId = (typeof stepIds)[number];

/**
 * `done`: nothing left to do · `current`: the person's turn · `waiting`: goes on by itself · `blocked`: a finding stands
 * in the way · `failed`: tried and failed · `todo`: later.
 */
export type SetUpStepStatus = 'done' | 'current' | 'waiting' | 'blocked' | 'failed' | 'todo';

/** How far a set-up is, read from Atlas and the cloud account; what a person chose plays no part in it. */
export interface SetUpFacts {
  /** Endpoints for Data Federation have no service of their own: its step is left out. */
  readonly hasServiceStep: boolean;
  /** Something that Atlas would refuse, or that leads nowhere. */
  readonly blocked: boolean;
  readonly service: 'none' | 'moving' | 'ready' | 'failed' | 'leaving' | 'unknown';
  /** An endpoint in the person's cloud that leads to the service, whether found, made here, or entered. */
  readonly cloud: 'none' | 'there';
  /**
   * At Atlas. `unmet`: it knows the id, and there is no endpoint that has it. `unknown`, here as above: it has a status
   * that nobody knew when this was written.
   */
  readonly registration: 'none' | 'moving' | 'unmet' | 'available' | 'failed' | 'leaving' | 'unknown';
  /** Connection strings through the endpoint; `unneeded` when there is nothing to connect to yet. */
  readonly strings: 'none' | 'there' | 'unneeded';
}

export interface PlannedStep {
  readonly id: SetUpStepId;
  readonly status: SetUpStepStatus;
}

/** The steps with where each stands. */
export function planSteps(facts: SetUpFacts): readonly PlannedStep[] {
  const statuses: Readonly<Record<SetUpStepId, SetUpStepStatus>> = {
    check: checkStatus(facts),
    service: serviceStatus(facts),
    cloud: cloudStatus(facts),
    register: registerStatus(facts),
    wait: waitStatus(facts),
    use: waitStatus(facts) === 'done' ? 'current' : 'todo',
  };
  return stepIds.filter((id) => id !== 'service' || facts.hasServiceStep).map((id) => ({ id, status: statuses[id] }));
}

/** Where the person is: the first step that is not done, the last one when all are. */
export function currentStepOf(steps: readonly PlannedStep[]): SetUpStepId | undefined {
  return (steps.find(({ status }) => status !== 'done') ?? steps.at(-1))?.id;
}

/** What blocks counts only before anything exists: afterwards Atlas has decided. */
function checkStatus({ blocked, service, registration, hasServiceStep }: SetUpFacts): SetUpStepStatus {
  const exists = registration !== 'none' || (hasServiceStep && service !== 'none');
  return blocked && !exists ? 'blocked' : 'done';
}

function serviceStatus(facts: SetUpFacts): SetUpStepStatus {
  switch (facts.service) {
    case 'none':
      if (facts.registration !== 'none') return 'done';
      return checkStatus(facts) === 'blocked' ? 'todo' : 'current';
    case 'moving':
    case 'leaving':
    case 'unknown':
      return 'waiting';
    case 'failed':
      return 'failed';
    case 'ready':
      return 'done';
  }
}

function takesEndpoints(facts: SetUpFacts): boolean {
  return facts.service === 'ready' && checkStatus(facts) === 'done';
}

function cloudStatus(facts: SetUpFacts): SetUpStepStatus {
  if (facts.registration !== 'none') return 'done';
  if (!takesEndpoints(facts)) return 'todo';
  if (facts.cloud === 'there') return 'done';
  return facts.blocked ? 'blocked' : 'current';
}

function registerStatus(facts: SetUpFacts): SetUpStepStatus {
  if (facts.registration !== 'none') return 'done';
  if (!takesEndpoints(facts) || facts.cloud === 'none') return 'todo';
  return facts.blocked ? 'blocked' : 'current';
}

function waitStatus({ registration, strings }: SetUpFacts): SetUpStepStatus {
  switch (registration) {
    case 'none':
      return 'todo';
    case 'moving':
    case 'leaving':
    case 'unknown':
      return 'waiting';
    case 'unmet':
      return 'current';
    case 'failed':
      return 'failed';
    case 'available':
      return strings === 'none' ? 'waiting' : 'done';
  }
}
