import { isGovernment } from '../../accounts/account';
import { privateEndpointResourceId, subnetResourceId } from '../../cloud/azure/resource-ids';
import { networkPath, subnetPath } from '../../cloud/gcp/rule-names';
import type { AwsPlace, Entered, SetUp, UnreadPlace } from '../../cloud/terraform/set-up';
import { planSetUp } from '../../cloud/terraform/plan-set-up';
import type { CommandPlan } from '../../core/command-plan';
import { federationServices } from '../../core/data-federation';
import { problem, ProblemError, problemOf } from '../../core/problem';
import { toCloudRegion } from '../../core/region';
import { flagIn, textIn } from '../../setup/draft';
import { isSameEndpoint } from '../../setup/register';
import { choicesOf, profileName } from './choices';
import { targetOf } from './cloud-target';
import type { PageModel, ServiceSubject } from './model';
import type { Page } from './page';
import { elementOf } from './subject';

/**
 * What a page is about as Terraform, both sides of it (see {@link planSetUp}), read as far as it was not known.
 * Undefined where there is nothing at Atlas yet, and for serverless instances: Terraform's provider has no resources
 * for their endpoints any more (its documentation: removed with the end of serverless instances).
 *
 * Throws a `Problem` when details of an endpoint in Azure or Google Cloud cannot be read: a file without its project or
 * address could not be planned, and would say that Atlas has none.
 */
export async function exportSetUp(page: Page, model: () => PageModel): Promise<CommandPlan | undefined> {
  const { subject } = model();
  const element = elementOf(subject);
  // Of an endpoint in AWS nothing but its id is written on Atlas's side.
  const unread = subject.kind === 'service' && subject.provider !== 'AWS' ? unreadIn(subject) : [];
  if (element !== undefined && unread.length > 0) {
    const { ref, ports } = page;
    await ports.store.refreshEndpoints(ref.accountId, element, unread);
    const after = model().subject;
    const [still] = after.kind === 'service' ? unreadIn(after) : [];
    if (still !== undefined) {
      const { value, problem: reason } = ports.store.known<'service'>(ref.accountId, element);
      const own = value?.missing.find(({ endpointId }) => endpointId === still)?.problem;
      throw new ProblemError(own ?? reason ?? problem('SETUP_GONE', still));
    }
  }
  const aws = await readAws(page, model());
  return planSetUpExport(model(), aws);
}

function unreadIn({ service, known }: ServiceSubject): readonly string[] {
  return (service?.endpointIds ?? []).filter((id) => !known.some((one) => one.id === id));
}

/** What was looked up in the person's AWS account, region by region. */
export interface AwsLook {
  readonly places: readonly AwsPlace[];
  readonly unread: readonly UnreadPlace[];
}

/** The file for what is known; `aws` is undefined where no credentials are chosen. */
export function planSetUpExport(model: PageModel, aws: AwsLook | undefined): CommandPlan | undefined {
  const { account, ref, draft } = model;
  const atlas = atlasSideOf(model);
  if (atlas === undefined) return undefined;
  const profile = profileName(textIn(draft, 'profile'));
  const entered = enteredIn(model);
  return planSetUp({
    projectId: ref.projectId,
    government: account !== undefined && isGovernment(account),
    atlas,
    ...(aws === undefined ? {} : { aws: { ...aws, ...(profile === undefined ? {} : { profile }) } }),
    ...(entered === undefined ? {} : { entered }),
  });
}

function atlasSideOf({ subject, project }: PageModel): SetUp['atlas'] | undefined {
  switch (subject.kind) {
    case 'service': {
      const { service, known } = subject;
      if (service === undefined) return undefined;
      return {
        kind: 'service',
        service,
        endpoints: known,
        regionalizedMode: project.value?.regionalizedMode,
      };
    }
    case 'federation':
      return subject.endpoints.length === 0 ? undefined : { kind: 'federation', endpoints: subject.endpoints };
    case 'serverless':
      return undefined;
  }
}

/**
 * What was entered for an endpoint in Azure or Google Cloud, where all of a value is there; undefined unless it is certain
 * which one it was entered for: another's subnet would have Terraform make the endpoint anew.
 */
