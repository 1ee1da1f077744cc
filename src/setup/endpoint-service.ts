import type { EndpointService } from '../core/endpoint';
import { problem, ProblemError } from '../core/problem';
import type { Provider } from '../core/provider';
import { regionLabel, toAtlasRegion, toCloudRegion } from '../core/region';
import { findIn, lookFirst, orUndefined, waitUntil, type SetupPorts } from './look-first';

export interface ServiceWish {
  readonly projectId: string;
  readonly provider: Provider;
  /** Either spelling. */
  readonly region: string;
  /** Google Cloud only. */
  readonly portMapping?: boolean;
  /** AWS only; Atlas's spelling. */
  readonly supportedRemoteRegions?: readonly string[];
}

/** The service of a provider and region in a list, in whatever status; there is at most one. */
export function findServiceOf(
  services: readonly EndpointService[],
  provider: Provider,
  region: string,
): EndpointService | undefined {
  return services.find((one) => isServiceOf(one, provider, region));
}

function isServiceOf(one: EndpointService, provider: Provider, region: string): boolean {
  return one.provider === provider && toAtlasRegion(provider, one.region) === toAtlasRegion(provider, region);
}

/**
 * Has Atlas create the endpoint service of a region, unless it is there or on its way: answers with it, in whatever
 * status. One that failed is removed first, unless it has endpoints (`SETUP_SERVICE_HAS_ENDPOINTS`); one that is being
 * removed is waited for. Safe to repeat. Rejects with `SETUP_SERVICE_OTHER` where the one that is there cannot be taken
 * for the one that is wished, with `ATLAS_LIST_INCOMPLETE` where it may be there unread.
 */
export async function ensureService(
  ports: SetupPorts,
  wish: ServiceWish,
  signal?: AbortSignal,
): Promise<EndpointService> {
  const { api } = ports;
  const { projectId, provider, region } = wish;
  const look = (): Promise<EndpointService | undefined> =>
    findIn(api.listEndpointServices(projectId, provider, signal), (one) => isServiceOf(one, provider, region));

  const before = await look();
  if (before?.status === 'FAILED') {
    const count = before.endpointIds.length;
    if (count > 0) {
      const subject = regionLabel(provider, before.region);
      throw new ProblemError(problem('SETUP_SERVICE_HAS_ENDPOINTS', subject, { count: String(count) }));
    }
    await orUndefined(() => api.deleteEndpointService(projectId, provider, before.id, signal));
  }
  if (before?.status === 'FAILED' || before?.status === 'DELETING') {
    await waitUntilServiceIsGone(ports, before, signal);
  }
  const lookForWished = async (): Promise<EndpointService | undefined> => {
    const found = await look();
    if (found !== undefined) checkIsWished(found, wish);
    return found;
  };
  return await lookFirst(lookForWished, () =>
    api.createEndpointService(
      projectId,
      {
        provider,
        region,
        ...(provider === 'GCP' ? { portMapping: wish.portMapping ?? true } : {}),
        ...(provider === 'AWS' && wish.supportedRemoteRegions !== undefined && wish.supportedRemoteRegions.length > 0
          ? { supportedRemoteRegions: wish.supportedRemoteRegions }
          : {}),
      },
      signal,
    ),
  );
}

/** Throws where somebody has made a service of a kind that was not wished, which Atlas does not change afterwards. */
function checkIsWished(service: EndpointService, { portMapping }: ServiceWish): void {
  if (service.provider !== 'GCP' || portMapping === undefined || service.portMappingEnabled === portMapping) return;
  const subject = regionLabel('GCP', service.region);
  const there = service.portMappingEnabled ? 'on' : 'off';
  throw new ProblemError(problem('SETUP_SERVICE_OTHER', subject, { portMapping: there, field: 'region' }));
}

/** Resolves with the service when it takes endpoints. Rejects with `SETUP_SERVICE_FAILED` or `SETUP_SERVICE_LEAVING`. */
export async function waitForService(
  ports: SetupPorts,
  { projectId, provider, id }: Pick<EndpointService, 'projectId' | 'provider' | 'id'>,
  signal?: AbortSignal,
): Promise<EndpointService> {
  return await waitUntil(
    ports,
    async () => {
      const service = await orUndefined(() => ports.api.getEndpointService(projectId, provider, id, signal));
      if (service === undefined) throw new ProblemError(problem('SETUP_GONE', id));
      if (service.status === 'INITIATING') return { moving: service.status };
      checkTakesEndpoints(service);
      return { done: service };
    },
    id,
    signal,
  );
}

/** Throws unless endpoints can be registered on the service now. */
export function checkTakesEndpoints(service: EndpointService): void {
  const { status, provider, region, errorMessage: message = '' } = service;
  const subject = regionLabel(provider, region);
  switch (status) {
    case 'AVAILABLE':
    case 'WAITING_FOR_USER':
      return;
    case 'FAILED':
      throw new ProblemError(problem('SETUP_SERVICE_FAILED', subject, { message }));
    case 'DELETING':
      throw new ProblemError(problem('SETUP_SERVICE_LEAVING', subject));
    default:
      throw new ProblemError(problem('SETUP_SERVICE_NOT_READY', subject, { status }));
  }
}

/** The service as its project lists it. */
export async function findService(
  { api }: SetupPorts,
  { projectId, provider, id }: Pick<EndpointService, 'projectId' | 'provider' | 'id'>,
  signal?: AbortSignal,
): Promise<EndpointService | undefined> {
  return await findIn(
    api.listEndpointServices(projectId, provider, signal),
    (one) => one.id === id,
    () => api.getEndpointService(projectId, provider, id, signal),
  );
}

export async function waitUntilServiceIsGone(
  ports: SetupPorts,
  { projectId, provider, id }: Pick<EndpointService, 'projectId' | 'provider' | 'id'>,
  signal?: AbortSignal,
): Promise<void> {
  await waitUntil(
    ports,
    async () => {
      // The list, not the service: what is gone is no failure then.
      const service = await findService(ports, { projectId, provider, id }, signal);
      return service === undefined ? { done: undefined } : { moving: service.status };
    },
    id,
    signal,
  );
}

/**
 * Sets which other AWS regions may connect to the service. Nothing is sent when it is so already. Rejects with
 * `SETUP_CHANGED` where they are not those any more that the person has seen.
 */
export async function setRemoteRegions(
  { api }: SetupPorts,
  service: Extract<EndpointService, { readonly provider: 'AWS' }>,
  regions: readonly string[],
  signal?: AbortSignal,
): Promise<EndpointService> {
  const wanted = [...new Set(regions.map((region) => toAtlasRegion('AWS', region)))].sort();
  const now = await api.getEndpointService(service.projectId, 'AWS', service.id, signal);
  const before = now.provider === 'AWS' ? [...now.supportedRemoteRegions].sort() : [];
  if (before.join() === wanted.join()) return now;
  if (before.join() !== [...service.supportedRemoteRegions].sort().join()) {
    const there = before.map((region) => toCloudRegion('AWS', region)).join(', ');
    throw new ProblemError(problem('SETUP_CHANGED', regionLabel('AWS', service.region), { now: there }));
  }
  return await api.setSupportedRemoteRegions(service.projectId, service.id, wanted, signal);
}
