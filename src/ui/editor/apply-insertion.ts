import * as vscode from 'vscode';
import { problem, ProblemError } from '../../core/problem';
import type { Insertion } from '../../workspace/insert-string';
import { applyEdits, type Place, type TextEdit } from '../../workspace/place';

/** A place in a document as the rooms without the editor know it. */
export function placeIn(document: vscode.TextDocument, selection: vscode.Range): Place {
  return {
    languageId: document.languageId,
    fileName: document.uri.path,
    text: document.getText(),
    start: document.offsetAt(selection.start),
    end: document.offsetAt(selection.end),
  };
}

/** Where an edit is in a document. */
export function rangeOf(document: vscode.TextDocument, { start, end }: TextEdit['span']): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/**
 * Inserts at every cursor of an editor, in one step to undo. The places are worked out now: the document may have
 * changed since the person was asked something. Throws `EDITOR_NONE` when the editor is closed, `EDITOR_READ_ONLY`,
 * and `EDITOR_CANNOT_HOLD` when one of the places has no way to hold it; then nothing is changed.
 */
export async function insertAtCursors(
  editor: vscode.TextEditor,
  insertionAt: (place: Place) => Insertion | undefined,
): Promise<void> {
  const { document, selections } = editor;
  const name = nameOf(document.uri);
  // From the last to the first, so that what an insertion puts at the end of the text comes behind all of them.
  const ordered = [...selections].sort((a, b) => b.start.compareTo(a.start));
  const insertions = ordered.map((selection) => insertionAt(placeIn(document, selection)));
  const edits = insertions.flatMap((insertion) => {
    if (insertion === undefined) throw new ProblemError(problem('EDITOR_CANNOT_HOLD', name));
    return insertion.edits;
  });
  const done = await applied(editor, withoutOverlap(edits));
  if (!done) throw new ProblemError(problem('EDITOR_READ_ONLY', name));
}

async function applied(editor: vscode.TextEditor, edits: readonly TextEdit[]): Promise<boolean> {
  const { document } = editor;
  if (document.isClosed) throw new ProblemError(problem('EDITOR_NONE', nameOf(document.uri)));
  const before = document.getText();
  try {
    const done = await editor.edit((builder) => {
      for (const { span, newText } of edits) builder.replace(rangeOf(document, span), newText);
    });
    // The editor says yes for what it lets nobody write, too.
    return done && (document.getText() !== before || applyEdits(before, edits) === before);
  } catch {
    // The editor is not shown any more; its document is still there.
    await applyTo(document, edits);
    return true;
  }
}

/** Changes a document, in one step to undo. Throws `EDITOR_READ_ONLY`. */
export async function applyTo({ uri }: vscode.TextDocument, edits: readonly TextEdit[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  for (const { span, newText } of edits) edit.replace(uri, rangeOf(document, span), newText);
  if (!(await vscode.workspace.applyEdit(edit))) throw new ProblemError(problem('EDITOR_READ_ONLY', nameOf(uri)));
}

/** Two cursors in one literal, or in one file that needs one import, give one edit. */
export function withoutOverlap(edits: readonly TextEdit[]): readonly TextEdit[] {
  const kept: TextEdit[] = [];
  const seen = new Set<string>();
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    const last = kept.at(-1);
    const key = `${String(edit.span.start)} ${String(edit.span.end)} ${edit.newText}`;
    if (seen.has(key) || (last !== undefined && edit.span.start < last.span.end)) continue;
    seen.add(key);
    kept.push(edit);
  }
  return kept;
}

/** The last part of an address, for people. */
export function nameOf(file: vscode.Uri): string {
  return file.path.split('/').at(-1) ?? file.path;
}