function enteredIn({ subject, draft }: PageModel): Entered | undefined {
  const choices = choicesOf(targetOf(subject, draft), draft, undefined);
  const ids = idsOf(subject);
  // The name that was entered is gone with the registration; what else was entered stays, until another is added.
  const [only] = ids.length === 1 && !flagIn(draft, 'adding', false) ? ids : [];
  switch (choices.provider) {
    case 'AWS':
      return undefined;
    case 'AZURE': {
      const wanted = privateEndpointResourceId(choices);
      const group = wanted.slice(0, wanted.lastIndexOf('/') + 1).toLowerCase();
      const endpointId =
        ids.find((id) => isSameEndpoint('AZURE', id, wanted)) ??
        (only?.toLowerCase().startsWith(group) === true ? only : undefined);
      if (endpointId === undefined) return undefined;
      const isWhole = [choices.subscriptionId, choices.resourceGroup, choices.vnet, choices.subnet].every(Boolean);
      const location = textIn(draft, 'azureLocation');
      return {
        endpointId,
        ...(location === '' ? {} : { location }),
        ...(isWhole ? { subnetId: subnetResourceId(choices) } : {}),
      };
    }
    case 'GCP': {
      const endpointId = ids.find((id) => id === choices.groupName) ?? only;
      if (endpointId === undefined || projectOf(subject, endpointId) !== choices.projectId) return undefined;
      return {
        endpointId,
        ...(choices.network === '' ? {} : { network: networkPath(choices) }),
        ...(choices.subnet === '' ? {} : { subnetwork: subnetPath(choices) }),
      };
    }
  }
}

/** Google Cloud's project of an endpoint, as Atlas has it. */
function projectOf(subject: PageModel['subject'], endpointId: string): string | undefined {
  const found = subject.kind === 'service' ? subject.known.find(({ id }) => id === endpointId) : undefined;
  return found?.provider === 'GCP' ? found.gcpProjectId : undefined;
}

/** Ids that Atlas knows. */
function idsOf(subject: PageModel['subject']): readonly string[] {
  switch (subject.kind) {
    case 'service':
      return subject.service?.endpointIds ?? [];
    case 'federation':
      return subject.endpoints.filter(({ provider }) => provider === 'AZURE').map(({ id }) => id);
    case 'serverless':
      return [];
  }
}

/** Every region that can have an endpoint, with the chosen credentials; undefined without any. */
async function readAws(page: Page, { subject, draft }: PageModel): Promise<AwsLook | undefined> {
  const profile = textIn(draft, 'profile');
  if (profile === '') return undefined;
  const read = placesOf(subject).map(async ({ region, serviceName }): Promise<AwsPlace | UnreadPlace> => {
    try {
      const cloud = await page.steps.aws(profile, region);
      const endpoints = await cloud.findEndpoints(serviceName);
      const vpcIds = [...new Set(endpoints.map(({ vpcId }) => vpcId))];
      const groups = await Promise.all(vpcIds.map((vpcId) => cloud.listSecurityGroups(vpcId)));
      return { region, endpoints, groups: groups.flat() };
    } catch (error) {
      const reason = problemOf(error);
      if (reason === undefined) throw error;
      return { region, code: reason.code };
    }
  });
  const looks = await Promise.all(read);
  return {
    places: looks.filter((look) => 'endpoints' in look),
    unread: looks.filter((look) => 'code' in look),
  };
}

function placesOf(subject: PageModel['subject']): readonly { readonly region: string; readonly serviceName: string }[] {
  switch (subject.kind) {
    case 'service': {
      const { service } = subject;
      if (service?.provider !== 'AWS' || service.endpointServiceName === undefined) return [];
      const { endpointServiceName: serviceName, region, supportedRemoteRegions } = service;
      return [region, ...supportedRemoteRegions].map((each) => ({ region: toCloudRegion('AWS', each), serviceName }));
    }
    case 'federation': {
      const regions = new Set(
        subject.endpoints.flatMap(({ provider, region }) =>
          provider === 'AWS' && region !== undefined ? [region] : [],
        ),
      );
      return [...regions].flatMap((region) => {
        const serviceName = federationServices[region];
        return serviceName === undefined ? [] : [{ region: toCloudRegion('AWS', region), serviceName }];
      });
    }
    case 'serverless':
      return [];
  }
}
