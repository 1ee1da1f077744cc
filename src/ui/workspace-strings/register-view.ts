import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import type { AtlasStore } from '../../store/atlas-store';
import { setContextKey } from '../context-keys';
import type { StringChecks } from '../editor/string-checks';
import { nextTurn } from '../next-turn';
import { createStretches } from '../stretches';
import type { TestResults } from '../test-run/test-results';
import type { StringFile, StringFiles } from './string-files';
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
  /** What was found so far in the workspace folder of a file; nothing is looked for. */
  found(near: vscode.Uri): readonly string[];
}

/** Milliseconds in which changes are gathered before the view is drawn anew. */
const gatherMs = 250;
/** The same while files are looked through: each time the editor asks for every row anew. */
const scanGatherMs = 1000;
/** Milliseconds that rows are made at a stretch. */
const stretchMs = 4;

interface Content {
  readonly files: StringFiles;
  readonly tree: StringTree;
  /** Undefined when it was aborted. */
  readonly problems: (signal: AbortSignal) => Promise<number | undefined>;
}

/**
 * The view *Strings in Workspace* with its badge. Its code is loaded and files are looked through when it is first seen
 * or somebody asks for {@link StringsView.files}, never because the window opened.
 */
export function registerStringsView(ports: StringsViewPorts): StringsView {
  const changed = new vscode.EventEmitter<void>();
  const lifetime: { dispose(): unknown }[] = [changed];
  let loading: Promise<Content> | undefined;
  let loaded: Content | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let counting = new AbortController();
  const stretches = createStretches(stretchMs);

  const load = (): Promise<Content> => (loading ??= open());

  async function open(): Promise<Content> {
    // Loading code holds everybody up: one part at a turn.
    const { createStringFiles } = await import('./string-files');
    await nextTurn();
    const checks = await ports.checks();
    await nextTurn();
    const { createStringTree, createWorkspaceFindings, countProblems } = await import('./string-tree');
    await nextTurn();
    const files = createStringFiles({ onSecret: ports.onSecret });
    const findings = createWorkspaceFindings(checks);
    const treePorts = { ...ports, files, findings };
    const content: Content = {
      files,
      tree: createStringTree(treePorts),
      problems: (signal) => countProblems(treePorts, signal),
    };
    const gather = (): void => {
      gathering ??= setTimeout(
        () => {
          gathering = undefined;
          draw(content);
        },
        files.state().scan === 'scanning' ? scanGatherMs : gatherMs,
      );
    };
    const judgeAnew = (): void => {
      findings.forget();
      gather();
    };
    const stops = [ports.store.onDidChange(judgeAnew), ports.testResults.onDidChange(gather)];
    lifetime.push(files, files.onDidChange(gather), checks.onDidChange(judgeAnew), {
      dispose: () => stops.map((stop) => stop()),
    });
    loaded = content;
    files.start();
    draw(content);
    void vscode.window.withProgress({ location: { viewId: stringsViewId } }, () => files.scanned());
    return content;
  }

  const view = vscode.window.createTreeView<StringElement>(stringsViewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (element) => [...(await load()).tree.children(element)],
      getTreeItem: async (element) => {
        const { tree } = await load();
        // The editor asks for all rows at once.
        while (stretches.isTired()) await stretches.rest();
        return tree.item(element);
      },
      resolveTreeItem: async (item, element) => (await load()).tree.describe(item, element),
      getParent: (element) => (element.kind === 'file' ? undefined : { kind: 'file', uri: element.uri }),
    },
    showCollapseAll: true,
  });

  function draw({ files, problems }: Content): void {
    const { scan, limited } = files.state();
    setContextKey('atlasPrivateEndpoints.stringsScan', scan);
    counting.abort();
    counting = new AbortController();
    void problems(counting.signal).then((count) => {
      if (count !== undefined) view.badge = badgeOf(count);
    });
    view.message = limited ? vscode.l10n.t('The workspace is large: not every file was looked into.') : '';
    changed.fire();
  }

  return {
    files: async () => (await load()).files,
    found: (near) => foundIn(loaded?.files.all() ?? [], near),
    dispose: () => {
      clearTimeout(gathering);
      counting.abort();
      view.dispose();
      for (const one of lifetime) one.dispose();
    },
  };
}

/** Strings beyond this number say nothing more of which clusters a folder uses. */
const mostFound = 30;

function foundIn(files: readonly StringFile[], near: vscode.Uri): readonly string[] {
  const folder = vscode.workspace.getWorkspaceFolder(near)?.uri.toString();
  if (folder === undefined) return [];
  const found: string[] = [];
  for (const { uri, strings } of files) {
    if (!uri.toString().startsWith(`${folder}/`)) continue;
    found.push(...strings.map(({ found: one }) => one.value));
    if (found.length >= mostFound) break;
  }
  return found;
}

function badgeOf(problems: number): vscode.ViewBadge | undefined {
  if (problems === 0) return undefined;
  const tooltip =
    problems === 1
      ? vscode.l10n.t('1 connection string with problems')
      : vscode.l10n.t('{0} connection strings with problems', problems);
  return { value: problems, tooltip };
}
