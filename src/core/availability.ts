import { federationProviders, federationRegions } from './data-federation';
import type { Deployment, FederatedDatabase } from './deployment';
import type { EndpointService } from './endpoint';
import type { Place } from './limits';
import { countTargets, coverageOf, isNearly, isSamePlace, isSharded, targetLimit, uncoveredClusters } from './limits';
import type { AvailabilityProblemCode } from './problem-codes/availability';
import type { Problem } from './problem';
import { problem } from './problem';
import { providerNames } from './provider';
import { regionLabel, toAtlasRegion } from './region';

/** What a check before set-up found. `src/messages` has what it is, why, and what to do. */
export interface SetUpFinding {
  /** Blocking ones would be refused by Atlas, or lead nowhere; the others are advice. */
  readonly severity: 'blocking' | 'advice';
  readonly problem: Problem;
}

/** What is known of a project. */
export interface ProjectState {
  readonly deployments: readonly Deployment[];
  /** Of all providers. */
  readonly services: readonly EndpointService[];
  /** Undefined: not known. */
  readonly regionalizedMode: boolean | undefined;
  /** Roles of whoever is signed in, in the project and its organization, the API's names; absent when not known. */
  readonly roles?: readonly string[];
}

/** One more endpoint, wished for. */
export interface EndpointWish extends Place {
  /** Google Cloud. */
  readonly portMapped?: boolean;
  /** Availability zones of the subnets, once they are chosen. */
  readonly zones?: readonly string[] | undefined;
  /** Where MongoDB Support has raised the limit of addressable targets. */
  readonly targetLimit?: number;
}

/** Roles that may set up private endpoints (seed: Prerequisites). */
const ownerRoles = ['GROUP_OWNER', 'ORG_OWNER'];

/**
 * Everything that stands in the way of one more endpoint in a region, or is worth knowing before: what blocks first
 * (seed: first note, Considerations, Limitations, Prerequisites). What Atlas alone knows, such as the payment method,
 * is not among it.
 */
export function checkSetUp(state: ProjectState, wish: EndpointWish): readonly SetUpFinding[] {
  return sorted([
    ...checkRole(state),
    ...checkTiers(state),
    ...checkService(state, wish),
    ...checkPaused(state, wish),
    ...checkCount(state, wish),
    ...checkTargets(state, wish),
    ...checkRegions(state, wish),
    ...checkZones(wish),
  ]);
}

/**
 * What stands in the way of an endpoint of a serverless instance. Its resource of the API knows AWS and Azure only, asks
 * for a Project Owner, and "does not work for Flex clusters" (operation
 * `createGroupPrivateEndpointServerlessInstanceEndpoint`), which a former instance may be by now. The seed's limitations
 * are about dedicated clusters.
 */
export function checkServerlessSetUp(
  state: Pick<ProjectState, 'deployments' | 'roles'>,
  { instanceName, zones }: { readonly instanceName: string } & Pick<EndpointWish, 'zones'>,
): readonly SetUpFinding[] {
  const named = state.deployments.filter(({ name }) => name === instanceName);
  const instance = named.find(({ kind }) => kind === 'serverless');
  const provider = instance?.regions[0]?.provider;
  return sorted([
    ...checkRole(state),
    ...(instance === undefined ? checkTiers({ deployments: named }) : []),
    ...(provider === 'GCP'
      ? [blocking('CHECK_SERVERLESS_PROVIDER', instanceName, { provider: providerNames[provider].cloud })]
      : []),
    ...(provider === 'AWS' ? checkZones({ provider, zones }) : []),
  ]);
}

/** An endpoint for Data Federation and Online Archive, wished for. */
export type FederationWish = Place & Pick<EndpointWish, 'zones'>;

/**
 * What stands in the way of an endpoint for Data Federation and Online Archive. Its resource of the API knows AWS and
 * Azure, asks for a Project Owner, and each region "has an associated service name" (operation
 * `createGroupPrivateNetworkSettingEndpointId`).
 */
export function checkFederationSetUp(
  state: Pick<ProjectState, 'deployments' | 'roles'> & { readonly databases: readonly FederatedDatabase[] },
  wish: FederationWish,
): readonly SetUpFinding[] {
  const { deployments, databases } = state;
  const { provider, region } = wish;
  const possible = federationProviders.find((one) => one === provider);
  const regions = possible === undefined ? [] : Object.values(federationRegions[possible]);
  const hasService = regions.includes(toAtlasRegion(provider, region));
  // Online Archive is for dedicated clusters; whether they have one takes a call for each.
  const isEmpty = databases.length === 0 && !deployments.some(({ kind }) => kind === 'dedicated');
  const others = databases.filter((one) => one.provider !== undefined && one.provider !== provider);
  return sorted([
    ...checkRole(state),
    ...(hasService
      ? []
      : [
          blocking('CHECK_FEDERATION_REGION', placeText(wish), {
            regions: placesText(regions.map((each) => ({ provider, region: each }))),
          }),
        ]),
    ...(isEmpty ? [advice('CHECK_FEDERATION_EMPTY', '')] : []),
    ...(others.length === 0
      ? []
      : [
          advice('CHECK_FEDERATION_PROVIDER', namesOf(others), {
            names: namesOf(others),
            provider: providerNames[provider].cloud,
          }),
        ]),
    ...checkZones(wish),
  ]);
}

