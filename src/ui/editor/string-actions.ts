import * as vscode from 'vscode';
import { stringFixText } from '../../messages/string-fix-text';
import type { StringFinding } from '../../workspace/string-findings';
import { rangeOf } from './apply-insertion';
import { stringsOf, type PlacedString } from './document-strings';
import type { StringChecks } from './string-checks';
import { diagnosticOf } from './string-diagnostics';

/** Quick fixes for what is wrong with the connection strings in a range. */
export function stringActions(
  checks: StringChecks,
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
): readonly vscode.CodeAction[] {
  return stringsOf(document)
    .filter((placed) => placed.range.intersection(range) !== undefined)
    .flatMap((placed) =>
      checks
        .findings(document, placed.found)
        .filter(({ span }) => rangeOf(document, span).intersection(range) !== undefined)
        .flatMap((finding) => actionsOf(document, placed, finding, context)),
    );
}

function actionsOf(
  document: vscode.TextDocument,
  { range, found }: PlacedString,
  finding: StringFinding,
  { diagnostics }: vscode.CodeActionContext,
): readonly vscode.CodeAction[] {
  const own = diagnosticOf(document, finding);
  // The editor's own object, where it is shown already.
  const shown = diagnostics.filter(({ code, range: where }) => code === own.code && where.isEqual(own.range));
  const diagnosed = shown.length > 0 ? shown : [own];
  const make = (title: string): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = diagnosed;
    return action;
  };
  const place = [document.uri.toString(), range.start.line, range.start.character];
  const fixes = finding.fixes.map((fix) => {
    const action = make(stringFixText(fix));
    action.isPreferred = fix.isPreferred;
    action.edit = new vscode.WorkspaceEdit();
    for (const { span, newText } of fix.edits) action.edit.replace(document.uri, rangeOf(document, span), newText);
    return action;
  });
  const command = (name: string, title: string): vscode.CodeAction => {
    const action = make(title);
    action.command = { title, command: `atlasPrivateEndpoints.${name}`, arguments: place };
    return action;
  };
  const others: vscode.CodeAction[] = [];
  if (finding.problem.code === 'STRING_PASSWORD_IN_FILE' && !found.isTemplate) {
    others.push(command('moveToEnvironment', vscode.l10n.t('Move the string to an environment variable…')));
  }
  if (chosenAnew.has(finding.problem.code)) {
    others.push(command('switchConnectionString', vscode.l10n.t('Choose another connection string from Atlas…')));
  }
  return [...fixes, ...others];
}

/** Findings that another string settles. */
const chosenAnew: ReadonlySet<string> = new Set([
  'STRING_PUBLIC',
  'STRING_PEERING',
  'STRING_PORTS_PINNED',
  'STRING_STALE',
]);
