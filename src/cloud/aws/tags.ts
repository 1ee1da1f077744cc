import type { AwsEndpointChoices } from '../../core/cloud-choices';

/**
 * Marks what this product made in an AWS account, so that a repeated attempt finds it again and nothing else is ever
 * deleted. On an endpoint the value is the client token of the attempt.
 */
export const ownTag = 'atlas-private-endpoints';

/** The person's tags and ours, by key. */
export function allTags(
  choices: Pick<AwsEndpointChoices, 'tags' | 'clientToken'>,
): readonly (readonly [string, string])[] {
  return Object.entries({ ...choices.tags, [ownTag]: choices.clientToken });
}

/** Description of a security group that is made for an endpoint. */
export const securityGroupDescription = 'Clients of a MongoDB Atlas private endpoint';
