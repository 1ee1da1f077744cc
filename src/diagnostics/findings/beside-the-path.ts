import { targetLimits } from '../../core/limits';
import type { ProblemCode } from '../../core/problem';
import {
  aclKeepsOut,
  addressNotRegistered,
  awsStateIs,
  clusterIs,
  endpointIs,
  groupsKeepIn,
  groupsKeepOut,
  hostCurrent,
  hostNotCurrent,
  inOneZone,
  noAddress,
  noAnswer,
  noName,
  notInAccount,
  portsNotCurrent,
  regionsWithoutEndpoint,
  serviceIs,
  statement,
  vpcWithoutDns,
  withoutDnsEntries,
} from './beside-signs';
import type { Finding } from './finding';
import {
  clientBesideEndpoint,
  inOtherNetwork,
  leadsToOtherEndpoint,
  ownNetworkHolds,
  resolvedElsewhere,
  routedToOwnNetwork,
} from './where-it-leads';
import { anyOf, failed, firstFact, passed, withFact, type Sign } from './signs';

const privateString = withFact('string', 'network', 'private-endpoint');
/** The endpoint does not carry the connection. */
const broken = anyOf(noName, noAddress, noAnswer);
/** How a VPC without name resolution shows: its server is not there. */
const noAnswerOfDns = ['dns-timeout', 'dns-unreachable', 'dns-refused', 'dns-servfail'] as const;
const anyFailure: Sign = ({ hops }) => hops.filter(({ outcome }) => outcome === 'failed');

/** Consequences of an endpoint that is not there, or not yet. */
const withoutEndpoint: readonly ProblemCode[] = [
  'SRV_NXDOMAIN',
  'RESOLVER_NO_SRV',
  'TARGET_NXDOMAIN',
  'TARGET_NO_ADDRESS',
  'ADDRESS_UNROUTABLE',
  'ADDRESS_OVERLAP',
  'TCP_TIMEOUT_ALL',
  'TCP_REFUSED',
  'STRING_STALE',
  'REGION_WITHOUT_ENDPOINT',
  // Atlas changes the cluster when its endpoints change.
  'CLUSTER_UPDATING',
];

function service(code: ProblemCode, ...statuses: string[]): Finding {
  return {
    code,
    hop: 'srv',
    weight: 'error',
    must: [serviceIs(...statuses), privateString, broken],
    explains: withoutEndpoint,
    parameters: (shown) => ({ message: firstFact(shown, 'message') }),
  };
}

function endpoint(code: ProblemCode, sign: Sign, mustNot: readonly Sign[] = []): Finding {
  return {
    code,
    hop: 'srv',
    weight: 'error',
    must: [sign, privateString, broken],
    mustNot,
    explains: withoutEndpoint,
    parameters: (shown) => ({ message: firstFact(shown, 'message') }),
  };
}

/** The region of a limit, with how many count there. */
const tooManyTargets: Sign = ({ evidence }) =>
  (evidence.atlas?.addressableTargets ?? []).flatMap(({ provider, region, count }) =>
    provider === 'AWS' && count > targetLimits.AWS
      ? [statement('tcp', `${provider} ${region}`, ['count', String(count)], ['limit', String(targetLimits.AWS)])]
      : [],
  );

