import type { AwsSecurityGroup, AwsVpcEndpoint } from '../../core/cloud';
import type { DataFederationEndpoint, Endpoint, EndpointService } from '../../core/endpoint';

/** A set-up that exists, as far as it is known: what Terraform is to take over. */
export interface SetUp {
  readonly projectId: string;
  readonly atlas:
    | {
        readonly kind: 'service';
        readonly service: EndpointService;
        /** Those of its endpoints whose details were read. */
        readonly endpoints: readonly Endpoint[];
        /** The project has it switched on. */
        readonly regionalizedMode: boolean;
      }
    | { readonly kind: 'federation'; readonly endpoints: readonly DataFederationEndpoint[] };
  readonly aws?: {
    /** A profile of the AWS configuration files; absent for the usual chain. */
    readonly profile?: string;
    /** The account's regions that were looked into. */
    readonly places: readonly AwsPlace[];
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
