import { t } from '@vscode/l10n';
import type { DiagnosticProblemCode } from '../core/problem-codes/diagnostics';
import { besideThePathProblems } from './beside-the-path-problems';
import { remedies } from './network-remedies';
import type { ProblemTexts } from './problem-text';

/** In its own words, where there are any: the evidence has the rest. */
function saidBy(message: string | undefined): { readonly detail?: string } {
  return message === undefined ? {} : { detail: message };
}

export const diagnosticProblems = {
  ...besideThePathProblems,
  PROXY_INVALID: () => ({
    title: t('The address of the SOCKS5 proxy cannot be used.'),
    fixes: [t('Write it as {0}.', 'socks5://host:port')],
  }),
  CA_FILE_UNREADABLE: ({ subject, evidence }) => ({
    title: t('The file with certificate authorities cannot be read: {0}', subject),
    ...(evidence === undefined ? {} : { detail: evidence }),
    fixes: [t('Name a file in PEM format that this user can read.')],
  }),
  UNKNOWN_AT_HOP: ({ subject, parameters }) => ({
    title: t('Failed for a reason that is not in the catalogue: {0}', subject),
    detail: t('The raw facts are all there is: {0}', parameters.failure ?? ''),
    fixes: [t('Look at the evidence and, when you cannot tell, pass this report on to whoever runs the network.')],
  }),

  STRING_SOCKET_PATH: ({ subject }) => ({
    title: t('The connection string names a Unix domain socket, which leads through no network: {0}', subject),
    fixes: [t('Test a string with host names.')],
  }),

  RESOLVER_EDITOR_BROKEN: ({ parameters }) => ({
    title: t('The resolver of the editor is broken, your network is not: {0}', parameters.servers ?? ''),
    detail: t(
      'This editor’s version of Node.js knows only a DNS server that refuses, while {0} answers. Code that runs inside the editor fails to look up SRV records; other programs on this machine do not.',
      parameters.answeredBy ?? t('the system’s server'),
    ),
    fixes: [
      t('Update the editor.'),
      t('Use the standard connection string for extensions that fail with "querySrv ECONNREFUSED".'),
    ],
  }),
  RESOLVER_UNREACHABLE: ({ subject, parameters }) => ({
    title: t('No DNS server answered for: {0}', subject),
    detail: t('Asked, without an answer in time: {0}', parameters.servers ?? ''),
    fixes: [
      t('Check that the VPN is connected, and that its DNS servers are the ones in use.'),
      t('Check that a firewall lets port 53 out, over UDP and TCP.'),
      t(
        'If the server is only slow, give the test more time, in the setting "Atlas Private Endpoints › Test: Hop Timeout Seconds" or with --timeout.',
      ),
      remedies.otherServer(),
    ],
  }),
  RESOLVER_REFUSED: ({ subject, parameters }) => ({
    title: t('The DNS server answered with an error for: {0}', subject),
    detail: t(
      'It was reached and would not, or could not, answer (REFUSED or SERVFAIL): {0}',
      parameters.servers ?? '',
    ),
    fixes: [t('Ask whoever runs this DNS server to forward queries for "mongodb.net".'), remedies.otherServer()],
  }),
  RESOLVER_NO_SRV: ({ subject, parameters }) => ({
    title: t('The DNS server knows the name and gives no SRV records for it: {0}', subject),
    detail: t(
      'Some corporate and home resolvers drop SRV records. Without them a "mongodb+srv://" string cannot work. Asked: {0}',
      parameters.servers ?? '',
    ),
    fixes: [
      remedies.letSeedlistPass(),
      remedies.otherServer(),
      t('Until then use the standard connection string. It holds ports, which may change with the cluster.'),
    ],
  }),
  RESOLVER_TRUNCATED: ({ subject, parameters }) => ({
    title: t('The DNS answer was cut short and could not be fetched whole: {0}', subject),
    detail: t('Long answers come over TCP, and TCP to port 53 does not get through: {0}', parameters.servers ?? ''),
    fixes: [t('Allow TCP on port 53 to the DNS server.'), remedies.otherServer()],
  }),
  DNS_GARBAGE: ({ subject, parameters }) => ({
    title: t('The DNS server answered with something that is no answer to the question, for: {0}', subject),
    detail: t('Answered by: {0}', parameters.servers ?? ''),
    fixes: [t('Look for a device between here and the server that rewrites DNS.'), remedies.otherServer()],
  }),
  RESOLVERS_DISAGREE: ({ subject, parameters }) => ({
    title: t('The DNS servers of this machine disagree about: {0}', subject),
    detail: t(
      'Answered by {0}, unknown to {1}. The lookup of a program ends with the first server that says that there is no such name.',
      parameters.answeredBy ?? '',
      parameters.servers ?? '',
    ),
    fixes: [t('Remove the server that does not know the name, or have it forward queries for "mongodb.net".')],
  }),
  NAME_NOT_FOUND_HERE: ({ subject, parameters }) => ({
    title: t('Programs on this machine do not find the name: {0}', subject),
    detail: t(
      'Unknown to {0}, known to {1}. The lookup of a program ends with the first server that says that there is no such name; the others are asked only when it does not answer.',
      parameters.servers ?? '',
      parameters.answeredBy ?? '',
    ),
    fixes: [
      t('Remove the server that does not know the name, or have it forward queries for "mongodb.net".'),
      remedies.exemptFromRebinding(),
    ],
  }),
  SYSTEM_ADDRESSES: ({ subject, parameters }) => ({
    title: t('Programs on this machine connect to other addresses than DNS gives for: {0}', subject),
    detail: t(
      'The operating system has {0}, and DNS has {1}. The hosts file, a cache or a VPN comes before DNS.',
      parameters.addresses ?? '',
      parameters.expected ?? '',
    ),
    fixes: [
      t('Look for a line with this name in the hosts file of this machine, and remove it when it is an old one.'),
      t('Empty the DNS cache of this machine, and test again.'),
    ],
  }),
  SRV_NXDOMAIN: ({ subject }) => ({
    title: t('The name of the connection string does not exist: {0}', subject),
    fixes: [
      t('Compare it with the string that Atlas shows for the cluster and endpoint, letter by letter.'),
      t('Wait until the endpoint is Available and the cluster has been updated: the name appears only then.'),
      t('Insert the current string when cluster, endpoint, or regionalized mode have changed.'),
    ],
  }),
  SRV_FOREIGN_DOMAIN: ({ parameters }) => ({
    title: t('The SRV records lead out of the cluster’s domain: {0}', parameters.target ?? ''),
    detail: t('Drivers refuse this. Somebody rewrites DNS answers; answered by: {0}', parameters.answeredBy ?? ''),
    fixes: [t('Ask whoever runs this DNS server why it rewrites answers for "mongodb.net".'), remedies.otherServer()],
  }),
  SRV_TOO_MANY: ({ subject, parameters }) => ({
    title: t('{0} hosts in one seedlist, more than Atlas ever has: {1}', parameters.count ?? '', subject),
    detail: t('Answered by: {0}', parameters.answeredBy ?? ''),
    fixes: [
      t('Ask whoever runs this DNS server whether it rewrites answers for "mongodb.net".'),
      remedies.otherServer(),
    ],
  }),
  SRV_INVALID: ({ parameters }) => ({
    title: t('An SRV record of the seedlist leads nowhere: {0}', parameters.target ?? ''),
    detail: t(
      'It has port 0 or no host. Drivers refuse the whole string for it. Answered by: {0}',
      parameters.answeredBy ?? '',
    ),
    fixes: [
      t('Ask whoever runs this DNS server whether it rewrites answers for "mongodb.net".'),
      remedies.otherServer(),
    ],
  }),
  TXT_INVALID: ({ subject }) => ({
    title: t('The TXT record of the seedlist is not what drivers accept: {0}', subject),
    detail: t('One record is allowed, with values for authSource, replicaSet and loadBalanced only.'),
    fixes: [t('Look for a resolver that adds or changes TXT records.'), remedies.otherServer()],
  }),
  RESOLVER_NO_TXT: ({ subject, parameters }) => ({
    title: t('SRV records are answered, and the question for the TXT record is not: {0}', subject),
    detail: t(
      'Some corporate and home resolvers drop TXT records. Drivers do without one that does not exist, and give up when they get an error or no answer. Asked: {0}',
      parameters.servers ?? '',
    ),
    fixes: [
      remedies.letSeedlistPass(),
      remedies.otherServer(),
      t('Until then use the standard connection string. It holds ports, which may change with the cluster.'),
    ],
  }),
  TARGET_NXDOMAIN: ({ subject, parameters }) =>
    parameters.name === undefined
      ? {
          title: t('The seedlist names a host that does not exist: {0}', subject),
          fixes: [
            t('Wait until the endpoint is Available.'),
            t('Check in Atlas that the endpoint has not been removed, and insert the current string.'),
          ],
        }
      : {
          title: t('{0} leads to a name that does not exist: {1}', subject, parameters.name),
          detail: t('Atlas has a name for the endpoint, and the cloud has none for what stands behind it any more.'),
          fixes: [
            t('Check in the AWS account that the interface endpoint has not been deleted, and has a subnet.'),
            t('If it was deleted, remove it in Atlas as well, and set up a new one.'),
          ],
        },
  TARGET_REBIND_FILTERED: ({ subject, parameters }) => ({
    title: t('A DNS server withholds the private addresses of: {0}', subject),
    detail: t(
      '{0} gives none, {1} gives them: programs that ask only the former do not connect. Rebinding protection removes private addresses from public names, as in dnsmasq, unbound, home routers and Pi-hole.',
      parameters.servers ?? '',
      parameters.answeredBy ?? '',
    ),
    fixes: [remedies.exemptFromRebinding(), remedies.otherServer()],
  }),
  TARGET_NO_ADDRESS: ({ subject, parameters }) => ({
    title: t('The name is known and has no address: {0}', subject),
    detail: t(
      'Either the endpoint has none yet, or the DNS server withholds private addresses of public names (rebinding protection, as in dnsmasq, unbound, home routers and Pi-hole). Asked: {0}',
      parameters.servers ?? '',
    ),
    fixes: [
      t(
        'Ask a DNS server outside of this network for {0}: private endpoints are in public DNS. If it gives private addresses, the server here withholds them.',
        (parameters.name ?? '') === '' ? subject : (parameters.name ?? ''),
      ),
      remedies.exemptFromRebinding(),
      t('If none has an address, wait until the endpoint is Available, and check that it has a subnet.'),
    ],
  }),
  CNAME_LOOP: ({ subject }) => ({
    title: t('The CNAME records come to no end: {0}', subject),
    detail: t('They lead in a circle, or from name to name more often than any real chain does.'),
    fixes: [t('Look for a DNS server in between that rewrites names.'), remedies.otherServer()],
  }),
  ADDRESS_PUBLIC: ({ subject, parameters }) => ({
    title: t('A private endpoint’s name leads to a public address: {0}', parameters.addresses ?? subject),
    fixes: [
      t('Ask whoever runs the DNS server whether it rewrites answers for "mongodb.net".'),
      remedies.otherServer(),
    ],
  }),
  ADDRESS_BLOCKED: ({ subject, parameters }) => ({
    title: t('A DNS filter blocks the name: {0}', subject),
    detail: t('It is answered with an address that leads nowhere: {0}', parameters.addresses ?? ''),
    fixes: [t('Exempt "mongodb.net" from the DNS filter.'), remedies.otherServer()],
  }),
  ADDRESS_WRONG: ({ subject, parameters }) => ({
    title: t('The name leads to another address than the endpoint has: {0}', subject),
    detail: t('It leads to {0}; the endpoint has {1}.', parameters.addresses ?? '', parameters.expected ?? ''),
    fixes: [
      t(
        'Compare it with the address that is registered at Atlas (Azure, Google Cloud). When that is wrong, remove the private endpoint at Atlas and add it again with the right one.',
      ),
      t(
        'Otherwise a DNS server rewrites the answer. Ask whoever runs it; answered by: {0}',
        parameters.answeredBy ?? '',
      ),
    ],
  }),
  ADDRESS_OVERLAP: ({ subject, parameters }) => ({
    title: t('The address of the endpoint belongs to this machine’s own network as well: {0}', subject),
    detail: t(
      'Connections stay in {0} and do not get to the network of the endpoint. Container networks and VPNs overlap often.',
      parameters.network ?? '',
    ),
    fixes: [
      t('Run the application in the network of the endpoint, or in one whose address ranges do not overlap with it.'),
      t('Give the local network (container network, VPN, VPC) another range, or add a more specific route.'),
      t('Or move the interface endpoint to subnets with addresses that are in use nowhere else.'),
    ],
  }),

  PROXY_UNREACHABLE: () => ({
    title: t('The SOCKS5 proxy cannot be reached.'),
    fixes: [t('Check its host and port, and that it runs.'), t('Open the SSH tunnel again, if it is one.')],
  }),
  PROXY_SILENT: () => ({
    title: t('The SOCKS5 proxy accepts the connection and says nothing.'),
    detail: t('It does not even answer the greeting, so nothing is known about the way behind it.'),
    fixes: [
      t('Open the SSH tunnel again, if it is one: it accepts connections for a while after its own has died.'),
      t('Check that the program at this port is the proxy, and look at its log.'),
    ],
  }),
  PROXY_NOT_SOCKS: ({ parameters }) => ({
    title: t('What answers at the address of the SOCKS5 proxy speaks something else: {0}', parameters.answer ?? ''),
    fixes: [
      t('Check its host and port.'),
      t('Name a SOCKS5 proxy: MongoDB’s drivers cannot go through HTTP proxies or older SOCKS.'),
    ],
  }),
  PROXY_SIGN_IN: () => ({
    title: t('The SOCKS5 proxy does not accept the user and password.'),
    fixes: [t('Give user and password in its address: {0}', 'socks5://user:password@host:port')],
  }),
  PROXY_REFUSED: ({ subject }) => ({
    title: t('The rules of the SOCKS5 proxy forbid the connection: {0}', subject),
    fixes: [t('Allow the hosts and ports of the cluster in the proxy’s rules.'), remedies.wholeRange()],
  }),
  PROXY_DNS: ({ subject }) => ({
    title: t('The SOCKS5 proxy finds no way to the host: {0}', subject),
    detail: t('It either does not know the name or has no route to its address.'),
    fixes: [
      t('Check that the proxy stands in a network that reaches the endpoint.'),
      t('Name a DNS server of that network in the settings, so that addresses instead of names go to the proxy.'),
    ],
  }),
  PROXY_FAILED: ({ subject }) => ({
    title: t('The SOCKS5 proxy ended the conversation, or did not go on with it: {0}', subject),
    fixes: [t('Look at the proxy’s own log.'), t('Check that it speaks SOCKS5.')],
  }),
  ADDRESS_UNROUTABLE: ({ subject, parameters }) => ({
    title: t('There is no way from here to the private address: {0}', subject),
    detail: t('The name resolves, as it does everywhere; the address exists only inside the network of the endpoint.'),
    fixes: [
      t('Connect to the network of the endpoint: VPN, peering, Direct Connect, ExpressRoute or Interconnect.'),
      ...remedies.compare(parameters.cloud),
      remedies.inside(),
    ],
  }),
  TCP_TIMEOUT_ALL: ({ subject, parameters }) => ({
    title: t('Nothing answers at the private address: {0}', subject),
    detail: t(
      'Packets are dropped on the way, by a rule of the network or a firewall, or because this machine is not in the network.',
    ),
    fixes: [...remedies.compare(parameters.cloud), ...remedies.letThrough(parameters.cloud), remedies.inside()],
  }),
  TCP_TIMEOUT_SOME_PORTS: ({ parameters }) => ({
    title: t('Some ports answer, others are silent: {0}', parameters.silent ?? ''),
    detail: t('These answer: {0}', parameters.open ?? ''),
    fixes: [remedies.wholeRange()],
  }),
  TCP_TIMEOUT_ONE_ZONE: ({ parameters }) => ({
    title: t('One address of the endpoint is silent: {0}', parameters.silent ?? ''),
    detail: t('These answer: {0}. Connections by way of the silent one are slow or fail.', parameters.open ?? ''),
    fixes: [
      t('Check route table and network ACL of the subnet in that availability zone.'),
      t('Check that the security groups let that subnet’s addresses pass.'),
    ],
  }),
  TCP_REFUSED: ({ subject }) => ({
    title: t('Connections are refused: {0}', subject),
    detail: t('The address is there and nothing listens on the port.'),
    fixes: [
      t('Check in Atlas that the cluster is not paused.'),
      t('Insert the current string: ports may have changed with the cluster. A seedlist string follows by itself.'),
    ],
  }),
  TCP_RESET: ({ subject }) => ({
    title: t('Connections are reset: {0}', subject),
    fixes: [t('Look for a firewall between here and the endpoint that resets connections on unusual ports.')],
  }),

  TLS_STALL: ({ subject }) => ({
    title: t('The connection opens and TLS gets no answer: {0}', subject),
    fixes: [
      t('Look for an inspection device that holds the handshake back.'),
      t('Check the largest packet size (MTU) of VPN or tunnel: big packets may be lost.'),
    ],
  }),
  TLS_CLOSED: ({ subject }) => ({
    title: t('The connection is closed as soon as TLS begins: {0}', subject),
    fixes: [
      t('Look for a firewall that forbids TLS to this name.'),
      t('Check in Atlas that the cluster is not paused or being updated.'),
    ],
  }),
  NOT_TLS: ({ subject }) => ({
    title: t('Something answers that does not speak TLS: {0}', subject),
    fixes: [
      t(
        'Check whether a proxy or another service has this address: overlapping address ranges of networks lead to it.',
      ),
      t('Check the port.'),
    ],
  }),
  TLS_INTERCEPTED: ({ parameters, subject }) => ({
    title: t('The certificate is from an authority that is not trusted: {0}', parameters.issuer ?? subject),
    detail: t(
      'Atlas has certificates of a public authority, so somebody in between opens the encryption (TLS inspection).',
    ),
    fixes: [
      remedies.exempt(),
      t(
        'Name the authority’s file in "Atlas Private Endpoints › Test: CA File" when the inspection is your company’s and you accept it.',
      ),
      remedies.neverOff(),
    ],
  }),
  TLS_CLOCK: ({ parameters }) => ({
    title: t('The certificate is not valid yet: {0}', parameters.date ?? ''),
    fixes: [t('Check the clock of this machine.'), t('Look for TLS inspection with a wrong clock.')],
  }),
  TLS_EXPIRED: ({ parameters }) => ({
    title: t('The certificate has expired: {0}', parameters.date ?? ''),
    fixes: [
      t('Check the clock of this machine.'),
      t('Look for something old in between that answers in Atlas’s place: Atlas renews its certificates by itself.'),
    ],
  }),
  TLS_NAME: ({ parameters }) => ({
    title: t('The certificate is for another name: {0}', parameters.names ?? ''),
    detail: t('Asked for: {0}', parameters.host ?? ''),
    fixes: [
      t('Use the host names of Atlas’s string: no address, no name of your own in front of it.'),
      t('Check whether something else has this address: overlapping address ranges of networks lead to it.'),
    ],
  }),
  TLS_REFUSED: ({ subject, evidence }) => ({
    title: t('TLS was refused: {0}', subject),
    ...(evidence === undefined ? {} : { detail: evidence }),
    fixes: [t('Look for a device in between that allows only some versions or ciphers of TLS.')],
  }),

  HELLO_STALL: ({ subject }) => ({
    title: t('The node does not answer its greeting: {0}', subject),
    fixes: [
      t('Look at the state of the cluster in Atlas.'),
      t('Look for an inspection device that holds traffic back.'),
    ],
  }),
  HELLO_CLOSED: ({ subject }) => ({
    title: t('The node closes the connection at the greeting: {0}', subject),
    fixes: [t('Look at the state of the cluster in Atlas, and at its limit of connections.')],
  }),
  HELLO_UNREADABLE: ({ subject }) => ({
    title: t('What answers is no MongoDB node: {0}', subject),
    fixes: [t('Check whether something else has this address: overlapping address ranges of networks lead to it.')],
  }),
  HELLO_REFUSED: ({ subject, evidence }) => ({
    title: t('The node refuses the greeting: {0}', subject),
    ...(evidence === undefined ? {} : { detail: evidence }),
    fixes: [t('Look at the state of the cluster in Atlas.')],
  }),
  HELLO_WRONG_SET: ({ parameters }) => ({
    title: t('This is another replica set than the string says: {0}', parameters.found ?? ''),
    detail: t('Expected: {0}', parameters.expected ?? ''),
    fixes: [t('Insert the string of the right cluster: this one’s ports or options belong to another.')],
  }),
  HELLO_PUBLIC_HOSTS: ({ parameters }) => ({
    title: t('The nodes answer with their public names: {0}', parameters.hosts ?? ''),
    detail: t('Atlas answers by the name that was asked for. Drivers go on to these names, and time out.'),
    fixes: [
      t('Use the host names of Atlas’s private endpoint string as they are, without an alias of your own.'),
      t('Insert the current string.'),
    ],
  }),
  HELLO_NOT_BALANCED: ({ subject }) => ({
    title: t('The optimized string leads to a node without load balancing: {0}', subject),
    fixes: [
      t('Use the seedlist string that is not optimized.'),
      t('Check that the cluster is sharded and on AWS: only those have optimized strings.'),
    ],
  }),
  NO_PRIMARY: ({ subject }) => ({
    title: t('The replica set has no primary now: {0}', subject),
    detail: t('The network is in order. Reads from secondaries work, writes fail.'),
    fixes: [t('Wait for the election to end, some seconds.'), t('Look at the state of the cluster in Atlas.')],
  }),

  AUTH_FAILED: ({ parameters }) => ({
    title: t('The network is in order; user or password are not accepted.'),
    ...saidBy(parameters.message),
    fixes: [
      t('Check user name and password. In a string, these characters must be percent-encoded: {0}', '@ : / ? # [ ] %'),
      t('Check that the database user exists in this project of Atlas and may use this cluster.'),
      t('Check authSource: "admin" for passwords, "$external" for AWS IAM and X.509.'),
    ],
  }),
  AUTH_MECHANISM: ({ parameters }) => ({
    title: t('The cluster does not know this way to sign in: {0}', parameters.mechanism ?? ''),
    fixes: [t('Create a database user of that kind in Atlas, or sign in another way.')],
  }),
  AUTH_AWS: ({ parameters }) => ({
    title: t('There are no AWS credentials to sign in with.'),
    ...(parameters.message === undefined ? {} : { detail: parameters.message }),
    fixes: [
      t('Check the AWS profile, and sign in again when its session has ended (aws sso login).'),
      t('Check that the ARN of the role is a database user in Atlas.'),
    ],
  }),
  AUTH_CERTIFICATE_FILE: ({ parameters }) => ({
    title: t('The certificate file cannot be used.'),
    ...saidBy(parameters.message),
    fixes: [t('Name a PEM file with certificate and private key, and its passphrase when it has one.')],
  }),
  AUTH_TIMEOUT: ({ subject }) => ({
    title: t('The sign-in got no answer in time: {0}', subject),
    fixes: [t('Try again.'), t('Look at the load of the cluster in Atlas.')],
  }),
  AUTH_NOT_ALLOWED: ({ parameters }) => ({
    title: t('The sign-in works; the user may not do anything here.'),
    ...saidBy(parameters.message),
    fixes: [t('Give the database user a role on this cluster in Atlas, and check its restriction to clusters.')],
  }),
  DRIVER_DISAGREES: ({ parameters }) => ({
    title: t('The cluster is reachable, and the official driver does not get through: {0}', parameters.message ?? ''),
    fixes: [
      t('Check the options of the connection string.'),
      t('Check that every node can be reached: the driver also goes to hosts that the nodes name.'),
    ],
  }),
} satisfies ProblemTexts<DiagnosticProblemCode>;
