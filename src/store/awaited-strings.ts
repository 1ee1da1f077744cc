import type { Deployment } from '../core/deployment';
import type { EndpointService } from '../core/endpoint';
import { isSamePlace, uncoveredClusters } from '../core/limits';
import type { AtlasStore } from './atlas-store';
import { deploymentsOf, servicesOf, type ElementRef, type ProjectContents, type RefOf } from './element';
import type { Motion, Moving } from './poller';

/**
 * Connection strings that endpoints have still to bring. Atlas says that clusters are updated after an endpoint has
 * become available, not that they begin at once: until then nothing about them moves.
 */
export interface AwaitedStrings {
  /** Waits for the strings through those of these endpoints of a service that are available. */
  await(accountId: string, ref: RefOf<'service'>, endpointIds: readonly string[]): void;
  /** What is to be asked about an element for the sake of strings; nothing once they are there or do not come. */
  movingIn(accountId: string, ref: ElementRef): readonly Moving[];
}

/** Questions until strings count as not coming: at the waits of the poller some ten minutes. */
const mostQuestions = 15;

interface Awaited {
  readonly accountId: string;
  readonly service: RefOf<'service'>;
  readonly endpointId: string;
  questions: number;
}

/** Asks for a project again while an available endpoint has no strings in a cluster that it leads to. */
export function awaitStrings(store: AtlasStore, motion: Motion): AwaitedStrings {
  const awaited = new Map<string, Awaited>();

  async function ask(key: string, one: Awaited, lacking: readonly Deployment[]): Promise<void> {
    // Those that are being updated are asked for by themselves.
    if (lacking.every(({ state }) => motion.deployment(state))) return;
    one.questions += 1;
    if (one.questions >= mostQuestions) awaited.delete(key);
    await store.refresh(one.accountId, { kind: 'project', projectId: one.service.projectId });
  }

  return {
    await: (accountId, ref, endpointIds) => {
      const { endpoints } = store.known<'service'>(accountId, ref).value ?? { endpoints: [] };
      for (const { id: endpointId, status } of endpoints) {
        if (status !== 'AVAILABLE' || !endpointIds.includes(endpointId)) continue;
        awaited.set(`${accountId}/${ref.serviceId}/${endpointId}`, {
          accountId,
          service: ref,
          endpointId,
          questions: 0,
        });
      }
    },
    movingIn: (accountId, ref) => {
      if (ref.kind !== 'project') return [];
      const contents = store.known<'project'>(accountId, ref).value;
      return [...awaited].flatMap(([key, one]): readonly Moving[] => {
        if (one.accountId !== accountId || one.service.projectId !== ref.projectId) return [];
        const lacking = contents === undefined ? [] : clustersWithout(contents, one);
        if (lacking.length === 0) {
          awaited.delete(key);
          return [];
        }
        const signature = lacking.map(({ name, state }) => `${name} ${state}`).join();
        const current = (): Promise<void> => {
          const now = store.known<'project'>(accountId, ref).value;
          return ask(key, one, now === undefined ? [] : clustersWithout(now, one));
        };
        return [{ key: `strings/${key}`, signature, ask: current }];
      });
    },
  };
}

/** The clusters that the endpoint will lead to and does not yet; none when its service does not have it any more. */
function clustersWithout(
  contents: ProjectContents,
  { service: { serviceId, provider }, endpointId }: Awaited,
): Deployment[] {
  const services = servicesOf(contents);
  const isOwn = (one: EndpointService): boolean => one.id === serviceId && one.provider === provider;
  const service = services.find(isOwn);
  if (service?.endpointIds.includes(endpointId) !== true) return [];
  const deployments = deploymentsOf(contents);
  // A cluster that lacks an endpoint in one of its regions gets no strings through any (seed: Limitations).
  const uncovered = new Set(uncoveredClusters(deployments, services).map(({ name }) => name));
  return deployments.filter(
    ({ kind, name, paused, regions, strings }) =>
      kind === 'dedicated' &&
      !paused &&
      !uncovered.has(name) &&
      regions.some((region) => isSamePlace(region, service)) &&
      !strings.privateEndpoint.some(({ endpoints }) => endpoints.some((one) => one.endpointId === endpointId)),
  );
}
