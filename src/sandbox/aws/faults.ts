import type { World } from '../world/world';

/**
 * Failures of the sandbox's AWS account that can be switched while it runs, each with what it does. Their subject is an
 * action (`CreateVpcEndpoint` or `ec2:CreateVpcEndpoint`), a region, an id that the request names, or `*`.
 */
export const awsFaults = {
  'aws-throttled': 'Too many requests: RequestLimitExceeded, from STS Throttling.',
  'aws-denied': 'No policy allows the action: UnauthorizedOperation, from STS AccessDenied.',
  'aws-region-closed': 'The region is not enabled for the account: AuthFailure, from STS InvalidClientTokenId.',
  'aws-500': 'An internal error: 500 InternalError.',
  'aws-503': 'The service is unavailable: 503 Unavailable.',
  'aws-expired-token': 'The session token has expired: RequestExpired, from STS ExpiredToken.',
  'aws-clock-skew': 'The clock of AWS is ten minutes ahead: RequestExpired, from STS SignatureDoesNotMatch.',
  'aws-endpoint-limit': 'The VPC has as many interface endpoints as its quota allows: VpcEndpointLimitExceeded.',
  'aws-subnet-full': 'The subnet has no free address: InsufficientFreeAddressesInSubnet; subject: the subnet.',
  'aws-zone-unsupported': 'The endpoint service is not in the zone: InvalidParameter; subject: the zone.',
  'aws-answer-lost': 'The action is carried out and the connection is reset before the answer.',
  'aws-truncated': 'The answer ends in the middle.',
  'aws-html': 'A proxy answers with an HTML page.',
  'aws-slow': 'Answers take three seconds.',
  'aws-silent': 'Requests are taken and never answered.',
} as const satisfies Record<string, string>;

export type AwsFault = keyof typeof awsFaults;

/** Whether `fault` is switched on for any of the subjects, or for everything. */
export function awsFaultOn(world: World, fault: AwsFault, ...subjects: readonly string[]): boolean {
  return world.faults.isOn(fault) || subjects.some((subject) => world.faults.isOn(fault, subject));
}
