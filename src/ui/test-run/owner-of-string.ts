import type { Account } from '../../accounts/account';
import type { NetworkRoute } from '../../core/network';
import { routeFromSettings } from '../settings';
import type { AccountOfStringPorts } from './account-of-string';

export { accountOfString } from './account-of-string';

export interface OwnerPorts extends AccountOfStringPorts {
  /** How the network of an account's endpoints is reached, when the account itself says: the sandbox does. */
  readonly routeOf: (account: Account) => Promise<NetworkRoute | undefined>;
}

/** The route to the hosts of a string: its account's own, else the one of the settings. Throws `SETTING_INVALID`. */
export async function routeOfString({ routeOf }: OwnerPorts, account: Account | undefined): Promise<NetworkRoute> {
  const own = account === undefined ? undefined : await routeOf(account);
  return own ?? routeFromSettings();
}
