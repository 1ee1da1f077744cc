import * as vscode from 'vscode';
import type { PageRef, StepId } from '../../webview/protocol';
import { problem, ProblemError } from '../core/problem';
import { providerNames } from '../core/provider';
import { toCloudRegion } from '../core/region';
import { servicesOf } from '../store/element';
import { askInSeries, back, type Choice } from '../ui/prompts/prompts';
import type { OpenPage } from '../ui/page/service-pages';
import { loadNow } from '../ui/strings/load-now';
import { askAccount, askProject, placeOf, type Place } from '../ui/strings/place-questions';
import type { TreeElement } from '../ui/tree/elements';
import { elementOf, elementOrSelection } from './arguments';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const setUpCommands = {
  setUpEndpoint: async (services, argument) => {
    const title = vscode.l10n.t('Set Up a Private Endpoint');
    const element = elementOf(argument);
    const direct = element === undefined ? undefined : refOfElement(element);
    if (direct !== undefined && element?.kind !== 'project' && element?.kind !== 'branch') {
      await (await services.openPage(direct)).controller.load();
      return;
    }
    const place = await askPlace(services, title, element);
    if (place === undefined) return;
    await services.openPage({ kind: 'new-service', ...place });
  },
  openPage: async (services, argument) => {
    const element = elementOrSelection(services, argument);
    const ref = element === undefined ? undefined : refOfElement(element);
    const chosen = ref ?? (await chooseSubject(services, element));
    if (chosen === undefined) return;
    const page = await services.openPage(chosen);
    const followed = element === undefined ? undefined : followedIn(element);
    if (followed !== undefined) {
      await page.controller.receive({ type: 'action', action: 'open-page', subject: followed });
    }
  },
  setUpServerless: async (services, argument) => {
    const chosen = await chooseInstance(services, elementOf(argument));
    if (chosen !== undefined) await services.openPage(chosen);
  },
  setUpFederation: async (services, argument) => {
    const place = await askPlace(services, vscode.l10n.t('Set Up Data Federation Endpoint'), elementOf(argument));
    if (place !== undefined) await services.openPage({ kind: 'federation', ...place });
  },
  setUpCheck: (services) => runStep(services, 'check'),
  setUpService: (services) => runStep(services, 'service'),
  setUpCloud: (services) => runStep(services, 'cloud'),
  setUpRegister: (services) => runStep(services, 'register'),
  setUpWait: (services) => runStep(services, 'wait'),
  setUpCommands: async (services) => {
    const { controller, panel } = await activePage(services);
    const { currentStep } = controller.state();
    panel.reveal(undefined, false);
    if (currentStep === undefined) {
      services.notify.message(vscode.l10n.t('No step of this page is left to do: open one to see its commands.'));
      return;
    }
    await controller.receive({ type: 'show-commands', step: currentStep, open: true });
  },
  addEndpoint: async (services) => {
    await (await activePage(services)).controller.receive({ type: 'action', action: 'add-endpoint' });
  },
  removeService: async (services, argument) => {
    const element = elementOf(argument);
    const ref = element === undefined ? undefined : refOfElement(element);
    const page = ref === undefined ? await activePage(services) : await services.openPage(ref);
    await page.controller.load();
    const wanted = element === undefined ? await askRemoval(services, page) : { endpointId: followedIn(element) };
    if (wanted === undefined) return;
    const { endpointId } = wanted;
    await page.controller.receive(
      endpointId === undefined
        ? { type: 'action', action: 'remove-service' }
        : { type: 'action', action: 'remove-endpoint', subject: endpointId },
    );
  },
  exportSetUp: async (services) => {
    await (await activePage(services)).controller.receive({ type: 'action', action: 'export-terraform' });
  },
  switchRegionalizedMode: async (services) => {
    const { controller, panel } = await pageOfMode(services, await activePage(services));
    panel.reveal(undefined, false);
    const isOn = controller.state().status?.regionalized?.enabled === true;
    await controller.receive({ type: 'action', action: isOn ? 'disable-regionalized' : 'enable-regionalized' });
  },
} satisfies CommandTable;

/** Does a step of the page that is in front, as its button does. */
async function runStep(services: CommandServices, step: StepId): Promise<void> {
  const { controller, panel } = await activePage(services);
  panel.reveal(undefined, false);
  await controller.receive({ type: 'do', step });
}

/** The page in front, else the one that the person chooses to open. */
async function activePage(services: CommandServices) {
  const pages = await services.pages();
  const active = pages.active();
  if (active !== undefined) return active;
  const ref = await chooseSubject(services, undefined);
  if (ref === undefined) throw new vscode.CancellationError();
  const page = pages.open(ref);
  await page.controller.load();
  return page;
}

/** The page itself where it shows the project's regionalized mode, else the project's page for a new service. */
async function pageOfMode(services: CommandServices, page: OpenPage): Promise<OpenPage> {
  if (page.controller.state().status?.regionalized !== undefined) return page;
  const { accountId, projectId } = page.controller.ref();
  const ofProject = await services.openPage({ kind: 'new-service', accountId, projectId });
  await ofProject.controller.load();
  return ofProject;
}

/** Something of a page that is to be removed; without an endpoint: its service with all that it has. */
interface Removal {
  readonly endpointId: string | undefined;
}

