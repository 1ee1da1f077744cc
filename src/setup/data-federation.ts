import type { DataFederationEndpoint } from '../core/endpoint';
import { problem, ProblemError } from '../core/problem';
import { toAtlasRegion } from '../core/region';
import { dataFederationEndpointStatus } from '../core/status';
import { findIn, isCommented, orUndefined, waitUntil, type SetupPorts } from './look-first';
import { isSameEndpoint } from './register';

/** An endpoint for Data Federation and Online Archive as the person entered it. */
export interface FederationWish {
  readonly projectId: string;
  readonly provider: 'AWS' | 'AZURE';
  readonly id: string;
  /** Either spelling. */
  readonly region?: string;
  readonly comment?: string;
  readonly dnsName?: string;
  readonly ipAddress?: string;
}

/**
 * Adds an endpoint, or changes the comment of the one that is there: Atlas's own request does either, so it can be
 * repeated.
 */
export async function putFederationEndpoint(
  { api }: SetupPorts,
  { projectId, provider, region, ...rest }: FederationWish,
  signal?: AbortSignal,
): Promise<DataFederationEndpoint> {
  const list = api.putDataFederationEndpoint(
    projectId,
    { provider, ...(region === undefined ? {} : { region: toAtlasRegion(provider, region) }), ...rest },
    signal,
  );
  const isWanted = (one: DataFederationEndpoint): boolean => isSameEndpoint(provider, one.id, rest.id);
  // The answer is the list's first page only.
  const ask = () => api.getDataFederationEndpoint(projectId, rest.id, signal);
  const put =
    (await findIn(list, isWanted, ask)) ??
    (await findIn(api.listDataFederationEndpoints(projectId, signal), isWanted, ask));
  if (put === undefined) throw new ProblemError(problem('SETUP_GONE', rest.id));
  return put;
}

/** The endpoint as its project lists it. */
async function findEndpoint(
  { api }: SetupPorts,
  { projectId, id }: Pick<DataFederationEndpoint, 'projectId' | 'id'>,
  signal?: AbortSignal,
): Promise<DataFederationEndpoint | undefined> {
  return await findIn(
    api.listDataFederationEndpoints(projectId, signal),
    (one) => one.id === id,
    () => api.getDataFederationEndpoint(projectId, id, signal),
  );
}

/**
 * Changes the comment of an endpoint as it was shown, and nothing else. Looks first, as the request would add the
 * endpoint again that somebody has removed. Rejects with `SETUP_GONE` then, and with `SETUP_CHANGED` where it has another
 * comment by now.
 */
export async function setFederationComment(
  ports: SetupPorts,
  { projectId, id, provider, comment: shown = '' }: DataFederationEndpoint,
  comment: string,
  signal?: AbortSignal,
): Promise<void> {
  const endpoint = await findEndpoint(ports, { projectId, id }, signal);
  if (endpoint === undefined || dataFederationEndpointStatus(endpoint.status).kind === 'leaving') {
    throw new ProblemError(problem('SETUP_GONE', id));
  }
  if (isCommented(endpoint.comment, shown, comment, id)) return;
  const { region, dnsName, ipAddress } = endpoint;
  await putFederationEndpoint(
    ports,
    {
      projectId,
      provider: provider === 'AZURE' ? 'AZURE' : 'AWS',
      id: endpoint.id,
      comment,
      ...(region === undefined ? {} : { region }),
      ...(dnsName === undefined ? {} : { dnsName }),
      ...(ipAddress === undefined ? {} : { ipAddress }),
    },
    signal,
  );
}

/** Resolves when the endpoint is usable. */
export async function waitForFederationEndpoint(
  ports: SetupPorts,
  { projectId, id }: Pick<DataFederationEndpoint, 'projectId' | 'id'>,
  signal?: AbortSignal,
): Promise<DataFederationEndpoint> {
  return await waitUntil(
    ports,
    async () => {
      const endpoint = await findEndpoint(ports, { projectId, id }, signal);
      if (endpoint === undefined) throw new ProblemError(problem('SETUP_GONE', id));
      const { kind } = dataFederationEndpointStatus(endpoint.status);
      if (kind === 'available') return { done: endpoint };
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

/** Removes an endpoint at Atlas and waits until it is gone. Safe to repeat. */
export async function removeFederationEndpoint(
  ports: SetupPorts,
  { projectId, id }: Pick<DataFederationEndpoint, 'projectId' | 'id'>,
  signal?: AbortSignal,
): Promise<void> {
  await orUndefined(() => ports.api.deleteDataFederationEndpoint(projectId, id, signal));
  await waitUntil(
    ports,
    async () => {
      const endpoint = await findEndpoint(ports, { projectId, id }, signal);
      return endpoint === undefined ? { done: undefined } : { moving: endpoint.status };
    },
    id,
    signal,
  );
}
