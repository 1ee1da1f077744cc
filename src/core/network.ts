/**
 * How a test reaches the network that the private endpoint is in, when that is not simply this machine's own.
 * Comes from settings, from a command line, or with the sandbox account.
 */
export interface NetworkRoute {
  /** DNS servers to ask instead of the system's, each `host:port` (`[v6]:port`); empty for the system's. */
  readonly dnsServers: readonly string[];
  /** SOCKS5 proxy inside the VPC, `socks5://[user:password@]host:port`; names are resolved beyond it. */
  readonly socksProxy?: string;
  /**
   * Addresses that connections come from beyond the proxy, where they are known, each with the length of its network's
   * prefix: `10.0.30.10/24`. Only the sandbox says so.
   */
  readonly clientAddresses?: readonly string[];
  /** Absolute path of a PEM file with additional certificate authorities. Verification is never off. */
  readonly caFile?: string;
}
