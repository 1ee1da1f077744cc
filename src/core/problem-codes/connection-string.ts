/** Codes for connection strings as text, before anything is asked of a network. Stable once shipped. */
export const stringProblemCodes = [
  /** Not a connection string that drivers accept: parameters `reason` (a {@link StringFault}) and `position`. */
  'STRING_MALFORMED',
  /**
   * Accepted here, but not by every driver: parameter `position` is the index of the first character that should be
   * percent-encoded.
   */
  'STRING_ENCODING',
  /** A public string although the cluster has a private endpoint: subject is the host; parameter `cluster` when known. */
  'STRING_PUBLIC',
  /** A string for network peering although the cluster has a private endpoint; parameters as STRING_PUBLIC. */
  'STRING_PEERING',
  /** A standard string of a private endpoint: parameters `ports` (in the string) and, when they differ, `now`. */
  'STRING_PORTS_PINNED',
  /** It will not lead where it did: parameter `reason` (a {@link StaleReason}); `cluster`, `endpoint` when known. */
  'STRING_STALE',
  /** An option that Atlas needs is missing or off: parameter `option` (`tls`, `authSource`, `replicaSet`), its `value`. */
  'STRING_OPTION_MISSING',
  /** A password stands in a file that goes into version control: parameter `file`. */
  'STRING_PASSWORD_IN_FILE',
] as const;

export type StringProblemCode = (typeof stringProblemCodes)[number];

/**
 * Why a text is no connection string, as the parameter `reason` of STRING_MALFORMED. Each is a rule of MongoDB's
 * connection string, URI options, initial DNS seedlist discovery, load balancer or SOCKS5 specification.
 */
export const stringFaults = [
  /** Begins with neither `mongodb://` nor `mongodb+srv://`. */
  'scheme',
  /** User name or password holds one of `@ : / ? # [ ]`. */
  'credentials-reserved',
  /** User name or password holds a `%` that begins no percent-encoded UTF-8 character. */
  'credentials-percent',
  /** `@` without a user name before it. */
  'username-empty',
  /** White space, a control character or half of a surrogate pair where none can stand. */
  'character',
  'host-missing',
  'host-invalid',
  /** An IPv6 address outside of brackets. */
  'ipv6-brackets',
  /** Not a number from 1 to 65535. */
  'port',
  'srv-several-hosts',
  'srv-port',
  /** `mongodb+srv` with an address or a socket path instead of a name. */
  'srv-no-name',
  /** Database name with `/ \ " $` or a space. */
  'database',
  /** An option without `=` or without a name. */
  'option-incomplete',
  'direct-several-hosts',
  'direct-srv',
  'balanced-several-hosts',
  'balanced-replica-set',
  'balanced-direct',
  /** `srvMaxHosts`, `srvServiceName` or `srvAllowedHostsSuffix` in a `mongodb://` string. */
  'srv-option',
  /** `srvMaxHosts` with `replicaSet` or `loadBalanced`. */
  'srv-max-hosts',
  /** TLS options that contradict each other. */
  'tls-conflict',
  /** Proxy options without `proxyHost`, or user without password. */
  'proxy-incomplete',
  'proxy-repeated',
] as const;

export type StringFault = (typeof stringFaults)[number];

/** Why a string is stale, as the parameter `reason` of STRING_STALE. */
export const staleReasons = [
  /** The endpoint that it led through is gone. */
  'endpoint-gone',
  /** Its endpoint, or the endpoint's service, has failed or is being removed. */
  'endpoint-failing',
  /** The project that its domain is of has no such cluster. */
  'cluster-gone',
  /** Atlas gives other strings now: regionalized mode was switched, or an endpoint was added or removed. */
  'changed',
] as const;

export type StaleReason = (typeof staleReasons)[number];
