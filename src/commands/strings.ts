import * as vscode from 'vscode';
import { isSandbox } from '../accounts/account';
import { hostIn, withoutPlaceholders } from '../connection-string/credentials';
import { problem, ProblemError } from '../core/problem';
import { insertAtCursors, nameOf, placeIn } from '../ui/editor/apply-insertion';
import { askVariableName, askWay } from '../ui/editor/ask-variable';
import { askPasswordInFile, dotenvFileFor, mayReplace, offerIgnore, setInDotenv } from '../ui/editor/dotenv-file';
import { back } from '../ui/prompts/prompts';
import { dotenvFile } from '../ui/settings';
import { chooseString, type ChosenString } from '../ui/strings/choose-string';
import { insertString, insertVariable, usualVariable } from '../workspace/insert-string';
import { elementOf } from './arguments';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const stringCommands = {
  insertConnectionString: async (services, argument) => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) throw new ProblemError(problem('EDITOR_NONE', ''));
    needWritable(editor.document.uri);
    const title = vscode.l10n.t('Insert Connection String');
    const chosen = await choose(services, title, argument);
    if (chosen === undefined) return;
    const { languageId } = editor.document;
    const example = variableExample(editor);
    const way = example === undefined ? 'literal' : await askWay(services, title, languageId, example);
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
    const file = vscode.Uri.joinPath(folder.uri, dotenvFile());
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
  return await chooseString(ports, title, elementOf(argument), asksUser);
}

/** How the language at the cursors reads a variable; undefined when one of the places has no way to. */
function variableExample({ document, selections }: vscode.TextEditor): string | undefined {
  const insertions = selections.map((selection) => insertVariable(placeIn(document, selection), usualVariable));
  if (insertions.some((insertion) => insertion === undefined)) return undefined;
  return insertions[0]?.edits[0]?.newText.trim();
}

async function insertAsVariable(
  services: CommandServices,
  editor: vscode.TextEditor,
  title: string,
  chosen: ChosenString,
): Promise<void> {
  needTrust();
  const { uri } = editor.document;
  const folder = await chooseFolder(services, uri);
  if (folder === undefined) return;
  const file = await dotenvFileFor(uri, folder);
  const name = await askVariableName(services, title, folder, file);
  if (name === undefined) return;
  // The file first: code that reads a variable nobody set helps nobody.
  const inFile = insertVariable(placeIn(editor.document, editor.selection), name)?.environmentName ?? name;
  if ((await addVariable(services, folder, file, inFile, chosen)) === undefined) return;
  await insertAtCursors(editor, (place) => insertVariable(place, name));
  offerTest(services, vscode.l10n.t('Inserted {0}; {1} has its value.', name, nameOf(file)), chosen.text);
}

/** Sets the variable and answers with what it is set to; undefined when the person gave up, and nothing is changed. */
async function addVariable(
  services: CommandServices,
  folder: vscode.WorkspaceFolder,
  file: vscode.Uri,
  name: string,
  chosen: ChosenString,
): Promise<string | undefined> {
  if (!(await mayReplace(services.prompts, file, name, chosen.text))) return undefined;
  const { ignored, cancelled } = await offerIgnore(services.prompts, file, folder);
  if (cancelled === true) return undefined;
  const user = ignored === true ? await knownUser(services, chosen) : undefined;
  const text = user === undefined ? chosen.text : await askPasswordInFile(services.prompts, file, chosen.text, user);
  if (text === undefined) return undefined;
  await setInDotenv(file, name, text);
  return text;
}

/** The user of a chosen string with the password that is remembered for it, if there is one. */
export async function knownUser(
  { accounts, sandbox }: CommandServices,
  { account, text }: ChosenString,
): Promise<{ readonly username: string; readonly password: string } | undefined> {
  const { username, text: bare } = withoutPlaceholders(text);
  const remembered = await accounts.databaseUser(account.id, hostIn(bare));
  if (remembered !== undefined && remembered.username === username) return remembered;
  if (!isSandbox(account)) return undefined;
  const { dbUsername, dbPassword } = await sandbox.details();
  return username === dbUsername ? { username, password: dbPassword } : undefined;
}

/** Says what was done and offers to test the string. */
export function offerTest(services: CommandServices, text: string, connectionString: string): void {
  services.notify.message(text, {
    title: vscode.l10n.t('Test Connection'),
    run: () => vscode.commands.executeCommand('atlasPrivateEndpoints.testConnection', connectionString),
  });
}

function needTrust(): void {
  if (vscode.workspace.isTrusted) return;
  const action = vscode.l10n.t('adding to a .env file');
  throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action }));
}

/** Before anything is asked. Whether one file may be written the editor only knows when it tries. */
function needWritable(uri: vscode.Uri): void {
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    throw new ProblemError(problem('EDITOR_READ_ONLY', nameOf(uri)));
  }
}

/** The workspace folder of a document, the only one, or the one that the person chooses. */
async function chooseFolder(
  { prompts }: CommandServices,
  document: vscode.Uri | undefined,
): Promise<vscode.WorkspaceFolder | undefined> {
  const own = document === undefined ? undefined : vscode.workspace.getWorkspaceFolder(document);
  if (own !== undefined) return own;
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
