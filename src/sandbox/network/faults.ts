import type { World } from '../world/world';

/**
 * Failures of the sandbox's network that can be switched while it runs, each with what it does. Their subject is a
 * host name, a cluster's name or id, an address, an `address:port`, a subnet, VPC or availability zone, or `*`; DNS faults
 * also take the name that was asked.
 */
export const networkFaults = {
  'dns-silent': 'The DNS server does not answer.',
  'dns-refused': 'The DNS server answers REFUSED.',
  'dns-servfail': 'The DNS server answers SERVFAIL.',
  'dns-garbage': 'The DNS server answers bytes that are no DNS message.',
  'dns-late': 'The DNS server answers after three seconds.',
  'dns-truncated': 'Answers over UDP are truncated; over TCP they are whole.',
  'dns-truncated-no-tcp': 'Answers over UDP are truncated and DNS over TCP is cut off.',
  'dns-no-srv': 'The DNS server strips SRV and TXT records, as some corporate and home resolvers do.',
  'dns-no-edns': 'The DNS server does not know EDNS: FORMERR to every question that uses it.',
  'dns-txt-fails': 'The DNS server answers SERVFAIL to questions for TXT records.',
  'dns-port-zero': 'One of the SRV records has port 0.',
  'dns-other-name': 'The DNS server answers with the records of another name than was asked for.',
  'dns-nxdomain': 'The name does not exist.',
  'dns-endpoint-gone':
    'Host names lead to the name of a VPC endpoint that does not exist any more, as after it was deleted in AWS only.',
  'dns-cname-loop': 'The CNAME of the host leads back to itself.',
  'dns-txt-invalid': 'The TXT record holds an option that no driver takes from DNS.',
  'dns-foreign-target': 'SRV targets are outside the parent domain.',
  'dns-strip-private': 'Private addresses are removed from answers (rebinding protection).',
  'dns-public-address': 'Host names answer with a public address.',
  'dns-blocked-address': 'Host names answer with 0.0.0.0, as filters do.',
  'dns-wrong-address': 'Host names answer with a private address that is not the endpoint’s.',
  'dns-other-endpoint': 'Host names lead to another endpoint of the project.',
  'vpc-dns-off': 'EC2 says that name resolution is switched off in the VPC; with dns-silent for its names.',
  'dns-1000-srv': 'A seedlist of 1000 hosts.',
  'tcp-drop': 'Packets are dropped: connections stay unanswered.',
  'tcp-refuse': 'Connections are refused.',
  'tcp-unreachable': 'The network has no route to the address.',
  'tcp-accept-silent': 'Connections are accepted and nothing is ever sent.',
  'tcp-reset': 'Connections are closed as soon as the first bytes arrive.',
  'nacl-denies': 'The network ACL of the subnet lets in HTTPS only: connections stay unanswered.',
  'ports-changed': 'The load balancer has given the cluster other ports than before.',
  'cluster-paused': 'The cluster is paused: nothing listens.',
  'outbound-denied':
    'The security group of the client allows nothing out: connections stay unanswered. Switched for a VPC, EC2 shows it.',
  'public-open':
    'Public and peering addresses of a project answer, as where its IP access list or a peering connection lets the client in.',
  'tls-expired': 'The certificate has expired.',
  'tls-not-yet-valid': 'The certificate is not valid yet.',
  'tls-wrong-name': 'The certificate is for another name.',
  'tls-unknown-issuer': 'The certificate is from an authority nobody knows (TLS inspection).',
  'tls-stall': 'The TLS handshake stops after the first bytes of the answer.',
  'tls-closes': 'The connection is closed in the middle of the TLS handshake.',
  'tls-refused': 'The TLS handshake is refused with an alert.',
  'not-tls-http': 'An HTTP server answers instead of TLS.',
  'hello-wrong-set': 'The node belongs to another replica set than the string says.',
  'hello-public-hosts': 'The node answers with the public host names of its cluster.',
  'hello-not-balanced': 'The node does not support load balancing: no serviceId.',
  'hello-absurd': 'The node answers hello with a document of wrong types.',
  'hello-huge-name': 'The node answers hello with a replica set name of a million letters.',
  'hello-strange-hosts': 'The node answers hello with hosts that are no texts.',
  'hello-many-hosts': 'The node answers hello with ten thousand hosts.',
  'hello-negative-version': 'The node answers hello with wire versions below zero.',
  'hello-too-long': 'The node answers hello with a document that is longer than documents can be.',
  'hello-broken-document': 'The node answers hello with a document that breaks off into something else.',
  'hello-other-request': 'The node answers hello as if something else had been asked.',
  'hello-other-operation': 'The node answers hello with an operation that is no message.',
  'hello-short-length': 'The node answers hello with a length shorter than a header.',
  'hello-long-length': 'The node answers hello with fewer bytes than it says.',
  'hello-stall': 'The node never answers hello.',
  'hello-closes': 'The node closes the connection when it is asked hello.',
  'hello-garbage': 'The node answers hello with bytes that are no message, and an absurd length.',
  'hello-long-refusal': 'The node refuses hello with a million letters.',
  'hello-refused': 'The node refuses hello with an error.',
  'no-primary': 'The replica set has no primary.',
  'auth-fails': 'Every sign-in is refused.',
  'auth-stalls': 'The node never answers a sign-in.',
  'auth-stalls-late': 'The node never answers the last step of a sign-in.',
  'not-authorized': 'Signing in works, commands after it are not authorized.',
  'socks-refused': 'The SOCKS proxy answers that its rules forbid the connection.',
  'socks-silent': 'The SOCKS proxy accepts connections and says nothing, not even to the greeting. Its subject is `*`.',
  'socks-garbage': 'An HTTP server answers at the port of the SOCKS proxy. Its subject is `*`.',
  'socks-drop': 'The SOCKS proxy closes the connection without an answer.',
  'socks-credentials': 'The SOCKS proxy asks for a user and password: those of the sandbox database user.',
} as const satisfies Record<string, string>;

export type NetworkFault = keyof typeof networkFaults;

/** Whether `fault` is switched on for any of the subjects, or for everything. */
export function faultOn(world: World, fault: NetworkFault, ...subjects: readonly (string | undefined)[]): boolean {
  if (world.faults.isOn(fault, '*')) return true;
  return subjects.some((subject) => subject !== undefined && world.faults.isOn(fault, subject));
}
