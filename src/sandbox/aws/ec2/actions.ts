import type { AwsAction } from '../action';
import { networkActions } from './network-actions';
import { securityGroupActions } from './security-group-actions';
import { tagActions } from './tags';
import { vpcAttributeActions } from './vpc-attributes';
import { vpcEndpointActions } from './vpc-endpoint-actions';

/** What the sandbox's EC2 can do. */
export const ec2Actions: readonly AwsAction[] = [
  ...networkActions,
  ...vpcAttributeActions,
  ...securityGroupActions,
  ...vpcEndpointActions,
  ...tagActions,
];
