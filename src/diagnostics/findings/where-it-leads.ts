import type { AwsRoute } from '../../core/cloud';
import type { Endpoint } from '../../core/endpoint';
import { providerNames } from '../../core/provider';
import { holds } from '../../core/security-group';
import type { HopResult } from '../events';
import { factsOf } from '../facts';
import { endpointsOfString, endpointsOnPath, statement } from './beside-signs';
import { addressOf, anyOf, failed, hasFailure, type Seen, type Sign } from './signs';

/** The addresses that an endpoint has: in the AWS account, else as it is registered at Atlas; undefined if not known. */
function addressesOfEndpoint({ evidence }: Seen, endpoint: Endpoint): readonly string[] | undefined {
  const inCloud = evidence.cloud?.addresses?.find(({ endpointId }) => endpointId === endpoint.id)?.addresses;
  if (inCloud !== undefined) return inCloud;
  switch (endpoint.provider) {
    case 'AWS':
      return undefined;
    case 'AZURE':
      return endpoint.ipAddress === undefined ? undefined : [endpoint.ipAddress];
    case 'GCP':
      return endpoint.addresses.map(({ ipAddress }) => ipAddress);
  }
}

/**
 * The cloud of an endpoint of the path whose address, as somebody registered it at Atlas, is one of these sockets'. DNS
 * gives what was registered: only the cloud knows whether it is right.
 */
export function registeredOnly(sockets: readonly HopResult[], seen: Seen): { readonly cloud?: string } {
  const endpoint = endpointsOnPath(seen).find(
    (each) =>
      each.provider !== 'AWS' &&
      !(seen.evidence.cloud?.addresses ?? []).some(({ endpointId }) => endpointId === each.id) &&
      addressesOfEndpoint(seen, each)?.some((address) => sockets.some((one) => addressOf(one) === address)) === true,
  );
  return endpoint === undefined ? {} : { cloud: providerNames[endpoint.provider].cloud };
}

/** Hosts with private addresses; public and blocked ones are findings of their own. */
function resolvedHosts({
  hops,
}: Seen): readonly { readonly result: HopResult; readonly addresses: readonly string[] }[] {
  return hops
    .filter((result) => result.hop === 'addresses' && !hasFailure(result, ['public-address', 'blocked-address']))
    .map((result) => ({
      result,
      addresses: factsOf(result, 'address').filter((address) => !address.includes(':')),
    }));
}

/** Answers of DNS that no endpoint of the string has, where the addresses of all of them are known. */
function strayAddresses(seen: Seen): readonly (readonly [HopResult, strays: readonly string[], known: string])[] {
  const own = endpointsOfString(seen).map((endpoint) => addressesOfEndpoint(seen, endpoint));
  const known = own.flatMap((addresses) => addresses ?? []);
  if (known.length === 0 || own.some((addresses) => addresses === undefined)) return [];
  return resolvedHosts(seen).flatMap(({ result, addresses }) => {
    const strays = addresses.filter((address) => !known.includes(address));
    return strays.length === 0 ? [] : [[result, strays, known.join(', ')] as const];
  });
}

/** DNS gives addresses that the string's endpoint does not have. */
export const resolvedElsewhere: Sign = (seen) =>
  strayAddresses(seen).map(([result, strays, known]) =>
    statement(
      'addresses',
      result.subject,
      ['registered', strays.join(', ')],
      ['expected', known],
      ['answeredBy', factsOf(result, 'answeredBy')[0]],
    ),
  );

/** DNS leads the string to another endpoint than Atlas has for it: by the CNAME, or by an address that the other has. */
export const leadsToOtherEndpoint: Sign = (seen) => {
  const own = endpointsOfString(seen);
  if (own.length === 0) return [];
  const expected = own.map(({ id }) => id).join(', ');
  const others = (seen.evidence.atlas?.endpoints ?? []).filter((endpoint) => !own.includes(endpoint));
  const byName = seen.hops.flatMap((result) =>
    result.hop !== 'cname'
      ? []
      : factsOf(result, 'vpcEndpoint')
          .filter((id) => !own.some((endpoint) => endpoint.id === id))
          .map((id) => statement('cname', id, ['expected', expected])),
  );
  const byAddress = strayAddresses(seen).flatMap(([, strays]) =>
    others
      .filter((endpoint) => addressesOfEndpoint(seen, endpoint)?.some((address) => strays.includes(address)) === true)
      .map(({ id }) => statement('cname', id, ['expected', expected])),
  );
  return [...byName, ...byAddress];
};

