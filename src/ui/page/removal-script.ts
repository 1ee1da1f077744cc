import { t } from '@vscode/l10n';
import { planWholeRemoval } from '../../cloud/plan-endpoint';
import type { CloudEndpointRef } from '../../core/cloud-choices';
import { isCancellation, problem, problemOf, ProblemError } from '../../core/problem';
import { regionLabel, toCloudRegion } from '../../core/region';
import { textIn } from '../../setup/draft';
import { groupNameOf, profileName } from './choices';
import { targetOf } from './cloud-target';
import { endpointRegions, findRegion } from './endpoint-region';
import type { PageModel } from './model';
import type { Page } from './page';
import { perform } from './perform';
import { removalAtAtlas } from './present/atlas-commands';
import { readEndpoint } from './read-atlas';
import { modelOf } from './state-of';
import { following } from './subject';

/**
 * What deletes an endpoint on its own side, then at Atlas, in the order in which the page does it. Undefined when nobody
 * told the region that it is in. Throws what keeps the commands from being complete.
 */
export async function removalScript(page: Page, endpointId: string): Promise<string | undefined> {
  // The names of what an endpoint of Google Cloud consists of are told with the endpoint itself.
  if (isUnread(modelOf(page), endpointId)) await readEndpoint(page, endpointId);
  const model = modelOf(page);
  const atAtlas = removalAtAtlas(model, endpointId);
  if (atAtlas === undefined || isUnread(model, endpointId)) throw new ProblemError(problem('SETUP_GONE', endpointId));
  const { subject, ref, ui } = model;
  const cloudId =
    subject.kind === 'serverless'
      ? (subject.endpoints.value ?? []).find(({ id }) => id === endpointId)?.cloudProviderEndpointId
      : endpointId;
  let cloud: CloudEndpointRef | undefined;
  // A reservation that was not used yet has nothing on the other side.
  if (cloudId !== undefined && cloudId !== '') {
    const followed: PageModel = { ...model, subject: following(subject, endpointId) };
    const region = await regionOf(page, followed, cloudId);
    if (region === undefined) return undefined;
    cloud = cloudRef(followed, cloudId, region);
  }
  const planned = planWholeRemoval(cloud, ref.projectId, atAtlas);
  if (!planned.ok) throw new ProblemError(planned.problem);
  return planned.value[ui.shell];
}

function isUnread({ subject }: PageModel, endpointId: string): boolean {
  return (
    subject.kind === 'service' && subject.provider === 'GCP' && !subject.known.some((one) => one.id === endpointId)
  );
}

function cloudRef(model: PageModel, endpointId: string, region: string): CloudEndpointRef {
  const target = targetOf(model.subject, model.draft);
  const common = { provider: target.provider, endpointId, region };
  switch (target.provider) {
    case 'AWS': {
      const profile = profileName(textIn(model.draft, 'profile'));
      return {
        ...common,
        ...(profile === undefined ? {} : { profile }),
        groupName: groupNameOf(target, model.draft),
        byTerraform: Object.entries(tagsOf(model, endpointId))
          .flat()
          .some((text) => /terraform/iu.test(text)),
      };
    }
    case 'AZURE':
      return common;
    case 'GCP':
      return { ...common, ...rulesOf(model, endpointId) };
  }
}

/** As far as the AWS account was asked. */
function tagsOf({ aws }: PageModel, endpointId: string): Readonly<Record<string, string>> {
  const seen = [...(aws?.found?.value ?? []), aws?.evidence?.value?.endpoint];
  return seen.find((endpoint) => endpoint?.id === endpointId)?.tags ?? {};
}

/** The forwarding rules of an endpoint group: all of them, or none where one may be missing. */
function rulesOf({ subject, draft }: PageModel, endpointId: string): Pick<CloudEndpointRef, 'ruleNames' | 'projectId'> {
  const known = subject.kind === 'service' ? subject.known.find(({ id }) => id === endpointId) : undefined;
  if (known?.provider !== 'GCP') return { ruleNames: [] };
  const project = known.gcpProjectId === undefined ? {} : { projectId: known.gcpProjectId };
  const names = known.addresses.map(({ name }) => name);
  const isComplete = names.length > 0 && !names.includes('');
  if (known.portMappingEnabled && !isComplete) return project;
  // Each service attachment has one.
  const { attachments } = targetOf(subject, draft);
  return { ...project, ruleNames: isComplete && names.length >= attachments.length ? names : [] };
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
