import type { StringFault } from '../core/problem-codes/connection-string';
import type { ConnectionString, StringOption } from './parse';

type Parts = Pick<ConnectionString, 'scheme' | 'hosts' | 'options'>;

/** One rule between options: the option that breaks it, or undefined. */
interface OptionRule {
  readonly reason: StringFault;
  readonly broken: (parts: Parts) => StringOption | undefined;
}

/** An option by its name in any case, optionally with a value. */
function find({ options }: Parts, name: string, value?: string): StringOption | undefined {
  return options.find(
    (option) => option.name.toLowerCase() === name.toLowerCase() && (value === undefined || option.value === value),
  );
}

/** The second of two options when both are there. */
function both(parts: Parts, one: string, other: string): StringOption | undefined {
  return find(parts, one) === undefined ? undefined : find(parts, other);
}

const srvOptions = ['srvMaxHosts', 'srvServiceName', 'srvAllowedHostsSuffix'];
const proxyOptions = ['proxyHost', 'proxyPort', 'proxyUsername', 'proxyPassword'];

/** URI options specification, "Conflicting TLS options". */
const tlsConflicts: readonly (readonly [string, string])[] = [
  ['tlsInsecure', 'tlsAllowInvalidCertificates'],
  ['tlsInsecure', 'tlsAllowInvalidHostnames'],
  ['tlsInsecure', 'tlsDisableOCSPEndpointCheck'],
  ['tlsInsecure', 'tlsDisableCertificateRevocationCheck'],
  ['tlsAllowInvalidCertificates', 'tlsDisableOCSPEndpointCheck'],
  ['tlsAllowInvalidCertificates', 'tlsDisableCertificateRevocationCheck'],
  ['tlsDisableOCSPEndpointCheck', 'tlsDisableCertificateRevocationCheck'],
];

/** What drivers must refuse before they connect. For `mongodb+srv` the proxy rules wait for DNS (specification's tests). */
const rules: readonly OptionRule[] = [
  // URI options specification, "directConnection URI option with multiple seeds or SRV URI".
  {
    reason: 'direct-several-hosts',
    broken: (parts) => (parts.hosts.length > 1 ? find(parts, 'directConnection', 'true') : undefined),
  },
  {
    reason: 'direct-srv',
    broken: (parts) => (parts.scheme === 'mongodb+srv' ? find(parts, 'directConnection', 'true') : undefined),
  },
  // Load balancer specification, "URI Validation".
  {
    reason: 'balanced-several-hosts',
    broken: (parts) => (parts.hosts.length > 1 ? find(parts, 'loadBalanced', 'true') : undefined),
  },
  {
    reason: 'balanced-replica-set',
    broken: (parts) => (find(parts, 'loadBalanced', 'true') === undefined ? undefined : find(parts, 'replicaSet')),
  },
  {
    reason: 'balanced-direct',
    broken: (parts) =>
      find(parts, 'loadBalanced', 'true') === undefined ? undefined : find(parts, 'directConnection', 'true'),
  },
  // Initial DNS seedlist discovery specification, "URI Validation".
  {
    reason: 'srv-option',
    broken: (parts) =>
      parts.scheme === 'mongodb+srv'
        ? undefined
        : srvOptions.map((name) => find(parts, name)).find((option) => option !== undefined),
  },
  {
    reason: 'srv-max-hosts',
    broken: (parts) => {
      const limit = find(parts, 'srvMaxHosts');
      if (limit === undefined || !(Number(limit.value) > 0)) return undefined;
      return find(parts, 'replicaSet') ?? find(parts, 'loadBalanced', 'true');
    },
  },
  {
    reason: 'tls-conflict',
    broken: (parts) =>
      tlsConflicts.map(([one, other]) => both(parts, one, other)).find((option) => option !== undefined),
  },
  {
    reason: 'tls-conflict',
    broken: (parts) => {
      const [first, ...others] = parts.options.filter(({ name }) => /^(?:tls|ssl)$/i.test(name));
      return others.find(({ value }) => value !== first?.value);
    },
  },
  // SOCKS5 support specification, "MongoClient Configuration".
  {
    reason: 'proxy-repeated',
    broken: ({ options }) => {
      const seen = new Set<string>();
      return options.find(({ name }) => {
        const key = name.toLowerCase();
        if (!proxyOptions.some((option) => option.toLowerCase() === key)) return false;
        return seen.size === seen.add(key).size;
      });
    },
  },
  {
    reason: 'proxy-incomplete',
    broken: (parts) => {
      if (parts.scheme === 'mongodb+srv') return undefined;
      const [host, port, username, password] = proxyOptions.map((name) => find(parts, name));
      if (host === undefined) return port ?? username ?? password;
      if (username !== undefined && password !== undefined) return undefined;
      return username ?? password;
    },
  },
];

/** The first rule between options that a string breaks, and where the option begins that breaks it. */
export function optionConflict(parts: Parts): { readonly reason: StringFault; readonly position: number } | undefined {
  for (const { reason, broken } of rules) {
    const option = broken(parts);
    if (option !== undefined) return { reason, position: option.span.start };
  }
  return undefined;
}
