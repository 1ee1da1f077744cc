import { createHash } from 'node:crypto';
import { delay } from '../core/clock';
import type { AwsCloud, AwsEndpointOutcome, AwsVpcEndpoint } from '../core/cloud';
import type { AwsEndpointChoices } from '../core/cloud-choices';
import { problem, problemOf, ProblemError } from '../core/problem';
import { waitUntil, type SetupPorts } from './look-first';

/** What an interface endpoint is wanted for. */
export interface AwsWish {
  /** Id of the endpoint service at Atlas, or of a serverless instance's reservation. */
  readonly serviceId: string;
  /** Endpoints of the service that Atlas knows already. */
  readonly registeredIds: readonly string[];
  /** The service is the same for all customers: an endpoint that was not made for this wish is for something else. */
  readonly shared: boolean;
}

/** States of an interface endpoint that is there and cannot be registered any more. */
const overStates: ReadonlySet<string> = new Set(['rejected', 'failed', 'expired']);
/** States of one that is no more, or soon. In every other state, those that are not known here too, it can be used. */
const goneStates: ReadonlySet<string> = new Set(['deleting', 'deleted']);

function isUsable({ state }: AwsVpcEndpoint): boolean {
  return !overStates.has(state) && !goneStates.has(state);
}

/** Endpoints to a service that Atlas does not know. */
interface UnregisteredEndpoints<T> {
  /** Made for the wish before an interruption, or by somebody else. */
  readonly wanted: readonly T[];
  /** The same, but they can only be deleted: AWS has given them up. */
  readonly over: readonly T[];
  /** Lead to a service that is shared, and were not made for the wish. */
  readonly others: readonly T[];
}

/** Those of the endpoints to the service of a wish that Atlas does not know. */
export function unregisteredEndpoints<T extends AwsVpcEndpoint>(
  found: readonly T[],
  wish: AwsWish,
): UnregisteredEndpoints<T> {
  const unknown = found.filter(({ id }) => !wish.registeredIds.includes(id));
  const isWanted = (endpoint: AwsVpcEndpoint): boolean => !wish.shared || isMadeFor(wish, endpoint);
  return {
    wanted: unknown.filter((endpoint) => isUsable(endpoint) && isWanted(endpoint)),
    over: unknown.filter((endpoint) => overStates.has(endpoint.state) && isWanted(endpoint)),
    others: unknown.filter((endpoint) => isUsable(endpoint) && !isWanted(endpoint)),
  };
}

/** What is made from here carries its client token as a tag, whose beginning stays when others are registered meanwhile. */
function isMadeFor({ serviceId }: AwsWish, { vpcId, tags }: AwsVpcEndpoint): boolean {
  const beginning = tokenBeginning(serviceId, vpcId);
  return Object.values(tags).some((value) => value.startsWith(beginning));
}

/**
 * The client token of a wish: the same from every window and machine as long as Atlas knows the same endpoints, so that
 * two of them at once still make one endpoint. Its beginning says what the endpoint is for, whatever Atlas knows.
 * `generation` tells a wish from an earlier one whose endpoint is gone.
 */
function clientTokenOf(
  { serviceId, registeredIds }: Omit<AwsWish, 'shared'>,
  vpcId: string,
  generation: number,
): string {
  const rest = hashOf([...[...registeredIds].sort(), String(generation)]);
  // AWS takes 64 characters.
  return `${tokenBeginning(serviceId, vpcId)}${rest.slice(0, 24)}`;
}

/**
 * The client token of a wish (see {@link clientTokenOf}) in its first generation that is not spent. One is spent when it
 * has led to an endpoint that is over or was registered: AWS remembers a token for a day or so, answers it with what came
 * of it then, and refuses it with other choices (EC2's documentation, Ensuring idempotency).
 */
export function unspentToken(wish: Omit<AwsWish, 'shared'>, vpcId: string, spent: ReadonlySet<string>): string {
  for (let generation = 0; ; generation += 1) {
    const token = clientTokenOf(wish, vpcId, generation);
    if (!spent.has(token)) return token;
  }
}

