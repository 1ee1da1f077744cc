import type { Clock } from '../core/clock';
import type { Deployment } from '../core/deployment';
import type { Provider } from '../core/provider';
import type { AtlasStore, StoreChange } from './atlas-store';
import { awaitStrings } from './awaited-strings';
import { deploymentsOf, refKey, servicesOf, type ElementRef } from './element';

/** Which statuses are on their way to another one; the status tables say. */
export interface Motion {
  readonly service: (status: string) => boolean;
  readonly endpoint: (provider: Provider, status: string) => boolean;
  readonly serverlessEndpoint: (status: string) => boolean;
  readonly federationEndpoint: (status: string) => boolean;
  readonly deployment: (state: string) => boolean;
}

/** Asks again for what is in motion, while somebody looks. */
export interface Poller {
  /** False: nothing is asked until it is true again. */
  setVisible(visible: boolean): void;
  /** What is being watched now, for tests. */
  watching(): readonly string[];
  dispose(): void;
}

/** What is asked about an element, and what has changed when its text is another one. */
export interface Moving {
  readonly key: string;
  readonly signature: string;
  readonly ask: () => Promise<void>;
  /** The endpoints of a service that are on their way. */
  readonly endpointIds?: readonly string[];
}

/** First wait and longest wait between two questions about the same element, in milliseconds. */
const shortest = 5_000;
const longest = 60_000;

interface Watch {
  readonly ask: () => Promise<void>;
  /** The status texts it stood at when it was last looked at: a change starts the waits anew. */
  signature: string;
  wait: number;
  stop?: () => void;
  asking: boolean;
  readonly endpointIds: readonly string[];
}

/**
 * Polls elements with something in motion: after 5 s, then 1.5 times as long each time up to a minute, anew whenever
 * a status changes. A failed answer only lengthens the wait.
 */
export function createPoller(store: AtlasStore, motion: Motion, clock: Clock): Poller {
  const watches = new Map<string, Watch>();
  const strings = awaitStrings(store, motion);
  let visible = false;

  function schedule(key: string, watch: Watch): void {
    watch.stop?.();
    if (!visible || watch.asking) return;
    watch.stop = clock.after(watch.wait, () => {
      watch.wait = Math.min(longest, watch.wait * 1.5);
      watch.asking = true;
      void watch.ask().finally(() => {
        watch.asking = false;
        if (watches.get(key) === watch) schedule(key, watch);
      });
    });
  }

  function put(key: string, { signature, ask, endpointIds = [] }: Moving): void {
    const existing = watches.get(key);
    if (existing !== undefined) {
      if (existing.signature === signature) return;
      existing.signature = signature;
      existing.wait = shortest;
      schedule(key, existing);
      return;
    }
    const watch: Watch = { ask, signature, wait: shortest, asking: false, endpointIds };
    watches.set(key, watch);
    schedule(key, watch);
  }

  function drop(key: string): void {
    watches.get(key)?.stop?.();
    watches.delete(key);
  }

  function look({ accountId, ref }: StoreChange): void {
    const prefix = `${accountId}/${refKey(ref)}`;
    const moving = [...movingIn(store, motion, accountId, ref), ...strings.movingIn(accountId, ref)];
    const keys = new Set(moving.map(({ key }) => `${prefix}#${key}`));
    const arrived = [...watches.keys()].filter((key) => key.startsWith(`${prefix}#`) && !keys.has(key));
    const endpointIds = arrived.flatMap((key) => watches.get(key)?.endpointIds ?? []);
    for (const key of arrived) drop(key);
    // An endpoint that has become available changes its clusters next: they get new connection strings.
    // Of a service that is forgotten nothing has arrived.
    if (arrived.length > 0 && ref.kind === 'service' && store.known<'service'>(accountId, ref).value !== undefined) {
      strings.await(accountId, ref, endpointIds);
      void store.refresh(accountId, { kind: 'project', projectId: ref.projectId });
    }
    for (const one of moving) put(`${prefix}#${one.key}`, one);
  }

  const stop = store.onDidChange(look);
  return {
    setVisible: (now) => {
      if (visible === now) return;
      visible = now;
      for (const [key, watch] of watches) {
        if (now) watch.wait = shortest;
        schedule(key, watch);
      }
    },
    watching: () => [...watches.keys()],
    dispose: () => {
      stop();
      for (const key of [...watches.keys()]) drop(key);
    },
  };
}

function movingIn(store: AtlasStore, motion: Motion, accountId: string, ref: ElementRef): readonly Moving[] {
  const refresh = (): Promise<void> => store.refresh(accountId, ref);
  switch (ref.kind) {
    case 'directory':
    case 'archives':
      return [];
    case 'project': {
      const contents = store.known<'project'>(accountId, ref).value;
      if (contents === undefined) return [];
      const deployments = deploymentsOf(contents)
        .filter(({ state }) => motion.deployment(state))
        .map((deployment): Moving => watchDeployment(store, accountId, deployment));
      const services = servicesOf(contents)
        .filter(({ status }) => motion.service(status))
        .map(({ id, projectId, provider, status }): Moving => ({
          key: `service/${id}`,
          signature: status,
          ask: () => store.refresh(accountId, { kind: 'service', projectId, provider, serviceId: id }),
        }));
      const federation = contents.dataFederationEndpoints.filter(({ status }) => motion.federationEndpoint(status));
      const list: Moving = { key: 'federation', signature: federation.map((e) => e.status).join(), ask: refresh };
      return [...deployments, ...services, ...(federation.length === 0 ? [] : [list])];
    }
    case 'service': {
      const endpoints = store.known<'service'>(accountId, ref).value?.endpoints ?? [];
      const moving = endpoints.filter(({ provider, status }) => motion.endpoint(provider, status));
      if (moving.length === 0) return [];
      const ids = moving.map(({ id }) => id);
      // Only those that move: an endpoint costs a call each.
      const ask = (): Promise<void> => store.refreshEndpoints(accountId, ref, ids);
      return [
        {
          key: `endpoints/${ids.join(' ')}`,
          signature: moving.map(({ status }) => status).join(),
          ask,
          endpointIds: ids,
        },
      ];
    }
    case 'serverless': {
      const endpoints = store.known<'serverless'>(accountId, ref).value ?? [];
      if (!endpoints.some(({ status }) => motion.serverlessEndpoint(status))) return [];
      return [{ key: 'endpoints', signature: endpoints.map(({ status }) => status).join(), ask: refresh }];
    }
  }
}

function watchDeployment(store: AtlasStore, accountId: string, deployment: Deployment): Moving {
  return {
    key: `deployment/${deployment.kind}/${deployment.name}`,
    signature: deployment.state,
    ask: () => store.refreshDeployment(accountId, deployment),
  };
}
