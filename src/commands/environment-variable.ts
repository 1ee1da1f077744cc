import * as vscode from 'vscode';
import { distinctSecretsIn, secretsIn, withoutPlaceholders } from '../connection-string/credentials';
import { problem, ProblemError } from '../core/problem';
import { applyTo, insertAtCursors, nameOf, placeIn } from '../ui/editor/apply-insertion';
import { askVariableName } from '../ui/editor/ask-variable';
import { askPasswordInFile, dotenvFileFor, mayReplace, offerIgnore, setInDotenv } from '../ui/editor/dotenv-file';
import { stringOfArguments, type StringInDocument } from '../ui/editor/place-argument';
import { moduleTexts } from '../ui/editor/terraform-module';
import { back } from '../ui/prompts/prompts';
import { knownUsers, type KnownUser } from '../ui/test-run/known-users';
import type { ChosenString } from '../ui/strings/choose-string';
import { insertVariable, isConstant, usualVariable, type VariableInsertion } from '../workspace/insert-string';
import type { CommandServices } from './command-services';
import { offerTest } from './offer-test';

/**
 * Has every cursor read a variable of the environment and sets it in the dotenv file of the document. Nothing is
 * changed when the person gives up. Throws `WORKSPACE_UNTRUSTED` and what the editor says.
 */
export async function insertAsVariable(
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
  const siblings = await moduleTexts(editor.document);
  await insertAtCursors(editor, (place) => insertVariable({ ...place, siblings }, name));
  offerTest(services, vscode.l10n.t('Inserted {0}; {1} has its value.', name, nameOf(file)), chosen.text);
}

/** Sets the variable and answers with what it is set to; undefined when the person gave up, and nothing is changed. */
export async function addVariable(
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

/** The user of a chosen string, when the password is known. */
async function knownUser(services: CommandServices, { account, text }: ChosenString): Promise<KnownUser | undefined> {
  const { username, text: bare } = withoutPlaceholders(text);
  const { remembered, sandbox } = await knownUsers(services, account, bare, {
    route: { dnsServers: [] },
    shownProxies: [],
  });
  return [remembered, sandbox].find((user) => user?.username === username);
}

/**
 * Puts a string that stands in a file, with its password, into the dotenv file, and has the file read it from the
 * environment. Nothing is changed when the person gives up, or when git would take the dotenv file with the password.
 * Throws `WORKSPACE_UNTRUSTED`, `EDITOR_CONSTANT` and `EDITOR_CANNOT_HOLD` where the language has no way to read it, `EDITOR_STRING_GONE` when
 * it is another one meanwhile, `EDITOR_READ_ONLY`.
 */
export async function moveToEnvironment(
  services: CommandServices,
  { document, placed }: StringInDocument,
): Promise<void> {
  needTrust();
  const { uri } = document;
  const { value, isTemplate } = placed.found;
  const place = placeIn(document, placed.range);
  if (isConstant(place)) throw new ProblemError(problem('EDITOR_CONSTANT', nameOf(uri)));
  if (isTemplate || insertVariable(place, usualVariable) === undefined) {
    throw new ProblemError(problem('EDITOR_CANNOT_HOLD', nameOf(uri)));
  }
  const folder = await chooseFolder(services, uri);
  if (folder === undefined) return;
  const file = await dotenvFileFor(uri, folder);
  const title = vscode.l10n.t('Move Connection String');
  const name = await askVariableName(services, title, folder, file);
  if (name === undefined || !(await mayReplace(services.prompts, file, name, value))) return;
  const { ignored, cancelled } = await offerIgnore(services.prompts, file, folder);
  if (cancelled === true) return;
  for (const secret of distinctSecretsIn(value)) services.onSecret(secret);
  if (secretsIn(value).length > 0 && !(await mayHoldPassword(services, file, ignored))) return;
  const siblings = await moduleTexts(document);
  // The questions stay open while somebody types elsewhere: the string is looked for where it stands now.
  const planned = await insertionNow(name, value, siblings, { document, placed });
  await setInDotenv(file, planned.environmentName, value);
  const { edits } = await insertionNow(name, value, siblings, { document, placed });
  await applyTo(document, edits);
  offerTest(services, vscode.l10n.t('{0} is read from the environment; {1} has its value.', name, nameOf(file)), value);
}

/** Whether a password may stand in the dotenv file: not where git takes it; a question where nobody can say. */
async function mayHoldPassword(
  { prompts, notify }: CommandServices,
  file: vscode.Uri,
  ignored: boolean | undefined,
): Promise<boolean> {
  const { t } = vscode.l10n;
  if (ignored === false) notify.warning(t('Nothing was moved: git takes {0}, and the password with it.', nameOf(file)));
  if (ignored !== undefined) return ignored;
  return await prompts.confirm({
    message: t('Write the password into {0}?', nameOf(file)),
    detail: t('It is not known to be in a repository, so nothing says that git ignores it.'),
    action: t('Write It'),
  });
}

/** How the document reads the variable in the place of the string as it stands now. Throws `EDITOR_STRING_GONE`. */
async function insertionNow(
  name: string,
  value: string,
  siblings: string,
  { document, placed }: StringInDocument,
): Promise<VariableInsertion> {
  const { uri } = document;
  const now = await stringOfArguments([{ kind: 'string', uri, placed }]);
  if (now.placed.found.value !== value) throw new ProblemError(problem('EDITOR_STRING_GONE', nameOf(uri)));
  const inserted = insertVariable({ ...placeIn(now.document, now.placed.range), siblings }, name);
  if (inserted === undefined) throw new ProblemError(problem('EDITOR_CANNOT_HOLD', nameOf(uri)));
  return inserted;
}

/** Throws `WORKSPACE_UNTRUSTED`. */
export function needTrust(): void {
  if (vscode.workspace.isTrusted) return;
  const action = vscode.l10n.t('adding to a .env file');
  throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action }));
}

/** The workspace folder of a document, the only one, or the one that the person chooses. */
export async function chooseFolder(
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
