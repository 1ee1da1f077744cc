/**
 * A DNS server as people write it: `host`, `host:port`, `v6` or `[v6]:port`, with the DNS port where none is given.
 * Undefined when it is none.
 */
export function readDnsServer(server: string): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s/]+))(?::(\d{1,5}))?$/i.exec(server);
  if (match !== null) {
    const [, v6, host, port = '53'] = match;
    return Number(port) < 1 || Number(port) > 65_535
      ? undefined
      : `${v6 === undefined ? (host ?? '') : `[${v6}]`}:${port}`;
  }
  return /^[0-9a-f:.]+$/i.test(server) && server.includes('::') ? `[${server}]:53` : undefined;
}

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
