import { problemOf } from '../../core/problem';
import type { Ask, SendOptions } from './ask';

/** Questions of a diagnosis: what the credentials may not see is left out and remembered. */
export interface Looking {
  readonly look: <T>(action: string, missing: T, request: (options: SendOptions) => Promise<T>) => Promise<T>;
  /** The permissions that were missing so far, each once: `ec2:DescribeSubnets`. */
  readonly notPermitted: () => readonly string[];
}

export function createLook(ask: Ask, subject: string, signal: AbortSignal | undefined): Looking {
  const missed = new Set<string>();
  return {
    look: async (action, missing, request) => {
      try {
        return await ask({ task: 'diagnose', action: `ec2:${action}`, subject }, signal, request);
      } catch (error) {
        const reason = problemOf(error);
        if (reason?.code !== 'AWS_NOT_PERMITTED') throw error;
        missed.add(reason.parameters.permissions ?? `ec2:${action}`);
        return missing;
      }
    },
    notPermitted: () => [...missed].sort(),
  };
}
