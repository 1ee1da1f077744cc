import type { Clock } from '../../core/clock';
import type { Provider } from '../../core/provider';

/**
 * Everything that exists in the sandbox. One object, one process: the Atlas API, the AWS APIs, DNS, the SOCKS gateway
 * and the nodes are views of it and hold no state of their own. All names in it are invented and marked as sandbox,
 * except host names that repeat the seed's own examples.
 */
export interface World {
  readonly clock: Clock;
  readonly scenario: string;
  /** How long the simulated clouds take, in milliseconds. */
  readonly pace: Pace;
  readonly credentials: Credentials;
  /** Failures that are switched on, by name and by the id, name or host they are limited to (`*` for all). */
  readonly faults: FaultSwitches;
  /** Makes ids; seeded, so that one start of a scenario looks like the next (credentials are random all the same). */
  readonly ids: IdSource;
  readonly atlas: AtlasWorld;
  readonly aws: AwsWorld;
}

export interface Pace {
  readonly serviceCreation: number;
  readonly endpointAcceptance: number;
  readonly endpointConnection: number;
  /** How long clusters stay IDLE without their strings after an endpoint is available; not at all when absent. */
  readonly clusterDelay?: number;
  /** From there until the clusters are IDLE again and have their strings. */
  readonly clusterUpdate: number;
  readonly deletion: number;
}

/** Fresh and random at each start; accepted nowhere else. */
export interface Credentials {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly awsAccessKeyId: string;
  readonly awsSecretAccessKey: string;
  readonly dbUsername: string;
  readonly dbPassword: string;
  /** Bearer of the control interface that switches failures. */
  readonly controlToken: string;
}

export interface FaultSwitches {
  isOn(fault: string, subject?: string): boolean;
  /** Whether it is on for anything at all: who has to look up what its subjects would be asks this first. */
  isOnForAny(fault: string): boolean;
  set(fault: string, on: boolean, subject?: string): void;
  list(): readonly { readonly fault: string; readonly subject: string }[];
}

export interface IdSource {
  /** 24 hexadecimal digits, as Atlas's ids. */
  atlas(): string;
  /** `prefix-` and 17 hexadecimal digits, as AWS's ids: `aws('vpce')`. */
  aws(prefix: string): string;
  /** `length` lower case letters and digits, as in host names and DNS suffixes. */
  label(length: number): string;
}

/**
 * A status that changes by itself. Statuses are worked out when asked for, from the clock: nothing ticks at rest.
 * The last entry whose time has come counts.
 */
export type Timeline<S extends string> = readonly { readonly at: number; readonly status: S }[];

// ---------------------------------------------------------------- Atlas

export interface AtlasWorld {
  readonly organizations: Map<string, SandboxOrganization>;
  readonly projects: Map<string, SandboxProject>;
  /** Roles of the one API key and service account, as the API names them. */
  readonly roles: { organization: string[]; project: string[] };
  /** Requests a minute; Atlas's own default, small values show the limit. */
  rateLimit: number;
  /** Milliseconds for which a nonce of the digest sign-in may be used. */
  nonceLifetime: number;
}

export interface SandboxOrganization {
  readonly id: string;
  readonly name: string;
}

export interface SandboxProject {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly created: number;
  /** `k45tj` in all host names of the project's deployments; unique in the world. */
  readonly domainLabel: string;
  /** By name. Built when first asked for in the projects of `--projects`: ask `clusterCount` where a number will do. */
  readonly clusters: Map<string, SandboxCluster>;
  /** How many `clusters` has, without building them. */
  readonly clusterCount: number;
  readonly services: Map<string, SandboxService>;
  readonly dataFederationEndpoints: Map<string, SandboxDataFederationEndpoint>;
  readonly federatedDatabases: Map<string, SandboxFederatedDatabase>;
  readonly databaseUsers: Map<string, SandboxDatabaseUser>;
  readonly accessList: Map<string, { comment: string; deleteAfter?: string }>;
  readonly peerings: { id: string; provider: Provider; status: string; region: string; cidr: string }[];
  regionalizedMode: boolean;
}

export interface SandboxClusterRegion {
  readonly provider: Provider;
  readonly region: string;
  readonly electable: number;
  readonly readOnly: number;
  readonly analytics: number;
  readonly priority: number;
}

export interface SandboxCluster {
  readonly id: string;
  readonly name: string;
  readonly kind: 'dedicated' | 'shared' | 'flex' | 'serverless';
  tier: string;
  /** Of a Flex cluster that was made by Create Cluster: the size asked for. The lists of both APIs have it then. */
  readonly askedFor?: 'M2' | 'M5';
  topology: 'REPLICASET' | 'SHARDED' | 'GEOSHARDED';
  state: Timeline<string>;
  paused: boolean;
  mongoDBVersion: string;
  biConnector: boolean;
  shardCount: number;
  regions: readonly SandboxClusterRegion[];
  /** `k45tj` in `cluster0-pl-0-k45tj.mongodb.net`. */
  readonly domainLabel: string;
  /** Older names join with a dash (the seed's form), newer ones with a dot. */
  readonly namingStyle: 'dash' | 'dot';
  replicaSetName: string;
  readonly created: number;
  /** Private endpoint strings appear not before; `strings.ts` works out the rest from the endpoints. */
  stringsReadyAt: number;
  /** Added to every port that the load balancer gives this cluster: ports can change with the cluster (seed). */
  portOffset: number;
  readonly archives: SandboxOnlineArchive[];
  readonly serverlessEndpoints: Map<string, SandboxServerlessEndpoint>;
}

