import * as vscode from 'vscode';
import type { AtlasStore } from '../../store/atlas-store';
import { usualVariable } from '../../workspace/insert-string';
import type { Slot } from '../../workspace/place';
import { typingAt } from '../../workspace/typed-query';
import type { RecentChoices } from '../prompts/recent-choices';
import { placeIn, rangeOf } from './apply-insertion';
import { isWatched, longestDocument, stringsOf } from './document-strings';
import { offeredStrings, type OfferedString } from './offered-strings';
import { mayWantString } from './wants-string';

export interface CompletionPorts {
  readonly store: AtlasStore;
  readonly recent: RecentChoices;
  /** Connection strings that were found already in the workspace folder of a document. */
  readonly foundStrings: (near: vscode.Uri) => readonly string[];
  /** Has the state of Atlas read where it is not known yet; does not wait. */
  readonly warmUp: () => void;
}

/** What stands behind the items of the lists that the editor still has. */
const offeredBy = new WeakMap<vscode.CompletionItem, OfferedString>();

/** Adds what the editor shows beside the list for the item that is looked at: most items of a list are never. */
export function describeItem(item: vscode.CompletionItem): vscode.CompletionItem {
  const offered = offeredBy.get(item);
  if (offered !== undefined) {
    item.documentation = new vscode.MarkdownString()
      .appendText([offered.project, offered.about, offered.usableFrom].filter((part) => part !== '').join('\n\n'))
      .appendCodeblock(offered.text, 'text');
  }
  return item;
}

/**
 * Strings of the known clusters where a connection string begins or is expected; asks Atlas nothing. `isContinued` when
 * the editor asks again because somebody types on while it shows some of many.
 */
export function completeString(
  { store, recent, foundStrings, warmUp }: CompletionPorts,
  document: vscode.TextDocument,
  position: vscode.Position,
  isContinued = false,
): vscode.CompletionList | undefined {
  if (!isWatched(document)) return undefined;
  const line = document.lineAt(position.line).text;
  if (!mayWantString(line, position.character, isContinued)) return undefined;
  const place = placeIn(document, new vscode.Range(position, position));
  if (place.text.length > longestDocument) return undefined;
  const typing = typingAt(place, isContinued);
  if (typing === undefined) return undefined;
  warmUp();
  const { slot, query, extraFrom } = typing;
  const replaced = rangeOf(document, slot.span);
  // The editor completes within one line.
  if (!replaced.isSingleLine || !replaced.contains(position)) return undefined;
  const ranges = { inserting: new vscode.Range(replaced.start, position), replacing: replaced };
  const extra = new vscode.Range(extraFrom === undefined ? position : document.positionAt(extraFrom), position);
  // What is typed comes first in what the editor looks at, so that it keeps the item. A word in code may be the name of
  // something else: there the editor judges it.
  const isText = slot.kind === 'literal' || slot.kind === 'value';
  const typed = document.getText(new vscode.Range(replaced.start, isText ? position : extra.start));
  const nearby = [...stringsOf(document).map(({ found }) => found.value), ...foundStrings(document.uri)];
  const { offered, isAll } = offeredStrings(store, recent, { query, nearby });
  const items = offered.flatMap((one, index) => itemOf(document, slot, one, { index, typed, ranges }));
  // Until something is known, and while some are left out, the next keystroke asks again.
  return new vscode.CompletionList(
    [...items, chooseItem(isText ? document.getText(extra) : '', extra)],
    offered.length === 0 || !isAll,
  );
}

function itemOf(
  document: vscode.TextDocument,
  slot: Slot,
  offered: OfferedString,
  {
    index,
    typed,
    ranges,
  }: {
    readonly index: number;
    readonly typed: string;
    readonly ranges: { readonly inserting: vscode.Range; readonly replacing: vscode.Range };
  },
): readonly vscode.CompletionItem[] {
  const { text, label, description, project } = offered;
  const written = slot.write(text, slot.name ?? usualVariable);
  if (written === undefined) return [];
  const item = new vscode.CompletionItem({ label, description }, vscode.CompletionItemKind.Value);
  item.insertText = written;
  item.range = ranges;
  // Behind what is typed, what a person may type to choose.
  item.filterText = `${typed}${text} ${label} ${project} ${description}`;
  item.sortText = String(index).padStart(4, '0');
  offeredBy.set(item, offered);
  if (slot.also !== undefined) {
    item.additionalTextEdits = slot.also.map(
      ({ span, newText }) => new vscode.TextEdit(rangeOf(document, span), newText),
    );
  }
  item.command = {
    title: vscode.l10n.t('Offer a test'),
    command: 'atlasPrivateEndpoints.offerTest',
    arguments: [text],
  };
  return [item];
}

/**
 * Leads to the questions, for clusters that are not known yet and for everything but the plain string. What is typed of
 * a name goes.
 */
function chooseItem(typed: string, range: vscode.Range): vscode.CompletionItem {
  const label = vscode.l10n.t('Choose a connection string from Atlas…');
  const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Event);
  item.insertText = '';
  item.range = range;
  item.filterText = `${typed}mongodb ${label}`;
  item.sortText = '9999';
  item.command = { title: label, command: 'atlasPrivateEndpoints.insertConnectionString' };
  return item;
}
