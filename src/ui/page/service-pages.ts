import * as vscode from 'vscode';
import type { Bootstrap, PageRef, PageState, ToExtension, ToPage } from '../../../webview/protocol';
import { isSandbox } from '../../accounts/account';
import { problem, ProblemError } from '../../core/problem';
import { insertAtCursors } from '../editor/apply-insertion';
import type { Notify } from '../notify';
import { back, type Prompts } from '../prompts/prompts';
import { webAddressOf } from '../tree/web-address';
import { createPageController, type PageController } from './page-controller';
import { pageDocument } from './page-document';
import { pageFolder, type PageFiles } from './page-files';
import { createPagePanel, pageOptions } from './page-panel';
import type { PageEditor, PagePorts } from './page-ports';
import { pageKey, readRestorable } from './page-ref';
import { readMessage } from './read-message';

export interface ServicePagesPorts extends PagePorts {
  readonly extensionUri: vscode.Uri;
  readonly files: PageFiles;
  readonly notify: Notify;
  readonly prompts: Prompts;
  /** Tells whether any page is seen: what moves is asked again then. */
  readonly onVisible: (visible: boolean) => void;
}

/** A page in its panel. */
export interface OpenPage {
  readonly panel: vscode.WebviewPanel;
  readonly controller: PageController;
  /** The page's script has said that it listens. */
  readonly ready: Promise<void>;
}

/** The pages of a window: one for each thing they are about. */
export interface ServicePages {
  /** Shows the page about something, in a new panel or one that is given; one that is open already comes to the front. */
  open(ref: PageRef, given?: vscode.WebviewPanel): OpenPage;
  /** Takes over a panel that the editor has restored. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  pages(): readonly OpenPage[];
  /** The page in front, else the one that was shown last. */
  active(): OpenPage | undefined;
  dispose(): void;
}

export function createServicePages(ports: ServicePagesPorts): ServicePages {
  const pages = new Set<OpenPage>();
  let lastActive: OpenPage | undefined;

  function tellVisible(): void {
    ports.onVisible([...pages].some(({ panel }) => panel.visible));
  }

  function attach(panel: vscode.WebviewPanel, ref: PageRef): OpenPage {
    const { webview } = panel;
    const waiting: ToPage[] = [];
    let listens = false;
    let signalReady: () => void = () => undefined;
    const ready = new Promise<void>((resolve) => {
      signalReady = resolve;
    });
    // Nothing is posted before the page's script listens, and nothing while it is hidden: it gets the state then.
    const post = (message: ToPage): void => {
      if (listens) void webview.postMessage(message);
      else if (message.type !== 'state') waiting.push(message);
    };
    const editor: PageEditor = {
      show: (state) => {
        title(panel, state);
        post({ type: 'state', state });
      },
      progress: (running) => post({ type: 'progress', running }),
      announce: (text, urgent) => post({ type: 'announce', text, urgent }),
      focus: (target) => post({ type: 'focus', target }),
      close: () => {
        panel.dispose();
      },
      ...editorOf(ports),
    };
    const controller = createPageController(ports, editor, ref);
    const state = controller.state();
    title(panel, state);
    const media = vscode.Uri.joinPath(ports.extensionUri, 'media');
    // Beside a title the editor does not colour icons.
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'view-container.svg'),
      dark: vscode.Uri.joinPath(media, 'view-container-dark.svg'),
    };
    webview.options = pageOptions(ports.extensionUri);
    const page: OpenPage = { panel, controller, ready };
    pages.add(page);
    lastActive = page;
    const receive = (message: ToExtension): void => {
      if (message.type === 'ready') {
        listens = true;
        signalReady();
        for (const one of waiting.splice(0)) post(one);
      }
      void controller.receive(message);
    };
    const subscriptions = [
      webview.onDidReceiveMessage((data: unknown) => {
        const message = readMessage(data);
        if (message === undefined) ports.logger.warn('Set-up page: a message was not understood');
        else receive(message);
      }),
      panel.onDidChangeViewState(() => {
        // Hidden pages lose their document: it says that it listens when it is shown again.
        if (!panel.visible) listens = false;
        if (panel.active) lastActive = page;
        controller.setVisible(panel.visible);
        tellVisible();
      }),
    ];
    panel.onDidDispose(() => {
      for (const subscription of subscriptions) subscription.dispose();
      controller.dispose();
      pages.delete(page);
      if (lastActive === page) lastActive = [...pages].at(-1);
      tellVisible();
    });
    webview.html = documentOf(webview, ports, ref, state);
    tellVisible();
    void controller.load();
    return page;
  }

  return {
    pages: () => [...pages],
    active: () => lastActive,
    open: (ref, given) => {
      const shown = [...pages].find(({ controller }) => pageKey(controller.ref()) === pageKey(ref));
      if (shown !== undefined) {
        given?.dispose();
        shown.panel.reveal(undefined, false);
        // The editor tells it a moment later: a command that follows at once means this one.
        lastActive = shown;
        return shown;
      }
      return attach(given ?? createPagePanel(ports.extensionUri), ref);
    },
    restore: (panel, state) => {
      const restorable = readRestorable(state);
      if (restorable === undefined) panel.dispose();
      else attach(panel, restorable.page);
    },
    dispose: () => {
      for (const { panel } of [...pages]) panel.dispose();
    },
  };
}

