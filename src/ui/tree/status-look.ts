import { t } from '@vscode/l10n';
import type { Provider } from '../../core/provider';
import {
  dataFederationEndpointStatus,
  endpointStatus,
  serverlessEndpointStatus,
  serviceStatus,
  type StatusKind,
  type StatusMeaning,
} from '../../core/status';
import { describeStatus } from '../../messages/status-text';
import type { Motion } from '../../store/poller';

export type StatusSubject = 'service' | 'endpoint' | 'serverless-endpoint' | 'federation-endpoint' | 'deployment';

/** How a status shows: icon, colour, and always a word. */
export interface StatusLook {
  /** A codicon. */
  readonly icon: string;
  /** A theme color id. */
  readonly color?: string;
  readonly word: string;
  readonly explanation?: string;
  /** What to do next. */
  readonly nextAction?: string;
  /** In element tags, for menus. */
  readonly tag: string;
  /** Nothing worth a word in the row. */
  readonly quiet: boolean;
}

/** Icon and color of each kind: never the color alone. */
const kinds: Readonly<Record<StatusKind, { readonly icon: string; readonly color: string }>> = {
  available: { icon: 'pass-filled', color: 'testing.iconPassed' },
  moving: { icon: 'sync', color: 'charts.blue' },
  waiting: { icon: 'circle-outline', color: 'charts.yellow' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  leaving: { icon: 'trash', color: 'disabledForeground' },
  unknown: { icon: 'question', color: 'charts.orange' },
};

/** The look of a status as Atlas spells it; one that Atlas invents later shows as it came. */
export function statusLook(subject: StatusSubject, provider: Provider | undefined, status: string): StatusLook {
  if (subject === 'deployment') return deploymentLook(status);
  const meaning = meaningOf(subject, provider ?? 'AWS', status);
  const { word, explanation, nextAction } = describeStatus(meaning);
  const { icon, color } = kinds[meaning.kind];
  return {
    // Somebody has to accept the request: a bell, not a circle that turns by itself.
    icon: status === 'PENDING_ACCEPTANCE' ? 'bell-dot' : icon,
    color,
    word,
    explanation,
    ...(nextAction === undefined ? {} : { nextAction }),
    tag: meaning.kind,
    quiet: false,
  };
}

function meaningOf(subject: Exclude<StatusSubject, 'deployment'>, provider: Provider, status: string): StatusMeaning {
  switch (subject) {
    case 'service':
      return serviceStatus(status);
    case 'endpoint':
      return endpointStatus(provider, status);
    case 'serverless-endpoint':
      return serverlessEndpointStatus(status);
    case 'federation-endpoint':
      return dataFederationEndpointStatus(status);
  }
}

/** States of a deployment (description, schema of `getGroupCluster`, field `stateName`) that end by themselves. */
const movingStates: ReadonlySet<string> = new Set(['CREATING', 'UPDATING', 'REPAIRING', 'DELETING']);

function deploymentLook(state: string): StatusLook {
  const tag = state.toLowerCase();
  switch (state) {
    case 'IDLE':
      return { icon: 'database', word: t('Ready'), tag, quiet: true };
    case 'PAUSED':
      return { icon: 'debug-pause', color: 'charts.yellow', word: t('Paused'), tag, quiet: false };
    case 'CREATING':
      return { ...kinds.moving, word: t('Creating'), tag, quiet: false };
    case 'UPDATING':
      return { ...kinds.moving, word: t('Updating'), tag, quiet: false };
    case 'REPAIRING':
      return { ...kinds.moving, word: t('Repairing'), tag, quiet: false };
    case 'DELETING':
      return { ...kinds.leaving, word: t('Deleting'), tag, quiet: false };
    default:
      return { ...kinds.unknown, word: state, tag, quiet: false };
  }
}

/** What a poller follows: by the tables of statuses. */
export const motion: Motion = {
  service: (status) => serviceStatus(status).moves,
  endpoint: (provider, status) => endpointStatus(provider, status).moves,
  serverlessEndpoint: (status) => serverlessEndpointStatus(status).moves,
  federationEndpoint: (status) => dataFederationEndpointStatus(status).moves,
  deployment: (state) => movingStates.has(state),
};
