import * as vscode from 'vscode';
import type { AtlasStore } from '../../store/atlas-store';
import { slotAt, usualVariable, wantsString } from '../../workspace/insert-string';
import type { Slot } from '../../workspace/place';
import type { RecentChoices } from '../prompts/recent-choices';
import { placeIn, rangeOf } from './apply-insertion';
import { isWatched, longestDocument } from './document-strings';
import { offeredStrings, type OfferedString } from './offered-strings';
import { mayWantString } from './wants-string';

export interface CompletionPorts {
  readonly store: AtlasStore;
  readonly recent: RecentChoices;
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
      .appendText(`${offered.about}\n\n${offered.usableFrom}`)
      .appendCodeblock(offered.text, 'text');
  }
  return item;
}

/** Strings of the known clusters where a connection string begins or is expected; asks Atlas nothing. */
export function completeString(
  { store, recent, warmUp }: CompletionPorts,
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.CompletionList | undefined {
  if (!isWatched(document)) return undefined;
  const line = document.lineAt(position.line).text;
  if (!mayWantString(line, position.character)) return undefined;
  const place = placeIn(document, new vscode.Range(position, position));
  if (place.text.length > longestDocument) return undefined;
  const slot = slotAt(place);
  if (!wantsString(slot)) return undefined;
  warmUp();
  const replaced = rangeOf(document, slot.span);
  // The editor completes within one line.
  if (!replaced.isSingleLine || !replaced.contains(position)) return undefined;
  const typed = document.getText(new vscode.Range(replaced.start, position));
  const ranges = { inserting: new vscode.Range(replaced.start, position), replacing: replaced };
  const offered = offeredStrings(store, recent);
  const items = offered.flatMap((one, index) => itemOf(document, slot, one, { index, typed, ranges }));
  // Until something is known, the next keystroke asks again.
  return new vscode.CompletionList([...items, chooseItem(typed, position)], offered.length === 0);
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
  const { text, label, description } = offered;
  const written = slot.write(text, slot.name ?? usualVariable);
  if (written === undefined) return [];
  const item = new vscode.CompletionItem({ label, description }, vscode.CompletionItemKind.Value);
  item.insertText = written;
  item.range = ranges;
  // What is typed comes first, so that the editor keeps the item; then what a person may type to choose.
  item.filterText = `${typed}${text} ${label} ${description}`;
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

/** Leads to the questions, for clusters that are not known yet and for everything but the plain string. */
function chooseItem(typed: string, position: vscode.Position): vscode.CompletionItem {
  const label = vscode.l10n.t('Choose a connection string from Atlas…');
  const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Event);
  item.insertText = '';
  item.range = new vscode.Range(position, position);
  item.filterText = `${typed}mongodb ${label}`;
  item.sortText = '9999';
  item.command = { title: label, command: 'atlasPrivateEndpoints.insertConnectionString' };
  return item;
}
