import type { Endpoint, EndpointRegistration, EndpointService } from '../core/endpoint';
import { readable } from '../core/partly-read';
import { problem, ProblemError } from '../core/problem';
import { regionLabel } from '../core/region';
import { endpointStatus } from '../core/status';
import { checkTakesEndpoints } from './endpoint-service';
import { lookFirst, orUndefined, waitUntil, withPatience, type SetupPorts } from './look-first';

/** The id by which Atlas knows the endpoint that is registered. */
export function registeredId(registration: EndpointRegistration): string {
  return registration.provider === 'GCP' ? registration.endpointGroupName : registration.id;
}

/**
 * Ids of endpoints compared as Atlas does: Azure's resource ids in any case (Azure writes `resourceGroups` and
 * `resourcegroups`).
 */
export function isSameEndpoint(provider: EndpointService['provider'], a: string, b: string): boolean {
  return provider === 'AZURE' ? a.toLowerCase() === b.toLowerCase() : a === b;
}

/**
 * Registers an endpoint on a service at Atlas, unless it is there already. Safe to repeat; waits for a while when Atlas
 * is busy. Rejects with `SETUP_…` when the service takes none or the endpoint belongs to another region's service.
 */
export async function registerEndpoint(
  ports: SetupPorts,
  service: EndpointService,
  registration: EndpointRegistration,
  signal?: AbortSignal,
): Promise<Endpoint> {
  const { api } = ports;
  const { projectId, provider } = service;
  const id = registeredId(registration);
  const look = async (): Promise<Endpoint | undefined> => {
    const { items: services, problem: unread } = await readable(api.listEndpointServices(projectId, provider, signal));
    const owner = services.find(({ endpointIds }) => endpointIds.some((one) => isSameEndpoint(provider, one, id)));
    if (owner === undefined) {
      // The service that has it may be one that cannot be read.
      if (unread !== undefined) throw new ProblemError(unread);
      const now = services.find((one) => one.id === service.id);
      if (now === undefined) throw new ProblemError(problem('SETUP_GONE', regionLabel(provider, service.region)));
      checkTakesEndpoints(now);
      return undefined;
    }
    if (owner.id !== service.id) {
      const region = regionLabel(provider, owner.region);
      throw new ProblemError(problem('SETUP_REGISTERED_ELSEWHERE', id, { region, field: 'endpointId' }));
    }
    const spelled = owner.endpointIds.find((one) => isSameEndpoint(provider, one, id)) ?? id;
    const endpoint = await orUndefined(() => api.getEndpoint(projectId, provider, owner.id, spelled, signal));
    if (endpoint !== undefined && isLeaving(endpoint)) {
      throw new ProblemError(problem('SETUP_ENDPOINT_LEAVING', id, { field: 'endpointId' }));
    }
    return endpoint;
  };
  return await withPatience(
    ports,
    () => lookFirst(look, () => api.registerEndpoint(projectId, service.id, registration, signal)),
    signal,
  );
}

export function isLeaving({ status, deleteRequested }: Endpoint): boolean {
  return deleteRequested || status === 'DELETING' || status === 'DELETED';
}

/** Resolves when an endpoint is available. Rejects with `SETUP_ENDPOINT_FAILED` when it failed, `SETUP_GONE` when it is gone. */
export async function waitForEndpoint(
  ports: SetupPorts,
  { projectId, provider, serviceId, id }: Pick<Endpoint, 'projectId' | 'provider' | 'serviceId' | 'id'>,
  signal?: AbortSignal,
): Promise<Endpoint> {
  return await waitUntil(
    ports,
    async () => {
      const endpoint = await orUndefined(() => ports.api.getEndpoint(projectId, provider, serviceId, id, signal));
      if (endpoint === undefined) throw new ProblemError(problem('SETUP_GONE', id));
      const { kind } = endpointStatus(provider, endpoint.status);
      if (kind === 'available') return { done: endpoint };
      if (kind === 'failed') {
        const message = endpoint.errorMessage ?? '';
        throw new ProblemError(problem('SETUP_ENDPOINT_FAILED', id, { message }));
      }
      if (isLeaving(endpoint)) throw new ProblemError(problem('SETUP_ENDPOINT_LEAVING', id));
      return { moving: endpoint.status };
    },
    id,
    signal,
  );
}
