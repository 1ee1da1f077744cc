import * as vscode from 'vscode';
import { problem, ProblemError } from '../core/problem';
import { insertAtCursors, nameOf, placeIn } from '../ui/editor/apply-insertion';
import { askVariableName, askWay } from '../ui/editor/ask-variable';
import { dotenvFile } from '../ui/settings';
import { chooseString, type ChosenString } from '../ui/strings/choose-string';
import { insertString, insertVariable, isConstant, usualVariable } from '../workspace/insert-string';
import { elementOf } from './arguments';
import type { CommandServices } from './command-services';
import { addVariable, chooseFolder, insertAsVariable, needTrust } from './environment-variable';
import { offerTest } from './offer-test';
import type { CommandTable } from './run-command';

export const stringCommands = {
  insertConnectionString: async (services, argument) => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) throw new ProblemError(problem('EDITOR_NONE', ''));
    await needWritable(editor.document.uri);
    const title = vscode.l10n.t('Insert Connection String');
    const chosen = await choose(services, title, argument);
    if (chosen === undefined) return;
    const { languageId } = editor.document;
    const example = variableExample(editor);
    const isAsked = example !== undefined || editor.selections.some((one) => isConstant(placeIn(editor.document, one)));
    const way = isAsked ? await askWay(services, title, languageId, example) : 'literal';
    if (way === undefined) return;
    if (way === 'literal') {
      await insertAtCursors(editor, (place) => insertString(place, chosen.text));
      offerTest(services, vscode.l10n.t('Inserted the connection string of {0}.', chosen.name), chosen.text);
    } else await insertAsVariable(services, editor, title, chosen);
  },
  copyConnectionString: async (services, argument) => {
    const chosen = await choose(services, vscode.l10n.t('Copy Connection String'), argument);
    if (chosen === undefined) return;
    await vscode.env.clipboard.writeText(chosen.text);
    services.notify.done(vscode.l10n.t('Copied the connection string of {0}, without a password', chosen.name));
  },
  addToDotenv: async (services, argument) => {
    needTrust();
    const folder = await chooseFolder(services, undefined);
    if (folder === undefined) return;
    const file = vscode.Uri.joinPath(folder.uri, dotenvFile(folder.uri));
    const title = vscode.l10n.t('Add Connection String to {0}', nameOf(file));
    const chosen = await choose(services, title, argument);
    if (chosen === undefined) return;
    const name = await askVariableName(services, title, folder, file);
    if (name === undefined) return;
    const text = await addVariable(services, folder, file, name, chosen);
    if (text === undefined) return;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file), { preview: true });
    offerTest(services, vscode.l10n.t('{0} has {1} now.', nameOf(file), name), chosen.text);
  },
} satisfies CommandTable;

/** Asks for a string, starting from a tree element where the command was called from one. */
export async function choose(
  services: CommandServices,
  title: string,
  argument: unknown,
  asksUser = true,
): Promise<ChosenString | undefined> {
  const ports = { ...services, sandboxUser: async () => (await services.sandbox.details()).dbUsername };
  const chosen = await chooseString(ports, title, elementOf(argument), asksUser);
  if (chosen?.stale !== undefined) {
    services.notify.warning(
      vscode.l10n.t('The connection string of {0} may have changed. {1}.', chosen.name, chosen.stale),
    );
  }
  return chosen;
}

/** How the language at the cursors reads a variable; undefined when one of the places has no way to. */
function variableExample({ document, selections }: vscode.TextEditor): string | undefined {
  const insertions = selections.map((selection) => insertVariable(placeIn(document, selection), usualVariable));
  if (insertions.some((insertion) => insertion === undefined)) return undefined;
  // Not the import that it takes.
  const named = new RegExp(usualVariable, 'i');
  return insertions[0]?.edits.find(({ newText }) => named.test(newText))?.newText.trim();
}

/** Before anything is asked. What a person has locked in the editor only shows when it is written. */
async function needWritable(uri: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  const stat = await fs.stat(uri).then(undefined, () => undefined);
  const isFixed = ((stat?.permissions ?? 0) & vscode.FilePermission.Readonly) !== 0;
  if (isFixed || fs.isWritableFileSystem(uri.scheme) === false) {
    throw new ProblemError(problem('EDITOR_READ_ONLY', nameOf(uri)));
  }
}
