import type { Provider } from '../../core/provider';
import { findServiceOf } from '../../setup/endpoint-service';
import { servicesOf, type ProjectContents } from '../../store/element';

/** A region that a project's clusters are in, and whether it has an endpoint service. */
export interface Place {
  readonly provider: Provider;
  readonly region: string;
  readonly clusters: readonly string[];
  readonly covered: boolean;
  /** There is a service that has no endpoint yet: a set-up that was begun, perhaps on another machine. */
  readonly begun: boolean;
}

/**
 * The regions of a project's dedicated clusters: where a set-up was begun first, so that it is gone on with, then those
 * without an endpoint service, then those with most clusters.
 */
export function placesOf(contents: ProjectContents | undefined): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { name, kind, regions } of contents?.clusters ?? []) {
    if (kind !== 'dedicated') continue;
    for (const { provider, region } of regions) {
      const key = `${provider}/${region}`;
      const clusters = [...(places.get(key)?.clusters ?? []), name];
      const service = contents === undefined ? undefined : findServiceOf(servicesOf(contents), provider, region);
      const begun = service?.endpointIds.length === 0 && service.status !== 'DELETING';
      places.set(key, { provider, region, clusters, covered: service !== undefined, begun });
    }
  }
  return [...places.values()].sort(
    (a, b) =>
      Number(b.begun) - Number(a.begun) ||
      Number(a.covered) - Number(b.covered) ||
      b.clusters.length - a.clusters.length,
  );
}
