import type { KeyValue } from '../../src/accounts/account-store';
import { systemClock } from '../../src/core/clock';
import { startAtlas } from '../../src/sandbox/atlas/server';
import { startAws } from '../../src/sandbox/aws/server';
import { addProject } from '../../src/sandbox/world/build';
import { createWorld } from '../../src/sandbox/world/create-world';
import { statusAt, type SandboxProject, type World } from '../../src/sandbox/world/world';
import { createDrafts } from '../../src/ui/page/drafts';
import { pageKey } from '../../src/ui/page/page-ref';
import type { PageKind } from './page-kinds';
import { inAwsAccount } from './page-kinds';
import type { RefUnderTest, WindowOptions } from './page-window';
import { fastClock } from './set-up';

/** How many times as fast as it is time runs for the clouds and for the pages. */
export const speed = 500;

/** What the editor keeps when a window is gone: its own storage, and what the page's script put into `setState`. */
export interface Kept {
  ref: RefUnderTest;
  readonly storage: Map<string, unknown>;
}

/** A project at Atlas, an AWS account, and what an editor keeps; windows come and go. */
export interface Machine {
  readonly world: World;
  readonly project: SandboxProject;
  readonly kept: Kept;
  readonly addresses: { readonly atlas: string; readonly aws: string };
  close(): Promise<void>;
}

export async function startMachine(kind: Pick<PageKind, 'build' | 'ref'>): Promise<Machine> {
  const clock = fastClock(speed);
  const world = createWorld({ scenario: 'empty', clock });
  const [organization] = world.atlas.organizations.values();
  if (organization === undefined) throw new Error('the scenario has an organization');
  world.atlas.rateLimit = 1_000_000;
  world.atlas.nonceLifetime = Number.MAX_SAFE_INTEGER;
  const project = addProject(world, organization, 'set-up-sandbox');
  const draft = kind.build(world, project);
  const ref = kind.ref(project);
  const kept: Kept = { ref, storage: new Map() };
  if (draft !== undefined) {
    createDrafts(storageOf(kept), clock).set(pageKey({ ...ref, accountId: 'sandbox' }), draft);
  }
  const [atlas, aws] = await Promise.all([startAtlas(world), startAws(world)]);
  return {
    world,
    project,
    kept,
    addresses: { atlas: atlas.baseUrl, aws: aws.endpoint },
    close: async () => {
      await Promise.all([atlas.close(), aws.close()]);
    },
  };
}

/** As the page is opened from the tree on another machine, which knows no drafts. */
export function moveToAnother({ kept, project }: Pick<Machine, 'kept' | 'project'>): void {
  kept.storage.clear();
  const [service] = project.services.values();
  if (kept.ref.kind !== 'new-service' || service === undefined) return;
  kept.ref = { kind: 'service', projectId: project.id, provider: service.provider, serviceId: service.id };
}

/** The editor's storage as a window has it; `isGone` says that nothing of that window is written any more. */
export function storageOf({ storage }: Kept, isGone = (): boolean => false): KeyValue {
  return {
    get: (key) => storage.get(key),
    update: (key, value) => {
      if (!isGone()) storage.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

/** What a window on a machine works with, at these addresses. */
export function windowOptions({ credentials }: World, addresses: Machine['addresses']): Omit<WindowOptions, 'storage'> {
  const { clientId, clientSecret, awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = credentials;
  return {
    atlasBaseUrl: addresses.atlas,
    signIn: { kind: 'service-account', clientId, clientSecret },
    aws: { endpoints: { ec2: addresses.aws, sts: addresses.aws }, credentials: { accessKeyId, secretAccessKey } },
    clock: fastClock(speed),
    apiClock: systemClock,
  };
}

const settled: ReadonlySet<string> = new Set(['AVAILABLE', 'WAITING_FOR_USER', 'RESERVED', 'OK', 'available']);

/**
 * What whoever comes back finds: everything at Atlas and in the AWS account, and what the editor kept. Two moments with
 * the same of it cannot be told apart from outside a window that is gone.
 */
export function leftBehind({ world, project, kept }: Pick<Machine, 'world' | 'project' | 'kept'>): string {
  const now = world.clock.now();
  const status = (timeline: Parameters<typeof statusAt>[0]): string => {
    const found = statusAt(timeline, now);
    return settled.has(found) ? 'there' : /delet/iu.test(found) ? 'going' : 'moving';
  };
  const { endpoints, groups } = inAwsAccount(world);
  return JSON.stringify([
    kept.ref.kind,
    [...kept.storage.values()].map(draftFields),
    [...project.services.values()].map((service) => [
      status(service.timeline),
      [...service.endpoints.values()].map((endpoint) => status(endpoint.timeline)),
    ]),
    [...project.clusters.values()].map(({ serverlessEndpoints }) =>
      [...serverlessEndpoints.values()].map((one) => [status(one.timeline), one.cloudProviderEndpointId !== undefined]),
    ),
    [...project.dataFederationEndpoints.values()].map((endpoint) => status(endpoint.timeline)),
    project.regionalizedMode,
    endpoints.map((endpoint) => status(endpoint.timeline)),
    groups.map(({ inbound }) => inbound.length),
  ]);
}

function draftFields(stored: unknown): readonly string[] {
  const drafts = Object.entries((stored ?? {}) as Readonly<Record<string, { readonly draft: object }>>);
  return drafts.flatMap(([key, { draft }]) => Object.keys(draft).map((field) => `${key.split('/')[2] ?? ''} ${field}`));
}
