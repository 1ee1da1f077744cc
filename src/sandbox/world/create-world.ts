import type { Clock } from '../../core/clock';
import { systemClock } from '../../core/clock';
import { faultSwitches, randomCredentials, seededIds } from './id-source';
import { addOrganization, buildAwsRegions } from './build';
import { buildAcme } from './scenarios/acme';
import { buildBroken } from './scenarios/broken';
import { addBulkProjects } from './scenarios/bulk';
import { addSandboxNetwork } from './scenarios/network';
import type { Pace, World } from './world';

/** What a sandbox can be started with. */
export const scenarios = {
  acme: buildAcme,
  broken: buildBroken,
  empty: (world) => {
    addSandboxNetwork(world);
    addOrganization(world, 'empty-sandbox');
  },
} as const satisfies Record<string, (world: World) => void>;

export type ScenarioName = keyof typeof scenarios;

export function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name);
}

function pace(
  serviceCreation: number,
  endpointAcceptance: number,
  endpointConnection: number,
  clusterUpdate: number,
  deletion: number,
): Pace {
  const ms = (seconds: number): number => seconds * 1000;
  return {
    serviceCreation: ms(serviceCreation),
    endpointAcceptance: ms(endpointAcceptance),
    endpointConnection: ms(endpointConnection),
    clusterUpdate: ms(clusterUpdate),
    deletion: ms(deletion),
  };
}

/** How fast the simulated clouds are, by the name that the command line has for it. */
export const paces = {
  /** Everything happens at once: for tests that do not look at the steps between. */
  instant: pace(0, 0, 0, 0, 0),
  /** A second for each step: for tests that see them all. */
  quick: pace(1, 1, 1, 1, 1),
  /** A fifth of that: for tests that go through all of them many times. */
  brisk: pace(0.2, 0.2, 0.2, 0.2, 0.2),
  /** To watch, without waiting for long: half a minute from nothing to strings. */
  calm: pace(12, 4, 6, 8, 6),
  /**
   * As Atlas was seen to take: a service 2.5 minutes, the clusters some more. How long they stay as they are before
   * they update is not known, only that nothing says that they begin at once.
   */
  real: { ...pace(150, 30, 60, 180, 120), clusterDelay: 20_000 },
} as const satisfies Record<string, Pace>;

export type PaceName = keyof typeof paces;

export function isPace(name: string): name is PaceName {
  return Object.hasOwn(paces, name);
}

export interface WorldOptions {
  readonly scenario?: ScenarioName;
  /** Projects in addition to the scenario's, ten clusters each. */
  readonly projects?: number;
  readonly clock?: Clock;
  readonly pace?: Pace;
}

/** Builds a world. Ids are the same at every start of a scenario, credentials never are. */
export function createWorld(options: WorldOptions = {}): World {
  const scenario = options.scenario ?? 'acme';
  const world: World = {
    clock: options.clock ?? systemClock,
    scenario,
    pace: options.pace ?? paces.calm,
    credentials: randomCredentials(),
    faults: faultSwitches(),
    ids: seededIds(scenario),
    atlas: {
      organizations: new Map(),
      projects: new Map(),
      roles: { organization: ['ORG_OWNER'], project: ['GROUP_OWNER'] },
      rateLimit: 4000,
      nonceLifetime: 300_000,
    },
    aws: {
      accountId: '123456789012',
      userArn: 'arn:aws:iam::123456789012:user/sandbox',
      denied: new Set(),
      regions: new Map(),
    },
  };
  buildAwsRegions(world);
  scenarios[scenario](world);
  addBulkProjects(world, options.projects ?? 0);
  return world;
}