/**
 * Everything that stands in the way of enabling or disabling regionalized private endpoints, and the strings that will
 * change (seed: Regionalized Private Endpoints for Multi-Region Sharded Clusters).
 */
export function checkRegionalizedMode(state: ProjectState, enable: boolean): readonly SetUpFinding[] {
  const { deployments, services } = state;
  const changing = deployments.filter(changesWithRegionalizedMode);
  return sorted([
    ...checkRole(state),
    ...(enable ? checkReplicaSets(deployments) : checkEndpointsLeft(services)),
    ...(changing.length === 0 ? [] : [advice('CHECK_STRINGS_CHANGE', namesOf(changing), { names: namesOf(changing) })]),
  ]);
}

/** Whether private connection strings of a deployment change with that setting: multi-region and global sharded ones. */
export function changesWithRegionalizedMode(deployment: Deployment): boolean {
  return isSharded(deployment) && (deployment.topology === 'GEOSHARDED' || deployment.regions.length > 1);
}

function checkReplicaSets(deployments: readonly Deployment[]): readonly SetUpFinding[] {
  const sets = deployments.filter(({ topology }) => topology === 'REPLICASET');
  return sets.length === 0 ? [] : [blocking('CHECK_REPLICA_SETS', namesOf(sets), { names: namesOf(sets) })];
}

/** Several endpoints in one region while another region has any: both of the seed's cases. */
function checkEndpointsLeft(services: readonly EndpointService[]): readonly SetUpFinding[] {
  const regions = coverageOf([], services).filter(({ endpointCount }) => endpointCount > 0);
  if (regions.length < 2 || !regions.some(({ endpointCount }) => endpointCount > 1)) return [];
  return [blocking('CHECK_SEVERAL_ENDPOINTS', placesText(regions), { regions: placesText(regions) })];
}

/** What could not be read, by names that people know: nothing is said about it, and that is worth knowing before. */
export function checkUnread(parts: readonly string[], severity: SetUpFinding['severity']): readonly SetUpFinding[] {
  if (parts.length === 0) return [];
  return [(severity === 'blocking' ? blocking : advice)('CHECK_UNREAD', parts.join(', '), { parts: parts.join(', ') })];
}

// ---------------------------------------------------------------- each check

function checkRole({ roles }: Pick<ProjectState, 'roles'>): readonly SetUpFinding[] {
  if (roles === undefined || roles.some((role) => ownerRoles.includes(role))) return [];
  return [blocking('CHECK_ROLE', roles.join(', '), { roles: roles.join(', ') })];
}

function checkTiers({ deployments }: Pick<ProjectState, 'deployments'>): readonly SetUpFinding[] {
  const without = deployments.filter(({ kind }) => kind === 'shared' || kind === 'flex');
  const serverless = deployments.filter(({ kind }) => kind === 'serverless');
  const none = without.length > 0 && without.length === deployments.length;
  const parameters = {
    names: namesOf(without),
    tiers: [...new Set(without.map(({ tier }) => tier))].join(', '),
    ...(none ? { all: 'true' } : {}),
  };
  return [
    ...(without.length === 0 ? [] : [(none ? blocking : advice)('CHECK_TIER', namesOf(without), parameters)]),
    ...(serverless.length === 0
      ? []
      : [advice('CHECK_SERVERLESS', namesOf(serverless), { names: namesOf(serverless) })]),
  ];
}

function checkService({ services }: ProjectState, wish: EndpointWish): readonly SetUpFinding[] {
  const service = services.find((each) => isSamePlace(each, wish));
  if (service === undefined) return [];
  const region = placeText(wish);
  switch (service.status) {
    case 'DELETING':
      return [blocking('CHECK_SERVICE_DELETING', region)];
    case 'FAILED':
      return [blocking('CHECK_SERVICE_FAILED', region, { message: service.errorMessage ?? '' })];
    default:
      return [advice('CHECK_SERVICE_EXISTS', region, { count: String(service.endpointIds.length) })];
  }
}

/** Paused clusters matter for the first endpoint of a region only. */
function checkPaused({ deployments, services }: ProjectState, wish: EndpointWish): readonly SetUpFinding[] {
  if (endpointsIn(services, wish) > 0) return [];
  const paused = deployments.filter((each) => each.paused && each.regions.some((region) => isSamePlace(region, wish)));
  return paused.length === 0 ? [] : [blocking('CHECK_PAUSED', namesOf(paused), { names: namesOf(paused) })];
}

