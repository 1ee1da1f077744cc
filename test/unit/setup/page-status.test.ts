import assert from 'node:assert/strict';
import type { AwsEvidence } from '../../../src/core/cloud';
import { problem } from '../../../src/core/problem';
import type { Endpoint } from '../../../src/core/endpoint';
import type { PageModel } from '../../../src/ui/page/model';
import { presentHeader } from '../../../src/ui/page/present/header';
import { presentStatus } from '../../../src/ui/page/present/status-section';
import { presentWaiting } from '../../../src/ui/page/present/wait-step';
import { evidenceRows } from '../../../src/ui/report/evidence-rows';
import { cluster, serviceWith } from '../core/project-facts';
import { hop, keptTest } from './page-tests';
import { pageModel } from './page-model';

const id = 'vpce-0aaaaaaaaaaaaaaaa';
const service = { ...serviceWith('AWS', 'US_EAST_1', 0), endpointIds: [id] };
const text = 'mongodb+srv://shop-pl-0.ab1cd.mongodb.net';
const shop = cluster('Shop', {
  strings: {
    privateEndpoint: [
      { type: 'MONGOD', endpoints: [{ endpointId: id, provider: 'AWS', region: 'US_EAST_1' }], srv: text },
    ],
  },
});

function modelOf(more: Partial<PageModel> = {}, endpoint?: Endpoint): PageModel {
  return pageModel(
    { clusters: [shop], services: { AWS: [service], AZURE: [], GCP: [] } },
    {
      ...{ kind: 'service', provider: 'AWS', region: 'US_EAST_1', service, endpointId: id },
      ...(endpoint === undefined ? { known: [] } : { endpoint, known: [endpoint] }),
    },
    more,
  );
}

describe('tests on the status page', () => {
  it('give each problem its own weight, and each test the tone of its report', () => {
    const problems = [problem('TCP_TIMEOUT_ALL', '10.0.0.4'), problem('ONE_ZONE', 'us-east-1a')];
    const reports = [
      keptTest(text, 'failed', [hop('tcp', '10.0.0.4:1024', 'failed')], { problems }),
      keptTest(text, 'reachable-not-signed-in', [], { problems: [problem('ENDPOINT_FAILED', id)] }),
      keptTest(text, 'reachable-not-signed-in', [], { problems: [problem('ONE_ZONE', id)] }),
      keptTest(text, 'cancelled', []),
    ];
    const tests = presentStatus(modelOf({ reports }), true)?.tests ?? [];
    assert.deepEqual(
      tests.map(({ outcome, findings }) => [outcome, ...findings.map(({ severity }) => severity)]),
      [['failed', 'blocking', 'warning'], ['failed', 'blocking'], ['warned', 'warning'], ['untested']],
    );
  });

  it('say where they ran in the words of a report, with or without a name of the machine', () => {
    const places = [
      { kind: 'ssm', hostname: '' },
      { kind: 'elsewhere', hostname: 'web-1' },
      { kind: 'local', hostname: 'laptop' },
    ];
    const said = places.map((where) => {
      const section = presentStatus(modelOf({ reports: [keptTest(text, 'connected', [], { where })] }), true);
      assert.equal(section?.path?.testedFrom, section?.tests[0]?.from);
      return section?.tests[0]?.from;
    });
    assert.deepEqual(said, ['an instance, by AWS Systems Manager', 'another machine (web-1)', 'this machine (laptop)']);
  });
});

describe('security groups of an endpoint', () => {
  const rule = (cidr: string, fromPort: number, toPort: number) => ({
    ...{ protocol: 'tcp', fromPort, toPort, cidrs: [cidr], groupIds: [], prefixListIds: [] },
  });
  const group = (name: string, ...inbound: readonly ReturnType<typeof rule>[]) => ({
    ...{ id: `sg-${name}`, name, vpcId: 'vpc-1', inbound, outbound: [] },
  });
  const evidence = (...securityGroups: readonly ReturnType<typeof group>[]): AwsEvidence => ({
    identity: { accountId: '111122223333', arn: 'arn' },
    region: 'us-east-1',
    endpoint: {
      ...{
        id,
        vpcId: 'vpc-1',
        serviceName: 's',
        state: 'available',
        subnetIds: ['subnet-1'],
        privateDnsEnabled: false,
      },
      ...{ securityGroupIds: [], networkInterfaceIds: [], dnsNames: [], tags: {} },
    },
    subnets: [
      {
        subnet: { id: 'subnet-1', vpcId: 'vpc-1', zone: 'us-east-1a', cidr: '10.0.1.0/24' },
        ...{ privateIp: '10.0.1.4', aclEntries: [], routes: [] },
      },
    ],
    vpcCidrs: ['10.0.0.0/16'],
    securityGroups,
    notPermitted: [],
  });

  it('are one finding of the page and one row of a report, which agree', () => {
    const low = group('low', rule('10.0.0.0/16', 1024, 30000));
    const high = group('high', rule('10.0.0.0/16', 30001, 65535));
    const cases = [
      [evidence(low, high), 'passed', 'passed', /the VPC is let in/],
      [evidence(low), 'warning', 'warned', /10\.0\.0\.0\/16 is not let in on the ports 30001–65535/],
      [evidence(group('own', rule('10.0.1.0/24', 1024, 65535))), 'warning', 'warned', /only subnets of the endpoint/],
      [evidence(group('none')), 'blocking', 'failed', /nobody is let in/],
    ] as const;
    for (const [value, severity, tone, told] of cases) {
      const aws = { evidence: { loading: false, value } };
      const found = (presentStatus(modelOf({ aws }), true)?.cloud ?? []).filter((one) =>
        one.id.startsWith('aws-group'),
      );
      const rows = evidenceRows({ cloud: { aws: [value] } }, keptTest(text, 'connected', []).report).filter(
        ({ title }) => title.startsWith('Security group'),
      );
      assert.deepEqual([found.map((one) => one.severity), rows.map((one) => one.tone)], [[severity], [tone]]);
      assert.match(found[0]?.title ?? '', told);
      assert.match(rows[0]?.word ?? '', told);
    }
    const [both] =
      presentStatus(modelOf({ aws: { evidence: { loading: false, value: cases[0][0] } } }), true)?.cloud ?? [];
    assert.match(both?.title ?? '', /^Security groups low, high: /);
    assert.match(both?.detail ?? '', /sg-low \(low\): 10\.0\.0\.0\/16 \(1024–30000\); sg-high/);
  });
});

describe('an endpoint that Atlas was asked to remove', () => {
  const endpoint: Endpoint = {
    ...{ id, projectId: 'project', serviceId: service.id, provider: 'AWS', status: 'PENDING', deleteRequested: true },
  };

  it('is leaving wherever the page has its status', () => {
    const model = modelOf({}, endpoint);
    const header = presentHeader(model).statuses[1];
    const card = presentStatus(model, true)?.endpoints[0]?.status;
    assert.deepEqual(header, card);
    assert.deepEqual([card?.tone, card?.word], ['leaving', 'Pending, removal requested']);
    const side = presentWaiting(model).sides.find(({ id: name }) => name === 'endpoint');
    assert.deepEqual([side?.status.tone, side?.waitingFor], ['leaving', 'its removal']);
  });
});
