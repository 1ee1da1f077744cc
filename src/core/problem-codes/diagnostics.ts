/**
 * Codes for what a connection test finds, in no order; `src/diagnostics/findings` has the evidence for each and the
 * order in which to fix them. Stable once shipped: reports, pipelines and documentation name them.
 */
export const diagnosticProblemCodes = [
  // ---- the test itself
  /** The URL of the SOCKS5 proxy cannot be used. */
  'PROXY_INVALID',
  /** The file with additional certificate authorities cannot be read; its path is the subject. */
  'CA_FILE_UNREADABLE',
  /** Something failed at a hop (parameter `hop`) in a way that no finding is about. */
  'UNKNOWN_AT_HOP',
  // ---- string
  /** A Unix domain socket has no network path to test. */
  'STRING_SOCKET_PATH',
  // ---- Atlas and the cloud account: what they say about the path
  /** Parameter `tier`. */
  'TIER_UNSUPPORTED',
  'CLUSTER_PAUSED',
  /** Parameter `state`. */
  'CLUSTER_UPDATING',
  'SERVICE_INITIATING',
  'SERVICE_WAITING_FOR_USER',
  /** Parameter `message`: Atlas's own. */
  'SERVICE_FAILED',
  'SERVICE_DELETING',
  'ENDPOINT_NO_DNS',
  'ENDPOINT_NOT_CONFIGURED',
  'ENDPOINT_PENDING_ACCEPTANCE',
  'ENDPOINT_PENDING',
  /** Parameter `message`: Atlas's or AWS's own. */
  'ENDPOINT_FAILED',
  'ENDPOINT_DELETING',
  /** The subject is a region: parameter `account`, the AWS account that was asked. */
  'ENDPOINT_NOT_IN_ACCOUNT',
  /** The subject is the regions: parameter `cluster`. */
  'REGION_WITHOUT_ENDPOINT',
  /** Parameter `cluster`. */
  'STRING_STALE',
  /** Parameters `ports`, `now`. */
  'STRING_PORTS_PINNED',
  /** The subject is the endpoints that it leads to: parameters `expected`, and `vpc`, `clientVpc` or `answeredBy`. */
  'STRING_OTHER_ENDPOINT',
  'STRING_PUBLIC',
  'STRING_PEERING',
  'VPC_DNS_OFF',
  /** Parameters `groups`, `ports`, and `client` where the machine that connects is known. */
  'SG_INBOUND',
  /** Parameter `groups`. */
  'SG_OUTBOUND',
  /** The subject is the subnets: parameters `acl`, `ports`. */
  'NACL',
  /** The subject is the region: parameters `count`, `limit`. */
  'TARGETS_EXCEEDED',
  /** Parameter `zone`. */
  'ONE_ZONE',
  // ---- name resolution
  /** The resolver of the editor (Node's) is broken while the system's servers answer: parameters `servers`, `answeredBy`. */
  'RESOLVER_EDITOR_BROKEN',
  /** No DNS server answered: parameter `servers`. */
  'RESOLVER_UNREACHABLE',
  /** DNS servers answered REFUSED or SERVFAIL: parameter `servers`. */
  'RESOLVER_REFUSED',
  /** SRV records are stripped: parameter `servers`. */
  'RESOLVER_NO_SRV',
  /** The answer is truncated and TCP is cut off: parameter `servers`. */
  'RESOLVER_TRUNCATED',
  /** Undecodable answers: parameter `servers`. */
  'DNS_GARBAGE',
  /** Some servers know the name, others do not: parameters `servers` (that do not), `answeredBy`. */
  'RESOLVERS_DISAGREE',
  /** Programs of this machine do not find what another server knows: parameters `servers` (who ends it), `answeredBy`. */
  'NAME_NOT_FOUND_HERE',
  /** The operating system and DNS have other addresses: parameters `addresses` (the system's), `expected` (those of DNS). */
  'SYSTEM_ADDRESSES',
  'SRV_NXDOMAIN',
  /** Parameter `target`. */
  'SRV_FOREIGN_DOMAIN',
  /** Parameter `count`. */
  'SRV_TOO_MANY',
  /** An SRV record with port 0, or with no host: parameters `target`, `answeredBy`. */
  'SRV_INVALID',
  'TXT_INVALID',
  /** SRV records are answered, the TXT record beside them is not: parameter `servers`. */
  'RESOLVER_NO_TXT',
  /** Parameter `name`: the one that does not exist, where CNAME records lead to another. */
  'TARGET_NXDOMAIN',
  /** One server gives private addresses, another none: parameters `servers` (that give none), `answeredBy`. */
  'TARGET_REBIND_FILTERED',
  /** The host is known and no server gives an address: parameters `servers`, `name` (the end of the CNAME chain). */
  'TARGET_NO_ADDRESS',
  'CNAME_LOOP',
  /** Parameter `addresses`. */
  'ADDRESS_PUBLIC',
  /** Answered with a loopback or unspecified address: parameter `addresses`. */
  'ADDRESS_BLOCKED',
  /** The address is not the endpoint's in the cloud: parameters `addresses`, `expected`, `answeredBy`. */
  'ADDRESS_WRONG',
  /** The addresses are those of the machine's own network as well: parameter `network`. */
  'ADDRESS_OVERLAP',
  // ---- TCP
  'PROXY_UNREACHABLE',
  /** It accepts the connection and says nothing, not even to the greeting. */
  'PROXY_SILENT',
  /** Parameter `answer`: the beginning of what came instead of SOCKS5. */
  'PROXY_NOT_SOCKS',
  'PROXY_SIGN_IN',
  'PROXY_REFUSED',
  'PROXY_DNS',
  'PROXY_FAILED',
  /** Parameter `cloud` where the address is known as it was registered at Atlas only: Azure, Google Cloud. */
  'ADDRESS_UNROUTABLE',
  /** Parameter `cloud`, as for the one before. */
  'TCP_TIMEOUT_ALL',
  /** Parameters `silent`, `open`: ports. */
  'TCP_TIMEOUT_SOME_PORTS',
  /** Parameters `silent`, `open`: addresses. */
  'TCP_TIMEOUT_ONE_ZONE',
  'TCP_REFUSED',
  'TCP_RESET',
  // ---- TLS
  'TLS_STALL',
  'TLS_CLOSED',
  'NOT_TLS',
  /** Parameter `issuer`. */
  'TLS_INTERCEPTED',
  /** Parameters `names`, `host`. */
  'TLS_NAME',
  /** Parameter `date`. */
  'TLS_EXPIRED',
  /** Parameter `date`. */
  'TLS_CLOCK',
  'TLS_REFUSED',
  // ---- hello
  'HELLO_STALL',
  'HELLO_CLOSED',
  'HELLO_UNREADABLE',
  'HELLO_REFUSED',
  /** Parameters `found`, `expected`. */
  'HELLO_WRONG_SET',
  /** Parameter `hosts`. */
  'HELLO_PUBLIC_HOSTS',
  'HELLO_NOT_BALANCED',
  'NO_PRIMARY',
  // ---- sign-in, ping
  /** Parameter `message`: the server's own, where it says something; likewise AUTH_CERTIFICATE_FILE and AUTH_NOT_ALLOWED. */
  'AUTH_FAILED',
  'AUTH_MECHANISM',
  'AUTH_AWS',
  'AUTH_CERTIFICATE_FILE',
  'AUTH_TIMEOUT',
  'AUTH_NOT_ALLOWED',
  /** Our hops reach the cluster, the official driver does not: parameter `message`. */
  'DRIVER_DISAGREES',
] as const;

export type DiagnosticProblemCode = (typeof diagnosticProblemCodes)[number];
