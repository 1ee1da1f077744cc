import type { ConnectionString } from './parse';

/** Which network a string is for. */
export type StringNetwork = 'private-endpoint' | 'peering' | 'public' | 'data-federation' | 'not-atlas';

/** `seedlist` is `mongodb+srv`, `standard` names hosts and ports, `optimized` is the seedlist of a load balancer. */
export type ConnectionStringForm = 'seedlist' | 'standard' | 'optimized';

export interface StringClass {
  readonly network: StringNetwork;
  readonly form: ConnectionStringForm;
}

/** Domains that Atlas gives names in: its own, and that of Atlas for Government. */
const atlasDomains = ['mongodb.net', 'mongodbgov.net'];

/**
 * What kind of string it is, from the shape of its host names alone; nothing is asked of Atlas or of DNS, so a cluster
 * that somebody named `shop-pri` looks like peering. Hosts that disagree count as the weakest of them.
 *
 * Shapes (seed and Atlas's answers): `cluster0-pl-0.ab1cd.mongodb.net` or, in older clusters, `cluster0-pl-0-ab1cd…`, with
 * `-lb` for optimized ones; nodes `pl-0-us-east-1.ab1cd…`; serverless instances `-pe-0`; peering `-pri`; federated
 * databases `….query.mongodb.net`.
 */
export function classify({ scheme, hosts }: Pick<ConnectionString, 'scheme' | 'hosts'>): StringClass {
  const networks = new Set(hosts.map(({ host }) => networkOfHost(host)));
  const network = weakestFirst.find((one) => networks.has(one)) ?? 'not-atlas';
  if (scheme === 'mongodb') return { network, form: 'standard' };
  const optimized = hosts.some(({ host }) => /-pl-\d+-lb$/.test(nameInProject(host) ?? ''));
  return { network, form: optimized ? 'optimized' : 'seedlist' };
}

const weakestFirst: readonly StringNetwork[] = [
  'not-atlas',
  'public',
  'peering',
  'data-federation',
  'private-endpoint',
];

/** The network that one host name is for, from its shape. */
export function networkOfHost(host: string): StringNetwork {
  const name = nameInProject(host);
  if (name === undefined) return 'not-atlas';
  if (/\.query\.mongodb(?:gov)?\.net\.?$/i.test(host)) return 'data-federation';
  if (/(?:^|-)p[le]-\d+(?:-lb)?$/.test(name) || /^p[le]-\d+-/.test(name)) return 'private-endpoint';
  return name.endsWith('-pri') ? 'peering' : 'public';
}

/**
 * The part of an Atlas host name that is the same for a whole project: `ab1cd.mongodb.net`, also where older clusters
 * have a dash before it. Undefined for names that are not Atlas's.
 */
export function domainOf(host: string): string | undefined {
  return /(?:^|[.-])([a-z0-9]+\.mongodb(?:gov)?\.net)\.?$/.exec(host)?.[1];
}

/** `cluster0` of `cluster0.ab1cd…` and `cluster0-pl-0.ab1cd…`; undefined for names of nodes. Lower case is expected. */
export function clusterIn(host: string): string | undefined {
  const domain = domainOf(host);
  if (domain === undefined) return undefined;
  const name = host.replace(/\.$/, '').slice(0, -domain.length - 1);
  if (/^p[le]-\d+-|-shard-\d+|\./.test(name)) return undefined;
  return name.replace(/-(?:p[le]-\d+(?:-lb)?|pri)$/, '');
}

/**
 * A name without Atlas's domain and without the project's label, which follows a dot or, in older clusters, a dash;
 * undefined when it is not one of Atlas's.
 */
function nameInProject(host: string): string | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  const domain = atlasDomains.find((one) => name.endsWith(`.${one}`));
  if (domain === undefined) return undefined;
  const left = name.slice(0, -domain.length - 1);
  const dot = left.indexOf('.');
  if (dot >= 0) return left.slice(0, dot);
  const dash = left.lastIndexOf('-');
  return dash < 0 ? left : left.slice(0, dash);
}
