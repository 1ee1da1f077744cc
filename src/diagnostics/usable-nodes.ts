import type { HopResult } from './events';
import { factOf } from './facts';

/** What a string says of the nodes that it is to be used with. */
export interface WantedNodes {
  /** Any node that was named, whatever it is (`directConnection=true`). */
  readonly direct: boolean;
  /** Secondaries are good for reading (`readPreference`). */
  readonly secondaries: boolean;
}

/** `option` gives the value of an option of the string. */
export function wantedNodes(option: (name: 'directConnection' | 'readPreference') => string | undefined): WantedNodes {
  return {
    direct: option('directConnection') === 'true',
    secondaries: (option('readPreference') ?? 'primary') !== 'primary',
  };
}

/** Whether the driver can sign in at a node of this role (server selection specification); a role as hello's fact has it. */
export function isUsable(role: string | undefined, { direct, secondaries }: WantedNodes): boolean {
  if (role === undefined) return false;
  return direct || (secondaries && role === 'secondary') || /^(primary|mongos|balanced|standalone)$/.test(role);
}

/**
 * Whether a node names a primary of which nothing bad is known: the driver goes on to it from any member of the set, also
 * where the string does not name it.
 */
export function leadsToPrimary(hops: readonly HopResult[]): boolean {
  return hops.some((result) => {
    const primary = factOf(result, 'primary')?.toLowerCase();
    if (result.hop !== 'hello' || result.outcome !== 'passed' || primary === undefined) return false;
    return !hops.some(
      ({ outcome, subject, facts }) =>
        outcome === 'failed' && (factOf({ facts }, 'node') === primary || subject === primary.replace(/:\d+$/, '')),
    );
  });
}
