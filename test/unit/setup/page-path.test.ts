import assert from 'node:assert/strict';
import type { PathTone } from '../../../webview/protocol';
import { drawPath, shownBoxes } from '../../../webview/page/path-layout';
import type { PrivateEndpointStrings } from '../../../src/core/deployment';
import type { HopResult } from '../../../src/diagnostics/events';
import { hopTone } from '../../../src/diagnostics/report/tones';
import type { PageModel } from '../../../src/ui/page/model';
import { presentPath } from '../../../src/ui/page/present/path';
import { presentStrings } from '../../../src/ui/page/present/strings';
import { cluster, serviceWith } from '../core/project-facts';
import { hop, keptTest } from './page-tests';
import { pageModel } from './page-model';

const [own, other] = ['vpce-0aaaaaaaaaaaaaaaa', 'vpce-0bbbbbbbbbbbbbbbb'] as const;
const service = { ...serviceWith('AWS', 'US_EAST_1', 0), endpointIds: [own, other] };

/** As Atlas names them: the hosts of nodes are those of an endpoint, and each cluster has ports of its own. */
function strings(endpointId: string, name: string, firstPort = 1024): PrivateEndpointStrings {
  const number = endpointId === own ? 0 : 1;
  const node = `pl-${String(number)}-us-east-1.ab1cd.mongodb.net`;
  return {
    type: 'MONGOD',
    endpoints: [{ endpointId, provider: 'AWS', region: 'US_EAST_1' }],
    srv: `mongodb+srv://${name}-pl-${String(number)}.ab1cd.mongodb.net`,
    standard: `mongodb://${node}:${String(firstPort)},${node}:${String(firstPort + 1)}/?ssl=true`,
  };
}

const both = cluster('Shop', { strings: { privateEndpoint: [strings(own, 'shop'), strings(other, 'shop')] } });
const many = Array.from({ length: 10 }, (_, index) =>
  cluster(`C${String(index)}`, {
    strings: { privateEndpoint: [strings(own, `c${String(index)}`, 1030 + 2 * index)] },
  }),
);

function modelOf(clusters: readonly (typeof both)[], reports: PageModel['reports']): PageModel {
  const subject = {
    kind: 'service',
    provider: 'AWS',
    region: 'US_EAST_1',
    service,
    endpointId: own,
    known: [],
  } as const;
  return pageModel({ clusters, services: { AWS: [service], AZURE: [], GCP: [] } }, subject, { reports });
}

/** Tones of the boxes by the last part of their ids. */
function tonesOf(model: PageModel): Readonly<Record<string, PathTone>> {
  const boxes = presentPath(model)?.columns.flatMap((column) => column.boxes) ?? [];
  return Object.fromEntries(boxes.map(({ id, tone }) => [id.slice(id.indexOf('/') + 1), tone]));
}

const seedlist = (name: string): string => `mongodb+srv://<credentials>@${name}.ab1cd.mongodb.net/`;
const ends = (...names: readonly HopResult['hop'][]): readonly HopResult[] =>
  names.map((name) => hop(name, 'node', 'passed'));

