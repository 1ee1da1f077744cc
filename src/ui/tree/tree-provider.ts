import * as vscode from 'vscode';
import type { Account } from '../../accounts/account';
import type { AtlasStore, StoreChange } from '../../store/atlas-store';
import type { ElementRef } from '../../store/element';
import type { Stop } from '../../core/emitter';
import type { Clock } from '../../core/clock';
import { childrenOf, createElementTable, isExpandable, pageOfRows, viewStateOf, type TreeState } from './children';
import type { TreeViewState } from '../context-keys';
import { refOf, type MoreElement, type TreeElement } from './elements';
import type { Look } from './look';

export const treeViewId = 'atlasPrivateEndpoints.tree';

/** The tree of accounts, projects, clusters and endpoints. */
export interface AtlasTree extends vscode.TreeDataProvider<TreeElement> {
  dispose(): void;
  getChildren(element?: TreeElement): Promise<TreeElement[]>;
  getTreeItem(element: TreeElement): vscode.TreeItem;
  getParent(element: TreeElement): TreeElement | undefined;
  /** How a row looks that {@link AtlasTree.getChildren} gave. */
  lookOf(element: TreeElement): Look;
  /** Asks Atlas again for one element; for all accounts when none is given. Resolves when the answers are there. */
  refresh(element?: TreeElement): Promise<void>;
  showMore(element: MoreElement): void;
  readonly filter: string;
  setFilter(text: string): void;
}

export interface TreePorts {
  readonly accounts: {
    list(): readonly Account[];
    readonly onDidChange: (listener: (change: { readonly removed: readonly Account[] }) => void) => Stop;
  };
  readonly store: AtlasStore;
  readonly clock: Clock;
  readonly onState: (state: TreeViewState) => void;
}

export function createAtlasTree(ports: TreePorts): AtlasTree {
  const changed = new vscode.EventEmitter<TreeElement | undefined>();
  const table = createElementTable();
  const shown = new Map<string, number>();
  let filter = '';

  const state: TreeState = {
    accounts: () => ports.accounts.list(),
    known: (accountId, ref) => ports.store.known(accountId, ref),
    get filter() {
      return filter;
    },
    shownBelow: (id) => shown.get(id) ?? pageOfRows,
  };

  // Many changes come in one go while a level loads: the editor is told once per turn and element.
  const waiting = new Set<TreeElement | undefined>();
  const changedSoon = (element: TreeElement | undefined): void => {
    waiting.add(element);
    if (waiting.size > 1) return;
    setImmediate(() => {
      const elements = [...waiting];
      waiting.clear();
      if (elements.includes(undefined)) changed.fire(undefined);
      else for (const one of elements) changed.fire(one);
    });
  };

  let viewState: TreeViewState | undefined;
  const updateViewState = (): void => {
    const now = viewStateOf(state);
    if (now === viewState) return;
    viewState = now;
    ports.onState(now);
    changedSoon(undefined);
  };

  const stops = [
    ports.store.onDidChange((change) => {
      if (change.ref.kind === 'directory') updateViewState();
      for (const element of elementsOf(change, (id) => table.get(id), ports.store)) changedSoon(element);
    }),
    ports.accounts.onDidChange(({ removed }) => {
      for (const { id } of removed) table.forget(id);
      updateViewState();
      changedSoon(undefined);
    }),
  ];

  // How rows look is loaded with the first of them.
  let looks: { readonly lookOf: (state: TreeState, element: TreeElement, now: number) => Look } | undefined;
  const lookOf = (element: TreeElement): Look => {
    if (looks === undefined) throw new Error('Rows come from getChildren, which was not asked yet.');
    return looks.lookOf(state, element, ports.clock.now());
  };

  updateViewState();
  return {
    onDidChangeTreeData: changed.event,
    getChildren: async (parent) => {
      looks ??= await import('./look');
      const ref = parent === undefined ? undefined : refOf(parent);
      if (parent !== undefined && ref !== undefined) {
        await ports.store.ensure(parent.accountId, ref);
        if (parent.kind === 'branch') {
          await ports.store.ensure(parent.accountId, { kind: 'project', projectId: parent.projectId });
        }
      }
      return [...childrenOf(state, table, parent)];
    },
    getParent: (element) => element.parent,
    lookOf,
    getTreeItem: (element) => toItem(element, lookOf(element)),
    refresh: async (element) => {
      await Promise.all(refreshes(ports, element));
    },
    showMore: ({ parent }) => {
      if (parent === undefined) return;
      shown.set(parent.id, (shown.get(parent.id) ?? pageOfRows) + pageOfRows);
      changed.fire(parent);
    },
    get filter() {
      return filter;
    },
    setFilter: (text) => {
      filter = text.trim();
      changed.fire(undefined);
    },
    dispose: () => {
      for (const stop of stops) stop();
      changed.dispose();
    },
  };
}

