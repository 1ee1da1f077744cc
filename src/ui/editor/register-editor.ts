import * as vscode from 'vscode';
import { isSandbox } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { RecentChoices } from '../prompts/recent-choices';
import { isCodeLensOn } from '../settings';
import type { StringChecks } from './string-checks';
import type { HoverPorts } from './string-hover';
import { endsScheme } from './wants-string';

export interface EditorServices extends HoverPorts {
  /** Loads what finds faults with strings. */
  readonly checks: () => Promise<StringChecks>;
  readonly accounts: Pick<AccountStore, 'get' | 'list'>;
  readonly recent: RecentChoices;
  readonly sandbox: { readonly handedOver: boolean };
  /** Connection strings that were found in the workspace already, in the folder of a file. */
  readonly foundStrings: (near: vscode.Uri) => readonly string[];
}

/** Everything that holds text; what is not watched is sorted out when it is asked for. */
const anyDocument: vscode.DocumentSelector = { scheme: '*' };

/** Typing one of these asks for completions: within literals the editor does not ask by itself. */
const completionTriggers = [':', '/', '+', '"', "'", '`', '=', ' '] as const;

/** Milliseconds in which changes of what is known are gathered before lenses are drawn anew. */
const gatherMs = 500;

/** Milliseconds after which the problems of what is open are looked for: the editor's own start comes first. */
const startMs = 500;

/**
 * Milliseconds after which the list is not opened any more: it takes the focus, and whoever typed on may have opened
 * something else meanwhile.
 */
const suggestWithinMs = 150;

/**
 * Completion, lenses, hovers, problems and their quick fixes. What they are made with is loaded when one is first asked
 * for; problems, when an editor is open.
 */
export function registerEditorFeatures(services: EditorServices): vscode.Disposable {
  const { store, testResults } = services;
  const lensesChanged = new vscode.EventEmitter<void>();
  let gathering: NodeJS.Timeout | undefined;
  const gather = (): void => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      lensesChanged.fire();
    }, gatherMs);
  };
  const stops = [store.onDidChange(gather), testResults.onDidChange(gather)];
  const warmUp = createWarmUp(services);
  let showing: Promise<vscode.Disposable> | undefined;
  const showProblems = async (): Promise<vscode.Disposable> => {
    const [{ showStringDiagnostics }, checks] = await Promise.all([import('./string-diagnostics'), services.checks()]);
    return showStringDiagnostics({ store, checks, warmUp });
  };
  const showIfNeeded = (): void => {
    if (vscode.window.visibleTextEditors.length > 0) showing ??= showProblems();
  };
  const starting = setTimeout(showIfNeeded, startMs);
  return vscode.Disposable.from(
    lensesChanged,
    vscode.languages.registerCompletionItemProvider(
      anyDocument,
      {
        provideCompletionItems: async (document, position, _token, { triggerKind }) => {
          const { completeString } = await import('./completion');
          const isContinued = triggerKind === vscode.CompletionTriggerKind.TriggerForIncompleteCompletions;
          return completeString({ ...services, warmUp }, document, position, isContinued);
        },
        resolveCompletionItem: async (item) => (await import('./completion')).describeItem(item),
      },
      ...completionTriggers,
    ),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
      const [change, other] = contentChanges;
      const { activeTextEditor: editor } = vscode.window;
      if (change?.text !== 'b' || other !== undefined || reason !== undefined) return;
      if (editor?.document !== document) return;
      const position = change.range.start.translate(0, 1);
      if (!endsScheme(document.lineAt(position.line).text, position.character)) return;
      const { version } = document;
      const typed = performance.now();
      void import('./completion').then(({ completeString }) => {
        if (document.version !== version || performance.now() - typed > suggestWithinMs) return;
        // Asked for without a string to offer, the editor would say so.
        if (completeString({ ...services, warmUp }, document, position) === undefined) return;
        void vscode.commands.executeCommand('editor.action.triggerSuggest');
      });
    }),
    vscode.languages.registerCodeLensProvider(anyDocument, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: async (document) => {
        if (!isCodeLensOn(document)) return [];
        const { lensesOf } = await import('./string-lenses');
        const lenses = lensesOf(services, document);
        if (lenses.length > 0) warmUp();
        return [...lenses];
      },
    }),
    vscode.languages.registerHoverProvider(anyDocument, {
      provideHover: async (document, position) => {
        const { hoverOver } = await import('./string-hover');
        return await hoverOver(services, document, position);
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      anyDocument,
      {
        provideCodeActions: async (document, range, context) => {
          const [{ stringActions }, checks] = await Promise.all([import('./string-actions'), services.checks()]);
          return [...stringActions(checks, document, range, context)];
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.window.onDidChangeVisibleTextEditors(showIfNeeded),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('atlasPrivateEndpoints')) gather();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(gather),
    {
      dispose: () => {
        clearTimeout(gathering);
        clearTimeout(starting);
        void showing?.then((problems) => {
          problems.dispose();
        });
        for (const stop of stops) stop();
      },
    },
  );
}

/** Projects of an account that are read without anybody having opened them. */
const mostProjects = 10;

/**
 * Has the projects read that strings are likely to be of: once for each account and window, the one that was chosen
 * last first. Asks nobody who is not signed in already, and waits for nothing.
 */
function createWarmUp({ accounts, store, recent, sandbox }: EditorServices): () => void {
  const warm = new Set<string>();
  const read = async (accountId: string): Promise<void> => {
    await store.ensure(accountId, { kind: 'directory' });
    const projects = store.known<'directory'>(accountId, { kind: 'directory' }).value?.projects ?? [];
    const last = recent.last(`project of ${accountId}`);
    const ids = [...new Set([...(last === undefined ? [] : [last]), ...projects.map(({ id }) => id)])];
    await Promise.all(
      ids.slice(0, mostProjects).map((projectId) => store.ensure(accountId, { kind: 'project', projectId })),
    );
  };
  return () => {
    const known = new Set(store.elements().map(({ accountId }) => accountId));
    for (const account of accounts.list()) {
      const { id } = account;
      // A file that is opened shall not start a process.
      const isAsleep = isSandbox(account) && !sandbox.handedOver && !known.has(id);
      if (warm.has(id) || isAsleep) continue;
      warm.add(id);
      void read(id);
    }
  };
}
