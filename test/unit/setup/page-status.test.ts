import assert from 'node:assert/strict';
import { problem } from '../../../src/core/problem';
import type { Endpoint } from '../../../src/core/endpoint';
import type { PageModel } from '../../../src/ui/page/model';
import { presentHeader } from '../../../src/ui/page/present/header';
import { presentStatus } from '../../../src/ui/page/present/status-section';
import { presentWaiting } from '../../../src/ui/page/present/wait-step';
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
