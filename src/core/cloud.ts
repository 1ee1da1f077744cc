import type { AwsEndpointChoices, AwsRuleSources } from './cloud-choices';

/** Who the credentials belong to (AWS operation `GetCallerIdentity`). */
export interface AwsIdentity {
  readonly accountId: string;
  /** `arn:aws:iam::…:user/…` or `arn:aws:sts::…:assumed-role/…/…`. */
  readonly arn: string;
}

export interface AwsVpc {
  readonly id: string;
  /** Tag `Name`. */
  readonly name?: string;
  readonly cidrs: readonly string[];
  readonly isDefault: boolean;
}

export interface AwsSubnet {
  readonly id: string;
  readonly name?: string;
  readonly vpcId: string;
  /** `us-east-1a`. */
  readonly zone: string;
  /** `use1-az1`: the same zone in every account, unlike its name. */
  readonly zoneId?: string;
  readonly cidr: string;
  readonly freeAddresses?: number;
}

/** One permission of a security group. */
export interface AwsRule {
  /** `tcp`, `udp`, `icmp`, a number, or `-1` for all. */
  readonly protocol: string;
  /** Absent for all ports. */
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrs: readonly string[];
  readonly groupIds: readonly string[];
  readonly prefixListIds: readonly string[];
  /** What people wrote at a block, group or list, by it; absent where nothing is written. */
  readonly descriptions?: Readonly<Record<string, string>>;
}

export interface AwsSecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly vpcId: string;
  readonly inbound: readonly AwsRule[];
  readonly outbound: readonly AwsRule[];
}

/** An interface endpoint as AWS describes it (operation `DescribeVpcEndpoints`). */
export interface AwsVpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  /**
   * Lower camel case, whatever AWS wrote: `pendingAcceptance`, `pending`, `available`, `rejected`, `failed`, `expired`,
   * `deleting`, `deleted`, `partial`; a value AWS invents later is kept.
   */
  readonly state: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly networkInterfaceIds: readonly string[];
  /** The endpoint-specific regional name first. */
  readonly dnsNames: readonly string[];
  readonly privateDnsEnabled: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** AWS's own sentence about a failure. */
  readonly lastError?: string;
}

/** One entry of a network ACL; the lowest number that matches decides. */
export interface AwsAclEntry {
  readonly number: number;
  readonly outbound: boolean;
  readonly allow: boolean;
  readonly protocol: string;
  readonly cidr: string;
  readonly fromPort?: number;
  readonly toPort?: number;
}

/** A subnet of an endpoint with what decides about traffic into it. */
export interface AwsSubnetEvidence {
  readonly subnet: AwsSubnet;
  /** Address of the endpoint in it; absent while there is none. */
  readonly privateIp?: string;
  readonly aclId?: string;
  readonly aclEntries: readonly AwsAclEntry[];
  readonly routes: readonly AwsRoute[];
}

/** One route of a route table, as AWS writes it: `10.1.0.0/16` to `pcx-…`, `active`. */
export interface AwsRoute {
  readonly destination: string;
  /** `local`, or the id of a gateway, peering connection, network interface, …. */
  readonly target: string;
  readonly state: string;
}

/** A machine that connects, by its network interfaces in one VPC of the account. */
export interface AwsClientEvidence {
  readonly region: string;
  /** The one of its own addresses that led to it. */
  readonly address: string;
  readonly interfaceIds: readonly string[];
  readonly vpcId: string;
  /** Those of all the interfaces. */
  readonly securityGroups: readonly AwsSecurityGroup[];
  /** Interface endpoints in the same VPC. */
  readonly endpointIds: readonly string[];
  /** Of the subnet of the first interface; empty when they were not permitted to be read. */
  readonly routes: readonly AwsRoute[];
  /** Permissions that were missing: what they would show was not checked. */
  readonly notPermitted: readonly string[];
}

/** What the AWS account says about an endpoint, for a diagnosis. */
export interface AwsEvidence {
  readonly identity: AwsIdentity;
  readonly region: string;
  /** Absent when there is no such endpoint in the account and region. */
  readonly endpoint?: AwsVpcEndpoint;
  readonly subnets: readonly AwsSubnetEvidence[];
  readonly securityGroups: readonly AwsSecurityGroup[];
  /** Every address block of the endpoint's VPC; absent where they could not be read. */
  readonly vpcCidrs?: readonly string[];
  /** AWS settings of the VPC; names resolve only with both on. */
  readonly vpcDns?: { readonly support: boolean; readonly hostnames: boolean };
  /** Permissions that were missing, `ec2:DescribeNetworkAcls`: what they would show was not checked. */
  readonly notPermitted: readonly string[];
}

