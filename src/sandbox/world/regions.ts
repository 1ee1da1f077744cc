import type { Provider } from '../../core/provider';

/** A region that the sandbox offers, in both spellings. */
export interface SandboxRegion {
  readonly provider: Provider;
  /** Atlas's spelling, `US_EAST_1`. */
  readonly atlas: string;
  /** The cloud's own spelling, `us-east-1`. */
  readonly cloud: string;
  /** AWS only: availability zones. */
  readonly zones: readonly string[];
}

function aws(cloud: string, zones: string): SandboxRegion {
  return {
    provider: 'AWS',
    atlas: cloud.toUpperCase().replaceAll('-', '_'),
    cloud,
    zones: Array.from(zones).map((zone) => `${cloud}${zone}`),
  };
}

function other(provider: 'AZURE' | 'GCP', atlas: string, cloud: string): SandboxRegion {
  return { provider, atlas, cloud, zones: [] };
}

/** Few of each cloud are enough to show everything; the two spellings are Atlas's and the clouds' own. */
export const sandboxRegions: readonly SandboxRegion[] = [
  aws('us-east-1', 'abc'),
  aws('us-east-2', 'abc'),
  aws('us-west-2', 'abc'),
  aws('eu-west-1', 'abc'),
  aws('eu-central-1', 'abc'),
  aws('ap-southeast-2', 'abc'),
  other('AZURE', 'US_EAST_2', 'eastus2'),
  other('AZURE', 'EUROPE_WEST', 'westeurope'),
  other('AZURE', 'EUROPE_NORTH', 'northeurope'),
  other('GCP', 'CENTRAL_US', 'us-central1'),
  other('GCP', 'EASTERN_US', 'us-east1'),
  other('GCP', 'WESTERN_EUROPE', 'europe-west1'),
];

/** The region that `name` means in either spelling, or undefined. */
export function findRegion(provider: Provider, name: string): SandboxRegion | undefined {
  return sandboxRegions.find(
    (region) => region.provider === provider && (region.atlas === name || region.cloud === name),
  );
}

/** The cloud's spelling of a region; what is not known is only put in lower case with dashes. */
export function cloudRegion(provider: Provider, atlas: string): string {
  return findRegion(provider, atlas)?.cloud ?? atlas.toLowerCase().replaceAll('_', '-');
}
