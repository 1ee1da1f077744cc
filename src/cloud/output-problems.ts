import type { CloudField } from '../core/cloud-choices';
import type { Problem } from '../core/problem';
import { problem } from '../core/problem';
import type { OutputFault } from '../core/problem-codes/cloud';

/** Pasted output that does not tell what it should. */
export function unreadable(fault: OutputFault, subject = ''): Problem {
  return problem('CLOUD_OUTPUT_UNREADABLE', subject, { field: 'output', fault });
}

/** Nothing was found: because there is no JSON at all, or none with an endpoint in it. */
export function nothingIn(documents: readonly unknown[]): Problem {
  return unreadable(documents.length === 0 ? 'not-json' : 'no-endpoint');
}

/** An endpoint that leads to something else than Atlas's service. */
export function otherService(endpoint: string, expected: string): Problem {
  return problem('CLOUD_OUTPUT_OTHER_SERVICE', endpoint, { field: 'output', expected });
}

/** An endpoint that has come to its end. */
export function unusableState(endpoint: string, state: string): Problem {
  return problem('CLOUD_OUTPUT_STATE', endpoint, { field: 'output', state });
}

/** An endpoint that Atlas knew before: not the one that is set up. */
export function registeredBefore(endpoint: string, field: CloudField = 'output'): Problem {
  return problem('CLOUD_ENDPOINT_REGISTERED', endpoint, { field });
}
