import { t } from '@vscode/l10n';
import type { ActionId, Running } from '../../../webview/protocol';
import { shellLanguages, type CommandPlan } from '../../core/command-plan';
import { ProblemError } from '../../core/problem';
import { toCloudRegion } from '../../core/region';
import { putFederationEndpoint } from '../../setup/data-federation';
import { setRemoteRegions } from '../../setup/endpoint-service';
import type { SetupPorts } from '../../setup/look-first';
import { setServerlessComment } from '../../setup/serverless';
import { readAwsRegions } from './choices';
import type { StepPorts } from './do-step';
import type { PageModel } from './model';
import type { PageEditor } from './page-controller';
import { existingCommands } from './present/atlas-commands';
import { endpointPlan } from './present/commands';
import { planSetUpExport } from './set-up-export';

interface ActionPorts {
  readonly steps: StepPorts;
  readonly editor: PageEditor;
  readonly model: () => PageModel;
  readonly perform: (
    step: undefined,
    title: string,
    work: (signal: AbortSignal, tell: (lines: Running['lines']) => void) => Promise<void>,
  ) => Promise<void>;
  readonly refresh: () => Promise<void>;
}

/** Buttons about the whole page or one endpoint that belong to no step. */
export async function otherAction(ports: ActionPorts, action: ActionId, subject: string | undefined): Promise<void> {
  const { editor, model } = ports;
  switch (action) {
    case 'open-in-atlas':
      await editor.openInAtlas(model().ref);
      return;
    case 'sign-in':
      await editor.run('atlasPrivateEndpoints.signIn');
      return;
    case 'create-database-user':
      await editor.run('atlasPrivateEndpoints.createDatabaseUser');
      return;
    case 'show-report':
      await editor.run('atlasPrivateEndpoints.showReportText', subject);
      return;
    case 'copy-report':
      await editor.run('atlasPrivateEndpoints.copyReport', subject);
      return;
    case 'show-removal-commands':
      if (subject !== undefined) await showPlan(ports, endpointPlanOf(model(), subject));
      return;
    case 'show-atlas-cli':
      await showPlan(ports, existingCommands(model()));
      return;
    case 'export-terraform': {
      const plan = planSetUpExport(model());
      if (plan?.file !== undefined) await editor.openText(plan.file.language, plan.file.text);
      return;
    }
    case 'edit-comment':
      if (subject !== undefined) await editComment(ports, subject);
      return;
    case 'edit-remote-regions':
      await editRemoteRegions(ports);
      return;
    default:
      // The others belong to the page itself, or have no button here.
      return;
  }
}

function endpointPlanOf(model: PageModel, endpointId: string): CommandPlan {
  const { subject } = model;
  const cloudId =
    subject.kind === 'serverless'
      ? (subject.endpoints.value ?? []).find(({ id }) => id === endpointId)?.cloudProviderEndpointId
      : endpointId;
  const planned = endpointPlan(model, 'delete', cloudId ?? endpointId);
  if (!planned.ok) throw new ProblemError(planned.problem);
  return planned.value;
}

async function showPlan({ editor, model }: ActionPorts, plan: CommandPlan | undefined): Promise<void> {
  if (plan === undefined) return;
  const { shell } = model().ui;
  await editor.openText(shellLanguages[shell], plan.shells[shell]);
}

async function setupPorts({ steps: { api, clock, logger } }: ActionPorts): Promise<SetupPorts> {
  return { api: await api(), clock, logger };
}

async function editComment(ports: ActionPorts, id: string): Promise<void> {
  const { editor, model, perform, refresh } = ports;
  const { subject, ref } = model();
  const question = { title: t('Edit Comment'), prompt: t('Comment of the endpoint at Atlas') };
  if (subject.kind === 'serverless') {
    const endpoint = (subject.endpoints.value ?? []).find((one) => one.id === id);
    if (endpoint === undefined) return;
    const comment = await editor.askText({ ...question, value: endpoint.comment ?? '' });
    if (comment === undefined || comment === endpoint.comment) return;
    await perform(undefined, t('Changing the comment at Atlas…'), async (signal) => {
      await setServerlessComment(await setupPorts(ports), endpoint, comment, signal);
      await refresh();
    });
    return;
  }
  if (subject.kind !== 'federation') return;
  const endpoint = subject.endpoints.find((one) => one.id === id);
  if (endpoint === undefined) return;
  const comment = await editor.askText({ ...question, value: endpoint.comment ?? '' });
  if (comment === undefined || comment === endpoint.comment) return;
  const { provider, region, dnsName, ipAddress } = endpoint;
  await perform(undefined, t('Changing the comment at Atlas…'), async (signal) => {
    await putFederationEndpoint(
      await setupPorts(ports),
      {
        projectId: ref.projectId,
        provider: provider === 'AZURE' ? 'AZURE' : 'AWS',
        id,
        comment,
        ...(region === undefined ? {} : { region }),
        ...(dnsName === undefined ? {} : { dnsName }),
        ...(ipAddress === undefined ? {} : { ipAddress }),
      },
      signal,
    );
    await refresh();
  });
}

async function editRemoteRegions(ports: ActionPorts): Promise<void> {
  const { editor, model, perform, refresh } = ports;
  const { subject } = model();
  if (subject.kind !== 'service' || subject.service?.provider !== 'AWS') return;
  const { service } = subject;
  const text = await editor.askText({
    title: t('Other AWS Regions That May Connect'),
    prompt: t('AWS regions with commas between them, such as eu-west-1. Empty: only the region of the service.'),
    value: service.supportedRemoteRegions.map((region) => toCloudRegion('AWS', region)).join(', '),
  });
  if (text === undefined) return;
  const regions = readAwsRegions(text);
  await perform(undefined, t('Changing the regions at Atlas…'), async (signal) => {
    await setRemoteRegions(await setupPorts(ports), service, regions, signal);
    await refresh();
  });
}
