import { setMaxListeners } from 'node:events';
import type { AtlasApi } from '../core/atlas-api';
import type { Clock } from '../core/clock';
import type { Deployment } from '../core/deployment';
import type { EndpointService } from '../core/endpoint';
import { createEmitter, type Stop } from '../core/emitter';
import type { Logger } from '../core/logger';
import { isIncomplete } from '../core/partly-read';
import { isCancellation, type Problem } from '../core/problem';
import {
  refKey,
  servicesOf,
  type ElementRef,
  type ElementValues,
  type Known,
  type ProjectContents,
  type RefOf,
} from './element';
import {
  loadArchives,
  loadDeployment,
  loadDirectory,
  loadEndpoints,
  loadProject,
  loadServerlessEndpoints,
  problemFrom,
  type Loaded,
} from './loaders';
import { findService, mergeEndpoints, replaceDeployment, replaceService } from './replace-part';
import { createSnapshotKeeper, type SnapshotStorage } from './snapshot';

/** What has changed: one element of one account. */
export interface StoreChange {
  readonly accountId: string;
  readonly ref: ElementRef;
}

/** The last known state of Atlas, per account. Nothing here waits for the editor. */
export interface AtlasStore {
  /** Tells about every change of a value, a problem or the loading flag. */
  readonly onDidChange: (listener: (change: StoreChange) => void) => Stop;
  known<K extends ElementRef['kind']>(accountId: string, ref: RefOf<K>): Known<ElementValues[K]>;
  /**
   * Loads an element unless that was tried before in this window. Resolves as soon as there is something to show:
   * a stored snapshot, a first page, the whole, or a problem. Never rejects.
   */
  ensure(accountId: string, ref: ElementRef): Promise<void>;
  /** Asks Atlas again, or joins the question that is under way. Resolves when it is answered; never rejects. */
  refresh(accountId: string, ref: ElementRef): Promise<void>;
  /** The same, of what was just changed: the answer to a question that is under way may be from before that. */
  refreshChanged(accountId: string, ref: ElementRef): Promise<void>;
  /** Asks again for one deployment only. */
  refreshDeployment(accountId: string, deployment: Deployment): Promise<void>;
  /**
   * Asks again for single endpoints of a service, one call each; what is known of its others stays. Never rejects: what
   * could not be read stands in `missing`.
   */
  refreshEndpoints(accountId: string, ref: RefOf<'service'>, endpointIds: readonly string[]): Promise<void>;
  /** Every element that something is known about. */
  elements(): readonly StoreChange[];
  /** Forgets an account: ends its calls, drops what is known and what is stored. */
  forget(accountId: string): Promise<void>;
  /** Ends all calls and writes what is not stored yet. */
  dispose(): Promise<void>;
}

export interface StorePorts {
  /** Rejects with a `ProblemError` when the account cannot be used. */
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where snapshots survive; undefined for accounts that shall leave no trace. */
  readonly storageOf: (accountId: string) => SnapshotStorage | undefined;
  /** False for an account that nobody is signed in to any more: nothing of it is written. */
  readonly isKept?: (accountId: string) => boolean;
}

interface Slot {
  value?: unknown;
  asOf?: number;
  problem?: Problem;
  /** What the log says of elements that cannot be read. */
  told?: string;
  loading?: Promise<void>;
  /** The question after the one that is under way. */
  next?: Promise<void>;
  /** Asked for in this window, with whatever outcome. */
  tried: boolean;
  /** Resolves when there is a value or a problem. */
  first: Promise<void>;
  signalFirst: () => void;
}

interface AccountState {
  readonly slots: Map<string, { readonly ref: ElementRef; readonly slot: Slot }>;
  readonly abort: AbortController;
  readonly restored: Promise<void>;
  readonly deployments: Map<string, Promise<void>>;
}

