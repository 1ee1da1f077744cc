import assert from 'node:assert/strict';
import type { AwsEvidence } from '../../../src/core/cloud';
import type { Endpoint } from '../../../src/core/endpoint';
import type { Evidence } from '../../../src/diagnostics/evidence';
import { evidenceRows } from '../../../src/ui/report/evidence-rows';
import { cluster, serviceWith } from '../core/project-facts';
import { hop, keptTest } from '../setup/page-tests';

const text = 'mongodb+srv://<credentials>@shop-pl-49.ab1cd.mongodb.net/';
const service = serviceWith('AWS', 'US_EAST_1', 0);
const endpoints = Array.from({ length: 50 }, (_, index): Endpoint => ({
  ...{ id: `vpce-0${String(index)}`, projectId: 'project', serviceId: service.id, provider: 'AWS' },
  ...{ status: 'AVAILABLE', deleteRequested: false },
}));

function awsOf(id: string): AwsEvidence {
  return {
    identity: { accountId: '111122223333', arn: 'arn' },
    region: 'us-east-1',
    endpoint: {
      ...{ id, vpcId: 'vpc-1', serviceName: 's', state: 'available', subnetIds: [], privateDnsEnabled: false },
      ...{ securityGroupIds: [], networkInterfaceIds: [], dnsNames: [], tags: {} },
    },
    subnets: [],
    securityGroups: [],
    notPermitted: [],
  };
}

function evidenceWith(given: readonly Endpoint[], aws: readonly AwsEvidence[]): Evidence {
  const strings = {
    privateEndpoint: [
      {
        type: 'MONGOD',
        endpoints: [{ endpointId: 'vpce-049', provider: 'AWS', region: 'US_EAST_1' }],
        srv: 'mongodb+srv://shop-pl-49.ab1cd.mongodb.net',
      } as const,
    ],
  };
  const atlas = {
    projectName: 'project',
    cluster: cluster('Shop', { strings }),
    ...{ services: [service, serviceWith('AWS', 'EU_WEST_1', 0)], endpoints: given, addressableTargets: [] },
  };
  return { atlas, cloud: { aws } };
}

describe('what Atlas and the AWS account say in a report', () => {
  it('begins with the endpoint of the string and what AWS says of it, and counts what is too much', () => {
    const { report } = keptTest(text, 'failed', []);
    const rows = evidenceRows(evidenceWith(endpoints, [awsOf('vpce-07'), awsOf('vpce-049')]), report);
    assert.deepEqual(
      rows.slice(0, 5).map(({ title, id }) => [title, id]),
      [
        ['Cluster Shop', undefined],
        ['Endpoint service, N. Virginia (us-east-1)', service.id],
        ['Interface endpoint at Atlas', 'vpce-049'],
        ['Interface endpoint in AWS', 'vpce-049'],
        ['Availability zones', undefined],
      ],
    );
    assert.equal(rows.length, 30);
    // 3 rows of the string, 4 of AWS, 49 other endpoints; 29 are shown.
    assert.match(rows.at(-1)?.word ?? '', /^27 more rows /);
    assert.equal(rows.filter(({ id }) => id === 'vpce-049').length, 2, 'each once');
  });

  it('takes the endpoint that a CNAME names for one of the string', () => {
    const { report } = keptTest(text, 'failed', [hop('cname', 'node', 'passed', { vpcEndpoint: 'vpce-07' })]);
    const ids = evidenceRows(evidenceWith(endpoints, []), report).map(({ id }) => id);
    assert.deepEqual(ids.slice(2, 4), ['vpce-07', 'vpce-049']);
  });

  it('cuts nothing of a small project', () => {
    const rows = evidenceRows(evidenceWith(endpoints.slice(0, 3), []), keptTest(text, 'failed', []).report);
    assert.deepEqual(
      rows.map(({ id }) => id),
      [undefined, service.id, 'vpce-00', 'vpce-01', 'vpce-02'],
    );
  });
});
