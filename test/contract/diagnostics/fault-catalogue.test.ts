import assert from 'node:assert/strict';
import { describeProblem } from '../../../src/messages/problem-text';
import type { Evidence } from '../../../src/diagnostics/evidence';
import { brokenCodes } from '../../../src/sandbox/world/scenarios/broken';
import type { SandboxProject } from '../../../src/sandbox/world/world';
import { inLanes, silenceInLanes, type InLanes } from '../../builders/in-lanes';
import { openLab, usualMs, type Diagnosis, type Lab } from './diagnose';
import { openGathering, type Gathering } from './evidence-of';
import { proxyFaults, silentLanes } from './faulty-lab';

/** What has a test of its own below. */
const apart = ['ONE_ZONE', 'TARGETS_EXCEEDED', 'CLUSTER_UPDATING', 'NACL'];
/** Over SOCKS a connection that is reset with its first bytes ends in TLS; only a direct one shows it at TCP. */
const expectedFor: Readonly<Record<string, string>> = { TCP_RESET: 'TLS_CLOSED' };
/** Failures that are a silence: it is waited for to the end of a hop's time, a few at once. */
const silent = [
  ...['SG_INBOUND', 'TCP_TIMEOUT_SOME_PORTS', 'TCP_TIMEOUT_ONE_ZONE', 'TCP_TIMEOUT_ALL', 'TLS_STALL', 'SG_OUTBOUND'],
  ...['RESOLVER_UNREACHABLE', 'HELLO_STALL', 'AUTH_TIMEOUT', 'STRING_OTHER_ENDPOINT', 'ADDRESS_OVERLAP'],
];
/** Failures of a machine in another VPC than the endpoint. */
const elsewhere = ['STRING_OTHER_ENDPOINT', 'ADDRESS_OVERLAP'];

const proxyEvidence: Readonly<Record<string, string>> = {
  PROXY_SILENT: 'failure: proxy-silent; code: SOCKS no-greeting',
  PROXY_NOT_SOCKS: 'failure: proxy-not-socks; code: HTTP/1.1 400 Bad Request',
};

describe('every failure of the sandbox, and what the diagnosis makes of it', function () {
  this.timeout(300_000);
  let lab: Lab;
  let gathering: Gathering;
  let silences: InLanes<string, Diagnosis>;
  let silence = 0;
  before(async () => {
    lab = await openLab({ scenario: 'broken' });
    gathering = openGathering(lab.sandbox);
    silence = await silenceInLanes(silentLanes, () => diagnose('CLUSTER_UPDATING'));
    silences = inLanes(silent, silentLanes, (code) => diagnose(code));
    await silences.ended;
  });
  after(async () => {
    await gathering.close();
    await lab.close();
  });

  const projectOf = (code: string): SandboxProject => {
    const project = [...lab.sandbox.world.atlas.projects.values()].find(({ name }) => name === `${code}-sandbox`);
    assert.ok(project, `the scenario has a project for ${code}`);
    return project;
  };
  const diagnose = async (
    code: string,
    hopTimeoutMs = silent.includes(code) ? silence : usualMs,
  ): Promise<Diagnosis> => {
    const project = projectOf(code);
    const string = stringFor(code, project.domainLabel);
    const clientAddresses = elsewhere.includes(code) ? ['10.0.30.10/24'] : (lab.route.clientAddresses ?? []);
    return lab.diagnose(string, {
      hopTimeoutMs,
      route: { ...lab.route, clientAddresses },
      evidence: async (signal, context) =>
        addedTo(code, await gathering.evidence(project.name, string)(signal, context)),
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
      const { report, codes } = await (silent.includes(code) ? silences.of(code) : diagnose(code));
      assert.deepEqual(codes, [expectedFor[code] ?? code], JSON.stringify(report.verdict.problems, undefined, 1));
      const [found] = report.verdict.problems;
      assert.ok(found !== undefined && describeProblem(found).fixes.length > 0, 'there is a remedy');
    });
  }

  it('NACL: the network ACL of the subnets, read from the AWS account', async () => {
    const [region] = lab.sandbox.world.aws.regions.values();
    const subnets = [...(region?.subnets.keys() ?? [])];
    await withFault('nacl-denies', subnets, async () => {
      const { codes } = await diagnose('CLUSTER_UPDATING', silence);
      assert.deepEqual(codes, ['NACL']);
    });
  });

  for (const [code, fault] of Object.entries(proxyFaults)) {
    it(`${code}, and nothing else: ${fault}`, async () => {
      await withFault(fault, ['*'], async () => {
        // Whoever answers is not waited for: then every hop ends by itself.
        const { report, codes, events } = await diagnose(
          'CLUSTER_UPDATING',
          code === 'PROXY_SILENT' ? silence : usualMs,
        );
        assert.deepEqual(codes, [code]);
        const [found] = report.verdict.problems;
        assert.ok(found);
        assert.equal(found.evidence, proxyEvidence[code]);
        assert.ok(describeProblem(found).fixes.length > 0, 'there is a remedy');
        const proxied = events.filter((event) => 'hop' in event && event.hop === 'tcp').map(({ type }) => type);
        const begun = proxied.filter((type) => type === 'hop-started');
        assert.ok(
          begun.length > 1 && proxied.slice(0, begun.length).every((type) => type === 'hop-started'),
          'waited once',
        );
        assert.ok(!report.hops.some(({ hop }) => hop === 'tls' || hop === 'sign-in'), 'nothing else was waited for');
      });
    });
  }

  it('SG_OUTBOUND: none when the group of the machine that connects lets it out, or nobody knows the machine', async () => {
    const code = 'SG_OUTBOUND';
    const vpc = [...lab.sandbox.world.aws.regions.values()]
      .flatMap((region) => [...region.vpcs.values()])
      .find(({ name }) => name.startsWith('sandbox-shut-in'));
    assert.ok(vpc);
    const string = stringFor(code, projectOf(code).domainLabel);
    const { dnsServers, socksProxy, caFile } = lab.route;
    const route = { dnsServers, ...(socksProxy && { socksProxy }), ...(caFile && { caFile }) };
    const unknown = await lab.diagnose(string, {
      route,
      hopTimeoutMs: silence,
      evidence: gathering.evidence(`${code}-sandbox`, string),
    });
    assert.deepEqual(unknown.codes, ['TCP_TIMEOUT_ALL']);
    lab.sandbox.faults.set('outbound-denied', false, vpc.id);
    try {
      const { codes, report } = await diagnose(code);
      assert.deepEqual([codes, report.verdict.outcome], [[], 'connected']);
    } finally {
      lab.sandbox.faults.set('outbound-denied', true, vpc.id);
    }
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
      return `mongodb+srv://free-pl-0.${label}.mongodb.net`;
    default:
      return `mongodb+srv://cluster0-pl-0.${label}.mongodb.net`;
  }
}

/** What only the person's own machine or another cloud can tell. */
function addedTo(code: string, evidence: Evidence): Evidence {
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
