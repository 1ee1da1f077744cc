import * as vscode from 'vscode';
import { createDrafts } from './drafts';
import { readPageFiles } from './page-files';
import type { ServicePages, ServicePagesPorts } from './service-pages';

/** The pages of this window, and the restorer of those that were open before a reload. Loads their code when needed. */
export function registerServicePages(
  { extensionUri, globalState }: vscode.ExtensionContext,
  ports: Omit<ServicePagesPorts, 'extensionUri' | 'drafts' | 'files'>,
): { readonly pages: () => Promise<ServicePages>; dispose(): void } {
  let loading: Promise<ServicePages> | undefined;
  const drafts = createDrafts(globalState, ports.clock);
  const open = async (): Promise<ServicePages> => {
    // On their way while the code is loaded.
    const reading = readPageFiles(extensionUri.fsPath);
    const [{ createServicePages }, files] = await Promise.all([import('./service-pages'), reading]);
    return createServicePages({ ...ports, extensionUri, drafts, files });
  };
  const pages = (): Promise<ServicePages> => (loading ??= open());
  const serializer = vscode.window.registerWebviewPanelSerializer('atlasPrivateEndpoints.page', {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      (await pages()).restore(panel, state);
    },
  });
  const stop = ports.accounts.onDidChange(({ removed }) => {
    for (const { id } of removed) drafts.forget(id);
  });
  return {
    pages,
    dispose: () => {
      stop();
      serializer.dispose();
      void loading?.then((loaded) => loaded.dispose());
    },
  };
}
