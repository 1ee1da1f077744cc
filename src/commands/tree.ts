import * as vscode from 'vscode';
import { isSandbox } from '../accounts/account';
import { problem, ProblemError } from '../core/problem';
import { setContextKey } from '../ui/context-keys';
import { askInSeries, back } from '../ui/prompts/prompts';
import { askAccount, askProject, placeOf, type Place } from '../ui/strings/place-questions';
import { atlasIdOf, type TreeElement } from '../ui/tree/elements';
import { treeViewId } from '../ui/tree/tree-provider';
import { webAddressOf } from '../ui/tree/web-address';
import { elementOf, elementOrSelection } from './arguments';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const treeCommands = {
  refresh: (services, argument) => refresh(services, elementOf(argument)),
  retry: (services, argument) => refresh(services, elementOf(argument)),
  loadMore: ({ tree }, argument) => {
    const element = elementOf(argument);
    if (element?.kind === 'more') tree.showMore(element);
  },
  filter: async ({ tree, prompts }) => {
    const text = await prompts.input({
      title: vscode.l10n.t('Filter Projects'),
      prompt: vscode.l10n.t('Part of a project name, a project ID, or a cluster of a project that was opened'),
      value: tree.filter,
    });
    if (text === undefined || text === back) return;
    tree.setFilter(text);
    setContextKey('atlasPrivateEndpoints.filtered', tree.filter !== '');
  },
  clearFilter: ({ tree }) => {
    tree.setFilter('');
    setContextKey('atlasPrivateEndpoints.filtered', false);
  },
  copyId: async (services, argument) => {
    const given = elementOrSelection(services, argument);
    const has = given !== undefined && atlasIdOf(given) !== undefined;
    const element = has ? given : await chooseElement(services, given);
    const id = element === undefined ? undefined : atlasIdOf(element);
    if (id === undefined) return;
    await vscode.env.clipboard.writeText(id);
    services.notify.done(vscode.l10n.t('Copied: {0}', id));
  },
  openInAtlas: async (services, argument) => {
    const given = elementOrSelection(services, argument);
    const has = given !== undefined && webAddressOf('', given) !== undefined;
    const element = has ? given : await chooseElement(services, given);
    const account = element === undefined ? undefined : services.accounts.get(element.accountId);
    if (element === undefined || account === undefined) return;
    if (isSandbox(account)) throw new ProblemError(problem('NO_WEB_PAGE', account.label));
    const address = webAddressOf(account.baseUrl, element);
    if (address !== undefined) await vscode.env.openExternal(vscode.Uri.parse(address));
  },
  showLog: ({ log }) => {
    log.show();
  },
} satisfies CommandTable;

/** Asks Atlas again, and shows that it does: where there is no row, nothing else would move. */
async function refresh({ tree, sandbox }: CommandServices, element: TreeElement | undefined): Promise<void> {
  sandbox.allowStart();
  await vscode.window.withProgress({ location: { viewId: treeViewId } }, () => tree.refresh(element));
}

/** Asks for a project: what these commands work on when nothing is selected, or a row that stands for nothing in Atlas. */
async function chooseElement(
  services: CommandServices,
  from: TreeElement | undefined,
): Promise<TreeElement | undefined> {
  const title = vscode.l10n.t('Private Endpoints');
  const place = await askInSeries<Place>(placeOf(services, from), [
    (state, at) => askAccount(services, state, { title, ...at }),
    (state, at) => askProject(services, state, { title, ...at }),
  ]);
  const { account, projectId } = place ?? {};
  if (account === undefined || projectId === undefined) return undefined;
  return { kind: 'project', id: `chosen/${projectId}`, accountId: account.id, projectId };
}