function title(panel: vscode.WebviewPanel, { header }: PageState): void {
  if (panel.title !== header.title) panel.title = header.title;
}

function documentOf(
  webview: vscode.Webview,
  { extensionUri, files }: ServicePagesPorts,
  ref: PageRef,
  state: PageState,
): string {
  const contents = vscode.l10n.bundle;
  const bootstrap: Bootstrap = {
    restorable: { page: ref },
    state,
    ...(contents === undefined ? {} : { l10n: contents }),
  };
  return pageDocument({
    bootstrap,
    language: vscode.env.language,
    title: state.header.title,
    cspSource: webview.cspSource,
    files,
    folder: webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, pageFolder)).toString(),
  });
}

/** What pages ask of the editor besides showing. */
function editorOf({
  accounts,
  notify,
  prompts,
}: ServicePagesPorts): Omit<PageEditor, 'show' | 'progress' | 'announce' | 'focus' | 'close'> {
  return {
    refuse: (reason) => notify.message(reason),
    copy: async (text, what) => {
      await vscode.env.clipboard.writeText(text);
      notify.done(vscode.l10n.t('Copied: {0}', what));
    },
    openText: async (language, content) => {
      const document = await vscode.workspace.openTextDocument({ language, content });
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    },
    insert: async (text) => {
      // The page has the focus: the editor that the person means is one that is seen beside it.
      const target = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
      if (target === undefined) throw new ProblemError(problem('EDITOR_NONE', ''));
      // What knows the languages is a sixth of the code: a page is there without it.
      const { insertString } = await import('../../workspace/insert-string');
      await insertAtCursors(target, (place) => insertString(place, text));
    },
    run: async (command, ...args) => {
      await vscode.commands.executeCommand(command, ...args);
    },
    openInAtlas: async (ref) => {
      const account = accounts.get(ref.accountId);
      if (account === undefined || isSandbox(account)) return;
      const { accountId, projectId } = ref;
      const branch = ref.kind === 'federation' ? 'federation' : 'services';
      const address = webAddressOf(account.baseUrl, { kind: 'branch', id: '', accountId, projectId, branch });
      if (address !== undefined) await vscode.env.openExternal(vscode.Uri.parse(address));
    },
    askText: async ({ title: heading, prompt, value }) => {
      const answer = await prompts.input({ title: heading, prompt, value });
      return answer === back ? undefined : answer;
    },
    askChoice: async ({ title: heading, placeholder, choices }) => {
      const answer = await prompts.pick({ title: heading, placeholder, choices });
      return answer === back ? undefined : answer;
    },
    problem: (error) => notify.error(error, vscode.l10n.t('Set Up a Private Endpoint')),
  };
}
