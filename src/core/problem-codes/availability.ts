/** Codes for what stands in the way of an endpoint before anything is created. Stable once shipped. */
export const availabilityProblemCodes = [
  /** Parts of the project that could not be read: parameter `parts`. */
  'CHECK_UNREAD',
  /** The account's role does not allow it: parameter `roles`, what it has. */
  'CHECK_ROLE',
  /** Clusters whose tier has no private endpoints: parameters `names`, `tiers`; `all` when there are no others. */
  'CHECK_TIER',
  /** Serverless instances have endpoints of their own: parameter `names`. */
  'CHECK_SERVERLESS',
  /** A serverless instance on a provider without endpoints for it: parameter `provider`. */
  'CHECK_SERVERLESS_PROVIDER',
  /** Data Federation and Online Archive have no endpoint service in the region: parameter `regions`, where they have. */
  'CHECK_FEDERATION_REGION',
  /** The project has neither a federated database instance nor a cluster that could have an archive. */
  'CHECK_FEDERATION_EMPTY',
  /** Federated database instances on another provider than the endpoint: parameters `names`, `provider`. */
  'CHECK_FEDERATION_PROVIDER',
  /** Paused clusters with nodes in the region, and it has no endpoint yet: parameter `names`. */
  'CHECK_PAUSED',
  /** No cluster has nodes in the region: parameter `regions`, where there are some. */
  'CHECK_REGION_EMPTY',
  /** Regions of multi-region clusters that have no endpoint: parameters `names`, `regions`. */
  'CHECK_REGIONS_UNCOVERED',
  /** A second endpoint in the region, while other regions have one: parameter `regions`. */
  'CHECK_SECOND_IN_REGION',
  /** A first endpoint in the region, while another region has several: parameters `regions`. */
  'CHECK_SEVERAL_ELSEWHERE',
  /** Every endpoint serves its own region: regionalized mode is on. */
  'CHECK_REGIONALIZED',
  /** Parameters `count`, `limit`, `region`. */
  'CHECK_TARGETS_EXCEEDED',
  /** Parameters `count`, `limit`, `region`. */
  'CHECK_TARGETS_NEARLY',
  /** There is a service for the provider and region: parameter `count`, its endpoints. */
  'CHECK_SERVICE_EXISTS',
  /** The service of the region is being deleted. */
  'CHECK_SERVICE_DELETING',
  /** The service of the region has failed: parameter `message`. */
  'CHECK_SERVICE_FAILED',
  /** All subnets are in one availability zone: parameter `zone`. */
  'CHECK_ONE_ZONE',
  /** Regionalized mode cannot be enabled because of replica sets: parameter `names`. */
  'CHECK_REPLICA_SETS',
  /** Regionalized mode cannot be disabled because of endpoints: parameter `regions`. */
  'CHECK_SEVERAL_ENDPOINTS',
  /** Connection strings change with regionalized mode: parameter `names`. */
  'CHECK_STRINGS_CHANGE',
] as const;

export type AvailabilityProblemCode = (typeof availabilityProblemCodes)[number];
