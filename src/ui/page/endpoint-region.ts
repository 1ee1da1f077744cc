import { setMaxListeners } from 'node:events';
import type { AwsCloud } from '../../core/cloud';
import { federationServices } from '../../core/data-federation';
import { isCancellation, problemOf } from '../../core/problem';
import { regionsOf, toCloudRegion } from '../../core/region';
import { textIn, type Draft } from '../../setup/draft';
import { targetOf } from './cloud-target';
import type { Subject } from './model';

/**
 * Regions in which the interface endpoint that a subject follows may be, AWS's spelling, the likeliest first: one alone
 * is certain. It need not be that of the service (`supportedRemoteRegions`), and Atlas has that of an endpoint for Data
 * Federation only together with its DNS name (schema `PrivateNetworkEndpointIdEntry`).
 */
export function endpointRegions(subject: Subject, draft: Draft): readonly string[] {
  const target = targetOf(subject, draft);
  const own = toCloudRegion('AWS', target.region);
  const told = subject.kind === 'federation' ? regionToldBy(subject.endpoint) : undefined;
  if (told !== undefined) return [told];
  const others =
    subject.kind === 'federation' && subject.endpoint !== undefined
      ? Object.keys(federationServices)
      : target.remoteRegions;
  const all = new Set([own, ...others.map((region) => toCloudRegion('AWS', region))]);
  const chosen = textIn(draft, 'cloudRegion');
  return all.has(chosen) ? [chosen, ...[...all].filter((region) => region !== chosen)] : [...all];
}

function regionToldBy(
  endpoint: { readonly region?: string; readonly dnsName?: string } | undefined,
): string | undefined {
  if (endpoint?.region !== undefined) return toCloudRegion('AWS', endpoint.region);
  // `vpce-….vpce-svc-….us-east-1.vpce.amazonaws.com` (seed: Hostname DNS Resolution).
  const inName = /\.([a-z0-9-]+)\.vpce\.amazonaws\.com\.?$/u.exec(endpoint?.dnsName ?? '')?.[1];
  return regionsOf('AWS').some(({ cloud }) => cloud === inName) ? inName : undefined;
}

/**
 * How AWS answers in a region that is not enabled for the account: EC2 with `OptInRequired`, or as if the credentials
 * were wrong (`AuthFailure`). Nothing of the account can be there.
 */
const closedCodes: ReadonlySet<string> = new Set(['AWS_REGION_DISABLED', 'AWS_CREDENTIALS_REFUSED']);

/**
 * What keeps it from being known what there is in some of the regions; undefined when they are closed to the account
 * only. Where no region has answered, it is not the region that refuses the credentials.
 */
function hindranceIn(failures: readonly Error[], oneAnswered: boolean): Error | undefined {
  const isClosed = (failure: Error): boolean => closedCodes.has(problemOf(failure)?.code ?? '');
  return (
    failures.find(isCancellation) ??
    failures.find((failure) => !isClosed(failure)) ??
    (oneAnswered ? undefined : failures[0])
  );
}

const notHere = new Error('The endpoint is not in this region');

/**
 * The region of an AWS account that has an interface endpoint: the first is asked alone, the others all at once.
 * Undefined when none of these has it, not counting those that are closed to the account. Rejects with what kept it from
 * looking into one, when no other has it: it may be there.
 */
export async function findRegion(
  regions: readonly string[],
  open: (region: string) => Promise<AwsCloud>,
  endpointId: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const over = new AbortController();
  const within = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  // All regions listen at once: more than Node's guess at a leak.
  setMaxListeners(0, within);
  const look = async (region: string): Promise<string> => {
    const cloud = await open(region);
    if ((await cloud.getEndpoint(endpointId, within)) === undefined) throw notHere;
    return region;
  };
  const failures: Error[] = [];
  try {
    for (const group of [regions.slice(0, 1), regions.slice(1)]) {
      try {
        return await Promise.any(group.map(look));
      } catch (error) {
        if (!(error instanceof AggregateError)) throw error;
        failures.push(...(error.errors as readonly Error[]));
      }
      if (failures.some(isCancellation)) break;
    }
  } finally {
    over.abort();
  }
  const hindrance = hindranceIn(
    failures.filter((failure) => failure !== notHere),
    failures.includes(notHere),
  );
  if (hindrance !== undefined) throw hindrance;
  return undefined;
}

/** What there is in each region that can be looked into, and which the others are. Rejects only when it is cancelled. */
export async function lookWhereAllowed<T>(
  regions: readonly string[],
  look: (region: string) => Promise<T>,
): Promise<{ readonly seen: readonly T[]; readonly unseen: readonly string[] }> {
  const looks = await Promise.allSettled(regions.map(look));
  const cancelled = looks.find((one) => one.status === 'rejected' && isCancellation(one.reason));
  if (cancelled?.status === 'rejected') throw cancelled.reason;
  return {
    seen: looks.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    unseen: regions.filter((_, index) => {
      const one = looks[index];
      return one?.status === 'rejected' && !closedCodes.has(problemOf(one.reason)?.code ?? '');
    }),
  };
}

/**
 * What there is in each region that is open to the account. Rejects when one cannot be looked into for another reason,
 * or none is open.
 */
export async function lookInOpenRegions<T>(
  regions: readonly string[],
  look: (region: string) => Promise<T>,
): Promise<readonly T[]> {
  const looks = await Promise.allSettled(regions.map(look));
  const seen = looks.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const hindrance = hindranceIn(
    looks.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : [])),
    seen.length > 0,
  );
  if (hindrance !== undefined) throw hindrance;
  return seen;
}