/** The rows that a change of the store shows in. */
function elementsOf(
  { accountId, ref }: StoreChange,
  element: (id: string) => TreeElement | undefined,
  store: AtlasStore,
): readonly TreeElement[] {
  const account = `account/${accountId}`;
  if (ref.kind === 'directory') return [element(account)].filter((one) => one !== undefined);
  const directory = store.known<'directory'>(accountId, { kind: 'directory' }).value;
  const organizationId = directory?.projects.find(({ id }) => id === ref.projectId)?.organizationId ?? '';
  const project = `${account}/organization/${organizationId}/project/${ref.projectId}`;
  const idsByKind: Readonly<Record<Exclude<ElementRef['kind'], 'directory'>, string>> = {
    project,
    archives: `${project}/federation`,
    service: ref.kind === 'service' ? `${project}/services/service/${ref.provider}/${ref.serviceId}` : '',
    serverless: ref.kind === 'serverless' ? `${project}/clusters/deployment/serverless/${ref.instanceName}` : '',
  };
  return [element(idsByKind[ref.kind])].filter((one) => one !== undefined);
}

function refreshes({ store, accounts }: TreePorts, element: TreeElement | undefined): Promise<void>[] {
  if (element === undefined) {
    // Everything that was opened before, each element once; an account that was never opened starts here.
    const opened = store.elements();
    const directories = accounts
      .list()
      .map(({ id: accountId }) => ({ accountId, ref: { kind: 'directory' } as const }));
    const rest = opened.filter(({ ref }) => ref.kind !== 'directory');
    return [...directories, ...rest].map(({ accountId, ref }) => store.refresh(accountId, ref));
  }
  const { accountId } = element;
  if (element.kind === 'retry') return [store.refresh(accountId, element.ref)];
  if (element.kind === 'deployment') {
    const contents = store.known<'project'>(accountId, { kind: 'project', projectId: element.projectId }).value;
    const lists = [contents?.clusters ?? [], contents?.flexClusters ?? [], contents?.serverlessInstances ?? []];
    const deployment = lists.flat().find(({ kind, name }) => kind === element.deploymentKind && name === element.name);
    const below = refOf(element);
    return [
      ...(deployment === undefined ? [] : [store.refreshDeployment(accountId, deployment)]),
      ...(below === undefined ? [] : [store.refresh(accountId, below)]),
    ];
  }
  if (element.kind === 'branch' && element.branch === 'federation') {
    return [
      store.refresh(accountId, { kind: 'project', projectId: element.projectId }),
      store.refresh(accountId, { kind: 'archives', projectId: element.projectId }),
    ];
  }
  const ref = refOf(element);
  if (ref !== undefined) return [store.refresh(accountId, ref)];
  return element.parent === undefined ? [] : refreshes({ store, accounts } as TreePorts, element.parent);
}

/** Rows that cost no further call are open. Online Archives cost one for each cluster: their branch is not. */
function isOpenAtFirst(element: TreeElement): boolean {
  return (
    element.kind === 'account' ||
    element.kind === 'organization' ||
    (element.kind === 'branch' && element.branch !== 'federation')
  );
}

function toItem(element: TreeElement, look: Look): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const state = isExpandable(element) ? (isOpenAtFirst(element) ? Expanded : Collapsed) : None;
  const item = new vscode.TreeItem(look.label, state);
  item.id = element.id;
  item.contextValue = look.tags;
  item.iconPath =
    look.color === undefined
      ? new vscode.ThemeIcon(look.icon)
      : new vscode.ThemeIcon(look.icon, new vscode.ThemeColor(look.color));
  if (look.description !== undefined) item.description = look.description;
  item.tooltip = new vscode.MarkdownString(look.tooltip);
  item.accessibilityInformation = { label: look.accessibleLabel };
  if (look.command !== undefined) {
    item.command = { command: look.command, title: look.label, arguments: [element] };
  }
  return item;
}
