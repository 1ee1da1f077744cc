import type { FailureKind, HopId } from '../../../src/core/hop';
import type { ProblemCode } from '../../../src/core/problem';
import {
  fails,
  here1024,
  here1025,
  host,
  open,
  passes,
  primary,
  row,
  silent,
  stringOf,
  there1024,
  warns,
  type Row,
} from './what-is-seen';

/** What a failure of a private string means where nothing else is known. What is not here has no finding. */
export const meanings: Readonly<Partial<Record<HopId, Readonly<Partial<Record<FailureKind, ProblemCode>>>>>> = {
  string: { 'socket-path': 'STRING_SOCKET_PATH' },
  srv: {
    'dns-timeout': 'RESOLVER_UNREACHABLE',
    'dns-unreachable': 'RESOLVER_UNREACHABLE',
    'dns-refused': 'RESOLVER_REFUSED',
    'dns-servfail': 'RESOLVER_REFUSED',
    'dns-truncated': 'RESOLVER_TRUNCATED',
    'dns-garbage': 'DNS_GARBAGE',
    'no-data': 'RESOLVER_NO_SRV',
    nxdomain: 'SRV_NXDOMAIN',
    'foreign-domain': 'SRV_FOREIGN_DOMAIN',
    'not-found-here': 'NAME_NOT_FOUND_HERE',
    'srv-invalid': 'SRV_INVALID',
    'txt-invalid': 'TXT_INVALID',
    'txt-failed': 'RESOLVER_NO_TXT',
    'too-many-targets': 'SRV_TOO_MANY',
  },
  cname: { 'cname-loop': 'CNAME_LOOP' },
  addresses: {
    'dns-timeout': 'RESOLVER_UNREACHABLE',
    'dns-unreachable': 'RESOLVER_UNREACHABLE',
    'dns-refused': 'RESOLVER_REFUSED',
    'dns-servfail': 'RESOLVER_REFUSED',
    'dns-truncated': 'RESOLVER_TRUNCATED',
    'dns-garbage': 'DNS_GARBAGE',
    'not-found-here': 'NAME_NOT_FOUND_HERE',
    nxdomain: 'TARGET_NXDOMAIN',
    'no-data': 'TARGET_NO_ADDRESS',
    'public-address': 'ADDRESS_PUBLIC',
    'blocked-address': 'ADDRESS_BLOCKED',
  },
  tcp: {
    'proxy-unreachable': 'PROXY_UNREACHABLE',
    'proxy-silent': 'PROXY_SILENT',
    'proxy-not-socks': 'PROXY_NOT_SOCKS',
    'proxy-sign-in': 'PROXY_SIGN_IN',
    'proxy-not-allowed': 'PROXY_REFUSED',
    'proxy-name-unknown': 'PROXY_DNS',
    'proxy-failure': 'PROXY_FAILED',
    timeout: 'TCP_TIMEOUT_ALL',
    unreachable: 'ADDRESS_UNROUTABLE',
    refused: 'TCP_REFUSED',
    reset: 'TCP_RESET',
  },
  tls: {
    timeout: 'TLS_STALL',
    closed: 'TLS_CLOSED',
    reset: 'TLS_CLOSED',
    'not-tls': 'NOT_TLS',
    untrusted: 'TLS_INTERCEPTED',
    'not-yet-valid': 'TLS_CLOCK',
    expired: 'TLS_EXPIRED',
    'wrong-name': 'TLS_NAME',
    alert: 'TLS_REFUSED',
    certificate: 'TLS_REFUSED',
  },
  hello: {
    timeout: 'HELLO_STALL',
    closed: 'HELLO_CLOSED',
    unreadable: 'HELLO_UNREADABLE',
    'command-failed': 'HELLO_REFUSED',
    'wrong-set': 'HELLO_WRONG_SET',
    'public-hosts': 'HELLO_PUBLIC_HOSTS',
    'not-balanced': 'HELLO_NOT_BALANCED',
  },
  'sign-in': {
    rejected: 'AUTH_FAILED',
    mechanism: 'AUTH_MECHANISM',
    'aws-credentials': 'AUTH_AWS',
    'certificate-file': 'AUTH_CERTIFICATE_FILE',
    timeout: 'AUTH_TIMEOUT',
    'not-authorized': 'AUTH_NOT_ALLOWED',
    'no-server': 'DRIVER_DISAGREES',
    'driver-error': 'DRIVER_DISAGREES',
  },
  ping: {
    'not-authorized': 'AUTH_NOT_ALLOWED',
    'no-server': 'DRIVER_DISAGREES',
    'driver-error': 'DRIVER_DISAGREES',
  },
};

