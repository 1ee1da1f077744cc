import * as vscode from 'vscode';
import { problem, ProblemError } from '../core/problem';
import { back } from '../ui/prompts/prompts';
import { dotenvFile, dotenvVariable } from '../ui/settings';
import { chooseString, type ChosenString } from '../ui/strings/choose-string';
import { hasVariable, setVariable } from '../workspace/dotenv';
import { elementOf } from './arguments';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const stringCommands = {
  insertConnectionString: async (services, argument) => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) throw new ProblemError(problem('EDITOR_NONE', ''));
    const chosen = await choose(services, vscode.l10n.t('Insert Connection String'), argument);
    if (chosen === undefined) return;
    // One edit for all cursors: one step to undo.
    const done = await editor.edit((edit) => {
      for (const selection of editor.selections) edit.replace(selection, chosen.text);
    });
    if (!done) throw new ProblemError(problem('EDITOR_READ_ONLY', nameOf(editor.document.uri)));
    services.notify.done(vscode.l10n.t('Inserted the connection string of {0}', chosen.name));
  },
  copyConnectionString: async (services, argument) => {
    const chosen = await choose(services, vscode.l10n.t('Copy Connection String'), argument);
    if (chosen === undefined) return;
    await vscode.env.clipboard.writeText(chosen.text);
    services.notify.done(vscode.l10n.t('Copied the connection string of {0}, without a password', chosen.name));
  },
  addToDotenv: async (services, argument) => {
    if (!vscode.workspace.isTrusted) {
      const action = vscode.l10n.t('adding to a .env file');
      throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action }));
    }
    const folder = await chooseFolder(services);
    if (folder === undefined) return;
    const file = vscode.Uri.joinPath(folder.uri, dotenvFile());
    const chosen = await choose(services, vscode.l10n.t('Add Connection String to {0}', nameOf(file)), argument);
    if (chosen === undefined) return;
    await addToDotenv(services, file, chosen);
  },
} satisfies CommandTable;

/** Asks for a string, starting from a tree element where the command was called from one. */
export async function choose(
  services: CommandServices,
  title: string,
  argument: unknown,
): Promise<ChosenString | undefined> {
  const ports = { ...services, sandboxUser: async () => (await services.sandbox.details()).dbUsername };
  return await chooseString(ports, title, elementOf(argument));
}

async function chooseFolder({ prompts }: CommandServices): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (first === undefined) throw new ProblemError(problem('FOLDER_NONE', ''));
  if (folders.length === 1) return first;
  const answer = await prompts.pick({
    title: vscode.l10n.t('Private Endpoints'),
    placeholder: vscode.l10n.t('In which folder?'),
    choices: folders.map((folder) => ({ label: folder.name, description: folder.uri.fsPath, value: folder })),
  });
  return answer === back ? undefined : answer;
}

async function addToDotenv(services: CommandServices, file: vscode.Uri, chosen: ChosenString): Promise<void> {
  const document = await openOrNothing(file);
  const before = document?.getText() ?? '';
  const title = vscode.l10n.t('Add Connection String to {0}', nameOf(file));
  const name = await services.prompts.input({
    title,
    prompt: vscode.l10n.t('Name of the variable'),
    value: dotenvVariable(),
    validate: (text) =>
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
        ? undefined
        : vscode.l10n.t('Letters, digits and underscores, not beginning with a digit'),
  });
  if (name === undefined || name === back) return;
  if (hasVariable(before, name)) {
    const replace = await services.prompts.confirm({
      message: vscode.l10n.t('{0} already has {1}. Replace its value?', nameOf(file), name),
      action: vscode.l10n.t('Replace'),
    });
    if (!replace) return;
  }
  const after = setVariable(before, name, chosen.text);
  const edit = new vscode.WorkspaceEdit();
  if (document === undefined) edit.createFile(file, { contents: new TextEncoder().encode(after) });
  else edit.replace(file, new vscode.Range(document.positionAt(0), document.positionAt(before.length)), after);
  if (!(await vscode.workspace.applyEdit(edit))) throw new ProblemError(problem('EDITOR_READ_ONLY', nameOf(file)));
  const written = await vscode.workspace.openTextDocument(file);
  await written.save();
  await vscode.window.showTextDocument(written, { preview: true });
  services.notify.done(vscode.l10n.t('{0} has {1} now', nameOf(file), name));
}

async function openOrNothing(file: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    await vscode.workspace.fs.stat(file);
  } catch {
    return undefined;
  }
  return await vscode.workspace.openTextDocument(file);
}

function nameOf(file: vscode.Uri): string {
  return file.path.split('/').at(-1) ?? file.path;
}
