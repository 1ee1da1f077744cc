import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import type { AtlasStore } from '../../store/atlas-store';
import { setContextKey } from '../context-keys';
import type { StringChecks } from '../editor/string-checks';
import type { TestResults } from '../test-run/test-results';
import type { StringFiles } from './string-files';
import type { StringElement, StringTree } from './string-tree';

export const stringsViewId = 'atlasPrivateEndpoints.strings';

export interface StringsViewPorts {
  /** Loads what finds faults with strings. */
  readonly checks: () => Promise<StringChecks>;
  readonly store: AtlasStore;
  readonly testResults: TestResults;
  readonly clock: Pick<Clock, 'now'>;
  /** Tells the redactor the passwords that stand in files. */
  readonly onSecret: (secret: string) => void;
}

export interface StringsView {
  dispose(): void;
  /** The connection strings of the workspace; files are looked through from now on. */
  files(): Promise<StringFiles>;
}

/** Milliseconds in which changes are gathered before the view is drawn anew. */
const gatherMs = 250;

interface Content {
  readonly files: StringFiles;
  readonly tree: StringTree;
  readonly problems: () => number;
}

/**
 * The view *Strings in Workspace* with its badge. Its code is loaded and files are looked through when it is first seen
 * or somebody asks for {@link StringsView.files}, never because the window opened.
 */
export function registerStringsView(ports: StringsViewPorts): StringsView {
  const changed = new vscode.EventEmitter<void>();
  const lifetime: { dispose(): unknown }[] = [changed];
  let loading: Promise<Content> | undefined;
  let gathering: NodeJS.Timeout | undefined;

  const load = (): Promise<Content> => (loading ??= open());

  async function open(): Promise<Content> {
    const [{ createStringFiles }, { createStringTree, countProblems }, checks] = await Promise.all([
      import('./string-files'),
      import('./string-tree'),
      ports.checks(),
    ]);
    const files = createStringFiles({ onSecret: ports.onSecret });
    const treePorts = { ...ports, files, checks };
    const content: Content = { files, tree: createStringTree(treePorts), problems: () => countProblems(treePorts) };
    const gather = (): void => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        draw(content);
      }, gatherMs);
    };
    const stops = [ports.store.onDidChange(gather), ports.testResults.onDidChange(gather)];
    lifetime.push(files, files.onDidChange(gather), checks.onDidChange(gather), {
      dispose: () => stops.map((stop) => stop()),
    });
    files.start();
    draw(content);
    void vscode.window.withProgress({ location: { viewId: stringsViewId } }, () => files.scanned());
    return content;
  }

  const view = vscode.window.createTreeView<StringElement>(stringsViewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (element) => [...(await load()).tree.children(element)],
      getTreeItem: async (element) => (await load()).tree.item(element),
      getParent: (element) => (element.kind === 'file' ? undefined : { kind: 'file', uri: element.uri }),
    },
    showCollapseAll: true,
  });

  function draw({ files, problems }: Content): void {
    const { scan, limited } = files.state();
    setContextKey('atlasPrivateEndpoints.stringsScan', scan);
    view.badge = badgeOf(problems());
    view.message = limited ? vscode.l10n.t('The workspace is large: not every file was looked into.') : '';
    changed.fire();
  }

  return {
    files: async () => (await load()).files,
    dispose: () => {
      clearTimeout(gathering);
      view.dispose();
      for (const one of lifetime) one.dispose();
    },
  };
}

function badgeOf(problems: number): vscode.ViewBadge | undefined {
  if (problems === 0) return undefined;
  const tooltip =
    problems === 1
      ? vscode.l10n.t('1 connection string with problems')
      : vscode.l10n.t('{0} connection strings with problems', problems);
  return { value: problems, tooltip };
}
