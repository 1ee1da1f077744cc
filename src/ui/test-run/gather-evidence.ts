import { setMaxListeners } from 'node:events';
import type { Account } from '../../accounts/account';
import { hostsIn } from '../../connection-string/credentials';
import { delay, type Clock } from '../../core/clock';
import type { AwsClientEvidence, AwsCloud, AwsEvidence } from '../../core/cloud';
import type { Endpoint, EndpointService } from '../../core/endpoint';
import { isIncomplete } from '../../core/partly-read';
import { isCancellation, problemOf } from '../../core/problem';
import { toCloudRegion } from '../../core/region';
import { atlasEvidence } from '../../diagnostics/atlas-evidence';
import type { AtlasEvidence, CloudEvidence, Evidence, MissingEvidence } from '../../diagnostics/evidence';
import type { AtlasStore } from '../../store/atlas-store';
import { deploymentsOf, servicesOf, type ProjectContents } from '../../store/element';
import { endpointsOfHosts, knownString, projectsOfDomain } from '../../store/known-strings';
import { hasUnreadProjects } from './account-of-string';
import type { AwsProfiles } from './aws-profiles';

export interface EvidencePorts {
  readonly store: AtlasStore;
  readonly awsProfiles: AwsProfiles;
  /** The AWS account of a profile, or of the usual chain when it is empty; whoever opens it disposes of it. */
  readonly openAws: (account: Account, profile: string, region: string) => Promise<OpenedAws>;
}

export type OpenedAws = AwsCloud & { forgetSession(): void; dispose(): void };

/** Interface endpoints that are looked at for one test. */
const mostEndpoints = 4;

interface Place {
  readonly endpointId: string;
  /** AWS's spelling. */
  readonly region: string;
}

/**
 * What Atlas and, with a profile that was chosen, the AWS account say about the hosts of a string and the machine that
 * connects (`TestContext.clientAddresses`), asked anew. Never rejects but for the reason of `signal`: what could not be
 * asked stands in `missing`.
 */
export async function gatherEvidence(
  ports: EvidencePorts,
  connectionString: string,
  account: Account | undefined,
  clientAddresses: readonly string[] | undefined,
  signal: AbortSignal,
  aws?: AwsLimit,
): Promise<Evidence> {
  const round = openEvidenceRound(ports, signal, aws);
  try {
    return await round.gather(connectionString, account, clientAddresses);
  } finally {
    round.dispose();
  }
}

/**
 * How long AWS may take where a test waits for it: a person may have to type a code for it first, and what Atlas has said
 * meanwhile shall not be lost.
 */
export interface AwsLimit {
  readonly clock: Clock;
  /** Milliseconds from the first question to Atlas on. */
  readonly ms: number;
}

/** Milliseconds: a little less than a test waits for evidence at all. */
export const longestAwsMs = 4_500;

/** Evidence for any number of strings that are tested together. */
export interface EvidenceRound {
  /** As {@link gatherEvidence}; what was asked for one string is not asked again for another. */
  gather(
    connectionString: string,
    account: Account | undefined,
    clientAddresses: readonly string[] | undefined,
  ): Promise<Evidence>;
  /** Ends what is still asked. */
  dispose(): void;
}

/**
 * Opens a round: each project, service, interface endpoint and machine is asked about once, and the AWS account is opened
 * once for each profile and region.
 */
export function openEvidenceRound(ports: EvidencePorts, signal: AbortSignal, limit?: AwsLimit): EvidenceRound {
  const over = new AbortController();
  const ended = AbortSignal.any([signal, over.signal]);
  // All questions to AWS listen at once: more than Node's guess at a leak.
  setMaxListeners(0, ended);
  const { store } = ports;
  const refreshed = once<unknown>();
  const asking: Asking = {
    store,
    signal: ended,
    refresh: async (accountId, ref) => {
      await refreshed(JSON.stringify([accountId, ref]), () => store.refresh(accountId, ref));
    },
    aws: awsOfRound(ports),
    limit,
  };
  return {
    gather: (connectionString, account, clientAddresses) =>
      evidenceFor(asking, connectionString, account, clientAddresses ?? []),
    dispose: () => {
      over.abort();
      asking.aws.dispose();
    },
  };
}

