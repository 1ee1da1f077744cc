import * as vscode from 'vscode';
import { problem, ProblemError } from '../../core/problem';
import type { StringElement } from '../workspace-strings/string-tree';
import { nameOf } from './apply-insertion';
import { stringsOf, type PlacedString } from './document-strings';

/** A connection string with its document. */
export interface StringInDocument {
  readonly document: vscode.TextDocument;
  readonly placed: PlacedString;
}

/**
 * The connection string that a command is about: at the address, line and column that lenses and hovers pass, of a row
 * of *Strings in Workspace*, or at the cursor. Throws `EDITOR_STRING_GONE` when none is there any more, `EDITOR_NONE`
 * when there is no cursor either.
 */
export async function stringOfArguments(args: readonly unknown[]): Promise<StringInDocument> {
  const [first, line, character] = args;
  if (typeof first === 'string' && typeof line === 'number' && typeof character === 'number') {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(first, true));
    return stringAt(document, new vscode.Position(line, character));
  }
  const element = stringElement(first);
  if (element !== undefined) {
    const document = await vscode.workspace.openTextDocument(element.uri);
    return stringAt(document, element.placed.range.start, element.placed.found.value);
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new ProblemError(problem('EDITOR_NONE', ''));
  return stringAt(editor.document, editor.selection.active);
}

/** What a menu of the view passes. */
function stringElement(argument: unknown): Extract<StringElement, { readonly kind: 'string' }> | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { kind, uri, placed } = argument as Readonly<Record<string, unknown>>;
  return kind === 'string' && uri instanceof vscode.Uri && typeof placed === 'object'
    ? (argument as Extract<StringElement, { readonly kind: 'string' }>)
    : undefined;
}

/** At the position; else the nearest one on its line; else the only one that reads `value`. */
function stringAt(document: vscode.TextDocument, position: vscode.Position, value?: string): StringInDocument {
  const all = stringsOf(document);
  const same = value === undefined ? [] : all.filter(({ found }) => found.value === value);
  const placed =
    all.find(({ range, found }) => range.contains(position) && (value === undefined || found.value === value)) ??
    (same.length === 1 ? same[0] : undefined) ??
    all.find(({ range }) => range.start.line <= position.line && position.line <= range.end.line);
  if (placed === undefined) throw new ProblemError(problem('EDITOR_STRING_GONE', nameOf(document.uri)));
  return { document, placed };
}
