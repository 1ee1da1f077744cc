import assert from 'node:assert/strict';
import type { PrivateEndpointStrings } from '../../../src/core/deployment';
import type { Provider } from '../../../src/core/provider';
import type { Question, ServiceSubject } from '../../../src/ui/page/model';
import { presentConfirmation } from '../../../src/ui/page/present/confirmation';
import { regionalizedOf, targetsOf, whyNotSwitched } from '../../../src/ui/page/present/limits';
import { cluster, nodes, serviceWith } from '../core/project-facts';
import { pageModel } from './page-model';

const service = serviceWith('AWS', 'US_EAST_1', 1);
const subject: ServiceSubject = { kind: 'service', provider: 'AWS', region: 'US_EAST_1', service, known: [] };

function through(endpointId: string, more: Partial<PrivateEndpointStrings> = {}): PrivateEndpointStrings {
  return {
    type: 'MONGOD',
    endpoints: [{ endpointId, provider: 'AWS', region: 'US_EAST_1' }],
    srv: `mongodb+srv://through-${endpointId}.sandbox.invalid`,
    ...more,
  };
}

describe('addressable targets on the page', () => {
  it('are shown for each region, its own first, Azure’s not', () => {
    const clusters = [
      cluster('Far', { regions: [nodes('AWS', 'EU_WEST_1', 3), nodes('AZURE', 'US_EAST_2', 3)] }),
      cluster('Near', { regions: [nodes('AWS', 'US_EAST_1', 45)], biConnector: true }),
    ];
    const [own, ...others] = targetsOf(pageModel({ clusters }, subject));
    assert.equal(others.length, 1);
    assert.ok(own);
    assert.equal(own.used, 46);
    assert.equal(own.limit, 50);
    assert.equal(own.severity, 'warning');
    assert.equal(own.parts.length, 2);
    assert.match(own.region, /us-east-1/);
    assert.match(others[0]?.region ?? '', /eu-west-1/);
  });

  it('have another limit where ports are mapped', () => {
    const clusters = [cluster('A', { regions: [nodes('GCP', 'CENTRAL_US', 60)] })];
    const limitWith = (services: readonly ReturnType<typeof serviceWith>[]) =>
      targetsOf(
        pageModel({ clusters, services: { AWS: [], AZURE: [], GCP: services } }, { ...subject, provider: 'GCP' }),
      )[0];
    assert.deepEqual([limitWith([])?.limit, limitWith([])?.severity], [150, 'passed']);
    const older = limitWith([serviceWith('GCP', 'CENTRAL_US', 1)]);
    assert.deepEqual([older?.limit, older?.severity], [50, 'blocking']);
  });
});

describe('regionalized mode on the page', () => {
  const shards = cluster('Shards', {
    topology: 'SHARDED',
    regions: [nodes('AWS', 'US_EAST_1'), nodes('AWS', 'EU_WEST_1')],
    strings: { privateEndpoint: [through('vpce-1', { srvShardOptimized: 'mongodb+srv://optimized.sandbox.invalid' })] },
  });

  it('cannot be enabled beside a replica set, and says why', () => {
    const model = pageModel({ clusters: [shards, cluster('Plain')] }, subject);
    const view = regionalizedOf(model);
    assert.ok(view);
    assert.ok(view.findings.some(({ code, severity }) => code === 'CHECK_REPLICA_SETS' && severity === 'blocking'));
    assert.notEqual(view.actions[0]?.disabled, undefined);
    assert.match(whyNotSwitched(model) ?? '', /Plain/);
  });

  it('can be enabled with sharded clusters only, and names the strings that change', () => {
    const model = pageModel({ clusters: [shards] }, subject);
    const view = regionalizedOf(model);
    assert.equal(view?.actions[0]?.disabled, undefined);
    assert.equal(whyNotSwitched(model), undefined);
    assert.deepEqual(
      ask(model, { kind: 'enable-regionalized' }).strings.map(({ text }) => text),
      ['mongodb+srv://through-vpce-1.sandbox.invalid', 'mongodb+srv://optimized.sandbox.invalid'],
    );
  });

  it('cannot be disabled with several endpoints in one region and one elsewhere', () => {
    const services = {
      AWS: [serviceWith('AWS', 'US_EAST_1', 2), serviceWith('AWS', 'EU_WEST_1', 1)],
      AZURE: [],
      GCP: [],
    };
    const model = pageModel({ clusters: [shards], services, regionalizedMode: true }, subject);
    assert.ok(regionalizedOf(model)?.actions[0]?.disabled);
    assert.notEqual(whyNotSwitched(model), undefined);
    const one = { ...services, AWS: [serviceWith('AWS', 'US_EAST_1', 2)] };
    assert.equal(whyNotSwitched(pageModel({ services: one, regionalizedMode: true }, subject)), undefined);
  });

  it('says nothing before Atlas has told', () => {
    assert.equal(regionalizedOf({ ...pageModel({}, subject), project: { loading: true } }), undefined);
  });
});

