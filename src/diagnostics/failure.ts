import type { Fact } from './events';

/** Why a hop failed, in one word; value of the fact `failure`. `src/messages/failure-text.ts` has a sentence for each. */
export const failureKinds = [
  // string
  'malformed',
  'socket-path',
  // srv, cname, addresses: no server gave records
  'nxdomain',
  'no-data',
  'dns-timeout',
  'dns-unreachable',
  'dns-refused',
  'dns-servfail',
  'dns-garbage',
  'dns-truncated',
  // srv, cname, addresses: records that cannot be used
  'foreign-domain',
  'too-many-targets',
  'txt-invalid',
  'cname-loop',
  'public-address',
  'blocked-address',
  // tcp
  'timeout',
  'refused',
  'unreachable',
  'reset',
  'network-error',
  'proxy-unreachable',
  'proxy-sign-in',
  'proxy-not-allowed',
  'proxy-name-unknown',
  'proxy-failure',
  // tls
  'closed',
  'not-tls',
  'untrusted',
  'wrong-name',
  'expired',
  'not-yet-valid',
  'certificate',
  'alert',
  // hello
  'unreadable',
  'command-failed',
  'wrong-set',
  'public-hosts',
  'not-balanced',
  'not-writable',
  // sign-in, ping
  'rejected',
  'mechanism',
  'aws-credentials',
  'certificate-file',
  'not-authorized',
  'no-server',
  'driver-error',
] as const;

export type FailureKind = (typeof failureKinds)[number];

/** Builds a list of facts from pairs; leaves out what is undefined. */
export function facts(...pairs: readonly (readonly [name: string, value: string | undefined])[]): readonly Fact[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: shorten(value) }]));
}

/** The value of the first fact of that name. */
export function factOf({ facts: list }: { readonly facts: readonly Fact[] }, name: string): string | undefined {
  return list.find((fact) => fact.name === name)?.value;
}

/** The values of all facts of that name. */
export function factsOf({ facts: list }: { readonly facts: readonly Fact[] }, name: string): readonly string[] {
  return list.filter((fact) => fact.name === name).map(({ value }) => value);
}

/** Servers may answer anything: nothing they say is longer in a report than a line or two. */
const longestValue = 400;

function shorten(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return plain.length > longestValue ? `${plain.slice(0, longestValue)}…` : plain;
}
