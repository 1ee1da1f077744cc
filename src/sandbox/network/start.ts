import type { World } from '../world/world';
import { createCertificateAuthority } from './certificates';
import { startDnsServer } from './dns-server';
import { createTopologyVersions } from './nodes/hello';
import { startSocksGateway } from './socks-gateway';

export interface SandboxNetwork {
  /** `host:port` of the DNS server, UDP and TCP. */
  readonly dnsServer: string;
  /** `socks5://host:port`: the way into the VPC. */
  readonly socksProxy: string;
  /** Absolute path of the root certificate of the nodes, PEM. */
  readonly caFile: string;
  /** Makes a client certificate with key, PEM, for a database user `CN=<name>` of `$external`; answers its path. */
  issueClientFile(commonName: string): Promise<string>;
  /** Ends all listeners and connections and removes the files. */
  close(): Promise<void>;
}

/**
 * Starts DNS server, SOCKS gateway and nodes of a world on random ports of the loopback interface. `onUnanswered` is told
 * the target, `address:port`, of each connection that is left unanswered.
 */
export async function startNetwork(world: World, onUnanswered?: (target: string) => void): Promise<SandboxNetwork> {
  const authority = await createCertificateAuthority();
  const dns = await startDnsServer(world);
  const versions = createTopologyVersions();
  const gateway = await startSocksGateway({ world, authority, versions }, onUnanswered);
  return {
    dnsServer: dns.address,
    socksProxy: gateway.url,
    caFile: authority.caFile,
    issueClientFile: (commonName) => authority.issueClientFile(commonName),
    async close() {
      await Promise.all([dns.close(), gateway.close()]);
      await authority.close();
    },
  };
}
