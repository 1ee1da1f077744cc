import type { Provider } from '../../core/provider';
import type { Motion } from '../../store/poller';

export type StatusSubject = 'service' | 'endpoint' | 'serverless-endpoint' | 'federation-endpoint' | 'deployment';

/** How a status shows: icon, colour, and always a word. */
export interface StatusLook {
  readonly icon: string;
  readonly color?: string;
  readonly word: string;
  readonly explanation?: string;
  /** In element tags, for menus. */
  readonly tag: string;
  /** Nothing worth a word in the row. */
  readonly quiet: boolean;
}

export function statusLook(_subject: StatusSubject, _provider: Provider | undefined, status: string): StatusLook {
  return { icon: 'circle-outline', word: status, tag: status, quiet: status === 'IDLE' };
}

export const motion: Motion = {
  service: () => false,
  endpoint: () => false,
  serverlessEndpoint: () => false,
  federationEndpoint: () => false,
  deployment: () => false,
};
