import * as vscode from 'vscode';
import type { CommandServices } from './command-services';

/** Says what was done and offers to test the string. */
export function offerTest(services: CommandServices, text: string, connectionString: string): void {
  services.notify.message(text, {
    title: vscode.l10n.t('Test Connection'),
    run: () => vscode.commands.executeCommand('atlasPrivateEndpoints.testConnection', connectionString),
  });
}
