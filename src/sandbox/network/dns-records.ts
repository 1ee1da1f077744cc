import ipaddr from 'ipaddr.js';
import type { Answer } from 'dns-packet';
import type { World } from '../world/world';
import { faultOn } from './faults';
import { hostOf, otherHostOf, seedListOf, type SeedList } from './topology';

/** What the sandbox's DNS says about a name. */
export type DnsResult =
  | { readonly kind: 'records'; readonly answers: readonly Answer[] }
  | { readonly kind: 'no-data' }
  /** With the CNAME that leads to the name that does not exist, where the one that was asked for does (RFC 6604). */
  | { readonly kind: 'no-name'; readonly answers?: readonly Answer[] };

/** Seconds; short, since the world changes while it is watched. */
const ttl = 5;
const srvPrefix = '_mongodb._tcp.';
const publicAddress = '203.0.113.66';
const wrongAddress = '10.255.255.254';
const blockedAddress = '0.0.0.0';
/** Drivers take `authSource`, `replicaSet` and `loadBalanced` from DNS, and nothing else. */
const invalidOptions = 'authSource=admin&ssl=false';
const foreignHost = 'pl-0-us-east-1.rewritten.sandbox.example';

/**
 * Answers from the world as it is now. Names are compared without regard to case and given back as they were asked.
 * Nothing is ever forwarded: what the sandbox does not know does not exist.
 */
export function resolveInWorld(world: World, name: string, type: string): DnsResult {
  const lower = name.toLowerCase().replace(/\.$/, '');
  if (lower.startsWith(srvPrefix)) {
    const seedList = seedListOf(world, lower.slice(srvPrefix.length));
    if (seedList === undefined || faultOn(world, 'dns-nxdomain', lower, seedList.name, seedList.clusterName)) {
      return { kind: 'no-name' };
    }
    return type === 'SRV' ? srvRecords(world, name, seedList) : { kind: 'no-data' };
  }
  const real = hostOf(world, lower);
  const host = faultOn(world, 'dns-other-endpoint', lower, real?.clusterName) ? otherHostOf(world, lower) : real;
  const seedList = seedListOf(world, lower);
  const clusterName = host?.clusterName ?? seedList?.clusterName;
  if (clusterName === undefined || faultOn(world, 'dns-nxdomain', lower, clusterName)) return { kind: 'no-name' };
  if (type === 'TXT' && seedList !== undefined && !faultOn(world, 'dns-no-srv', lower, clusterName)) {
    const data = faultOn(world, 'dns-txt-invalid', lower, clusterName) ? invalidOptions : seedList.options;
    if (data === '') return { kind: 'no-data' };
    return { kind: 'records', answers: [{ type: 'TXT', name, ttl, data: [data] }] };
  }
  if (host === undefined) return { kind: 'no-data' };
  const on = (fault: Parameters<typeof faultOn>[1]): boolean => faultOn(world, fault, lower, clusterName, host.cname);
  if (on('dns-cname-loop')) {
    const other = `loop.${lower}`;
    return {
      kind: 'records',
      answers: [
        { type: 'CNAME', name, ttl, data: other },
        { type: 'CNAME', name: other, ttl, data: name },
      ],
    };
  }
  const cname: Answer[] = host.cname === undefined ? [] : [{ type: 'CNAME', name, ttl, data: host.cname }];
  if (on('dns-endpoint-gone') && type !== 'CNAME') return { kind: 'no-name', answers: cname };
  const addresses = on('dns-public-address')
    ? [publicAddress]
    : on('dns-blocked-address')
      ? [blockedAddress]
      : on('dns-wrong-address')
        ? [wrongAddress]
        : // Filters look at the address, whatever name was asked: the end of a CNAME chain has none either.
          faultOn(world, 'dns-strip-private', lower, clusterName, host.cname, ...host.addresses)
          ? host.addresses.filter((address) => ipaddr.parse(address).range() !== 'private')
          : host.addresses;
  const owner = host.cname ?? name;
  const answers: Answer[] =
    type === 'CNAME'
      ? cname
      : type === 'A' || type === 'AAAA'
        ? [
            ...cname,
            ...addresses
              .filter((address) => ipaddr.IPv6.isValid(address) === (type === 'AAAA'))
              .map((data): Answer => ({ type, name: owner, ttl, data })),
          ]
        : cname;
  return answers.length === 0 ? { kind: 'no-data' } : { kind: 'records', answers };
}

function srvRecords(world: World, name: string, seedList: SeedList): DnsResult {
  const on = (fault: Parameters<typeof faultOn>[1]): boolean =>
    faultOn(world, fault, name.toLowerCase(), seedList.name, seedList.clusterName);
  if (on('dns-no-srv')) return { kind: 'no-data' };
  let targets = seedList.targets;
  if (on('dns-foreign-target')) targets = targets.map(({ port }) => ({ host: foreignHost, port }));
  const [first] = targets;
  if (first !== undefined && on('dns-1000-srv')) {
    targets = Array.from({ length: 1000 }, (_, index) => ({ host: first.host, port: 1024 + index }));
  }
  if (first !== undefined && on('dns-port-zero')) targets = [...targets.slice(1), { ...first, port: 0 }];
  const answers = targets.map(({ host, port }): Answer => ({
    type: 'SRV',
    name,
    ttl,
    data: { priority: 0, weight: 0, port, target: host },
  }));
  return answers.length === 0 ? { kind: 'no-data' } : { kind: 'records', answers };
}
