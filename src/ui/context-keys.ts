import * as vscode from 'vscode';

/** Every context key that `package.json` uses in a when-clause, and what it may hold. */
export interface ContextKeys {
  /** Which welcome view an empty tree shows. */
  readonly 'atlasPrivateEndpoints.state': TreeViewState;
  /** A filter limits the tree. */
  readonly 'atlasPrivateEndpoints.filtered': boolean;
  /** A sandbox account is there. */
  readonly 'atlasPrivateEndpoints.sandbox': boolean;
  /** A connection was tested in this window. */
  readonly 'atlasPrivateEndpoints.tested': boolean;
  /** How far the look through the workspace for connection strings has come. */
  readonly 'atlasPrivateEndpoints.stringsScan': 'not-started' | 'scanning' | 'done';
}

export type TreeViewState = 'noAccount' | 'ready' | 'noProjects' | 'offline';

export const contextKeyNames: readonly (keyof ContextKeys)[] = [
  'atlasPrivateEndpoints.state',
  'atlasPrivateEndpoints.filtered',
  'atlasPrivateEndpoints.sandbox',
  'atlasPrivateEndpoints.tested',
  'atlasPrivateEndpoints.stringsScan',
];

/** The one place that sets context keys. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