/** What a round asks, and has asked. */
interface Asking {
  readonly store: AtlasStore;
  readonly signal: AbortSignal;
  readonly refresh: AtlasStore['refresh'];
  readonly aws: AwsOfRound;
  readonly limit: AwsLimit | undefined;
}

interface AwsOfRound {
  /** Undefined as long as nobody has chosen a profile for the account: then nothing in AWS is asked. */
  readonly profileOf: (account: Account) => string | undefined;
  /** The answer to a question about a region, by its name: asked when it is new. */
  readonly ask: <T>(
    account: Account,
    profile: string,
    region: string,
    question: string,
    request: (aws: OpenedAws) => Promise<T>,
  ) => Promise<T | MissingEvidence>;
  readonly dispose: () => void;
}

/** Remembers the answer under way, or there, for each key. */
function once<T>(): (key: string, ask: () => Promise<T>) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (key, ask) => {
    const known = asked.get(key);
    if (known !== undefined) return known;
    const answer = ask();
    asked.set(key, answer);
    return answer;
  };
}

function awsOfRound({ awsProfiles, openAws }: EvidencePorts): AwsOfRound {
  const opened = once<OpenedAws>();
  const answered = once<unknown>();
  const openings: Promise<OpenedAws>[] = [];
  return {
    profileOf: (account) => awsProfiles.of(account),
    // A question has one kind of answer: its name says which.
    ask: (account, profile, region, question, request) =>
      answered(JSON.stringify([account.id, profile, region, question]), async () => {
        try {
          const aws = await opened(JSON.stringify([account.id, profile, region]), () => {
            const opening = openAws(account, profile, region);
            openings.push(opening);
            return opening;
          });
          return await request(aws);
        } catch (error) {
          if (isCancellation(error)) throw error;
          const reason = problemOf(error);
          if (reason?.code !== 'AWS_NOT_PERMITTED') return { from: 'cloud', reason: 'unreachable' };
          const needed = reason.parameters.permissions;
          return { from: 'cloud', reason: 'forbidden', ...(needed === undefined ? {} : { needed }) };
        }
      }) as Promise<never>,
    dispose: () => {
      for (const opening of openings) {
        opening.then(
          (aws) => aws.dispose(),
          () => undefined,
        );
      }
    },
  };
}

async function evidenceFor(
  asking: Asking,
  connectionString: string,
  account: Account | undefined,
  clientAddresses: readonly string[],
): Promise<Evidence> {
  const { store, signal, limit } = asking;
  const since = limit?.clock.monotonic() ?? 0;
  const projectId = account === undefined ? undefined : projectOf(store, account, connectionString);
  if (account === undefined || projectId === undefined) {
    return { missing: [{ from: 'atlas', reason: hasUnreadProjects(store) ? 'not-read' : 'not-signed-in' }] };
  }
  const atlas = await askAtlas(asking, account.id, projectId, connectionString);
  signal.throwIfAborted();
  const places = awsPlaces(store, atlas.evidence, connectionString);
  const cloud: AwsAnswers =
    places.length === 0
      ? { missing: [] }
      : await inTime(askAws(asking, account, places, clientAddresses), since, limit, signal);
  const missing = [...atlas.missing, ...cloud.missing];
  return {
    ...(atlas.evidence === undefined ? {} : { atlas: atlas.evidence }),
    ...(cloud.evidence === undefined ? {} : { cloud: cloud.evidence }),
    ...(missing.length === 0 ? {} : { missing }),
  };
}

