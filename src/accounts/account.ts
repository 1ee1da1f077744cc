import { originOfBaseUrl } from '../core/base-url';

/** How an account signs in to Atlas. */
export type AccountKind = 'service-account' | 'api-key' | 'sandbox';

/** An account as it is remembered: no secret in it. */
export interface Account {
  /** Stable; also the id of the editor's authentication session. */
  readonly id: string;
  readonly label: string;
  readonly kind: AccountKind;
  /** Where its Admin API is; for the sandbox only known while it runs, and empty here. */
  readonly baseUrl: string;
  /** The Atlas CLI profile that it was imported from. */
  readonly cliProfile?: string;
}

/** What signs an account in. Kept in the editor's secret storage and in memory, nowhere else. */
export type AccountCredentials =
  | { readonly kind: 'service-account'; readonly clientId: string; readonly clientSecret: string }
  | { readonly kind: 'api-key'; readonly publicKey: string; readonly privateKey: string };

/** The part of credentials that may be shown: which key or client it is. */
export function publicPartOf(credentials: AccountCredentials): string {
  return credentials.kind === 'service-account' ? credentials.clientId : credentials.publicKey;
}

/** The part that may not. */
export function secretPartOf(credentials: AccountCredentials): string {
  return credentials.kind === 'service-account' ? credentials.clientSecret : credentials.privateKey;
}

/** The one sandbox account of a window. */
export const sandboxAccountId = 'sandbox';

export function isSandbox(account: Account): boolean {
  return account.kind === 'sandbox';
}

/** Atlas installations that can be chosen by name; a third may be set by `atlasPrivateEndpoints.atlas.baseUrl`. */
export const atlasBaseUrls = {
  commercial: 'https://cloud.mongodb.com',
  government: 'https://cloud.mongodbgov.com',
} as const;

/** True for an account at MongoDB Atlas for Government. */
export function isGovernment({ baseUrl }: Account): boolean {
  return originOfBaseUrl(baseUrl)?.origin === atlasBaseUrls.government;
}
