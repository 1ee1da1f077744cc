import type { HopResult } from '../events';
import { factsOf } from '../facts';
import type { Finding } from './finding';
import {
  addressOf,
  addressesWithheld,
  anyOf,
  doesNotKnow,
  editorResolverBroken,
  failed,
  firstFact,
  listed,
  passed,
  portOf,
  resolversDisagree,
  serversWith,
  silentAddress,
  silentHost,
  silentPort,
  valuesOf,
  withFact,
  withholding,
  type Sign,
} from './signs';
import { registeredOnly } from './where-it-leads';

const ofAtlas = withFact('string', 'network', /^(?!not-atlas$)/);
const withoutTls = withFact('string', 'tls', 'off');
/** Where the driver looks for the user when no `authSource` says: in the database of the string, else in `admin`. */
const otherDatabase = withFact('string', 'database', /^(?!admin$)/);
/** Ways to sign in whose users are in no database of the cluster. */
const externalUser = withFact('sign-in', 'mechanism', /^(?:MONGODB-(?:X509|AWS|OIDC)|GSSAPI|PLAIN)$/i);
/** Addresses of the operating system, and others of DNS. */
const otherThanDns: Sign = ({ hops }) =>
  hops.filter(
    (result) =>
      result.hop === 'addresses' && factsOf(result, 'address').length > 0 && factsOf(result, 'dnsAddress').length > 0,
  );
const noPrimaryNamed = withFact('hello', 'primary');

/** What the server, or the driver, says itself. */
function messageOf(shown: readonly HopResult[]): { readonly message?: string } {
  const message = firstFact(shown, 'message');
  return message === '' ? {} : { message };
}

