import type { Provider } from '../../core/provider';
import { findServiceOf } from '../../setup/endpoint-service';
import { servicesOf, type ProjectContents } from '../../store/element';

/** A region that a project's clusters are in, and whether it has an endpoint service. */
export interface Place {
  readonly provider: Provider;
  readonly region: string;
  readonly clusters: readonly string[];
  readonly covered: boolean;
}

/** The regions of a project's dedicated clusters: those without an endpoint service first, then those with most clusters. */
export function placesOf(contents: ProjectContents | undefined): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { name, kind, regions } of contents?.clusters ?? []) {
    if (kind !== 'dedicated') continue;
    for (const { provider, region } of regions) {
      const key = `${provider}/${region}`;
      const clusters = [...(places.get(key)?.clusters ?? []), name];
      const covered = contents !== undefined && findServiceOf(servicesOf(contents), provider, region) !== undefined;
      places.set(key, { provider, region, clusters, covered });
    }
  }
  return [...places.values()].sort(
    (a, b) => Number(a.covered) - Number(b.covered) || b.clusters.length - a.clusters.length,
  );
}
