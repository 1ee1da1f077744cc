import { t } from '@vscode/l10n';
import { ownTag } from '../../cloud/aws/tags';
import type { AwsCloud } from '../../core/cloud';
import { problem, ProblemError } from '../../core/problem';
import { providerNames } from '../../core/provider';
import { toCloudRegion } from '../../core/region';
import {
  removeGroupsNamed,
  removeInterfaceEndpoint,
  unregisteredEndpoints,
  type GroupRemoval,
} from '../../setup/aws-endpoint';
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
import { endpointRegions, findRegion, lookInOpenRegions, lookWhereAllowed } from './endpoint-region';
import type { NotFoundInAws, PageModel, Question, RemovalQuestion, Removed, Subject } from './model';
import { serviceRemovedBy } from './subject';
import { askedBy, endsWish, unregisteredFor } from './unregistered';
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
  const asked = askedBy(model, question);
  const notFound: NotFoundInAws[] = [];
  const groupsInUse = new Set<string>();
  const unseen: string[] = [];
  const account: AccountRemoval = {
    onUnseen: (regions) => unseen.push(...regions),
    open: openedBy(ports, targetOf(asked, model.draft), model.draft),
    setup,
    onGroups: ({ deleted, inUse }) => {
      for (const id of inUse) groupsInUse.add(id);
      for (const id of deleted) groupsInUse.delete(id);
    },
  };
  const inCloud = withCloud ? cloudRemoval(account, asked, model, (one) => notFound.push(one)) : undefined;
  const rest =
    withCloud && endsWish(model, question) ? restInCloud(account, asked, model, question, onProgress) : undefined;
  switch (subject.kind) {
    case 'service': {
      const { service } = subject;
      if (service === undefined) throw new ProblemError(problem('SETUP_GONE', model.projectName));
      const removal = {
        service,
        onProgress,
        ...(inCloud === undefined ? {} : { removeInCloud: inCloud }),
        ...(rest === undefined ? {} : { removeRestInCloud: rest }),
      };
      if (question.kind === 'remove-service') await removeService(setup, removal, signal);
      else await removeEndpoint(setup, removal, question.endpointId, signal);
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
      await rest?.(signal);
      onProgress({ part: 'registration', endpointId }, 'running');
      if (ref.kind === 'serverless') {
        await removeServerlessEndpoint(setup, { projectId, instanceName: ref.instanceName, id: endpointId }, signal);
      } else await removeFederationEndpoint(setup, { projectId, id: endpointId }, signal);
      onProgress({ part: 'registration', endpointId }, 'done');
    }
  }
  const [first] = notFound;
  const missing = first && { ...first, endpointIds: notFound.flatMap((one) => one.endpointIds) };
  return { ...removedBy(model, question, withCloud, missing), groupsInUse: [...groupsInUse], unseen };
}

function cloudIdOf({ subject }: PageModel, endpointId: string): string | undefined {
  if (subject.kind !== 'serverless') return undefined;
  const id = (subject.endpoints.value ?? []).find((one) => one.id === endpointId)?.cloudProviderEndpointId;
  return id === '' ? undefined : id;
}

/** What is removed in an AWS account, with which room. */
interface AccountRemoval {
  readonly open: (region: string) => Promise<AwsCloud>;
  readonly setup: SetupPorts;
  readonly onGroups: (groups: GroupRemoval) => void;
  /** Regions that may have something, and that could not be looked into. */
  readonly onUnseen: (regions: readonly string[]) => void;
}

/** Opens the AWS account in a region, with the credentials that the person chose. */
function openedBy(ports: StepPorts, { provider }: CloudTarget, draft: Draft): (region: string) => Promise<AwsCloud> {
  const profile = textIn(draft, 'profile');
  return async (region) => {
    if (profile === '' || provider !== 'AWS') throw new ProblemError(problem('SETUP_CLOUD_NOT_HERE', provider));
    return await ports.aws(profile, region);
  };
}

/**
 * What was made in the AWS account for a service or reservation and that Atlas does not know: endpoints that the page
 * shows or that carry our tag, and security groups that no endpoint was made with. Asked of AWS now, as nothing leads to
 * them once the service is gone.
 */