/** What the hops themselves show, in the order in which to fix it. */
export const findingsOnTheWire: readonly Finding[] = [
  // ---- string
  { code: 'STRING_SOCKET_PATH', hop: 'string', weight: 'error', must: [failed('string', 'socket-path')] },
  {
    code: 'STRING_OPTION_MISSING',
    hop: 'string',
    weight: 'error',
    must: [withoutTls, ofAtlas, failed('hello', 'closed', 'timeout', 'unreadable')],
    mustNot: [passed('hello')],
    explains: ['HELLO_CLOSED', 'HELLO_STALL', 'HELLO_UNREADABLE'],
    parameters: () => ({ option: 'tls' }),
  },
  {
    code: 'STRING_OPTION_MISSING',
    hop: 'sign-in',
    weight: 'error',
    must: [withFact('string', 'scheme', 'mongodb'), ofAtlas, otherDatabase, failed('sign-in', 'rejected')],
    mustNot: [withFact('string', 'authSource'), withFact('sign-in', 'authSource'), externalUser],
    explains: ['AUTH_FAILED'],
    parameters: () => ({ option: 'authSource' }),
  },

  // ---- name resolution
  {
    code: 'RESOLVER_EDITOR_BROKEN',
    hop: 'srv',
    weight: 'warning',
    must: [editorResolverBroken],
    parameters: (shown) => ({
      servers: serversWith(shown, 'unreachable'),
      answeredBy: firstFact(shown, 'answeredBy'),
    }),
  },
  {
    code: 'NAME_NOT_FOUND_HERE',
    hop: 'srv',
    weight: 'error',
    must: [anyOf(failed('srv', 'not-found-here'), failed('addresses', 'not-found-here'))],
    explains: ['RESOLVERS_DISAGREE'],
    parameters: (shown) => ({
      servers: listed(valuesOf(shown, 'unknownTo')),
      answeredBy: firstFact(shown, 'answeredBy'),
    }),
  },
  {
    code: 'RESOLVERS_DISAGREE',
    hop: 'srv',
    weight: 'warning',
    must: [resolversDisagree],
    parameters: (shown) => ({ servers: serversWith(shown, ...doesNotKnow), answeredBy: serversWith(shown, 'records') }),
  },
  {
    code: 'RESOLVER_UNREACHABLE',
    hop: 'srv',
    weight: 'error',
    must: [
      anyOf(failed('srv', 'dns-timeout', 'dns-unreachable'), failed('addresses', 'dns-timeout', 'dns-unreachable')),
    ],
    parameters: (shown) => ({ servers: serversWith(shown, 'timeout', 'unreachable') }),
  },
  {
    code: 'RESOLVER_REFUSED',
    hop: 'srv',
    weight: 'error',
    must: [anyOf(failed('srv', 'dns-refused', 'dns-servfail'), failed('addresses', 'dns-refused', 'dns-servfail'))],
    parameters: (shown) => ({ servers: serversWith(shown, 'refused', 'servfail') }),
  },
  {
    code: 'RESOLVER_TRUNCATED',
    hop: 'srv',
    weight: 'error',
    must: [anyOf(failed('srv', 'dns-truncated'), failed('addresses', 'dns-truncated'))],
    parameters: (shown) => ({ servers: serversWith(shown, 'truncated') }),
  },
  {
    code: 'DNS_GARBAGE',
    hop: 'srv',
    weight: 'error',
    must: [anyOf(failed('srv', 'dns-garbage'), failed('addresses', 'dns-garbage'))],
    parameters: (shown) => ({ servers: serversWith(shown, 'garbage') || firstFact(shown, 'answeredBy') }),
  },
  {
    code: 'RESOLVER_NO_SRV',
    hop: 'srv',
    weight: 'error',
    must: [failed('srv', 'no-data')],
    parameters: (shown) => ({ servers: serversWith(shown, 'no-data', 'records') }),
  },
  { code: 'SRV_NXDOMAIN', hop: 'srv', weight: 'error', must: [failed('srv', 'nxdomain')] },
  {
    code: 'SRV_FOREIGN_DOMAIN',
    hop: 'srv',
    weight: 'error',
    must: [failed('srv', 'foreign-domain')],
    parameters: (shown) => ({ target: firstFact(shown, 'foreignTarget'), answeredBy: firstFact(shown, 'answeredBy') }),
  },
  {
    code: 'SRV_INVALID',
    hop: 'srv',
    weight: 'error',
    must: [failed('srv', 'srv-invalid')],
    parameters: (shown) => ({ target: firstFact(shown, 'invalidTarget'), answeredBy: firstFact(shown, 'answeredBy') }),
  },
  {
    code: 'RESOLVER_NO_TXT',
    hop: 'srv',
    weight: 'error',
    must: [failed('srv', 'txt-failed')],
    parameters: (shown) => ({ servers: serversWith(shown) }),
  },
  { code: 'TXT_INVALID', hop: 'srv', weight: 'error', must: [failed('srv', 'txt-invalid')] },
  {
    code: 'SRV_TOO_MANY',
    hop: 'srv',
    weight: 'error',
    must: [failed('srv', 'too-many-targets')],
    // The driver tries them all.
    explains: ['TCP_REFUSED', 'TCP_TIMEOUT_SOME_PORTS', 'AUTH_TIMEOUT', 'DRIVER_DISAGREES'],
    parameters: (shown) => ({ count: firstFact(shown, 'targets'), answeredBy: firstFact(shown, 'answeredBy') }),
  },
  { code: 'CNAME_LOOP', hop: 'cname', weight: 'error', must: [failed('cname', 'cname-loop')] },
  {
    code: 'TARGET_NXDOMAIN',
    hop: 'addresses',
    weight: 'error',
    must: [failed('addresses', 'nxdomain')],
    parameters: (shown) => {
      const name = firstFact(shown, 'cname');
      return name === '' ? {} : { name };
    },
  },
  {
    code: 'TARGET_REBIND_FILTERED',
    hop: 'addresses',
    // The test goes on with the addresses that the other one gives.
    weight: 'warning',
    must: [addressesWithheld, ofAtlas],
    explains: ['RESOLVERS_DISAGREE'],
    parameters: (shown, seen) => {
      const servers = withholding(shown, seen);
      const others = valuesOf(shown, 'answeredBy').filter((server) => !servers.includes(server));
      return { servers: listed(servers), answeredBy: listed(others) };
    },
  },
  {
    code: 'TARGET_NO_ADDRESS',
    hop: 'addresses',
    weight: 'error',
    must: [failed('addresses', 'no-data'), ofAtlas],
    parameters: (shown) => ({ servers: serversWith(shown), name: firstFact(shown, 'cname') }),
  },
  {
    code: 'SYSTEM_ADDRESSES',
    hop: 'addresses',
    weight: 'warning',
    must: [otherThanDns],
    parameters: (shown) => ({
      addresses: listed(valuesOf(shown, 'address')),
      expected: listed(valuesOf(shown, 'dnsAddress')),
    }),
  },
  {
    code: 'ADDRESS_PUBLIC',
    hop: 'addresses',
    weight: 'error',
    must: [failed('addresses', 'public-address'), withFact('string', 'network', 'private-endpoint')],
    mustNot: [passed('hello')],
    explains: ['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL', 'TCP_REFUSED'],
    parameters: (shown) => ({ addresses: listed(valuesOf(shown, 'address')) }),
  },
  {
    code: 'ADDRESS_BLOCKED',
    hop: 'addresses',
    weight: 'error',
    must: [failed('addresses', 'blocked-address'), ofAtlas],
    mustNot: [passed('hello')],
    explains: ['ADDRESS_UNROUTABLE', 'TCP_TIMEOUT_ALL', 'TCP_REFUSED'],
    parameters: (shown) => ({ addresses: listed(valuesOf(shown, 'address')) }),
  },

  // ---- TCP
  { code: 'PROXY_UNREACHABLE', hop: 'tcp', weight: 'error', must: [failed('tcp', 'proxy-unreachable')] },
  { code: 'PROXY_SILENT', hop: 'tcp', weight: 'error', must: [failed('tcp', 'proxy-silent')] },
  {
    code: 'PROXY_NOT_SOCKS',
    hop: 'tcp',
    weight: 'error',
    must: [failed('tcp', 'proxy-not-socks')],
    parameters: (shown) => ({ answer: firstFact(shown, 'code') }),
  },
  { code: 'PROXY_SIGN_IN', hop: 'tcp', weight: 'error', must: [failed('tcp', 'proxy-sign-in')] },
  { code: 'PROXY_REFUSED', hop: 'tcp', weight: 'error', must: [failed('tcp', 'proxy-not-allowed')] },
  { code: 'PROXY_DNS', hop: 'tcp', weight: 'error', must: [failed('tcp', 'proxy-name-unknown')] },
  { code: 'PROXY_FAILED', hop: 'tcp', weight: 'error', must: [failed('tcp', 'proxy-failure')] },
  {
    code: 'ADDRESS_UNROUTABLE',
    hop: 'tcp',
    weight: 'error',
    must: [silentHost('unreachable')],
    parameters: registeredOnly,
  },
  { code: 'TCP_TIMEOUT_ALL', hop: 'tcp', weight: 'error', must: [silentHost('timeout')], parameters: registeredOnly },
  {
    code: 'TCP_TIMEOUT_SOME_PORTS',
    hop: 'tcp',
    weight: 'error',
    must: [silentPort],
    parameters: (shown, seen) => ({
      silent: listed(shown.map(portOf)),
      open: listed(passed('tcp')(seen).map(portOf)),
    }),
  },
  {
    code: 'TCP_TIMEOUT_ONE_ZONE',
    hop: 'tcp',
    weight: 'error',
    must: [silentAddress],
    parameters: (shown, seen) => ({
      silent: listed(shown.map(addressOf)),
      open: listed(passed('tcp')(seen).map(addressOf)),
    }),
  },
  { code: 'TCP_REFUSED', hop: 'tcp', weight: 'error', must: [failed('tcp', 'refused')] },
  { code: 'TCP_RESET', hop: 'tcp', weight: 'error', must: [failed('tcp', 'reset')] },

  // ---- TLS
  { code: 'TLS_STALL', hop: 'tls', weight: 'error', must: [failed('tls', 'timeout')] },
  { code: 'TLS_CLOSED', hop: 'tls', weight: 'error', must: [failed('tls', 'closed', 'reset')] },
  { code: 'NOT_TLS', hop: 'tls', weight: 'error', must: [failed('tls', 'not-tls')] },
  {
    code: 'TLS_INTERCEPTED',
    hop: 'tls',
    weight: 'error',
    must: [failed('tls', 'untrusted')],
    parameters: (shown) => ({ issuer: firstFact(shown, 'issuer') }),
  },
  {
    code: 'TLS_CLOCK',
    hop: 'tls',
    weight: 'error',
    must: [failed('tls', 'not-yet-valid')],
    parameters: (shown) => ({ date: firstFact(shown, 'validFrom') }),
  },
  {
    code: 'TLS_EXPIRED',
    hop: 'tls',
    weight: 'error',
    must: [failed('tls', 'expired')],
    parameters: (shown) => ({ date: firstFact(shown, 'validTo') }),
  },
  {
    code: 'TLS_NAME',
    hop: 'tls',
    weight: 'error',
    must: [failed('tls', 'wrong-name')],
    parameters: (shown) => ({
      names: firstFact(shown, 'certificateNames'),
      host: firstFact(shown, 'node').replace(/:\d+$/, ''),
    }),
  },
  { code: 'TLS_REFUSED', hop: 'tls', weight: 'error', must: [failed('tls', 'alert', 'certificate')] },

  // ---- hello
  { code: 'HELLO_STALL', hop: 'hello', weight: 'error', must: [failed('hello', 'timeout')] },
  { code: 'HELLO_CLOSED', hop: 'hello', weight: 'error', must: [failed('hello', 'closed')] },
  { code: 'HELLO_UNREADABLE', hop: 'hello', weight: 'error', must: [failed('hello', 'unreadable')] },
  { code: 'HELLO_REFUSED', hop: 'hello', weight: 'error', must: [failed('hello', 'command-failed')] },
  {
    code: 'HELLO_WRONG_SET',
    hop: 'hello',
    weight: 'error',
    must: [failed('hello', 'wrong-set')],
    parameters: (shown) => ({ found: firstFact(shown, 'setName'), expected: firstFact(shown, 'expectedSet') }),
  },
  {
    code: 'HELLO_PUBLIC_HOSTS',
    hop: 'hello',
    weight: 'error',
    must: [failed('hello', 'public-hosts')],
    parameters: (shown) => ({ hosts: listed(valuesOf(shown, 'nodeHost')) }),
  },
  { code: 'HELLO_NOT_BALANCED', hop: 'hello', weight: 'error', must: [failed('hello', 'not-balanced')] },
  {
    code: 'NO_PRIMARY',
    hop: 'hello',
    weight: 'error',
    must: [withFact('hello', 'role', /^(secondary|other)$/)],
    // A primary that a node names exists, even when the way to it is broken.
    mustNot: [withFact('hello', 'role', /^(primary|mongos|balanced|standalone)$/), noPrimaryNamed],
    explains: ['DRIVER_DISAGREES'],
  },

  // ---- sign-in, ping
  {
    code: 'AUTH_FAILED',
    hop: 'sign-in',
    weight: 'error',
    must: [failed('sign-in', 'rejected')],
    parameters: messageOf,
  },
  {
    code: 'AUTH_MECHANISM',
    hop: 'sign-in',
    weight: 'error',
    must: [failed('sign-in', 'mechanism')],
    parameters: (shown) => ({ mechanism: firstFact(shown, 'mechanism') }),
  },
  {
    code: 'AUTH_AWS',
    hop: 'sign-in',
    weight: 'error',
    must: [failed('sign-in', 'aws-credentials')],
    parameters: (shown) => ({ message: firstFact(shown, 'message') }),
  },
  {
    code: 'AUTH_CERTIFICATE_FILE',
    hop: 'sign-in',
    weight: 'error',
    must: [failed('sign-in', 'certificate-file')],
    parameters: messageOf,
  },
  { code: 'AUTH_TIMEOUT', hop: 'sign-in', weight: 'error', must: [failed('sign-in', 'timeout')] },
  {
    code: 'AUTH_NOT_ALLOWED',
    hop: 'ping',
    weight: 'error',
    must: [anyOf(failed('sign-in', 'not-authorized'), failed('ping', 'not-authorized'))],
    parameters: messageOf,
  },
  {
    code: 'DRIVER_DISAGREES',
    hop: 'sign-in',
    weight: 'error',
    must: [
      anyOf(failed('sign-in', 'no-server', 'driver-error'), failed('ping', 'no-server', 'driver-error')),
      passed('hello'),
    ],
    parameters: (shown) => ({ message: firstFact(shown, 'message') }),
  },
];
