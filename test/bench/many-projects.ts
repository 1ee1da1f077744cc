import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxDetails } from '../../src/accounts/sandbox-process';
import { openAtlas } from '../../src/accounts/open-atlas';
import { systemClock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../src/store/atlas-store';
import { startBuiltSandbox } from '../vscode/start-sandbox';
import { median, type Bench, type Figure } from './figure';
import { watchWire, type Wire } from './wire';

const projects = 2000;
/** Every answer of Atlas takes this many milliseconds longer, about what the real one does. */
const latency = 200;
/** Projects on a page of Atlas's answer, at most. */
const pageSize = 500;

function openStore(sandbox: SandboxDetails): AtlasStore {
  const { atlasBaseUrl, clientId, clientSecret } = sandbox;
  const api = openAtlas(
    atlasBaseUrl,
    { kind: 'service-account', clientId, clientSecret },
    { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
  );
  return createAtlasStore({
    apiOf: () => Promise.resolve(api),
    clock: systemClock,
    logger: silentLogger,
    storageOf: () => undefined,
  });
}

/** An account with thousands of projects, and one of its projects, through the real client over HTTP. */
export const bench: Bench = {
  title: `${String(projects)} projects of 10 clusters, each answer ${String(latency)} ms late`,
  run: async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
    const sandbox = await startBuiltSandbox(scratch, ...['--projects', String(projects), '--latency', String(latency)]);
    const wire = watchWire();
    const store = openStore(JSON.parse(sandbox.told) as SandboxDetails);
    try {
      return [...(await listAll(store, wire)), ...(await openProjects(store, wire))];
    } finally {
      wire.stop();
      await store.dispose();
      await sandbox.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/** The tree's first level, from nothing: sign-in, organizations, projects page by page. */
async function listAll(store: AtlasStore, { calls }: Wire): Promise<readonly Figure[]> {
  const directory = { kind: 'directory' } as const;
  const rows = (): number => store.known<'directory'>('a', directory).value?.projects.length ?? 0;
  const started = performance.now();
  let first: { readonly ms: number; readonly requests: number } | undefined;
  const stop = store.onDidChange(() => {
    if (rows() > 0) first ??= { ms: performance.now() - started, requests: calls.length };
  });
  await store.refresh('a', directory);
  const all = performance.now() - started;
  stop();
  const count = rows();
  if (first === undefined || count < projects) throw new Error(`Only ${String(count)} projects were listed.`);
  const slowest = Math.max(...calls.map(({ ms }) => ms));
  return [
    { name: 'to the first rows', value: first.ms, unit: 'ms' },
    {
      name: 'to the first rows, in slowest calls',
      value: first.ms / slowest,
      unit: 'times',
      limit: 2.5,
      note: 'one sign-in and one page',
    },
    {
      name: 'requests to the first rows',
      value: first.requests,
      unit: 'requests',
      limit: 3,
      note: 'sign-in, organizations, first page',
    },
    { name: 'to all rows', value: all, unit: 'ms' },
    {
      name: 'requests to all rows',
      value: calls.length,
      unit: 'requests',
      limit: 2 + Math.ceil(count / pageSize),
      note: `${String(count)} projects, ${String(pageSize)} on a page`,
    },
  ];
}

/** What opening a row costs: one round of parallel calls. */
async function openProjects(store: AtlasStore, { calls }: Wire): Promise<readonly Figure[]> {
  const known = store.known<'directory'>('a', { kind: 'directory' }).value?.projects ?? [];
  const runs: { readonly wall: number; readonly slowest: number; readonly requests: number }[] = [];
  for (const { id: projectId } of known.slice(-6)) {
    const before = calls.length;
    const started = performance.now();
    await store.refresh('a', { kind: 'project', projectId });
    const wall = performance.now() - started;
    const clusters = store.known<'project'>('a', { kind: 'project', projectId }).value?.clusters.length ?? 0;
    if (clusters !== 10) throw new Error(`The project has ${String(clusters)} clusters.`);
    const own = calls.slice(before);
    runs.push({ wall, slowest: Math.max(...own.map(({ ms }) => ms)), requests: own.length });
  }
  return [
    { name: 'to open a project', value: median(runs.map(({ wall }) => wall)), unit: 'ms' },
    {
      name: 'to open a project, in slowest calls',
      value: median(runs.map(({ wall, slowest }) => wall / slowest)),
      unit: 'times',
      limit: 1.2,
      note: 'all calls at once',
    },
    { name: 'requests to open a project', value: median(runs.map(({ requests }) => requests)), unit: 'requests' },
  ];
}
