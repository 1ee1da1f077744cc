import assert from 'node:assert/strict';
import {
  checkRegionalizedMode,
  checkSetUp,
  type EndpointWish,
  type ProjectState,
  type SetUpFinding,
} from '../../../src/core/availability';
import { availabilityProblemCodes, type AvailabilityProblemCode } from '../../../src/core/problem-codes/availability';
import { problem } from '../../../src/core/problem';
import { describeProblem } from '../../../src/messages/problem-text';
import { cluster, nodes, serviceWith } from './project-facts';

const virginia = { provider: 'AWS', region: 'US_EAST_1' } as const;

/** A project in which nothing stands in the way: one replica set, no services. */
function project(more: Partial<ProjectState> = {}): ProjectState {
  return {
    deployments: [cluster('Plain')],
    services: [],
    regionalizedMode: false,
    roles: ['GROUP_OWNER'],
    ...more,
  };
}

function find(findings: readonly SetUpFinding[], code: AvailabilityProblemCode): SetUpFinding | undefined {
  return findings.find((each) => each.problem.code === code);
}

const sharded = (name: string, more: Parameters<typeof cluster>[1] = {}) =>
  cluster(name, { topology: 'SHARDED', shardCount: 2, ...more });

/** Each check both ways: a project in which it speaks, and one beside it in which it is silent. */
const checks: readonly {
  readonly name: string;
  readonly code: AvailabilityProblemCode;
  readonly severity: SetUpFinding['severity'];
  readonly speaks: ProjectState;
  readonly silent: readonly ProjectState[];
  readonly wish?: EndpointWish;
  readonly silentWish?: EndpointWish;
  readonly says?: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'a role that may not',
    code: 'CHECK_ROLE',
    severity: 'blocking',
    speaks: project({ roles: ['GROUP_READ_ONLY', 'ORG_MEMBER'] }),
    silent: [project({ roles: ['GROUP_OWNER'] }), project({ roles: ['ORG_MEMBER', 'ORG_OWNER'] })],
    says: { roles: 'GROUP_READ_ONLY, ORG_MEMBER' },
  },
  {
    name: 'no role at all',
    code: 'CHECK_ROLE',
    severity: 'blocking',
    speaks: project({ roles: [] }),
    silent: [{ deployments: [cluster('Plain')], services: [], regionalizedMode: false }],
  },
  {
    name: 'clusters whose tier cannot use it, beside one that can',
    code: 'CHECK_TIER',
    severity: 'advice',
    speaks: project({
      deployments: [
        cluster('Plain'),
        cluster('Free', { kind: 'shared', tier: 'M0' }),
        cluster('Flexible', { kind: 'flex', tier: 'FLEX' }),
      ],
    }),
    silent: [project()],
    says: { names: 'Free, Flexible', tiers: 'M0, FLEX' },
  },
  {
    name: 'only clusters whose tier cannot use it',
    code: 'CHECK_TIER',
    severity: 'blocking',
    speaks: project({ deployments: [cluster('Free', { kind: 'shared', tier: 'M0' })] }),
    silent: [project(), project({ deployments: [] })],
    says: { names: 'Free', all: 'true' },
  },
  {
    name: 'serverless instances',
    code: 'CHECK_SERVERLESS',
    severity: 'advice',
    speaks: project({ deployments: [cluster('Plain'), cluster('Less', { kind: 'serverless', tier: 'SERVERLESS' })] }),
    silent: [project()],
    says: { names: 'Less' },
  },
  {
    name: 'paused clusters at the first endpoint of a region',
    code: 'CHECK_PAUSED',
    severity: 'blocking',
    speaks: project({ deployments: [cluster('Plain'), cluster('Asleep', { paused: true })] }),
    silent: [
      project(),
      project({ deployments: [cluster('Far', { paused: true, regions: [nodes('AWS', 'EU_WEST_1')] })] }),
      project({
        deployments: [cluster('Asleep', { paused: true })],
        services: [serviceWith('AWS', 'US_EAST_1', 1)],
      }),
    ],
    says: { names: 'Asleep' },
  },
  {
    name: 'a region without nodes',
    code: 'CHECK_REGION_EMPTY',
    severity: 'advice',
    speaks: project({ deployments: [cluster('Far', { regions: [nodes('AWS', 'EU_WEST_1')] })] }),
    silent: [project(), project({ deployments: [] })],
  },
  {
    name: 'regions of a multi-region cluster that have no endpoint',
    code: 'CHECK_REGIONS_UNCOVERED',
    severity: 'advice',
    speaks: project({
      deployments: [cluster('Wide', { regions: [nodes('AWS', 'US_EAST_1', 2), nodes('AZURE', 'US_EAST_2', 1)] })],
    }),
    silent: [
      project(),
      project({
        deployments: [cluster('Wide', { regions: [nodes('AWS', 'US_EAST_1', 2), nodes('AZURE', 'US_EAST_2', 1)] })],
        services: [serviceWith('AZURE', 'US_EAST_2', 1)],
      }),
      project({
        deployments: [sharded('Wide', { regions: [nodes('AWS', 'US_EAST_1', 4), nodes('AWS', 'EU_WEST_1', 2)] })],
        regionalizedMode: true,
      }),
    ],
    says: { names: 'Wide' },
  },
  {
    name: 'a second endpoint in a region while another cloud’s region has one',
    code: 'CHECK_SECOND_IN_REGION',
    severity: 'blocking',
    speaks: project({ services: [serviceWith('AWS', 'US_EAST_1', 1), serviceWith('AZURE', 'US_EAST_2', 1)] }),
    silent: [
      project({ services: [serviceWith('AWS', 'US_EAST_1', 3)] }),
      project({ services: [serviceWith('AWS', 'EU_WEST_1', 1), serviceWith('AZURE', 'US_EAST_2', 1)] }),
      project({ services: [serviceWith('AWS', 'US_EAST_1', 1), serviceWith('AZURE', 'US_EAST_2', 0)] }),
      project({
        services: [serviceWith('AWS', 'US_EAST_1', 1), serviceWith('AZURE', 'US_EAST_2', 1, { status: 'DELETING' })],
      }),
      project({
        services: [serviceWith('AWS', 'US_EAST_1', 1), serviceWith('AZURE', 'US_EAST_2', 1)],
        regionalizedMode: true,
      }),
    ],
  },
  {
    name: 'a first endpoint in a region while another cloud’s region has several',
    code: 'CHECK_SEVERAL_ELSEWHERE',
    severity: 'blocking',
    speaks: project({ services: [serviceWith('GCP', 'CENTRAL_US', 2)] }),
    silent: [
      project({ services: [serviceWith('GCP', 'CENTRAL_US', 1)] }),
      project({ services: [serviceWith('GCP', 'CENTRAL_US', 2)], regionalizedMode: true }),
    ],
  },
  {
    name: 'regionalized mode',
    code: 'CHECK_REGIONALIZED',
    severity: 'advice',
    speaks: project({ deployments: [sharded('Shards')], regionalizedMode: true }),
    silent: [project({ deployments: [sharded('Shards')] })],
  },
  {
    name: 'more addressable targets than AWS has',
    code: 'CHECK_TARGETS_EXCEEDED',
    severity: 'blocking',
    speaks: project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 51)] })] }),
    silent: [
      project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 50)] })] }),
      project({ deployments: [sharded('Large', { regions: [nodes('AWS', 'US_EAST_1', 51)] })] }),
    ],
    says: { count: '51', limit: '50' },
  },
  {
    name: 'more addressable targets, where Support raised the limit',
    code: 'CHECK_TARGETS_EXCEEDED',
    severity: 'blocking',
    speaks: project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 101)] })] }),
    silent: [project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 100)] })] })],
    wish: { ...virginia, targetLimit: 100 },
    says: { limit: '100' },
  },
  {
    name: 'more addressable targets than service attachments in Google Cloud’s older form',
    code: 'CHECK_TARGETS_EXCEEDED',
    severity: 'blocking',
    speaks: project({ deployments: [cluster('Large', { regions: [nodes('GCP', 'CENTRAL_US', 51)] })] }),
    silent: [project({ deployments: [cluster('Large', { regions: [nodes('GCP', 'CENTRAL_US', 51)] })] })],
    wish: { provider: 'GCP', region: 'CENTRAL_US', portMapped: false },
    silentWish: { provider: 'GCP', region: 'CENTRAL_US', portMapped: true },
  },
  {
    name: 'many addressable targets on Azure, for which the seed names no limit',
    code: 'CHECK_TARGETS_EXCEEDED',
    severity: 'advice',
    speaks: project({ deployments: [cluster('Large', { regions: [nodes('AZURE', 'US_EAST_2', 51)] })] }),
    silent: [project({ deployments: [cluster('Large', { regions: [nodes('AZURE', 'US_EAST_2', 50)] })] })],
    wish: { provider: 'AZURE', region: 'US_EAST_2' },
  },
  {
    name: 'nearly all addressable targets used',
    code: 'CHECK_TARGETS_NEARLY',
    severity: 'advice',
    speaks: project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 40)] })] }),
    silent: [
      project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 39)] })] }),
      project({ deployments: [cluster('Large', { regions: [nodes('AWS', 'US_EAST_1', 51)] })] }),
    ],
    says: { count: '40', limit: '50' },
  },
  {
    name: 'a service that exists',
    code: 'CHECK_SERVICE_EXISTS',
    severity: 'advice',
    speaks: project({ services: [serviceWith('AWS', 'US_EAST_1', 2)] }),
    silent: [project(), project({ services: [serviceWith('AWS', 'EU_WEST_1', 1)] })],
    says: { count: '2' },
  },
  {
    name: 'a service that goes',
    code: 'CHECK_SERVICE_DELETING',
    severity: 'blocking',
    speaks: project({ services: [serviceWith('AWS', 'US_EAST_1', 1, { status: 'DELETING' })] }),
    silent: [project({ services: [serviceWith('AWS', 'US_EAST_1', 1)] })],
  },
  {
    name: 'a service that failed',
    code: 'CHECK_SERVICE_FAILED',
    severity: 'blocking',
    speaks: project({
      services: [serviceWith('AWS', 'US_EAST_1', 0, { status: 'FAILED', errorMessage: 'No load balancer.' })],
    }),
    silent: [project({ services: [serviceWith('AWS', 'US_EAST_1', 0)] })],
    says: { message: 'No load balancer.' },
  },
  {
    name: 'subnets in one availability zone',
    code: 'CHECK_ONE_ZONE',
    severity: 'advice',
    speaks: project(),
    silent: [project()],
    wish: { ...virginia, zones: ['us-east-1a', 'us-east-1a'] },
    silentWish: { ...virginia, zones: ['us-east-1a', 'us-east-1b'] },
    says: { zone: 'us-east-1a' },
  },
];

