import { t } from '@vscode/l10n';
import type { DiagnosticProblemCode } from '../core/problem-codes/diagnostics';
import type { ProblemTexts } from './problem-text';

/** Atlas's or the cloud's own sentence, where there is one. */
function own(message: string | undefined): { readonly detail?: string } {
  return message === undefined || message === '' ? {} : { detail: message };
}

const wait = (): string => t('Wait until Atlas shows it as Available, then test again.');
const current = (): string => t('Insert the current private endpoint string of the cluster.');

/** What Atlas and the cloud account say about the path; statuses in the words of Atlas's documentation. */
export const besideThePathProblems = {
  TIER_UNSUPPORTED: ({ subject, parameters }) => ({
    title: t('Clusters of this tier have no private endpoints: {0} ({1})', subject, parameters.tier ?? ''),
    fixes: [t('Upgrade the cluster to a dedicated tier, M10 or larger, and set up a private endpoint in its region.')],
  }),
  CLUSTER_PAUSED: ({ subject }) => ({
    title: t('The cluster is paused: {0}', subject),
    fixes: [t('Resume the cluster in Atlas, and test again when it is up.')],
  }),
  CLUSTER_UPDATING: ({ subject, parameters }) => ({
    title: t('Atlas is at work on the cluster: {0} ({1})', subject, parameters.state ?? ''),
    detail: t('Names and ports of private endpoints appear when it is done.'),
    fixes: [t('Wait until the cluster is idle, then test again.')],
  }),
  SERVICE_INITIATING: ({ subject }) => ({
    title: t('Atlas is still creating the private endpoint service: {0}', subject),
    fixes: [wait(), t('Then create the endpoint in your cloud and register it.')],
  }),
  SERVICE_WAITING_FOR_USER: ({ subject }) => ({
    title: t('The private endpoint service waits for an endpoint of yours: {0}', subject),
    fixes: [t('Create the endpoint in your cloud, and register it at Atlas.')],
  }),
  SERVICE_FAILED: ({ subject, parameters }) => ({
    title: t('The private endpoint service has failed: {0}', subject),
    ...own(parameters.message),
    fixes: [
      t('Remove the private endpoint service and create it again.'),
      t('Contact MongoDB Support when it fails again.'),
    ],
  }),
  SERVICE_DELETING: ({ subject }) => ({
    title: t('The private endpoint service is being deleted: {0}', subject),
    fixes: [t('Wait until it is gone, then set up a private endpoint anew if you still need one.')],
  }),
  ENDPOINT_NO_DNS: ({ subject }) => ({
    title: t('The interface endpoint is in no subnet, so it has no DNS entries: {0}', subject),
    fixes: [t('Add at least one subnet to the interface endpoint, better one in each availability zone.')],
  }),
  ENDPOINT_NOT_CONFIGURED: ({ subject }) => ({
    title: t('Atlas knows the endpoint and is not connected to it yet: {0}', subject),
    fixes: [
      t('Check that the endpoint exists in your cloud, in this region, and leads to the service that Atlas shows.'),
      wait(),
    ],
  }),
  ENDPOINT_PENDING_ACCEPTANCE: ({ subject }) => ({
    title: t('The endpoint waits to be accepted by Atlas: {0}', subject),
    fixes: [t('Register the endpoint at Atlas, if that has not been done; Atlas then accepts it by itself.'), wait()],
  }),
  ENDPOINT_PENDING: ({ subject }) => ({
    title: t('The endpoint is being connected: {0}', subject),
    fixes: [wait()],
  }),
  ENDPOINT_FAILED: ({ subject, parameters }) => ({
    title: t('The endpoint has failed or was rejected: {0}', subject),
    ...own(parameters.message),
    fixes: [t('Remove the endpoint at Atlas and in your cloud, then create and register a new one.')],
  }),
  ENDPOINT_DELETING: ({ subject }) => ({
    title: t('The endpoint is being deleted: {0}', subject),
    fixes: [t('Use the string of another endpoint, or set up a new one when this one is gone.')],
  }),
  ENDPOINT_NOT_IN_ACCOUNT: ({ subject, parameters }) => ({
    title: t(
      'The AWS account {0} has no such interface endpoint in the region: {1}',
      parameters.account ?? '',
      subject,
    ),
    fixes: [
      t('Check the AWS account with the profile of the account that owns the endpoint.'),
      t('If the endpoint was deleted, remove it at Atlas and set up a new one.'),
    ],
  }),
  REGION_WITHOUT_ENDPOINT: ({ subject, parameters }) => ({
    title: t(
      'The cluster {0} has nodes in a region without a private endpoint: {1}',
      parameters.cluster ?? '',
      subject,
    ),
    detail: t('Applications reach the nodes of a region only through an endpoint that is connected to it.'),
    fixes: [t('Set up a private endpoint in every region of the cluster.')],
  }),
  STRING_STALE: ({ subject, parameters }) => ({
    title: t('Atlas no longer gives out this host for the cluster {0}: {1}', parameters.cluster ?? '', subject),
    detail: t('Strings change when an endpoint is removed or regionalized mode is switched.'),
    fixes: [current()],
  }),
  STRING_PORTS_PINNED: ({ parameters }) => ({
    title: t('The string holds ports that the cluster no longer has: {0}', parameters.ports ?? ''),
    detail: t('Ports now: {0}', parameters.now ?? ''),
    fixes: [
      t('Use the seedlist string (mongodb+srv), which follows changes of ports by itself.'),
      t('Or insert the current standard string.'),
    ],
  }),
  STRING_OTHER_ENDPOINT: ({ subject, parameters: { expected = '', vpc, clientVpc = '' } }) => ({
    title: t('The string leads to an endpoint that is not the right one for this machine: {0}', subject),
    detail:
      vpc === undefined
        ? t('Atlas has another endpoint for this string: {0}', expected)
        : t('It is in the network {0}, this machine in {1}, and no route leads there.', vpc, clientVpc),
    fixes: [
      ...(vpc === undefined
        ? [
            t('Ask whoever runs the DNS server why it leads the hosts of Atlas’s string to another endpoint.'),
            t('Insert the string of the endpoint in this network.'),
          ]
        : [
            expected === ''
              ? t('Set up a private endpoint in this network, and use its string.')
              : t('Use the string of the endpoint in this network: {0}', expected),
            t('Or connect the two networks: peering or a transit gateway, with routes both ways.'),
          ]),
    ],
  }),
  STRING_PUBLIC: ({ subject }) => ({
    title: t('This is the public string, and its addresses do not answer from here: {0}', subject),
    detail: t('The public string leads through the internet, not through a private endpoint.'),
    fixes: [
      t('Insert the private endpoint string of the cluster; its host has "-pl-" in its name.'),
      t('If you want the public string, the IP access list of the project must hold the address of this machine.'),
    ],
  }),
  STRING_PEERING: ({ subject }) => ({
    title: t('This string is for network peering, and its addresses do not answer from here: {0}', subject),
    fixes: [
      t('Insert the private endpoint string of the cluster; its host has "-pl-" in its name.'),
      t('If you want peering, check the peering connection and its routes.'),
    ],
  }),
  VPC_DNS_OFF: ({ subject }) => ({
    title: t('DNS resolution is switched off in the VPC: {0}', subject),
    fixes: [t('Switch on "enableDnsSupport" for the VPC, or give its machines a DNS server of your own.')],
  }),
  SG_INBOUND: ({ parameters }) => ({
    title: t(
      'The security group of the interface endpoint does not let {0} in on these ports: {1}',
      parameters.client ?? t('anybody'),
      parameters.ports ?? '',
    ),
    detail: t('Security groups: {0}', parameters.groups ?? ''),
    fixes: [
      t('Add an inbound rule: TCP, ports 1024–65535, from the security group or address block of the application.'),
    ],
  }),
  SG_OUTBOUND: ({ subject, parameters }) => ({
    title: t('The security group of this machine lets nothing out to: {0}', subject),
    ...(parameters.groups === undefined || parameters.groups === ''
      ? {}
      : { detail: t('Security groups: {0}', parameters.groups) }),
    fixes: [t('Add an outbound rule: TCP, ports 1024–65535, to the private addresses of the interface endpoint.')],
  }),
  NACL: ({ subject, parameters }) => ({
    title: t('The network ACL keeps traffic out of the subnet: {0}', subject),
    detail: t('Network ACL {0}; ports without an answer: {1}', parameters.acl ?? '', parameters.ports ?? ''),
    fixes: [
      t('Allow TCP 1024–65535 inbound from the application, and outbound to it, in the network ACL of the subnet.'),
    ],
  }),
  TARGETS_EXCEEDED: ({ subject, parameters }) => ({
    title: t('More addressable targets than the limit of {0} in the region: {1}', parameters.limit ?? '', subject),
    detail: t(
      'Counted: {0}. Nodes beyond the limit are not reachable through private endpoints.',
      parameters.count ?? '',
    ),
    fixes: [
      t('Ask MongoDB Support to raise the limit.'),
      t('Move clusters to another project or region, or use optimized strings for sharded clusters.'),
    ],
  }),
  ONE_ZONE: ({ subject, parameters }) => ({
    title: t('The interface endpoint is in a single availability zone, {0}: {1}', parameters.zone ?? '', subject),
    detail: t('An outage of the zone cuts the application off.'),
    fixes: [t('Add a subnet in another availability zone to the interface endpoint.')],
  }),
} satisfies Partial<ProblemTexts<DiagnosticProblemCode>>;
