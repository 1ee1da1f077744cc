import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandFamilies } from './commands/command-table';
import { registerCommands, runCommand } from './commands/run-command';
import { offerSignInInMenu, registerAuthenticationProvider } from './accounts/authentication-provider';
import { createServices, type Services } from './services';

/** What other extensions and the tests may use. */
export interface ExtensionApi {
  /** The tree as the view shows it. */
  readonly tree: Services['tree'];
  readonly accounts: Pick<Services['accounts'], 'list' | 'onDidChange'>;
  /** Only while the extension's own tests run. */
  readonly testing?: Services;
}

const accountCommands = () => import('./commands/accounts');

let ending: (() => Promise<void>) | undefined;

/** Registers everything and waits for nothing: no network, no file. */
export function activate(context: vscode.ExtensionContext): ExtensionApi | undefined {
  try {
    if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
    const services = createServices(context);
    ending = services.end;
    const { commands } = services;
    context.subscriptions.push(
      services,
      registerCommands(commandFamilies, commands),
      registerAuthenticationProvider(
        services.accounts,
        () =>
          runCommand('signIn', commands, async () => (await accountCommands()).signIn(commands)) as ReturnType<
            Awaited<ReturnType<typeof accountCommands>>['signIn']
          >,
        async (accountId) => (await accountCommands()).signOut(commands, accountId),
      ),
      offerSignInInMenu(services.accounts, services.view),
    );
    return {
      tree: services.tree,
      accounts: services.accounts,
      ...(context.extensionMode === vscode.ExtensionMode.Test ? { testing: services } : {}),
    };
  } catch (error) {
    // The editor only logs a failed activation: without this the view stays empty and nobody knows why.
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('Private Endpoints could not start: {0}', reason));
    throw error;
  }
}

/** Writes what is not stored yet. */
export async function deactivate(): Promise<void> {
  await ending?.();
}