describe('checks before a set-up', () => {
  for (const { name, code, severity, speaks, silent, wish = virginia, silentWish = wish, says = {} } of checks) {
    it(`tell of ${name}, and only then`, () => {
      const finding = find(checkSetUp(speaks, wish), code);
      assert.ok(finding, 'told');
      assert.equal(finding.severity, severity);
      for (const [parameter, value] of Object.entries(says)) assert.equal(finding.problem.parameters[parameter], value);
      silent.forEach((state, index) => {
        assert.equal(find(checkSetUp(state, silentWish), code), undefined, `silent case ${String(index + 1)}`);
      });
    });
  }

  it('find nothing in a project that is ready', () => {
    assert.deepEqual(checkSetUp(project(), virginia), []);
  });

  it('take the cloud’s spelling of a region for Atlas’s', () => {
    const state = project({ services: [serviceWith('AWS', 'us-east-1', 1)] });
    assert.ok(find(checkSetUp(state, virginia), 'CHECK_SERVICE_EXISTS'));
    assert.ok(find(checkSetUp(state, { provider: 'AWS', region: 'us-east-1' }), 'CHECK_SERVICE_EXISTS'));
  });

  it('put what blocks first', () => {
    const state = project({
      roles: [],
      deployments: [cluster('Free', { kind: 'shared', tier: 'M0' }), cluster('Asleep', { paused: true })],
    });
    assert.deepEqual(
      checkSetUp(state, virginia).map(({ severity }) => severity),
      ['blocking', 'blocking', 'advice'],
    );
  });

  it('offer regionalized mode only to projects without replica sets', () => {
    const services = [serviceWith('GCP', 'CENTRAL_US', 2)];
    const offered = (deployments: ProjectState['deployments']) =>
      find(checkSetUp(project({ deployments, services }), virginia), 'CHECK_SEVERAL_ELSEWHERE')?.problem;
    const withShards = offered([sharded('Shards')]);
    const withBoth = offered([sharded('Shards'), cluster('Plain')]);
    assert.ok(withShards && withBoth);
    assert.equal(describeProblem(withShards).fixes.length, 2);
    assert.equal(describeProblem(withBoth).fixes.length, 1);
  });

  it('name every region in words and in the cloud’s spelling', () => {
    const state = project({ services: [serviceWith('GCP', 'CENTRAL_US', 2)] });
    const finding = find(checkSetUp(state, virginia), 'CHECK_SEVERAL_ELSEWHERE');
    assert.match(finding?.problem.parameters.regions ?? '', /Iowa.*us-central1/);
  });
});

