import * as vscode from 'vscode';
import { isIgnoredBy } from './git-ignore';

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
 * True when git would not take a file: by git itself where it answers, else by the `.gitignore` file of the workspace
 * folder. Undefined outside of repositories.
 */
export async function isIgnored(file: vscode.Uri): Promise<boolean | undefined> {
  const repository = await repositoryOf(file);
  if (repository?.checkIgnore !== undefined) {
    try {
      return (await repository.checkIgnore([file.fsPath])).size > 0;
    } catch {
      // Git did not answer: the file itself does.
    }
  }
  const folder = vscode.workspace.getWorkspaceFolder(file);
  if (folder === undefined) return undefined;
  const gitignore = await textOf(vscode.Uri.joinPath(folder.uri, '.gitignore'));
  if (gitignore === undefined && !(await isThere(vscode.Uri.joinPath(folder.uri, '.git')))) return undefined;
  return isIgnoredBy(gitignore ?? '', file.path.slice(folder.uri.path.length + 1));
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
