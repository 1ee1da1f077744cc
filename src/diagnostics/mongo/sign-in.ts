import { randomUUID } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns';
import { readFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { MongoClientOptions } from 'mongodb';
import { optionOf, type ConnectionString } from '../../connection-string/parse';
import type { HostPort, SeedListOptions } from '../dns/seedlist';
import type { SocksProxy } from '../network/socks5';
import type { SignIn } from '../test-connection';

/** What the driver is started with. */
export interface DriverStart {
  readonly connectionString: string;
  readonly options: MongoClientOptions;
  /** Texts that must not show in what the driver says. */
  readonly secrets: readonly string[];
}

export interface DriverInputs {
  readonly string: ConnectionString;
  readonly targets: readonly HostPort[];
  readonly seedOptions: SeedListOptions;
  readonly signIn: Exclude<SignIn, { readonly kind: 'skip' }>;
  readonly context: SecureContext;
  readonly authorities: readonly string[] | undefined;
  readonly lookup: LookupFunction;
  readonly proxy: SocksProxy | undefined;
  readonly timeoutMs: number;
}

/**
 * Options of the string that the test decides on: the way to the server, and what would weaken the verification of its
 * certificate, or read files that a string of a stranger names.
 */
const decidedElsewhere = new Set([
  'srvservicename',
  'srvmaxhosts',
  'proxyhost',
  'proxyport',
  'proxyusername',
  'proxypassword',
  'tlsinsecure',
  'tlsallowinvalidcertificates',
  'tlsallowinvalidhostnames',
  'tlscafile',
  'tlscrlfile',
  'tlscertificatekeyfile',
  'tlscertificatekeyfilepassword',
  'sslvalidate',
  'compressors',
  'maxpoolsize',
  'minpoolsize',
  'connecttimeoutms',
  'serverselectiontimeoutms',
  'sockettimeoutms',
  'timeoutms',
  'waitqueuetimeoutms',
]);
/** With a sign-in of the person's choice, the string's own does not count. */
const ofSignIn = new Set(['authmechanism', 'authmechanismproperties']);
/** Their users are in no database: the driver leaves the seedlist's `authSource` alone (as its connection_string.js does). */
const external = new Set(['MONGODB-AWS', 'MONGODB-X509', 'MONGODB-OIDC', 'GSSAPI']);

/**
 * The person's string for the official driver, with what our hops know already: a standard string of the resolved
 * hosts, because the driver would ask for SRV with the resolver of Node that may be the very thing that is broken.
 * Throws when the certificate file cannot be used.
 */
export async function driverStart(inputs: DriverInputs): Promise<DriverStart> {
  const { string, targets, seedOptions, signIn, proxy, timeoutMs, lookup } = inputs;
  const own = signIn.kind === 'from-string';
  const kept = string.options.filter(({ name, value }) => {
    const lower = name.toLowerCase();
    if (decidedElsewhere.has(lower)) return false;
    // Where a user with a password is looked for still counts; one from outside of the database has none.
    if (lower === 'authsource') return own || (signIn.kind === 'password' && value !== '$external');
    return own || !ofSignIn.has(lower);
  });
  const names = new Set(kept.map(({ name }) => name.toLowerCase()));
  const parameters = new URLSearchParams(kept.map(({ name, value }): [string, string] => [name, value]));
  const mechanism = own ? (optionOf(string, 'authMechanism') ?? '').toUpperCase() : '';
  const outside = signIn.kind === 'aws' || signIn.kind === 'x509' || external.has(mechanism);
  for (const [name, value] of Object.entries(seedOptions) as [string, string][]) {
    const decided = name === 'authSource' && outside;
    if (!names.has(name.toLowerCase()) && !decided) parameters.set(name, value);
  }
  if (string.scheme === 'mongodb+srv' && !names.has('tls') && !names.has('ssl')) parameters.set('tls', 'true');
  if (signIn.kind === 'password' && signIn.authSource !== undefined) parameters.set('authSource', signIn.authSource);
  const hosts = targets.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`).join(',');
  return {
    connectionString: `mongodb://${hosts}/${encodeURIComponent(string.database ?? '')}?${parameters.toString()}`,
    secrets: secretsOf(inputs),
    options: {
      appName: 'Private Endpoints for MongoDB Atlas',
      secureContext: inputs.context,
      lookup,
      connectTimeoutMS: timeoutMs,
      serverSelectionTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
      maxPoolSize: 1,
      retryReads: false,
      // One connection to each node instead of two: nobody waits for elections here.
      serverMonitoringMode: 'poll',
      ...(proxy === undefined ? {} : proxyOptions(proxy)),
      ...(await signInOptions(inputs)),
    },
  };
}

/** Names of nodes go to the proxy. Its own is one that nobody else asks for, which tells the client's connections. */
function proxyOptions({ host, port, username, password }: SocksProxy): MongoClientOptions {
  return {
    proxyHost: `${randomUUID()}.invalid`,
    lookup: (_name, options, callback) => systemLookup(host, options, callback),
    proxyPort: port,
    ...(username === undefined ? {} : { proxyUsername: username }),
    ...(password === undefined ? {} : { proxyPassword: password }),
  };
}

async function signInOptions({ string, signIn, authorities }: DriverInputs): Promise<MongoClientOptions> {
  switch (signIn.kind) {
    case 'from-string': {
      const { username, password } = string;
      return username === undefined ? {} : { auth: { username, ...(password === undefined ? {} : { password }) } };
    }
    case 'password':
      return { auth: { username: signIn.username, password: signIn.password } };
    case 'aws':
      return {
        authMechanism: 'MONGODB-AWS',
        authSource: '$external',
        authMechanismProperties: { AWS_CREDENTIAL_PROVIDER: signIn.credentials },
      };
    case 'x509': {
      const pem = await readFile(signIn.certificateKeyFile, 'utf8');
      const context = createSecureContext({
        cert: pem,
        key: pem,
        ...(signIn.passphrase === undefined ? {} : { passphrase: signIn.passphrase }),
        ...(authorities === undefined ? {} : { ca: [...authorities] }),
      });
      return { authMechanism: 'MONGODB-X509', authSource: '$external', secureContext: context };
    }
  }
}

function secretsOf({ string, signIn, proxy }: DriverInputs): readonly string[] {
  const own =
    signIn.kind === 'password' ? signIn.password : signIn.kind === 'x509' ? signIn.passphrase : string.password;
  return [own, proxy?.password].filter((secret): secret is string => secret !== undefined);
}