// ---------------------------------------------------------------- networks

/**
 * Where the route table of the machine's subnet leads an address: the most specific route counts. Undefined when the
 * table is not known.
 */
function routeTo(routes: readonly AwsRoute[], address: string): AwsRoute | 'nowhere' | undefined {
  if (routes.length === 0) return undefined;
  // What a prefix list holds is not known here; those of gateway endpoints hold addresses of Amazon S3 and DynamoDB.
  if (routes.some(({ destination, target }) => destination.startsWith('pl-') && !target.startsWith('vpce-'))) {
    return undefined;
  }
  const [best] = routes
    .filter(({ destination, state }) => state !== 'blackhole' && holds(destination, address))
    .toSorted((one, other) => prefixLength(other.destination) - prefixLength(one.destination));
  // The internet has no way to a private address.
  return best === undefined || /^(?:e?igw|nat)-/.test(best.target) ? 'nowhere' : best;
}

function prefixLength(block: string): number {
  return Number(block.split('/')[1] ?? 32);
}

/** Endpoints of the path that are in another VPC than the machine, each with an address and where that is routed to. */
function endpointsElsewhere(
  seen: Seen,
): readonly { readonly id: string; readonly vpcId: string; readonly route: ReturnType<typeof routeTo> }[] {
  const { client, aws = [] } = seen.evidence.cloud ?? {};
  if (client === undefined) return [];
  const onPath = endpointsOnPath(seen).map(({ id }) => id);
  return aws.flatMap(({ endpoint, subnets }) => {
    const address = subnets.flatMap(({ privateIp }) => privateIp ?? [])[0];
    if (endpoint === undefined || address === undefined || !onPath.includes(endpoint.id)) return [];
    if (endpoint.vpcId === client.vpcId) return [];
    return [{ id: endpoint.id, vpcId: endpoint.vpcId, route: routeTo(client.routes, address) }];
  });
}

/** The endpoint is in another VPC than the machine that connects, and no route leads there. */
export const inOtherNetwork: Sign = (seen) => {
  const { client } = seen.evidence.cloud ?? {};
  const own = new Set(client?.endpointIds);
  const here = (seen.evidence.atlas?.endpoints ?? []).filter(({ id }) => own.has(id)).map(({ id }) => id);
  return endpointsElsewhere(seen)
    .filter(({ route }) => route === 'nowhere')
    .map(({ id, vpcId }) =>
      statement('cname', id, ['expected', here.join(', ')], ['vpc', vpcId], ['clientVpc', client?.vpcId]),
    );
};

/** The endpoint is in another VPC with the same addresses as the one of the machine: they are looked for in the latter. */
export const routedToOwnNetwork: Sign = (seen) =>
  endpointsElsewhere(seen).flatMap(({ id, route }) =>
    typeof route === 'object' && route.target === 'local'
      ? [statement('addresses', id, ['network', `${route.destination} (${seen.evidence.cloud?.client?.vpcId ?? ''})`])]
      : [],
  );

/** AWS has the machine that connects in the VPC of an endpoint: nothing else can have its addresses there. */
export const clientBesideEndpoint: Sign = ({ evidence: { cloud } }) =>
  (cloud?.aws ?? []).flatMap(({ endpoint }) =>
    endpoint !== undefined && endpoint.vpcId === cloud?.client?.vpcId ? [statement('addresses', endpoint.id)] : [],
  );

/**
 * A network of the machine itself holds an address of the endpoint, and what is there is not the cluster: somebody who
 * speaks no TLS or no MongoDB, has a certificate of other names, or nobody at all.
 */
export const ownNetworkHolds: Sign = (seen) => {
  const networks = (seen.context?.clientAddresses ?? []).filter((one) => !one.endsWith('/32') && one.includes('/'));
  return strangers(seen).flatMap((result) => {
    const network = networks.find((one) => holds(one, addressOf(result)));
    return network === undefined ? [] : [statement('addresses', addressOf(result), ['network', network])];
  });
};

const notTheCluster = anyOf(failed('tcp', 'unreachable'), failed('tls', 'not-tls'), failed('hello', 'unreadable'));
const otherCertificate = failed('tls', 'wrong-name', 'untrusted');

const strangers: Sign = (seen) => [
  ...notTheCluster(seen),
  ...otherCertificate(seen).filter((result) => {
    const names = factsOf(result, 'certificateNames');
    return names.length > 0 && !names.some((name) => /\bmongodb(?:gov)?\.net\b/.test(name));
  }),
];
