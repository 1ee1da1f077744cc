import { addOrganization, addProject, buildCluster } from '../build';
import type { SandboxCluster, SandboxProject, World } from '../world';

const clustersEach = 10;

/** Adds projects of ten clusters each, whose clusters are built when somebody looks into one. */
export function addBulkProjects(world: World, count: number): void {
  if (count === 0) return;
  const organization = addOrganization(world, 'bulk-sandbox');
  for (let number = 1; number <= count; number += 1) {
    const name = `sandbox-bulk-${String(number).padStart(5, '0')}`;
    buildClustersLater(world, addProject(world, organization, name));
  }
}

function buildClustersLater(world: World, project: SandboxProject): void {
  let clusters: Map<string, SandboxCluster> | undefined;
  Object.defineProperties(project, {
    clusters: {
      enumerable: true,
      get: () => {
        clusters ??= new Map(
          Array.from({ length: clustersEach }, (_, index) => {
            const name = `Cluster${index}`;
            return [name, buildCluster(world, project.domainLabel, name)];
          }),
        );
        return clusters;
      },
    },
    clusterCount: { enumerable: true, get: () => clusters?.size ?? clustersEach },
  });
}
