import * as vscode from 'vscode';
import { isIgnoredBy, type IgnoreFile } from './git-ignore';

/** What is used of the interface of VS Code's own extension `vscode.git`; any of it may be missing in a fork. */
interface GitRepository {
  checkIgnore?(paths: string[]): Promise<ReadonlySet<string>>;
}
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

async function repositoryOf(file: vscode.Uri): Promise<GitRepository | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined || file.scheme !== 'file') return undefined;
  try {
    const git = await extension.activate();
    return git.enabled ? (git.getAPI(1).getRepository(file) ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * True when git would not take a file, or the notebook of a cell: by git itself where it answers, else by the
 * `.gitignore` files from its folder up to the root of the repository, which may be above the workspace. Undefined
 * outside of repositories.
 */
export async function isIgnored(file: vscode.Uri): Promise<boolean | undefined> {
  const whole = notebookOf(file);
  const repository = await repositoryOf(whole);
  if (repository?.checkIgnore !== undefined) {
    try {
      return (await repository.checkIgnore([whole.fsPath])).size > 0;
    } catch {
      // Git did not answer: the files themselves do.
    }
  }
  return await isIgnoredByFiles(whole);
}

/** The notebook that a cell belongs to; other files stay. */
export function notebookOf(file: vscode.Uri): vscode.Uri {
  if (file.scheme !== 'vscode-notebook-cell') return file;
  const key = file.toString();
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some(({ document }) => document.uri.toString() === key),
  );
  return notebook?.uri ?? file.with({ scheme: 'file', fragment: '' });
}

/**
 * The `.gitignore` file that a line about a file belongs into: the nearest that there is, from its folder up to the root
 * of the repository that has it, else one in that root. Outside of repositories the workspace folder is the root.
 */
export async function ignoreFileFor(file: vscode.Uri, workspaceFolder: vscode.Uri): Promise<vscode.Uri> {
  let nearest: vscode.Uri | undefined;
  let nearestInWorkspace: vscode.Uri | undefined;
  for (
    let folder = parentOf(file), below = file;
    folder.path !== below.path;
    below = folder, folder = parentOf(folder)
  ) {
    const gitignore = vscode.Uri.joinPath(folder, '.gitignore');
    if (await isThere(gitignore)) {
      nearest ??= gitignore;
      if (vscode.workspace.getWorkspaceFolder(folder) !== undefined) nearestInWorkspace ??= gitignore;
    }
    if (await isThere(vscode.Uri.joinPath(folder, '.git'))) return nearest ?? gitignore;
  }
  return nearestInWorkspace ?? vscode.Uri.joinPath(workspaceFolder, '.gitignore');
}

async function isIgnoredByFiles(file: vscode.Uri): Promise<boolean | undefined> {
  const found: (IgnoreFile & { readonly isInWorkspace: boolean })[] = [];
  for (
    let folder = parentOf(file), below = file;
    folder.path !== below.path;
    below = folder, folder = parentOf(folder)
  ) {
    const gitignore = await textOf(vscode.Uri.joinPath(folder, '.gitignore'));
    if (gitignore !== undefined) {
      const path = file.path.slice(folder.path.replace(/\/$/, '').length + 1);
      found.push({ gitignore, path, isInWorkspace: vscode.workspace.getWorkspaceFolder(folder) !== undefined });
    }
    if (await isThere(vscode.Uri.joinPath(folder, '.git'))) return isIgnoredBy(found);
  }
  // A folder that is not under version control yet, but will be.
  const own = found.filter(({ isInWorkspace }) => isInWorkspace);
  return own.length === 0 ? undefined : isIgnoredBy(own);
}

function parentOf(file: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(file, '..');
}

async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}

async function isThere(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
