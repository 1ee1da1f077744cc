import type { Provider } from './provider';

/**
 * What a person chooses about the endpoint on their own side of the cloud. The same choices make the commands to run
 * elsewhere (`src/cloud`) and, on AWS, the requests that are sent from here.
 */
export type EndpointChoices = AwsEndpointChoices | AzureEndpointChoices | GcpEndpointChoices;

/** An interface endpoint in a VPC (AWS operation `CreateVpcEndpoint`). */
export interface AwsEndpointChoices {
  readonly provider: 'AWS';
  /** Where the endpoint is created, AWS's spelling: `us-east-1`. */
  readonly region: string;
  /** `com.amazonaws.vpce.<region>.vpce-svc-…`, from Atlas. */
  readonly serviceName: string;
  /** AWS's spelling; only when the service is in another region than the endpoint. */
  readonly serviceRegion?: string;
  readonly vpcId: string;
  /** One subnet per availability zone; two or more zones withstand the outage of one (seed: High Availability). */
  readonly subnets: readonly AwsSubnetChoice[];
  readonly securityGroup: SecurityGroupChoice;
  readonly tags: Readonly<Record<string, string>>;
  /** Makes creation repeatable: at most 64 ASCII characters, the same for the same wish, another after a removal. */
  readonly clientToken: string;
  /** What it is wanted for: stays when another client token is taken because of what became of an earlier attempt. */
  readonly purpose: string;
  /** A profile of the AWS configuration files; absent for the usual chain. */
  readonly profile?: string;
}

export interface AwsSubnetChoice {
  readonly id: string;
  /** Availability zone, `us-east-1a`. */
  readonly zone: string;
}

/** Security group of the interface endpoint: groups that exist, or one to be made with the rule that the seed asks for. */
export type SecurityGroupChoice =
  | { readonly kind: 'existing'; readonly ids: readonly string[] }
  | {
      readonly kind: 'new';
      readonly name: string;
      /** Who may connect, inbound on TCP 1024–65535: at least one of them. */
      readonly sources: AwsRuleSources;
    };

/** Peers of a security group rule. */
export interface AwsRuleSources {
  /** IPv4 or IPv6 blocks, `10.0.0.0/16`. */
  readonly cidrs: readonly string[];
  /** Security groups of the clients, `sg-…`. */
  readonly groupIds: readonly string[];
}

/** A private endpoint in a virtual network. */
export interface AzureEndpointChoices {
  readonly provider: 'AZURE';
  readonly subscriptionId: string;
  /** Of the private endpoint. */
  readonly resourceGroup: string;
  /** Of the virtual network, when it is in another group. */
  readonly networkResourceGroup?: string;
  /** Azure's spelling, `eastus2`: the region of the virtual network. */
  readonly location: string;
  readonly vnet: string;
  readonly subnet: string;
  /** `/subscriptions/…/privateLinkServices/pls_…`, from Atlas. */
  readonly privateLinkServiceResourceId: string;
  readonly endpointName: string;
  readonly connectionName: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Resource ids of the endpoints that Atlas knows: what has the name of one of them would change that one. */
  readonly registeredIds: readonly string[];
}

/** Private Service Connect: forwarding rules with an address each, one for all nodes (port-mapped) or one per node. */
export interface GcpEndpointChoices {
  readonly provider: 'GCP';
  /** Google Cloud project id that holds the rules. */
  readonly projectId: string;
  /** Project of a shared VPC's network, when that is another one. */
  readonly networkProjectId?: string;
  readonly network: string;
  readonly subnet: string;
  /** Google Cloud's spelling, `us-central1`. */
  readonly region: string;
  /** `projects/…/serviceAttachments/sa-…`, from Atlas and in Atlas's order; exactly one in the port-mapped form. */
  readonly serviceAttachments: readonly string[];
  readonly portMapped: boolean;
  /** Endpoint group at Atlas, and the beginning of every name. */
  readonly groupName: string;
  /** Clients in other regions of the network may use it. */
  readonly globalAccess: boolean;
  /** Endpoint groups that Atlas knows: their names are taken. */
  readonly registeredIds: readonly string[];
}

/**
 * Fields that a complaint can stand beside: parameter `field` of a problem. They are the fields of the choices and of
 * the registration at Atlas.
 */
export const cloudFields = [
  'profile',
  'mfaCode',
  'region',
  'serviceName',
  'serviceRegion',
  'vpcId',
  'subnets',
  'securityGroup',
  'tags',
  'clientToken',
  'subscriptionId',
  'resourceGroup',
  'location',
  'vnet',
  'subnet',
  'privateLinkServiceResourceId',
  'endpointName',
  'connectionName',
  'projectId',
  'network',
  'serviceAttachments',
  'groupName',
  'endpointId',
  'ipAddress',
  'gcpProjectId',
  'endpointGroupName',
  'addresses',
  'output',
] as const;

export type CloudField = (typeof cloudFields)[number];

/** An endpoint that is on the customer's side already, as far as removing it needs to know. */
export interface CloudEndpointRef {
  readonly provider: Provider;
  /** `vpce-…`, Azure resource id, or Google Cloud endpoint group. */
  readonly endpointId: string;
  /** The cloud's spelling. */
  readonly region: string;
  /**
   * Google Cloud: names of the forwarding rules, which are those of their addresses too. Absent for the port-mapped form,
   * whose only one has the name of the group; empty when they are not known.
   */
  readonly ruleNames?: readonly string[];
  /** Google Cloud. */
  readonly projectId?: string;
  /** AWS. */
  readonly profile?: string;
  /** AWS: name of the security group that was made for it, which tells where the endpoint is gone. */
  readonly groupName?: string;
  /** AWS: its tags name Terraform. */
  readonly byTerraform?: boolean;
}