async function inTime(
  answers: Promise<AwsAnswers>,
  since: number,
  limit: AwsLimit | undefined,
  signal: AbortSignal,
): Promise<AwsAnswers> {
  if (limit === undefined) return await answers;
  const { clock, ms } = limit;
  const answered = new AbortController();
  const late = delay(clock, Math.max(0, ms - (clock.monotonic() - since)), AbortSignal.any([answered.signal, signal]));
  try {
    return await Promise.race([
      answers,
      late.then((): AwsAnswers => ({ missing: [{ from: 'cloud', reason: 'unreachable' }] })),
    ]);
  } finally {
    answered.abort();
    late.catch(() => undefined);
    // What comes later nobody waits for.
    answers.catch(() => undefined);
  }
}

/** By a host that Atlas has now, else by the domain: a string may be an old one. */
function projectOf(store: AtlasStore, account: Account, connectionString: string): string | undefined {
  const known = knownString(store, connectionString);
  if (known?.accountId === account.id) return known.projectId;
  return hostsIn(connectionString)
    .flatMap((host) => projectsOfDomain(store, host))
    .find(({ accountId }) => accountId === account.id)?.projectId;
}

async function askAtlas(
  { store, refresh }: Asking,
  accountId: string,
  projectId: string,
  connectionString: string,
): Promise<{ readonly evidence?: AtlasEvidence; readonly missing: readonly MissingEvidence[] }> {
  await refresh(accountId, { kind: 'project', projectId });
  const known = store.known<'project'>(accountId, { kind: 'project', projectId });
  const contents = known.value;
  if (contents === undefined || known.problem !== undefined) {
    const forbidden = known.problem?.code === 'ATLAS_FORBIDDEN';
    return { missing: [{ from: 'atlas', reason: forbidden ? 'forbidden' : 'unreachable' }] };
  }
  const services = servicesOf(contents).filter((service) => matters(service, contents, connectionString));
  const refs = services.map(({ provider, id }) => ({ kind: 'service', projectId, provider, serviceId: id }) as const);
  await Promise.all(refs.map((ref) => refresh(accountId, ref)));
  const endpoints = refs.flatMap((ref): readonly Endpoint[] => {
    return store.known<'service'>(accountId, ref).value?.endpoints ?? [];
  });
  const projects = store.known<'directory'>(accountId, { kind: 'directory' }).value?.projects ?? [];
  const evidence = atlasEvidence(
    {
      name: projects.find(({ id }) => id === projectId)?.name ?? projectId,
      deployments: deploymentsOf(contents),
      services: servicesOf(contents),
      endpoints,
    },
    connectionString,
  );
  const refused = contents.missing.filter(({ problem: reason }) => !isIncomplete(reason));
  if (contents.missing.length === 0) return { evidence, missing: [] };
  return { evidence, missing: [{ from: 'atlas', reason: refused.length > 0 ? 'forbidden' : 'partly-read' }] };
}

/** Services in the regions of the clusters that the hosts may belong to; all of them where that cannot be told. */
function matters(service: EndpointService, contents: ProjectContents, connectionString: string): boolean {
  const { cluster } = atlasEvidence(
    { name: '', deployments: deploymentsOf(contents), services: [], endpoints: [] },
    connectionString,
  );
  if (cluster === undefined) return true;
  return cluster.regions.some(({ provider, region }) => provider === service.provider && region === service.region);
}

