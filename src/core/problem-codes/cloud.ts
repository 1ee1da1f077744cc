/** Codes for what can go wrong on the customer's side of a cloud. Stable once shipped. */
export const cloudProblemCodes = [
  /** A value cannot be right: parameters `field` (a CloudField) and `form` (an {@link InputForm}). */
  'CLOUD_INPUT_INVALID',
  /** Pasted output that tells no endpoint: parameters `field` and `fault` (an {@link OutputFault}). */
  'CLOUD_OUTPUT_UNREADABLE',
  /** Pasted output is of an endpoint to another service: parameters `field`, `expected`. */
  'CLOUD_OUTPUT_OTHER_SERVICE',
  /** Pasted output is of an endpoint that cannot be used: parameters `field`, `state`. */
  'CLOUD_OUTPUT_STATE',
  /** The endpoint that was pasted or entered as a new one is registered at Atlas already: parameter `field`. */
  'CLOUD_ENDPOINT_REGISTERED',
  /** The forwarding rules of an endpoint group are not known: nothing can be said about them in commands. */
  'CLOUD_RULES_UNKNOWN',

  /** No credentials in the profile or the usual chain: parameter `profile`. */
  'AWS_CREDENTIALS_NONE',
  /** A profile that cannot be resolved: parameter `profile`; evidence says why. */
  'AWS_PROFILE_UNUSABLE',
  /** The single sign-on session is over: parameters `profile`, `command`. */
  'AWS_SSO_SIGN_IN_NEEDED',
  /** The session token is over: parameter `profile`. */
  'AWS_TOKEN_EXPIRED',
  /** AWS does not know the key, or the signature is wrong. */
  'AWS_CREDENTIALS_REFUSED',
  /** AWS refused the code of the MFA device, or nobody entered one. */
  'AWS_MFA_REFUSED',
  /** A request was refused because of this machine's clock. */
  'AWS_CLOCK_SKEW',
  /** Parameters `permissions` (with commas) and `policy` (JSON, the smallest that would do). */
  'AWS_NOT_PERMITTED',
  /** The region is not switched on in the account: parameter `region`. */
  'AWS_REGION_DISABLED',
  /** A VPC, subnet, group or endpoint is not there: parameter `field`. */
  'AWS_NOT_FOUND',
  /** No such endpoint service in the region, or not for this account: parameter `region`. */
  'AWS_SERVICE_NAME_UNKNOWN',
  /** Two subnets in one availability zone. */
  'AWS_SUBNETS_IN_ONE_ZONE',
  /** The service is not in the availability zone of a subnet. */
  'AWS_ZONE_NOT_OFFERED',
  /** A quota of the account is used up: parameter `quota` is AWS's code. */
  'AWS_QUOTA_USED_UP',
  /** Another security group of this name is in the VPC: parameter `field`. */
  'AWS_GROUP_NAME_TAKEN',
  /** Something is still in use: parameter `field`. */
  'AWS_IN_USE',
  /** The client token was used for another request. */
  'AWS_TOKEN_REUSED',
  /** AWS says why in `detail`; `errorCode` is its own code. */
  'AWS_REFUSED',
  'AWS_RATE_LIMITED',
  /** What came back is not AWS's: cut off, or a proxy's page. */
  'AWS_REPLY_UNREADABLE',
  'AWS_SERVER_ERROR',
  /** Parameter `reason` is the system's code. */
  'AWS_UNREACHABLE',
  /** The proxy in the environment is not one that can be used: parameter `variable`. */
  'AWS_PROXY_UNUSABLE',
] as const;

export type CloudProblemCode = (typeof cloudProblemCodes)[number];

/** What a value should have looked like. Names a text in `src/messages/cloud-problems.ts`. */
export const inputForms = [
  'aws-region',
  'aws-service-name',
  'aws-vpc-id',
  'aws-subnet-id',
  'aws-subnets-some',
  'aws-subnets-one-per-zone',
  'aws-group-id',
  'aws-groups-some',
  'aws-group-name',
  'aws-sources-some',
  'aws-profile',
  'aws-tags-count',
  'aws-tag-key',
  'aws-tag-value',
  'aws-client-token',
  'aws-endpoint-id',
  'address-block',
  'azure-subscription-id',
  'azure-resource-group',
  'azure-location',
  'azure-name',
  'azure-private-endpoint-name',
  'azure-service-id',
  'azure-endpoint-id',
  'azure-tag',
  'unregistered-name',
  'private-address',
  'gcp-project-id',
  'gcp-name',
  'gcp-region',
  'gcp-group-name',
  'gcp-attachment',
  'gcp-attachments-one',
  'gcp-attachments-some',
  'gcp-addresses',
  'gcp-addresses-all',
  'gcp-addresses-one',
  'gcp-addresses-twice',
  'plain-text',
] as const;

export type InputForm = (typeof inputForms)[number];

/** Why pasted output could not be used. */
export const outputFaults = [
  'too-large',
  'not-json',
  'no-endpoint',
  'several-endpoints',
  'no-subnet',
  'no-address',
  'no-project',
  'token-spent',
] as const;

export type OutputFault = (typeof outputFaults)[number];
