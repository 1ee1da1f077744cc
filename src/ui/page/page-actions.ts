import { t } from '@vscode/l10n';
import type { ActionId } from '../../../webview/protocol';
import { shellLanguages } from '../../core/command-plan';
import { isCancellation, problem, problemOf, ProblemError } from '../../core/problem';
import { regionLabel, toCloudRegion } from '../../core/region';
import { setFederationComment } from '../../setup/data-federation';
import { textIn } from '../../setup/draft';
import { setRemoteRegions } from '../../setup/endpoint-service';
import type { SetupPorts } from '../../setup/look-first';
import { setServerlessComment } from '../../setup/serverless';
import { readAwsRegions } from './choices';
import { targetOf } from './cloud-target';
import { setupPorts } from './do-step';
import { endpointRegions, findRegion } from './endpoint-region';
import type { PageModel } from './model';
import { following } from './subject';
import type { Page } from './page';
import { perform } from './perform';
import { atlasCliScript, removalAtAtlas } from './present/atlas-commands';
import { endpointPlan } from './present/commands';
import { whyNotExported } from './present/header';
import { lookAfterwards, readEndpoint, refresh } from './read-atlas';
import { exportSetUp } from './set-up-export';
import { modelOf } from './state-of';

/** Buttons about the whole page or one endpoint that belong to no step. */
export async function otherAction(page: Page, action: ActionId, subject: string | undefined): Promise<void> {
  const { editor } = page;
  switch (action) {
    case 'open-in-atlas':
      await editor.openInAtlas(page.ref);
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
      if (subject !== undefined) await showScript(page, await removalScript(page, subject));
      return;
    case 'show-atlas-cli':
      await showScript(page, atlasCliScript(modelOf(page)));
      return;
    case 'export-terraform': {
      const { subject: exported } = modelOf(page);
      const why = whyNotExported(exported);
      if (why !== undefined) {
        editor.refuse(why);
        return;
      }
      const plan = await exportSetUp(page, () => modelOf(page));
      if (plan?.file !== undefined) await editor.openText(plan.file.language, plan.file.text);
      return;
    }
    case 'edit-comment':
      if (subject !== undefined) await editComment(page, subject);
      return;
    case 'edit-remote-regions':
      await editRemoteRegions(page);
      return;
    default:
      // The others belong to the page itself, or have no button here.
      return;
  }
}

/** What deletes an endpoint on its own side, then at Atlas: in the order in which the page does it. */
async function removalScript(page: Page, endpointId: string): Promise<string | undefined> {
  // The names of what an endpoint of Google Cloud consists of are told with the endpoint itself.
  if (isUnread(modelOf(page), endpointId)) await readEndpoint(page, endpointId);
  const model = modelOf(page);
  if (isUnread(model, endpointId)) throw new ProblemError(problem('SETUP_GONE', endpointId));
  const { subject, ui } = model;
  const cloudId =
    subject.kind === 'serverless'
      ? (subject.endpoints.value ?? []).find(({ id }) => id === endpointId)?.cloudProviderEndpointId
      : endpointId;
  const parts: string[] = [];
  // A reservation that was not used yet has nothing on the other side.
  if (cloudId !== undefined && cloudId !== '') {
    const followed: PageModel = { ...model, subject: following(subject, endpointId) };
    const region = await regionOf(page, followed, cloudId);
    if (region === undefined) return undefined;
    const planned = endpointPlan(followed, 'delete', cloudId, region);
    if (!planned.ok) throw new ProblemError(planned.problem);
    parts.push(`# ${t('Delete it in your cloud account')}\n${planned.value.shells[ui.shell]}`);
  }
  const atAtlas = removalAtAtlas(model, endpointId);
  if (atAtlas !== undefined) parts.push(`# ${t('Then remove it at Atlas')}\n${atAtlas.shells[ui.shell]}`);
  return parts.join('\n');
}

function isUnread({ subject }: PageModel, endpointId: string): boolean {
  return (
    subject.kind === 'service' && subject.provider === 'GCP' && !subject.known.some((one) => one.id === endpointId)
  );
}

