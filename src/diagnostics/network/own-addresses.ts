import { networkInterfaces } from 'node:os';

const mostAddresses = 20;

/** This machine's own IPv4 addresses, without loopback and self-assigned ones, each with its prefix: `10.0.30.10/24`. */
export function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    .flatMap(({ cidr }) => cidr ?? [])
    .slice(0, mostAddresses);
}
