import type { AwsSecurityGroup, AwsVpcEndpoint } from '../../core/cloud';
import type { ProblemCode } from '../../core/problem';
import type { DataFederationEndpoint, Endpoint, EndpointService } from '../../core/endpoint';

/** Which Atlas something is in. */
export interface AtlasPlace {
  /** MongoDB Atlas for Government, which has an API of its own; absent: the commercial one. */
  readonly government?: boolean;
}

/** A set-up that exists, as far as it is known: what Terraform is to take over. */
export interface SetUp extends AtlasPlace {
  readonly projectId: string;
  readonly atlas:
    | {
        readonly kind: 'service';
        readonly service: EndpointService;
        /** Those of its endpoints whose details were read. */
        readonly endpoints: readonly Endpoint[];
        /** Whether the project has it switched on; undefined when that could not be read. */
        readonly regionalizedMode: boolean | undefined;
      }
    | { readonly kind: 'federation'; readonly endpoints: readonly DataFederationEndpoint[] };
  /** What was looked up with AWS credentials; absent when none are chosen. */
  readonly aws?: {
    /** A profile of the AWS configuration files; absent for the usual chain. */
    readonly profile?: string;
    /** The account's regions that were looked into. */
    readonly places: readonly AwsPlace[];
    /** Those that could not be: the endpoints that were not found may be there. */
    readonly unread: readonly UnreadPlace[];
  };
  /** What the person entered for one of the endpoints in these clouds, which cannot be looked up from here. */
  readonly entered?: Entered;
}

/** The account in one region. */
export interface AwsPlace {
  /** AWS's spelling. */
  readonly region: string;
  readonly endpoints: readonly AwsVpcEndpoint[];
  readonly groups: readonly AwsSecurityGroup[];
}

/** A region of the account that could not be read. */
export interface UnreadPlace {
  /** AWS's spelling. */
  readonly region: string;
  readonly code: ProblemCode;
}

/** Defaults of the variables of one endpoint; each only where it was entered. */
export interface Entered {
  /** The endpoint's id at Atlas. */
  readonly endpointId: string;
  /** Azure resource id. */
  readonly subnetId?: string;
  /** Azure's spelling. */
  readonly location?: string;
  /** `projects/…/global/networks/…` */
  readonly network?: string;
  /** `projects/…/regions/…/subnetworks/…` */
  readonly subnetwork?: string;
}
