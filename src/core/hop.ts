/** The hops of a connection test, in the order in which a connection depends on them. */
export const hopIds = [
  /** The connection string itself: is it one, of which kind. */
  'string',
  /** `_mongodb._tcp.<name>` SRV, and the TXT beside it: hosts, ports, options. Absent for a standard string. */
  'srv',
  /** Each host's CNAME chain: leads to the endpoint-specific name on AWS. */
  'cname',
  /** The addresses of each host: one per subnet of the endpoint on AWS. */
  'addresses',
  /** A TCP connection to every address and port. */
  'tcp',
  'tls',
  'hello',
  'sign-in',
  'ping',
] as const;

export type HopId = (typeof hopIds)[number];

/** `warned`: passed, with a remark that may matter when something else fails. */
export type HopOutcome = 'passed' | 'warned' | 'failed' | 'skipped';

/** Why a hop failed, in one word; value of the fact `failure`. `src/messages/test-text.ts` has a sentence for each. */
export const failureKinds = [
  // string
  'malformed',
  'socket-path',
  // srv, cname, addresses: no server gave records
  'nxdomain',
  'no-data',
  'dns-timeout',
  'dns-unreachable',
  'dns-refused',
  'dns-servfail',
  'dns-garbage',
  'dns-truncated',
  // srv, cname, addresses: records that cannot be used
  /** A server that nobody here asks has them, and the one that programs ask first says that there are none. */
  'not-found-here',
  'foreign-domain',
  'too-many-targets',
  /** An SRV record with port 0, or with no host. */
  'srv-invalid',
  'txt-invalid',
  /** Nobody knows whether there is a TXT record: the question for it ended in an error, or in silence. */
  'txt-failed',
  'cname-loop',
  'public-address',
  'blocked-address',
  // tcp
  'timeout',
  'refused',
  'unreachable',
  /** No way from here to an IPv6 address of a host that has IPv4 addresses as well. */
  'no-ipv6',
  'reset',
  'network-error',
  'proxy-unreachable',
  'proxy-silent',
  'proxy-not-socks',
  'proxy-sign-in',
  'proxy-not-allowed',
  'proxy-name-unknown',
  'proxy-failure',
  // tls
  'closed',
  'not-tls',
  'untrusted',
  'wrong-name',
  'expired',
  'not-yet-valid',
  'certificate',
  'alert',
  // hello
  'unreadable',
  'command-failed',
  'wrong-set',
  'public-hosts',
  'not-balanced',
  // sign-in, ping
  'rejected',
  'mechanism',
  'aws-credentials',
  'certificate-file',
  'not-authorized',
  'no-server',
  'driver-error',
] as const;

export type FailureKind = (typeof failureKinds)[number];
