import { delay } from '../core/clock';
import type { ServerlessEndpoint } from '../core/endpoint';
import { isCancellation, problem, problemOf, ProblemError } from '../core/problem';
import { serverlessEndpointStatus } from '../core/status';
import { findIn, isCommented, lookFirst, orUndefined, waitUntil, type SetupPorts } from './look-first';
import { isSameEndpoint } from './register';

/** Names a serverless instance. */
export interface InstanceId {
  readonly projectId: string;
  readonly instanceName: string;
}

/** Names an endpoint of a serverless instance at Atlas. */
export type ServerlessEndpointId = Pick<ServerlessEndpoint, 'projectId' | 'instanceName' | 'id'>;

/**
 * The place on the endpoint service that nobody has taken: the cloud's endpoint was not named yet. Of several, every
 * window takes the same one, whatever order Atlas lists them in: the first by id, which begins with the second in which
 * it was made, as every object id does.
 */
export function openReservation(endpoints: readonly ServerlessEndpoint[]): ServerlessEndpoint | undefined {
  return endpoints.filter(isOpen).reduce<ServerlessEndpoint | undefined>((first, one) => {
    return first === undefined || one.id < first.id ? one : first;
  }, undefined);
}

function isOpen({ status, cloudProviderEndpointId }: ServerlessEndpoint): boolean {
  const isNew = status === 'RESERVATION_REQUESTED' || status === 'RESERVED';
  return isNew && (cloudProviderEndpointId === undefined || cloudProviderEndpointId === '');
}

/** Long enough for a creation to show in everybody's list, and for ids to tell which was first; in milliseconds. */
const listDelay = 3_000;

/**
 * Reserves an endpoint service for an instance, unless a reservation is open: that one is taken. Atlas makes another one
 * at each request, and takes no token that would tell two requests for the same from each other. So whoever has made one
 * looks twice whether somebody else did at the same moment: at once, and when the other's must show as well. Then all go
 * on with the first, and the others take back what they made. Safe to repeat, and from any number of windows at once.
 */
export async function ensureReservation(
  ports: SetupPorts,
  instance: InstanceId,
  comment: string | undefined,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  const { api, clock } = ports;
  const { projectId, instanceName } = instance;
  let isFirst = true;
  let created: ServerlessEndpoint | undefined;
  const list = () => api.listServerlessEndpoints(projectId, instanceName, signal);
  const look = async (): Promise<ServerlessEndpoint | undefined> => {
    if (!isFirst) await delay(clock, listDelay, signal);
    isFirst = false;
    return openReservation(await list());
  };
  const found = await lookFirst(look, async () => {
    created = await api.createServerlessEndpoint(projectId, instanceName, comment, signal);
    return created;
  });
  // One whose answer was lost may be anybody's: nothing is taken back then.
  if (created === undefined) return found;
  for (const wait of [0, listDelay]) {
    if (wait > 0) await delay(clock, wait, signal);
    const endpoints = await unlessFailing(ports, list);
    // It is made: that the others cannot be seen now is no failure.
    if (endpoints === undefined) return created;
    const own = endpoints.find(({ id }) => id === created?.id);
    const first = openReservation(endpoints);
    // Somebody has used it meanwhile: it stays.
    if (own === undefined || !isOpen(own) || first === undefined || first.id === own.id) continue;
    await takeBack(ports, own, signal);
    return first;
  }
  return created;
}

/** Undefined when Atlas does not answer as it should. */
async function unlessFailing<T>({ logger }: SetupPorts, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isCancellation(error)) throw error;
    logger.warn(`Set-up: reservations not listed: ${problemOf(error)?.code ?? 'failed'}`);
    return undefined;
  }
}

/** Removes a reservation that was made beside another; what cannot be removed can be seen and removed by the person. */
async function takeBack(
  { api, logger }: SetupPorts,
  { projectId, instanceName, id }: ServerlessEndpoint,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await orUndefined(() => api.deleteServerlessEndpoint(projectId, instanceName, id, signal));
    logger.info(`Set-up: took back reservation ${id}: another window was first`);
  } catch (error) {
    if (isCancellation(error)) throw error;
    logger.warn(`Set-up: reservation ${id} stays beside another: ${problemOf(error)?.code ?? 'failed'}`);
  }
}

/** Resolves when the endpoint service is reserved: its name is there then. */
export async function waitForReservation(
  ports: SetupPorts,
  endpoint: ServerlessEndpointId,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  return await waitForServerless(ports, endpoint, ({ status }) => status !== 'RESERVATION_REQUESTED', signal);
}

/** Resolves when the endpoint is available. */
export async function waitForServerlessEndpoint(
  ports: SetupPorts,
  endpoint: ServerlessEndpointId,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  return await waitForServerless(
    ports,
    endpoint,
    ({ status }) => serverlessEndpointStatus(status).kind === 'available',
    signal,
  );
}

