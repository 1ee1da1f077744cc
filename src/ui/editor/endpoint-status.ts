import { endpointStatus, serviceStatus, type StatusMeaning } from '../../core/status';
import type { AtlasStore } from '../../store/atlas-store';
import { servicesOf, type RefOf } from '../../store/element';
import type { KnownHost } from '../../store/known-strings';

/** What Atlas says about one endpoint that a string leads through. */
export interface StringEndpointStatus {
  readonly endpointId: string;
  /** Absent while it is not known. */
  readonly endpoint?: StatusMeaning;
  /** Absent when the project has no service with this endpoint (any more). */
  readonly service?: StatusMeaning;
}

type Source = Pick<AtlasStore, 'known'>;

/** The status of every endpoint of a string, as far as it is known; asks Atlas nothing. */
export function endpointStatuses(store: Source, known: KnownHost): readonly StringEndpointStatus[] {
  return known.endpoints.map(({ endpointId }) => {
    const service = serviceOf(store, known, endpointId);
    if (service === undefined) return { endpointId };
    const contents = store.known<'service'>(known.accountId, service.ref).value;
    const endpoint = contents?.endpoints.find(({ id }) => id === endpointId);
    return {
      endpointId,
      service: serviceStatus(service.status),
      ...(endpoint === undefined ? {} : { endpoint: endpointStatus(endpoint.provider, endpoint.status) }),
    };
  });
}

/** Has what {@link endpointStatuses} needs read, where it was not read before in this window. Never rejects. */
export async function loadEndpointStatuses(
  store: Pick<AtlasStore, 'known' | 'ensure'>,
  known: KnownHost,
): Promise<void> {
  await Promise.all(
    known.endpoints.map(async ({ endpointId }) => {
      const ref = serviceOf(store, known, endpointId)?.ref;
      if (ref !== undefined) await store.ensure(known.accountId, ref);
    }),
  );
}

function serviceOf(
  store: Source,
  { accountId, projectId }: KnownHost,
  endpointId: string,
): { readonly ref: RefOf<'service'>; readonly status: string } | undefined {
  const contents = store.known<'project'>(accountId, { kind: 'project', projectId }).value;
  const service =
    contents === undefined
      ? undefined
      : servicesOf(contents).find(({ endpointIds }) => endpointIds.includes(endpointId));
  if (service === undefined) return undefined;
  const { provider, id: serviceId, status } = service;
  return { ref: { kind: 'service', projectId, provider, serviceId }, status };
}
