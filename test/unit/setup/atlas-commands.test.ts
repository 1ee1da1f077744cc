import assert from 'node:assert/strict';
import { planAtlasCli } from '../../../src/cloud/plan-atlas-cli';
import type { StepId } from '../../../webview/protocol';
import type { Draft } from '../../../src/setup/draft';
import type { PageModel, Subject } from '../../../src/ui/page/model';
import { atlasCliScript, removalAtAtlas } from '../../../src/ui/page/present/atlas-commands';
import { presentSteps } from '../../../src/ui/page/present/steps';
import type { EndpointService } from '../../../src/core/endpoint';
import { cluster, serviceWith } from '../core/project-facts';
import { missingShell, posixShells, runPasted } from '../cloud/posix-shells';
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
    const removal = removalAtAtlas(model, endpoint.id) ?? assert.fail();
    assert.deepEqual(recordCommands(planAtlasCli(projectId, [removal]).shells.posix)[0]?.slice(1, 4), [
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

  const withStatus = (status: string, provider: 'AWS' | 'AZURE' = 'AWS', endpoints = 2): PageModel => {
    const service = {
      ...serviceWith(provider, 'US_EAST_1', endpoints, { status }),
      ...(provider === 'AWS' ? { supportedRemoteRegions: ['EU_WEST_1'] } : {}),
    } as EndpointService;
    return shown({ kind: 'service', provider, region: 'US_EAST_1', service, known: [] });
  };
  const changes = ['interfaces delete endpoint-1', 'updatePrivateEndpointService', 'regionalModes enable'];

  for (const shell of posixShells) {
    it(`shows in one script what can be done with a service, and changes nothing: pasted into ${shell.name}`, function () {
      const missing = missingShell(shell);
      if (missing !== undefined) {
        process.stderr.write(missing);
        this.skip();
      }
      const text = atlasCliScript(withStatus('INITIATING')) ?? '';
      for (const part of changes) assert.ok(text.includes(part), part);
      const { calls, status, printed } = runPasted(shell, text);
      assert.equal(status, 0, printed);
      assert.doesNotMatch(printed, /not found|error/i);
      const verbs = calls.map((words) => words.find((word) => ['describe', 'watch'].includes(word)));
      assert.deepEqual(verbs, ['describe', 'describe', 'describe', 'watch']);
    });
  }

  it('shows it in PowerShell, with what changes something where it is not reached', () => {
    const model = withStatus('AVAILABLE');
    const lines = (atlasCliScript({ ...model, ui: { ...model.ui, shell: 'powershell' } }) ?? '').split('\n');
    const reached: string[] = [];
    let shut = false;
    for (const line of lines) {
      if (line === 'if ($false) {') shut = true;
      else if (line === '}') shut = false;
      else if (!shut && line !== '' && !line.startsWith('#')) reached.push(line);
    }
    for (const part of changes) {
      assert.ok(
        lines.some((line) => line.includes(part)),
        part,
      );
      assert.ok(!reached.some((line) => line.includes(part)), part);
    }
    assert.ok(reached.some((line) => line.startsWith('atlas privateEndpoints aws describe')));
  });

  it('waits only for a service that is on its way, and that comes to an end', () => {
    const waits = (model: PageModel): boolean => (atlasCliScript(model) ?? '').includes(' watch ');
    assert.ok(waits(withStatus('INITIATING')));
    for (const status of ['AVAILABLE', 'WAITING_FOR_USER', 'FAILED', 'DELETING', 'PAUSED']) {
      assert.ok(!waits(withStatus(status)), status);
    }
    // The CLI knows no other end than these, and a service of Azure waits for its first endpoint.
    assert.ok(!waits(withStatus('INITIATING', 'AZURE', 0)));
    assert.ok(waits(withStatus('INITIATING', 'AZURE', 1)));
  });
});
