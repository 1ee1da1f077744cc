import { delay } from '../core/clock';
import type { ServerlessEndpoint } from '../core/endpoint';
import { problem, ProblemError } from '../core/problem';
import { serverlessEndpointStatus } from '../core/status';
import { lookFirst, orUndefined, waitUntil, type SetupPorts } from './look-first';
import { isSameEndpoint } from './register';

/** Names a serverless instance. */
export interface InstanceId {
  readonly projectId: string;
  readonly instanceName: string;
}

/** Names an endpoint of a serverless instance at Atlas. */
export type ServerlessEndpointId = Pick<ServerlessEndpoint, 'projectId' | 'instanceName' | 'id'>;

/** A place on the endpoint service that nobody has taken: the cloud's endpoint was not named yet. */
export function isOpenReservation({ status, cloudProviderEndpointId }: ServerlessEndpoint): boolean {
  const isNew = status === 'RESERVATION_REQUESTED' || status === 'RESERVED';
  return isNew && (cloudProviderEndpointId === undefined || cloudProviderEndpointId === '');
}

/** Long enough for a creation whose answer was lost to show in the list, in milliseconds. */
const listDelay = 3_000;

/**
 * Reserves an endpoint service for an instance, unless a reservation is open: that one is taken. Atlas would make
 * another one at each request. Safe to repeat.
 */
export async function ensureReservation(
  { api, clock }: SetupPorts,
  { projectId, instanceName }: InstanceId,
  comment: string | undefined,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  let isFirst = true;
  const look = async (): Promise<ServerlessEndpoint | undefined> => {
    if (!isFirst) await delay(clock, listDelay, signal);
    isFirst = false;
    return (await api.listServerlessEndpoints(projectId, instanceName, signal)).find(isOpenReservation);
  };
  return await lookFirst(look, () => api.createServerlessEndpoint(projectId, instanceName, comment, signal));
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
      const endpoints = await ports.api.listServerlessEndpoints(projectId, instanceName, signal);
      const endpoint = endpoints.find((one) => one.id === id);
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

/** What the cloud's endpoint is called, for Atlas. */
export type CloudEndpointId =
  | { readonly provider: 'AWS'; readonly id: string }
  | { readonly provider: 'AZURE'; readonly id: string; readonly ipAddress: string };

/** Tells Atlas the endpoint that was created for a reservation, unless it knows. Safe to repeat. */
export async function supplyCloudEndpoint(
  { api }: SetupPorts,
  { projectId, instanceName, id }: ServerlessEndpointId,
  cloud: CloudEndpointId,
  signal?: AbortSignal,
): Promise<ServerlessEndpoint> {
  const look = async (): Promise<ServerlessEndpoint | undefined> => {
    const endpoints = await api.listServerlessEndpoints(projectId, instanceName, signal);
    const endpoint = endpoints.find((one) => one.id === id);
    if (endpoint === undefined) throw new ProblemError(problem('SETUP_GONE', id));
    const { cloudProviderEndpointId, status } = endpoint;
    const isKnown =
      cloudProviderEndpointId !== undefined && isSameEndpoint(cloud.provider, cloudProviderEndpointId, cloud.id);
    return isKnown && status !== 'FAILED' ? endpoint : undefined;
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

/** Changes the comment. */
export async function setServerlessComment(
  { api }: SetupPorts,
  { projectId, instanceName, id, provider }: ServerlessEndpoint,
  comment: string,
  signal?: AbortSignal,
): Promise<void> {
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
      const endpoints = await ports.api.listServerlessEndpoints(projectId, instanceName, signal);
      const endpoint = endpoints.find((one) => one.id === id);
      return endpoint === undefined ? { done: undefined } : { moving: endpoint.status };
    },
    id,
    signal,
  );
}