/** The region of an endpoint in the person's cloud: where it is not certain AWS is asked, else the person. */
async function regionOf(page: Page, { subject, draft }: PageModel, id: string): Promise<string | undefined> {
  const { provider, region } = targetOf(subject, draft);
  if (provider !== 'AWS') return toCloudRegion(provider, region);
  const regions = endpointRegions(subject, draft);
  const profile = textIn(draft, 'profile');
  if (regions.length === 1) return regions[0];
  const looked = profile === '' ? { region: undefined } : await findInAws(page, profile, regions, id);
  if (looked === undefined) return undefined;
  return (
    looked.region ??
    (await page.editor.askChoice({
      title: t('Commands to Delete It'),
      placeholder: t('In which AWS region is {0}?', id),
      choices: regions.map((value) => ({ value, label: regionLabel('AWS', value) })),
    }))
  );
}

/**
 * Without a region, too, where it may not be looked for: the person can tell. Undefined when the person has cancelled it,
 * or something else is under way.
 */
async function findInAws(
  page: Page,
  profile: string,
  regions: readonly string[],
  id: string,
): Promise<{ readonly region: string | undefined } | undefined> {
  let looked: { readonly region: string | undefined } | undefined;
  await perform(page, undefined, t('Looking for the endpoint…'), async (signal) => {
    try {
      looked = { region: await findRegion(regions, (region) => page.aws.cloud(profile, region), id, signal) };
    } catch (error) {
      if (isCancellation(error)) throw error;
      page.ports.logger.debug(`Set-up: endpoint not looked for: ${problemOf(error)?.code ?? 'failed'}`);
      looked = { region: undefined };
    }
  });
  return looked;
}

async function showScript({ editor, shell }: Page, script: string | undefined): Promise<void> {
  if (script !== undefined) await editor.openText(shellLanguages[shell], script);
}

async function editComment(page: Page, id: string): Promise<void> {
  const { subject } = modelOf(page);
  switch (subject.kind) {
    case 'serverless': {
      const endpoint = (subject.endpoints.value ?? []).find((one) => one.id === id);
      await changeComment(page, endpoint, async (setup, comment, own, signal) => {
        await setServerlessComment(setup, own, comment, signal);
      });
      return;
    }
    case 'federation': {
      const endpoint = subject.endpoints.find((one) => one.id === id);
      await changeComment(page, endpoint, async (setup, comment, own, signal) => {
        await setFederationComment(setup, own, comment, signal);
      });
      return;
    }
    case 'service':
      // Atlas keeps no comment there.
      return;
  }
}

/** Asks for another comment of an endpoint and gives it to Atlas; nothing when it stays as it is. */
async function changeComment<T extends { readonly comment?: string }>(
  page: Page,
  endpoint: T | undefined,
  change: (setup: SetupPorts, comment: string, endpoint: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (endpoint === undefined) return;
  const comment = await page.editor.askText({
    title: t('Edit Comment'),
    prompt: t('Comment of the endpoint at Atlas'),
    value: endpoint.comment ?? '',
  });
  if (comment === undefined || comment === endpoint.comment) return;
  const isDone = await perform(page, undefined, t('Changing the comment at Atlas…'), async (signal) => {
    await change(await setupPorts(page.steps), comment, endpoint, signal);
    await refresh(page);
  });
  if (!isDone) await lookAfterwards(page);
}

async function editRemoteRegions(page: Page): Promise<void> {
  const { editor } = page;
  const { subject } = modelOf(page);
  if (subject.kind !== 'service' || subject.service?.provider !== 'AWS') return;
  const { service } = subject;
  const text = await editor.askText({
    title: t('Other AWS Regions That May Connect'),
    prompt: t('AWS regions with commas between them, such as eu-west-1. Empty: only the region of the service.'),
    value: service.supportedRemoteRegions.map((region) => toCloudRegion('AWS', region)).join(', '),
  });
  if (text === undefined) return;
  const regions = readAwsRegions(text);
  const isDone = await perform(page, undefined, t('Changing the regions at Atlas…'), async (signal) => {
    await setRemoteRegions(await setupPorts(page.steps), service, regions, signal);
    await refresh(page);
  });
  if (!isDone) await lookAfterwards(page);
}
