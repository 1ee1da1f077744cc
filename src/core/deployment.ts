import type { Provider } from './provider';

/** What kind of MongoDB deployment it is; decides which private endpoints it can have (seed: Overview, first note). */
export type DeploymentKind = 'dedicated' | 'shared' | 'flex' | 'serverless';

/** How a dedicated cluster is built; decides which connection strings it can have. */
export type Topology = 'REPLICASET' | 'SHARDED' | 'GEOSHARDED';

/** One region of one provider that holds nodes of a cluster. */
export interface DeploymentRegion {
  readonly provider: Provider;
  /** Atlas's spelling, `US_EAST_1`; see `region.ts` for the cloud's. */
  readonly region: string;
  /** Nodes in this region over all shards, of every kind (electable, read-only, analytics). */
  readonly nodeCount: number;
}

/** The endpoint that a private endpoint-aware connection string leads through. */
export interface StringEndpoint {
  /** `vpce-…`, Azure resource id, or Google Cloud endpoint group, as Atlas spells it. */
  readonly endpointId: string;
  readonly provider: Provider;
  readonly region: string;
}

/** One element of `connectionStrings.privateEndpoint[]` (operation `getGroupCluster`). */
export interface PrivateEndpointStrings {
  /** `MONGOD` for replica sets, `MONGOS` for sharded clusters; kept as it came when it is neither. */
  readonly type: string;
  readonly endpoints: readonly StringEndpoint[];
  readonly standard?: string;
  readonly srv?: string;
  /** Optimized connection string: sharded clusters on AWS only (seed). */
  readonly srvShardOptimized?: string;
}

/** Every connection string of a deployment, by the network it is for. The deprecated maps are left out on purpose. */
export interface DeploymentStrings {
  /** Public; needs the IP access list. */
  readonly standard?: string;
  readonly standardSrv?: string;
  /** Network peering. */
  readonly peering?: string;
  readonly peeringSrv?: string;
  readonly privateEndpoint: readonly PrivateEndpointStrings[];
}

/** A cluster, Flex cluster, or serverless instance. */
export interface Deployment {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly kind: DeploymentKind;
  /** Instance size as Atlas shows it to people: `M10`, `M0`, `Flex`, `Serverless`. */
  readonly tier: string;
  /** Absent for serverless and Flex; a value Atlas invents later is kept as it is. */
  readonly topology?: Topology | (string & {});
  /** `stateName`: `IDLE`, `CREATING`, `UPDATING`, `DELETING`, `REPAIRING`, …; unknown values are kept. */
  readonly state: string;
  readonly paused: boolean;
  readonly mongoDBVersion?: string;
  readonly regions: readonly DeploymentRegion[];
  readonly shardCount?: number;
  readonly biConnector: boolean;
  readonly strings: DeploymentStrings;
}

/** A federated database instance (Data Federation) or the one behind an Online Archive. */
export interface FederatedDatabase {
  readonly projectId: string;
  readonly name: string;
  readonly state: string;
  readonly provider?: Provider;
  readonly region?: string;
  readonly hostnames: readonly string[];
  readonly privateEndpointHostnames: readonly { readonly hostname: string; readonly endpointId: string }[];
}

/** One Online Archive of a cluster. */
export interface OnlineArchive {
  readonly id: string;
  readonly projectId: string;
  readonly clusterName: string;
  readonly database: string;
  readonly collection: string;
  readonly state: string;
  readonly provider?: Provider;
  readonly region?: string;
}
