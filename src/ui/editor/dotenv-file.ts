import * as vscode from 'vscode';
import { passwordPlaceholder } from '../../connection-string/credentials';
import { percentEncode } from '../../connection-string/render';
import { problem, ProblemError } from '../../core/problem';
import { dotenvEntries, variableEdit } from '../../workspace/dotenv';
import { applyEdits, type TextEdit } from '../../workspace/place';
import { back, type Prompts } from '../prompts/prompts';
import { dotenvFile } from '../settings';
import { nameOf, rangeOf } from './apply-insertion';
import { ignoreFileFor, isIgnored, notebookOf } from './git-files';
import { ignoreEdit } from './git-ignore';

/**
 * The dotenv file that a document's program reads: the nearest one above it, else the one of its workspace folder,
 * which need not exist yet.
 */
export async function dotenvFileFor(document: vscode.Uri, folder: vscode.WorkspaceFolder): Promise<vscode.Uri> {
  const program = notebookOf(document);
  const name = dotenvFile(folder.uri);
  const depth = program.path.slice(folder.uri.path.length).split('/').length - 2;
  for (let level = 1; level <= depth; level += 1) {
    const candidate = vscode.Uri.joinPath(program, ...Array.from({ length: level }, () => '..'), name);
    if (await isThere(candidate)) return candidate;
  }
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Variables of a dotenv file that hold a connection string now. */
export async function stringVariables(file: vscode.Uri): Promise<readonly string[]> {
  const text = await textOf(file);
  return dotenvEntries(text)
    .filter(({ value }) => /^mongodb(?:\+srv)?:\/\//.test(value))
    .map(({ name }) => name);
}

/** False when the file has the variable with another value and the person wants to keep that. */
export async function mayReplace(prompts: Prompts, file: vscode.Uri, name: string, value: string): Promise<boolean> {
  const text = await textOf(file);
  const existing = dotenvEntries(text).findLast((entry) => entry.name === name);
  if (existing === undefined || existing.value === '' || existing.value === value) return true;
  return await prompts.confirm({
    message: vscode.l10n.t('{0} already has {1}. Replace its value?', nameOf(file), name),
    action: vscode.l10n.t('Replace'),
  });
}

/**
 * Sets a variable in a dotenv file, which is created when it is missing. A file with changes that are not saved yet
 * stays unsaved: they are the person's own. Throws `EDITOR_READ_ONLY`.
 */
export async function setInDotenv(file: vscode.Uri, name: string, value: string): Promise<void> {
  await changeFile(file, (text) => variableEdit(text, name, value));
}

/**
 * Changes a file on the disk, not a document that may be older than it; editors follow. Only where somebody has changes
 * that are not saved, their document is what is changed.
 */
async function changeFile(file: vscode.Uri, editOf: (text: string) => TextEdit): Promise<void> {
  const before = await textOf(file);
  const dirty = dirtyDocument(file);
  if (dirty === undefined) {
    try {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(applyEdits(before, [editOf(before)])));
      return;
    } catch (error) {
      throw readOnly(file, error);
    }
  }
  const { span, newText } = editOf(before);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(file, rangeOf(dirty, span), newText);
  if (!(await vscode.workspace.applyEdit(edit))) throw readOnly(file);
}

/** What a file holds, with the changes that are not saved yet; empty when there is none. */
async function textOf(file: vscode.Uri): Promise<string> {
  const dirty = dirtyDocument(file);
  if (dirty !== undefined) return dirty.getText();
  if (!(await isThere(file))) return '';
  // A byte order mark is kept. What is no UTF-8 is not written back as something else.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    throw readOnly(file, error);
  }
}

function readOnly(file: vscode.Uri, error?: unknown): ProblemError {
  const evidence = error instanceof Error ? error.message : undefined;
  return new ProblemError(problem('EDITOR_READ_ONLY', nameOf(file), {}, { evidence }));
}

function dirtyDocument(file: vscode.Uri): vscode.TextDocument | undefined {
  const key = file.toString();
  return vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === key);
}

/**
 * Offers to have git ignore a file that it does not. Resolves with whether git ignores it now: undefined outside of a
 * repository, or when the question was dismissed with `cancelled`.
 */
export async function offerIgnore(
  prompts: Prompts,
  file: vscode.Uri,
  folder: vscode.WorkspaceFolder,
): Promise<{ readonly ignored: boolean | undefined; readonly cancelled?: true }> {
  const ignored = await isIgnored(file);
  if (ignored !== false) return { ignored };
  const gitignore = await ignoreFileFor(file, folder.uri);
  const answer = await prompts.pick<boolean>({
    title: vscode.l10n.t('Private Endpoints'),
    placeholder: vscode.l10n.t('Git does not ignore {0}. Add it to .gitignore?', nameOf(file)),
    choices: [
      {
        label: vscode.l10n.t('Add it to .gitignore'),
        description: vscode.l10n.t('recommended'),
        // It may be above the workspace, or beside the file.
        detail: vscode.workspace.asRelativePath(gitignore),
        value: true,
      },
      { label: vscode.l10n.t('Leave it'), value: false },
    ],
  });
  if (answer === undefined || answer === back) return { ignored: false, cancelled: true };
  if (!answer) return { ignored: false };
  const path = file.path.slice(vscode.Uri.joinPath(gitignore, '..').path.replace(/\/$/, '').length + 1);
  await changeFile(gitignore, (text) => ignoreEdit(text, path));
  // A file that git has already is not ignored for that, nor one of a repository below.
  return { ignored: await isIgnored(file) };
}

/** Asks whether a password that is known shall stand in the file. Undefined when dismissed. */
export async function askPasswordInFile(
  prompts: Prompts,
  file: vscode.Uri,
  text: string,
  user: { readonly username: string; readonly password: string },
): Promise<string | undefined> {
  const answer = await prompts.pick<boolean>({
    title: vscode.l10n.t('Private Endpoints'),
    placeholder: vscode.l10n.t('What shall stand for the password in {0}?', nameOf(file)),
    choices: [
      {
        label: vscode.l10n.t('A placeholder'),
        description: passwordPlaceholder,
        detail: vscode.l10n.t('To be replaced by hand'),
        value: false,
      },
      {
        label: vscode.l10n.t('The password of {0}', user.username),
        detail: vscode.l10n.t('In plain text, in a file that git ignores'),
        value: true,
      },
    ],
  });
  if (answer === undefined || answer === back) return undefined;
  return answer ? text.replace(passwordPlaceholder, () => percentEncode(user.password)) : text;
}

async function isThere(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
