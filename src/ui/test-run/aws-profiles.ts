import { isSandbox, type Account } from '../../accounts/account';

/** The AWS profile that was chosen for an account of Atlas in this window. Nothing in AWS is asked before. */
export interface AwsProfiles {
  /** Empty for the usual chain of credentials; undefined as long as nothing was chosen. */
  of(account: Account): string | undefined;
  choose(account: Account, profile: string): void;
}

export function createAwsProfiles(): AwsProfiles {
  const chosen = new Map<string, string>();
  return {
    // The sandbox has one AWS account, and it is its own.
    of: (account) => (isSandbox(account) ? '' : chosen.get(account.id)),
    choose: (account, profile) => void chosen.set(account.id, profile),
  };
}
