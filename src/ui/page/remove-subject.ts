import { t } from '@vscode/l10n';
import { ownTag } from '../../cloud/aws/tags';
import type { AwsCloud } from '../../core/cloud';
import { problem, ProblemError } from '../../core/problem';
import { providerNames } from '../../core/provider';
import { toCloudRegion } from '../../core/region';
import { removeGroupsNamed, removeInterfaceEndpoint, unregisteredEndpoints } from '../../setup/aws-endpoint';
import { removeFederationEndpoint } from '../../setup/data-federation';
import { textIn, type Draft } from '../../setup/draft';
import type { SetupPorts } from '../../setup/look-first';
import { setRegionalizedMode } from '../../setup/regionalized-mode';
import {
  removeEndpoint,
  removeService,
  type OnRemoval,
  type RemovalPart,
  type RemoveInCloud,
} from '../../setup/remove';
import { removeServerlessEndpoint } from '../../setup/serverless';
import { shortId } from '../tree/drafts';
import { groupNameOf, profileName } from './choices';
import { awsWishOf, targetOf, type CloudTarget } from './cloud-target';
import { endpointRegions, findRegion, lookInOpenRegions } from './endpoint-region';
import { foundEndpoints } from './facts';
import type { NotFoundInAws, PageModel, Question, RemovalQuestion, Removed, Subject } from './model';
import { serviceRemovedBy } from './present/confirmation';
import { following } from './subject';
import { setupPorts, type StepPorts } from './do-step';

/**
 * What a confirmed question leads to; `withCloud`: the cloud account too. Tells each part as it begins and ends, and
 * answers with what was removed; undefined when that is nothing. Rejects with `SETUP_GONE` about what is not there.
 */
export async function doConfirmed(
  ports: StepPorts,
  model: PageModel,
  question: Question,
  withCloud: boolean,
  onProgress: OnRemoval,
  signal: AbortSignal,
): Promise<Removed | undefined> {
  const { subject, ref } = model;
  const { projectId } = ref;
  const setup = await setupPorts(ports);
  if (question.kind === 'enable-regionalized' || question.kind === 'disable-regionalized') {
    await setRegionalizedMode(setup, projectId, question.kind === 'enable-regionalized', signal);
    return undefined;
  }
  const removed = question.kind === 'remove-endpoint' ? following(subject, question.endpointId) : subject;
  const notFound: NotFoundInAws[] = [];
  const inCloud = withCloud ? cloudRemoval(ports, removed, model, setup, (one) => notFound.push(one)) : undefined;
  switch (subject.kind) {
    case 'service': {
      const { service } = subject;
      if (service === undefined) throw new ProblemError(problem('SETUP_GONE', model.projectName));
      const removal = { service, onProgress, ...(inCloud === undefined ? {} : { removeInCloud: inCloud }) };
      if (question.kind === 'remove-service') {
        const rest = withCloud ? restInCloud(ports, model, setup, onProgress) : undefined;
        await removeService(setup, { ...removal, ...(rest === undefined ? {} : { removeRestInCloud: rest }) }, signal);
      } else await removeEndpoint(setup, removal, question.endpointId, signal);
      break;
    }
    case 'serverless':
    case 'federation': {
      if (question.kind !== 'remove-endpoint') throw new ProblemError(problem('SETUP_GONE', model.projectName));
      const { endpointId } = question;
      const cloudId = subject.kind === 'serverless' ? cloudIdOf(model, endpointId) : endpointId;
      if (inCloud !== undefined && cloudId !== undefined) {
        onProgress({ part: 'cloud-endpoint', endpointId: cloudId }, 'running');
        const outcome = await inCloud(cloudId, signal);
        onProgress({ part: 'cloud-endpoint', endpointId: cloudId }, outcome);
      }
      onProgress({ part: 'registration', endpointId }, 'running');
      if (ref.kind === 'serverless') {
        await removeServerlessEndpoint(setup, { projectId, instanceName: ref.instanceName, id: endpointId }, signal);
      } else await removeFederationEndpoint(setup, { projectId, id: endpointId }, signal);
      onProgress({ part: 'registration', endpointId }, 'done');
    }
  }
  const [first] = notFound;
  const missing = first && { ...first, endpointIds: notFound.flatMap((one) => one.endpointIds) };
  return removedBy(model, question, withCloud, missing);
}

function cloudIdOf({ subject }: PageModel, endpointId: string): string | undefined {
  if (subject.kind !== 'serverless') return undefined;
  const id = (subject.endpoints.value ?? []).find((one) => one.id === endpointId)?.cloudProviderEndpointId;
  return id === '' ? undefined : id;
}

/** Opens the AWS account in a region, with the credentials that the person chose. */
function openedBy(ports: StepPorts, { provider }: CloudTarget, draft: Draft): (region: string) => Promise<AwsCloud> {
  const profile = textIn(draft, 'profile');
  if (profile === '' || provider !== 'AWS') throw new ProblemError(problem('SETUP_CLOUD_NOT_HERE', provider));
  return (region) => ports.aws(profile, region);
}