function tokenBeginning(serviceId: string, vpcId: string): string {
  return `atlas-${hashOf([serviceId, vpcId]).slice(0, 24)}-`;
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Endpoints removed and wanted again with the same token within the time for which AWS remembers it. */
const generations = 10;

/**
 * The interface endpoint for a wish: one in the VPC that leads to the service and that Atlas does not know yet, else a
 * new one. Safe to repeat, from any machine. `spent` are tokens that are not tried again. Rejects with an `AWS_…` problem.
 */
export async function ensureInterfaceEndpoint(
  aws: AwsCloud,
  choices: Omit<AwsEndpointChoices, 'clientToken'>,
  wish: AwsWish,
  spent: ReadonlySet<string> = new Set(),
  signal?: AbortSignal,
): Promise<AwsEndpointOutcome> {
  const found = await aws.findEndpoints(choices.serviceName, signal);
  const [waiting] = unregisteredEndpoints(found, wish).wanted.filter(({ vpcId }) => vpcId === choices.vpcId);
  if (waiting !== undefined) return { endpoint: waiting, created: false };
  const tried = new Set(spent);
  for (let generation = 0; ; generation += 1) {
    const clientToken = unspentToken(wish, choices.vpcId, tried);
    const outcome = await aws.ensureEndpoint({ ...choices, clientToken }, signal);
    // AWS answers a token it has seen with what came of it then, also when that is over or has been deleted since. Every
    // other state is an answer, one that is not known here too: with another token there would be one more endpoint.
    const { endpoint, created } = outcome;
    const isEarlier = goneStates.has(endpoint.state) || (overStates.has(endpoint.state) && !created);
    if (!isEarlier || generation === generations) return outcome;
    tried.add(clientToken);
  }
}

/** Name of the security group that is proposed for a service's endpoints: the same on every machine. */
export function proposedGroupName(serviceId: string): string {
  return `atlas-private-endpoint-${serviceId.slice(-8)}`;
}

/** What became of the security groups that were made for an endpoint, by id. */
export interface GroupRemoval {
  readonly deleted: readonly string[];
  /** Something else uses them still: they stay. */
  readonly inUse: readonly string[];
}

/**
 * Deletes an interface endpoint, waits until it is gone, and deletes the security group that was made for it. Safe to
 * repeat: where the endpoint is gone already, the group is found by its proposed name.
 */
export async function removeInterfaceEndpoint(
  aws: AwsCloud,
  ports: SetupPorts,
  endpointId: string,
  groupName: string,
  signal?: AbortSignal,
): Promise<GroupRemoval> {
  const endpoint = await aws.getEndpoint(endpointId, signal);
  if (endpoint !== undefined && endpoint.state !== 'deleted') {
    await aws.deleteEndpoint(endpointId, signal);
    await waitUntil(
      ports,
      async () => {
        const now = await aws.getEndpoint(endpointId, signal);
        return now === undefined || now.state === 'deleted' ? { done: undefined } : { moving: now.state };
      },
      endpointId,
      signal,
    );
  }
  const groupIds = endpoint?.securityGroupIds ?? (await groupsNamed(aws, groupName, signal));
  return await removeEach(groupIds, (groupId) => deleteUnusedGroup(aws, ports, groupId, signal));
}

async function removeEach(
  groupIds: readonly string[],
  remove: (groupId: string) => Promise<boolean>,
): Promise<GroupRemoval> {
  const outcome = { deleted: [] as string[], inUse: [] as string[] };
  for (const groupId of groupIds) ((await remove(groupId)) ? outcome.deleted : outcome.inUse).push(groupId);
  return outcome;
}

/** Waits between tries while a group is still in use, by an endpoint that is just being deleted; milliseconds. */
const groupPatience = [2_000, 5_000, 10_000, 15_000, 30_000, 60_000] as const;

/**
 * Deletes the security groups of this name that we made, in whatever VPC of the region; one that stays in use for two
 * minutes stays. Safe to repeat.
 */
export async function removeGroupsNamed(
  aws: AwsCloud,
  ports: SetupPorts,
  groupName: string,
  signal?: AbortSignal,
): Promise<GroupRemoval> {
  return await removeEach(await groupsNamed(aws, groupName, signal), async (groupId) => {
    for (const wait of groupPatience) {
      if (await deleteUnusedGroup(aws, ports, groupId, signal)) return true;
      await delay(ports.clock, wait, signal);
    }
    return await deleteUnusedGroup(aws, ports, groupId, signal);
  });
}

async function groupsNamed(aws: AwsCloud, name: string, signal?: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { id: vpcId } of await aws.listVpcs(signal)) {
    const groups = await aws.listSecurityGroups(vpcId, signal);
    ids.push(...groups.filter((group) => group.name === name).map(({ id }) => id));
  }
  return ids;
}

/** False when it is in use: a group that another endpoint uses as well stays for that one. */
async function deleteUnusedGroup(
  aws: AwsCloud,
  { logger }: SetupPorts,
  groupId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await aws.deleteSecurityGroup(groupId, signal);
    return true;
  } catch (error) {
    if (problemOf(error)?.code !== 'AWS_IN_USE') throw error;
    logger.info(`Set-up: security group ${groupId} is still in use`);
    return false;
  }
}

/** Throws `SETUP_ENDPOINT_FAILED` for an endpoint that AWS has given up. */
export function checkUsable(endpoint: AwsVpcEndpoint): void {
  const { id, state, lastError } = endpoint;
  if (isUsable(endpoint)) return;
  throw new ProblemError(problem('SETUP_ENDPOINT_FAILED', id, { message: lastError ?? state }));
}
