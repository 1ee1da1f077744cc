import * as vscode from 'vscode';
import { pageFolder } from './page-files';

export const pageViewType = 'atlasPrivateEndpoints.page';

/** What a page's document may do, in a panel that is new or that the editor has restored. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, pageFolder)],
  };
}

/** Makes the panel of a page, for which the editor starts a webview as soon as it has heard of it. */
export function createPagePanel(extensionUri: vscode.Uri): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(pageViewType, vscode.l10n.t('Private Endpoints'), vscode.ViewColumn.Active, {
    ...pageOptions(extensionUri),
    enableFindWidget: true,
  });
}
