import type { AwsCloud } from '../../core/cloud';
import { federationServices } from '../../core/data-federation';
import { isCancellation } from '../../core/problem';
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
 * The region of an AWS account that has an interface endpoint; undefined when none of these has it. Rejects with what
 * kept it from looking into one, when no other has it: an account need not have each region enabled.
 */
export async function findRegion(
  regions: readonly string[],
  open: (region: string) => Promise<AwsCloud>,
  endpointId: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const failures: unknown[] = [];
  for (const region of regions) {
    try {
      if ((await (await open(region)).getEndpoint(endpointId, signal)) !== undefined) return region;
    } catch (error) {
      if (isCancellation(error)) throw error;
      failures.push(error);
    }
  }
  for (const failure of failures) throw failure;
  return undefined;
}