async function waitForServerless(
  ports: SetupPorts,
  { projectId, instanceName, id }: ServerlessEndpointId,
  isThere: (endpoint: ServerlessEndpoint) => boolean,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  return await waitUntil(
    ports,
    async () => {
      const endpoint = await findEndpoint(ports, { projectId, instanceName, id }, signal);
      if (endpoint === undefined) throw new ProblemError(problem('SETUP_GONE', id));
      if (isThere(endpoint)) return { done: endpoint };
      const { kind } = serverlessEndpointStatus(endpoint.status);
      if (kind === 'failed') {
        throw new ProblemError(problem('SETUP_ENDPOINT_FAILED', id, { message: endpoint.errorMessage ?? '' }));
      }
      if (kind === 'leaving') throw new ProblemError(problem('SETUP_ENDPOINT_LEAVING', id));
      return { moving: endpoint.status };
    },
    id,
    signal,
  );
}

/** The endpoint as its instance lists it. */
async function findEndpoint(
  { api }: Pick<SetupPorts, 'api'>,
  { projectId, instanceName, id }: ServerlessEndpointId,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint | undefined> {
  return await findIn(
    api.listServerlessEndpoints(projectId, instanceName, signal),
    (one) => one.id === id,
    () => api.getServerlessEndpoint(projectId, instanceName, id, signal),
  );
}

/** What the cloud's endpoint is called, for Atlas. */
export type CloudEndpointId =
  | { readonly provider: 'AWS'; readonly id: string }
  | { readonly provider: 'AZURE'; readonly id: string; readonly ipAddress: string };

/**
 * Tells Atlas the endpoint that was created for a reservation, unless it knows. Safe to repeat. Rejects with
 * `SETUP_CHANGED` where somebody else has given it another one meanwhile.
 */
export async function supplyCloudEndpoint(
  { api }: SetupPorts,
  { projectId, instanceName, id }: ServerlessEndpointId,
  cloud: CloudEndpointId,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  const look = async (): Promise<ServerlessEndpoint | undefined> => {
    const endpoint = await findEndpoint({ api }, { projectId, instanceName, id }, signal);
    if (endpoint === undefined) throw new ProblemError(problem('SETUP_GONE', id));
    const { cloudProviderEndpointId, status } = endpoint;
    const isKnown =
      cloudProviderEndpointId !== undefined && isSameEndpoint(cloud.provider, cloudProviderEndpointId, cloud.id);
    if (status === 'FAILED') return undefined;
    if (!isKnown && !isOpen(endpoint)) {
      const now = cloudProviderEndpointId ?? status;
      throw new ProblemError(problem('SETUP_CHANGED', id, { now }));
    }
    return isKnown ? endpoint : undefined;
  };
  return await lookFirst(look, () =>
    api.updateServerlessEndpoint(
      projectId,
      instanceName,
      id,
      {
        provider: cloud.provider,
        cloudProviderEndpointId: cloud.id,
        ...(cloud.provider === 'AZURE' ? { privateEndpointIpAddress: cloud.ipAddress } : {}),
      },
      signal,
    ),
  );
}

/**
 * Changes the comment of an endpoint as it was shown. Rejects with `SETUP_GONE` where it is there no more, with
 * `SETUP_CHANGED` where it has another comment by now.
 */
export async function setServerlessComment(
  { api }: SetupPorts,
  { projectId, instanceName, id, provider, comment: shown = '' }: ServerlessEndpoint,
  comment: string,
  signal?: AbortSignal,
): Promise<void> {
  const endpoint = await findEndpoint({ api }, { projectId, instanceName, id }, signal);
  if (endpoint === undefined) throw new ProblemError(problem('SETUP_GONE', id));
  if (isCommented(endpoint.comment, shown, comment, id)) return;
  // The description knows serverless endpoints on AWS and Azure only.
  const cloud = provider === 'AZURE' ? 'AZURE' : 'AWS';
  await api.updateServerlessEndpoint(projectId, instanceName, id, { provider: cloud, comment }, signal);
}

/** Removes an endpoint of an instance at Atlas and waits until it is gone. Safe to repeat. */
export async function removeServerlessEndpoint(
  ports: SetupPorts,
  { projectId, instanceName, id }: ServerlessEndpointId,
  signal?: AbortSignal,
): Promise<void> {
  await orUndefined(() => ports.api.deleteServerlessEndpoint(projectId, instanceName, id, signal));
  await waitUntil(
    ports,
    async () => {
      const endpoint = await findEndpoint(ports, { projectId, instanceName, id }, signal);
      return endpoint === undefined ? { done: undefined } : { moving: endpoint.status };
    },
    id,
    signal,
  );
}
