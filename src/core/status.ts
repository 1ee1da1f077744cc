import type { Provider } from './provider';

/**
 * What a status means for the person: usable, on its way by itself, in need of somebody, broken, going, or a word that
 * Atlas has invented since.
 */
export type StatusKind = 'available' | 'moving' | 'waiting' | 'failed' | 'leaving' | 'unknown';

/** Names a text in `src/messages/status-text.ts`. */
export type StatusExplanation =
  | 'service-creating'
  | 'service-available'
  | 'service-waiting'
  | 'service-failed'
  | 'service-deleting'
  | 'endpoint-not-configured'
  | 'endpoint-pending-acceptance'
  | 'endpoint-pending'
  | 'endpoint-initiating'
  | 'endpoint-verified'
  | 'endpoint-available'
  | 'endpoint-rejected'
  | 'endpoint-failed'
  | 'endpoint-deleting'
  | 'endpoint-deleted'
  | 'serverless-reserving'
  | 'serverless-reserved'
  | 'federation-pending'
  | 'unknown';

/** A status with its meaning. */
export interface StatusMeaning {
  /** The API's value as it came. */
  readonly value: string;
  /** Atlas's own word for it (seed: "Check the status of your AWS PrivateLink connections"), before translation. */
  readonly word: string;
  readonly kind: StatusKind;
  /** Changes without anybody doing anything, so it is worth asking again. */
  readonly moves: boolean;
  readonly explanation: StatusExplanation;
}

type Row = readonly [word: string, kind: StatusKind, moves: boolean, explanation: StatusExplanation];
type Table = Readonly<Record<string, Row>>;

/** Field `status` of `EndpointService`; words of the seed's table "Atlas Endpoint Service Status". */
const services: Table = {
  INITIATING: ['Creating private link', 'moving', true, 'service-creating'],
  AVAILABLE: ['Available', 'available', false, 'service-available'],
  WAITING_FOR_USER: ['Available', 'waiting', false, 'service-waiting'],
  FAILED: ['Failed', 'failed', false, 'service-failed'],
  DELETING: ['Deleting', 'leaving', true, 'service-deleting'],
};

/** Field `connectionStatus` (AWS) or `status`; words of the seed's table "Endpoint Status". */
const endpoints: Readonly<Record<Provider, Table>> = {
  AWS: {
    NONE: ['Not configured', 'waiting', false, 'endpoint-not-configured'],
    PENDING_ACCEPTANCE: ['Pending acceptance', 'moving', true, 'endpoint-pending-acceptance'],
    PENDING: ['Pending', 'moving', true, 'endpoint-pending'],
    // Right after registration, before Atlas has looked.
    INITIATING: ['Pending', 'moving', true, 'endpoint-initiating'],
    AVAILABLE: ['Available', 'available', false, 'endpoint-available'],
    REJECTED: ['Failed', 'failed', false, 'endpoint-rejected'],
    FAILED: ['Failed', 'failed', false, 'endpoint-failed'],
    DELETING: ['Deleting', 'leaving', true, 'endpoint-deleting'],
  },
  AZURE: {
    INITIATING: ['Pending', 'moving', true, 'endpoint-initiating'],
    AVAILABLE: ['Available', 'available', false, 'endpoint-available'],
    FAILED: ['Failed', 'failed', false, 'endpoint-failed'],
    DELETING: ['Deleting', 'leaving', true, 'endpoint-deleting'],
  },
  GCP: {
    INITIATING: ['Pending', 'moving', true, 'endpoint-initiating'],
    VERIFIED: ['Verified', 'moving', true, 'endpoint-verified'],
    AVAILABLE: ['Available', 'available', false, 'endpoint-available'],
    FAILED: ['Failed', 'failed', false, 'endpoint-failed'],
    DELETING: ['Deleting', 'leaving', true, 'endpoint-deleting'],
    DELETED: ['Deleted', 'leaving', false, 'endpoint-deleted'],
  },
};

/** Field `status` of `ServerlessTenantEndpoint`. */
const serverless: Table = {
  RESERVATION_REQUESTED: ['Creating private link', 'moving', true, 'serverless-reserving'],
  RESERVED: ['Not configured', 'waiting', false, 'serverless-reserved'],
  INITIATING: ['Pending', 'moving', true, 'endpoint-initiating'],
  AVAILABLE: ['Available', 'available', false, 'endpoint-available'],
  FAILED: ['Failed', 'failed', false, 'endpoint-failed'],
  DELETING: ['Deleting', 'leaving', true, 'endpoint-deleting'],
};

/** Field `status` of `PrivateNetworkEndpointIdEntry`. */
const dataFederation: Table = {
  PENDING: ['Pending', 'moving', true, 'federation-pending'],
  OK: ['Available', 'available', false, 'endpoint-available'],
  FAILED: ['Failed', 'failed', false, 'endpoint-failed'],
  DELETING: ['Deleting', 'leaving', true, 'endpoint-deleting'],
};

/** Meaning of a private endpoint service's status. */
export function serviceStatus(status: string): StatusMeaning {
  return lookUp(services, status);
}

/** Meaning of an endpoint's status at a provider. */
export function endpointStatus(provider: Provider, status: string): StatusMeaning {
  return lookUp(endpoints[provider], status);
}

/** Meaning of the status of a serverless instance's endpoint. */
export function serverlessEndpointStatus(status: string): StatusMeaning {
  return lookUp(serverless, status);
}

/** Meaning of the status of an endpoint for Data Federation and Online Archive. */
export function dataFederationEndpointStatus(status: string): StatusMeaning {
  return lookUp(dataFederation, status);
}

/** All values that are known, for tests and legends. */
export const knownStatuses = {
  service: Object.keys(services),
  endpoint: {
    AWS: Object.keys(endpoints.AWS),
    AZURE: Object.keys(endpoints.AZURE),
    GCP: Object.keys(endpoints.GCP),
  },
  serverless: Object.keys(serverless),
  dataFederation: Object.keys(dataFederation),
} as const;

/** A value that is not in the table keeps its own word; whether it moves nobody knows, so nothing is asked for it. */
function lookUp(table: Table, value: string): StatusMeaning {
  const row = Object.hasOwn(table, value) ? table[value] : undefined;
  if (row === undefined) return { value, word: value, kind: 'unknown', moves: false, explanation: 'unknown' };
  const [word, kind, moves, explanation] = row;
  return { value, word, kind, moves, explanation };
}
