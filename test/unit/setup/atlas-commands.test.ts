import assert from 'node:assert/strict';
import type { StepId } from '../../../webview/protocol';
import type { Draft } from '../../../src/setup/draft';
import type { PageModel, Subject } from '../../../src/ui/page/model';
import { atlasCliScript, removalAtAtlas } from '../../../src/ui/page/present/atlas-commands';
import { presentSteps } from '../../../src/ui/page/present/steps';
import { cluster, serviceWith } from '../core/project-facts';
import { recordCommands, recordInput } from '../cloud/recorded-commands';
import { pageModel } from './page-model';

const projectId = '0123456789abcdef01234567';
const allSteps: readonly StepId[] = ['check', 'service', 'cloud', 'register', 'wait', 'use'];

/** A page on which the commands of every step are shown. */
function shown(subject: Subject, draft: Draft = {}, more: Partial<PageModel> = {}): PageModel {
  const model = pageModel({ clusters: [cluster('Cluster0')] }, subject, { draft, ...more });
  return { ...model, ui: { ...model.ui, openCommands: new Set(allSteps) } };
}

function commandsOf(model: PageModel, step: StepId): string {
  const section = presentSteps(model).steps.find(({ id }) => id === step)?.commands;
  assert.ok(section, `${step} shows no commands`);
  assert.equal(section.missing, undefined);
  return section.blocks.map(({ text }) => text).join('');
}

const wanted = (provider: 'AWS' | 'AZURE' | 'GCP', region: string): Subject => ({
  kind: 'service',
  provider,
  region,
  known: [],
});
const newService = { ref: { kind: 'new-service', accountId: 'a', projectId } } as const;
const serverless = { ref: { kind: 'serverless', accountId: 'a', projectId, instanceName: 'Instance0' } } as const;
const federation = { ref: { kind: 'federation', accountId: 'a', projectId } } as const;

describe('Atlas CLI on a page', () => {
  it('creates the service of Google Cloud in the form that was chosen', () => {
    const target = wanted('GCP', 'CENTRAL_US');
    const [, proposed] = recordInput(commandsOf(shown(target, {}, newService), 'service'));
    assert.deepEqual(JSON.parse(proposed), { providerName: 'GCP', region: 'CENTRAL_US', portMappingEnabled: true });
    const [older] = recordCommands(commandsOf(shown(target, { portMapping: false }, newService), 'service'));
    assert.deepEqual(older?.slice(1, 6), ['privateEndpoints', 'gcp', 'create', '--region', 'CENTRAL_US']);
  });

  it('creates a service of AWS with the other regions, and says which it does not know', () => {
    const target = wanted('AWS', 'EU_WEST_1');
    const [, body] = recordInput(
      commandsOf(shown(target, { remoteRegions: 'us-east-1, US_WEST_2' }, newService), 'service'),
    );
    assert.deepEqual(JSON.parse(body), {
      providerName: 'AWS',
      region: 'eu-west-1',
      supportedRemoteRegions: ['us-east-1', 'us-west-2'],
    });
    const { steps } = presentSteps(shown(target, { remoteRegions: 'moon-1' }, newService));
    assert.match(steps.find(({ id }) => id === 'service')?.commands?.missing ?? '', /moon-1/);
  });

  it('reserves for a serverless instance, tells the endpoint, asks for it and removes it', () => {
    const none: Subject = { kind: 'serverless', endpoints: { value: [], loading: false } };
    const [reserve, comment] = recordInput(commandsOf(shown(none, { comment: 'it’s' }, serverless), 'service'));
    assert.equal(reserve[2], 'createServerlessPrivateEndpoint');
    assert.deepEqual(JSON.parse(comment), { comment: 'it’s' });

    const endpoint = {
      id: 'fedcba9876543210fedcba98',
      projectId,
      instanceName: 'Instance0',
      provider: 'AWS',
      status: 'RESERVED',
      endpointServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a',
    } as const;
    const reserved: Subject = { kind: 'serverless', endpoints: { value: [endpoint], loading: false }, endpoint };
    const model = shown(reserved, { endpointId: 'vpce-0123456789abcdef0' }, serverless);
    const [supply, body] = recordInput(commandsOf(model, 'register'));
    assert.equal(supply[2], 'updateServerlessPrivateEndpoint');
    assert.deepEqual(JSON.parse(body), {
      providerName: 'AWS',
      cloudProviderEndpointId: 'vpce-0123456789abcdef0',
    });
    const removal = removalAtAtlas(model, endpoint.id)?.shells.posix ?? '';
    assert.deepEqual(recordCommands(removal)[0]?.slice(1, 4), [
      'api',
      'serverlessPrivateEndpoints',
      'deleteServerlessPrivateEndpoint',
    ]);
  });

  it('adds an endpoint of Azure for Data Federation with all that Atlas needs', () => {
    const none: Subject = { kind: 'federation', projectId: 'p', places: [], endpoints: [] };
    const draft = {
      federationProvider: 'AZURE',
      endpointId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/e',
      endpointAddress: '10.0.0.4',
      comment: 'Reports',
    };
    const [, body] = recordInput(commandsOf(shown(none, draft, federation), 'register'));
    assert.deepEqual(JSON.parse(body), {
      endpointId: draft.endpointId,
      provider: 'AZURE',
      type: 'DATA_LAKE',
      comment: 'Reports',
      customerEndpointIPAddress: '10.0.0.4',
    });
  });

  it('has something for every step of an endpoint that is there', () => {
    const service = serviceWith('AWS', 'US_EAST_1', 1);
    const [endpointId] = service.endpointIds;
    assert.ok(endpointId !== undefined);
    const subject: Subject = { kind: 'service', provider: 'AWS', region: 'US_EAST_1', service, known: [], endpointId };
    const endpoint = {
      provider: 'AWS',
      id: endpointId,
      serviceId: service.id,
      projectId,
      deleteRequested: false,
    } as const;
    const waiting = shown({ ...subject, endpoint: { ...endpoint, status: 'PENDING' } });
    assert.match(commandsOf(waiting, 'check'), /clusters list/);
    assert.match(commandsOf(waiting, 'wait'), /interfaces describe endpoint-0/);
    assert.match(
      commandsOf(shown({ ...subject, endpoint: { ...endpoint, status: 'AVAILABLE' } }), 'use'),
      /connectionStrings describe/,
    );
  });

  it('shows in one script what can be done with a service, and running it changes nothing', () => {
    const service = { ...serviceWith('AWS', 'US_EAST_1', 2), supportedRemoteRegions: ['EU_WEST_1'] };
    const model = shown({ kind: 'service', provider: 'AWS', region: 'US_EAST_1', service, known: [] });
    for (const shell of ['posix', 'powershell'] as const) {
      const text = atlasCliScript({ ...model, ui: { ...model.ui, shell } }) ?? '';
      const commented = text.split('\n').filter((line) => line.startsWith('#'));
      for (const part of ['interfaces delete endpoint-1', 'updatePrivateEndpointService', 'regionalModes enable']) {
        assert.ok(
          commented.some((line) => line.includes(part)),
          `${shell}: ${part}`,
        );
      }
    }
    const verbs = recordCommands(atlasCliScript(model) ?? '').map((words) =>
      words.find((word) => ['describe', 'watch'].includes(word)),
    );
    assert.deepEqual(verbs, ['describe', 'describe', 'describe', 'watch']);
  });
});
