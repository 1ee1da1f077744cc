import { createHash } from 'node:crypto';

/** An id that belongs to something else and is worked out from it: `derivedId('acl', vpc.id)`. */
export function derivedId(prefix: string, ...of: readonly string[]): string {
  const digits = createHash('sha256')
    .update([prefix, ...of].join(':'))
    .digest('hex')
    .slice(0, 16);
  return `${prefix}-0${digits}`;
}

const directions: Readonly<Record<string, string>> = {
  north: 'n',
  northeast: 'ne',
  east: 'e',
  southeast: 'se',
  south: 's',
  southwest: 'sw',
  west: 'w',
  northwest: 'nw',
  central: 'c',
};

/** `use1-az1` of `us-east-1` and `us-east-1a`: the name of a zone that is the same in every account. */
export function zoneId(region: string, zone: string): string {
  const [continent = '', direction = '', number = ''] = region.split('-');
  const index = zone.slice(region.length).charCodeAt(0) - 'a'.charCodeAt(0) + 1;
  return `${continent}${directions[direction] ?? direction}${number}-az${index}`;
}
