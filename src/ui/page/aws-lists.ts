import type { Problem } from '../../core/problem';
import { textIn, type Draft } from '../../setup/draft';
import type { AwsView, Loadable } from './model';

/** What of the AWS account there is to choose from. */
export type AwsList = 'vpcs' | 'subnets' | 'groups';

type Lists = Pick<AwsView, AwsList>;

/**
 * True where a list of the account is not there, and its ids are entered as text: no credentials are chosen, they do not
 * work, a permission is missing, or there is nothing in it. While it is being read it is waited for.
 */
export function isEntered(list: AwsList, draft: Draft, aws: (Lists & Pick<AwsView, 'identity'>) | undefined): boolean {
  if (textIn(draft, 'profile') === '') return true;
  if (aws?.identity === undefined) return false;
  if (aws.identity.value === undefined) return !aws.identity.loading;
  // Without a VPC nothing is read of it: where that is entered, so is what is in it, until the account tells it.
  const waits = list === 'vpcs' || !isEntered('vpcs', draft, aws);
  const { value, loading }: Loadable<readonly unknown[]> = aws[list] ?? { loading: true };
  if (value === undefined) return !(loading && waits);
  return value.length === 0;
}

/** What of the account a draft's choices are made from. */
function neededLists(draft: Draft): readonly AwsList[] {
  return ['vpcs', 'subnets', ...(securityGroupMode(draft) === 'existing' ? (['groups'] as const) : [])];
}

/** Those of them that are entered. */
export function enteredLists(draft: Draft, aws: AwsView | undefined): readonly AwsList[] {
  return neededLists(draft).filter((list) => isEntered(list, draft, aws));
}

/** Why one of them could not be read; undefined while nothing went wrong. */
export function listProblem(draft: Draft, aws: AwsView | undefined): Problem | undefined {
  const read = [aws?.identity, ...neededLists(draft).map((list) => aws?.[list])];
  return read.find((one) => one?.problem !== undefined)?.problem;
}

/** Whether a group is made for the endpoint, or those that are there are used. */
export function securityGroupMode(draft: Draft): 'existing' | 'new' {
  return textIn(draft, 'securityGroupMode') === 'existing' ? 'existing' : 'new';
}
