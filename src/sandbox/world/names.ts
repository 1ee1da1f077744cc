import type { Provider } from '../../core/provider';
import { cloudRegion } from './regions';
import type { SandboxCluster, SandboxProject, World } from './world';

/**
 * How host names are built. Everything that names a host in the sandbox does it here: strings, DNS, certificates
 * and the nodes' own answers agree because of that.
 */
export type Named = Pick<SandboxCluster, 'domainLabel' | 'namingStyle'>;

export const domain = 'mongodb.net';

/** `left-k45tj.mongodb.net` (older clusters, the seed's form) or `left.k45tj.mongodb.net`. */
export function joinName(cluster: Named, left: string): string {
  return `${left}${cluster.namingStyle === 'dash' ? '-' : '.'}${cluster.domainLabel}.${domain}`;
}

function hostPart(cluster: SandboxCluster): string {
  return cluster.name.toLowerCase();
}

/** The name that a public seedlist string has: `cluster0-k45tj.mongodb.net`. */
export function publicSrvName(cluster: SandboxCluster): string {
  return joinName(cluster, hostPart(cluster));
}

/** The name for network peering: `cluster0-pri-k45tj.mongodb.net`. */
export function peeringSrvName(cluster: SandboxCluster): string {
  return joinName(cluster, `${hostPart(cluster)}-pri`);
}

/** A node's public name, `cluster0-shard-00-02-k45tj.mongodb.net`; `peering` has its `-pri` form. */
export function publicNodeName(cluster: SandboxCluster, shard: number, member: number, peering = false): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return joinName(cluster, `${hostPart(cluster)}-shard-${two(shard)}-${two(member)}${peering ? '-pri' : ''}`);
}

/** The name of a private seedlist string: `cluster0-pl-0-k45tj.mongodb.net` (seed). */
export function privateSrvName(cluster: SandboxCluster, index: number): string {
  return joinName(cluster, `${hostPart(cluster)}-pl-${index}`);
}

/** The name of an optimized seedlist string: `cluster0-pl-0-lb.ab1cd.mongodb.net`. */
export function optimizedSrvName(cluster: SandboxCluster, index: number): string {
  return joinName(cluster, `${hostPart(cluster)}-pl-${index}-lb`);
}

/**
 * The one host name of all of a project's nodes in a region behind one endpoint, `pl-0-us-east-1-k45tj.mongodb.net`
 * (seed): ports tell the nodes apart. `address` is for Google Cloud's older form, where each node has its own address.
 */
export function privateHostName(
  cluster: Named,
  index: number,
  provider: Provider,
  region: string,
  address?: number,
): string {
  const number = address === undefined ? '' : `-${address}`;
  return joinName(cluster, `pl-${index}-${cloudRegion(provider, region)}${number}`);
}

/** The name of a serverless instance's private seedlist string. */
export function serverlessSrvName(cluster: SandboxCluster, index: number): string {
  return joinName(cluster, `${hostPart(cluster)}-pe-${index}`);
}

/** The host behind it: one, and it balances. */
export function serverlessHostName(cluster: SandboxCluster, index: number, provider: Provider, region: string): string {
  return joinName(cluster, `pe-${index}-${hostPart(cluster)}-${cloudRegion(provider, region)}`);
}

/** The public name of a federated database instance: `name-ab1cd.a.query.mongodb.net`. */
export function federatedName(project: SandboxProject, name: string): string {
  return `${name.toLowerCase()}-${project.domainLabel}.a.query.${domain}`;
}

/** Its name behind a private endpoint. */
export function federatedPrivateName(project: SandboxProject, name: string, endpointId: string): string {
  // Azure ids are paths; only the last part can stand in a host name.
  const short = endpointId.split('/').at(-1) ?? endpointId;
  return `${short.toLowerCase()}-${name.toLowerCase()}-${project.domainLabel}.a.query.${domain}`;
}

/** The project whose domain label a host name carries, or undefined. Builds no project's clusters. */
export function projectOfHost(world: World, host: string): SandboxProject | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  const left = name.replace(/(\.a\.query)?\.mongodb\.net$/, '');
  if (left === name) return undefined;
  const label = left.split(/[-.]/).at(-1);
  for (const project of world.atlas.projects.values()) if (project.domainLabel === label) return project;
  return undefined;
}
