import type { SandboxProject } from '../../world/world';

/** A node as it presents itself to whoever asked for it by one of its names. */
export interface NodeIdentity {
  readonly project: SandboxProject;
  /** Cluster, serverless instance or federated database: what scopes of database users name. */
  readonly clusterName: string;
  /** `balanced` is the load balancer in front of the mongos of an optimized connection string. */
  readonly kind: 'mongod' | 'mongos' | 'balanced' | 'federated';
  readonly setName: string | undefined;
  readonly version: string;
  /** `host:port` as it was asked for. */
  readonly self: string;
  /** All members, in the names of the network that was asked. */
  readonly hosts: readonly string[];
  readonly publicHosts: readonly string[];
  readonly primary: string | undefined;
  /** What faults may be limited to: the host, the `address:port`, the cluster. */
  readonly subjects: readonly string[];
}
