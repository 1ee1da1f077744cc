import { subnetResourceId } from '../../cloud/azure/resource-ids';
import { networkPath, subnetPath } from '../../cloud/gcp/rule-names';
import type { AwsPlace, Entered, SetUp } from '../../cloud/terraform/set-up';
import { planSetUp } from '../../cloud/terraform/plan-set-up';
import type { CommandPlan } from '../../core/command-plan';
import { federationServices } from '../../core/data-federation';
import { problemOf } from '../../core/problem';
import { toCloudRegion } from '../../core/region';
import { textIn } from '../../setup/draft';
import { choicesOf, profileName } from './choices';
import { targetOf } from './cloud-target';
import type { PageModel } from './model';
import type { Page } from './page';
import { serviceRefOf } from './subject';

/**
 * What a page is about as Terraform, both sides of it (see {@link planSetUp}), read as far as it was not known.
 * Undefined where there is nothing at Atlas yet, and for serverless instances: Terraform's provider has no resources
 * for their endpoints any more (its documentation: removed with the end of serverless instances).
 */
export async function exportSetUp(page: Page, model: () => PageModel): Promise<CommandPlan | undefined> {
  const { subject } = model();
  if (subject.kind === 'service' && subject.service !== undefined && page.ref.kind === 'service') {
    const unread = subject.service.endpointIds.filter((id) => !subject.known.some((one) => one.id === id));
    if (unread.length > 0) {
      await page.ports.store.refreshEndpoints(page.ref.accountId, serviceRefOf(page.ref), unread);
    }
  }
  const places = await readAwsPlaces(page, model());
  return planSetUpExport(model(), places);
}

/** The file for what is known; `places` are the regions of the AWS account that were looked into. */
export function planSetUpExport(model: PageModel, places: readonly AwsPlace[]): CommandPlan | undefined {
  const { ref, draft } = model;
  const atlas = atlasSideOf(model);
  if (atlas === undefined) return undefined;
  const profile = profileName(textIn(draft, 'profile'));
  return planSetUp({
    projectId: ref.projectId,
    atlas,
    aws: { places, ...(profile === undefined ? {} : { profile }) },
    entered: enteredIn(model),
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
        regionalizedMode: project.value?.regionalizedMode === true,
      };
    }
    case 'federation':
      return subject.endpoints.length === 0 ? undefined : { kind: 'federation', endpoints: subject.endpoints };
    case 'serverless':
      return undefined;
  }
}

/** What was entered for an endpoint in Azure or Google Cloud, where all of a value is there. */
function enteredIn({ subject, draft }: PageModel): Entered {
  const choices = choicesOf(targetOf(subject, draft), draft, { vpcs: [], subnets: [] });
  switch (choices.provider) {
    case 'AWS':
      return {};
    case 'AZURE': {
      const isWhole = [choices.subscriptionId, choices.resourceGroup, choices.vnet, choices.subnet].every(Boolean);
      const location = textIn(draft, 'azureLocation');
      return {
        ...(location === '' ? {} : { location }),
        ...(isWhole ? { subnetId: subnetResourceId(choices) } : {}),
      };
    }
    case 'GCP':
      if (choices.projectId === '') return {};
      return {
        ...(choices.network === '' ? {} : { network: networkPath(choices) }),
        ...(choices.subnet === '' ? {} : { subnetwork: subnetPath(choices) }),
      };
  }
}

/** Every region that can have an endpoint, with the chosen credentials; what cannot be read is left out. */
async function readAwsPlaces(page: Page, { subject, draft }: PageModel): Promise<readonly AwsPlace[]> {
  const profile = textIn(draft, 'profile');
  const places = profile === '' ? [] : placesOf(subject);
  const read = places.map(async ({ region, serviceName }): Promise<AwsPlace | undefined> => {
    try {
      const cloud = await page.steps.aws(profile, region);
      const endpoints = await cloud.findEndpoints(serviceName);
      const vpcIds = [...new Set(endpoints.map(({ vpcId }) => vpcId))];
      const groups = await Promise.all(vpcIds.map((vpcId) => cloud.listSecurityGroups(vpcId)));
      return { region, endpoints, groups: groups.flat() };
    } catch (error) {
      const reason = problemOf(error);
      if (reason === undefined) throw error;
      page.ports.logger.debug(`Export: ${region} not read: ${reason.code}`);
      return undefined;
    }
  });
  return (await Promise.all(read)).filter((place) => place !== undefined);
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
