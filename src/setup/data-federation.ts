import type { DataFederationEndpoint } from '../core/endpoint';
import { problem, ProblemError } from '../core/problem';
import { toAtlasRegion } from '../core/region';
import { dataFederationEndpointStatus } from '../core/status';
import { orUndefined, waitUntil, type SetupPorts } from './look-first';
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
  const list = await api.putDataFederationEndpoint(
    projectId,
    { provider, ...(region === undefined ? {} : { region: toAtlasRegion(provider, region) }), ...rest },
    signal,
  );
  const isWanted = (one: DataFederationEndpoint): boolean => isSameEndpoint(provider, one.id, rest.id);
  // The answer is the list's first page only.
  const put = list.find(isWanted) ?? (await api.listDataFederationEndpoints(projectId, signal)).find(isWanted);
  if (put === undefined) throw new ProblemError(problem('SETUP_GONE', rest.id));
  return put;
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
      const endpoint = (await ports.api.listDataFederationEndpoints(projectId, signal)).find((one) => one.id === id);
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
      const endpoint = (await ports.api.listDataFederationEndpoints(projectId, signal)).find((one) => one.id === id);
      return endpoint === undefined ? { done: undefined } : { moving: endpoint.status };
    },
    id,
    signal,
  );
}
