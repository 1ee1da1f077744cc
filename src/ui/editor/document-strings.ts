import * as vscode from 'vscode';
import { findStrings, type FoundString } from '../../workspace/find-strings';
import { escapesOf } from '../../workspace/settings-formats';

/** A connection string where it stands in a document. */
export interface PlacedString {
  readonly found: FoundString;
  readonly range: vscode.Range;
}

/** Longer documents are data: nothing is looked for in them (UTF-16 code units). */
export const longestDocument = 1_000_000;

/** Documents that nobody edits: output, versions of the past, our own reports. */
const silentSchemes: ReadonlySet<string> = new Set([
  'output',
  'git',
  'git-fs',
  'comment',
  'debug',
  'atlas-private-endpoints-report',
]);

/** True for documents whose strings are shown, checked and completed. */
export function isWatched(document: vscode.TextDocument): boolean {
  return !silentSchemes.has(document.uri.scheme);
}

interface Cached {
  readonly version: number;
  readonly languageId: string;
  readonly strings: readonly PlacedString[];
}

const cache = new WeakMap<vscode.TextDocument, Cached>();

/** The connection strings of a document, worked out once for each version of it. */
export function stringsOf(document: vscode.TextDocument): readonly PlacedString[] {
  const { version, languageId } = document;
  const cached = cache.get(document);
  if (cached?.version === version && cached.languageId === languageId) return cached.strings;
  const text = isWatched(document) ? document.getText() : '';
  const strings =
    text.length > longestDocument
      ? []
      : placeStrings(text, findStrings(text, escapesOf({ languageId, fileName: document.uri.path })));
  cache.set(document, { version, languageId, strings });
  return strings;
}

/** Lines and columns of found strings, in one pass up to the last of them; `found` is in the order of the text. */
export function placeStrings(text: string, found: readonly FoundString[]): readonly PlacedString[] {
  let line = 0;
  let lineStart = 0;
  const positionOf = (offset: number): vscode.Position => {
    for (;;) {
      const next = nextLine(text, lineStart);
      if (next > offset || next < 0) return new vscode.Position(line, offset - lineStart);
      line += 1;
      lineStart = next;
    }
  };
  return found.map((one) => ({
    found: one,
    range: new vscode.Range(positionOf(one.span.start), positionOf(one.span.end)),
  }));
}

/** Where the line after the one at `from` begins, by any line end that the editor knows; -1 when there is none. */
function nextLine(text: string, from: number): number {
  lineEnd.lastIndex = from;
  return lineEnd.test(text) ? lineEnd.lastIndex : -1;
}

const lineEnd = /\r\n|\r|\n/g;
