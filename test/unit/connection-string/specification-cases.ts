import type { StringFault } from '../../../src/core/problem-codes/connection-string';

interface Accepted {
  readonly text: string;
  /** Hosts with their ports after a space, options as `name=value`. */
  readonly says: {
    readonly scheme: string;
    readonly username?: string;
    readonly password?: string;
    readonly hosts: readonly string[];
    readonly database?: string;
    readonly options?: readonly string[];
  };
  /** The Node.js driver refuses it: options that are not its own, or rules of its own. */
  readonly driverRefuses?: true;
}

const plain = { scheme: 'mongodb' };
const srv = { scheme: 'mongodb+srv' };

/** What MongoDB's specifications say is a connection string; every kind of case of their tests is here. */
export const accepted: readonly Accepted[] = [
  // Hosts.
  { text: 'mongodb://127.0.0.1', says: { ...plain, hosts: ['127.0.0.1'] } },
  { text: 'mongodb://127.0.0.1:27018/', says: { ...plain, hosts: ['127.0.0.1 27018'] } },
  { text: 'mongodb://[::1]', says: { ...plain, hosts: ['::1'] } },
  { text: 'mongodb://[::1]:1,[2001:db8::2]:65535/', says: { ...plain, hosts: ['::1 1', '2001:db8::2 65535'] } },
  { text: 'mongodb://[fe80::1%25eth0]:27017/', driverRefuses: true, says: { ...plain, hosts: ['fe80::1%eth0 27017'] } },
  { text: 'mongodb://a.example:27017,b_c.example', says: { ...plain, hosts: ['a.example 27017', 'b_c.example'] } },
  { text: 'mongodb://bücher.example', says: { ...plain, hosts: ['bücher.example'] } },
  { text: 'mongodb://b%C3%BCcher.example', says: { ...plain, hosts: ['bücher.example'] } },
  { text: 'mongodb://%2Ftmp%2Fmongodb-27017.sock', says: { ...plain, hosts: ['/tmp/mongodb-27017.sock'] } },
  { text: 'mongodb://rel%2Fdb-27017.sock/', says: { ...plain, hosts: ['rel/db-27017.sock'] } },
  {
    text: 'mongodb://a:b@%2Ftmp%2Fm.sock,h:27018/admin?w=1',
    says: {
      ...plain,
      username: 'a',
      password: 'b',
      hosts: ['/tmp/m.sock', 'h 27018'],
      database: 'admin',
      options: ['w=1'],
    },
  },
  // User and password.
  { text: 'mongodb://alice@h', says: { ...plain, username: 'alice', hosts: ['h'] } },
  { text: 'mongodb://alice:@h', says: { ...plain, username: 'alice', password: '', hosts: ['h'] } },
  {
    text: 'mongodb://alice:foo@[::1]:1024',
    says: { ...plain, username: 'alice', password: 'foo', hosts: ['::1 1024'] },
  },
  {
    text: 'mongodb://%40l%3Ace%2F%3D@h.example/my%3Ddb',
    says: { ...plain, username: '@l:ce/=', hosts: ['h.example'], database: 'my=db' },
  },
  {
    text: 'mongodb://%24am:f%3Azzb%40z%2Fz%3D@127.0.0.1/admin%3F?authMechanism=PLAIN',
    says: {
      ...plain,
      username: '$am',
      password: 'f:zzb@z/z=',
      hosts: ['127.0.0.1'],
      database: 'admin?',
      options: ['authMechanism=PLAIN'],
    },
  },
  {
    text: "mongodb://!$&'()*+,;=:!$&'()*+,;=@127.0.0.1/admin",
    says: { ...plain, username: "!$&'()*+,;=", password: "!$&'()*+,;=", hosts: ['127.0.0.1'], database: 'admin' },
  },
  {
    text: 'mongodb://user%40EXAMPLE.COM:secret@h/?authMechanismProperties=SERVICE_NAME:other,REALM:x&authMechanism=GSSAPI',
    says: {
      ...plain,
      username: 'user@EXAMPLE.COM',
      password: 'secret',
      hosts: ['h'],
      options: ['authMechanismProperties=SERVICE_NAME:other,REALM:x', 'authMechanism=GSSAPI'],
    },
  },
  {
    text: 'mongodb+srv://<db_username>:<db_password>@cluster0-pl-0.ab1cd.mongodb.net/',
    says: { ...srv, username: '<db_username>', password: '<db_password>', hosts: ['cluster0-pl-0.ab1cd.mongodb.net'] },
  },
  // Database.
  { text: 'mongodb://h/', says: { ...plain, hosts: ['h'] } },
  { text: 'mongodb://h/db.collection', says: { ...plain, hosts: ['h'], database: 'db.collection' } },
  // Options.
  { text: 'mongodb://h?tls=true', says: { ...plain, hosts: ['h'], options: ['tls=true'] } },
  { text: 'mongodb://h/?', says: { ...plain, hosts: ['h'] } },
  { text: 'mongodb://h/?w=1&', says: { ...plain, hosts: ['h'], options: ['w=1'] } },
  { text: 'mongodb://h/?foo=bar', driverRefuses: true, says: { ...plain, hosts: ['h'], options: ['foo=bar'] } },
  { text: 'mongodb://h/?journal=', driverRefuses: true, says: { ...plain, hosts: ['h'], options: ['journal='] } },
  { text: 'mongodb://h/?appName=a%20b%26c', says: { ...plain, hosts: ['h'], options: ['appName=a b&c'] } },
  {
    text: 'mongodb://h/?replicaSet=test&replicaSet=test',
    driverRefuses: true,
    says: { ...plain, hosts: ['h'], options: ['replicaSet=test', 'replicaSet=test'] },
  },
  {
    text: 'mongodb://h/?readPreferenceTags=dc:ny,rack:1&readPreferenceTags=dc:ny&readPreferenceTags=',
    says: {
      ...plain,
      hosts: ['h'],
      options: ['readPreferenceTags=dc:ny,rack:1', 'readPreferenceTags=dc:ny', 'readPreferenceTags='],
    },
  },
  {
    text: 'mongodb://h?authMechanismProperties=TOKEN_RESOURCE:mongodb://cluster',
    says: { ...plain, hosts: ['h'], options: ['authMechanismProperties=TOKEN_RESOURCE:mongodb://cluster'] },
  },
  {
    text: 'mongodb://alice:secret@h/admin?replicaset=my@set',
    says: {
      ...plain,
      username: 'alice',
      password: 'secret',
      hosts: ['h'],
      database: 'admin',
      options: ['replicaset=my@set'],
    },
  },
  {
    text: 'mongodb://h/?replicaset=my@set',
    says: { ...plain, hosts: ['h'], options: ['replicaset=my@set'] },
    driverRefuses: true,
  },
  {
    text: 'mongodb://h/?appName=100%',
    says: { ...plain, hosts: ['h'], options: ['appName=100%'] },
  },
  {
    text: 'mongodb://a,b/?directConnection=false',
    says: { ...plain, hosts: ['a', 'b'], options: ['directConnection=false'] },
  },
  { text: 'mongodb://h/?loadBalanced=true', says: { ...plain, hosts: ['h'], options: ['loadBalanced=true'] } },
  {
    text: 'mongodb://h/?loadBalanced=true&directConnection=false',
    says: { ...plain, hosts: ['h'], options: ['loadBalanced=true', 'directConnection=false'] },
  },
  { text: 'mongodb://h/?tls=true&ssl=true', says: { ...plain, hosts: ['h'], options: ['tls=true', 'ssl=true'] } },
  {
    text: 'mongodb://h/?proxyHost=p&proxyPort=1080&proxyUsername=a&proxyPassword=b',
    says: {
      ...plain,
      hosts: ['h'],
      options: ['proxyHost=p', 'proxyPort=1080', 'proxyUsername=a', 'proxyPassword=b'],
    },
  },
  // Seedlists in DNS.
  { text: 'mongodb+srv://c.example.net', says: { ...srv, hosts: ['c.example.net'] } },
  {
    text: 'mongodb+srv://C.EXAMPLE.net/?directConnection=false',
    says: { ...srv, hosts: ['C.EXAMPLE.net'], options: ['directConnection=false'] },
  },
  {
    text: 'mongodb+srv://u:p@c.example.net/db?srvServiceName=custom&srvMaxHosts=2',
    says: {
      ...srv,
      username: 'u',
      password: 'p',
      hosts: ['c.example.net'],
      database: 'db',
      options: ['srvServiceName=custom', 'srvMaxHosts=2'],
    },
  },
  {
    text: 'mongodb+srv://c.example.net/?srvMaxHosts=0&replicaSet=rs',
    says: { ...srv, hosts: ['c.example.net'], options: ['srvMaxHosts=0', 'replicaSet=rs'] },
  },
  {
    text: 'mongodb+srv://c.example.net/?proxyPort=1080',
    driverRefuses: true,
    says: { ...srv, hosts: ['c.example.net'], options: ['proxyPort=1080'] },
  },
];

