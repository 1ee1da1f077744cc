import * as vscode from 'vscode';
import { createDatabaseUser } from '../ui/database-user/create-user';
import type { Deployment } from '../core/deployment';
import { deploymentsOf } from '../store/element';
import { askInSeries, back, type Answer, type Choice, type Step } from '../ui/prompts/prompts';
import { loadNow } from '../ui/strings/load-now';
import { askAccount, askProject, placeOf, type Place } from '../ui/strings/place-questions';
import type { TreeElement } from '../ui/tree/elements';
import { elementOf } from './arguments';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const databaseUserCommands = {
  createDatabaseUser: async (services, argument) => {
    const title = vscode.l10n.t('Create Database User');
    const from = elementOf(argument);
    const initial: UserPlace = placeOf(services, from);
    const place = await askInSeries<UserPlace>(initial, [
      (state, at) => askAccount(services, state, { title, ...at }),
      (state, at) => askProject(services, state, { title, ...at }),
      (state, at) => askCluster(services, state, { title, ...at }, from),
    ]);
    const { account, projectId, chosen } = place ?? {};
    if (account === undefined || projectId === undefined || chosen === undefined) return undefined;
    const { deployment } = chosen;
    const { value: contents } = await loadNow<'project'>(services, account.id, { kind: 'project', projectId });
    const deployments = deployment === undefined ? deploymentsOf(contents) : [deployment];
    return await createDatabaseUser(services, { account, projectId, deployment, deployments });
  },
} satisfies CommandTable;

interface UserPlace extends Place {
  /** Undefined inside: for all clusters. */
  readonly chosen?: { readonly deployment: Deployment | undefined };
}

async function askCluster(
  services: CommandServices,
  state: UserPlace,
  step: Step,
  from: TreeElement | undefined,
): Promise<Answer<UserPlace>> {
  const { account, projectId } = state;
  if (account === undefined || projectId === undefined) return state;
  const { value: contents } = await loadNow<'project'>(services, account.id, { kind: 'project', projectId });
  const deployments = deploymentsOf(contents);
  if (from?.kind === 'deployment') {
    const deployment = deployments.find(({ name, kind }) => name === from.name && kind === from.deploymentKind);
    if (deployment !== undefined) return Object.assign(state, { chosen: { deployment } });
  }
  const choices: readonly Choice<{ readonly deployment: Deployment | undefined }>[] = [
    ...deployments.map((deployment) => ({
      label: deployment.name,
      description: deployment.tier,
      value: { deployment },
    })),
    { label: vscode.l10n.t('All clusters of the project'), value: { deployment: undefined } },
  ];
  const placeholder = vscode.l10n.t('For which cluster?');
  const answer = await services.prompts.pick({ ...step, placeholder, choices });
  return answer === undefined || answer === back ? answer : { ...state, chosen: answer };
}