describe('checks before regionalized mode is switched', () => {
  const wide = sharded('Wide', { regions: [nodes('AWS', 'US_EAST_1'), nodes('AWS', 'EU_WEST_1')] });

  it('do not let it be enabled beside replica sets', () => {
    const state = project({ deployments: [wide, cluster('Plain')] });
    assert.equal(find(checkRegionalizedMode(state, true), 'CHECK_REPLICA_SETS')?.severity, 'blocking');
    assert.equal(find(checkRegionalizedMode(state, true), 'CHECK_REPLICA_SETS')?.problem.parameters.names, 'Plain');
    assert.equal(find(checkRegionalizedMode(project({ deployments: [wide] }), true), 'CHECK_REPLICA_SETS'), undefined);
    assert.equal(find(checkRegionalizedMode(state, false), 'CHECK_REPLICA_SETS'), undefined);
  });

  /** The seed's two cases, and what is neither. */
  const left: readonly (readonly [name: string, services: ProjectState['services'], blocks: boolean])[] = [
    ['several in several regions', [serviceWith('AWS', 'US_EAST_1', 2), serviceWith('AWS', 'EU_WEST_1', 2)], true],
    [
      'several in one and one elsewhere',
      [serviceWith('AWS', 'US_EAST_1', 2), serviceWith('GCP', 'CENTRAL_US', 1)],
      true,
    ],
    ['one in each of several', [serviceWith('AWS', 'US_EAST_1', 1), serviceWith('AWS', 'EU_WEST_1', 1)], false],
    ['several in one region', [serviceWith('AWS', 'US_EAST_1', 3)], false],
    ['none', [serviceWith('AWS', 'US_EAST_1', 0)], false],
  ];
  for (const [name, services, blocks] of left) {
    it(`${blocks ? 'do not let' : 'let'} it be disabled with endpoints: ${name}`, () => {
      const state = project({ deployments: [wide], services, regionalizedMode: true });
      const finding = find(checkRegionalizedMode(state, false), 'CHECK_SEVERAL_ENDPOINTS');
      assert.equal(finding?.severity, blocks ? 'blocking' : undefined);
      assert.equal(find(checkRegionalizedMode(state, true), 'CHECK_SEVERAL_ENDPOINTS'), undefined);
    });
  }

  it('name the clusters whose strings change: sharded ones in several regions, and global ones', () => {
    const deployments = [wide, sharded('Narrow'), sharded('World', { topology: 'GEOSHARDED' })];
    const finding = find(checkRegionalizedMode(project({ deployments }), true), 'CHECK_STRINGS_CHANGE');
    assert.equal(finding?.problem.parameters.names, 'Wide, World');
    assert.equal(
      find(checkRegionalizedMode(project({ deployments: [sharded('Narrow')] }), true), 'CHECK_STRINGS_CHANGE'),
      undefined,
    );
  });

  it('ask for the role', () => {
    assert.ok(find(checkRegionalizedMode(project({ roles: ['GROUP_READ_ONLY'] }), true), 'CHECK_ROLE'));
  });
});

describe('texts of the checks', () => {
  for (const code of availabilityProblemCodes) {
    it(`say what it is and what to do: ${code}`, () => {
      const { title, fixes } = describeProblem(problem(code, 'The subject', {}));
      assert.ok(title.length > 10);
      assert.ok(fixes.length > 0 && fixes.every((fix) => fix.length > 10));
    });
  }
});