interface Refused {
  readonly text: string;
  readonly reason: StringFault;
  readonly at: number;
  /** The Node.js driver's parser lets it pass; other drivers, or its own later steps, do not. */
  readonly driverAccepts?: true;
}

/** What the specifications say is none, with the place that is wrong. */
export const refused: readonly Refused[] = [
  { text: '', reason: 'scheme', at: 0 },
  { text: 'mongo://localhost:27017', reason: 'scheme', at: 0 },
  { text: ' mongodb://localhost', reason: 'scheme', at: 0 },
  // Hosts.
  { text: 'mongodb://', reason: 'host-missing', at: 10 },
  { text: 'mongodb:///tmp/mongodb-27017.sock/', reason: 'host-missing', at: 10 },
  { text: 'mongodb://a,,b', reason: 'host-missing', at: 12, driverAccepts: true },
  { text: 'mongodb://a,', reason: 'host-missing', at: 12, driverAccepts: true },
  { text: 'mongodb://:27017', reason: 'host-missing', at: 10 },
  { text: 'mongodb://u:p@/db', reason: 'host-missing', at: 14 },
  { text: 'mongodb://::', reason: 'ipv6-brackets', at: 10 },
  { text: 'mongodb://2001:db8::1/', reason: 'ipv6-brackets', at: 10 },
  { text: 'mongodb://[::1/', reason: 'host-invalid', at: 10 },
  { text: 'mongodb://[example]/', reason: 'host-invalid', at: 10 },
  { text: 'mongodb://[::1]x:27017/', reason: 'host-invalid', at: 10 },
  { text: 'mongodb://ho st/', reason: 'host-invalid', at: 12, driverAccepts: true },
  { text: 'mongodb://a.example%/', reason: 'host-invalid', at: 19 },
  { text: 'mongodb://a%2Fb.example/', reason: 'host-invalid', at: 10, driverAccepts: true },
  { text: 'mongodb://localhost::27017', reason: 'port', at: 20 },
  { text: 'mongodb://localhost,localhost::', reason: 'port', at: 30 },
  { text: 'mongodb://localhost::27017,abc', reason: 'port', at: 20 },
  { text: 'mongodb://localhost:', reason: 'port', at: 20, driverAccepts: true },
  { text: 'mongodb://localhost:-1', reason: 'port', at: 20 },
  { text: 'mongodb://localhost:0/', reason: 'port', at: 20 },
  { text: 'mongodb://localhost:65536/', reason: 'port', at: 20 },
  { text: 'mongodb://localhost:foo', reason: 'port', at: 20 },
  { text: 'mongodb://[::1]:-1', reason: 'port', at: 16 },
  { text: 'mongodb://[::1]:0/', reason: 'port', at: 16 },
  { text: 'mongodb://[::1]:65536', reason: 'port', at: 16 },
  { text: 'mongodb://%2Ftmp%2Fa.sock:1/', reason: 'port', at: 25, driverAccepts: true },
  // User and password.
  { text: 'mongodb://alice:foo:bar@127.0.0.1', reason: 'credentials-reserved', at: 19 },
  { text: 'mongodb://alice@@127.0.0.1', reason: 'credentials-reserved', at: 15 },
  { text: 'mongodb://alice@foo:bar@127.0.0.1', reason: 'credentials-reserved', at: 15 },
  { text: 'mongodb://alice/@localhost/db', reason: 'credentials-reserved', at: 15 },
  { text: 'mongodb://alice/bob:foo@localhost/db', reason: 'credentials-reserved', at: 15 },
  { text: 'mongodb://alice/bob@localhost', reason: 'credentials-reserved', at: 15 },
  { text: 'mongodb://alice:foo/bar@localhost/db', reason: 'credentials-reserved', at: 19 },
  { text: 'mongodb://alice:foo?bar@localhost/db', reason: 'credentials-reserved', at: 19 },
  { text: 'mongodb://alice:foo#bar@localhost/db', reason: 'credentials-reserved', at: 19 },
  { text: 'mongodb://alice:f[o]@localhost/db', reason: 'credentials-reserved', at: 17 },
  { text: 'mongodb+srv://u:p@ss/word@host.example/db', reason: 'credentials-reserved', at: 17, driverAccepts: true },
  { text: 'mongodb://alice:f@o?o@h.example/db?w=1', reason: 'credentials-reserved', at: 17 },
  { text: 'mongodb://alice:f@o/?x@h.example/db?w=1', reason: 'credentials-reserved', at: 17 },
  { text: 'mongodb://alice:50%@h', reason: 'credentials-percent', at: 18 },
  { text: 'mongodb://alice:%zz%41@h', reason: 'credentials-percent', at: 16 },
  { text: 'mongodb://alice:%41%ff@h', reason: 'credentials-percent', at: 16 },
  { text: 'mongodb://@h', reason: 'username-empty', at: 10 },
  { text: 'mongodb://:secret@h', reason: 'username-empty', at: 10 },
  { text: 'mongodb://al ice:foo@h', reason: 'character', at: 12, driverAccepts: true },
  { text: 'mongodb://h/\n', reason: 'character', at: 12, driverAccepts: true },
  { text: 'mongodb://a:\ud800@h/', reason: 'character', at: 12, driverAccepts: true },
  // Database.
  { text: 'mongodb://h/a/b', reason: 'database', at: 13, driverAccepts: true },
  { text: 'mongodb://h/a%2Fb', reason: 'database', at: 12, driverAccepts: true },
  { text: 'mongodb://h/a b', reason: 'database', at: 13, driverAccepts: true },
  { text: 'mongodb://h/a$b', reason: 'database', at: 13, driverAccepts: true },
  { text: 'mongodb://h/%', reason: 'database', at: 12 },
  // Options.
  { text: 'mongodb://h/?w', reason: 'option-incomplete', at: 13 },
  { text: 'mongodb://h/?a=b&=c', reason: 'option-incomplete', at: 17 },
  { text: 'mongodb://a,b/?directConnection=true', reason: 'direct-several-hosts', at: 15 },
  { text: 'mongodb+srv://c.example.net/?directConnection=true', reason: 'direct-srv', at: 29 },
  { text: 'mongodb://a,b/?loadBalanced=true', reason: 'balanced-several-hosts', at: 15 },
  { text: 'mongodb://h/?loadBalanced=true&replicaSet=rs', reason: 'balanced-replica-set', at: 31 },
  { text: 'mongodb://h/?loadBalanced=true&directConnection=true', reason: 'balanced-direct', at: 31 },
  { text: 'mongodb://h/?srvMaxHosts=2', reason: 'srv-option', at: 13 },
  { text: 'mongodb://h/?srvServiceName=x', reason: 'srv-option', at: 13 },
  { text: 'mongodb+srv://c.example.net/?srvMaxHosts=1&replicaSet=rs', reason: 'srv-max-hosts', at: 43 },
  { text: 'mongodb+srv://c.example.net/?srvMaxHosts=1&loadBalanced=true', reason: 'srv-max-hosts', at: 43 },
  { text: 'mongodb://h/?tls=true&ssl=false', reason: 'tls-conflict', at: 22 },
  { text: 'mongodb://h/?tls=true&tls=false', reason: 'tls-conflict', at: 22 },
  { text: 'mongodb://h/?tlsInsecure=true&tlsAllowInvalidCertificates=true', reason: 'tls-conflict', at: 30 },
  { text: 'mongodb://h/?proxyPort=1080', reason: 'proxy-incomplete', at: 13 },
  { text: 'mongodb://h/?proxyHost=p&proxyUsername=u', reason: 'proxy-incomplete', at: 25 },
  { text: 'mongodb://h/?proxyHost=p&proxyPassword=u', reason: 'proxy-incomplete', at: 25 },
  { text: 'mongodb://h/?proxyHost=p&proxyHost=q', reason: 'proxy-repeated', at: 25 },
  // Seedlists in DNS.
  { text: 'mongodb+srv://', reason: 'host-missing', at: 14 },
  { text: 'mongodb+srv://a.example.net,b.example.net', reason: 'srv-several-hosts', at: 28 },
  { text: 'mongodb+srv://a.example.net:27017', reason: 'srv-port', at: 27 },
  { text: 'mongodb+srv://10.0.0.1/', reason: 'srv-no-name', at: 14, driverAccepts: true },
  { text: 'mongodb+srv://[::1]/', reason: 'srv-no-name', at: 14 },
];