/** What Atlas and the cloud account say that explains what the hops show, in the order in which to fix it. */
export const findingsBesideThePath: readonly Finding[] = [
  {
    code: 'TIER_UNSUPPORTED',
    hop: 'string',
    weight: 'error',
    must: [clusterIs(({ kind }) => kind === 'shared' || kind === 'flex', 'tier'), privateString, broken],
    explains: withoutEndpoint,
    parameters: (shown) => ({ tier: firstFact(shown, 'tier') }),
  },
  {
    code: 'CLUSTER_PAUSED',
    hop: 'string',
    weight: 'error',
    must: [clusterIs(({ paused }) => paused), anyOf(broken, failed('tls', 'closed', 'reset', 'timeout'))],
    explains: [...withoutEndpoint, 'STRING_PORTS_PINNED', 'TLS_CLOSED', 'TLS_STALL', 'TCP_RESET'],
  },
  service('SERVICE_FAILED', 'FAILED'),
  service('SERVICE_DELETING', 'DELETING'),
  service('SERVICE_INITIATING', 'INITIATING'),
  service('SERVICE_WAITING_FOR_USER', 'WAITING_FOR_USER'),
  endpoint('ENDPOINT_NO_DNS', withoutDnsEntries),
  endpoint('ENDPOINT_FAILED', anyOf(endpointIs('FAILED', 'REJECTED'), awsStateIs('failed', 'rejected', 'expired')), [
    withoutDnsEntries,
  ]),
  endpoint('ENDPOINT_DELETING', anyOf(endpointIs('DELETING', 'DELETED'), awsStateIs('deleting', 'deleted'))),
  endpoint('ENDPOINT_NOT_CONFIGURED', endpointIs('NONE'), [withoutDnsEntries]),
  endpoint('ENDPOINT_PENDING_ACCEPTANCE', anyOf(endpointIs('PENDING_ACCEPTANCE'), awsStateIs('pendingAcceptance')), [
    endpointIs('NONE', 'FAILED', 'REJECTED'),
    withoutDnsEntries,
  ]),
  endpoint('ENDPOINT_PENDING', anyOf(endpointIs('PENDING', 'INITIATING', 'VERIFIED'), awsStateIs('pending')), [
    withoutDnsEntries,
  ]),
  {
    code: 'ENDPOINT_NOT_IN_ACCOUNT',
    hop: 'srv',
    weight: 'error',
    must: [notInAccount, privateString, broken],
    parameters: (shown) => ({ account: firstFact(shown, 'account') }),
  },
  {
    code: 'REGION_WITHOUT_ENDPOINT',
    hop: 'srv',
    weight: 'error',
    must: [regionsWithoutEndpoint, privateString, broken],
    mustNot: [hostCurrent],
    explains: ['SRV_NXDOMAIN', 'TARGET_NXDOMAIN', 'STRING_STALE'],
    parameters: (shown) => ({ cluster: firstFact(shown, 'cluster') }),
  },
  {
    code: 'CLUSTER_UPDATING',
    hop: 'srv',
    weight: 'error',
    must: [
      clusterIs(({ state, paused }) => state !== 'IDLE' && !paused, 'state'),
      anyOf(noName, noAddress, failed('tcp', 'refused'), failed('hello', 'closed')),
    ],
    explains: ['SRV_NXDOMAIN', 'TARGET_NXDOMAIN', 'TCP_REFUSED', 'HELLO_CLOSED'],
    parameters: (shown) => ({ state: firstFact(shown, 'state') }),
  },
  {
    code: 'STRING_STALE',
    hop: 'string',
    weight: 'error',
    must: [hostNotCurrent, privateString, broken],
    explains: ['SRV_NXDOMAIN', 'TARGET_NXDOMAIN'],
    parameters: (shown) => ({ cluster: firstFact(shown, 'cluster') }),
  },
  {
    code: 'STRING_PORTS_PINNED',
    hop: 'string',
    weight: 'error',
    must: [portsNotCurrent, noAnswer],
    explains: ['TCP_REFUSED', 'TCP_TIMEOUT_ALL', 'TCP_TIMEOUT_SOME_PORTS'],
    parameters: (shown) => ({ ports: firstFact(shown, 'ports'), now: firstFact(shown, 'portsNow') }),
  },
  {
    code: 'STRING_OTHER_ENDPOINT',
    hop: 'cname',
    weight: 'error',
    must: [anyOf(leadsToOtherEndpoint, inOtherNetwork), anyFailure],
    mustNot: [passed('hello'), routedToOwnNetwork],
    explains: [
      ...['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL', 'TCP_REFUSED', 'ADDRESS_WRONG', 'HELLO_PUBLIC_HOSTS'],
      ...['SG_INBOUND', 'NACL', 'ENDPOINT_NOT_IN_ACCOUNT'],
    ] as const,
    parameters: ([shown]) => Object.fromEntries((shown?.facts ?? []).map(({ name, value }) => [name, value] as const)),
  },
  {
    code: 'STRING_PUBLIC',
    hop: 'string',
    weight: 'error',
    must: [withFact('string', 'network', 'public'), failed('tcp', 'timeout', 'unreachable')],
    mustNot: [passed('hello')],
    explains: ['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL'],
  },
  {
    code: 'STRING_PEERING',
    hop: 'string',
    weight: 'error',
    must: [withFact('string', 'network', 'peering'), failed('tcp', 'timeout', 'unreachable')],
    mustNot: [passed('hello')],
    explains: ['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL'],
  },
  {
    code: 'VPC_DNS_OFF',
    hop: 'srv',
    weight: 'error',
    must: [vpcWithoutDns, anyOf(failed('srv', ...noAnswerOfDns), failed('addresses', ...noAnswerOfDns))],
    explains: ['RESOLVER_UNREACHABLE', 'RESOLVER_REFUSED'],
  },
  {
    code: 'ADDRESS_WRONG',
    hop: 'addresses',
    weight: 'error',
    must: [addressNotRegistered, anyFailure],
    mustNot: [passed('hello')],
    explains: ['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL', 'TCP_REFUSED', 'NOT_TLS'],
    parameters: (shown) => ({ addresses: firstFact(shown, 'registered'), expected: firstFact(shown, 'expected') }),
  },
  {
    code: 'ADDRESS_WRONG',
    hop: 'addresses',
    weight: 'error',
    must: [resolvedElsewhere, anyFailure],
    mustNot: [passed('hello'), addressNotRegistered],
    explains: ['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL', 'TCP_REFUSED', 'NOT_TLS'],
    parameters: (shown) => ({
      addresses: firstFact(shown, 'registered'),
      expected: firstFact(shown, 'expected'),
      answeredBy: firstFact(shown, 'answeredBy'),
    }),
  },
  {
    code: 'ADDRESS_OVERLAP',
    hop: 'addresses',
    weight: 'error',
    must: [anyOf(routedToOwnNetwork, ownNetworkHolds), privateString, anyFailure],
    mustNot: [passed('hello'), clientBesideEndpoint, resolvedElsewhere],
    explains: [
      ...['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL', 'TCP_REFUSED', 'NOT_TLS', 'TLS_NAME', 'TLS_INTERCEPTED'],
      ...['HELLO_UNREADABLE', 'SG_INBOUND', 'NACL'],
    ] as const,
    parameters: (shown) => ({ network: firstFact(shown, 'network') }),
  },
  {
    code: 'SG_INBOUND',
    hop: 'tcp',
    weight: 'error',
    must: [groupsKeepOut],
    explains: ['TCP_TIMEOUT_ALL', 'TCP_TIMEOUT_SOME_PORTS'],
    parameters: (shown) => {
      const client = firstFact(shown, 'client');
      return {
        groups: firstFact(shown, 'groups'),
        ports: firstFact(shown, 'ports'),
        ...(client === '' ? {} : { client }),
      };
    },
  },
  {
    code: 'SG_OUTBOUND',
    hop: 'tcp',
    weight: 'error',
    must: [groupsKeepIn],
    explains: ['TCP_TIMEOUT_ALL', 'TCP_TIMEOUT_SOME_PORTS', 'TCP_TIMEOUT_ONE_ZONE'],
    parameters: (shown) => ({ groups: firstFact(shown, 'groups') }),
  },
  {
    code: 'NACL',
    hop: 'tcp',
    weight: 'error',
    must: [aclKeepsOut],
    explains: ['TCP_TIMEOUT_ALL', 'TCP_TIMEOUT_SOME_PORTS', 'TCP_TIMEOUT_ONE_ZONE'],
    parameters: (shown) => ({ acl: firstFact(shown, 'acl'), ports: firstFact(shown, 'ports') }),
  },
  {
    code: 'TARGETS_EXCEEDED',
    hop: 'tcp',
    weight: 'warning',
    must: [tooManyTargets],
    parameters: (shown) => ({ count: firstFact(shown, 'count'), limit: firstFact(shown, 'limit') }),
  },
  {
    code: 'ONE_ZONE',
    hop: 'addresses',
    weight: 'warning',
    must: [inOneZone],
    parameters: (shown) => ({ zone: firstFact(shown, 'zone') }),
  },
];