/** Which endpoint of a page the person means, or its service, asked where it is not clear; undefined: none. */
async function askRemoval({ prompts }: CommandServices, { controller }: OpenPage): Promise<Removal | undefined> {
  const { page, status } = controller.state();
  const hasService = page.kind === 'service' || page.kind === 'new-service';
  const endpoints = status?.endpoints ?? [];
  // The last endpoint takes its service along.
  if (endpoints.length < 2) return { endpointId: hasService ? undefined : endpoints[0]?.id };
  const choices: readonly Choice<Removal>[] = [
    ...(hasService
      ? [{ label: vscode.l10n.t('The endpoint service with all its endpoints'), value: { endpointId: undefined } }]
      : []),
    ...endpoints.map(({ id, shortId, status: { word } }) => ({
      label: shortId,
      description: word,
      value: { endpointId: id },
    })),
  ];
  const answer = await prompts.pick({
    title: vscode.l10n.t('Remove'),
    placeholder: vscode.l10n.t('What is to be removed?'),
    choices,
  });
  return answer === back ? undefined : answer;
}

async function askPlace(
  services: CommandServices,
  title: string,
  from: TreeElement | undefined,
): Promise<{ readonly accountId: string; readonly projectId: string } | undefined> {
  // Of the project nothing has to be known yet: the page shows that it is being read.
  const place = await askInSeries<Place>(placeOf(services, from), [
    (state, at) => askAccount(services, state, { title, ...at }),
    (state, at) => askProject(services, state, { title, ...at }),
  ]);
  const { account, projectId } = place ?? {};
  return account === undefined || projectId === undefined ? undefined : { accountId: account.id, projectId };
}

/** The page of a row of the tree; undefined for rows that have none of their own. */
function refOfElement(element: TreeElement): PageRef | undefined {
  const { accountId } = element;
  switch (element.kind) {
    case 'service':
    case 'endpoint': {
      const { projectId, provider, serviceId } = element;
      return { kind: 'service', accountId, projectId, provider, serviceId };
    }
    case 'serverless-endpoint':
      return { kind: 'serverless', accountId, projectId: element.projectId, instanceName: element.instanceName };
    case 'deployment':
      if (element.deploymentKind !== 'serverless') return undefined;
      return { kind: 'serverless', accountId, projectId: element.projectId, instanceName: element.name };
    case 'federation-endpoint':
    case 'federated-database':
    case 'archive':
      return { kind: 'federation', accountId, projectId: element.projectId };
    case 'branch':
      return element.branch === 'federation'
        ? { kind: 'federation', accountId, projectId: element.projectId }
        : undefined;
    default:
      return undefined;
  }
}

/** The endpoint that a row of the tree is about. */
function followedIn(element: TreeElement): string | undefined {
  switch (element.kind) {
    case 'endpoint':
    case 'serverless-endpoint':
    case 'federation-endpoint':
      return element.endpointId;
    default:
      return undefined;
  }
}

/** Asks for an endpoint service of a project, or for a new one. */
async function chooseSubject(services: CommandServices, from: TreeElement | undefined): Promise<PageRef | undefined> {
  const title = vscode.l10n.t('Private Endpoints');
  const place = await askPlace(services, title, from);
  if (place === undefined) return undefined;
  const { accountId, projectId } = place;
  const { value: contents } = await loadNow<'project'>(services, accountId, { kind: 'project', projectId });
  const choices: readonly Choice<PageRef>[] = [
    ...servicesOf(contents).map(({ provider, region, id }) => ({
      label: `${providerNames[provider].cloud} ${toCloudRegion(provider, region)}`,
      description: providerNames[provider].feature,
      value: { kind: 'service', accountId, projectId, provider, serviceId: id } as const,
    })),
    ...contents.serverlessInstances.map(({ name }) => ({
      label: name,
      description: vscode.l10n.t('serverless instance'),
      value: { kind: 'serverless', accountId, projectId, instanceName: name } as const,
    })),
    {
      label: vscode.l10n.t('Data Federation & Online Archive'),
      value: { kind: 'federation', accountId, projectId },
    },
    { label: vscode.l10n.t('New endpoint service…'), value: { kind: 'new-service', accountId, projectId } },
  ];
  const answer = await services.prompts.pick({
    title,
    placeholder: vscode.l10n.t('Which private endpoints?'),
    choices,
  });
  return answer === back ? undefined : answer;
}

async function chooseInstance(services: CommandServices, from: TreeElement | undefined): Promise<PageRef | undefined> {
  const direct = from === undefined ? undefined : refOfElement(from);
  if (direct?.kind === 'serverless') return direct;
  const title = vscode.l10n.t('Set Up Serverless Instance Endpoint');
  const place = await askPlace(services, title, from);
  if (place === undefined) return undefined;
  const { accountId, projectId } = place;
  const { value: contents } = await loadNow<'project'>(services, accountId, { kind: 'project', projectId });
  const instances = contents.serverlessInstances;
  if (instances.length === 0) {
    const unread = contents.missing.find(({ part }) => part === 'serverlessInstances');
    if (unread !== undefined) throw new ProblemError(unread.problem);
    const reason = vscode.l10n.t('The project has no serverless instance.');
    throw new ProblemError(problem('STRING_UNAVAILABLE', projectId, { reason }));
  }
  const answer = await services.prompts.pick({
    title,
    placeholder: vscode.l10n.t('Which serverless instance?'),
    choices: instances.map(({ name }) => ({ label: name, value: name })),
  });
  if (answer === undefined || answer === back) return undefined;
  return { kind: 'serverless', accountId, projectId, instanceName: answer };
}