/** How the commands of {@link AwsCloud.ensureEndpoint} went. */
export interface AwsEndpointOutcome {
  readonly endpoint: AwsVpcEndpoint;
  /** False when it was there already. */
  readonly created: boolean;
  /** Security group that was made, or found again, for it. */
  readonly newSecurityGroupId?: string;
}

/**
 * The AWS account of one profile in one region. Every call rejects with a `ProblemError` that holds an `AWS_…` problem
 * whose parameter `field` says where it belongs, or with the reason of `signal` when that is aborted.
 */
export interface AwsCloud {
  /** AWS's spelling. */
  readonly region: string;
  whoAmI(signal?: AbortSignal): Promise<AwsIdentity>;
  listVpcs(signal?: AbortSignal): Promise<readonly AwsVpc[]>;
  /** By zone, then id. */
  listSubnets(vpcId: string, signal?: AbortSignal): Promise<readonly AwsSubnet[]>;
  listSecurityGroups(vpcId: string, signal?: AbortSignal): Promise<readonly AwsSecurityGroup[]>;
  /** Asks AWS, without doing anything, whether what the choices need is permitted. Rejects with `AWS_NOT_PERMITTED`. */
  checkPermissions(choices: AwsEndpointChoices, signal?: AbortSignal): Promise<void>;
  /**
   * Makes a group of this name in the VPC with TCP 1024–65535 inbound from the sources, or completes the one of ours
   * that is there already. Safe to repeat.
   */
  ensureSecurityGroup(
    request: {
      readonly vpcId: string;
      readonly name: string;
      readonly sources: AwsRuleSources;
      readonly tags: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<AwsSecurityGroup>;
  /**
   * Adds to a group that is there what is missing for TCP 1024–65535 inbound from the sources. Safe to repeat;
   * `AWS_NOT_FOUND` when the group is not there.
   */
  allowInbound(groupId: string, sources: AwsRuleSources, signal?: AbortSignal): Promise<AwsSecurityGroup>;
  /** Endpoints to a service in this region, in whatever VPC; those that are gone left out. */
  findEndpoints(serviceName: string, signal?: AbortSignal): Promise<readonly AwsVpcEndpoint[]>;
  /** Undefined when there is none of this id. */
  getEndpoint(endpointId: string, signal?: AbortSignal): Promise<AwsVpcEndpoint | undefined>;
  /** Looks first, by service, VPC and the tag that holds the client token, then creates. Safe to repeat. */
  ensureEndpoint(choices: AwsEndpointChoices, signal?: AbortSignal): Promise<AwsEndpointOutcome>;
  addSubnets(endpointId: string, subnetIds: readonly string[], signal?: AbortSignal): Promise<AwsVpcEndpoint>;
  /** Resolves too when it is gone already. */
  deleteEndpoint(endpointId: string, signal?: AbortSignal): Promise<void>;
  /**
   * Deletes a group that {@link ensureSecurityGroup} made. Leaves any other alone; resolves too when it is gone already.
   * `AWS_IN_USE` while something uses it.
   */
  deleteSecurityGroup(groupId: string, signal?: AbortSignal): Promise<void>;
  readEvidence(endpointId: string, signal?: AbortSignal): Promise<AwsEvidence>;
  /**
   * The machine that has these addresses, each with the length of its network's prefix (`10.0.30.10/24`), in each VPC of
   * the account and region where network interfaces have one of them.
   */
  readClients(addresses: readonly string[], signal?: AbortSignal): Promise<readonly AwsClientEvidence[]>;
}

/** How to reach an AWS account. */
export interface AwsAccess {
  /** A profile of the AWS configuration files; absent for the usual chain. */
  readonly profile?: string;
  /** AWS's spelling. */
  readonly region: string;
  /** Instead of AWS's own addresses: the sandbox's. */
  readonly endpoints?: { readonly ec2: string; readonly sts: string };
  /** Instead of profile and chain: the sandbox's. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Asks the person for the code of their MFA device; undefined when they would rather not. */
export type AskMfaCode = (deviceSerial: string, signal?: AbortSignal) => Promise<string | undefined>;

/** A profile of the AWS configuration files, by name and kind only: nothing is resolved before it is chosen. */
export interface AwsProfile {
  readonly name: string;
  readonly kind: 'sso' | 'role' | 'keys' | 'process' | 'web-identity' | 'other';
  readonly region?: string;
}
