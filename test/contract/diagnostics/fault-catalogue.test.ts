import assert from 'node:assert/strict';
import { describeProblem } from '../../../src/messages/problem-text';
import type { Evidence } from '../../../src/diagnostics/evidence';
import { brokenCodes } from '../../../src/sandbox/world/scenarios/broken';
import type { SandboxProject } from '../../../src/sandbox/world/world';
import { openLab, type Diagnosis, type Lab } from './diagnose';
import { evidenceOf } from './evidence-of';

/** What has a test of its own below. */
const apart = ['ONE_ZONE', 'TARGETS_EXCEEDED', 'CLUSTER_UPDATING', 'NACL'];
/** Over SOCKS a connection that is reset with its first bytes ends in TLS; only a direct one shows it at TCP. */
const expectedFor: Readonly<Record<string, string>> = { TCP_RESET: 'TLS_CLOSED' };
/** Milliseconds for one hop: what is dropped is waited for. */
const hopTimeoutMs = 1000;

describe('every failure of the sandbox, and what the diagnosis makes of it', function () {
  this.timeout(30_000);
  let lab: Lab;
  before(async () => {
    lab = await openLab({ scenario: 'broken' });
  });
  after(() => lab.close());

  const projectOf = (code: string): SandboxProject => {
    const project = [...lab.sandbox.world.atlas.projects.values()].find(({ name }) => name === `${code}-sandbox`);
    assert.ok(project, `the scenario has a project for ${code}`);
    return project;
  };
  const diagnose = async (code: string): Promise<Diagnosis> => {
    const project = projectOf(code);
    const string = stringFor(code, project.domainLabel);
    return lab.diagnose(string, {
      hopTimeoutMs,
      evidence: async () => addedTo(code, await evidenceOf(lab.sandbox, project, string)),
    });
  };

  /** Switches a fault on for one test. */
  const withFault = async (fault: string, subjects: readonly string[], work: () => Promise<void>): Promise<void> => {
    for (const subject of subjects) lab.sandbox.faults.set(fault, true, subject);
    try {
      await work();
    } finally {
      for (const subject of subjects) lab.sandbox.faults.set(fault, false, subject);
    }
  };

  for (const code of brokenCodes.filter((each) => !apart.includes(each))) {
    it(`${code}, and nothing else`, async () => {
      const { report, codes } = await diagnose(code);
      assert.deepEqual(codes, [expectedFor[code] ?? code], JSON.stringify(report.verdict.problems, undefined, 1));
      const [found] = report.verdict.problems;
      assert.ok(found !== undefined && describeProblem(found).fixes.length > 0, 'there is a remedy');
    });
  }

  it('NACL: the network ACL of the subnets, read from the AWS account', async () => {
    const [region] = lab.sandbox.world.aws.regions.values();
    const subnets = [...(region?.subnets.keys() ?? [])];
    await withFault('nacl-denies', subnets, async () => {
      const { codes } = await diagnose('CLUSTER_UPDATING');
      assert.deepEqual(codes, ['NACL']);
    });
  });

  it('CLUSTER_UPDATING: no finding while it can be reached, the cause when its names are missing', async () => {
    const healthy = await diagnose('CLUSTER_UPDATING');
    assert.deepEqual([healthy.codes, healthy.report.verdict.outcome], [[], 'connected']);
    const { domainLabel } = projectOf('CLUSTER_UPDATING');
    await withFault('dns-nxdomain', [`pl-0-us-east-1.${domainLabel}.mongodb.net`], async () => {
      const { codes } = await diagnose('CLUSTER_UPDATING');
      assert.deepEqual(codes, ['CLUSTER_UPDATING']);
    });
  });

  it('ONE_ZONE: a warning beside a connection that works', async () => {
    const { report, codes } = await diagnose('ONE_ZONE');
    assert.deepEqual([codes, report.verdict.outcome], [['ONE_ZONE'], 'connected']);
  });

  it('TARGETS_EXCEEDED: a warning with the count', async () => {
    const { report, codes } = await diagnose('TARGETS_EXCEEDED');
    assert.ok(codes.includes('TARGETS_EXCEEDED'), codes.join());
    const found = report.verdict.problems.find(({ code }) => code === 'TARGETS_EXCEEDED');
    assert.deepEqual(found?.parameters, { count: '54', limit: '50' });
  });
});

/** Strings that the failure needs; a seedlist string else. */
function stringFor(code: string, label: string): string {
  switch (code) {
    case 'STRING_PORTS_PINNED':
      return `mongodb://pl-0-us-east-1.${label}.mongodb.net:1024,pl-0-us-east-1.${label}.mongodb.net:1025/?ssl=true&authSource=admin`;
    case 'HELLO_NOT_BALANCED':
      return `mongodb+srv://cluster0-pl-0-lb.${label}.mongodb.net`;
    case 'TIER_UNSUPPORTED':
      return `mongodb+srv://free.${label}.mongodb.net`;
    default:
      return `mongodb+srv://cluster0-pl-0.${label}.mongodb.net`;
  }
}

/** What only the person's own machine or another cloud can tell. */
function addedTo(code: string, evidence: Evidence): Evidence {
  if (code === 'SG_OUTBOUND') {
    return {
      ...evidence,
      cloud: { ...evidence.cloud, client: { cidr: '10.0.30.7/32', groupIds: ['sg-1'], outbound: [] } },
    };
  }
  if (code === 'TCP_TIMEOUT_SOME_PORTS') {
    // With AWS's rules at hand the cause is the security group.
    return evidence.atlas === undefined ? {} : { atlas: evidence.atlas };
  }
  if (code === 'ADDRESS_WRONG') {
    const addresses = (evidence.atlas?.endpoints ?? []).map(({ id }) => ({ endpointId: id, addresses: ['10.20.9.1'] }));
    return { ...evidence, cloud: { addresses } };
  }
  return evidence;
}
