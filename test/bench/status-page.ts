import { createHash } from 'node:crypto';
import type { PageRef } from '../../webview/protocol';
import { silentLogger } from '../../src/core/logger';
import { addEndpoint } from '../../src/sandbox/world/build';
import { createDrafts } from '../../src/ui/page/drafts';
import { createPageController } from '../../src/ui/page/page-controller';
import type { PageEditor } from '../../src/ui/page/page-ports';
import { startSandboxStore } from '../unit/ui/sandbox-store';
import { watchWire } from './wire';
import type { Bench } from './figure';

/** What a service page asks of Atlas from nothing to its state, and once more when it is refreshed. */
export const bench: Bench = {
  title: 'Requests of a service page',
  run: async () => {
    const one = await requestsWith(1);
    const many = await requestsWith(50);
    return [
      { name: 'with 1 endpoint', value: one.shown, unit: 'requests' },
      { name: 'with 50 endpoints', value: many.shown, unit: 'requests', limit: one.shown },
      { name: 'refreshed, with 1 endpoint', value: one.refreshed, unit: 'requests' },
      { name: 'refreshed, with 50 endpoints', value: many.refreshed, unit: 'requests', limit: one.refreshed },
    ];
  },
};

/** Nobody looks at it. */
const editor: PageEditor = {
  show: () => undefined,
  progress: () => undefined,
  announce: () => undefined,
  refuse: () => undefined,
  focus: () => undefined,
  copy: () => Promise.resolve(),
  openText: () => Promise.resolve(),
  insert: () => Promise.resolve(),
  run: () => Promise.resolve(),
  openInAtlas: () => Promise.resolve(),
  askText: () => Promise.resolve(undefined),
  problem: (error) => {
    throw error;
  },
  askChoice: () => Promise.resolve(undefined),
  close: () => undefined,
};

async function requestsWith(endpoints: number): Promise<{ readonly shown: number; readonly refreshed: number }> {
  const sandbox = await startSandboxStore();
  const project = sandbox.project('storefront-sandbox');
  const [service] = project.services.values();
  if (service === undefined) throw new Error('The project has no endpoint service.');
  while (service.endpoints.size < endpoints) {
    const id = createHash('sha256').update(String(service.endpoints.size)).digest('hex').slice(0, 17);
    addEndpoint(sandbox.world, service, `vpce-${id}`);
  }
  const { account, api, store, clock } = sandbox;
  const wire = watchWire();
  const ref: PageRef = {
    kind: 'service',
    accountId: account.id,
    projectId: project.id,
    provider: service.provider,
    serviceId: service.id,
  };
  const page = createPageController(
    {
      accounts: { get: () => account, onDidChange: () => () => undefined },
      store,
      apiOf: () => Promise.resolve(api),
      reports: { kept: () => [], onDidAdd: () => () => undefined },
      drafts: createDrafts({ get: () => undefined, update: () => Promise.resolve() }, clock),
      clock,
      logger: silentLogger,
      listAwsProfiles: () => Promise.resolve([]),
      openAws: () => Promise.reject(new Error('Nobody is signed in to AWS here.')),
    },
    editor,
    ref,
  );
  try {
    await page.load();
    await wire.settled();
    const shown = wire.calls.length;
    await page.receive({ type: 'action', action: 'refresh' });
    await wire.settled();
    return { shown, refreshed: wire.calls.length - shown };
  } finally {
    page.dispose();
    wire.stop();
    await sandbox.close();
  }
}
