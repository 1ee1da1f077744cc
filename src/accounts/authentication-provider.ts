import * as vscode from 'vscode';
import type { Account } from './account';
import type { AccountStore } from './account-store';

export const authenticationProviderId = 'mongodb-atlas';

/** What every session is for. Not none: the menu goes on asking for a session without scopes when there is one. */
const scopes = ['atlas-administration-api'];

/**
 * Shows the accounts in the editor's Accounts menu. A session's token is a reference that only this extension can
 * use: no key, secret or bearer token leaves it.
 */
export function registerAuthenticationProvider(
  accounts: AccountStore,
  signIn: () => Promise<Account | undefined>,
  signOut: (accountId: string) => Promise<void>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const stop = accounts.onDidChange(({ added, removed, changed: renewed }) => {
    changed.fire({
      added: added.map(sessionOf),
      removed: removed.map(sessionOf),
      changed: renewed.map(sessionOf),
    });
  });
  const registration = vscode.authentication.registerAuthenticationProvider(
    authenticationProviderId,
    'MongoDB Atlas',
    {
      onDidChangeSessions: changed.event,
      getSessions: (_scopes, options) => {
        const wanted = options.account?.id;
        const sessions = accounts.list().map(sessionOf);
        return Promise.resolve(sessions.filter(({ account }) => wanted === undefined || account.id === wanted));
      },
      createSession: async () => {
        const account = await signIn();
        if (account === undefined) throw new vscode.CancellationError();
        return sessionOf(account);
      },
      removeSession: signOut,
    },
    { supportsMultipleAccounts: true },
  );
  return vscode.Disposable.from(registration, changed, { dispose: stop });
}

/**
 * Has the Accounts menu offer to sign in while a view is looked at and there is no account: the editor lists no
 * provider of which nobody asked for a session. Asks the person nothing.
 */
export function offerSignInInMenu(
  accounts: Pick<AccountStore, 'list' | 'onDidChange'>,
  view: Pick<vscode.TreeView<unknown>, 'visible' | 'onDidChangeVisibility'>,
): vscode.Disposable {
  const offer = (): void => {
    if (!view.visible || accounts.list().length > 0) return;
    vscode.authentication.getSession(authenticationProviderId, scopes).then(undefined, () => undefined);
  };
  const watch = view.onDidChangeVisibility(offer);
  const stop = accounts.onDidChange(offer);
  offer();
  return vscode.Disposable.from(watch, { dispose: stop });
}

function sessionOf({ id, label }: Account): vscode.AuthenticationSession {
  return { id, accessToken: `atlas-account:${id}`, account: { id, label }, scopes };
}
