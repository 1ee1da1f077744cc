import { addCluster, addFederatedDatabase, addProject, region } from '../build';
import type { SandboxClusterRegion, SandboxOrganization, World } from '../world';

interface StartingPoint {
  readonly cluster: string;
  readonly regions: readonly SandboxClusterRegion[];
  readonly topology?: 'GEOSHARDED';
  readonly kind?: 'serverless';
  /** An Online Archive of a collection, and the federated database that Atlas puts behind it. */
  readonly archived?: true;
}

const twoRegions = [region('AWS', 'US_EAST_1', 2), region('AWS', 'EU_WEST_1', 1, 6)];

/** Projects without any private endpoint, by name: a person sets one up in each and sees the strings appear. */
const startingPoints: Readonly<Record<string, readonly StartingPoint[]>> = {
  'start-on-aws-sandbox': [{ cluster: 'Cluster0', regions: [region('AWS', 'US_EAST_1')] }],
  'start-on-azure-sandbox': [{ cluster: 'Cluster0', regions: [region('AZURE', 'US_EAST_2')] }],
  'start-on-google-cloud-sandbox': [{ cluster: 'Cluster0', regions: [region('GCP', 'CENTRAL_US')] }],
  'start-in-two-regions-sandbox': [{ cluster: 'Cluster0', regions: twoRegions }],
  'start-on-two-clouds-sandbox': [
    { cluster: 'Cluster0', regions: [region('AWS', 'US_EAST_1', 2), region('AZURE', 'US_EAST_2', 1, 6)] },
  ],
  'start-regionalized-sandbox': [{ cluster: 'Worldwide', topology: 'GEOSHARDED', regions: twoRegions }],
  'start-serverless-sandbox': [
    { cluster: 'OnAws', kind: 'serverless', regions: [region('AWS', 'US_EAST_1')] },
    { cluster: 'OnAzure', kind: 'serverless', regions: [region('AZURE', 'US_EAST_2')] },
  ],
  'start-data-federation-sandbox': [],
  'start-online-archive-sandbox': [{ cluster: 'Cluster0', regions: [region('AWS', 'US_EAST_1')], archived: true }],
};

export function addStartingPoints(world: World, organization: SandboxOrganization): void {
  for (const [name, clusters] of Object.entries(startingPoints)) {
    const project = addProject(world, organization, name);
    if (name === 'start-data-federation-sandbox') {
      addFederatedDatabase(project, 'OnAws', { provider: 'AWS', region: 'VIRGINIA_USA' });
      addFederatedDatabase(project, 'OnAzure', { provider: 'AZURE', region: 'VIRGINIA_USA' });
    }
    for (const { cluster, regions, topology, kind, archived } of clusters) {
      const { archives } = addCluster(world, project, cluster, {
        regions,
        ...(topology === undefined ? {} : { topology, tier: 'M30', shardCount: 2 }),
        ...(kind === undefined ? {} : { kind, tier: 'SERVERLESS' }),
      });
      if (archived !== true) continue;
      const place = { provider: 'AWS', region: 'US_EAST_1' } as const;
      archives.push({ id: world.ids.atlas(), database: 'sandbox', collection: 'events', state: 'ACTIVE', ...place });
      addFederatedDatabase(project, `atlas-online-archive-${world.ids.label(5)}`, {
        provider: 'AWS',
        region: 'VIRGINIA_USA',
        type: 'ONLINE_ARCHIVE',
      });
    }
  }
}