describe('the path of a page', () => {
  it('is coloured by tests of its own endpoint, and not by later ones of another', () => {
    const broken = keptTest(seedlist('shop-pl-1'), 'failed', [
      hop('srv', 'shop-pl-1.ab1cd.mongodb.net', 'passed'),
      hop('tcp', '10.9.0.4:1024', 'failed'),
    ]);
    const well = keptTest(seedlist('shop-pl-0'), 'connected', [
      hop('srv', 'shop-pl-0.ab1cd.mongodb.net', 'passed'),
      hop('tcp', '10.0.0.4:1024', 'passed'),
      ...ends('tls', 'hello', 'ping'),
    ]);
    const tones = tonesOf(modelOf([both], [broken, well]));
    assert.deepEqual(tones, {
      application: 'passed',
      'shop-pl-0.ab1cd.mongodb.net': 'passed',
      [own]: 'passed',
      [service.id]: 'passed',
      Shop: 'passed',
    });
    assert.equal(tonesOf(modelOf([both], [broken]))[own], 'untested');
  });

  it('leaves out what went through another endpoint of the same string', () => {
    const ofTwo: PrivateEndpointStrings = {
      type: 'MONGOD',
      endpoints: [own, other].map((endpointId) => ({ endpointId, provider: 'AWS', region: 'US_EAST_1' })),
      srv: 'mongodb+srv://wide-pl-0.ab1cd.mongodb.net',
    };
    const hops = [
      hop('srv', 'wide-pl-0.ab1cd.mongodb.net', 'passed'),
      ...[own, other].flatMap((id, index) => {
        const name = `pl-${String(index)}.ab1cd.mongodb.net`;
        const outcome = id === own ? 'failed' : 'passed';
        return [
          hop('cname', name, 'passed', { vpcEndpoint: id }),
          hop('addresses', name, 'passed'),
          hop('tcp', `10.${String(index)}.0.4:1024`, outcome, { node: `${name}:1024` }),
        ];
      }),
    ];
    const wide = cluster('Wide', { strings: { privateEndpoint: [ofTwo] } });
    const tones = tonesOf(modelOf([wide], [keptTest(seedlist('wide-pl-0'), 'connected', hops)]));
    assert.equal(tones[own], 'failed');
    assert.equal(tones['wide-pl-0.ab1cd.mongodb.net'], 'passed');
  });

  it('marks a hop as the report does: one of two zones that fails is a warning', () => {
    const zones = [hop('tcp', '10.0.0.4:1024', 'passed'), hop('tcp', '10.0.1.4:1024', 'failed')];
    assert.equal(hopTone(zones), 'warned');
    assert.deepEqual(
      [hopTone(zones.slice(1)), hopTone(zones.slice(0, 1)), hopTone([])],
      ['failed', 'passed', 'skipped'],
    );
    assert.equal(tonesOf(modelOf([both], [keptTest(seedlist('shop-pl-0'), 'connected', zones)]))[own], 'warned');
  });

  it('shows what failed of many clusters, tells of it, and has them all', () => {
    const failed = keptTest(seedlist('c9-pl-0'), 'failed', [
      hop('srv', 'c9-pl-0.ab1cd.mongodb.net', 'passed'),
      ...ends('tcp', 'tls', 'hello'),
      hop('sign-in', 'node', 'failed'),
    ]);
    const path = presentPath(modelOf(many, [failed]));
    assert.ok(path);
    const [names, nodes] = ['Names', 'Nodes'].map((title) => path.columns.find((column) => column.title === title));
    assert.equal(names?.boxes.length, 10);
    assert.equal(nodes?.boxes.length, 10);
    assert.match(path.description, /C9, [^;]*, fails;/);
    assert.match(path.description, /; 3 more\./);
    const drawn = drawPath(path);
    const drawnIds = drawn.columns.flatMap(({ boxes }) => boxes.map(({ id }) => id));
    assert.ok(drawnIds.includes('node/C9') && drawnIds.includes('dns/c9-pl-0.ab1cd.mongodb.net'), drawnIds.join(' '));
    assert.equal(drawn.columns.at(-1)?.boxes.length, shownBoxes - 1);
    assert.equal(drawn.columns.at(-1)?.more?.tone, 'untested');
    assert.ok(drawn.links.some(({ to, tone }) => to === 'node/C9' && tone === 'failed'));
  });

  it('has the names of whichever form was tested, and colours the cluster by its ports only', () => {
    const node = 'pl-0-us-east-1.ab1cd.mongodb.net';
    const standard = `mongodb://<credentials>@${node}:1032,${node}:1033/?ssl=true`;
    const report = keptTest(standard, 'connected', [
      hop('cname', node, 'passed'),
      hop('addresses', node, 'passed'),
      ...ends('tcp', 'tls', 'hello', 'ping'),
    ]);
    const model = modelOf(many, [report]);
    const tones = tonesOf(model);
    assert.equal(tones[node], 'passed');
    assert.equal(tones['c1-pl-0.ab1cd.mongodb.net'], 'untested');
    assert.deepEqual([tones.C0, tones.C1, tones.C2], ['untested', 'passed', 'untested']);
    const tested = presentStrings(model).filter(({ lastTest }) => lastTest !== undefined);
    assert.deepEqual(
      tested.map(({ name }) => name),
      ['C1'],
    );
  });
});
