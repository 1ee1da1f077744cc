import { federationServices } from '../../../core/data-federation';
import { findRegion } from '../../world/regions';
import { serviceStatus } from '../../world/lifecycle';
import type { AwsRegion, World } from '../../world/world';
import { serviceRegion } from './vpc-endpoint';

/** An endpoint service that the account can reach. */
export interface EndpointService {
  readonly name: string;
  readonly id: string;
  /** Where the service is. */
  readonly region: string;
  readonly acceptanceRequired: boolean;
}

const takesEndpoints = new Set(['AVAILABLE', 'WAITING_FOR_USER']);

/**
 * The endpoint services that can be reached from a region: those of Atlas that are available there, or in another
 * region that lets this one in (`supportedRemoteRegions`).
 */
export function reachableServices(world: World, from: AwsRegion): EndpointService[] {
  const own = [...world.atlas.projects.values()].flatMap((project) =>
    [...project.services.values()].filter((service) => {
      if (service.provider !== 'AWS' || !takesEndpoints.has(serviceStatus(world, service).status)) return false;
      if (serviceRegion(service.cloudName) === from.name) return true;
      return service.supportedRemoteRegions.some((remote) => findRegion('AWS', remote)?.cloud === from.name);
    }),
  );
  const federated = Object.values(federationServices).filter((name) => serviceRegion(name) === from.name);
  return [...own.map(({ cloudName }) => cloudName), ...federated].map(toService);
}

function toService(name: string): EndpointService {
  const id = name.split('.').at(-1) ?? '';
  return { name, id, region: serviceRegion(name), acceptanceRequired: true };
}

/** The service with this name, or undefined: also when it belongs to a serverless instance that nobody looked at. */
export function findService(world: World, from: AwsRegion, name: string): EndpointService | undefined {
  return reachableServices(world, from).find((service) => service.name === name) ?? serverless(world, from, name);
}

/** Last, since it may build clusters that nobody has looked at yet. */
function serverless(world: World, from: AwsRegion, name: string): EndpointService | undefined {
  if (serviceRegion(name) !== from.name) return undefined;
  for (const project of world.atlas.projects.values()) {
    for (const cluster of project.clusters.values()) {
      for (const endpoint of cluster.serverlessEndpoints.values()) {
        if (endpoint.provider === 'AWS' && endpoint.cloudName === name) return toService(name);
      }
    }
  }
  return undefined;
}