/** Interface endpoints on the way: those of the string first, else those of the services in the cluster's regions. */
function awsPlaces(store: AtlasStore, atlas: AtlasEvidence | undefined, connectionString: string): readonly Place[] {
  const services = (atlas?.services ?? []).filter((service) => service.provider === 'AWS');
  const known = knownString(store, connectionString);
  const ofString = (known?.endpoints ?? endpointsOfHosts(store, connectionString))
    .filter(({ provider }) => provider === 'AWS')
    .map(({ endpointId }) => endpointId);
  const inRegions = services
    .filter(({ region }) => atlas?.cluster?.regions.some((one) => one.provider === 'AWS' && one.region === region))
    .flatMap(({ endpointIds }) => endpointIds);
  const ids = new Set(ofString.length > 0 ? ofString : inRegions);
  const places = services.flatMap(({ region, endpointIds, supportedRemoteRegions }) =>
    endpointIds
      .filter((id) => ids.has(id))
      .flatMap((endpointId) =>
        [region, ...supportedRemoteRegions].map((one) => ({ endpointId, region: toCloudRegion('AWS', one) })),
      ),
  );
  return places.slice(0, mostEndpoints);
}

interface AwsAnswers {
  readonly evidence?: CloudEvidence;
  readonly missing: readonly MissingEvidence[];
}

async function askAws(
  { aws, signal }: Asking,
  account: Account,
  places: readonly Place[],
  clientAddresses: readonly string[],
): Promise<AwsAnswers> {
  const profile = aws.profileOf(account);
  if (profile === undefined) return { missing: [{ from: 'cloud', reason: 'not-signed-in' }] };
  const regions = [...new Set(places.map(({ region }) => region))];
  const machine = `machine ${clientAddresses.join()}`;
  const [answers, machines] = await Promise.all([
    Promise.all(
      places.map(({ endpointId, region }) =>
        aws.ask(account, profile, region, `endpoint ${endpointId}`, (opened) =>
          opened.readEvidence(endpointId, signal),
        ),
      ),
    ),
    Promise.all(
      regions.map((region) =>
        aws.ask(account, profile, region, machine, (opened) => opened.readClients(clientAddresses, signal)),
      ),
    ),
  ]);
  const read = answers.filter((answer) => 'identity' in answer);
  // An endpoint may be in any of the regions that its service lets in: where it is not counts only if it is nowhere.
  const found = new Set(read.flatMap(({ endpoint }) => (endpoint === undefined ? [] : [endpoint.id])));
  const evidence = read.filter(({ endpoint }) => endpoint !== undefined || found.size === 0);
  const clients = machines.flatMap((answer) => ('from' in answer ? [] : answer));
  const client = clientOnPath(clients, evidence);
  const notPermitted = [...new Set([...read, ...clients].flatMap((one) => one.notPermitted))].sort();
  const missing: readonly MissingEvidence[] = [
    ...answers.filter((answer) => 'from' in answer).slice(0, 1),
    ...(notPermitted.length === 0
      ? []
      : [{ from: 'cloud', reason: 'forbidden', needed: notPermitted.join(', ') } as const]),
  ];
  if (evidence.length === 0) return { missing };
  return {
    evidence: { aws: evidence, addresses: addressesIn(evidence), ...(client === undefined ? {} : { client }) },
    missing,
  };
}

/**
 * The machine as it is in the VPC of an endpoint, else in the only VPC that has its addresses. In several others it
 * could be any: private addresses are unique in one network only.
 */
function clientOnPath(
  clients: readonly AwsClientEvidence[],
  evidence: readonly AwsEvidence[],
): AwsClientEvidence | undefined {
  const beside = clients.filter(({ vpcId }) => evidence.some(({ endpoint }) => endpoint?.vpcId === vpcId));
  const [client, ...others] = beside.length > 0 ? beside : clients;
  return others.length === 0 ? client : undefined;
}

/** The addresses of endpoints that have one in each of their subnets: only then nothing is missing. */
function addressesIn(evidence: readonly AwsEvidence[]): NonNullable<CloudEvidence['addresses']> {
  return evidence.flatMap(({ endpoint, subnets }) => {
    const addresses = subnets.flatMap(({ privateIp }) => privateIp ?? []);
    if (endpoint === undefined || addresses.length === 0 || addresses.length < endpoint.subnetIds.length) return [];
    return [{ endpointId: endpoint.id, addresses }];
  });
}
