import { t } from '@vscode/l10n';
import type { ActionId } from '../../../webview/protocol';
import { shellLanguages } from '../../core/command-plan';
import { toCloudRegion } from '../../core/region';
import { setFederationComment } from '../../setup/data-federation';
import { setRemoteRegions } from '../../setup/endpoint-service';
import type { SetupPorts } from '../../setup/look-first';
import { setServerlessComment } from '../../setup/serverless';
import { readAwsRegions } from './choices';
import { setupPorts } from './do-step';
import type { Page } from './page';
import { perform } from './perform';
import { atlasCliScript } from './present/atlas-commands';
import { whyNotExported } from './present/header';
import { lookAfterwards, refresh } from './read-atlas';
import { removalScript } from './removal-script';
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