describe('the question before a removal', () => {
  it('names every form of the strings that die, and only those', () => {
    const clusters = [
      cluster('Uses', {
        strings: {
          privateEndpoint: [
            through('endpoint-0', { srvShardOptimized: 'mongodb+srv://optimized.sandbox.invalid' }),
            through('vpce-other'),
          ],
        },
      }),
      cluster('Other', { strings: { privateEndpoint: [through('vpce-other')] } }),
    ];
    const { strings, typed } = ask(pageModel({ clusters }, subject), {
      kind: 'remove-endpoint',
      endpointId: 'endpoint-0',
    });
    assert.deepEqual(strings, [
      { cluster: 'Uses', text: 'mongodb+srv://through-endpoint-0.sandbox.invalid' },
      { cluster: 'Uses', text: 'mongodb+srv://optimized.sandbox.invalid' },
    ]);
    assert.equal(typed?.expected, 'us-east-1');
  });

  it('asks for a click only while another endpoint is left and no string leads through this one', () => {
    const two = serviceWith('AWS', 'US_EAST_1', 2);
    const model = pageModel({ clusters: [cluster('Plain')] }, { ...subject, service: two });
    const question = { kind: 'remove-endpoint', endpointId: 'endpoint-0' } as const;
    assert.equal(ask(model, question).typed, undefined);
    const used = pageModel(
      { clusters: [cluster('Uses', { strings: { privateEndpoint: [through('endpoint-0')] } })] },
      { ...subject, service: two },
    );
    assert.notEqual(ask(used, question).typed, undefined);
  });

  it('knows Azure’s ids in any case', () => {
    const provider: Provider = 'AZURE';
    const azure = { ...serviceWith(provider, 'US_EAST_2', 0), endpointIds: ['/Subscriptions/S/privateEndpoints/PE'] };
    const endpoint = { endpointId: '/subscriptions/s/privateendpoints/pe', provider, region: 'US_EAST_2' };
    const clusters = [cluster('Uses', { strings: { privateEndpoint: [through('', { endpoints: [endpoint] })] } })];
    const model = pageModel({ clusters }, { ...subject, provider, region: 'US_EAST_2', service: azure });
    assert.equal(ask(model, { kind: 'remove-service' }).strings.length, 1);
  });

  it('names the host names of federated databases', () => {
    const federatedDatabases = [
      {
        projectId: 'project',
        name: 'Federated',
        state: 'ACTIVE',
        hostnames: [],
        privateEndpointHostnames: [
          { hostname: 'federated-1.sandbox.invalid', endpointId: 'vpce-1' },
          { hostname: 'federated-2.sandbox.invalid', endpointId: 'vpce-2' },
        ],
      },
    ];
    const model = pageModel({ federatedDatabases }, { kind: 'federation', projectId: 'p', places: [], endpoints: [] });
    const { strings, typed } = ask(model, { kind: 'remove-endpoint', endpointId: 'vpce-1' });
    assert.deepEqual(strings, [{ cluster: 'Federated', text: 'federated-1.sandbox.invalid' }]);
    assert.notEqual(typed, undefined);
  });

  it('asks to type what a keyboard has: the end of a long id', () => {
    const endpointId = 'vpce-0123456789abcdef0';
    const federatedDatabases = [
      {
        projectId: 'p',
        name: 'Federated',
        state: 'ACTIVE',
        hostnames: [],
        privateEndpointHostnames: [{ hostname: 'federated.sandbox.invalid', endpointId }],
      },
    ];
    const model = pageModel({ federatedDatabases }, { kind: 'federation', projectId: 'p', places: [], endpoints: [] });
    const { typed } = ask(model, { kind: 'remove-endpoint', endpointId });
    assert.equal(typed?.expected, 'bcdef0');
    assert.match(typed.prompt, /"bcdef0"/);
  });
});

function ask(model: ReturnType<typeof pageModel>, question: Question) {
  const confirmation = presentConfirmation({ ...model, ui: { ...model.ui, question } });
  assert.ok(confirmation);
  return confirmation;
}
