import { unregisteredEndpoints, unspentToken } from '../../setup/aws-endpoint';
import { listIn, textIn, type Draft } from '../../setup/draft';
import { awsWishOf, type CloudTarget } from './cloud-target';
import type { AwsView } from './model';

/** How many a draft keeps: more endpoints of one service are not removed and wanted again within a day. */
const keptTokens = 20;

/**
 * Client tokens that AWS would answer with an endpoint that has had its time, or refuse: those that the draft knows of,
 * and those of endpoints in the account that are over.
 */
export function spentTokens(
  target: CloudTarget,
  draft: Draft,
  aws: Pick<AwsView, 'found'> | undefined,
): ReadonlySet<string> {
  const { over } = unregisteredEndpoints(aws?.found?.value ?? [], awsWishOf(target));
  return new Set([...listIn(draft, 'spentTokens'), ...over.flatMap(({ tags }) => Object.values(tags))]);
}

/** The client token of what is wanted now: the one that the commands have, and that is tried first from here. */
export function clientTokenFor(target: CloudTarget, draft: Draft, aws: Pick<AwsView, 'found'> | undefined): string {
  return unspentToken(awsWishOf(target), textIn(draft, 'vpc'), spentTokens(target, draft, aws));
}

/** What is wanted now, whatever became of what was made for it before: its client token while none is spent. */
export function purposeOf(target: CloudTarget, draft: Draft): string {
  return unspentToken(awsWishOf(target), textIn(draft, 'vpc'), new Set());
}

/** A draft that knows of one more that has led to an endpoint: what is wanted next is another one. */
export function withSpentToken(draft: Draft, token: string): Draft {
  return { ...draft, spentTokens: [...new Set([...listIn(draft, 'spentTokens'), token])].slice(-keptTokens) };
}