const withoutTls = stringOf('private-endpoint', 'mongodb');
const plain = {
  ...withoutTls,
  facts: withoutTls.facts.map((fact) => (fact.name === 'tls' ? { ...fact, value: 'off' } : fact)),
};
const standard = stringOf('private-endpoint', 'mongodb');
const withDatabase = stringOf('private-endpoint', 'mongodb', ['database', 'shop']);
const answered = (...resolvers: readonly string[]): ReturnType<typeof passes> =>
  passes('srv', 'cluster0', ['answeredBy', '10.0.0.2:53'], ...resolvers.map((one) => ['resolver', one] as const));
const goneEndpoint = 'vpce-0123456789abcdef0-abcd.vpce-svc-0123456789abcdef0.us-east-1.vpce.amazonaws.com';
const addressed = (address: string, ...resolvers: readonly string[]): ReturnType<typeof passes> =>
  passes(
    'addresses',
    host,
    ['address', address],
    ...resolvers.flatMap((one) => [
      ...(one.includes(' records ') ? [['answeredBy', one.split(' ')[0] ?? ''] as const] : []),
      ['resolver', one] as const,
    ]),
  );
const helloOf = (role: string, ...more: Parameters<typeof passes>[2][]): ReturnType<typeof passes> =>
  passes('hello', here1024, ['role', role], ...more);
const signInRejected = fails('sign-in', 'db', 'rejected');
const openAt = (subject: string): ReturnType<typeof passes> => passes('tcp', subject, ['node', `${host}:1024`]);
const withoutIPv6 = (subject: string): ReturnType<typeof passes> => ({
  ...fails('tcp', subject, 'no-ipv6', ['code', 'ENETUNREACH'], ['node', `${host}:1024`]),
  outcome: 'skipped',
});
const publicAddress = warns('addresses', host, 'public-address', ['address', '198.51.100.7']);
const blockedAddress = warns('addresses', host, 'blocked-address', ['address', '0.0.0.0']);

