import * as vscode from 'vscode';
import { problem, ProblemError } from '../core/problem';
import { nameOf, placeIn, rangeOf } from '../ui/editor/apply-insertion';
import { stringOfArguments, type StringInDocument } from '../ui/editor/place-argument';
import { factsOf } from '../ui/editor/string-facts';
import type { DeploymentElement } from '../ui/tree/elements';
import { switchString } from '../connection-string/switch-string';
import { checkAll } from '../ui/workspace-strings/check-all';
import { stringsViewId } from '../ui/workspace-strings/register-view';
import { insertString } from '../workspace/insert-string';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';
import { choose, offerTest } from './strings';

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
    const { placed } = await stringOfArguments(args);
    return await vscode.commands.executeCommand('atlasPrivateEndpoints.testConnection', placed.found.value);
  },
  switchConnectionString: async (services, ...args) => {
    const place = await stringOfArguments(args);
    const title = vscode.l10n.t('Switch Connection String');
    const chosen = await choose(services, title, deploymentOf(services, place), false);
    if (chosen === undefined) return;
    const text = switchString(place.placed.found.value, chosen.text);
    await replaceString(place, text);
    offerTest(services, vscode.l10n.t('{0} has another connection string now.', nameOf(place.document.uri)), text);
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

/** Writes another string where one stands, escaped as the place wants it. Throws `EDITOR_READ_ONLY`. */
async function replaceString({ document, placed }: StringInDocument, text: string): Promise<void> {
  // The document may have changed while the person was asked.
  const now = await stringOfArguments([document.uri.toString(), placed.range.start.line, placed.range.start.character]);
  const insertion = insertString(placeIn(document, now.placed.range), text);
  if (insertion === undefined) throw new ProblemError(problem('EDITOR_CANNOT_HOLD', nameOf(document.uri)));
  const edit = new vscode.WorkspaceEdit();
  for (const { span, newText } of insertion.edits) edit.replace(document.uri, rangeOf(document, span), newText);
  if (!(await vscode.workspace.applyEdit(edit)))
    throw new ProblemError(problem('EDITOR_READ_ONLY', nameOf(document.uri)));
}
