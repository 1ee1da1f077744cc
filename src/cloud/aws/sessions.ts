import type { AwsCredentials } from './credentials';

/** Credentials of one profile, for all regions of its account; in memory only, and only until they expire. */
export interface AwsSession {
  /**
   * What was resolved before, until shortly before it expires; else what `resolve` gives, which is asked once however
   * many regions want it at that moment. Neither a failure is kept nor what never expires: keys are read anew.
   */
  credentials(resolve: () => Promise<AwsCredentials>): Promise<AwsCredentials>;
  /** The next call resolves anew. */
  forget(): void;
}

/** Sessions by the account at Atlas in whose name they are used, and the profile. */
export interface AwsSessions {
  of(accountId: string, profile: string): AwsSession;
  /** Those of an account that is signed out. */
  forget(accountId: string): void;
}

/** As long before their end credentials are renewed, as the AWS SDK does it: what they sign takes its time. Milliseconds. */
const margin = 5 * 60_000;

/** A session that has nothing yet; `now` in milliseconds since 1970. */
export function createAwsSession(now: () => number = Date.now): AwsSession {
  let kept: AwsCredentials | undefined;
  let pending: Promise<AwsCredentials> | undefined;
  return {
    credentials: async (resolve) => {
      if (kept?.expiration !== undefined && kept.expiration.getTime() - now() > margin) return kept;
      if (pending !== undefined) return await pending;
      const resolving = resolve();
      pending = resolving;
      try {
        const resolved = await resolving;
        // It may have been forgotten meanwhile.
        if (pending === resolving && resolved.expiration !== undefined) kept = resolved;
        return resolved;
      } finally {
        if (pending === resolving) pending = undefined;
      }
    },
    forget: () => {
      kept = undefined;
      pending = undefined;
    },
  };
}

export function createAwsSessions(): AwsSessions {
  const byAccount = new Map<string, Map<string, AwsSession>>();
  return {
    of: (accountId, profile) => {
      const sessions = byAccount.get(accountId) ?? new Map<string, AwsSession>();
      byAccount.set(accountId, sessions);
      const session = sessions.get(profile) ?? createAwsSession();
      sessions.set(profile, session);
      return session;
    },
    forget: (accountId) => {
      for (const session of byAccount.get(accountId)?.values() ?? []) session.forget();
      byAccount.delete(accountId);
    },
  };
}
