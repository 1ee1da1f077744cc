import * as vscode from 'vscode';
import { parseConnectionString } from '../connection-string/parse';
import { problem, ProblemError } from '../core/problem';
import { applyTo, nameOf, placeIn } from '../ui/editor/apply-insertion';
import { stringOfArguments, type StringInDocument } from '../ui/editor/place-argument';
import { factsOf } from '../ui/editor/string-facts';
import type { DeploymentElement } from '../ui/tree/elements';
import { checkAll } from '../ui/workspace-strings/check-all';
import { stringsViewId } from '../ui/workspace-strings/register-view';
import { insertString } from '../workspace/insert-string';
import { escapesOf } from '../workspace/settings-formats';
import { editable, switchFix } from '../workspace/string-fixes';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';
import { moveToEnvironment } from './environment-variable';
import { offerTest } from './offer-test';
import { choose } from './strings';
import { needTrustToTest } from './test';

/** What is done with connection strings that stand in files. */
export const placedStringCommands = {
  showString: async (_services, ...args) => {
    const { document, placed } = await stringOfArguments(args);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    editor.selection = new vscode.Selection(placed.range.start, placed.range.start);
    editor.revealRange(placed.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await vscode.commands.executeCommand('editor.action.showHover');
  },
  testStringAt: async (_services, ...args) => {
    // Before anything is opened: an address can be any that a link of the workspace names.
    needTrustToTest();
    const { placed } = await stringOfArguments(args);
    return await vscode.commands.executeCommand('atlasPrivateEndpoints.testConnection', placed.found.value);
  },
  switchConnectionString: async (services, ...args) => {
    const place = await stringOfArguments(args);
    const title = vscode.l10n.t('Switch Connection String');
    // What cannot be read keeps nothing of its own.
    const keepsUser = readable(place) !== undefined;
    const chosen = await choose(services, title, deploymentOf(services, place), !keepsUser);
    if (chosen === undefined) return;
    const text = await replaceString(place, chosen.text);
    offerTest(services, vscode.l10n.t('{0} has another connection string now.', nameOf(place.document.uri)), text);
  },
  moveToEnvironment: async (services, ...args) => {
    await moveToEnvironment(services, await stringOfArguments(args));
  },
  offerTest: (services, text) => {
    if (typeof text === 'string') offerTest(services, vscode.l10n.t('Inserted a connection string.'), text);
  },
  checkAllStrings: async (services) => await checkAll(services, await services.strings.files()),
  findStringsAgain: async (services) => {
    (await services.strings.files()).rescan();
    await vscode.commands.executeCommand(`${stringsViewId}.focus`);
  },
} satisfies CommandTable;

/** The cluster of a string as an element of the tree, so that only what is not known is asked. */
function deploymentOf({ store }: CommandServices, { placed }: StringInDocument): DeploymentElement | undefined {
  const { known } = factsOf(store, placed.found.value);
  if (known?.deployment === undefined) return undefined;
  const { accountId, projectId, deployment } = known;
  const { kind: deploymentKind, name } = deployment;
  return { kind: 'deployment', id: `${projectId}/${name}`, accountId, projectId, deploymentKind, name };
}

/** A string for edits, and what it says; undefined when it is malformed. */
function readable({ document, placed }: StringInDocument) {
  const { languageId, uri } = document;
  const string = editable(placed.found, escapesOf({ languageId, fileName: uri.path }));
  const parsed = parseConnectionString(string.value);
  return parsed.ok ? { string, parsed: parsed.value } : undefined;
}

/**
 * Puts another string of Atlas where one stands, whose user, database and options stay; answers with what stands there
 * now. Throws `EDITOR_CANNOT_HOLD` and `EDITOR_READ_ONLY`.
 */
async function replaceString({ document, placed }: StringInDocument, atlas: string): Promise<string> {
  const { start } = placed.range;
  const place = [document.uri.toString(), start.line, start.character];
  // The document may have changed while the person was asked.
  const now = await stringOfArguments(place);
  const current = readable(now);
  const edits =
    current === undefined
      ? insertString(placeIn(document, now.placed.range), atlas)?.edits
      : switchFix(current.string, current.parsed, atlas, {}, true)?.edits;
  if (edits === undefined) throw new ProblemError(problem('EDITOR_CANNOT_HOLD', nameOf(document.uri)));
  await applyTo(document, edits);
  return (await stringOfArguments(place)).placed.found.value;
}
