import * as vscode from 'vscode';
import type { AccountStore } from '../../accounts/account-store';
import { loadEndpointStatuses, endpointStatuses } from './endpoint-status';
import { stringsOf } from './document-strings';
import { hoverText } from './hover-text';
import type { LensPorts } from './string-lenses';
import { factsOf } from './string-facts';

export interface HoverPorts extends LensPorts {
  readonly accounts: Pick<AccountStore, 'get'>;
}

/** Longest wait for the status of an endpoint that is not known yet, in milliseconds. */
const patienceMs = 1500;

/** What is known about the connection string under the mouse; asks Atlas for the status of its endpoint only. */
export async function hoverOver(
  { store, accounts, testResults, clock }: HoverPorts,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<vscode.Hover | undefined> {
  const here = stringsOf(document).find(({ range }) => range.contains(position));
  if (here === undefined) return undefined;
  const facts = factsOf(store, here.found.value);
  const { known } = facts;
  if (known !== undefined) {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([loadEndpointStatuses(store, known), patience]);
  }
  const directory = known && store.known<'directory'>(known.accountId, { kind: 'directory' }).value;
  const project = directory?.projects.find(({ id }) => id === known?.projectId)?.name;
  const account = known && accounts.get(known.accountId)?.label;
  const lastTest = testResults.of(here.found.value);
  const text = new vscode.MarkdownString(
    hoverText(facts, {
      ...(account === undefined ? {} : { account }),
      ...(project === undefined ? {} : { project }),
      statuses: known === undefined ? [] : endpointStatuses(store, known),
      ...(lastTest === undefined ? {} : { lastTest }),
      now: clock.now(),
    }),
    true,
  );
  const place = [document.uri.toString(), here.range.start.line, here.range.start.character];
  const links = [
    ...(vscode.workspace.isTrusted && !here.found.isTemplate
      ? [commandLink(vscode.l10n.t('Test'), 'testStringAt', ...place)]
      : []),
    commandLink(vscode.l10n.t('Switch'), 'switchConnectionString', ...place),
  ];
  text.appendMarkdown(`\n\n${links.join(' · ')}`);
  text.isTrusted = { enabledCommands: hoverCommands };
  return new vscode.Hover(text, here.range);
}

const hoverCommands = ['atlasPrivateEndpoints.testStringAt', 'atlasPrivateEndpoints.switchConnectionString'];

function commandLink(label: string, name: string, ...args: readonly unknown[]): string {
  // The editor decodes the arguments of such a link twice: a percent sign of theirs has to survive both.
  const query = encodeURIComponent(JSON.stringify(args).replaceAll('%', '%25'));
  return `[${label}](command:atlasPrivateEndpoints.${name}?${query})`;
}