/** The one store of what is known about Atlas; tree, pages and editor features render from it. */
export function createAtlasStore(ports: StorePorts): AtlasStore {
  const changes = createEmitter<StoreChange>();
  const accounts = new Map<string, AccountState>();
  const keeper = createSnapshotKeeper(ports);

  function stateOf(accountId: string): AccountState {
    const existing = accounts.get(accountId);
    if (existing !== undefined) return existing;
    const slots: AccountState['slots'] = new Map();
    const abort = new AbortController();
    // Every call of the account listens while it is under way: more than Node expects, and no leak.
    setMaxListeners(0, abort.signal);
    const state: AccountState = {
      slots,
      abort,
      deployments: new Map(),
      restored: keeper.read(accountId).then((entries) => {
        for (const { ref, value, asOf } of entries) {
          const slot = slotIn(slots, ref);
          if (slot.value !== undefined) continue;
          slot.value = value;
          slot.asOf = asOf;
          slot.signalFirst();
          changes.fire({ accountId, ref });
        }
      }),
    };
    accounts.set(accountId, state);
    return state;
  }

  function known<K extends ElementRef['kind']>(accountId: string, ref: RefOf<K>): Known<ElementValues[K]> {
    const slot = accounts.get(accountId)?.slots.get(refKey(ref))?.slot;
    return {
      loading: slot?.loading !== undefined,
      ...(slot?.value === undefined ? {} : { value: slot.value as ElementValues[K] }),
      ...(slot?.asOf === undefined ? {} : { asOf: slot.asOf }),
      ...(slot?.problem === undefined ? {} : { problem: slot.problem }),
    };
  }

  /** `reason`: why the value is not all of it. */
  function put(accountId: string, state: AccountState, ref: ElementRef, value: unknown, reason?: Problem): void {
    if (state.abort.signal.aborted) return;
    const slot = slotIn(state.slots, ref);
    slot.value = value;
    slot.asOf = ports.clock.now();
    delete slot.problem;
    if (reason !== undefined) slot.problem = reason;
    logIncomplete(ref, slot);
    slot.signalFirst();
    changes.fire({ accountId, ref });
    keeper.changed(accountId, () => snapshotOf(state));
  }

  /** Says which lists are known in part; once, however often they are asked for. */
  function logIncomplete(ref: ElementRef, slot: Slot): void {
    const { missing = [] } = slot.value as Partial<ProjectContents>;
    const reasons = [...missing.map((one) => one.problem), ...(slot.problem === undefined ? [] : [slot.problem])];
    const lines = reasons
      .filter(isIncomplete)
      .map((one) => `${one.code} ${one.parameters.count ?? ''} of ${one.subject} (${one.evidence ?? ''})`);
    const text = lines.join(', ');
    if (text !== '' && text !== slot.told) ports.logger.warn(`${refKey(ref)}: ${text}`);
    slot.told = text;
  }

  /** `fresh`: what the project's list says about a service is not new enough. */
  async function start(accountId: string, ref: ElementRef, fresh: boolean): Promise<void> {
    const state = stateOf(accountId);
    const slot = slotIn(state.slots, ref);
    if (slot.loading !== undefined) {
      await slot.loading;
      return;
    }
    slot.tried = true;
    const run = async (): Promise<void> => {
      try {
        const api = await ports.apiOf(accountId);
        const { value, problem: reason } = await load(api, accountId, ref, state, fresh);
        delete slot.loading;
        put(accountId, state, ref, value, reason);
        if (ref.kind === 'project') reloadChangedServices(accountId, state, ref);
      } catch (error) {
        delete slot.loading;
        if (isCancellation(error) || state.abort.signal.aborted) return;
        const reason = problemFrom(error, accountId);
        ports.logger.warn(`${refKey(ref)}: ${reason.code} ${reason.subject} ${reason.evidence ?? ''}`);
        slot.problem = reason;
        slot.signalFirst();
        changes.fire({ accountId, ref });
        // It is its project that lists it.
        if (ref.kind === 'service' && reason.code === 'ATLAS_NOT_FOUND' && isListed(accountId, ref)) {
          await start(accountId, { kind: 'project', projectId: ref.projectId }, true);
        }
      }
    };
    slot.loading = Promise.resolve().then(run);
    changes.fire({ accountId, ref });
    await slot.loading;
  }

  function isListed(accountId: string, ref: RefOf<'service'>): boolean {
    const contents = known<'project'>(accountId, { kind: 'project', projectId: ref.projectId }).value;
    return contents !== undefined && findService(contents, ref) !== undefined;
  }

  /** Services that were opened and have other endpoints now than their project says. */
  function reloadChangedServices(accountId: string, state: AccountState, project: RefOf<'project'>): void {
    const contents = known<'project'>(accountId, project).value;
    if (contents === undefined) return;
    for (const { id: serviceId, projectId, provider, endpointIds } of servicesOf(contents)) {
      const ref: RefOf<'service'> = { kind: 'service', projectId, provider, serviceId };
      const before = known<'service'>(accountId, ref).value?.endpoints.map(({ id }) => id);
      if (before === undefined || before.join('\n') === endpointIds.join('\n')) continue;
      if (slotIn(state.slots, ref).tried) void start(accountId, ref, true);
    }
  }

  async function load(
    api: AtlasApi,
    accountId: string,
    ref: ElementRef,
    state: AccountState,
    fresh: boolean,
  ): Promise<Loaded<unknown>> {
    const { signal } = state.abort;
    signal.throwIfAborted();
    switch (ref.kind) {
      case 'directory': {
        const isFirst = known<'directory'>(accountId, ref).value === undefined;
        return await loadDirectory(
          api,
          (directory) => {
            // A list that is already there is replaced as a whole: rows shall not vanish while pages arrive.
            if (isFirst) put(accountId, state, ref, directory);
          },
          signal,
        );
      }
      case 'project':
        return { value: await loadProject(api, ref.projectId, known<'project'>(accountId, ref).value, signal) };
      case 'service': {
        const service = await currentService(api, accountId, ref, state, fresh);
        return { value: await loadEndpoints(api, service, known<'service'>(accountId, ref).value, signal) };
      }
      case 'serverless':
        return await loadServerlessEndpoints(api, ref.projectId, ref.instanceName, signal);
      case 'archives': {
        const project: RefOf<'project'> = { kind: 'project', projectId: ref.projectId };
        await ensure(accountId, project);
        const clusters = known<'project'>(accountId, project).value?.clusters ?? [];
        const names = clusters.filter(({ kind }) => kind === 'dedicated').map(({ name }) => name);
        return await loadArchives(api, ref.projectId, names, signal);
      }
    }
  }

  /** The service as the project's list has it, or asked for again. */
  async function currentService(
    api: AtlasApi,
    accountId: string,
    ref: RefOf<'service'>,
    state: AccountState,
    fresh: boolean,
  ): Promise<EndpointService> {
    const project: RefOf<'project'> = { kind: 'project', projectId: ref.projectId };
    const contents = known<'project'>(accountId, project).value;
    const listed = contents === undefined ? undefined : findService(contents, ref);
    if (listed !== undefined && !fresh) return listed;
    const service = await api.getEndpointService(ref.projectId, ref.provider, ref.serviceId, state.abort.signal);
    const now = known<'project'>(accountId, project).value;
    if (now !== undefined) put(accountId, state, project, replaceService(now, service));
    return service;
  }

  async function ensure(accountId: string, ref: ElementRef): Promise<void> {
    const state = stateOf(accountId);
    const slot = slotIn(state.slots, ref);
    await state.restored;
    if (state.abort.signal.aborted) return;
    if (!slot.tried) void start(accountId, ref, false);
    await slot.first;
  }

  async function refreshDeployment(accountId: string, deployment: Deployment): Promise<void> {
    const state = stateOf(accountId);
    const key = `${deployment.projectId}/${deployment.kind}/${deployment.name}`;
    const underWay = state.deployments.get(key);
    if (underWay !== undefined) {
      await underWay;
      return;
    }
    const run = async (): Promise<void> => {
      const ref: RefOf<'project'> = { kind: 'project', projectId: deployment.projectId };
      try {
        const fresh = await loadDeployment(await ports.apiOf(accountId), deployment, state.abort.signal);
        const contents = known<'project'>(accountId, ref).value;
        if (contents !== undefined) put(accountId, state, ref, replaceDeployment(contents, fresh));
      } catch (error) {
        if (isCancellation(error) || state.abort.signal.aborted) return;
        // Gone, or a reason that the whole project has too: the whole project's answer says which.
        ports.logger.debug(`${key}: ${problemFrom(error, key).code}`);
        await start(accountId, ref, true);
      } finally {
        state.deployments.delete(key);
      }
    };
    const running = Promise.resolve().then(run);
    state.deployments.set(key, running);
    await running;
  }

  async function refreshEndpoints(
    accountId: string,
    ref: RefOf<'service'>,
    endpointIds: readonly string[],
  ): Promise<void> {
    const state = stateOf(accountId);
    const { projectId, provider, serviceId } = ref;
    try {
      const api = await ports.apiOf(accountId);
      const service = { projectId, provider, id: serviceId, endpointIds };
      const before = known<'service'>(accountId, ref).value;
      const fresh = await loadEndpoints(api, service, before, state.abort.signal);
      // Looked up again: the whole service may have been read in the meantime.
      const now = known<'service'>(accountId, ref).value ?? { endpoints: [], missing: [] };
      put(accountId, state, ref, mergeEndpoints(now, fresh, endpointIds));
    } catch (error) {
      if (isCancellation(error) || state.abort.signal.aborted) return;
      const reason = problemFrom(error, serviceId);
      ports.logger.warn(`${refKey(ref)}: ${reason.code} ${reason.subject}`);
      slotIn(state.slots, ref).problem = reason;
      changes.fire({ accountId, ref });
    }
  }

  return {
    onDidChange: changes.event,
    known,
    ensure,
    refreshEndpoints,
    refresh: (accountId, ref) => start(accountId, ref, true),
    refreshChanged: async (accountId, ref) => {
      const slot = slotIn(stateOf(accountId).slots, ref);
      if (slot.loading === undefined) {
        await start(accountId, ref, true);
        return;
      }
      slot.next ??= slot.loading.then(() => {
        delete slot.next;
        return start(accountId, ref, true);
      });
      await slot.next;
    },
    refreshDeployment,
    elements: () =>
      [...accounts].flatMap(([accountId, { slots }]) => [...slots.values()].map(({ ref }) => ({ accountId, ref }))),
    forget: async (accountId) => {
      const state = accounts.get(accountId);
      accounts.delete(accountId);
      end(state);
      for (const { ref } of state?.slots.values() ?? []) changes.fire({ accountId, ref });
      await keeper.delete(accountId);
    },
    dispose: async () => {
      for (const state of accounts.values()) end(state);
      await keeper.flush();
      accounts.clear();
    },
  };
}

function end(state: AccountState | undefined): void {
  if (state === undefined) return;
  state.abort.abort();
  for (const { slot } of state.slots.values()) slot.signalFirst();
}

function slotIn(slots: AccountState['slots'], ref: ElementRef): Slot {
  const key = refKey(ref);
  const existing = slots.get(key);
  if (existing !== undefined) return existing.slot;
  let signalFirst: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    signalFirst = resolve;
  });
  const slot: Slot = { tried: false, first, signalFirst };
  slots.set(key, { ref, slot });
  return slot;
}

function snapshotOf(state: AccountState): { ref: ElementRef; value: unknown; asOf: number }[] {
  return [...state.slots.values()].flatMap(({ ref, slot }) =>
    slot.value === undefined || slot.asOf === undefined ? [] : [{ ref, value: slot.value, asOf: slot.asOf }],
  );
}
