import type { EndpointService } from '../core/endpoint';
import { isCancellation, problemOf } from '../core/problem';
import { findService, waitUntilServiceIsGone } from './endpoint-service';
import { orUndefined, waitUntil, type SetupPorts } from './look-first';
import { isSameEndpoint } from './register';

/** Parts of a removal, in the order in which they are done. */
export type RemovalPart =
  | { readonly part: 'cloud-endpoint'; readonly endpointId: string }
  | { readonly part: 'registration'; readonly endpointId: string }
  | { readonly part: 'service'; readonly serviceId: string };

/** Told as the parts of a removal begin and end. */
export type OnRemoval = (part: RemovalPart, status: 'running' | 'done' | 'not-found') => void;

/**
 * Removes an endpoint in the person's own cloud account with what was made only for it; resolves too when it is gone.
 * `not-found`: the account has none with this id, which may well be in another one.
 */
export type RemoveInCloud = (endpointId: string, signal?: AbortSignal) => Promise<'done' | 'not-found'>;

type ServiceId = Pick<EndpointService, 'projectId' | 'provider' | 'id'>;

export interface Removal {
  readonly service: ServiceId;
  /** Absent: the cloud side stays, and is somebody else's to remove. */
  readonly removeInCloud?: RemoveInCloud;
  /** What goes with the service: what else was made for it there, and that Atlas does not know. After its endpoints. */
  readonly removeRestInCloud?: (signal?: AbortSignal) => Promise<void>;
  readonly onProgress?: OnRemoval;
}

/**
 * Removes one endpoint: in the cloud account, then at Atlas, and waits until both are gone. In this order because
 * Atlas's registration is what leads here again after an interruption: an endpoint that is left in the cloud alone
 * nobody would find. Removing the last one removes the service too (operation
 * `deleteGroupPrivateEndpointEndpointServiceEndpoint`). Safe to repeat at any point.
 */
export async function removeEndpoint(
  ports: SetupPorts,
  { service, removeInCloud, removeRestInCloud, onProgress }: Removal,
  endpointId: string,
  signal?: AbortSignal,
): Promise<void> {
  if (removeInCloud !== undefined) {
    onProgress?.({ part: 'cloud-endpoint', endpointId }, 'running');
    const outcome = await removeInCloud(endpointId, signal);
    onProgress?.({ part: 'cloud-endpoint', endpointId }, outcome);
  }
  if (removeRestInCloud !== undefined) {
    // Somebody may have registered another one meanwhile: then the service stays, and all that leads to it.
    const listed = (await findService(ports, service, signal))?.endpointIds ?? [];
    if (listed.every((id) => isSameEndpoint(service.provider, id, endpointId))) await removeRestInCloud(signal);
  }
  onProgress?.({ part: 'registration', endpointId }, 'running');
  await unregister(ports, service, endpointId, signal);
  await waitUntilUnregistered(ports, service, [endpointId], signal);
  onProgress?.({ part: 'registration', endpointId }, 'done');
}

/**
 * Removes a service with all its endpoints: the endpoints first, each in the cloud account and then at Atlas, then the
 * service. Resolves when it is gone. Safe to repeat at any point.
 */
export async function removeService(ports: SetupPorts, removal: Removal, signal?: AbortSignal): Promise<void> {
  const { service, removeInCloud, removeRestInCloud, onProgress } = removal;
  const { api } = ports;
  const listed = await findService(ports, service, signal);
  const endpointIds = listed?.endpointIds ?? [];
  if (removeInCloud !== undefined) {
    for (const endpointId of endpointIds) {
      onProgress?.({ part: 'cloud-endpoint', endpointId }, 'running');
      const outcome = await removeInCloud(endpointId, signal);
      onProgress?.({ part: 'cloud-endpoint', endpointId }, outcome);
    }
  }
  await removeRestInCloud?.(signal);
  for (const endpointId of endpointIds) onProgress?.({ part: 'registration', endpointId }, 'running');
  for (const endpointId of endpointIds) await unregister(ports, service, endpointId, signal);
  await waitUntilUnregistered(ports, service, endpointIds, signal);
  for (const endpointId of endpointIds) onProgress?.({ part: 'registration', endpointId }, 'done');

  onProgress?.({ part: 'service', serviceId: service.id }, 'running');
  const left = await findService(ports, service, signal);
  if (left !== undefined && left.status !== 'DELETING') {
    await unlessGoneOrGoing(ports, service, () =>
      api.deleteEndpointService(service.projectId, service.provider, service.id, signal),
    );
  }
  await waitUntilServiceIsGone(ports, service, signal);
  onProgress?.({ part: 'service', serviceId: service.id }, 'done');
}

async function unregister(
  { api }: SetupPorts,
  { projectId, provider, id }: ServiceId,
  endpointId: string,
  signal?: AbortSignal,
): Promise<void> {
  await orUndefined(() => api.deleteEndpoint(projectId, provider, id, endpointId, signal));
}

/** One list call at a time, however many endpoints it is about. */
async function waitUntilUnregistered(
  ports: SetupPorts,
  service: ServiceId,
  endpointIds: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  if (endpointIds.length === 0) return;
  await waitUntil(
    ports,
    async () => {
      const left = (await findService(ports, service, signal))?.endpointIds ?? [];
      const waiting = left.filter((one) => endpointIds.some((id) => isSameEndpoint(service.provider, one, id)));
      return waiting.length === 0 ? { done: undefined } : { moving: `DELETING ${String(waiting.length)}` };
    },
    endpointIds.length === 1 ? (endpointIds[0] ?? service.id) : service.id,
    signal,
  );
}

/** Atlas removes a service by itself after its last endpoint: a refusal counts only while it is not going. */
async function unlessGoneOrGoing(ports: SetupPorts, service: ServiceId, remove: () => Promise<void>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (isCancellation(error) || problemOf(error) === undefined) throw error;
    const left = await findService(ports, service);
    if (left !== undefined && left.status !== 'DELETING') throw error;
  }
}