/** What takes more than one failure to tell, both ways. */
export const rowsOnTheWire: readonly Row[] = [
  // ---- options
  ...(['closed', 'timeout', 'unreadable'] as const).map((failure) =>
    row(`a string without TLS, and hello ends in ${failure}`, ['STRING_OPTION_MISSING'], {
      string: plain,
      hops: [fails('hello', here1024, failure)],
    }),
  ),
  row('a string without TLS, and one node answers hello', ['HELLO_CLOSED'], {
    string: plain,
    hops: [fails('hello', there1024, 'closed'), primary],
  }),
  row('a string without TLS that nobody refuses for it', ['HELLO_WRONG_SET'], {
    string: plain,
    hops: [fails('hello', here1024, 'wrong-set')],
  }),
  row('a string without TLS to somebody else’s cluster', ['HELLO_CLOSED'], {
    string: {
      ...plain,
      facts: plain.facts.map((fact) => (fact.name === 'network' ? { ...fact, value: 'not-atlas' } : fact)),
    },
    hops: [fails('hello', here1024, 'closed')],
  }),
  row('a standard string with a database and no authSource, and the sign-in is refused', ['STRING_OPTION_MISSING'], {
    string: withDatabase,
    hops: [primary, signInRejected],
  }),
  ...['SCRAM', 'SCRAM-SHA-256'].map((mechanism) =>
    row(`a standard string with a database, and ${mechanism} is refused`, ['STRING_OPTION_MISSING'], {
      string: withDatabase,
      hops: [primary, fails('sign-in', 'db', 'rejected', ['mechanism', mechanism])],
    }),
  ),
  ...['MONGODB-AWS', 'MONGODB-X509', 'PLAIN'].map((mechanism) =>
    row(`a standard string with a database, and ${mechanism} is refused`, ['AUTH_FAILED'], {
      string: withDatabase,
      hops: [primary, fails('sign-in', 'db', 'rejected', ['mechanism', mechanism])],
    }),
  ),
  row('a standard string without database and authSource, and the sign-in is refused', ['AUTH_FAILED'], {
    string: standard,
    hops: [primary, signInRejected],
  }),
  row('a standard string with the database admin, and the sign-in is refused', ['AUTH_FAILED'], {
    string: stringOf('private-endpoint', 'mongodb', ['database', 'admin']),
    hops: [primary, signInRejected],
  }),
  row('a standard string with authSource, and the sign-in is refused', ['AUTH_FAILED'], {
    string: stringOf('private-endpoint', 'mongodb', ['database', 'shop'], ['authSource', 'admin']),
    hops: [primary, signInRejected],
  }),
  row('a standard string with a database, and a sign-in that says where the user is', ['AUTH_FAILED'], {
    string: withDatabase,
    hops: [primary, fails('sign-in', 'db', 'rejected', ['authSource', 'admin'])],
  }),
  row('a seedlist with a database, and the sign-in is refused', ['AUTH_FAILED'], {
    string: stringOf('private-endpoint', 'mongodb+srv', ['database', 'shop']),
    hops: [primary, signInRejected],
  }),
  row('a standard string with a database to somebody else’s cluster', ['AUTH_FAILED'], {
    string: stringOf('not-atlas', 'mongodb', ['database', 'shop']),
    hops: [primary, signInRejected],
  }),
  row('a standard string with a database, and the sign-in is not answered', ['AUTH_TIMEOUT'], {
    string: withDatabase,
    hops: [primary, fails('sign-in', 'db', 'timeout')],
  }),

  // ---- resolvers
  row('one resolver does not know the name', ['RESOLVERS_DISAGREE'], {
    hops: [answered('127.0.0.1:53 nxdomain 2 ms', '10.0.0.2:53 records 3 ms')],
  }),
  row('one resolver has no records for the name', ['RESOLVERS_DISAGREE'], {
    hops: [answered('127.0.0.1:53 no-data 2 ms', '10.0.0.2:53 records 3 ms')],
  }),
  ...(['ENOTFOUND', 'ENODATA'] as const).map((code) =>
    row(`the operating system does not know the name: ${code}`, ['RESOLVERS_DISAGREE'], {
      hops: [passes('addresses', host, ['resolver', `system ${code} 2 ms`], ['resolver', '10.0.0.2:53 records 3 ms'])],
    }),
  ),
  row('no resolver knows the name', [], { hops: [answered('127.0.0.1:53 nxdomain 2 ms')] }),
  row('a server does not know a name on the way and has records for another', [], {
    hops: [answered('10.0.0.2:53 records 3 ms', '10.0.0.2:53 no-data 3 ms')],
  }),
  row('one resolver is silent', [], { hops: [answered('127.0.0.1:53 timeout 9 ms', '10.0.0.2:53 records 3 ms')] }),
  row('resolvers disagree about a name that only the CNAME leads to', [], {
    hops: [passes('cname', host, ['resolver', '127.0.0.1:53 nxdomain 2 ms'], ['resolver', '10.0.0.2:53 records 3 ms'])],
  }),
  row('the editor’s resolver cannot be reached', ['RESOLVER_EDITOR_BROKEN'], {
    context: { editorServers: ['127.0.0.1:53'] },
    hops: [answered('127.0.0.1:53 unreachable (ECONNREFUSED) 1 ms', '10.0.0.2:53 records 3 ms')],
  }),
  row('the editor’s resolver cannot be reached for an address', ['RESOLVER_EDITOR_BROKEN'], {
    context: { editorServers: ['127.0.0.1:53'] },
    hops: [
      passes(
        'addresses',
        host,
        ['resolver', '127.0.0.1:53 unreachable 1 ms'],
        ['resolver', '10.0.0.2:53 records 3 ms'],
      ),
    ],
  }),
  row('a resolver that is not the editor’s alone cannot be reached', [], {
    hops: [answered('127.0.0.1:53 unreachable (ECONNREFUSED) 1 ms', '10.0.0.2:53 records 3 ms')],
  }),
  row('the editor has a resolver of its own that nobody had to ask', [], {
    context: { editorServers: ['127.0.0.1:53'] },
    hops: [answered('10.0.0.2:53 records 3 ms')],
  }),
  row('one of the editor’s resolvers can be reached', [], {
    context: { editorServers: ['127.0.0.1:53', '127.0.0.2:53'] },
    hops: [answered('127.0.0.1:53 unreachable 1 ms', '127.0.0.2:53 timeout 9 ms', '10.0.0.2:53 records 3 ms')],
  }),
  row('the editor’s resolver cannot be reached, and no other has records', [], {
    context: { editorServers: ['127.0.0.1:53'] },
    hops: [answered('127.0.0.1:53 unreachable 1 ms', '10.0.0.2:53 timeout 3 ms')],
  }),
  row('the editor’s resolver is only told about the CNAME', [], {
    context: { editorServers: ['127.0.0.1:53'] },
    hops: [
      passes('cname', host, ['resolver', '127.0.0.1:53 unreachable 1 ms'], ['resolver', '10.0.0.2:53 records 3 ms']),
    ],
  }),

  row('only the operating system, by its hosts file, has what the editor’s resolver cannot reach', [], {
    context: { editorServers: ['127.0.0.1:53'] },
    hops: [addressed('10.0.20.54', '127.0.0.1:53 unreachable 1 ms', 'operating-system records')],
  }),

  // ---- names and addresses
  row('the first server ends what a later one knows', ['NAME_NOT_FOUND_HERE'], {
    parameters: { servers: '127.0.0.1:53', answeredBy: '10.0.0.2:53' },
    hops: [
      fails(
        ...([
          'srv',
          'cluster0',
          'not-found-here',
          ['unknownTo', '127.0.0.1:53'],
          ['answeredBy', '10.0.0.2:53'],
        ] as const),
        ['resolver', '127.0.0.1:53 nxdomain 2 ms'],
        ['resolver', '10.0.0.2:53 records 3 ms'],
      ),
    ],
  }),
  row('the operating system has another address than DNS', ['SYSTEM_ADDRESSES'], {
    parameters: { addresses: '10.5.5.5', expected: '10.0.20.54' },
    hops: [passes('addresses', host, ['address', '10.5.5.5'], ['dnsAddress', '10.0.20.54'])],
  }),
  row('an SRV record with port 0', ['SRV_INVALID'], {
    parameters: { target: `${host}:0`, answeredBy: '10.0.0.2:53' },
    hops: [fails('srv', 'cluster0', 'srv-invalid', ['invalidTarget', `${host}:0`], ['answeredBy', '10.0.0.2:53'])],
  }),
  row('a server that fails for the TXT record', ['RESOLVER_NO_TXT'], {
    parameters: { servers: '10.0.0.2:53' },
    hops: [fails('srv', 'cluster0', 'txt-failed', ['resolver', '10.0.0.2:53 servfail 2 ms'])],
  }),
  row('a host whose CNAME leads to an endpoint that is gone', ['TARGET_NXDOMAIN'], {
    parameters: { name: goneEndpoint },
    hops: [fails('addresses', host, 'nxdomain', ['cname', goneEndpoint])],
  }),
  row('the records of another name', ['DNS_GARBAGE'], {
    parameters: { servers: '10.0.0.2:53' },
    hops: [
      fails('addresses', host, 'dns-garbage', ['answeredBy', '10.0.0.2:53'], ['resolver', '10.0.0.2:53 records 2 ms']),
    ],
  }),
  row('no address for a host of somebody else’s', ['UNKNOWN_AT_HOP'], {
    string: stringOf('not-atlas'),
    hops: [fails('addresses', 'db.example.net', 'no-data')],
  }),
  row('a public address, and silence', ['ADDRESS_PUBLIC'], { hops: [publicAddress, silent('198.51.100.7:1024')] }),
  row('a public address that refuses', ['ADDRESS_PUBLIC'], {
    hops: [publicAddress, fails('tcp', '198.51.100.7:1024', 'refused')],
  }),
  row('a public address without a way to it', ['ADDRESS_PUBLIC'], {
    hops: [publicAddress, fails('tcp', '198.51.100.7:1024', 'unreachable')],
  }),
  row('a public address where the cluster answers', [], { hops: [publicAddress, primary] }),
  row('a public address where the cluster answers with a remark', [], {
    hops: [publicAddress, { ...primary, outcome: 'warned' }],
  }),
  row('a name without an address at any resolver', ['TARGET_NO_ADDRESS'], {
    hops: [
      fails(
        'addresses',
        host,
        'no-data',
        ['resolver', '10.0.0.2:53 no-data 3 ms'],
        ['resolver', '10.0.0.3:53 timeout 3 ms'],
      ),
    ],
    parameters: { servers: '10.0.0.2:53, 10.0.0.3:53', name: '' },
  }),
  row('one resolver keeps back the private addresses that another gives', ['TARGET_REBIND_FILTERED'], {
    hops: [addressed('10.0.20.54', '10.0.0.2:53 no-data 1 ms', '10.0.0.3:53 records 3 ms')],
    parameters: { servers: '10.0.0.2:53', answeredBy: '10.0.0.3:53' },
  }),
  row('one resolver knows the CNAME, and not the private address at its end', ['TARGET_REBIND_FILTERED'], {
    hops: [
      addressed(
        '10.0.20.54',
        ...['10.0.0.2:53 records 1 ms', '10.0.0.3:53 records 3 ms'],
        ...['10.0.0.2:53 no-data 1 ms', '10.0.0.3:53 records 3 ms'],
      ),
    ],
    parameters: { servers: '10.0.0.2:53', answeredBy: '10.0.0.3:53' },
  }),
  row('one resolver has the SRV records, and no such name as they name', ['TARGET_REBIND_FILTERED'], {
    hops: [
      answered('10.0.0.2:53 records 1 ms', '10.0.0.3:53 records 3 ms'),
      addressed('10.0.20.54', '10.0.0.2:53 nxdomain 1 ms', '10.0.0.3:53 records 3 ms'),
    ],
  }),
  row('one resolver has no such name, and nobody knows whether it knows the cluster', ['RESOLVERS_DISAGREE'], {
    hops: [addressed('10.0.20.54', '10.0.0.2:53 nxdomain 1 ms', '10.0.0.3:53 records 3 ms')],
  }),
  ...(['nxdomain', 'no-data'] as const).map((outcome) =>
    row(`one resolver has nothing of the cluster: ${outcome}`, ['RESOLVERS_DISAGREE'], {
      hops: [
        answered(`10.0.0.2:53 ${outcome} 1 ms`, '10.0.0.3:53 records 3 ms'),
        addressed('10.0.20.54', `10.0.0.2:53 ${outcome} 1 ms`, '10.0.0.3:53 records 3 ms'),
      ],
    }),
  ),
  row('one resolver has no address, and another a public one', ['RESOLVERS_DISAGREE'], {
    hops: [addressed('198.51.100.7', '10.0.0.2:53 no-data 1 ms', '10.0.0.3:53 records 3 ms')],
  }),
  row('a name with IPv6 addresses only', [], { hops: [addressed('fd00:10:0:20::54', '10.0.0.2:53 no-data 1 ms')] }),
  row('one resolver keeps back addresses of somebody else’s host', ['RESOLVERS_DISAGREE'], {
    string: stringOf('not-atlas'),
    hops: [addressed('10.0.20.54', '10.0.0.2:53 no-data 1 ms', '10.0.0.3:53 records 3 ms')],
  }),
  row('a public address of the public string', ['TCP_REFUSED'], {
    string: stringOf('public'),
    hops: [publicAddress, fails('tcp', '198.51.100.7:1024', 'refused')],
  }),
  row('a private address that refuses', ['TCP_REFUSED'], { hops: [fails('tcp', here1024, 'refused')] }),
  row('a blocked address that refuses', ['ADDRESS_BLOCKED'], {
    hops: [blockedAddress, fails('tcp', '0.0.0.0:1024', 'refused')],
  }),
  row('a blocked address, and silence', ['ADDRESS_BLOCKED'], { hops: [blockedAddress, silent('0.0.0.0:1024')] }),
  row('a blocked address without a way to it', ['ADDRESS_BLOCKED'], {
    hops: [blockedAddress, fails('tcp', '0.0.0.0:1024', 'unreachable')],
  }),
  row('a blocked address where the cluster answers', [], { hops: [blockedAddress, primary] }),
  row('a blocked address of somebody else’s host', ['TCP_REFUSED'], {
    string: stringOf('not-atlas'),
    hops: [blockedAddress, fails('tcp', '0.0.0.0:1024', 'refused')],
  }),
  row('so many targets that some are out of reach', ['SRV_TOO_MANY'], {
    hops: [
      warns('srv', 'cluster0', 'too-many-targets'),
      open(here1024),
      ...[silent(here1025), fails('tcp', there1024, 'refused'), passes('hello', here1024)],
      fails('sign-in', 'db', 'timeout'),
      fails('ping', 'db', 'no-server'),
    ],
  }),

  // ---- hosts, addresses and ports
  row('silence of every address of a host', ['TCP_TIMEOUT_ALL'], { hops: [silent(here1024), silent(there1024)] }),
  row('a router says that there is no way to one of the addresses', ['ADDRESS_UNROUTABLE'], {
    hops: [silent(here1024), fails('tcp', there1024, 'unreachable', ['node', `${host}:1024`])],
  }),
  row('silence of one address', ['TCP_TIMEOUT_ONE_ZONE'], { hops: [silent(here1024), open(there1024)] }),
  row('no way to the IPv6 addresses of a host whose IPv4 addresses answer', [], {
    hops: [open(here1024), withoutIPv6('[fd00::1]:1024')],
  }),
  row('no way to the IPv6 addresses of a host whose IPv4 addresses are silent', ['TCP_TIMEOUT_ALL'], {
    hops: [silent(here1024), withoutIPv6('[fd00::1]:1024')],
  }),
  row('no way to one IPv6 address of a host, while another one answers', ['TCP_TIMEOUT_ONE_ZONE'], {
    hops: [open(here1024), openAt('[fd00::2]:1024'), withoutIPv6('[fd00::1]:1024')],
    parameters: { silent: '[fd00::1]', open: '10.0.20.54, [fd00::2]' },
  }),
  row('no way to the IPv6 addresses of a host, while those of another one answer', [], {
    hops: [
      open(here1024),
      withoutIPv6('[fd00::1]:1024'),
      passes('tcp', '[fd00::3]:1024', ['node', 'pl-0-eu-west-1.ab1cd.mongodb.net:1024']),
    ],
  }),
  row('silence of one port', ['TCP_TIMEOUT_SOME_PORTS'], { hops: [open(here1024), silent(here1025)] }),
  row('silence of many ports', ['TCP_TIMEOUT_SOME_PORTS'], {
    hops: [open(here1024), ...[1025, 1026, 1027, 1028, 1029].map((port) => silent(`10.0.20.54:${String(port)}`))],
    parameters: { silent: '1025, 1026, 1027, 1028 +1', open: '1024' },
  }),
  row('silence of four ports', ['TCP_TIMEOUT_SOME_PORTS'], {
    hops: [open(here1024), ...[1025, 1026, 1027, 1028].map((port) => silent(`10.0.20.54:${String(port)}`))],
    parameters: { silent: '1025, 1026, 1027, 1028', open: '1024' },
  }),
  row('silence of one address, and of a port of the other', ['TCP_TIMEOUT_SOME_PORTS', 'TCP_TIMEOUT_ONE_ZONE'], {
    hops: [silent(there1024), open(here1024), silent(here1025)],
  }),
  row('silence of a whole host beside one that answers', ['TCP_TIMEOUT_ALL'], {
    hops: [silent(here1024), passes('tcp', '10.1.0.9:1024', ['node', 'pl-0-eu-west-1.ab1cd.mongodb.net:1024'])],
  }),
  row('an address that was not tried', ['TCP_TIMEOUT_ALL'], {
    hops: [silent(here1024), { ...open(there1024), outcome: 'skipped' }],
  }),
  row('a refusal beside silence', ['TCP_TIMEOUT_ONE_ZONE', 'TCP_REFUSED'], {
    hops: [silent(here1024), fails('tcp', there1024, 'refused', ['node', `${host}:1024`])],
  }),

  // ---- what the nodes are
  ...(['secondary', 'other'] as const).map((role) =>
    row(`only a node whose role is ${role}`, ['NO_PRIMARY'], { hops: [helloOf(role)] }),
  ),
  ...(['secondary', 'other'] as const).map((role) =>
    row(`only a node whose role is ${role}, and the driver finds no server`, ['NO_PRIMARY'], {
      hops: [helloOf(role), fails('sign-in', 'db', 'no-server')],
    }),
  ),
  ...(['primary', 'mongos', 'balanced', 'standalone'] as const).map((role) =>
    row(`a secondary beside a node whose role is ${role}`, [], { hops: [helloOf('secondary'), helloOf(role)] }),
  ),
  row('a secondary that names the primary', [], { hops: [helloOf('secondary', ['primary', `${host}:1025`])] }),
  row('no role at all', [], { hops: [passes('hello', here1024)] }),

  // ---- the driver
  row('the driver finds no server where hello failed, too', ['HELLO_STALL'], {
    hops: [fails('hello', here1024, 'timeout'), fails('sign-in', 'db', 'no-server')],
  }),
];
