import { execFile } from 'node:child_process';
import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** A DNS server to ask, and who names it. */
export interface DnsServer {
  /** `host:port`, `[v6]:port`. */
  readonly address: string;
  /**
   * `route`: given for this test; `system`: the configuration of the operating system; `editor`: what Node's own resolver
   * (c-ares) alone has, as the editor's code uses it, or all that it has where the system's list cannot be read.
   */
  readonly source: 'route' | 'editor' | 'system';
}

/** More than a machine has; each is asked at once, so there is an end to it. */
const mostServers = 6;
const largestConfiguration = 64 * 1024;
const registryInterfaces = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces`;

/**
 * The servers to ask: those of the route, else what the operating system has, in its order, followed by what only Node
 * knows. Some versions of Node know nothing but a loopback address on Windows (nodejs/node#62748), hence the second source.
 */
export async function serversToAsk(configured: readonly string[]): Promise<readonly DnsServer[]> {
  if (configured.length > 0) {
    return configured.slice(0, mostServers).map((address) => ({ address, source: 'route' }));
  }
  const own = getServers().map(withPort);
  const system = (await systemServers(own)).map(withPort);
  return inOrder(system, own).slice(0, mostServers);
}

/** Every server once, by whoever names it first. */
export function inOrder(system: readonly string[], own: readonly string[]): readonly DnsServer[] {
  const servers = new Map<string, DnsServer>();
  for (const address of system) servers.set(address, { address, source: 'system' });
  for (const address of own) if (!servers.has(address)) servers.set(address, { address, source: 'editor' });
  return [...servers.values()];
}

/** `c-ares` writes `host`, `host:port` or `[v6]:port`. */
function withPort(server: string): string {
  if (isIP(server) === 6) return `[${server}]:53`;
  return isIP(server) === 4 ? `${server}:53` : server;
}

async function systemServers(known: readonly string[]): Promise<readonly string[]> {
  if (process.platform !== 'win32') return serversInResolvConf(await readShort('/etc/resolv.conf'));
  // Reading the registry takes a process: only when Node's list is the one that is known to be wrong.
  if (!known.every((address) => address.startsWith('127.') || address.startsWith('[::1]'))) return [];
  return serversInRegistry(await run('reg.exe', ['query', registryInterfaces, '/s']));
}

/** Addresses of the `nameserver` lines of a `resolv.conf`. */
export function serversInResolvConf(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*nameserver[ \t]+([0-9a-fA-F.:]+)(?:%\S+)?[ \t]*$/gm)]
    .map(([, address = '']) => address)
    .filter((address) => isIP(address) !== 0);
}

/** Addresses in the values `NameServer` and `DhcpNameServer` that `reg query` prints for the network interfaces. */
export function serversInRegistry(text: string): readonly string[] {
  return [...text.matchAll(/^\s*(?:Dhcp)?NameServer\s+REG_SZ\s+(\S.*)$/gm)]
    .flatMap(([, list = '']) => list.trim().split(/[\s,]+/))
    .filter((address) => isIP(address) !== 0);
}

async function readShort(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).slice(0, largestConfiguration);
  } catch {
    return '';
  }
}

function run(file: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, [...parameters], { timeout: 2000, windowsHide: true, maxBuffer: 1024 * 1024 }, (_, stdout) => {
      resolve(stdout);
    });
  });
}
