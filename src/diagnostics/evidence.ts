import type { Provider } from '../core/provider';

/**
 * What others say about the path of a string, beside what a test sees on the wire. Callers gather it where they are
 * signed in; every part that nobody was asked about is absent, and then no finding rests on it.
 */
export interface Evidence {
  readonly atlas?: AtlasEvidence;
  readonly cloud?: CloudEvidence;
  /** What could not be asked, so that the verdict says what was not checked. */
  readonly missing?: readonly MissingEvidence[];
}

export interface MissingEvidence {
  readonly from: 'atlas' | 'cloud';
  /** Nobody is signed in, the role does not allow it, or there was no answer. */
  readonly reason: 'not-signed-in' | 'forbidden' | 'unreachable';
  /** Atlas's role or the cloud's permission that is needed, when known: `ec2:DescribeVpcEndpoints`. */
  readonly needed?: string;
}

/** From the Atlas Administration API, all of one project. */
export interface AtlasEvidence {
  readonly projectName: string;
  /** The cluster whose string it is; absent when no cluster of the project has this host. */
  readonly cluster?: ClusterEvidence;
  readonly services: readonly ServiceEvidence[];
  readonly endpoints: readonly EndpointEvidence[];
  /** Addressable targets that the project has per region (seed: Limitations), by Atlas's spelling of the region. */
  readonly addressableTargets?: readonly {
    readonly provider: Provider;
    readonly region: string;
    readonly count: number;
  }[];
  /** Setting "regionalized private endpoints" of the project. */
  readonly regionalizedMode?: boolean;
}

export interface ClusterEvidence {
  readonly name: string;
  /** `M10`, `M0`, `FLEX`, `SERVERLESS`. */
  readonly tier: string;
  /** Field `stateName`: `IDLE`, `UPDATING`, … */
  readonly state: string;
  readonly paused: boolean;
  readonly regions: readonly { readonly provider: Provider; readonly region: string }[];
  /** All private endpoint-aware strings that Atlas gives now, of every form, without credentials. */
  readonly privateEndpointStrings: readonly string[];
}

export interface ServiceEvidence {
  readonly id: string;
  readonly provider: Provider;
  readonly region: string;
  /** `INITIATING`, `AVAILABLE`, `WAITING_FOR_USER`, `FAILED`, `DELETING`, or what Atlas invents. */
  readonly status: string;
  readonly errorMessage?: string;
}

export interface EndpointEvidence {
  /** `vpce-…`, Azure resource id, or Google Cloud endpoint group. */
  readonly id: string;
  readonly serviceId: string;
  readonly provider: Provider;
  readonly region: string;
  /** AWS: `connectionStatus`; else `status`. */
  readonly status: string;
  readonly errorMessage?: string;
  /** Addresses registered at Atlas (Azure, Google Cloud). */
  readonly addresses?: readonly string[];
}

/** From the person's own cloud account. */
export interface CloudEvidence {
  readonly endpoints: readonly CloudEndpointEvidence[];
  /** The VPC that the application runs in, where it is known. */
  readonly clientVpcId?: string;
  /** Groups of the application's own machine, where they are known; their outbound rules count. */
  readonly clientGroups?: readonly SecurityGroupEvidence[];
  /** The application's own address, where it is known: inbound rules of the endpoint are compared with it. */
  readonly clientAddress?: string;
}

export interface CloudEndpointEvidence {
  /** `vpce-…` on AWS; the id that Atlas knows it by elsewhere. */
  readonly id: string;
  readonly provider: Provider;
  /** AWS `State`: `pendingAcceptance`, `pending`, `available`, `rejected`, `failed`, `expired`, `deleting`, `deleted`. */
  readonly state: string;
  readonly vpcId?: string;
  /** AWS `DnsEntries[].DnsName`. */
  readonly dnsNames?: readonly string[];
  readonly subnets?: readonly { readonly id: string; readonly zone: string; readonly cidr?: string }[];
  /** Private addresses of its network interfaces. */
  readonly addresses?: readonly string[];
  readonly securityGroups?: readonly SecurityGroupEvidence[];
  readonly networkAcls?: readonly NetworkAclEvidence[];
}

export interface SecurityGroupEvidence {
  readonly id: string;
  readonly name?: string;
  readonly inbound: readonly RuleEvidence[];
  readonly outbound: readonly RuleEvidence[];
}

/** One rule that allows. Ports are inclusive; `protocol` `-1` is all of them, on all ports. */
export interface RuleEvidence {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrs: readonly string[];
  readonly groupIds: readonly string[];
}

/** A network ACL of one of the endpoint's subnets: the first rule by number that fits decides. */
export interface NetworkAclEvidence {
  readonly id: string;
  readonly subnetIds: readonly string[];
  readonly entries: readonly {
    readonly number: number;
    readonly egress: boolean;
    readonly allow: boolean;
    readonly protocol: string;
    readonly fromPort: number;
    readonly toPort: number;
    readonly cidr: string;
  }[];
}