/**
 * Either several endpoints in one region, or one in each of several (seed: Limitations), over all providers; not with
 * regionalized mode.
 */
function checkCount(state: ProjectState, wish: EndpointWish): readonly SetUpFinding[] {
  const { deployments, services, regionalizedMode } = state;
  if (regionalizedMode === undefined) return [];
  if (regionalizedMode) return [advice('CHECK_REGIONALIZED', placeText(wish))];
  const others = coverageOf([], services).filter((each) => each.endpointCount > 0 && !isSamePlace(each, wish));
  const canRegionalize = deployments.every(({ topology }) => topology !== 'REPLICASET') ? { regionalize: 'true' } : {};
  const several = others.filter(({ endpointCount }) => endpointCount > 1);
  if (several.length > 0) {
    const parameters = { regions: placesText(several), ...canRegionalize };
    return [blocking('CHECK_SEVERAL_ELSEWHERE', placeText(wish), parameters)];
  }
  if (endpointsIn(services, wish) > 0 && others.length > 0) {
    const parameters = { regions: placesText(others), ...canRegionalize };
    return [blocking('CHECK_SECOND_IN_REGION', placeText(wish), parameters)];
  }
  return [];
}

function checkTargets({ deployments }: ProjectState, wish: EndpointWish): readonly SetUpFinding[] {
  const limit = wish.targetLimit ?? targetLimit(wish.provider, wish.portMapped ?? false);
  const { total } = countTargets(deployments, wish);
  const parameters = { count: String(total), limit: String(limit), region: placeText(wish) };
  if (total > limit) {
    return [(wish.provider === 'AZURE' ? advice : blocking)('CHECK_TARGETS_EXCEEDED', placeText(wish), parameters)];
  }
  return isNearly(total, limit) ? [advice('CHECK_TARGETS_NEARLY', placeText(wish), parameters)] : [];
}

function checkRegions(
  { deployments, services, regionalizedMode }: ProjectState,
  wish: EndpointWish,
): readonly SetUpFinding[] {
  const places = coverageOf(deployments, []);
  const findings: SetUpFinding[] = [];
  if (places.length > 0 && !places.some((each) => isSamePlace(each, wish))) {
    findings.push(advice('CHECK_REGION_EMPTY', placeText(wish), { regions: placesText(places) }));
  }
  if (regionalizedMode !== false) return findings;
  // As it will be when the wish has come true.
  const uncovered = uncoveredClusters(deployments, services)
    .map(({ name, missing }) => ({ name, missing: missing.filter((each) => !isSamePlace(each, wish)) }))
    .filter(({ missing }) => missing.length > 0);
  if (uncovered.length === 0) return findings;
  const regions = [...new Set(uncovered.flatMap(({ missing }) => missing.map(placeText)))].join(', ');
  return [...findings, advice('CHECK_REGIONS_UNCOVERED', namesOf(uncovered), { names: namesOf(uncovered), regions })];
}

function checkZones({ provider, zones }: Pick<EndpointWish, 'provider' | 'zones'>): readonly SetUpFinding[] {
  if (provider !== 'AWS' || zones === undefined || new Set(zones).size !== 1) return [];
  return [advice('CHECK_ONE_ZONE', zones[0] ?? '', { zone: zones[0] ?? '' })];
}

// ---------------------------------------------------------------- small things

function endpointsIn(services: readonly EndpointService[], place: Place): number {
  return coverageOf([], services).find((each) => isSamePlace(each, place))?.endpointCount ?? 0;
}

function blocking(
  code: AvailabilityProblemCode,
  subject: string,
  parameters: Readonly<Record<string, string>> = {},
): SetUpFinding {
  return { severity: 'blocking', problem: problem(code, subject, parameters) };
}

function advice(
  code: AvailabilityProblemCode,
  subject: string,
  parameters: Readonly<Record<string, string>> = {},
): SetUpFinding {
  return { severity: 'advice', problem: problem(code, subject, parameters) };
}

function sorted(findings: readonly SetUpFinding[]): readonly SetUpFinding[] {
  return [
    ...findings.filter(({ severity }) => severity === 'blocking'),
    ...findings.filter(({ severity }) => severity === 'advice'),
  ];
}

/** Names that a sentence can hold: it is read aloud as a whole. */
const mostNames = 10;

function namesOf(things: readonly { readonly name: string }[]): string {
  const names = things.map(({ name }) => name);
  const more = names.length > mostNames ? [`+${names.length - mostNames}`] : [];
  return [...names.slice(0, mostNames), ...more].join(', ');
}

function placeText({ provider, region }: Place): string {
  return regionLabel(provider, region);
}

function placesText(places: readonly Place[]): string {
  return places.map(placeText).join(', ');
}