/**
 * What was made in the AWS account for a service and that Atlas does not know: endpoints that the page shows or that
 * carry our tag, and security groups that no endpoint was made with. Asked of AWS now, as nothing leads to them once the
 * service is gone.
 */
function restInCloud(ports: StepPorts, model: PageModel, setup: SetupPorts, onProgress: OnRemoval) {
  const { subject, draft } = model;
  const target = targetOf(subject, draft);
  const { serviceName } = target;
  const shown = foundEndpoints(model).map(({ id }) => id);
  const groupName = groupNameOf(target, draft);
  const open = openedBy(ports, target, draft);
  return async (signal?: AbortSignal): Promise<void> => {
    const places = await lookInOpenRegions(endpointRegions(subject, draft), async (region) => {
      const cloud = await open(region);
      if (serviceName !== undefined) return { cloud, found: await cloud.findEndpoints(serviceName, signal) };
      await cloud.listVpcs(signal);
      return { cloud, found: [] };
    });
    for (const { cloud, found } of places) {
      for (const { id: endpointId, tags } of unregisteredEndpoints(found, awsWishOf(target)).wanted) {
        if (!shown.includes(endpointId) && !Object.hasOwn(tags, ownTag)) continue;
        onProgress({ part: 'cloud-endpoint', endpointId }, 'running');
        await removeInterfaceEndpoint(cloud, setup, endpointId, groupName, signal);
        onProgress({ part: 'cloud-endpoint', endpointId }, 'done');
      }
      await removeGroupsNamed(cloud, setup, groupName, signal);
    }
  };
}

/** Whether the page has seen an endpoint in the account that was chosen: where it is no more, it has been deleted. */
function wasThere({ aws }: PageModel, endpointId: string): boolean {
  const seen = [aws?.evidence?.value?.endpoint, ...(aws?.found?.value ?? [])];
  return seen.some((endpoint) => endpoint?.id === endpointId);
}

function cloudRemoval(
  ports: StepPorts,
  subject: Subject,
  model: PageModel,
  setup: SetupPorts,
  onNotFound: (found: NotFoundInAws) => void,
): RemoveInCloud {
  const { draft } = model;
  const target = targetOf(subject, draft);
  const groupName = groupNameOf(target, draft);
  const regions = endpointRegions(subject, draft);
  const open = openedBy(ports, target, draft);
  return async (endpointId, signal) => {
    const region = await findRegion(regions, open, endpointId, signal);
    if (region !== undefined) {
      await removeInterfaceEndpoint(await open(region), setup, endpointId, groupName, signal);
      return 'done';
    }
    // Gone already, or never in this account: only the group that was made for it may be left.
    const clouds = await lookInOpenRegions(regions, async (one) => {
      const cloud = await open(one);
      await cloud.getEndpoint(endpointId, signal);
      return cloud;
    });
    for (const cloud of clouds) await removeInterfaceEndpoint(cloud, setup, endpointId, groupName, signal);
    const [cloud] = clouds;
    if (cloud === undefined || wasThere(model, endpointId)) return 'done';
    const { accountId } = await cloud.whoAmI(signal);
    const profile = profileName(textIn(draft, 'profile'));
    onNotFound({
      accountId,
      ...(profile === undefined ? {} : { profile }),
      regions: clouds.map((one) => one.region),
      endpointIds: [endpointId],
    });
    return 'not-found';
  };
}

/** What a question about a removal that was confirmed, and done, has removed. */
function removedBy(
  model: PageModel,
  question: RemovalQuestion,
  withCloud: boolean,
  notFound: NotFoundInAws | undefined,
): Removed {
  const service = serviceRemovedBy(model, question);
  const hadCloud =
    question.kind === 'remove-endpoint'
      ? model.subject.kind !== 'serverless' || cloudIdOf(model, question.endpointId) !== undefined
      : (service?.endpointIds.length ?? 0) > 0;
  const common = {
    ...(service === undefined ? {} : { service: { provider: service.provider, region: service.region } }),
    cloudStays: hadCloud && !withCloud,
    ...(notFound === undefined ? {} : { notFound }),
  };
  if (question.kind === 'remove-endpoint') return { ...common, what: 'endpoint', name: shortId(question.endpointId) };
  const name =
    service === undefined
      ? ''
      : `${providerNames[service.provider].cloud} ${toCloudRegion(service.provider, service.region)}`;
  return { ...common, what: 'service', name };
}

/** A part of a removal in words. */
export function removalText(part: RemovalPart): string {
  switch (part.part) {
    case 'cloud-endpoint':
      return t('Delete {0} in the AWS account', shortId(part.endpointId));
    case 'registration':
      return t('Remove {0} at Atlas', shortId(part.endpointId));
    case 'service':
      return t('Remove the endpoint service at Atlas');
  }
}
