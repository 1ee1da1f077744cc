import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createCertificateAuthority, type CertificateAuthority } from '../../src/sandbox/network/certificates';
import { createTopologyVersions } from '../../src/sandbox/network/nodes/hello';
import { serveNode, type NodeContext } from '../../src/sandbox/network/nodes/serve-node';
import { viewsOf } from '../../src/sandbox/network/topology';
import { routeTo } from '../../src/sandbox/network/vpc';
import type { SandboxProject, World } from '../../src/sandbox/world/world';

/** The nodes behind private endpoints, at the addresses and ports that a client in the VPC connects to. */
export interface DirectNodes {
  readonly caFile: string;
  /** All addresses that nodes listen on. */
  readonly addresses: readonly string[];
  /** Connections are taken from now on. */
  listen(): Promise<void>;
  /** Connections are refused from now on, at one address or at all. */
  hangUp(address?: string): Promise<void>;
  close(): Promise<void>;
}

interface Listener {
  readonly address: string;
  readonly port: number;
  server?: Server;
}

/** The nodes of projects; nobody listens yet. The addresses have to be this machine's by then. */
export async function directNodes(world: World, projects: readonly SandboxProject[]): Promise<DirectNodes> {
  const authority: CertificateAuthority = await createCertificateAuthority();
  const context: NodeContext = { world, authority, versions: createTopologyVersions() };
  const listeners = new Map<string, Listener>();
  for (const project of projects) {
    for (const cluster of project.clusters.values()) {
      for (const { hosts } of viewsOf(world, project, cluster)) {
        for (const { port, endpointId, target } of hosts) {
          if (endpointId === undefined) continue;
          for (const address of target()?.addresses ?? []) listeners.set(`${address} ${port}`, { address, port });
        }
      }
    }
  }
  const open = new Set<Socket>();
  const hangUp = async (address?: string): Promise<void> => {
    for (const listener of listeners.values()) {
      const { server } = listener;
      if (server === undefined || (address !== undefined && listener.address !== address)) continue;
      delete listener.server;
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) if (socket.localAddress === listener.address) socket.destroy();
      await closed;
    }
  };
  return {
    caFile: authority.caFile,
    addresses: [...new Set([...listeners.values()].map(({ address }) => address))],
    async listen() {
      for (const listener of listeners.values()) {
        if (listener.server !== undefined) continue;
        const { address, port } = listener;
        const server = createServer((socket) => {
          open.add(socket);
          socket.on('error', () => socket.destroy());
          socket.on('close', () => open.delete(socket));
          const route = routeTo(world, address, port);
          if (route.kind !== 'node') socket.destroy();
          else serveNode(context, socket, route.identify).catch(() => socket.destroy());
        });
        listener.server = server;
        server.listen(port, address);
        await once(server, 'listening');
      }
    },
    hangUp,
    async close() {
      await hangUp();
      await authority.close();
    },
  };
}
