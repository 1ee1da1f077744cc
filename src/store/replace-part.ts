import type { Deployment } from '../core/deployment';
import type { EndpointService } from '../core/endpoint';
import { servicesOf, type ProjectContents, type RefOf, type ServiceContents } from './element';

/** The service that a reference means, as its project lists it. */
export function findService(contents: ProjectContents, ref: RefOf<'service'>): EndpointService | undefined {
  return servicesOf(contents).find(({ id, provider }) => id === ref.serviceId && provider === ref.provider);
}

/** The project with one service as it is now. */
export function replaceService(contents: ProjectContents, service: EndpointService): ProjectContents {
  const services = contents.services[service.provider].map((other) => (other.id === service.id ? service : other));
  return { ...contents, services: { ...contents.services, [service.provider]: services } };
}

/** The project with one deployment as it is now. */
export function replaceDeployment(contents: ProjectContents, fresh: Deployment): ProjectContents {
  const replace = (list: readonly Deployment[]): readonly Deployment[] =>
    list.map((other) => (other.name === fresh.name && other.projectId === fresh.projectId ? fresh : other));
  return {
    ...contents,
    clusters: replace(contents.clusters),
    flexClusters: replace(contents.flexClusters),
    serverlessInstances: replace(contents.serverlessInstances),
  };
}

/** The endpoints asked for as they are now, in their old places; those that are gone left out. */
export function mergeEndpoints(
  before: ServiceContents,
  fresh: ServiceContents,
  endpointIds: readonly string[],
): ServiceContents {
  const asked = new Set(endpointIds);
  const freshById = new Map(fresh.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const kept = before.endpoints.flatMap((endpoint) => {
    if (!asked.has(endpoint.id)) return [endpoint];
    const replacement = freshById.get(endpoint.id);
    freshById.delete(endpoint.id);
    return replacement === undefined ? [] : [replacement];
  });
  return {
    endpoints: [...kept, ...freshById.values()],
    missing: [...before.missing.filter(({ endpointId }) => !asked.has(endpointId)), ...fresh.missing],
  };
}
