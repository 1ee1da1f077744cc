import { viewsOf } from '../../src/sandbox/network/topology';
import type { SandboxProject, World } from '../../src/sandbox/world/world';
import { startNode, type Running } from '../vscode/child-process';
import { toolEnvironment } from './debian-tools';

/** What Atlas's and AWS's DNS have of clusters behind private endpoints. */
export interface Records {
  readonly srv: readonly { readonly name: string; readonly host: string; readonly port: number }[];
  readonly txt: readonly { readonly name: string; readonly text: string }[];
  readonly cname: readonly { readonly name: string; readonly target: string }[];
  readonly address: readonly { readonly name: string; readonly address: string }[];
}

/** The records of the private endpoints of projects. */
export function recordsOf(world: World, projects: readonly SandboxProject[]): Records {
  const views = projects
    .flatMap((project) => [...project.clusters.values()].flatMap((cluster) => viewsOf(world, project, cluster)))
    .filter(({ hosts }) => hosts.every(({ endpointId }) => endpointId !== undefined));
  const hosts = new Map(views.flatMap((view) => view.hosts.map((each) => [each.host, each.target()] as const)));
  const targets = [...hosts].flatMap(([name, target]) => (target === undefined ? [] : [{ name, ...target }]));
  return {
    srv: views.flatMap(({ name, hosts: nodes }) =>
      nodes.map(({ host, port }) => ({ name: `_mongodb._tcp.${name}`, host, port })),
    ),
    txt: views.map(({ name, options }) => ({ name, text: options })),
    cname: targets.flatMap(({ name, cname }) => (cname === undefined ? [] : [{ name, target: cname }])),
    address: [
      ...new Map(
        targets.flatMap(({ name, cname, addresses }) =>
          addresses.map((address) => [`${cname ?? name} ${address}`, { name: cname ?? name, address }] as const),
        ),
      ).values(),
    ],
  };
}

/** The records as dnsmasq's configuration. It knows all about these domains: what is not there does not exist. */
export function configurationOf({ srv, txt, cname, address }: Records): readonly string[] {
  return [
    'local=/mongodb.net/',
    'local=/amazonaws.com/',
    ...srv.map(({ name, host, port }, index) => `srv-host=${name},${host},${port},0,${index % 1000}`),
    ...txt.map(({ name, text }) => `txt-record=${name},${text}`),
    ...cname.map(({ name, target }) => `cname=${name},${target}`),
    ...address.map((each) => `host-record=${each.name},${each.address}`),
  ];
}

/** dnsmasq on an address of the namespace, port 53, with a configuration and nothing from this machine. */
export function startDnsmasq(address: string, configuration: readonly string[]): Promise<Running> {
  const alone = ['--no-daemon', '--no-resolv', '--no-hosts', '--bind-interfaces', '--cache-size=0'];
  const lines = configuration.map((line) => `--${line}`);
  return startNode(
    'dnsmasq',
    ['--conf-file=/dev/null', '--log-facility=-', `--listen-address=${address}`, ...alone, ...lines],
    /started, version (\S+)/,
    { env: toolEnvironment() },
  );
}
