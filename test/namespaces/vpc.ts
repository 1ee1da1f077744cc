import { setServers } from 'node:dns';
import { systemClock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import { testConnection, type TestRequest } from '../../src/diagnostics/test-connection';
import type { TestReport } from '../../src/diagnostics/events';
import { createWorld, paces } from '../../src/sandbox/world/create-world';
import type { World } from '../../src/sandbox/world/world';
import type { Running } from '../vscode/child-process';
import { directNodes, type DirectNodes } from './direct-nodes';
import { configurationOf, recordsOf, startDnsmasq, type Records } from './dns-records';
import { takeNamespace, type Namespace } from './namespace';

/** The addresses of DNS servers in the VPC. */
export const [mainServer, secondServer] = ['10.0.0.2', '10.0.0.3'];

/** A VPC that this process is in: nodes behind interface endpoints, their names in DNS, packet filters. */
export interface Vpc {
  readonly world: World;
  readonly nodes: DirectNodes;
  readonly namespace: Namespace;
  readonly records: Records;
  /** Starts a DNS server with these records on one of the addresses, in the place of the one that is there. */
  serveNames(address: string, records: Records | readonly string[]): Promise<void>;
  stopNames(address: string): Promise<void>;
  /** The servers that programs of this machine ask. */
  useServers(...addresses: readonly string[]): void;
  /** As it is when nothing is broken. */
  repair(): Promise<void>;
  /** The engine, without a proxy and with the resolver of this machine. */
  diagnose(connectionString: string, more?: Partial<TestRequest>): Promise<TestReport>;
  close(): Promise<void>;
}

/** Opens the VPC of these projects of the sandbox. `change` is for what the sandbox has in no scenario. */
export async function openVpc(
  projectNames: readonly string[],
  change: (world: World) => void = () => undefined,
): Promise<Vpc> {
  const namespace = takeNamespace();
  const world = createWorld({ pace: paces.instant });
  change(world);
  const projects = [...world.atlas.projects.values()].filter(({ name }) => projectNames.includes(name));
  const records = recordsOf(world, projects);
  const nodes = await directNodes(world, projects);
  const servers = new Map<string, { readonly what: Records | readonly string[]; readonly running: Running }>();
  const stopNames = async (address: string): Promise<void> => {
    const server = servers.get(address);
    servers.delete(address);
    await server?.running.close();
  };
  const vpc: Vpc = {
    world,
    nodes,
    namespace,
    records,
    async serveNames(address, what) {
      if (servers.get(address)?.what === what) return;
      await stopNames(address);
      const running = await startDnsmasq(address, 'srv' in what ? configurationOf(what) : what);
      servers.set(address, { what, running });
    },
    stopNames,
    useServers(...addresses) {
      namespace.setResolvers(addresses);
      // This process has read the file already.
      setServers(addresses);
    },
    async repair() {
      for (const { fault, subject } of world.faults.list()) world.faults.set(fault, false, subject);
      namespace.filter();
      namespace.setHosts([]);
      vpc.useServers(mainServer);
      await Promise.all([vpc.serveNames(mainServer, records), stopNames(secondServer), nodes.listen()]);
    },
    diagnose: (connectionString, more = {}) =>
      testConnection(
        {
          connectionString,
          signIn: { kind: 'password', username: world.credentials.dbUsername, password: world.credentials.dbPassword },
          route: { dnsServers: [], caFile: nodes.caFile },
          hopTimeoutMs: 8000,
          where: { hostname: 'test', kind: 'local' },
          ...more,
        },
        { clock: systemClock, logger: silentLogger },
        () => undefined,
      ),
    async close() {
      await Promise.all([...servers.keys()].map(stopNames));
      await nodes.close();
      namespace.close();
    },
  };
  namespace.addAddresses([...nodes.addresses, mainServer, secondServer]);
  await vpc.repair();
  return vpc;
}
