import * as vscode from 'vscode';
import type { PageRef } from '../../../webview/protocol';
import { createDrafts } from './drafts';
import { readPageFiles } from './page-files';
import { createPagePanel, pageViewType } from './page-panel';
import type { OpenPage, ServicePages, ServicePagesPorts } from './service-pages';

/** The pages of a window before their code is loaded, which happens when it is needed. */
export interface RegisteredPages {
  readonly pages: () => Promise<ServicePages>;
  /**
   * Shows the page about something, as {@link ServicePages.open}. Rejects with a `CancellationError` when the person has
   * closed it before it was there.
   */
  readonly open: (ref: PageRef) => Promise<OpenPage>;
  dispose(): void;
}

/** The pages of this window, and the restorer of those that were open before a reload. */
export function registerServicePages(
  { extensionUri, globalState }: vscode.ExtensionContext,
  ports: Omit<ServicePagesPorts, 'extensionUri' | 'drafts' | 'files'>,
): RegisteredPages {
  let loading: Promise<ServicePages> | undefined;
  const drafts = createDrafts(globalState, ports.clock);
  const load = async (): Promise<ServicePages> => {
    try {
      // One after the other: the editor hears of a new panel before the code holds this thread up.
      const files = await readPageFiles(extensionUri.fsPath);
      const { createServicePages } = await import('./service-pages');
      return createServicePages({ ...ports, extensionUri, drafts, files });
    } catch (error) {
      loading = undefined;
      throw error;
    }
  };
  const pages = (): Promise<ServicePages> => (loading ??= load());
  const serializer = vscode.window.registerWebviewPanelSerializer(pageViewType, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      (await pages()).restore(panel, state);
    },
  });
  const stop = ports.accounts.onDidChange(({ removed }) => {
    for (const { id } of removed) drafts.forget(id);
  });
  return {
    pages,
    open: async (ref) => {
      if (loading !== undefined) return (await loading).open(ref);
      // The editor takes longer to start a webview than the code takes to load: both at once.
      const panel = createPagePanel(extensionUri);
      const closed = new AbortController();
      panel.onDidDispose(() => closed.abort(new vscode.CancellationError()));
      try {
        const loaded = await pages();
        closed.signal.throwIfAborted();
        return loaded.open(ref, panel);
      } catch (error) {
        panel.dispose();
        throw error;
      }
    },
    dispose: () => {
      stop();
      serializer.dispose();
      void loading?.then((loaded) => loaded.dispose());
    },
  };
}