export interface SandboxService {
  readonly id: string;
  readonly provider: Provider;
  /** Atlas's spelling. */
  readonly region: string;
  timeline: Timeline<string>;
  errorMessage?: string | undefined;
  /** AWS: `com.amazonaws.vpce.<region>.vpce-svc-…`; Azure: the private link service's resource id. */
  readonly cloudName: string;
  readonly serviceAttachmentNames: readonly string[];
  readonly portMappingEnabled: boolean;
  supportedRemoteRegions: readonly string[];
  /** By endpoint id, in order of registration. */
  readonly endpoints: Map<string, SandboxEndpoint>;
}

export interface SandboxEndpoint {
  /** `vpce-…`, Azure resource id, Google Cloud endpoint group. */
  readonly id: string;
  timeline: Timeline<string>;
  /** A fixed sentence; what follows from the VPC endpoint is worked out in `lifecycle.ts`. */
  errorMessage?: string | undefined;
  deleteRequested: boolean;
  /** Azure and Google Cloud: the addresses that were registered. AWS: empty, the VPC endpoint has them. */
  readonly addresses: readonly { readonly name: string; readonly ipAddress: string }[];
  readonly gcpProjectId?: string;
}

export interface SandboxServerlessEndpoint {
  readonly id: string;
  readonly provider: Provider;
  timeline: Timeline<string>;
  comment: string;
  cloudProviderEndpointId?: string;
  privateEndpointIpAddress?: string;
  readonly cloudName: string;
  errorMessage?: string;
}

export interface SandboxDataFederationEndpoint {
  readonly id: string;
  readonly provider: Provider;
  timeline: Timeline<string>;
  comment: string;
  region?: string;
  dnsName?: string;
  ipAddress?: string;
  errorMessage?: string;
}

export interface SandboxFederatedDatabase {
  readonly name: string;
  readonly provider: Provider;
  readonly region: string;
  /** `ONLINE_ARCHIVE`: made by Atlas for the archives of a cluster, and listed only when that type is asked for. */
  readonly type: 'USER' | 'ONLINE_ARCHIVE';
}

export interface SandboxOnlineArchive {
  readonly id: string;
  readonly database: string;
  readonly collection: string;
  readonly provider: Provider;
  readonly region: string;
  state: string;
}

export interface SandboxDatabaseUser {
  readonly username: string;
  readonly authDatabase: string;
  /** Kept as given, never logged, never answered: the nodes check sign-ins against it. */
  readonly password: string;
  readonly roles: readonly { roleName: string; databaseName: string; collectionName?: string }[];
  readonly scopes: readonly { name: string; type: string }[];
  readonly deleteAfter?: string;
}

// ---------------------------------------------------------------- AWS

export interface AwsWorld {
  readonly accountId: string;
  readonly userArn: string;
  /** `ec2:CreateVpcEndpoint` and the like that the known key may not do. */
  readonly denied: Set<string>;
  /** By region in AWS's spelling. */
  readonly regions: Map<string, AwsRegion>;
}

export interface AwsRegion {
  readonly name: string;
  readonly zones: readonly string[];
  readonly vpcs: Map<string, AwsVpc>;
  readonly subnets: Map<string, AwsSubnet>;
  readonly securityGroups: Map<string, AwsSecurityGroup>;
  readonly vpcEndpoints: Map<string, AwsVpcEndpoint>;
  readonly networkInterfaces: Map<string, AwsNetworkInterface>;
}

export interface AwsVpc {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
  readonly isDefault: boolean;
  /** The client of the sandbox does not stand in it, and has no way to it. */
  readonly isApart: boolean;
  readonly tags: Map<string, string>;
}

export interface AwsSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly tags: Map<string, string>;
}

export interface AwsRule {
  /** `tcp`, `udp`, `icmp`, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrs: readonly string[];
  readonly groupIds: readonly string[];
  readonly description?: string;
}

export interface AwsSecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly name: string;
  readonly description: string;
  readonly tags: Map<string, string>;
  inbound: AwsRule[];
  outbound: AwsRule[];
}

export interface AwsVpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly created: number;
  /** `pendingAcceptance`, `pending`, `available`, `rejected`, `failed`, `deleting`, `deleted`. */
  timeline: Timeline<string>;
  subnetIds: string[];
  securityGroupIds: string[];
  /** In `vpce-<id>-<suffix>.vpce-svc-….vpce.amazonaws.com`. */
  readonly dnsSuffix: string;
  readonly clientToken?: string;
  readonly tags: Map<string, string>;
  privateDnsEnabled: boolean;
}

export interface AwsNetworkInterface {
  readonly id: string;
  readonly vpcEndpointId: string;
  readonly subnetId: string;
  readonly privateIp: string;
}

/** The status that counts at `now`, in milliseconds since the epoch. */
export function statusAt<S extends string>(timeline: Timeline<S>, now: number): S {
  let current = timeline[0];
  for (const entry of timeline) if (entry.at <= now) current = entry;
  if (current === undefined) throw new Error('a timeline has at least one entry');
  return current.status;
}