function restInCloud(
  { open, setup, onGroups, onUnseen }: AccountRemoval,
  subject: Subject,
  model: PageModel,
  question: Question,
  onProgress: OnRemoval,
) {
  const { draft } = model;
  const target = targetOf(subject, draft);
  const { serviceName } = target;
  const { ids: shown } = unregisteredFor(model, question);
  const groupName = groupNameOf(target, draft);
  const wish = { ...awsWishOf(target), shared: target.shared || isReservedTwice(subject) };
  return async (signal?: AbortSignal): Promise<void> => {
    const regions = endpointRegions(subject, draft);
    const look = async (region: string) => {
      const cloud = await open(region);
      if (serviceName !== undefined) return { cloud, found: await cloud.findEndpoints(serviceName, signal) };
      await cloud.listVpcs(signal);
      return { cloud, found: [] };
    };
    // With one that Atlas knows in a region that is open, the others need not be: most have nothing in them.
    const { seen: places, unseen } =
      subject.kind === 'service' && question.kind === 'remove-endpoint'
        ? await lookWhereAllowed(regions, look)
        : { seen: await lookInOpenRegions(regions, look), unseen: [] };
    onUnseen(unseen);
    for (const { cloud, found } of places) {
      const { wanted, over } = unregisteredEndpoints(found, wish);
      for (const { id: endpointId, tags } of [...wanted, ...over]) {
        if (!shown.includes(endpointId) && !Object.hasOwn(tags, ownTag)) continue;
        onProgress({ part: 'cloud-endpoint', endpointId }, 'running');
        onGroups(await removeInterfaceEndpoint(cloud, setup, endpointId, groupName, signal));
        onProgress({ part: 'cloud-endpoint', endpointId }, 'done');
      }
      onGroups(await removeGroupsNamed(cloud, setup, groupName, signal));
    }
  };
}

/** Whether another reservation of the instance has the same service: what leads to it may be that one's. */
function isReservedTwice(subject: Subject): boolean {
  if (subject.kind !== 'serverless') return false;
  const { endpoint, endpoints } = subject;
  return (endpoints.value ?? []).some(
    ({ id, endpointServiceName: name }) => id !== endpoint?.id && name === endpoint?.endpointServiceName,
  );
}

/** Whether the page has seen an endpoint in the account that was chosen: where it is no more, it has been deleted. */
function wasThere({ aws }: PageModel, endpointId: string): boolean {
  const seen = [aws?.evidence?.value?.endpoint, ...(aws?.found?.value ?? [])];
  return seen.some((endpoint) => endpoint?.id === endpointId);
}

function cloudRemoval(
  { open, setup, onGroups }: AccountRemoval,
  subject: Subject,
  model: PageModel,
  onNotFound: (found: NotFoundInAws) => void,
): RemoveInCloud {
  const { draft } = model;
  const target = targetOf(subject, draft);
  const groupName = groupNameOf(target, draft);
  const regions = endpointRegions(subject, draft);
  return async (endpointId, signal) => {
    const region = await findRegion(regions, open, endpointId, signal);
    if (region !== undefined) {
      onGroups(await removeInterfaceEndpoint(await open(region), setup, endpointId, groupName, signal));
      return 'done';
    }
    // Gone already, or never in this account: only the group that was made for it may be left.
    const clouds = await lookInOpenRegions(regions, async (one) => {
      const cloud = await open(one);
      await cloud.getEndpoint(endpointId, signal);
      return cloud;
    });
    for (const cloud of clouds) {
      onGroups(await removeInterfaceEndpoint(cloud, setup, endpointId, groupName, signal));
    }
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
): Omit<Removed, 'groupsInUse' | 'unseen'> {
  const service = serviceRemovedBy(model.subject, question);
  const unregistered = unregisteredFor(model, question);
  const wasRegistered =
    question.kind === 'remove-endpoint'
      ? model.subject.kind !== 'serverless' || cloudIdOf(model, question.endpointId) !== undefined
      : (service?.endpointIds.length ?? 0) > 0;
  const common = {
    ...(service === undefined ? {} : { service: { provider: service.provider, region: service.region } }),
    cloudStays: (wasRegistered || unregistered.ids.length > 0) && !withCloud,
    unregistered,
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
