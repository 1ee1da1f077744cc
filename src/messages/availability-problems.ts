import { t } from '@vscode/l10n';
import type { AvailabilityProblemCode } from '../core/problem-codes/availability';
import type { Problem } from '../core/problem';
import type { ProblemTexts } from './problem-text';

/** The rule about numbers of endpoints, in the seed's words. */
function countRule(): string {
  return t(
    'A project can have either several private endpoints in one region, or one in each of several regions. This holds across cloud providers.',
  );
}

function countFixes(problem: Problem, first: string): readonly string[] {
  return problem.parameters.regionalize === undefined
    ? [first]
    : [first, t('Enable regionalized private endpoints: the project has sharded clusters only.')];
}

export const availabilityProblems = {
  CHECK_UNREAD: ({ subject }) => ({
    title: t('Not checked, because it could not be read: {0}', subject),
    detail: t('What stands in the way there would show only when Atlas refuses, or afterwards.'),
    fixes: [t('Refresh, and go on when it is read.')],
  }),
  CHECK_ROLE: ({ parameters }) => ({
    title: t('The account may not set up private endpoints. Its roles: {0}', orNone(parameters.roles)),
    detail: t('That takes the role Project Owner or Organization Owner in Atlas.'),
    fixes: [t('Have the role Project Owner assigned to the account.'), t('Use another account.')],
  }),
  CHECK_TIER: ({ subject, parameters }) => ({
    title:
      parameters.all === undefined
        ? t('These clusters cannot use a private endpoint: {0}', subject)
        : t('No cluster of the project can use a private endpoint: {0}', subject),
    detail: t(
      'Private endpoints are not available for M0 free clusters, M2, M5 and Flex clusters. Here: {0}',
      parameters.tiers ?? '',
    ),
    fixes: [t('Upgrade the cluster to a dedicated tier, M10 or larger.')],
  }),
  CHECK_SERVERLESS: ({ subject }) => ({
    title: t('Serverless instances have private endpoints of their own: {0}', subject),
    detail: t('An endpoint of the project serves its dedicated clusters only.'),
    fixes: [t('Add an endpoint to the serverless instance itself.')],
  }),
  CHECK_SERVERLESS_PROVIDER: ({ subject, parameters }) => ({
    title: t('Serverless instances on {1} have no private endpoints: {0}', subject, parameters.provider ?? ''),
    detail: t('Atlas has private endpoints of serverless instances on AWS and Azure only.'),
    fixes: [t('Use a dedicated cluster, M10 or larger: it can have private endpoints on all three clouds.')],
  }),
  CHECK_FEDERATION_REGION: ({ subject, parameters }) => ({
    title: t('Data Federation has no endpoint service in this region: {0}', subject),
    detail: t('Each of these regions has one: {0}', parameters.regions ?? ''),
    fixes: [t('Choose one of these regions, and peer your network with one in it.')],
  }),
  CHECK_FEDERATION_EMPTY: () => ({
    title: t('The project has no federated database instance and no cluster with an Online Archive'),
    detail: t('The endpoint can be set up before there is anything that it leads to.'),
    fixes: [t('Create a federated database instance, or an Online Archive of a dedicated cluster, in Atlas.')],
  }),
  CHECK_FEDERATION_PROVIDER: ({ subject, parameters }) => ({
    title: t('These federated database instances are not on {1}: {0}', subject, parameters.provider ?? ''),
    detail: t('An endpoint leads to the instances of its own cloud provider.'),
    fixes: [t('Choose the provider of the instances, where they have private endpoints: AWS or Azure.')],
  }),
  CHECK_PAUSED: ({ subject }) => ({
    title: t('Paused clusters have nodes in this region: {0}', subject),
    detail: t(
      'Before the first private endpoint of a region, all paused clusters with nodes there have to be resumed. For more endpoints in the same region that does not matter.',
    ),
    fixes: [t('Resume the clusters in Atlas. They can be paused again once the endpoint is there.')],
  }),
  CHECK_REGION_EMPTY: ({ subject, parameters }) => ({
    title: t('No cluster has nodes in this region: {0}', subject),
    detail: t('An endpoint leads to the nodes of its own region. There are nodes in: {0}', parameters.regions ?? ''),
    fixes: [t('Choose a region that has nodes, and peer your network with it if it is elsewhere.')],
  }),
  CHECK_REGIONS_UNCOVERED: ({ subject, parameters }) => ({
    title: t('Private connection strings will still be missing for: {0}', subject),
    detail: t(
      'A cluster in several regions or clouds needs an endpoint in each of them. There is none in: {0}',
      parameters.regions ?? '',
    ),
    fixes: [t('Set up an endpoint in each of these regions as well.')],
  }),
  CHECK_SECOND_IN_REGION: (problem) => ({
    title: t('There is already an endpoint in this region, and others elsewhere: {0}', problem.subject),
    detail: `${countRule()} ${t('There are endpoints in: {0}', problem.parameters.regions ?? '')}`,
    fixes: countFixes(problem, t('Remove the endpoints in the other regions, or use the one that is there.')),
  }),
  CHECK_SEVERAL_ELSEWHERE: (problem) => ({
    title: t('Another region has several endpoints, so this one can have none: {0}', problem.subject),
    detail: `${countRule()} ${t('There are several in: {0}', problem.parameters.regions ?? '')}`,
    fixes: countFixes(problem, t('Remove endpoints until each region has at most one.')),
  }),
  CHECK_REGIONALIZED: ({ subject }) => ({
    title: t('Regionalized private endpoints are enabled: this one serves {0} only', subject),
    detail: t('Each regional endpoint connects to the mongos instances in its own region, with strings of its own.'),
    fixes: [t('Set up an endpoint in each region that applications connect from.')],
  }),
  CHECK_TARGETS_EXCEEDED: ({ parameters }) => ({
    title: t(
      'The region has {0} addressable targets, {1} are possible: {2}',
      parameters.count ?? '?',
      parameters.limit ?? '?',
      parameters.region ?? '',
    ),
    detail: targetRule(),
    fixes: targetFixes(),
  }),
  CHECK_TARGETS_NEARLY: ({ parameters }) => ({
    title: t(
      '{0} of {1} addressable targets are used: {2}',
      parameters.count ?? '?',
      parameters.limit ?? '?',
      parameters.region ?? '',
    ),
    detail: targetRule(),
    fixes: targetFixes(),
  }),
  CHECK_SERVICE_EXISTS: ({ subject, parameters }) => ({
    title: t('There is an endpoint service for this region: {0}', subject),
    detail: t(
      'A project has one service for each provider and region. It takes several endpoints and has {0} so far.',
      parameters.count ?? '0',
    ),
    fixes: [t('Add an endpoint to it.')],
  }),
  CHECK_SERVICE_DELETING: ({ subject }) => ({
    title: t('The endpoint service of this region is being deleted: {0}', subject),
    fixes: [t('Wait until it is gone; a new one can be created then.')],
  }),
  CHECK_SERVICE_FAILED: ({ subject, parameters }) => ({
    title: t('The endpoint service of this region has failed: {0}', subject),
    ...(parameters.message === undefined || parameters.message === ''
      ? {}
      : { detail: t('Atlas says: {0}', parameters.message) }),
    fixes: [t('Remove it and create it again; if it fails again, contact MongoDB support.')],
  }),
  CHECK_ONE_ZONE: ({ subject }) => ({
    title: t('All subnets are in one availability zone: {0}', subject),
    detail: t(
      'To withstand the outage of an availability zone, the endpoint needs subnets in several zones of the region.',
    ),
    fixes: [t('Choose a subnet in a second availability zone, best in each that applications run in.')],
  }),
  CHECK_REPLICA_SETS: ({ subject }) => ({
    title: t('The project has replica sets: {0}', subject),
    detail: t(
      'Regionalized private endpoints can be enabled only in a project without replica sets, and only sharded clusters can be created in it afterwards.',
    ),
    fixes: [t('Move the replica sets to another project, or convert them to sharded clusters.')],
  }),
  CHECK_SEVERAL_ENDPOINTS: ({ subject }) => ({
    title: t('There are several endpoints in a region, and endpoints in others: {0}', subject),
    detail: t(
      'Regionalized private endpoints cannot be disabled with more than one endpoint in more than one region, or more than one in a region and one in others.',
    ),
    fixes: [t('Remove endpoints until there is one in each region, or all are in one region.')],
  }),
  CHECK_STRINGS_CHANGE: ({ subject }) => ({
    title: t('Connection strings will change for: {0}', subject),
    detail: t(
      'The private connection strings of multi-region and global sharded clusters change with this setting. Applications have to be updated to use the new ones, which may cause downtime.',
    ),
    fixes: [t('Plan the change with everybody who connects to these clusters.')],
  }),
} satisfies ProblemTexts<AvailabilityProblemCode>;

function orNone(roles: string | undefined): string {
  return roles === undefined || roles === '' ? t('none') : roles;
}

function targetRule(): string {
  return t(
    'Each mongod of a replica set counts, each sharded cluster with optimized connection strings, each mongos of one without, and each BI Connector.',
  );
}

function targetFixes(): readonly string[] {
  return [
    t('Use optimized connection strings for sharded clusters on AWS.'),
    t('Use another project or region for further clusters.'),
    t('Contact MongoDB Support for a higher limit.'),
  ];
}
