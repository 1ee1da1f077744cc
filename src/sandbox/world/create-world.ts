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

/** Fast enough to watch: a service in 8 s, an endpoint in 6 s, the clusters 5 s later. */
export const defaultPace: Pace = {
  serviceCreation: 8_000,
  endpointAcceptance: 3_000,
  endpointConnection: 3_000,
  clusterUpdate: 5_000,
  deletion: 5_000,
};

/** Everything happens at once: for tests that do not look at the steps between. */
export const instantPace: Pace = {
  serviceCreation: 0,
  endpointAcceptance: 0,
  endpointConnection: 0,
  clusterUpdate: 0,
  deletion: 0,
};

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
    pace: options.pace ?? defaultPace,
    credentials: randomCredentials(),
    faults: faultSwitches(),
    ids: seededIds(scenario),
    atlas: {
      organizations: new Map(),
      projects: new Map(),
      roles: { organization: ['ORG_OWNER'], project: ['GROUP_OWNER'] },
      rateLimit: 4000,
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
